"""p of the signed ranks from how many changed by how much, against scipy; every way is found, once."""

from itertools import combinations_with_replacement

import numpy as np
import pytest
from scipy import stats

from .points import Counter, Told
from .ranks import p_of, said, settled_by_p, ways


@pytest.mark.parametrize("seed", range(20))
def test_p_is_that_of_scipy(seed: int) -> None:
    random = np.random.default_rng(seed)
    changes = random.integers(-3, 5, size=random.integers(6, 14)) if seed % 2 else random.permutation(range(-5, 9))[:9]
    changes = changes if seed % 4 else changes[changes != 0] * 1
    kinds, counts = np.unique(changes, return_counts=True)
    kept = changes[changes != 0]
    plain = len(kept) == len(changes) and len(set(abs(kept))) == len(kept)
    method = "exact" if plain else stats.PermutationMethod(n_resamples=2**14)
    expected = stats.wilcoxon(kept, method=method).pvalue
    found = p_of({int(d): int(k) for d, k in zip(kinds, counts, strict=True)})
    assert found == pytest.approx(expected, abs=1e-9)


def test_what_a_published_p_says() -> None:
    assert said(0.05) == (0.01, 0.05)
    assert said(1) == (0.05, 1)
    assert said(0.033) == pytest.approx((0.0325, 0.0335))
    assert said(0.0044) == pytest.approx((0.00435, 0.00445))
    assert said(0.5) == pytest.approx((0.495, 0.505))


@pytest.mark.parametrize("seed", range(6))
def test_every_way_is_found_once(seed: int) -> None:
    answers = np.random.default_rng(seed).integers(-2, 3, size=6)
    pairs = Told(6, round(answers.mean(), 1), round(answers.std(ddof=1), 1), 0.05 + 1e-9).pairs(0)
    counter = Counter(range(-2, 3), 6, max(square for _, square in pairs))
    found = [tuple(way.get(d, 0) for d in range(-2, 3)) for way in ways(counter, pairs) or ()]
    tried = combinations_with_replacement(range(-2, 3), 6)
    every = [one for one in tried if (sum(one), sum(d * d for d in one)) in pairs]
    assert sorted(found) == sorted(tuple(one.count(d) for d in range(-2, 3)) for one in every)


def test_classes_of_change_narrow_as_p_does() -> None:
    """Three of six rose: by one each, or one by two and one by one ... ; that one rose by two or more tells which."""
    answers = [0, 0, 0, 0, 1, 2]
    told = Told(6, round(np.mean(answers), 1), round(float(np.std(answers, ddof=1)), 1), 0.05)
    pairs = told.pairs(0)
    counter = Counter(range(-2, 3), 6, max(square for _, square in pairs))
    open_ = settled_by_p(counter, pairs, 5, (0, (0, 1), (), lambda _: True))
    told_more = settled_by_p(counter, pairs, 5, (0, (0, 1), [(frozenset({2}), 1, 1)], lambda _: True))
    assert open_ is not None
    assert told_more is not None
    assert 2 not in open_
    assert told_more.items() >= {(2, 1)}
