"""Means with their intervals, differences of means between two groups (Welch), mean change of the same people.

The ends of the intervals, differences, standardised changes and what is beyond chance come from the wall, which made
them of unrounded moments.
"""

from dataclasses import dataclass

from rakelab.cells import HIDDEN, NOTHING, TOTAL, Cell, Judged, Key, Released, join
from rakelab.estimate.shares import INDICATIVE_BASE, Comparisons, groups
from rakelab.estimate.verdicts import Method, Turn, Verdict, verdict


@dataclass(frozen=True)
class MeanEstimate:
    """A mean with its 95 % interval; hidden where protection hid it, missing where nobody has a value."""

    mean: Cell
    low: Cell
    high: Cell
    base: Cell
    indicative: bool


def mean(table: Released, column: Key = TOTAL, row: Key | None = None) -> MeanEstimate:
    """The released mean of one group, in the unit of the variable; ``row`` where the table has several."""
    base_key = join(table.view.rows[0] if row is None else row, column)
    if base_key not in table.means:  # nobody there has the number, or one person
        return MeanEstimate(NOTHING, NOTHING, NOTHING, NOTHING, indicative=False)
    released, base = table.means[base_key], table[base_key]
    if not (released.mean.known and base.known):
        return MeanEstimate(HIDDEN, HIDDEN, HIDDEN, base, indicative=False)
    return MeanEstimate(released.mean, released.low, released.high, base, (base.value or 0) < INDICATIVE_BASE)


@dataclass(frozen=True)
class MeanGap:
    """Mean in group ``b`` less the mean in group ``a`` (or of two rows), with Welch's interval; ``p`` is the end of its
    class."""

    table: Released
    row: Key
    a: Key
    b: Key
    first: MeanEstimate
    second: MeanEstimate
    difference: Cell
    low: Cell
    high: Cell
    p: Cell
    verdict: Verdict

    @property
    def indicative(self) -> bool:
        return self.first.indicative or self.second.indicative


class MeanComparison(Comparisons[MeanGap]):
    """Of means."""


def mean_differences(table: Released, a: str = "", b: str = "") -> MeanComparison:
    """Group ``b`` less group ``a`` for every mean of ``table``; which groups, as in ``compare``."""
    pair = groups(table, a, b)
    if pair is None:
        return MeanComparison(table)
    return MeanComparison(table, tuple(_gap(table, row, *pair) for row in table.view.rows))


def _gap(table: Released, row: Key, a: Key, b: Key) -> MeanGap:
    ends = (mean(table, a, row), mean(table, b, row))
    return MeanGap(table, row, a, b, *_apart(table, (join(row, a), join(row, b)), ends))


_Apart = tuple[MeanEstimate, MeanEstimate, Cell, Cell, Cell, Cell, Verdict]


def _apart(table: Released, two: tuple[Key, Key], ends: tuple[MeanEstimate, MeanEstimate]) -> _Apart:
    """Both means, and the second less the first: the difference, its interval, the class of p, and the verdict."""
    gap = ends[1].mean - ends[0].mean
    forth, back = table.judged.get(two), table.judged.get((two[1], two[0]))
    judged = forth or (
        back and Judged(_less(back.high), _less(back.low), back.p, _less(back.size), back.beyond, back.family)
    )
    if not (gap.known and judged):
        nothing = NOTHING if gap.known else gap
        return *ends, nothing, nothing, nothing, nothing, Verdict(Turn.UNKNOWN, 0, Method.WELCH)
    said = verdict(judged.size, judged.family, Method.WELCH, beyond=judged.beyond)
    return *ends, judged.size, judged.low, judged.high, judged.p, said


def _less(cell: Cell) -> Cell:
    return cell * -1.0


def rows_apart(table: Released, first: Key, second: Key) -> MeanGap:
    """The mean of ``second`` less that of ``first``, two rows of people who share nobody (those who stayed, those who
    left), with Welch's interval."""
    ends = (mean(table, TOTAL, first), mean(table, TOTAL, second))
    return MeanGap(table, first, TOTAL, TOTAL, *_apart(table, (first, second), ends))


@dataclass(frozen=True)
class MeanChange:
    """Mean change of the same people, and the same in standard deviations of the changes (SRM).

    SRM comes without an interval (docs/intervals.md).
    """

    row: Key
    change: MeanEstimate
    standardised: Cell
    verdict: Verdict


def changes(table: Released, column: Key = TOTAL) -> tuple[MeanChange, ...]:
    """Every mean of ``table`` as a mean change; its variables are differences (after less before)."""
    return tuple(_change(table, row, column) for row in table.view.rows)


def _change(table: Released, row: Key, column: Key) -> MeanChange:
    of_change = mean(table, column, row)
    judged = table.judged.get((join(row, column),)) if of_change.mean.known else None
    if judged is None:
        nothing = NOTHING if of_change.mean.known else of_change.mean
        return MeanChange(row, of_change, nothing, Verdict(Turn.UNKNOWN, 0, Method.STUDENT))
    said = verdict(of_change.mean, judged.family, Method.STUDENT, beyond=judged.beyond)
    return MeanChange(row, of_change, judged.size, said)
