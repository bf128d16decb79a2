"""The whole way, through the command line: one notebook, one folder."""

import json
import re
import shutil
import subprocess
import sys
import zipfile

import papermill
import pytest
from openpyxl import load_workbook

from rakelab import cli
from rakelab.codebook import codebook
from rakelab.errors import NotebookError, OutputError, UsageError
from rakelab.report import companions, run
from rakelab.report.exporter import RakelabExporter
from rakelab.report.run import Order, report

from .notebooks import code

SECRET = "Kanarialintu"


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "Koe aineisto.csv"
    path.write_text(SECRET)
    return path


@pytest.fixture
def made(notebook, data, tmp_path):
    return report(
        str(notebook()), data, settings={"kunta": "091"}, order=Order(tmp_path / "out", ("fi", "sv", "en"), quiet=True)
    )


def test_the_folder_holds_the_report_and_its_companions(made):
    assert made.name == "koe-koe-aineisto-kunta-091"
    assert sorted(str(path.relative_to(made.parent)) for path in made.parent.rglob("*") if path.is_file()) == [
        "index.html",
        *(
            f"{made.name}/{name}"
            for name in (
                "figures/01-bars-needs.svg",
                "provenance.json",
                "released.json",
                "report.en.html",
                "report.fi.html",
                "report.ipynb",
                "report.selko.en.html",
                "report.selko.fi.html",
                "report.selko.sv.html",
                "report.sv.html",
                "review.html",
                "review.xlsx",
                "tables.xlsx",
            )
        ),
    ]


def test_no_path_of_the_machine_and_no_word_of_the_file_is_in_any_companion(made, tmp_path):
    for path in made.parent.rglob("*"):
        for content in contents(path):
            assert str(tmp_path).encode() not in content
            assert SECRET.encode() not in content


def contents(path):
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return [book.read(name) for name in book.namelist()]
    return [path.read_bytes()] if path.is_file() else []


def test_the_notebook_in_the_folder_gives_the_same_pages(made):
    for lang in ("fi", "sv", "en"):
        html, _ = RakelabExporter(lang=lang).from_filename(str(made / "report.ipynb"))
        assert html == (made / f"report.{lang}.html").read_text(encoding="utf-8")


def test_plain_papermill_and_nbconvert_give_the_same_page(notebook, data, tmp_path):
    plain, path = tmp_path / "plain.ipynb", notebook()
    papermill.execute_notebook(path, plain, parameters={"data": str(data), "kunta": "091"}, progress_bar=False)
    made = report(str(path), data, settings={"kunta": "091"}, order=Order(tmp_path / "out", ("sv",), quiet=True))
    html, _ = RakelabExporter(lang="sv").from_filename(str(plain))
    page = (made / "report.sv.html").read_text(encoding="utf-8")
    before, links, after = re.split('(<nav class="elsewhere".*?</nav>\n)', page, flags=re.DOTALL)
    beside = after[after.index('<h2 id="tiedostot">') : after.index("</main>")]
    assert html == before + after.replace(beside, "")
    assert {name for name in re.findall('href="(.*?)"', beside) if not (made / name).is_file()} == set()
    assert re.findall('href="(.*?)"', links) == ["../index.html"]


def test_a_page_links_to_its_other_languages_and_the_index(made):
    page = (made / "report.sv.html").read_text(encoding="utf-8")
    links = re.search('<nav class="elsewhere" aria-label="Andra språk och rapporter">(.*?)</nav>', page, re.DOTALL)
    assert re.findall('<a href="(.*?)"(?: hreflang="(..)" lang="(..)")?>(.*?)</a>', links[1]) == [
        ("report.fi.html", "fi", "fi", "suomeksi"),
        ("report.en.html", "en", "en", "in English"),
        ("../index.html", "", "", "Alla rapporter"),
    ]
    assert all((made / target).is_file() for target in re.findall('href="(.*?)"', links[1]))


FORGED = """
class Forged(present.Exhibit):
    def html(self, lang=None):
        return "Kanarialintu"

first = present.table(released['needs'], lang=lang)
Forged(first.kind, first.options, first.tables)
"""


def test_the_folder_shows_only_what_was_drawn_from_the_release(notebook, data, tmp_path):
    made = report(str(notebook(code("vale", FORGED))), data, order=Order(tmp_path / "out", quiet=True))
    kept = json.loads((made / "report.ipynb").read_text(encoding="utf-8"))
    shown = [one["data"]["text/html"] for cell in kept["cells"] for one in cell.get("outputs", ())]
    page = (made / "report.fi.html").read_text(encoding="utf-8")
    assert [html for html in shown if html not in page] == []
    assert SECRET not in "".join(shown) + page


def test_provenance_tells_what_it_was_made_from(made):
    told = json.loads((made / "provenance.json").read_text(encoding="utf-8"))
    assert told["title"] == {"fi": "Koe <b>, 2020–2021", "sv": "Prov, 2020–2021", "en": "Test, 2020–2021"}
    assert told["parameters"] == {
        "data": "Koe aineisto.csv",
        "kunta": "091",
        "kynnys": 5,
        "lang": "fi",
        "valmistelija": "",
    }
    assert told["file"] == {"name": "koe.csv", "sha256": "1a" * 32}
    assert (told["rule"]["threshold"], told["languages"], told["synthetic"]) == (5, ["fi", "sv", "en"], True)


def test_the_workbook_speaks_the_first_language_and_holds_no_formula(made):
    book = load_workbook(made / "tables.xlsx")
    assert book.sheetnames == ["Etusivu", "Huomautukset", "Taulukko 1, 2"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    table = [[cell.value for cell in row][:4] for row in book["Taulukko 1, 2"].iter_rows()]
    assert ["'=Talous", 70, 70, 60.4] in table
    assert any("[c] = luku on peitetty, jotta ketään ei voi tunnistaa" in row for row in table)


def test_the_index_lists_every_report_once(notebook, data, tmp_path, made):
    report(str(notebook()), data, order=Order(tmp_path / "out", ("sv",), quiet=True))
    report(str(notebook()), data, order=Order(tmp_path / "out", ("sv",), quiet=True))
    (tmp_path / "out" / "muu").mkdir()
    (tmp_path / "out" / "muu" / "provenance.json").write_text("[]")
    html = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert '<span lang="sv">på svenska</span>' in html
    assert re.search('<h2 class="file">.+</h2>', html)
    assert "berättar delvis om samma personer" in html
    assert html.count("<li>") == 2
    assert '<html lang="sv">' in html
    assert f'href="{made.name}/report.en.html" hreflang="en"' in html
    assert "I mappen finns 2 rapporter" in html


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        (f"print('{SECRET}')", "report.printed"),
        (f"import pandas as pd\npd.DataFrame({{'a': ['{SECRET}']}})", "report.unreleased"),
        (f"import warnings\nwarnings.warn('{SECRET}')", "report.printed"),
        (f"raise ValueError('{SECRET}')", "report.failed"),
    ],
)
def test_a_notebook_that_shows_what_it_may_not_writes_nothing(notebook, data, tmp_path, capfd, caplog, cell, key):
    with pytest.raises(NotebookError) as caught:
        report(str(notebook(code("huono", cell))), data, order=Order(tmp_path / "out", quiet=True))
    assert caught.value.key == key
    assert caught.value.values["cell"] == 7
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == []
    assert SECRET not in "".join(capfd.readouterr()) + caplog.text + repr(caught.value.values)


def test_an_identity_code_on_the_page_stops_the_report():
    with pytest.raises(NotebookError) as caught:
        companions.no_identity("<p>Tunnus 010190-950X</p>")
    assert str(caught.value).startswith("Raporttia ei tehty: valmiilla sivulla on 1 henkilötunnukselta")
    with pytest.raises(NotebookError):
        companions.no_identity('<img alt="010190-950X">')
    digest = "123456a123b" * 5 + "123456a12"
    companions.no_identity(f"<style>010190-950X</style><dd>{digest}</dd><dd>Kansio x, SHA-256 {digest})</dd>")


def test_a_wrong_parameter_stops_before_anything_is_run(notebook, data, tmp_path):
    with pytest.raises(UsageError) as caught:
        report(str(notebook()), data, settings={"kuntaa": "1"}, order=Order(tmp_path / "out", quiet=True))
    assert caught.value.key == "parameters.misspelt"
    assert not (tmp_path / "out").exists()


def test_plain_papermill_is_as_strict(notebook, tmp_path):
    command = [sys.executable, "-m", "papermill", str(notebook()), str(tmp_path / "x.ipynb"), "-p", "kuntaa", "091"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Parametria kuntaa ei ole. Tarkoititko: kunta?" in done.stderr


def test_interruption_leaves_nothing(notebook, data, tmp_path, monkeypatch, capsys):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "_files", interrupted)
    assert cli.main(["report", str(notebook()), str(data), "--out", str(tmp_path / "out")]) == 130
    assert capsys.readouterr().err.strip() == "Keskeytettiin. Mitään ei jätetty kesken."
    assert list((tmp_path / "out").iterdir()) == []


def test_the_command_line_tells_where_the_page_is(notebook, data, tmp_path, capsys):
    out = tmp_path / "out"
    assert cli.main(["report", str(notebook()), str(data), "--out", str(out), "--lang", "en"]) == 0
    assert capsys.readouterr().out == f"Done: {out}/koe-koe-aineisto/report.en.html\n"


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("palvelutarvee", "report.no_kind"),
        ("xyzzy", "report.no_such_kind"),
        ("puuttuu.ipynb", "report.no_notebook"),
    ],
)
def test_an_unknown_report_is_told(kind, key):
    with pytest.raises(UsageError) as caught:
        run.find(kind)
    assert caught.value.key == key


def test_a_file_that_is_no_notebook(tmp_path):
    (tmp_path / "x.ipynb").write_text("[]")
    with pytest.raises(UsageError) as caught:
        run.find(str(tmp_path / "x.ipynb"))
    assert str(caught.value) == "x.ipynb: tiedosto ei ole Jupyter-muistio."


@pytest.mark.parametrize("base", ["palvelutarve", "palvelutarve_essote"])
def test_a_codebook_finds_the_report_of_the_form_it_extends_also_at_two_removes(tmp_path, base):
    form = tmp_path / "oma_palvelutarve.toml"
    words = 'title = { fi = "Oma", sv = "Egen", en = "Own" }'
    form.write_text(f'[codebook]\nname = "oma_palvelutarve"\nextends = "{base}"\n{words}\n', encoding="utf-8")
    source = run.find(str(form))
    given = run.asked(source, "a.csv", settings={}, lang="fi")
    assert (source.path.stem, given["lomake"]) == ("palvelutarve", str(form))


@pytest.mark.parametrize("place", ["oma.ipynb", "./oma.ipynb", "../{folder}/oma.ipynb"])
def test_a_notebook_is_no_form_however_its_place_is_written(tmp_path, monkeypatch, place):
    (tmp_path / "oma.ipynb").write_text('{"cells": []}', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run.find(place.format(folder=tmp_path.name)).form == ""


def test_a_form_with_a_report_of_its_own_is_not_sent_to_the_one_it_extends():
    base, own = ({field.name for field in codebook(name).fields} for name in ("palvelutarve", "aktivointisuunnitelma"))
    assert base < own
    assert run.find("aktivointisuunnitelma").path.stem == "aktivointisuunnitelma"


def test_a_long_name_is_cut_and_stays_its_own():
    names = [run.slug("laji", {"data": "a" * 90 + end}, []) for end in "xy"]
    assert [len(name) for name in names] == [79, 79]
    assert names[0] != names[1]


def test_a_name_of_eighty_letters_is_the_longest_that_stays_whole():
    whole, cut = (run.slug("laji", {"data": "a" * length}, []) for length in (75, 76))
    assert (whole, len(cut)) == ("laji-" + "a" * 75, 79)
    assert cut.startswith("laji-" + "a" * 65 + "-")


def test_a_setting_of_twenty_letters_is_the_longest_in_a_name():
    names = [run.slug("laji", {"data": "x.csv", "rajaus": "b" * length}, ["rajaus"]) for length in (20, 21)]
    assert names == ["laji-x-rajaus-" + "b" * 20, "laji-x"]


def test_a_folder_that_is_a_file(notebook, data, tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError):
        report(str(notebook()), data, order=Order(tmp_path / "out", quiet=True))


def test_the_index_alone_forgets_reports_that_are_gone(notebook, data, tmp_path):
    out = tmp_path / "out"
    for name in ("091", "205"):
        report(str(notebook()), data, settings={"kunta": name}, order=Order(out, ("en",), quiet=True))
    assert (out / "index.html").read_text(encoding="utf-8").count("<li>") == 2
    shutil.rmtree(next(out.glob("*205*")))
    assert cli.main(["report", "--index", "--out", str(out), "--lang", "en"]) == 0
    html = (out / "index.html").read_text(encoding="utf-8")
    assert (html.count("<li>"), html.count("<h3>")) == (1, 1)
    assert "<h3>Test, 2020–2021</h3>" in html
    assert "of the same file" not in html


def test_the_notebook_of_the_folder_holds_the_release_packed_and_gives_the_same_page(made):
    kept = made / "report.ipynb"
    assert '"numbers"' not in kept.read_text(encoding="utf-8")
    html, _ = RakelabExporter(lang="sv").from_filename(str(kept))
    assert html == (made / "report.sv.html").read_text(encoding="utf-8")
