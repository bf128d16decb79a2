"""Which means and statistics go out: none of few people, none that gives a small count away."""

from collections.abc import Iterable, Mapping, Set
from math import ceil, floor, log10

import numpy as np

from rakelab.cells import HIDDEN, TOTAL, Cell, Key, Mean, Moments, State, Tally, join, shown
from rakelab.protect.policy import Policy

Cells = Mapping[Key, Cell]


def means(tally: Tally, cells: Cells, policy: Policy, barred: Set[Key]) -> dict[Key, Mean]:
    """Released means by the key of those with a value.

    A mean goes out where its base does and is no smaller than the threshold; where the counts that it summarises are
    told, if there are any; where people differ; where no small count can be worked out from it; and where it is not
    ``barred`` (see ``beside_small_groups``).
    """
    open_ = all(one in cells and cells[one].known for one in tally.distribution)
    made = {}
    for column in tally.view.columns:
        fine = _fineness(tally, column)
        for one in _of(tally, column):
            told = open_ and one not in barred and _tellable(tally, cells, policy, (one, fine))
            made[one] = _mean(tally.moments[one], fine, told=told)
    return made


def _of(tally: Tally, column: Key) -> list[Key]:
    """The means of one column."""
    keys = (join(row, column) for row in tally.view.rows)
    return [one for one in keys if one in tally.moments]


def _fineness(tally: Tally, column: Key) -> float:
    """How finely the means of a column are told: as its coarsest, so that a table reads evenly."""
    return max((step(tally.moments[one].sd, tally.counts[one]) for one in _of(tally, column)), default=0.1)


def beside_small_groups(tallies: Iterable[Tally], policy: Policy) -> set[Key]:
    """Means of groups where the report also tells the mean of everybody and one of the groups is too small: its mean
    could be worked out from the others'."""
    tallies = [tally for tally in tallies if tally.moments]
    whole = {row for tally in tallies if TOTAL in tally.view.columns for row in tally.view.rows}
    return {one for tally in tallies for row in tally.view.rows if row in whole for one in _barred(tally, row, policy)}


def _barred(tally: Tally, row: Key, policy: Policy) -> list[Key]:
    keys = [join(row, column) for column in tally.view.columns if column]
    small = any(0 < tally.counts[one] < _least(policy, one, tally) for one in keys)
    return keys if small else []


def _tellable(tally: Tally, cells: Cells, policy: Policy, mean: tuple[Key, float]) -> bool:
    one, fine = mean
    n, moments = tally.counts[one], tally.moments[one]
    if not cells[one].known or n < _least(policy, one, tally) or moments.sd == 0:
        return False
    return not moments.points or not gives_away(moments, n, _least(policy, one, tally), fine)


def _least(policy: Policy, one: Key, tally: Tally) -> int:
    return policy.least(one, tally.variables)


def step(sd: float, n: int) -> float:
    """How finely a mean and its deviation are told: a power of ten at most half the standard error, at most 0.1."""
    error = sd / n**0.5
    return float(min(0.1, 10.0 ** floor(log10(error / 2)))) if error > 0 else 0.1


def _mean(moments: Moments, fine: float, *, told: bool) -> Mean:
    return Mean(*map(shown, _rounded(moments, fine))) if told else Mean(HIDDEN, HIDDEN)


def _rounded(moments: Moments, fine: float) -> tuple[float, float]:
    decimals = -round(log10(fine))
    return round(moments.mean, decimals), round(moments.sd, decimals)


def gives_away(moments: Moments, n: int, threshold: int, fine: float) -> bool:
    """Whether the mean and the deviation, told as finely as ``fine``, and n leave only one possible count at some
    point where few people are, or where few are elsewhere."""
    mean, sd, half = *_rounded(moments, fine), fine / 2 + 1e-9
    sums = range(ceil((mean - half) * n), floor((mean + half) * n) + 1)
    spreads = (max(sd - half, 0) ** 2 * (n - 1), (sd + half) ** 2 * (n - 1))
    program = _Counts(np.array(moments.points), n, tuple(sums), spreads)
    return any(program.settled(i, threshold) for i in range(len(moments.points)))


class _Counts:
    """How many people there can be at each point, given n, the sum and the spread within their rounding."""

    def __init__(self, points: np.ndarray, n: int, sums: tuple[int, ...], spreads: tuple[float, float]) -> None:
        self.points, self.n, self.sums, self.spreads = points, n, sums, spreads

    def settled(self, i: int, threshold: int) -> bool:
        """Only one count is possible at point ``i``, and it is small or leaves few elsewhere."""
        least = self._end(i, 1)
        small = 0 < least < threshold or (least > 0 and 0 < self.n - least < threshold)
        return small and self._end(i, -1) == least

    def _end(self, i: int, sign: int) -> int:
        """The least (1) or the most (−1) people at point ``i`` over all sums."""
        found = [one for one in (self._solve(i, sign, total) for total in self.sums) if one is not None]
        return min(found) if sign > 0 else max(found)

    def _solve(self, i: int, sign: int, total: int) -> int | None:
        from scipy.optimize import Bounds, LinearConstraint, milp

        rows = np.vstack([np.ones(len(self.points)), self.points, self.points**2])
        square = total**2 / self.n
        low = [self.n, total, self.spreads[0] + square - 1e-9]
        high = [self.n, total, self.spreads[1] + square + 1e-9]
        wanted = np.zeros(len(self.points))
        wanted[i] = sign
        kind = {"integrality": np.ones(len(self.points)), "bounds": Bounds(0, self.n)}
        result = milp(wanted, constraints=[LinearConstraint(rows, low, high)], **kind)
        return None if result.x is None else round(result.x[i])


def statistics(tally: Tally, cells: Cells, policy: Policy) -> dict[tuple[Key, str], Cell]:
    """Named numbers whose base goes out and is not too small; one that cannot be computed is missing."""
    return {
        (one, name): _statistic(value, cells[one].known and tally.counts[one] >= _least(policy, one, tally))
        for (one, name), value in tally.statistics.items()
    }


def _statistic(value: float | None, told: bool) -> Cell:
    if not told:
        return HIDDEN
    return Cell(State.MISSING) if value is None else shown(float(f"{value:.4g}"))
