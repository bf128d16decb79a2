"""Two sources on the same matters side by side: what clients' data say, and what workers report."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rakelab.cells import TOTAL, Key, Released, key
from rakelab.estimate.events import EVENTS, previous, trends
from rakelab.estimate.shares import Proportion, compare, proportion
from rakelab.estimate.superlatives import limits
from rakelab.estimate.verdicts import Turn


class Together(StrEnum):
    """What two sources say together."""

    APART = "apart"  # one rises, the other falls; or it is common in one and rare in the other
    ALIKE = "alike"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Side:
    """One source's word on one matter: its share, its turn, and its place among the matters shown (1 = most common),
    of ``matters``. So many hidden ones may be more common (``unsure``): its place among all is not known then."""

    share: Proportion
    rank: int | None
    turn: Turn
    matters: int = 0
    unsure: int = 0

    def common(self, *, surely: bool) -> bool:
        """In the top third of the matters, or what may be there."""
        return self.rank is not None and self.rank + (self.unsure if surely else 0) <= self.matters / 3

    def rare(self, *, surely: bool) -> bool:
        """In the bottom third, likewise."""
        return self.rank is not None and self.rank + (0 if surely else self.unsure) > self.matters - self.matters / 3


@dataclass(frozen=True)
class Matter:
    """One matter that both sources know, by the level they share."""

    level: str
    first: Side
    second: Side
    verdict: Together


def beside(first: Released, second: Released) -> tuple[Matter, ...]:
    """Every answer that both tables' variables have, in the order of the first.

    A verdict is ``apart`` where one source rises and the other falls beyond chance between the same two periods, or
    where the matter is surely in the top third of one source and the bottom third of the other. Sources without a
    common period are not compared, those of other areas not at all; where a turn is not known, or is between other
    periods, nobody can say that they agree.
    """
    if not same_area(first, second):
        return ()
    together, same = common(first, second), periods(first)[-2:] == periods(second)[-2:]
    shared = [level for level in _levels(first) if level in _levels(second)]
    sides = [_sides(table, shared) for table in (first, second)]
    pairs = zip(shared, *sides, strict=True)
    return tuple(
        Matter(level, a, b, _verdict(a, b, same=same) if together else Together.UNKNOWN) for level, a, b in pairs
    )


def periods(table: Released) -> tuple[str, ...]:
    """The periods that a table is of, in order; none where its groups are no periods."""
    about = table.variables.get(table.view.by)
    if about is None or about.role != "period":
        return ()
    levels = (level for column in table.view.columns for name, level in column if name == table.view.by)
    return tuple(level for level in levels if level not in about.missing)


def same_area(first: Released, second: Released) -> bool:
    """Whether two sources are of one area, as far as their forms tell it: both the same, or neither any."""
    return first.area.casefold() == second.area.casefold()


def common(first: Released, second: Released) -> bool:
    """Whether two sources have a period in common, as far as they tell their periods."""
    periods_of_first, periods_of_second = set(periods(first)), set(periods(second))
    return not periods_of_first or not periods_of_second or bool(periods_of_first & periods_of_second)


def _levels(table: Released) -> list[str]:
    """The answers of the table's variable, without kinds of missing."""
    name = table.view.variable
    missing = table.variables[name].missing
    return [row[0][1] for row in table.view.rows if row[0][0] == name and row[0][1] not in missing]


def _sides(table: Released, levels: Sequence[str]) -> list[Side]:
    rows = [key((table.view.variable, level)) for level in levels]
    turns = _turns(table)
    return [_side(table, row, rows, turns.get(row, Turn.UNKNOWN)) for row in rows]


def _side(table: Released, row: Key, rows: Sequence[Key], turn: Turn) -> Side:
    share = proportion(table, row, TOTAL)
    if not share.share.known:
        return Side(share, None, turn, len(rows))
    more = [other for other in rows if limits(table, other)[1] > (share.count.value or 0)]
    hidden = sum(not table[other].known for other in more)
    return Side(share, 1 + len(more) - hidden, turn, len(rows), hidden)


def _turns(table: Released) -> dict[Key, Turn]:
    """Of counts of events by their ratio, of shares of people by their difference."""
    if table.view.indicator in EVENTS:
        return {trend.row: trend.verdict.turn for trend in trends(table)}
    return {difference.row: difference.verdict.turn for difference in compare(table, previous(table, ""))}


def _verdict(first: Side, second: Side, *, same: bool) -> Together:
    """``same``: the turns are between the same periods."""
    if same and {first.turn, second.turn} == {Turn.UP, Turn.DOWN}:
        return Together.APART
    if first.rank is None or second.rank is None:
        return Together.UNKNOWN
    if _thirds_apart(first, second, surely=True):
        return Together.APART
    known = same and Turn.UNKNOWN not in (first.turn, second.turn) and not _thirds_apart(first, second, surely=False)
    return Together.ALIKE if known else Together.UNKNOWN


def _thirds_apart(first: Side, second: Side, *, surely: bool) -> bool:
    pairs = ((first, second), (second, first))
    return any(a.common(surely=surely) and b.rare(surely=surely) for a, b in pairs)
