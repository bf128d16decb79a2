"""The wall as a whole: what it takes, what it refuses, what comes out."""

import json
from dataclasses import replace

import pandas as pd
import pytest
from spec import account, one_way, two_way, variable

from rakelab import archive
from rakelab.cells import HIDDEN, TOTAL, Cell, Key, Link, Moments, Released, State, Tally, View, key, shown
from rakelab.errors import FileError, WallError
from rakelab.population import Trait
from rakelab.protect import Chosen, Policy, _tellable, protect

KNOWN = key(("ika", "vastattu"))


# --- what it refuses ------------------------------------------------------------------------------------------


def refused(*tallies: object) -> WallError:
    with pytest.raises(WallError) as caught:
        protect(tallies)  # type: ignore[arg-type]
    return caught.value


@pytest.mark.parametrize("thing", [pd.DataFrame({"a": [1]}), {"a": 1}, "table", 7, None])
def test_only_tallies_pass(thing: object) -> None:
    found = refused(one_way("v", {"a": 9}), thing)
    assert (found.key, found.values) == ("protect.not_tally", {"kind": type(thing).__name__})


def test_a_released_table_does_not_pass_twice() -> None:
    found = refused(protect([one_way("v", {"a": 9})])["t_v"])
    assert found.sentence("en") == (
        "protect takes results of indicators only, not this: Released. "
        "Count the number with an indicator (rakelab.indicators)."
    )


def test_a_frame_instead_of_a_list() -> None:
    with pytest.raises(WallError) as caught:
        protect(pd.DataFrame({"a": [1]}))  # type: ignore[arg-type]
    assert caught.value.key == "protect.not_tally"


def test_one_tally_is_a_list_of_one() -> None:
    one = one_way("v", {"a": 9})
    assert list(protect(one)) == list(protect([one]))


def test_nothing_is_refused() -> None:
    assert refused().key == "protect.nothing"


@pytest.mark.parametrize("other", [{"used": 41}, {"rows": "1"}, {"sha256": "1" * 64}, {"steps": (("why", 40),)}])
def test_other_people_are_refused(other: dict[str, object]) -> None:
    first, second = one_way("v", {"a": 20, "b": 20}), one_way("w", {"a": 20, "b": 20})
    assert refused(first, replace(second, account=account(**{"used": 40, **other}))).key == "protect.other_people"  # type: ignore[arg-type]


def test_two_tables_of_one_name_are_refused() -> None:
    found = refused(one_way("v", {"a": 9}), one_way("w", {"a": 9}), one_way("w", {"a": 9}), one_way("v", {"a": 9}))
    assert (found.key, found.values) == ("protect.same_name", {"names": "t_v, t_w"})


@pytest.mark.parametrize(("people", "threshold"), [(0, 5), (4, 5), (9, 10)])
def test_fewer_people_than_the_threshold_are_refused(people: int, threshold: int) -> None:
    with pytest.raises(WallError) as caught:
        protect([one_way("v", {"a": people})], Policy(threshold=threshold))
    assert (caught.value.key, caught.value.values) == ("protect.too_few_rows", {"threshold": threshold})


@pytest.mark.parametrize(("people", "key_"), [(9, "protect.too_few_for_limit"), (10, "protect.impossible")])
def test_where_nothing_will_do_fewer_people_than_twice_the_limit_are_told_so(people: int, key_: str) -> None:
    """b is twice a whatever is hidden: three cannot be."""
    twice = Link(((key(("v", "a")), 2), (key(("v", "b")), -1)))
    found = refused(one_way("v", {"a": 2, "b": 4}, base=people, multiple=True, links=[twice]))
    assert found.key == key_


def test_the_strictest_limit_of_a_report_is_told() -> None:
    twice = Link(((key(("v", "a")), 2), (key(("v", "b")), -1)))
    traits = {"sensitivity": "health", "role": "region"}
    found = refused(one_way("v", {"a": 2, "b": 4}, base=19, multiple=True, links=[twice], **traits))
    assert (found.key, found.values) == ("protect.too_few_for_limit", {"threshold": 10})


def test_as_many_people_as_the_threshold_pass() -> None:
    assert protect([one_way("v", {"a": 5})])["t_v"][key(("v", "a"))] == shown(5)


def test_only_the_wall_makes_released_tables() -> None:
    table = protect([one_way("v", {"a": 9})])["t_v"]
    with pytest.raises(TypeError):
        Released(table.view, table.cells, table.variables)
    with pytest.raises(TypeError):
        Released(table.view, table.cells, table.variables, token=object())


# --- what comes out -------------------------------------------------------------------------------------------


def test_a_table_holds_its_cells_and_its_bases() -> None:
    table = protect([two_way([[9, 15], [7, 15]])])["t_v_h"]
    assert {str(cell) for cell in table.cells.values()} == {"9", "15", "7", "24", "22", "16", "30", "46"}
    assert set(table.cells) == {one for pair in table.view.cells() for one in pair} | {TOTAL}


def test_states_are_told_apart() -> None:
    table = protect([one_way("v", {"a": 3, "b": 0, "c": 30, "d": 40})])["t_v"]
    assert {row[0][1]: table[row].state for row in table.view.rows} == {
        "a": State.HIDDEN, "b": State.ZERO, "c": State.SHOWN, "d": State.HIDDEN,
    }  # fmt: skip


def test_counts_are_plain_whole_numbers() -> None:
    for cell in protect([two_way([[9, 15], [7, 15]])]).cells.values():
        assert type(cell.value) is int


def test_counts_that_no_table_shows_do_not_come_out() -> None:
    tally = one_way("v", {"a": 9, "b": 30})
    more = replace(tally, counts={**tally.counts, key(("secret", "x")): 2})
    assert set(protect([more]).cells) == {TOTAL, key(("v", "a")), key(("v", "b"))}


def test_a_release_is_a_mapping_of_tables() -> None:
    release = protect([one_way("v", {"a": 9}), one_way("w", {"a": 9})])
    assert list(release) == ["t_v", "t_w"]
    assert len(release) == 2
    assert repr(release) == "<Release: t_v, t_w>"
    assert repr(release["t_v"]) == "<Released t_v: 2 cells, 0 hidden>"


def test_the_rule_travels_with_the_release() -> None:
    release = protect([one_way("v", {"a": 9})], Policy(threshold=7))
    assert release.rule == {"threshold": 7, "sensitive_threshold": 10, "floor": 3}
    assert set(release.thresholds.values()) == {7}


# --- means ----------------------------------------------------------------------------------------------------


def mean_table(bands: dict[str, int], *, by: bool = False) -> Tally:
    """A mean age with its band distribution; the mean of everybody is 43.27, the deviation 11.08."""
    base = one_way("ikaryhma", bands)
    known = sum(n for band, n in bands.items() if band != "tyhja")
    return replace(
        base,
        view=View("mean_age", "mean_age", "ika", (KNOWN,), measure="mean"),
        counts={**base.counts, KNOWN: known},
        variables={**base.variables, "ika": variable(["vastattu"])},
        moments={KNOWN: Moments(43.27, 11.08)},
        distribution=base.view.rows,
    )


def released_mean(bands: dict[str, int]) -> tuple[Cell, Cell]:
    found = protect([mean_table(bands), one_way("ikaryhma", bands)])["mean_age"].means[KNOWN]
    return found.mean, found.sd


def test_a_mean_comes_out_with_one_decimal_when_its_whole_distribution_does() -> None:
    assert released_mean({"18-24": 10, "25-": 20}) == (shown(43.3), shown(11.1))


def test_a_mean_is_hidden_when_a_band_is() -> None:
    assert released_mean({"18-24": 3, "25-30": 9, "31-": 30}) == (HIDDEN, HIDDEN)


def test_a_mean_is_hidden_when_no_table_shows_its_distribution() -> None:
    found = protect([mean_table({"18-24": 10, "25-": 20})])["mean_age"].means[KNOWN]
    assert (found.mean, found.sd) == (HIDDEN, HIDDEN)


def test_a_mean_is_hidden_when_its_base_is() -> None:
    bands = {"18-24": 20, "25-": 20, "tyhja": 3}
    assert released_mean(bands) == (HIDDEN, HIDDEN)


# --- how many rows --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([100, 100], "100 100"),
        ([103, 100], "·· 100"),
        ([101, 100], "·· 100"),
        ([105, 100], "105 100"),
        ([104, 102, 100], "·· ·· 100"),
        ([105, 103, 100], "105 ·· 100"),
        ([108, 105, 100], "·· 105 100"),
        ([100], "100"),
    ],
)
def test_rows_are_told_when_no_difference_is_small(counts: list[int], told: str) -> None:
    assert " ".join(map(str, _tellable([Chosen(rows, 5, sensitive=False) for rows in counts]))) == told


VIOLENCE = Trait("vakivalta", sensitivity="violence")
REGION = Trait("kunta", role="region")


@pytest.mark.parametrize(
    ("read", "steps", "told"),
    [
        (640, [(97, {VIOLENCE}), (60, {VIOLENCE})], "640 97 60 60"),  # 37 who have met violence and are no women
        (640, [(97, {VIOLENCE}), (92, {VIOLENCE})], "640 97 92 92"),
        (640, [(97, {VIOLENCE}), (93, {VIOLENCE})], "640 ·· 93 93"),
        (640, [(97, {REGION}), (92, {REGION, VIOLENCE})], "640 ·· 92 92"),  # five of one municipality have not
        (640, [(97, {REGION}), (87, {REGION, VIOLENCE})], "640 97 87 87"),
        (97, [(97, {VIOLENCE})], "·· 97 97"),  # all of the file have met violence
        (97, [(97, {REGION})], "97 97 97"),
        (97, [(97, {VIOLENCE}), (97, {VIOLENCE})], "·· 97 97 97"),
        (97, [(95, {REGION}), (95, {REGION, VIOLENCE})], "·· ·· 95 95"),
    ],
)
def test_steps_are_held_to_what_they_make_known(read: int, steps: list[tuple[int, set[Trait]]], told: str) -> None:
    used = steps[-1][0]
    made = account(used, read=read, steps=tuple((f"v{i}", n) for i, (n, _) in enumerate(steps)))
    made = replace(made, populations=(frozenset(), *(frozenset(known) for _, known in steps)))
    found = protect([replace(one_way("v", {"a": 40, "b": used - 40}), account=made)]).account
    assert " ".join(map(str, (found.read, *(cell for _, cell in found.steps), found.used))) == told


@pytest.mark.parametrize(
    ("aside", "steps", "told"),
    [
        ({}, [], "60 0:"),
        ({"a": 4}, [], "·· ··:"),
        ({"a": 5}, [], "60 5: a 5"),
        ({"a": 5, "b": 4}, [], "60 9: rest 9"),
        ({"a": 12, "b": 4}, [], "60 16: rest 16"),
        ({"a": 12, "b": 1}, [], "60 13: rest 13"),
        ({"a": 12, "b": 7, "c": 4}, [], "60 23: a 12, rest 11"),
        ({"a": 12, "b": 3, "c": 3}, [], "60 18: a 12, rest 6"),
        ({"a": 12, "b": 7}, [], "60 19: a 12, b 7"),
        ({"a": 12}, [45], "60 ··:"),  # 48 were left: three more than after the choice
        ({"a": 12}, [45, 30], "60 ··:"),  # the same, though not of those used
        ({"a": 12}, [48], "60 12: a 12"),
        ({"a": 3}, [40], "60 ··:"),
    ],
)
def test_rows_set_aside_are_told_under_the_rule(aside: dict[str, int], steps: list[int], told: str) -> None:
    used = steps[-1] if steps else 60 - sum(aside.values())
    made = account(used, read=60, steps=tuple((f"v{n}", n) for n in steps), aside=tuple(aside.items()))
    made = replace(made, populations=(frozenset(),) * (1 + len(steps)))
    release = protect([replace(one_way("v", {"a": 20, "b": used - 20}), account=made)])
    found = archive.loads(archive.dumps(release)).account
    reasons = ", ".join(f"{why} {cell}" for why, cell in found.reasons)
    assert f"{found.read} {found.set_aside}: {reasons}".strip() == told


def test_rows_set_aside_are_hidden_where_nobody_left_at_a_sensitive_choice() -> None:
    """Read 60, 12 aside, 48 left, and 48 of them have met violence: so have all."""
    for met, is_told in ((frozenset({VIOLENCE}), False), (frozenset(), True)):
        made = replace(account(48, read=60, steps=(("v", 48),), aside=(("a", 12),)), populations=(frozenset(), met))
        release = protect([replace(one_way("v", {"a": 20, "b": 28}), account=made)])
        assert release.account.set_aside.known == is_told


def test_reasons_are_held_to_the_limit_of_all_that_were_read() -> None:
    """Seven are enough among all of a file, though ten must be of those of one region who have met violence."""
    made = account(30, read=60, steps=(("v", 30),), aside=(("a", 12), ("b", 7)))
    made = replace(made, populations=(frozenset(), frozenset({REGION, VIOLENCE})))
    release = protect([replace(one_way("v", {"a": 15, "b": 15}), account=made)])
    assert [(why, cell.value) for why, cell in release.account.reasons] == [("a", 12), ("b", 7)]


@pytest.mark.parametrize(
    "wrong", [{"set_aside": {"state": "shown", "value": 57}}, {"reasons": [{"why": "a", "state": "shown", "value": 3}]}]
)
def test_a_file_that_tells_of_few_rows_set_aside_is_refused(wrong: dict[str, object]) -> None:
    made = account(40, read=60, aside=(("a", 12), ("b", 8)))
    data = json.loads(archive.dumps(protect([replace(one_way("v", {"a": 20, "b": 20}), account=made)])))
    archive.loads(json.dumps(data))
    with pytest.raises(FileError):
        archive.loads(json.dumps({**data, "account": {**data["account"], **wrong}}))


def test_a_report_of_a_sensitive_selection_of_a_region_needs_ten() -> None:
    known = replace(account(9), populations=(frozenset({REGION, VIOLENCE}),))
    with pytest.raises(WallError) as caught:
        protect([replace(one_way("v", {"a": 9}), account=known)])
    assert caught.value.key == "protect.too_few_rows"
    assert "10" in caught.value.sentence("en")


def test_counts_that_break_a_sum_that_is_told_are_no_report() -> None:
    """A question of the form's own that took the name of a derived variable."""
    tally = one_way("v", {"a": 40, "b": 53})
    wrong = replace(tally, counts={**tally.counts, key(("v", "b")): 50})
    with pytest.raises(WallError) as caught:
        protect([wrong])
    assert caught.value.key == "protect.untrue"
    assert "v=a" in caught.value.sentence("en")
    assert "50" not in caught.value.sentence("en")


def test_the_account_of_a_release() -> None:
    tally = one_way("v", {"a": 40, "b": 53})
    steps = (("prepare.why.last", 97), ("2020", 93))
    release = protect([replace(tally, account=account(93, read=103, steps=steps))])
    assert release.account.read == shown(103)
    assert release.account.steps == (("prepare.why.last", HIDDEN), ("2020", shown(93)))
    assert release.account.used == shown(93)


def test_an_account_without_steps_tells_what_was_read_and_what_is_used() -> None:
    made = replace(one_way("v", {"a": 40, "b": 53}), account=account(93, read=103))
    found = protect([made]).account
    assert (found.read, found.steps, found.used) == (shown(103), (), shown(93))


def test_the_account_carries_no_digest_of_rows() -> None:
    assert not hasattr(protect([one_way("v", {"a": 9})]).account, "rows")


def test_keys_are_hashable_pairs() -> None:
    one: Key = key(("b", "1"), ("a", "2"))
    assert one == (("a", "2"), ("b", "1"))


def test_a_variable_merged_between_two_tables_is_refused() -> None:
    merged = one_way("v", {"a+b": 20, "c": 10})
    whole = one_way("v", {"a": 8, "b": 12, "c": 10})
    with pytest.raises(WallError) as caught:
        protect([whole, replace(merged, view=replace(merged.view, id="merged"))])
    assert (caught.value.key, caught.value.values) == ("protect.two_counts", {"table": "merged"})
