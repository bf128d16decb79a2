"""A dataset declared once, in TOML: fields, options, missing codes, labels, sensitivity, bands.

Reading, checking, demo data, templates, tables and alt texts all draw from the same declaration. Key names follow
Table Schema (Data Package 2) where it has one; every key is known, and an unknown one is an error naming the nearest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rakelab.declared import NUMBER, SCALAR, Reader, named, near
from rakelab.errors import CodebookError, RakelabError, UsageError
from rakelab.fields import (
    BLANK,
    COUNTED,
    MISSING_KINDS,
    NONRESPONSE,
    NOT_ASKED,
    NOT_CONCERNED,
    ORIGINS,
    RESERVED_LEVELS,
    ROLES,
    SENSITIVITIES,
    TYPES,
    UNKNOWN,
    Category,
    Condition,
    Field,
    Label,
    MissingCode,
)
from rakelab.i18n import text
from rakelab.reserved import is_reserved, looks_joined

if TYPE_CHECKING:
    from rakelab.instrument import Instrument

__all__ = [
    "BLANK",
    "CODEBOOKS",
    "MISSING_KINDS",
    "NOT_ASKED",
    "NOT_CONCERNED",
    "UNKNOWN",
    "Category",
    "Codebook",
    "Condition",
    "Field",
    "Label",
    "MissingCode",
    "codebook",
    "names",
]

CODEBOOKS = Path(__file__).parent / "codebooks"


@dataclass(frozen=True)
class Codebook:
    """A dataset's declaration. ``fields`` in the form's order; ``bands`` are derived when asked for."""

    name: str
    title: Label
    fields: tuple[Field, ...]
    bands: tuple[Field, ...] = ()
    version: str = "1"
    source: str = ""
    missing: tuple[MissingCode, ...] = ()
    nonresponse: str = NONRESPONSE[0]
    counted: str = COUNTED[0]
    instruments: tuple["Instrument", ...] = ()

    @cached_property
    def _by_name(self) -> Mapping[str, Field]:
        return {found.name: found for found in (*self.fields, *self.bands)}

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __getitem__(self, name: str) -> Field:
        """The field ``name``; an unknown one is a CodebookError naming the nearest."""
        if name not in self._by_name:
            raise CodebookError("codebook.no_field", field=name, codebook=self.name, nearest=near(name, self._by_name))
        return self._by_name[name]

    def role(self, role: str) -> Field | None:
        """The field that plays ``role`` (period, region, person), if the form has one."""
        return next((found for found in self.fields if found.role == role), None)

    def with_field(self, derived: Field) -> "Codebook":
        """The same codebook with one more derived field. UsageError for a name that is in use."""
        if derived.name in self:
            raise UsageError("codebook.name_in_use", field=derived.name, codebook=self.name)
        return replace(self, bands=(*self.bands, derived))

    def with_replaced(self, made: Field) -> "Codebook":
        """The same codebook with a field that it has made anew: levels joined, a band as sensitive as its number."""
        name = self[made.name].name
        kept = tuple(band for band in self.bands if band.name != name)
        return replace(self, bands=(*kept, made))

    def title_of(self, name: str, lang: str) -> str:
        return self[name].title[lang]

    def label(self, name: str, level: str, lang: str) -> str:
        """The words for one level of a variable, also for a kind of missing."""
        option = next((o for o in self[name].categories if o.value == level), None)
        return option.label[lang] if option else text(f"common.level.{level}", lang)


@cache
def names() -> tuple[str, ...]:
    """The built-in codebooks."""
    return tuple(sorted(path.stem for path in CODEBOOKS.glob("*.toml")))


def codebook(name: str | Path) -> Codebook:
    """The built-in codebook ``name``, or the one in a TOML file when ``name`` is a path.

    Raises CodebookError with every fault in the file, each with its place.
    """
    path = Path(name)
    if path.suffix.lower() != ".toml":
        if str(name) not in names():
            raise CodebookError("codebook.unknown", codebook=str(name), nearest=near(str(name), names()))
        path = CODEBOOKS / f"{name}.toml"
    return _Reader(path).codebook()


_FILE = {"codebook": dict, "missing": list, "field": list, "bands": list}
_HEAD = {
    "name": str, "title": dict, "version": SCALAR, "source": str, "extends": str, "description": dict,
    "nonresponse": str, "counted": str, "instruments": list,
}  # fmt: skip
_FIELD = {
    "name": str, "number": int, "type": str, "title": dict, "description": dict, "categories": list,
    "categoriesOrdered": bool, "missingValues": list, "constraints": dict, "role": str, "sensitivity": str,
    "threshold": int, "origin": str, "applies": dict, "aliases": list,
}  # fmt: skip
_LIMITS = {"minimum": NUMBER, "maximum": NUMBER, "required": bool}
_CATEGORY = {"value": SCALAR, "label": dict, "exclusive": bool, "minimum": NUMBER, "maximum": NUMBER,
             "aliases": list}  # fmt: skip
_BAND = {"name": str, "of": str, "title": dict, "categories": list}
_MISSING = {"value": SCALAR, "kind": str}
_APPLIES = {"field": str, "values": list}


class _Reader(Reader):
    """Reads one codebook file and collects every fault before it gives up."""

    def codebook(self) -> Codebook:
        data = self._table(self._load(), _FILE, self.path.name)
        head = self._table(data.get("codebook", {}), _HEAD, "codebook")
        base = self._base(head)
        fields = [self._field(_FIELD, entry, f"field {i}") for i, entry in enumerate(data.get("field", []), 1)]
        bands = [self._field(_BAND, entry, f"bands {i}") for i, entry in enumerate(data.get("bands", []), 1)]
        instruments = (base.instruments if base else ()) + self._instruments(head.get("instruments", []))
        own = _merge(base.fields if base else (), fields)
        mine = {field.name for field in own}
        items = [item for one in instruments for item in one.fields() if item.name not in mine]
        made = Codebook(
            name=self._name(head.get("name", self.path.stem), "codebook"),
            title=self._label(head.get("title"), "codebook.title"),
            fields=(*own, *items),
            bands=_merge(base.bands if base else (), bands),
            version=str(head.get("version", "1")),
            source=head.get("source", ""),
            missing=(base.missing if base else ()) + self._missing(data.get("missing", []), "missing"),
            nonresponse=self._said(head, "nonresponse", NONRESPONSE, base),
            counted=self._said(head, "counted", COUNTED, base),
            instruments=instruments,
        )
        self._whole(made)
        if self.faults:
            raise CodebookError("codebook.broken", file=self.path.name, faults=tuple(self.faults))
        return made

    def _said(self, head: Mapping[str, Any], key: str, known: tuple[str, ...], base: Codebook | None) -> str:
        """One of ``known``; of a form that does not say, what the form says that it extends."""
        return getattr(base, key) if base and key not in head else self._one_of(head, key, known, "codebook")

    def _base(self, head: Mapping[str, Any]) -> Codebook | None:
        wanted = head.get("extends")
        if wanted in names():
            return codebook(wanted)
        if wanted is not None:
            self._fault("no_base", nearest=near(wanted, names()))
        return None

    def _instruments(self, wanted: list[Any]) -> tuple["Instrument", ...]:
        """The instruments named by the form: built-in names, or TOML files beside the form."""
        from rakelab.instrument import instrument

        found = []
        for name in map(str, wanted):
            try:
                found.append(instrument(self.path.parent / name if name.endswith(".toml") else name))
            except RakelabError as fault:
                self.faults.append(fault)
        return tuple(found)

    def _field(self, known: Mapping[str, Any], raw: Any, place: str) -> Field:
        """A field or a band: a band is a field with fewer keys, always ordered."""
        place = named(place, raw, "name")
        entry = self._table(raw, known, place)
        limits = self._table(entry.get("constraints", {}), _LIMITS, f"{place}.constraints")
        return Field(
            name=self._name(entry.get("name", ""), place),
            type=self._one_of(entry, "type", TYPES, place),
            title=self._label(entry.get("title"), f"{place}.title"),
            categories=self._categories(entry.get("categories", []), f"{place}.categories"),
            ordered=entry.get("categoriesOrdered", known is _BAND),
            missing=self._missing(entry.get("missingValues", []), f"{place}.missingValues"),
            minimum=limits.get("minimum"),
            maximum=limits.get("maximum"),
            required=limits.get("required", False),
            role=self._one_of(entry, "role", ("", *ROLES), place),
            sensitivity=self._one_of(entry, "sensitivity", ("", *SENSITIVITIES), place),
            threshold=entry.get("threshold", 0),
            origin=self._one_of(entry, "origin", ORIGINS, place),
            number=entry.get("number", 0),
            applies=self._condition(entry.get("applies"), f"{place}.applies"),
            aliases=tuple(map(str, entry.get("aliases", ()))),
            description=self._label(entry["description"], f"{place}.description") if "description" in entry else {},
            of=entry.get("of", ""),
        )

    def _categories(self, entries: list[Any], place: str) -> tuple[Category, ...]:
        found = []
        for i, raw in enumerate(entries, 1):
            here = named(f"{place} {i}", raw, "value")
            entry = self._table(raw, _CATEGORY, here)
            value = self._name(str(entry.get("value", "")), here)
            if value in RESERVED_LEVELS:
                self._fault("reserved_value", place=here)
            label = self._label(entry.get("label"), here)
            ends = (entry.get("minimum"), entry.get("maximum"))
            aliases = tuple(map(str, entry.get("aliases", ())))
            found.append(Category(value, label, entry.get("exclusive", False), *ends, aliases))
        self._unique([option.value for option in found], place)
        return tuple(found)

    def _missing(self, entries: list[Any], place: str) -> tuple[MissingCode, ...]:
        found = [{"value": "", "kind": ""} | self._table(entry, _MISSING, place) for entry in entries]
        self._unique([str(e["value"]) for e in found], place)
        return tuple(MissingCode(str(e["value"]), self._one_of(e, "kind", MISSING_KINDS, place)) for e in found)

    def _condition(self, raw: Any, place: str) -> Condition | None:
        entry = self._table(raw or {}, _APPLIES, place)
        return Condition(entry.get("field", ""), tuple(map(str, entry.get("values", ())))) if raw is not None else None

    def _whole(self, made: Codebook) -> None:
        """Faults that only the whole shows: doubles, references, options that do not suit the type."""
        marks = [
            f"{key} = {value}" for one in made.fields for key in ("number", "role") if (value := getattr(one, key))
        ]
        scores = [used.score_field(scale) for used in made.instruments for scale in used.scales]
        self._unique([one.name for one in (*made.fields, *made.bands, *scores)] + marks, self.path.name)
        for kind, found in (("field", made.fields), ("bands", made.bands), ("scale", scores)):
            self._free(kind, found)
        known = {found.name: found for found in made.fields}
        for one in made.fields:
            self._options(one)
            self._applies(one, known)
        for band in made.bands:
            self._band_of(band, known)
        if not made.fields:
            self._fault("no_fields", file=self.path.name)

    def _free(self, kind: str, found: Iterable[Field]) -> None:
        """No name is one that the tool derives, and no option one that others are joined to."""
        for one in found:
            if is_reserved(one.name, one.role):
                self._fault("reserved_name", place=f"{kind} {one.name}")
            if looks_joined(one.values, RESERVED_LEVELS, multiple=one.multiple):
                self._fault("reserved_join", place=f"{kind} {one.name}")

    def _options(self, one: Field) -> None:
        place = f"field {one.name}"
        if one.multiple and not one.choice:
            self._fault("no_options", place=place)
        if one.choice and one.type not in ("string", "list"):
            self._fault("options_type", place=place)
        if one.minimum is not None and one.maximum is not None and one.minimum > one.maximum:
            self._fault("limits", place=place)
        if one.threshold < 0:
            self._fault("negative", place=f"{place}.threshold")

    def _applies(self, one: Field, known: Mapping[str, Field]) -> None:
        if one.applies is None:
            return
        target = known.get(one.applies.field)
        allowed = target.values if target and target is not one else ()
        if not one.applies.values or not set(one.applies.values) <= set(allowed):
            self._fault("bad_condition", place=f"field {one.name}")

    def _band_of(self, band: Field, known: Mapping[str, Field]) -> None:
        place = f"bands {band.name}"
        target = known.get(band.of)
        if target is None:
            self._fault("band_of", place=place, nearest=near(band.of, known))
        elif target.type not in ("integer", "number"):
            self._fault("band_type", place=place)
        if not _ascending(band.categories):
            self._fault("band_limits", place=place)


def _ascending(bands: tuple[Category, ...]) -> bool:
    """Each band lies above the one before it, and only the first and the last may be open."""
    ends = [(-inf if b.minimum is None else b.minimum, inf if b.maximum is None else b.maximum) for b in bands]
    apart = all(upper < following for (_, upper), (following, _) in pairwise(ends))
    return bool(ends) and apart and all(lower <= upper for lower, upper in ends)


def _merge(base: tuple[Field, ...], own: list[Field]) -> tuple[Field, ...]:
    """``extends``: a field of the same name replaces, a new one follows."""
    mine = {one.name: one for one in own}
    last = {one.name: i for i, one in enumerate(own)}
    kept = [mine.pop(one.name, one) for one in base]
    # a name declared twice in one file must stay visible to the check for doubles
    doubles = [one for i, one in enumerate(own) if last[one.name] != i]
    return (*kept, *mine.values(), *doubles)
