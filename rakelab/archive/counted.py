"""Measures of a plan that can be read from released results: numbers of notifications, their summaries, and events."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import add
from pathlib import Path

from rakelab.archive.gathered import parts_in
from rakelab.cells import TOTAL, Cell, Filled, Key, Part, State, join, key, shown
from rakelab.names import EVENTS, HALF, REPORTED, YEAR, table_of

#: The measures, as the plan's form names them.
NOTIFICATIONS, SUMMARIES = "ilmoitusten_lukumaara", "yhteenvedot"
#: Those that count events of some kinds.
EVENTS_OF = {
    "tapaamiset": ("tapaaminen",),
    "koulutukset": ("koulutus", "opintojakso", "tilaisuus"),
    "julkaisut": ("uutiskirje", "infograafi", "video"),
}
_EVENTS = table_of(EVENTS, YEAR)
_YEARS, _HALVES = (table_of(REPORTED, name) for name in (YEAR, HALF))
_PERIOD = re.compile(r"\d{4}(-[12])?")
_Told = tuple[Cell, Part]


def earlier(place: str | Path) -> tuple[Part, ...]:
    """The released reports of notifications and of events in the folders under ``place``; none without a place. Raises
    FileError where there are no reports, and for one that cannot be read."""
    parts = parts_in(place) if str(place) else ()
    return tuple(part for part in parts if {_YEARS, _EVENTS} & part.release.keys())


def counted(parts: Sequence[Part], years: Iterable[str]) -> Mapping[tuple[str, str], Filled]:
    """(Measure, year) → its value with its sources: how many notifications the year had, how many released reports
    tell of it, how many events of some kinds it had. Missing where no report does, hidden where it is hidden; nothing
    without reports to look in."""
    made: dict[tuple[str, str], Filled] = {}
    for year in years:
        made[NOTIFICATIONS, year] = _notifications(parts, year)
        covering = {part.sha256: part for part in parts if _cell(part, _YEARS, key((YEAR, year))).state in _TOLD}
        value = shown(len(covering)) if covering else Cell(State.MISSING)
        made[SUMMARIES, year] = Filled(value, tuple(_source(part) for part in covering.values()))
        made |= {(measure, year): _events(parts, year, kinds) for measure, kinds in EVENTS_OF.items()}
    return made


def _events(parts: Sequence[Part], year: str, kinds: Sequence[str]) -> Filled:
    """The report of the year with the most events of these kinds; one of a single year has no columns of years."""
    sums: list[_Told] = []
    for part in parts:
        table = part.release.get(_EVENTS)
        levels = table.variables[YEAR].levels if table else {}
        if table and year in levels and _covers(part, (year,)):
            column = key((YEAR, year)) if len(table.view.columns) > 1 else TOTAL
            known = (table.cells.get(join(key((table.view.variable, kind)), column)) for kind in kinds)
            cells = [cell for cell in known if cell]
            sums += [(reduce(add, cells), part)] if cells else []  # a register without such kinds tells of none
    told = _most(sums)
    return Filled(told[0], (_source(told[1]),)) if told else Filled(Cell(State.MISSING))


#: A report tells of a period that has notifications, be their number shown or not.
_TOLD = (State.SHOWN, State.HIDDEN)


def _notifications(parts: Sequence[Part], year: str) -> Filled:
    """Of a report of the whole year; else of two reports, one for each half."""
    whole = _most(_told(parts, _YEARS, key((YEAR, year)), (year, f"{year}-1", f"{year}-2")))
    if whole:
        return Filled(whole[0], (_source(whole[1]),))
    halves = [_most(_told(parts, _HALVES, key((HALF, half)), (half,))) for half in (f"{year}-1", f"{year}-2")]
    first, second = halves
    if first and second:
        return Filled(first[0] + second[0], (_source(first[1]), _source(second[1])))
    return Filled(Cell(State.MISSING))


def _told(parts: Sequence[Part], table: str, cell_key: Key, periods: tuple[str, ...]) -> Iterator[_Told]:
    """What each report says of a count, if it holds all of the period."""
    for part in parts:
        cell = _cell(part, table, cell_key)
        if cell.state in _TOLD and _covers(part, periods):
            yield cell, part


def _most(counts: Iterable[_Told]) -> _Told | None:
    """A later report of the same period has more notifications; a hidden count gives way to one that is shown."""
    return max(counts, key=lambda count: count[0].value or 0, default=None)


def _covers(part: Part, periods: tuple[str, ...]) -> bool:
    """The report was not narrowed to some periods, or it was narrowed to these."""
    words = (word for why, _ in part.release.account.steps for word in why.split(", "))
    chosen = {word for word in words if _PERIOD.fullmatch(word)}
    return not chosen or periods[0] in chosen or periods[0][:4] in chosen or chosen.issuperset(periods[1:] or periods)


def _cell(part: Part, table: str, cell_key: Key) -> Cell:
    released = part.release.get(table)
    return released.cells.get(cell_key, Cell(State.MISSING)) if released else Cell(State.MISSING)


def _source(part: Part) -> tuple[str, Mapping[str, str]]:
    return part.id, part.release.account.title
