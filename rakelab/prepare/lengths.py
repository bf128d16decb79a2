"""How many days of each period the data cover, so that events of periods of unequal length are compared by the day."""

from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd

from rakelab.codebook import Category
from rakelab.errors import UsageError
from rakelab.loaders.dates import day

#: The first and the last day that the data cover.
Extent = tuple[pd.Timestamp, pd.Timestamp]
#: So many row numbers are named in an error.
_NAMED = 3


def declared(given: object) -> pd.Timestamp | None:
    """The day that somebody gave; None where nothing was given. UsageError for what is no date."""
    if isinstance(given, date):
        return pd.Timestamp(given).normalize()
    if not str(given):
        return None
    read = day(str(given))
    if isinstance(read, str):
        raise UsageError("prepare.not_day")
    return pd.Timestamp(read).normalize()


def extent(dates: pd.Series, covers: Sequence[object]) -> Extent | None:
    """What rows with these ``dates`` cover: from the first to the last day that somebody declared; else the whole
    months from the first row to the last, because a day may be one person's. UsageError for rows outside of what was
    declared."""
    known = dates.dropna().dt.normalize()
    if known.empty:
        return None
    first, last = _declared(covers) if covers else (known.min().replace(day=1), known.max() + pd.offsets.MonthEnd(0))
    outside = known.index[(known < first) | (known > last)]
    if len(outside):
        rows = ", ".join(map(str, outside[:_NAMED])) + (" …" if len(outside) > _NAMED else "")
        raise UsageError("prepare.outside_extent", n=len(outside), rows=rows)
    return first, last


def _declared(covers: Sequence[object]) -> Extent:
    ends = [end for end in map(declared, covers) if end is not None]
    if len(covers) != 2 or len(ends) != 2:
        raise UsageError("prepare.not_extent")
    return ends[0], ends[1]


def lengths(periods: Iterable[Category], covered: Extent | None) -> dict[str, int]:
    """The days of each period that lie in what is covered, of those that have any. The ends of a period count
    months since year 0."""
    if covered is None:
        return {}
    covered_days = {period.value: _days(period, covered) for period in periods}
    return {name: n for name, n in covered_days.items() if n > 0}


def _days(period: Category, covered: Extent) -> int:
    begins, after = _begins(int(period.minimum or 0)), _begins(int(period.maximum or 0) + 1)
    return (min(after - pd.Timedelta(days=1), covered[1]) - max(begins, covered[0])).days + 1


def _begins(month: int) -> pd.Timestamp:
    return pd.Timestamp(month // 12, 1 + month % 12, 1)
