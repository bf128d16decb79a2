"""A file as pieces, whatever wrote it: the one table of readers."""

import csv
import io
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from rakelab.errors import FileError
from rakelab.loaders import files
from rakelab.loaders.columns import cell_text
from rakelab.loaders.encoding import utf8
from rakelab.loaders.marks import marks
from rakelab.loaders.workbook import open_book
from rakelab.scan import office
from rakelab.scan.document import Cells, Notice, Parts, Piece, Text, UnreadableError, blocks, caption, filled

#: Larger files are not read.
LARGEST = 300 << 20
#: A sheet of more cells holds data.
MOST_CELLS = 2_000_000
#: So many lines that end in as many figures are a table.
SHORTEST = 2
#: No cell of a page spans more.
WIDEST = 200
_HEADINGS, _FIGURES = ("h1", "h2", "h3", "h4"), ["img", "svg"]
_BLOCKS = {
    *_HEADINGS, "h5", "h6", "p", "li", "dt", "dd", "div", "figcaption", "blockquote", "section", "article", "main",
    "body", "summary", "pre",
}  # fmt: skip
_DRAWN = '[aria-hidden="true"], [role="presentation"], [aria-hidden="true"] *'
_SILENT = f"img:not([alt], {_DRAWN}), svg:not([aria-label], [aria-labelledby], :has(title), {_DRAWN})"
_RANGE = r"\d+[–-]\d+[ \u00a0]?%"
_FIGURE = (
    _RANGE + r"|(?:\d{1,3}(?:[\u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?(?:[ \u00a0]?%)?(?: ?\(\d+\))?|··|\.\.|<\d+|\*|-"
)
_YEAR, _BASE = re.compile(r"(?:19|20)\d\d"), re.compile(r"\bn\s?=", re.IGNORECASE)
_HEAD = re.compile(r"\D+|(?:\D*\s)?(?:19|20)\d\d")
_LINE = re.compile(rf"(?P<label>(?=\S*[^\d\s])\S.*?)(?P<figures>(?:\s+(?:{_FIGURE}))+)\s*")


def pieces(path: Path) -> Iterator[Piece]:
    """Everything in a file that somebody can read or find. Raises UnreadableError."""
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableError("large")
        data = files.bytes_of(path)
        yield from _reader(data, path.suffix.casefold())(data, path)
    except FileError as error:
        name = error.key.rpartition(".")[2]
        raise UnreadableError(name if name in ("encrypted", "zip_bomb", "empty", "unreadable") else "broken") from None


def _reader(data: bytes, suffix: str) -> Callable[[bytes, Path], Iterator[Piece]]:
    if data.startswith(b"PK\x03\x04"):
        return _package
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _old
    if data.lstrip()[:5] == b"%PDF-":
        return _pdf
    if files.text_fault(data) == "web_page" or suffix in (".html", ".htm", ".xhtml"):
        return _html
    return _csv if suffix in (".csv", ".tsv", ".tab") else _text


def _package(data: bytes, path: Path) -> Iterator[Piece]:
    if (fault := files.zip_fault(data)) not in ("", "not_a_workbook"):
        raise UnreadableError(fault if fault in ("encrypted", "zip_bomb") else "broken")
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = next((name for name in _PACKAGES if name in names), "")
            if not kind:
                raise UnreadableError("unknown")
            yield from _PACKAGES[kind](data, path) if kind in _BOOKS else _PACKAGES[kind](archive)
            yield from office.package(archive)
            for name in (name for name in names if re.fullmatch(r"(?:word|ppt|xl)/embeddings/.+\.xlsx", name)):
                inner, place = archive.read(name), ("inside", posixpath.basename(name))
                for piece in _book(inner, Path(name)) if not files.zip_fault(inner) else ():
                    yield replace(piece, parts=(place, *piece.parts))
    except (BadZipFile, KeyError, SyntaxError, ValueError):  # SyntaxError: ElementTree's own error of parsing
        raise UnreadableError("broken") from None


def _old(data: bytes, path: Path) -> Iterator[Piece]:
    if files.ole_fault(data):
        raise UnreadableError("encrypted")
    if path.suffix.casefold() not in (".xls", ".xlt"):
        raise UnreadableError("old")
    yield from _book(data, path)


def _book(data: bytes, path: Path) -> Iterator[Piece]:
    """Each sheet, hidden ones too, and what is hidden in it."""
    from python_calamine import SheetVisibleEnum

    book = open_book(files.Opened(path, data, "book"))
    for about in book.sheets_metadata:
        parts: Parts = (("sheet", about.name),)
        yield from [Notice("hidden_sheet", parts)] if about.visible != SheetVisibleEnum.Visible else []
        sheet = book.get_sheet_by_name(about.name)
        if sheet.start is None or sheet.height * sheet.width > MOST_CELLS:
            yield from [Notice("rows", parts)] if sheet.start else []
            continue
        (down, right), noticed = sheet.start, marks(data, about.name)
        rows = [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=True)]
        for i, j in ((i - down, j - right) for i, j in noticed.percents if i >= down and j >= right):
            with suppress(ValueError, IndexError):
                rows[i][j] = f"{cell_text(round(float(rows[i][j]) * 100, 10))} %"
        yield from [Notice("hidden_rows", parts, len(noticed.hidden_rows))] if noticed.hidden_rows else []
        yield from [Notice("hidden_columns", parts, len(noticed.hidden_columns))] if noticed.hidden_columns else []
        yield from blocks(rows, parts, sheet.start)


#: The part that tells what a package is, and its reader: of bytes for workbooks, else of the package.
_PACKAGES: Mapping[str, Callable[..., Iterator[Piece]]] = {
    "word/document.xml": office.word,
    "ppt/presentation.xml": office.slides,
    "xl/workbook.xml": _book,
    "xl/workbook.bin": _book,
    "content.xml": _book,
}
_BOOKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")


def _csv(data: bytes, path: Path) -> Iterator[Piece]:
    text = utf8(data, path.name)[0].decode()
    head = text[:100_000].splitlines()[:50]
    counts = {mark: sorted(line.count(mark) for line in head if line.strip()) for mark in ";\t,|"}
    delimiter = max(counts, key=lambda mark: (counts[mark][0] > 0, counts[mark][len(counts[mark]) // 2]))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise UnreadableError("broken") from None
    yield from blocks(rows, ())


def _text(data: bytes, path: Path) -> Iterator[Piece]:
    yield from _lines(utf8(data, path.name)[0].decode().splitlines(), (), "")


def _lines(lines: list[str], parts: Parts, section: str) -> Iterator[Piece]:
    """Running text, and tables in it: lines that end in as many figures."""
    number = 0
    for many, some in groupby(lines, lambda line: len(_figures(line))):
        block, first = list(some), number
        number += len(block)
        if not many or len(block) < SHORTEST:
            said = ((k, line) for k, line in enumerate(block, first + 1) if line.strip())
            yield from (Text((*parts, ("line", k)), line, section) for k, line in said)
            continue
        rows = [[found["label"], *_figures(line)] for line in block if (found := _LINE.fullmatch(line))]
        before = [line for line in lines[max(first - 3, 0) : first] if not _figures(line)]
        title = caption(before) if len(_BASE.findall(caption(before))) < 2 else ""  # of which column, no line tells
        heads = _heads(before[-1], many) if before else []
        yield Cells(parts, [heads, *rows] if heads else rows, title, (first - bool(heads), 0), headed=True, loose=True)


def _heads(line: str, many: int) -> list[str]:
    """The headings of so many columns in the line above them: parted by wide gaps, else the last words."""
    if line.rstrip().endswith("."):
        return []
    wide = re.split(r"\s{2,}|\t", line.strip())
    if many <= len(wide) <= many + 1:
        return [*[""] * (many + 1 - len(wide)), *wide]
    last = re.sub(r"([^\W\d]+) ((?:19|20)\d\d)", "\\1\u00a0\\2", line).split(" ")[-many:]
    return ["", *last] if len(last) == many and all(map(_HEAD.fullmatch, last)) else []


def _figures(line: str) -> list[str]:
    found = _LINE.fullmatch(line)
    figures = re.findall(rf"(?<=\s)(?:{_FIGURE})(?=\s|$)", found["figures"]) if found else []
    return figures if not all(map(_YEAR.fullmatch, figures)) else []  # years head columns


def _pdf(data: bytes, path: Path) -> Iterator[Piece]:
    try:
        import pypdfium2
    except ImportError:
        raise UnreadableError("package") from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("encrypted" if "assword" in str(error) else "broken") from None
    any_text = False
    for n, page in enumerate(document, 1):
        text = page.get_textpage().get_text_range()
        any_text |= bool(text.strip())
        yield from _lines(text.splitlines(), (("page", n),), str(n))
    if not any_text:
        raise UnreadableError("scanned")


def _html(data: bytes, path: Path) -> Iterator[Piece]:
    from bs4 import BeautifulSoup
    from bs4.element import Comment, NavigableString

    soup = BeautifulSoup(utf8(data, path.name)[0].decode(), "html.parser")
    silent = {id(figure) for figure in soup.select(_SILENT)}
    yield from (Notice("no_alt", (("figure", k),)) for k, one in enumerate(soup(_FIGURES), 1) if id(one) in silent)
    for k, table in enumerate(soup("table"), 1):
        yield from _table(table, k) if not table.find("table") else ()
    for part in soup(["script", "style", "template", "svg", "table"]):
        part.decompose()
    heading = 0
    texts = (text for text in soup.find_all(string=True) if type(text) in (NavigableString, Comment))
    homes = groupby(texts, lambda text: next((one for one in text.parents if one.name in _BLOCKS), soup))
    for k, (home, some) in enumerate(homes, 1):
        heading += home.name in _HEADINGS
        said = " ".join(" ".join(some).split())
        yield from [Text((("heading", heading), ("paragraph", k)), said, str(heading))] if said else []


def _table(table: Any, k: int) -> Iterator[Piece]:
    """A table of a page. What spans several columns or rows stands in the first of them."""
    rows: list[list[str]] = []
    down: set[tuple[int, int]] = set()
    for i, row in enumerate(table("tr")):
        cells: list[str] = []
        for cell in row(["td", "th"]):
            while (i, len(cells)) in down:
                cells.append("")
            spans = (str(cell.get(name)) for name in ("colspan", "rowspan"))
            wide, tall = (min(int(span), WIDEST) if span.isdigit() else 1 for span in spans)
            down |= {(i + a, len(cells) + b) for a in range(1, tall) for b in range(wide)}
            cells += [" ".join(cell.get_text(" ").split()), *[""] * (wide - 1)]
        rows.append(cells)
    title = table.caption.get_text(" ") if table.caption else ""
    if not title and (before := table.find_previous([*_HEADINGS, "p", "figcaption"])):
        title = before.get_text(" ")
    if any(map(filled, rows)):
        yield Cells((("table", k),), rows, " ".join(title.split()), headed=bool(table.find("th")))
