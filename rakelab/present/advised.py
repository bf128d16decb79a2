"""Advice to the author of a notebook: which answers could be one. Shown in JupyterLab only, never on a page."""

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from rakelab import i18n
from rakelab.cells import Released, key
from rakelab.present import markup
from rakelab.present.sentences import wording


def advised(spec: Mapping[str, Any], tables: Mapping[str, Released], lang: str) -> Markup:
    """The advice that the tables of an exhibit carry, as HTML; empty where there is none."""
    found = (tables[name] for name in dict.fromkeys(_named(spec)) if name in tables)
    return markup.together(*(markup.paragraph(_merge(table, lang), "advice") for table in found if table.advice))


def _named(spec: Mapping[str, Any]) -> Iterator[str]:
    yield from ([spec["table"]] if "table" in spec else [])
    for one in spec.get("exhibits", ()):
        yield from _named(one)


def _merge(table: Released, lang: str) -> str:
    assert table.advice is not None
    name, levels = table.advice.variable, table.advice.levels
    listed = i18n.listing((wording.quoted(table, key((name, level)), lang) for level in levels), lang)
    return i18n.text("present.text.merge", lang, levels=listed, variable=wording.variable_title(table, name, lang))
