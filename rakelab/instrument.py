"""Measuring instruments, declared in TOML: items, ranges, reversals, scales, reliability, source and licence.

A key that a county has for an instrument of its own is one more TOML file (docs/instruments.md).
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rakelab.declared import NUMBER, SCALAR, Reader, named, near
from rakelab.errors import CodebookError
from rakelab.fields import SENSITIVITIES, Label
from rakelab.i18n import LANGUAGES
from rakelab.scales import (
    DIRECTIONS,
    GAS,
    KINDS,
    RULES,
    Cutoff,
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


@cache
def names() -> tuple[str, ...]:
    """The instruments that come along."""
    return tuple(sorted(path.stem for path in INSTRUMENTS.glob("*.toml")))


def instrument(name: str | Path) -> Instrument:
    """The instrument ``name``, or the one in a TOML file when ``name`` is a path.

    Raises CodebookError with every fault in the file, each with its place.
    """
    path = Path(name)
    if path.suffix.lower() != ".toml":
        if str(name) not in names():
            raise CodebookError("instrument.unknown", instrument=str(name), nearest=near(str(name), names()))
        path = INSTRUMENTS / f"{name}.toml"
    return _Reader(path).instrument()


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
_SCALE = {
    "name": str,
    "title": dict,
    "items": list,
    "rule": str,
    "direction": str,
    "allowed_missing": int,
    "minimum": NUMBER,
    "maximum": NUMBER,
    "reliability": dict,
    "cutoffs": list,
    "unit": dict,
    "formative": bool,
    "beside": list,
    "weights": bool,
}
_READY = {
    "name": str,
    "title": dict,
    "direction": str,
    "minimum": NUMBER,
    "maximum": NUMBER,
    "reliability": dict,
    "cutoffs": list,
    "unit": dict,
    "aliases": list,
}
_EDITION = {"value": SCALAR, "reversed": list, "aliases": list}
_SKIP = {"when": list, "items": list}  # fmt: skip
_RELIABILITY = {"value": NUMBER, "source": str | dict}
_CUTOFF = {"value": NUMBER, "title": dict}
_SECRET = tuple(one for one in SENSITIVITIES if one != "text")


class _Reader(Reader):
    """Reads one instrument file and collects every fault before it gives up."""

    def instrument(self) -> Instrument:
        data = self._table(self._load(), _FILE, self.path.name)
        place = "instrument"
        head = self._table(data.get(place, {}), _HEAD, place)
        ready = self._one_of(head, "kind", KINDS, place) == KINDS[1]
        items = {} if ready else self._items(data)
        read = self._ready if ready else self._scale
        scales = tuple(read(raw, i, (head, items)) for i, raw in enumerate(data.get("scale", []), 1))
        if ready and not scales:
            self._fault("instrument.no_ready", file=self.path.name)
        self._unique([one.name for one in scales], self.path.name)
        made = Instrument(
            name=self._identifier(head.get("name", self.path.stem), place),
            title=self._label(head.get("title"), f"{place}.title"),
            items=tuple(items.values()),
            scales=scales,
            version=str(head.get("version", "1")),
            source=head.get("source", ""),
            licence=head.get("licence", ""),
            direction=self._one_of(head, "direction", DIRECTIONS, place),
            sensitivity=self._one_of(head, "sensitivity", ("", *_SECRET), place),
            note=self._words(head, "note", place),
            allowed_missing=head.get("allowed_missing"),
            kind=head.get("kind", KINDS[0]),
            editions=tuple(self._edition(raw, i, items) for i, raw in enumerate(data.get("edition", []), 1)),
            skips=tuple(self._skip(raw, i, items) for i, raw in enumerate(data.get("skip", []), 1)),
            printed=self._printed(data.get("items", {}), items),
            alone=self._known(head.get("alone", []), items, f"{place}.alone"),
        )
        self._unique([one.value for one in made.editions], self.path.name)
        if made.allowed_missing is not None:
            self._few(made.allowed_missing, len(items), place)
        if self.faults:
            raise CodebookError("instrument.broken", file=self.path.name, faults=tuple(self.faults))
        return made

    def _identifier(self, name: str, place: str) -> str:
        if not name.isidentifier():
            self._fault("instrument.bad_identifier", place=place)
        return name

    def _words(self, entry: Mapping[str, Any], key: str, place: str) -> Label | None:
        return self._label(entry[key], f"{place}.{key}") if key in entry else None

    # --- items ------------------------------------------------------------------------------------------------

    def _items(self, data: Mapping[str, Any]) -> dict[int, Item]:
        common = self._table(data.get("items", {}), _ITEMS, "items")
        entries = [(named(f"item {i}", raw, "number"), raw) for i, raw in enumerate(data.get("item", []), 1)]
        own = [self._table(raw, _ITEM, place) | {"place": place} for place, raw in entries]
        self._unique([one["place"] for one in own], self.path.name)
        for one in own:
            if one.get("number", 0) < 1:
                self._fault("instrument.bad_number", place=one["place"])
        numbered = {n: {"place": f"item {n}"} for n in range(1, common.get("count", 0) + 1)}
        numbered |= {one["number"]: one for one in own if one.get("number", 0) > 0}
        if not numbered:
            self._fault("instrument.no_items", file=self.path.name)
        turned = self._known(common.get("reversed", []), numbered, "items.reversed")
        return {n: self._item(n, common | {"reversed": n in turned} | own) for n, own in sorted(numbered.items())}

    def _printed(self, common: Any, items: Mapping[int, Item]) -> tuple[int, ...]:
        """The order of the form; it tells of every item, or of none."""
        wanted = common.get("printed", []) if isinstance(common, dict) else []
        found = self._known(wanted if isinstance(wanted, list) else [], items, "items.printed")
        if found and set(found) != set(items):
            self._fault("instrument.printed_gap", place="items.printed")
        return found if set(found) == set(items) else ()

    def _edition(self, raw: Any, i: int, items: Mapping[int, Item]) -> Edition:
        place = named(f"edition {i}", raw, "value")
        entry = self._table(raw, _EDITION, place)
        if "value" not in entry:
            self._fault("instrument.outside", place=place)
        turned = self._known(entry.get("reversed", []), items, f"{place}.reversed")
        for number in turned:
            if items[number].reversed or items[number].recode:
                self._fault("instrument.twice_turned", place=f"item {number}")
        return Edition(str(entry.get("value", "")), turned, tuple(map(str, entry.get("aliases", ()))))

    def _skip(self, raw: Any, i: int, items: Mapping[int, Item]) -> Skip:
        place = f"skip {i}"
        entry = self._table(raw, _SKIP, place)
        when, past = (self._known(entry.get(key, []), items, f"{place}.{key}") for key in ("when", "items"))
        if not when or not past:
            self._fault("instrument.empty_skip", place=place)
        return Skip(when, past)

    def _item(self, number: int, entry: Mapping[str, Any]) -> Item:
        place = entry["place"]
        missing = [key for key in ("minimum", "maximum") if key not in entry]
        for key in missing:
            self._fault("instrument.no_limit", place=place, key=key)
        low, high = entry.get("minimum", 0), entry.get("maximum", 0)
        if low > high and not missing:
            self._fault("limits", place=place)
        made = Item(
            number=number,
            minimum=low,
            maximum=high,
            label=self._words(entry, "label", place),
            values=tuple(sorted(self._whole(entry.get("values", []), f"{place}.values"))),
            reversed=entry["reversed"],
            recode=self._recode(entry.get("recode", {}), f"{place}.recode"),
            risk=entry.get("risk", False),
            sensitivity=self._one_of(entry, "sensitivity", ("", *_SECRET), place),
            aliases=tuple(map(str, entry.get("aliases", ()))),
        )
        self._answers(made, place)
        return made

    def _answers(self, made: Item, place: str) -> None:
        """``values`` lie within the limits; ``recode`` tells of every answer; only one of recode and reversed."""
        if made.values and not made.minimum <= made.values[0] <= made.values[-1] <= made.maximum:
            self._fault("instrument.outside", place=f"{place}.values")
        if made.recode and {answer for answer, _ in made.recode} != set(made.allowed):
            self._fault("instrument.recode_gap", place=f"{place}.recode")
        if made.recode and made.reversed:
            self._fault("instrument.twice_turned", place=place)

    def _whole(self, values: list[Any], place: str) -> list[int]:
        good = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
        if len(good) < len(values):
            self._fault("wrong_type", place=place, kind="integer")
        self._unique([str(value) for value in good], place)
        return good

    def _recode(self, table: Mapping[str, Any], place: str) -> tuple[tuple[int, int], ...]:
        """TOML keys are texts: ``{ "0" = 5, "1" = 4 }``."""
        keys = [key for key in table if key.lstrip("-").isdecimal()]
        if len(keys) < len(table):
            self._fault("wrong_type", place=place, kind="integer")
        good = self._table({key: table[key] for key in keys}, dict.fromkeys(keys, int), place)
        return tuple((int(key), value) for key, value in good.items())

    def _known(self, numbers: list[Any], items: Mapping[int, Any], place: str) -> tuple[int, ...]:
        """Those of ``numbers`` that are items; the others become faults."""
        whole = self._whole(numbers, place)
        for number in whole:
            if number not in items:
                span = f"{min(items)}–{max(items)}" if items else "–"
                self._fault("instrument.unknown_item", place=place, item=number, known=span)
        return tuple(number for number in whole if number in items)

    # --- scales -----------------------------------------------------------------------------------------------

    def _scale(self, raw: Any, i: int, known: tuple[Mapping[str, Any], Mapping[int, Item]]) -> Scale:
        head, items = known
        place = named(f"scale {i}", raw, "name")
        entry = self._table(raw, _SCALE, place)
        used = self._known(entry.get("items", []), items, f"{place}.items")
        if not entry.get("items"):
            self._fault("instrument.no_scale_items", place=place)
        rule = self._one_of(entry, "rule", (*RULES, GAS), place)
        way = head.get("direction", DIRECTIONS[0])
        low, high = self._ends(entry, [items[n] for n in used], place)
        made = Scale(
            name=self._identifier(entry.get("name", ""), place),
            title=self._label(entry.get("title"), f"{place}.title"),
            items=used,
            rule=rule,
            direction=self._one_of({"direction": way} | entry, "direction", DIRECTIONS, place),
            minimum=low,
            maximum=high,
            allowed_missing=entry.get("allowed_missing", 0),
            reliability=self._reliability(entry.get("reliability"), f"{place}.reliability"),
            cutoffs=self._cutoffs(entry.get("cutoffs", []), (low, high), f"{place}.cutoffs"),
            unit=self._words(entry, "unit", place),
            formative=entry.get("formative", head.get("formative", False)),
            beside=self._known(entry.get("beside", []), items, f"{place}.beside"),
            weights=entry.get("weights", False),
        )
        self._sound(made, items, place)
        return made

    def _ready(self, raw: Any, i: int, known: tuple[Mapping[str, Any], Mapping[int, Item]]) -> Scale:
        """A score that was computed elsewhere: its range and direction are all that is known."""
        place = named(f"scale {i}", raw, "name")
        entry = self._table(raw, _READY, place)
        for key in ("minimum", "maximum"):
            if key not in entry:
                self._fault("instrument.no_limit", place=place, key=key)
        low, high = entry.get("minimum", 0), entry.get("maximum", 0)
        if low >= high and {"minimum", "maximum"} <= set(entry):
            self._fault("limits", place=place)
        way = known[0].get("direction", DIRECTIONS[0])
        return Scale(
            name=self._identifier(entry.get("name", ""), place),
            title=self._label(entry.get("title"), f"{place}.title"),
            items=(),
            direction=self._one_of({"direction": way} | entry, "direction", DIRECTIONS, place),
            minimum=low,
            maximum=high,
            reliability=self._reliability(entry.get("reliability"), f"{place}.reliability"),
            cutoffs=self._cutoffs(entry.get("cutoffs", []), (low, high), f"{place}.cutoffs"),
            unit=self._words(entry, "unit", place),
            aliases=tuple(map(str, entry.get("aliases", ()))),
        )

    def _sound(self, made: Scale, items: Mapping[int, Item], place: str) -> None:
        """Faults that only the whole scale shows."""
        self._few(made.allowed_missing, len(made.items), place)
        if made.weights and made.rule != GAS:
            self._fault("instrument.weights", place=place)
        pooled = [n for n in made.items if items[n].risk and n not in made.beside and len(made.items) > 1]
        for number in pooled:
            self._fault("instrument.risk_pooled", place=place, item=number)

    def _few(self, allowed: int, items: int, place: str) -> None:
        if not 0 <= allowed < max(items, 1):
            self._fault("instrument.allowed_missing", place=f"{place}.allowed_missing", most=max(items - 1, 0))

    def _ends(self, entry: Mapping[str, Any], items: list[Item], place: str) -> tuple[float, float]:
        """The least and the greatest score, from the items; the file may say the same, not another thing."""
        points = [one.points.values() for one in items if one.points]
        rule = entry.get("rule", "sum")
        if not points or rule not in (*RULES, GAS):
            return 0, 0
        lows, highs = [min(one) for one in points], [max(one) for one in points]
        if rule == "mean4_100" and {*lows, *highs} != {1, 5}:
            self._fault("instrument.one_to_five", place=place)
        ends = (_score(rule, lows), _score(rule, highs))
        for key, end in zip(("minimum", "maximum"), ends, strict=True):
            if abs(entry.get(key, end) - end) > 0.005:
                self._fault("instrument.other_limit", place=f"{place}.{key}", limit=f"{end:g}")
        return ends

    def _reliability(self, raw: Any, place: str) -> Reliability | None:
        if raw is None:
            return None
        entry = self._table(raw, _RELIABILITY, place)
        value, source = entry.get("value", 0), entry.get("source", "")
        if not 0 < value < 1 or not source:
            self._fault("instrument.bad_reliability", place=place)
        words = dict.fromkeys(LANGUAGES, source) if isinstance(source, str) else self._label(source, f"{place}.source")
        return Reliability(value, words)

    def _cutoffs(self, entries: list[Any], ends: tuple[float, float], place: str) -> tuple[Cutoff, ...]:
        found = []
        for i, raw in enumerate(entries, 1):
            entry = self._table(raw, _CUTOFF, f"{place} {i}")
            if not ends[0] <= entry.get("value", ends[0] - 1) <= ends[1]:
                self._fault("instrument.outside", place=f"{place} {i}")
            found.append(Cutoff(entry.get("value", 0), self._label(entry.get("title"), f"{place} {i}")))
        return tuple(sorted(found, key=lambda one: one.value))


def _score(rule: str, points: list[int]) -> float:
    """The scale's value of one person who answered everything, goals weighing the same."""
    count = len(points)
    return float((gas if rule == GAS else RULES[rule])(sum(points), count, count))
