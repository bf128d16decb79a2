"""Writes the rows that were set aside, for the user to mend. The only place that writes cells of a file.

A cell that a spreadsheet would run as a formula (it begins with = + - @ or a tab) gets an apostrophe before it;
``read`` takes the apostrophe away again.
"""

import csv
import io
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd

from rakelab import i18n
from rakelab.errors import OutputError
from rakelab.loaders.checking import Check
from rakelab.loaders.report import row_findings

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_set_aside(check: Check, path: str | Path, lang: str = "fi") -> int:
    """Writes the set-aside rows of ``check`` to .xlsx or .csv (UTF-8 with a mark, semicolons) and tells how many.

    First come the row number in the file and the reasons (code:variable), then the columns as read, without those
    dropped as metadata. Writes nothing when there is nothing to mend. Raises OutputError.
    """
    path = Path(path)
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise OutputError("loaders.aside.not_file", file=path.name)
    if check.raw is None or not row_findings(check):
        return 0
    rows = [tuple(i18n.text(f"loaders.aside.{name}", lang) for name in ("row", "reasons")) + _heading(check)]
    rows += _rows(check)
    _write(path, _book(rows) if path.suffix.lower() == ".xlsx" else _text(rows))
    return len(rows) - 1


def _heading(check: Check) -> tuple[str, ...]:
    assert check.raw is not None
    headings = check.raw.details.get("headings")
    names = [heading.text for heading in headings] if headings else map(str, check.raw.frame.columns)
    return tuple(map(neutral, names))


def _rows(check: Check) -> Iterable[tuple[str, ...]]:
    assert check.raw is not None
    reasons: dict[int, list[str]] = {}
    for finding in row_findings(check):
        for row in finding.rows:
            reasons.setdefault(row, []).append(f"{finding.code}:{finding.variable}".rstrip(":"))
    places = np.flatnonzero(np.isin(np.asarray(check.raw.rows), list(reasons)))
    cells = check.raw.frame.iloc[places].to_numpy(dtype=object)
    for place, texts in zip(places.tolist(), cells, strict=True):
        number = check.raw.rows[place]
        yield str(number), " ".join(reasons[number]), *(neutral("" if pd.isna(c) else str(c)) for c in texts)


def neutral(cell: str) -> str:
    """The cell as text that no spreadsheet runs."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _text(rows: Iterable[tuple[str, ...]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def _book(rows: Iterable[tuple[str, ...]]) -> bytes:
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
    failed = False
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        failed = True
    finally:
        if failed:
            _remove(part)
    if failed:
        raise OutputError("loaders.aside.cannot_write", file=path.name)


def _remove(part: Path) -> None:
    with suppress(OSError):  # it could not be written in the first place
        part.unlink(missing_ok=True)
