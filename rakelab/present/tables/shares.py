"""Accessible tables of released numbers: percentages with their counts, intervals and bases, and bare counts."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from markupsafe import Markup

from rakelab import estimate, i18n
from rakelab.cells import HIDDEN, TOTAL, Cell, Key, Released, State, join, key
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, exhibit_of, renders
from rakelab.present.gate import columns_of, released
from rakelab.present.markup import Column, Grid
from rakelab.present.sentences import wording
from rakelab.present.sentences.shares import groups, pairs_of, small
from rakelab.present.sentences.surveys import origins

#: More groups than this make narrow columns: ``DAGGER`` stands for the words that a group is small.
MANY = 5
DAGGER = "†"


def table(table: Released, *, lang: str = "", columns: Any = None) -> Exhibit:
    """The released table; ``columns`` chooses some of its columns, by key or by the group's level."""
    return exhibit_of("table", table, lang, columns=columns_of(released(table), columns))


def totals(table: Released, *, lang: str = "") -> Exhibit:
    """Counts without percentages: a register of ten measures is no sample of anything."""
    return exhibit_of("totals", table, lang)


def too_few(scene: Scene, *, grouped: bool = True) -> Markup:
    """A sentence instead of a page of hidden cells, and the total, where that can be shown."""
    table = scene.table
    sentence = markup.paragraph(small(table, grouped=grouped).text(scene.lang), "too-few")
    total = table.only(TOTAL)
    if table.view.columns == (TOTAL,) or not wording.has(table, TOTAL) or wording.mostly_hidden(total):
        return sentence
    return sentence + share_table(scene, total)


def share_table(scene: Scene, table: Released) -> Markup:
    """Options × groups. One group: a column each for share, interval and count; several: all three in one cell."""
    lang, of = scene.lang, table.view.columns
    caption: str = wording.title(table, lang, grouped=len(of) > 1)
    if len(of) == 1:
        place = "" if of[0] == TOTAL else ", " + wording.label(table, of[0], lang)
        caption = markup.titled(caption + place, wording.base(table, of[0], lang), _indicative(table, of[0], lang))
        columns = share_columns(scene, table, of[0])
    else:
        columns = markup.crossed(
            of, lambda column: group_head(table, column, lang),
            lambda column, row: share_cell(estimate.proportion(table, row, column), lang, interval=table.sampled),
        )  # fmt: skip
    corner = Column(wording.variable_title(table, table.view.variable, lang), scene.label)
    sections, keys = _sections(table, lang), _keys(scene, table)
    grid = Grid(
        scene.id, lang, caption, [corner, *columns], sections, keys, quiet=lambda row: wording.is_missing(table, row)
    )
    return scene.written(grid, table.view.id)


def share_columns(scene: Scene, table: Released, column: Key, names: Iterable[str] = ()) -> list[Column]:
    """A column each for the share of a row, its interval and its count, in the order of ``names``."""
    texts: dict[str, Callable[[estimate.Proportion], str]] = {
        "share": lambda part: wording.share(part.share, scene.lang),
        "interval": lambda part: wording.interval(part.low, part.high, scene.lang),
        "count": lambda part: scene.count(part.count),
    }

    def of(name: str) -> Column:
        return Column(scene.head(name), lambda row: texts[name](estimate.proportion(table, row, column)))

    return [of(name) for name in names or texts if table.sampled or name != "interval"]


def share_cell(part: estimate.Proportion, lang: str, *, interval: bool = False) -> str:
    """A share with its count in brackets, and its interval below."""
    if not part.share.known:
        return str(part.share)
    below = markup.interval(wording.interval(part.low, part.high, lang)) if interval else ""
    return markup.measured(wording.share(part.share, lang), wording.count(part.count, lang), below)


def group_head(table: Released, column: Key, lang: str) -> Markup:
    base = markup.small("n", wording.base(table, column, lang))
    label = wording.label(table, column, lang)
    return markup.together(label, markup.LINE_BREAK, base, _indicative(table, column, lang))


def _indicative(table: Released, column: Key, lang: str) -> Markup:
    if not wording.indicative(table, column):
        return Markup("")
    words = i18n.text("present.indicative", lang)
    return " " + markup.small("indicative", markup.marked(DAGGER, words) if _many(table) else words)


def _many(table: Released) -> bool:
    """So many groups that their heads have no room for words."""
    return len(table.view.columns) > MANY


def _sections(table: Released, lang: str) -> list[tuple[str, tuple[Key, ...]]]:
    """The rows of each of several variables, under its title; of one, the answers and the kinds of missing."""
    of = list(dict.fromkeys(row[0][0] for row in table.view.rows if len(row) == 1))
    if len(of) > 1:
        own = {variable: tuple(row for row in table.view.rows if row[0][0] == variable) for variable in of}
        return [(wording.variable_title(table, variable, lang), rows) for variable, rows in own.items()]
    absent = wording.not_answers(table).items()
    return [("", wording.answers(table)), *((i18n.text(f"present.table.{why}", lang), rows) for why, rows in absent)]


def percent(table: Released) -> str:
    """Which note tells what the percentages are of."""
    return "percent_answered" if table.view.answered else "percent"


def _keys(scene: Scene, table: Released) -> list[str]:
    """What the reader must know, and only of what occurs in this table."""
    inner = {table.cells[cell_key].state for cell_key, _ in table.view.cells()}
    columns = table.view.columns
    bases = (cell.state for of in columns for cell in (table.cells[of], wording.base_cell(table, of)))
    names = [
        percent(table),
        *(["multiple"] if table.view.multiple else []),
        *(["intervals" if table.sampled else "counts"] if len(columns) > 1 else []),
        *(["hidden"] if State.HIDDEN in inner.union(bases) else []),
    ]
    if any(wording.indicative(table, column) for column in columns):
        names.append("indicative_mark" if _many(table) else "indicative")
    return scene.notes(*names)


# --- pairs, statements, stages, moves, counts -----------------------------------------------------------------


def pair_table(scene: Scene) -> Markup:
    """Needs × needs: the share and the count of those who have both."""
    table, lang = scene.table, scene.lang
    options = pair_options(table)

    def label(option: str) -> str:
        return table.label((table.view.variable, option), lang)

    def together(b: str, a: str) -> str:
        count = pair_count(table, a, b)
        share = count / table.cells[TOTAL]
        return markup.measured(wording.share(share, lang), scene.count(count)) if share.known else str(share)

    columns = [Column(scene.variable(), label), *markup.crossed(options, label, together)]
    caption = markup.titled(scene.title(grouped=True), scene.base(TOTAL))
    return scene.grid(caption, columns, options, scene.notes("together"))


def pair_options(table: Released) -> tuple[str, ...]:
    """The options that the pairs are made of, in the form's order."""
    used = {option for two in pairs_of(table) for option in two}
    return tuple(option for option in table.variables[table.view.variable].levels if option in used)


def pair_count(table: Released, a: str, b: str) -> Cell:
    """How many have both options; of one option with itself, how many have it, as the pair's cells tell."""
    pairs = pairs_of(table)
    if a != b:
        return table.cells[pairs[(a, b) if (a, b) in pairs else (b, a)]]
    onlies = ((both, key((both[0][0], f"vain_{two.index(a) + 1}"))) for two, both in pairs.items() if a in two)
    sums = (table.cells[both] + table.cells[only] for both, only in onlies if only in table.cells)
    return next((cell for cell in sums if cell.known), HIDDEN)


def likert_table(scene: Scene, tables: Sequence[Released], title: str) -> Markup:
    """Statements × answers: share and count, and how many gave no answer."""
    lang, column, answers = scene.lang, scene.key("column"), wording.answers(scene.table)

    def answer(i: int, table: Released) -> str:
        return share_cell(estimate.proportion(table, wording.answers(table)[i], column), lang)

    def base(table: Released) -> str:
        cell = wording.base_cell(table, column)
        return str(cell) if cell.state is State.HIDDEN else wording.base(table, column, lang)

    columns = [
        Column(scene.head("statement"), lambda table: wording.variable_title(table, table.view.variable, lang)),
        *markup.crossed(range(len(answers)), lambda i: scene.label(answers[i]), answer),
        Column(scene.head("base"), base),
    ]
    small_base = any(wording.indicative(table, column) for table in tables)
    return scene.grid(title, columns, tables, scene.notes(percent(scene.table), "likert", small=small_base))


def funnel_table(scene: Scene) -> Markup:
    """Stages × count, share of all whose stage is known, and its interval."""
    table, column = scene.table, scene.table.view.columns[0]
    columns = [
        Column(scene.head("stage"), scene.label),
        *share_columns(scene, table, column, ("count", "share", "interval")),
    ]
    title = wording.placed(table, scene.title(), column, scene.lang)
    keys = scene.notes("funnel", percent(table), small=wording.indicative(table, column))
    return scene.grid(markup.titled(title, scene.base(column)), columns, wording.answers(table), keys)


def matrix_table(scene: Scene) -> Markup:
    """From × to: the count and its share of the row, and the row's n; last everybody, where the table has them."""
    table, lang = scene.table, scene.lang

    def moved(to: Key, of: Key) -> str:
        part = estimate.proportion(table, to, of)
        number, known = scene.count(part.count), part.count.known and part.share.known
        return markup.measured(number, wording.share(part.share, lang)) if known else number

    def base(of: Key) -> str:
        number = scene.count(wording.base_cell(table, of))
        return markup.element("td", number, markup.indicative(lang)) if wording.indicative(table, of) else number

    heads = markup.crossed(wording.answers(table), scene.label, moved)
    columns = [Column(scene.variable(table.view.by), scene.label), *heads, Column(scene.head("base"), base)]
    items = (*origins(table), *((TOTAL,) if TOTAL in table.view.columns else ()))
    keys = scene.notes("matrix", percent(table), small=any(wording.indicative(table, of) for of in origins(table)))
    return scene.grid(markup.titled(scene.title(), scene.base(TOTAL)), columns, items, keys)


@renders("totals")
def _totals(scene: Scene) -> Markup:
    def number(column: Key, row: Key) -> str:
        return scene.count(scene.table.cells[join(row, column)])

    columns = [Column(scene.variable(), scene.label), *markup.crossed(groups(scene.table), scene.label, number)]
    return markup.exhibit("totals", scene.grid(scene.title(grouped=True), columns, scene.table.view.rows))
