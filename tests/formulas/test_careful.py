"""Careful intervals and tests: R's t with the degrees of freedom that they count on, and Hall's cubic by hand."""

from math import sqrt

import numpy as np
import pytest
from scipy import stats

from rakelab.formulas import Summary, careful_difference, careful_mean, summary
from rakelab.formulas.careful import largest_p

from .sleep import FIRST, SECOND

CHANGES = np.subtract(SECOND, FIRST)


def of(values: object) -> Summary:
    return summary(*np.unique(np.asarray(values, dtype=float), return_counts=True))


def test_a_mean_has_two_thirds_of_students_degrees_of_freedom() -> None:
    """Sleep (Student 1908): 1.58 and t = 4.0621 in R; t(0.975) of six degrees of freedom is 2.446912 in its tables."""
    found = careful_mean(of(CHANGES))
    assert (found.difference, found.t, found.df) == pytest.approx((1.58, 4.0621, 6), abs=1e-4)
    half = 2.446912 * np.std(CHANGES, ddof=1) / sqrt(10)
    assert (found.low, found.high) == pytest.approx((1.58 - half, 1.58 + half), abs=1e-6)


def test_a_difference_has_those_of_the_smaller_group() -> None:
    """t.test(extra ~ group, data = sleep): t = -1.8608 (1 less 2); of nine degrees of freedom t(0.975) is 2.262157."""
    found = careful_difference(of(FIRST), of([*SECOND, *SECOND]))
    assert found.df == 9
    alike = careful_difference(of(FIRST), of(SECOND))
    assert (alike.difference, alike.t) == pytest.approx((1.58, 1.8608), abs=1e-4)
    assert (alike.low, alike.high) == pytest.approx(
        (1.58 - 2.262157 * 1.58 / 1.8608, 1.58 + 2.262157 * 1.58 / 1.8608), abs=1e-4
    )


def test_a_difference_is_the_second_less_the_first() -> None:
    there, back = careful_difference(of(FIRST), of(SECOND)), careful_difference(of(SECOND), of(FIRST))
    assert (there.difference, there.low, there.high, there.p) == pytest.approx(
        (-back.difference, -back.high, -back.low, back.p)
    )


def test_skewness_is_taken_back_by_halls_cubic() -> None:
    """t = −3 of sixteen people with G1 = 2: γ = 2 / 4 + √6 / 32 = 0.5765, T = −3 + 3γ − γ² + γ / 6 = −1.5068."""
    found = careful_mean(Summary(-3.0, 4.0, 16, 2.0))
    assert found.t == pytest.approx(-3)
    assert found.p == pytest.approx(2 * stats.t.sf(1.5068, 10), abs=1e-4)


@pytest.mark.parametrize("skewness", [-2.0, -0.5, 0.0, 0.5, 2.0])
@pytest.mark.parametrize("mean", [-3.0, -1.0, 0.5, 2.5])
def test_a_test_never_finds_more_than_t_and_an_interval_knows_no_skewness(mean: float, skewness: float) -> None:
    found, plain = careful_mean(Summary(mean, 4.0, 16, skewness)), careful_mean(Summary(mean, 4.0, 16))
    assert (found.p or 0) >= 2 * stats.t.sf(abs(mean), 10) - 1e-12
    assert (found.low, found.high) == (plain.low, plain.high)


def test_a_few_far_out_on_the_other_side_are_reckoned_with() -> None:
    """A fall whose few exceptions lie far above is less sure than its mirror; a rise by those few is as sure as t."""
    fall, rise = (careful_mean(Summary(mean, 4.0, 16, 1.5)).p or 0 for mean in (-3.0, 3.0))
    assert fall > rise


def test_both_groups_skewness_counts_with_its_sign() -> None:
    """Two groups skewed alike and as large take each other back."""
    skewed = careful_difference(Summary(0.0, 1.0, 20, 2.0), Summary(1.0, 1.0, 20, 2.0))
    plain = careful_difference(Summary(0.0, 1.0, 20), Summary(1.0, 1.0, 20))
    assert skewed.p == pytest.approx(plain.p)
    opposite = careful_difference(Summary(0.0, 1.0, 20, 2.0), Summary(1.0, 1.0, 20, -2.0))
    assert (opposite.p or 0) > (plain.p or 0) or (opposite.p or 0) == pytest.approx(plain.p)


@pytest.mark.parametrize("one", [Summary(2.0, 0.0, 5), Summary(2.0, 1.0, 1)])
def test_nothing_where_nothing_varies_or_one_person_is(one: Summary) -> None:
    for found in (careful_mean(one), careful_difference(Summary(1.0, 0.0, 5), one)):
        assert (found.low, found.high, found.t, found.df, found.p) == (None,) * 5


@pytest.mark.parametrize("mean", [-12.0, -3.0, 1.0, 8.0, 10.0])
def test_the_largest_p_is_that_of_the_least_lucky_skewness(mean: float) -> None:
    """Also such as no sixteen people have."""
    found = [careful_mean(Summary(mean, 4.0, 16, i / 20)) for i in range(-400, 401)]
    assert max(one.p or 0 for one in found) == pytest.approx(largest_p(mean, 10), rel=1e-3)
