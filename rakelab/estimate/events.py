"""Counts of events in two periods: how many times more, with the exact interval."""

from dataclasses import dataclass, replace

from rakelab.cells import Cell, Key, Released, State, join, shown
from rakelab.estimate.shares import groups, is_missing
from rakelab.estimate.verdicts import Method, Turn, Verdict, of_p
from rakelab.formulas import holm, rate_ratio
from rakelab.names import REPORTED

#: Tables that count events, whose change is a ratio; others count people.
EVENTS = (REPORTED, "themes")
_UNTESTED = Verdict(Turn.UNKNOWN, 0, Method.POISSON)


@dataclass(frozen=True)
class Trend:
    """How many times more often ``row`` came up in ``b`` than in ``a`` (periods of equal length unless told).

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
    p: float | None = None
    adjusted: float | None = None
    verdict: Verdict = _UNTESTED

    @property
    def rises(self) -> bool:
        """More often, beyond chance."""
        return self.verdict.turn is Turn.UP


def trends(
    table: Released, a: str = "", b: str = "", *, lengths: tuple[float, float] = (1.0, 1.0)
) -> tuple[Trend, ...]:
    """The change of every answer from period ``a`` to ``b``; which periods, as in ``compare``. Source: exact
    conditional test of two Poisson counts (Przyborowski & Wilenski 1940)."""
    a = a or previous(table, b)
    pair = groups(table, a, b) if a else None  # the first period has none before it
    if pair is None:
        return ()
    found = [_trend(table, row, pair, lengths) for row in table.view.rows if row not in table.view.apart]
    adjusted = holm([one.p for one in found])
    family = sum(p is not None for p in adjusted)
    return tuple(_judged(one, p, family) for one, p in zip(found, adjusted, strict=True))


def previous(table: Released, b: str) -> str:
    """The group that stands before ``b`` (the last one, if not named)."""
    names = [one[0][1] for one in table.view.columns if one and not is_missing(table, one)]
    place = names.index(b) if b in names else len(names) - 1
    return names[place - 1] if place > 0 else ""


def _trend(table: Released, row: Key, pair: tuple[Key, Key], lengths: tuple[float, float]) -> Trend:
    before, after = (table[join(row, column)] for column in pair)
    if not (before.known and after.known):
        hidden = Cell(State.HIDDEN)
        return Trend(row, *pair, before, after, hidden, hidden, hidden)
    found = rate_ratio(int(before.value or 0), int(after.value or 0), lengths)
    ratio, low, high = map(_cell, (found.ratio, found.low, found.high))
    return Trend(row, *pair, before, after, ratio, low, high, found.p)


def _cell(value: float | None) -> Cell:
    return Cell(State.MISSING) if value is None else shown(value)


def _judged(one: Trend, adjusted: float | None, family: int) -> Trend:
    return replace(one, adjusted=adjusted, verdict=of_p(one.ratio, adjusted, family, Method.POISSON, nothing=1.0))
