"""The rule: when a count is too small to be shown. One place, no off switch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rakelab.cells import Key, Pair, Tally, Variable
from rakelab.errors import UsageError, WallError
from rakelab.population import EVERYBODY, SENSITIVE, Population, Trait

#: Nobody can go below this (Statistics Finland's limit for units in business statistics).
FLOOR = 3


@dataclass(frozen=True)
class Policy:
    """Counts 1 … ``threshold`` − 1 are hidden, and so is a cell whose rest of the base is that small.

    ``sensitive_threshold`` holds where health, violence or crime meets a region, in the cell's own name or in what
    everybody in the report is known to be. A codebook may raise either for a
    variable, never lower it. Raises UsageError below the floor of three.
    """

    threshold: int = 5
    sensitive_threshold: int = 10

    def __post_init__(self) -> None:
        limits = (self.threshold, self.sensitive_threshold)
        if not all(isinstance(one, int) for one in limits) or min(limits) < FLOOR:
            raise UsageError("protect.below_floor", floor=FLOOR)

    def of(self, one: Key, variables: Mapping[str, Variable], population: Population = EVERYBODY) -> int:
        """The threshold of one cell of a ``population``, and of a number with so many people behind it: a mean, a
        median. What the people are known to be counts like what the cell says of them."""
        met: list[Trait | Variable] = [*population, *(variables[name] for name, _ in one if name in variables)]
        regional = any(variable.role == "region" for variable in met)
        sensitive = any(is_sensitive(variable) for variable in met)
        start = max(self.threshold, self.sensitive_threshold) if regional and sensitive else self.threshold
        return max([start, *(variable.threshold for variable in met)])

    def as_dict(self) -> dict[str, int]:
        """The rule in plain numbers, for the page and for audit."""
        return {"threshold": self.threshold, "sensitive_threshold": max(self.threshold, self.sensitive_threshold),
                "floor": FLOOR}  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """The rule in one report: a policy, its variables, and what everybody counted is known to be."""

    policy: Policy
    variables: Mapping[str, Variable]
    population: Population

    def of(self, one: Key) -> int:
        return self.policy.of(one, self.variables, self.population)


def is_open(pairs: Iterable[Pair], variables: Mapping[str, Variable]) -> bool:
    """All ``pairs`` tell of the collecting of data (who left a question blank), so their counts may be small."""
    pairs = list(pairs)
    return bool(pairs) and all(name in variables and level in variables[name].open for name, level in pairs)


def is_sensitive(variable: Variable | Trait) -> bool:
    """Health, violence, crime."""
    return variable.sensitivity in SENSITIVE


def variables_of(tallies: Iterable[Tally]) -> dict[str, Variable]:
    """All variables of a report. Raises WallError where one was merged between two tables."""
    found: dict[str, Variable] = {}
    for tally in tallies:
        for name, variable in tally.variables.items():
            if found.setdefault(name, variable).levels.keys() != variable.levels.keys():
                raise WallError("protect.two_counts", table=tally.view.id)
    return found
