"""What stands first on a page: the title with area and years, how many rows are in, what was set aside and hidden."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rakelab import i18n
from rakelab.codebook import codebook, names
from rakelab.present.markup import with_languages
from rakelab.report.notebook import kinds

Document = Mapping[str, Any]
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def titled(heading: str, document: Document, settings: Mapping[str, Any], lang: str) -> str:
    """``Palvelutarpeen arvioinnit, Kuhmo, 2020–2021``: the title of a county's own form, or the notebook's heading,
    with the area and the years that are in it, or what two compared releases are called."""
    heading = own_title(document, lang) or heading
    parts = (heading, area(document, settings, lang), _compared(document, lang) or years(document, settings))
    return ", ".join(part for part in parts if part and (part is heading or part not in heading))


def _compared(document: Document, lang: str) -> str:
    """What the two compared releases are of, and what they are called."""
    of = [i18n.Written(part["released"]["account"]["title"])[lang] for part in document.get("parts", ())]
    names = document.get("compared", ())
    return f"{of[0]}: {i18n.listing(names, lang)}" if names else ""


def own_title(document: Document, lang: str) -> str:
    """The title of a form that is not one of ours, or has no notebook of its own; empty where nothing was read by a
    form."""
    account = document.get("account", {})
    ours = {name: dict(codebook(name).title) for name in names() if name in kinds()}
    own = account.get("file") and ours.get(account.get("codebook", "")) != account.get("title")
    return i18n.Written(account["title"])[lang] if own else ""


def area(document: Document, settings: Mapping[str, Any], lang: str) -> str:
    """The region that the rows were chosen by, or the one that the form names."""
    regions = {name: known["levels"] for name, known in document.get("variables", {}).items()
               if known["role"] == "region" and settings.get(name)}  # fmt: skip
    for name, levels in regions.items():
        for words in _named(levels, str(settings[name])):
            with i18n.marking():
                return with_languages(i18n.Written(words)[lang])
    return str(document.get("account", {}).get("area", ""))


def _named(levels: Mapping[str, Mapping[str, str]], asked: str) -> Iterator[Mapping[str, str]]:
    """The words of a level that was asked for by its code, or by its name in any language."""
    for level, words in levels.items():
        if asked.casefold() in (level.casefold(), *(name.casefold() for name in words.values())):
            yield words


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
