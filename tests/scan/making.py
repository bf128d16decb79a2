"""Small files of a stranger's, and what the scan says of them."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from rakelab.scan import Scanned, scan

Rows = Sequence[Sequence[Any]]
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000"
    "050001a5f645400000000049454e44ae426082"
)


def kinds(found: Scanned) -> set[str]:
    return {one.kind for one in found.flaws}


def cells(found: Scanned, kind: str) -> set[tuple[int, int]]:
    return {spot for one in found.flaws if one.kind == kind for spot in one.cells}


def csv_file(folder: Path, rows: Rows, name: str = "taulukko.csv", *, delimiter: str = ";") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def of_rows(folder: Path, rows: Rows, **options: Any) -> Scanned:
    """What is found in one table."""
    csv_file(folder, rows)
    return scan(folder, **options)


def of_text(folder: Path, text: str, **options: Any) -> Scanned:
    (folder / "teksti.txt").write_text(text, encoding="utf-8")
    return scan(folder, **options)


def of_page(folder: Path, body: str) -> Scanned:
    (folder / "sivu.html").write_text(f"<!doctype html><html lang='fi'><body>{body}</body></html>", encoding="utf-8")
    return scan(folder)


def workbook(path: Path, sheets: dict[str, Rows], *, percents: Iterable[tuple[int, int]] = ()) -> xlsxwriter.Workbook:
    """A workbook, not yet closed."""
    book = xlsxwriter.Workbook(path)
    percent = book.add_format({"num_format": "0.0%"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                sheet.write(i, j, value, percent if (i, j) in set(percents) else None)
    return book


def with_part(path: Path, name: str, data: str | bytes) -> Path:
    """The package with one part more."""
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, data)
    return path


def changed(path: Path, name: str, old: str, new: str) -> Path:
    """The package with one part changed."""
    parts = {}
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    assert old.encode() in parts[name]
    parts[name] = parts[name].replace(old.encode(), new.encode())
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for one, data in parts.items():
            archive.writestr(one, data)
    path.write_bytes(made.getvalue())
    return path
