"""Against published values: Krippendorff 2011, Fleiss, Cohen & Everitt 1969, R's vcd, and tables counted by hand."""

import csv
from pathlib import Path

import numpy as np
import pytest

from rakelab.formulas import Interval, cohen_kappa, krippendorff_alpha, krippendorff_interval

NAN = float("nan")
# Krippendorff, "Computing Krippendorff's alpha-reliability" (2011): 12 units, 4 observers.
UNITS = [
    [1, 1, NAN, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
    [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [NAN, 5, 5, 5], [NAN, NAN, 1, 1], [NAN, NAN, 3, NAN],
]  # fmt: skip
PUBLISHED = {"nominal": 0.74342, "ordinal": 0.81539, "interval": 0.84911}
# Husbands' and wives' answers, 91 couples (Hout, Duncan & Sobel 1987); Agresti (1990), p. 367.
COUPLES = [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]]
# Fleiss, Cohen & Everitt (1969): two judges, 200 cases.
JUDGES = [[106, 10, 4], [22, 28, 10], [2, 12, 6]]


def coders(table: list[list[int]]) -> tuple[list[int], list[int]]:
    """The two columns of codes that a cross table counts."""
    pairs = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    return [a for a, _ in pairs], [b for _, b in pairs]


@pytest.mark.parametrize(
    ("table", "weights", "kappa", "error"),
    [
        (COUPLES, None, 0.1293, 0.0686),  # R: vcd::Kappa(SexualFun)
        (COUPLES, "linear", 0.2374, 0.0783),
        (JUDGES, None, 0.429, 0.0537),  # variance .002885
        ([[20, 5], [10, 15]], None, 0.4, 0.12700),
    ],
)
def test_kappa_is_the_published(table: list[list[int]], weights: str | None, kappa: float, error: float) -> None:
    found = cohen_kappa(*coders(table), weights)
    assert found.kappa == pytest.approx(kappa, abs=5e-4 if table is JUDGES else 5e-5)
    assert (found.high - found.low) / 2 / 1.959964 == pytest.approx(error, abs=5e-5)


def test_quadratic_kappa_counted_by_hand() -> None:
    """One unit of three is off by one step of two, a quarter; by chance every code meets every other."""
    first, second = [0, 1, 2], [0, 1, 1]
    seen = (1 / 4) / 3
    chance = sum(((a - b) / 2) ** 2 for a in first for b in second) / 9
    assert cohen_kappa(first, second, "quadratic").kappa == pytest.approx(1 - seen / chance)


def test_what_is_talked_about() -> None:
    found = cohen_kappa(["a", "b", None, "b", NAN], ["a", "c", "a", "b", "a"])
    assert (found.n, found.disagreements) == (3, 1)
    assert found.agreement == pytest.approx(2 / 3)


def test_the_order_of_classes_is_given() -> None:
    order = ["vähän", "jonkin verran", "paljon"]
    first, second = ["vähän", "paljon", "jonkin verran"], ["vähän", "jonkin verran", "jonkin verran"]
    numbers = cohen_kappa([0, 2, 1], [0, 1, 1], "linear")
    assert cohen_kappa(first, second, "linear", order) == numbers
    assert cohen_kappa(first, second, "linear") != numbers  # the alphabet is another order


def test_a_class_that_nobody_used_keeps_its_distance() -> None:
    assert cohen_kappa([0, 0, 3], [0, 3, 3], "linear", [0, 1, 2, 3]).kappa == pytest.approx(0.4)
    assert cohen_kappa([0, 1, 3], [0, 3, 3], "linear", [0, 1, 2, 3]) != cohen_kappa([0, 1, 3], [0, 3, 3], "linear")


@pytest.mark.parametrize(
    ("first", "second", "kappa", "agreement"),
    [("aaa", "aaa", None, 1.0), ("aab", "aab", 1.0, 1.0), ("aaa", "bbb", 0.0, 0.0), ("", "", None, None)],
)
def test_no_interval_of_kappa(first: str, second: str, kappa: float | None, agreement: float | None) -> None:
    found = cohen_kappa(list(first), list(second))
    assert (found.kappa, found.agreement, found.low, found.high) == (kappa, agreement, None, None)


def test_the_interval_ends_at_one() -> None:
    found = cohen_kappa(list("aabbc"), list("aabcc"))
    assert found.kappa == pytest.approx(12 / 17)
    assert found.high == 1


def test_coders_with_different_rows() -> None:
    with pytest.raises(ValueError):
        cohen_kappa([1, 2, 3], [1, 2])


# --- Krippendorff's alpha -------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", PUBLISHED)
def test_alpha_is_krippendorff_s(level: str) -> None:
    assert krippendorff_alpha(UNITS, level) == pytest.approx(PUBLISHED[level], abs=5e-6)


@pytest.mark.parametrize("level", PUBLISHED)
def test_alpha_by_its_definition(level: str) -> None:
    """One less observed through expected disagreement, pair by pair, on numbers that are not 1, 2, 3."""
    drawn = np.random.default_rng(8).choice([0.0, 1.0, 2.5, 7.0], size=(15, 3))
    drawn[0, 0] = drawn[1, 1:] = NAN
    assert krippendorff_alpha(drawn, level) == pytest.approx(_slowly(drawn, level))


def _slowly(ratings: np.ndarray, level: str) -> float:
    units = [row[~np.isnan(row)] for row in ratings]
    units = [row for row in units if len(row) > 1]
    values = np.concatenate(units)

    def apart(a: float, b: float) -> float:
        if level == "nominal":
            return float(a != b)
        if level == "interval":
            return (a - b) ** 2
        between = ((values >= min(a, b)) & (values <= max(a, b))).sum()
        return (between - ((values == a).sum() + (values == b).sum()) / 2) ** 2 if a != b else 0.0

    observed = sum(sum(apart(a, b) for a in row for b in row) / (len(row) - 1) for row in units) / len(values)
    expected = sum(apart(a, b) for a in values for b in values) / (len(values) * (len(values) - 1))
    return 1 - observed / expected


@pytest.mark.parametrize(
    "ratings", [np.empty((0, 2)), [[1, 1], [1, 1]], [[1, NAN], [NAN, 2]], [[1], [2]]],
    ids=["no units", "one class", "no unit coded twice", "one coder"],
)  # fmt: skip
def test_no_alpha(ratings: list[list[float]]) -> None:
    assert krippendorff_alpha(ratings) is None
    assert krippendorff_interval(ratings) == Interval(None, None)


def test_interval_holds_alpha_and_returns_with_its_seed() -> None:
    for level, alpha in PUBLISHED.items():
        found = krippendorff_interval(UNITS, level, seed=4, draws=500)
        assert -1 <= found.low < alpha < found.high <= 1
        assert found == krippendorff_interval(UNITS, level, seed=4, draws=500)
        assert found != krippendorff_interval(UNITS, level, seed=5, draws=500)


def test_interval_is_a_bootstrap_over_units() -> None:
    """Drawn one by one with the function for alpha itself."""
    drawn = np.random.default_rng(3).choice([1.0, 2.0, 3.0], size=(30, 2))
    drawn[:15, 1] = drawn[:15, 0]
    rng = np.random.default_rng(11)
    alphas = [krippendorff_alpha(drawn[rng.integers(0, 30, 30)], "ordinal") for _ in range(2000)]
    found = krippendorff_interval(drawn, "ordinal", seed=11, draws=4000)
    assert (found.low, found.high) == pytest.approx(tuple(np.percentile(alphas, [2.5, 97.5])), abs=0.03)


def test_nobody_disagreed() -> None:
    ratings = [[1, 1], [2, 2], [3, 3]] * 5
    assert krippendorff_alpha(ratings) == 1
    assert krippendorff_interval(ratings) == Interval(None, None)


def test_a_class_that_few_draws_hold() -> None:
    """One unit of ten differs from the rest: about a third of the draws have one class only, and no alpha."""
    assert krippendorff_interval([[1, 1]] * 9 + [[1, 2]]) == Interval(None, None)


def test_an_unknown_level() -> None:
    with pytest.raises(ValueError):
        krippendorff_alpha(UNITS, "ratio")


@pytest.mark.shared
def test_the_file_of_other_software_holds_the_same_units() -> None:
    file = Path(__file__).parents[3] / "shared" / "data" / "agreement" / "irrCAC_raw_4raters.csv"
    if not file.exists():
        pytest.skip("no ../shared/data")
    with file.open(encoding="utf-8") as lines:
        rows = [[float(value) if value else NAN for value in row[1:]] for row in list(csv.reader(lines))[1:]]
    assert np.array_equal(rows, UNITS, equal_nan=True)
