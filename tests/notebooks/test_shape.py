"""How a notebook is written: no outputs in git, short cells, stable ids, and nothing of a row used after the wall."""

import ast
import json
import tomllib

import pytest

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
    words = tomllib.loads(path.with_name(f"{path.stem}.{lang}.toml").read_text(encoding="utf-8"))
    texts = {cell["id"]: cell["source"] for cell in cells if cell["cell_type"] == "markdown"}
    assert sorted(words) == sorted(texts)
    levels = {name: notebook.heading(source)[0] for name, source in texts.items()}
    assert {name: notebook.heading(source)[0] for name, source in words.items()} == levels
    assert [name for name, source in words.items() if source.strip() == texts[name].strip()] == []


def names(source, kind):
    return {
        node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name) and isinstance(node.ctx, kind)
    }


def test_no_name_from_before_the_wall_is_used_after_it(book):
    """Except the parameters, the policy and the released tables; imported rooms are no values."""
    _, cells = book
    at = next(i for i, cell in enumerate(code(cells)) if "protect([" in cell["source"])
    before, after = code(cells)[:at], code(cells)[at + 1 :]
    assert len(after) > 10
    given = next(cell for cell in before if notebook.tagged(cell, "parameters"))
    bound = set().union(*(names(cell["source"], ast.Store) for cell in before)) - names(given["source"], ast.Store)
    assert len(bound) > 3
    used = {cell["id"]: sorted(names(cell["source"], ast.Load) & bound) for cell in after}
    assert {name: words for name, words in used.items() if words} == {}
