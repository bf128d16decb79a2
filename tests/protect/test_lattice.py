"""What a mean with its deviation gives away, against every way there is of having them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations_with_replacement
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rakelab.cells import Grid
from rakelab.protect.lattice import Known, Rule, _shows, _Ways, gives_away
from rakelab.protect.means import step

Told = tuple[float, float]
FIVE = Grid(1.0, 0.0, 1.0, 5.0)


def told(answers: list[float], fine: float) -> Told:
    decimals = -round(np.log10(fine))
    return round(float(np.mean(answers)), decimals), round(float(np.std(answers, ddof=1)), decimals)


def ways(said: Told, fine: float, grid: Grid, rule: Rule) -> Iterator[tuple[float, ...]]:
    """Every way in which the people can have values of a bounded grid, one by one."""
    points = np.arange(round((grid.low - grid.origin) / grid.step), round((grid.high - grid.origin) / grid.step) + 1)
    points = grid.origin + grid.step * points
    every = np.array(list(combinations_with_replacement(points, rule.n)))
    low, high = max(said[0] - fine / 2, rule.between[0]), min(said[0] + fine / 2, rule.between[1])
    means, sds = every.mean(axis=1), every.std(axis=1, ddof=1)
    fits = (means > low - 1e-7) & (means < high + 1e-7) & (abs(sds - said[1]) < fine / 2 + 1e-7)
    for one in rule.known:
        count = ((every > one.low - 1e-6) & (every < one.high + 1e-6)).sum(axis=1)
        fits &= (count >= one.least) & (count <= one.most)
    return (tuple(one) for one in every[fits].round(6))


def settled(said: Told, fine: float, grid: Grid, rule: Rule) -> dict[float, int]:
    """Value → its only possible count, where that is small or leaves few elsewhere."""
    found = [{v: one.count(v) for v in one} for one in ways(said, fine, grid, rule)]
    assert found, "the truth itself must be one of the ways"
    counts = {value: {one.get(value, 0) for one in found} for value in {v for one in found for v in one}}
    single = {value: some.pop() for value, some in counts.items() if len(some) == 1}
    known = {round(one.low, 6) for one in rule.known if one.low == one.high and one.least == one.most}
    return {v: k for v, k in single.items() if v not in known and (0 < k < rule.threshold or _rest(k, rule))}


def exactly(counts: Mapping[float, int]) -> tuple[Known, ...]:
    return tuple(Known(value, value, n, n) for value, n in counts.items())


def _rest(k: int, rule: Rule) -> bool:
    return k > 0 and 0 < rule.n - k < rule.threshold


def agrees(answers: list[float], fine: float, grid: Grid, rule: Rule) -> None:
    """Whether it is told how many really have each value, from which other ways are looked for, or not."""
    said = told(answers, fine)
    expected = bool(settled(said, fine, grid, rule))
    with_counts = replace(rule, counts={value: answers.count(value) for value in answers})
    for one in (rule, with_counts):
        assert gives_away(said, fine, grid, one) == expected, (answers, said)


# --- every way is looked at -----------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=3, max_size=9), st.sampled_from([0.1, 0.01]), st.integers(3, 5))
def test_on_a_scale_of_five_it_says_what_all_ways_together_say(answers: list[int], fine: float, threshold: int) -> None:
    if len(set(answers)) > 1:
        agrees([float(one) for one in answers], fine, FIVE, Rule(len(answers), threshold))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=3, max_size=6), st.sampled_from([0.1, 0.01]))
def test_on_thirds_and_off_zero_as_well(steps: list[int], fine: float) -> None:
    """A prorated score: steps of a third, its lowest value not zero."""
    grid = Grid(1 / 3, 4 / 3, 0.0, 3.0)
    if len(set(steps)) > 1:
        agrees([one / 3 for one in steps], fine, grid, Rule(len(steps), 5))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=4, max_size=8), st.sets(st.sampled_from([1, 5]), min_size=1))
def test_counts_that_another_table_tells_are_reckoned_with(answers: list[int], ends: set[int]) -> None:
    if len(set(answers)) > 1:
        known = exactly({float(end): answers.count(end) for end in ends})
        agrees([float(one) for one in answers], 0.1, FIVE, Rule(len(answers), 5, known))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=4, max_size=8), st.floats(0, 0.04), st.floats(0, 0.04))
def test_limits_from_other_means_are_reckoned_with(answers: list[int], below: float, above: float) -> None:
    if len(set(answers)) > 1:
        mean = float(np.mean(answers))
        agrees([float(one) for one in answers], 0.1, FIVE, Rule(len(answers), 5, (), (mean - below, mean + above)))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([0, 0, 0, 1, 15, 29, 30, 30]), min_size=4, max_size=4))
def test_a_scale_of_many_values_is_no_cover_for_people_at_its_ends(answers: list[int]) -> None:
    if len(set(answers)) > 1:
        agrees([float(one) for one in answers], 0.1, Grid(1.0, 0.0, 0.0, 30.0), Rule(4, 5))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-2, 2), min_size=5, max_size=9), st.sampled_from([2, 3, 5]))
def test_what_sums_do_not_say_is_asked_of_each_way(changes: list[int], parts: int) -> None:
    """A statistic in classes: how many changed at all, modulo a few. Nothing is told that every way has in common."""
    grid, n = Grid(1.0, 0.0, -2.0, 2.0), len(changes)

    def group(way: Iterable[float]) -> int:
        return sum(1 for one in way if round(one)) // parts

    if len(set(changes)) > 1:
        said = told([float(one) for one in changes], 0.1)
        own = group(changes)
        counts = {float(one): changes.count(one) for one in changes}
        rule = Rule(n, 5, counts=counts, agrees=lambda values, way: group(np.repeat(values, way)) == own)
        fits = [one for one in ways(said, 0.1, grid, rule) if group(one) == own]
        shut = [v for v in set(map(float, changes)) if len({one.count(v) for one in fits}) == 1]
        small = [v for v in shut if counts[v] < 5 or 0 < n - counts[v] < 5]
        assert gives_away(said, 0.1, grid, rule) == bool(small)


# --- cases worked out by hand ---------------------------------------------------------------------------------


def test_one_who_differs_from_five_is_given_away() -> None:
    """3.2 and 0.4 of six people: only five threes and a four have them."""
    said = told([3, 3, 3, 3, 3, 4], 0.1)
    assert said == (3.2, 0.4)
    assert settled(said, 0.1, FIVE, Rule(6, 5)) == {3.0: 5, 4.0: 1}
    assert gives_away(said, 0.1, FIVE, Rule(6, 5))


def test_ordinary_answers_are_not() -> None:
    assert not gives_away(told([1, 2, 2, 3, 3, 3, 4, 4, 5, 5], 0.1), 0.1, FIVE, Rule(10, 5))


def test_what_another_table_tells_is_no_secret_of_the_mean() -> None:
    """Both values are told already; the mean adds nothing."""
    said = told([3, 3, 3, 3, 3, 4], 0.1)
    assert not gives_away(said, 0.1, FIVE, Rule(6, 5, exactly({3.0: 5, 4.0: 1})))


def test_counts_at_the_ends_can_close_a_mean_that_was_open() -> None:
    answers = [1, 4, 8, 8, 8]
    grid, said = Grid(1.0, 0.0, 0.0, 10.0), told([1, 4, 8, 8, 8], 0.1)
    assert not gives_away(said, 0.1, grid, Rule(5, 5))
    assert gives_away(said, 0.1, grid, Rule(len(answers), 5, exactly({0.0: 0, 10.0: 0})))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 7), min_size=4, max_size=6), st.integers(0, 7), st.sampled_from([0.1, 0.01]))
def test_counts_are_found_at_values_that_a_computer_does_not_hit(steps: list[int], off: int, fine: float) -> None:
    """Origin 7/3 less seven steps of a third is not quite zero in a computer; the count at zero holds all the same."""
    answers, grid = [one / 3 for one in steps], Grid(1 / 3, off / 3, 0.0, 7 / 3)
    known = exactly({end / 3: steps.count(end) for end in (0, 1, 7)})
    if len(set(steps)) > 1:
        agrees(answers, fine, grid, Rule(len(answers), 5, known))


def test_few_elsewhere_are_as_telling_as_few() -> None:
    """The one at four is told already; that the five others are all at three is not."""
    said = told([3, 3, 3, 3, 3, 4], 0.1)
    rule = Rule(6, 5, exactly({4.0: 1}))
    assert settled(said, 0.1, FIVE, rule) == {3.0: 5}
    assert gives_away(said, 0.1, FIVE, rule)


def test_a_limit_from_other_means_can_close_a_mean_that_was_open() -> None:
    """Two of sixteen at four: 3.1 and 0.3 leave one or two there; that the mean is 3.124 at least leaves two."""
    said = told([3.0] * 14 + [4.0] * 2, 0.1)
    assert said == (3.1, 0.3)
    assert not gives_away(said, 0.1, FIVE, Rule(16, 5))
    assert gives_away(said, 0.1, FIVE, Rule(16, 5, (), (3.124, inf)))
    assert not gives_away(said, 0.1, FIVE, Rule(16, 5, (), (-inf, 3.126)))


def test_one_at_the_top_of_a_hundred_steps_is_given_away() -> None:
    """Nine at 0 and one at 100: no other ten people are so far apart."""
    said = told([0.0] * 9 + [100.0], 0.1)
    assert said == (10.0, 31.6)
    assert gives_away(said, 0.1, Grid(1.0, 0.0, 0.0, 100.0), Rule(10, 5))
    assert not gives_away(told([0.0] * 8 + [40.0, 60.0], 0.1), 0.1, Grid(1.0, 0.0, 0.0, 100.0), Rule(10, 5))


def test_many_people_near_each_other_leave_many_ways() -> None:
    assert not gives_away((3.0, 0.8), 0.01, FIVE, Rule(400, 5))


def test_where_several_sums_are_possible_each_is_asked_by_itself() -> None:
    """Five at 0, one at 1, eight at 4: 2.4 and 2.0 have several sums, but this way only."""
    answers = [0.0] * 5 + [1.0] + [4.0] * 8
    rule = Rule(14, 5, counts={0.0: 5, 1.0: 1, 4.0: 8})
    assert told(answers, 0.1) == (2.4, 2.0)
    assert settled((2.4, 2.0), 0.1, Grid(1.0, 0.0, 0.0, 4.0), rule)
    assert gives_away((2.4, 2.0), 0.1, Grid(1.0, 0.0, 0.0, 4.0), rule)


def test_a_way_fits_where_its_squares_do() -> None:
    """1, 2 and 3 have the mean 2 and the deviation 1; three times 2 has no deviation."""
    ways = _Ways((2.0, 1.0), 0.05, FIVE, Rule(3, 5))
    assert ways.values.tolist() == [1, 2, 3]
    assert ways._fits(np.array([1, 1, 1]))
    assert not ways._fits(np.array([0, 3, 0]))
    assert not ways._fits(np.array([0, 2, 1]))


def test_nobody_is_farther_from_the_mean_than_the_distances_allow() -> None:
    """At most √2 · 1.4 from a mean of at most 2.05 (or 1.95): four can be, five not."""
    assert _Ways((2.0, 1.35), 0.05, FIVE, Rule(3, 5)).values.tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize("only", [None, *range(7)])
def test_none_of_several_sums_is_left_out(only: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several sums together let in a way that does not fit; one of them at most has a way of its own."""
    ways = _Ways((3.2, 0.4), 0.05, FIVE, Rule(6, 5))
    monkeypatch.setattr(_Ways, "_fits", lambda *_: False)
    monkeypatch.setattr(
        _Ways, "_way", lambda _, wanted, first, last: 0 * wanted if first < last or first == only else None
    )
    assert ways._closed(np.array([1, 0]), 1, 0, 6) == (only is None)


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        (Known(4.0, 4.0, 1, 1), [3.0]),
        (Known(4.0, 4.0, 0, 1), [3.0, 4.0]),
        (Known(3.0, 4.0, 6, 6), [3.0, 4.0]),
    ],
)
def test_only_a_value_whose_own_count_is_told_is_not_asked_about(known: Known, asked: list[float]) -> None:
    ways = _Ways((3.2, 0.4), 0.05, FIVE, Rule(6, 5, (known,), counts={3.0: 5, 4.0: 1}))
    assert [float(ways.values[i]) for i in ways.asked()] == asked


@pytest.mark.parametrize(("counts", "asked"), [((5, 7), []), ((5, 5), []), ((4, 7), [3.0, 4.0]), ((7, 4), [3.0, 4.0])])
def test_a_value_of_few_or_of_all_but_few_is_asked_about(counts: tuple[int, int], asked: list[float]) -> None:
    ways = _Ways((3.5, 0.5), 0.05, FIVE, Rule(sum(counts), 5, counts=dict(zip((3.0, 4.0), counts, strict=True))))
    assert [float(ways.values[i]) for i in ways.asked()] == asked


@pytest.mark.parametrize(("few", "most", "given"), [(1, 2, True), (1, 1, False), (2, 2, True)])
def test_so_many_values_are_looked_at(few: int, most: int, given: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six people at 30 and 40, on steps of ten: where one moves by a step it shows."""
    monkeypatch.setattr("rakelab.protect.lattice.FEW_VALUES", few)
    monkeypatch.setattr("rakelab.protect.lattice.MOST_VALUES", most)
    assert gives_away((31.7, 4.1), 0.1, Grid(10.0, 0.0, 0.0, 50.0), Rule(6, 5)) == given


def test_a_move_shows_while_people_times_the_square_of_the_rounding_in_steps_is_below_five() -> None:
    assert _shows(0.5, 19)
    assert not _shows(0.5, 20)


def test_a_rule_does_not_show_how_many_have_each_value() -> None:
    assert "7.25" not in repr(Rule(6, 5, counts={7.25: 3}))


def test_without_steps_nothing_is_settled() -> None:
    assert not gives_away((3.2, 0.4), 0.1, None, Rule(6, 5))


def test_a_scale_without_ends_is_bounded_by_the_deviation() -> None:
    assert gives_away((3.2, 0.4), 0.1, Grid(1.0), Rule(6, 5))
    assert Grid(1.0).high == inf


# --- how finely -----------------------------------------------------------------------------------------------


@given(st.floats(1e-6, 1e3), st.integers(2, 5000))
def test_a_step_is_a_tenth_or_a_hundredth_where_that_is_more_than_a_quarter_of_the_standard_error(
    sd: float, n: int
) -> None:
    found, error = step(sd, n), sd / n**0.5
    assert found in (0.1, 0.01)
    assert found == 0.01 or found <= error / 4 * (1 + 1e-9)
    assert found == 0.1 or 10 * found > error / 4 * (1 - 1e-9)


@pytest.mark.parametrize("sd", [0.0, 2e-16])
def test_without_spread_the_step_is_a_tenth(sd: float) -> None:
    assert step(sd, 11) == 0.1
