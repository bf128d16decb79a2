"""Rates of counts that have passed the wall, and the limits of a funnel."""

import pytest

from rakelab import regional
from rakelab.errors import UsageError
from rakelab.opendata import area

KAINUU = area("Kainuu")

#: PHEindicatormethods' tests, testdata_funnel_rate_outputs.csv: events, people of three years at which they are the
#: lower (the upper) limit of the funnel around 116.1720835 per 100,000, and that limit. Their solver stops at about
#: 2e-7, so no closer.
BASELINE = 116.1720835
PUBLISHED = [
    (1, 1598.675694, 20.85059119, 7.264481402, 4588.535848, 0.95),
    (10, 5276.757672, 63.17010446, 1375.943768, 242.2579623, 0.95),
    (100 - 1, 34583.45945, 95.42133877, 23087.10848, 142.9369123, 0.95),
    (1360, 411529.9259, 110.158048, 369759.5622, 122.6021934, 0.95),
    (10, 6924.776769, 48.13632908, 849.4639547, 392.4043292, 0.998),
    (1289, 402806.445, 106.6682701, 338835.2255, 126.8069652, 0.998),
]


@pytest.mark.parametrize(("events", "lower_at", "lower", "upper_at", "upper", "level"), PUBLISHED)
def test_the_funnel_is_that_of_pheindicatormethods(
    events: int, lower_at: float, lower: float, upper_at: float, upper: float, level: float
) -> None:
    rate = BASELINE / 100
    assert regional.funnel(rate, 3 * lower_at, level)[0] * 100 == pytest.approx(lower, rel=1e-6)
    assert regional.funnel(rate, 3 * upper_at, level)[1] * 100 == pytest.approx(upper, rel=1e-6)
    assert lower == pytest.approx(1e5 * events / (3 * lower_at), rel=1e-8)


def test_where_even_nobody_is_within_chance_the_funnel_ends_at_zero() -> None:
    assert regional.funnel(1.0, 1000)[0] == 0
    assert regional.funnel(5.0, 1000)[0] > 0


@pytest.mark.parametrize("years", [[2017], [2021, 2024], []])
def test_a_year_without_population_stops(years: list[int]) -> None:
    with pytest.raises(UsageError) as caught:
        regional.population([KAINUU], years)
    assert caught.value.key == "regional.no_population"
    assert "2018–2022" in caught.value.sentence("fi")


def test_a_municipality_of_another_county_has_no_population_here() -> None:
    with pytest.raises(UsageError):
        regional.population([area("Kuopio")], [2021])
