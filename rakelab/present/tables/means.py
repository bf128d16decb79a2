"""The tables of means: by group, differences between two groups, mean change of the same people."""

from collections.abc import Iterable

from markupsafe import Markup

from rakelab import estimate, i18n
from rakelab.cells import MARKERS, TOTAL, Cell, Key, Released, State, join, key
from rakelab.estimate import MeanChange, MeanGap
from rakelab.fields import ANSWERED
from rakelab.names import CHANGE, END, START, made_of, source_of
from rakelab.present import markup
from rakelab.present.exhibit import Scene
from rakelab.present.gate import unpack
from rakelab.present.markup import Grid, Row, heads
from rakelab.present.sentences import quantity, wording
from rakelab.present.sentences import verdicts as verdict_text

_NONE = MARKERS[State.MISSING]


def mean_table(scene: Scene) -> Markup:
    """Groups × mean, interval and n where there is one variable; else variables × the same, or × groups."""
    found, lang = scene.table, scene.lang
    several = len(found.view.columns) > 1
    if len(found.view.rows) == 1:
        row = found.view.rows[0]
        rows = tuple(_three(found, (row, c), wording.label(found, c, lang), lang) for c in found.view.columns)
        names = ("group", "mean", "interval", "base")
    elif not several:
        column = found.view.columns[0]
        rows = tuple(_three(found, (row, column), wording.line(found, row, lang), lang) for row in found.view.rows)
        names = ("variable", "mean", "interval", "base")
    else:
        return _by_group(scene)
    return _grid(scene, heads(names, lang), rows, _notes(rows, lang))


def _by_group(scene: Scene) -> Markup:
    """Variables × groups; in each cell the mean, how many, and the interval."""
    found, lang = scene.table, scene.lang
    columns = found.view.columns
    small = {column for column in columns if _small(found, column)}
    rows = tuple(
        Row(wording.line(found, row, lang), tuple(_together(found, (row, c), c in small, lang) for c in columns))
        for row in found.view.rows
    )
    groups = _heads(found, columns, small, lang)
    keys = [i18n.text("present.key.means", lang), *_notes(rows, lang, groups)]
    return _grid(scene, (*heads(("variable",), lang), *groups), rows, keys)


def _small(found: Released, column: Key) -> bool:
    """Every mean of the column is of few people: its head says so, and not every cell."""
    every = [estimate.mean(found, column, row) for row in found.view.rows]
    return any(one.indicative for one in every) and all(one.indicative for one in every if one.mean.known)


def _heads(found: Released, columns: Iterable[Key], small: set[Key], lang: str) -> tuple[str, ...]:
    named = ((wording.label(found, column, lang), column in small) for column in columns)
    return tuple(markup.together(name, markup.indicative(lang) if few else "") for name, few in named)


def _grid(scene: Scene, headers: tuple[str, ...], rows: tuple[Row, ...], keys: list[str]) -> Markup:
    return markup.table(Grid(scene.id, scene.lang, wording.title(scene.table, scene.lang), headers, rows, keys=keys))


def _notes(rows: tuple[Row, ...], lang: str, heads: tuple[str, ...] = ()) -> list[str]:
    """That the mean of a small group is indicative."""
    every = (*heads, *(cell for row in rows for cell in row.cells))
    few = any('class="indicative"' in text for text in every)
    return [i18n.text("present.key.indicative", lang, n=estimate.INDICATIVE_BASE)] if few else []


def _three(found: Released, place: tuple[Key, Key], header: str, lang: str) -> Row:
    row, column = place
    one = estimate.mean(found, column, row)
    mean, interval, base = quantity.mean_of(found, join(row, column), one, lang)
    return Row(header, (mean, interval, _base(base, lang, indicative=one.indicative)))


def _base(base: str, lang: str, *, indicative: bool) -> str:
    return markup.element("td", base, markup.indicative(lang)) if indicative else base


def _together(found: Released, place: tuple[Key, Key], said: bool, lang: str) -> str:
    """``said``: the column's head says already that its means are indicative."""
    row, column = place
    mean = estimate.mean(found, column, row)
    if not mean.mean.known:
        return str(mean.mean)
    value, interval, base = quantity.mean_of(found, join(row, column), mean, lang)
    few = markup.indicative(lang) if mean.indicative and not said else ""
    return markup.measured(value, i18n.text("present.n", lang, n=base), markup.interval(interval), few)


# --- differences between two groups ---------------------------------------------------------------------------


def gaps_of(scene: Scene) -> tuple[MeanGap, ...]:
    """The differences that a specification means; none where there were no two groups."""
    if "a" not in scene.options:
        return ()
    a, b = (unpack(scene.options[end])[0][1] for end in "ab")
    return estimate.mean_differences(scene.table, a, b).rows


def digits_of(one: MeanGap) -> int:
    return quantity.of_difference(one.table, (join(one.row, one.a), join(one.row, one.b)), one.difference)


def gap_table(scene: Scene) -> Markup:
    """Variables × mean in each group, difference, interval, and whether it exceeds its margin."""
    found, lang = scene.table, scene.lang
    a, b = (unpack(scene.options[end]) for end in "ab")
    small = {column for column in (a, b) if _small(found, column)}
    rows = tuple(_gap_row(found, one, small, lang) for one in gaps_of(scene))
    groups = _heads(found, (a, b), small, lang)
    headers = (*heads(("variable",), lang), *groups, *heads(("mean_difference", "interval", "beyond"), lang))
    said = verdict_text.key((one.verdict for one in gaps_of(scene)), lang)
    keys = [i18n.text("present.key.welch", lang), *said, *_notes(rows, lang, groups)]
    return markup.table(Grid(scene.id, lang, wording.compared(found, a, b, lang), headers, rows, keys=keys))


def _gap_row(found: Released, one: MeanGap, small: set[Key], lang: str) -> Row:
    digits = digits_of(one)
    texts = (
        quantity.signed(one.difference, lang, digits),
        quantity.margin(one.low, one.high, lang, digits),
        verdict_text.yes_or_no(one.verdict, one.low, lang),
    )
    ends = tuple(_end(one, column, column in small, lang) for column in (one.a, one.b))
    return Row(wording.line(found, one.row, lang), (*ends, *texts))


def _end(one: MeanGap, column: Key, said: bool, lang: str) -> str:
    mean = one.first if column == one.a else one.second
    if not mean.mean.known:
        return str(mean.mean)
    value, _, base = quantity.mean_of(one.table, join(one.row, column), mean, lang)
    n = markup.small("count", i18n.text("present.n", lang, n=base))
    few = markup.indicative(lang) if mean.indicative and not said else ""
    return markup.element("td", value, markup.LINE_BREAK, n, few)


# --- the same people before and after -------------------------------------------------------------------------


def changes_of(found: Released) -> tuple[MeanChange, ...]:
    """The mean changes of a table: of its rows that are changes, or of all where none is named so."""
    every = estimate.changes(found)
    named = tuple(one for one in every if source_of(one.row[0][0], CHANGE))
    return named or every


def paired_table(scene: Scene) -> Markup:
    """Scales × mean before and after, change, interval, pairs, standardised change, and Wilcoxon's p if released."""
    found, lang = scene.table, scene.lang
    ranked = any(name == "p" for _, name in found.statistics)
    rows = tuple(_paired_row(scene, one, ranked=ranked) for one in changes_of(found))
    names = ("scale", "before", "after", "change", "interval", "beyond", "pairs", "standardised")
    words = ("paired", "wilcoxon", "exact") if ranked else ("paired",)
    said = verdict_text.key((one.verdict for one in changes_of(found)), lang)
    keys = [*(i18n.text(f"present.key.{word}", lang) for word in words), *said, *_notes(rows, lang)]
    return _grid(scene, heads((*names, *("wilcoxon",) * ranked), lang), rows, keys)


def _paired_row(scene: Scene, one: MeanChange, *, ranked: bool) -> Row:
    found, lang = scene.table, scene.lang
    digits, change = quantity.decimals(found, one.row), one.change
    before, after = (_at(scene, one, end) for end in (START, END))
    cells = [
        before, after, quantity.signed(change.mean, lang, digits),
        quantity.margin(change.low, change.high, lang, digits),
        verdict_text.yes_or_no(one.verdict, change.low, lang),
    ]  # fmt: skip
    cells.append(_base(wording.count(change.base, lang), lang, indicative=change.indicative))
    cells.append(_standardised(one, lang))
    if ranked:
        p = found.statistics.get((one.row, "p"), Cell(State.MISSING))
        cells.append(quantity.p_class(p, lang))
    return Row(wording.line(found, one.row, lang), tuple(cells))


def _at(scene: Scene, one: MeanChange, end: str) -> str:
    """The mean before or after, from the table that holds it; with its n where others than the pairs are in it."""
    variable = one.row[0][0]
    row = key((made_of(source_of(variable, CHANGE) or variable, end), ANSWERED))
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
    return quantity.signed(one.standardised, lang, 1)
