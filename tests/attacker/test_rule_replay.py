"""A reader who knows the rule can run it again: how often does that tell a small cell that no sum tells?"""

import pytest

from .replay import (
    MARGINS,
    Again,
    _choices,
    _inner,
    _secret,
    candidates,
    figures,
    hidden_by_rule,
    outcome,
    table,
)


def test_candidates_keep_the_margins_and_the_shown_cells() -> None:
    counts, hidden = (3, 9, 4, 10, 12, 30, 8, 2), frozenset({0, 1, 4, 5})
    found = list(candidates(counts, hidden))
    assert counts in found
    assert len(found) == 13
    assert all(sum(one[i] for i in margin) == sum(counts[i] for i in margin) for one in found for margin in MARGINS)
    assert all(one[i] == counts[i] for one in found for i in set(range(8)) - hidden)


def test_the_rule_hides_every_small_cell() -> None:
    for counts in map(table, range(5)):
        assert {i for i, n in enumerate(counts) if 0 < n < 5} <= hidden_by_rule(counts)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_safe_asked_once_gives_what_the_rule_gives_under_each_secret(seed: int) -> None:
    again = Again(table(seed))
    for secret in map(_secret, range(3)):
        assert _inner(_choices()[again.chosen(secret)]) == hidden_by_rule(table(seed), secret)


def test_neither_sums_nor_the_rule_run_backwards_tell_a_small_cell() -> None:
    found = figures([outcome(seed, secrets=12) for seed in (2, 5, 6, 7, 9)])
    assert (found["drawn"], found["violations"]) == (5, 0)
    assert found["narrowed_by_replay"] <= found["tables"] <= found["margins_shown"]


@pytest.mark.parametrize("seed", [183, 453])
def test_a_hidden_cell_may_be_nought(seed: int) -> None:
    """If the rule hid no zero but as a cover, three hidden pairs would tell that somebody is in each: one cell is 1."""
    assert not outcome(seed)["told_by_replay"]


def test_a_table_counts_as_told_where_only_one_number_is_left() -> None:
    """Two told, by sums and by the rule; one narrowed; one without a small cell; one with a hidden margin."""
    told = {"hidden": 4, "small": 1, "told_by_sums": False, "told_by_replay": True, "narrowed_by_replay": True}
    narrowed = {**told, "told_by_replay": False}
    open_ = {**narrowed, "narrowed_by_replay": False}
    found = figures([told, {**told, "told_by_sums": True}, narrowed, open_, {**told, "small": 0}, {"seed": 1}])
    assert found == {
        "drawn": 6, "margins_shown": 5, "tables": 4, "told_by_sums": 1, "told_by_replay": 2, "narrowed_by_replay": 3,
        "violations": 2,
    }  # fmt: skip
