"""What a workbook says of its cells beside their values: errors, formulas without a result, percentages, hidden rows
and columns, merged cells and its calendar's first day. Read from the XML of XLSX and ODS; of others nothing is known.

Rows and columns are counted from 0.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from posixpath import normpath
from zlib import error as ZlibError  # noqa: N812 - zlib names it so

Place = tuple[int, int]
Element = tuple[Place, dict[str, str], bytes]  # of a row the column is −1

_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
#: What is worth a look at every cell: an error, a hidden row, a formula that nothing follows.
_TELLING = re.compile(
    rb"\bt=[\"']e[\"']|\bhidden=|"
    rb"(?:/f>|<(?:\w+:)?f\b[^>]*/>)\s*(?:<(?:\w+:)?v\s*(?:/>|>\s*</(?:\w+:)?v>))?\s*</(?:\w+:)?c>"
)
_TAGS = re.compile(rb"<[^>]*>")
_PLACE = re.compile(r"([A-Z]+)(\d+)")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_PERCENTS = {9, 10}
_TRUE = ("1", "true")
_FAULTS = (KeyError, ValueError, OSError, EOFError, NotImplementedError, zipfile.BadZipFile, ZlibError)


@dataclass(frozen=True)
class Marks:
    """``errors``: place → the error's word; ``pending``: formulas whose result was not saved."""

    errors: dict[Place, str] = field(default_factory=dict)
    pending: set[Place] = field(default_factory=set)
    percents: set[Place] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[Place, Place]] = field(default_factory=list)  # first and last cell
    since_1904: bool = False
    known: bool = True  # nothing is known of the older formats


def marks(data: bytes, sheet: str) -> Marks:
    """The marks of one sheet. A broken or missing part tells nothing: the reader of values judges the file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "content.xml" in names:
                return _of_ods(archive.read("content.xml"), sheet)
            return _of_xlsx(archive, sheet) if "xl/workbook.xml" in names else Marks(known=False)
    except _FAULTS:
        return Marks(known=False)


def _elements(xml: bytes, name: str) -> Iterator[dict[str, str]]:
    """The attributes of every element ``name``, whatever its prefix."""
    return (_attributes(found[1]) for found in re.finditer(rb"<(?:\w+:)?" + name.encode() + rb"\b([^>]*)>", xml))


def _attributes(given: bytes) -> dict[str, str]:
    pairs = _ATTRIBUTE.findall(given.decode("utf-8", "replace"))
    return {name.rpartition(":")[2]: unescape(one or other) for name, one, other in pairs}


def _text(xml: bytes) -> str:
    return unescape(_TAGS.sub(b"", xml).decode("utf-8", "replace")).strip()


# --- XLSX -----------------------------------------------------------------------------------------------------


def _of_xlsx(archive: zipfile.ZipFile, sheet: str) -> Marks:
    book, links = archive.read("xl/workbook.xml"), archive.read("xl/_rels/workbook.xml.rels")
    link = next(one["id"] for one in [*_elements(book, "sheet"), {"id": "", "name": sheet}] if one.get("name") == sheet)
    target = next((one["Target"] for one in _elements(links, "Relationship") if one["Id"] == link), "")
    xml = archive.read(normpath(target.lstrip("/") if target.startswith("/") else f"xl/{target}"))
    percent = _percent_styles(archive.read("xl/styles.xml")) if "xl/styles.xml" in archive.namelist() else set[str]()
    made = Marks(
        hidden_columns={j for one in _elements(xml, "col") if one.get("hidden") in _TRUE for j in _span(one)},
        merged=[_corners(one["ref"]) for one in _elements(xml, "mergeCell")],
        since_1904=any(one.get("date1904") in _TRUE for one in _elements(book, "workbookPr")),
    )
    for element in _cells(xml) if percent or _TELLING.search(xml) else ():
        _note(made, element, percent)
    return made


def _span(column: dict[str, str]) -> range:
    return range(int(column["min"]) - 1, min(int(column["max"]), 1 << 14))


def _corners(reference: str) -> tuple[Place, Place]:
    first, _, last = reference.partition(":")
    return _place(first, (0, 0)), _place(last or first, (0, 0))


def _place(reference: str, otherwise: Place) -> Place:
    found = _PLACE.match(reference)
    if found is None:
        return otherwise
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _cells(xml: bytes) -> Iterator[Element]:
    """Every row and cell of a sheet, in order. A place that is not written is the next one."""
    i = j = -1
    for found in re.finditer(rb"<(?:\w+:)?(row|c)\b([^>]*?)(/?)>", xml):
        given = _attributes(found[2])
        if found[1] == b"row":
            i, j = int(given.get("r", i + 2)) - 1, -1
            yield (i, -1), given, b""
            continue
        i, j = _place(given.get("r", ""), (i, j + 1))
        yield (i, j), given, b"" if found[3] else xml[found.end() : xml.find(b"c>", found.end())]


def _note(made: Marks, element: Element, percent: set[str]) -> None:
    place, given, inner = element
    value = found[1].strip() if (found := _VALUE.search(inner)) else b""
    if place[1] < 0 and given.get("hidden") in _TRUE:
        made.hidden_rows.add(place[0])
    elif given.get("t") == "e":
        made.errors[place] = _text(value) or "#N/A"
    elif not value and given.get("t") != "str" and _FORMULA.search(inner):
        made.pending.add(place)
    elif value and given.get("s") in percent and given.get("t", "n") == "n":
        made.percents.add(place)


def _percent_styles(xml: bytes) -> set[str]:
    """The numbers of the cell styles that write a percentage."""
    codes = ((one["numFmtId"], _QUOTED.sub("", one.get("formatCode", ""))) for one in _elements(xml, "numFmt"))
    percents = _PERCENTS | {int(number) for number, code in codes if "%" in code}
    styles = re.search(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", xml, re.S)
    formats = _elements(styles[0] if styles else b"", "xf")
    return {str(i) for i, one in enumerate(formats) if int(one.get("numFmtId", 0)) in percents}


# --- ODS ------------------------------------------------------------------------------------------------------


def _of_ods(xml: bytes, sheet: str) -> Marks:
    tables = re.finditer(rb"<table:table\b([^>]*)>(.*?)</table:table>", xml, re.S)
    made = Marks()
    for element in _ods_cells(next((one[2] for one in tables if _attributes(one[1]).get("name") == sheet), b"")):
        _note_ods(made, element)
    return made


def _ods_cells(xml: bytes) -> Iterator[Element]:
    i, j, repeated = 0, 0, 0
    for found in re.finditer(rb"<table:(table-row|table-cell|covered-table-cell)\b([^>]*?)(/?)>", xml):
        given = _attributes(found[2])
        if found[1] == b"table-row":
            i, j, repeated = i + repeated, 0, int(given.get("number-rows-repeated", 1))
            yield (i, -1), given, b""
            continue
        inner = b"" if found[3] else xml[found.end() : xml.find(b"</table:", found.end())]
        yield (i, j), given, inner
        j += int(given.get("number-columns-repeated", 1))


def _note_ods(made: Marks, element: Element) -> None:
    place, given, inner = element
    kind, text = given.get("value-type", ""), _text(inner)
    if place[1] < 0 and given.get("visibility") in ("collapse", "filter"):
        made.hidden_rows.update(range(place[0], place[0] + min(int(given.get("number-rows-repeated", 1)), 1 << 20)))
    elif kind == "error" or ("formula" in given and text.startswith(("#", "Err:"))):
        made.errors[place] = text or "#N/A"
    elif "formula" in given and not kind:
        made.pending.add(place)
    elif kind == "percentage":
        across = min(int(given.get("number-columns-repeated", 1)), 1 << 14)
        made.percents.update((place[0], place[1] + k) for k in range(across))
    if (down := int(given.get("number-rows-spanned", 1))) > 1:
        across = int(given.get("number-columns-spanned", 1))
        made.merged.append((place, (place[0] + down - 1, place[1] + across - 1)))
