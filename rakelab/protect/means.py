"""Which means and statistics go out: none of few people, none that gives a small count away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil, floor, inf, isinf

import numpy as np

from rakelab.cells import HIDDEN, TOTAL, Cell, Counted, Judged, Key, Mean, Moments, State, Tally, View, join, shown
from rakelab.formulas import Summary, summary, wilcoxon_counted
from rakelab.protect.lattice import Known, Rule, gives_away
from rakelab.protect.margins import Compared, Margins, families, p_below, to_step
from rakelab.protect.policy import Policy

Cells = Mapping[Key, Cell]
#: A smaller deviation is the rounding of computers: all are alike.
ALIKE = 1e-9


@dataclass(frozen=True)
class Telling:
    """How finely each mean of a report is told, which are told at all, what is said beside them, and beside which the
    ``p`` of ranks may stand."""

    fine: Mapping[Key, float]
    told: frozenset[Key]
    ranked: frozenset[Key]
    margins: Margins

    def mean(self, one: Key, moments: Moments) -> Mean:
        if one not in self.told:
            return Mean(HIDDEN, HIDDEN)
        (mean, sd), (low, high) = map(shown, rounded(moments, self.fine[one])), self.margins.ends(one)
        return Mean(mean, sd, low, high)

    def judged(self, tally: Tally, view: View) -> dict[Compared, Judged]:
        """What is said of the changes and differences of a table, as it is laid out outside."""
        every = (self.margins.judged(family) for family in families(view, tally.variables))
        return {compared: said for found in every for compared, said in found.items()}


def telling(tallies: Sequence[Tally], cells: Cells, policy: Policy, barred: frozenset[Key] = frozenset()) -> Telling:
    """A mean is told where its base is and is no smaller than the threshold; where the counts that it summarises are
    told, if there are any; where people differ; and where no small count can be worked out from it. Groups are told
    beside the mean of everybody only if that and every group's mean is: a hidden one could be worked out. ``barred``
    are means that earlier releases would open."""
    homes = {one: tally for tally in tallies for one in tally.moments}  # a mean may stand in two tables
    moments = {one: tally.moments[one] for one, tally in homes.items()}
    fine = {one: step(moments[one].sd, tally.counts[one]) for one, tally in homes.items()}
    about = _About(cells, policy, fine, moments)
    able = {one for one, tally in homes.items() if one not in barred and _tellable(about, tally, one)}
    told = frozenset(able - _beside_hidden([tally for tally in tallies if tally.moments], able))
    margins = _margins(about, told, homes, tallies)
    beside = replace(about, margins=margins)
    ranked = frozenset(one for one in margins.known if _rankable(beside, homes[one], one))
    return Telling(fine, frozenset(margins.known), ranked, margins)


def _margins(about: "_About", told: frozenset[Key], homes: Mapping[Key, Tally], tallies: Sequence[Tally]) -> Margins:
    """What is said beside the means, of those that are still told when all of that is known."""
    with_means = [tally for tally in tallies if tally.moments]
    compared = [family for tally in with_means for family in families(tally.view, tally.variables)]
    while True:
        known = {one: about.summary(one, homes[one].counts[one]) for one in told}
        margins = Margins(known, about.fine, compared)
        beside = replace(about, margins=margins)
        able = {one for one in told if not beside.gives_away(one, beside.rule(one, homes[one]))}
        still = frozenset(able - _beside_hidden(with_means, able))
        if still == told:
            return margins
        told = still


@dataclass(frozen=True)
class _About:
    """What a report knows of its means, and of what else it tells."""

    cells: Cells
    policy: Policy
    fine: Mapping[Key, float]
    moments: Mapping[Key, Moments]
    margins: Margins | None = None

    def summary(self, one: Key, n: int) -> Summary:
        told = self.moments[one]
        if not told.counts:
            return Summary(told.mean, told.sd, n)
        return summary(np.array(list(told.counts)), np.array(list(told.counts.values())))

    def rounded(self, one: Key) -> tuple[float, float]:
        return rounded(self.moments[one], self.fine[one])

    def gives_away(self, one: Key, rule: Rule) -> bool:
        return gives_away(self.rounded(one), self.fine[one], self.moments[one].grid, rule)

    def rule(self, one: Key, tally: Tally) -> Rule:
        n, moments = tally.counts[one], self.moments[one]
        known = [self._known(counted, n) for counted in moments.counted if self._told(counted.at)]
        agrees = partial(self.margins.agrees, one) if self.margins else None
        return Rule(n, least(self.policy, one, tally), known, self.between(one), moments.counts, agrees)

    def _told(self, one: Key) -> bool:
        return one in self.cells and self.cells[one].known

    def _known(self, counted: Counted, n: int) -> Known:
        """A count of more people is the most there can be of these, and tells the least: all others may be in it."""
        told = int(self.cells[counted.at].value or 0)
        return Known(counted.low, counted.high, max(0, told - counted.more), min(told, n))

    def between(self, one: Key) -> tuple[float, float]:
        """What other means of the same people leave for this one."""
        parts = self.moments[one].parts
        if not parts or not all(two in self.fine for two, _ in parts):
            return -inf, inf
        ends = [sorted(sign * end for end in self._span(two)) for two, sign in parts]
        return sum(low for low, _ in ends), sum(high for _, high in ends)

    def _span(self, one: Key) -> tuple[float, float]:
        """Between what a mean lies, as far as is told."""
        mean, half = self.rounded(one)[0], self.fine[one] / 2
        if self.margins is None or one not in self.margins.known:
            return mean - half, mean + half
        low, high = self.margins.span(one)
        return max(low, mean - half), min(high, mean + half)


def step(sd: float, n: int) -> float:
    """How finely a mean and its deviation are told: 0.1, or 0.01 where that is more than a quarter of the standard
    error."""
    return 0.01 if ALIKE < sd < 0.4 * n**0.5 else 0.1


def rounded(moments: Moments, fine: float) -> tuple[float, float]:
    return to_step(moments.mean, fine), to_step(moments.sd, fine)


def _tellable(about: _About, tally: Tally, one: Key) -> bool:
    rule = about.rule(one, tally)
    if not all(two in about.cells and about.cells[two].known for two in (one, *tally.distribution)):
        return False
    if rule.n < rule.threshold or about.moments[one].sd <= ALIKE:
        return False
    return not about.gives_away(one, rule)


def _rankable(about: _About, tally: Tally, one: Key) -> bool:
    """The class of Wilcoxon's p, where there is one, gives no small count away either."""
    p = tally.statistics.get((one, "p"))
    if p is None:
        return False

    rule = about.rule(one, tally)

    def agrees(values: np.ndarray, people: np.ndarray) -> bool:
        found = wilcoxon_counted(np.round(values, 9), people)
        same = found is not None and p_below(found.p) == p_below(p)
        return same and (rule.agrees is None or rule.agrees(values, people))

    return not about.gives_away(one, replace(rule, agrees=agrees))


#: The mean and the spread of three people can give all three away, whatever the threshold.
FEWEST = 5


def least(policy: Policy, one: Key, tally: Tally) -> int:
    """How many people there must be behind a number that is no count."""
    return max(policy.of(one, tally.variables, tally.account.population), FEWEST)


def _beside_hidden(tallies: Iterable[Tally], able: set[Key]) -> set[Key]:
    """The groups' means of a row whose total is in the report, where any of them cannot be told."""
    tallies = list(tallies)
    whole = {row for tally in tallies if TOTAL in tally.view.columns for row in tally.view.rows}
    size = {one: n for tally in tallies for one, n in tally.counts.items()}
    barred: set[Key] = set()
    for tally in tallies:
        for row in whole.intersection(tally.view.rows):
            groups = [join(row, column) for column in tally.view.columns if column]
            people = [one for one in (*groups, row) if size.get(one, 0)]
            barred |= set(groups) if any(one not in able for one in people) else set()
    return barred


def statistics(tally: Tally, cells: Cells, policy: Policy, means: Telling) -> dict[tuple[Key, str], Cell]:
    """Named numbers whose base goes out and is not too small, and whose mean, where they have one, does.

    One that cannot be computed (None) is hidden, because that says that everybody is alike; without a limit (infinity)
    is missing.
    """
    coders = any(name == "kappa" for _, name in tally.statistics)

    def told(one: Key, name: str) -> bool:
        fewest = max(least(policy, one, tally), 0 if coders else FEWEST_OF.get(name, 0))
        allowed = means.ranked if name == "p" else means.told
        return cells[one].known and tally.counts[one] >= fewest and (one not in tally.moments or one in allowed)

    return {
        (one, name): _statistic(name, value, coders=coders) if told(one, name) else HIDDEN
        for (one, name), value in tally.statistics.items()
    }


#: Of fewer people these are not told, whatever the threshold (docs/protection.md says why): Cronbach's alpha, a median
#: time and its limits.
FEWEST_OF = {"alpha": 20, "median": 11, "low": 11, "high": 11}


def _statistic(name: str, value: float | None, *, coders: bool) -> Cell:
    """As coarsely as is good enough: p in classes; coefficients of two coders to one decimal, their limits outwards;
    all else to two. Finer ones could be read back."""
    if value is None:
        return HIDDEN
    if isinf(value):
        return Cell(State.MISSING)
    if name == "p":
        return shown(p_below(value))
    if coders and name.startswith(("kappa", "alpha")):
        whole = {"low": floor, "high": ceil}.get(name.partition("_")[2], round)
        return shown(whole(round(value * 10, 6)) / 10)
    return shown(round(value, 2))
