"""How many people gave each answer, worked out from a mean, a deviation and n: every possibility is counted.

Exact and of another kind than the product's integer programs: dynamic programming over (people, sum, sum of squares)
of whole-number deviations from a centre. A spread that is small leaves few possibilities, however wide the scale is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations_with_replacement
from math import ceil, floor, isqrt

import numpy as np

Pair = tuple[int, int]  # sum and sum of squares of the deviations from the centre
FEW = 3  # people whose every way can be tried
TOO_MANY = 4 * 10**8  # steps; a mean that would need more has a wide spread and settles nothing


@dataclass(frozen=True)
class Scale:
    """What one person can answer: whole multiples of ``unit`` from ``low`` to ``high``."""

    low: float
    high: float
    unit: float = 1.0

    def steps(self, value: float) -> float:
        """The value counted in steps of the scale."""
        return value / self.unit

    def points(self) -> range:
        return range(round(self.low / self.unit), round(self.high / self.unit) + 1)


@dataclass(frozen=True)
class Told:
    """A published mean and deviation of ``n`` people, in steps of the scale, each within ``error``."""

    n: int
    mean: float
    sd: float
    error: float

    def pairs(self, centre: int) -> set[Pair]:
        """Every (Σd, Σd²) of whole deviations d from ``centre`` that agrees with what is told."""
        found = set()
        at = self.mean - centre
        for total in range(ceil((at - self.error) * self.n - 1e-6), floor((at + self.error) * self.n + 1e-6) + 1):
            least = (self.n - 1) * max(self.sd - self.error, 0) ** 2 + total**2 / self.n
            most = (self.n - 1) * (self.sd + self.error) ** 2 + total**2 / self.n
            found |= {(total, square) for square in range(ceil(least - 1e-6), floor(most + 1e-6) + 1)}
        return {(total, square) for total, square in found if (total - square) % 2 == 0 and total**2 <= self.n * square}


class Counter:
    """Which (people, Σd, Σd²) some people can have who answer on these points."""

    def __init__(self, points: Iterable[int], n: int, most: int) -> None:
        self.points = [d for d in points if d * d <= most]
        self.n, self.most = n, most
        self.wide = isqrt(n * most) + 1

    @property
    def work(self) -> int:
        return len(self.points) ** 2 * self.n * (2 * self.wide + 1) * (self.most + 1)

    def reached(self, without: int | None = None) -> np.ndarray:
        """bool by people, Σd + wide, Σd²; of everybody, or of those who did not answer ``without``."""
        table = np.zeros((self.n + 1, 2 * self.wide + 1, self.most + 1), dtype=bool)
        table[0, self.wide, 0] = True
        for d in self.points:
            if d != without:
                for k in range(1, self.n + 1):
                    _add(table[k], table[k - 1], d)
        return table

    def counts(self, d: int, pairs: Iterable[Pair]) -> set[int]:
        """How many can have answered ``d``, given that (Σd, Σd²) is one of ``pairs``."""
        if d not in self.points:
            return {0}
        table = self.reached(without=d)
        found = set()
        for total, square in pairs:
            for count in range(self.n + 1):
                rest = (total - count * d + self.wide, square - count * d * d)
                if rest[1] < 0:
                    break
                if 0 <= rest[0] <= 2 * self.wide and table[self.n - count, rest[0], rest[1]]:
                    found.add(count)
        return found

    def counts_among(self, some: Iterable[int], pairs: Iterable[Pair]) -> set[int]:
        """How many can have answered one of ``some``, given that (Σd, Σd²) is one of ``pairs``."""
        chosen = set(some)
        inside, outside = self.only(chosen), self.only(set(self.points) - chosen)
        found = set()
        for count in range(self.n + 1):
            sums_, squares = np.nonzero(inside[count])
            rest = outside[self.n - count]
            for total, square in pairs:
                at, left = total - (sums_ - self.wide) + self.wide, square - squares
                fits = (at >= 0) & (at <= 2 * self.wide) & (left >= 0)
                if rest[at[fits], left[fits]].any():
                    found.add(count)
                    break
        return found

    def only(self, points: set[int]) -> np.ndarray:
        """As ``reached``, of those who answered on these points."""
        return Counter(points, self.n, self.most).reached()

    def possible(self, pairs: Iterable[Pair]) -> set[Pair]:
        """Those of ``pairs`` that n people can have."""
        last, wide = self.reached()[self.n], self.wide
        return {(s, q) for s, q in pairs if abs(s) <= wide and 0 <= q <= self.most and last[s + wide, q]}


def _add(onto: np.ndarray, one: np.ndarray, d: int) -> None:
    """One more person with deviation ``d``."""
    square = d * d
    width, most = one.shape
    if square >= most or abs(d) >= width:
        return
    to = slice(max(d, 0), width + min(d, 0))
    of = slice(max(-d, 0), width + min(-d, 0))
    onto[to, square:] |= one[of, : most - square]


def settled(counter: Counter, pairs: set[Pair], limit: int, *, others: int = 0) -> dict[int, int]:
    """Points at which only one count is possible, and it is small, or everybody's, or leaves few elsewhere.
    ``others`` of the group are known to have answered elsewhere."""
    found = {}
    for d in counter.points:
        counts = counter.counts(d, pairs)
        if len(counts) == 1:
            (count,) = counts
            if count and (count < limit or counter.n + others - count < limit):
                found[d] = count
    return found


def settled_of_few(counter: Counter, pairs: set[Pair]) -> dict[int, int]:
    """As ``settled``, of ``FEW`` people: every way is tried, so the scale may be as wide as ages are."""
    ways = [way for way in combinations_with_replacement(counter.points, counter.n) if _pair(way) in pairs]
    first = ways[0] if ways else ()
    return {d: first.count(d) for d in set(first) if all(way.count(d) == first.count(d) for way in ways)}


def _pair(way: Iterable[int]) -> Pair:
    some = tuple(way)
    return sum(some), sum(d * d for d in some)


def sums(left: set[Pair], right: set[Pair]) -> set[Pair]:
    """Every sum of a pair of each."""
    return {(a + c, b + d) for a, b in left for c, d in right}
