"""Counting possibilities is exact: the same as trying every way in which people can answer."""

from itertools import combinations_with_replacement

import numpy as np
import pytest

from .points import Counter, Scale, Told, settled, settled_of_few, sums

FIVE = Scale(1, 5)


def counter(told: Told, centre: int, scale: Scale = FIVE) -> tuple[Counter, set[tuple[int, int]]]:
    pairs = told.pairs(centre)
    points = [d - centre for d in scale.points()]
    return Counter(points, told.n, max((square for _, square in pairs), default=0)), pairs


@pytest.mark.parametrize("seed", range(12))
def test_agrees_with_trying_every_way(seed: int) -> None:
    random = np.random.default_rng(seed)
    n = int(random.integers(3, 8))
    answers = random.integers(1, 6, size=n)
    told = Told(n, round(answers.mean(), 1), round(answers.std(ddof=1), 1), 0.05 + 1e-9)
    made, pairs = counter(told, centre := round(told.mean))
    fits = [
        np.array(way)
        for way in combinations_with_replacement(range(1, 6), n)
        if abs(np.mean(way) - told.mean) <= told.error and abs(np.std(way, ddof=1) - told.sd) <= told.error
    ]
    for value in range(1, 6):
        assert made.counts(value - centre, pairs) == {int((way == value).sum()) for way in fits}


def test_one_person_who_changed_a_little_is_settled_on_any_scale() -> None:
    wide = Scale(-100, 100)
    made, pairs = counter(Told(6, 0.17, 0.41, 0.005), 0, wide)
    assert settled(made, pairs, 5) == {0: 5, 1: 1}


def test_a_rounder_number_leaves_more_open() -> None:
    made, pairs = counter(Told(6, 0.2, 0.4, 0.05), 0, Scale(-10, 10))
    assert settled(made, pairs, 5) == {0: 5, 1: 1}
    made, pairs = counter(Told(30, 0.2, 0.9, 0.05), 0, Scale(-10, 10))
    assert settled(made, pairs, 5) == {}


def test_everybody_the_same_is_settled() -> None:
    made, pairs = counter(Told(8, 4.0, 0.0, 0.005), 4)
    assert settled(made, pairs, 5) == {0: 8}


def test_those_known_to_be_elsewhere_are_no_small_rest() -> None:
    made, pairs = counter(Told(8, 4.0, 0.0, 0.005), 4)
    assert settled(made, pairs, 5, others=13) == {}


def test_the_ages_of_three_people_follow_from_a_mean_and_a_deviation() -> None:
    ages = np.array([21, 35, 48])
    told = Told(3, round(ages.mean(), 1), round(ages.std(ddof=1), 1), 0.05)
    made, pairs = counter(told, 35, Scale(15, 110))
    assert settled_of_few(made, pairs) == {-14: 1, 0: 1, 13: 1}


def test_halves_are_points_of_a_finer_scale() -> None:
    assert list(Scale(1, 2, 0.25).points()) == [4, 5, 6, 7, 8]
    assert Scale(1, 5, 0.5).steps(2.5) == 5


def test_sums_of_two_groups() -> None:
    assert sums({(1, 1), (2, 4)}, {(0, 2)}) == {(1, 3), (2, 6)}


def test_what_nobody_can_have_is_left_out() -> None:
    made = Counter([-1, 0, 1], 2, 9)
    assert made.possible({(2, 2), (3, 9), (0, 0)}) == {(2, 2), (0, 0)}


@pytest.mark.parametrize("seed", range(6))
def test_how_many_are_beyond_a_limit_agrees_with_trying_every_way(seed: int) -> None:
    random = np.random.default_rng(seed)
    answers = random.integers(1, 6, size=6)
    told = Told(6, round(answers.mean(), 1), round(answers.std(ddof=1), 1), 0.05 + 1e-9)
    made, pairs = counter(told, centre := round(told.mean))
    fits = [
        np.array(way)
        for way in combinations_with_replacement(range(1, 6), 6)
        if abs(np.mean(way) - told.mean) <= told.error and abs(np.std(way, ddof=1) - told.sd) <= told.error
    ]
    beyond = [value - centre for value in (4, 5)]
    assert made.counts_among(beyond, pairs) == {int((way >= 4).sum()) for way in fits}
