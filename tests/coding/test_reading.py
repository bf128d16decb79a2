"""A sheet that comes back: every fault at once, with rows and themes, and never a text."""

from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rakelab import coding
from rakelab.coding.texts import _texts
from rakelab.errors import FileError
from rakelab.i18n import LANGUAGES

from .conftest import A, codes, fill

Sheets = tuple[Path, Path]


def refused(path: Path) -> coding.CodingError:
    with pytest.raises(coding.CodingError) as caught:
        coding.read_sheet(path)
    return caught.value


def test_marks_come_back_by_text(sheets: Sheets) -> None:
    found = coding.read_sheet(fill(sheets[0], A))
    assert [(int(one.split("-")[0]), sorted(marks)) for one, marks in found.marks.items()] == [
        (2, ["talous"]),
        (4, ["jono"]),
        (5, ["jono", "talous"]),
        (6, []),
    ]
    assert (found.coder, found.field, found.labels) == ("a", "vastaus", {"talous": "Talous", "jono": "Jonot"})
    assert repr(found) == "<Sheet koodaus_a.xlsx: 4 texts, 2 themes>"


def test_columns_may_be_moved_and_rows_sorted_and_notes_added(sheets: Sheets) -> None:
    def shuffled(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        rows = [list(row) for row in sheet.values]
        rows = [rows[0], *reversed(rows[1:])]
        for i, row in enumerate(rows, 1):
            for j, cell in enumerate([row[3], "muistiin", *row[:3], row[4]], 1):
                sheet.cell(i, j).value = cell

    before = coding.read_sheet(fill(sheets[0], A)).marks
    assert coding.read_sheet(fill(sheets[0], {}, shuffled)).marks == before


def test_a_half_finished_sheet(sheets: Sheets) -> None:
    error = refused(fill(sheets[0], {2: ["Talous"]}))
    assert error.sentence("fi") == (
        "koodaus_a.xlsx: koodausta ei voi käyttää. Korjaa nämä:\n"
        "– koodaus_a.xlsx: koodaus on kesken: 3 rivillä ei ole merkintää (rivit 4, 5 ja 6). "
        "Merkitse teema tai ”ei mitään näistä”."
    )


def test_every_fault_at_once(sheets: Sheets) -> None:
    def spoil(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["F1"], sheet["F2"] = "Taluos", "x"  # a theme that is not in the list
        sheet["C3"] = "ehkä"
        sheet["A5"] = "6-zzz"
        sheet["E4"] = "x"
        for j in range(1, 6):
            sheet.cell(6, j).value = sheet.cell(2, j).value

    error = refused(fill(sheets[0], A, spoil))
    assert codes(error) == [
        ("unknown_theme", (), "Talous"),
        ("bad_id", (5,), ""),
        ("twice", (2,), ""),
        ("bad_mark", (4,), "Talous"),
        ("none_and_theme", (5,), ""),
    ]
    said = error.sentence("fi") + error.sentence("sv") + error.sentence("en")
    assert "sarakkeessa F" in said
    assert [word for word in ("ehkä", "Taluos", "Vuokra", "zzz") if word in said] == []


def test_headings_that_were_changed(sheets: Sheets) -> None:
    def spoil(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["C1"], sheet["B1"] = "Jonot", "Teksit"

    assert codes(refused(fill(sheets[0], {}, spoil))) == [
        ("column_missing", (), "Talous"),
        ("column_twice", (), "Jonot"),
        ("column_missing", (), "Teksti"),
    ]


def test_one_column_sorted_without_the_others(sheets: Sheets) -> None:
    def sort(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        ids = [sheet.cell(row, 1).value for row in range(2, 6)]
        for row, one in enumerate(reversed(ids), 2):
            sheet.cell(row, 1).value = one

    assert codes(refused(fill(sheets[0], A, sort))) == [("moved", (2, 4, 5, 6), "")]


def test_another_kind_of_line_end_is_no_change(answers: Path, themes: coding.Themes, tmp_path: Path) -> None:
    answers.write_text('nro;vastaus\n1;"Eka\nToka  rivi"\n2;x\n', encoding="utf-8")
    made = coding.export(coding.texts_in(answers, "vastaus"), themes, coding.Order(tmp_path / "m.xlsx", coders=1))
    path = fill(made.files[0], {2: ["Talous"], 3: ["Jonot"]}, lambda sheet: sheet.__setitem__("B2", "Eka\r\nToka rivi"))
    assert len(coding.read_sheet(path).marks) == 2


def test_a_sheet_without_rows(sheets: Sheets) -> None:
    error = refused(fill(sheets[0], {}, lambda sheet: sheet.delete_rows(2, 9)))
    assert codes(error) == [("empty", (), "")]


@pytest.mark.parametrize("name", ["oma.xlsx", "oma.csv"])
def test_another_file_is_no_coding_sheet(name: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Tunnus", "Teksti"])
    book.save(tmp_path / "oma.xlsx")
    (tmp_path / "oma.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(FileError) as caught:
        coding.read_sheet(tmp_path / name)
    assert caught.value.key == "coding.not_ours"


@given(st.lists(st.text(max_size=30), min_size=1, max_size=8))
@settings(max_examples=30, deadline=None)
def test_any_text_comes_back_as_the_one_that_went_out(given_texts: list[str]) -> None:
    """Control characters, emoji, marks of direction, halves of characters: the sheet is only unfinished."""
    one = coding.Theme("a", dict.fromkeys(LANGUAGES, "A"))
    with TemporaryDirectory() as folder:
        try:
            texts = _texts("t.csv", "t", enumerate(given_texts, 2))
        except FileError:
            return  # no text with anything in it
        made = coding.export(texts, coding.Themes("x", (one,)), coding.Order(Path(folder) / "k.xlsx", coders=1))
        error = refused(made.files[0])
    assert codes(error) == [("unfinished", texts.rows, "")]
