"""What goes out beside means: the ends of their intervals, and which changes and differences are beyond chance.

All of it is made of unrounded moments, tests with skewness among them, and told coarsely: ends are rounded outwards to
the mean's own step, p in classes. A mean beside which that would give a small count away is hidden (``means``).
"""

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import ceil, floor, inf, log10

import numpy as np

from rakelab import i18n
from rakelab.cells import HIDDEN, TOTAL, Cell, Judged, Key, Variable, View, join, key, shown
from rakelab.fields import ANSWERED
from rakelab.formulas import (
    MeanDifference,
    Summary,
    careful_difference,
    careful_mean,
    holm,
    standardised_change,
    summary,
)
from rakelab.names import CHANGE, LEFT, START, made_of, source_of

#: The mean of a change of the same people; or two means of people who share nobody, the second less the first.
Compared = tuple[Key, ...]
Family = tuple[Compared, ...]
#: p is told in classes: below the first of these that it is below, and below 1 where it is 0.05 or more.
P_CLASSES = (0.001, 0.01, 0.05)
ALPHA = 0.05


def p_below(p: float) -> float:
    """The end of the class that p is in."""
    return next((end for end in P_CLASSES if p < end), 1.0)


def families(view: View, variables: Mapping[str, Variable]) -> Iterator[Family]:
    """What a table lets be compared, the rows of a comparison together: every two of its groups, its changes, and those
    who left beside those who stayed."""
    missing = {(name, level) for name, one in variables.items() for level in one.missing}
    columns = [one for one in view.columns if not missing.intersection(one)]
    for a, b in combinations((one for one in columns if one != TOTAL), 2):
        yield tuple((join(row, a), join(row, b)) for row in view.rows)
    for column in columns:
        yield tuple((join(row, column),) for row in view.rows if source_of(row[0][0], CHANGE))
    yield tuple(_left(view.rows))


def _left(rows: Sequence[Key]) -> Iterator[Compared]:
    for row in rows:
        gone = key((made_of(source_of(row[0][0], START), LEFT), ANSWERED))
        if gone in rows:
            yield row, gone


def tested(compared: Compared, known: Mapping[Key, Summary]) -> MeanDifference:
    """Student's test of a change, Welch's of two groups, both careful (``formulas.careful``)."""
    some = [known[one] for one in compared]
    return careful_difference(*some) if len(some) > 1 else careful_mean(*some)


def how_large(compared: Compared, known: Mapping[Key, Summary], fine: float) -> float:
    """A change in its own standard deviations, to one decimal; a difference of two means as finely as the coarser."""
    first, *second = (known[one] for one in compared)
    if not second:
        return i18n.rounded(standardised_change(first.mean, first.sd, first.n) or 0.0, 1)
    return to_step(second[0].mean - first.mean, fine)


def to_step(value: float, fine: float) -> float:
    """To whole steps of ``fine``, half away from nought as pages round."""
    return i18n.rounded(value, -round(log10(fine)))


@dataclass(frozen=True)
class Margins:
    """Of the means that are told: their moments, how finely each is told, and what is compared."""

    known: Mapping[Key, Summary]
    fine: Mapping[Key, float]
    families: Sequence[Family]

    def ends(self, one: Key) -> tuple[Cell, Cell]:
        """The ends of a mean's interval."""
        return _cells(self._ends(self.known[one], one))

    def _ends(self, of: Summary, one: Key) -> tuple[float, float]:
        found = careful_mean(of)
        return outwards(found.low, found.high, self.fine[one])

    def span(self, one: Key) -> tuple[float, float]:
        """Between what the ends of its interval leave a mean: it is in their middle."""
        low, high = self._ends(self.known[one], one)
        return (low + high - self.fine[one]) / 2, (low + high + self.fine[one]) / 2

    def judged(self, family: Family) -> dict[Compared, Judged]:
        """What is said of those of ``family`` whose means are all told."""
        tests = self._tests(family)
        adjusted = holm([test.p for test in tests.values()])
        return {
            compared: Judged(
                *_cells(outwards(test.low, test.high, self._step(compared))),
                shown(p_below(test.p or 0.0)),
                shown(how_large(compared, self.known, self._step(compared))),
                beyond=p is not None and p < ALPHA,
                family=len(tests),
            )
            for (compared, test), p in zip(tests.items(), adjusted, strict=True)
        }

    def _tests(self, family: Family) -> dict[Compared, MeanDifference]:
        told = (compared for compared in family if all(one in self.known for one in compared))
        found = {compared: tested(compared, self.known) for compared in told}
        return {compared: test for compared, test in found.items() if test.p is not None}

    def _step(self, compared: Compared) -> float:
        return max(self.fine[one] for one in compared)

    def agrees(self, one: Key, values: np.ndarray, people: np.ndarray) -> bool:
        """Whether the same would be said of ``one`` if so many people had each of ``values``. The reader is taken to
        know all other moments."""
        return self._said(one, summary(values, people)) == self._said(one, self.known[one])

    def _said(self, one: Key, of: Summary) -> tuple[object, ...]:
        known = ChainMap({one: of}, self.known)  # type: ignore[arg-type]
        return self._ends(of, one), *(
            self._statement(compared, cut, known) for compared, cut in self._cuts.get(one, ())
        )

    def _statement(self, compared: Compared, cut: float, known: Mapping[Key, Summary]) -> tuple[object, ...]:
        test, step = tested(compared, known), self._step(compared)
        p = test.p or 0.0
        return outwards(test.low, test.high, step), p_below(p), p < cut, how_large(compared, known, step)

    @cached_property
    def _cuts(self) -> dict[Key, list[tuple[Compared, float]]]:
        """By mean: what it is compared in, and the value of p at which Holm's verdict on that turns, the others being
        what they are."""
        found: dict[Key, list[tuple[Compared, float]]] = {}
        for family in self.families:
            tests = self._tests(family)
            for compared, cut in zip(tests, cuts([test.p or 0.0 for test in tests.values()]), strict=True):
                for one in compared:
                    found.setdefault(one, []).append((compared, cut))
        return found


def cuts(values: Sequence[float]) -> list[float]:
    """For each p the limit that it was held against: 0.05 by how many were left, until one fails; then that one's."""
    order = np.argsort(values, kind="stable")
    limits = ALPHA / np.arange(len(values), 0, -1)
    failed = np.flatnonzero(np.array(values)[order] >= limits)
    ranks = np.argsort(order).clip(max=min(failed, default=len(values)))
    return list(map(float, limits[ranks]))


def outwards(low: float | None, high: float | None, fine: float) -> tuple[float, float]:
    """An interval to whole steps of ``fine``, no narrower than it was."""
    if low is None or high is None:
        return -inf, inf
    decimals = -round(log10(fine))
    ends = floor(round(low / fine, 6)), ceil(round(high / fine, 6))
    return round(ends[0] * fine, decimals), round(ends[1] * fine, decimals)


def _cells(ends: tuple[float, float]) -> tuple[Cell, Cell]:
    return (HIDDEN, HIDDEN) if inf in ends else (shown(ends[0]), shown(ends[1]))
