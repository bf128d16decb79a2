"""What a mean with its deviation gives away of whole numbers: how many people can be at each value.

The danger is a small spread: few values are possible then, and the sum and the sum of squares may leave only one way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil, floor, inf, sqrt

import numpy as np

from rakelab.cells import Grid
from rakelab.protect.moves import Fact, Room, Way, still_shut

#: So many values in reach are always looked at; more only where anybody's moving by a step might show (``_shows``).
FEW_VALUES, MOST_VALUES = 25, 150


@dataclass(frozen=True)
class Known:
    """What other tables tell: at least and at most so many people have a value from ``low`` to ``high``."""

    low: float
    high: float
    least: int
    most: int


@dataclass(frozen=True)
class Rule:
    """People behind the mean and the threshold; what other tables tell, and between what the mean must lie; how many
    people really have each value, from which other ways are looked for; and, where more is told of them than sums,
    whether a way (values, people) agrees with it."""

    n: int
    threshold: int
    known: Sequence[Known] = ()
    between: tuple[float, float] = (-inf, inf)
    counts: Mapping[float, int] = field(default_factory=dict, repr=False)
    agrees: Callable[[np.ndarray, Way], bool] | None = None


def gives_away(told: tuple[float, float], fine: float, grid: Grid | None, rule: Rule) -> bool:
    """Whether ``told`` (mean and deviation, rounded to ``fine``) leaves only one possible count at some value where
    few people are, or where few are elsewhere. Without a grid nothing is settled.

    Other ways are looked for near the true one. Where there are none, integer programs decide; but where a way must
    agree with more than sums (``agrees``) they cannot, and the count is taken to be given away."""
    if grid is None:
        return False
    ways = _Ways(told, fine / 2 + 1e-9, grid, rule)
    if len(ways.values) > (MOST_VALUES if _shows(fine / grid.step, rule.n) else FEW_VALUES):
        return False
    shut = still_shut(ways.true, ways.asked(), ways.room)
    return any(rule.agrees is not None or ways.settled(i) for i in shut)


def _shows(fine: float, n: int) -> bool:
    """Whether one person's moving by a step might show. The deviation leaves the sum of squares a room of
    2 · sd · fine · (n − 1). Who is farthest is at most sd · √(n − 1) from the mean, and a step changes the sum by
    twice that: where n · fine² is 4 or more, the step is lost in the rounding (5 to be sure)."""
    return n * fine**2 < 5


@dataclass(frozen=True)
class _Ways:
    """The ways in which n people can have the mean and the deviation that are told, within ``half`` a rounding step."""

    told: tuple[float, float]
    half: float
    grid: Grid
    rule: Rule

    @property
    def n(self) -> int:
        return self.rule.n

    @property
    def squares(self) -> tuple[float, float]:
        """Least and most sum of squared distances from the mean."""
        sd = self.told[1]
        return max(sd - self.half, 0) ** 2 * (self.n - 1), (sd + self.half) ** 2 * (self.n - 1)

    @cached_property
    def values(self) -> np.ndarray:
        """The values that anybody can have: nobody is farther from the mean than all distances together allow."""
        reach, mean = sqrt(self.squares[1]) + self.half, self.told[0]
        low = max(self.grid.low, mean - reach)
        high = min(self.grid.high, mean + reach)
        first = ceil((low - self.grid.origin) / self.grid.step - 1e-6)
        last = floor((high - self.grid.origin) / self.grid.step + 1e-6)
        return self.grid.origin + self.grid.step * np.arange(first, last + 1)

    @cached_property
    def facts(self) -> list[Fact]:
        slack = self.grid.step / 1000  # steps of a third are not exact
        return [
            Fact((self.values >= one.low - slack) & (self.values <= one.high + slack), one.least, one.most)
            for one in self.rule.known
        ]

    @cached_property
    def sums(self) -> range:
        """Every sum of n values' numbers (0, 1, 2 …) whose mean is told so."""
        low, high = (
            max(self.told[0] - self.half, self.rule.between[0]),
            min(self.told[0] + self.half, self.rule.between[1]),
        )
        first, last = ((end - self.values[0]) / self.grid.step * self.n for end in (low, high))
        return range(ceil(first - 1e-6), floor(last + 1e-6) + 1)

    @cached_property
    def true(self) -> Way:
        """How many people are at each value; where that is not known, in some way."""
        if not self.rule.counts:
            found = (self._way(np.zeros(len(self.values)), total, total) for total in self.sums)
            return next((way for way in found if way is not None), np.zeros(len(self.values), dtype=int))
        at = [round((value - self.values[0]) / self.grid.step) for value in self.rule.counts]
        return np.bincount(at, list(self.rule.counts.values()), len(self.values)).astype(int)

    @property
    def room(self) -> Room:
        unit = self.grid.step**2
        low, high = self.squares
        agrees = self.rule.agrees
        return Room(
            (self.sums.start, self.sums.stop - 1),
            ((low - 1e-6) / unit, (high + 1e-6) / unit),
            self.facts,
            (lambda way: agrees(self.values, way)) if agrees else None,
        )

    def asked(self) -> list[int]:
        """The values where few are, or where few are elsewhere, unless another table tells how many."""
        told = {int(np.argmax(one.has)) for one in self.facts if one.has.sum() == 1 and one.least == one.most}
        return [i for i, k in enumerate(self.true) if k and i not in told and self._small(int(k))]

    def _small(self, k: int) -> bool:
        return k < self.rule.threshold or self.n - k < self.rule.threshold

    def settled(self, i: int) -> bool:
        """No way has another count at value ``i``: fewer or more people."""
        here, (first, last) = np.arange(len(self.values)) == i, (self.sums.start, self.sums.stop - 1)
        return all(self._closed(sign * here, int(sign * self.true[i]), first, last) for sign in (1, -1))

    def _closed(self, wanted: np.ndarray, own: int, first: int, last: int) -> bool:
        """No way with a sum from ``first`` to ``last`` has less of what is ``wanted`` than ``own``. A program of
        several sums lets in a few ways too many: where it finds such a one, each half of the sums is asked about."""
        way = self._way(wanted, first, last)
        if way is None or wanted @ way >= own:
            return True
        if first == last or self._fits(way):
            return False
        middle = (first + last) // 2
        return self._closed(wanted, own, first, middle) and self._closed(wanted, own, middle + 1, last)

    def _fits(self, way: Way) -> bool:
        places, (low, high) = np.arange(len(way)), self.room.squares
        return bool(low <= way @ places**2 - (way @ places) ** 2 / self.n <= high)

    def _way(self, wanted: np.ndarray, first: int, last: int) -> Way | None:
        """How many people are at each value in the way with a sum from ``first`` to ``last`` that has least of what is
        ``wanted``; of one sum exactly, of several with some room in the sum of squares."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        places, (low, high) = np.arange(len(self.values)), self.room.squares
        away = places - (first + last) / 2 / self.n
        rows, least, most = zip(
            (np.ones(len(places)), self.n, self.n),
            (places, first, last),
            (away**2, low, high + ((last - first) / 2) ** 2 / self.n),
            *((one.has, one.least, one.most) for one in self.facts),
            strict=True,
        )
        result = milp(
            wanted,
            integrality=np.ones(len(places)),
            bounds=Bounds(0, self.n),
            constraints=[LinearConstraint(np.vstack(rows).astype(float), least, most)],
        )
        return None if result.x is None else np.round(result.x).astype(int)
