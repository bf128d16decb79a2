"""Who is counted: what everybody in a report is known to be, which the rule asks of them like what a cell says."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Trait:
    """What the rule asks of one variable that everybody in a report is known by: the variable of a selection, the
    region of a file that holds one region only."""

    name: str
    sensitivity: str = ""
    role: str = ""
    threshold: int = 0


#: Health, violence, crime (GDPR 9 and 10).
SENSITIVE = frozenset(("health", "violence", "crime"))
Population = frozenset[Trait]
EVERYBODY: Population = frozenset()


def regional(population: Population) -> bool:
    """Everybody is known to be of one region, or of those that a selection named."""
    return any(trait.role == "region" for trait in population)


def sensitive(population: Population) -> bool:
    """Everybody is known by something sensitive."""
    return any(trait.sensitivity in SENSITIVE for trait in population)


@dataclass(frozen=True, repr=False, eq=False)
class People:
    """Who is counted, row by row (inside the wall): the row's number in its ``table`` (by the check sum of the file),
    and a digest of what the file says of that person. ``alike`` pairs each variable that chose them with the levels
    that they have."""

    table: str
    places: np.ndarray
    contents: np.ndarray
    alike: tuple[tuple[str, frozenset[str]], ...] = ()
