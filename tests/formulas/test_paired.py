"""Against R's printed output and, where R prints nothing, the definition counted by hand."""

from itertools import product

import numpy as np
import pytest

from rakelab.formulas import wilcoxon

from .sleep import FIRST, SECOND

# Hollander & Wolfe (1973), p. 29: depression before and after; the example of R's wilcox.test.
BEFORE = (1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30)
AFTER = (0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29)


def test_wilcoxon_is_r() -> None:
    """wilcox.test(x, y, paired = TRUE): V = 40, p-value = 0.03906; one-sided 0.01953."""
    found = wilcoxon(np.subtract(BEFORE, AFTER))
    assert (found.statistic, found.used, found.zeros, found.ties, found.exact) == (40, 9, 0, 0, True)
    assert found.p == 0.0390625  # 20 of the 512 ways to give nine signs
    assert round(found.p / 2, 5) == 0.01953


def test_many_with_ties_and_zeros_is_r() -> None:
    """The differences of Cross Validated 514618 four times over, too many to be exact: scipy, which here is R."""
    from scipy.stats import wilcoxon as other

    drawn = [1, 1, 0, 1, 2, 1, 1, -2, 0, 1, 2, 1, 1, 1, -1, 0, 1, 0, 1] * 4
    found = wilcoxon(drawn)
    assert (found.used, found.zeros, found.ties, found.exact) == (60, 16, 60, False)
    expected = other(drawn, zero_method="wilcox", correction=True, method="asymptotic").pvalue
    assert found.p == pytest.approx(expected, rel=1e-9)


def test_wilcoxon_with_ties_and_zeros_is_exact() -> None:
    """Cross Validated 514618, V = 99.5 of 15 differences, eleven of them 1: every way to give signs, counted."""
    drawn = [1, 1, 0, 1, 2, 1, 1, -2, 0, 1, 2, 1, 1, 1, -1, 0, 1, 0, 1]
    found = wilcoxon(drawn)
    assert (found.statistic, found.used, found.zeros, found.ties, found.exact) == (99.5, 15, 4, 15, True)
    assert found.p == pytest.approx(_counted(np.array(drawn)), abs=1e-12)


def test_wilcoxon_of_sleep_is_exact() -> None:
    """All nine that differ went one way: 2 of 512 ways, as exactRankTests::wilcox.exact prints (p-value = 0.003906)."""
    found = wilcoxon(np.subtract(FIRST, SECOND))
    assert (found.statistic, found.zeros, found.ties, found.exact) == (0, 1, 2, True)
    assert found.p == 2 / 512


def _counted(drawn: np.ndarray) -> float:
    """The share of all ways to give signs whose sum of ranks is as far from the middle; ranks by scipy."""
    from scipy.stats import rankdata

    kept = drawn[drawn != 0]
    ranks = rankdata(np.abs(kept))
    sums = np.array(list(product((0, 1), repeat=len(kept)))) @ ranks
    middle = ranks.sum() / 2
    return float((np.abs(sums - middle) >= abs(ranks[kept > 0].sum() - middle) - 1e-9).mean())


@pytest.mark.parametrize("seed", range(12))
def test_exact_p_of_whole_numbers_with_ties(seed: int) -> None:
    rng = np.random.default_rng(seed)
    drawn = rng.integers(-3, 6, int(rng.integers(1, 14))).astype(float)
    if (drawn != 0).any():
        assert wilcoxon(drawn).p == pytest.approx(_counted(drawn), abs=1e-12)


def test_few_with_ties_hold_their_level() -> None:
    """Twelve people, steps of one, no true change: at most one p in twenty is at or below 0.05."""
    drawn = np.random.default_rng(9).integers(-2, 3, (4000, 12)).astype(float)
    found = [one.p for one in map(wilcoxon, drawn) if one]
    assert np.mean([p <= 0.05 for p in found]) <= 0.05 + 0.007


@pytest.mark.parametrize("n", [1, 2, 5, 9])
def test_exact_p_counts_every_way_to_give_signs(n: int) -> None:
    ranks = np.arange(1, n + 1)
    sums = np.array([ranks[np.array(signs, dtype=bool)].sum() for signs in product((0, 1), repeat=n)])
    for one in range(n + 1):
        signs = np.where(ranks <= one, -1, 1)
        found = wilcoxon(signs * ranks)
        tail = min((sums <= found.statistic).mean(), (sums >= found.statistic).mean())
        assert found.p == pytest.approx(min(1, 2 * tail), abs=1e-12)


@pytest.mark.parametrize(("n", "exact"), [(49, True), (50, False)])
def test_exact_until_fifty(n: int, exact: bool) -> None:
    """scipy.stats.wilcoxon: an algorithm of its own."""
    from scipy.stats import wilcoxon as other

    drawn = np.round(np.random.default_rng(5).normal(0.3, 1, n), 6)
    expected = other(drawn, method="exact" if exact else "asymptotic", correction=True).pvalue
    found = wilcoxon(drawn)
    assert found.exact is exact
    assert found.p == pytest.approx(expected, abs=1e-9)


def test_differences_that_only_binary_tells_apart_are_ties() -> None:
    assert wilcoxon([0.3 - 0.1, 0.2, -0.5]).ties == 2
    assert wilcoxon([0.3 - 0.2 - 0.1, 0.2, -0.5]).zeros == 1


@pytest.mark.parametrize("differences", [[], [0.0] * 16, [float("nan")]])
def test_nobody_changed(differences: list[float]) -> None:
    assert wilcoxon(differences) is None


def test_wilcoxon_with_ties_as_exact_rank_tests_prints_it() -> None:
    """R-help, 25 August 2006, the example of Bortz, Lienert and Boehnke: V = 13, p-value = 0.1367."""
    first = [9, 14, 8, 11, 14, 10, 8, 14, 12, 14, 13, 9, 15, 12, 9]
    second = [13, 15, 9, 12, 16, 10, 8, 13, 12, 16, 9, 10, 16, 12, 9]
    found = wilcoxon(np.subtract(first, second).tolist())
    assert found is not None
    assert (found.statistic, round(found.p, 4)) == (13, 0.1367)
