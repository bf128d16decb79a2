"""Ranks among all areas, with what is level and what is within chance."""

from dataclasses import replace

from rakelab import regional
from rakelab.opendata import Number, Standing, area

KAINUU = area("Kainuu")
PLACED = regional.series("3563")


def changed(figures: dict[str, float | None]) -> regional.Series:
    """The shares of 2024 with some of them other."""
    values = dict(PLACED.values)
    for code, value in figures.items():
        own = Number(Standing.MISSING) if value is None else Number(Standing.SHOWN, value)
        values["hyvinvointialue", code, 2024] = own
    return replace(PLACED, values=values)


def test_the_rank_counts_those_above_and_names_those_level() -> None:
    """The 22 published shares of 2024, counted by hand: ten are above 1.2 %; 02 and 16 have it too; nine are below."""
    own = regional.rank(PLACED, KAINUU, 2024)
    assert (own.place, own.of, own.tied) == (11, 22, ("02", "16"))
    assert own.from_below() == 9 + 1


def test_the_highest_and_the_lowest() -> None:
    first = regional.rank(changed({"20": 9.9}), KAINUU, 2024)
    last = regional.rank(changed({"20": 0.1}), KAINUU, 2024)
    assert (first.place, first.tied, last.place) == (1, (), 22)
    shared = regional.rank(changed({"20": 9.9, "01": 9.9}), KAINUU, 2024)
    assert (shared.place, shared.tied) == (1, ("01",))


def test_margins_that_overlap_are_counted() -> None:
    """Kainuu's margin in 2024 is 1.04–1.38 %; Kymenlaakso's 1.66–1.95 % does not reach it."""
    kymenlaakso = PLACED.margin(area("Kymenlaakso"), 2024)
    assert round(kymenlaakso.low, 2) == 1.66
    assert regional.rank(PLACED, KAINUU, 2024).overlapping == 11
    alone = regional.rank(changed({"20": 90.0}), KAINUU, 2024)
    assert alone.overlapping == 0
    assert regional.rank(regional.series("127"), KAINUU, 2022).overlapping is None


def test_no_rank_where_an_area_is_missing_or_the_area_is_not_one_of_them() -> None:
    assert regional.rank(changed({"01": None}), KAINUU, 2024) is None
    assert regional.rank(PLACED, KAINUU, 2019) is None
    for name in ("Kuhmo", "Åland", "koko maa", "Pohjois-Suomen yhteistyöalue"):
        assert regional.rank(PLACED, area(name), 2024) is None
    assert len(regional.compared()) == 22
