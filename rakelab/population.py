"""Who is counted: what everybody in a report is known to be, which the rule asks of them like what a cell says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trait:
    """What the rule asks of one variable that everybody in a report is known by: the variable of a selection, the
    region of a file that holds one region only."""

    name: str
    sensitivity: str = ""
    role: str = ""
    threshold: int = 0


Population = frozenset[Trait]
EVERYBODY: Population = frozenset()
