"""Words and choices on a page are written by somebody: what a cell computed could hold a value of a row."""

import json

import papermill
import pytest

from rakelab import archive, present
from rakelab.errors import NotebookError
from rakelab.report import companions, gate
from rakelab.report.companions import Run

from .notebooks import build, code, released

OLDEST = 97  # as if it were frame.ika.max()
ROWS = f"vanhin = int('9' + '7')  # {OLDEST}"
NOTE = "present.note('common.other_than', label={value}, lang=lang)"
MADE = "present.made(released, parameters={value}, lang=lang)"
RESPONSE = (
    "from types import SimpleNamespace\npresent.findings(present.response(released['needs'], invited=[{value}] * 2))"
)


def told(**account):
    """The release with another account."""
    document = json.loads(released())
    document["account"] |= account
    return archive.loads(json.dumps(document))


def step(why):
    return {"why": why, "state": "shown", "value": 100}


@pytest.fixture
def run(tmp_path):
    """The notebook executed on a release whose rows were chosen for these reasons, and with these cells."""
    path = tmp_path / "released.json"
    reading = (
        f"from pathlib import Path\nfrom rakelab import archive, present\nreleased = archive.loads(Path({str(path)!r})"
    )

    def made(*cells, reasons=(), parameters=None):
        path.write_text(archive.dumps(told(steps=[step(why) for why in reasons])), encoding="utf-8")
        nb = build(*cells)
        cell_of(nb, "lue")["source"] = f"{reading}.read_text())"
        return papermill.execute_notebook(
            nb, None, parameters=parameters or {}, engine_name="rakelab", progress_bar=False
        )

    return made


def cell_of(nb, name):
    return next(cell for cell in nb.cells if cell["id"] == name)


def refused(nb):
    with pytest.raises(NotebookError) as caught:
        gate.check(nb)
    assert str(OLDEST) not in str(caught.value) + repr(caught.value.values)
    return caught.value.key, caught.value.values["cell"]


@pytest.mark.parametrize(
    "why",
    ['f"yli {vanhin}"', '"yli " + str(vanhin)', "str(vanhin)", '"yli {}".format(vanhin)', 'f"yli"', "syyt[0]", "a.b"],
)
def test_a_reason_put_together_on_the_spot_is_refused_and_the_cell_named(run, why):
    later = code("rajaa", f"def rajaa(why=None):\n    pass\n\nif False:\n    rajaa(why={why})")
    assert refused(run(code("rivit", ROWS), later)) == ("report.computed_reason", 8)


AREA = "from rakelab import regional\n"
TITLES = "from rakelab.indicators import OF_VARIABLE, Indicator\nif False:\n    Indicator('oma', None, title={title})"


@pytest.mark.parametrize(
    "title", ["f'yli {vanhin}'", "otsikko", "{'fi': 'yli ' + str(vanhin)}", "{'fi': f'a'}", "dict()"]
)
def test_a_title_of_an_indicator_that_is_not_written_out_is_refused(run, title):
    assert refused(run(code("rivit", ROWS), code("oma", TITLES.replace("{title}", title)))) == (
        "report.computed_text",
        8,
    )


@pytest.mark.parametrize("title", ["{'fi': 'Oma', 'sv': 'Egen', 'en': 'Own'}", "OF_VARIABLE", "indicators.OF_VARIABLE"])
def test_a_written_title_of_an_indicator_passes(run, title):
    gate.check(run(code("oma", TITLES.replace("{title}", title))))


def test_a_reason_computed_earlier_and_given_by_name_is_refused(run):
    assert refused(run(reasons=[f"yli {OLDEST}"])) == ("report.computed_reason", 4)


@pytest.mark.parametrize(
    ("why", "source", "parameters"),
    [
        ("prepare.why.last", "", {}),
        ("205", "", {"kunta": "205"}),
        ("Oma peruste", "syy = 'Oma peruste'", {}),
        ("2020, 2021", "vuodet = [2020, 2021]", {}),
    ],
)
def test_reasons_of_the_tool_of_parameters_and_of_the_author_pass(run, why, source, parameters):
    nb = run(code("oma", source or "pass"), reasons=[why], parameters=parameters)
    gate.check(nb)


@pytest.mark.parametrize("why", ["report.stopped", "prepare.why.nothing_like_it", "common.total"])
def test_a_key_that_is_no_reason_is_not_one(run, why):
    assert refused(run(reasons=[why]))[0] == "report.computed_reason"


def test_pieces_of_a_text_that_is_put_together_are_not_texts_of_the_author(run):
    assert refused(run(code("oma", "x = f'yli {9}7'"), reasons=["yli "]))[0] == "report.computed_reason"


@pytest.mark.parametrize(
    ("cell", "value", "key"),
    [
        (MADE, "{'vanhin': vanhin}", "report.not_parameter"),
        (MADE, "{'kunta': str(vanhin)}", "report.not_parameter"),
        (MADE, "{'kynnys': vanhin}", "report.not_parameter"),
        (MADE, "{f'yli {vanhin}': 5}", "report.not_parameter"),
        (NOTE, "str(vanhin)", "report.computed_text"),
        (NOTE, "vanhin", "report.computed_text"),
        (RESPONSE, "vanhin", "report.computed_text"),
        (f"present.several([{NOTE}])", "vanhin", "report.computed_text"),
        ("present.possible([50], {value}, lang=lang)", "vanhin", "report.computed_text"),
        ("present.claim({value}, 'Kainuu')", "f'korkein itsemurhakuolleisuus {vanhin}'", "report.computed_text"),
        (f"{AREA}present.area_people(regional.topic('Kainuu', vuodet=[{{value}}]))", "vanhin", "report.computed_text"),
    ],
)
def test_a_value_of_a_row_is_told_by_no_exhibit(run, cell, value, key):
    assert refused(run(code("vali", ROWS), code("vuoto", cell.replace("{value}", value)))) == (key, 8)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (MADE, "{'kunta': kunta, 'kynnys': kynnys, 'data': data}"),
        (NOTE, "'itse kirjoitettu'"),
        (NOTE, "kunta"),
        (RESPONSE, "(110, 120)"),
        ("present.possible([50, 25], {value}, lang=lang)", "8"),
        ("present.claim({value}, 'Kainuu')", "'korkein itsemurhakuolleisuus'"),
        (f"{AREA}present.area_people(regional.topic('Kainuu', vuodet=[{{value}}]))", "2021"),
    ],
)
def test_parameters_and_what_the_author_wrote_are_told(run, cell, value):
    nb = run(code("oma", cell.replace("{value}", value)), parameters={"kunta": "091", "data": "/srv/tiedosto.csv"})
    gate.check(nb)


def test_the_title_of_a_page_without_rows_is_not_computed():
    nb = build()
    release = told(codebook="", title=dict.fromkeys(("fi", "sv", "en"), f"Vanhin {OLDEST}"))
    data, metadata = present.protection(release)._repr_mimebundle_()
    cell_of(nb, "suojaa").outputs = [{"output_type": "display_data", "data": data, "metadata": metadata}]
    assert refused(nb) == ("report.computed_text", 4)


def test_the_published_notebook_passes_as_the_executed_one_did(run):
    nb = run(reasons=["205"], parameters={"kunta": "205", "data": "/srv/kansio/tiedosto.csv"})
    gate.check(nb)
    gate.check(companions.kept(Run("koe", nb, {}, ("fi",)), [""] * 5))
