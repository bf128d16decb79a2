"""Which means and statistics go out, on tallies made by hand: few people, alike people, hidden groups, hidden ends."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf

import numpy as np
import pytest
from spec import account, adds_up, variable

from rakelab.cells import (
    HIDDEN,
    TOTAL,
    Cell,
    Counted,
    Grid,
    Key,
    Mean,
    Moments,
    Released,
    State,
    Tally,
    View,
    join,
    key,
    shown,
)  # fmt: skip
from rakelab.formulas import Summary
from rakelab.protect import Policy, protect
from rakelab.protect.lattice import Known
from rakelab.protect.margins import Margins
from rakelab.protect.means import _About, _beside_hidden

X: Key = key(("x", "vastattu"))
FIVE = Grid(1.0, 0.0, 1.0, 5.0)
SPREAD = [1, 2, 2, 3, 3, 3, 4, 4, 5, 5]
Answers = Mapping[str, Sequence[float]]


def moments(answers: Sequence[float], grid: Grid | None = FIVE) -> Moments:
    counts = {value: list(answers).count(value) for value in answers}
    return Moments(float(np.mean(answers)), float(np.std(answers, ddof=1)), grid, counts=counts)


def tally(groups: Answers, *, name: str = "x", total: bool = False, **traits: object) -> Tally:
    """Means of ``name`` in groups of ``h``; the only group ``""`` is everybody."""
    row = key((name, "vastattu"))
    everybody = [one for some in groups.values() for one in some]
    columns = {(key(("h", h)) if h else TOTAL): some for h, some in groups.items()} | (
        {TOTAL: everybody} if total else {}
    )
    named = [h for h in groups if h]
    counts = {TOTAL: len(everybody), **{column: len(some) for column, some in columns.items()}}
    counts |= {join(row, column): len(some) for column, some in columns.items()}
    return Tally(
        view=View(f"m_{name}", "change", name, (row,), tuple(columns), by="h" if named else "", measure="mean"),
        counts=counts,
        links=(adds_up("h", named),) if named else (),
        variables={name: variable(["vastattu"], **traits)} | ({"h": variable(named)} if named else {}),
        account=account(len(everybody)),
        moments={join(row, column): moments(some) for column, some in columns.items() if len(some) > 1},
    )  # fmt: skip


def told(one: Tally, *more: Tally) -> Released:
    return protect([one, *more])[one.view.id]


def known(table: Released, column: Key = TOTAL, row: Key = X) -> bool:
    found = table.means[join(row, column)]
    assert found.mean.known == found.sd.known
    return found.mean.known


# --- which are told -------------------------------------------------------------------------------------------


def test_an_ordinary_mean_is_told_with_its_deviation_as_coarsely_as_its_error_allows() -> None:
    found = told(tally({"": SPREAD})).means[X]
    assert (found.mean, found.sd) == (shown(3.2), shown(1.3))


def test_a_mean_of_many_is_told_more_finely() -> None:
    found = told(tally({"": SPREAD * 40})).means[X]
    assert (found.mean, found.sd) == (shown(3.2), shown(1.25))


@pytest.mark.parametrize(("n", "is_told"), [(4, False), (5, True)])
def test_a_mean_of_fewer_than_the_threshold_is_hidden(n: int, is_told: bool) -> None:
    one = tally({"": [1, 2, 4, 5, 3, 2, 5, 1]})
    some = replace(one, counts={**one.counts, X: n}, variables={"x": variable(["vastattu"], open=("vastattu",))},
                   moments={X: Moments(3.0, 1.6)})  # fmt: skip
    found = told(some)
    assert found[X] == shown(n)
    assert known(found) == is_told


def test_a_variables_own_threshold_holds_for_its_mean() -> None:
    assert known(told(tally({"": SPREAD})))
    for threshold, is_told in ((10, True), (11, False)):
        some = told(tally({"": SPREAD}, threshold=threshold, open=("vastattu",)))
        assert some[X] == shown(10)
        assert known(some) == is_told


@pytest.mark.parametrize("value", [3.0, 2.4, 7 / 3, 23 / 7])
@pytest.mark.parametrize("n", [7, 11, 20])
def test_that_all_are_alike_is_not_told_though_a_computer_rounds(value: float, n: int) -> None:
    one = tally({"": [value] * n})
    assert not known(told(replace(one, moments={X: moments([value] * n, None)})))


def test_one_who_differs_from_all_others_hides_the_mean() -> None:
    assert not known(told(tally({"": [3, 3, 3, 3, 3, 4]})))


def test_a_mean_is_hidden_with_the_counts_that_it_summarises() -> None:
    bands = {key(("ika", name)): n for name, n in (("nuori", 4), ("keski", 9), ("vanha", 20))}
    one = tally({"": [20.0, 30.0, 40.0] * 11})
    links = (adds_up("ika", ["nuori", "keski", "vanha"]),)
    counted = Tally(
        View("bands", "profile", "ika", tuple(bands)), {TOTAL: 33, **bands}, links,
        {"ika": variable(["nuori", "keski", "vanha"])}, account(33),
    )  # fmt: skip
    alone = replace(one, moments={X: moments([20.0, 30.0, 40.0] * 11, None)})
    assert known(told(alone, counted))
    assert not known(told(replace(alone, distribution=tuple(bands)), counted))


def test_a_hidden_mean_of_everybody_hides_the_groups_of_another_table_too() -> None:
    """From the groups' means everybody's would follow. ``X`` of everybody stands in the one table, of groups in the
    other, whose counts have no row of everybody."""
    groups = {"a": SPREAD, "b": SPREAD * 2}
    whole, apart = tally({"": SPREAD * 3}), tally(groups)
    apart = replace(apart, counts={one: n for one, n in apart.counts.items() if one != X})
    told = {join(X, key(("h", h))) for h in groups}
    assert _beside_hidden([whole, apart], told | {X}) == set()
    assert _beside_hidden([whole, apart], told) == told


# --- groups ---------------------------------------------------------------------------------------------------


def test_groups_by_themselves_hide_only_the_small_one() -> None:
    found = told(tally({"a": SPREAD, "b": SPREAD * 2, "c": [3, 3, 3, 3, 3, 4]}))
    assert [known(found, key(("h", h))) for h in "abc"] == [True, True, False]


def test_beside_the_total_one_hidden_group_hides_all_groups() -> None:
    groups = {"a": SPREAD, "b": SPREAD * 2, "c": [3, 3, 3, 3, 3, 4]}
    found = told(tally(groups, total=True))
    assert known(found)
    assert [known(found, key(("h", h))) for h in "abc"] == [False] * 3
    without = told(tally({"a": SPREAD, "b": SPREAD * 2}, total=True))
    assert [known(without, key(("h", h))) for h in "ab"] == [True, True]


def test_the_total_may_stand_in_another_table() -> None:
    groups = {"a": SPREAD, "b": SPREAD * 2, "c": [3, 3, 3, 3, 3, 4]}
    parted = tally(groups)
    whole = tally({"": [one for some in groups.values() for one in some]})
    whole = replace(whole, view=replace(whole.view, id="m_all"))
    release = protect([parted, whole])
    assert known(release["m_all"])
    assert [known(release["m_x"], key(("h", h))) for h in "abc"] == [False] * 3


def test_a_group_without_a_value_stands_in_nobodys_way() -> None:
    found = told(tally({"a": SPREAD, "b": SPREAD * 2, "c": []}, total=True))
    assert [known(found, key(("h", h))) for h in "ab"] == [True, True]


def test_each_mean_is_told_as_finely_as_its_own_error_allows() -> None:
    fine, coarse = tally({"": SPREAD * 40}), tally({"": SPREAD * 40}, name="y")
    y = key(("y", "vastattu"))
    one = replace(
        fine,
        view=replace(fine.view, rows=(X, y)),
        counts=fine.counts | coarse.counts,
        variables=fine.variables | coarse.variables,
        moments={X: fine.moments[X], y: Moments(30.26, 12.34)},
    )
    found = told(one)
    assert (found.means[X].sd, found.means[y].mean) == (shown(1.25), shown(30.3))


# --- what else is told of the same people ---------------------------------------------------------------------


def test_counts_of_the_ends_close_a_mean_only_where_they_are_told() -> None:
    answers, scale = [1.0, 1.0, 1.0, 4.0, 8.0, 8.0, 9.0], Grid(1.0, 0.0, 0.0, 10.0)
    ends = {"pohja": 0, "valissa": 7, "katto": 0}
    counted = tuple(Counted(end, end, key(("place", level))) for end, level in ((0.0, "pohja"), (10.0, "katto")))
    one = tally({"": answers})
    open_ = replace(one, moments={X: moments(answers, scale)})
    closed = replace(one, moments={X: replace(moments(answers, scale), counted=counted)})
    table = Tally(
        View("ends", "limits", "place", tuple(key(("place", level)) for level in ends)),
        {TOTAL: 7, **{key(("place", level)): n for level, n in ends.items()}},
        (adds_up("place", ends),), {"place": variable(ends)}, account(7),
    )  # fmt: skip
    assert known(told(open_, table))
    assert known(told(closed))
    assert not known(told(closed, table))


def test_a_change_may_not_tell_more_than_both_ends_leave() -> None:
    """Four of sixteen fell by three, the others rose by two: 0.8 and 2.2 with their interval leave more ways. From 0.8
    to 1.5 it is 0.8 at most: then there is only this one."""
    names = [key((f"x_{end}", "vastattu")) for end in ("alku", "loppu", "ero")]
    before, after, change = names
    ends = {before: Moments(0.8, 2.0), after: Moments(1.5, 2.0)}
    view = View("m", "change", "x_alku", tuple(names), measure="mean")
    words = {name[0][0]: variable(["vastattu"]) for name in names}
    for parts, is_told in (((), True), (((after, 1), (before, -1)), False)):
        mean = replace(moments([-3.0] * 4 + [2.0] * 12, Grid(1.0, 0.0, -4, 4)), parts=parts)
        counts = {TOTAL: 16, **dict.fromkeys(names, 16)}
        found = told(Tally(view, counts, (), words, account(16), moments={**ends, change: mean}))
        assert known(found, row=change) == is_told


def about(means: Mapping[str, float], *, margins: bool = False, told: int = 0) -> _About:
    """Means of twenty people with a deviation of one, told to a tenth; ``told`` is a count at the floor."""
    moments = {key((name, "vastattu")): Moments(mean, 1.0) for name, mean in means.items()}
    moments[X] = Moments(0.0, 1.0, parts=((key(("after", "vastattu")), 1), (key(("before", "vastattu")), -1)))
    fine = dict.fromkeys(moments, 0.1)
    known = {one: Summary(some.mean, some.sd, 20) for one, some in moments.items()}
    return _About({FLOOR: shown(told)}, Policy(), fine, moments, Margins(known, fine, ()) if margins else None)


FLOOR = key(("place", "pohja"))


@pytest.mark.parametrize(("mean", "span"), [(1.0, (0.95, 1.05)), (1.04, (1.0, 1.05)), (0.96, (0.95, 1.0))])
def test_the_ends_of_its_interval_narrow_a_mean(mean: float, span: tuple[float, float]) -> None:
    """From 0.57 to 1.51 is told as 0.5 to 1.6, whose middle is 1.05: with 1.0 told the mean is from 1.0 to 1.05."""
    one = key(("after", "vastattu"))
    assert about({"after": mean})._span(one) == pytest.approx((0.95, 1.05))
    assert about({"after": mean}, margins=True)._span(one) == pytest.approx(span)


def test_a_change_lies_between_what_both_ends_leave() -> None:
    assert about({"after": 3.7, "before": 0.5}).between(X) == pytest.approx((3.1, 3.3))
    assert about({"after": 3.7}).between(X) == (-inf, inf)
    assert about({}).between(X) == (-inf, inf)


@pytest.mark.parametrize(("told", "least", "most"), [(12, 10, 12), (1, 0, 1), (16, 14, 14), (0, 0, 0), (2, 0, 2)])
def test_a_count_of_two_more_people_is_the_most_and_less_two_the_least(told: int, least: int, most: int) -> None:
    found = about({}, told=told)._known(Counted(0.0, 0.5, FLOOR, 2), 14)
    assert found == Known(0.0, 0.5, least, most)


# --- statistics -----------------------------------------------------------------------------------------------


def statistic(name: str, value: float | None, n: int = 20, **traits: object) -> Cell:
    one = Tally(
        view=View("s", "reliability", "x", (X,), measure="statistic"),
        counts={TOTAL: 40, X: n},
        links=(),
        variables={"x": variable(["vastattu"], **traits)},
        account=account(40),
        statistics={(X, name): value},
    )
    return told(one).statistics[X, name]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("p", 0.123456, 1.0),
        ("p", 0.05, 1.0),
        ("p", 0.0499, 0.05),
        ("p", 0.01, 0.05),
        ("p", 0.0098765, 0.01),
        ("p", 0.001, 0.01),
        ("p", 1e-9, 0.001),
        ("alpha", 0.87654, 0.88),
        ("alpha", -0.126, -0.13),
        ("median", 17.5, 17.5),
        ("items", 5.0, 5.0),
    ],
)
def test_statistics_are_coarse(name: str, value: float, expected: float) -> None:
    assert statistic(name, value) == shown(expected)


def test_one_that_cannot_be_computed_is_hidden_and_one_without_limit_is_missing() -> None:
    assert statistic("p", None) == HIDDEN
    assert statistic("high", inf) == Cell(State.MISSING)


def test_a_statistic_of_few_is_hidden_and_so_is_one_without_limit() -> None:
    assert statistic("alpha", 0.8, n=4) == HIDDEN
    assert statistic("high", inf, n=4, open=("vastattu",)) == HIDDEN
    assert statistic("alpha", 0.8, n=14, threshold=15) == HIDDEN


@pytest.mark.parametrize(("name", "fewest"), [("alpha", 20), ("median", 11), ("low", 11), ("high", 11), ("items", 5)])
def test_some_statistics_need_more_people(name: str, fewest: int) -> None:
    assert statistic(name, 4.0, n=fewest).known
    assert statistic(name, 4.0, n=fewest - 1, open=("vastattu",)) == HIDDEN


def test_coefficients_of_two_coders_are_coarse_and_their_limits_rounded_outwards() -> None:
    values = {"kappa": 0.76, "kappa_low": 0.59, "kappa_high": 0.91}
    values |= {"alpha": 0.44, "alpha_low": -0.11, "agreement": 0.88}
    one = Tally(
        view=View("s", "agreement", "x", (X,), measure="statistic"), counts={TOTAL: 40, X: 12}, links=(),
        variables={"x": variable(["vastattu"])}, account=account(40),
        statistics={(X, name): value for name, value in values.items()},
    )  # fmt: skip
    found = {name: cell.value for (_, name), cell in told(one).statistics.items()}
    expected = {"kappa": 0.8, "kappa_low": 0.5, "kappa_high": 1.0, "alpha": 0.4, "alpha_low": -0.2, "agreement": 0.88}
    assert found == expected


def test_a_statistic_goes_with_its_mean() -> None:
    for answers, is_told in ((SPREAD, True), ([3, 3, 3, 3, 3, 4], False)):
        one = replace(tally({"": answers}), statistics={(X, "items"): 8})
        assert told(one).statistics[X, "items"].known == is_told


# --- p beside a mean ------------------------------------------------------------------------------------------


def changed(answers: Sequence[int], p: float, *, name: str = "x") -> tuple[Mean, Cell]:
    """The mean of so many changes on a scale of five steps, and what is told of the p of their ranks."""
    one, row = tally({"": answers}, name=name), key((name, "vastattu"))
    one = replace(one, moments={row: moments(answers, Grid(1.0, 0.0, -4, 4))}, statistics={(row, "p"): p})
    found = told(one)
    assert known(found, row=row)
    return found.means[row], found.statistics[row, "p"]


def test_the_class_of_p_is_told_beside_an_ordinary_change() -> None:
    """Item 6 of CORE-10 in a demo: 0.033 left one way of changing, its class leaves several."""
    assert changed([-2] * 2 + [-1] * 7 + [0] * 5 + [1] * 2, 0.0327)[1] == shown(0.05)


def test_p_is_hidden_where_its_class_leaves_one_way_and_the_mean_stays() -> None:
    """Nine of whom four fell by two, four by one, and one stayed."""
    assert changed([-2] * 4 + [-1] * 4 + [0], 0.012)[1] == HIDDEN


def test_p_is_asked_of_together_with_what_else_is_said_of_the_change() -> None:
    """Of eleven, four stayed as they were, two rose by two and five by three: 1.7, deviation 1.4. Twelve ways have
    these; two of them p from 0.01 to 0.05; six its ends 0.7 and 2.8, 1.2 deviations and the verdict: one has both."""
    mean, p = changed([0] * 4 + [2] * 2 + [3] * 5, 0.0156, name="x_muutos")
    assert (mean.low, mean.high) == (shown(0.7), shown(2.8))
    assert p == HIDDEN


# --- counts of more people ------------------------------------------------------------------------------------


def stayed(more: int, ends: Mapping[str, int]) -> bool:
    """Whether the start of fourteen who stayed is told beside who was at the ends, of them and so many more."""
    answers, scale = [1.0] * 12 + [2.0, 3.0], Grid(1.0, 0.0, 0.0, 4.0)
    places = {"pohja": (0.0, 0.0), "valissa": (0.5, 3.5), "katto": (4.0, 4.0)}
    counted = tuple(Counted(*some, key(("place", level)), more) for level, some in places.items())
    n = 14 + more
    one = tally({"": answers}, open=("vastattu",))
    one = replace(one, moments={X: replace(moments(answers, scale), counted=counted)})
    one = replace(one, counts={**one.counts, TOTAL: n}, account=account(n))
    table = Tally(
        View("ends", "limits", "place", tuple(key(("place", level)) for level in ends)),
        {TOTAL: n, **{key(("place", level)): k for level, k in ends.items()}},
        (adds_up("place", ends),), {"place": variable(ends, open=tuple(ends))}, account(n),
    )  # fmt: skip
    return known(told(one, table))


def test_counts_of_everybody_bound_those_of_who_stayed() -> None:
    """1.2 and 0.6 of fourteen: with nobody of all sixteen at nought it is twelve, one and one."""
    assert not stayed(2, {"pohja": 0, "valissa": 16, "katto": 0})
    assert stayed(2, {"pohja": 1, "valissa": 15, "katto": 0})
    assert stayed(12, {"pohja": 12, "valissa": 14, "katto": 0})
