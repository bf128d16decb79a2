"""The figures that come along: what their sources say must come out, and nothing else."""

import pytest
from scipy.stats import chi2

from rakelab import regional
from rakelab.opendata import Area, OpenDataError, area, areas
from rakelab.regional.facts import snapshot

KAINUU, COUNTRY = area("Kainuu"), area("koko maa")
PLACED = regional.series("3563")


def test_placed_children_of_kainuu_and_of_all_areas() -> None:
    """Sotkanet 3563 by county, in the open panel that the figures are from."""
    years = (2021, 2022, 2023, 2024)
    assert [PLACED.count(KAINUU, year).value for year in years] == [227, 219, 208, 197]
    assert [regional.total(PLACED, year) for year in years] == [18095, 17866, 17830, 17608]
    ratio = regional.change(PLACED, KAINUU, 2021, 2024)
    assert round(100 * (ratio.ratio - 1), 2) == -13.22
    assert ratio.low < 1 < ratio.high


def test_population_of_kainuu_and_of_the_country() -> None:
    """Sotkanet 127 on 31 December 2022; the Ministry of Finance for 2024, without Åland."""
    people = regional.series("127")
    assert people.at(KAINUU, 2022).value == 70521
    assert people.at(COUNTRY, 2022).value == 5563970
    assert people.at(area("Ristijärvi"), 2021).value == 1210
    later = regional.series("vm")
    assert later.at(KAINUU, 2024).value == 69639
    assert sum(later.at(own, 2024).value for own in regional.compared()) == 5605317


@pytest.mark.parametrize("year", [2018, 2019, 2020, 2021, 2022])
def test_counties_sum_to_the_country_and_municipalities_to_their_county(year: int) -> None:
    people = regional.series("127")
    counties = [own for own in areas() if own.kind == "hyvinvointialue"]
    assert sum(people.at(own, year).value for own in counties) == people.at(COUNTRY, year).value
    assert sum(people.at(own, year).value for own in regional.members(KAINUU)) == people.at(KAINUU, year).value


def test_each_figure_is_of_an_area_that_exists() -> None:
    known = {(own.kind, own.code) for own in areas()}
    assert {key[:2] for own in snapshot().values() for key in own.values} - known == set()
    assert all(own.source[lang] for own in snapshot().values() for lang in ("fi", "sv", "en"))


def test_the_margin_is_that_of_the_count_on_the_scale_of_the_share() -> None:
    """197 people are 1.2 %; the exact limits of a Poisson count are quantiles of chi-square (Garwood 1936)."""
    limits = PLACED.margin(KAINUU, 2024)
    assert limits.low == pytest.approx(1.2 * chi2.ppf(0.025, 2 * 197) / 2 / 197)
    assert limits.high == pytest.approx(1.2 * chi2.ppf(0.975, 2 * 198) / 2 / 197)


def test_a_whole_population_and_an_unknown_count_have_no_margin() -> None:
    assert regional.series("127").margin(KAINUU, 2022).low is None
    assert PLACED.margin(KAINUU, 2031).low is None
    assert PLACED.margin(area("Kuhmo"), 2021).low is None


def test_an_area_or_year_without_a_figure_is_missing_and_no_zero() -> None:
    assert PLACED.at(area("Åland"), 2021).standing == "missing"
    assert PLACED.at(KAINUU, 2020).value is None


def test_words_are_asked_of_what_comes_along_too() -> None:
    with pytest.raises(OpenDataError) as caught:
        regional.series("127", ["itsemurha"])
    assert caught.value.key == "opendata.title"


def test_seven_municipalities_are_another_denominator_than_eight() -> None:
    (part,) = regional.service_areas(KAINUU)
    assert (part.without, part.last) == (("620",), 2022)
    seven = regional.population(regional.members(KAINUU, part.without), [2021])
    eight = regional.population([KAINUU], [2021])
    assert (seven.count, seven.municipalities) == (68809, 7)
    assert (eight.count, eight.municipalities) == (71255, 8)
    assert regional.service_areas(area("Lappi")) == ()


def municipal(code: str) -> Area:
    return area(code, ["kunta"])


def test_the_country_has_every_municipality() -> None:
    assert regional.population([COUNTRY], [2022]).municipalities == 308
    assert regional.population([municipal("620")], [2021, 2022]).count == 2446 + 2380
