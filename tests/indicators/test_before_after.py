"""Change of the same people, on six people drawn by hand: two changed, one did not, three lack an end of the scale."""

from math import inf
from pathlib import Path

import pytest
from spec import drawn, said, untrue

from rakelab import indicators, prepare
from rakelab.cells import TOTAL, Key, Tally, key
from rakelab.codebook import Codebook, codebook
from rakelab.dataset import Dataset
from rakelab.errors import UsageError

HEAD = "asiakas | ryhma | mittauskerta | pvm | suostumus | tavoite | tuki | oma_1 | oma_2"
#: Person, group, point, day, both items (0–3 each). d left one item blank at the end; e left; f came late.
SIX = """
a x alku 2026-01-01 3 2
a x loppu 2026-04-01 1 1
b x alku 2026-01-01 0 0
b x loppu 2026-04-01 1 0
c y alku 2026-01-01 2 2
c y loppu 2026-04-01 2 2
d y alku 2026-01-01 1 2
d y loppu 2026-04-01 - 1
e y alku 2026-01-01 3 3
f y loppu 2026-04-01 1 2
"""
SUM = ("oma_summa",)


@pytest.fixture(scope="module")
def book() -> Codebook:
    return codebook(Path(__file__).parents[1] / "prepare" / "muutos.toml")


def people_of(rows: str, book: Codebook) -> Dataset:
    cells = [["" if cell == "-" else cell for cell in row.split()] for row in rows.strip().splitlines()]
    lines = [" | ".join([*row[:4], "kylla", "parempi", "raha", *row[4:]]) for row in cells]
    return prepare.paired(prepare.score(drawn("\n".join([HEAD, *lines]), book)))


@pytest.fixture(scope="module")
def people(book: Codebook) -> Dataset:
    return people_of(SIX, book)


def given(name: str) -> Key:
    return key((name, "vastattu"))


def means(tally: Tally) -> dict[str, tuple[int, float]]:
    """Variable → people and their mean."""
    return {one[0][0]: (tally.counts[one], tally.moments[one].mean) for one in tally.view.rows if one in tally.moments}


# --- means ----------------------------------------------------------------------------------------------------


def test_the_mean_change_is_of_those_with_both_ends(people: Dataset) -> None:
    """a −3, b +1, c 0: mean −2/3, variance (49/9 + 25/9 + 4/9) / 2 = 13/3."""
    tally = indicators.change(people, SUM)
    change = given("oma_summa_muutos")
    assert tally.view.rows == (change,)
    assert (tally.counts[TOTAL], tally.counts[change]) == (6, 3)
    assert tally.moments[change].mean == pytest.approx(-2 / 3)
    assert tally.moments[change].sd == pytest.approx((13 / 3) ** 0.5)
    assert (tally.moments[change].grid.low, tally.moments[change].grid.high) == (-6, 6)


def test_p_of_few_people_on_a_sensitive_scale_is_not_computed(people: Dataset, book: Codebook) -> None:
    assert indicators.change(people, SUM).statistics == {(given("oma_summa_muutos"), "p"): None}
    many = "".join(f"k{i} x alku 2026-01-01 {i % 4} 1\nk{i} x loppu 2026-04-01 {i % 3} 1\n" for i in range(24))
    found = indicators.change(people_of(many, book), SUM).statistics[given("oma_summa_muutos"), "p"]
    assert found is not None
    assert 0 < found < 1


def test_a_change_follows_from_its_ends_and_says_so(people: Dataset) -> None:
    change = indicators.change(people, SUM).moments[given("oma_summa_muutos")]
    assert change.parts == ((given("oma_summa_loppu"), 1), (given("oma_summa_alku"), -1))
    before, after = (indicators.ends(people, SUM).moments[given(f"oma_summa_{end}")] for end in ("alku", "loppu"))
    assert before.parts == ((given("oma_summa_loppu"), 1), (given("oma_summa_muutos"), -1))
    assert after.parts == ((given("oma_summa_alku"), 1), (given("oma_summa_muutos"), 1))
    assert after.mean - before.mean == pytest.approx(change.mean)


def test_by_group_there_is_no_total_no_p_and_no_sum_of_parts(people: Dataset) -> None:
    tally = indicators.change(people, SUM, by="ryhma")
    assert tally.view.columns == (key(("ryhma", "x")), key(("ryhma", "y")))
    assert tally.statistics == {}
    change = given("oma_summa_muutos")
    assert tally.moments.keys() == {(change[0], ("ryhma", "x"))}  # one of y has a change: no spread
    assert tally.moments[(change[0], ("ryhma", "x"))].mean == pytest.approx(-1)
    assert tally.counts[(change[0], ("ryhma", "y"))] == 1


def test_both_ends_are_of_the_people_whose_change_is_told(people: Dataset) -> None:
    assert means(indicators.ends(people, SUM)) == {
        "oma_summa_alku": (3, pytest.approx(3)), "oma_summa_loppu": (3, pytest.approx(7 / 3)),
    }  # fmt: skip


def test_those_who_left_are_compared_at_the_start(book: Codebook) -> None:
    """e had 6 at the start and left, and g 2; d was measured again and left an item blank."""
    more = people_of(SIX + "g y alku 2026-01-01 1 1\n", book)
    assert means(indicators.dropouts(more, SUM)) == {
        "oma_summa_alku": (3, pytest.approx(3)), "oma_summa_keskeyttaneet": (2, pytest.approx(4)),
    }  # fmt: skip


def test_counts_of_the_ends_bind_a_mean_of_the_same_people_or_of_fewer(book: Codebook) -> None:
    """Three have both ends; of the six five have a start, and those who left are two of them."""
    whole = "\n".join(row for row in SIX.strip().splitlines() if row[0] in "abc")
    for rows, more in ((whole, 0), (SIX, 2)):
        found = indicators.ends(people_of(rows, book), SUM).moments[given("oma_summa_alku")].counted
        assert [(one.low, one.high, one.at, one.more) for one in found] == [
            (0, 0, key(("oma_summa_alussa", "pohja")), more),
            (0.5, 5.5, key(("oma_summa_alussa", "valissa")), more),
            (6, 6, key(("oma_summa_alussa", "katto")), more),
        ]
    two = SIX.replace("d y loppu 2026-04-01 - 1\n", "")
    left = indicators.dropouts(people_of(two, book), SUM).moments[given("oma_summa_keskeyttaneet")].counted
    assert {one.more for one in left} == {3}


def test_who_changed_by_more_than_noise_is_counted_beside_the_mean(people: Dataset) -> None:
    """More than 1.96 · √2 · √7 · √0.16 = 2.93 points; fewer are better. In each group too."""
    for by, column in (("", ()), ("ryhma", (("ryhma", "x"),))):
        base = key(*column, ("oma_summa_muutos", "vastattu"))
        better, worse = indicators.change(people, SUM, by=by).moments[base].counted
        assert (better.low, better.high, worse.low, worse.high) == pytest.approx((-inf, -2.933, 2.933, inf), abs=1e-3)
        assert better.at == key(*column, ("oma_summa_luokka", "parani"))
        assert (better.more, worse.more) == (0, 0)


# --- counts ---------------------------------------------------------------------------------------------------


def test_classes_of_change(people: Dataset) -> None:
    """More than 1.96 · √2 · √7 · √0.16 = 2.93 points: a improved by three."""
    tally = indicators.classes(people, "oma_summa", by="ryhma")
    assert tally.view.id == "classes_oma_summa_luokka_ryhma"
    assert said(tally) == {"parani": 1, "ennallaan": 2, "huononi": 0, "tyhja": 3}
    assert said(tally, key(("ryhma", "x"))) == {"parani": 1, "ennallaan": 1, "huononi": 0, "tyhja": 0}
    assert said(tally, key(("ryhma", "y"))) == {"parani": 0, "ennallaan": 1, "huononi": 0, "tyhja": 3}
    assert tally.variables["oma_summa_luokka"].sensitivity == ""
    assert untrue(tally) == []


def test_where_a_change_cannot_show(people: Dataset) -> None:
    """b at the lowest and e at the highest score at the start; nobody at the end."""
    start, end = (indicators.limits(people, "oma_summa", end=one) for one in ("alussa", "lopussa"))
    assert said(start) == {"pohja": 1, "valissa": 3, "katto": 1, "tyhja": 1}
    assert said(end) == {"pohja": 0, "valissa": 4, "katto": 0, "tyhja": 2}
    assert (start.view.id, end.view.id) == ("limits_oma_summa_alussa", "limits_oma_summa_lopussa")
    assert start.variables["oma_summa_alussa"].sensitivity == "health"


def test_pairs_are_told_however_few(people: Dataset) -> None:
    tally = indicators.pairs(people, by="ryhma")
    assert said(tally) == {"pari": 4, "vain_alku": 1, "vain_loppu": 1, "ei_mittausta": 0}
    assert said(tally, key(("ryhma", "y"))) == {"pari": 2, "vain_alku": 1, "vain_loppu": 1, "ei_mittausta": 0}
    assert set(tally.variables["pari"].open) >= {"pari", "vain_alku", "vain_loppu", "ei_mittausta"}


def test_remarks_count_people_and_no_remark_is_an_answer(book: Codebook) -> None:
    double = SIX + "a x alku 2026-01-01 2 2\n"
    found = said(indicators.remarks(people_of(double, book)))
    assert (found["kaksi_samana_paivana"], found["ei_huomioita"]) == (1, 5)
    assert "tyhja" not in found


# --- reliability ----------------------------------------------------------------------------------------------


def test_alpha_of_the_items_at_the_start(people: Dataset) -> None:
    """Five answered both items: variances 1.7 and 1.2, of the sum 5.3; alpha = 2 (1 − 2.9 / 5.3) = 0.9057."""
    tally = indicators.reliability(people, (("oma", "summa"),))
    base = given("oma_summa")
    assert (tally.view.measure, tally.view.rows, tally.counts[base]) == ("statistic", (base,), 5)
    assert tally.statistics[base, "alpha"] == pytest.approx(2 * (1 - 2.9 / 5.3))
    assert tally.statistics[base, "items"] == 2
    assert tally.variables["oma_summa"].title["en"] == "Own: Load"


def test_alpha_where_nobody_differs_is_none(book: Codebook) -> None:
    same = "a x alku 2026-01-01 1 1\na x loppu 2026-04-01 1 1\nb x alku 2026-01-01 1 1\nb x loppu 2026-04-01 1 1\n"
    tally = indicators.reliability(people_of(same, book), (("oma", "summa"),))
    assert tally.statistics[given("oma_summa"), "alpha"] is None


# --- nothing to count -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [indicators.change, indicators.ends, indicators.dropouts, indicators.reliability])
def test_no_scales_is_told(people: Dataset, make: object) -> None:
    with pytest.raises(UsageError) as caught:
        make(people, ())  # type: ignore[operator]
    assert caught.value.key == "indicators.no_scales"
