"""Writes the rows that were set aside, for the user to mend. The only place that writes cells of a file.

A cell that a spreadsheet would run as a formula (it begins with = + - @ or a tab) gets an apostrophe before it;
``read`` takes the apostrophe away again.
"""

import csv
import io
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd

from rakelab import i18n
from rakelab.errors import OutputError
from rakelab.loaders.table import Table
from rakelab.loaders.validation import Check

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_set_aside(check: Check, path: str | Path, lang: str = "fi") -> int:
    """Writes the set-aside rows of ``check`` to .xlsx or .csv (UTF-8 with a mark, semicolons) and tells how many.

    First come the row number in the file and the reasons, then the columns as read, without those dropped as metadata.
    Writes nothing when there is nothing to mend. Raises OutputError.
    """
    path = Path(path)
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise OutputError("loaders.aside.not_file", file=path.name)
    if check.table is None or not check.row_findings:
        return 0
    own = tuple(i18n.text(f"loaders.aside.{name}", lang) for name in ("row", "reasons"))
    rows = [(*own, *(neutral(heading.text) for heading in check.table.headings)), *_rows(check, check.table, lang)]
    _write(path, _workbook(rows) if path.suffix.lower() == ".xlsx" else _csv(rows))
    return len(rows) - 1


def _rows(check: Check, table: Table, lang: str) -> Iterator[tuple[str, ...]]:
    reasons: dict[int, list[str]] = {}
    for finding in check.row_findings:
        why = i18n.text(f"present.aside.{finding.code}", lang)
        said = f"{check.codebook.title_of(finding.variable, lang)}: {why}" if finding.variable else why
        for row in finding.rows:
            reasons.setdefault(row, []).append(f"{said}.")
    places = np.flatnonzero(np.isin(table.rows, list(reasons)))
    cells = zip(*(column[places] for column in table.columns), strict=True)
    for row, texts in zip(table.rows[places].tolist(), cells, strict=True):
        yield str(row), " ".join(reasons[row]), *(neutral("" if pd.isna(text) else text) for text in texts)


def neutral(cell: str) -> str:
    """The cell as text that no spreadsheet runs."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _csv(rows: Iterable[tuple[str, ...]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def _workbook(rows: Iterable[tuple[str, ...]]) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                sheet.write_string(i, j, cell)
    return stream.getvalue()


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        with suppress(OSError):  # it could not be written in the first place
            part.unlink(missing_ok=True)
        raise OutputError("loaders.aside.cannot_write", file=path.name) from None
