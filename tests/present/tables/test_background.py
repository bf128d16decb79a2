"""Background variables in one table: a section each, everybody in one column, and what is too small by name."""

import re
from dataclasses import replace

import pytest

from present.conftest import NEED_COUNTS, make, make_needs, variable
from rakelab import present
from rakelab.cells import TOTAL, View, join, key
from rakelab.errors import UsageError
from rakelab.present.numbering import Numbers


def test_a_table_by_group_shows_everybody_only(needs):
    html = present.background(needs).html()
    assert '<th scope="rowgroup" colspan="4">Tuen tarpeet</th>' in html
    assert '<th scope="row">Talous</th><td>59\u00a0%</td><td>55–63\u00a0%</td><td>417</td>' in html
    assert "2020" not in re.sub("<summary>.*?</summary>", "", html)


def test_what_is_too_small_is_named_and_not_shown(needs):
    few = make_needs(**dict.fromkeys(NEED_COUNTS))
    few = replace(few, view=replace(few.view, id="few"))
    html = present.background([needs, few]).html()
    assert html.count('scope="rowgroup"') == 1
    assert "Ei voi näyttää, koska ryhmät ovat liian pieniä:" in html
    assert "<table" not in present.background(few).html()


def test_nothing_given_is_an_error():
    with pytest.raises(UsageError):
        present.background()


def test_on_a_page_it_is_closed_and_numbered_with_every_table_in_it(needs):
    numbers = Numbers()
    exhibit = present.background(needs)
    html = present.render(exhibit.spec, exhibit.tables, "sv", 0, numbers)
    assert '<details class="data"><summary><h3 id="taulukko-1">Tabell 1. Bakgrundsuppgifter' in html
    assert numbers.tables == [("needs_vuosi",)]
    assert list(numbers.notes) == ["percent", "hidden"]
    assert 'class="key"' not in html


def towns(counts):
    """Of 40 people so many of each municipality; None is hidden."""
    levels = {name: (name,) * 3 for name in counts}
    rows = tuple(key(("kunta", name)) for name in counts)
    cells = {TOTAL: 40, **{join(row, TOTAL): n for row, n in zip(rows, counts.values(), strict=True)}}
    view = View("profile_kunta", "profile", "kunta", rows)
    return make(view, cells, {"kunta": variable(("Kunta", "Kommun", "Municipality"), levels)})


def sexes():
    levels = {"nainen": ("Nainen", "Kvinna", "Woman"), "mies": ("Mies", "Man", "Man")}
    rows = tuple(key(("sukupuoli", name)) for name in levels)
    view = View("profile_sukupuoli", "profile", "sukupuoli", rows)
    cells = {TOTAL: 40, rows[0]: 25, rows[1]: 15}
    return make(view, cells, {"sukupuoli": variable(("Sukupuoli", "Kön", "Gender"), levels)})


def rows_of(html):
    rows = re.findall("<tr.*?</tr>", html)
    return [re.findall("<t[hd][^>]*>([^<]*)", row) for row in rows]


def test_each_variable_is_a_section_of_one_table():
    html = present.background(sexes(), towns({"Kuhmo": 28, "Sotkamo": 12}), lang="fi").html()
    assert html.count("<table") == 1
    told = rows_of(html)
    assert told[1:4] == [
        ["Sukupuoli"],
        ["Nainen", "63\xa0%", "47–76\xa0%", "25"],
        ["Mies", "38\xa0%", "24–53\xa0%", "15"],
    ]
    assert told[4:6] == [["Kunta"], ["Kuhmo", "70\xa0%", "55–82\xa0%", "28"]]


def test_a_variable_in_which_all_are_alike_tells_nothing():
    """In a report of one municipality “Kuhmo 100 % (91–100 %)” is no finding."""
    html = present.background(sexes(), towns({"Kuhmo": 40, "Sotkamo": 0}), lang="fi").html()
    assert "Kuhmo" not in html
    assert "Kunta" not in html


def test_a_hidden_number_is_not_taken_for_everybody():
    html = present.background(sexes(), towns({"Kuhmo": None, "Sotkamo": None, "Muu": 20}), lang="fi").html()
    assert "Kunta" in html
