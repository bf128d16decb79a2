"""The page: one self-contained file in one language, made from an executed notebook and its drawn exhibits."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import mistune
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from rakelab import i18n
from rakelab.present import specifications
from rakelab.present.markup import element
from rakelab.report import contact, first
from rakelab.report import notebook as notebooks
from rakelab.report.jobs import Drawn
from rakelab.report.jobs import document as text_of
from rakelab.report.notebook import Notebook

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Heading:
    level: int
    id: str
    words: str


@dataclass
class Outline:
    """Gives each heading its level on the page: one h1, and no level left out on the way down."""

    headings: list[Heading] = field(default_factory=list)
    first: int = 0

    def add(self, level: int, words: str) -> Heading:
        previous = self.headings[-1].level if self.headings else 0
        self.first = self.first or level
        wanted = min(level - self.first + 1, previous + 1)
        made = Heading(max(wanted, 2 if previous else 1), f"osa-{len(self.headings)}", words)
        self.headings.append(made)
        return made


class _Text(mistune.HTMLRenderer):
    """Markdown of a text cell as HTML: raw HTML shows as text, pictures as their words."""

    def __init__(self, outline: Outline, deeper: int) -> None:
        super().__init__(escape=True)
        self.outline, self.deeper = outline, deeper

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        made = self.outline.add(level + self.deeper, text)
        return f'<h{made.level} id="{made.id}">{made.words}</h{made.level}>\n'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return text


@dataclass(frozen=True)
class Part:
    """A text cell or a drawn exhibit, in the order of the page. ``deeper`` moves its headings down; ``lang`` is that of
    a text which nobody has translated."""

    source: str = ""
    html: str = ""
    deeper: int = 0
    lang: str = ""


@dataclass(frozen=True)
class Section:
    """A heading of the notebook and everything up to the next; ``method``: it comes before or with the protection."""

    parts: tuple[Part, ...]
    method: bool


def render(notebook: Notebook, texts: Mapping[str, str], drawn: Drawn, lang: str) -> str:
    """The whole page. ``texts``: cell id → words of ``lang``; a text cell without any is shown as it was written, and
    marked. ``drawn``: its exhibits. Raises NotebookError for a notebook without a release."""
    outline, released = Outline(), document(notebook)
    sections = _sections(notebook, texts, drawn.html, lang)
    head, intro = _headed(sections[0])
    intro = (*intro, Part(html=_notes(drawn.notes, lang)), Part(html="\n"))
    title = first.titled(head, released, notebooks.settings(notebook), lang)
    parts = [
        Part(source=f"# {_MARKS.sub(_BARE, title) if first.own_title(released, lang) else title}"),
        Part(html=_facts(first.facts(released, lang))),
        *_ordered(sections, intro, lang),
    ]
    content = Markup("").join(_html(part, outline) for part in parts)
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            lang=lang,
            title=title,
            dataset=dataset(notebook, lang),
            synthetic=account(notebook).get("synthetic", False),
            protected=bool(released.get("rule", {}).get("threshold")),
            made=made_on(notebook, lang),
            beside=bool(made_in(notebook)),
            links=editions([code for code in made_in(notebook) if code != lang]),
            contents=[heading for heading in outline.headings if heading.level == 2],
            exhibits=exhibits(drawn.html),
            files=files(released) if made_in(notebook) else [],
            plain=f"report.selko.{lang}.html" if made_in(notebook) and _summary(notebook) else "",
            content=content,
        )
    )


def _summary(notebook: Notebook) -> bool:
    """The page has findings, which are told in plain words beside it."""
    specs = (own for shown in notebooks.shown(notebook) for own in specifications(shown.spec))
    return any(spec.get("kind") == "findings" for spec in specs)


#: That something was not asked is said once.
NOT_ASKED = "rakelab-not-asked"
#: What Markdown would take for a mark, in a title that somebody wrote as plain text.
_MARKS, _BARE = re.compile(r"([\\`*_~\[\]#|])"), r"\\\1"
_EXHIBIT = re.compile(r'<h3 id="((?:kuvio|taulukko)-\d+)">(.*?)</h3>', re.DOTALL)


def exhibits(drawn: Sequence[str]) -> list[dict[str, str]]:
    """The anchor and the title of each figure and each table with a heading."""
    found = (match for html in drawn for match in _EXHIBIT.finditer(html))
    return [{"id": match[1], "words": unescape(re.sub("<[^>]+>", "", match[2]))} for match in found]


def files(released: Mapping[str, Any]) -> list[str]:
    """The files that lie beside the page."""
    tables = ["tables.xlsx"] if released.get("tables") or released.get("parts") else []
    return [*tables, "review.html", "released.json", "report.ipynb", "provenance.json"]


def made_in(notebook: Notebook) -> Sequence[str]:
    """The languages of the pages that lie beside this one; none where the page is made by itself."""
    return tuple(notebook["metadata"].get("rakelab", {}).get("languages", ()))


def editions(languages: Sequence[str], place: str = "") -> list[dict[str, str]]:
    """Links to the pages of one report; ``place``: its folder as seen from the page with the links."""
    return [
        {"href": f"{place}report.{code}.html", "lang": code, "name": i18n.text("language.name", code)}
        for code in languages
    ]


def word(name: str, lang: str) -> str:
    return i18n.text(f"report.page.{name}", lang)


@cache
def environment() -> Environment:
    """The templates; everything put into them is escaped unless we made it."""
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(word=word, style=_style(), accessibility=contact.statement)
    return made


#: Spaces that a browser does not need.
_AROUND = re.compile(r"\s*([{};])\s*")


def _style() -> Markup:
    from rakelab.present.figures import theme

    rules = theme.stylesheet() + (_HERE / "templates" / "page.css").read_text(encoding="utf-8")
    return Markup(_AROUND.sub(r"\1", rules))


def _html(part: Part, outline: Outline) -> Markup:
    if part.html:
        return Markup(part.html)
    html = Markup(mistune.create_markdown(renderer=_Text(outline, part.deeper))(part.source))
    return element("div", html, lang=part.lang) if part.lang and part.source.strip() else html


def _sections(notebook: Notebook, texts: Mapping[str, str], drawn: Sequence[str], lang: str) -> list[Section]:
    wall = notebooks.release_cell(notebook)
    exhibits: dict[int, list[str]] = {}
    for shown, html in zip(notebooks.shown(notebook), drawn, strict=True):
        again = NOT_ASKED in html and any(html in told for told in exhibits.values())
        exhibits.setdefault(shown.cell, []).extend([] if again else [html])
    sections: list[Section] = []
    foreign = "" if notebooks.written(notebook) == lang else notebooks.written(notebook)
    for index, cell in enumerate(notebook["cells"]):
        parts = tuple(_parts(cell, texts, exhibits.get(index, []), foreign))
        starts = cell["cell_type"] == "markdown" and notebooks.heading(cell["source"])[0] in (1, 2)
        if starts or not sections:
            sections.append(Section(parts, method=bool(sections) and index < wall))
        else:
            sections[-1] = replace(sections[-1], parts=sections[-1].parts + parts)
    return sections


def _parts(cell: Mapping[str, Any], texts: Mapping[str, str], exhibits: Sequence[str], foreign: str) -> Iterator[Part]:
    if cell["cell_type"] == "markdown":
        known = cell.get("id") in texts
        yield Part(source=texts[cell["id"]] if known else str(cell["source"]), lang="" if known else foreign)
    yield from (Part(html=html) for html in exhibits)


def _headed(section: Section) -> tuple[str, tuple[Part, ...]]:
    """The words of the page's heading, and what else stands under it."""
    first_part, *rest = section.parts or (Part(),)
    _, words = notebooks.heading(first_part.source)
    if not words:
        return "", section.parts
    _, _, below = first_part.source.lstrip().partition("\n")
    return words, (replace(first_part, source=below), *rest)


def _facts(lines: Sequence[str]) -> str:
    return str(element("ul", *(element("li", line) for line in lines), class_="extent")) if lines else " "


def _notes(notes: Sequence[str], lang: str) -> str:
    """What holds for every table of the page, once."""
    if not notes:
        return " "
    lead = element("strong", word("notes", lang))
    return str(element("p", lead, " ", " ".join(notes), class_="notes"))


def _ordered(sections: Sequence[Section], intro: Sequence[Part], lang: str) -> Iterator[Part]:
    """Findings first and then what the page is of; how the rows were read, prepared and protected is folded away under
    the last section."""
    results = [section.parts for section in sections[1:] if not section.method and _shows(section)]
    method = [replace(part, deeper=1) for section in sections for part in section.parts if section.method]
    last = results.pop() if len(results) > 1 or method else ()
    summary, others = results[:1], results[1:]
    for parts in (*summary, intro, *others, last[:1]):
        yield from parts
    if folded := [*last[1:], *method]:
        yield Part(html=f'<details class="method"><summary>{escape(word("method", lang))}</summary>')
        yield from folded
        yield Part(html="</details>")


def _shows(section: Section) -> bool:
    """Not where all that its cells would show has nothing in this report: two rounds, weights, words of their own."""
    exhibits = [part for part in section.parts if not part.source]
    return not exhibits or any(part.html for part in exhibits)


def document(notebook: Notebook) -> Mapping[str, Any]:
    """The notebook's release as released.json has it."""
    import json

    return dict(json.loads(text_of(notebooks.release(notebook))))


def account(notebook: Notebook) -> Mapping[str, Any]:
    """How the rows behind the release came to be."""
    return dict(document(notebook).get("account", {}))


def dataset(notebook: Notebook, lang: str) -> Markup:
    """The title of the data, with its language where that is another."""
    from rakelab.present.markup import with_languages

    with i18n.marking():
        title = i18n.Written(account(notebook).get("title") or {lang: ""})[lang]
    return Markup(with_languages(str(escape(title))))


def worded(values: Mapping[str, Any], lang: str) -> list[tuple[str, str]]:
    """Parameters and their values in words, without those that are empty."""
    known = i18n.words(lang)
    given = {name: value for name, value in values.items() if value not in ("", None, [])}
    return [(known.get(f"parameters.name.{name}", name), _value(value, lang)) for name, value in given.items()]


def _value(value: Any, lang: str) -> str:
    if isinstance(value, bool):
        return word("yes" if value else "no", lang)
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


def made_on(notebook: Notebook, lang: str) -> str:
    """The day of the run, or nothing where the notebook does not tell."""
    metadata = notebook["metadata"]
    moment = metadata.get("rakelab", {}).get("made") or metadata.get("papermill", {}).get("end_time") or ""
    return day(str(moment), lang) if moment else ""


def day(moment: str, lang: str) -> str:
    """The day of an ISO moment, where the reader is."""
    return i18n.day(datetime.fromisoformat(moment).astimezone().date(), lang)
