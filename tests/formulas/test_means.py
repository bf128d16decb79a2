"""Against R's printed output (data: sleep, Student 1908)."""

from math import sqrt

import numpy as np
import pytest
from scipy import stats

from rakelab.formulas import means, standardised_change, summary

from .sleep import FIRST, SECOND


def test_standardised_change_is_the_mean_over_the_spread_of_the_changes() -> None:
    """Sleep (Student 1908): t is 4.0621 in R, and the standardised change of ten is t / √10."""
    changes = np.subtract(SECOND, FIRST)
    found = standardised_change(changes.mean(), changes.std(ddof=1), 10)
    assert found == pytest.approx(4.0621 / sqrt(10), abs=2e-5)


@pytest.mark.parametrize(("sd", "n"), [(0.0, 10), (1.0, 1)])
def test_no_standardised_change(sd: float, n: int) -> None:
    assert standardised_change(1.0, sd, n) is None


def test_moments_of_counted_answers() -> None:
    """Skewness is that of a sample (G1), as SAS and SPSS print it."""
    found = summary(np.array([1.0, 2.0, 3.0, 7.0]), np.array([1, 2, 1, 1]))
    values = [1, 2, 2, 3, 7]
    assert (found.mean, found.sd, found.n) == pytest.approx((3.0, np.std(values, ddof=1), 5))
    assert found.skewness == pytest.approx(stats.skew(values, bias=False))
    assert summary(np.array([2.0]), np.array([9])).skewness == 0


def test_plain_numbers_come_out() -> None:
    assert means.two_sided(0.0, 5) == 1.0
