"""Every notebook is strict about its parameters at the third door too, plain papermill."""

import pytest

from rakelab.i18n import text
from rakelab.report import notebook, run

from .conftest import NOTEBOOKS, papermill


@pytest.mark.parametrize("kind", NOTEBOOKS)
def test_a_misspelt_parameter_stops_plain_papermill_and_names_the_nearest(kind, tmp_path):
    """A letter is missing from one of the notebook's own parameters; in one notebook also a wrong order of letters."""
    given = notebook.declared(run.find(kind).content)
    word = "kynnys" if "kynnys" in given else next(name for name in given if len(name) > 5)
    wrong = [(word[:2] + word[3:], word)] + [("lagn", "lang")] * (kind == "palvelutarve")
    for name, near in wrong:
        done = papermill(NOTEBOOKS[kind], tmp_path / "x.ipynb", **{name: "5"})
        assert done.returncode != 0
        assert text("parameters.misspelt", "fi", name=name, nearest=near) in done.stderr
