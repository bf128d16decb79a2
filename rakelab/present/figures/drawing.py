"""Draws a ``Chart`` as a vector picture: rows of marks with intervals, for a wide page and for a narrow one.

Everything is placed in inches from the top left corner, so that labels wrap and rows grow as their words need.
"""

from dataclasses import dataclass

from rakelab.present.figures.pen import (
    ACCENT,
    HAIR,
    INK,
    LETTER,
    LINE,
    MISSING,
    MUTED,
    PAPER,
    Pen,
    Sheet,
    lines_of,
    reading_of,
)

#: A chart of more rows than this has its axis above, too.
LONG = 12


@dataclass(frozen=True)
class Mark:
    """One number of one group. ``value`` None: there is no number, and ``text`` says why."""

    text: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    look: tuple[str, str] = (ACCENT, "o")
    filled: bool = True


@dataclass(frozen=True)
class Line:
    """One row of the chart: an option and its marks. ``quiet`` lines are kinds of missing."""

    label: str
    marks: tuple[Mark, ...]
    note: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class Heading:
    """A word over the lines that follow."""

    label: str


@dataclass(frozen=True)
class Legend:
    text: str
    look: tuple[str, str]
    filled: bool = True


@dataclass(frozen=True)
class Chart:
    """What a figure shows, in one language. Ticks pair a value with its words; ``low`` and ``high`` are the axis."""

    lines: tuple[Line | Heading, ...]
    ticks: tuple[tuple[float, str], ...]
    low: float
    high: float
    axis: str
    legend: tuple[Legend, ...] = ()
    bars: bool = False
    zero: bool = False  # a heavy line at zero


def draw(chart: Chart, sheet: Sheet) -> str:
    """The chart as SVG text."""
    pen = Pen(sheet, _height(chart, sheet))
    top = _legend(pen, chart) + _above(chart)
    across = _Scale(chart, sheet)
    bottom = _rows(pen, chart, across, top)
    _axis(pen, chart, across, (top, bottom))
    return pen.svg()


class _Scale:
    """Values to inches; leaves room at the right for the words of the longest mark."""

    def __init__(self, chart: Chart, sheet: Sheet) -> None:
        rows = [line for line in chart.lines if isinstance(line, Line)]
        longest = max((len(mark.text) for line in rows for mark in line.marks if mark.value is not None), default=4)
        self.left = sheet.gutter + 0.12 if sheet.gutter else 0.16 if chart.zero else 0.05
        bold = 1.12 if chart.bars or chart.zero else 1.0
        self.right = sheet.width - 0.14 - min(longest, 14) * sheet.size * LETTER * bold
        self.chart = chart

    def __call__(self, value: float) -> float:
        span = self.chart.high - self.chart.low
        return self.left + (value - self.chart.low) / span * (self.right - self.left)


def _label(line: Line, sheet: Sheet) -> list[str]:
    room = sheet.gutter - 0.08 if sheet.gutter else sheet.width - 0.16
    return [*lines_of(line.label, sheet, room), *(lines_of(line.note, sheet, room) if line.note else [])]


def _step(chart: Chart) -> float:
    """Height of one mark."""
    return 0.29 if chart.bars else 0.25


def _line_height(chart: Chart, line: Line | Heading, sheet: Sheet) -> float:
    if isinstance(line, Heading):
        return sheet.leading + 0.2
    marks, label = len(line.marks) * _step(chart), len(_label(line, sheet)) * sheet.leading
    return (label + marks + 0.16) if sheet.narrow else max(label + 0.1, marks + (0.06 if chart.bars else 0.16))


def _height(chart: Chart, sheet: Sheet) -> float:
    body = sum(_line_height(chart, line, sheet) for line in chart.lines)
    return _legend_height(chart, sheet) + _above(chart) + body + _foot(chart, sheet)


def _above(chart: Chart) -> float:
    """Room for the axis above a long chart, too."""
    return 0.22 if len(chart.lines) > LONG else 0.0


def _foot(chart: Chart, sheet: Sheet) -> float:
    return 0.26 + len(reading_of(chart.axis, sheet)) * sheet.leading


def _entry(entry: Legend, sheet: Sheet) -> list[str]:
    return lines_of(entry.text, sheet, sheet.width - 0.3)


def _legend_places(chart: Chart, sheet: Sheet) -> list[tuple[float, int]]:
    """(x, line) of each entry, and last where the next would stand; an entry that does not fit goes to a new line."""
    places: list[tuple[float, int]] = []
    x, line = 0.12, 0
    for entry in chart.legend:
        room = 0.38 + max(map(len, _entry(entry, sheet))) * sheet.size * LETTER
        if x > 0.12 and x + room > sheet.width:
            x, line = 0.12, line + 1
        places.append((x, line))
        x, line = x + room, line + len(_entry(entry, sheet)) - 1
    return [*places, (x, line)]


def _legend_height(chart: Chart, sheet: Sheet) -> float:
    return (_legend_places(chart, sheet)[-1][1] + 1) * sheet.leading * 1.2 + 0.18 if chart.legend else 0.06


def _legend(pen: Pen, chart: Chart) -> float:
    step = pen.sheet.leading * 1.2
    for entry, (x, line) in zip(chart.legend, _legend_places(chart, pen.sheet), strict=False):
        pen.marker(x, 0.14 + line * step, entry.look, filled=entry.filled)
        for i, text in enumerate(_entry(entry, pen.sheet)):
            pen.words(x + 0.13, 0.14 + (line + i) * step, text)
    return _legend_height(chart, pen.sheet)


def _rows(pen: Pen, chart: Chart, across: _Scale, top: float) -> float:
    y = top
    for line in chart.lines:
        height = _line_height(chart, line, pen.sheet)
        if isinstance(line, Heading):
            pen.box((0, y), (pen.sheet.width, height), PAPER)
            pen.words(0.04, y + height - 0.5 * pen.sheet.leading - 0.02, line.label, weight="bold", color=MUTED)
        else:
            _row(pen, chart, across, (line, y, height))
        y += height
    return y


def _row(pen: Pen, chart: Chart, across: _Scale, place: tuple[Line, float, float]) -> None:
    line, top, height = place
    if not chart.bars:
        pen.line((0.04, top), (pen.sheet.width - 0.04, top), HAIR, lw=0.8)
    label = _label(line, pen.sheet)
    words = len(label) * pen.sheet.leading
    start = top + 0.07 if pen.sheet.narrow else top + (height - words) / 2
    if pen.sheet.narrow:  # the grid must not run through the words
        pen.box((0, top + 0.02), (pen.sheet.width, words + 0.05), PAPER)
    quiet = len(lines_of(line.note, pen.sheet, pen.sheet.gutter or pen.sheet.width)) if line.note else 0
    for i, text in enumerate(label):
        colour = MUTED if line.quiet or i >= len(label) - quiet else INK
        pen.words(0.04, start + (i + 0.5) * pen.sheet.leading, text, color=colour)
    step = _step(chart)
    marks = len(line.marks) * step
    first = top + 0.09 + words if pen.sheet.narrow else top + (height - marks) / 2
    for i, mark in enumerate(line.marks):
        _mark(pen, chart, across, (mark, first + (i + 0.5) * step, line.quiet))


def _mark(pen: Pen, chart: Chart, across: _Scale, place: tuple[Mark, float, bool]) -> None:
    mark, y, quiet = place
    if mark.value is None:
        _no_number(pen, across, mark, y)
        return
    x = across(mark.value)
    if chart.bars:
        zero = across(0)
        pen.box((zero, y - 0.095), (x - zero, 0.19), MISSING if quiet else ACCENT)
    _interval(pen, chart, across, (mark, y))
    if not chart.bars:
        pen.marker(x, y, mark.look, filled=mark.filled)
    end = across(max(mark.value, mark.high if mark.high is not None else mark.value))
    if chart.zero:  # the line at zero must not run through the words
        pen.box((end + 0.06, y - 0.08), (len(mark.text) * pen.sheet.size * LETTER, 0.16), PAPER)
    weight = "bold" if mark.filled and (chart.bars or chart.zero) and not quiet else "normal"
    pen.words(end + 0.09, y, mark.text, weight=weight, color=MUTED if quiet else INK if chart.bars else mark.look[0])


def _interval(pen: Pen, chart: Chart, across: _Scale, place: tuple[Mark, float]) -> None:
    mark, y = place
    if mark.low is None or mark.high is None:
        return
    ends = (across(mark.low), across(mark.high))
    colour = INK if chart.bars else mark.look[0]
    if chart.bars:
        pen.line((ends[0], y), (ends[1], y), PAPER, lw=3.6)
    pen.line((ends[0], y), (ends[1], y), colour, lw=1.5)
    for x in ends:
        pen.line((x, y - 0.045), (x, y + 0.045), colour, lw=1.2)


def _no_number(pen: Pen, across: _Scale, mark: Mark, y: float) -> None:
    """A hatched band over the whole axis: its length tells nothing, and the words say that it is hidden."""
    words = len(mark.text) * pen.sheet.size * LETTER + 0.1
    pen.box((across.left + words, y - 0.075), (across.right - across.left - words, 0.15), LINE, hatch="////")
    pen.words(across.left + 0.03, y, mark.text, color=MUTED)


def _axis(pen: Pen, chart: Chart, across: _Scale, ends: tuple[float, float]) -> None:
    top, bottom = ends
    for value, text in chart.ticks:
        x = across(value)
        heavy = chart.zero and value == 0
        colour, width = (LINE, 1.4) if heavy else (HAIR, 0.8)
        pen.line((x, top), (x, bottom + 0.03), colour, lw=width, zorder=0.5)
        how = {"ha": "left" if x < 0.15 else "center", "color": MUTED, "size": pen.sheet.size - 0.5}
        for y in (bottom + 0.13, *((top - 0.11,) if _above(chart) else ())):
            pen.words(x if x >= 0.15 else 0.03, y, text, **how)
    if chart.bars:
        pen.line((across(0), top), (across(0), bottom + 0.03), LINE, lw=1, zorder=0.6)
    for i, text in enumerate(reading_of(chart.axis, pen.sheet)):
        pen.words(0.04, bottom + 0.33 + i * pen.sheet.leading, text, color=MUTED, size=pen.sheet.size - 0.5)
