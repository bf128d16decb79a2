"""Draws a ``Chart`` as a vector picture: rows of marks with intervals, for a wide page and for a narrow one.

Everything is placed in inches from the top left corner, so that labels wrap and rows grow as their words need.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rakelab.present.figures import pen
from rakelab.present.figures.pen import ACCENT, HAIR, INK, LETTER, LINE, MISSING, MUTED, PAPER, Pen, Sheet, lines_of

#: A chart of more rows than this has its axis above, too.
LONG = 12
#: Colour and marker of a group.
Look = tuple[str, str]


@dataclass(frozen=True)
class Mark:
    """One number of one group. ``value`` None: there is no number, and ``text`` says why."""

    text: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    look: Look = (ACCENT, "o")
    filled: bool = True


@dataclass(frozen=True)
class Line:
    """One row of the chart: an option and its marks, or a heading without any. ``quiet`` lines are kinds of missing."""

    label: str
    marks: tuple[Mark, ...]
    note: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class Axis:
    """From ``low`` to ``high``; ticks pair a value with its words."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Chart:
    """What a figure shows, in one language; its axis depends on how wide the sheet is."""

    lines: tuple[Line, ...]
    axis: Callable[[Sheet], Axis]
    legend: tuple[Mark, ...] = ()
    bars: bool = False
    zero: bool = False  # a heavy line at zero


class Legend:
    """Marks with their words above a chart, as many beside each other as have room."""

    def __init__(self, marks: Sequence[Mark], sheet: Sheet) -> None:
        self.marks, self.step = marks, sheet.leading * 1.2
        self.entries = [lines_of(mark.text, sheet, sheet.width - 0.3) for mark in marks]
        self.places = pen.flowing(self.entries, sheet, 0.12, 0.38)

    @property
    def height(self) -> float:
        return (self.places[-1][1] + 1) * self.step if self.marks else 0.0

    def draw(self, on: Pen) -> None:
        for mark, text, (x, line) in zip(self.marks, self.entries, self.places, strict=False):
            on.marker(x, 0.14 + line * self.step, mark.look, filled=mark.filled)
            on.text(x + 0.13, 0.14 + line * self.step, text, self.step)


def draw(chart: Chart, sheet: Sheet) -> str:
    """The chart as SVG text."""
    return _Drawing(chart, sheet).svg()


class _Drawing:
    """A chart on its sheet: where its legend, its rows and its axis lie."""

    def __init__(self, chart: Chart, sheet: Sheet) -> None:
        self.chart, self.sheet, self.axis = chart, sheet, chart.axis(sheet)
        self.legend = Legend(chart.legend, sheet)
        self.step = 0.25 if chart.bars else 0.21  # height of one mark
        self.above = 0.22 if len(chart.lines) > LONG else 0.0  # room for the axis above a long chart, too
        self.top = (self.legend.height + 0.18 if chart.legend else 0.06) + self.above
        self.heights = [self._height(line) for line in chart.lines]
        self.bottom = self.top + sum(self.heights)
        self.pen = Pen(sheet, self.bottom + 0.26)
        self.left = sheet.gutter + 0.12 if sheet.gutter else 0.16 if chart.zero else 0.05
        bold = 1.12 if chart.bars or chart.zero else 1.0
        marks = (mark for line in chart.lines for mark in line.marks if mark.value is not None)
        longest = min(max((len(mark.text) for mark in marks), default=4), 14)  # whose words have room at the right
        self.right = sheet.width - 0.14 - longest * sheet.size * LETTER * bold

    def across(self, value: float) -> float:
        """A value in inches."""
        return self.left + (value - self.axis.low) / (self.axis.high - self.axis.low) * (self.right - self.left)

    def svg(self) -> str:
        y = self.top
        self.legend.draw(self.pen)
        for line, height in zip(self.chart.lines, self.heights, strict=True):
            if not line.marks:
                self.pen.box((0, y), (self.sheet.width, height), PAPER)
                middle = y + height - 0.5 * self.sheet.leading - 0.02
                self.pen.words(0.04, middle, line.label, weight="bold", color=MUTED)
            else:
                self._row(line, y, height)
            y += height
        self._axis()
        return self.pen.svg()

    def _label(self, line: Line) -> list[str]:
        room = self.sheet.gutter - 0.08 if self.sheet.gutter else self.sheet.width - 0.16
        note = lines_of(line.note, self.sheet, room) if line.note else []
        return [*lines_of(line.label, self.sheet, room), *note]

    def _height(self, line: Line) -> float:
        if not line.marks:
            return self.sheet.leading + 0.2
        marks, label = len(line.marks) * self.step, len(self._label(line)) * self.sheet.leading
        if self.sheet.narrow:
            return label + marks + 0.1
        return max(label + 0.06, marks + (0.02 if self.chart.bars else 0.1))

    def _row(self, line: Line, top: float, height: float) -> None:
        sheet, label = self.sheet, self._label(line)
        if not self.chart.bars:
            self.pen.line((0.04, top), (sheet.width - 0.04, top), HAIR, lw=0.8)
        words = len(label) * sheet.leading
        start = top + 0.07 if sheet.narrow else top + (height - words) / 2
        if sheet.narrow:  # the grid must not run through the words
            self.pen.box((0, top + 0.02), (sheet.width, words + 0.05), PAPER)
        quiet = len(lines_of(line.note, sheet, sheet.gutter or sheet.width)) if line.note else 0
        for i, text in enumerate(label):
            colour = MUTED if line.quiet or i >= len(label) - quiet else INK
            self.pen.words(0.04, start + (i + 0.5) * sheet.leading, text, color=colour)
        first = top + 0.09 + words if sheet.narrow else top + (height - len(line.marks) * self.step) / 2
        for i, mark in enumerate(line.marks):
            self._mark(mark, first + (i + 0.5) * self.step, quiet=line.quiet)

    def _mark(self, mark: Mark, y: float, *, quiet: bool) -> None:
        bars, zero = self.chart.bars, self.chart.zero
        if mark.value is None:
            self.pen.no_number(self.left, y, mark.text)
            return
        x = self.across(mark.value)
        if bars:
            self.pen.box((self.across(0), y - 0.095), (x - self.across(0), 0.19), MISSING if quiet else ACCENT)
        if mark.low is not None and mark.high is not None:
            self._interval(self.across(mark.low), self.across(mark.high), y, INK if bars else mark.look[0])
        if not bars:
            self.pen.marker(x, y, mark.look, filled=mark.filled)
        end = self.across(max(mark.value, mark.high if mark.high is not None else mark.value))
        if zero:  # the line at zero must not run through the words
            self.pen.box((end + 0.06, y - 0.08), (len(mark.text) * self.sheet.size * LETTER, 0.16), PAPER)
        weight = "bold" if mark.filled and (bars or zero) and not quiet else "normal"
        colour = MUTED if quiet else INK if bars else mark.look[0]
        self.pen.words(end + 0.09, y, mark.text, weight=weight, color=colour)

    def _interval(self, low: float, high: float, y: float, colour: str) -> None:
        if self.chart.bars:
            self.pen.line((low, y), (high, y), PAPER, lw=3.6, zorder=1.9)
        self.pen.span(low, high, y, colour)

    def _axis(self) -> None:
        top, bottom = self.top, self.bottom
        for value, text in self.axis.ticks:
            x = self.across(value)
            colour, width = (LINE, 1.4) if self.chart.zero and value == 0 else (HAIR, 0.8)
            self.pen.line((x, top), (x, bottom + 0.03), colour, lw=width, zorder=0.5)
            how = {"ha": "left" if x < 0.15 else "center", "color": MUTED, "size": self.sheet.size - 0.5}
            for y in (bottom + 0.13, *((top - 0.11,) if self.above else ())):
                self.pen.words(x if x >= 0.15 else 0.03, y, text, **how)
        if self.chart.bars:
            self.pen.line((self.across(0), top), (self.across(0), bottom + 0.03), LINE, lw=1, zorder=0.6)
