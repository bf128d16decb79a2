"""How many went from each class to each: a matrix of counts, with the shares of each row in its table."""

from collections.abc import Iterable
from functools import partial
from html import escape
from itertools import pairwise

from rakelab import estimate, i18n
from rakelab.cells import HIDDEN, TOTAL, Cell, Key, Released, join, shown
from rakelab.errors import UsageError
from rakelab.present import heat, markup, wording
from rakelab.present.chart_parts import Drawer, Figure, told
from rakelab.present.exhibit import Exhibit, Scene, figure_of
from rakelab.present.gate import released
from rakelab.present.heat import SQUARE, Place
from rakelab.present.markup import Grid, Row, Section, marks
from rakelab.present.pen import INK, MUTED, Pen, Sheet, reading_of
from rakelab.present.sentence import Sentence


def matrix(table: Released, *, alt: Sentence, lang: str = "fi") -> Exhibit:
    """Rows are where people were, columns where they came to; the numbers are counts, hidden ones hatched."""
    found = released(table)
    if not (_froms(found) and _tos(found)):
        raise UsageError("present.no_matrix", table=found.view.id)
    return figure_of("matrix", found, alt, lang)


def _froms(found: Released) -> tuple[Key, ...]:
    return wording.rows_by_kind(found)[0]


def _tos(found: Released) -> tuple[Key, ...]:
    return tuple(one for one in found.view.columns if one != TOTAL and not wording.is_missing(found, one))


def _names(found: Released, keys: Iterable[Key], lang: str) -> list[str]:
    return [f"{i}  {wording.label(found, one, lang)}" for i, one in enumerate(keys, 1)]


def row_base(found: Released, row: Key) -> Cell:
    """How many were in the class at first and are in some class at last; the shares of the row are of them."""
    return sum((found.cells[join(row, column)] for column in _tos(found)), shown(0))


def _title(scene: Scene) -> str:
    return wording.title(scene.table, scene.lang, grouped=False)


def _reading(scene: Scene) -> str:
    found, lang = scene.table, scene.lang
    names = {
        "rows": wording.variable_title(found, found.view.variable, lang),
        "columns": wording.variable_title(found, found.view.by, lang),
    }
    word = "matrix" if _square(found, lang) else "matrix_other"
    return i18n.text(f"present.figure.{word}", lang, base=wording.base(found, TOTAL, lang), **names)


def _square(found: Released, lang: str) -> bool:
    """Rows and columns are the same classes, so that the diagonal is those who stayed."""
    return _names(found, _froms(found), lang) == _names(found, _tos(found), lang)


def _chart(scene: Scene) -> Drawer:
    return partial(_draw, scene)


def _draw(scene: Scene, sheet: Sheet) -> str:
    found, lang = scene.table, scene.lang
    froms, tos = _names(found, _froms(found), lang), _names(found, _tos(found), lang)
    above = [] if froms == tos else tos
    place = heat.place_of(froms, sheet, len(tos))
    place = Place(place.left, place.top + len(above) * sheet.leading, place.width)
    bottom = place.top + SQUARE * len(froms)
    reading = reading_of(_reading(scene), sheet)
    pen = Pen(sheet, bottom + 0.12 + len(reading) * sheet.leading)
    heat.numbered(pen, place, (len(froms), len(tos)))
    heat.named(pen, froms, place)
    first = place.top - 0.4 - len(above) * sheet.leading
    for i, text in enumerate(above):
        pen.words(0.04, first + 0.1 + (i + 0.5) * sheet.leading, text, color=MUTED)
    heat.squares(pen, _cells(found), place, partial(wording.count, lang=lang))
    if not above:
        _diagonal(pen, place, len(froms))
    for i, text in enumerate(reading):
        pen.words(0.04, bottom + 0.22 + i * sheet.leading, text, color=MUTED, size=sheet.size - 0.5)
    return pen.svg()


def _cells(found: Released) -> dict[tuple[int, int], Cell]:
    return {
        (i, j): found.cells[join(row, column)]
        for i, row in enumerate(_froms(found))
        for j, column in enumerate(_tos(found))
    }


def _diagonal(pen: Pen, place: Place, n: int) -> None:
    """A frame around those who stayed where they were."""
    for i in range(n):
        left, top = place.left + i * place.width, place.top + i * SQUARE
        right, bottom = left + place.width, top + SQUARE
        corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
        for start, end in pairwise(corners):
            pen.line(start, end, INK, lw=1.3, zorder=4)


def _table(scene: Scene) -> str:
    """From × to: the count and its share of the row, and the row's total."""
    found, lang = scene.table, scene.lang
    tos = _tos(found)
    rows = tuple(_row(found, row, lang) for row in _froms(found))
    heads = [escape(wording.label(found, one, lang)) for one in tos]
    corner = escape(wording.variable_title(found, found.view.variable, lang))
    keys = [i18n.text("present.key.matrix", lang)]
    keys += [i18n.text("present.key.indicative", lang, n=estimate.INDICATIVE_BASE)] if _any_few(found) else []
    grid = Grid(
        id=scene.id,
        caption=f'{escape(_title(scene))} <span class="n">({escape(wording.base(found, TOTAL, lang))})</span>',
        headers=(corner, *heads, escape(i18n.text("present.table.row_total", lang))),
        sections=(Section("", rows),),
        keys=(*keys, *marks(rows, lang)),
    )
    return markup.table(grid)


def _any_few(found: Released) -> bool:
    bases = [row_base(found, row) for row in _froms(found)]
    return any(base.known and (base.value or 0) < estimate.INDICATIVE_BASE for base in bases)


def _row(found: Released, row: Key, lang: str) -> Row:
    base = row_base(found, row)
    cells = [_cell(found.cells[join(row, column)], base, lang) for column in _tos(found)]
    total = base if base.known else found.cells.get(row, HIDDEN)
    return Row(wording.label(found, row, lang), (*cells, markup.cell(wording.count(total, lang), lang)))


def _cell(count: Cell, base: Cell, lang: str) -> str:
    if not count.known:
        return markup.cell(str(count), lang)
    share = count / base
    if not share.known:  # another cell of the row is hidden, so the row's total is not given away by a share
        return markup.cell(wording.count(count, lang), lang)
    number, percent = escape(wording.count(count, lang)), escape(wording.share(share, lang))
    return f'<td>{number} <span class="count">({percent})</span></td>'


def _known(scene: Scene) -> Iterable[Cell]:
    return _cells(scene.table).values()


FIGURES = {"matrix": Figure(_title, _reading, _chart, _table, told(_known, _table))}
