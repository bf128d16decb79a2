"""What every kind of chart is put together from: marks without a number, looks of groups, axes with round ticks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from markupsafe import Markup

from rakelab import i18n
from rakelab.cells import TOTAL, Cell, Key, State
from rakelab.present import markup
from rakelab.present.exhibit import Renderer, Scene
from rakelab.present.figures import theme
from rakelab.present.figures.drawing import Heading, Line, Mark
from rakelab.present.figures.pen import Sheet
from rakelab.present.sentences.wording import MINUS

Drawer = Callable[[Sheet], str]
Ticks = tuple[tuple[float, str], ...]

#: How a number that matters is drawn, and one that does not: another shape, not only another colour.
PLAIN = (theme.COLOURS["muted"], "o")


@dataclass(frozen=True)
class Figure:
    """One kind of figure: its words, its picture, its data table, and what stands there when there is too little."""

    title: Callable[[Scene], str]
    reading: Callable[[Scene], str]
    picture: Callable[[Scene], Drawer]
    data: Renderer
    instead: Renderer


def told(cells: Callable[[Scene], Iterable[Cell]], data: Renderer | None = None) -> Renderer:
    """The finding in words where less than half of the ``cells`` are known, with the table where some are."""

    def instead(scene: Scene) -> Markup:
        known = [cell.known for cell in cells(scene)]
        if 2 * sum(known) >= max(1, len(known)):
            return Markup("")
        return markup.paragraph(scene.alt, "too-few") + (data(scene) if data and any(known) else "")

    return instead


def no_number(cell: Cell, lang: str) -> str:
    return i18n.text(f"present.figure.{'hidden' if cell.state is State.HIDDEN else 'none'}", lang)


def number_mark(one: tuple[Cell, Cell, Cell], text: str, look: tuple[str, str], lang: str, **how: Any) -> Mark:
    """A number with its two limits, or a mark that says why there is none."""
    value, low, high = one
    if not value.known:
        return Mark(no_number(value, lang), look=look)
    lower, upper = (end.value if end.known else None for end in (low, high))
    return Mark(text, value.value, lower, upper, look, **how)


def looks(columns: tuple[Key, ...]) -> dict[Key, tuple[str, str]]:
    groups = [column for column in columns if column != TOTAL]
    return {TOTAL: theme.EVERYBODY} | {column: theme.series(i) for i, column in enumerate(groups)}


def marks(lines: Sequence[Line | Heading]) -> list[Mark]:
    return [mark for line in lines if isinstance(line, Line) for mark in line.marks]


def ends(lines: Sequence[Line | Heading]) -> list[float]:
    """Every place on the axis that the marks need."""
    return [end for mark in marks(lines) for end in (mark.low, mark.high, mark.value) if end is not None]


def axis(low: float, high: float, sheet: Sheet, lang: str) -> tuple[float, float, Ticks]:
    """An axis that holds ``low`` and ``high``, with ticks at round numbers."""
    step = round_step((high - low) / (4 if sheet.narrow else 7))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    digits = max(0, -floor(log10(step) + 1e-9))
    return first * step, last * step, tuple((i * step, _tick(i * step, digits, lang)) for i in range(first, last + 1))


def round_step(least: float) -> float:
    """The next of 1, 2, 5, 10, … times a power of ten."""
    power = 10.0 ** floor(log10(max(least, 1e-9)))
    return float(next(size * power for size in (1, 2, 5, 10) if size * power >= least * (1 - 1e-9)))


def _tick(value: float, digits: int, lang: str) -> str:
    return (MINUS if value < -1e-12 else "") + i18n.number(abs(value), lang, digits)
