"""Surveys: percentages of those who answered, blanks that may be told, counts of something else than people."""

from typing import Any

from .attack import attack, limit_of, load, possible, violations
from .textbook import release

LEVELS = {"v": ("a", "b", "tyhja")}


def survey(truth: dict[str, int], hide: set[str]) -> Any:
    """A survey's table: shares are of those who answered, and that somebody did not may be told."""
    made = release(truth, hide, LEVELS)
    made["variables"]["v"] |= {"missing": ["tyhja"], "open": ["vastattu", "tyhja"]}
    made["tables"] = [
        {"id": "v", "variable": "v", "rows": [{"v": level} for level in LEVELS["v"]], "columns": [{}],
         "answered": True, "apart": [{"v": "tyhja"}]}
    ]  # fmt: skip
    return made


def truth(a: int, b: int, blank: int) -> dict[str, int]:
    return {"*": a + b + blank, "v=vastattu": a + b, "v=a": a, "v=b": b, "v=tyhja": blank}


def test_few_blanks_may_be_told() -> None:
    counts = truth(12, 9, 2)
    assert violations(survey(counts, set()), counts) == []


def test_all_but_few_of_those_who_answered_are_protected() -> None:
    """Of everybody the rest is 22; of those who answered it is two."""
    counts = truth(12, 2, 20)
    found = violations(survey(counts, set()), counts)
    assert {(one.cell, one.kind, one.base) for one in found} == {("v=a", "rest", "v=vastattu"), ("v=b", "count", "")}


def test_a_shown_base_of_few_closes_its_answers() -> None:
    """Of three who answered nobody can have been four."""
    counts = truth(2, 1, 20)
    found = violations(survey(counts, {"v=a", "v=b"}), counts)
    assert ("v=a", "count", (4,)) in {(one.cell, one.kind, one.values_excluded) for one in found}


def test_who_answered_is_all_less_the_blanks() -> None:
    model = load(survey(truth(12, 9, 2), {"v=vastattu", "v=a", "v=b"}))
    assert possible(model, "v=vastattu", range(30)) == {21}


def test_answers_add_up_to_those_who_answered() -> None:
    model = load(survey(truth(12, 9, 2), {"v=a", "v=b"}))
    assert possible(model, "v=a", [21, 22, 23]) == {21}


def test_the_limit_is_the_rules_own_and_not_the_files() -> None:
    """A half-year may be told however few it has; the phenomena reported in it may not."""
    made = survey(truth(12, 9, 2), set())
    made["variables"]["p"] = {"levels": {"1": {}}, "open": ["1"]}
    half = frozenset({("p", "1")})
    assert limit_of(made, half, frozenset()) == 1
    assert limit_of(made, half | {("v", "a")}, half) == 5
    assert limit_of(made, half | {("v", "tyhja")}, half) == 1


def test_where_health_meets_a_region_the_limit_is_the_second_one() -> None:
    made = survey(truth(12, 9, 2), set())
    made["variables"] |= {"h": {"sensitivity": "health", "open": []}, "r": {"role": "region", "open": []}}
    region = frozenset({("r", "205")})
    assert limit_of(made, region | {("h", "x")}, region) == 10
    assert limit_of(made, frozenset({("h", "x")}), frozenset()) == 5


def test_assignments_are_no_part_of_the_notifications() -> None:
    """More assignments than notifications, and no sum between the two."""
    counts = {"*": 12, "yksikko=t": 30, "v=a|yksikko=t": 25, "v=b|yksikko=t": 5}
    made = release(counts, (), {"v": ("a", "b"), "yksikko": ("t",)})
    made["variables"]["yksikko"]["open"] = ["t"]
    made["tables"] = [{"id": "v", "variable": "v", "rows": [{"v": "a"}, {"v": "b"}], "columns": [{"yksikko": "t"}]}]
    assert attack(made, counts).violations == ()
