"""Against pingouin 0.7.0, R's cocron formula, and the sentence of Jacobson & Truax."""

import numpy as np
import pytest

from rakelab.formulas import Interval, cronbach_alpha, feldt_interval, reliable_change

NAN = float("nan")
ITEMS = [
    [4, 5, 4, 3], [2, 3, 2, 2], [5, 5, 4, 5], [3, 3, NAN, 4], [1, 2, 1, 2], [4, 4, 5, 4],
    [3, 2, 3, 3], [5, 4, 5, 5], [2, 2, 3, 1], [4, 3, 4, 4], [NAN, 4, 4, 4], [3, 4, 3, 2],
]  # fmt: skip


def test_alpha_is_pingouin() -> None:
    """pingouin 0.7.0: cronbach_alpha(items, nan_policy="listwise") gives 0.9256987048398091."""
    assert cronbach_alpha(ITEMS) == pytest.approx(0.9256987048398091, abs=1e-12)


def test_alpha_counted_by_hand() -> None:
    """Items 1 2 3 and 2 3 5: variances 1 and 7/3, of the sums 3 5 8 19/3; 2 · (1 − (10/3)/(19/3)) = 18/19."""
    assert cronbach_alpha([[1, 2], [2, 3], [3, 5]]) == pytest.approx(18 / 19)


def test_alpha_can_be_negative() -> None:
    assert cronbach_alpha([[1, 3], [2, 1], [3, 2], [1, 3]]) < 0


@pytest.mark.parametrize(
    "items",
    [
        [[1, 2, 3]],
        [[1], [2], [3]],
        [[3, 3], [3, 3]],
        [[1, 2], [2, 1]],
        [[1, NAN], [NAN, 2], [1, 2]],
        [],
        np.empty((0, 4)),
    ],
    ids=["one person", "one item", "all alike", "sums alike", "one complete row", "nothing", "no rows"],
)
def test_no_alpha(items: list[list[float]]) -> None:
    assert cronbach_alpha(items) is None


def test_feldt_by_the_table_of_f() -> None:
    """n = 41, k = 2: F(40, 40) at 97.5 % is 1.8752 in the tables, and its other tail is one over that."""
    found = feldt_interval(0.8, 41, 2)
    assert (found.low, found.high) == pytest.approx((1 - 0.2 * 1.8752, 1 - 0.2 / 1.8752), abs=1e-5)


def test_feldt_is_wider_with_fewer_people() -> None:
    few, many = feldt_interval(0.8, 10, 10), feldt_interval(0.8, 61, 10)
    assert few.low < many.low < 0.8 < many.high < few.high


@pytest.mark.parametrize(("alpha", "n", "k"), [(1.0, 10, 5), (0.8, 1, 5), (0.8, 10, 1)])
def test_no_feldt(alpha: float, n: int, k: int) -> None:
    assert feldt_interval(alpha, n, k) == Interval(None, None)


def test_reliable_change() -> None:
    """Jacobson & Truax (1991): sd 10, reliability 0.80: the standard error of a difference is 6.32."""
    assert reliable_change(0.80, 10) / 1.96 == pytest.approx(6.32, abs=5e-3)
    assert reliable_change(1.0, 10) == 0


@pytest.mark.parametrize(("reliability", "sd"), [(1.1, 10), (-0.1, 10), (0.8, -1)])
def test_reliable_change_of_nonsense(reliability: float, sd: float) -> None:
    with pytest.raises(ValueError):
        reliable_change(reliability, sd)
