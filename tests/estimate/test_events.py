"""Counts of notifications in two periods: which periods, what rises, and what hidden or no counts do."""

from dataclasses import replace

import pytest
from spec import variable

from rakelab import _seal, estimate
from rakelab.cells import HIDDEN, TOTAL, Cell, Key, Released, State, View, join, key, shown

MISSING = Cell(State.MISSING)


def table(
    rows: dict[str, tuple[int | None, ...]],
    *,
    periods: str = "2020 2021 2022",
    apart: str = "",
    days: dict[str, int] | None = None,
    by: str = "vuosi",
) -> Released:
    """Counts of each row by period; None is hidden."""
    columns = tuple(key((by, one)) for one in periods.split())
    cells: dict[Key, Cell] = {TOTAL: shown(900), **dict.fromkeys(columns, shown(300))}
    for name, counts in rows.items():
        row = key(("ilmio", name))
        cells[row] = HIDDEN if None in counts else shown(sum(n or 0 for n in counts))
        for column, n in zip(columns, counts, strict=True):
            cells[join(row, column)] = HIDDEN if n is None else shown(n)
    about = replace(variable(periods.split(), missing=("tyhja",)), lengths=days or {})
    words = {"ilmio": variable([*rows], missing=("tyhja",)), by: about}
    keys = tuple(key(("ilmio", name)) for name in rows)
    view = View("reported_vuosi", "reported", "ilmio", keys, (TOTAL, *columns), by=by, multiple=True,
                apart=tuple(key(("ilmio", name)) for name in apart.split()))  # fmt: skip
    return _seal.release(view=view, cells=cells, variables=words)


def periods(found: tuple[estimate.Trend, ...]) -> tuple[str, str]:
    return found[0].a[0][1], found[0].b[0][1]


# --- which periods --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("", "", ("2021", "2022")),
        ("2020", "", ("2020", "2022")),
        ("", "2021", ("2020", "2021")),
        ("2020", "2021", ("2020", "2021")),
    ],
)
def test_the_last_period_is_compared_with_the_one_before(a: str, b: str, expected: tuple[str, str]) -> None:
    assert periods(estimate.trends(table({"asunto": (5, 6, 7)}), a, b)) == expected


@pytest.mark.parametrize(("a", "b"), [("", "2020"), ("", "2019"), ("2019", ""), ("2021", "2021")])
def test_what_has_no_period_before_it_is_not_compared_backwards(a: str, b: str) -> None:
    assert estimate.trends(table({"asunto": (5, 6, 7)}), a, b) == ()


def test_one_period_is_no_trend() -> None:
    assert estimate.trends(table({"asunto": (5,)}, periods="2020")) == ()


def test_notifications_without_a_date_are_no_period() -> None:
    assert periods(estimate.trends(table({"asunto": (5, 6, 7)}, periods="2020 2021 tyhja"))) == ("2020", "2021")


def test_kinds_of_missing_have_no_trend() -> None:
    made = table({"asunto": (5, 6, 7), "tyhja": (1, 1, 1)}, apart="tyhja")
    assert [one.row for one in estimate.trends(made)] == [key(("ilmio", "asunto"))]


# --- numbers --------------------------------------------------------------------------------------------------


def test_the_exact_interval_as_r_gives_it() -> None:
    """poisson.test(c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878)) of R's help: ratio 1.971488, 0.8584 … 4.2773, p 0.0797
    (two-sided); here as (later, earlier)."""
    made = table({"asunto": (21, 11)}, periods="2020 2021", days={"2020": 3011, "2021": 800})
    (found,) = estimate.trends(made)
    assert found.ratio.value == pytest.approx(1.971488, abs=1e-5)
    assert found.p == pytest.approx(0.07967, abs=1e-4)
    assert (found.before, found.after) == (shown(21), shown(11))
    assert (found.low.value, found.high.value) == pytest.approx((0.8584264, 4.2771651), abs=1e-3)


def test_as_many_in_a_part_of_a_year_is_a_rise() -> None:
    """90 in 2021, and 90 until 22 March 2022."""
    (found,) = estimate.trends(table({"a": (0, 90, 90)}, days={"2020": 366, "2021": 365, "2022": 81}))
    assert found.ratio.value == pytest.approx(365 / 81)
    assert (found.rises, found.days, found.uneven, found.seasons) == (True, (365, 81), True, True)
    (alike,) = estimate.trends(table({"a": (0, 90, 90)}, days={"2020": 366, "2021": 365, "2022": 365}))
    assert (alike.ratio.value, alike.rises, alike.uneven, alike.seasons) == (1.0, False, False, False)


@pytest.mark.parametrize("days", [{}, {"2021": 365}])
def test_where_a_length_is_not_known_both_periods_are_taken_to_be_as_long(days: dict[str, int]) -> None:
    (found,) = estimate.trends(table({"a": (0, 20, 40)}, days=days))
    assert (found.ratio.value, found.days, found.uneven) == (2.0, (), False)


@pytest.mark.parametrize(
    ("periods", "days", "seasons"),
    [
        ("2021-1 2021-2", {"2021-1": 181, "2021-2": 184}, True),
        ("2021-1 2022-1", {"2021-1": 181, "2022-1": 181}, False),
        ("2021-1 2022-1", {"2021-1": 181, "2022-1": 90}, True),
        ("2021-1 2021-2", {}, True),
    ],
)
def test_spring_and_autumn_are_not_of_the_same_months(periods: str, days: dict[str, int], seasons: bool) -> None:
    (found,) = estimate.trends(table({"a": (20, 40)}, periods=periods, days=days, by="puolivuosi"))
    assert found.seasons is seasons


def test_a_rise_is_beyond_chance_only_after_holm() -> None:
    """20 against 37 alone is beyond chance (p 0.033); one of five such comparisons is not."""
    (alone,) = estimate.trends(table({"a": (0, 20, 37)}))
    assert alone.p == pytest.approx(0.0331, abs=5e-4)
    assert alone.rises
    among = estimate.trends(table({"a": (0, 20, 37)} | dict.fromkeys("bcde", (0, 20, 20))))
    assert [one.rises for one in among] == [False] * 5
    assert among[0].adjusted == pytest.approx(5 * alone.p)


def test_a_fall_does_not_rise() -> None:
    (found,) = estimate.trends(table({"a": (0, 60, 10)}))
    assert found.adjusted is not None
    assert found.adjusted < 0.001
    assert not found.rises


def test_of_nothing_before_there_is_no_ratio_but_it_can_rise() -> None:
    many, few = estimate.trends(table({"a": (0, 0, 12), "b": (0, 0, 2)}))
    assert (many.ratio, many.high, many.rises) == (MISSING, MISSING, True)
    assert many.low.value == pytest.approx(2.78, abs=0.01)
    assert (few.ratio, few.rises) == (MISSING, False)


def test_nothing_at_all_is_nothing_to_compare() -> None:
    (found,) = estimate.trends(table({"a": (5, 0, 0)}))
    assert (found.ratio, found.low, found.high, found.p, found.rises) == (MISSING, MISSING, MISSING, None, False)


def test_none_any_more_is_a_ratio_of_zero() -> None:
    (found,) = estimate.trends(table({"a": (5, 9, 0)}))
    assert found.ratio.state is State.ZERO
    assert found.high.value is not None
    assert found.high.value < 1


@pytest.mark.parametrize("counts", [(9, None, 20), (9, 20, None), (9, None, None)])
def test_a_hidden_count_hides_the_trend_and_does_not_count_in_holm(counts: tuple[int | None, ...]) -> None:
    hidden, known = estimate.trends(table({"a": counts, "b": (0, 20, 37)}))
    assert (hidden.ratio, hidden.low, hidden.high) == (HIDDEN, HIDDEN, HIDDEN)
    assert (hidden.p, hidden.adjusted, hidden.rises) == (None, None, False)
    assert known.adjusted == known.p
