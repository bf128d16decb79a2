"""A report never takes the place of what somebody else wrote, nor of another report, without being told to."""

import json

import pytest

from rakelab import cli, i18n
from rakelab.errors import OutputError
from rakelab.report import index, run
from rakelab.report.run import Order, report

from .notebooks import build


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "aineisto.csv"
    path.write_text("")
    return path


@pytest.fixture
def make(notebook, data, tmp_path):
    """Makes the report; ``sha256``: of a file of the same name with other content."""

    def once(*langs, sha256="1a" * 32, settings=None, replace=False):
        path = notebook()
        path.write_text(path.read_text(encoding="utf-8").replace("1a" * 32, sha256), encoding="utf-8")
        order = Order(tmp_path / "out", langs or ("fi",), quiet=True, replace=replace)
        return report(str(path), data, settings=settings, order=order)

    return once


def contents(folder):
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def refused(act, out):
    before = contents(out)
    with pytest.raises(OutputError) as caught:
        act()
    assert contents(out) == before
    return caught.value.key


def test_files_of_others_in_the_folder_stay(make, tmp_path):
    folder = make()
    (folder / "muistiinpanot.docx").write_bytes(b"oma")
    (folder / "figures" / "oma.png").write_bytes(b"oma")
    make()
    assert [(folder / name).read_bytes() for name in ("muistiinpanot.docx", "figures/oma.png")] == [b"oma"] * 2


def test_a_folder_that_somebody_else_made_keeps_its_files(make, tmp_path):
    folder = tmp_path / "out" / "koe-aineisto"
    (folder / "kuvat").mkdir(parents=True)
    (folder / "kuvat" / "a.png").write_bytes(b"oma")
    assert make() == folder
    assert (folder / "kuvat" / "a.png").read_bytes() == b"oma"


@pytest.mark.parametrize("name", ["report.fi.html", "released.json", "figures", "provenance.json"])
def test_a_file_of_another_with_a_name_of_ours_is_not_overwritten(make, tmp_path, name):
    folder = tmp_path / "out" / "koe-aineisto"
    folder.mkdir(parents=True)
    (folder / name).write_text("oma")
    assert refused(make, tmp_path / "out") == "report.in_the_way"


def test_a_page_changed_by_hand_is_not_overwritten_without_being_told_to(make, tmp_path):
    page = make() / "report.fi.html"
    written = page.read_text(encoding="utf-8")
    page.write_text("muutettu")
    assert refused(make, tmp_path / "out") == "report.in_the_way"
    make(replace=True)
    assert page.read_text(encoding="utf-8")[:500] == written[:500]


def test_a_corrected_file_of_the_same_name_replaces_only_when_told_to(make, tmp_path):
    folder = make("fi", "sv")
    assert refused(lambda: make(sha256="2b" * 32), tmp_path / "out") == "report.other_report"
    make(sha256="2b" * 32, replace=True)
    pages = [(folder / f"report.{lang}.html").read_text(encoding="utf-8") for lang in ("fi", "sv")]
    assert [("2b" * 32 in page, "1a" * 32 in page) for page in pages] == [(True, False)] * 2


def test_other_parameters_are_another_report_but_another_language_is_not(make, tmp_path):
    make()
    assert refused(lambda: make(settings={"kynnys": "8"}), tmp_path / "out") == "report.other_report"
    make("sv", settings={"lang": "sv"})


def test_a_run_with_one_language_keeps_the_pages_of_the_others_and_makes_them_again(make):
    folder = make("fi", "sv", "en")
    before = sorted(contents(folder))
    (folder / "report.en.html").touch()
    make("sv")
    told = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    assert (sorted(contents(folder)), told["languages"]) == (before, ["sv", "fi", "en"])
    assert 'href="report.en.html"' in (folder / "report.fi.html").read_text(encoding="utf-8")


def test_provenance_lists_every_file_but_itself(make):
    folder = make("fi", "en")
    told = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    assert sorted(told["files"]) == sorted(set(contents(folder)) - {"provenance.json"})


def test_somebodys_own_index_is_not_overwritten(make, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "index.html").write_text("<h1>Oma sivusto</h1>")
    assert refused(make, tmp_path / "out") == "report.own_index"
    (tmp_path / "out" / "index.html").write_text(index.render({}, "fi"))
    make()


def test_a_file_in_the_place_of_the_reports_folder_stays(make, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "koe-aineisto").write_text("oma")
    assert refused(make, tmp_path / "out") == "report.not_folder"


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_the_command_says_what_to_do(make, notebook, data, tmp_path, capsys, monkeypatch, lang):
    make()
    monkeypatch.setenv("RAKELAB_LANG", lang)
    words = ["report", str(notebook()), str(data), "--out", str(tmp_path / "out"), "-p", "kynnys=8"]
    assert cli.main(words) == 3
    told = capsys.readouterr().err
    assert told.count("--replace") == told.count("--out") == 1
    assert cli.main([*words, "--replace"]) == 0


PERSON = "Maija Meikäläinen"


def named(settings, *, data="aineisto.csv"):
    given = {"data": data, **settings}
    return run.slug("koe", given, [name for name in settings if name in run.notebook.choosing(build())])


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"kunta": "205"}, "koe-aineisto-kunta-205"),
        ({"valmistelija": PERSON}, "koe-aineisto"),
        ({"kynnys": 8, "lang": "sv"}, "koe-aineisto"),
        ({"kunta": "010190-999X"}, "koe-aineisto"),
        ({"kunta": PERSON}, "koe-aineisto"),
        ({"kunta": "010190_999X"}, "koe-aineisto"),
    ],
)
def test_only_settings_that_choose_rows_and_point_at_nobody_name_the_folder(settings, name):
    assert named(settings) == name


@pytest.mark.parametrize(
    "stem", [PERSON, "arvioinnit 010190-999X", "maija.meikalainen@kunta.fi", "arvio_Maija_Virtanen"]
)
def test_a_file_named_after_a_person_does_not_name_the_folder(stem):
    assert named({}, data=f"/srv/{stem}.xlsx") == "koe"


def test_a_new_text_parameter_of_a_notebook_does_not_name_the_folder():
    """However it is written: only a comment that says so makes a setting part of the name."""
    cell = build().cells[1]
    cell["source"] = (
        'data = ""\nasiakas = ""  # ei rajaus: nimi\nalue = (\n    ""\n)  # rajaus: alue\nryhma = ""  #rajaus: r'
    )
    assert run.notebook.choosing({"cells": [cell]}) == {"alue", "ryhma"}
