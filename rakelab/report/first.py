"""What stands first on a page: the title with area and years, how many rows are in, what was set aside and hidden."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rakelab import i18n
from rakelab.present.markup import with_languages

Document = Mapping[str, Any]
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def titled(heading: str, document: Document, settings: Mapping[str, Any], lang: str) -> str:
    """``Palvelutarpeen arvioinnit, Kuhmo, 2020–2021``: the heading with the area and the years that are in it."""
    parts = (heading, area(document, settings, lang), years(document, settings))
    return ", ".join(part for part in parts if part and (part is heading or part not in heading))


def area(document: Document, settings: Mapping[str, Any], lang: str) -> str:
    """The region that the rows were chosen by, or the one that the form names."""
    regions = [name for name, known in document.get("variables", {}).items() if known["role"] == "region"]
    chosen = [document["variables"][name]["levels"].get(str(settings[name])) for name in regions if settings.get(name)]
    if chosen and chosen[0]:
        with i18n.marking():
            return with_languages(i18n.Written(chosen[0])[lang])
    return str(document.get("account", {}).get("area", ""))


def years(document: Document, settings: Mapping[str, Any]) -> str:
    """The first and the last year: those asked for, else those whose numbers are shown. Nothing where one is hidden."""
    asked = settings.get("vuodet")
    if isinstance(asked, Sequence) and asked and not isinstance(asked, str):
        return _span(map(str, asked))
    parts = [part["released"] for part in document.get("parts", ())] or [document]
    return _span(year for part in parts for year in _shown_years(part))


def _shown_years(document: Document) -> Iterator[str]:
    periods = {name for name, known in document.get("variables", {}).items() if known["role"] == "period"}
    cells = [cell for cell in document.get("cells", ()) if len(cell["dimensions"]) == 1]
    own = [cell for cell in cells if periods & set(cell["dimensions"])]
    if all(cell["state"] == "shown" for cell in own):
        for cell in own:
            yield from _YEAR.findall(" ".join(map(str, cell["dimensions"].values())))


def _span(found: Iterator[str]) -> str:
    every = sorted(set(found))
    return "–".join(dict.fromkeys((every[0], every[-1]))) if every else ""


def facts(document: Document, lang: str) -> list[str]:
    """How many rows the page is of and what ``n`` means, how many were set aside, and how much is hidden."""
    account = document.get("account", {})
    cells = {name: account.get(name, {}).get("value") for name in ("read", "used", "set_aside")}
    known = {name: "··" if n is None else i18n.number(n, lang) for name, n in cells.items()}
    told = account.get("file") and cells["used"] is not None
    rows = [i18n.text("report.page.used", lang, **known), i18n.text("report.page.rows", lang, **known)] if told else []
    return [*rows, *_hidden(document, lang)]


def _hidden(document: Document, lang: str) -> list[str]:
    parts = [part["released"] for part in document.get("parts", ())] or [document]
    states = [cell["state"] for part in parts for cell in part.get("cells", ())]
    if not states:
        return []
    hidden = states.count("hidden")
    numbers = {"hidden": i18n.number(hidden, lang), "all": i18n.number(len(states), lang)}
    return [i18n.text(f"report.page.{'some' if hidden else 'none'}_hidden", lang, **numbers)]
