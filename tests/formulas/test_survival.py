"""Against a curve counted by hand, statsmodels' own limits, and lifelines 0.30.3 on published data."""

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from rakelab.formulas import Median, median_time

# Weeks in remission, Freireich et al. (1963): 6-MP (False: still in remission) and placebo.
TREATED = (6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35)
RELAPSED = (1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0)
PLACEBO = (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)


def test_six_notifications_by_hand() -> None:
    """Answered on days 2, 5, 7 and 9, waiting since 3 and 8 days: 5/6, 5/6 · 3/4 = 0.625, · 2/3 = 0.417 on day 7."""
    found = median_time([2, 3, 5, 7, 8, 9], [True, False, True, True, False, True])
    assert (found.median, found.n, found.events) == (7, 6, 4)
    assert (found.low, found.high) == (2, None)  # the curve ends at zero: no test there


@pytest.mark.parametrize(
    ("days", "observed", "expected"),
    [
        (TREATED, RELAPSED, (23, 13, None)),
        (PLACEBO, (1,) * 21, (8, 4, 11)),
        # Acute myelogenous leukaemia, Miller (1997), p. 49; R's survival::aml
        ((9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161), (1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0), (31, 13, None)),
        ((5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45), (1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1), (23, 5, 33)),
    ],
)
def test_median_is_lifelines(days: tuple, observed: tuple, expected: tuple) -> None:
    """lifelines 0.30.3: median_survival_times(confidence_interval_), exponential Greenwood."""
    found = median_time(days, observed)
    assert (found.median, found.low, found.high) == expected


@pytest.mark.parametrize("seed", [0, 1, 2, 4, 5])
def test_median_is_statsmodels(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ends, looks = np.ceil(rng.exponential(20, 40)), np.ceil(rng.uniform(5, 60, 40))
    days, observed = np.minimum(ends, looks), ends <= looks
    curve = SurvfuncRight(days, observed.astype(int))
    with np.errstate(all="ignore"):
        expected = (curve.quantile(0.5), *curve.quantile_ci(0.5, method="cloglog"))
    assert not np.isclose(curve.surv_prob, 0.5).any()  # there it does not take the middle
    found = median_time(days, observed)
    assert (found.median, found.low, found.high) == expected


def test_where_exactly_half_wait_the_median_is_the_middle() -> None:
    """As the median of all values; in binary a product of shares may miss one half by its last digit."""
    assert median_time(range(1, 11), [True] * 10).median == 5.5
    for n in range(2, 60, 2):
        assert median_time(range(1, n + 1), [True] * n).median == np.median(range(1, n + 1))


def test_exactly_half_until_the_last_look() -> None:
    """R's survfit prints the day on which half had their answer, where the curve falls no further."""
    assert median_time([2, 4, 9, 9], [True, True, False, False]).median == 4


def test_days_with_a_look_only_do_not_end_the_middle() -> None:
    """Half wait from day 3 to day 8; somebody was seen waiting on day 5. survfit(Surv(c(2,3,5,8), c(1,1,0,1))): 5.5."""
    assert median_time([2, 3, 5, 8], [True, True, False, True]).median == 5.5


def test_half_never_had_an_answer() -> None:
    found = median_time([3, 4, 9, 9, 9, 9], [True, True, False, False, False, False])
    assert (found.median, found.high, found.events) == (None, None, 2)


@pytest.mark.parametrize("days", [[], [3], [3, 8]])
def test_nobody_had_an_answer(days: list[int]) -> None:
    assert median_time(days, [False] * len(days)) == Median(None, None, None, len(days), 0)


def test_all_on_one_day_tells_no_limits() -> None:
    assert median_time([5] * 10, [True] * 10) == Median(5, None, None, 10, 10)
