"""What ``released.json`` looks like: every kind of value in its place. A file that anybody can have written is looked
at whole before anything is made of it."""

import json
import re
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from rakelab import i18n, identifiers
from rakelab.cells import Quantity, State
from rakelab.fields import COUNTED

Check = Callable[[Any], bool]
#: No report is larger, in characters; reading one takes some ten times its size.
LARGEST = 100_000_000
_DIGEST = re.compile("[0-9a-f]{64}")
_NAME = re.compile(r"[\w+:=-][\w+:=.-]{0,199}")
_COUNTED = 10**9


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
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("name")
    in_languages = not found.keys().isdisjoint(i18n.LANGUAGES) and all(isinstance(v, str) for v in found.values())
    return i18n.Written(found) if in_languages else found


# --- kinds of value -------------------------------------------------------------------------------------------


def text(one: Any) -> bool:
    return isinstance(one, str)


def silent(one: Any) -> bool:
    """A text that points at nobody by a code or an address."""
    return isinstance(one, str) and not identifiers.find(one, (identifiers.IDENTITY_CODE, identifiers.EMAIL))


def plain(one: Any) -> bool:
    """A name that can stand in a sentence, or in the name of a file."""
    return silent(one) and bool(_NAME.fullmatch(one))


def flag(one: Any) -> bool:
    return isinstance(one, bool)


def whole(one: Any) -> bool:
    return isinstance(one, int) and not isinstance(one, bool) and abs(one) <= _COUNTED


def count(one: Any) -> bool:
    return whole(one) and one >= 0


def days(one: Any) -> bool:
    return whole(one) and one > 0


def number(one: Any) -> bool:
    return isinstance(one, int | float) and not isinstance(one, bool) and isfinite(one)


def digest(one: Any) -> bool:
    return isinstance(one, str) and bool(_DIGEST.fullmatch(one))


def among(*known: Any) -> Check:
    return lambda one: isinstance(one, str) and one in known


def each(check: Check) -> Check:
    return lambda one: isinstance(one, list) and all(map(check, one))


def named(check: Check) -> Check:
    return lambda one: isinstance(one, dict) and all(map(check, one.values()))


def either(*checks: Check) -> Check:
    return lambda one: any(check(one) for check in checks)


def nothing(one: Any) -> bool:
    return one is None


def record(needed: Mapping[str, Check], maybe: Mapping[str, Check] | None = None) -> Check:
    """A mapping with these names; others are not looked at, and not carried along."""
    known = {**(maybe or {}), **needed}

    def fits(one: Any) -> bool:
        return (
            isinstance(one, dict)
            and needed.keys() <= one.keys()
            and all(check(one[name]) for name, check in known.items() if name in one)
        )

    return fits


def stated(check: Check, **beside: Check) -> Check:
    """A number with its state: a value where it is told, and none where it is not."""
    fits = record({"state": among(*State), **beside})

    def consistent(one: Any) -> bool:
        if not fits(one):
            return False
        if one["state"] in (State.SHOWN, State.ZERO):
            return "value" in one and check(one["value"]) and (one["value"] == 0) == (one["state"] == State.ZERO)
        return "value" not in one

    return consistent


# --- the document ---------------------------------------------------------------------------------------------


def words(one: Any) -> bool:
    """A text in one language or more."""
    return isinstance(one, i18n.Written) and all(map(silent, one.values()))


_KEY = named(text)
_RULE = named(whole)
_VARIABLE = record(
    {"title": words, "levels": named(words), "ordered": flag, "multiple": flag, "sensitivity": text, "role": text,
     "threshold": count, "missing": each(text)},
    {"open": each(text), "counted": among(*COUNTED), "lengths": named(days)},
)  # fmt: skip
_ACCOUNT = {
    "file": silent, "codebook": silent, "version": silent, "title": words, "synthetic": flag, "read": stated(count),
    "used": stated(count), "steps": each(stated(count, why=silent)),
}  # fmt: skip
_TRAIT = record({"name": text, "sensitivity": text, "role": text, "threshold": count})
_POPULATION = {
    "population": each(_TRAIT), "set_aside": stated(count), "reasons": each(stated(count, why=plain)), "area": silent,
}  # fmt: skip
_ADVICE = record({"variable": text, "levels": each(text)})
_TABLE = record({
    "id": plain, "indicator": plain, "title": words, "variable": text, "by": text, "multiple": flag, "answered": flag,
    "measure": among(*Quantity), "rows": each(_KEY), "columns": each(_KEY), "apart": each(_KEY),
    "variables": each(text), "advice": either(nothing, _ADVICE),
    "means": each(record({"cell": text, **dict.fromkeys(("mean", "sd", "low", "high"), stated(number))})),
    "judged": each(record({"cells": each(text), "beyond": flag, "family": count,
                           **dict.fromkeys(("low", "high", "p", "size"), stated(number))})),
    "statistics": each(stated(number, cell=text, name=text)),
}, {"empty": each(_KEY)})  # fmt: skip
_RELATION = record(
    {"terms": each(record({"cell": text, "coefficient": whole})), "relation": among("==", "<=")},
    {"value": whole},
)
_QUOTE = record(dict.fromkeys(("text", "about", "approved_by", "date"), text))
_SOURCE = record({"folder": text, "title": words})
_ENTRY = record(
    {"cells": named(text), "approved_by": text, "date": text},
    {"filled": stated(number, sources=each(_SOURCE))},
)
_CELL = stated(count, id=text, dimensions=_KEY, threshold=count)
#: Held against those that the file's numbers give, whole.
_VERDICTS = each(record({}))
_PARTS = {
    "rule": _RULE, "variables": named(_VARIABLE), "cells": each(_CELL), "tables": each(_TABLE),
    "relations": each(_RELATION), "verdicts": _VERDICTS,
}  # fmt: skip
_MORE = {"quotes": each(_QUOTE), "entries": each(_ENTRY)}
#: A report of rows has the check sum of its file; a page without rows has no file.
RELEASE = either(
    record({**_PARTS, "account": record({**_ACCOUNT, "sha256": digest}, _POPULATION)}, _MORE),
    record({**_PARTS, "tables": lambda one: one == [], "account": record({**_ACCOUNT, "sha256": among("")})}, _MORE),
)
GATHERED = record(
    {"account": record({"title": words}), "verdicts": _VERDICTS,
     "parts": each(record({"id": silent, "sha256": digest, "released": record(_PARTS)}))},
)  # fmt: skip
