"""A series of numbers over time: the limits of its ordinary variation (XmR) and the signs of a change.

Source: Shewhart's chart of individual values and moving ranges (Wheeler, *Understanding Variation*, 1993) with the
four rules of NHS England's *Making Data Count*.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

#: How many points a series has at least before limits are drawn.
ENOUGH_POINTS = 12
#: Mean of the range of two normal numbers, in standard deviations.
_D2 = 1.128

Values = Sequence[float | None]


class Signal(StrEnum):
    """Why a point is more than ordinary variation, the strongest first."""

    BEYOND = "beyond"  # outside the limits
    SHIFT = "shift"  # one of eight in a row on one side of the mean
    TREND = "trend"  # one of six in a row that all rise, or all fall
    NEAR = "near"  # one of two in three that are close to the same limit


@dataclass(frozen=True)
class Sign:
    """A signal, and whether it is of more or of less than usual; of a trend, whether it rises."""

    signal: Signal
    up: bool


@dataclass(frozen=True)
class Limits:
    """The mean of a series and three standard deviations to each side, by the mean moving range."""

    mean: float
    sd: float

    @property
    def low(self) -> float:
        return self.mean - 3 * self.sd

    @property
    def high(self) -> float:
        return self.mean + 3 * self.sd

    def far(self, value: float) -> float:
        """How many standard deviations above the mean."""
        return (value - self.mean) / self.sd if self.sd else 0.0


def limits(values: Values, enough: int = ENOUGH_POINTS) -> Limits | None:
    """Of a series with ``enough`` known numbers; None of a shorter one. No range crosses a gap."""
    known = [value for value in values if value is not None]
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    if len(known) < enough or not ranges:
        return None
    return Limits(sum(known) / len(known), sum(ranges) / len(ranges) / _D2)


def signs(values: Values, within: Limits) -> list[Sign | None]:
    """Of each point the strongest sign that it is no ordinary variation; None where there is none. A gap ends a run."""
    found: list[Sign | None] = [None] * len(values)
    for signal, size, sides in _RULES:
        for start in range(len(values) - size + 1):
            window = [value for value in values[start : start + size] if value is not None]
            if len(window) < size:
                continue
            for i, side in enumerate(sides(window, within), start):
                found[i] = found[i] or (Sign(signal, side > 0) if side else None)
    return found


def _beyond(window: Sequence[float], within: Limits) -> list[int]:
    return [(window[0] > within.high) - (window[0] < within.low)]


def _shift(window: Sequence[float], within: Limits) -> list[int]:
    above, below = (value > within.mean for value in window), (value < within.mean for value in window)
    return [all(above) - all(below)] * len(window)


def _trend(window: Sequence[float], within: Limits) -> list[int]:
    steps = [b - a for a, b in pairwise(window)]
    return [all(step > 0 for step in steps) - all(step < 0 for step in steps)] * len(window)


def _near(window: Sequence[float], within: Limits) -> list[int]:
    """Two of three between two and three deviations from the mean, all three on one side of it."""
    close = [2 < abs(within.far(value)) <= 3 for value in window]
    side = _shift(window, within)[0] if sum(close) > 1 else 0
    return [side * own for own in close]


_RULES: tuple[tuple[Signal, int, Callable[[Sequence[float], Limits], list[int]]], ...] = (
    (Signal.BEYOND, 1, _beyond), (Signal.SHIFT, 8, _shift), (Signal.TREND, 6, _trend), (Signal.NEAR, 3, _near),
)  # fmt: skip
