"""The kinds of value in ``released.json``: what each looks like there, how it is written and how it is read.

A file that anybody can have written is looked at whole before anything is made of it.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from rakelab import fields, i18n, identifiers
from rakelab._seal import quote
from rakelab.cells import Advice, Cell, Quantity, Question, ReleasedAccount, Sign, State, Variable, key
from rakelab.population import Trait

Check = Callable[[Any], bool]
Write = Callable[[Any], Any]
#: Why no table counts a question of the form; empty where one could.
WHY = ("", "absent", "text", "date")
#: No report is larger, in characters; reading one takes some ten times its size.
LARGEST = 100_000_000
_DIGEST = re.compile("[0-9a-f]{64}")
_NAME = re.compile(r"[\w+:=-][\w+:=.-]{0,199}")
_LARGEST_COUNT = 10**9


def parsed(text: str | bytes) -> Any:
    """The JSON of a text. Raises ValueError for what is too large or too deep, for a name that stands twice, and for
    numbers that are none."""
    if len(text) > LARGEST:
        raise ValueError("size")
    try:
        return json.loads(text, parse_constant=_no_number, object_pairs_hook=_once)
    except RecursionError:
        raise ValueError("depth") from None


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("name")
    in_languages = not values.keys().isdisjoint(i18n.LANGUAGES) and all(isinstance(v, str) for v in values.values())
    return i18n.Written(values) if in_languages else values


# --- kinds of value -------------------------------------------------------------------------------------------


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Kind:
    """A kind of value. ``optional``: older files may lack it."""

    check: Check
    write: Write = _same
    read: Write = _same
    optional: bool = False


#: The fields of a record by name, in the order of the file.
Fields = Mapping[str, Kind]


def is_silent(value: Any) -> bool:
    """A text that points at nobody by a code or an address."""
    return isinstance(value, str) and not identifiers.find(value, (identifiers.IDENTITY_CODE, identifiers.EMAIL))


def is_plain(value: Any) -> bool:
    """A name that can stand in a sentence, or in the name of a file."""
    return is_silent(value) and bool(_NAME.fullmatch(value))


def is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST_COUNT


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


TEXT = Kind(lambda value: isinstance(value, str))
SILENT, PLAIN = Kind(is_silent), Kind(is_plain)
FLAG = Kind(lambda value: isinstance(value, bool))
WHOLE, COUNT = Kind(is_whole), Kind(lambda value: is_whole(value) and value >= 0)
DAYS = Kind(lambda value: is_whole(value) and value > 0)
DIGEST = Kind(lambda value: isinstance(value, str) and bool(_DIGEST.fullmatch(value)))
#: The name of a release in the ledger, or none.
ENTERED = Kind(lambda value: isinstance(value, str) and bool(re.fullmatch("(?:[0-9a-f]{16})?", value)))
#: A text in one language or more.
WORDS = Kind(lambda value: isinstance(value, i18n.Written) and all(map(is_silent, value.values())), dict)


def among(*known: Any) -> Kind:
    return Kind(lambda value: isinstance(value, str) and value in known, read=type(known[0]))


def maybe(kind: Kind) -> Kind:
    return replace(kind, optional=True)


def or_none(kind: Kind) -> Kind:
    return Kind(
        lambda value: value is None or kind.check(value),
        lambda value: None if value is None else kind.write(value),
        lambda value: None if value is None else kind.read(value),
    )


def each(kind: Kind, made: Callable[[Any], Any] = tuple) -> Kind:
    return Kind(
        lambda value: isinstance(value, list) and all(map(kind.check, value)),
        lambda value: list(map(kind.write, value)),
        lambda value: made(map(kind.read, value)),
    )


def named(kind: Kind) -> Kind:
    return Kind(
        lambda value: isinstance(value, dict) and all(map(kind.check, value.values())),
        lambda value: {name: kind.write(item) for name, item in value.items()},
        lambda value: {name: kind.read(item) for name, item in value.items()},
    )


KEY = replace(named(TEXT), write=dict, read=lambda value: key(*value.items()))
KEYS = each(KEY)


def fits(fields: Fields, value: Any) -> bool:
    """A mapping with these fields; others are not looked at, and not carried along."""
    needed = (name for name, kind in fields.items() if not kind.optional)
    return (
        isinstance(value, dict)
        and all(name in value for name in needed)
        and all(kind.check(value[name]) for name, kind in fields.items() if name in value)
    )


def written(fields: Fields, thing: object) -> dict[str, Any]:
    return {name: kind.write(getattr(thing, name)) for name, kind in fields.items()}


def values(fields: Fields, data: Mapping[str, Any]) -> dict[str, Any]:
    """The values of those fields that the file has."""
    return {name: kind.read(data[name]) for name, kind in fields.items() if name in data}


def record(fields: Fields, made: Callable[..., Any] = dict) -> Kind:
    """A dataclass of these fields."""
    return Kind(
        lambda value: fits(fields, value),
        lambda thing: written(fields, thing),
        lambda value: made(**values(fields, value)),
    )


def write_cell(cell: Cell) -> dict[str, Any]:
    return {"state": cell.state.value} | ({"value": cell.value} if cell.known else {})


def _read_cell(data: Mapping[str, Any]) -> Cell:
    return Cell(State(data["state"]), data.get("value"))


def stated(kind: Kind, **beside: Kind) -> Kind:
    """A number with its state: a value where it is told, and none where it is not; ``beside``: what stands with it."""

    def check(value: Any) -> bool:
        if not fits({"state": among(*State), **beside}, value):
            return False
        if value["state"] not in (State.SHOWN, State.ZERO):
            return "value" not in value  # a hidden cell with a value is not sealed again
        number = value.get("value")
        return kind.check(number) and (number == 0) == (value["state"] == State.ZERO)

    return Kind(check, write_cell, _read_cell)


NUMBER = Kind(_is_number)
COUNTED, MEASURED = stated(COUNT), stated(NUMBER)


def reasons(made: Callable[[str], str], kind: Kind = SILENT) -> Kind:
    """Pairs of a reason and how many rows; ``made``: what a reason becomes."""
    return Kind(
        each(stated(COUNT, why=kind)).check,
        lambda pairs: [{"why": why, **write_cell(cell)} for why, cell in pairs],
        lambda value: tuple((made(item["why"]), _read_cell(item)) for item in value),
    )


# --- the records of the file ----------------------------------------------------------------------------------

VARIABLE: Fields = {
    "title": WORDS, "levels": named(WORDS), "ordered": FLAG, "multiple": FLAG, "sensitivity": TEXT, "role": TEXT,
    "threshold": COUNT, "missing": each(TEXT), "open": maybe(each(TEXT)), "counted": maybe(among(*fields.COUNTED)),
    "lengths": maybe(named(DAYS)),
}  # fmt: skip
TRAIT = record({"name": TEXT, "sensitivity": TEXT, "role": TEXT, "threshold": COUNT}, Trait)
POPULATION = Kind(
    each(TRAIT).check,
    lambda traits: list(map(TRAIT.write, sorted(traits, key=lambda trait: trait.name))),
    each(TRAIT, frozenset).read,
)
QUESTION: Fields = {"name": SILENT, "title": WORDS, "why": among(*WHY), "counted_as": each(SILENT)}
ACCOUNT: Fields = {
    "file": SILENT, "sha256": DIGEST, "codebook": SILENT, "version": SILENT, "synthetic": FLAG, "area": maybe(SILENT),
    "title": WORDS, "read": COUNTED, "used": COUNTED, "steps": reasons(i18n.reason), "population": maybe(POPULATION),
    "set_aside": maybe(COUNTED), "reasons": maybe(reasons(str, PLAIN)),
    "questions": maybe(each(record(QUESTION, Question))),
}  # fmt: skip
MEAN: Fields = dict.fromkeys(("mean", "sd", "low", "high"), MEASURED)
JUDGED: Fields = {**dict.fromkeys(("low", "high", "p", "size"), MEASURED), "beyond": FLAG, "family": COUNT}
TABLE: Fields = {
    "id": PLAIN, "indicator": PLAIN, "title": WORDS, "variable": TEXT, "by": TEXT, "multiple": FLAG,
    "measure": among(*Quantity), "rows": KEYS, "columns": KEYS, "variables": each(TEXT), "answered": FLAG,
    "apart": KEYS, "empty": maybe(KEYS), "means": each(record({"cell": TEXT, **MEAN})),
    "judged": each(record({"cells": each(TEXT), **JUDGED})),
    "statistics": each(stated(NUMBER, cell=TEXT, name=TEXT)),
    "advice": or_none(record({"variable": TEXT, "levels": each(TEXT)}, Advice)),
}  # fmt: skip
VIEW = ("id", "indicator", "title", "variable", "by", "multiple", "measure", "rows", "columns", "answered", "apart",
         "empty")  # fmt: skip
LINK: Fields = {
    "terms": each(record({"cell": TEXT, "coefficient": WHOLE})), "relation": among(*Sign), "value": maybe(WHOLE),
}  # fmt: skip
QUOTE = record(dict.fromkeys(("text", "about", "approved_by", "date"), TEXT), quote)
FILLED = stated(NUMBER, sources=each(record({"folder": TEXT, "title": WORDS})))
ENTRY: Fields = {"cells": named(TEXT), "approved_by": TEXT, "date": TEXT, "filled": maybe(FILLED)}
PARTS: Fields = {
    "rule": named(WHOLE), "account": record(ACCOUNT, ReleasedAccount), "variables": named(record(VARIABLE, Variable)),
    "cells": each(stated(COUNT, id=TEXT, dimensions=KEY, threshold=COUNT)), "tables": each(record(TABLE)),
    "verdicts": each(named(Kind(lambda value: True))), "relations": each(record(LINK)), "quotes": maybe(each(QUOTE)),
    "entries": maybe(each(record(ENTRY))), "ledger": maybe(ENTERED),
}  # fmt: skip
#: A page without rows has no file, and no table.
WITHOUT_ROWS: Fields = {
    **PARTS,
    "tables": Kind(lambda value: value == []),
    "account": record({**ACCOUNT, "sha256": Kind(lambda value: value == "")}),
}
