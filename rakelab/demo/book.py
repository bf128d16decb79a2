"""A workbook of several sheets: texts stay texts, dates are dates, and the same cells make the same file."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from rakelab.codebook import BLANK


def workbook(sheets: Mapping[str, Iterable[Sequence[Any]]], day: tuple[int, int, int]) -> bytes:
    """Sheets of rows as a workbook that was made on ``day``; what is blank or missing is an empty cell."""
    from xlsxwriter import Workbook  # lazy: the command line's help must stay quick

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, {**options, "default_date_format": "d.m.yyyy"}) as book:
        book.set_properties({"title": "Synteettinen aineisto", "created": datetime(*day, tzinfo=UTC)})
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name)
            for row, line in enumerate(lines):
                for column, cell in enumerate(line):
                    if cell is not None and cell == cell and cell not in ("", BLANK):  # NaN is not equal to itself
                        sheet.write(row, column, cell)
    return out.getvalue()
