"""What a mean with its deviation gives away of whole numbers: how many people can be at each value.

The danger is a small spread: few values are possible then, and the sum and the sum of squares may leave only one way.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil, floor, inf, sqrt

import numpy as np

from rakelab.cells import Grid

#: So many values in reach are always looked at; more only where anybody's moving by a step might show (``_shows``).
FEW_VALUES, MOST_VALUES = 25, 150


@dataclass(frozen=True)
class Rule:
    """People behind the mean, the threshold, and what other tables tell: value → how many have it, and between what
    the mean must lie."""

    n: int
    threshold: int
    known: Mapping[float, int] = field(default_factory=dict)
    between: tuple[float, float] = (-inf, inf)


def gives_away(told: tuple[float, float], fine: float, grid: Grid | None, rule: Rule) -> bool:
    """Whether ``told`` (mean and deviation, rounded to ``fine``) leaves only one possible count at some value where
    few people are, or where few are elsewhere. Without a grid nothing is settled."""
    if grid is None:
        return False
    ways = _Ways(told, fine / 2 + 1e-9, grid, rule)
    if len(ways.values) > (MOST_VALUES if _shows(fine / grid.step, rule.n) else FEW_VALUES):
        return False
    asked = (i for i in ways.taken() if _near(ways.values[i]) not in ways.known)
    return any(ways.settled(i, rule.threshold) for i in asked)


def _shows(fine: float, n: int) -> bool:
    """Whether one person's moving by a step might show. The deviation leaves the sum of squares a room of
    2 · sd · fine · (n − 1). Who is farthest is at most sd · √(n − 1) from the mean, and a step changes the sum by
    twice that: where n · fine² is 4 or more, the step is lost in the rounding (5 to be sure)."""
    return n * fine**2 < 5


def _near(value: float) -> float:
    """Steps of a third are not exact."""
    return round(float(value), 6)


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

    @cached_property
    def known(self) -> dict[float, int]:
        return {_near(value): n for value, n in self.rule.known.items()}

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

    @property
    def sums(self) -> Iterator[float]:
        """Every sum of n values whose mean is told so."""
        base, mean, unit = self.n * self.grid.origin, self.told[0], self.grid.step
        low, high = (max(mean - self.half, self.rule.between[0]), min(mean + self.half, self.rule.between[1]))
        first = ceil((low * self.n - base) / unit - 1e-6)
        last = floor((high * self.n - base) / unit + 1e-6)
        return (base + unit * k for k in range(first, last + 1))

    def taken(self) -> list[int]:
        """The values that somebody has in one of the ways: where nobody is in some way, no count is settled."""
        found = (self._way(np.zeros(len(self.values)), total) for total in self.sums)
        one = next((way for way in found if way is not None), np.zeros(0))
        return [int(i) for i in np.flatnonzero(one)]

    def settled(self, i: int, threshold: int) -> bool:
        """Only one count is possible at value ``i``, and it is small or leaves few elsewhere."""
        least = self._least(i)
        small = 0 < least < threshold or (least > 0 and 0 < self.n - least < threshold)
        return small and self._most(i) == least

    def _least(self, i: int) -> int:
        found = self.n
        for total in self.sums:
            found = min(found, self._end(i, 1, total, self.n))
            if found == 0:
                break
        return found

    def _most(self, i: int) -> int:
        return max((self._end(i, -1, total, 0) for total in self.sums), default=0)

    def _end(self, i: int, sign: int, total: float, otherwise: int) -> int:
        """The least (1) or the most (−1) people at value ``i`` with one sum; ``otherwise`` where there is no way."""
        found = self._way(sign * (np.arange(len(self.values)) == i).astype(float), total)
        return otherwise if found is None else int(found[i])

    def _way(self, wanted: np.ndarray, total: float) -> np.ndarray | None:
        """How many people are at each value in the way with one sum that has least of what is ``wanted``."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        values, (low, high), mean = self.values, self.squares, total / self.n
        rows = np.vstack([np.ones(len(values)), values, (values - mean) ** 2])
        sums = LinearConstraint(rows, [self.n, total - 1e-6, low - 1e-6], [self.n, total + 1e-6, high + 1e-6])
        few = [self.known.get(_near(value)) for value in values]
        bounds = Bounds([k or 0 for k in few], [self.n if k is None else k for k in few])
        result = milp(wanted, integrality=np.ones(len(values)), bounds=bounds, constraints=[sums])
        return None if result.x is None else np.round(result.x)
