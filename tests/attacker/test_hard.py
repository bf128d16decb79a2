"""Published hard cases: what was hidden and not enough, by the attacker; and that our rule leaves it nothing."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from published import (
    APPROXIMATE,
    COUNTIES,
    GROUPS,
    REGIONS,
    SINGLETONS,
    TABLE_1,
    TABLE_2,
    TABLE_4,
    TABLE_5,
    TABLE_7,
    TABLE_8,
    TABLE_9,
    Example,
)
from spec import one_way, two_way

from rakelab import archive
from rakelab.cells import Link, Tally, key, name_of
from rakelab.protect import Policy, protect
from tests.protect.test_norway import tallies as norwegian

from .attack import attack, possible
from .model import load
from .textbook import release


def protected(tallies: Sequence[Tally], threshold: int) -> tuple[Any, dict[str, int]]:
    """What our rule publishes of them, and the truth."""
    released = json.loads(archive.dumps(protect(tallies, Policy(threshold=threshold))))
    return released, {name_of(one): n for tally in tallies for one, n in tally.counts.items()}


def hidden(released: Any) -> set[str]:
    return {cell["id"] for cell in released["cells"] if cell["state"] == "hidden"}


def with_hidden(released: Any, truth: Mapping[str, int], cells: set[str]) -> Any:
    """The same release with another choice of hidden cells."""
    plain = [{name: one[name] for name in ("id", "dimensions", "threshold")} for one in released["cells"]]
    told = [
        {**one, "state": "hidden"} if one["id"] in cells
        else {**one, "state": "shown" if truth[one["id"]] else "zero", "value": truth[one["id"]]}
        for one in plain
    ]  # fmt: skip
    return {**released, "cells": told, "numbers": []}


# --- Statistics Norway ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "threshold"), [(TABLE_1, 3), (TABLE_2, 3), (TABLE_4, 5), (TABLE_5, 4), (TABLE_7, 5)])
def test_the_rule_on_the_tables_of_the_vignette(one: Example, threshold: int) -> None:
    released, truth = protected(norwegian(one)[0], threshold)
    verdict = attack(released, truth)
    assert verdict.violations == ()
    assert verdict.protected > 0


def test_two_zeros_may_be_shown() -> None:
    """Table 7 hides a third of its cells for the sake of two zeros, which point at nobody."""
    released, _ = protected(norwegian(TABLE_7)[0], 3)
    assert hidden(released) == set()


@pytest.mark.parametrize("threshold", [3, 5])
@pytest.mark.parametrize("table", [TABLE_8, TABLE_9])
def test_the_rule_on_two_ones_and_on_narrow_intervals(table: Mapping[str, tuple[int, ...]], threshold: int) -> None:
    """Two ones beside a large number, and small numbers whose sum leaves little."""
    released, truth = protected([two_way([table["young"], table["old"]])], threshold)
    assert attack(released, truth).violations == ()


def test_two_ones_are_two_ones_where_zeros_are_never_hidden() -> None:
    """Table 8: what the vignette warns of, by the attacker; zeros that may be hidden keep them open."""
    table = two_way([TABLE_8["young"], TABLE_8["old"]])
    released, truth = protected([table], 3)
    alone = with_hidden(released, truth, {"h=1|v=a", "h=2|v=a", "h=1|v=b", "h=2|v=b"})
    assert possible(load(alone), "h=1|v=a", range(1, 3)) == {1, 2}
    never = {**alone, "relations": [*alone["relations"], *(
        {"terms": [{"cell": cell, "coefficient": -1}], "relation": "<=", "value": -1} for cell in ("h=1|v=a", "h=2|v=a")
    )]}  # fmt: skip
    assert possible(load(never), "h=1|v=a", range(8)) == {1}


# --- sdcTable -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("threshold", [3, 5])
def test_three_ones(threshold: int) -> None:
    """Issue 135: nothing of them can be worked out, and not by one of the three either, who knows one cell."""
    released, truth = protected([two_way(SINGLETONS)], threshold)
    assert attack(released, truth).violations == ()
    ones = [cell for cell in hidden(released) if truth[cell] == 1 and "|" in cell]
    assert len(ones) == 4
    for own in ones:
        knowing = with_hidden(released, truth, hidden(released) - {own})
        for other in set(ones) - {own}:
            assert len(possible(load(knowing), other, range(21))) > 1, (own, other)


def linked() -> list[Tally]:
    """Issue 136: eight regions, and two ways to group them."""
    links = [
        Link((*((key(("region", one)), 1) for one in parts), (key((name, level)), -1)))
        for name, parting in (("county", COUNTIES), ("group", GROUPS))
        for level, parts in parting.items()
    ]
    sums = {name: {level: sum(REGIONS[one] for one in parts) for level, parts in parting.items()}
            for name, parting in (("county", COUNTIES), ("group", GROUPS))}  # fmt: skip
    return [one_way("region", REGIONS, links=links), *(one_way(name, counts) for name, counts in sums.items())]


def test_linked_tables_are_protected_as_one() -> None:
    released, truth = protected(linked(), 4)
    assert attack(released, truth).violations == ()


def test_what_is_enough_for_one_of_two_linked_tables_is_not_for_both() -> None:
    """Small regions alone hidden: each county is safe beside its regions, and K is its county less the large group."""
    released, truth = protected(linked(), 4)
    small = {f"region={one}" for one, n in REGIONS.items() if n < 4}
    together = with_hidden(released, truth, small)
    assert {one.cell for one in attack(together, truth).violations} >= {"region=K"}
    assert possible(load(together), "region=K", range(10)) == {3}


@pytest.mark.parametrize("without", ["county", "group"])
def test_each_of_the_two_alone_leaves_k_open(without: str) -> None:
    tallies = [one for one in linked() if one.view.variable != without]
    released, truth = protected(tallies, 4)
    alone = with_hidden(released, truth, {f"region={one}" for one, n in REGIONS.items() if n < 4})
    alone["relations"] = [one for one in alone["relations"] if without not in json.dumps(one)]
    assert len(possible(load(alone), "region=K", range(10))) > 1


def test_hidden_cells_whose_sum_is_small_are_told_approximately() -> None:
    """Issue 160: that a cell cannot be worked out is not enough; every small number must stay possible."""
    table = one_way("nace", APPROXIMATE)
    released, truth = protected([table], 8)
    assert attack(released, truth).violations == ()
    three = {"nace=B05", "nace=B06", "nace=B07"}
    told = with_hidden(released, truth, three)
    assert possible(load(told), "nace=B05", range(1, 8)) == {1, 2, 3, 4}
    assert {one.cell for one in attack(told, truth).violations} >= three
    assert hidden(released) > three


def test_a_table_by_hand_agrees() -> None:
    """The same of a release that our rule had no part in."""
    truth = {"*": 53, **{f"nace={one}": n for one, n in APPROXIMATE.items()}}
    by_hand = release(truth, {"nace=B05", "nace=B06", "nace=B07"}, {"nace": tuple(APPROXIMATE)}, threshold=8)
    assert attack(by_hand, truth).violations
