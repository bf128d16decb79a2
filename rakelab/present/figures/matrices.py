"""Matrices of shaded squares with their numbers, hidden ones unshaded: needs that meet, and moves between classes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from rakelab.cells import TOTAL, Cell, Key, Released, join
from rakelab.errors import UsageError
from rakelab.present.exhibit import Exhibit, Scene, figure_of
from rakelab.present.figures import theme
from rakelab.present.figures.pen import INK, MUTED, PAPER, Pen, Sheet, lines_of
from rakelab.present.gate import released
from rakelab.present.sentences import wording
from rakelab.present.sentences.sentence import Sentence
from rakelab.present.sentences.surveys import origins
from rakelab.present.tables.shares import pair_count, pair_options

#: Height of a square in inches.
SQUARE = 0.42
Cells = Mapping[tuple[int, int], Cell]


@dataclass(frozen=True)
class Matrix:
    """Rows and columns by name, and the number of each square; ``framed``: the diagonal has a frame."""

    down: Sequence[str]
    across: Sequence[str]
    cells: Cells
    word: Callable[[Cell], str]
    framed: bool = False


def matrix(table: Released, *, alt: Sentence, lang: str = "") -> Exhibit:
    """How many went from where to where: the table's groups are where people were, its rows where they came to.

    Drawn with a line for each group. The numbers are counts, hidden ones without shade; shares are in the table.
    """
    if released(table).asked and not (origins(table) and wording.answers(table)):
        raise UsageError("present.no_matrix", table=table.view.id)
    return figure_of("matrix", table, alt, lang)


def pair_matrix(scene: Scene) -> Matrix:
    """Needs that meet: the lower half, shares of everybody."""
    table, options = scene.table, pair_options(scene.table)
    names = [table.label((table.view.variable, option), scene.lang) for option in options]
    pairs = [(i, j) for i in range(len(options)) for j in range(i + 1)]
    cells = {(i, j): pair_count(table, options[i], options[j]) / table.cells[TOTAL] for i, j in pairs}
    return Matrix(names, names, cells, partial(wording.share, lang=scene.lang))


def pair_reading(scene: Scene) -> str:
    return scene.words("present.figure.together", base=scene.base(TOTAL))


def moves(scene: Scene) -> Matrix:
    """How many went from each class to each; where those are the same classes, a frame around those who stayed."""
    down, across = _names(scene, origins(scene.table)), _names(scene, wording.answers(scene.table))
    return Matrix(down, across, move_cells(scene.table), scene.count, framed=down == across)


def moves_reading(scene: Scene) -> str:
    same = _names(scene, origins(scene.table)) == _names(scene, wording.answers(scene.table))
    names = {"rows": scene.variable(scene.table.view.by), "columns": scene.variable()}
    return scene.words(f"present.figure.{'matrix' if same else 'matrix_other'}", base=scene.base(TOTAL), **names)


def move_cells(table: Released) -> dict[tuple[int, int], Cell]:
    down, across = origins(table), wording.answers(table)
    return {(i, j): table.cells[join(a, b)] for i, a in enumerate(down) for j, b in enumerate(across)}


def _names(scene: Scene, keys: Iterable[Key]) -> list[str]:
    return [scene.label(key) for key in keys]


def picture(make: Callable[[Scene], Matrix]) -> Callable[[Scene], Callable[[Sheet], str]]:
    return lambda scene: lambda sheet: _Drawing(make(scene), sheet).svg()


class _Drawing:
    """A matrix on its sheet. Rows and columns carry numbers; names stand by the rows, or above where narrow."""

    def __init__(self, matrix: Matrix, sheet: Sheet) -> None:
        self.matrix, self.sheet = matrix, sheet
        names = (f"{i}  {name}" for i, name in enumerate(matrix.down, 1))
        self.names = [line for name in names for line in lines_of(name, sheet, sheet.width - 0.1)]
        self.above = [] if matrix.down == matrix.across else [f"{i}  {name}" for i, name in enumerate(matrix.across, 1)]
        lines = len(self.names) if sheet.narrow else 0
        self.left = 0.25 if sheet.narrow else sheet.gutter + 0.35
        room = sheet.width - 0.3 if sheet.narrow else sheet.width - sheet.gutter - 0.4
        self.width = room / len(matrix.across) if sheet.narrow else min(room / len(matrix.across), 0.75)
        self.top = (lines * sheet.leading + 0.4 if sheet.narrow else 0.3) + len(self.above) * sheet.leading
        self.bottom = self.top + SQUARE * len(matrix.down)
        self.pen = Pen(sheet, self.bottom + 0.1)

    def svg(self) -> str:
        self._numbers()
        self._named()
        first = self.top - 0.3 - (len(self.above) - 0.5) * self.sheet.leading
        self.pen.text(0.04, first, self.above, color=MUTED)
        self._squares()
        if self.matrix.framed:
            self._diagonal()
        return self.pen.svg()

    def _numbers(self) -> None:
        """Numbers of the rows and of the columns."""
        number = {"weight": "bold", "color": MUTED, "ha": "center"}
        for i in range(len(self.matrix.down)):
            self.pen.words(self.left - 0.14, self.top + (i + 0.5) * SQUARE, str(i + 1), **number)
        for j in range(len(self.matrix.across)):
            self.pen.words(self.left + (j + 0.5) * self.width, self.top - 0.14, str(j + 1), **number)

    def _named(self) -> None:
        if self.sheet.narrow:
            self.pen.text(0.04, 0.1, self.names)
            return
        for i, name in enumerate(self.matrix.down):
            lines = lines_of(name, self.sheet, self.sheet.gutter)
            middle = self.top + (i + 0.5) * SQUARE
            for j, text in enumerate(lines):
                self.pen.words(0.04, middle + (j - (len(lines) - 1) / 2) * self.sheet.leading, text)

    def _squares(self) -> None:
        """Shades and numbers by seaborn, which also chooses dark or light numbers. Hidden squares have no shade."""
        import numpy as np
        import seaborn
        from matplotlib.colors import ListedColormap

        cells = self.matrix.cells
        size = (1 + max(i for i, _ in cells), 1 + max(j for _, j in cells))
        values, words = np.full(size, np.nan), np.full(size, "", dtype=object)
        for (i, j), cell in cells.items():
            words[i, j] = self.matrix.word(cell)
            values[i, j] = cell.value if cell.known else np.nan
            if not cell.known:
                self._hidden(self.left + j * self.width, self.top + i * SQUARE)
        height = SQUARE * size[0]
        across, down = self.sheet.width, self.pen.height
        box = (self.left / across, 1 - (self.top + height) / down, self.width * size[1] / across, height / down)
        axes = self.pen.figure.add_axes(box)
        seaborn.heatmap(
            values, ax=axes, annot=words, fmt="", cbar=False, vmin=0, linewidths=1.5, linecolor=PAPER,
            cmap=ListedColormap(theme.SHADES), xticklabels=False, yticklabels=False,
            annot_kws={"size": self.sheet.size}, mask=np.isnan(values),
        )  # fmt: skip
        axes.patch.set_alpha(0)

    def _hidden(self, x: float, y: float) -> None:
        self.pen.words(x + self.width / 2, y + SQUARE / 2, "··", color=MUTED, ha="center")

    def _diagonal(self) -> None:
        for i in range(len(self.matrix.down)):
            left, top = self.left + i * self.width, self.top + i * SQUARE
            right, bottom = left + self.width, top + SQUARE
            for start, end in pairwise(((left, top), (right, top), (right, bottom), (left, bottom), (left, top))):
                self.pen.line(start, end, INK, lw=1.3, zorder=4)
