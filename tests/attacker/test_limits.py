"""What the ends of an interval tell beside a mean: found where they close a count, and only there."""

import numpy as np
import pytest
from scipy import stats

from .limits import Limits, Place, allowed, limits_of
from .means import Leak
from .points import Scale
from .test_means import leaks, told

CLOSED = [2, -2, -2, 1, 0, -2, 1, 2, 2, -2]
CHANGE = Scale(-2, 2)


def with_limits(answers: list[int], step: float = 0.1) -> object:
    """The mean of a change with the ends of its interval, p and verdict."""
    released = told({"": answers}, variable="x_muutos")
    low, high = stats.t.interval(0.95, len(answers) - 1, np.mean(answers), stats.sem(answers))
    p = stats.ttest_1samp(answers, 0).pvalue
    (mean,) = released["tables"][0]["means"]
    mean["low"] = {"state": "shown", "value": np.floor(low / step) * step}
    mean["high"] = {"state": "shown", "value": np.ceil(high / step) * step}
    end = next((end for end in (0.001, 0.01, 0.05) if p < end), 1)
    judged = {"cells": ["x_muutos=vastattu"], "p": {"state": "shown", "value": end}, "beyond": p < 0.05, "family": 1}
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
    assert not allowed(limits, (pair[0] + 12, pair[1] + 40), Place(12, 0, 1.0, 0.1))
