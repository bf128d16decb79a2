"""Limits and signs of a series, against abspc 1.1.0 (NHS Making Data Count) on its own examples and by hand."""

import random

import pytest

from rakelab.formulas import course
from rakelab.formulas.course import Limits, Sign, Signal

#: The series of individual values in abspc's README, and what its ``calculate_control_limits`` gives for it.
PUBLISHED = [48, 52, 49, 55, 47, 51, 53, 50, 48, 54]


def test_limits_are_those_of_the_published_example():
    made = course.limits(PUBLISHED, enough=2)
    assert made.mean == pytest.approx(50.7)
    assert (made.high, made.low) == (pytest.approx(61.929314), pytest.approx(39.470686))


def signs(values, mean=50.0, sd=1.0):
    return [sign and (sign.signal, sign.up) for sign in course.signs(values, Limits(mean, sd))]


def test_each_sign_by_hand():
    """Within ±3: 53.1 is beyond; eight above the mean; six that fall; two of three between 52 and 53."""
    assert signs([50, 53.1, 50, 46.9]) == [None, (Signal.BEYOND, True), None, (Signal.BEYOND, False)]
    assert signs([50.5] * 7) == [None] * 7
    assert signs([50.5] * 8) == [(Signal.SHIFT, True)] * 8
    assert signs([52, 51, 50, 49, 48.5, 48.2]) == [(Signal.TREND, False)] * 6
    assert signs([52, 51, 50, 49, 48.5, 48.5]) == [None] * 6
    assert signs([52.5, 50.1, 52.5]) == [(Signal.NEAR, True), None, (Signal.NEAR, True)]
    assert signs([52.5, 49.9, 52.5]) == [None] * 3


def test_a_gap_ends_a_run_and_no_range_crosses_it():
    assert signs([50.5] * 4 + [None] + [50.5] * 7) == [None] * 12
    assert course.limits([0, 10, None, 100, 110], enough=2).sd == pytest.approx(10 / 1.128)


def test_a_short_or_a_constant_series():
    assert course.limits([1.0] * 11) is None
    still = course.limits([3.0] * 12)
    assert (still, course.signs([3.0] * 12, still)) == (Limits(3.0, 0.0), [None] * 12)
    assert course.signs([3.0] * 11 + [4.0], still)[-1] == Sign(Signal.BEYOND, True)


@pytest.mark.parametrize("points", [12, 24])
def test_few_points_of_a_series_in_which_nothing_changes_are_marked(points):
    rng, marked = random.Random(points), 0
    for _ in range(500):
        values = [rng.gauss(0, 1) for _ in range(points)]
        marked += sum(sign is not None for sign in course.signs(values, course.limits(values)))
    assert marked / (500 * points) < 0.04
