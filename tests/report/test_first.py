"""The first lines of a page: which area and years it is of, and how many; never by a number that is hidden."""

import pytest

from rakelab.codebook import codebook
from rakelab.i18n import LANGUAGES
from rakelab.report import first


def document(**more):
    words = {"fi": "Kuhmo", "sv": "Kuhmo", "en": "Kuhmo"}
    kunta = {"role": "region", "levels": {"290": words, "205": {"fi": "Kajaani", "sv": "Kajana", "en": "Kajaani"}}}
    made = {
        "account": {
            "file": "a.csv",
            "area": "",
            "read": {"value": 647},
            "used": {"value": 28},
            "set_aside": {"value": 7},
        },
        "variables": {"kunta": kunta, "vuosi": {"role": "period", "levels": {}}, "tarve": {"role": "", "levels": {}}},
        "cells": [cell("shown", vuosi="2020"), cell("shown", vuosi="2021"), cell("hidden", tarve="2019")],
    }
    return made | more


def cell(state, **dimensions):
    return {"dimensions": dimensions, "state": state}


def test_a_report_of_one_municipality_names_it_in_the_pages_language():
    settings = {"kunta": "205", "vuodet": []}
    titles = [first.titled("Arvioinnit", document(), settings, lang) for lang in LANGUAGES]
    assert titles == [f"Arvioinnit, {name}, 2020–2021" for name in ("Kajaani", "Kajana", "Kajaani")]


def test_the_years_that_were_asked_for_are_the_years_of_the_title():
    assert first.titled("A", document(), {"kunta": "290", "vuodet": [2020]}, "fi") == "A, Kuhmo, 2020"


@pytest.mark.parametrize("place", [0, 1])
def test_a_year_of_which_the_number_is_hidden_is_not_told_by_the_title(place):
    cells = document()["cells"]
    cells[place]["state"] = "hidden"
    assert first.titled("A", document(cells=cells), {}, "fi") == "A"


def test_an_area_of_the_form_and_no_periods():
    made = document(cells=[], variables={})
    made["account"]["area"] = "Essote"
    assert first.titled("A", made, {"kunta": "999"}, "fi") == "A, Essote"
    assert first.titled("A, Essote", made, {}, "fi") == "A, Essote"


def test_how_many_are_in_set_aside_and_hidden():
    lines = first.facts(document(), "fi")
    assert ["n\u00a0=\u00a028" in lines[0], "647" in lines[1], "oli 7" in lines[1], "1/3" in lines[2]] == [True] * 4
    made = document(account={"file": "a.csv", "read": {"state": "hidden"}, "used": {"value": 28}}, cells=[])
    assert "oli ·· riviä" in first.facts(made, "fi")[1]


def test_a_page_without_rows_has_no_such_lines():
    assert first.facts({"account": {"file": ""}, "cells": []}, "fi") == []


def test_an_area_asked_for_by_its_name_is_found():
    """Names are accepted where codes are, in any language and any case."""
    for asked in ("290", "Kuhmo", "kuhmo"):
        assert first.area(document(), {"kunta": asked}, "fi") == "Kuhmo"


@pytest.mark.parametrize(("form", "heading"), [("asiakaskysely", "Asiakaskysely"), ("osaamiskartoitus", "Kysely")])
def test_a_form_without_a_notebook_of_its_own_heads_its_page(form, heading):
    """The notebook of any survey is called after none of them."""
    account = {"file": "a.csv", "codebook": form, "title": dict(codebook(form).title), "area": ""}
    assert first.titled("Kysely", document(account=account, cells=[]), {}, "fi") == heading


def test_two_compared_reports_are_named_in_the_title():
    part = {"released": {"account": {"title": {"fi": "Arvioinnit"}}}}
    made = {"account": {}, "parts": [part, part], "compared": ["2021", "2022"]}
    assert first.titled("Rinnan", made, {}, "fi") == "Rinnan, Arvioinnit: 2021 ja 2022"
