"""Two sources on the same matters: places with ties, turns, thirds, and what cannot be said."""

from dataclasses import replace
from random import Random

import pytest
from spec import variable

from rakelab import _seal, estimate
from rakelab.cells import HIDDEN, TOTAL, Cell, Key, Released, State, View, join, key, shown
from rakelab.estimate import Together, Turn

Counts = tuple[int | None, int | None]


def table(rows: dict[str, Counts], *, indicator: str = "needs", name: str = "v", base: int = 400) -> Released:
    """Counts of each row in two years; None is hidden, and so is its sum."""
    columns = (key(("vuosi", "1")), key(("vuosi", "2")))
    cells: dict[Key, Cell] = {TOTAL: shown(2 * base), **dict.fromkeys(columns, shown(base))}
    for level, counts in rows.items():
        row = key((name, level))
        cells[row] = HIDDEN if None in counts else shown(sum(n or 0 for n in counts))
        cells |= {join(row, c): HIDDEN if n is None else shown(n) for c, n in zip(columns, counts, strict=True)}
    words = {name: variable(rows, missing=("tyhja",), multiple=True), "vuosi": variable("12")}
    view = View(f"{indicator}_vuosi", indicator, name, tuple(key((name, one)) for one in rows), (TOTAL, *columns),
                by="vuosi", multiple=True)  # fmt: skip
    return _seal.release(view=view, cells=cells, variables=words)


def flat(**counts: int | None) -> dict[str, Counts]:
    """The same in both years: nothing turns."""
    return {level: (n, n) for level, n in counts.items()}


def reported(rows: dict[str, Counts]) -> Released:
    return table(rows, indicator="reported", name="w")


def verdicts(first: Released, second: Released) -> dict[str, Together]:
    return {one.level: one.verdict for one in estimate.beside(first, second)}


def test_only_shared_answers_in_the_order_of_the_first() -> None:
    first = table(flat(a=30, b=20, c=10, tyhja=5))
    second = reported(flat(x=9, c=10, tyhja=5, a=20))
    found = estimate.beside(first, second)
    assert [one.level for one in found] == ["a", "c"]
    assert [(one.first.rank, one.second.rank) for one in found] == [(1, 1), (2, 2)]
    assert estimate.beside(first, reported(flat(x=9))) == ()


def test_equal_shares_have_one_place_and_the_next_is_passed_over() -> None:
    found = estimate.beside(table(flat(a=30, b=20, c=20, d=10)), reported(flat(a=9, b=9, c=9, d=9)))
    assert [one.first.rank for one in found] == [1, 2, 2, 4]
    assert [one.second.rank for one in found] == [1, 1, 1, 1]


def test_a_hidden_share_has_no_place_and_leaves_the_others_unsure() -> None:
    """A person can be in several: the hidden one may be more common than any."""
    found = estimate.beside(table(flat(a=30, b=None, c=10)), reported(flat(a=9, b=8, c=7)))
    assert [(one.first.rank, one.first.unsure) for one in found] == [(1, 1), (None, 0), (2, 1)]
    assert [(one.second.rank, one.second.unsure) for one in found] == [(1, 0), (2, 0), (3, 0)]
    assert found[1].verdict is Together.UNKNOWN
    assert found[1].first.turn is Turn.UNKNOWN
    assert found[1].first.share.share == HIDDEN


@pytest.mark.parametrize("seed", range(200))
def test_no_place_and_no_third_is_false_whatever_is_hidden(seed: int) -> None:
    random = Random(seed)
    truth = [{level: random.choice((0, 3, 20, random.randint(1, 99))) for level in "abcdefg"[: random.randint(2, 7)]}
             for _ in range(2)]  # fmt: skip
    truth[1] = {level: truth[1].get(level, 5) for level in truth[0]}
    told = [{level: None if random.random() < 0.2 else n for level, n in one.items()} for one in truth]
    for one in estimate.beside(table(flat(**told[0])), reported(flat(**told[1]))):
        places = []
        for side, raw, shown_ in zip((one.first, one.second), truth, told, strict=True):
            place = 1 + sum(n > raw[one.level] for n in raw.values())
            if side.rank:
                among = raw if not side.unsure else {x: n for x, n in shown_.items() if n is not None}
                assert side.rank == 1 + sum(n > raw[one.level] for n in among.values())
                assert side.rank <= place <= side.rank + side.unsure
            places.append(place)
        third = len(truth[0]) / 3
        apart = min(places) <= third and max(places) > len(truth[0]) - third
        assert one.verdict is Together.UNKNOWN or (one.verdict is Together.APART) == apart


def test_common_in_one_and_rare_in_the_other_is_apart() -> None:
    first, second = table(flat(a=60, b=40, c=20)), reported(flat(a=20, b=40, c=60))
    assert verdicts(first, second) == {"a": Together.APART, "b": Together.ALIKE, "c": Together.APART}


def test_of_four_only_the_first_third_counts() -> None:
    """The top third of four is the first, the bottom third the third (over 2.67) and the fourth."""
    first, second = table(flat(a=80, b=60, c=40, d=20)), reported(flat(a=40, b=80, c=60, d=20))
    assert verdicts(first, second) == {
        "a": Together.APART, "b": Together.ALIKE, "c": Together.ALIKE, "d": Together.ALIKE,
    }  # fmt: skip


def test_two_matters_are_too_few_for_thirds() -> None:
    assert set(verdicts(table(flat(a=60, b=20)), reported(flat(a=20, b=60))).values()) == {Together.ALIKE}


@pytest.mark.parametrize(
    ("people", "events", "verdict"),
    [
        ((50, 150), (60, 10), Together.APART),
        ((150, 50), (10, 60), Together.APART),
        ((50, 150), (10, 60), Together.ALIKE),
        ((50, 150), (30, 31), Together.ALIKE),
        ((50, 150), (None, 60), Together.UNKNOWN),
    ],
)
def test_a_rise_beside_a_fall_is_apart(people: Counts, events: Counts, verdict: Together) -> None:
    found = verdicts(table({"a": people, "b": (90, 90)}), reported({"a": events, "b": (20, 20)}))
    assert found["a"] is verdict


@pytest.mark.parametrize(
    ("counts", "turn"),
    [((10, 60), Turn.UP), ((60, 10), Turn.DOWN), ((30, 31), Turn.STILL), ((None, 9), Turn.UNKNOWN),
     ((0, 20), Turn.UP), ((0, 2), Turn.STILL), ((0, 0), Turn.UNKNOWN), ((20, 0), Turn.DOWN)],
)  # fmt: skip
def test_turns_of_events(counts: Counts, turn: Turn) -> None:
    (found,) = estimate.beside(table(flat(a=60)), reported({"a": counts}))
    assert found.second.turn is turn


def test_people_turn_by_their_shares_and_not_by_their_numbers() -> None:
    (found,) = estimate.beside(table({"a": (50, 150)}), reported(flat(a=9)))
    assert (found.first.turn, found.second.turn) == (Turn.UP, Turn.STILL)


def test_one_period_has_no_turn() -> None:
    first = table(flat(a=60))
    (found,) = estimate.beside(first.only(TOTAL), reported(flat(a=9)).only(TOTAL))
    assert (found.first.turn, found.second.turn, found.verdict) == (Turn.UNKNOWN, Turn.UNKNOWN, Together.UNKNOWN)


# --- what cannot be compared ----------------------------------------------------------------------------------


def of_years(one: Released, *years: str) -> Released:
    """The same table with years as its periods."""
    columns = (TOTAL, *(key(("vuosi", year)) for year in years))
    renamed = dict(zip(one.view.columns, columns, strict=True))
    cells = {join(*(renamed.get(key(pair), key(pair)) for pair in k)): cell for k, cell in one.cells.items()}
    words = {**one.variables, "vuosi": variable(years, role="period")}
    return _seal.release(view=replace(one.view, columns=columns), cells=cells, variables=words)


RISE, FALL = {"a": (50, 150), "b": (90, 90)}, {"a": (60, 10), "b": (20, 20)}


@pytest.mark.parametrize(
    ("clients", "workers", "verdict"),
    [
        (("2020", "2021"), ("2020", "2021"), Together.APART),
        (("2020", "2021"), ("2021", "2022"), Together.UNKNOWN),  # they went apart between other years
        (("2020", "2021"), ("2022", "2023"), Together.UNKNOWN),
    ],
)
def test_turns_are_held_together_between_the_same_years_only(
    clients: tuple[str, ...], workers: tuple[str, ...], verdict: Together
) -> None:
    first, second = of_years(table(RISE), *clients), of_years(reported(FALL), *workers)
    assert verdicts(first, second)["a"] is verdict


def test_sources_without_a_common_year_are_not_compared() -> None:
    """One is common among clients and rare among reports, years apart: that says nothing."""
    first = of_years(table(flat(a=60, b=40, c=20)), "2020", "2021")
    second = of_years(reported(flat(a=20, b=40, c=60)), "2022", "2023")
    assert not estimate.common(first, second)
    assert set(verdicts(first, second).values()) == {Together.UNKNOWN}


def test_a_turn_that_nobody_knows_is_no_agreement() -> None:
    assert verdicts(table(flat(a=60, b=40)), reported({"a": (0, 0), "b": (20, 20)}))["a"] is Together.UNKNOWN


def test_the_view_of_a_group_has_its_own_places_periods_and_no_turns() -> None:
    """Group 1 is half of everybody; what only the other says is rare in it, and it has said nothing of period 2."""
    rows = dict.fromkeys("abcdefghi", (40, 0)) | {"a": (0, 90), "b": (90, 0)}
    when = table({"1": (9, 7), "2": (4, None)}, name="who")
    when = replace(when, variables={**when.variables, "vuosi": variable("12", role="period")},
                   cells={**when.cells, key(("who", "1"), ("vuosi", "2")): Cell(State.ZERO)})  # fmt: skip
    first = table(rows)
    one, other = estimate.views(first, when)
    assert (one.group, one.periods, other.periods) == ("1", ("1",), ("1", "2"))
    found = {m.level: m for m in estimate.beside(first, reported(flat(**dict.fromkeys("bcdefghi", 5), a=90)), one)}
    assert (found["a"].first.rank, found["b"].first.rank) == (9, 1)
    assert {m.first.turn for m in found.values()} == {Turn.UNKNOWN}
    assert found["a"].verdict is Together.APART
    assert found["c"].verdict is Together.UNKNOWN  # nobody can say that they agree
    assert found["a"].first.share.base == shown(400)
    assert estimate.views(first, None) == ()


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [("24", "24", True), ("24", "25", False), ("24", "24-1", True), ("24-2", "24", True), ("24-1", "24-2", False)],
)
def test_one_period_is_a_period_and_a_half_year_lies_within_its_year(mine: str, theirs: str, same: bool) -> None:
    """A table of one period has no column for it."""

    def of(period: str) -> Released:
        made = table(flat(a=9, b=5))
        words = {**made.variables, "vuosi": variable([period], role="period")}
        return replace(made, view=replace(made.view, columns=(TOTAL,)), variables=words)

    assert estimate.common(of(mine), of(theirs)) is same
