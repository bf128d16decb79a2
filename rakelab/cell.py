"""One released number, or the reason why there is none: ``Cell``, which everybody imports from ``cells``."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """What a published place can be; never pooled."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    ZERO = "zero"
    MISSING = "missing"


class Quantity(StrEnum):
    """What a cell of a table is: a count, or the base of a mean, or of numbers that have names."""

    COUNT = "count"
    MEAN = "mean"
    STATISTIC = "statistic"


class Sign(StrEnum):
    """How a sum stands to its value."""

    EQUAL = "=="
    AT_MOST = "<="


MARKERS = {State.HIDDEN: "··", State.MISSING: "–", State.ZERO: "0"}


@dataclass(frozen=True)
class Cell:
    """One released number, or the reason why there is none. Arithmetic with a hidden cell is hidden."""

    state: State
    value: float | None = None

    def __str__(self) -> str:
        return f"{self.value:.12g}" if self.state is State.SHOWN else MARKERS[self.state]

    @property
    def known(self) -> bool:
        return self.state in (State.SHOWN, State.ZERO)

    @property
    def number(self) -> float:
        """The value of a known cell. Raises TypeError for one that is not."""
        if self.value is None:
            raise TypeError(self.state)
        return self.value

    def _with(self, other: "Cell | float", act: Any) -> "Cell":
        mine, theirs = self, other if isinstance(other, Cell) else shown(other)
        states = {mine.state, theirs.state}
        for state in (State.HIDDEN, State.MISSING):
            if state in states:
                return Cell(state)
        return shown(act(mine.value, theirs.value))

    def __add__(self, other: "Cell | float") -> "Cell":
        return self._with(other, lambda a, b: a + b)

    def __sub__(self, other: "Cell | float") -> "Cell":
        return self._with(other, lambda a, b: a - b)

    def __mul__(self, other: "Cell | float") -> "Cell":
        return self._with(other, lambda a, b: a * b)

    def __truediv__(self, other: "Cell | float") -> "Cell":
        if isinstance(other, Cell) and other.state is State.ZERO and self.known:
            return Cell(State.MISSING)
        return self._with(other, lambda a, b: a / b)

    __radd__ = __add__
    __rmul__ = __mul__


#: Held by what only the wall and the archive make.
TOKEN = object()

HIDDEN = Cell(State.HIDDEN)
NOTHING = Cell(State.MISSING)


def shown(value: float) -> Cell:
    """A cell that shows ``value``; zero has a state of its own."""
    return Cell(State.SHOWN, value) if value else Cell(State.ZERO, 0)


@dataclass(frozen=True)
class Mean:
    """A released mean with its standard deviation and the ends of its 95 % interval; the cell of the same key is its
    base."""

    mean: Cell
    sd: Cell
    low: Cell = HIDDEN
    high: Cell = HIDDEN


@dataclass(frozen=True)
class Judged:
    """What the wall says of a mean change, or of a difference of two means: its 95 % interval, the end of the class of
    its p, its size (the difference; a change in its own standard deviations), and whether it is beyond chance after
    Holm's adjustment over a ``family`` of so many."""

    low: Cell
    high: Cell
    p: Cell
    size: Cell
    beyond: bool
    family: int
