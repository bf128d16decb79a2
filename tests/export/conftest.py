import pytest

from rakelab.export import Wanted, export

from .pages import write


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "palvelutarve-kuhmo")


@pytest.fixture
def made(folder, tmp_path):
    """The files of one format by name."""

    def once(form, **asked):
        paths = export(folder, Wanted(form, out=tmp_path / "ulos", **asked))
        return {path.name: path.read_bytes() for path in paths}

    return once
