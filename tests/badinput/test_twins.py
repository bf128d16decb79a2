"""The same rows twice in a file: no report before the user has said what they are."""

import json

import pytest

from rakelab import demo
from rakelab.codebook import codebook
from rakelab.demo import plain
from rakelab.i18n import LANGUAGES, text

from .conftest import clear, says

BOOK = codebook("palvelutarve")


def written(path, n: int, *, coded: bool, times: int = 1):
    """An export of ``n`` people, pasted under itself so many times."""
    rows = demo.kainuu_rows(n=n)
    rows["asiakas"] = [f"k{i}" for i in range(n)] if coded else ""
    first, _, rest = plain.table(rows, BOOK).partition(b"\r\n")
    path.write_bytes(first + b"\r\n" + rest * times)
    return path


@pytest.fixture
def report(tell, tmp_path):
    def run(path, *more: str):
        out = tmp_path / "out"
        settings = (word for one in more for word in ("-p", one))
        return tell("report", "palvelutarve", path, "--out", out, "--replace", *settings)

    return run


def tables(tmp_path) -> dict:
    (path,) = (tmp_path / "out").glob("*/released.json")
    told = json.loads(path.read_text(encoding="utf-8"))
    path.unlink()
    return {name: told[name] for name in ("tables", "cells", "relations") if name in told}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("coded", [True, False])
def test_a_report_of_an_export_under_itself_stops_with_the_rows(tell, tmp_path, lang, coded):
    path = written(tmp_path / "kaksi.csv", 20, coded=coded, times=2)
    told = tell("report", "palvelutarve", path, "--out", tmp_path / "out", "--lang", lang)
    assert (told.code, told.left, told.out, clear(told)) == (2, [], "", True)
    assert says(told.err, "prepare.twins", lang)
    assert says(told.err, "loaders.finding.rows_again", lang)
    assert says(told.err, "loaders.finding.person_again", lang) == coded
    assert "22, 23, 24" in told.err
    assert "kaksoset=poista" in told.err


@pytest.mark.parametrize("coded", [True, False])
def test_without_the_copies_the_numbers_are_those_of_the_export(report, tmp_path, coded):
    path = tmp_path / "vienti.csv"
    assert report(written(path, 60, coded=coded)).code == 0
    once = tables(tmp_path)
    assert report(written(path, 60, coded=coded, times=2), "kaksoset=poista").code == 0
    assert tables(tmp_path) == once
    assert report(path, "kaksoset=eri").code == 0
    assert (tables(tmp_path) == once) == coded


def test_a_word_that_means_neither_is_told(report, tmp_path):
    told = report(written(tmp_path / "a.csv", 20, coded=True), "kaksoset=pois")
    assert (told.code, told.left) == (2, [])
    assert told.err.strip() == text("prepare.twins_word", "fi", known="poista, eri", nearest="poista")


def test_check_tells_it_and_uses_the_rows(tell, tmp_path):
    told = tell("check", "palvelutarve", written(tmp_path / "a.csv", 20, coded=False, times=2))
    assert (told.code, says(told.out, "loaders.finding.rows_again", "fi")) == (0, True)
    listed = json.loads(tell("check", "palvelutarve", tmp_path / "a.csv", "--json").out)["findings"]
    assert [(one["code"], one["n_rows"]) for one in listed if one["code"] == "rows_again"] == [("rows_again", 20)]


@pytest.mark.parametrize("kind", ["asiakaskysely", "osaamiskartoitus", "asiakaspolut", "sosiaalinen_raportointi"])
def test_every_notebook_of_rows_asks(tell, tmp_path, kind):
    """The demo's file of the kind, each of its rows written again below."""
    recipe = next(one for one in demo.RECIPES if one.kind == kind)
    (file,) = demo.write(tmp_path, recipes=(recipe,))
    path = doubled(file.path)
    told = tell("report", kind, path, "--out", tmp_path / "out")
    assert (told.code, told.left, says(told.err, "prepare.twins", "fi")) == (2, [], True), told.said


def test_measurements_ask_too_and_their_sheets(tell, tmp_path):
    (file,) = demo.write(tmp_path, recipes=(demo.KUNTOUTUS,))
    given = ["-p", f"tutkimuslupa={file.parameters['tutkimuslupa']}"]
    for sheet in (0, 1):
        told = tell("report", "muutosmittaus", doubled(file.path, sheet), *given, "--out", tmp_path / "out")
        assert (told.code, told.left, says(told.err, "prepare.twins", "fi")) == (2, [], True), told.said


def doubled(path, sheet: int = 0):
    """The file with the rows of one sheet pasted under themselves."""
    made = path.with_stem(f"{path.stem}_{sheet}")
    if path.suffix == ".csv":
        first, mark, rest = path.read_bytes().partition(b"\n")
        made.write_bytes(first + mark + rest * 2)
        return made
    from openpyxl import load_workbook

    book = load_workbook(path)
    rows = list(book.worksheets[sheet].iter_rows(values_only=True))
    head = next(i for i, row in enumerate(rows) if sum(cell is not None for cell in row) > 1)
    for row in rows[head + 1 :]:
        book.worksheets[sheet].append(row)
    book.save(made)
    return made
