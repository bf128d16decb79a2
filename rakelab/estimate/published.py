"""Every verdict that can be made of a released table: what a page may say, and what it is held against."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from rakelab.cells import Key, Quantity, Released, key
from rakelab.estimate.events import EVENTS, trends
from rakelab.estimate.means import changes, mean_differences, rows_apart
from rakelab.estimate.model import effects
from rakelab.estimate.shares import differences, groups, is_missing
from rakelab.estimate.verdicts import Verdict
from rakelab.names import MODEL

#: Of more groups only those that stand beside each other are compared, and the last with the first.
MANY = 6


@dataclass(frozen=True)
class Published:
    """A verdict on one row: of group ``b`` against ``a``, of two rows, or (without either) of a change."""

    row: Key
    a: Key
    b: Key
    verdict: Verdict


def verdicts(table: Released) -> Iterator[Published]:
    """The verdicts of one table that are known."""
    return (published for published in _every(table) if published.verdict.known)


def beyond(table: Released) -> bool:
    """Something in the table is beyond chance."""
    return any(published.verdict.beyond for published in verdicts(table))


def _every(table: Released) -> Iterator[Published]:
    if table.view.measure == Quantity.MEAN:
        yield from _of_means(table)
    elif table.view.indicator in EVENTS:
        for a, b in _pairs(table):
            yield from (Published(trend.row, a, b, trend.verdict) for trend in trends(table, a[0][1], b[0][1]))
    elif table.view.indicator == MODEL:
        for effect in effects(table).rows:
            row = key((effect.variable, effect.level))
            yield Published(row, key((effect.variable, effect.reference)), row, effect.verdict)
    elif table.view.measure == Quantity.COUNT:
        for a, b in _pairs(table):
            yield from (Published(difference.row, a, b, difference.verdict) for difference in differences(table, a, b))


def _pairs(table: Released) -> Iterator[tuple[Key, Key]]:
    known = [column for column in table.view.columns if column and not is_missing(table, column)]
    always = {*pairwise(known), groups(table)}
    for a, b in combinations(known, 2):
        if len(known) <= MANY or (a, b) in always:
            yield a, b


def _of_means(table: Released) -> Iterator[Published]:
    for column in table.view.columns:
        yield from (Published(change.row, column, column, change.verdict) for change in changes(table, column))
    for a, b in _pairs(table):
        yield from (Published(gap.row, a, b, gap.verdict) for gap in mean_differences(table, a[0][1], b[0][1]))
    for two in (two for two in table.judged if len(two) > 1 and set(two) <= set(table.view.rows)):
        yield Published(two[0], two[0], two[1], rows_apart(table, *two).verdict)
