"""Differences of means between groups and means of changes, from released numbers alone; hidden in, hidden out."""

from math import nan

import pytest
from judged import judged
from spec import variable

from rakelab import _seal, estimate
from rakelab.cells import HIDDEN, TOTAL, Cell, Key, Mean, Released, State, View, join, key, shown
from rakelab.estimate import Turn

MISSING = Cell(State.MISSING)
X, Y = key(("x", "vastattu")), key(("y", "vastattu"))
GROUPS = {name: key(("h", name)) for name in ("1", "2", "3", "tyhja")}
Three = tuple[float | None, float | None, int | None]


def table(told: dict[tuple[Key, str], Three], *, groups: str = "12") -> Released:
    """(mean, sd, people) by row and group; None is hidden, a row that is left out has no mean."""
    rows = tuple(dict.fromkeys(row for row, _ in told))
    columns = tuple(GROUPS[name] for name in groups.split()) if " " in groups else tuple(GROUPS[n] for n in groups)
    cells = {TOTAL: shown(100), **dict.fromkeys(columns, shown(50))}
    cells |= {join(row, column): shown(0) for row in rows for column in columns}
    cells |= {join(row, GROUPS[name]): cell(n) for (row, name), (_, _, n) in told.items()}
    means = {
        join(row, GROUPS[name]): Mean(cell(m), cell(sd)) for (row, name), (m, sd, _) in told.items() if m is not nan
    }
    words = {"x": variable(["vastattu"]), "y": variable(["vastattu"]), "h": variable([*GROUPS], missing=("tyhja",))}
    view = View("t", "competence", "x", rows, columns, by="h", measure="mean")
    return judged(_seal.release(view=view, cells=cells, variables=words, means=means))


def cell(value: float | None) -> Cell:
    return HIDDEN if value is None else shown(value)


def one(first: Three, second: Three) -> estimate.MeanGap:
    return estimate.mean_differences(table({(X, "1"): first, (X, "2"): second}))[0]


# --- by formula -----------------------------------------------------------------------------------------------


def test_welch_as_worked_out_from_summaries() -> None:
    """R's sleep data as summaries: mean 0.75 and 2.33, sd 1.78901 and 2.002249, ten each. t.test gives t = −1.8608;
    t(0.975) of the smaller group's nine degrees of freedom is 2.262157."""
    found = one((0.75, 1.789010, 10), (2.33, 2.002249, 10))
    assert found.difference.value == pytest.approx(1.58)
    assert (found.low.value, found.high.value) == pytest.approx((1.58 - 1.92078, 1.58 + 1.92078), abs=1e-4)
    assert found.p == shown(1)  # 0.096: its class
    assert (found.verdict.turn, found.verdict.family, found.indicative) == (Turn.STILL, 1, True)


def test_groups_of_unlike_size_and_spread() -> None:
    """By hand: error √(1/40 + 4/100) = 0.2549510; t(0.975) of 39 degrees of freedom is 2.02269."""
    found = one((3.0, 1.0, 40), (3.8, 2.0, 100))
    assert found.difference.value == pytest.approx(0.8)
    assert (found.low.value, found.high.value) == pytest.approx(
        (0.8 - 2.02269 * 0.254951, 0.8 + 2.02269 * 0.254951), abs=1e-3
    )
    assert found.verdict.turn is Turn.UP
    assert not found.indicative


def test_the_difference_is_the_second_less_the_first() -> None:
    assert one((2.0, 1.0, 30), (1.5, 1.0, 30)).difference.value == pytest.approx(-0.5)


def test_equal_means_differ_by_zero() -> None:
    found = one((2.0, 1.0, 30), (2.0, 1.0, 30))
    assert found.difference.state is State.ZERO
    assert found.verdict.turn is Turn.STILL


# --- hidden and missing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("hidden", [(None, None, 20), (2.0, 1.0, None), (None, None, None)])
@pytest.mark.parametrize("second", [False, True])
def test_what_is_hidden_hides_the_difference(hidden: Three, second: bool) -> None:
    known: Three = (2.0, 1.0, 30)
    found = one(known, hidden) if second else one(hidden, known)
    assert (found.difference, found.low, found.high) == (HIDDEN, HIDDEN, HIDDEN)
    assert (found.p, found.verdict.turn) == (HIDDEN, Turn.UNKNOWN)


def test_a_group_that_nobody_is_in_has_no_difference() -> None:
    found = one((2.0, 1.0, 30), (nan, nan, 0))
    assert (found.difference, found.low, found.high) == (MISSING, MISSING, MISSING)


def test_hidden_beside_missing_stays_hidden() -> None:
    assert one((None, None, 20), (nan, nan, 0)).difference == HIDDEN


# --- several rows ---------------------------------------------------------------------------------------------


def test_holm_over_the_rows_that_can_be_compared() -> None:
    """p is 0.024 and 0.001: the first is beyond chance among two comparisons, and not among four."""
    told = {(X, "1"): (2.0, 1.0, 30), (X, "2"): (2.6, 1.0, 30), (Y, "1"): (2.0, 1.0, 30), (Y, "2"): (2.9, 1.0, 30)}
    z = key(("z", "vastattu"))
    hidden = estimate.mean_differences(table({**told, (z, "1"): (None, None, 9), (z, "2"): (1.0, 1.0, 30)}))
    assert [one.row for one in hidden] == [X, Y, z]
    assert [one.verdict.turn for one in hidden] == [Turn.UP, Turn.UP, Turn.UNKNOWN]
    assert [one.verdict.family for one in hidden] == [2, 2, 0]
    more = {(row, h): (2.0, 1.0, 30) for row in (z, key(("w", "vastattu"))) for h in "12"}
    among = estimate.mean_differences(table({**told, **more}))
    assert [one.verdict.turn for one in among] == [Turn.STILL, Turn.UP, Turn.STILL, Turn.STILL]
    assert {one.verdict.family for one in among} == {4}
    assert (among[0].low.value or 0) > 0  # clear of zero, and not beyond chance


def test_a_comparison_asked_the_other_way_round_is_turned() -> None:
    made = table({(X, "1"): (2.0, 1.0, 30), (X, "2"): (2.9, 1.0, 30)})
    forth, back = (estimate.mean_differences(made, *pair)[0] for pair in ("12", "21"))
    assert back.low.value == pytest.approx(-(forth.high.value or 0))
    assert back.high.value == pytest.approx(-(forth.low.value or 0))
    assert (forth.verdict.turn, back.verdict.turn) == (Turn.UP, Turn.DOWN)


# --- which groups ---------------------------------------------------------------------------------------------


def three() -> Released:
    return table({(X, name): (float(name), 1.0, 30) for name in "123"}, groups="123")


@pytest.mark.parametrize(
    ("a", "b", "difference"),
    [("", "", 2.0), ("1", "2", 1.0), ("2", "1", -1.0), ("2", "", 1.0), ("", "2", 1.0), ("3", "", -1.0)],
)
def test_groups_by_name_else_the_last_and_the_first_other(a: str, b: str, difference: float) -> None:
    assert estimate.mean_differences(three(), a, b)[0].difference.value == pytest.approx(difference)


@pytest.mark.parametrize(("a", "b"), [("9", ""), ("1", "9"), ("1", "1")])
def test_without_two_groups_nothing_is_compared(a: str, b: str) -> None:
    assert len(estimate.mean_differences(three(), a, b)) == 0
    assert len(estimate.mean_differences(table({(X, "1"): (2.0, 1.0, 30)}, groups="1"))) == 0


def test_people_without_a_group_are_no_group() -> None:
    told = {(X, "1"): (1.0, 1.0, 30), (X, "2"): (2.0, 1.0, 30), (X, "tyhja"): (9.0, 1.0, 30)}
    found = estimate.mean_differences(table(told, groups="1 2 tyhja"))
    assert (found[0].a, found[0].b) == (GROUPS["1"], GROUPS["2"])


# --- a mean, a change -----------------------------------------------------------------------------------------


def test_the_mean_of_one_row_in_one_group() -> None:
    """20 people, mean 4, deviation 2: t of 12.67 degrees of freedom is 2.1661, the margin 2.1661 × 2 / √20 = 0.9687."""
    made = table({(X, "1"): (3.0, 1.0, 50), (Y, "1"): (4.0, 2.0, 20)})
    found = estimate.mean(made, GROUPS["1"], Y)
    assert (found.mean, found.base, found.indicative) == (shown(4.0), shown(20), True)
    assert (found.low.value, found.high.value) == pytest.approx((3.0313, 4.9687), abs=2e-4)
    assert estimate.mean(made, GROUPS["1"]).mean == shown(3.0)
    assert estimate.mean(made, GROUPS["2"], Y).mean == MISSING


CHANGE, OTHER = key(("x_muutos", "vastattu")), key(("y_muutos", "vastattu"))


def test_a_change_in_deviations_of_the_changes() -> None:
    made = table({(CHANGE, "1"): (1.5, 2.8, 25), (OTHER, "1"): (None, None, 25)})
    first, second = estimate.changes(made, GROUPS["1"])
    assert first.standardised == shown(0.5)  # 0.536, to one decimal
    assert first.change.mean == shown(1.5)
    assert (second.standardised, second.change.mean) == (HIDDEN, HIDDEN)
    assert [one.standardised for one in estimate.changes(made, GROUPS["2"])] == [MISSING, MISSING]


def test_no_change_at_all_is_zero_deviations() -> None:
    (found,) = estimate.changes(table({(CHANGE, "1"): (0.0, 2.0, 25)}), GROUPS["1"])
    assert found.standardised.state is State.ZERO
