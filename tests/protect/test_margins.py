"""What is said beside means: ends outwards, Holm's verdicts of unrounded moments, and nothing that closes a count."""

from collections.abc import Sequence
from math import inf

import numpy as np
import pytest
from scipy import stats
from spec import account, variable
from statsmodels.stats.multitest import multipletests

from rakelab import estimate
from rakelab.cells import HIDDEN, TOTAL, Grid, Key, Moments, Released, Tally, View, join, key
from rakelab.formulas import Summary, careful_mean, summary
from rakelab.protect import protect
from rakelab.protect.margins import Margins, cuts, families, how_large, outwards, p_below
from rakelab.protect.means import step


def changes(rows: dict[str, Sequence[float]], grid: Grid | None = None) -> Released:
    """Mean changes of the same people, a row each."""
    people = len(next(iter(rows.values())))
    names = {key((f"{name}_muutos", "vastattu")): list(answers) for name, answers in rows.items()}
    moments = {
        one: Moments(float(np.mean(a)), float(np.std(a, ddof=1)), grid, counts={v: a.count(v) for v in a})
        for one, a in names.items()
    }
    view = View("change", "change", next(iter(names))[0][0], tuple(names), measure="mean")
    words = {one[0][0]: variable(["vastattu"]) for one in names}
    counts = {TOTAL: people, **dict.fromkeys(names, people)}
    return protect([Tally(view, counts, (), words, account(people), moments=moments)])["change"]


def named(name: str) -> tuple[Key]:
    return (key((f"{name}_muutos", "vastattu")),)


def test_the_ends_are_those_of_unrounded_moments_rounded_outwards_to_the_means_own_step() -> None:
    answers = np.random.default_rng(1).normal(0.056, 0.62, 150).tolist()
    found = changes({"x": answers})
    mean, (judged,) = found.means[named("x")[0]], found.judged.values()
    low, high = stats.t.interval(0.95, 149 / 1.5, np.mean(answers), stats.sem(answers))
    assert (mean.low.value, mean.high.value) == (np.floor(low * 100) / 100, np.ceil(high * 100) / 100)
    assert (judged.low, judged.high) == (mean.low, mean.high)


@pytest.mark.parametrize("seed", range(8))
def test_verdicts_are_holms_of_the_raw_answers(seed: int) -> None:
    random = np.random.default_rng(seed)
    shifts = zip("abcde", (0, 0.3, 0.35, 0.4, 0.9), strict=True)
    rows = {name: random.normal(shift, 1, 40).tolist() for name, shift in shifts}
    p = [careful_mean(summary(np.array(answers), np.ones(40))).p for answers in rows.values()]
    found = changes(rows).judged
    assert [found[named(name)].beyond for name in rows] == list(multipletests(p, method="holm")[0])
    assert {one.family for one in found.values()} == {5}
    ends = [found[named(name)].p.value or 0 for name in rows]
    assert all(value < end <= 1 for value, end in zip(p, ends, strict=True))


def test_an_interval_is_never_narrower_for_its_rounding() -> None:
    assert outwards(-0.21, 0.39, 0.1) == (-0.3, 0.4)
    assert outwards(-0.2, 0.4, 0.1) == (-0.2, 0.4)
    assert outwards(0.3, 0.30000001, 0.1) == (0.3, 0.3)


def test_the_limit_that_turns_a_verdict() -> None:
    """0.05 / 3 and 0.05 / 2 until one fails; what comes after it fails with it."""
    assert cuts([0.2, 0.001, 0.03]) == pytest.approx([0.025, 0.05 / 3, 0.025])
    assert cuts([0.03, 0.025]) == [0.025, 0.025]  # what just meets its limit fails
    assert cuts([]) == []


def test_each_mean_has_the_limit_of_its_own_comparison() -> None:
    """p of nought, 0.66 and 0.04: the last one fails at 0.05 / 2, and the second with it."""
    known = {named(name)[0]: Summary(mean, 1.0, 20) for name, mean in (("b", 0.1), ("c", 0.5))}
    known |= {named("a")[0]: Summary(1e6, 1e-3, 400)}
    margins = Margins(known, dict.fromkeys(known, 0.1), [tuple(named(name) for name in "abc")])
    found = {one[0][0][0]: cut for some in margins._cuts.values() for one, cut in some}
    assert found == pytest.approx({"a_muutos": 0.05 / 3, "b_muutos": 0.025, "c_muutos": 0.025})
    assert margins.judged(margins.families[0])[named("a")].p.value == 0.001


def test_an_interval_without_an_end_has_none() -> None:
    assert outwards(None, 0.4, 0.1) == outwards(0.4, None, 0.1) == outwards(None, None, 0.1) == (-inf, inf)


def test_every_two_groups_are_compared_each_change_and_who_left() -> None:
    first, second, gap = (key(("h", h)) for h in ("1", "2", "tyhja"))
    start, gone, change = (key((f"x_{end}", "vastattu")) for end in ("alku", "keskeyttaneet", "muutos"))
    view = View("m", "change", "x", (start, gone, change), (TOTAL, first, second, gap), by="h", measure="mean")
    found = list(families(view, {"h": variable(["1", "2", "tyhja"], missing=("tyhja",))}))
    assert found == [
        tuple((join(row, first), join(row, second)) for row in view.rows),
        ((change,),), ((join(change, first),),), ((join(change, second),),),
        ((start, gone),),
    ]  # fmt: skip


def test_a_difference_is_told_as_coarsely_as_the_coarser_of_its_means() -> None:
    """1.23 less 0.5, of a hundred and of a thousand people, with an interval of 0.52 to 0.94."""
    few, many = key(("h", "a"), ("x", "vastattu")), key(("h", "b"), ("x", "vastattu"))
    known = {few: Summary(0.5, 1.0, 100), many: Summary(1.23, 1.0, 1000)}
    for pair in ((few, many), (many, few)):
        (found,) = Margins(known, {few: 0.1, many: 0.01}, ()).judged((pair,)).values()
        assert sorted(abs(one.value or 0) for one in (found.low, found.high)) == [0.5, 1.0]


# --- nothing that closes a count ------------------------------------------------------------------------------

X = named("x")
VALUES = (-2, -1, 0, 1, 2)
GRID = Grid(1.0, 0.0, -2.0, 2.0)


def ways(n: int, grid: Sequence[int]) -> list[list[int]]:
    """Every way in which ``n`` people can be at the values of ``grid``."""
    if len(grid) == 1:
        return [[grid[0]] * n]
    return [[grid[0]] * k + rest for k in range(n + 1) for rest in ways(n - k, grid[1:])]


def agree(answers: Sequence[float], found: Released) -> list[list[int]]:
    """Every way of answering that agrees with all that is told of one change, tried one by one."""
    (one,) = X
    mean, told = found.means[one], found.judged[X]
    fine, n = step(float(np.std(answers, ddof=1)), len(answers)), len(answers)
    fits = []
    for way in ways(n, VALUES):
        own = summary(np.array(way), np.ones(n))
        near = abs(own.mean - (mean.mean.value or 0)), abs(own.sd - (mean.sd.value or 0))
        if max(near) <= fine / 2 + 1e-9 and Margins({one: own}, {one: fine}, ()).judged((X,)) == {X: told}:
            fits.append(way)
    return fits


def small_and_settled(answers: Sequence[int], found: Released) -> list[int]:
    """Answers of few people that as many give in every way."""
    every = agree(answers, found)
    few = [value for value in set(answers) if answers.count(value) < 5 or len(answers) - answers.count(value) < 5]
    return [value for value in few if len({way.count(value) for way in every}) == 1]


@pytest.mark.parametrize("seed", range(60))
def test_every_small_count_stays_open_beside_the_ends(seed: int) -> None:
    random = np.random.default_rng(seed)
    answers = random.choice(VALUES, int(random.integers(5, 13)), p=random.dirichlet([0.6] * 5)).tolist()
    found = changes({"x": answers}, GRID) if len(set(answers)) > 1 else None
    if found and found.means[X[0]].mean.known:
        assert small_and_settled(answers, found) == []


@pytest.mark.parametrize("answers", [[2, -2, -2, 1, 0, -2, 1, 2, 2, -2], [0, 1, -2, -2, -2, -2, -2, 2, 0, 2, -2]])
def test_a_mean_whose_ends_would_close_a_count_is_hidden(answers: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Mean and deviation alone leave every count open."""
    assert changes({"x": answers}, GRID).means[X[0]].mean == HIDDEN
    monkeypatch.setattr(Margins, "agrees", lambda *_: True)
    told = changes({"x": answers}, GRID)
    assert small_and_settled(answers, told) != []


# --- how large ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_a_standardised_change_is_that_of_the_raw_answers_to_one_decimal(seed: int) -> None:
    """From the rounded mean and deviation it would be another number now and then (−1.05 of raw −1.064)."""
    random = np.random.default_rng(seed)
    rows = {f"x{i}": random.normal(-1.06, 1, 16).tolist() for i in range(20)}
    found = changes(rows).judged
    raw = [np.mean(answers) / np.std(answers, ddof=1) for answers in rows.values()]
    assert [found[named(name)].size.value for name in rows] == pytest.approx([round(one, 1) for one in raw])


def test_p_is_in_the_class_that_it_is_below_the_end_of() -> None:
    assert [p_below(p) for p in (0.0009, 0.001, 0.01, 0.049, 0.05, 1.0)] == [0.001, 0.01, 0.05, 0.05, 1, 1]


def test_beside_a_mean_that_is_not_told_nothing_is_compared() -> None:
    other = named("y")[0]
    assert Margins({X[0]: Summary(0.0, 1.0, 20)}, {X[0]: 0.1}, ()).judged(((X[0], other), (other,))) == {}


def test_no_change_is_nought() -> None:
    assert how_large(X, {X[0]: Summary(0.0, 1.0, 20)}, 0.1) == 0


def test_a_difference_is_that_of_the_raw_answers() -> None:
    """0.904, which lies between means told as 1.23 and 2.14: their difference is 0.91."""
    random = np.random.default_rng(4)
    first, second = (random.normal(0, 1, 200) for _ in range(2))
    first, second = first - first.mean() + 1.2349, second - second.mean() + 2.1389
    groups = {key(("h", "1")): first, key(("h", "2")): second}
    row, words = key(("x", "vastattu")), {"x": variable(["vastattu"]), "h": variable("12")}
    view = View("m", "competence", "x", (row,), tuple(groups), by="h", measure="mean")
    counts = {TOTAL: 400, **dict.fromkeys(groups, 200), **{join(row, one): 200 for one in groups}}
    moments = {join(row, one): Moments(float(v.mean()), float(v.std(ddof=1))) for one, v in groups.items()}
    table = protect([Tally(view, counts, (), words, account(400), moments=moments)])["m"]
    assert [table.means[join(row, one)].mean.value for one in groups] == [1.23, 2.14]
    assert estimate.mean_differences(table)[0].difference.value == 0.9
