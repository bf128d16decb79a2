"""Which texts are coded: those of a form's field, or of one column of any file."""

from pathlib import Path

import openpyxl
import pytest

from rakelab import coding, demo, loaders
from rakelab.codebook import codebook
from rakelab.demo import plain
from rakelab.errors import FileError, UsageError


def test_a_file_of_one_column_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "haastattelut.csv"
    path.write_text('Vastaus?\nEnsimmäinen; toinen osa\n\n"Kaksi\nriviä"\nLoppu\n', encoding="utf-8")
    found = coding.texts_in(path)
    assert (found.field, found.rows) == ("vastaus", (2, 4, 5))
    # rows as a spreadsheet counts them: a text of two lines is one row
    assert found.texts == ("Ensimmäinen; toinen osa", "Kaksi\nriviä", "Loppu")


def test_a_workbook_of_one_column_is_enough(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Haastattelu"], ["Eka"], [None], ["Toka"]):
        book.active.append(row)
    book.save(tmp_path / "h.xlsx")
    found = coding.texts_in(tmp_path / "h.xlsx")
    assert (found.rows, found.texts) == ((2, 4), ("Eka", "Toka"))


def test_of_several_columns_one_is_named(answers: Path) -> None:
    assert coding.texts_in(answers, "Vastaus").rows == (2, 4, 5, 6)
    with pytest.raises(UsageError) as caught:
        coding.texts_in(answers, "vastuas")
    assert caught.value.values == {"column": "vastuas", "nearest": "vastaus"}


def test_a_heading_with_an_identifier_names_nothing(tmp_path: Path) -> None:
    (tmp_path / "h.csv").write_text("010190-999X\nTeksti\n", encoding="utf-8")
    assert coding.texts_in(tmp_path / "h.csv").field == "teksti"


def test_a_column_without_texts(tmp_path: Path) -> None:
    (tmp_path / "h.csv").write_text("nro;a\n1;\n2;\n", encoding="utf-8")
    with pytest.raises(FileError) as caught:
        coding.texts_in(tmp_path / "h.csv", "a")
    assert caught.value.key == "coding.no_texts"


def test_only_free_text_can_be_coded(tmp_path: Path) -> None:
    form = codebook("palvelutarve")
    path = tmp_path / "a.csv"
    path.write_bytes(plain.table(demo.kainuu_rows(), form))
    rows = loaders.load(path, form)
    with pytest.raises(UsageError) as caught:
        coding.texts_of(rows, "sukupuoli")
    assert caught.value.key == "coding.not_text"


def test_texts_are_never_shown_by_accident(answers: Path) -> None:
    assert repr(coding.texts_in(answers, "vastaus")) == "<Texts vastaukset.csv: 4 texts>"
