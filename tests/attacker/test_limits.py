"""What the ends of an interval tell beside a mean: found where they close a count, and only there."""

from math import sqrt

import numpy as np
import pytest
from scipy import stats

from .limits import Limits, Place, agrees, allowed, compatible, difference_of, limits_of, p_of_changes
from .means import Leak
from .points import Scale
from .test_means import leaks, told

CLOSED = [2, -2, -2, 1, 0, -2, 1, 2, 2, -2]
CHANGE = Scale(-2, 2)


def with_limits(answers: list[int], step: float = 0.1) -> object:
    """The mean of a change with the ends of its interval, p and verdict."""
    released = told({"": answers}, variable="x_muutos")
    low, high = stats.t.interval(0.95, (len(answers) - 1) / 1.5, np.mean(answers), stats.sem(answers))
    p, size = (
        p_of_changes({d: answers.count(d) for d in answers}),
        round(float(np.mean(answers) / np.std(answers, ddof=1)), 1),
    )
    (mean,) = released["tables"][0]["means"]
    mean["low"] = {"state": "shown", "value": np.floor(low / step) * step}
    mean["high"] = {"state": "shown", "value": np.ceil(high / step) * step}
    end = next((end for end in (0.001, 0.01, 0.05) if p < end), 1)
    judged = {"cells": ["x_muutos=vastattu"], "p": {"state": "shown", "value": end}, "beyond": p < 0.05, "family": 1}
    judged["size"] = {"state": "shown", "value": size}
    released["tables"][0]["judged"] = [judged]
    return released


def test_the_ends_close_a_count_that_the_mean_leaves_open() -> None:
    assert leaks(told({"": CLOSED}, variable="x_muutos"), CHANGE, "x_muutos") == []
    assert Leak("x_muutos=vastattu", "mean", 0.0, 1) in leaks(with_limits(CLOSED), CHANGE, "x_muutos")


def test_an_ordinary_change_stays_open() -> None:
    answers = [-2, -1, -1, 0, 0, 0, 0, 1, 1, 1, 2, 2, 0, 1]
    assert leaks(with_limits(answers), CHANGE, "x_muutos") == []


@pytest.mark.parametrize("seed", range(20))
def test_the_truth_is_always_allowed(seed: int) -> None:
    answers = np.random.default_rng(seed).integers(-2, 3, size=12).tolist()
    released = with_limits(answers)
    limits = limits_of(released["tables"][0], "x_muutos=vastattu")  # type: ignore[index]
    assert isinstance(limits, Limits)
    pair = (sum(answers), sum(one * one for one in answers))
    assert allowed(limits, pair, Place(12, 0, 1.0, 0.1))
    assert agrees(limits, {d: answers.count(d) for d in answers}, 1.0)
    assert not allowed(limits, (pair[0] + 12, pair[1] + 40), Place(12, 0, 1.0, 0.1))


def pair_of(answers: list[int]) -> tuple[int, int]:
    return sum(answers), sum(one * one for one in answers)


def test_a_difference_that_is_told_rules_out_other_means() -> None:
    """By hand: 1.5 and 2.5 of eight, variances 10 / 7: t of seven degrees of freedom times 0.598 is 1.41."""
    first, second = [1, 1, 2, 2, 0, 3, 0, 3], [2, 2, 3, 3, 1, 4, 1, 4]
    ends = {"low": {"value": -0.5}, "high": {"value": 2.5}, "p": {"value": 1}, "size": {"value": 1.0}}
    said = difference_of({**ends, "beyond": False, "family": 1})
    others = [pair_of(second), pair_of([one + 1 for one in second]), pair_of([3, 3, 3, 3, 1, 3, 3, 1])]
    places = (Place(8, 0, 1.0, 0.1), Place(8, 0, 1.0, 0.1))
    assert compatible(said, ([pair_of(first)], others), places).tolist() == [[True, False, False]]


def test_skewness_closes_what_the_sums_leave_open() -> None:
    """Of twelve changes with one sum and one sum of squares; only the skewed ones are within chance."""
    even, skewed = {0: 3, 1: 6, 2: 3}, {0: 2, 1: 9, 3: 1}
    assert pair_of([d for d, k in even.items() for _ in range(k)]) == (12, 18)
    assert pair_of([d for d, k in skewed.items() for _ in range(k)]) == (12, 18)
    p = [p_of_changes(way) for way in (even, skewed)]
    between = Limits(0, 0, (min(p), sum(p) / 2))
    assert [agrees(between, way, 1.0) for way in (even, skewed)] == [p[0] < p[1], p[1] < p[0]]


def test_a_few_far_out_make_a_fall_less_sure() -> None:
    """Most of sixteen fell a little, one rose much: scipy's skewness, and Hall's cubic as it stands in his paper."""
    answers = np.array([-2.0] * 7 + [-1.0] * 8 + [3.0])
    t = np.mean(answers) / stats.sem(answers)
    gamma = stats.skew(answers, bias=False) / 4 + sqrt(6) / 32
    turned = t + gamma * t**2 / 3 + gamma**2 * t**3 / 27 + gamma / 6
    found = p_of_changes({-2.0: 7, -1.0: 8, 3.0: 1})
    assert found == pytest.approx(2 * stats.t.sf(abs(turned), 10))
    assert found > 2 * stats.t.sf(abs(t), 10)
