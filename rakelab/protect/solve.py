"""Which cells to hide: as few as possible, so that every guarded number stays open.

An integer program (HiGHS through scipy) chooses cells; the audit looks at everything that would be published. Where
a guarded number is closed, the dual of a linear program says which further cells could help (a capacity cut,
Fischetti and Salazar 2000), and the choice is made again. What the audit has not seen to be possible is never
published.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from rakelab.errors import WallError
from rakelab.protect.audit import Audit, Closed, Witnesses, islands
from rakelab.protect.system import Guard, System

ROUNDS = 200
#: After this many choices what is hidden stays hidden: a few more cells than the fewest, and an end.
PATIENCE = 6


@dataclass(frozen=True)
class Cut:
    """Σ coefficient × hidden ≥ need: no choice that breaks it can be safe."""

    coefficients: np.ndarray
    need: float


def choose(system: System) -> np.ndarray:
    """Which cells are hidden (bool for each cell). Raises WallError when even hiding everything would not do."""
    if not system.guards:
        return np.zeros(len(system.keys), dtype=bool)
    fixed, start, cuts = system.primary, _start(system), list(_single_sums(system))
    witnesses = Witnesses(system)
    for i in range(ROUNDS):
        hidden = _fewest(system, fixed, start, cuts)
        more = list(_learn(system, hidden, witnesses))
        if not more:
            return hidden
        cuts += more
        fixed = hidden if i >= PATIENCE else fixed
    raise WallError("protect.impossible")


def _learn(system: System, hidden: np.ndarray, witnesses: Witnesses) -> Iterator[Cut]:
    """What any safe choice must fulfil beside this one; nothing when this one is safe."""
    wanted = witnesses.still_wanted(hidden)
    for holes, guards in islands(system, hidden):
        own = set(guards)
        here = {one for one in wanted if one[0] in own}
        if here:
            audit = Audit(system, holes, witnesses)
            yield from (_cut(audit, closed) for closed in audit.closed(here))


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


def _rows(rows: Iterable[dict[int, float]], width: int) -> csr_array:
    flat = [(i, c, v) for i, row in enumerate(rows) for c, v in row.items()]
    if not flat:
        return csr_array((0, width))
    i, c, v = (np.array(part) for part in zip(*flat, strict=True))
    return csr_array((v, (i, c)), shape=(int(i[-1]) + 1, width))


def _fewest(system: System, fixed: np.ndarray, start: csr_array, cuts: list[Cut]) -> np.ndarray:
    high = np.array([1.0 if one else 0.0 for one in system.keys])
    constraints = [LinearConstraint(csr_array([c.coefficients for c in cuts]), lb=[c.need for c in cuts])]
    if start.shape[0]:
        constraints.append(LinearConstraint(start, lb=0))
    bounds = Bounds(fixed.astype(float), high)
    exact = {"mip_rel_gap": 0.0}  # the tie-break is finer than the default gap
    whole = np.ones(len(high))
    result = milp(system.weight, integrality=whole, bounds=bounds, constraints=constraints, options=exact)
    if result.x is None:
        raise WallError("protect.impossible")
    return result.x > 0.5


# --- what to learn from a closed number -----------------------------------------------------------------------


def _single_sums(system: System) -> Iterator[Cut]:
    """What each sum alone demands: a guarded count needs others in the sum that can make room for it."""
    matrix = system.matrix.tocsc()
    for guard in system.guards:
        (cell, _), *more = guard.terms
        yield _touched(system, guard)
        if more:
            continue
        now = int(system.counts[cell])
        for r in matrix.indices[matrix.indptr[cell] : matrix.indptr[cell + 1]]:
            for need, up in ((guard.limit - now, True), (now - 1, False)):
                if need > 0 and system.equal[r]:
                    yield _room(system, int(r), cell, need=need, up=up)


def _touched(system: System, guard: Guard) -> Cut:
    """A guarded number is open only if one of its cells is hidden; the total never is."""
    cells = np.zeros(len(system.keys))
    cells[[cell for cell, _ in guard.terms if system.keys[cell]]] = 1
    return Cut(cells, 1.0)


def _room(system: System, r: int, cell: int, *, need: int, up: bool) -> Cut:
    row = system.matrix[[r]].toarray()[0]
    gain = -row * row[cell] * (1 if up else -1)
    gain[cell] = 0
    return _demand(system, gain, need)


def _demand(system: System, gain: np.ndarray, need: float) -> Cut:
    """``gain`` is what one more person in each cell helps; a cell can rise to the total and fall to zero."""
    room = np.maximum(gain, 0) * (system.counts[0] - system.counts) + np.maximum(-gain, 0) * system.counts
    return Cut(np.minimum(np.where(room < 1e-7, 0, room), need), need)


def _cut(audit: Audit, closed: Closed) -> Cut:
    """Why one guarded number cannot have one value, as a demand on the next choice."""
    cut = _capacity(audit, closed)
    broken = cut is not None and cut.coefficients @ audit.hidden < cut.need - 1e-6
    return cut if cut is not None and broken else _more(audit, closed.guard)


def _capacity(audit: Audit, closed: Closed) -> Cut | None:
    """The duals of the linear program, spread over all cells: which hidden cells would make room, and how much."""
    system, duals = audit.system, closed.limit.duals
    aim = system.guard_matrix[[closed.guard]].toarray()[0] * (1 if closed.limit.up else -1)
    below = duals * ~system.equal
    left = abs(closed.value - audit.truth[closed.guard]) + float(below @ (system.matrix @ system.counts))
    return _demand(system, aim - system.matrix.T @ duals, left) if left > 1e-6 else None


def _more(audit: Audit, g: int) -> Cut:
    """At least one more cell of those tied to the guarded number."""
    system = audit.system
    tied = _tied(system, system.guard_matrix[[g]].indices)
    more = tied & ~audit.hidden & np.array([bool(one) for one in system.keys])
    return Cut(more.astype(float), 1.0)


def _tied(system: System, cells: np.ndarray) -> np.ndarray:
    """The cells that sums tie to these, through any number of sums; the total ties nothing."""
    sums = abs(system.matrix)
    inner = np.array([bool(one) for one in system.keys])
    tied = np.zeros(len(system.keys), dtype=bool)
    tied[cells] = True
    while True:
        wider = ((sums.T @ (sums @ (tied & inner).astype(float))) > 0) & inner | tied
        if (wider == tied).all():
            return tied
        tied = wider
