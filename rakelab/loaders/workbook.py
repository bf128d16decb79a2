"""XLSX, XLS and ODS: which sheet, and its table as columns."""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rakelab import identifiers
from rakelab.dataset import Finding, Origin, Severity
from rakelab.errors import FileError, nearest
from rakelab.loaders import layout
from rakelab.loaders.columns import cell_text, encode
from rakelab.loaders.files import Opened
from rakelab.loaders.marks import Marks, Place, marks
from rakelab.loaders.sources import Source
from rakelab.loaders.spelling import fold, fold_heading
from rakelab.loaders.table import Table

#: The text of a formula that was saved without its result.
PENDING = "#CALC!"
#: More cells than this do not fit in memory as text.
MOST_CELLS = 60_000_000


@dataclass(frozen=True, repr=False)
class _Sheet:
    """The used cells of one sheet as text, its first used row and column (from 0), and where its table lies.
    ``merged``: the first and the last cell of each."""

    name: str
    cells: list[list[str]]
    start: Place
    merged: Sequence[tuple[Place, Place]]
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
    sheets = [sheet for sheet in (_sheet(book, name, source, known, file.name) for name in names) if sheet]
    if not sheets:
        raise FileError("loaders.file.no_table", file=file.name)
    chosen = max(sheets, key=lambda sheet: sheet.familiar(known))
    noticed = marks(file.data, chosen.name)
    findings = tuple(_told(_marked(chosen, noticed), noticed, chosen))
    table = _table(chosen, file.name, tuple(name for name in visible if name != chosen.name))
    table = replace(table, findings=findings, since_1904=noticed.since_1904)
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


def _sheet(book: Any, name: str, source: Source, known: frozenset[str], file: str) -> _Sheet | None:
    """The sheet ``name``; None where it holds no table of at least two named columns."""
    fault, cells, start, merged = "", None, (0, 0), ()
    try:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is None:
            return None
        start, merged = sheet.start, sheet.merged_cell_ranges or ()
        if sheet.height * sheet.width > MOST_CELLS:
            fault = "loaders.file.too_many_cells"
        else:
            rows = sheet.to_python(skip_empty_area=True)
            cells = [[cell if type(cell) is str else cell_text(cell) for cell in row] for row in rows]
    except Exception:  # the reader raises whatever the bytes make it raise
        fault = "loaders.file.broken_workbook"
    if cells is None:
        raise FileError(fault, file=file)
    first = source.header_row - 1 - start[0] if source.header_row else None
    place = layout.find(cells[: layout.HEAD], first=first, depth=source.header_rows, known=known)
    wide = place is not None and sum(bool(heading.text) for heading in place.headings) > 1
    return _Sheet(name, cells, start, merged, place) if place is not None and wide else None


def _marked(sheet: _Sheet, noticed: Marks) -> dict[str, set[int]]:
    """Puts into the cells what the workbook says of them besides, and tells what was done on which rows (from 0)."""
    words = noticed.errors | dict.fromkeys(noticed.pending, PENDING)
    for place, word in words.items():
        _put(sheet, place, word)
    for place in noticed.percents:
        with suppress(ValueError, OverflowError):  # a text
            _put(sheet, place, f"{cell_text(round(float(_at(sheet, place)) * 100, 10))} %")
    filled, across = set[int](), set[int]()
    for (top, left), (bottom, right) in sheet.merged or noticed.merged:
        below = range(max(top + 1, sheet.start[0] + sheet.layout.body), bottom + 1)
        if text := _at(sheet, (top, left)) if top >= sheet.start[0] + sheet.layout.body else "":
            for row in below:
                _put(sheet, (row, left), text)
            filled |= set(below)
            across |= set(range(top, bottom + 1)) if right > left else set()
    return {"merged_filled": filled, "merged_across": across, "formula_unsaved": {row for row, _ in noticed.pending},
            "hidden_rows": noticed.hidden_rows}  # fmt: skip


def _at(sheet: _Sheet, place: Place) -> str:
    row, column = place[0] - sheet.start[0], place[1] - sheet.start[1]
    inside = 0 <= row < len(sheet.cells) and 0 <= column < len(sheet.cells[row])
    return sheet.cells[row][column] if inside else ""


def _put(sheet: _Sheet, place: Place, text: str) -> None:
    row, column = place[0] - sheet.start[0], place[1] - sheet.start[1]
    if 0 <= row < len(sheet.cells) and 0 <= column < len(sheet.cells[row]):
        sheet.cells[row][column] = text


def _told(rows: Mapping[str, set[int]], noticed: Marks, sheet: _Sheet) -> Iterator[Finding]:
    first = sheet.start[0] + sheet.layout.body
    for code, given in rows.items():
        if within := tuple(sorted(row + 1 for row in given if first <= row < sheet.start[0] + len(sheet.cells))):
            yield Finding(code, rows=within, severity=Severity.NOTE)
    if not noticed.known:
        yield Finding("marks_unknown", severity=Severity.NOTE)
    headings = {heading.position + sheet.start[1]: heading for heading in sheet.layout.headings if heading.text}
    if hidden := tuple(headings[j].shown for j in sorted(noticed.hidden_columns & set(headings))):
        yield Finding("hidden_columns", severity=Severity.NOTE, values={"columns": hidden})


def _table(sheet: _Sheet, file: str, others: tuple[str, ...]) -> Table:
    place = sheet.layout
    rows = sheet.cells[place.body :]
    columns = tuple(encode(row[j] for row in rows) for j in range(len(place.headings)))
    first = sheet.start[0] + place.body + 1
    around = tuple(cell for row in sheet.cells[: place.first] for cell in row if cell)
    origin = Origin(file, "", "calamine", other_sheets=others)
    return Table(place.headings, columns, np.arange(first, first + len(rows)), origin, around=(*around, sheet.name))
