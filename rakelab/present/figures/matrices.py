"""Matrices of shaded squares with their numbers, hidden ones hatched; and the matrix of needs that meet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import product

from rakelab import i18n
from rakelab.cells import TOTAL, Cell, Released
from rakelab.present.exhibit import Scene
from rakelab.present.figures import theme
from rakelab.present.figures.pen import LINE, MUTED, PAPER, Pen, Sheet, lines_of, reading_of
from rakelab.present.sentences import wording
from rakelab.present.tables.contrasts import pair_count, pair_options

#: Height of a square in inches.
SQUARE = 0.42


@dataclass(frozen=True)
class Place:
    """Where the matrix lies on its sheet, in inches."""

    left: float
    top: float
    width: float  # of a square


def draw(scene: Scene, sheet: Sheet) -> str:
    """The lower half of the matrix. Rows and columns carry numbers; names stand by the rows, or above where narrow."""
    found, lang = scene.table, scene.lang
    options = pair_options(found)
    names = [f"{i}  {found.label((found.view.variable, option), lang)}" for i, option in enumerate(options, 1)]
    axis = reading_of(reading(found, lang), sheet)
    place = place_of(names, sheet)
    bottom = place.top + SQUARE * len(options)
    pen = Pen(sheet, bottom + 0.08 + len(axis) * sheet.leading)
    numbered(pen, place, (len(names), len(names)))
    named(pen, names, place)
    squares(pen, _cells(found, options), place, partial(wording.share, lang=lang))
    for i, text in enumerate(axis):
        pen.words(0.04, bottom + 0.2 + i * sheet.leading, text, color=MUTED, size=sheet.size - 0.5)
    return pen.svg()


def reading(found: Released, lang: str) -> str:
    return i18n.text("present.figure.together", lang, base=wording.base(found, TOTAL, lang))


def place_of(names: list[str], sheet: Sheet, columns: int = 0) -> Place:
    """Room for the names and for ``columns`` squares side by side, as many as there are names where not told."""
    columns = columns or len(names)
    if not sheet.narrow:
        return Place(sheet.gutter + 0.35, 0.3, min((sheet.width - sheet.gutter - 0.4) / columns, 0.75))
    lines = sum(len(lines_of(name, sheet, sheet.width - 0.1)) for name in names)
    return Place(0.25, lines * sheet.leading + 0.4, (sheet.width - 0.3) / columns)


def numbered(pen: Pen, place: Place, size: tuple[int, int]) -> None:
    """Numbers of the rows and of the columns."""
    number = {"weight": "bold", "color": MUTED, "ha": "center"}
    for i in range(size[0]):
        pen.words(place.left - 0.14, place.top + (i + 0.5) * SQUARE, str(i + 1), **number)
    for j in range(size[1]):
        pen.words(place.left + (j + 0.5) * place.width, place.top - 0.14, str(j + 1), **number)


def named(pen: Pen, names: list[str], place: Place) -> None:
    """Names with their numbers: by the rows, or above where the sheet is narrow."""
    if not pen.sheet.narrow:
        for i, name in enumerate(names):
            _name(pen, name.split("  ", 1)[1], place.top + (i + 0.5) * SQUARE)
    else:
        lines = [line for name in names for line in lines_of(name, pen.sheet, pen.sheet.width - 0.1)]
        for i, line in enumerate(lines):
            pen.words(0.04, 0.1 + i * pen.sheet.leading, line)


def _name(pen: Pen, name: str, middle: float) -> None:
    lines = lines_of(name, pen.sheet, pen.sheet.gutter)
    for j, text in enumerate(lines):
        pen.words(0.04, middle + (j - (len(lines) - 1) / 2) * pen.sheet.leading, text)


def _cells(found: Released, options: tuple[str, ...]) -> dict[tuple[int, int], Cell]:
    """(row, column) → share of everybody, at and below the diagonal."""
    places = [(i, j) for i, j in product(range(len(options)), repeat=2) if j <= i]
    return {(i, j): pair_count(found, options[i], options[j]) / found.cells[TOTAL] for i, j in places}


def squares(pen: Pen, cells: Mapping[tuple[int, int], Cell], place: Place, word: Callable[[Cell], str]) -> None:
    """The squares at (row, column): shades and numbers by seaborn, which also chooses dark or light numbers.

    Hidden squares are hatched.
    """
    import numpy as np
    import seaborn
    from matplotlib.colors import ListedColormap

    size = (1 + max(i for i, _ in cells), 1 + max(j for _, j in cells))
    values, words = np.full(size, np.nan), np.full(size, "", dtype=object)
    for (i, j), one in cells.items():
        words[i, j] = word(one)
        values[i, j] = one.value if one.known else np.nan
        if not one.known:
            _hatched(pen, (place.left + j * place.width, place.top + i * SQUARE), place.width)
    axes = pen.figure.add_axes(_box(pen, place, size))
    seaborn.heatmap(
        values, ax=axes, annot=words, fmt="", cbar=False, vmin=0, linewidths=1.5, linecolor=PAPER,
        cmap=ListedColormap(theme.SHADES), xticklabels=False, yticklabels=False,
        annot_kws={"size": pen.sheet.size}, mask=np.isnan(values),
    )  # fmt: skip
    axes.patch.set_alpha(0)


def _box(pen: Pen, place: Place, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """The matrix in matplotlib's fractions of the sheet: left, bottom, width, height."""
    across, down = pen.sheet.width, pen.height
    height = SQUARE * size[0]
    return place.left / across, 1 - (place.top + height) / down, place.width * size[1] / across, height / down


def _hatched(pen: Pen, corner: tuple[float, float], square: float) -> None:
    x, y = corner
    pen.box((x + 0.02, y + 0.02), (square - 0.04, SQUARE - 0.04), LINE, hatch="////")
    pen.box((x + square / 2 - 0.12, y + SQUARE / 2 - 0.09), (0.24, 0.18), PAPER)
    pen.words(x + square / 2, y + SQUARE / 2, "··", color=MUTED, ha="center")
