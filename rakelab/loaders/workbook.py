"""XLSX, XLS and ODS: which sheet, and its table as columns."""

import io
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

from rakelab import identifiers
from rakelab.dataset import Origin
from rakelab.errors import FileError, nearest
from rakelab.loaders import layout
from rakelab.loaders.columns import cell_text, encode
from rakelab.loaders.files import Opened
from rakelab.loaders.sources import Source
from rakelab.loaders.spelling import fold, fold_heading
from rakelab.loaders.table import Table

#: More cells than this do not fit in memory as text.
MOST_CELLS = 60_000_000


@dataclass(frozen=True, repr=False)
class _Sheet:
    """The used cells of one sheet as text, its first used row (0 = row 1) and where its table lies."""

    name: str
    cells: list[list[str]]
    top: int
    layout: layout.Layout

    def familiar(self, known: frozenset[str]) -> int:
        """How many of its headings the form knows."""
        headings = self.layout.headings
        names = [
            name for heading in headings for name in (*heading.names, *(question for question, _ in heading.pairs))
        ]
        return len(known & set(map(fold_heading, names)))


def read(file: Opened, source: Source, known: frozenset[str]) -> Table:
    """The table of a workbook: the sheet the source map names, the one with most ``known`` headings, or the first.

    Raises FileError where the workbook is broken or holds no table.
    """
    book = open_book(file)
    visible = _visible(book)
    names = [_named(book, visible, source.sheet, file.name)] if source.sheet else visible
    sheets = [sheet for sheet in (_sheet(book, name, source, file.name) for name in names) if sheet]
    if not sheets:
        raise FileError("loaders.file.no_table", file=file.name)
    chosen = max(sheets, key=lambda sheet: sheet.familiar(known))
    table = _table(chosen, file.name, tuple(name for name in visible if name != chosen.name))
    ignored = tuple(sheet.name for sheet in sheets if sheet is not chosen)
    return table.noted("sheets_ignored", sheet=chosen.name, sheets=ignored) if ignored else table


def open_book(file: Opened) -> Any:
    """The workbook as calamine reads it. Raises FileError where it is broken."""
    import python_calamine

    with suppress(Exception):  # the reader raises whatever the bytes make it raise
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file.data))
    raise FileError("loaders.file.broken_workbook", file=file.name)


def _visible(book: Any) -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    wanted = (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible)
    return [sheet.name for sheet in book.sheets_metadata if (sheet.typ, sheet.visible) == wanted]


def _named(book: Any, visible: list[str], wanted: str, file: str) -> str:
    if wanted in book.sheet_names:
        return wanted
    alike = [name for name in visible if fold(name) == fold(wanted)]
    if len(alike) != 1:
        shown = [identifiers.shown(name) for name in visible]  # one by one: two in a row look like a person's
        near = nearest(wanted, shown) or ", ".join(shown) or "–"
        raise FileError("loaders.file.sheet_missing", file=file, sheet=wanted, nearest=near)
    return alike[0]


def _sheet(book: Any, name: str, source: Source, file: str) -> _Sheet | None:
    """The sheet ``name``; None where it holds no table of at least two named columns."""
    fault, cells, top = "", None, 0
    try:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is None:
            return None
        top = sheet.start[0]
        if sheet.height * sheet.width > MOST_CELLS:
            fault = "loaders.file.too_many_cells"
        else:
            rows = sheet.to_python(skip_empty_area=True)
            cells = [[cell if type(cell) is str else cell_text(cell) for cell in row] for row in rows]
    except Exception:  # the reader raises whatever the bytes make it raise
        fault = "loaders.file.broken_workbook"
    if cells is None:
        raise FileError(fault, file=file)
    first = source.header_row - 1 - top if source.header_row else None
    place = layout.find(cells[: layout.HEAD], first=first, depth=source.header_rows)
    wide = place is not None and sum(bool(heading.text) for heading in place.headings) > 1
    return _Sheet(name, cells, top, place) if place is not None and wide else None


def _table(sheet: _Sheet, file: str, others: tuple[str, ...]) -> Table:
    place = sheet.layout
    rows = sheet.cells[place.body :]
    columns = tuple(encode(row[j] for row in rows) for j in range(len(place.headings)))
    first = sheet.top + place.body + 1
    around = tuple(cell for row in sheet.cells[: place.first] for cell in row if cell)
    origin = Origin(file, "", "calamine", other_sheets=others)
    return Table(place.headings, columns, np.arange(first, first + len(rows)), origin, around=(*around, sheet.name))
