"""Released counts per 1,000 inhabitants: rates, what a hidden count leaves open, and the funnel."""

import re

import pytest

from present.conftest import make, make_needs, needs_variable, variable
from rakelab import present, regional
from rakelab.cells import TOTAL, Released, View, join, key
from rakelab.errors import WallError
from rakelab.i18n import LANGUAGES

from .test_areas import plain

YEARS = {year: (year, year, year) for year in ("2020", "2021", "2026", "muu")}
TOWNS = {"205": "Kajaani", "290": "Kuhmo", "620": "Puolanka", "697": "Ristijärvi", "muu": "Muu kunta",
         "297": "Kuopio"}  # fmt: skip


def by_town(role: str = "region", **counts: int | None) -> Released:
    columns = (TOTAL, *(key(("kunta", code)) for code in TOWNS))
    sizes = {"205": 500, "290": 60, "620": None, "697": 12, "muu": None, "297": 20} | counts
    numbers = dict(zip(columns, (640, *sizes.values()), strict=True))
    towns = variable(("Kunta", "Kommun", "Municipality"), {code: (name,) * 3 for code, name in TOWNS.items()},
                     role=role)  # fmt: skip
    rows = (key(("tuen_tarpeet", "talous")),)
    numbers |= {join(rows[0], column): 40 for column in columns}
    view = View("needs_kunta", "sample", "tuen_tarpeet", rows, columns, by="kunta")
    return make(view, numbers, {"tuen_tarpeet": needs_variable(), "kunta": towns})


def by_year(*years: str) -> Released:
    columns = (TOTAL, *(key(("vuosi", year)) for year in years))
    view = View("years", "sample", "tuen_tarpeet", (), columns, by="vuosi")
    words = variable(("Vuosi", "År", "Year"), YEARS, ordered=True, role="period")
    return make(view, dict.fromkeys(columns, 320), {"tuen_tarpeet": needs_variable(), "vuosi": words})


BOTH = by_year("2020", "2021")


def test_a_rate_is_of_the_towns_own_inhabitants_of_all_the_years() -> None:
    """Kajaani had 36,567 inhabitants at the end of 2020 and 36,493 at the end of 2021 (Sotkanet 127)."""
    kajaani = regional.rated(by_town(), [2020, 2021])[0]
    people = regional.population([regional.area("205", ["kunta"])], [2020, 2021]).count
    assert people == 36567 + 36493
    assert (kajaani.people.count, kajaani.people.municipalities) == (people, 1)
    assert kajaani.rate.number == pytest.approx(1000 * 500 / people)
    assert kajaani.low.number < kajaani.rate.number < kajaani.high.number


def test_a_hidden_count_has_no_rate_and_a_ceiling_that_anybody_can_reckon() -> None:
    found = {own.key[0][1]: own for own in regional.rated(by_town(), [2021])}
    assert set(found) == {"205", "290", "620", "697"}  # “another” is none, of Kuopio there is no population
    hidden = found["620"]
    assert not hidden.rate.known
    assert not hidden.low.known
    assert hidden.ceiling == pytest.approx(1000 * (640 - 500 - 60 - 12 - 20) / 2446)
    assert found["205"].ceiling is None


def test_nobody_counted_is_a_rate_of_zero_with_an_upper_limit() -> None:
    kuhmo = regional.rated(by_town(**{"290": 0}), [2021])[1]
    assert (kuhmo.rate.number, kuhmo.low.number) == (0, 0)
    assert kuhmo.high.number == pytest.approx(1000 * 3.688879454 / 7928)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_a_funnel_with_the_protected_as_a_band(lang: str) -> None:
    html = present.rates(by_town(), BOTH, lang=lang).html()
    assert html.count('role="img"') == 2
    row = next(row for row in re.findall(r"<tr>.*?</tr>", html) if "Puolanka" in row)
    assert plain(row).count("··") == 2
    assert re.search(r"n\s?=\s?572", re.search('aria-label="([^"]*)"', html)[1])


def test_towns_beyond_chance_are_named_in_the_title() -> None:
    head = re.search("<h3[^>]*>(.*?)</h3>", present.rates(by_town(**{"290": 5}), BOTH, lang="fi").html())[1]
    assert head == "Kajaani ja Kuhmo: enemmän tai vähemmän tuhatta asukasta kohti kuin sattuma selittää"


def test_one_answer_has_rates_of_its_own() -> None:
    said = plain(present.rates(by_town(), by_year("2021"), row="talous", lang="en").html())
    assert "Economy by municipality per thousand inhabitants a year, 2021." in said
    assert "Ristijärvi 40 1,210 33.1" in said


@pytest.mark.parametrize(
    ("years", "why"),
    [
        (("2021", "2026"), "Väestöä ei ole mukana vuosilta: 2026."),
        (("2021", "muu"), "kaikkia vuosia ei kerrota erikseen"),
    ],
)
def test_where_no_rate_can_be_told_the_page_says_why(years: tuple[str, ...], why: str) -> None:
    assert why in plain(present.rates(by_town(), by_year(*years), lang="fi").html())


def test_a_report_of_one_year_has_a_rate_of_that_year() -> None:
    """Its tables have no column of years: the year is the only level that there is."""
    view = View("years", "sample", "tuen_tarpeet", (), (TOTAL,), by="vuosi")
    words = variable(("Vuosi", "År", "Year"), {"2021": ("2021",) * 3}, ordered=True, role="period")
    one_year = make(view, {TOTAL: 320}, {"tuen_tarpeet": needs_variable(), "vuosi": words})
    assert "2021" in plain(present.rates(by_town(), one_year, lang="fi").html())
    assert "ei kerrota erikseen" not in plain(present.rates(by_town(), one_year, lang="fi").html())


def test_a_form_without_years_has_no_rates() -> None:
    assert "kaikkia vuosia ei kerrota erikseen" in plain(present.rates(by_town(), None, lang="fi").html())


def test_of_nothing_shown_there_is_a_sentence_and_without_municipalities_nothing() -> None:
    hidden = by_town(**dict.fromkeys(("205", "290", "697")))
    assert "ei ole kunnittain yhtään määrää" in plain(present.rates(hidden, BOTH, lang="fi").html())
    assert present.rates(make_needs(), BOTH).html() == ""
    assert present.rates(by_town(role="other"), BOTH).html() == ""  # three digits are not always a municipality


def test_what_has_not_passed_the_wall_has_no_rate() -> None:
    with pytest.raises(WallError):
        present.rates({"205": 500}, BOTH)
