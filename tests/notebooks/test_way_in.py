"""Every file that ``rakelab check`` accepts, the notebook's reading cell accepts: both come in by one door."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from rakelab import demo, loaders
from rakelab.codebook import codebook
from rakelab.report.run import kinds

GUIDE = [["Ohje", "Tekijä"], ["Täytä jokainen rivi", "Toimisto"], ["Älä kirjoita nimiä", "Toimisto"]]


def cells(path: Path) -> dict[str, str]:
    made = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return {cell["id"]: "".join(cell["source"]) for cell in made if cell["cell_type"] == "code"}


FORMS = [kind for kind, path in kinds().items() if "lomake =" in cells(path)["parametrit"]]


def tables(path: Path) -> list[tuple[str, list[list[object]]]]:
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, read_only=True)
        return [(sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]) for sheet in book.worksheets]
    data = path.read_bytes()
    text = data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "cp1252")
    return [("Vastaukset", list(csv.reader(io.StringIO(text, newline=""), delimiter=";")))]


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory) -> dict[str, Path]:
    """The demo's data of every kind as a workbook whose first sheet is a table of something else."""
    folder = tmp_path_factory.mktemp("kirjat")
    made = {}
    for file in demo.write(folder / "demo"):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in [("Ohjeet", GUIDE), *tables(file.path)]:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        made[file.kind] = folder / f"{file.path.stem}.xlsx"
        book.save(made[file.kind])
    return made


@pytest.mark.parametrize("kind", FORMS)
def test_a_workbook_of_two_sheets_that_check_accepts_is_read_by_the_notebook(workbooks, kind):
    path, form = kinds()[kind], {"kysely": "asiakaskysely"}.get(kind, kind)
    checked = loaders.check(workbooks[form], codebook(form))
    assert (checked.error, checked.used > 0) == (None, True)
    scope: dict[str, object] = {}
    exec(cells(path)["parametrit"], scope)
    scope |= {"data": str(workbooks[form]), "kaksoset": "eri"}
    exec(cells(path)["tarkista"].replace("parameters.check(globals())", ""), scope)
    before = set(scope)
    exec(cells(path)["lue"], scope)
    assert checked.used in {len(scope[name]) for name in set(scope) - before if hasattr(scope[name], "codebook")}


@pytest.mark.parametrize("kind", FORMS)
def test_nothing_but_load_reads_a_file_in_a_notebook(kind):
    used = {line.split("loaders.")[1].split("(")[0] for line in "\n".join(cells(kinds()[kind]).values()).splitlines()
            if "loaders." in line}  # fmt: skip
    assert used == {"load"}
