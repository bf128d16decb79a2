"""Against R's printed output (data: sleep, Student 1908) and MBESS (Kelley 2007)."""

from math import sqrt

import numpy as np
import pytest

from rakelab.formulas import Interval, Summary, means, standardised_change, t_interval, welch

from .sleep import FIRST, SECOND


def summary(values: tuple[float, ...]) -> Summary:
    return Summary(float(np.mean(values)), float(np.std(values, ddof=1)), len(values))


def test_welch_is_r() -> None:
    """t.test(extra ~ group, data = sleep): t = -1.8608, df = 17.776, p = 0.07939, -3.3654832 0.2054832 (1 less 2)."""
    found = welch(summary(FIRST), summary(SECOND))
    assert (found.low, found.high) == pytest.approx((-0.2054832, 3.3654832), abs=1e-7)
    assert (found.t, found.df, found.p) == pytest.approx((1.8608, 17.776, 0.07939), abs=5e-4)
    assert found.difference == pytest.approx(2.33 - 0.75)


def test_welch_is_the_second_less_the_first() -> None:
    there, back = welch(summary(FIRST), summary(SECOND)), welch(summary(SECOND), summary(FIRST))
    assert (there.difference, there.low, there.high, there.p) == pytest.approx(
        (-back.difference, -back.high, -back.low, back.p)
    )


def test_one_group_without_spread_has_the_other_s() -> None:
    found = welch(Summary(1.0, 0.0, 5), Summary(2.0, 1.0, 16))
    alone = t_interval(2.0, 1.0, 16)
    assert found.df == pytest.approx(15)
    assert (found.low, found.high) == pytest.approx((alone.low - 1, alone.high - 1))


@pytest.mark.parametrize("second", [Summary(2.0, 0.0, 5), Summary(2.0, 1.0, 1)])
def test_no_interval_where_nothing_varies_or_one_person_is(second: Summary) -> None:
    found = welch(Summary(1.0, 0.0, 5), second)
    assert (found.difference, found.low, found.high, found.t, found.df, found.p) == (1.0, *[None] * 5)


def test_t_interval_is_r() -> None:
    """t.test(c(0.7, …)): the changes of sleep, 0.7001142 2.4598858."""
    changes = np.subtract(SECOND, FIRST)
    found = t_interval(changes.mean(), changes.std(ddof=1), 10)
    assert (found.low, found.high) == pytest.approx((0.7001142, 2.4598858), abs=1e-7)
    wider = t_interval(0.0, sqrt(10), 10, level=0.99)
    assert wider.high == pytest.approx(3.249836, abs=1e-6)  # the tables' t of nine degrees of freedom


@pytest.mark.parametrize(("sd", "n"), [(0.0, 10), (1.0, 1)])
def test_no_interval_of_a_mean(sd: float, n: int) -> None:
    assert t_interval(3.0, sd, n) == Interval(None, None)


def test_standardised_change_is_the_mean_over_the_spread_of_the_changes() -> None:
    """Sleep (Student 1908): t is 4.0621 in R, and the standardised change of ten is t / √10."""
    changes = np.subtract(SECOND, FIRST)
    found = standardised_change(changes.mean(), changes.std(ddof=1), 10)
    assert found == pytest.approx(4.0621 / sqrt(10), abs=2e-5)


@pytest.mark.parametrize(("sd", "n"), [(0.0, 10), (1.0, 1)])
def test_no_standardised_change(sd: float, n: int) -> None:
    assert standardised_change(1.0, sd, n) is None


def test_plain_numbers_come_out() -> None:
    found = welch(Summary(np.float64(1), np.float64(2), 9), Summary(np.float64(1), np.float64(2), 9))
    assert {type(value) for value in vars(found).values()} == {float}
    assert means.two_sided(0.0, 5) == 1.0
