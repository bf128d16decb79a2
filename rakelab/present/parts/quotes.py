"""Quotations that somebody approved, under the answer they belong to."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from markupsafe import Markup

from rakelab import i18n
from rakelab.cells import Quote, Release
from rakelab.errors import WallError
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, renders


def quotes(release: Release, *, of: str = "", lang: str = "") -> Exhibit:
    """Every quotation of the release (of one codebook, where named), under the words of what it is about."""
    if not isinstance(release, Release):
        raise WallError("present.not_released", kind=type(release).__name__)
    return Exhibit("quotes", {"of": of}, release, lang)


@renders("quotes")
def _quotes(scene: Scene) -> Markup:
    found = scene.tables.quotes  # type: ignore[attr-defined]  # the tables of a page are a release
    of = scene.options["of"]
    found = [one for one in found if not of or one.about.startswith(f"{of}/")]
    if not found:
        return markup.note("quotes", i18n.text("quotes.none", scene.lang))
    ordered = sorted(found, key=lambda one: one.about)
    groups = (_group(scene, about, list(some)) for about, some in groupby(ordered, key=lambda one: one.about))
    return markup.exhibit("quotes", *groups)


def _group(scene: Scene, about: str, some: Sequence[Quote]) -> Markup:
    label = _label(scene, about)
    head = markup.paragraph(label, "about") if label else ""
    return markup.together(head, *(_quote(one, scene.lang) for one in some))


def _label(scene: Scene, about: str) -> str:
    name, _, level = about.rpartition("/")[2].partition("=")
    known = (table.variables[name] for table in scene.tables.values() if name in table.variables)
    variable = next(known, None)
    return variable.levels[level][scene.lang] if variable and level in variable.levels else ""


def _quote(one: Quote, lang: str) -> Markup:
    day = i18n.day(date.fromisoformat(one.date), lang)
    signed = i18n.text("quotes.approved", lang, name=one.approved_by, day=day)
    said = markup.element("blockquote", markup.paragraph(one.text), lang="fi")
    return markup.element("figure", said, markup.element("figcaption", signed), class_="quote")
