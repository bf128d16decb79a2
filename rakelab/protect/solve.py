"""Which cells to hide: as few as possible, so that every guarded number stays open.

An integer program (HiGHS through scipy) chooses cells; an audit of everything that would be published then looks,
for every guarded number and every value it must be able to have, for a whole-number table that fits. Where none
exists, the dual of a linear program says which further cells could help (a capacity cut, Fischetti and Salazar
2000), and the choice is made again. What the audit has not seen to be possible is never published.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import csr_array, hstack, identity, vstack
from scipy.sparse.csgraph import connected_components

from rakelab.errors import WallError
from rakelab.protect.system import Guard, System

ROUNDS = 200
#: A joint solve that brings fewer new values than this share of what is left gives way to solving one by one.
WORTH = 0.05
#: How many closed numbers one audit looks into before the choice is made again.
ENOUGH = 60


@dataclass(frozen=True)
class Cut:
    """Σ coefficient × hidden ≥ need: no choice that breaks it can be safe."""

    coefficients: np.ndarray
    need: float


def choose(system: System) -> np.ndarray:
    """Which cells are hidden (bool for each cell). Raises WallError when even hiding everything would not do."""
    if not system.primary.any():
        return system.primary.copy()
    start = _start(system)
    cuts = list(_single_sums(system))
    open_: set[bytes] = set()  # islands already seen to be safe
    for _ in range(ROUNDS):
        hidden = _fewest(system, start, cuts)
        more = [cut for island in islands(system, hidden, open_) for cut in _learn(island, open_)]
        if not more:
            return hidden
        cuts += more
    raise WallError("protect.impossible")


def _learn(audit: "Audit", open_: set[bytes]) -> list[Cut]:
    found = list(audit.cuts())
    if not found:
        open_.add(audit.holes.tobytes())
    return found


# --- the choice -----------------------------------------------------------------------------------------------


def _start(system: System) -> csr_array:
    """Rows of “≥ 0” on hidden: never one hole alone in a sum; nothing shown in a column whose base is hidden."""
    rows: list[dict[int, float]] = []
    matrix = system.matrix
    for r in np.flatnonzero(system.equal):
        cells = matrix.indices[matrix.indptr[r] : matrix.indptr[r + 1]]
        free = [c for c in cells if system.keys[c]]
        rows += [{**dict.fromkeys(free, 1.0), c: -1.0} for c in free]
    rows += [{cell: 1.0, base: -1.0} for cell, base in system.within]
    return _rows(rows, len(system.keys))


def _single_sums(system: System) -> Iterator[Cut]:
    """What each sum alone demands: a guarded count needs others in the sum that can make room for it."""
    matrix = system.matrix.tocsc()
    for guard in system.guards:
        (cell, sign), *more = guard.terms
        if more:
            continue
        now = int(system.counts[cell])
        for r in matrix.indices[matrix.indptr[cell] : matrix.indptr[cell + 1]]:
            for need, up in ((guard.limit - now, True), (now - 1, False)):
                if need > 0 and system.equal[r]:
                    yield _room(system, int(r), cell, need, up)


def _room(system: System, r: int, cell: int, need: int, up: bool) -> Cut:
    row = system.matrix[[r]].toarray()[0]
    gain = -row * row[cell] * (1 if up else -1)
    gain[cell] = 0
    return _cut(system, gain, need)


def _cut(system: System, gain: np.ndarray, need: float) -> Cut:
    """``gain`` is what one more person in each cell helps; a cell can rise to the total and fall to zero."""
    room = np.maximum(gain, 0) * (system.counts[0] - system.counts) + np.maximum(-gain, 0) * system.counts
    return Cut(np.minimum(np.where(room < 1e-7, 0, room), need), need)


def _rows(rows: Iterable[dict[int, float]], width: int) -> csr_array:
    flat = [(i, c, v) for i, row in enumerate(rows) for c, v in row.items()]
    if not flat:
        return csr_array((0, width))
    i, c, v = (np.array(part) for part in zip(*flat, strict=True))
    return csr_array((v, (i, c)), shape=(int(i[-1]) + 1, width))


def _fewest(system: System, start: csr_array, cuts: list[Cut]) -> np.ndarray:
    low = system.primary.astype(float)
    high = np.array([1.0 if one else 0.0 for one in system.keys])
    constraints = [LinearConstraint(start, lb=0)] if start.shape[0] else []
    if cuts:
        constraints.append(LinearConstraint(np.array([c.coefficients for c in cuts]), lb=[c.need for c in cuts]))
    result = milp(system.weight, integrality=np.ones(len(low)), bounds=Bounds(low, high), constraints=constraints)
    if result.x is None:
        raise WallError("protect.impossible")
    return result.x > 0.5


# --- the audit ------------------------------------------------------------------------------------------------


def islands(system: System, hidden: np.ndarray, open_: set[bytes]) -> Iterator["Audit"]:
    """The hidden cells in groups that no sum ties together, each with its guards; those in ``open_`` left out."""
    holes = np.flatnonzero(hidden)
    part = system.matrix[:, holes]
    guards = _rows([{c: 1.0 for c, _ in guard.terms} for guard in system.guards], len(hidden))[:, holes]
    ties = vstack([abs(part), guards], format="csr")
    count, label = connected_components(ties.T @ ties, directed=False)
    groups: list[list[Guard]] = [[] for _ in range(count)]
    for g, guard in enumerate(system.guards):
        mine = guards.indices[guards.indptr[g] : guards.indptr[g + 1]]
        if len(mine) == 0:
            raise WallError("protect.impossible")
        groups[label[mine[0]]].append(guard)
    for i, own in enumerate(groups):
        cells = holes[label == i]
        if own and cells.tobytes() not in open_:
            yield Audit(system, cells, own)


class Audit:
    """What a reader could still believe of one island of hidden cells."""

    def __init__(self, system: System, holes: np.ndarray, guards: Sequence[Guard]) -> None:
        self.system, self.holes = system, holes
        self.hidden = np.zeros(len(system.keys), dtype=bool)
        self.hidden[holes] = True
        part = system.matrix[:, holes]
        self.touched = np.diff(part.indptr) > 0
        self.matrix = part[self.touched]
        self.equal = system.equal[self.touched]
        shown = np.where(self.hidden, 0, system.counts)
        self.right = -(system.matrix @ shown)[self.touched]
        self.place = {int(cell): i for i, cell in enumerate(holes)}
        self.guards = [(guard, *self._reduced(guard)) for guard in guards]

    def _reduced(self, guard: Guard) -> tuple[np.ndarray, int]:
        row, constant = np.zeros(len(self.holes)), 0
        for cell, n in guard.terms:
            if cell in self.place:
                row[self.place[cell]] = n
            else:
                constant += n * int(self.system.counts[cell])
        return row, constant

    def cuts(self) -> Iterator[Cut]:
        """What a safe choice must fulfil beside this one; nothing when every guarded value is possible."""
        wanted = {(g, v) for g, (guard, _, _) in enumerate(self.guards) for v in range(1, guard.limit + 1)}
        wanted = self._witness_many(wanted)
        closed: set[int] = set()
        while wanted and len(closed) < ENOUGH:
            g, value = min(wanted)
            seen = self._try(g, value)
            if not seen:
                closed.add(g)
                yield self._cut(g, value)
            wanted = {one for one in wanted if one not in seen and one[0] not in closed}

    def _witness_many(self, wanted: set[tuple[int, int]]) -> set[tuple[int, int]]:
        """Solves that bring many guarded numbers to unseen values at once; what is left after them."""
        rng = np.random.default_rng(20261121)
        while wanted:
            seen = self._round(wanted, rng)
            wanted = wanted - seen
            if len(seen) < WORTH * (len(wanted) + len(seen)) + 1:
                break
        return wanted

    def _round(self, wanted: set[tuple[int, int]], rng: np.random.Generator) -> set[tuple[int, int]]:
        targets = dict(rng.permutation(sorted(wanted)).tolist())
        rows = csr_array(np.array([self.guards[g][1] for g in targets]))
        aims = np.array([v - self.guards[g][2] for g, v in targets.items()], dtype=float)
        result = self._nearest(rows, aims, 10 ** rng.uniform(0, 2, len(aims)))
        return wanted & self._witnessed(result) if result.x is not None else set()

    def _nearest(self, rows: csr_array, aims: np.ndarray, cost: np.ndarray) -> OptimizeResult:
        """The whole-number table with the least sum of distances of ``rows @ x`` from ``aims``."""
        k, n = rows.shape
        slack = identity(k, format="csr")
        both = vstack([hstack([rows, -slack]), hstack([-rows, -slack])], format="csr")
        constraints = [LinearConstraint(both, ub=np.concatenate([aims, -aims])), *self._published(k)]
        bounds = Bounds(0, np.concatenate([np.full(n, self.system.counts[0]), np.full(k, np.inf)]))
        price, whole = np.concatenate([np.zeros(n), cost]), np.concatenate([np.ones(n), np.zeros(k)])
        result = milp(price, bounds=bounds, constraints=constraints)  # most of these have whole corners: half the time
        if result.x is not None and np.abs(result.x[:n] - np.rint(result.x[:n])).max() < 1e-6:
            return result
        return milp(price, integrality=whole, bounds=bounds, constraints=constraints)

    def _published(self, more: int) -> list[LinearConstraint]:
        wide = hstack([self.matrix, csr_array((self.matrix.shape[0], more))], format="csr")
        low = np.where(self.equal, self.right, -np.inf)
        return [LinearConstraint(wide, lb=low, ub=self.right)] if wide.shape[0] else []

    def _witnessed(self, result: OptimizeResult) -> set[tuple[int, int]]:
        x = np.rint(result.x[: len(self.holes)])
        return {(g, round(float(row @ x)) + constant) for g, (_, row, constant) in enumerate(self.guards)}

    def _try(self, g: int, value: int) -> set[tuple[int, int]]:
        """A whole-number table in which one guarded number has one value: all it witnesses, or nothing."""
        _, row, constant = self.guards[g]
        exact = LinearConstraint(csr_array(row[None, :]), lb=value - constant, ub=value - constant)
        n = len(self.holes)
        result = milp(
            np.zeros(n),
            integrality=np.ones(n),
            bounds=Bounds(0, np.full(n, self.system.counts[0])),
            constraints=[exact, *self._published(0)],
        )
        return self._witnessed(result) if result.x is not None else set()

    def _cut(self, g: int, value: int) -> Cut:
        """Why one guarded number cannot have one value, as a demand on the next choice."""
        guard = self.guards[g][0]
        now = sum(n * int(self.system.counts[cell]) for cell, n in guard.terms)
        cut = _capacity(self, guard, abs(value - now), up=value > now)
        broken = cut is not None and cut.coefficients @ self.hidden < cut.need - 1e-6
        return cut if cut is not None and broken else _more(self.system, self.hidden, guard)

    def farthest(self, guard: Guard, up: bool) -> OptimizeResult:
        """The linear program of the largest (or smallest) value of a guarded number, with its duals."""
        row = self._reduced(guard)[0]
        equal, below = self.equal, ~self.equal
        return linprog(
            -row if up else row,
            A_eq=self.matrix[equal], b_eq=self.right[equal],
            A_ub=self.matrix[below], b_ub=self.right[below],
            bounds=(0, int(self.system.counts[0])),
        )  # fmt: skip


# --- what to learn from a closed number -----------------------------------------------------------------------


def _capacity(audit: Audit, guard: Guard, need: int, *, up: bool) -> Cut | None:
    """The duals of the linear program, spread over all cells: which hidden cells would make room, and how much."""
    system, result = audit.system, audit.farthest(guard, up)
    if result.x is None:
        return None
    duals = np.zeros(len(audit.right))
    duals[audit.equal] = -result.eqlin.marginals
    duals[~audit.equal] = np.maximum(-result.ineqlin.marginals, 0)
    weights = np.zeros(len(system.relations))
    weights[audit.touched] = duals
    aim = np.zeros(len(system.keys))
    for cell, n in guard.terms:
        aim[cell] = n if up else -n
    below = weights * ~system.equal
    left = need + float(below @ (system.matrix @ system.counts))
    return _cut(system, aim - system.matrix.T @ weights, left) if left > 1e-6 else None


def _more(system: System, hidden: np.ndarray, guard: Guard) -> Cut:
    """At least one more cell of those tied to the guarded number."""
    tied = _tied(system, [cell for cell, _ in guard.terms])
    more = (tied & ~hidden & np.array([bool(one) for one in system.keys])).astype(float)
    return Cut(more, 1.0)


def _tied(system: System, cells: list[int]) -> np.ndarray:
    """The cells that sums tie to these, through any number of sums; the total ties nothing."""
    links = abs(system.matrix)
    tied = np.zeros(len(system.keys), dtype=bool)
    tied[cells] = True
    inner = np.array([bool(one) for one in system.keys])
    while True:
        wider = ((links.T @ (links @ (tied & inner).astype(float))) > 0) & inner | tied
        if (wider == tied).all():
            return tied
        tied = wider
