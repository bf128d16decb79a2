"""The first gate: only released tables come in, and every key, column and language is known by name."""

from collections.abc import Iterable, Mapping
from typing import Any

from rakelab import i18n
from rakelab.cells import TOTAL, Key, Release, Released
from rakelab.errors import UsageError, WallError


def language(lang: str) -> str:
    """``lang`` itself, if rakelab speaks it."""
    if lang not in i18n.LANGUAGES:
        raise UsageError("present.no_language", lang=str(lang), known=", ".join(i18n.LANGUAGES))
    return lang


def released(thing: object) -> Released:
    """``thing`` itself, if it has passed the wall. Anything else is a WallError that names the cure."""
    if isinstance(thing, Released):
        return thing
    if isinstance(thing, Mapping) and thing and all(isinstance(table, Released) for table in thing.values()):
        raise WallError("present.which_table", known=", ".join(map(str, thing)))
    raise WallError("present.not_released", kind=type(thing).__name__)


def whole(release: object) -> Release:
    """``release`` itself, if it is the whole of what one report may show."""
    if isinstance(release, Release):
        return release
    raise WallError("present.not_released", kind=type(release).__name__)


def pack(key: Key) -> list[list[str]]:
    """A key as JSON."""
    return [list(pair) for pair in key]


def unpack(packed: Iterable[Iterable[str]]) -> Key:
    """The key that ``pack`` wrote."""
    return tuple((variable, level) for variable, level in packed)


def columns_of(table: Released, wanted: Iterable[Key | str] | None) -> list[list[list[str]]]:
    """The columns to show, as JSON. ``wanted``: keys, or levels of the grouping variable, or None for all."""
    every = distinct(table) if wanted is None else [column_key(table, column) for column in wanted]
    return [pack(column) for column in every]


def distinct(table: Released) -> tuple[Key, ...]:
    """The columns, without a group that everybody is in."""
    columns = table.view.columns
    alone = len(columns) == 2 and columns[0] == TOTAL and table.cells[columns[1]] == table.cells[TOTAL]
    return columns[:1] if alone and table.cells[TOTAL].known else columns


def groups_of(table: Released, wanted: Iterable[Key | str] | None) -> list[list[list[str]]]:
    """As ``columns_of``; None is all groups, without everybody where there are more than one."""
    if wanted is None and len(table.view.columns) > 2:
        wanted = [column for column in table.view.columns if column != TOTAL]
    return columns_of(table, wanted)


def column_key(table: Released, wanted: Key | str | None) -> Key:
    """One column by key or by the level of its group; None is the total, or the first column where there is none."""
    columns = table.view.columns
    if wanted is None:
        return TOTAL if TOTAL in columns else columns[0]
    column = next((column for column in columns if wanted in (column, *(level for _, level in column))), None)
    if column is None:
        levels = [level for column in columns for _, level in column]
        raise UsageError("present.no_column", table=table.view.id, column=str(wanted), known=", ".join(levels))
    return column


def flat(given: object, kind: type[Any], fault: str) -> list[Any]:
    """Things of one kind out of lists within lists; UsageError ``fault`` for any other."""
    if isinstance(given, kind):
        return [given]
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise UsageError(fault, kind=type(given).__name__)
    return [thing for part in given for thing in flat(part, kind, fault)]
