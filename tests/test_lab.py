"""A workspace: what is in it, that nothing in it is written over, and that it works in a real kernel."""

import json

import nbformat
import pytest
from nbclient import NotebookClient

from rakelab import lab
from rakelab.errors import OutputError, UsageError


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return lab.workspace(tmp_path_factory.mktemp("kansio") / "työ paja", "fi")


def test_a_notebook_of_each_report_lies_in_it_without_translations_between(made):
    names = sorted(path.name for path in made.folder.iterdir() if not path.name.startswith("."))
    assert {"aloita.ipynb", "palvelutarve.ipynb", "kysely.ipynb", "aineistot", "lomakkeet"} <= set(names)
    assert not list(made.folder.glob("*.toml"))
    assert (made.folder / "lomakkeet" / "palvelutarve.xlsx").stat().st_size > 1000


def test_the_start_page_links_what_there_is(made):
    text = "".join("".join(cell["source"]) for cell in json.loads(made.start.read_text(encoding="utf-8"))["cells"])
    assert "[Palvelutarpeen arvioinnit](palvelutarve.ipynb)" in text
    linked = {part.partition(")")[0] for part in text.split("](")[1:]}
    assert all((made.folder / name).is_file() for name in linked)


def test_run_again_it_makes_what_is_missing_and_touches_nothing_else(made):
    mine, gone = made.folder / "palvelutarve.ipynb", made.folder / "kysely.ipynb"
    mine.write_text("minun", encoding="utf-8")
    gone.unlink()
    try:
        again = lab.workspace(made.folder, "fi")
        assert (again.new, mine.read_text(encoding="utf-8"), gone.exists()) == (1, "minun", True)
    finally:
        mine.unlink()
        lab.workspace(made.folder, "fi")


@pytest.mark.parametrize("name", ["palvelutarve", "kysely", "asiakaspolut"])
def test_run_all_cells_works_at_once(made, name):
    book = nbformat.read(made.folder / f"{name}.ipynb", as_version=4)
    NotebookClient(book, resources={"metadata": {"path": str(made.folder)}}, kernel_name="python3").execute()
    shown = [output.data["text/html"] for cell in book.cells for output in cell.get("outputs", ())]
    assert len(shown) > 5
    assert [html[:60] for html in shown if html and (not html.startswith("<") or "&lt;div" in html)] == []


def test_what_there_is_shows_itself(made):
    """The lines that a released report names show its tables."""
    book = nbformat.read(made.folder / "asiakaspolut.ipynb", as_version=4)
    wall = next(i for i, cell in enumerate(book.cells) if "protect(" in cell.source and cell.cell_type == "code")
    book.cells = [*book.cells[: wall + 1], nbformat.v4.new_code_cell("released")]
    client = NotebookClient(book, resources={"metadata": {"path": str(made.folder)}}, kernel_name="python3")
    client.execute()
    html = book.cells[-1].outputs[0].data["text/html"]
    line = html.partition("<code>")[2].partition("</code>")[0].replace("&quot;", '"')
    assert line.startswith('present.table(released["')
    book.cells.append(nbformat.v4.new_code_cell(line))
    client.execute()
    assert "rakelab-table" in book.cells[-1].outputs[0].data["text/html"]


def test_in_swedish_its_words_are_swedish_and_the_report_has_every_language(tmp_path):
    folder = lab.workspace(tmp_path / "w", "sv").folder
    content = json.loads((folder / "palvelutarve.ipynb").read_text(encoding="utf-8"))
    first, parameters = ("".join(cell["source"]) for cell in content["cells"][:2])
    assert first.startswith("# Bedömningar av servicebehovet")
    assert 'lang = "sv"' in parameters
    from rakelab.report import notebook

    texts = notebook.texts_beside(folder / "palvelutarve.ipynb")
    assert texts["fi"]["otsikko"].startswith("# Palvelutarpeen arvioinnit")
    assert texts["en"]["luku"].strip().startswith("## Reading and checking")


def test_a_text_that_a_participant_changed_has_no_translation(tmp_path):
    from rakelab.report import notebook

    path = lab.workspace(tmp_path / "w", "fi").folder / "palvelutarve.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][0]["source"] = ["# Meidän kuntamme"]
    path.write_text(json.dumps(content), encoding="utf-8")
    texts = notebook.texts_beside(path)
    assert "otsikko" not in texts["sv"]
    assert "luku" in texts["sv"]


def test_jupyterlab_asks_for_no_news_and_saves_in_the_workspace_only(made):
    settings = list((made.folder / ".jupyter" / "settings").rglob("notification.jupyterlab-settings"))
    assert json.loads(settings[0].read_text(encoding="utf-8")) == {"fetchNews": "false", "checkForUpdates": False}
    words = lab.command(made)
    assert f"--ServerApp.root_dir={made.folder.resolve()}" in words
    assert words[-1] == "--LabApp.default_url=/lab/tree/aloita.ipynb"


def test_what_stands_in_the_way_is_told(tmp_path):
    (tmp_path / "tiedosto").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="tiedosto on tiedosto"):
        lab.workspace(tmp_path / "tiedosto", "fi")
    with pytest.raises((OutputError, UsageError)):
        lab.workspace(tmp_path / "tiedosto" / "alla", "fi")
