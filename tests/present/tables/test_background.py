"""Who people are, in one table: a section for each variable that tells something."""

import re

from present.conftest import make, variable

from rakelab import present
from rakelab.cells import TOTAL, View, join, key


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
    assert told[1:4] == [["Sukupuoli"], ["Nainen", "63\xa0%", "47–76\xa0%", "25"], ["Mies", "38\xa0%", "24–53\xa0%", "15"]]
    assert told[4:6] == [["Kunta"], ["Kuhmo", "70\xa0%", "55–82\xa0%", "28"]]


def test_a_variable_in_which_all_are_alike_tells_nothing():
    """In a report of one municipality “Kuhmo 100 % (91–100 %)” is no finding."""
    html = present.background(sexes(), towns({"Kuhmo": 40, "Sotkamo": 0}), lang="fi").html()
    assert "Kuhmo" not in html
    assert "Kunta" not in html


def test_a_hidden_number_is_not_taken_for_everybody():
    html = present.background(sexes(), towns({"Kuhmo": None, "Sotkamo": None, "Muu": 20}), lang="fi").html()
    assert "Kunta" in html
