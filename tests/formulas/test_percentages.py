"""Which bases can published percentages have?"""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest

from rakelab.formulas import fits, possible_bases
from rakelab.formulas.percentages import is_mean, mean_fits

#: Sirkkulanpuisto's survey, whole percentages published of about 20 to 27 answers.
PUBLISHED = (72, 32, 8, 48, 28, 16)


def test_the_six_percentages_fit_only_twenty_five() -> None:
    """Also of all bases from 1 to 27, not only of 20 … 27; the next is 50."""
    assert possible_bases(PUBLISHED, largest=27) == (25,)
    assert possible_bases(PUBLISHED)[:3] == (25, 50, 75)
    assert possible_bases(PUBLISHED, largest=25) == (25,)


def test_their_counts() -> None:
    assert [fits(percent, 25) for percent in PUBLISHED] == [(18,), (8,), (2,), (12,), (7,), (4,)]


def test_one_changed_percentage_fits_nothing() -> None:
    assert possible_bases((73, *PUBLISHED[1:]), largest=27) == ()


@pytest.mark.parametrize("decimals", [0, 1])
@pytest.mark.parametrize("n", [1, 7, 8, 16, 40, 61, 340])
def test_every_share_fits_what_rounding_makes_of_it(n: int, decimals: int) -> None:
    step = Decimal(1).scaleb(-decimals)
    told: dict[Decimal, set[int]] = {}
    for k in range(n + 1):
        for way in (ROUND_HALF_UP, ROUND_HALF_EVEN):
            told.setdefault((Decimal(100 * k) / n).quantize(step, way), set()).add(k)
    for i in range(100 * 10**decimals + 1):
        percent = Decimal(i).scaleb(-decimals)
        assert set(fits(percent, n, decimals)) == told.get(percent, set())


def test_a_half_may_go_up_or_to_the_even() -> None:
    """1 of 8 is 12.5: 13 by the school's rule, 12 to the even. 3 of 8 is 37.5: 38 by both."""
    assert [fits(percent, 8) for percent in (12, 13, 37, 38)] == [(1,), (1,), (), (3,)]


@pytest.mark.parametrize("percent", [12.5, "12.5", Decimal("12.5")])
def test_a_percentage_as_it_is_written(percent: object) -> None:
    assert fits(percent, 8, 1) == (1,)


def test_many_counts_fit_a_large_base() -> None:
    assert fits(50, 1000) == tuple(range(495, 506))  # 50.5 goes to the even 50 by one of the rules


def test_from_a_hundred_on_everything_fits() -> None:
    for n in (100, 101, 137):
        assert all(fits(percent, n) for percent in range(101))


@pytest.mark.parametrize("percent", [-1, 101])
def test_no_share_is_below_none_or_above_all(percent: int) -> None:
    assert fits(percent, 25) == ()


def test_more_decimals_than_stated() -> None:
    with pytest.raises(ValueError):
        fits(12.5, 8)


def test_a_base_of_nobody() -> None:
    with pytest.raises(ValueError):
        fits(0, 0)


@pytest.mark.parametrize("decimals", [1, 2])
@pytest.mark.parametrize("n", [7, 16, 25, 40])
def test_the_means_of_whole_answers_are_those_that_sums_give(n: int, decimals: int) -> None:
    step = Decimal(1).scaleb(-decimals)
    rounded = (ROUND_HALF_UP, ROUND_HALF_EVEN)
    possible = {(Decimal(total) / n).quantize(step, rounding=way) for total in range(n, 5 * n + 1) for way in rounded}
    for steps in range(10**decimals, 5 * 10**decimals + 1):
        mean = Decimal(steps).scaleb(-decimals)
        assert mean_fits(mean, n, decimals) == (mean in possible)


def test_a_mean_of_nobody() -> None:
    with pytest.raises(ValueError):
        mean_fits("3.2", 0, 1)


def test_the_mean_of_a_total() -> None:
    """Published: 6,210 visits of 143 users, 16 on average."""
    assert not is_mean(16, 6210, 143)
    assert is_mean(43, 6210, 143)
    assert is_mean("43.4", 6210, 143, 1)
    assert is_mean("12.5", 25, 2, 1)
    assert is_mean(13, 25, 2)
    assert is_mean(12, 25, 2)
