"""Against R's poisson.test (its own examples) and limits that can be written down."""

from math import log

import pytest

from rakelab.formulas import Ratio, byar_interval, poisson_interval, rate_ratio, standardised_rate


def test_one_count_is_r() -> None:
    """poisson.test(137, 24.19893): 4.753125 6.692709."""
    found = poisson_interval(137, 24.19893)
    assert (found.low, found.high) == pytest.approx((4.753125, 6.692709), abs=1e-6)


def test_nothing_counted_has_an_upper_limit() -> None:
    """exp(−high) = 0.025."""
    found = poisson_interval(0)
    assert found.low == 0
    assert found.high == pytest.approx(-log(0.025))


def test_ratio_is_r() -> None:
    """poisson.test(c(11, 6+8+7), c(800, 1083+1050+878)): 1.971488, 0.8584264 4.2772659, p = 0.07967."""
    found = rate_ratio(21, 11, (3011, 800))
    assert (found.ratio, found.low, found.high) == pytest.approx((1.971488, 0.8584264, 4.2772659), abs=1e-6)
    assert found.p == pytest.approx(0.07967, abs=5e-6)


def test_ratio_is_after_through_before() -> None:
    up, down = rate_ratio(5, 20), rate_ratio(20, 5)
    assert up.ratio == 4
    assert (up.low, up.high, up.p) == pytest.approx((1 / down.high, 1 / down.low, down.p))


def test_none_before() -> None:
    """Three after none: the share after is at least 0.025 to the third root."""
    share = 0.025 ** (1 / 3)
    found = rate_ratio(0, 3)
    assert (found.ratio, found.high) == (None, None)
    assert (found.low, found.p) == pytest.approx((share / (1 - share), 0.25))


def test_none_after() -> None:
    found = rate_ratio(3, 0)
    assert (found.ratio, found.low) == (0, 0)
    assert found.high == pytest.approx(1 / rate_ratio(0, 3).low)


def test_none_at_all() -> None:
    assert rate_ratio(0, 0) == Ratio(None, None, None, None)


# --- against PHEindicatormethods ------------------------------------------------------------------------------
# Values computed with PHStatsMethods 0.1.16, the department's own port of PHEindicatormethods to Python. The ages,
# counts and populations are those of its vignette on standardised rates and of its code; the standard is ESP 2013.

ESP2013 = [5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500,
           1000]  # fmt: skip
FEW = ([1, 1, 0, 0, 0, 1, 1, 3, 3, 3, 3, 10, 10, 10, 10, 8, 8, 8, 8],
       [30, 35, 35, 35, 40, 40, 45, 50, 50, 50, 60, 60, 70, 75, 70, 60, 20, 20, 15])  # fmt: skip
MANY = (
    [27, 45, 55, 100, 125, 300, 295, 270, 275, 450, 455, 459, 345, 300, 270, 265, 100, 90, 35],
    [84935, 80367, 72122, 79259, 99806, 87362, 81579, 71103, 70001, 69007, 63203, 52638, 46087, 40887, 32604, 28399,
     21625, 13021, 7355],
)  # fmt: skip


@pytest.mark.parametrize(
    ("ages", "level", "published"),
    [
        (FEW, 0.95, (8283.015873015873, 6570.818797803672, 10289.647638821614)),
        (FEW, 0.998, (8283.015873015873, 5709.72192610624, 11530.098867867348)),
        (MANY, 0.95, (464.91565132391906, 450.6883093326188, 479.4689343041292)),
        (MANY, 0.998, (464.91565132391906, 442.63456227474614, 487.9499776897795)),
    ],
)
def test_standardised_rates_are_those_of_pheindicatormethods(
    ages: tuple[list[int], list[int]], level: float, published: tuple[float, ...]
) -> None:
    found = standardised_rate(*ages, ESP2013, level)
    per = 100_000
    assert (found.rate * per, found.low * per, found.high * per) == pytest.approx(published, rel=1e-8)


@pytest.mark.parametrize(
    ("count", "level", "byar"),
    [
        (65, 0.95, (50.16318771045943, 82.84913854593984)),
        (1045, 0.95, (982.5932018073325, 1110.33121298565)),
        (65, 0.998, (42.8802614714802, 94.000290844318)),
        (10, 0.998, (2.916318374695686, 24.19372492788055)),
    ],
)
def test_byars_limits_are_those_of_pheindicatormethods(count: int, level: float, byar: tuple[float, float]) -> None:
    limits = byar_interval(count, level)
    assert (limits.low, limits.high) == pytest.approx(byar, rel=1e-8)


@pytest.mark.parametrize(
    ("count", "exact"),
    [
        (1, (0.025317807984289897, 5.571643390938898)),
        (10, (4.7953886961324335, 18.39035604201778)),
        (65, (50.16562772923427, 82.84783581587158)),
        (1045, (982.593709411132, 1110.3307766118824)),
    ],
)
def test_exact_limits_are_those_of_pheindicatormethods(count: int, exact: tuple[float, float]) -> None:
    limits = poisson_interval(count)
    assert (limits.low, limits.high) == pytest.approx(exact, rel=1e-8)


def test_a_rate_standardised_to_its_own_people_is_the_crude_rate() -> None:
    counts, people = MANY
    found = standardised_rate(counts, people, people)
    assert found.rate == pytest.approx(sum(counts) / sum(people))
    limits = byar_interval(sum(counts))
    assert (found.low, found.high) == pytest.approx((limits.low / sum(people), limits.high / sum(people)))


@pytest.mark.parametrize(
    ("counts", "people", "standard"),
    [([1], [10, 10], [1, 1]), ([1, 2], [10, 0], [1, 1]), ([0, 0], [10, 10], [1, 1]), ([], [], [])],
)
def test_ages_that_do_not_fit_have_no_standardised_rate(
    counts: list[int], people: list[int], standard: list[int]
) -> None:
    with pytest.raises(ValueError, match="ages"):
        standardised_rate(counts, people, standard)
