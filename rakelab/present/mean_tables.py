"""The tables of means: by group, differences between two groups, mean change of the same people."""

from collections.abc import Iterable
from html import escape

from rakelab import estimate, i18n
from rakelab.cells import MARKERS, TOTAL, Cell, Key, Released, State, join, key
from rakelab.estimate import MeanChange, MeanGap
from rakelab.fields import ANSWERED
from rakelab.present import markup, quantity, verdict_text, wording
from rakelab.present.exhibit import Scene
from rakelab.present.gate import unpack
from rakelab.present.markup import Grid, Row, Section, marks

_NONE = MARKERS[State.MISSING]
#: The variables that prepared pairs of measurements have: the first value, the last, and the change.
BEFORE, AFTER, CHANGE = "_alku", "_loppu", "_muutos"


def _words(names: tuple[str, ...], lang: str) -> tuple[str, ...]:
    return tuple(escape(i18n.text(f"present.table.{name}", lang)) for name in names)


def mean_table(scene: Scene) -> str:
    """Groups × mean, interval and n where there is one variable; else variables × the same, or × groups."""
    found, lang = scene.table, scene.lang
    several = len(found.view.columns) > 1
    if len(found.view.rows) == 1:
        row = found.view.rows[0]
        rows = tuple(_three(found, (row, c), wording.label(found, c, lang), lang) for c in found.view.columns)
        heads = ("group", "mean", "interval", "base")
    elif not several:
        column = found.view.columns[0]
        rows = tuple(_three(found, (row, column), wording.line(found, row, lang), lang) for row in found.view.rows)
        heads = ("variable", "mean", "interval", "base")
    else:
        return _by_group(scene)
    return _grid(scene, _words(heads, lang), rows, _notes(rows, lang))


def _by_group(scene: Scene) -> str:
    """Variables × groups; in each cell the mean, how many, and the interval."""
    found, lang = scene.table, scene.lang
    columns = found.view.columns
    small = {column for column in columns if _small(found, column)}
    rows = tuple(
        Row(wording.line(found, row, lang), tuple(_together(found, (row, c), c in small, lang) for c in columns))
        for row in found.view.rows
    )
    heads = _heads(found, columns, small, lang)
    keys = [i18n.text("present.key.means", lang), *_notes(rows, lang, heads)]
    return _grid(scene, (*_words(("variable",), lang), *heads), rows, keys)


def _small(found: Released, column: Key) -> bool:
    """Every mean of the column is of few people: its head says so, and not every cell."""
    every = [estimate.mean(found, column, row) for row in found.view.rows]
    return any(one.indicative for one in every) and all(one.indicative for one in every if one.mean.known)


def _heads(found: Released, columns: Iterable[Key], small: set[Key], lang: str) -> tuple[str, ...]:
    named = ((escape(wording.label(found, column, lang)), column in small) for column in columns)
    return tuple(f"{name}{_indicative(lang) if few else ''}" for name, few in named)


def _grid(scene: Scene, headers: tuple[str, ...], rows: tuple[Row, ...], keys: list[str]) -> str:
    title = escape(wording.title(scene.table, scene.lang))
    return markup.table(Grid(scene.id, title, headers, (Section("", rows),), tuple(keys)))


def _notes(rows: tuple[Row, ...], lang: str, heads: tuple[str, ...] = ()) -> list[str]:
    """What the marks mean; that the mean of a small group is indicative."""
    said = marks(rows, lang)
    if any('class="indicative"' in text for text in (*heads, *(cell for row in rows for cell in row.cells))):
        said.append(i18n.text("present.key.indicative", lang, n=estimate.INDICATIVE_BASE))
    return said


def _three(found: Released, place: tuple[Key, Key], header: str, lang: str) -> Row:
    row, column = place
    one = estimate.mean(found, column, row)
    mean, interval, base = quantity.mean_of(found, join(row, column), one, lang)
    cells = tuple(markup.cell(text, lang) for text in (mean, interval))
    return Row(header, (*cells, _base(base, lang, indicative=one.indicative)))


def _base(base: str, lang: str, *, indicative: bool) -> str:
    return f"<td>{escape(base)}{_indicative(lang)}</td>" if indicative else markup.cell(base, lang)


def _indicative(lang: str) -> str:
    return f'<br><span class="indicative">{escape(i18n.text("present.indicative", lang))}</span>'


def _together(found: Released, place: tuple[Key, Key], said: bool, lang: str) -> str:
    """``said``: the column's head says already that its means are indicative."""
    row, column = place
    mean = estimate.mean(found, column, row)
    if not mean.mean.known:
        return markup.cell(str(mean.mean), lang)
    value, interval, base = (escape(text) for text in quantity.mean_of(found, join(row, column), mean, lang))
    few = _indicative(lang) if mean.indicative and not said else ""
    n = escape(i18n.text("present.n", lang, n=base))
    return f'<td>{value} <span class="count">({n})</span><br><span class="interval">{interval}</span>{few}</td>'


# --- differences between two groups ---------------------------------------------------------------------------


def gaps_of(scene: Scene) -> tuple[MeanGap, ...]:
    """The differences that a specification means; none where there were no two groups."""
    if "a" not in scene.options:
        return ()
    a, b = (unpack(scene.options[end])[0][1] for end in "ab")
    return estimate.mean_differences(scene.table, a, b).rows


def digits_of(one: MeanGap) -> int:
    return quantity.of_difference(one.table, (join(one.row, one.a), join(one.row, one.b)), one.difference)


def gap_table(scene: Scene) -> str:
    """Variables × mean in each group, difference, interval, and whether it exceeds its margin."""
    found, lang = scene.table, scene.lang
    a, b = (unpack(scene.options[end]) for end in "ab")
    small = {column for column in (a, b) if _small(found, column)}
    rows = tuple(_gap_row(found, one, small, lang) for one in gaps_of(scene))
    heads = _heads(found, (a, b), small, lang)
    headers = (*_words(("variable",), lang), *heads, *_words(("mean_difference", "interval", "beyond"), lang))
    said = verdict_text.key((one.verdict for one in gaps_of(scene)), lang)
    keys = [i18n.text("present.key.welch", lang), *said, *_notes(rows, lang, heads)]
    title = escape(wording.compared(found, a, b, lang))
    return markup.table(Grid(scene.id, title, headers, (Section("", rows),), tuple(keys)))


def _gap_row(found: Released, one: MeanGap, small: set[Key], lang: str) -> Row:
    digits = digits_of(one)
    texts = (
        quantity.signed(one.difference, lang, digits),
        quantity.margin(one.low, one.high, lang, digits),
        verdict_text.yes_or_no(one.verdict, one.low, lang),
    )
    ends = tuple(_end(one, column, column in small, lang) for column in (one.a, one.b))
    return Row(wording.line(found, one.row, lang), (*ends, *(markup.cell(text, lang) for text in texts)))


def _end(one: MeanGap, column: Key, said: bool, lang: str) -> str:
    mean = one.first if column == one.a else one.second
    if not mean.mean.known:
        return markup.cell(str(mean.mean), lang)
    value, _, base = (escape(text) for text in quantity.mean_of(one.table, join(one.row, column), mean, lang))
    n = escape(i18n.text("present.n", lang, n=base))
    few = _indicative(lang) if mean.indicative and not said else ""
    return f'<td>{value}<br><span class="count">{n}</span>{few}</td>'


# --- the same people before and after -------------------------------------------------------------------------


def changes_of(found: Released) -> tuple[MeanChange, ...]:
    """The mean changes of a table: of its rows that are changes, or of all where none is named so."""
    every = estimate.changes(found)
    named = tuple(one for one in every if one.row[0][0].endswith(CHANGE))
    return named or every


def paired_table(scene: Scene) -> str:
    """Scales × mean before and after, change, interval, pairs, standardised change, and Wilcoxon's p if released."""
    found, lang = scene.table, scene.lang
    ranked = any(name == "p" for _, name in found.statistics)
    rows = tuple(_paired_row(scene, one, ranked=ranked) for one in changes_of(found))
    names = ("scale", "before", "after", "change", "interval", "beyond", "pairs", "standardised")
    words = ("paired", "wilcoxon", "exact") if ranked else ("paired",)
    said = verdict_text.key((one.verdict for one in changes_of(found)), lang)
    keys = [*(i18n.text(f"present.key.{word}", lang) for word in words), *said, *_notes(rows, lang)]
    names += ("wilcoxon",) * ranked
    return _grid(scene, _words(names, lang), rows, keys)


def _paired_row(scene: Scene, one: MeanChange, *, ranked: bool) -> Row:
    found, lang = scene.table, scene.lang
    digits, change = quantity.decimals(found, one.row), one.change
    before, after = (_at(scene, one, suffix) for suffix in (BEFORE, AFTER))
    texts = [
        before, after, quantity.signed(change.mean, lang, digits),
        quantity.margin(change.low, change.high, lang, digits),
        verdict_text.yes_or_no(one.verdict, change.low, lang),
    ]  # fmt: skip
    cells = [markup.cell(text, lang) for text in texts]
    cells.append(_base(wording.count(change.base, lang), lang, indicative=change.indicative))
    cells.append(_standardised(one, lang))
    if ranked:
        p = found.statistics.get((one.row, "p"), Cell(State.MISSING))
        cells.append(markup.cell(quantity.p_class(p, lang), lang))
    return Row(wording.line(found, one.row, lang), tuple(cells))


def _at(scene: Scene, one: MeanChange, suffix: str) -> str:
    """The mean before or after, from the table that holds it; with its n where others than the pairs are in it."""
    name = one.row[0][0].removesuffix(CHANGE) + suffix
    row = key((name, ANSWERED))
    tables = (scene.tables[scene.options["ends"]] if "ends" in scene.options else scene.table, scene.table)
    found = next((table for table in tables if row in table.means), None)
    if found is None:
        return _NONE
    mean = estimate.mean(found, TOTAL, row)
    value, _, base = quantity.mean_of(found, row, mean, scene.lang)
    if mean.mean.known and mean.base != one.change.base:
        return f"{value} ({i18n.text('present.n', scene.lang, n=base)})"
    return value


def _standardised(one: MeanChange, lang: str) -> str:
    return markup.cell(quantity.signed(one.standardised, lang, 1), lang)
