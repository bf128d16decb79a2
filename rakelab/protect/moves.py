"""Other ways of having a mean and a deviation, near a known one: a person or two elsewhere, by a few steps.

Whatever is found is a proof that a count is open. What is not found may be open all the same: ``lattice`` asks on.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

Way = np.ndarray  # people at each value
#: Steps that one person goes; the other of two may go anywhere.
NEAR = 3
#: People from value to value, so that their number, sum and sum of squares stay as they are.
STILL = ((1, -3, 3, -1), (1, -2, 0, 2, -1), (1, -1, -1, 0, 1, 1, -1))
#: Neighbours of one way that are asked about, and ways that are walked through where nothing else can decide, and
#: where integer programs can.
MOST_NEIGHBOURS, MOST_WAYS, FEW_WAYS = 80, 600, 10


@dataclass(frozen=True)
class Fact:
    """Of the values that ``has`` marks, at least and at most so many people have one."""

    has: np.ndarray
    least: int
    most: int


@dataclass(frozen=True)
class Room:
    """What every way keeps: the sum of the values' numbers (0, 1, 2 …), the sum of squared distances from the mean, and
    what other tables tell; ``allows`` asks for the rest, if there is more."""

    sums: tuple[float, float]
    squares: tuple[float, float]
    facts: Sequence[Fact]
    allows: Callable[[Way], bool] | None = None

    def allowed(self, way: Way) -> bool:
        return self.allows is None or self.allows(way)


def still_shut(way: Way, asked: Sequence[int], room: Room) -> list[int]:
    """Those of ``asked`` whose count is the same in every way that was found."""
    near = [i for i in asked if not _differs(way, i, room, NEAR)]
    far = [i for i in near if not _differs(way, i, room, len(way))]
    return _walk(way, far, room) if far else []


def _differs(way: Way, i: int, room: Room, reach: int) -> bool:
    """Some allowed way next to this one has another count at ``i``."""
    return any(room.allowed(one) for one in _neighbours(way, room, _steps(way, reach, at=i)) if one[i] != way[i])


def _walk(way: Way, asked: list[int], room: Room) -> list[int]:
    """From way to way, until every count of ``asked`` was seen to differ."""
    found, seen, most = [way], {way.tobytes()}, MOST_WAYS if room.allows else FEW_WAYS
    for one in found:
        for other in _neighbours(one, room, _steps(one, NEAR)):
            if not asked or len(found) > most:
                return asked
            if other.tobytes() not in seen:
                seen.add(other.tobytes())
                found.append(other)
                open_ = [i for i in asked if other[i] != way[i]]
                asked = [i for i in asked if i not in open_] if open_ and room.allowed(other) else asked
    return asked


def _steps(way: Way, reach: int, *, at: int | None = None) -> np.ndarray:
    """(From, to) for one person, by at most ``reach`` steps; all of them, or those from or to ``at``."""
    here = np.arange(len(way))
    start, end = np.meshgrid(here, here, indexing="ij")
    fits = (way[start] > 0) & (start != end) & (abs(start - end) <= reach)
    if at is not None:
        fits &= (start == at) | (end == at)
    return np.stack([start[fits], end[fits]], axis=1)


def _neighbours(way: Way, room: Room, first: np.ndarray) -> Iterator[Way]:
    """The ways that two people's steps lead to, the first's among ``first``; then those that keep all sums."""
    second = np.vstack([[[0, 0]], _steps(way, NEAR)])
    a, b = (one.ravel() for one in np.meshgrid(np.arange(len(first)), np.arange(len(second)), indexing="ij"))
    start, end = (np.stack([first[a, side], second[b, side]]) for side in (0, 1))
    fits = np.flatnonzero(_enough(way, start, end) & _keeps(way, start, end, room))
    for k in fits[:: max(1, len(fits) // MOST_NEIGHBOURS)]:
        other = way.copy()
        np.subtract.at(other, start[:, k], 1)
        np.add.at(other, end[:, k], 1)
        yield other
    still = way + _stills(len(way))
    fits = (still >= 0).all(axis=1)
    for fact in room.facts:
        count = still @ fact.has
        fits &= (fact.least <= count) & (count <= fact.most)
    yield from still[fits]


def _enough(way: Way, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Both leave a place where somebody is, and do not merely change places."""
    both = (start[0] == start[1]) & (end[1] != start[1])
    return np.asarray((way[start[0]] > both) & ((start[0] != end[1]) | (start[1] != end[0])))


def _keeps(way: Way, start: np.ndarray, end: np.ndarray, room: Room) -> np.ndarray:
    places = np.arange(len(way))
    total = way @ places + (end - start).sum(axis=0)
    squares = way @ places**2 + (end**2 - start**2).sum(axis=0) - total**2 / way.sum()
    fits: np.ndarray = (room.sums[0] <= total) & (total <= room.sums[1])
    fits &= (room.squares[0] <= squares) & (squares <= room.squares[1])
    for fact in room.facts:
        has = fact.has.astype(int)
        count = has @ way + (has[end] - has[start]).sum(axis=0)
        fits &= (fact.least <= count) & (count <= fact.most)
    return fits


@cache
def _stills(values: int) -> np.ndarray:
    """Moves of people that change neither their number, the sum nor the sum of squares."""
    moves = []
    for move in STILL:
        for apart in range(1, NEAR + 1):
            spread = np.zeros((len(move) - 1) * apart + 1, dtype=int)
            spread[::apart] = move
            places = range(values - len(spread) + 1)
            moves += [np.pad(spread, (first, values - len(spread) - first)) for first in places]
    return np.array([*moves, *(-one for one in moves)], dtype=int).reshape(2 * len(moves), values)
