"""Counts of events in two periods: how many times more, with the exact interval."""

from dataclasses import dataclass

from rakelab.cells import Cell, Key, Released, State, join, shown
from rakelab.estimate.shares import groups, is_missing
from rakelab.estimate.verdicts import Method, Turn, Verdict, judged
from rakelab.formulas import rate_ratio
from rakelab.names import HALF, REPORTED

#: Tables that count events, whose change is a ratio; others count people.
EVENTS = (REPORTED, "themes")
#: Periods at least so alike in length are called equal: half-years, leap years.
ALIKE = 0.9
_UNTESTED = Verdict(Turn.UNKNOWN, 0, Method.POISSON)


@dataclass(frozen=True)
class Trend:
    """How many times more often, by the day, ``row`` came up in ``b`` than in ``a``.

    ``days``: how many of each period the data cover; none where that is not known, and both are taken to be as long.
    The verdict is after Holm over the rows compared together.
    """

    row: Key
    a: Key
    b: Key
    before: Cell
    after: Cell
    ratio: Cell
    low: Cell
    high: Cell
    days: tuple[int, ...] = ()
    p: float | None = None
    adjusted: float | None = None
    verdict: Verdict = _UNTESTED

    @property
    def uneven(self) -> bool:
        """The periods differ in length by more than half-years and leap years do."""
        return bool(self.days) and min(self.days) < ALIKE * max(self.days)

    @property
    def seasons(self) -> bool:
        """The periods are not of the same months: halves of a year, or one that the data cover in part."""
        (_, first), (_, second) = self.a[0], self.b[0]
        halves = self.a[0][0] == HALF and first.partition("-")[2] != second.partition("-")[2]
        return halves or self.uneven

    @property
    def rises(self) -> bool:
        """More often, beyond chance."""
        return self.verdict.turn is Turn.UP


def trends(table: Released, a: str = "", b: str = "") -> tuple[Trend, ...]:
    """The change of every answer from period ``a`` to ``b``; which periods, as in ``compare``. Source: exact
    conditional test of two Poisson counts (Przyborowski & Wilenski 1940)."""
    a = a or previous(table, b)
    pair = groups(table, a, b) if a else None  # the first period has none before it
    if pair is None:
        return ()
    rows, days = (row for row in table.view.rows if row not in table.view.apart), _days(table, pair)
    return judged([_trend(table, row, pair, days) for row in rows], Method.POISSON, "ratio", nothing=1.0)


def previous(table: Released, b: str) -> str:
    """The group that stands before ``b`` (the last one, if not named)."""
    names = [column[0][1] for column in table.view.columns if column and not is_missing(table, column)]
    place = names.index(b) if b in names else len(names) - 1
    return names[place - 1] if place > 0 else ""


def _days(table: Released, pair: tuple[Key, Key]) -> tuple[int, ...]:
    known = table.variables[table.view.by].lengths if table.view.by in table.variables else {}
    days = tuple(known.get(column[0][1], 0) for column in pair)
    return days if all(days) else ()


def _trend(table: Released, row: Key, pair: tuple[Key, Key], days: tuple[int, ...]) -> Trend:
    before, after = (table[join(row, column)] for column in pair)
    if not (before.known and after.known):
        hidden = Cell(State.HIDDEN)
        return Trend(row, *pair, before, after, hidden, hidden, hidden, days)
    first, second = days or (1, 1)
    rate = rate_ratio(int(before.value or 0), int(after.value or 0), (first, second))
    ratio, low, high = map(_cell, (rate.ratio, rate.low, rate.high))
    return Trend(row, *pair, before, after, ratio, low, high, days, rate.p)


def _cell(value: float | None) -> Cell:
    return Cell(State.MISSING) if value is None else shown(value)
