"""Statistics of released tables: shares with intervals, differences, means, a model. Never rows.

Everything is computed from released cells, so a hidden cell hides whatever is made of it. Intervals are 95 %.
Sources: Wilson 1927 for a share; Newcombe 1998 (method 10) for a difference of independent shares; Holm 1979 for
several comparisons; Student's t for a mean. Under ``INDICATIVE_BASE`` people a figure is indicative only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from rakelab.cells import HIDDEN, TOTAL, Cell, Key, Released, State, join, shown

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
    count, base = table[join(row, column)], table[column]
    indicative = base.known and (base.value or 0) < INDICATIVE_BASE
    if not (count.known and base.known):
        return Proportion(count, base, HIDDEN, HIDDEN, HIDDEN, indicative)
    if base.state is State.ZERO:
        nothing = Cell(State.MISSING)
        return Proportion(count, base, nothing, nothing, nothing, indicative)
    low, high = wilson(int(count.value or 0), int(base.value or 0))
    return Proportion(count, base, count / base, shown(low), shown(high), indicative)


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
    """Group ``b`` less group ``a`` (levels of the table's grouping); without names, the last less the first.

    Empty when the table has only one group, or a named one was joined to another because it is small.
    """
    groups = {one[0][1]: one for one in table.view.columns if one and not _is_missing(table, one)}
    names = list(groups)
    wanted = (a or names[0], b or names[-1]) if len(names) > 1 else ()
    if not wanted or not set(wanted) <= set(groups) or wanted[0] == wanted[1]:
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


def mean(table: Released, column: Key = TOTAL) -> MeanEstimate:
    """The released mean of one group, in the unit of the variable."""
    found = table.means[column]
    base = table[found.base]
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

    ``left_out`` are covariates that hidden counts kept out; ``rows`` are empty where no model could be fitted.
    """

    table: Released
    outcome: str
    level: str
    rows: tuple[Effect, ...]
    base: Cell
    left_out: tuple[str, ...]


def effects(table: Released, *, level: str = "kylla") -> Effects:
    """What goes together with ``outcome == level``, all else equal: average marginal effects (delta method).

    ``table`` counts every combination of the outcome (its variable) and the covariates. The model takes the most
    covariates whose counts are all released; people with a missing level are not in it.
    """
    outcome = table.view.variable
    covariates = tuple(dict.fromkeys(name for row in table.view.rows for name, _ in row if name != outcome))
    for size in range(len(covariates), 0, -1):
        for kept in combinations(covariates, size):
            patterns = _patterns(table, (outcome, *kept))
            rows = _fit(table, patterns, kept, level) if patterns else ()
            if patterns and rows:
                left_out = tuple(name for name in covariates if name not in kept)
                return Effects(table, outcome, level, rows, shown(sum(patterns.values())), left_out)
    return Effects(table, outcome, level, (), HIDDEN, covariates)


def _patterns(table: Released, names: tuple[str, ...]) -> dict[Key, int]:
    """Counts of every combination of ``names``, without missing levels; empty where one of them is hidden."""
    sums: dict[Key, Cell] = {}
    for row in table.view.rows:
        pattern = tuple(pair for pair in row if pair[0] in names)
        if not _is_missing(table, pattern):
            sums[pattern] = sums.get(pattern, shown(0)) + table[row]
    if not all(cell.known for cell in sums.values()):
        return {}
    return {pattern: int(cell.value or 0) for pattern, cell in sums.items()}


def _fit(table: Released, patterns: dict[Key, int], kept: tuple[str, ...], level: str) -> tuple[Effect, ...]:
    import numpy as np

    outcome = table.view.variable
    people = np.array(list(patterns.values()))
    succeeded = np.array([dict(pattern)[outcome] == level for pattern in patterns], dtype=float)
    columns = [(name, one, ref) for name in kept for ref, others in [_references(table, name, patterns)]
               for one in others]  # fmt: skip
    dummies = [[dict(pattern)[name] == one for pattern in patterns] for name, one, _ in columns]
    design = np.column_stack([np.ones(len(people)), *np.array(dummies, dtype=float)])
    told = _margins(np.repeat(succeeded, people), np.repeat(design, people, axis=0))
    if told is None:
        return ()
    return tuple(
        Effect(name, one, ref, shown(e), shown(low), shown(high), p)
        for (name, one, ref), (e, low, high, p) in zip(columns, told, strict=True)
    )


def _references(table: Released, name: str, patterns: dict[Key, int]) -> tuple[str, list[str]]:
    """The most common level, with which the others are compared."""
    sums: dict[str, int] = {}
    for pattern, n in patterns.items():
        one = dict(pattern)[name]
        sums[one] = sums.get(one, 0) + n
    found = [one for one in sums if sums[one]]
    reference = max(found, key=lambda one: sums[one])
    return reference, [one for one in found if one != reference]


def _margins(outcome: Any, design: Any) -> list[tuple[float, ...]] | None:
    """(effect, low, high, p) of each covariate; None where the model cannot be fitted (separation, no variation)."""
    import warnings

    from numpy.linalg import LinAlgError
    from statsmodels.discrete.discrete_model import Logit
    from statsmodels.tools.sm_exceptions import ModelWarning, PerfectSeparationError

    if design.shape[1] < 2 or len(set(outcome)) < 2:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ModelWarning)
            warnings.simplefilter("error", RuntimeWarning)
            margins = Logit(outcome, design).fit(disp=0).get_margeff(dummy=True)
    except (LinAlgError, PerfectSeparationError, ModelWarning, RuntimeWarning):
        return None
    limits = margins.conf_int(alpha=1 - LEVEL)
    return [(float(e), float(low), float(high), float(p))
            for e, (low, high), p in zip(margins.margeff, limits, margins.pvalues, strict=True)]  # fmt: skip
