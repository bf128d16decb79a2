"""The matrix of needs that meet: shaded squares with their numbers, hidden ones hatched."""

from itertools import product

from rakelab import i18n
from rakelab.cells import TOTAL, Cell, Released
from rakelab.present import theme, wording
from rakelab.present.compared_tables import pair_count, pair_options
from rakelab.present.drawing import LINE, MUTED, PAPER, Pen, Sheet, lines_of, reading_of
from rakelab.present.exhibit import Scene

#: Height of a square in inches.
SQUARE = 0.42


def draw(scene: Scene, sheet: Sheet) -> str:
    """The lower half of the matrix; rows carry names and numbers, columns the same numbers."""
    found, lang = scene.table, scene.lang
    options = pair_options(found)
    names = [found.label((found.view.variable, option), lang) for option in options]
    axis = reading_of(_reading(found, lang), sheet)
    gutter, head = (1.25 if sheet.narrow else 2.75), 0.3
    pen = Pen(sheet, head + SQUARE * len(options) + 0.08 + len(axis) * sheet.leading)
    square = min((sheet.width - gutter - 0.06) / len(options), 0.72)
    _names(pen, names, (gutter, head, square))
    _squares(pen, _cells(found, options), (gutter, head, square), lang)
    for i, text in enumerate(axis):
        y = head + SQUARE * len(options) + 0.2 + i * sheet.leading
        pen.words(0.04, y, text, color=MUTED, size=sheet.size - 0.5)
    return pen.svg()


def _reading(found: Released, lang: str) -> str:
    return i18n.text("present.figure.together", lang, base=wording.base(found, TOTAL, lang))


def _names(pen: Pen, names: list[str], place: tuple[float, float, float]) -> None:
    gutter, head, square = place
    for i, name in enumerate(names):
        middle = head + (i + 0.5) * SQUARE
        lines = lines_of(name, pen.sheet, gutter - 0.32)
        for j, text in enumerate(lines):
            pen.words(0.22, middle + (j - (len(lines) - 1) / 2) * pen.sheet.leading, text)
        pen.words(0.04, middle, str(i + 1), weight="bold", color=MUTED)
        pen.words(gutter + (i + 0.5) * square, head / 2, str(i + 1), weight="bold", color=MUTED, ha="center")


def _cells(found: Released, options: tuple[str, ...]) -> dict[tuple[int, int], Cell]:
    """(row, column) → share of everybody, at and below the diagonal."""
    places = [(i, j) for i, j in product(range(len(options)), repeat=2) if j <= i]
    return {(i, j): pair_count(found, options[i], options[j]) / found.cells[TOTAL] for i, j in places}


def _squares(pen: Pen, cells: dict[tuple[int, int], Cell], place: tuple[float, float, float], lang: str) -> None:
    """Shades and numbers by seaborn, which also chooses dark or light numbers; hidden squares are hatched."""
    import numpy as np
    import seaborn
    from matplotlib.colors import ListedColormap

    gutter, head, square = place
    size = 1 + max(i for i, _ in cells)
    values, words = np.full((size, size), np.nan), np.full((size, size), "", dtype=object)
    for (i, j), one in cells.items():
        words[i, j] = wording.share(one, lang)
        values[i, j] = one.value if one.known else np.nan
        if not one.known:
            _hatched(pen, (gutter + j * square, head + i * SQUARE), square)
    box = (gutter / pen.sheet.width, 1 - (head + SQUARE * size) / pen.height,
           square * size / pen.sheet.width, SQUARE * size / pen.height)  # fmt: skip
    axes = pen.figure.add_axes(box)
    seaborn.heatmap(
        values, ax=axes, annot=words, fmt="", cbar=False, vmin=0, linewidths=1.5, linecolor=PAPER,
        cmap=ListedColormap(theme.SHADES), xticklabels=False, yticklabels=False,
        annot_kws={"size": pen.sheet.size}, mask=np.isnan(values),
    )  # fmt: skip
    axes.patch.set_alpha(0)


def _hatched(pen: Pen, corner: tuple[float, float], square: float) -> None:
    x, y = corner
    pen.box((x + 0.02, y + 0.02), (square - 0.04, SQUARE - 0.04), LINE, hatch="////")
    pen.box((x + square / 2 - 0.12, y + SQUARE / 2 - 0.09), (0.24, 0.18), PAPER)
    pen.words(x + square / 2, y + SQUARE / 2, "··", color=MUTED, ha="center")
