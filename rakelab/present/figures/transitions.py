"""How many went from each class to each: a matrix of counts, with the shares of each row in its table."""

from collections.abc import Iterable
from functools import partial
from itertools import pairwise

from markupsafe import Markup

from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Cell, Key, Released, State, join
from rakelab.errors import UsageError
from rakelab.estimate import Proportion
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, figure_of
from rakelab.present.figures import matrices as heat
from rakelab.present.figures.chart_parts import Drawer, Figure, told
from rakelab.present.figures.matrices import SQUARE, Place
from rakelab.present.figures.pen import INK, MUTED, Pen, Sheet, reading_of
from rakelab.present.gate import released
from rakelab.present.markup import Grid, Row
from rakelab.present.sentences import wording
from rakelab.present.sentences.sentence import Sentence


def matrix(table: Released, *, alt: Sentence, lang: str = "") -> Exhibit:
    """How many went from where to where: the table's groups are where people were, its rows where they came to.

    Drawn with a line for each group. The numbers are counts, hidden ones hatched; shares are in the table.
    """
    found = released(table)
    if not (froms(found) and tos(found)):
        raise UsageError("present.no_matrix", table=found.view.id)
    return figure_of("matrix", found, alt, lang)


def froms(found: Released) -> tuple[Key, ...]:
    return tuple(one for one in found.view.columns if one != TOTAL and not wording.is_missing(found, one))


def tos(found: Released) -> tuple[Key, ...]:
    return wording.rows_by_kind(found)[0]


def _names(found: Released, keys: Iterable[Key], lang: str) -> list[str]:
    return [f"{i}  {wording.label(found, one, lang)}" for i, one in enumerate(keys, 1)]


def _title(scene: Scene) -> str:
    return wording.title(scene.table, scene.lang, grouped=False)


def _reading(scene: Scene) -> str:
    found, lang = scene.table, scene.lang
    names = {
        "rows": wording.variable_title(found, found.view.by, lang),
        "columns": wording.variable_title(found, found.view.variable, lang),
    }
    word = "matrix" if _square(found, lang) else "matrix_other"
    return i18n.text(f"present.figure.{word}", lang, base=wording.base(found, TOTAL, lang), **names)


def _square(found: Released, lang: str) -> bool:
    """Rows and columns are the same classes, so that the diagonal is those who stayed."""
    return _names(found, froms(found), lang) == _names(found, tos(found), lang)


def _chart(scene: Scene) -> Drawer:
    return partial(_draw, scene)


def _draw(scene: Scene, sheet: Sheet) -> str:
    found, lang = scene.table, scene.lang
    down, across = _names(found, froms(found), lang), _names(found, tos(found), lang)
    above = [] if down == across else across
    place = heat.place_of(down, sheet, len(across))
    place = Place(place.left, place.top + len(above) * sheet.leading, place.width)
    bottom = place.top + SQUARE * len(down)
    reading = reading_of(_reading(scene), sheet)
    pen = Pen(sheet, bottom + 0.12 + len(reading) * sheet.leading)
    heat.numbered(pen, place, (len(down), len(across)))
    heat.named(pen, down, place)
    first = place.top - 0.4 - len(above) * sheet.leading
    for i, text in enumerate(above):
        pen.words(0.04, first + 0.1 + (i + 0.5) * sheet.leading, text, color=MUTED)
    heat.squares(pen, _cells(found), place, partial(wording.count, lang=lang))
    if not above:
        _diagonal(pen, place, len(down))
    for i, text in enumerate(reading):
        pen.words(0.04, bottom + 0.22 + i * sheet.leading, text, color=MUTED, size=sheet.size - 0.5)
    return pen.svg()


def _cells(found: Released) -> dict[tuple[int, int], Cell]:
    return {
        (i, j): found.cells[join(row, column)]
        for i, row in enumerate(froms(found))
        for j, column in enumerate(tos(found))
    }


def _diagonal(pen: Pen, place: Place, n: int) -> None:
    """A frame around those who stayed where they were."""
    for i in range(n):
        left, top = place.left + i * place.width, place.top + i * SQUARE
        right, bottom = left + place.width, top + SQUARE
        corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
        for start, end in pairwise(corners):
            pen.line(start, end, INK, lw=1.3, zorder=4)


def _table(scene: Scene) -> Markup:
    """From × to: the count and its share of the row, and the row's n; last everybody, where the table has them."""
    found, lang = scene.table, scene.lang
    heads = [wording.label(found, one, lang) for one in tos(found)]
    lines = (*froms(found), *((TOTAL,) if TOTAL in found.view.columns else ()))
    rows = tuple(_row(found, one, lang) for one in lines)
    keys = [i18n.text("present.key.matrix", lang), i18n.text(f"present.key.{_percent(found)}", lang)]
    keys += [i18n.text("present.key.indicative", lang, n=estimate.INDICATIVE_BASE)] if _any_few(found) else []
    corner = wording.variable_title(found, found.view.by, lang)
    grid = Grid(
        id=scene.id,
        lang=lang,
        caption=markup.titled(_title(scene), wording.base(found, TOTAL, lang)),
        headers=(corner, *heads, *markup.heads(("base",), lang)),
        rows=rows,
        keys=keys,
    )
    return markup.table(grid)


def _percent(found: Released) -> str:
    return "percent_answered" if found.view.answered else "percent"


def _any_few(found: Released) -> bool:
    return any(wording.few(found, one) for one in froms(found))


def _row(found: Released, of: Key, lang: str) -> Row:
    cells = [_cell(estimate.proportion(found, to, of), lang) for to in tos(found)]
    base = wording.count(wording.base_cell(found, of), lang)
    total = markup.element("td", base, markup.indicative(lang)) if wording.few(found, of) else base
    return Row(wording.label(found, of, lang), (*cells, total))


def _cell(one: Proportion, lang: str) -> str:
    if not one.count.known:
        return str(one.count)
    number = wording.count(one.count, lang)
    return markup.measured(number, wording.share(one.share, lang)) if one.share.known else number


def _known(scene: Scene) -> Iterable[Cell]:
    """Without zeros: a matrix of zeros and hidden squares tells nothing."""
    return (cell for cell in _cells(scene.table).values() if cell.state is not State.ZERO)


FIGURES = {"matrix": Figure(_title, _reading, _chart, _table, told(_known, _table))}
