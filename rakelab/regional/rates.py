"""Counts of people against the inhabitants of the right area, age and years: rates with exact limits, and a funnel.

The counts have passed the wall. One that is hidden there stays hidden here: all that can be said of it is what anybody
can reckon from the others and their sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rakelab.cells import TOTAL, Cell, Key, Released, State, join, shown
from rakelab.errors import UsageError
from rakelab.formulas import poisson_interval
from rakelab.opendata import MUNICIPALITY, Area, area
from rakelab.regional.facts import known, members, series

PER = 1000


@dataclass(frozen=True)
class People:
    """How many people there were, added over the ``years``, and in how many municipalities."""

    count: int
    years: tuple[int, ...]
    municipalities: int


@dataclass(frozen=True)
class Rated:
    """A count per 1,000 inhabitants a year with its exact limits. Of a hidden count ``ceiling`` is the highest rate
    that the published numbers leave open."""

    key: Key
    count: Cell
    people: People
    rate: Cell
    low: Cell
    high: Cell
    ceiling: float | None = None


def population(of: Sequence[Area], years: Sequence[int]) -> People:
    """The inhabitants of areas, of all ages and both sexes, on the last day of each year. Raises UsageError for years
    of which the population does not come along: a rate on another year would be another rate."""
    told, asked = series("127"), sorted(set(years))
    figures = {(own, year): told.at(own, year) for own in of for year in asked}
    missing = sorted({str(year) for (_, year), figure in figures.items() if not known(figure)})
    if missing or not asked:
        span = f"{told.years[0]}–{told.years[-1]}"
        raise UsageError("regional.no_population", years=", ".join(missing) or "–", known=span)
    whole = sum(figure.value or 0 for figure in figures.values())
    return People(int(whole), tuple(asked), sum(map(_municipalities, of)))


def _municipalities(of: Area) -> int:
    return 1 if of.kind == MUNICIPALITY else sum(map(_municipalities, members(of)))


def rated(table: Released, years: Sequence[int], row: Key = TOTAL) -> tuple[Rated, ...]:
    """How many there are in each municipality that has a column or a row of its own, per 1,000 inhabitants a year: all
    of the table's people, or those of one ``row``. Municipalities of which no population comes along are left out."""
    keys = [key for key in (*table.view.columns, *table.view.rows) if _region(table, key)]
    counts = {key: table.cells[join(row, key)] for key in keys if join(row, key) in table.cells}
    whole = table.cells.get(row, Cell(State.MISSING))
    left = (whole.number - sum(cell.number for cell in counts.values() if cell.known)) if whole.known else None
    there = {code for kind, code, _ in series("127").values if kind == MUNICIPALITY}
    return tuple(
        _rated(key, cell, left, population([_of(key)], years)) for key, cell in counts.items() if key[0][1] in there
    )


def _region(table: Released, key: Key) -> bool:
    return len(key) == 1 and table.variables[key[0][0]].role == "region"


def _of(key: Key) -> Area:
    return area(key[0][1], [MUNICIPALITY])


def _rated(key: Key, count: Cell, left: float | None, people: People) -> Rated:
    scale = PER / people.count
    if not count.known:
        return Rated(key, count, people, count, count, count, None if left is None else left * scale)
    limits = poisson_interval(int(count.number))
    low, high = ((limit or 0) * scale for limit in (limits.low, limits.high))
    return Rated(key, count, people, count * scale, shown(low), shown(high))


def funnel(rate: float, people: int, level: float = 0.95) -> tuple[float, float]:
    """Between which rates a place of so many inhabitants is by chance alone, where its people are as everybody's.
    A rate is outside just where its own exact limits do not hold everybody's rate."""
    from scipy.optimize import brentq
    from scipy.special import gammainc  # lazy: the command line's help must stay quick

    tail, expected = (1 - level) / 2, rate * people / PER
    most = expected + 12 * (expected + 1) ** 0.5 + 20
    high = brentq(lambda count: gammainc(count, expected) - tail, 1e-9, most, xtol=1e-12)
    none = gammainc(1, expected) <= 1 - tail  # even a zero is within
    low = 0.0 if none else brentq(lambda count: gammainc(count + 1, expected) - 1 + tail, 0, expected, xtol=1e-12)
    return float(low) * PER / people, float(high) * PER / people
