"""Which values can the unknowns have? Integer feasibility for many (unknown, value) questions at once.

The unknowns fall into parts that share no row. One linear program moves every asked unknown of every part towards a
value that has not been seen yet; each whole-number answer is a witness for all the values it holds. In every part one
question is in focus and weighs more than all wishes together, so each round settles at least one question per part:
by a witness, or by an exact integer program that finds the value impossible.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

from .model import CLOSE, Model

Wanted = Mapping[int, set[int]]  # unknown -> values asked for
WHOLE = 1e-5
FOCUS = 1000.0
PATIENCE = 60.0  # seconds for one exact question
NEAR = 0.2  # how near the best an exact answer must come to the wishes
IMPOSSIBLE = 2  # the status of scipy's milp


@dataclass
class Answers:
    """What was found: values each unknown can have, values it cannot, and questions that ran out of time."""

    possible: dict[int, set[int]] = field(default_factory=dict)
    excluded: dict[int, set[int]] = field(default_factory=dict)
    undecided: list[tuple[int, int]] = field(default_factory=list)
    programs: int = 0


def answer(model: Model, wanted: Wanted) -> Answers:
    """Settles every (unknown, value) question in ``wanted``."""
    found = Answers({i: set() for i in wanted}, {i: set() for i in wanted})
    left = {i: _within_bounds(model, found, (i, values)) for i, values in wanted.items()}
    hunt = _Hunt(model, {i: values for i, values in left.items() if values}, found)
    while hunt.left:
        hunt.round()
    return found


def _within_bounds(model: Model, found: Answers, asked: tuple[int, set[int]]) -> set[int]:
    i, values = asked
    inside = {v for v in values if model.least[i] <= v <= model.most[i]}
    found.excluded[i] |= values - inside
    return inside


class _Hunt:
    """The rounds over one model. Unknowns with one value left and rows that bind nothing are put aside first."""

    def __init__(self, model: Model, left: dict[int, set[int]], found: Answers) -> None:
        self.model, self.left, self.found = model, left, found
        self.random = np.random.default_rng(len(model.hidden))
        self._reduce()
        self._lay_out()

    def _reduce(self) -> None:
        model = self.model
        self.free = np.flatnonzero(model.least < model.most)
        fixed = np.where(model.least < model.most, 0, model.least)
        shift = model.rows @ fixed
        rows = model.rows[:, self.free]
        low, high = model.low - shift, model.high - shift
        self.least, self.most = model.least[self.free], model.most[self.free]
        up, down = rows.maximum(0), rows.minimum(0)
        reach = (up @ self.least + down @ self.most, up @ self.most + down @ self.least)
        binds = (reach[0] < low - CLOSE) | (reach[1] > high + CLOSE)
        self.rows, self.low, self.high = rows[binds], low[binds], high[binds]
        self.at = {int(i): k for k, i in enumerate(self.free)}
        for i in [i for i in self.left if i not in self.at]:
            self._seen(i, int(model.least[i]))
            self.left.pop(i, None)

    def _lay_out(self) -> None:
        """Parts, and the program's matrix: an asked unknown x is v + p − q, p and q cost."""
        n = len(self.free)
        joint = sparse.block_array([[None, self.rows.T], [self.rows, None]]) if self.rows.shape[0] else None
        labels = connected_components(joint, directed=False)[1] if joint is not None else np.arange(n)
        self.part = labels[:n]
        self.row_part = labels[n:]
        self.asked = np.array([self.at[i] for i in self.left], dtype=int)
        of_asked = self.rows[:, self.asked]
        self.matrix = sparse.hstack([self.rows, of_asked, -of_asked]).tocsr()

    def _seen(self, i: int, value: int) -> None:
        if i in self.left and value in self.left[i]:
            self.left[i].discard(value)
            self.found.possible[i].add(value)
            if not self.left[i]:
                del self.left[i]

    def round(self) -> None:
        """One program: a wish for each asked unknown, one focus in each part."""
        wishes, focus = self._wishes()
        cost, bounds = self._pull(wishes, set(focus.values()))
        self.found.programs += 1
        result = milp(cost, constraints=self._limits(self.matrix, slice(None)), bounds=bounds)
        if result.status == 0:
            self._witness(self._counts(result.x), set(self.part))
        for k in focus.values():
            i, value = int(self.free[k]), wishes[k]
            if value in self.left.get(i, ()):
                self._exact(k, value, wishes)

    def _counts(self, x: np.ndarray) -> np.ndarray:
        """The unknowns from a program's columns: x, p and q."""
        n, m = len(self.free), len(self.asked)
        counts = x[:n].copy()
        counts[self.asked] += x[n : n + m] - x[n + m :]
        return counts

    def _wishes(self) -> tuple[dict[int, int], dict[int, int]]:
        """A value not seen yet for every asked unknown, and for every part the unknown in focus."""
        wishes: dict[int, int] = {}
        focus: dict[int, int] = {}
        for i, values in self.left.items():
            k = self.at[i]
            wishes[k] = sorted(values)[self.random.integers(len(values))]
            kept = focus.setdefault(self.part[k], k)
            if len(values) > len(self.left[int(self.free[kept])]):
                focus[self.part[k]] = k
        return wishes, focus

    def _pull(self, wishes: Mapping[int, int], focus: set[int]) -> tuple[np.ndarray, Bounds]:
        n, m = len(self.free), len(self.asked)
        least, most = np.concatenate([self.least, np.zeros(2 * m)]), np.concatenate([self.most, np.zeros(2 * m)])
        cost = np.zeros(n + 2 * m)
        for a, k in enumerate(self.asked):
            if k in wishes:
                value = wishes[k]
                most[n + a], most[n + m + a] = self.most[k] - value, value - self.least[k]
                least[k] = most[k] = value
                weight = FOCUS if k in focus else 1 + self.random.random()
                cost[n + a] = cost[n + m + a] = weight
        return cost, Bounds(least, most)

    def _limits(self, matrix: sparse.csr_array, which: slice | np.ndarray) -> LinearConstraint | tuple[()]:
        low, high = self.low[which], self.high[which]
        return LinearConstraint(matrix, low, high) if len(low) else ()

    def _witness(self, x: np.ndarray, parts: set[int]) -> None:
        """Notes the values of those ``parts`` whose answer is whole and keeps every row exactly."""
        whole = np.rint(x)
        sums = self.rows @ whole
        bad = (sums < self.low - WHOLE) | (sums > self.high + WHOLE)
        wrong = set(self.part[np.abs(x - whole) > WHOLE]) | set(self.row_part[bad])
        outside = (whole < self.least) | (whole > self.most)
        wrong |= set(self.part[outside])
        for i in list(self.left):
            k = self.at[i]
            if self.part[k] in parts and self.part[k] not in wrong:
                self._seen(i, int(whole[k]))

    def _exact(self, k: int, value: int, wishes: Mapping[int, int]) -> None:
        """An integer program over one part, with the unknown ``k`` set to ``value`` and the wishes as its goal."""
        i, part = int(self.free[k]), self.part[k]
        members, rows = np.flatnonzero(self.part == part), np.flatnonzero(self.row_part == part)
        cost, bounds = self._pull({m: v for m, v in wishes.items() if m != k and self.part[m] == part}, set())
        bounds.lb[k] = bounds.ub[k] = value
        helpers = len(self.free) + np.flatnonzero(np.tile(self.part[self.asked] == part, 2))
        columns = np.concatenate([members, helpers])
        self.found.programs += 1
        result = milp(
            cost[columns],
            integrality=np.ones(len(columns)),
            bounds=Bounds(bounds.lb[columns], bounds.ub[columns]),
            constraints=self._limits(self.matrix[rows][:, columns], rows),
            options={"time_limit": PATIENCE, "mip_rel_gap": NEAR},
        )
        if result.x is not None:
            x = np.zeros(len(cost))
            x[columns] = result.x
            self._witness(self._counts(x), {part})
        self._settle(i, value, result.status == IMPOSSIBLE)

    def _settle(self, i: int, value: int, impossible: bool) -> None:
        """The question in focus is answered now: seen already, impossible, or given up."""
        if value in self.left.get(i, ()):
            if impossible:
                self.found.excluded[i].add(value)
            else:
                self.found.undecided.append((i, value))
            self.left[i].discard(value)
            if not self.left[i]:
                del self.left[i]
