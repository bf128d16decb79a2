"""HTML that escapes by construction: a text becomes HTML only through these functions; ``Markup`` is HTML already."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from rakelab import i18n
from rakelab.cells import MARKERS, State

_MARKS = {MARKERS[State.HIDDEN]: ("hidden", "present.hidden"), MARKERS[State.MISSING]: ("none", "present.none")}
LINE_BREAK = Markup("<br>")

#: A table of so many columns fits a screen of 320 px.
FITS = 3
#: A table of more columns than this has narrower cells.
DENSE = 6


def element(name: str, *content: str, **attributes: str) -> Markup:
    """``<name attribute="…">content</name>``; an empty attribute is left out. ``class_`` is class, ``_`` is a dash."""
    given = ((key.rstrip("_").replace("_", "-"), text) for key, text in attributes.items() if text)
    named = (Markup(' {}="{}"').format(*pair) for pair in given)
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
class Column:
    """A column of a table: its heading, and what stands in it of one item; the first column heads the rows."""

    heading: str
    text: Callable[[Any], str]


def crossed(keys: Iterable[Any], heading: Callable[[Any], str], text: Callable[[Any, Any], str]) -> list[Column]:
    """A column for each key: ``text`` of the key and an item."""
    return [Column(heading(key), partial(text, key)) for key in keys]


@dataclass(frozen=True)
class Place:
    """Where a table stands on a page: its id there, its number in words, and the notes that the page has once."""

    id: str
    label: str
    notes: dict[str, str]


@dataclass(frozen=True)
class Grid:
    """A whole table before it is written: ``sections`` are items under a heading, or under none."""

    id: str
    lang: str
    caption: str
    columns: Sequence[Column]
    sections: Sequence[tuple[str, Sequence[Any]]]
    keys: Sequence[str] = ()  # what the reader must know; the meaning of the markers follows by itself
    tongue: str = ""  # language of row headers and headings that were written by users; empty where it is the page's
    absent: str = "present.key.none"  # what "–" means
    quiet: Callable[[Any], bool] = lambda _: False  # items that are kinds of missing
    title: str = ""  # what its fold is called; its caption where empty
    place: Place | None = None  # none in JupyterLab, where nothing is folded away
    folded: bool = True


def cell(text: str, lang: str) -> Markup:
    """``<td>`` of a text; a marker carries its meaning for those who do not see it."""
    name, word = _MARKS.get(text, ("", ""))
    return element("td", marked(text, i18n.text(word, lang)), class_=name) if name else element("td", text)


def marked(marker: str, meaning: str) -> Markup:
    spoken = element("span", " ", meaning, class_="vh")
    return together(element("span", marker, aria_hidden="true"), spoken)


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


def titled(title: str, base: str, after: str = "") -> Markup:
    """A caption with how many its numbers are of."""
    return together(title, " ", small("n", together("(", base, ")", after)))


def table(grid: Grid) -> Markup:
    """The table, closed on a page and open in print, and what its marks mean under it."""
    head = element("thead", element("tr", *(element("th", column.heading, scope="col") for column in grid.columns)))
    width, body = str(len(grid.columns)), Markup("")
    for heading, items in (section for section in grid.sections if section[1]):
        spoken = element("th", heading, scope="rowgroup", colspan=width, lang=grid.tongue)
        body += element("tbody", element("tr", spoken) if heading else "", *(_row(item, grid) for item in items))
    named = f"{grid.id}-caption"
    seen = "" if grid.folded else together(*([f"{grid.place.label}. "] if grid.place else []), grid.caption)
    hidden = element("span", grid.caption, class_="vh") if grid.folded else element("span", seen)
    caption = element("caption", hidden, id=named)
    inner = element("table", caption, head, body, id=grid.id, class_="dense" if len(grid.columns) > DENSE else "")
    wide = len(grid.columns) > FITS  # a stop of the keyboard only where it can overflow a narrow screen
    reached = {"role": "group", "aria_labelledby": named, "tabindex": "0"} if wide else {}
    box = element("div", inner, class_="scroll", **reached) + keys(dict.fromkeys((*grid.keys, *_meanings(grid, body))))
    return _folded(grid, box) if grid.folded else box


def _meanings(grid: Grid, body: str) -> list[str]:
    """What the markers that occur mean, unless the table's own lines or the page tell it."""
    words = {"hidden": "present.key.hidden", "none": grid.absent}
    found = {name: i18n.text(word, grid.lang) for name, word in words.items() if f'class="{name}"' in body}
    if grid.place is None:
        return list(found.values())
    grid.place.notes.update({name: said for name, said in found.items() if words[name].startswith("present.key.")})
    return [said for name, said in found.items() if name not in grid.place.notes]


def _folded(grid: Grid, box: Markup) -> Markup:
    """What opens by its title: beside a figure a line, else the heading of the table."""
    label, anchor = (grid.place.label, grid.place.id) if grid.place else ("", "")
    if grid.title:
        summary = element(
            "summary", f"{label}: {grid.title[:1].lower()}{grid.title[1:]}" if label else grid.title, id=anchor
        )
    else:
        summary = element("summary", element("h3", *([f"{label}. "] if label else []), grid.caption, id=anchor))
    opened = Markup("") if grid.place else Markup(" open")
    return Markup('<details class="data"{}>{}{}</details>').format(opened, summary, box)


def _row(item: Any, grid: Grid) -> Markup:
    header, *texts = (column.text(item) for column in grid.columns)
    cells = (text if isinstance(text, Markup) else cell(text, grid.lang) for text in texts)
    row = element("th", header, scope="row", lang=grid.tongue)
    return element("tr", row, *cells, class_="missing" if grid.quiet(item) else "")


def keys(lines: Iterable[str]) -> Markup:
    """What the marks and the percentages of a table mean, in one quiet paragraph; empty lines are left out."""
    written = Markup(" ").join(filter(None, lines))
    return paragraph(written, "key") if written else written


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
    listed = ((term, values[0] if len(values) == 1 else items(values)) for term, values in pairs)
    return element("dl", *(element("dt", term) + element("dd", value) for term, value in listed))
