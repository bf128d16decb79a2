"""Which cells to hide: as few as possible, so that every guarded number stays open.

An integer program (HiGHS through scipy) chooses cells; the audit looks at everything that would be published. Where
a guarded number is closed, the dual of a linear program says which further cells could help (a capacity cut,
Fischetti and Salazar 2000), and the choice is made again. What the audit has not seen to be possible is never
published.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack
from scipy.sparse.csgraph import connected_components

from rakelab.errors import WallError
from rakelab.protect.audit import Audit, Closed, Wanted, Witnesses, islands
from rakelab.protect.system import System

Look = Callable[[Audit, Wanted], Iterable[Closed]]
ROUNDS = 200
#: After this many choices what is hidden stays hidden: a few more cells than the fewest, and an end.
PATIENCE = 6
#: After that many more, twice as many cells each time: of few people, one by one, there would be no end.
HASTE = 24


@dataclass(frozen=True)
class Cut:
    """Σ gain × hidden ≥ need, over some ``cells``: no choice that breaks it can be safe."""

    cells: np.ndarray
    gains: np.ndarray
    need: float

    def broken_by(self, hidden: np.ndarray) -> bool:
        return float(self.gains[hidden[self.cells]].sum()) < self.need - 1e-6


def choose(system: System) -> np.ndarray:
    """Which cells are hidden (bool for each cell). Raises WallError when even hiding everything would not do."""
    if not system.guards:
        return np.zeros(len(system.keys), dtype=bool)
    fixed, start, cuts = system.primary | system.unlisted, _start(system), list(_single_sums(system))
    witnesses = Witnesses(system)
    for i in range(ROUNDS):
        hidden = _fewest(system, fixed, start, cuts)
        more = _learn(system, hidden, witnesses)
        if not more:
            return hidden
        cuts += more
        cuts += _in_haste(system, hidden, 2 ** (i - HASTE)) if i >= HASTE else []
        fixed = hidden if i >= PATIENCE else fixed
    raise WallError("protect.impossible")


def _in_haste(system: System, hidden: np.ndarray, more: int) -> list[Cut]:
    """So many cells more, whichever they are, or all that there are."""
    free = np.flatnonzero(~hidden & ~system.public)
    return [Cut(free, np.ones(len(free)), float(min(more, len(free))))]


def _learn(system: System, hidden: np.ndarray, witnesses: Witnesses) -> list[Cut]:
    """What any safe choice must fulfil beside this one; nothing when this one is safe."""
    return [_cut(audit, closed) for audit, closed in _closed(system, hidden, witnesses)]


def _closed(
    system: System, hidden: np.ndarray, witnesses: Witnesses, ways: Sequence[Look] = (Audit.beyond, Audit.closed)
) -> list[tuple[Audit, Closed]]:
    """The guarded numbers that this choice closes. Only where nothing is closed to parts of people are whole ones
    asked for."""
    wanted = witnesses.still_wanted(hidden)
    audits = [
        (Audit(system, holes, witnesses), {one for one in wanted if one[0] in guards})
        for holes, guards in islands(system, hidden)
    ]
    for look in ways:
        more = [(audit, closed) for audit, here in audits for closed in look(audit, here)]
        if more:
            return more
    return []


def left_open(system: System, *, whole: bool = False) -> System:
    """The same system with each guard as wide as what is public leaves it, when nothing else is told: to parts of
    people, or also to ``whole`` ones."""
    guards = dict(enumerate(system.guards))
    seen = Witnesses(system)
    while True:
        some = replace(system, guards=tuple(guards.values()))
        seen = replace(seen, system=some)
        closed = _closed(some, ~system.public, seen, (Audit.beyond, Audit.closed)[: 1 + whole])
        if not closed:
            return some
        for audit, one in closed:
            place, truth = list(guards)[one.guard], audit.truth[one.guard]
            kept = guards[place]
            if one.value > truth:
                guards[place] = replace(kept, limit=one.value - 1)
            else:
                guards[place] = replace(kept, least=one.value + 1)
        guards = {i: guard for i, guard in guards.items() if guard.least <= guard.limit}


# --- the choice -----------------------------------------------------------------------------------------------


def _start(system: System) -> csr_array:
    """Rows of “≥ 0” on hidden: never one hole alone in a sum; nothing shown in a column whose base is hidden."""
    rows: list[dict[int, float]] = []
    matrix = system.matrix
    for r in np.flatnonzero(system.equal):
        cells = matrix.indices[matrix.indptr[r] : matrix.indptr[r + 1]]
        free = cells[~system.public[cells]].tolist()
        told_before = len(free) < 2 and system.public[cells[cells != 0]].any()
        if system.unlisted[cells].any() or told_before:
            continue  # patterns are never shown: they are holes enough; and what was told before may have left one
        rows += [{**dict.fromkeys(free, 1.0), c: -1.0} for c in free]
    rows += [{cell: 1.0, base: -1.0} for cell, base in system.within if not system.public[[cell, base]].any()]
    return _rows(rows, len(system.keys))


def _rows(rows: Iterable[dict[int, float]], width: int) -> csr_array:
    rows = list(rows)
    flat = [(i, c, v) for i, row in enumerate(rows) for c, v in row.items()]
    if not flat:
        return csr_array((len(rows), width))
    i, c, v = (np.array(part) for part in zip(*flat, strict=True))
    return csr_array((v, (i, c)), shape=(len(rows), width))


def _fewest(system: System, fixed: np.ndarray, start: csr_array, cuts: list[Cut]) -> np.ndarray:
    high = (~system.public).astype(float)
    needs = _rows((dict(zip(cut.cells.tolist(), cut.gains.tolist(), strict=True)) for cut in cuts), len(high))
    least = [*(cut.need for cut in cuts), *np.zeros(start.shape[0])]
    result = milp(
        system.weight,
        integrality=np.ones(len(high)),
        bounds=Bounds(fixed.astype(float), high),
        constraints=LinearConstraint(vstack([needs, start]), least),
        options={"mip_rel_gap": 0.0},  # the tie-break is finer than the default gap
    )
    if result.x is None:
        raise WallError("protect.impossible")
    return np.asarray(result.x > 0.5)


# --- what to learn from a closed number -----------------------------------------------------------------------


def _single_sums(system: System) -> Iterator[Cut]:
    """What each sum alone demands: a guarded count needs others in the sum that can make room for it."""
    matrix = system.matrix.tocsc()
    for guard in system.guards:
        (cell, _), *more = guard.terms
        yield _at_least_one(system, [one for one, _ in guard.terms])
        if more:
            continue
        now = int(system.counts[cell])
        for r in matrix.indices[matrix.indptr[cell] : matrix.indptr[cell + 1]]:
            for need, up in ((guard.limit - now, True), (now - guard.least, False)):
                if need > 0 and system.equal[r]:
                    yield from _room(system, int(r), cell, need=need, up=up)


def _at_least_one(system: System, cells: Sequence[int]) -> Cut:
    """One of the ``cells`` must be hidden; what is public never is."""
    some = np.array(sorted({cell for cell in cells if not system.public[cell]}), dtype=int)
    return Cut(some, np.ones(len(some)), 1.0)


def _room(system: System, r: int, cell: int, *, need: int, up: bool) -> Iterator[Cut]:
    part = slice(system.matrix.indptr[r], system.matrix.indptr[r + 1])
    cells, signs = system.matrix.indices[part], system.matrix.data[part]
    gain = -signs * signs[cells == cell] * (1 if up else -1)
    others = cells != cell
    yield from _demand(system, cells[others], gain[others], need)


def _demand(system: System, cells: np.ndarray, gain: np.ndarray, need: float) -> Iterator[Cut]:
    """``gain`` is what one more person in each cell helps; a cell can rise to the total and fall to its least. What
    the unlisted cells have room for is there whatever is chosen."""
    counts = system.counts[cells]
    room = np.maximum(gain, 0) * (system.most[cells] - counts) + np.maximum(-gain, 0) * (counts - system.least[cells])
    left = need - float(room[system.unlisted[cells]].sum())
    some = (room > 1e-7) & ~system.unlisted[cells]
    if left > 1e-6:
        yield Cut(cells[some], np.minimum(room[some], left), left)


def _cut(audit: Audit, closed: Closed) -> Cut:
    """Why one guarded number cannot have one value, as a demand on the next choice."""
    broken = (cut for cut in _capacity(audit, closed) if cut.broken_by(audit.hidden))
    return next(broken, None) or _more(audit, closed.guard)


def _capacity(audit: Audit, closed: Closed) -> Iterator[Cut]:
    """The duals of the linear program, spread over all cells: which hidden cells would make room, and how much."""
    system, way = audit.system, closed.value - audit.truth[closed.guard]
    gain = system.guard_matrix[[closed.guard]].toarray()[0] * np.sign(way) - system.matrix.T @ closed.duals
    left = abs(way) + float(closed.duals @ (system.matrix @ system.counts))
    yield from _demand(system, np.arange(len(gain)), gain, left)


def _more(audit: Audit, g: int) -> Cut:
    """At least one more cell of those that any number of sums ties to the guarded number; what is public ties
    nothing."""
    system = audit.system
    free = np.flatnonzero(~system.public)
    ties = abs(system.matrix[:, free])
    _, home = connected_components(ties.T @ ties)
    own = np.isin(free, [cell for cell, _ in system.guards[g].terms])
    tied = np.isin(home, home[own]) & ~audit.hidden[free]
    return _at_least_one(system, free[tied].tolist())
