"""A dataset declared once, in TOML: fields, options, missing codes, labels, sensitivity, bands.

Reading, checking, demo data, templates, tables and alt texts all draw from the same declaration. Key names follow
Table Schema (Data Package 2) where it has one; every key is known, and an unknown one is an error naming the nearest.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from functools import cached_property
from html import escape
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from rakelab import i18n
from rakelab.declared import NUMBER, SCALAR, Declaration, Entry, names_in, near, path_of
from rakelab.errors import CodebookError, RakelabError, UsageError
from rakelab.fields import (
    BLANK,
    CODE_KINDS,
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
from rakelab.names import WRITTEN, is_reserved, looks_joined, made_of

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
    description: Label = attribute(default_factory=dict)  # what a report of it is of, in a line
    bands: tuple[Field, ...] = ()
    removed: tuple[Field, ...] = ()  # of the form that it extends: known to notebooks, and not asked
    version: str = "1"
    source: str = ""
    missing: tuple[MissingCode, ...] = ()
    nonresponse: str = NONRESPONSE[0]
    counted: str = COUNTED[0]
    area: str = ""  # whose data the form collects; two sources are compared where both say the same
    instruments: tuple["Instrument", ...] = ()

    @cached_property
    def _by_name(self) -> Mapping[str, Field]:
        return {field.name: field for field in (*self.removed, *self.written, *self.fields, *self.bands)}

    @property
    def written(self) -> tuple[Field, ...]:
        """What people wrote where no option fitted, a free text beside each question that catches it."""
        return tuple(_written(field) for field in self.fields if field.catch_all)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __getitem__(self, name: str) -> Field:
        """The field ``name``; an unknown one is a CodebookError naming the nearest."""
        if name not in self._by_name:
            raise CodebookError("codebook.no_field", field=name, codebook=self.name, nearest=near(name, self._by_name))
        return self._by_name[name]

    def role(self, role: str) -> Field | None:
        """The field that plays ``role`` (period, region, person), if the form has one."""
        return next((field for field in self.fields if field.role == role), None)

    @property
    def weight(self) -> Field | None:
        """The field that tells how much a row weighs, if the form has one."""
        return next((field for field in self.fields if field.weight), None)

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
        return self.words(name, level)[lang]

    def words(self, name: str, level: str) -> Label:
        option = next((o for o in self[name].categories if o.value == level), None)
        return option.label if option else i18n.label(f"common.level.{level}")

    def table(self, lang: str) -> list[tuple[str, ...]]:
        """Variable, question, code and option, one option a row, under a heading; without options what is asked for."""
        heads = tuple(i18n.text(f"codebook.column.{name}", lang) for name in ("variable", "question", "code", "option"))
        return [heads, *(row for field in self.fields for row in _listed(field, lang))]

    def _repr_html_(self) -> str:
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in self.table(i18n.spoken()))
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _written(field: Field) -> Field:
    """The free text of those who wrote an answer of their own. It is as sensitive as the question."""
    return Field(
        name=made_of(field.name, WRITTEN),
        type="string",
        title=i18n.label("codebook.written", field=field.title),
        sensitivity=field.sensitivity or "text",
        threshold=field.threshold,
        origin=field.origin,
        applies=Condition(field.name, (field.catch_all,)),
    )


def _listed(field: Field, lang: str) -> list[tuple[str, ...]]:
    options = [(option.value, option.label[lang]) for option in field.categories]
    asked = [("", i18n.text(f"templates.guide.kind.{field.type}", lang))]
    return [(field.name, field.title[lang], *pair) for pair in options or asked]


def names() -> tuple[str, ...]:
    """The built-in codebooks."""
    return names_in(CODEBOOKS)


def codebook(name: str | Path) -> Codebook:
    """The built-in codebook ``name``, or the one in a TOML file when ``name`` is a path.

    Raises CodebookError with every fault in the file, each with its place.
    """
    return _read(path_of(name, CODEBOOKS, "codebook.unknown"))


_FILE = {"codebook": dict, "missing": list, "field": list, "bands": list}
_HEAD = {
    "name": str, "title": dict, "version": SCALAR, "source": str, "extends": str, "description": dict,
    "nonresponse": str, "counted": str, "area": str, "instruments": list, "remove": list,
}  # fmt: skip
_FIELD = {
    "name": str, "number": int, "type": str, "title": dict, "description": dict, "categories": list,
    "categoriesOrdered": bool, "missingValues": list, "constraints": dict, "role": str, "sensitivity": str,
    "threshold": int, "origin": str, "applies": dict, "aliases": list, "catch_all": str,
    "weight": bool,
}  # fmt: skip
_LIMITS = {"minimum": NUMBER, "maximum": NUMBER, "required": bool}
_CATEGORY = {"value": SCALAR, "label": dict, "exclusive": bool, "minimum": NUMBER, "maximum": NUMBER,
             "aliases": list}  # fmt: skip
_BAND = {"name": str, "of": str, "title": dict, "categories": list}
_MISSING = {"value": SCALAR, "kind": str}
_APPLIES = {"field": str, "values": list}


def _read(path: Path) -> Codebook:
    file = Declaration(path, _FILE)
    head = file.entry("codebook", _HEAD)
    base = _base(file, head.get("extends"))
    removed = _removed(base, head)
    fields = [_field(entry) for entry in file.entries("field", _FIELD)]
    bands = [replace(_field(entry), ordered=True, of=entry.get("of", "")) for entry in file.entries("bands", _BAND)]
    instruments = (*base.instruments, *_instruments(file, head.get("instruments", [])))
    merged = _merged(tuple(field for field in base.fields if field not in removed), fields)
    known = {field.name for field in merged}
    items = [item for used in instruments for item in used.fields() if item.name not in known]
    made = Codebook(
        name=head.name(default=path.stem),
        title=head.label("title"),
        description=head.optional_label("description") or {},
        fields=(*merged, *items),
        removed=(*base.removed, *removed),
        bands=_merged(base.bands, bands),
        version=str(head.get("version", "1")),
        missing=base.missing + missing_codes(file, "missing"),
        nonresponse=head.one_of("nonresponse", NONRESPONSE) if "nonresponse" in head else base.nonresponse,
        counted=head.one_of("counted", COUNTED) if "counted" in head else base.counted,
        area=head.get("area", "").strip(),
        instruments=instruments,
        **head.plain("source"),
    )
    _check(file, made)
    file.done("codebook.broken")
    return made


def _base(file: Declaration, extended: str | None) -> Codebook:
    """The codebook that this one extends; an empty one where it extends none."""
    if extended in names():
        return codebook(extended)
    if extended is not None:
        file.fault("no_base", nearest=near(extended, names()))
    return Codebook("", {}, ())


def _removed(base: Codebook, head: Entry) -> tuple[Field, ...]:
    """The questions of the extended form that this one does not ask."""
    asked, wanted = [field.name for field in base.fields], head.texts("remove")
    for name in wanted:
        if name not in asked:
            head.fault("not_removed", "remove", field=name, nearest=near(name, asked))
    return tuple(field for field in base.fields if field.name in wanted)


def _instruments(file: Declaration, wanted: Iterable[object]) -> Iterator["Instrument"]:
    """The instruments named by the form: built-in names, or TOML files beside the form."""
    from rakelab.instrument import instrument

    for name in map(str, wanted):
        try:
            yield instrument(file.path.parent / name if name.endswith(".toml") else name)
        except RakelabError as fault:
            file.faults.append(fault)


def _field(entry: Entry) -> Field:
    limits, applies = entry.entry("constraints", _LIMITS), entry.entry("applies", _APPLIES)
    return Field(
        name=entry.name(),
        type=entry.one_of("type", TYPES),
        title=entry.label("title"),
        categories=_categories(entry),
        ordered=entry.get("categoriesOrdered", False),
        missing=missing_codes(entry, "missingValues"),
        role=entry.one_of("role", ("", *ROLES)),
        sensitivity=entry.one_of("sensitivity", ("", *SENSITIVITIES)),
        origin=entry.one_of("origin", ORIGINS),
        applies=Condition(applies.get("field", ""), applies.texts("values")) if "applies" in entry else None,
        aliases=entry.texts("aliases"),
        description=entry.optional_label("description") or {},
        **entry.plain("threshold", "number", "catch_all", "weight"),
        **limits.values,
    )


def _categories(entry: Entry) -> tuple[Category, ...]:
    categories = tuple(map(_category, entry.entries("categories", _CATEGORY, "value")))
    entry.unique([category.value for category in categories], "categories")
    return categories


def _category(entry: Entry) -> Category:
    value = entry.name("value")
    if value in RESERVED_LEVELS:
        entry.fault("reserved_value")
    plain = entry.plain("exclusive", "minimum", "maximum")
    return Category(value, entry.label("label"), aliases=entry.texts("aliases"), **plain)


def missing_codes(entry: Entry, key: str) -> tuple[MissingCode, ...]:
    """The codes that a declaration lists under ``key``, each with its kind."""
    codes = entry.entries(key, _MISSING, "value")
    for code in codes:
        code.values = {"value": "", "kind": "", **code.values}  # neither goes without saying
    entry.unique([str(code.get("value")) for code in codes], key)
    return tuple(MissingCode(str(code.get("value")), code.one_of("kind", CODE_KINDS)) for code in codes)


def _check(file: Declaration, made: Codebook) -> None:
    """Faults that only the whole shows: doubles, references, options that do not suit the type."""
    marks = [
        f"{key} = {value}"
        for field in made.fields
        for key in ("number", "role", "weight")
        if (value := getattr(field, key))
    ]
    scores = [used.score_field(scale) for used in made.instruments if not used.ready for scale in used.scales]
    file.unique([*(field.name for field in (*made.fields, *made.bands, *scores)), *marks])
    known = {field.name: field for field in made.fields}
    for kind, fields in (("field", made.fields), ("bands", made.bands), ("scale", scores)):
        for field in fields:
            for sentence in _reserved(field):
                file.fault(sentence, f"{kind} {field.name}")
    for field in made.fields:
        for sentence, at in _misfits(field, known):
            file.fault(sentence, f"field {field.name}{at}")
    for band in made.bands:
        for sentence in _band_faults(band, {**{gone.name: gone for gone in made.removed}, **known}.get(band.of)):
            file.fault(sentence, f"bands {band.name}", nearest=near(band.of, known))
    if not made.fields:
        file.fault("no_fields", file=file.path.name)


def _reserved(field: Field) -> Iterator[str]:
    """No name is one that the tool derives, and no option one that others are joined to."""
    if is_reserved(field.name, field.role):
        yield "reserved_name"
    if looks_joined(field.values, RESERVED_LEVELS, multiple=field.multiple):
        yield "reserved_join"


def _misfits(field: Field, known: Mapping[str, Field]) -> Iterator[tuple[str, str]]:
    if field.multiple and not field.choice:
        yield "no_options", ""
    if field.choice and field.type not in ("string", "list"):
        yield "options_type", ""
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        yield "limits", ""
    if field.threshold < 0:
        yield "negative", ".threshold"
    if field.weight and not field.numeric:
        yield "bad_weight", ".weight"
    if field.catch_all and field.catch_all not in field.values:
        yield "bad_catch_all", ".catch_all"
    if field.applies is not None:
        leading = known.get(field.applies.field)
        allowed = leading.values if leading and leading is not field else ()
        if not field.applies.values or not set(field.applies.values) <= set(allowed):
            yield "bad_condition", ""


def _band_faults(band: Field, source: Field | None) -> Iterator[str]:
    if source is None:
        yield "band_of"
    elif source.type not in ("integer", "number"):
        yield "band_type"
    if not _ascending(band.categories):
        yield "band_limits"


def _ascending(bands: tuple[Category, ...]) -> bool:
    """Each band lies above the one before it, and only the first and the last may be open."""
    ends = [(-inf if b.minimum is None else b.minimum, inf if b.maximum is None else b.maximum) for b in bands]
    apart = all(upper < following for (_, upper), (following, _) in pairwise(ends))
    return bool(ends) and apart and all(lower <= upper for lower, upper in ends)


def _merged(base: tuple[Field, ...], own: list[Field]) -> tuple[Field, ...]:
    """``extends``: a field of the same name replaces, a new one follows. A name declared twice in one file stays twice,
    for the check for doubles."""
    last = {field.name: field for field in own}
    replaced = [last.get(field.name, field) for field in base]
    taken = set(map(id, replaced))
    return (*replaced, *(field for field in own if id(field) not in taken))
