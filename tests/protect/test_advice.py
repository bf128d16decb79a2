"""What could be shown instead: the merge that frees most cells, and never a number of people."""

from dataclasses import fields, replace

import pytest
from spec import one_way, two_way

from rakelab.cells import Advice, Tally
from rakelab.protect import Policy, protect
from rakelab.protect.advice import advise


def advised(tally: Tally) -> Advice | None:
    return advise(tally, Policy())


def test_the_merge_that_frees_most() -> None:
    """a and b are small in both groups, and large enough together."""
    assert advised(two_way([[2, 2, 20], [3, 3, 20], [30, 40, 50]])) == Advice("v", ("a", "b"))


def test_groups_can_be_merged_too() -> None:
    assert advised(two_way([[3, 3, 40], [4, 4, 40], [4, 4, 40]])) == Advice("h", ("1", "2"))


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


def test_nothing_to_free_and_no_advice() -> None:
    assert advised(one_way("v", {"a": 30, "b": 40})) is None


def test_a_merge_that_frees_nothing_is_no_advice() -> None:
    """One + one is still small, and takes the place of two: the only merge left shows everything in one row."""
    assert advised(one_way("v", {"a": 30})) is None


@pytest.mark.parametrize(("counts", "given"), [([[3, 4], [4, 3]], True), ([[30, 40], [40, 30]], False)])
def test_advice_comes_with_a_page_of_hidden_cells_only(counts: list[list[int]], given: bool) -> None:
    table = protect([two_way(counts)])["t_v_h"]
    assert (table.advice is not None) == given
    assert table.too_few == given


def test_advice_tells_no_number() -> None:
    assert [one.name for one in fields(Advice)] == ["variable", "levels"]


def test_a_codebook_threshold_counts_in_advice() -> None:
    tally = one_way("v", {"a": 9, "b": 8, "c": 60, "d": 70})
    assert advised(tally) is None
    raised = replace(tally, variables={"v": replace(tally.variables["v"], threshold=12)})
    assert advised(raised) == Advice("v", ("a", "b"))
