"""The same people measured twice: Wilcoxon's signed ranks of the changes, after less before."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np

#: From this many differences on the normal approximation is taken, as R does.
_MANY = 50
#: Differences closer than this are one: 0.3 − 0.1 and 0.2 are a tie.
_DECIMALS = 9


@dataclass(frozen=True)
class Wilcoxon:
    """V (sum of the ranks of the positive differences) and its two-sided p.

    ``used``: differences that are not zero; ``zeros``: those left out; ``ties``: differences whose size another shares;
    ``exact``: the p is exact rather than a normal approximation.
    """

    statistic: float
    p: float
    used: int
    zeros: int
    ties: int
    exact: bool


def wilcoxon(differences: Sequence[float]) -> Wilcoxon | None:
    """Wilcoxon's signed rank test (Wilcoxon 1945); None where no difference is left.

    Exact with fewer than 50 differences, with ties too: every way to give the ranks their signs is counted (Streitberg
    & Röhmel 1986; R's ``exactRankTests::wilcox.exact``). Otherwise the normal approximation with correction for ties
    and continuity, as R's ``wilcox.test``. Zeros are left out, and so are gaps (NaN). Differences are compared to nine
    decimals.
    """
    values = np.asarray(differences, dtype=float)
    return wilcoxon_counted(*np.unique(np.round(values[~np.isnan(values)], _DECIMALS), return_counts=True))


def wilcoxon_counted(values: np.ndarray, counts: np.ndarray) -> Wilcoxon | None:
    """As ``wilcoxon``, of so many people (``counts``) with each of different ``values``."""
    zeros = int(counts[values == 0].sum())
    kept, people = values[values != 0], counts[values != 0]
    n = int(people.sum())
    if n == 0:
        return None
    ranks, sizes = _ranks(np.abs(kept), people)
    statistic = float((ranks * people)[kept > 0].sum())
    ties = int(sizes[sizes > 1].sum())
    exact = n < _MANY
    p = _exact_p(statistic, np.repeat(ranks, people)) if exact else _normal_p(statistic, n, sizes)
    return Wilcoxon(statistic, p, n, zeros, ties, exact)


def _ranks(values: np.ndarray, people: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean ranks of ``values``, and how many people share each distinct value."""
    _, place = np.unique(np.round(values, _DECIMALS), return_inverse=True)
    sizes = np.bincount(place, people)
    last = np.cumsum(sizes)
    return (last - (sizes - 1) / 2)[place], sizes[sizes > 0]


def _exact_p(statistic: float, ranks: np.ndarray) -> float:
    """Twice the smaller tail; counts the subsets of the ranks by their sum, doubled: a shared rank may be a half."""
    doubled = np.rint(2 * ranks).astype(int)
    ways = np.zeros(doubled.sum() + 1)
    ways[0] = 1
    for rank in doubled:
        ways[rank:] = ways[rank:] + ways[:-rank]
    reached = round(2 * statistic)
    lower = min(reached, len(ways) - 1 - reached)
    return float(min(1.0, 2 * ways[: lower + 1].sum() / 2.0 ** len(ranks)))


def _normal_p(statistic: float, n: int, sizes: np.ndarray) -> float:
    distance = abs(statistic - n * (n + 1) / 4)
    tied = float((sizes.astype(float) ** 3 - sizes).sum())
    spread = sqrt(n * (n + 1) * (2 * n + 1) / 24 - tied / 48)
    z = max(0.0, distance - 0.5) / spread
    return float(min(1.0, erfc(z / sqrt(2))))
