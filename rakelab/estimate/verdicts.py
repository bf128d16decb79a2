"""One room words verdicts: what is beyond chance, which way, and among how many comparisons.

Every sentence, mark, figure and gathered page asks a ``Verdict``; none makes its own. *Beyond chance* means one thing:
p is below 0.05 after Holm's adjustment over the family, the comparisons that are told together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from rakelab.cells import Cell
from rakelab.formulas import holm

Compared = TypeVar("Compared", bound=Any)

#: Below this an adjusted p is beyond chance.
ALPHA = 0.05


class Turn(StrEnum):
    """Where a number went, beyond chance."""

    UP = "up"
    DOWN = "down"
    STILL = "still"
    UNKNOWN = "unknown"  # hidden, or nothing to compare it with


class Method(StrEnum):
    """The test behind a verdict."""

    FISHER = "fisher"
    WELCH = "welch"
    STUDENT = "student"
    POISSON = "poisson"
    MODEL = "model"


@dataclass(frozen=True)
class Verdict:
    """What can be said of one comparison among a ``family`` of so many."""

    turn: Turn
    family: int
    method: Method

    @property
    def beyond(self) -> bool:
        return self.turn in (Turn.UP, Turn.DOWN)

    @property
    def known(self) -> bool:
        return self.turn is not Turn.UNKNOWN


def verdict(difference: Cell, family: int, method: Method, *, beyond: bool | None, nothing: float = 0.0) -> Verdict:
    """The verdict on a ``difference`` from ``nothing``; ``beyond`` is None where there was no test. A ratio without a
    value has no upper limit: there were none before."""
    if beyond is None:
        return Verdict(Turn.UNKNOWN, family, method)
    if not beyond:
        return Verdict(Turn.STILL, family, method)
    rises = not difference.known or (difference.value or 0.0) > nothing
    return Verdict(Turn.UP if rises else Turn.DOWN, family, method)


def judged(rows: Sequence[Compared], method: Method, size: str, nothing: float = 0.0) -> tuple[Compared, ...]:
    """Comparisons that are told together, each with its p after Holm (``adjusted``) and the verdict on its ``size``."""
    after = holm([row.p for row in rows])
    family = sum(p is not None for p in after)
    return tuple(
        replace(row, adjusted=p, verdict=of_p(getattr(row, size), p, family, method, nothing))
        for row, p in zip(rows, after, strict=True)
    )


def of_p(difference: Cell, adjusted: float | None, family: int, method: Method, nothing: float = 0.0) -> Verdict:
    """As ``verdict``, where the adjusted p is known."""
    beyond = None if adjusted is None else adjusted < ALPHA
    return verdict(difference, family, method, beyond=beyond, nothing=nothing)
