"""Several releases side by side: the attacker opens what they tell without the ledger, and nothing with it."""

from dataclasses import replace
from pathlib import Path

import pytest

from . import pairs
from .attack import violations
from .knowledge import Names
from .together import Among, People, Together, Told, united

#: Each tells something without the ledger: of women, all but one municipality, a year, by two limits, of more rows.
TELLING = (2, 14, 17, 18, 28, 30, 40, 48)
FEW_BETWEEN = (3, 25)  # fewer rows, and a mended one


# --- the attacker ---------------------------------------------------------------------------------------------


def told(cells: dict[str, int | None], parts: set[int], truth: dict[str, int]) -> Told:
    """A release of a question ``v`` with the answers a, b and c; None: hidden."""
    written = [
        {
            "id": name,
            "dimensions": {} if name == "*" else dict([name.split("=")]),
            "state": "hidden" if n is None else "shown" if n else "zero",
            "value": n,
            "threshold": 5,
        }
        for name, n in cells.items()
    ]
    levels = {name.removeprefix("v="): {} for name in cells if name != "*"}
    table = {"columns": [{}], "rows": [{"v": level} for level in levels], "variable": "v", "answered": False}
    released = {
        "cells": written,
        "variables": {"v": {"levels": levels, "missing": []}},
        "rule": {"threshold": 5, "sensitive_threshold": 10},
        "tables": [table],
        "numbers": [],
    }
    return Told(released, truth, frozenset(parts))


def opened(*releases: Told, sizes: tuple[int, ...]) -> list[str]:
    verdict = Together(releases, People(sizes, ({},) * len(sizes))).verdict()
    return [str(one) for one in verdict.openings]


ALL = {"*": 40, "v=a": 20, "v=b": 13, "v=c": 7}
SOME = {"*": 30, "v=a": 18, "v=b": 7, "v=c": 5}


def test_shown_counts_tell_of_the_ten_who_are_in_one_release_only() -> None:
    """Two of the ten said a, two c, and four not b; each release alone hides nothing."""
    assert opened(told(ALL, {0, 1}, ALL), told(SOME, {1}, SOME), sizes=(10, 30)) == [
        "count +0-1 v=a (1, 3, 4)", "rest +0-1 v=b * (1, 2, 3)", "count +0-1 v=c (1, 3, 4)",
    ]  # fmt: skip


def test_hidden_in_one_of_them_it_stays_open() -> None:
    assert (
        opened(told(ALL, {0, 1}, ALL), told({"*": 30, **dict.fromkeys(SOME.keys() - {"*"})}, {1}, SOME), sizes=(10, 30))
        == []
    )


def test_few_people_between_releases_of_one_question_are_told() -> None:
    fewer = {"*": 38, "v=a": 20, "v=b": 13, "v=c": 5}
    assert "people +0-1 (2,)" in opened(told(ALL, {0, 1}, ALL), told(fewer, {1}, fewer), sizes=(2, 38))


def test_what_an_earlier_release_told_is_not_held_against_a_later_one() -> None:
    """The same people by a limit of three first, by five after that; the other way round it opens what was hidden."""
    truth = {"*": 30, "v=a": 22, "v=b": 4, "v=c": 4}
    shown, hidden = told(truth, {0}, truth), told({**truth, "v=b": None, "v=c": None}, {0}, truth)
    lower = replace(shown, released={**shown.released, "rule": {"threshold": 3, "sensitive_threshold": 10}})
    assert opened(lower, hidden, sizes=(30,)) == []
    assert opened(hidden, lower, sizes=(30,)) == ["count +0 v=b (1, 2, 3)", "count +0 v=c (1, 2, 3)"]


def test_joined_levels_of_one_release_are_sums_of_those_of_another() -> None:
    variables = [
        {"v": {"levels": levels, "missing": []}} for levels in ({"a": {}, "b": {}, "c": {}}, {"a+b": {}, "c": {}})
    ]
    ids = [{frozenset({("v", level)}): f"v={level}" for level in one["v"]["levels"]} for one in variables]
    both, rows = united([Names(one, about) for one, about in zip(ids, variables, strict=True)])
    assert both.levels("v") == ("a", "b", "c")
    assert [dict(row.terms) for row in rows] == [{"v=a": 1, "v=b": 1, "v=a+b": -1}]


@pytest.mark.parametrize(
    ("among", "level", "says"),
    [
        (Among(frozenset("x")), "x", True),
        (Among(frozenset("x")), "x+y", True),
        (Among(frozenset("x")), "y", False),
        (Among(frozenset("x")), "!x", False),
        (Among(frozenset("xy")), "x", None),
        (Among(outside=frozenset("x")), "x", False),
        (Among(outside=frozenset("x")), "!x", True),
        (Among(outside=frozenset("x")), "x+y", None),
    ],
)
def test_what_a_selection_says_of_a_level(among: Among, level: str, says: bool | None) -> None:
    assert among.says(level) is says


# --- random pairs and triples ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", TELLING)
def test_the_ledger_closes_what_releases_tell_together(seed: int, tmp_path: Path) -> None:
    case = pairs.drawn(seed)
    control, beside = pairs.published(case, None), pairs.published(case, tmp_path / "ledger")
    assert pairs.judged(case, control.out).openings
    assert len(beside.out) == len(control.out)
    assert pairs.judged(case, beside.out).openings == []


@pytest.mark.parametrize("seed", FEW_BETWEEN)
def test_a_corrected_file_of_nearly_the_same_people_stops(seed: int, tmp_path: Path) -> None:
    case = pairs.drawn(seed)
    assert any(one.kind == "people" for one in pairs.judged(case, pairs.published(case, None).out).openings)
    assert pairs.published(case, tmp_path / "ledger").stops == {"ledger.few_between": 1}


@pytest.mark.parametrize("seed", [21, 22, 29, 33, 38, 51])
def test_any_kind_of_two_or_three_releases(seed: int, tmp_path: Path) -> None:
    case = pairs.drawn(seed)
    assert pairs.judged(case, pairs.published(case, tmp_path / "ledger").out).openings == []


def test_the_true_counts_of_each_part_keep_every_row() -> None:
    """Counted again for the people of each part: what the attacker holds for known is so."""
    for seed in (28, 14, 30, 39):
        case = pairs.drawn(seed)
        out = pairs.published(case, None).out
        everybody = pairs.together(case, out)
        truth = pairs.recounted(out)
        assert truth
        for row in (*everybody.logical, *everybody.published(range(len(out)))):
            if all(cell in truth for cell, _ in row.terms):
                total = sum(truth[cell] * c for cell, c in row.terms)
                assert row.low - 1e-6 <= total <= row.high + 1e-6, f"{row.why}: {row.terms}"


def test_pairs_of_needs_without_the_needs_themselves() -> None:
    """The needs are sums of the pairs, also in a report that has no table of them."""
    from rakelab import archive, indicators
    from rakelab.cells import name_of
    from rakelab.protect import Policy, protect

    from .reports import people

    tally = indicators.together(people(100, 100))
    released = archive.as_dict(protect([tally], Policy()))
    assert violations(released, {name_of(one): n for one, n in tally.counts.items()}) == []


def test_a_case_says_what_it_found() -> None:
    found = [pairs.outcome(2), pairs.outcome(3)]
    sums = pairs.figures(found)
    assert [one["control"] > 0 for one in found] == [True, True]
    assert (sums["openings"], sums["went_out_together"], sums["stops"]) == (0, 1, {"ledger.few_between": 1})
    assert sums["without_ledger"]["cases"] == 2


def test_releases_of_one_question_are_held_together_though_they_share_no_cell(tmp_path: Path) -> None:
    """Pairs of needs in one, the needs themselves in the other, of two people fewer."""
    from rakelab import indicators, ledger
    from rakelab.errors import WallError
    from rakelab.protect import Policy, protect
    from rakelab.protect.weights import secret_of

    from .reports import people

    everybody = people(100, 100)
    everybody = replace(everybody, origin=replace(everybody.origin, folder=str(tmp_path)))
    fewer = replace(everybody, frame=everybody.frame.iloc[2:])
    with pairs.ledger_at(tmp_path / "ledger"):
        first = protect([indicators.together(everybody)], Policy())
        ledger.opened(tmp_path / "ledger", secret_of(synthetic=True)).enter(first.ledger, "first")
        with pytest.raises(WallError) as stop:
            protect([indicators.needs(fewer)], Policy())
    assert stop.value.key == "ledger.few_between"


@pytest.mark.parametrize("seed", [63, 257, 260, 296, 360])
def test_what_an_earlier_release_promised_is_kept_or_the_new_one_stops(tmp_path: Path, seed: int) -> None:
    """Years that each list a kind of missing, all but one municipality, one year: what the later release is of closes
    a number of the earlier one that it had left open, whatever is hidden. 63: all, 2020 and 2021 each list
    ``vakivalta=ei_tietoa``, so it has two people or more, and of five left, four cannot be ``kokenut``."""
    case = pairs.drawn(seed)
    published = pairs.published(case, tmp_path / "ledger")
    assert pairs.judged(case, published.out).openings == []


@pytest.mark.xfail(strict=True, reason="a count that the first release did not guard, or that lies between the two")
@pytest.mark.parametrize("seed", [102, 162, 343])
def test_what_no_release_promised_can_be_narrowed(tmp_path: Path, seed: int) -> None:
    """Three of five such cases in 303; stopping at each would stop the README's own reports."""
    case = pairs.drawn(seed)
    assert pairs.judged(case, pairs.published(case, tmp_path / "ledger").out).openings == []
