"""Made-up answers, a theme list, and coders who fill in their sheets with another program."""

from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import pytest

from rakelab import coding

THEMES = """
[themes]
name = "koe"

[[theme]]
id = "talous"
label = { fi = "Talous", sv = "Ekonomi", en = "Money" }
words = ["velka", "vuokra"]

[[theme]]
id = "jono"
label = { fi = "Jonot", sv = "Köer", en = "Queues" }
words = ["jono"]
"""
ANSWERS = ("Vuokra on liian suuri.", "", "Jonossa kesti.", "Velkaa ja jonoja.", "Kaikki hyvin.")


@pytest.fixture
def themes(tmp_path: Path) -> coding.Themes:
    path = tmp_path / "koe.toml"
    path.write_text(THEMES, encoding="utf-8")
    return coding.themes(path)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "vastaukset.csv"
    lines = ["nro;vastaus", *(f"{i};{answer}" for i, answer in enumerate(ANSWERS, 1))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def sheets(answers: Path, themes: coding.Themes, tmp_path: Path) -> tuple[Path, Path]:
    """Two empty coding sheets."""
    made = coding.export(coding.texts_in(answers, "vastaus"), themes, coding.Order(tmp_path / "koodaus.xlsx"))
    first, second = made.files
    return first, second


Marks = dict[int, Iterable[str]]


def fill(
    path: Path, marks: Marks, edit: Callable[[openpyxl.worksheet.worksheet.Worksheet], None] | None = None
) -> Path:
    """Ticks headings by the row number of the file, as a coder would in a spreadsheet, and saves."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        for heading in marks.get(int(sheet.cell(row, 1).value.split("-")[0]), ()):
            sheet.cell(row, columns[heading]).value = "x"
    if edit:
        edit(sheet)
    book.save(path)
    return path


A: Marks = {2: ["Talous"], 4: ["Jonot"], 5: ["Talous", "Jonot"], 6: ["Ei mitään näistä"]}
B: Marks = {2: ["Talous"], 4: ["Jonot"], 5: ["Jonot"], 6: ["Talous"]}


@pytest.fixture
def filled(sheets: tuple[Path, Path]) -> tuple[Path, Path]:
    """Two coders who differ on the money of rows 5 and 6."""
    return fill(sheets[0], A), fill(sheets[1], B)


def codes(error: coding.CodingError) -> list[tuple[str, tuple[int, ...], str]]:
    return [(fault.code, fault.rows, fault.theme) for fault in error.faults]
