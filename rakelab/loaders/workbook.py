"""XLSX, XLS and ODS: which sheet, and its table as columns."""

import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rakelab import identifiers
from rakelab.dataset import Finding, Severity
from rakelab.errors import FileError, nearest
from rakelab.loaders import layout
from rakelab.loaders.body import Body
from rakelab.loaders.columns import encode
from rakelab.loaders.files import Opened
from rakelab.loaders.native import cell_text
from rakelab.loaders.sources import Source
from rakelab.loaders.spelling import fold, fold_heading
from rakelab.loaders.trim import trimmed

#: More cells than this do not fit in memory as text.
MOST_CELLS = 60_000_000


@dataclass(frozen=True, repr=False)
class _Sheet:
    """The used cells of one sheet as text, its first used row (0 = row 1) and the headings found."""

    name: str
    cells: list[list[str]]
    top: int
    found: layout.Layout | None


def read(file: Opened, source: Source, known: frozenset[str] = frozenset()) -> Body:
    """The table of a workbook: the sheet the source map names, the one with most ``known`` headings, or the first.

    Raises FileError where the workbook is broken or holds no table.
    """
    book = _book(file)
    names = _names(book, source, file.name)
    sheets = [sheet for sheet in (_sheet(book, name, source, file.name) for name in names) if sheet]
    if not sheets:
        raise FileError("loaders.file.no_table", file=file.name)
    chosen = max(sheets, key=lambda sheet: _familiar(sheet, known))
    others = tuple(sheet.name for sheet in sheets if sheet is not chosen)
    body = trimmed(_body(chosen), file.name)
    if not others:
        return body
    note = Finding("sheets_ignored", severity=Severity.NOTE, values={"sheet": chosen.name, "sheets": others})
    return replace(body, findings=(*body.findings, note))


def _book(file: Opened) -> Any:
    import python_calamine

    book = None
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file.data))
    except Exception:  # the reader raises whatever the bytes make it raise
        book = None
    if book is None:
        raise FileError("loaders.file.broken_workbook", file=file.name)
    return book


def sheets(file: Opened) -> tuple[str, ...]:
    """The names of the sheets that can be seen, in the workbook's order."""
    return tuple(_visible(_book(file)))


def _visible(book: Any) -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]


def _names(book: Any, source: Source, file: str) -> list[str]:
    names = _visible(book)
    if not source.sheet:
        return names
    if source.sheet in book.sheet_names:
        return [source.sheet]
    alike = [name for name in names if fold(name) == fold(source.sheet)]
    if len(alike) != 1:
        told = [identifiers.shown(name) for name in names]  # one by one: two in a row look like a person's
        near = nearest(source.sheet, told) or ", ".join(told) or "–"
        raise FileError("loaders.file.sheet_missing", file=file, sheet=source.sheet, nearest=near)
    return alike


def _sheet(book: Any, name: str, source: Source, file: str) -> _Sheet | None:
    rows = _rows(book, name, file)
    if rows is None:
        return None
    top, cells = rows
    first = source.header_row - 1 - top if source.header_row else None
    head = [cells[i] for i in range(min(layout.HEAD, len(cells)))]
    found = layout.find(head, first=first, depth=source.header_rows)
    wide = found is not None and sum(bool(heading.text) for heading in found.headings) > 1
    return _Sheet(name, cells, top, found) if wide else None


def _rows(book: Any, name: str, file: str) -> tuple[int, list[list[str]]] | None:
    """The first used row and the cells below it, or None for an empty sheet."""
    fault, cells = "", None
    try:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is None:
            return None
        if sheet.height * sheet.width > MOST_CELLS:
            fault = "loaders.file.too_many_cells"
        else:
            cells = _texts(sheet.to_python(skip_empty_area=True))
    except Exception:  # the reader raises whatever the bytes make it raise
        fault = "loaders.file.broken_workbook"
    if cells is None:
        raise FileError(fault, file=file)
    return sheet.start[0], cells


def _texts(rows: Iterable[Iterable[Any]]) -> list[list[str]]:
    return [[cell if type(cell) is str else cell_text(cell) for cell in row] for row in rows]


def _familiar(sheet: _Sheet, known: frozenset[str]) -> int:
    assert sheet.found is not None
    names = [name for heading in sheet.found.headings for name in heading.names]
    questions = [question for heading in sheet.found.headings for question, _ in heading.pairs]
    return len(known & set(map(fold_heading, (*names, *questions))))


def _body(sheet: _Sheet) -> Body:
    assert sheet.found is not None
    rows = sheet.cells[sheet.found.body :]
    headings = sheet.found.headings
    columns = tuple(encode(row[j] for row in rows) for j in range(len(headings)))
    first = sheet.top + sheet.found.body + 1
    numbers = np.arange(first, first + len(rows))
    around = tuple(cell for row in sheet.cells[: sheet.found.first] for cell in row if cell)
    return Body(headings, columns, numbers, "calamine", around=(*around, sheet.name))
