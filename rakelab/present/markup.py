"""HTML that escapes by construction: a text becomes HTML only through these functions; ``Markup`` is HTML already."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rakelab import i18n
from rakelab.cells import MARKERS, State

_MARKS = {MARKERS[State.HIDDEN]: ("hidden", "present.hidden"), MARKERS[State.MISSING]: ("none", "present.none")}
LINE_BREAK = Markup("<br>")

#: A table of more columns than this has narrower cells.
DENSE = 6


def element(name: str, *content: str, **attributes: str) -> Markup:
    """``<name attribute="…">content</name>``; an empty attribute is left out. ``class_`` is class, ``_`` is a dash."""
    given = ((key.rstrip("_").replace("_", "-"), text) for key, text in attributes.items() if text)
    named = (Markup(' {}="{}"').format(key, text) for key, text in given)
    return Markup("<{0}{1}>{2}</{0}>").format(name, together(*named), together(*content))


_PIECE = re.compile(f"<[^>]*>|{i18n.FOREIGN.pattern}", re.DOTALL)


def with_languages(html: str) -> str:
    """Each text in another language than the page's says which; an attribute cannot."""
    return _PIECE.sub(_piece, html)


def _piece(found: re.Match[str]) -> str:
    if found[1] is None:
        return i18n.FOREIGN.sub(r"\2", found[0])
    return f'<span lang="{"".join(chr(ord(letter) - 0xE0000) for letter in found[1])}">{found[2]}</span>'


def together(*parts: str) -> Markup:
    """The parts one after another; texts are escaped."""
    return Markup("").join(parts)


def small(name: str, text: str) -> Markup:
    """A text in a manner of its own: ``n``, ``count``, ``interval``, ``indicative``."""
    return element("span", text, class_=name)


@dataclass(frozen=True)
class Row:
    """One row of a table: its header and its cells; a plain text becomes a cell when the table is written."""

    header: str
    cells: tuple[str, ...]
    missing: bool = False


@dataclass(frozen=True)
class Section:
    """Rows under a heading of their own; the first section of a table has none."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Grid:
    """A whole table before it is written."""

    id: str
    lang: str
    caption: str
    headers: Sequence[str]  # the first stands above the row headers
    rows: tuple[Row, ...] = ()
    sections: tuple[Section, ...] = ()  # after ``rows``
    keys: Sequence[str] = ()  # what the reader must know; the meaning of the markers follows by itself
    tongue: str = ""  # language of row headers and headings that were written by users; empty where it is the page's
    absent: str = "present.key.none"  # what "–" means


def cell(text: str, lang: str) -> Markup:
    """``<td>`` of a text; a marker carries its meaning for those who do not see it."""
    name, word = _MARKS.get(text, ("", ""))
    return element("td", marked(text, i18n.text(word, lang)), class_=name) if name else element("td", text)


def marked(marker: str, meaning: str) -> Markup:
    hidden = element("span", marker, aria_hidden="true")
    return together(hidden, element("span", " ", meaning, class_="visually-hidden"))


def marker(text: str, lang: str) -> Markup:
    """A marker inside a text, with its meaning."""
    name, word = _MARKS[text]
    return small(name, marked(text, i18n.text(word, lang)))


def measured(value: str, beside: str, *below: str) -> Markup:
    """A cell of a number with another in brackets, and under it what else there is to say."""
    return element("td", value, " ", small("count", f"({beside})"), *below)


def interval(text: str) -> Markup:
    """An interval on a line of its own."""
    return LINE_BREAK + small("interval", text)


def indicative(lang: str) -> Markup:
    """On a line of its own, that the numbers are of few people."""
    return LINE_BREAK + small("indicative", i18n.text("present.indicative", lang))


def titled(title: str, *base: str) -> Markup:
    """A caption with how many its numbers are of."""
    return together(title, " ", small("n", together("(", base[0], ")", *base[1:])))


def heads(names: Iterable[str], lang: str) -> tuple[str, ...]:
    """Column headings by the names that they have in the locales."""
    return tuple(i18n.text(f"present.table.{name}", lang) for name in names)


def table(grid: Grid) -> Markup:
    """The table in a scroll box that the keyboard reaches, and what its marks mean under it."""
    sections = (Section("", grid.rows), *grid.sections)
    head = element("thead", element("tr", *(element("th", text, scope="col") for text in grid.headers)))
    body = together(*(_section(section, grid) for section in sections if section.rows))
    named = f"{grid.id}-caption"
    caption = element("caption", element("span", grid.caption), id=named)
    inner = element("table", caption, head, body, id=grid.id, class_="dense" if len(grid.headers) > DENSE else "")
    box = element("div", inner, class_="scroll", role="region", aria_labelledby=named, tabindex="0")
    return box + keys([*grid.keys, *_meanings(body, grid)])


def _section(section: Section, grid: Grid) -> Markup:
    heading = Markup("")
    if section.heading:
        width = str(len(grid.headers))
        spoken = element("th", section.heading, scope="rowgroup", colspan=width, lang=grid.tongue)
        heading = element("tr", spoken)
    return element("tbody", heading, *(_row(row, grid) for row in section.rows))


def _row(row: Row, grid: Grid) -> Markup:
    header = element("th", row.header, scope="row", lang=grid.tongue)
    cells = (text if isinstance(text, Markup) else cell(text, grid.lang) for text in row.cells)
    return element("tr", header, *cells, class_="missing" if row.missing else "")


def _meanings(body: Markup, grid: Grid) -> list[str]:
    """The meaning of the markers that occur in a table, unless its own lines tell it."""
    words = {"hidden": "present.key.hidden", "none": grid.absent}
    said = (i18n.text(word, grid.lang) for name, word in words.items() if f'class="{name}"' in body)
    return [line for line in said if line not in grid.keys]


def keys(lines: Iterable[str]) -> Markup:
    """What the marks and the percentages of a table mean, in one quiet paragraph."""
    said = Markup(" ").join(lines)
    return paragraph(said, "key") if said else said


def exhibit(kind: str, *inner: str) -> Markup:
    return element("div", *inner, class_=f"rakelab-exhibit rakelab-{kind}")


def note(kind: str, text: str) -> Markup:
    """An exhibit that is a sentence."""
    return exhibit(kind, paragraph(text, "note"))


def paragraph(text: str, name: str = "") -> Markup:
    return element("p", text, class_=name)


def items(texts: Iterable[str], **attributes: str) -> Markup:
    """A list."""
    return element("ul", *(element("li", text) for text in texts), **attributes)


def definitions(pairs: Iterable[tuple[str, Sequence[str]]]) -> Markup:
    """A definition list; several values of one term are a list."""
    return element("dl", *(element("dt", term) + element("dd", _values(values)) for term, values in pairs))


def _values(values: Sequence[str]) -> str:
    return values[0] if len(values) == 1 else items(values)
