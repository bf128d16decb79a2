"""Statistics of released tables against published values and independent libraries; hidden in, hidden out."""

import csv
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from spec import account, one_way, two_way, variable

from rakelab import estimate
from rakelab.cells import HIDDEN, TOTAL, Cell, Key, Moments, Released, State, Tally, View, join, key, other_than, shown
from rakelab.protect import Policy, protect

R_VALUES = Path(__file__).resolve().parents[2] / "shared" / "data" / "intervals" / "wilson_R_4.2.2.csv"
MISSING = Cell(State.MISSING)
A = key(("v", "a"))
G1, G2 = key(("h", "1")), key(("h", "2"))


def released(tally: Tally) -> Released:
    return protect([tally], Policy(threshold=3))[tally.view.id]


def groups(first: tuple[int, int], second: tuple[int, int]) -> Released:
    """(ticked, base) of one option in two groups, as a multiple choice so that nothing else is hidden."""
    (a, n), (b, m) = first, second
    return released(two_way([[a, b], [n - a, m - b]]))


# --- shares ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [  # Newcombe 1998, Two-sided confidence intervals for the single proportion, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_as_published(count: int, base: int, low: float, high: float) -> None:
    assert estimate.wilson(count, base) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.shared
@pytest.mark.skipif(not R_VALUES.exists(), reason="R's values are not beside the project")
def test_wilson_as_r_computes_it() -> None:
    with R_VALUES.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 14
    for row in rows:
        found = estimate.wilson(int(row["x"]), int(row["n"]))
        assert found == pytest.approx((float(row["wilson_lo"]), float(row["wilson_hi"])), abs=1e-9)


def test_a_share_with_its_base_and_interval() -> None:
    found = estimate.proportion(released(one_way("v", {"a": 81, "b": 182})), A)
    assert (found.count, found.base, found.indicative) == (shown(81), shown(263), False)
    assert found.share.value == pytest.approx(81 / 263)
    assert (found.low.value, found.high.value) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_a_share_of_one_group() -> None:
    found = estimate.proportion(groups((15, 148), (30, 60)), A, G1)
    assert (found.count, found.base) == (shown(15), shown(148))


@pytest.mark.parametrize(("people", "indicative"), [(29, True), (30, False)])
def test_under_thirty_people_a_share_is_indicative(people: int, indicative: bool) -> None:
    found = estimate.proportion(released(one_way("v", {"a": 10, "b": people - 10})), A)
    assert found.indicative == indicative


def test_nobody_is_a_share_of_zero() -> None:
    found = estimate.proportion(released(one_way("v", {"a": 0, "b": 20})), A)
    assert found.share.state is State.ZERO
    assert found.low.state is State.ZERO
    assert found.high.value == pytest.approx(0.1611, abs=5e-5)


def test_a_share_of_nobody_is_missing() -> None:
    found = estimate.proportion(released(two_way([[9, 0], [9, 0]])), A, G2)
    assert (found.share, found.low, found.high) == (MISSING, MISSING, MISSING)


def test_a_hidden_count_has_no_share() -> None:
    found = estimate.proportion(protect([one_way("v", {"a": 3, "b": 8, "c": 20})])["t_v"], A)
    assert (found.share, found.low, found.high) == (HIDDEN, HIDDEN, HIDDEN)
    assert found.base == shown(31)


def test_a_hidden_base_has_no_share_and_tells_not_that_it_is_small() -> None:
    found = estimate.proportion(protect([two_way([[1, 12, 15], [2, 9, 20]])])["t_v_h"], A, G1)
    assert (found.share, found.low, found.high, found.indicative) == (HIDDEN, HIDDEN, HIDDEN, False)


# --- differences ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "first", "low", "high"),
    [  # Newcombe 1998, Interval estimation for the difference between independent proportions, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_newcombe_as_published(second: tuple[int, int], first: tuple[int, int], low: float, high: float) -> None:
    def share(k: int, n: int) -> estimate.Proportion:
        return estimate.Proportion(shown(k), shown(n), shown(k / n), HIDDEN, HIDDEN, False)

    assert estimate.newcombe(share(*first), share(*second)) == pytest.approx((low, high), abs=5.1e-5)


def test_a_difference_is_the_second_less_the_first() -> None:
    (found, other) = estimate.differences(groups((48, 80), (56, 70)), G1, G2)
    assert found.difference.value == pytest.approx(0.2)
    assert (found.low.value, found.high.value) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert (found.row, found.a, found.b, found.indicative) == (A, G1, G2, False)
    assert other.difference.value == pytest.approx(-0.2)


def test_fisher_as_scipy_computes_it() -> None:
    from scipy.stats import fisher_exact

    (found, _) = estimate.differences(groups((48, 80), (56, 70)), G1, G2)
    assert found.p == pytest.approx(fisher_exact([[48, 32], [56, 14]]).pvalue)


def test_holm_as_statsmodels_computes_it() -> None:
    from statsmodels.stats.multitest import multipletests

    for values in ([0.01, 0.04, 0.03, 0.005], [0.5, 0.5, 0.5], [0.0, 1.0], [0.02]):
        assert estimate.holm(values) == pytest.approx(multipletests(values, method="holm")[1].tolist())


def test_a_hidden_comparison_does_not_count_in_holm() -> None:
    assert estimate.holm([None, 0.01, None, 0.04]) == [None, pytest.approx(0.02), None, pytest.approx(0.04)]
    assert estimate.holm([]) == []
    assert estimate.holm([None]) == [None]


def test_only_what_stands_after_holm_is_marked() -> None:
    table = released(two_way([[20, 40], [50, 50], [30, 10]]))
    found = estimate.differences(table, G1, G2)
    assert [one.marked for one in found] == [True, False, True]
    assert all(one.adjusted is not None and one.p is not None and one.adjusted >= one.p for one in found)


def test_a_p_that_only_one_comparison_would_have_is_not_marked() -> None:
    """0.03 for one row is below 0.05; as one of three it is 0.09."""
    table = released(two_way([[40, 55], [30, 24], [30, 21]]))
    found = estimate.differences(table, G1, G2)
    assert found[0].p < 0.05 < found[0].adjusted  # type: ignore[operator]
    assert not found[0].marked


def test_equal_shares_differ_by_zero() -> None:
    (found, _) = estimate.differences(groups((20, 40), (40, 80)), G1, G2)
    assert found.difference.state is State.ZERO
    assert found.p == pytest.approx(1.0)


def test_what_is_hidden_is_not_compared() -> None:
    table = protect([two_way([[3, 20], [30, 40], [35, 50]])])["t_v_h"]
    (found, *_) = estimate.differences(table, G1, G2)
    assert (found.difference, found.low, found.high) == (HIDDEN, HIDDEN, HIDDEN)
    assert (found.p, found.adjusted, found.marked) == (None, None, False)


def test_a_group_of_nobody_is_not_compared() -> None:
    (found, _) = estimate.differences(groups((20, 40), (0, 0)), G1, G2)
    assert (found.difference, found.p) == (MISSING, None)


def test_missing_answers_are_not_compared() -> None:
    table = released(two_way([[20, 40], [50, 50]], row_traits={"missing": ("b",)}))
    assert [one.row for one in estimate.differences(table, G1, G2)] == [A]


# --- comparing named groups -----------------------------------------------------------------------------------

YEARS = two_way([[20, 40, 30], [50, 50, 50]])


def test_the_last_group_is_compared_with_the_first() -> None:
    found = estimate.compare(released(YEARS))
    assert [(one.a, one.b) for one in found] == [(G1, key(("h", "3")))] * 2
    assert len(found) == 2
    assert found[0].row == A


def test_named_groups_are_compared() -> None:
    assert {(one.a, one.b) for one in estimate.compare(released(YEARS), "3", "2")} == {(key(("h", "3")), G2)}
    assert {(one.a, one.b) for one in estimate.compare(released(YEARS), "2")} == {(G2, key(("h", "3")))}
    assert {(one.a, one.b) for one in estimate.compare(released(YEARS), "3")} == {(key(("h", "3")), G2)}
    assert {(one.a, one.b) for one in estimate.compare(released(YEARS), "", "1")} == {(G2, G1)}


def test_groups_of_missing_are_not_compared() -> None:
    table = released(two_way([[20, 40, 30], [50, 50, 50]], column_traits={"missing": ("3",)}))
    assert {(one.a, one.b) for one in estimate.compare(table)} == {(G1, G2)}


@pytest.mark.parametrize(("a", "b"), [("9", "2"), ("1", "9"), ("2", "2")])
def test_groups_that_are_not_there_are_not_compared(a: str, b: str) -> None:
    assert len(estimate.compare(released(YEARS), a, b)) == 0


def test_one_group_is_not_compared() -> None:
    assert len(estimate.compare(released(one_way("v", {"a": 9, "b": 20})))) == 0
    assert len(estimate.compare(released(two_way([[9], [20]])))) == 0


# --- means ----------------------------------------------------------------------------------------------------

KNOWN: Key = key(("ika", "vastattu"))


def mean_of(known: int, moments: Moments | None) -> estimate.MeanEstimate:
    tally = Tally(
        view=View("m", "mean_age", "ika", (KNOWN,), measure="mean"),
        counts={TOTAL: 40, KNOWN: known},
        links=(),
        variables={"ika": variable(["vastattu"])},
        account=account(40),
        moments={KNOWN: moments} if moments else {},
        distribution=(KNOWN,),
    )
    return estimate.mean(protect([tally])["m"])


def test_the_interval_of_a_mean_by_hand() -> None:
    """25 people, mean 43, deviation 10: t of 16 degrees of freedom is 2.1199, the margin 4.2398."""
    found = mean_of(25, Moments(43.0, 10.0))
    assert (found.mean, found.base, found.indicative) == (shown(43.0), shown(25), True)
    assert (found.low, found.high) == (shown(38.7), shown(47.3))  # outwards, to the mean's own step


def test_a_mean_of_forty_is_not_indicative() -> None:
    found = mean_of(40, Moments(43.0, 10.0))
    assert not found.indicative
    assert found.high == shown(46.3)  # 43 + 2.0555 × 10 / √40 = 46.250


def test_that_everybody_is_of_one_age_is_not_told() -> None:
    found = mean_of(40, Moments(43.0, 0.0))
    assert (found.mean, found.low, found.base) == (HIDDEN, HIDDEN, shown(40))


def test_a_hidden_mean_has_no_interval() -> None:
    found = mean_of(3, Moments(43.0, 10.0))
    assert (found.mean, found.low, found.high, found.indicative) == (HIDDEN, HIDDEN, HIDDEN, False)


def test_a_group_without_ages_has_no_mean() -> None:
    found = mean_of(0, None)
    assert found.mean.state is State.MISSING
    assert found.low.state is State.MISSING


# --- the model ------------------------------------------------------------------------------------------------

OUTCOME, YOUNG, WOMAN = ("tuki", "kylla"), ("nuori", "18-30"), ("sukupuoli", "nainen")


def crossed(counts: list[int], factors: tuple[tuple[str, str], ...] = (YOUNG, WOMAN)) -> Tally:
    """Every combination of the outcome and the factors, and of the outcome with each single one."""
    pairs = (OUTCOME, *factors)
    whole = list(product(*((pair, other_than(pair)) for pair in pairs)))
    finest = dict(zip((key(*one) for one in whole), counts, strict=True))
    coarse: dict[Key, int] = {}
    for factor in factors if len(factors) > 1 else ():
        for one, n in finest.items():
            kept = tuple(pair for pair in one if pair[0] in (OUTCOME[0], factor[0]))
            coarse[kept] = coarse.get(kept, 0) + n
    rows = {**coarse, **finest}
    return Tally(
        view=View("m", "support_model", OUTCOME[0], tuple(rows)),
        counts={TOTAL: sum(counts), **rows},
        links=(),
        variables={name: variable([level]) for name, level in pairs},
        account=account(sum(counts)),
    )


EIGHT = [40, 30, 50, 60, 20, 25, 70, 110]


def independent() -> tuple[np.ndarray, np.ndarray]:
    """Average differences of predicted probability, from a binomial GLM with frequency weights."""
    import statsmodels.api as sm

    rows = list(product((1, 0), repeat=3))
    y, design = np.array([r[0] for r in rows]), np.array([[1, r[1], r[2]] for r in rows], dtype=float)
    weights = np.array(EIGHT)
    fit = sm.GLM(y, design, family=sm.families.Binomial(), freq_weights=weights).fit()
    effects, errors = [], []
    for j in (1, 2):
        on, off = design.copy(), design.copy()
        on[:, j], off[:, j] = 1, 0
        p, q = fit.predict(on), fit.predict(off)
        gradient = (weights @ ((p * (1 - p))[:, None] * on - (q * (1 - q))[:, None] * off)) / weights.sum()
        effects.append(float(weights @ (p - q) / weights.sum()))
        errors.append(float(np.sqrt(gradient @ fit.cov_params() @ gradient)))
    return np.array(effects), np.array(errors)


def test_effects_as_another_model_gives_them() -> None:
    found = estimate.effects(released(crossed(EIGHT)))
    effects, errors = independent()
    assert [(one.variable, one.level, one.reference) for one in found.rows] == [
        ("nuori", "18-30", "!18-30"),
        ("sukupuoli", "nainen", "!nainen"),
    ]
    assert [one.effect.value for one in found.rows] == pytest.approx(effects, abs=1e-6)
    assert [one.low.value for one in found.rows] == pytest.approx(effects - 1.959964 * errors, abs=1e-5)
    assert [one.high.value for one in found.rows] == pytest.approx(effects + 1.959964 * errors, abs=1e-5)
    assert (found.outcome, found.level, found.base, found.left_out) == ("tuki", "kylla", shown(405), ())


def test_one_factor_alone_is_the_difference_of_two_shares() -> None:
    """Of 100 young 60 have it, of 200 others 80: 60 % − 40 %."""
    found = estimate.effects(released(crossed([60, 80, 40, 120], (YOUNG,))))
    assert found.rows[0].effect.value == pytest.approx(0.2)
    assert found.base == shown(300)


def test_whose_need_was_not_judged_is_out_and_what_they_would_do_is_told() -> None:
    """60 of 100 young and 80 of 200 older; 50 young and 20 older people are not judged yet: 60/150 less 80/220."""
    needs, ages = (OUTCOME, ("tuki", "ei"), other_than(OUTCOME)), (YOUNG, ("nuori", "31-"))
    counts = dict(zip((key(*one) for one in product(needs, ages)), (60, 80, 40, 120, 90, 140), strict=True))
    variables = {"tuki": variable(["kylla", "ei"]), "nuori": variable(["18-30", "31-"])}
    view = View("m", "support_model", OUTCOME[0], tuple(counts))
    found = estimate.effects(released(Tally(view, {TOTAL: 380, **counts}, (), variables, account(380))))
    assert [(one.reference, one.effect.value) for one in found.rows] == [("31-", pytest.approx(0.2))]
    assert (found.base, found.out) == (shown(300), shown(80))  # ten more have no age
    assert [one.effect.value for one in found.everybody] == [pytest.approx(60 / 150 - 80 / 220)]


def test_hidden_counts_leave_a_factor_out() -> None:
    """Young women with support are three: only one factor at a time is published whole."""
    counts = [3, 37, 40, 60, 20, 25, 70, 110]
    found = estimate.effects(protect([crossed(counts)])["m"])
    assert [one.variable for one in found.rows] == ["nuori"]
    assert found.left_out == ("sukupuoli",)
    assert found.base == shown(365)


def test_nothing_to_fit_where_all_is_hidden() -> None:
    found = estimate.effects(protect([crossed([1, 2, 3, 4, 1, 2, 3, 4])])["m"])
    assert (found.rows, found.base, found.left_out) == ((), HIDDEN, ("nuori", "sukupuoli"))


@pytest.mark.parametrize(
    "counts",
    [
        [50, 0, 0, 50],  # all the young have it, no other has
        [0, 0, 50, 50],  # nobody has it
        [50, 50, 0, 0],  # everybody has it
        [50, 0, 50, 0],  # all are young
    ],
)
def test_no_model_where_none_can_be_fitted(counts: list[int]) -> None:
    assert estimate.effects(released(crossed(counts, (YOUNG,)))).rows == ()


def test_groups_are_joined_as_in_the_table() -> None:
    assert join(A, G1) in groups((20, 40), (40, 80)).cells
