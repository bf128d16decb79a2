"""Means with Student's t interval, differences of means between two groups (Welch), mean change of the same people."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from rakelab.cells import HIDDEN, TOTAL, Cell, Key, Released, State, join, shown
from rakelab.estimate.shares import INDICATIVE_BASE, LEVEL, groups, holm
from rakelab.formulas import Interval, MeanDifference, Summary, standardised_change, t_interval, welch

_NOTHING = Cell(State.MISSING)


@dataclass(frozen=True)
class MeanEstimate:
    """A mean with Student's t interval; hidden where protection hid it, missing where nobody has a value."""

    mean: Cell
    low: Cell
    high: Cell
    base: Cell
    indicative: bool


def mean(table: Released, column: Key = TOTAL, row: Key | None = None) -> MeanEstimate:
    """The released mean of one group, in the unit of the variable; ``row`` where the table has several."""
    one = join(table.view.rows[0] if row is None else row, column)
    if one not in table.means:  # nobody there has the number, or one person
        return MeanEstimate(_NOTHING, _NOTHING, _NOTHING, _NOTHING, indicative=False)
    summary, base = _summary(table, one), table[one]
    if summary is None:
        return MeanEstimate(HIDDEN, HIDDEN, HIDDEN, base, indicative=False)
    limits = _cells(t_interval(summary.mean, summary.sd, summary.n))
    return MeanEstimate(table.means[one].mean, *limits, base, summary.n < INDICATIVE_BASE)


def _summary(table: Released, one: Key) -> Summary | None:
    found, base = table.means.get(one), table.cells.get(one)
    if found is None or base is None or not (found.mean.known and base.known):
        return None
    return Summary(float(found.mean.value or 0), float(found.sd.value or 0), int(base.value or 0))


def _cells(limits: Interval) -> tuple[Cell, Cell]:
    return _cell(limits.low), _cell(limits.high)


def _cell(value: float | None) -> Cell:
    return _NOTHING if value is None else shown(value)


@dataclass(frozen=True)
class MeanGap:
    """Mean in group ``b`` less the mean in group ``a``, with Welch's interval.

    ``exceeds``: the interval leaves zero out. ``adjusted`` is p after Holm over the rows compared together.
    """

    table: Released
    row: Key
    a: Key
    b: Key
    first: MeanEstimate
    second: MeanEstimate
    difference: Cell
    low: Cell
    high: Cell
    p: float | None = None
    adjusted: float | None = None
    exceeds: bool = False

    @property
    def indicative(self) -> bool:
        return self.first.indicative or self.second.indicative


@dataclass(frozen=True)
class MeanComparison(Sequence[MeanGap]):
    """The differences of one table of means between two of its groups; empty where it has not two groups."""

    table: Released
    rows: tuple[MeanGap, ...] = ()

    def __getitem__(self, i: Any) -> Any:
        return self.rows[i]

    def __len__(self) -> int:
        return len(self.rows)


def mean_differences(table: Released, a: str = "", b: str = "") -> MeanComparison:
    """Group ``b`` less group ``a`` for every mean of ``table``; which groups, as in ``compare``."""
    pair = groups(table, a, b)
    if pair is None:
        return MeanComparison(table)
    found = [_gap(table, row, *pair) for row in table.view.rows]
    adjusted = holm([one.p for one in found])
    return MeanComparison(table, tuple(replace(one, adjusted=p) for one, p in zip(found, adjusted, strict=True)))


def _gap(table: Released, row: Key, a: Key, b: Key) -> MeanGap:
    ends = {"first": mean(table, a, row), "second": mean(table, b, row)}
    one, other = (_summary(table, join(row, column)) for column in (a, b))
    if one is None or other is None:
        gap = ends["second"].mean - ends["first"].mean
        return MeanGap(table, row, a, b, **ends, difference=gap, low=gap, high=gap)
    found = welch(one, other)
    limits = {"low": _cell(found.low), "high": _cell(found.high)}
    beyond = found.p is not None and found.p < 1 - LEVEL
    return MeanGap(
        table, row, a, b, **ends, difference=shown(found.difference), **limits, p=found.p, exceeds=beyond
    )  # fmt: skip


def rows_apart(table: Released, first: Key, second: Key) -> MeanDifference | None:
    """The mean of ``second`` less that of ``first``, two rows of people who share nobody (those who stayed, those who
    left), with Welch's interval; None where either is hidden."""
    one, other = _summary(table, first), _summary(table, second)
    return welch(one, other) if one and other else None


@dataclass(frozen=True)
class MeanChange:
    """Mean change of the same people, and the same in standard deviations of the changes (SRM).

    SRM comes without an interval (docs/intervals.md).
    """

    row: Key
    change: MeanEstimate
    standardised: Cell


def changes(table: Released, column: Key = TOTAL) -> tuple[MeanChange, ...]:
    """Every mean of ``table`` as a mean change; its variables are differences (after less before)."""
    return tuple(_change(table, row, column) for row in table.view.rows)


def _change(table: Released, row: Key, column: Key) -> MeanChange:
    found, summary = mean(table, column, row), _summary(table, join(row, column))
    if summary is None:
        return MeanChange(row, found, found.mean)
    return MeanChange(row, found, _cell(standardised_change(summary.mean, summary.sd, summary.n)))
