"""Means that tell too much, made by hand: each way of working out a small count is found, and only where it is one."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from .means import Leak, look
from .points import Scale
from .textbook import name, number, release

FIVE = Scale(1, 5)
Answers = Sequence[int]


def told(groups: dict[str, Answers], *, hide: tuple[str, ...] = (), decimals: int = 1, variable: str = "x") -> Any:
    """A release of the means of ``variable`` in everybody (``""``) and in groups of ``g``."""
    cells = {name({variable: "vastattu"} | ({"g": g} if g else {})): g for g in groups}
    truth = {"*": 100, **{cell: len(groups[g]) for cell, g in cells.items()}}
    made = release(truth, (), {variable: ("vastattu",), "g": tuple(g for g in groups if g)})
    means = [_mean(cell, groups[g], None if g in hide else decimals) for cell, g in cells.items()]
    columns = [{"g": g} if g else {} for g in groups]
    rows = [{variable: "vastattu"}]
    made["tables"] = [{"id": variable, "measure": "mean", "rows": rows, "columns": columns, "means": means}]
    made["numbers"] = [
        {**number(m["cell"], m["cell"], s, m[s]["value"]), "table": variable}
        for m in means
        for s in ("mean", "sd")
        if m[s]["state"] == "shown"
    ]
    return made


def _mean(cell: str, answers: Answers, decimals: int | None) -> dict[str, Any]:
    if decimals is None:
        return {"cell": cell, "mean": {"state": "hidden"}, "sd": {"state": "hidden"}}
    mean, sd = round(float(np.mean(answers)), decimals), round(float(np.std(answers, ddof=1)), decimals)
    return {"cell": cell, "mean": {"state": "shown", "value": mean}, "sd": {"state": "shown", "value": sd}}


def leaks(released: Any, scale: Scale = FIVE, variable: str = "x") -> list[Leak]:
    return look(released, {variable: scale}).leaks


def test_a_wide_scale_does_not_help_where_answers_are_near_each_other() -> None:
    found = leaks(told({"": [0, 0, 0, 0, 0, 1]}, decimals=2), Scale(-100, 100))
    assert {(one.answer, one.count) for one in found} == {(0, 5), (1, 1)}


def test_an_ordinary_mean_settles_nothing() -> None:
    assert leaks(told({"": [1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 1, 2]})) == []


def test_a_mean_of_few_is_told() -> None:
    found = leaks(told({"": [1, 2, 3, 4, 5, 5, 4, 2], "a": [1, 4, 5]}))
    assert ("mean of few", "g=a|x=vastattu") in {(one.how, one.cell) for one in found}


def test_a_hidden_group_is_all_less_the_others() -> None:
    """All gave five; its mean is hidden, the total and the other group are told."""
    groups = {"": [5] * 6 + [1, 2, 3, 4], "a": [5] * 6, "b": [1, 2, 3, 4]}
    released = told(groups, hide=("a",), decimals=2)
    assert {(one.how, one.answer, one.count) for one in leaks(released)} >= {("hidden group from total", 5.0, 6)}


def test_the_mean_of_few_from_a_total() -> None:
    groups = {"": [2, 4, 1, 2, 3, 4, 5, 5, 3, 2], "a": [2, 4], "b": [1, 2, 3, 4, 5, 5, 3, 2]}
    found = leaks(told(groups, hide=("a",), decimals=2))
    assert Leak("x=vastattu", "mean of few from total", 3.0, 2) in found


def test_a_hidden_total_is_the_sum_of_its_groups() -> None:
    groups = {"": [5] * 9 + [4], "a": [5] * 5, "b": [5] * 4 + [4]}
    found = leaks(told(groups, hide=("",), decimals=2))
    assert Leak("x=vastattu", "total from groups", 4.0, 1) in found


def test_the_change_is_the_end_less_the_start() -> None:
    """Nobody changed; that is hidden, and follows from both ends where nobody differed at the start."""
    released = told({"": [2, 2, 2, 2, 2, 2]}, decimals=2, variable="x_alku")
    for variable, answers, hide in (("x_loppu", [3, 3, 3, 3, 3, 3], ()), ("x_muutos", [1] * 6, ("",))):
        more = told({"": answers}, hide=hide, decimals=2, variable=variable)
        more["cells"] = more["cells"][1:]
        for part in ("cells", "tables", "numbers"):
            released[part] += more[part]
        released["variables"] |= more["variables"]
    scales = {"x_alku": FIVE, "x_loppu": FIVE, "x_muutos": Scale(-4, 4)}
    assert Leak("x_muutos=vastattu", "change from both ends", 1.0, 6) in look(released, scales).leaks


def test_counts_of_the_same_answers_close_a_mean() -> None:
    answers = [1, 4, 8, 8, 8]
    released = told({"": answers}, variable="x_alku")
    assert leaks(released, Scale(0, 10), "x_alku") == []
    for level, n in (("vastattu", 5), ("pohja", 0), ("katto", 0), ("valissa", 5)):
        dimensions = {"x_alussa": level}
        state = "shown" if n else "zero"
        released["cells"].append(
            {"id": name(dimensions), "dimensions": dimensions, "state": state, "value": n, "threshold": 5}
        )
    found = {(one.how, one.answer, one.count) for one in leaks(released, Scale(0, 10), "x_alku")}
    assert found == {("mean and counts", 1.0, 1), ("mean and counts", 4.0, 1), ("mean and counts", 8.0, 3)}


def test_that_p_cannot_be_computed_says_that_nobody_changed() -> None:
    released = told({"": [0] * 8}, hide=("",))
    released["numbers"].append({**number("x=vastattu", "x=vastattu", "p", 0), "state": "missing"})
    assert [one.how for one in leaks(released, Scale(-4, 4))] == ["everybody: p cannot be computed"]


# --- p beside a mean ------------------------------------------------------------------------------------------

SIXTEEN = [-2] * 2 + [-1] * 7 + [0] * 5 + [1] * 2  # item 6 of CORE-10 in a demo
CHANGE = Scale(-4, 4)


def with_p(answers: Answers, p: float, decimals: int = 1) -> Any:
    released = told({"": answers}, variable="x_muutos", decimals=decimals)
    statistic = {"cell": "x_muutos=vastattu", "name": "p", "state": "shown", "value": p}
    released["tables"][0]["statistics"] = [statistic]
    return released


def test_two_digits_of_p_tell_how_many_changed_by_how_much() -> None:
    """Sixteen ways have the mean and the deviation; one of them has the p. Seven and five are not few."""
    found = {(one.how, one.answer, one.count) for one in leaks(with_p(SIXTEEN, 0.045), CHANGE, "x_muutos")}
    assert found == {("mean and p", -2.0, 2), ("mean and p", 1.0, 2)}


def test_a_class_of_p_leaves_these_open() -> None:
    assert leaks(with_p(SIXTEEN, 0.05), CHANGE, "x_muutos") == []


# --- counts of more people ------------------------------------------------------------------------------------


def of_more(answers: Answers, everybody: Mapping[str, int]) -> Any:
    """The start of those who stayed, beside who of everybody was at the ends of the scale at the start."""
    released = told({"": answers}, variable="x_alku")
    counts = {"vastattu": sum(everybody.values()), **everybody}
    for level, n in counts.items():
        dimensions = {"x_alussa": level}
        state = "shown" if n else "zero"
        released["cells"].append(
            {"id": name(dimensions), "dimensions": dimensions, "state": state, "value": n, "threshold": 5}
        )
    return released


def test_counts_of_everybody_bound_those_of_who_stayed() -> None:
    """Fourteen stayed, two left; nobody of the sixteen was at nought."""
    answers = [1] * 12 + [2, 3]
    assert leaks(of_more(answers, {}), Scale(0, 4), "x_alku") == []
    found = leaks(of_more(answers, {"pohja": 0, "valissa": 16, "katto": 0}), Scale(0, 4), "x_alku")
    assert {(one.how, one.answer, one.count) for one in found} == {
        ("mean and counts", 1.0, 12), ("mean and counts", 2.0, 1), ("mean and counts", 3.0, 1),
    }  # fmt: skip


def test_more_people_leave_more_open() -> None:
    """Of twenty-six ten left: as many as twelve may have been at the lowest score."""
    released = of_more([1] * 12 + [2, 3], {"pohja": 12, "valissa": 14, "katto": 0})
    assert leaks(released, Scale(0, 4), "x_alku") == []


# --- other statistics -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statistic", "value", "n", "noticed"),
    [
        ("p", 0.033, 40, True), ("p", 0.05, 40, False), ("p", 1, 40, False),
        ("alpha", 0.81, 19, True), ("alpha", 0.81, 20, False),
        ("median", 7, 10, True), ("median", 7, 11, False),
    ],
)  # fmt: skip
def test_a_statistic_that_is_told_too_finely_is_noticed(statistic: str, value: float, n: int, noticed: bool) -> None:
    released = told({"": [1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 1, 2]})
    released["numbers"].append({**number("x=vastattu", "x=vastattu", statistic, value), "base": n, "table": "s"})
    assert [one.how for one in leaks(released)] == [f"{statistic} told too finely"] * noticed


def test_so_are_coefficients_of_coders() -> None:
    released = told({"": [1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 1, 2]})
    released["tables"].append({"id": "agreement", "indicator": "agreement", "rows": [], "columns": []})
    for statistic, value, n in (("kappa", 0.9, 29), ("alpha", 0.9, 30), ("kappa_low", 0.85, 30)):
        more = {**number("c=vastattu", "c=vastattu", statistic, value), "base": n, "table": "agreement"}
        released["numbers"].append(more)
    assert [one.how for one in leaks(released)] == ["kappa told too finely", "kappa_low told too finely"]
