"""Names of files, sheets and columns are printed without identifiers and without what a terminal obeys."""

import json

import pytest

from rakelab.i18n import LANGUAGES

from . import files

CODE = "010190-999X"
ODD = ["\x1b[2J", "\x9b31m", "\u202e", "\x07", "\r"]


def sheet(path, *names: str, head=("vuosi", "kunta", "ika")):
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name in names:
        made = book.create_sheet(name)
        made.append(head)
        for i in range(20):
            made.append((2021, "Kajaani", 20 + i, *[""] * (len(head) - 3)))
    book.save(path)
    return path


@pytest.mark.parametrize("more", [["--json"], []])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_called_after_a_person(tell, tmp_path, lang, more):
    for name in (f"asiakas_{CODE}.csv", "Virtanen Matti.csv", "matti.virtanen@kainuu.fi.csv"):
        path = files.export(tmp_path, 16, name)
        told = tell("check", "palvelutarve", path, "--lang", lang, *more)
        assert told.code == 0
        assert [word for word in (CODE, "Virtanen", "@") if word in told.said] == []
        assert "•••" in told.out


def test_a_missing_file_called_after_a_person(tell, tmp_path):
    for door in ("check", "report"):
        told = tell(door, "palvelutarve", tmp_path / f"{CODE}.csv")
        assert (told.code, CODE in told.said, "•••.csv" in told.said) == (2, False, True)


def test_a_report_of_a_file_called_after_a_person_names_nobody(tell, tmp_path):
    path = files.export(tmp_path, 16, f"asiakas_{CODE}.csv")
    told = tell("report", "palvelutarve", path, "--out", tmp_path / "out")
    assert told.code == 0, told.err
    assert CODE.lower() not in "\n".join([told.said, *told.left]).lower()


@pytest.mark.parametrize("odd", ODD)
def test_control_bytes_in_a_file_name(tell, tmp_path, odd):
    path = files.export(tmp_path, 16, f"vie{odd}nti.csv")
    for more in ([], ["--json"]):
        told = tell("check", "palvelutarve", path, *more)
        assert (told.code, odd in told.said) == (0, False)
    told = tell("check", "palvelutarve", path.with_name(f"puu{odd}ttuu.csv"))
    assert (told.code, odd in told.said) == (2, False)


def test_a_file_name_that_is_no_text(tell, tmp_path):
    told = tell("check", "palvelutarve", tmp_path / "vie\udce4nti.csv")
    assert told.code == 2
    assert told.said.startswith("vie\ufffdnti.csv")


@pytest.mark.parametrize("heading", [f"Asiakas {CODE}", "Virtanen Matti", "a.b@kainuu.fi", "01\x07 0190-999X"])
def test_a_heading_that_names_a_person_is_called_by_its_letter(tell, tmp_path, heading):
    path = tmp_path / "otsikko.csv"
    path.write_text("\n".join([f"{files.HEADER};{heading}", *[f"{files.ROW};x"] * 16]), encoding="utf-8")
    told = tell("check", "palvelutarve", path)
    assert heading not in told.said
    assert "”E”" in told.out, told.out


@pytest.mark.parametrize("odd", ["\x1b[2J", "\x9b31m", "\u202e", "\x07"])
def test_control_bytes_in_a_heading(tell, tmp_path, odd):
    path = tmp_path / "otsikko.csv"
    path.write_text("\n".join([f"{files.HEADER};muu{odd}tieto", *[f"{files.ROW};x"] * 16]), encoding="utf-8")
    told = tell("check", "palvelutarve", path)
    assert (told.code, odd in told.said) == (0, False)
    assert "tieto" in told.out


def test_sheets_called_after_people(tell, tmp_path):
    path = sheet(tmp_path / "kirja.xlsx", "Tiedot", f"As {CODE}", "Virtanen Matti", "Vastaukset")
    told = tell("check", "palvelutarve", path)
    assert told.code == 0
    assert [word for word in (CODE, "Virtanen") if word in told.said] == []
    assert "”Vastaukset”" in told.out
    source = tmp_path / "kartta.toml"
    source.write_text('sheet = "Virtanen Mati"', encoding="utf-8")
    told = tell("check", "palvelutarve", path, "--source", source)
    assert (told.code, "Virtanen" in told.said) == (2, False)


def test_json_tells_no_control_byte(tell, tmp_path):
    path = files.export(tmp_path, 16, f"a\x9b{CODE}.csv")
    assert json.loads(tell("check", "palvelutarve", path, "--json").out)["file"] == "a\ufffd•••.csv"
