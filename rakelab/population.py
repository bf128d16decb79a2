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
