"""One release per report: whatever way a notebook was run, what is shown is what the report's protection released."""

import subprocess
import sys

import nbformat
import papermill
import pytest

from rakelab import archive, present
from rakelab.errors import NotebookError, WallError
from rakelab.report import gate
from rakelab.report.exporter import RakelabExporter
from rakelab.report.run import Order, report

from .notebooks import build, code, release, released

OTHERS = f"toinen = archive.loads({released((60, 35, 25))!r})"
AGAIN = "present.protection(toinen, lang=lang)"
OTHER_TABLE = "present.table(toinen['needs'], lang=lang)"


def refused(act):
    with pytest.raises(NotebookError) as caught:
        act()
    return caught.value.key, caught.value.values["cell"]


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        (AGAIN, "report.second_release"),
        (OTHER_TABLE, "report.other_release"),
        ("present.findings(present.leading(toinen['needs']), lang=lang)", "report.other_release"),
        ("present.several([present.table(toinen['needs'], lang=lang)], lang=lang)", "report.other_release"),
        ("present.bars(toinen['needs'], alt=present.leading(toinen['needs']), lang=lang)", "report.other_release"),
        ("present.made(toinen, lang=lang)", "report.other_release"),
        ("present.quotes(toinen, lang=lang)", "report.other_release"),
    ],
)
def test_a_second_release_stops_the_report_and_names_the_cell(notebook, tmp_path, cell, key):
    path = notebook(code("toinen", OTHERS), code("vaara", cell))
    (tmp_path / "a.csv").write_text("")
    order = Order(tmp_path / "out", quiet=True)
    assert refused(lambda: report(str(path), tmp_path / "a.csv", order=order)) == (key, 8)
    assert [one for one in (tmp_path / "out").rglob("*") if one.is_file()] == []


@pytest.mark.parametrize("engine", ["rakelab", None])
def test_the_same_after_papermill_and_nbconvert(tmp_path, engine):
    nbformat.write(build(code("toinen", OTHERS), code("vaara", OTHER_TABLE)), tmp_path / "a.ipynb")
    papermill.execute_notebook(tmp_path / "a.ipynb", tmp_path / "b.ipynb", engine_name=engine, progress_bar=False)
    assert refused(lambda: RakelabExporter().from_filename(str(tmp_path / "b.ipynb"))) == ("report.other_release", 8)
    command = [sys.executable, "-m", "nbconvert", "--to", "rakelab", str(tmp_path / "b.ipynb")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode != 0, (tmp_path / "b.html").exists()) == (True, False)
    assert "Anna taulukko samalle protect-kutsulle" in done.stderr


def test_an_identical_one_is_no_other(executed):
    same = f"sama = archive.loads({released()!r})\npresent.protection(sama, lang=lang)"
    nb, _ = executed(code("sama", same), code("taulu", "present.table(sama['needs'].only(()), lang=lang)"))
    gate.check(nb)


def test_in_jupyterlab_the_cell_run_again_replaces_the_release(executed):
    """Its output is the new one; what was drawn before it must be drawn again, and then all is well."""
    nb, _ = executed()
    again, _ = executed(code("alku", OTHERS.replace("toinen", "released")), *shown_again())
    outputs = {cell["id"].removeprefix("uusi-"): cell.get("outputs", []) for cell in again.cells}
    cells = {cell["id"]: cell for cell in nb.cells}
    cells["suojaa"].outputs = outputs["suojaa"]
    assert refused(lambda: gate.check(nb)) == ("report.other_release", 5)
    for name in ("tiivis", "nayta", "tapa"):
        cells[name].outputs = outputs[name]
    gate.check(nb)


def shown_again():
    return [code(f"uusi-{cell['id']}", cell.source) for cell in build().cells[5:] if cell.cell_type == "code"]


def test_a_notebook_run_before_exhibits_told_their_release_is_run_again(executed):
    nb, _ = executed()
    for cell in nb.cells:
        for output in cell.get("outputs", ()):
            del output["metadata"]["rakelab"]["of"]
    assert refused(lambda: gate.check(nb))[0] == "report.other_release"


def test_a_release_whose_text_was_changed_is_not_that_of_the_exhibits(executed):
    nb, _ = executed()
    bundle = next(cell for cell in nb.cells if cell["id"] == "suojaa").outputs[0]["data"][present.MIME]
    bundle["release"] = bundle["release"].replace(": 70", ": 71")
    assert refused(lambda: gate.check(nb))[0] == "report.other_release"


@pytest.mark.parametrize(
    "shown",
    [
        lambda a, b: present.findings(present.leading(a), present.leading(b)),
        lambda a, b: present.bars(a, alt=present.leading(b)),
        lambda a, b: present.several([present.table(a), present.table(b)]),
        lambda a, b: present.beside(a, b),
    ],
)
def test_tables_of_two_releases_under_one_name_are_not_shown_together(shown):
    a, b = (release(money)["needs"] for money in ((70, 40, 30), (60, 35, 25)))
    with pytest.raises(WallError) as caught:
        shown(a, b)
    assert caught.value.key == "present.two_releases"


def test_a_release_read_back_is_the_same_release():
    made = release()
    read = archive.loads(archive.dumps(made))
    assert present.table(made["needs"]).stamp == present.table(read["needs"]).stamp
    assert present.made(made).stamp == present.made(read).stamp
