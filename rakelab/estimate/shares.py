"""Shares with Wilson's interval, and differences of shares between two groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from rakelab.cells import HIDDEN, NOTHING, TOTAL, Cell, Key, Released, State, join, shown
from rakelab.estimate.verdicts import Method, Turn, Verdict, judged

#: A share of fewer people than this is called indicative ("suuntaa antava").
INDICATIVE_BASE = 30
LEVEL = 0.95
_UNTESTED = Verdict(Turn.UNKNOWN, 0, Method.FISHER)


@dataclass(frozen=True)
class Proportion:
    """A share (0–1) of a base with its Wilson interval, missing where nothing was sampled; all hidden where the count
    or the base is."""

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
        return Proportion(count, base, NOTHING, NOTHING, NOTHING, indicative)
    low, high = _ends(table, count, base)
    return Proportion(count, base, count / base, low, high, indicative)


def _ends(table: Released, count: Cell, base: Cell) -> tuple[Cell, Cell]:
    if not table.sampled:
        return NOTHING, NOTHING
    low, high = wilson(int(count.value or 0), int(base.value or 0))
    return shown(low), shown(high)


@cache
def wilson(count: int, base: int) -> tuple[float, float]:
    """Wilson's score interval, without continuity correction."""
    from scipy.stats import binomtest  # lazy: the command line's help must stay quick

    interval = binomtest(count, base).proportion_ci(LEVEL, method="wilson")
    return float(interval.low), float(interval.high)


@dataclass(frozen=True)
class Difference:
    """Share in group ``b`` less the share in group ``a``, with Newcombe's interval; without it, and without a test,
    where nothing was sampled.

    ``p`` is Fisher's exact test, ``adjusted`` the same after Holm over the rows compared together, on which the verdict
    rests.
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
    verdict: Verdict
    indicative: bool

    @property
    def marked(self) -> bool:
        """Beyond chance."""
        return self.verdict.beyond


Row = TypeVar("Row")


@dataclass(frozen=True)
class Comparisons(Sequence[Row]):
    """The differences of one table between two of its groups; empty where the table has not two groups."""

    table: Released
    rows: tuple[Row, ...] = ()

    def __getitem__(self, i: Any) -> Any:
        return self.rows[i]

    def __len__(self) -> int:
        return len(self.rows)


class Comparison(Comparisons[Difference]):
    """Of shares."""


def compare(table: Released, a: str = "", b: str = "") -> Comparison:
    """Group ``b`` less group ``a`` (levels of the table's grouping); unnamed, they are the last and the first other.

    Empty when the table has only one group, or a named one was joined to another because it is small.
    """
    pair = groups(table, a, b)
    return Comparison(table, differences(table, *pair)) if pair else Comparison(table)


def groups(table: Released, a: str = "", b: str = "") -> tuple[Key, Key] | None:
    """The two groups to compare, as columns; None where there are not two."""
    named = {column[0][1]: column for column in table.view.columns if column and not is_missing(table, column)}
    b = b or next(reversed([name for name in named if name != a]), "")
    a = a or next((name for name in named if name != b), "")
    return (named[a], named[b]) if {a, b} <= set(named) and a != b else None


def differences(table: Released, a: Key, b: Key) -> tuple[Difference, ...]:
    """Every substantive row of ``table`` compared between two groups that share nobody (years, municipalities)."""
    rows = [row for row in table.view.rows if not is_missing(table, row)]
    return judged([_difference(table, row, a, b) for row in rows], Method.FISHER, "difference")


def is_missing(table: Released, row: Key) -> bool:
    return any(level in table.variables[name].missing for name, level in row)


def _difference(table: Released, row: Key, a: Key, b: Key) -> Difference:
    first, second = proportion(table, row, a), proportion(table, row, b)
    indicative = first.indicative or second.indicative
    gap = second.share - first.share
    if not gap.known:
        return Difference(table, row, a, b, gap, gap, gap, None, None, _UNTESTED, indicative)
    if not table.sampled:
        return Difference(table, row, a, b, gap, NOTHING, NOTHING, None, None, _UNTESTED, indicative)
    low, high = newcombe(first, second)
    return Difference(
        table, row, a, b, gap, shown(low), shown(high), _fisher(first, second), None, _UNTESTED, indicative
    )  # fmt: skip


def newcombe(first: Proportion, second: Proportion) -> tuple[float, float]:
    """Newcombe's hybrid score interval (method 10) of ``second − first``."""
    from statsmodels.stats.proportion import confint_proportions_2indep

    counts = [int(cell.value or 0) for cell in (second.count, second.base, first.count, first.base)]
    low, high = confint_proportions_2indep(*counts, compare="diff", method="newcomb", alpha=1 - LEVEL)
    return float(low), float(high)


def _fisher(first: Proportion, second: Proportion) -> float:
    return _fisher_of(*(int(cell.value or 0) for one in (first, second) for cell in (one.count, one.base)))


@cache  # the same release is written, stamped and drawn
def _fisher_of(k: int, n: int, other: int, others: int) -> float:
    from scipy.stats import fisher_exact

    return float(fisher_exact([[k, n - k], [other, others - other]]).pvalue)
