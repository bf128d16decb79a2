"""What could be shown instead: the merge that frees most cells, and never a number of people."""

from dataclasses import fields

import pytest
from spec import one_way, two_way

from rakelab.cells import Advice, Tally
from rakelab.protect import protect
from rakelab.protect.advice import advise


def advised(tally: Tally) -> Advice | None:
    (table,) = protect([tally]).values()
    return advise(table)


def test_the_levels_with_most_hidden_cells() -> None:
    assert advised(two_way([[3, 40, 4, 50], [4, 50, 3, 50], [60, 40, 60, 50]])) == Advice("h", ("1", "3"))


def test_groups_can_be_merged_too() -> None:
    table = two_way([[3, 3, 40], [4, 4, 40], [4, 4, 40], [3, 3, 50]])
    assert advised(table) == Advice("h", ("1", "2"))


def test_neighbours_only_where_the_order_means_something() -> None:
    counts = {"a": 3, "b": 30, "c": 3, "d": 40}
    assert advised(one_way("v", counts)) == Advice("v", ("a", "c"))
    assert advised(one_way("v", counts, ordered=True)) == Advice("v", ("a", "b"))


def test_missing_is_merged_with_nothing() -> None:
    counts = {"a": 3, "b": 30, "c": 4, "d": 40, "tyhja": 9}
    assert advised(one_way("v", counts, missing=("tyhja",))) == Advice("v", ("a", "c"))
    assert advised(one_way("v", {"a": 3, "tyhja": 3}, missing=("tyhja",))) is None


def test_options_of_a_multiple_choice_are_not_merged() -> None:
    assert advised(one_way("v", {"a": 3, "b": 3}, base=30, multiple=True)) is None


def test_opposite_answers_are_merged_with_nothing() -> None:
    counts = {"positiivinen": 3, "negatiivinen": 4, "muu": 30, "ei_tiedossa": 40}
    assert advised(one_way("v", counts)) == Advice("v", ("muu", "ei_tiedossa")) or advised(one_way("v", counts)) is None
    assert advised(one_way("v", {"kylla": 3, "ei": 3})) is None
    assert advised(one_way("v", {"positiivinen": 3, "negatiivinen": 4, "muu": 3})) is None


@pytest.mark.parametrize(("levels", "hidden"), [("abcde", "ab"), ("abcde", "de"), ("abcd", "ab"), ("abcd", "cd")])
def test_two_of_one_side_of_a_scale_are_merged(levels: str, hidden: str) -> None:
    counts = {level: 3 if level in hidden else 50 for level in levels}
    assert advised(one_way("v", counts, ordered=True)) == Advice("v", tuple(hidden))


@pytest.mark.parametrize("levels", ["abcde", "abcd", "abc"])
def test_the_middle_of_a_scale_is_merged_with_nothing_and_no_one_side_with_the_other(levels: str) -> None:
    half = len(levels) // 2
    for hidden in range(len(levels) - 1):
        counts = {level: 3 if i in (hidden, hidden + 1) else 50 for i, level in enumerate(levels)}
        found = advised(one_way("v", counts, ordered=True))
        sides = (set(levels[:half]), set(levels[len(levels) - half :]))
        assert found is None or any(set(found.levels) <= side for side in sides)


def test_nothing_hidden_and_no_advice() -> None:
    assert advised(one_way("v", {"a": 30, "b": 40})) is None
    assert advised(one_way("v", {"a": 30, "b": 40, "c": 50, "d": 60})) is None


def test_advice_follows_from_what_is_published() -> None:
    """One person, or four, in the hidden cells: the same page, the same advice."""
    few, more = two_way([[1, 2, 20], [2, 1, 20], [30, 40, 50]]), two_way([[2, 1, 20], [1, 2, 20], [30, 40, 50]])
    (first,), (second,) = protect([few]).values(), protect([more]).values()
    assert first.cells == second.cells
    assert advise(first) == advise(second) is not None


@pytest.mark.parametrize(("counts", "given"), [([[3, 4, 3], [4, 3, 4]], True), ([[30, 40, 30], [40, 30, 40]], False)])
def test_advice_comes_with_a_page_of_hidden_cells_only(counts: list[list[int]], given: bool) -> None:
    table = protect([two_way(counts)])["t_v_h"]
    assert (table.advice is not None) == given
    assert table.too_few == given


def test_advice_tells_no_number() -> None:
    assert [one.name for one in fields(Advice)] == ["variable", "levels"]
