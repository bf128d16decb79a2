"""Measuring instruments, declared in TOML: items, ranges, reversals, scales, reliability, source and licence.

A key that a county has for an instrument of its own is one more TOML file (docs/instruments.md).
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from rakelab.declared import NUMBER, SCALAR, Declaration, Entry, names_in, path_of
from rakelab.errors import RakelabError
from rakelab.fields import SENSITIVITIES
from rakelab.i18n import LANGUAGES
from rakelab.scales import (
    GAS,
    KINDS,
    RULES,
    Cutoff,
    Direction,
    Edition,
    Instrument,
    Item,
    Reliability,
    Scale,
    Skip,
    gas,
)

__all__ = ["Cutoff", "Instrument", "Item", "Reliability", "Scale", "instrument", "names"]

INSTRUMENTS = Path(__file__).parent / "instruments"


def names() -> tuple[str, ...]:
    """The instruments that come along."""
    return names_in(INSTRUMENTS)


def instrument(name: str | Path) -> Instrument:
    """The instrument ``name``, or the one in a TOML file when ``name`` is a path.

    Raises CodebookError with every fault in the file, each with its place.
    """
    return _read(path_of(name, INSTRUMENTS, "instrument.unknown"))


_FILE = {"instrument": dict, "items": dict, "item": list, "scale": list, "edition": list, "skip": list}
_HEAD = {
    "name": str, "title": dict, "version": SCALAR, "source": str, "licence": str, "direction": str,
    "formative": bool, "sensitivity": str, "note": dict, "allowed_missing": int, "kind": str, "alone": list,
}  # fmt: skip
_ITEMS = {"count": int, "minimum": int, "maximum": int, "reversed": list, "printed": list}
_ITEM = {
    "number": int, "label": dict, "minimum": int, "maximum": int, "values": list, "reversed": bool, "recode": dict,
    "risk": bool, "sensitivity": str, "aliases": list,
}  # fmt: skip
_ANY_SCALE = {
    "name": str, "title": dict, "direction": str, "minimum": NUMBER, "maximum": NUMBER, "reliability": dict,
    "cutoffs": list, "unit": dict,
}  # fmt: skip
_READY = {**_ANY_SCALE, "aliases": list}
_SCALE = {
    **_ANY_SCALE, "items": list, "rule": str, "allowed_missing": int, "formative": bool, "beside": list,
    "weights": bool,
}  # fmt: skip
_EDITION = {"value": SCALAR, "reversed": list, "aliases": list}
_SKIP = {"when": list, "items": list}
_RELIABILITY = {"value": NUMBER, "source": str | dict}
_CUTOFF = {"value": NUMBER, "title": dict}
_SENSITIVE = ("", *(name for name in SENSITIVITIES if name != "text"))
_Items = Mapping[int, Item]


def _read(path: Path) -> Instrument:
    file = Declaration(path, _FILE)
    head = file.entry("instrument", _HEAD)
    ready = head.one_of("kind", KINDS) == KINDS[1]
    common = file.entry("items", _ITEMS)
    items = {} if ready else _items(file, common)
    entries = file.entries("scale", _READY if ready else _SCALE)
    scales = tuple(_ready(entry, head) if ready else _scale(entry, head, items) for entry in entries)
    if ready and not scales:
        file.fault("instrument.no_ready", file=path.name)
    file.unique([scale.name for scale in scales])
    made = Instrument(
        name=_identifier(head, path.stem),
        title=head.label("title"),
        items=tuple(items.values()),
        scales=scales,
        version=str(head.get("version", "1")),
        direction=Direction(head.one_of("direction", tuple(Direction))),
        sensitivity=head.one_of("sensitivity", _SENSITIVE),
        note=head.optional_label("note"),
        editions=tuple(_edition(entry, items) for entry in file.entries("edition", _EDITION, "value")),
        skips=tuple(_skip(entry, items) for entry in file.entries("skip", _SKIP, "")),
        printed=_printed(common, items),
        alone=_known(head, "alone", items),
        **head.plain("source", "licence", "allowed_missing", "kind"),
    )
    file.unique([edition.value for edition in made.editions])
    if made.allowed_missing is not None:
        _check_allowed(head, made.allowed_missing, len(items))
    file.done("instrument.broken")
    return made


def _identifier(entry: Entry, default: str = "") -> str:
    name = str(entry.get("name", default))
    if not name.isidentifier():
        entry.fault("instrument.bad_identifier")
    return name


# --- items ----------------------------------------------------------------------------------------------------


def _items(file: Declaration, common: Entry) -> dict[int, Item]:
    own = file.entries("item", _ITEM, "number")
    file.unique([entry.place for entry in own])
    for entry in own:
        if entry.get("number", 0) < 1:
            entry.fault("instrument.bad_number")
    numbered = {n: Entry({}, _ITEM, f"item {n}", file.faults) for n in range(1, common.get("count", 0) + 1)}
    numbered |= {entry.get("number"): entry for entry in own if entry.get("number", 0) > 0}
    if not numbered:
        file.fault("instrument.no_items", file=file.path.name)
    shared = {key: common.get(key) for key in ("minimum", "maximum") if key in common}
    turned = _known(common, "reversed", numbered)
    for n, entry in numbered.items():
        entry.values = {**shared, "reversed": n in turned, **entry.values}
    return {n: _item(entry, n) for n, entry in sorted(numbered.items())}


def _item(entry: Entry, number: int) -> Item:
    low, high = _limits(entry)
    made = Item(
        number=number,
        minimum=low,
        maximum=high,
        label=entry.optional_label("label"),
        values=tuple(sorted(_whole(entry, "values"))),
        recode=_recode(entry),
        sensitivity=entry.one_of("sensitivity", _SENSITIVE),
        aliases=entry.texts("aliases"),
        **entry.plain("reversed", "risk"),
    )
    if made.values and not made.minimum <= made.values[0] <= made.values[-1] <= made.maximum:
        entry.fault("instrument.outside", "values")
    if made.recode and {answer for answer, _ in made.recode} != set(made.allowed):
        entry.fault("instrument.recode_gap", "recode")
    if made.recode and made.reversed:
        entry.fault("instrument.twice_turned")
    return made


def _limits(entry: Entry, *, apart: bool = False) -> tuple[Any, Any]:
    """The ``minimum`` and the ``maximum``, of which both must be there; ``apart``: and may not be the same."""
    missing = [key for key in ("minimum", "maximum") if key not in entry]
    for key in missing:
        entry.fault("instrument.no_limit", key=key)
    low, high = entry.get("minimum", 0), entry.get("maximum", 0)
    if not missing and (low > high or (apart and low == high)):
        entry.fault("limits")
    return low, high


def _whole(entry: Entry, key: str) -> list[int]:
    values = entry.get(key, [])
    whole = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
    if len(whole) < len(values):
        entry.fault("wrong_type", key, kind="integer")
    entry.unique(map(str, whole), key)
    return whole


def _recode(entry: Entry) -> tuple[tuple[int, int], ...]:
    """TOML keys are texts: ``{ "0" = 5, "1" = 4 }``."""
    table = entry.get("recode", {})
    keys = [key for key in table if key.lstrip("-").isdecimal()]
    if len(keys) < len(table):
        entry.fault("wrong_type", "recode", kind="integer")
    whole = Entry({key: table[key] for key in keys}, dict.fromkeys(keys, int), f"{entry.place}.recode", entry.faults)
    return tuple((int(key), value) for key, value in whole.values.items())


def _known(entry: Entry, key: str, items: Mapping[int, Any]) -> tuple[int, ...]:
    """Those of the listed numbers that are items; the others become faults."""
    numbers = _whole(entry, key)
    for number in numbers:
        if number not in items:
            span = f"{min(items)}–{max(items)}" if items else "–"
            entry.fault("instrument.unknown_item", key, item=number, known=span)
    return tuple(number for number in numbers if number in items)


def _printed(common: Entry, items: _Items) -> tuple[int, ...]:
    """The order of the form; it tells of every item, or of none."""
    printed = _known(common, "printed", items)
    if set(printed) == set(items):
        return printed
    if printed:
        common.fault("instrument.printed_gap", "printed")
    return ()


def _edition(entry: Entry, items: _Items) -> Edition:
    if "value" not in entry:
        entry.fault("instrument.outside")
    turned = _known(entry, "reversed", items)
    for number in turned:
        if items[number].reversed or items[number].recode:
            entry.faults.append(RakelabError("instrument.twice_turned", place=f"item {number}"))
    return Edition(str(entry.get("value", "")), turned, entry.texts("aliases"))


def _skip(entry: Entry, items: _Items) -> Skip:
    when, past = (_known(entry, key, items) for key in ("when", "items"))
    if not when or not past:
        entry.fault("instrument.empty_skip")
    return Skip(when, past)


# --- scales ---------------------------------------------------------------------------------------------------


def _scale(entry: Entry, head: Entry, items: _Items) -> Scale:
    used = _known(entry, "items", items)
    if not entry.get("items"):
        entry.fault("instrument.no_scale_items")
    rule = entry.one_of("rule", (*RULES, GAS))
    made = replace(
        _any_scale(entry, head, _computed_limits(entry, [items[n] for n in used])),
        items=used,
        rule=rule,
        beside=_known(entry, "beside", items),
        **{**head.plain("formative"), **entry.plain("formative", "allowed_missing", "weights")},
    )
    _check_allowed(entry, made.allowed_missing, len(made.items))
    if made.weights and made.rule != GAS:
        entry.fault("instrument.weights")
    for number in made.items if len(made.items) > 1 else ():
        if items[number].risk and number not in made.beside:
            entry.fault("instrument.risk_pooled", item=number)
    return made


def _ready(entry: Entry, head: Entry) -> Scale:
    """A score that was computed elsewhere: its range and direction are all that is known."""
    return replace(_any_scale(entry, head, _limits(entry, apart=True)), aliases=entry.texts("aliases"))


def _any_scale(entry: Entry, head: Entry, limits: tuple[float, float]) -> Scale:
    entry.values = {"direction": head.get("direction", Direction.NONE), **entry.values}
    return Scale(
        name=_identifier(entry),
        title=entry.label("title"),
        items=(),
        direction=Direction(entry.one_of("direction", tuple(Direction))),
        minimum=limits[0],
        maximum=limits[1],
        reliability=_reliability(entry.entry("reliability", _RELIABILITY)) if "reliability" in entry else None,
        cutoffs=_cutoffs(entry, limits),
        unit=entry.optional_label("unit"),
    )


def _check_allowed(entry: Entry, allowed: int, items: int) -> None:
    if not 0 <= allowed < max(items, 1):
        entry.fault("instrument.allowed_missing", "allowed_missing", most=max(items - 1, 0))


def _computed_limits(entry: Entry, items: list[Item]) -> tuple[float, float]:
    """The least and the greatest score, from the items; the file may say the same, not another thing."""
    points = [item.points.values() for item in items if item.points]
    rule = entry.get("rule", "sum")
    if not points or rule not in (*RULES, GAS):
        return 0, 0
    lows, highs = list(map(min, points)), list(map(max, points))
    if rule == "mean4_100" and {*lows, *highs} != {1, 5}:
        entry.fault("instrument.one_to_five")
    limits = (_score(rule, lows), _score(rule, highs))
    for key, limit in zip(("minimum", "maximum"), limits, strict=True):
        if abs(entry.get(key, limit) - limit) > 0.005:
            entry.fault("instrument.other_limit", key, limit=f"{limit:g}")
    return limits


def _score(rule: str, points: list[int]) -> float:
    """The scale's value of one person who answered everything, goals weighing the same."""
    count = len(points)
    return float((gas if rule == GAS else RULES[rule])(sum(points), count, count))


def _reliability(entry: Entry) -> Reliability:
    value, source = entry.get("value", 0), entry.get("source", "")
    if not 0 < value < 1 or not source:
        entry.fault("instrument.bad_reliability")
    return Reliability(value, dict.fromkeys(LANGUAGES, source) if isinstance(source, str) else entry.label("source"))


def _cutoffs(entry: Entry, limits: tuple[float, float]) -> tuple[Cutoff, ...]:
    cutoffs = []
    for cutoff in entry.entries("cutoffs", _CUTOFF, ""):
        if not limits[0] <= cutoff.get("value", limits[0] - 1) <= limits[1]:
            cutoff.fault("instrument.outside")
        cutoffs.append(Cutoff(cutoff.get("value", 0), cutoff.label("title")))
    return tuple(sorted(cutoffs, key=lambda cutoff: cutoff.value))
