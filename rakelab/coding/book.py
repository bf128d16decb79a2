"""Workbooks for coders: how cells are written so that nothing runs, and read back.

Every text goes in as a text cell with a quote prefix, so that it stays text even when somebody edits it. A hidden
sheet tells what the columns are, whatever language their headings are in.
"""

import io
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from rakelab import errors
from rakelab.errors import FileError, OutputError
from rakelab.i18n import text
from rakelab.loaders.columns import cell_text
from rakelab.loaders.files import Opened
from rakelab.loaders.reading import opened
from rakelab.loaders.spelling import fold
from rakelab.loaders.workbook import open_book

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

HIDDEN = "rakelab"
#: What one cell of a spreadsheet holds, in units of UTF-16; and room for the words that tell of the cut.
LONGEST, _TAIL = 32_767, 120


class Book:
    """A workbook being made, with our formats. ``done`` gives its bytes."""

    def __init__(self, title: str, lang: str) -> None:
        from xlsxwriter import Workbook  # lazy: the command line's help must stay quick

        self.lang = lang
        self._bytes = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = Workbook(self._bytes, options)
        # a fixed date: the same texts make the same file
        self.book.set_properties({"title": title, "created": datetime(2026, 1, 1, tzinfo=UTC)})
        wrap = {"text_wrap": True, "valign": "top"}
        self.head = self.book.add_format({**wrap, "bold": True, "bottom": 1, "bg_color": "#E8EEF4"})
        self.text = self.book.add_format({**wrap, "quote_prefix": True, "num_format": "@"})
        self.mark = self.book.add_format({"align": "center", "valign": "top", "border": 1, "border_color": "#999999"})
        self.title = self.book.add_format({"bold": True, "font_size": 14})
        self.number = self.book.add_format({"num_format": "0.00", "valign": "top"})

    def word(self, key: str, **values: object) -> str:
        return text(f"coding.{key}", self.lang, **values)

    def sheet(self, name: str, headings: Sequence[str], widths: Sequence[float]) -> "Worksheet":
        """A sheet with a heading that stays in sight."""
        sheet = self.book.add_worksheet(name)
        for j, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.write_string(0, j, heading, self.head)
            sheet.set_column(j, j, width)
        sheet.freeze_panes(1, 1)
        return sheet

    def guide(self, title: str, lines: Iterable[str]) -> None:
        """A sheet of instructions."""
        sheet = self.book.add_worksheet(self.word("sheet.guide"))
        sheet.set_column(0, 0, 100)
        sheet.write_string(0, 0, title, self.title)
        for i, line in enumerate(lines, 2):
            sheet.write_string(i, 0, line, self.text)

    def hidden(self, rows: Iterable[Sequence[str]]) -> None:
        """What the reader must know, out of the coder's way."""
        sheet = self.book.add_worksheet(HIDDEN)
        sheet.very_hidden()
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                sheet.write_string(i, j, cell)

    def done(self) -> bytes:
        self.book.close()
        return self._bytes.getvalue()


def fitted(whole: str, lang: str) -> tuple[str, bool]:
    """A text as a cell can hold it, and whether it was cut: what is left out is said at its end."""
    units = whole.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * LONGEST:
        return whole, False
    kept = units[: 2 * (LONGEST - _TAIL)].decode("utf-16-le", "ignore")
    return f"{kept} {text('coding.cut', lang, n=len(whole))}", True


def digest(cell: str) -> str:
    """What a cell's text is known by when the workbook comes back; line ends and spaces are as the program likes."""
    return sha256(" ".join(cell.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def refuse_old(paths: Iterable[Path]) -> None:
    """Raises OutputError for a file that is there: it may have been filled in."""
    for path in paths:
        if path.exists():
            raise OutputError("coding.exists", file=path.name)


#: Writes a file that is not there yet.
write_new = partial(errors.write_new, exists="coding.exists", not_written="coding.not_written")


@dataclass(frozen=True, repr=False)
class Filled:
    """A workbook that came back: the rows of its first sheet as text, and what its hidden sheet tells."""

    file: str
    rows: list[list[str]]
    hidden: dict[str, list[list[str]]] = field(default_factory=dict)

    def value(self, key: str) -> str:
        """The one value of ``key`` in the hidden sheet."""
        return next((row[0] for row in self.hidden.get(key, []) if row), "")

    @property
    def heads(self) -> list[str]:
        return [fold(cell) for cell in self.rows[0]] if self.rows else []


def read_back(path: str | Path, wanted: str) -> Filled:
    """A workbook of ours in the format ``wanted``. Raises FileError for any other file."""
    file = opened(path)
    hidden: dict[str, list[list[str]]] = {}
    for key, *values in filter(None, sheet_rows(file, HIDDEN) if file.kind == "book" else []):
        hidden.setdefault(key, []).append(values)
    if [wanted] not in [values[:1] for values in hidden.get("format", [])]:
        raise FileError("coding.not_ours", file=file.name, kind=wanted)
    return Filled(file.name, sheet_rows(file, 0), hidden)


def sheet_rows(file: Opened, which: str | int) -> list[list[str]]:
    """The cells of a sheet as text, from its first row; empty where there is no such sheet."""
    book = open_book(file)
    with suppress(Exception):  # the reader raises whatever the bytes make it raise
        name = which if isinstance(which, str) else book.sheet_names[which]
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False) if name in book.sheet_names else []
        return [[cell_text(cell).strip() for cell in row] for row in rows]
    raise FileError("loaders.file.broken_workbook", file=file.name)
