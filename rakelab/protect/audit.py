"""What a reader of the published cells could still believe.

For every guarded number and every value that it must be able to have, the audit looks for a whole-number table that
agrees with everything published. Each table found witnesses the values of all guarded numbers at once, and stays a
witness as long as the cells in which it differs from the truth stay hidden. Tables with parts of people come first:
they are found much sooner, and what even they do not reach is closed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import csr_array, hstack, identity, vstack
from scipy.sparse.csgraph import connected_components

from rakelab.protect.system import System

#: A joint solve that brings fewer new values than this share of what is left gives way to solving one by one.
WORTH = 0.01
#: How many closed numbers one audit of an island names before the choice is made again.
ENOUGH = 60
#: What the solver's numbers may be beside whole ones.
NEAR = 1e-6

Wanted = set[tuple[int, int]]  # (guard, value)


@dataclass
class Witnesses:
    """Tables that a reader could believe, kept from audit to audit; and such as hold parts of people."""

    system: System
    tables: list[np.ndarray] = field(default_factory=list)
    parts: list[np.ndarray] = field(default_factory=list)

    def still_wanted(self, hidden: np.ndarray) -> Wanted:
        """The guarded values that no table kept so far witnesses under this choice of hidden cells."""
        wanted = {(g, v) for g, guard in enumerate(self.system.guards) for v in range(guard.least, guard.limit + 1)}
        values = self._values(self.tables, hidden)
        return wanted - {(g, int(v)) for g, row in enumerate(np.rint(values)) for v in np.unique(row)}

    def reach(self, hidden: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The least and the greatest value of each guarded number in any table, of people or of parts of them."""
        values = self._values([self.system.counts, *self.tables, *self.parts], hidden)
        return values.min(axis=1), values.max(axis=1)

    def _values(self, tables: list[np.ndarray], hidden: np.ndarray) -> np.ndarray:
        """Guards × tables that fit this choice of hidden cells."""
        kept = np.array(tables).reshape(len(tables), len(hidden))
        fits = ~((kept != self.system.counts) & ~hidden).any(axis=1)
        return np.asarray(self.system.guard_matrix @ kept[fits].T)


def islands(system: System, hidden: np.ndarray) -> Iterator[tuple[np.ndarray, list[int]]]:
    """The hidden cells in groups that no sum ties together, each with its guards."""
    holes = np.flatnonzero(hidden)
    touching = abs(system.guard_matrix[:, holes])
    ties = vstack([abs(system.matrix[:, holes]), touching], format="csr")
    count, label = connected_components(ties.T @ ties)
    home = label[touching.indices[touching.indptr[:-1]]]
    for i in range(count):
        if (home == i).any():
            yield holes[label == i], np.flatnonzero(home == i).tolist()


@dataclass(frozen=True)
class Closed:
    """A guarded number that cannot have ``value`` though it must be able to, and what each published sum has to do
    with how far it goes (``duals``)."""

    guard: int
    value: int
    duals: np.ndarray


class Audit:
    """One island of hidden cells under the published rest."""

    def __init__(self, system: System, holes: np.ndarray, witnesses: Witnesses) -> None:
        self.system, self.holes, self.witnesses = system, holes, witnesses
        self.least, self.most = system.least[holes], system.most[holes]
        self.hidden = np.zeros(len(system.keys), dtype=bool)
        self.hidden[holes] = True
        part = system.matrix[:, holes]
        self.touched = np.flatnonzero(np.diff(part.indptr))
        self.matrix = part[self.touched]
        self.equal = system.equal[self.touched]
        published = np.where(self.hidden, 0, system.counts)
        self.right = -(system.matrix @ published)[self.touched]
        self.rows = system.guard_matrix[:, holes]
        self.known = system.guard_matrix @ published
        self.truth = system.guard_matrix @ system.counts
        self.low, self.high = witnesses.reach(self.hidden)

    def beyond(self, wanted: Wanted) -> Iterator[Closed]:
        """Guarded numbers that cannot have a value they must be able to have, even in parts of people; one value
        each."""
        wanted = self._many(self._unreached(wanted), whole=False)
        found: set[int] = set()
        while wanted and len(found) < ENOUGH:
            g, value = min(wanted)
            duals = self._farthest(g, up=value > self.truth[g])
            left = self._unreached(wanted)
            if (g, value) in left:
                found.add(g)
                yield Closed(g, value, duals)
            wanted = {one for one in left if one[0] not in found}

    def closed(self, wanted: Wanted) -> Iterator[Closed]:
        """The same in whole people, where nothing is beyond."""
        wanted = self._many(wanted, whole=True)
        found: set[int] = set()
        while wanted and len(found) < ENOUGH:
            g, value = min(wanted)
            seen = self._one(g, value)
            if not seen:
                found.add(g)
                yield Closed(g, value, self._farthest(g, up=value > self.truth[g]))
            wanted = {one for one in wanted if one not in seen and one[0] not in found}

    def _unreached(self, wanted: Wanted) -> Wanted:
        """The values that do not lie between those of any two tables."""
        return {(g, v) for g, v in wanted if not self.low[g] - NEAR <= v <= self.high[g] + NEAR}

    def _many(self, wanted: Wanted, *, whole: bool) -> Wanted:
        """Solves that bring many guarded numbers to unseen values at once; what is left after them."""
        rng = np.random.default_rng(20261121)
        while wanted:
            targets = dict(rng.permutation(sorted(wanted)).tolist())
            chosen = list(targets)
            aims = np.array([targets[g] for g in chosen]) - self.known[chosen]
            result = self._nearest(self.rows[chosen], aims, 10 ** rng.uniform(0, 2, len(aims)), whole=whole)
            seen, before = self._seen(result), len(wanted)
            wanted = wanted - seen if whole else self._unreached(wanted)
            if before - len(wanted) < WORTH * before + 1:
                break
        return wanted

    def _nearest(self, rows: csr_array, aims: np.ndarray, cost: np.ndarray, *, whole: bool) -> OptimizeResult:
        """A table with a small weighted sum of distances of ``rows @ x`` from ``aims``."""
        k, n = rows.shape
        slack = identity(k, format="csr")
        both = vstack([hstack([rows, -slack]), hstack([-rows, -slack])], format="csr")
        constraints = [LinearConstraint(both, ub=np.concatenate([aims, -aims])), *self._published(k)]
        most = np.concatenate([self.most.astype(float), np.full(k, np.inf)])
        bounds = Bounds(np.concatenate([self.least, np.zeros(k)]), most)
        price, people = np.concatenate([np.zeros(n), cost]), np.concatenate([np.ones(n), np.zeros(k)])
        result = milp(price, bounds=bounds, constraints=constraints)  # most have whole corners: half the time
        if not whole or (result.x is not None and _is_whole(result.x[:n])):
            return result
        return milp(price, integrality=people, bounds=bounds, constraints=constraints, options={"mip_rel_gap": 0.5})

    def _one(self, g: int, value: int) -> Wanted:
        """A whole-number table in which one guarded number has one value: all it witnesses, or nothing."""
        near = self._least_moved(g, value)
        seen = self._seen(near)
        if near.x is None or (g, value) in seen:
            return seen
        aim = value - self.known[g]
        n = len(self.holes)
        result = milp(
            np.zeros(n),
            integrality=np.ones(n),
            bounds=Bounds(self.least, self.most),
            constraints=[LinearConstraint(self.rows[[g]], lb=aim, ub=aim), *self._published(0)],
        )
        return self._seen(result)

    def _least_moved(self, g: int, value: int) -> OptimizeResult:
        """The same, of people or of parts of them, in which as few as possible stand elsewhere than in truth: often
        whole, and found sooner."""
        truth, way = self.system.counts[self.holes], value - self.truth[g]
        left = self.right - self.matrix @ truth
        sums = LinearConstraint(hstack([self.matrix, -self.matrix]), np.where(self.equal, left, -np.inf), left)
        guarded = LinearConstraint(hstack([self.rows[[g]], -self.rows[[g]]]), way, way)
        room = Bounds(0, np.concatenate([self.most - truth, truth - self.least]))
        result = milp(np.ones(2 * len(truth)), bounds=room, constraints=[sums, guarded])
        if result.x is not None:
            more, fewer = np.split(result.x, 2)
            result.x = truth + more - fewer
        return result

    def _published(self, more: int) -> list[LinearConstraint]:
        """Everything published about the holes, for a problem with ``more`` variables behind them."""
        wide = hstack([self.matrix, csr_array((self.matrix.shape[0], more))], format="csr")
        return [LinearConstraint(wide, lb=np.where(self.equal, self.right, -np.inf), ub=self.right)]

    def _seen(self, result: OptimizeResult) -> Wanted:
        """Keeps the table that was found: all that it witnesses in whole people."""
        if result.x is None:
            return set()
        found, table = result.x[: len(self.holes)], self.system.counts.astype(float)
        whole = _is_whole(found)
        table[self.holes] = np.rint(found) if whole else found
        (self.witnesses.tables if whole else self.witnesses.parts).append(table)
        values = self.system.guard_matrix @ table
        self.low, self.high = np.minimum(self.low, values), np.maximum(self.high, values)
        return set(enumerate(np.rint(values).astype(int).tolist())) if whole else set()

    def _farthest(self, g: int, *, up: bool) -> np.ndarray:
        """The table of the linear program in which a guarded number is largest (or smallest) is kept; its duals."""
        row = self.rows[[g]].toarray()[0]
        equal, below = self.equal, ~self.equal
        result = linprog(
            -row if up else row,
            A_eq=self.matrix[equal], b_eq=self.right[equal],
            A_ub=self.matrix[below], b_ub=self.right[below],
            bounds=list(zip(self.least, self.most, strict=True)),
        )  # fmt: skip
        self._seen(result)
        duals = np.zeros(len(self.system.relations))
        duals[self.touched[equal]] = -result.eqlin.marginals
        duals[self.touched[below]] = -result.ineqlin.marginals
        return duals


def _is_whole(values: np.ndarray) -> bool:
    return bool(np.abs(values - np.rint(values)).max() < NEAR)
