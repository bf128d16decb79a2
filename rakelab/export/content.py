"""A page read back: headings, sentences, tables and figures in their order, and nothing that only a browser needs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

#: A page's parts that are not its content, and words that only a screen reader hears: those stand beside the marks.
_PASSED = ("nav", "summary", "style", "script", "footer")
_SPOKEN = "vh"
#: The anchors of numbered exhibits, in each language.
_EXHIBIT = re.compile(r"(kuvio|figur|figure|taulukko|tabell|table)-\d{1,3}")


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """``quiet``: a note under a table."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Bullets:
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Findings:
    """Each a sentence, with what it rests on: numbers and an interval."""

    told: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TableCell:
    """``head``: ``col``, ``row`` or ``rowgroup``, or empty; ``span`` columns."""

    text: str
    head: str = ""
    span: int = 1


@dataclass(frozen=True)
class Table:
    id: str
    caption: str
    rows: tuple[tuple[TableCell, ...], ...]

    @property
    def width(self) -> int:
        return max(sum(cell.span for cell in row) for row in self.rows)


@dataclass(frozen=True)
class Picture:
    """``place``: which of the page's pictures it is, from 0."""

    id: str
    title: str
    reading: str
    alt: str
    place: int


Block = Heading | Paragraph | Bullets | Findings | Table | Picture


@dataclass(frozen=True)
class Content:
    """A whole page, or the part of it that was chosen."""

    title: str
    lang: str
    synthetic: str  # the sentence that says so
    blocks: tuple[Block, ...]

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        return tuple(finding for block in self.blocks if isinstance(block, Findings) for finding in block.told)

    @property
    def exhibits(self) -> tuple[Table | Picture, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table | Picture))

    def only(self, names: Sequence[str]) -> "Content":
        """The exhibits of these names, in the page's order."""
        kept = tuple(block for block in self.exhibits if block.id in names)
        return Content(self.title, self.lang, self.synthetic, kept)


def read(html: str) -> Content:
    """The content of one page of a report."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    main, mark = soup.find("main"), soup.find("aside", class_="synthetic")
    for spoken in soup.find_all(class_=_SPOKEN):
        spoken.decompose()
    for line in soup.find_all("br"):
        line.replace_with(" ")
    reader = _Reader()
    blocks = tuple(reader.blocks(main)) if main else ()
    titles = [block.text for block in blocks if isinstance(block, Heading) and block.level == 1]
    return Content(
        title=titles[0] if titles else _text(soup.title),
        lang=str(soup.html.get("lang", "")) if soup.html else "",
        synthetic=_text(mark) if mark else "",
        blocks=blocks,
    )


class _Reader:
    """Walks through the page and counts its pictures."""

    def __init__(self) -> None:
        self.pictures = 0

    def blocks(self, element: Any) -> Iterator[Block]:
        for child in element.find_all(True, recursive=False):
            read_one = getattr(self, f"_{child.name}", None)
            if child.name in _PASSED:
                continue
            yield from read_one(child) if read_one else self.blocks(child)

    def _heading(self, element: Any) -> Iterator[Block]:
        """That of an exhibit stands with it."""
        if not _EXHIBIT.fullmatch(element.get("id", "")):
            yield Heading(int(element.name[1]), _text(element))

    _h1 = _h2 = _h3 = _h4 = _h5 = _h6 = _heading

    def _p(self, element: Any) -> Iterator[Block]:
        if text := _text(element):
            yield Paragraph(text, quiet=bool({"key", "note"} & set(element.get("class", ()))))

    def _ul(self, element: Any) -> Iterator[Block]:
        lines = element.find_all("li", recursive=False)
        if "findings" in element.get("class", ()):
            details = [line.find(class_="interval") for line in lines]
            beside = tuple(_text(detail.extract()) if detail else "" for detail in details)
            yield Findings(tuple(zip(map(_text, lines), beside, strict=True)))
        else:
            yield Bullets(tuple(map(_text, lines)))

    _ol = _ul

    def _dl(self, element: Any) -> Iterator[Block]:
        """Terms and what is said of them, as one list."""
        said: list[list[str]] = []
        for part in element.find_all(["dt", "dd"]):
            if part.name == "dt":
                said.append([_text(part), ""])
            elif said:
                said[-1][1] = "; ".join(filter(None, (said[-1][1], _text(part))))
        yield Bullets(tuple(f"{term}: {words}" for term, words in said))

    def _table(self, element: Any) -> Iterator[Block]:
        rows = (tuple(map(_cell, row.find_all(["th", "td"]))) for row in element.find_all("tr"))
        around = element.find_parent("details") or element.find_parent(class_="rakelab-exhibit")
        title = around.find(id=_EXHIBIT) if around else None
        caption = _text(title or element.find("caption") or "")
        yield Table(title["id"] if title else "", caption, tuple(row for row in rows if row))

    def _figure(self, element: Any) -> Iterator[Block]:
        """The first of its pictures is the wide one; its title is the heading of its caption."""
        caption, drawn = element.find("figcaption"), element.find(["img", "svg"])
        if drawn is None or caption is None:
            yield from self.blocks(element)
            return
        title = caption.find(id=_EXHIBIT)
        name, named = (title["id"], _text(title)) if title else ("", "")
        alt = str(drawn.get("alt") or drawn.get("aria-label") or "")
        yield Picture(name, named, _text(caption).removeprefix(named).strip(), alt, self.pictures)
        self.pictures += 1


def _cell(element: Any) -> TableCell:
    head = str(element.get("scope", "col")) if element.name == "th" else ""
    return TableCell(_text(element), head, int(element.get("colspan", 1)))


def _text(element: Any) -> str:
    text = element if isinstance(element, str) else element.get_text()
    return re.sub(r"[ \t\r\n]+", " ", text).strip()
