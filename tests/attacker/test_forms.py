"""Random answers fill every form, and the notebooks' own cells count them."""

import pytest

from . import forms
from .reports import case


@pytest.mark.parametrize("kind", forms.KINDS)
def test_the_notebook_counts_random_answers(kind: str) -> None:
    tallies, names = forms.counted(kind, 1)
    assert tallies
    assert names["kynnys"] in (3, 5, 8)
    assert len({tally.account for tally in tallies}) == 1


def test_the_same_seed_is_the_same_report() -> None:
    first, again = (case(2, "asiakaspolut") for _ in range(2))
    assert first is not None
    assert again is not None
    assert (first.released, first.truth) == (again.released, again.truth)


def test_every_notebook_that_reads_rows_is_attacked() -> None:
    """The others have no rows: they check percentages or claims, tell open figures, gather releases or compare two."""
    found = {path.stem for path in forms.NOTEBOOKS.glob("*.ipynb")}
    assert found - {forms.notebook_of(kind).stem for kind in forms.KINDS} == {
        "aluetieto",
        "palvelutarve",
        "sosiaalinen_raportti",
        "tarkista_prosentit",
        "tarkista_vaite",
        "vertailu",
    }


def test_scales_are_those_of_the_form() -> None:
    tallies, names = forms.counted("osaamiskartoitus", 3)
    made = forms.scales(tallies, names)
    assert len(made) == 27
    assert {(one.low, one.high, one.unit) for one in made.values()} == {(1, 5, 1.0)}


def test_random_reports_of_change_have_means_to_look_into() -> None:
    tallies, names = forms.counted("muutosmittaus", 2)
    made = forms.scales(tallies, names)
    assert any(name.endswith("_muutos") and one.low == -one.high for name, one in made.items())
    assert forms.noise(names)["eurohis8_keskiarvo"].better == 1
