"""report.ipynb holds only what was looked at: no attachment, raw cell or foreign metadata, no comment that tells."""

import json

import nbformat
import pytest

from rakelab.errors import NotebookError
from rakelab.report.exporter import RakelabExporter
from rakelab.report.looked import without_telling_comments
from rakelab.report.run import Order, report

from .notebooks import TEXTS, code, markdown

CODE, PERSON = "010190-999X", "Maija Meikäläinen"
PICTURE = {"kuva.png": {"image/png": "S2FuYXJpYWxpbnR1"}}


@pytest.fixture
def publish(notebook, tmp_path):
    """The text of report.ipynb after ``change`` was made to the notebook."""

    def run(*cells, change=lambda nb: None, langs=("fi",)):
        path = notebook(*cells)
        nb = nbformat.read(path, as_version=4)
        change(nb)
        nbformat.write(nb, path)
        (tmp_path / "a.csv").write_text("")
        return report(str(path), tmp_path / "a.csv", order=Order(tmp_path / "out", langs, quiet=True)) / "report.ipynb"

    return run


def attach(nb):
    nb.cells[3].attachments = PICTURE


def tag(nb):
    nb.metadata["authors"] = [{"name": PERSON}]
    nb.metadata["kernelspec"]["display_name"] = f"Python ({PERSON})"
    nb.metadata["language_info"] = {"name": "python", "path": PERSON}
    for cell in nb.cells:
        cell.metadata["muistiinpano"] = PERSON
        cell.metadata["tags"] = [*cell.metadata.get("tags", []), PERSON]


def raw(nb):
    nb.cells.insert(4, nbformat.v4.new_raw_cell(f"{PERSON} {CODE}", id="raaka"))


@pytest.mark.parametrize("change", [attach, tag, raw])
def test_what_nobody_looks_at_is_left_out(publish, change):
    text = publish(change=change).read_text(encoding="utf-8")
    assert [word for word in (PERSON, CODE, "S2FuYXJpYWxpbnR1", "raaka", "authors") if word in text] == []


@pytest.mark.parametrize(
    "source",
    [
        f"x = 1  # {PERSON} soitti",
        f"# Lisätietoja: maija@kunta.fi, 040 123 4567, {PERSON}\nx = 1",
        f'"""{PERSON}, Kauppakatu 12 A 3"""\nx = 1',
        f"def f():\n    '{PERSON}'\n    return 1",
        f"x = [\n    1,  # {PERSON}\n]",
    ],
)
def test_a_comment_that_points_at_somebody_is_left_out(publish, source):
    path = publish(code("oma", source))
    text = path.read_text(encoding="utf-8")
    assert [word for word in ("Maija", "Meikäläinen", "maija@", "040 123", "Kauppakatu") if word in text] == []
    html, _ = RakelabExporter().from_filename(str(path))
    assert "Johdanto" in html


@pytest.mark.parametrize(
    ("source", "left"),
    [
        (f"x = 1  # {PERSON}", "x = 1"),
        ("x = 1  # kuntanumero tekstinä", "x = 1  # kuntanumero tekstinä"),
        (f'"""{PERSON}\ntoinen rivi"""\nx = "#"', '...\nx = "#"'),
        (f"f(\n    a,  # {PERSON}\n    b,  # muu\n)", "f(\n    a,\n    b,  # muu\n)"),
        (f"nimi = '{PERSON}'", f"nimi = '{PERSON}'"),  # code that runs is the author's
        (f"%matplotlib inline\nx = 1  # {PERSON}", "%matplotlib inline\nx = 1"),
        (f"x = (  # {PERSON}", ""),
        ("x = (", "x = ("),
        ("", ""),
    ],
)
def test_the_rest_of_the_code_stays_as_it_is(source, left):
    assert without_telling_comments(source) == left


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        (code("oma", f"x = 1  # {CODE}"), "report.identity_in_code"),
        (code("oma", f"x = '{CODE}'"), "report.identity_in_code"),
        (code("oma", f"kylla = 'prepare'\n'''\n{CODE}'''\nx = 1"), "report.identity_in_code"),
        (markdown("oma", f"## Muuta\n\n<!-- {CODE} -->"), "report.identity_in_text"),
        (markdown(CODE, "## Muuta"), "report.identity_in_text"),
    ],
)
def test_an_identity_code_in_a_cell_stops_the_report_and_is_not_told(publish, tmp_path, cell, key):
    with pytest.raises(NotebookError) as caught:
        publish(cell)
    assert (caught.value.key, CODE in str(caught.value)) == (key, False)
    assert [one for one in (tmp_path / "out").rglob("*") if one.is_file()] == []


def test_a_translation_that_no_page_shows_is_looked_at_and_one_of_no_cell_is_left_out(publish, monkeypatch):
    monkeypatch.setitem(TEXTS, "sv", {**TEXTS["sv"], "poistettu": f"## {PERSON}"})
    kept = json.loads(publish().read_text(encoding="utf-8"))
    assert sorted(kept["metadata"]["rakelab"]["texts"]["sv"]) == ["havainnot", "otsikko", "suojaus", "teko"]
    monkeypatch.setitem(TEXTS, "sv", {**TEXTS["sv"], "teko": f"## {CODE}"})
    with pytest.raises(NotebookError) as caught:
        publish()
    assert caught.value.key == "report.identity_in_text"
