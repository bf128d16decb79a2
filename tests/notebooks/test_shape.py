"""How a notebook is written: no outputs in git, short cells, stable ids, and nothing of a row used after the wall."""

import ast
import json
import tomllib

import pytest
from walls import bound, peeking, wall

from rakelab.report import notebook

from .conftest import NOTEBOOKS


@pytest.fixture(params=NOTEBOOKS, ids=str)
def book(request):
    path = NOTEBOOKS[request.param]
    made = json.loads(path.read_text(encoding="utf-8"))
    for cell in made["cells"]:
        cell["source"] = "".join(cell["source"])
    return path, made["cells"]


def code(cells):
    return [cell for cell in cells if cell["cell_type"] == "code"]


def test_cells_are_short_plain_and_without_outputs(book):
    _, cells = book
    assert [cell["id"] for cell in code(cells) if cell["outputs"] or cell["execution_count"]] == []
    assert [cell["id"] for cell in code(cells) if len(cell["source"].splitlines()) > 15] == []
    made = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    assert [
        cell["id"] for cell in code(cells) if any(isinstance(n, made) for n in ast.walk(ast.parse(cell["source"])))
    ] == []
    ids = [cell["id"] for cell in cells]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_text_cell_has_its_words_and_no_words_are_left_over(book, lang):
    path, cells = book
    words = tomllib.loads((path.parent / "kaannokset" / f"{path.stem}.{lang}.toml").read_text(encoding="utf-8"))
    texts = {cell["id"]: cell["source"] for cell in cells if cell["cell_type"] == "markdown"}
    assert sorted(words) == sorted(texts)
    levels = {name: notebook.heading(source)[0] for name, source in texts.items()}
    assert {name: notebook.heading(source)[0] for name, source in words.items()} == levels
    assert [name for name, source in words.items() if source.strip() == texts[name].strip()] == []


def test_cells_read_as_prose(book):
    """No comprehension, no name between double underscores, and no language: a participant reads and changes them."""
    _, cells = book
    made = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
    trees = {cell["id"]: list(ast.walk(ast.parse(cell["source"]))) for cell in code(cells)}
    assert [name for name, nodes in trees.items() if any(isinstance(node, made) for node in nodes)] == []
    assert [cell["id"] for cell in code(cells) if "__" in cell["source"] or "lang=" in cell["source"]] == []


def test_no_name_from_before_the_wall_is_used_after_it(book):
    """Except the parameters, the policy and the released tables; imported rooms are no values."""
    _, cells = book
    sources = [cell["source"] for cell in code(cells)]
    at = wall(sources)
    assert (notebook.tagged(code(cells)[0], "parameters"), len(sources[at + 1 :]) > 1) == (True, True)
    assert len(set().union(*map(names, sources[1 : at + 1]))) > (3 if "protect([" in sources[at] else 0)
    assert peeking(sources) == set()


def names(source):
    return bound(ast.parse(source))
