"""Statistics of released tables: shares with intervals, differences, means, a model. Never rows.

Everything is computed from released cells, so a hidden cell hides whatever is made of it. Intervals are 95 %.
Sources: Wilson 1927 for a share; Newcombe 1998 (method 10) for a difference of independent shares; Holm 1979 for
several comparisons; Student's t for a mean. Under ``INDICATIVE_BASE`` people a figure is indicative only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from typing import Any

from rakelab.cells import HIDDEN, TOTAL, Cell, Key, Pair, Released, State, is_other, join, other_than, shown

#: A share of fewer people than this is called indicative ("suuntaa antava").
INDICATIVE_BASE = 30
LEVEL = 0.95


@dataclass(frozen=True)
class Proportion:
    """A share (0–1) of a base with its Wilson interval; all hidden where the count or the base is."""

    count: Cell
    base: Cell
    share: Cell
    low: Cell
    high: Cell
    indicative: bool


def proportion(table: Released, row: Key, column: Key = TOTAL) -> Proportion:
    """The share of ``row`` in the group ``column``."""
    count, base = table[join(row, column)], table[table.view.base(column, row)]
    indicative = base.known and (base.value or 0) < INDICATIVE_BASE
    if not (count.known and base.known):
        return Proportion(count, base, HIDDEN, HIDDEN, HIDDEN, indicative)
    if base.state is State.ZERO:
        nothing = Cell(State.MISSING)
        return Proportion(count, base, nothing, nothing, nothing, indicative)
    low, high = wilson(int(count.value or 0), int(base.value or 0))
    return Proportion(count, base, count / base, shown(low), shown(high), indicative)


@cache
def wilson(count: int, base: int) -> tuple[float, float]:
    """Wilson's score interval, without continuity correction."""
    from scipy.stats import binomtest  # lazy: the command line's help must stay quick

    found = binomtest(count, base).proportion_ci(LEVEL, method="wilson")
    return float(found.low), float(found.high)


@dataclass(frozen=True)
class Difference:
    """Share in group ``b`` less the share in group ``a``, with Newcombe's interval.

    ``p`` is Fisher's exact test, ``adjusted`` the same after Holm over the rows compared together; ``marked`` says
    that the adjusted value is below 0.05.
    """

    table: Released
    row: Key
    a: Key
    b: Key
    difference: Cell
    low: Cell
    high: Cell
    p: float | None
    adjusted: float | None
    marked: bool
    indicative: bool


@dataclass(frozen=True)
class Comparison(Sequence[Difference]):
    """The differences of one table between two of its groups; empty where the table has not two groups."""

    table: Released
    rows: tuple[Difference, ...] = ()

    def __getitem__(self, i: Any) -> Any:
        return self.rows[i]

    def __len__(self) -> int:
        return len(self.rows)


def compare(table: Released, a: str = "", b: str = "") -> Comparison:
    """Group ``b`` less group ``a`` (levels of the table's grouping); unnamed, they are the last and the first other.

    Empty when the table has only one group, or a named one was joined to another because it is small.
    """
    groups = {one[0][1]: one for one in table.view.columns if one and not _is_missing(table, one)}
    b = b or next(reversed([name for name in groups if name != a]), "")
    a = a or next((name for name in groups if name != b), "")
    wanted = (a, b)
    if not set(wanted) <= set(groups) or a == b:
        return Comparison(table)
    return Comparison(table, differences(table, *(groups[name] for name in wanted)))


def differences(table: Released, a: Key, b: Key) -> tuple[Difference, ...]:
    """Every substantive row of ``table`` compared between two groups that share nobody (years, municipalities)."""
    rows = [row for row in table.view.rows if not _is_missing(table, row)]
    found = [_difference(table, row, a, b) for row in rows]
    adjusted = holm([one.p for one in found])
    return tuple(_marked(one, p) for one, p in zip(found, adjusted, strict=True))


def _is_missing(table: Released, row: Key) -> bool:
    return any(level in table.variables[name].missing for name, level in row)


def _difference(table: Released, row: Key, a: Key, b: Key) -> Difference:
    first, second = proportion(table, row, a), proportion(table, row, b)
    indicative = first.indicative or second.indicative
    gap = second.share - first.share
    if not gap.known:
        return Difference(table, row, a, b, gap, gap, gap, None, None, False, indicative)
    low, high = newcombe(first, second)
    return Difference(
        table, row, a, b, gap, shown(low), shown(high), _fisher(first, second), None, False, indicative
    )  # fmt: skip


def _marked(one: Difference, adjusted: float | None) -> Difference:
    return replace(one, adjusted=adjusted, marked=adjusted is not None and adjusted < 1 - LEVEL)


def newcombe(first: Proportion, second: Proportion) -> tuple[float, float]:
    """Newcombe's hybrid score interval (method 10) of ``second − first``."""
    from statsmodels.stats.proportion import confint_proportions_2indep

    counts = [int(cell.value or 0) for cell in (second.count, second.base, first.count, first.base)]
    low, high = confint_proportions_2indep(*counts, compare="diff", method="newcomb", alpha=1 - LEVEL)
    return float(low), float(high)


def _fisher(first: Proportion, second: Proportion) -> float:
    from scipy.stats import fisher_exact

    pairs = [(int(one.count.value or 0), int(one.base.value or 0)) for one in (first, second)]
    return float(fisher_exact([[k, n - k] for k, n in pairs]).pvalue)


def holm(values: Sequence[float | None]) -> list[float | None]:
    """Holm's step-down adjustment; None (a hidden comparison) stays None and does not count."""
    order = sorted((p, i) for i, p in enumerate(values) if p is not None)
    adjusted: list[float | None] = [None] * len(values)
    highest = 0.0
    for rank, (p, i) in enumerate(order):
        highest = max(highest, min(1.0, p * (len(order) - rank)))
        adjusted[i] = highest
    return adjusted


@dataclass(frozen=True)
class MeanEstimate:
    """A mean with Student's t interval; hidden where the distribution it summarises is."""

    mean: Cell
    low: Cell
    high: Cell
    base: Cell
    indicative: bool


def mean(table: Released, column: Key = TOTAL, row: Key | None = None) -> MeanEstimate:
    """The released mean of one group, in the unit of the variable; ``row`` where the table has several."""
    one = join(table.view.rows[0] if row is None else row, column)
    if one not in table.means:  # nobody there has the number, or one person
        nothing = Cell(State.MISSING)
        return MeanEstimate(nothing, nothing, nothing, nothing, indicative=False)
    found = table.means[one]
    base = table[one]
    if not (found.mean.known and base.known):
        return MeanEstimate(HIDDEN, HIDDEN, HIDDEN, base, indicative=False)
    from scipy.stats import t

    n = int(base.value or 0)
    margin = float(t.ppf((1 + LEVEL) / 2, n - 1)) * (found.sd.value or 0) / n**0.5
    centre = found.mean.value or 0.0
    return MeanEstimate(found.mean, shown(centre - margin), shown(centre + margin), base, n < INDICATIVE_BASE)


@dataclass(frozen=True)
class Effect:
    """How much more probable the outcome is at ``level`` than at ``reference``, on average (−1 … 1)."""

    variable: str
    level: str
    reference: str
    effect: Cell
    low: Cell
    high: Cell
    p: float | None


@dataclass(frozen=True)
class Effects:
    """A logistic model's average marginal effects, fitted on released counts.

    ``left_out`` are factors that hidden counts kept out; ``rows`` are empty where no model could be fitted.
    """

    table: Released
    outcome: str
    level: str
    rows: tuple[Effect, ...]
    base: Cell
    left_out: tuple[str, ...]


def effects(table: Released) -> Effects:
    """What goes together with the outcome, all else equal: average marginal effects (delta method).

    ``table`` counts the combinations of having or not having the outcome and some factors (``measure.crossed``). The
    model takes the most factors whose counts are all released.
    """
    outcome = table.view.rows[0]
    outcome_pair = next(pair for pair in outcome if pair[0] == table.view.variable)
    factors = [pair for pair in dict.fromkeys(p for row in table.view.rows for p in row) if _factor(pair, outcome_pair)]
    for size in range(len(factors), 0, -1):
        for kept in combinations(factors, size):
            patterns = _patterns(table, {outcome_pair[0], *(name for name, _ in kept)})
            rows = _fit(patterns, outcome_pair, kept) if patterns else ()
            if rows:
                left_out = tuple(name for name, _ in factors if name not in dict(kept))
                return Effects(table, *outcome_pair, rows, shown(sum(patterns.values())), left_out)
    return Effects(table, *outcome_pair, (), HIDDEN, tuple(name for name, _ in factors))


def _factor(pair: Pair, outcome: Pair) -> bool:
    return pair[0] != outcome[0] and not is_other(pair[1])


def _patterns(table: Released, names: set[str]) -> dict[Key, int]:
    """Counts of every combination of exactly these variables; empty where one is hidden."""
    rows = [row for row in table.view.rows if {name for name, _ in row} == names]
    if not all(table[row].known for row in rows):
        return {}
    return {row: int(table[row].value or 0) for row in rows}


def _fit(patterns: dict[Key, int], outcome: Pair, factors: Sequence[Pair]) -> tuple[Effect, ...]:
    import numpy as np

    people = np.array(list(patterns.values()))
    succeeded = np.array([outcome in pattern for pattern in patterns], dtype=float)
    has = [[factor in pattern for pattern in patterns] for factor in factors]
    design = np.column_stack([np.ones(len(people)), *np.array(has, dtype=float)])
    told = _margins(np.repeat(succeeded, people), np.repeat(design, people, axis=0))
    return tuple(
        Effect(name, level, other_than((name, level))[1], shown(effect), shown(low), shown(high), p)
        for (name, level), (effect, low, high, p) in zip(factors, told, strict=False)
    )


def _margins(outcome: Any, design: Any) -> list[tuple[float, ...]]:
    """(effect, low, high, p) of each factor; nothing where no model can be fitted (separation, no variation)."""
    import warnings

    from numpy.linalg import LinAlgError
    from statsmodels.discrete.discrete_model import Logit
    from statsmodels.tools.sm_exceptions import ModelWarning, PerfectSeparationError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ModelWarning)
            warnings.simplefilter("error", RuntimeWarning)
            margins = Logit(outcome, design).fit(disp=0).get_margeff(dummy=True)
    except (LinAlgError, PerfectSeparationError, ModelWarning, RuntimeWarning):
        return []
    limits = margins.conf_int(alpha=1 - LEVEL)
    return [(float(e), float(low), float(high), float(p))
            for e, (low, high), p in zip(margins.margeff, limits, margins.pvalues, strict=True)]  # fmt: skip
