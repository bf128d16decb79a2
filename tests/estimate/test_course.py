"""The course of released numbers: counts by period, shares by period, gaps, periods of unequal length."""

from dataclasses import replace

import pytest
from spec import variable

from rakelab import _seal, estimate
from rakelab.cells import HIDDEN, TOTAL, Released, View, join, key, shown
from rakelab.errors import UsageError
from rakelab.formulas.course import Sign, Signal

MONTHS = [f"2021-{month:02}" for month in range(1, 13)]
COUNTS = [4, 6, 4, 6, 4, 6, 4, 6, 4, 6, 4, 15]


def by_month(counts: list[int | None], days: dict[str, int] | None = None, role: str = "period") -> Released:
    """A table whose rows are months; None is hidden."""
    names = MONTHS[: len(counts)]
    rows = tuple(key(("kuukausi", name)) for name in names)
    cells = {TOTAL: shown(100)} | {row: HIDDEN if n is None else shown(n) for row, n in zip(rows, counts, strict=True)}
    levels = {name: dict.fromkeys(("fi", "sv", "en"), name) for name in names}
    words = {"kuukausi": replace(variable(names), role=role, lengths=days or {}, levels=levels)}
    return _seal.release(view=View("m", "reported", "kuukausi", rows, (TOTAL,)), cells=cells, variables=words)


def test_a_month_far_above_the_others_is_a_sign():
    """Mean 69/12 = 5.75; ranges 2 × 10 and 11, mean 31/11, so the upper limit is 5.75 + 3 × 2.818/1.128 = 13.2."""
    made = estimate.course(by_month(COUNTS))
    assert made.limits.high == pytest.approx(13.2452, abs=1e-4)
    assert [point.sign for point in made.points] == [None] * 11 + [Sign(Signal.BEYOND, up=True)]
    assert [len(run) for run in made.runs] == [1]


def test_under_twelve_known_periods_have_no_limits():
    made = estimate.course(by_month([*COUNTS[:5], None, *COUNTS[6:]]))
    assert (made.limits, made.known, made.hidden, made.runs) == (None, 11, 1, [])
    assert estimate.course(by_month(COUNTS[:11])).limits is None


def test_unequal_periods_are_counted_by_thirty_days():
    """Fifteen days with 6 are as many as thirty with 12; months of 28 to 31 days are as long as each other."""
    made = estimate.course(by_month([6, 12, 12], {"2021-01": 15, "2021-02": 30, "2021-03": 60}))
    assert made.measured is estimate.Measured.RATE
    assert [point.value.value for point in made.points] == [12, 12, 6]
    alike = by_month([6, 12, 12], {"2021-01": 31, "2021-02": 28, "2021-03": 31})
    assert estimate.course(alike).measured is estimate.Measured.COUNT


def test_the_share_of_an_answer_by_period():
    columns = tuple(key(("kuukausi", name)) for name in MONTHS)
    row = key(("tarve", "talous"))
    cells = {TOTAL: shown(1200), row: shown(600), **dict.fromkeys(columns, shown(100))}
    cells |= {join(row, column): shown(50 if i else 90) for i, column in enumerate(columns)}
    words = {"tarve": variable(["talous"]), "kuukausi": replace(variable(MONTHS), role="period")}
    view = View("t", "needs", "tarve", (row,), (TOTAL, *columns), by="kuukausi")
    made = estimate.course(_seal.release(view=view, cells=cells, variables=words), row)
    assert made.measured is estimate.Measured.SHARE
    assert [point.value.value for point in made.points][:2] == [0.9, 0.5]
    assert made.points[0].sign == Sign(Signal.BEYOND, up=True)
    assert made.ends[0] >= 0
    assert made.ends[1] <= 1


@pytest.mark.parametrize("table", [by_month(COUNTS, role=""), by_month(COUNTS)])
def test_a_table_without_periods_is_named(table):
    row = () if table.variables["kuukausi"].role == "" else key(("kuukausi", "2021-01"))
    with pytest.raises(UsageError) as raised:
        estimate.course(table, row)
    assert raised.value.key == "present.no_periods"
