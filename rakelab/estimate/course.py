"""A number over time: what it was in each period, and whether that is more than its ordinary variation."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from rakelab.cells import TOTAL, Cell, Key, Released, State, join
from rakelab.errors import UsageError
from rakelab.estimate.events import ALIKE
from rakelab.estimate.shares import is_missing, proportion
from rakelab.formulas import course as formula
from rakelab.formulas.course import Limits, Sign

#: A rate is told by so many days.
MONTH_DAYS = 30


class Measured(StrEnum):
    """What a point is: a count, a count in thirty days (where periods are of unequal length), or a share."""

    COUNT = "count"
    RATE = "rate"
    SHARE = "share"


@dataclass(frozen=True)
class Point:
    """One period, with the sign that it is more than ordinary variation, where it is."""

    period: Key
    value: Cell
    sign: Sign | None = None


@dataclass(frozen=True)
class Course:
    """The points in order. ``limits`` is None where fewer than ``ENOUGH_POINTS`` are known."""

    points: tuple[Point, ...]
    limits: Limits | None
    measured: Measured

    @property
    def known(self) -> int:
        return sum(point.value.known for point in self.points)

    @property
    def hidden(self) -> int:
        return sum(point.value.state is State.HIDDEN for point in self.points)

    @property
    def ends(self) -> tuple[float, float] | None:
        """The limits as far as such a number can lie."""
        if self.limits is None:
            return None
        top = min(1.0, self.limits.high) if self.measured is Measured.SHARE else self.limits.high
        return max(0.0, self.limits.low), top

    @property
    def runs(self) -> list[tuple[Point, ...]]:
        """Neighbouring points that are signs of the same."""
        together = groupby(self.points, lambda point: point.sign)
        return [tuple(run) for sign, run in together if sign is not None]


def course(table: Released, row: Key = TOTAL) -> Course:
    """The course of the counts of a table whose rows are periods, or of the share of ``row`` in a table by period.

    Hidden and missing periods are gaps, and end what they stand between. Limits: XmR; signs: four rules (Shewhart;
    NHS England, *Making Data Count*). Raises UsageError for a table without periods.
    """
    measured, values = _shares(table, row) if row != TOTAL else _counts(table)
    numbers = [cell.number if cell.known else None for cell in values.values()]
    limits = formula.limits(numbers)
    signs = formula.signs(numbers, limits) if limits else [None] * len(numbers)
    return Course(tuple(map(Point, values, values.values(), signs)), limits, measured)


def _counts(table: Released) -> tuple[Measured, dict[Key, Cell]]:
    if table.variables[table.view.variable].role != "period" or table.view.by:
        raise UsageError("present.no_periods", table=table.view.id)
    rows = [row for row in table.view.rows if not is_missing(table, row)]
    known = table.variables[table.view.variable].lengths
    days = [known.get(row[0][1], 0) for row in rows]
    counts = {row: table.cells[join(row, TOTAL)] for row in rows}
    if not all(days) or min(days) >= ALIKE * max(days):
        return Measured.COUNT, counts
    return Measured.RATE, {row: counts[row] * (MONTH_DAYS / n) for row, n in zip(rows, days, strict=True)}


def _shares(table: Released, row: Key) -> tuple[Measured, dict[Key, Cell]]:
    by = table.variables.get(table.view.by)
    if by is None or by.role != "period" or row not in table.view.rows:
        raise UsageError("present.no_periods", table=table.view.id)
    columns = [column for column in table.view.columns if column and not is_missing(table, column)]
    return Measured.SHARE, {column: proportion(table, row, column).share for column in columns}
