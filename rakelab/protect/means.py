"""Which means and statistics go out: none of few people, none that gives a small count away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor, inf, isinf, log10

from rakelab.cells import HIDDEN, TOTAL, Cell, Key, Mean, Moments, State, Tally, join, shown
from rakelab.protect.lattice import Rule, gives_away
from rakelab.protect.policy import Policy

Cells = Mapping[Key, Cell]
#: A smaller deviation is the rounding of computers: all are alike.
ALIKE = 1e-9


@dataclass(frozen=True)
class Telling:
    """How finely each mean of a report is told, and which are told at all."""

    fine: Mapping[Key, float]
    told: frozenset[Key]

    def mean(self, one: Key, moments: Moments) -> Mean:
        if one not in self.told:
            return Mean(HIDDEN, HIDDEN)
        return Mean(*map(shown, rounded(moments, self.fine[one])))


def telling(tallies: Sequence[Tally], cells: Cells, policy: Policy) -> Telling:
    """A mean is told where its base is and is no smaller than the threshold; where the counts that it summarises are
    told, if there are any; where people differ; and where no small count can be worked out from it. Groups are told
    beside the mean of everybody only if that and every group's mean is: a hidden one could be worked out."""
    tallies = [tally for tally in tallies if tally.moments]
    fine: dict[Key, float] = {}
    for tally in tallies:
        for column in tally.view.columns:
            step = _fineness(tally, column)
            fine |= {one: max(step, fine.get(one, 0)) for one in _of(tally, column)}
    homes = {one: tally for tally in tallies for one in tally.moments}  # a mean may stand in two tables
    about = _Known(cells, policy, fine, {one: tally.moments[one] for one, tally in homes.items()})
    able = {one for one, tally in homes.items() if _tellable(about, tally, one)}
    return Telling(fine, frozenset(able - _beside_hidden(tallies, able)))


@dataclass(frozen=True)
class _Known:
    """What a report knows of its means, and of what else it tells."""

    cells: Cells
    policy: Policy
    fine: Mapping[Key, float]
    moments: Mapping[Key, Moments]

    def rounded(self, one: Key) -> tuple[float, float]:
        return rounded(self.moments[one], self.fine[one])

    def counts(self, one: Key) -> dict[float, int]:
        """How many have some values, where another table tells it."""
        told = [(value, self.cells.get(two)) for value, two in self.moments[one].counted]
        return {value: int(cell.value or 0) for value, cell in told if cell is not None and cell.known}

    def between(self, one: Key) -> tuple[float, float]:
        """What other means of the same people leave for this one."""
        parts = self.moments[one].parts
        if not parts or not all(two in self.fine for two, _ in parts):
            return -inf, inf
        middle = sum(sign * self.rounded(two)[0] for two, sign in parts)
        slack = sum(self.fine[two] for two, _ in parts) / 2
        return middle - slack, middle + slack


def _of(tally: Tally, column: Key) -> list[Key]:
    """The means of one column."""
    keys = (join(row, column) for row in tally.view.rows)
    return [one for one in keys if one in tally.moments]


def _fineness(tally: Tally, column: Key) -> float:
    """How finely the means of a column are told: as its coarsest, so that a table reads evenly."""
    return max((step(tally.moments[one].sd, tally.counts[one]) for one in _of(tally, column)), default=0.1)


def step(sd: float, n: int) -> float:
    """How finely a mean and its deviation are told: a power of ten at most a quarter of the standard error, and 0.1."""
    error = sd / n**0.5
    return float(min(0.1, 10.0 ** floor(log10(error / 4)))) if sd > ALIKE else 0.1


def rounded(moments: Moments, fine: float) -> tuple[float, float]:
    decimals = -round(log10(fine))
    return round(moments.mean, decimals), round(moments.sd, decimals)


def _tellable(about: _Known, tally: Tally, one: Key) -> bool:
    n, moments, least = tally.counts[one], tally.moments[one], _least(about.policy, one, tally)
    if not all(two in about.cells and about.cells[two].known for two in (one, *tally.distribution)):
        return False
    if n < least or moments.sd <= ALIKE:
        return False
    rule = Rule(n, least, about.counts(one), about.between(one))
    return not gives_away(about.rounded(one), about.fine[one], moments.grid, rule)


#: The mean and the spread of three people can give all three away, whatever the threshold.
FEWEST = 5


def _least(policy: Policy, one: Key, tally: Tally) -> int:
    """How many people there must be behind a number that is no count."""
    return max(policy.of(one, tally.variables, tally.account.population), FEWEST)


def _beside_hidden(tallies: Iterable[Tally], able: set[Key]) -> set[Key]:
    """The groups' means of a row whose total is in the report, where any of them cannot be told."""
    tallies = list(tallies)
    whole = {row for tally in tallies if TOTAL in tally.view.columns for row in tally.view.rows}
    barred: set[Key] = set()
    for tally in tallies:
        for row in whole.intersection(tally.view.rows):
            groups = [join(row, column) for column in tally.view.columns if column]
            people = [one for one in (*groups, row) if tally.counts.get(one, 0)]
            barred |= set(groups) if any(one not in able for one in people) else set()
    return barred


def statistics(tally: Tally, cells: Cells, policy: Policy, means: Telling) -> dict[tuple[Key, str], Cell]:
    """Named numbers whose base goes out and is not too small, and whose mean, where they have one, does.

    One that cannot be computed (None) is hidden, because that says that everybody is alike; without a limit (infinity)
    is missing.
    """
    bases = {one for one, _ in tally.statistics}
    enough = {one for one in bases if cells[one].known and tally.counts[one] >= _least(policy, one, tally)}
    told = {one for one in enough if one not in tally.moments or one in means.told}
    return {(one, name): _statistic(name, value, told=one in told) for (one, name), value in tally.statistics.items()}


#: A smaller p is told as this: of few people the exact one can say that all moved one way.
SMALLEST = 0.0009


def _statistic(name: str, value: float | None, *, told: bool) -> Cell:
    """As coarsely as articles print it: p to two digits, all else to two decimals; finer ones could be read back."""
    if not told or value is None:
        return HIDDEN
    if isinf(value):
        return Cell(State.MISSING)
    return shown(float(f"{max(value, SMALLEST):.2g}") if name == "p" else round(value, 2))
