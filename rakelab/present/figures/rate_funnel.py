"""A funnel: rates of places by how many live there, between the limits that chance alone makes around everybody's rate.

A protected place is a band from zero to the highest rate that the published numbers leave open, and no point.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import log10

from rakelab import i18n
from rakelab.present.figures import theme
from rakelab.present.figures.charts import round_axis
from rakelab.present.figures.drawing import Axis
from rakelab.present.figures.pen import ACCENT, HAIR, LETTER, LINE, MISSING, MUTED, PAPER, Pen, Sheet

#: Numbers of inhabitants that an axis can be marked at.
_MARKS = tuple(step * 10**power for power in range(2, 7) for step in (1, 2, 5))
#: Steps of a curve, and how many of them each piece of a broken line has: of the narrower funnel, of the wider.
_POINTS, _DASHES = 90, (4, 1)


@dataclass(frozen=True)
class Spot:
    """A place: its name, how many live there, and its rate, or (``ceiling``) how high it can be."""

    name: str
    people: int
    rate: float | None
    ceiling: float = 0.0
    beyond: bool = False


@dataclass(frozen=True)
class Funnel:
    """``limits``: the ends of each funnel at a number of inhabitants, the narrower first."""

    spots: tuple[Spot, ...]
    overall: float
    limits: tuple[Callable[[int], tuple[float, float]], ...]
    lang: str
    across: str  # what the horizontal axis is


def picture(funnel: Funnel) -> Callable[[Sheet], str]:
    return partial(_drawn, funnel)


def _drawn(funnel: Funnel, sheet: Sheet) -> str:
    return _Drawing(funnel, sheet).svg()


class _Drawing:
    def __init__(self, funnel: Funnel, sheet: Sheet) -> None:
        self.funnel, self.sheet = funnel, sheet
        people = [spot.people for spot in funnel.spots]
        self.first, self.last = min(people) * 0.8, max(people) * 1.35
        self.top, self.left, self.right = 0.2, 0.45, sheet.width - (0.3 if sheet.narrow else 0.9)
        self.bottom = self.top + (2.6 if sheet.narrow else 3.4)
        self.axis = self._rates()
        self.pen = Pen(sheet, self.bottom + 0.55)

    def _rates(self) -> Axis:
        ends = [limit(round(self.first))[1] for limit in self.funnel.limits]
        seen = [*(spot.rate or spot.ceiling for spot in self.funnel.spots), *ends, self.funnel.overall]
        return round_axis(0, max(seen), self.funnel.lang, self.sheet)

    def x(self, people: float) -> float:
        part = (log10(people) - log10(self.first)) / (log10(self.last) - log10(self.first))
        return self.left + part * (self.right - self.left)

    def y(self, rate: float) -> float:
        return self.bottom - rate / self.axis.high * (self.bottom - self.top)

    def svg(self) -> str:
        self._axes()
        self._limits()
        for spot in self.funnel.spots:
            self._spot(spot)
        self._names()
        return self.pen.svg()

    def _axes(self) -> None:
        size = {"color": MUTED, "size": self.sheet.size - 0.5}
        for value, text in self.axis.ticks:
            self.pen.line((self.left, self.y(value)), (self.right, self.y(value)), HAIR, lw=0.8, zorder=0.5)
            self.pen.words(self.left - 0.06, self.y(value), text, ha="right", **size)
        marks = [mark for mark in _MARKS if self.first <= mark <= self.last]
        for mark in marks[:: 2 if self.sheet.narrow else 1]:
            self.pen.line((self.x(mark), self.bottom), (self.x(mark), self.bottom + 0.05), LINE, lw=1)
            self.pen.words(self.x(mark), self.bottom + 0.16, i18n.number(mark, self.funnel.lang), ha="center", **size)
        self.pen.line((self.left, self.bottom), (self.right, self.bottom), LINE, lw=1)
        self.pen.words(self.left, self.bottom + 0.4, self.funnel.across, **size)

    def _limits(self) -> None:
        self._curve([(people, self.funnel.overall) for people in self._along()], lw=1.4)
        for limit, dash in zip(self.funnel.limits, _DASHES, strict=False):
            for end in (0, 1):
                curve = [(people, limit(round(people))[end]) for people in self._along()]
                for i in range(0, _POINTS, dash + 1):
                    self._curve(curve[i : i + dash + 1], lw=1.2)

    def _along(self) -> list[float]:
        return [self.first * (self.last / self.first) ** (i / _POINTS) for i in range(_POINTS + 1)]

    def _curve(self, points: Sequence[tuple[float, float]], *, lw: float) -> None:
        ends = [(self.x(people), self.y(min(rate, self.axis.high))) for people, rate in points]
        self.pen.polyline(ends, MUTED, zorder=1.0, lw=lw)

    def _spot(self, spot: Spot) -> None:
        x = self.x(spot.people)
        if spot.rate is None:
            top = self.y(min(spot.ceiling, self.axis.high))
            self.pen.box((x - 0.06, top), (0.12, self.bottom - top), MISSING, zorder=0.8)
        else:
            self.pen.marker(x, self.y(spot.rate), theme.SERIES[1] if spot.beyond else (ACCENT, "o"), filled=spot.beyond)

    def _names(self) -> None:
        """Each name beside its point, moved up where another stands there."""
        taken: list[tuple[float, float, float]] = []
        for spot in sorted(self.funnel.spots, key=lambda spot: -(spot.rate or 0)):
            width = len(spot.name) * self.sheet.size * LETTER
            x = min(self.x(spot.people) + 0.1, self.sheet.width - width)
            y = self.y(spot.rate if spot.rate is not None else min(spot.ceiling, self.axis.high) / 2)
            while any(x < right and left < x + width and abs(y - other) < self.sheet.leading
                      for left, right, other in taken):  # fmt: skip
                y -= 0.05
            taken.append((x, x + width, y))
            self.pen.box((x, y - 0.07), (width, 0.14), PAPER, zorder=1.5)  # no line must run through a name
            self.pen.words(x, y, spot.name, size=self.sheet.size - 0.5)
