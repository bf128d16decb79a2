"""A reader who knows the rule can run it again: how often does that tell a small cell that no sum tells?"""

import pytest

from .replay import MARGINS, candidates, figures, hidden_by_rule, tables

pytest.importorskip("rakelab.archive")


def test_candidates_keep_the_margins_and_the_shown_cells() -> None:
    counts, hidden = (3, 9, 4, 10, 12, 30, 8, 2), frozenset({0, 1, 4, 5})
    found = list(candidates(counts, hidden))
    assert counts in found
    assert len(found) == 13
    assert all(sum(one[i] for i in margin) == sum(counts[i] for i in margin) for one in found for margin in MARGINS)
    assert all(one[i] == counts[i] for one in found for i in set(range(8)) - hidden)


def test_the_rule_hides_every_small_cell() -> None:
    for counts in tables(seed=3, n=5):
        assert {i for i, n in enumerate(counts) if 0 < n < 5} <= hidden_by_rule(counts)


def test_neither_sums_nor_the_rule_run_backwards_pin_a_small_cell() -> None:
    found = figures(seed=6, n=4, secrets=12)
    assert (found.tables, found.pinned_by_sums, found.pinned_by_replay) == (4, 0, 0)
    assert found.narrowed_by_replay <= found.with_small
