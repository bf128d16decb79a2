"""One notebook, three doors: plain papermill with a kernel, ``rakelab report``, and nbconvert. The page is the same."""

import ast
import json
import re
import subprocess
import sys

import pytest

from rakelab.i18n import LANGUAGES, text
from rakelab.report import notebook, run
from rakelab.report.exporter import RakelabExporter

from .conftest import NOTEBOOKS, papermill

#: What may differ: the day of the run, and the links to what lies beside a report in its folder.
MADE = re.compile(r'<p class="made">[^<]*</p>')
BESIDE = re.compile(r'<nav class="elsewhere".*?</nav>\s*', re.DOTALL)
FILES = re.compile(r'<h2 id="tiedostot">.*?</ul>\s*', re.DOTALL)


@pytest.fixture
def ledger_of_plain(plain, monkeypatch):
    """The ledger that the plain run was protected beside."""
    monkeypatch.setenv("RAKELAB_LEDGER", str(plain.with_name("ledger")))


def page(html: str) -> str:
    assert (len(MADE.findall(html)), len(BESIDE.findall(html)) < 2) == (1, True)
    return FILES.sub("", BESIDE.sub("", MADE.sub("", html)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_plain_papermill_and_the_exporter_give_our_page(plain, ours, lang, ledger_of_plain):
    html, _ = RakelabExporter(lang=lang).from_filename(str(plain))
    assert page(html) == page((ours / f"report.{lang}.html").read_text(encoding="utf-8"))


def test_nbconvert_finds_the_exporter_by_its_name(ours, tmp_path):
    """``jupyter nbconvert --to rakelab`` on the executed notebook of a report's folder."""
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "rakelab", "--RakelabExporter.lang=sv"]
    command += [str(ours / "report.ipynb"), "--output-dir", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stderr[-2000:]
    made = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page(made) == page((ours / "report.sv.html").read_text(encoding="utf-8"))


def test_both_doors_release_the_same_numbers(plain, ours):
    """released.json is compared as a whole; the plain run's is inside its notebook."""
    from rakelab.report import jobs

    told = json.loads(jobs.document(notebook.release(json.loads(plain.read_text(encoding="utf-8")))))
    assert told == json.loads((ours / "released.json").read_text(encoding="utf-8"))


def shows(source: str | list[str]) -> bool:
    """Whether a cell ends in something that ``present`` shows; every such cell shows one thing."""
    return ast.unparse(ast.parse("".join(source)).body[-1]).startswith("present.")


def test_the_executed_notebook_holds_released_outputs_only_and_no_path(ours, demo_run):
    source = (ours / "report.ipynb").read_text(encoding="utf-8")
    book = json.loads(source)
    outputs = [output for cell in book["cells"] for output in cell.get("outputs", ())]
    showing = [cell["id"] for cell in book["cells"] if cell["cell_type"] == "code" and shows(cell["source"])]
    assert len(showing) > 1
    assert [cell["id"] for cell in book["cells"] for _ in cell.get("outputs", ())] == showing
    assert [sorted(one["metadata"]["rakelab"]) for one in outputs if list(one["metadata"]) == ["rakelab"]] == [
        ["of", "released"] for _ in outputs
    ]
    assert {mime for one in outputs for mime in one["data"]} <= {
        "application/vnd.rakelab+json",
        "text/html",
        "text/plain",
    }
    companions = [path.read_text(encoding="utf-8") for path in (*ours.glob("*.json"), *ours.glob("*.html"))]
    for told in (source, *companions, (demo_run.folder / "index.html").read_text(encoding="utf-8")):
        assert re.search(r"/tmp/|/home/|/root/|/work/|\\\\Users|[A-Z]:\\\\|site-packages", told) is None


@pytest.mark.parametrize("kind", NOTEBOOKS)
def test_a_misspelt_parameter_stops_plain_papermill_and_names_the_nearest(kind, tmp_path):
    """A letter is missing from one of the notebook's own parameters; in one notebook also a wrong order of letters."""
    given = notebook.declared(run.find(kind).content)
    word = "kynnys" if "kynnys" in given else next(name for name in given if len(name) > 4)
    wrong = [(word[:2] + word[3:], word)] + [("lagn", "lang")] * (kind == "palvelutarve")
    for name, near in wrong:
        done = papermill(NOTEBOOKS[kind], tmp_path / "x.ipynb", **{name: "5"})
        assert done.returncode != 0
        assert text("parameters.misspelt", "fi", name=name, nearest=near) in done.stderr
