"""Findings as news: a plain sentence, and under it what it rests on; nothing where there is nothing to tell."""

import pytest

from present.conftest import make, one, variable
from rakelab import estimate, present
from rakelab.cells import TOTAL, View, join, key
from rakelab.i18n import LANGUAGES


def table(name: str, before: int, after: int, base: int = 300, role: str = "period"):
    """One answer of two in two years, or in two groups."""
    columns = (TOTAL, key(("vuosi", "2020")), key(("vuosi", "2021")))
    yes, no = one("on", name), one("ei_ole", name)
    counts = dict(zip(columns, (2 * base, base, base), strict=True))
    for column, n, size in zip(columns, (before + after, before, after), (2 * base, base, base), strict=True):
        counts |= {join(yes, column): n, join(no, column): size - n}
    words = {
        name: variable((name,) * 3, {"on": ("On",) * 3, "ei_ole": ("Ei ole",) * 3}),
        "vuosi": variable(("Vuosi", "År", "Year"), {y: (y,) * 3 for y in ("2020", "2021")}, role=role),
    }
    return make(View(name, "sample", name, (yes, no), columns, by="vuosi"), counts, words)


def news(made, lang="fi", **how):
    return present.contrast(estimate.compare(made)).news(lang, **how)


def test_a_rise_between_years_is_told_in_words_with_its_interval_below():
    said, under = news(table("apu", 60, 160))
    assert said in (
        "Apu: ”On” kasvoi 20 prosentista 53 prosenttiin.",
        "Apu: ”Ei ole” väheni 80 prosentista 47 prosenttiin.",
    )
    assert "160/300" in under or "140/300" in under
    assert "luottamusväli" in under
    assert "luottamusväli" not in said


def test_of_groups_that_are_no_years_nothing_rises():
    said, _ = news(table("apu", 60, 160, role=""))
    assert "53\u00a0% (2021) ja 20\u00a0% (2020)" in said or "47\u00a0% (2021) ja 80\u00a0% (2020)" in said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("after", [60, 63])
def test_what_chance_explains_is_no_largest_difference(lang, after):
    said, under = news(table("apu", 60, after), lang)
    assert "2020" in said
    assert "2021" in said
    assert not any(letter.isdigit() for letter in said.replace("2020", "").replace("2021", ""))
    assert under == ""


def test_beside_a_title_the_title_is_not_said_again():
    assert news(table("apu", 60, 63), titled=False)[0] == "2020 ja 2021 eivät eroa enempää kuin sattuma selittäisi."


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_hidden_numbers_there_is_no_news(few, lang):
    assert present.contrast(estimate.compare(few)).news(lang) == ("", "")


def test_a_summary_leaves_out_what_says_nothing_and_tells_of_chance_once(few, needs):
    told = present.findings(
        present.leading(needs), present.contrast(estimate.compare(few)),
        *(present.contrast(estimate.compare(table(name, 60, 61))) for name in ("a", "b", "c")),
    )  # fmt: skip
    assert [one["table"] for one in told.options["sentences"]] == ["needs_vuosi", "a"]
