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
    counts = {"a": 3, "b": 30, "tyhja": 9}
    assert advised(one_way("v", counts, missing=("tyhja",))) == Advice("v", ("a", "b"))
    assert advised(one_way("v", {"a": 3, "tyhja": 3}, missing=("tyhja",))) is None


def test_options_of_a_multiple_choice_are_not_merged() -> None:
    assert advised(one_way("v", {"a": 3, "b": 3}, base=30, multiple=True)) is None


def test_nothing_hidden_and_no_advice() -> None:
    assert advised(one_way("v", {"a": 30, "b": 40})) is None


def test_advice_follows_from_what_is_published() -> None:
    """One person, or four, in the hidden cells: the same page, the same advice."""
    few, more = two_way([[1, 2, 20], [2, 1, 20], [30, 40, 50]]), two_way([[2, 1, 20], [1, 2, 20], [30, 40, 50]])
    (first,), (second,) = protect([few]).values(), protect([more]).values()
    assert first.cells == second.cells
    assert advise(first) == advise(second) is not None


@pytest.mark.parametrize(("counts", "given"), [([[3, 4], [4, 3]], True), ([[30, 40], [40, 30]], False)])
def test_advice_comes_with_a_page_of_hidden_cells_only(counts: list[list[int]], given: bool) -> None:
    table = protect([two_way(counts)])["t_v_h"]
    assert (table.advice is not None) == given
    assert table.too_few == given


def test_advice_tells_no_number() -> None:
    assert [one.name for one in fields(Advice)] == ["variable", "levels"]
