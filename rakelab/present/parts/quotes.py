"""Quotations that somebody approved: under the answer they belong to, and in the answer to the reporters."""

from datetime import date
from itertools import groupby

from markupsafe import Markup

from rakelab import i18n
from rakelab.cells import TOTAL, Key, Quote, Release, Released, join
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, renders
from rakelab.present.gate import released, whole
from rakelab.present.origin import merged
from rakelab.present.sentences import wording

#: The codebook of decisions, whose approved texts tell what was decided.
DECISIONS = "paatokset"


def quotes(release: Release, *, of: str = "", lang: str = "") -> Exhibit:
    """Every quotation of the release (of one codebook, where named), under the words of what it is about."""
    return Exhibit("quotes", {"of": of}, whole(release), lang)


def answer(
    release: Release, table: Released, *, of: str, decisions: Released | None = None, lang: str = ""
) -> Exhibit:  # fmt: skip
    """The answer to the reporters: of how many notifications what was decided (the table ``decisions``), and for each
    theme of ``table`` how many notifications came, what was decided and what was done.

    What was done are the approved quotations about the theme from the codebook ``of``, what was decided those from the
    codebook of decisions. Ready to send as it is.
    """
    name = released(table).view.id
    decided = {"decisions": released(decisions).view.id} if decisions is not None else {}
    merged([whole(release), {name: table}])
    return Exhibit("answer", {"table": name, "of": of, **decided}, release, lang)


def _quotes_of(scene: Scene) -> tuple[Quote, ...]:
    return scene.tables.quotes  # type: ignore[attr-defined,no-any-return]  # the tables of a page are a release


@renders("quotes")
def _quotes(scene: Scene) -> Markup:
    of = scene.options["of"]
    kept = [quote for quote in _quotes_of(scene) if not of or quote.about.startswith(f"{of}/")]
    if not kept:
        return markup.note("quotes", scene.words("quotes.none"))
    kept.sort(key=lambda quote: quote.about)
    parts: list[Markup] = []
    for about, group in groupby(kept, key=lambda quote: quote.about):
        label = _label(scene, about)
        parts += [markup.paragraph(label, "about")] if label else []
        parts += [_quote(scene, quote) for quote in group]
    return markup.exhibit("quotes", *parts)


def _label(scene: Scene, about: str) -> str:
    name, _, level = about.rpartition("/")[2].partition("=")
    known = (table.variables[name] for table in scene.tables.values() if name in table.variables)
    variable = next(known, None)
    return variable.levels[level][scene.lang] if variable and level in variable.levels else ""


def _quote(scene: Scene, quote: Quote) -> Markup:
    day = i18n.day(date.fromisoformat(quote.date), scene.lang)
    signed = scene.words("quotes.approved", name=quote.approved_by, day=day)
    text = markup.element("blockquote", markup.paragraph(quote.text), lang="fi")
    return markup.element("figure", text, markup.element("figcaption", signed), class_="quote")


@renders("answer")
def _answer(scene: Scene) -> Markup:
    parts = [_theme(scene, row) for row in wording.answers(scene.table)]
    intro = markup.paragraph(scene.words("events.answer.intro", base=scene.base(TOTAL)))
    if decisions := scene.tables.get(scene.options.get("decisions", "")):
        cells = {row: decisions.cells[row] for row in wording.answers(decisions)}
        told = (f"{wording.label(decisions, row, scene.lang)} {scene.count(cells[row])}" for row in cells)
        intro += markup.paragraph(scene.words("events.answer.decisions", items=scene.listing(told)))
    return markup.exhibit("answer", intro, markup.element("dl", *parts, class_="answers"))


def _theme(scene: Scene, row: Key) -> Markup:
    """How many notifications came of a theme, and what was done about it; nothing where none came."""
    cell, ((variable, level),) = scene.table.cells[join(row, TOTAL)], row
    if cell.known and not cell.value:
        return Markup("")
    known = scene.counted("events.answer.came", int(cell.number)) if cell.known else scene.words("events.answer.few")
    done = _texts(scene, f"{scene.options['of']}/{variable}={level}", "done")
    done = done or markup.paragraph(scene.words("events.answer.open"))
    decided = _texts(scene, f"{DECISIONS}/{variable}={level}", "decided")
    return markup.element("dt", scene.label(row)) + markup.element("dd", markup.paragraph(known), decided, done)


def _texts(scene: Scene, about: str, word: str) -> Markup:
    texts = dict.fromkeys(quote.text for quote in _quotes_of(scene) if quote.about == about)
    items = (markup.element("li", text, lang="fi") for text in texts)
    return (
        markup.paragraph(scene.words(f"events.answer.{word}")) + markup.element("ul", *items) if texts else Markup("")
    )
