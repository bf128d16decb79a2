"""Against R's poisson.test (its own examples) and limits that can be written down."""

from math import log

import pytest

from rakelab.formulas import Ratio, poisson_interval, rate_ratio


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
