"""What a reader of the published cells could still believe.

For every guarded number and every value that it must be able to have, the audit looks for a whole-number table that
agrees with everything published. Each table found witnesses the values of all guarded numbers at once, and stays a
witness as long as the cells in which it differs from the truth stay hidden.
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

Wanted = set[tuple[int, int]]  # (guard, value)


@dataclass
class Witnesses:
    """Tables that a reader could believe, kept from audit to audit."""

    system: System
    tables: list[np.ndarray] = field(default_factory=list)

    def still_wanted(self, hidden: np.ndarray) -> Wanted:
        """The guarded values that no table kept so far witnesses under this choice of hidden cells."""
        wanted = {(g, v) for g, guard in enumerate(self.system.guards) for v in range(guard.least, guard.limit + 1)}
        if not self.tables:
            return wanted
        kept = np.array(self.tables)
        fits = ~((kept != self.system.counts) & ~hidden).any(axis=1)
        values = self.system.guard_matrix @ kept[fits].T
        return wanted - {(g, int(v)) for g, row in enumerate(np.rint(values)) for v in np.unique(row)}


def islands(system: System, hidden: np.ndarray) -> Iterator[tuple[np.ndarray, list[int]]]:
    """The hidden cells in groups that no sum ties together, each with its guards."""
    holes = np.flatnonzero(hidden)
    touching = abs(system.guard_matrix[:, holes])
    ties = vstack([abs(system.matrix[:, holes]), touching], format="csr")
    count, label = connected_components(ties.T @ ties, directed=False)
    home = label[touching.indices[touching.indptr[:-1]]]
    for i in range(count):
        if (home == i).any():
            yield holes[label == i], np.flatnonzero(home == i).tolist()


@dataclass(frozen=True)
class Limit:
    """How far a guarded number goes in one direction, and what each published sum has to do with it (duals)."""

    up: bool
    value: float
    duals: np.ndarray

    def reaches(self, value: float) -> bool:
        return value <= self.value + 1e-6 if self.up else value >= self.value - 1e-6


@dataclass(frozen=True)
class Closed:
    """A guarded number that cannot have ``value`` though it must be able to."""

    guard: int
    value: int
    limit: Limit


class Audit:
    """One island of hidden cells under the published rest."""

    def __init__(self, system: System, holes: np.ndarray, witnesses: Witnesses) -> None:
        self.system, self.holes, self.witnesses = system, holes, witnesses
        self.least, self.most = system.least[holes], int(system.counts[0])
        self.hidden = np.zeros(len(system.keys), dtype=bool)
        self.hidden[holes] = True
        part = system.matrix[:, holes]
        self.touched = np.diff(part.indptr) > 0
        self.matrix = part[self.touched]
        self.equal = system.equal[self.touched]
        published = np.where(self.hidden, 0, system.counts)
        self.right = -(system.matrix @ published)[self.touched]
        self.rows = system.guard_matrix[:, holes]
        self.known = system.guard_matrix @ published
        self.truth = system.guard_matrix @ system.counts

    def closed(self, wanted: Wanted) -> Iterator[Closed]:
        """Guarded numbers that cannot have a value they must be able to have; one value each."""
        wanted = self._many(wanted)
        found: set[int] = set()
        while wanted and len(found) < ENOUGH:
            g, value = min(wanted)
            limit = self._farthest(g, up=value > self.truth[g])
            seen = self._one(g, value) if limit.reaches(value - self.known[g]) else set()
            if not seen:
                found.add(g)
                yield Closed(g, value, limit)
            wanted = {one for one in wanted if one not in seen and one[0] not in found}

    def _many(self, wanted: Wanted) -> Wanted:
        """Solves that bring many guarded numbers to unseen values at once; what is left after them."""
        rng = np.random.default_rng(20261121)
        while wanted:
            targets = dict(rng.permutation(sorted(wanted)).tolist())
            chosen = list(targets)
            aims = np.array([targets[g] for g in chosen]) - self.known[chosen]
            seen = self._seen(self._nearest(self.rows[chosen], aims, 10 ** rng.uniform(0, 2, len(aims)))) & wanted
            wanted = wanted - seen
            if len(seen) < WORTH * (len(wanted) + len(seen)) + 1:
                break
        return wanted

    def _nearest(self, rows: csr_array, aims: np.ndarray, cost: np.ndarray) -> OptimizeResult:
        """The whole-number table with the least weighted sum of distances of ``rows @ x`` from ``aims``."""
        k, n = rows.shape
        slack = identity(k, format="csr")
        both = vstack([hstack([rows, -slack]), hstack([-rows, -slack])], format="csr")
        constraints = [LinearConstraint(both, ub=np.concatenate([aims, -aims])), *self._published(k)]
        most = np.concatenate([np.full(n, float(self.most)), np.full(k, np.inf)])
        bounds = Bounds(np.concatenate([self.least, np.zeros(k)]), most)
        price, whole = np.concatenate([np.zeros(n), cost]), np.concatenate([np.ones(n), np.zeros(k)])
        result = milp(price, bounds=bounds, constraints=constraints)  # most have whole corners: half the time
        if result.x is not None and np.abs(result.x[:n] - np.rint(result.x[:n])).max() < 1e-6:
            return result
        return milp(price, integrality=whole, bounds=bounds, constraints=constraints)

    def _one(self, g: int, value: int) -> Wanted:
        """A whole-number table in which one guarded number has one value: all it witnesses, or nothing."""
        aim = value - self.known[g]
        n = len(self.holes)
        result = milp(
            np.zeros(n),
            integrality=np.ones(n),
            bounds=Bounds(self.least, np.full(n, self.most)),
            constraints=[LinearConstraint(self.rows[[g]], lb=aim, ub=aim), *self._published(0)],
        )
        return self._seen(result)

    def _published(self, more: int) -> list[LinearConstraint]:
        """Everything published about the holes, for a problem with ``more`` variables behind them."""
        wide = hstack([self.matrix, csr_array((self.matrix.shape[0], more))], format="csr")
        return [LinearConstraint(wide, lb=np.where(self.equal, self.right, -np.inf), ub=self.right)]

    def _seen(self, result: OptimizeResult) -> Wanted:
        if result.x is None:
            return set()
        table = self.system.counts.copy()
        table[self.holes] = np.rint(result.x[: len(self.holes)]).astype(np.int64)
        self.witnesses.tables.append(table)
        return set(enumerate(np.rint(self.system.guard_matrix @ table).astype(int).tolist()))

    def _farthest(self, g: int, *, up: bool) -> Limit:
        """The largest (or smallest) value of a guarded number in the linear program, with its duals."""
        row = self.rows[[g]].toarray()[0]
        equal, below = self.equal, ~self.equal
        result = linprog(
            -row if up else row,
            A_eq=self.matrix[equal], b_eq=self.right[equal],
            A_ub=self.matrix[below], b_ub=self.right[below],
            bounds=[(low, self.most) for low in self.least],
        )  # fmt: skip
        duals = np.zeros(len(self.system.relations))
        duals[np.flatnonzero(self.touched)[equal]] = -result.eqlin.marginals
        duals[np.flatnonzero(self.touched)[below]] = np.maximum(-result.ineqlin.marginals, 0)
        return Limit(up, -result.fun if up else result.fun, duals)
