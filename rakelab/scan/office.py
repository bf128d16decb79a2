"""Word, PowerPoint and what a workbook's package holds besides its cells, read from their XML."""

import posixpath
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

from rakelab.scan.document import Cells, Notice, Parts, Piece, Text, UnreadableError

#: A part of a package that unpacks to more is not read.
LARGEST = 200 << 20
#: What a program writes of itself is no alternative text.
_FILE_NAME = re.compile(r"[^\s/]+\.(?:png|jpe?g|gif|svg|emf|wmf|bmp|tiff?)", re.IGNORECASE)
_HEADING = re.compile(r"(?:heading|otsikko|rubrik)\s?\d|title", re.IGNORECASE)
_NAMESPACE = re.compile(r"\{[^}]*\}")
#: Parts of a package: which finding each is by being there, and what its texts, which nobody sees, are called.
_PARTS = {
    r"xl/pivotCache/pivotCacheRecords\d*\.xml": ("pivot_rows", "pivot"),
    r"xl/pivotCache/pivotCacheRecords\d*\.bin|xl/model/.*\.data": ("pivot_rows", ""),
    r"xl/pivotCache/pivotCacheDefinition\d*\.xml": ("", "pivot"),
    r"(?:xl|ppt)/(?:comments|threadedComments)/?[^/]*\.xml|(?:xl|word)/comments\d*\.xml": ("comments", "comment"),
    r"(?:word|ppt|xl)/embeddings/[^/]+": ("embedded", ""),
    r"word/(?:header|footer|footnotes|endnotes)\d*\.xml": ("", "margin"),
    r"docProps/(?:core|app)\.xml": ("", "properties"),
    r"xl/drawings/drawing\d+\.xml": ("", "drawing"),
}
_SPOKEN = ("t", "text", "creator", "lastModifiedBy", "title", "s", "Manager")


def tag(element: Element) -> str:
    return _NAMESPACE.sub("", str(element.tag))


def named(element: Element, name: str) -> str:
    """An attribute, whatever its namespace."""
    return next((text for key, text in element.attrib.items() if _NAMESPACE.sub("", key) == name), "")


def every(element: Element, *names: str) -> Iterator[Element]:
    return (inner for inner in element.iter() if tag(inner) in names)


def has(element: Element, *names: str) -> bool:
    return next(every(element, *names), None) is not None


def said(element: Element) -> str:
    """The text of a paragraph or a cell, without what was deleted."""
    marks = {"tab": " ", "br": " ", "p": " "}
    parts = (inner.text or "" if tag(inner) == "t" else marks.get(tag(inner), "") for inner in element.iter())
    return "".join(parts).strip()


def part(archive: ZipFile, name: str) -> Element:
    """A part of the package, parsed. Entities and documents' own types are refused."""
    if archive.getinfo(name).file_size > LARGEST:
        raise UnreadableError("large")
    root: Element = fromstring(archive.read(name), forbid_dtd=True)
    return root


def package(archive: ZipFile) -> Iterator[Piece]:
    """What any package of Office can hold beside what it shows."""
    for name in archive.namelist():
        kinds = (both for pattern, both in _PARTS.items() if re.fullmatch(pattern, name))
        kind, texts = next(kinds, ("", ""))
        root, place = part(archive, name) if texts else None, posixpath.basename(name)
        many = (
            1
            if root is None
            else sum(1 for _ in every(root, "r" if texts == "pivot" else "comment", "threadedComment"))
        )
        yield from [Notice(kind, (("part", place),), many)] if kind else []
        yield from _spoken(root, ((texts, place),)) if root is not None else ()


def _spoken(root: Element, parts: Parts) -> Iterator[Piece]:
    yield from unseen_figures(root, parts)
    for element in (one for one in root.iter() if tag(one) in _SPOKEN):
        text = element.text or (named(element, "v") if tag(element) == "s" else "")
        yield from [Text(parts, text)] if text.strip() else []


def unseen_figures(root: Element, parts: Parts) -> Iterator[Notice]:
    """Pictures and charts without words for who does not see them."""
    in_word = ("inline", "anchor") if tag(root) == "document" else ()
    for frame in every(root, *(in_word or ("pic", "graphicFrame"))):
        about = next(every(frame, "docPr" if in_word else "cNvPr"), None)
        if about is not None and (tag(frame) != "graphicFrame" or has(frame, "chart")):
            decorative = any(named(inner, "val") == "1" for inner in every(about, "decorative"))
            if not (_FILE_NAME.sub("", named(about, "descr")).strip() or decorative):
                yield Notice("no_alt", parts)


def grid(table: Element) -> list[list[str]]:
    """The cells of a table; what is merged stands in its first cell."""
    rows = []
    for row in every(table, "tr"):
        cells: list[str] = []
        for cell in (inner for inner in row if tag(inner) == "tc"):
            wide = next(
                (named(span, "val") for span in every(cell, "gridSpan")), "1"
            )  # a slide has the other cells, too
            cells += [said(cell), *[""] * (int(wide) - 1)]
        rows.append(cells)
    return rows


def word(archive: ZipFile) -> Iterator[Piece]:
    """Paragraphs and tables in order, changes that are tracked, and figures."""
    root = part(archive, "word/document.xml")
    changed = [inner for inner in every(root, "ins", "del", "moveFrom", "moveTo") if has(inner, "t", "delText")]
    yield from [Notice("changes", (), len(changed))] if changed else []
    for inner in (inner for element in changed for inner in every(element, "delText") if inner.text):
        yield Text((("deleted", ""),), inner.text or "")
    yield from unseen_figures(root, ())
    heading = paragraph = tables = 0
    caption = ""
    for element in _flow(root):
        if tag(element) == "tbl":
            tables += 1
            headed = any(named(mark, "val") not in ("0", "false") for mark in every(element, "tblHeader"))
            yield Cells((("table", tables),), grid(element), caption, headed=headed)
            continue
        if any(_HEADING.match(named(style, "val")) for style in every(element, "pStyle")):
            heading, paragraph = heading + 1, 0
        paragraph += 1
        if caption := said(element) or caption:
            yield Text((("heading", heading), ("paragraph", paragraph)), said(element), str(heading))


def _flow(element: Element) -> Iterator[Element]:
    for inner in element:
        if tag(inner) in ("p", "tbl"):
            yield inner
        else:
            yield from _flow(inner)


def slides(archive: ZipFile) -> Iterator[Piece]:
    """Each slide in the order of the show, with what the speaker says."""
    links = {named(one, "Id"): named(one, "Target") for one in part(archive, "ppt/_rels/presentation.xml.rels")}
    for n, one in enumerate(every(part(archive, "ppt/presentation.xml"), "sldId"), 1):
        link = next(text for key, text in one.attrib.items() if key.endswith("}id"))
        yield from _slide(archive, posixpath.normpath(posixpath.join("ppt", links[link])), (("slide", n),))


def _slide(archive: ZipFile, name: str, parts: Parts) -> Iterator[Piece]:
    root = part(archive, name)
    yield from [Notice("hidden_slide", parts)] if named(root, "show") == "0" else []
    yield from unseen_figures(root, parts)
    tables = list(every(root, "tbl"))
    inside = {id(inner) for table in tables for inner in table.iter()}
    texts = [said(element) for element in every(root, "p") if id(element) not in inside]
    yield from (Text(parts, text, str(parts)) for text in texts if text)
    for k, table in enumerate(tables, 1):
        headed = any(named(mark, "firstRow") in ("1", "true") for mark in every(table, "tblPr"))
        yield Cells((*parts, ("table", k)), grid(table), " ".join(texts)[:300], headed=headed)
    rels = f"{posixpath.dirname(name)}/_rels/{posixpath.basename(name)}.rels"
    for link in part(archive, rels) if rels in archive.namelist() else ():
        if named(link, "Type").endswith("/notesSlide"):
            notes = part(archive, posixpath.normpath(posixpath.join(posixpath.dirname(name), named(link, "Target"))))
            told = [text for text in map(said, every(notes, "p")) if text and not text.isdigit()]
            yield from [Notice("notes", parts)] if told else []
            yield from (Text((*parts, ("notes", "")), text, str(parts)) for text in told)
