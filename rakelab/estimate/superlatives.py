"""Superlatives of released numbers: which is the largest or the smallest, as far as a reader can know.

A number is known within ``Limits``: a count exactly, a rounded mean within half of its last decimal, a hidden one
within what the numbers shown leave for it. All that may be the largest are named together, and those hidden that may
be level with them or beyond are counted: with any such, the superlative is true of the numbers shown only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf
from typing import Generic, TypeVar

from rakelab.cells import TOTAL, Key, Released, State, join

Name = TypeVar("Name")
Limits = tuple[float, float]

_CLOSE = 1e-9
#: A rounded number does not reach the next one.
_SHORT = 1 - 1e-6
#: So many more than asked for are told, where they are level with the last.
_MORE = 1


@dataclass(frozen=True)
class Extreme(Generic[Name]):
    """All that may be the largest (or smallest) of those shown, and how many hidden ones may be level or beyond."""

    names: tuple[Name, ...]
    unsure: int


def largest(shown: Mapping[Name, Limits], hidden: Iterable[Limits] = ()) -> Extreme[Name]:
    least = max((low for low, _ in shown.values()), default=inf) - _CLOSE
    names = tuple(name for name, (_, high) in shown.items() if high >= least)
    return Extreme(names, sum(high >= least for _, high in hidden))


def smallest(shown: Mapping[Name, Limits], hidden: Iterable[Limits] = ()) -> Extreme[Name]:
    return largest({name: _turned(number) for name, number in shown.items()}, map(_turned, hidden))


def _turned(limits_of: Limits) -> Limits:
    return -limits_of[1], -limits_of[0]


def sizes(number: Limits) -> Limits:
    """The limits of a number without its sign."""
    low, high = number
    return (0.0 if low <= 0 <= high else min(abs(low), abs(high))), max(abs(low), abs(high))


def rounded(value: float, decimals: int, steps: int = 1) -> Limits:
    """What a number told with so many decimals may have been; a difference has the steps of both."""
    half = steps * _SHORT * 0.5 * 10.0**-decimals
    return value - half, value + half


# --- counts of one table ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ranking:
    """The most common rows, those that come next in order, and how many hidden ones may stand among or above these."""

    first: Extreme[Key]
    then: tuple[Key, ...]
    unsure: int


def ranking(table: Released, rows: Sequence[Key], column: Key = TOTAL, n: int = 1) -> Ranking:
    """The ``n`` most common ``rows`` that somebody has; a row level with the last is not left out alone."""
    of_rows = {row: limits(table, row, column) for row in rows}
    hidden = [ends for row, ends in of_rows.items() if not table.cells[join(row, column)].known]
    shown = {row: ends for row, ends in of_rows.items() if table.cells[join(row, column)].state is State.SHOWN}
    first = largest(shown, hidden)
    rest = {row: ends[0] for row, ends in shown.items() if row not in first.names}
    then = tuple(_next(rest, n - len(first.names)))
    last = min((rest[row] for row in then), default=inf)
    return Ranking(first, then, sum(high >= last for _, high in hidden))


def _next(counts: Mapping[Key, float], n: int) -> Iterator[Key]:
    """The largest, about ``n``; those that are level come all or none."""
    named = 0
    for _, level in groupby(sorted(counts, key=lambda row: -counts[row]), key=counts.__getitem__):
        rows = list(level)
        if named >= n or named + len(rows) > n + _MORE:
            return
        named += len(rows)
        yield from rows


def limits(table: Released, row: Key, column: Key = TOTAL) -> Limits:
    """The count of ``row`` where it is shown; else from none to what the other rows leave for it."""
    return sum_limits(table, (row,), column)


def sum_limits(table: Released, rows: Sequence[Key], column: Key = TOTAL) -> Limits:
    """The limits of how many have one of ``rows``."""
    cells = [table.cells[join(row, column)] for row in rows]
    low = sum(cell.value or 0.0 for cell in cells if cell.known)
    return low, low if all(cell.known for cell in cells) else _room(table, rows, column)


def _room(table: Released, rows: Sequence[Key], column: Key) -> float:
    """How many can have one of ``rows``: the base, less the other rows where everybody is in one row only."""
    base = table.cells.get(table.view.base(column, rows[0]))
    if base is None or not base.known:
        return inf
    others = (table.cells[join(row, column)] for row in _beside(table, rows))
    return (base.value or 0.0) - sum(cell.value or 0.0 for cell in others if cell.known)


def _beside(table: Released, rows: Sequence[Key]) -> Iterator[Key]:
    """The other rows of the same base, where nobody is in two rows."""
    view = table.view
    single = not view.multiple and all(len(row) == 1 and row[0][0] == view.variable for row in view.rows)
    return (row for row in view.rows if single and row not in rows and row not in view.apart)


def share_limits(table: Released, rows: Sequence[Key], column: Key = TOTAL) -> Limits:
    """The limits of the share of those who have one of ``rows``."""
    base = table.cells.get(table.view.base(column, rows[0]) if rows else column)
    if base is None or not base.known or not base.value:
        return 0.0, 1.0
    low, high = sum_limits(table, rows, column)
    return low / base.value, high / base.value


def difference_limits(table: Released, row: Key, a: Key, b: Key) -> Limits:
    """The limits of the share of ``row`` in ``b`` less that in ``a``."""
    (low, high), (least, most) = (share_limits(table, (row,), column) for column in (a, b))
    return least - high, most - low
