"""Two sources on the same matters side by side: what clients' data say, and what workers report."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rakelab.cells import TOTAL, Key, Released, State, join, key
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


@dataclass(frozen=True)
class View:
    """Whose view of the first source is told: a group of its table, and the table ``when`` of the groups by period."""

    group: str
    when: Released

    def column(self, table: Released) -> Key:
        return key((table.view.by, self.group))

    @property
    def periods(self) -> tuple[str, ...]:
        """Those in which the group said something, be the number shown or not."""
        own, by = (self.when.view.variable, self.group), self.when.view.by
        cells = {each: self.when.cells.get(key(own, (by, each))) for each in periods(self.when)}
        return tuple(each for each, cell in cells.items() if (cell or self.when[key(own)]).state is not State.ZERO)


def views(table: Released, when: Released | None) -> tuple[View, ...]:
    """The view of each group of a table; none where no table ``when`` tells their periods."""
    groups = (level for column in table.view.columns for name, level in column if name == table.view.by)
    return tuple(View(group, when) for group in groups) if when else ()


def beside(first: Released, second: Released, view: View | None = None) -> tuple[Matter, ...]:
    """Every answer that both tables' variables have, in the order of the first; of the first all that it tells, or
    the ``view`` of one of its groups, whose turns are not known.

    A verdict is ``apart`` where one source rises and the other falls beyond chance between the same two periods, or
    where the matter is surely in the top third of one source and the bottom third of the other. Sources without a
    common period are not compared, those of other areas not at all; where a turn is not known, or is between other
    periods, nobody can say that they agree.
    """
    if not same_area(first, second):
        return ()
    together, same = common(first, second, view), periods(first)[-2:] == periods(second)[-2:]
    shared = [level for level in _levels(first) if level in _levels(second)]
    sides = [_sides(first, shared, view.column(first) if view else TOTAL), _sides(second, shared)]
    pairs = zip(shared, *sides, strict=True)
    return tuple(
        Matter(level, a, b, _verdict(a, b, same=same) if together else Together.UNKNOWN) for level, a, b in pairs
    )


def periods(table: Released) -> tuple[str, ...]:
    """The periods that a table is of, in order, also where there is one only; none where its groups are no periods."""
    about = table.variables.get(table.view.by)
    if about is None or about.role != "period":
        return ()
    levels = [level for column in table.view.columns for name, level in column if name == table.view.by]
    return tuple(level for level in levels or about.levels if level not in about.missing)


def same_area(first: Released, second: Released) -> bool:
    """Whether two sources are of one area, as far as their forms tell it: both the same, or neither any."""
    return first.area.casefold() == second.area.casefold()


def common(first: Released, second: Released, view: View | None = None) -> bool:
    """Whether two sources have a period in common, as far as they tell their periods."""
    periods_of_first, periods_of_second = set(view.periods if view else periods(first)), set(periods(second))
    pairs = [(f"{a}-", f"{b}-") for a in periods_of_first for b in periods_of_second]  # 2024-1 lies within 2024
    return not pairs or any(a.startswith(b) or b.startswith(a) for a, b in pairs)


def _levels(table: Released) -> list[str]:
    """The answers of the table's variable, without kinds of missing."""
    name = table.view.variable
    missing = table.variables[name].missing
    return [row[0][1] for row in table.view.rows if row[0][0] == name and row[0][1] not in missing]


def _sides(table: Released, levels: Sequence[str], column: Key = TOTAL) -> list[Side]:
    rows = [key((table.view.variable, level)) for level in levels]
    turns = _turns(table) if column == TOTAL else {}
    sides = {row: _side(table, row, rows, column) for row in rows}
    return [replace(side, turn=turns.get(row, Turn.UNKNOWN)) for row, side in sides.items()]


def _side(table: Released, row: Key, rows: Sequence[Key], column: Key) -> Side:
    share = proportion(table, row, column)
    if not share.share.known:
        return Side(share, None, Turn.UNKNOWN, len(rows))
    more = [other for other in rows if limits(table, other, column)[1] > (share.count.value or 0)]
    hidden = sum(not table.cells[join(other, column)].known for other in more)
    return Side(share, 1 + len(more) - hidden, Turn.UNKNOWN, len(rows), hidden)


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
