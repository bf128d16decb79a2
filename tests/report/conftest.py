import json

import nbformat
import papermill
import pytest

from .notebooks import TEXTS, build


@pytest.fixture
def notebook(tmp_path):
    """Builds the notebook, with more cells before its end, as a file with its translations; returns the path."""

    def write(*extra):
        path = tmp_path / "koe.ipynb"
        nbformat.write(build(*extra), path)
        for lang, words in TEXTS.items():
            lines = [f"{name} = {json.dumps(text)}" for name, text in words.items()]
            path.with_name(f"koe.{lang}.toml").write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


@pytest.fixture
def executed():
    """The notebook after a run with our engine, and its texts."""

    def run(*extra):
        return papermill.execute_notebook(build(*extra), None, engine_name="rakelab", progress_bar=False), TEXTS

    return run
