"""A codebook as a Table Schema descriptor (Data Package 2), for tools that know nothing of rakelab.

The descriptor describes the plain layout of the CSV template: one column for each variable, and for a multi-choice
question one boolean column ``variable:option`` for each option. Keys that Table Schema does not have (counted,
role, sensitivity, applies, origin, catch_all, weight) keep the codebook's names; readers may ignore them.
"""

from collections.abc import Iterable
from typing import Any

from rakelab.codebook import Codebook, Field, MissingCode
from rakelab.names import option_column

PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
_OWN_KEYS = ("role", "sensitivity", "threshold", "origin", "number", "catch_all", "weight")


def descriptor(codebook: Codebook, lang: str = "fi") -> dict[str, Any]:
    """The Table Schema of ``codebook`` with titles and labels in ``lang``; plain values, ready for JSON."""
    fields: list[dict[str, Any]] = []
    for field in codebook.fields:
        shared = _shared(field, codebook, lang)
        fields += _options(field, shared, lang) if field.multiple else [_column(field, shared, lang)]
    return {
        "$schema": PROFILE,
        "name": codebook.name,
        "title": codebook.title[lang],
        "version": codebook.version,
        "counted": codebook.counted,
        **({"area": codebook.area} if codebook.area else {}),
        "missingValues": _spellings(codebook.missing),
        "fields": fields,
    }


def _options(field: Field, shared: dict[str, Any], lang: str) -> list[dict[str, Any]]:
    spellings = {"trueValues": ["1", "x"], "falseValues": ["0"]}
    return [
        {
            "name": option_column(field.name, option.value),
            "type": "any" if option.value == field.catch_all else "boolean",
            "title": f"{field.title[lang]}: {option.label[lang]}",
            **({} if option.value == field.catch_all else spellings),
            **shared,
        }
        for option in field.categories
    ]


def _column(field: Field, shared: dict[str, Any], lang: str) -> dict[str, Any]:
    column = {"name": field.name, "type": field.type, "title": field.title[lang], **shared}
    if field.type == "number":
        column["decimalChar"] = ","
    if field.choice:
        column["categories"] = [{"value": option.value, "label": option.label[lang]} for option in field.categories]
        column["categoriesOrdered"] = field.ordered
    limits = {"required": field.required or None, "minimum": field.minimum, "maximum": field.maximum,
              "enum": list(field.values) if field.values and not field.catch_all else None}  # fmt: skip
    column["constraints"] = {key: value for key, value in limits.items() if value is not None}
    return column


def _shared(field: Field, codebook: Codebook, lang: str) -> dict[str, Any]:
    """What every column of a question tells; the keys that have nothing to say are left out."""
    shared: dict[str, Any] = {key: value for key in _OWN_KEYS if (value := getattr(field, key))}
    if field.description:
        shared["description"] = field.description[lang]
    if field.applies:
        shared["applies"] = {"field": field.applies.field, "values": list(field.applies.values)}
    if field.missing:
        shared["missingValues"] = _spellings((*codebook.missing, *field.missing))
    return shared


def _spellings(codes: Iterable[MissingCode]) -> list[str]:
    return list(dict.fromkeys(["", *(code.value for code in codes)]))
