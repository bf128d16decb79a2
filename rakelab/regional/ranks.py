"""Which place an area has among all of its kind in a year, and how much of that is chance."""

from dataclasses import dataclass

from rakelab.formulas import Ratio, rate_ratio
from rakelab.opendata import COUNTY, Area, areas
from rakelab.regional.facts import Series, known


@dataclass(frozen=True)
class Rank:
    """``place`` 1 is the highest; ``tied`` others have the same figure as it was
    published; the margin of chance of ``overlapping`` others overlaps with its own (None: no margins are known)."""

    year: int
    place: int
    of: int
    tied: tuple[str, ...]
    overlapping: int | None

    def from_below(self) -> int:
        """The place where 1 is the lowest."""
        return self.of + 1 - self.place - len(self.tied)


def compared() -> tuple[Area, ...]:
    """The areas that arrange services: 21 counties and Helsinki; Åland is counted apart."""
    return tuple(own for own in areas() if own.kind == COUNTY and own.code != "91")


def total(series: Series, year: int) -> int | None:
    """How many people there are behind a share in all of the areas; None where one is not told."""
    counts = [series.count(own, year) for own in compared()]
    return int(sum(count.value or 0 for count in counts)) if all(map(known, counts)) else None


def rank(series: Series, area: Area, year: int) -> Rank | None:
    """The rank of a county; None for another kind of area, and where not all of the areas are there."""
    every = compared()
    if area not in every or not all(known(series.at(own, year)) for own in every):
        return None
    values = {own.code: series.at(own, year).value or 0 for own in every}
    mine = values.pop(area.code)
    tied = tuple(code for code, value in values.items() if value == mine)
    return Rank(year, 1 + sum(value > mine for value in values.values()), len(every), tied, _over(series, area, year))


def _over(series: Series, area: Area, year: int) -> int | None:
    mine = series.margin(area, year)
    if mine.low is None or mine.high is None:
        return None
    others = (series.margin(own, year) for own in compared() if own != area)
    return sum(own.low is not None and own.high is not None and own.low <= mine.high and mine.low <= own.high
               for own in others)  # fmt: skip


def change(series: Series, area: Area, first: int, last: int) -> Ratio | None:
    """How many times as many people in the last year as in the first, with the exact limits of what chance makes; None
    where a count is not told, or is not known to be one of people or events."""
    before, after = series.count(area, first), series.count(area, last)
    if not (series.counted and known(before) and known(after)):
        return None
    return rate_ratio(int(before.value or 0), int(after.value or 0))
