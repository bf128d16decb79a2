"""The way from new to closed: bars of how many have come to each stage, from everybody to the last."""

from collections.abc import Iterable

from markupsafe import Markup

from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Cell, Key, Released, State, join
from rakelab.estimate import Proportion
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, figure_of
from rakelab.present.figures import drawing
from rakelab.present.figures.chart_parts import Drawer, Figure, axis, number_mark, told
from rakelab.present.figures.drawing import Chart, Line
from rakelab.present.figures.pen import ACCENT, Sheet
from rakelab.present.gate import column_key, pack, released
from rakelab.present.markup import Grid, Row
from rakelab.present.sentences import wording
from rakelab.present.sentences.sentence import Sentence

#: A count of everybody has no interval.
_EXACT = (Cell(State.MISSING), Cell(State.MISSING))


def funnel(table: Released, *, alt: Sentence, lang: str = "", column: Key | str | None = None) -> Exhibit:
    """How many have come to each stage, in the order of the stages; first all whose stage is known."""
    found = released(table)
    return figure_of("funnel", found, alt, lang, columns=[pack(column_key(found, column))])


def _column(scene: Scene) -> Key:
    return scene.table.view.columns[0]


def _stages(found: Released) -> tuple[Key, ...]:
    return wording.rows_by_kind(found)[0]


def _title(scene: Scene) -> str:
    made, column = wording.title(scene.table, scene.lang, grouped=False), _column(scene)
    if column == TOTAL:
        return made
    return i18n.text("present.place", scene.lang, title=made, column=wording.label(scene.table, column, scene.lang))


def _reading(scene: Scene) -> str:
    return i18n.text("present.figure.funnel", scene.lang, base=wording.base(scene.table, _column(scene), scene.lang))


def _chart(scene: Scene) -> Drawer:
    found, lang, column = scene.table, scene.lang, _column(scene)
    every = wording.base_cell(found, column)
    lines = [_line(i18n.text("common.total", lang), every, every, lang)]
    stages = ((wording.label(found, row, lang), found.cells[join(row, column)]) for row in _stages(found))
    lines += [_line(label, cell, every, lang) for label, cell in stages]
    most = max((mark.value or 0 for line in lines for mark in line.marks), default=0)

    def draw(sheet: Sheet) -> str:
        low, high, ticks = axis(0, max(most, 1), sheet, lang)
        whole = tuple((value, text) for value, text in ticks if float(value).is_integer())
        return drawing.draw(Chart(tuple(lines), whole, low, high, _reading(scene), bars=True), sheet)

    return draw


def _line(label: str, cell: Cell, every: Cell, lang: str) -> Line:
    share = cell / every
    text = wording.count(cell, lang)
    if share.known and cell != every:
        text += f" ({wording.share(share, lang)})"
    return Line(label, (number_mark((cell, *_EXACT), text, (ACCENT, "o"), lang),))


def _table(scene: Scene) -> Markup:
    """Stages × count, share of all whose stage is known, and its interval."""
    found, lang, column = scene.table, scene.lang, _column(scene)
    rows = tuple(_row(found, row, column, lang) for row in _stages(found))
    keys = [i18n.text(f"present.key.{name}", lang) for name in ("funnel", _percent(found))]
    if wording.few(found, column):
        keys.append(i18n.text("present.key.indicative", lang, n=estimate.INDICATIVE_BASE))
    caption = markup.titled(_title(scene), wording.base(found, column, lang))
    headers = markup.heads(("stage", "count", "share", *(("interval",) if found.sampled else ())), lang)
    return markup.table(Grid(scene.id, lang, caption, headers, rows, keys=keys))


def _percent(found: Released) -> str:
    return "percent_answered" if found.view.answered else "percent"


def _row(found: Released, row: Key, column: Key, lang: str) -> Row:
    one: Proportion = estimate.proportion(found, row, column)
    interval = (wording.interval(one.low, one.high, lang),) if found.sampled else ()
    texts = (wording.count(one.count, lang), wording.share(one.share, lang), *interval)
    return Row(wording.label(found, row, lang), texts)


def _cells(scene: Scene) -> Iterable[Cell]:
    return (scene.table.cells[join(row, _column(scene))] for row in _stages(scene.table))


FIGURES = {"funnel": Figure(_title, _reading, _chart, _table, told(_cells, _table))}
