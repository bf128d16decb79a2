"""Figures from plain lists, by formulas written here: part of ``recount.py``. Only distributions come from scipy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import combinations
from math import exp, inf, log, sqrt
from random import Random

from scipy import stats

Z = 1.959963984540054
Pair = tuple[float, float]


def half_up(value: Fraction, decimals: int) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def unit(printed: object) -> float:
    """One unit of the last decimal as printed."""
    return float(Decimal(1).scaleb(min(0, int(Decimal(str(printed)).as_tuple().exponent))))


def near(printed: float | str, truth: float, units: float = 0.5) -> bool:
    return abs(float(printed) - truth) <= units * unit(printed) + 1e-9


def wilson(count: int, base: int) -> Pair:
    share, width = count / base, Z * Z / base
    middle = (share + width / 2) / (1 + width)
    margin = Z * sqrt(share * (1 - share) / base + width / base / 4) / (1 + width)
    return 0.0 if count == 0 else middle - margin, 1.0 if count == base else middle + margin


def newcombe(first: tuple[int, int], second: tuple[int, int]) -> Pair:
    """Second less first."""
    (a, b), (low, high), (below, above) = (k / n for k, n in (first, second)), wilson(*first), wilson(*second)
    return b - a - sqrt((b - below) ** 2 + (high - a) ** 2), b - a + sqrt((above - b) ** 2 + (a - low) ** 2)


def mean(values: Sequence[float]) -> float:
    return float(sum(map(Fraction, values)) / len(values))


def deviation(values: Sequence[float]) -> float:
    exact = list(map(Fraction, values))
    middle = sum(exact) / len(exact)
    return sqrt(sum((one - middle) ** 2 for one in exact) / (len(exact) - 1))


def t_limits(values: Sequence[float]) -> Pair:
    """Student's, with two thirds of the degrees of freedom (docs/intervals.md)."""
    n = len(values)
    margin = float(stats.t.ppf(0.975, (n - 1) / 1.5)) * deviation(values) / sqrt(n)
    return mean(values) - margin, mean(values) + margin


def t_p(values: Sequence[float]) -> float:
    """The largest p of t, and of Hall's t with a skewness half its standard error smaller or larger."""
    n, skew = len(values), float(stats.skew(values, bias=False)) / sqrt(len(values))
    t, apart = mean(values) / (deviation(values) / sqrt(n)), sqrt(6) / n / 2
    return max(_p(t, 0, (n - 1) / 1.5), *(_p(t, one, (n - 1) / 1.5) for one in (skew - apart, skew + apart)))


def _p(t: float, skew: float, df: float) -> float:
    turned = t + skew * t * t / 3 + skew * skew * t**3 / 27 + skew / 6
    return 2 * float(stats.t.sf(abs(turned), df)) if turned * t > 0 else 1.0


def welch(first: Sequence[float], second: Sequence[float]) -> tuple[float, float, float, float]:
    """Second less first: difference, limits, p; with the smaller group's degrees of freedom."""
    a, b = (deviation(one) ** 2 / len(one) for one in (first, second))
    df, error = min(len(first), len(second)) - 1, sqrt(a + b)
    third, more = (float(stats.skew(one, bias=False)) * deviation(one) ** 3 / len(one) ** 2 for one in (first, second))
    gap, margin = mean(second) - mean(first), float(stats.t.ppf(0.975, df)) * error
    p = max(_p(gap / error, 0, df), _p(gap / error, (more - third) / error**3, df))
    return gap, gap - margin, gap + margin, p


def holm(values: dict[str, float]) -> dict[str, float]:
    found, least = {}, 0.0
    for i, name in enumerate(sorted(values, key=values.__getitem__)):
        least = max(least, min(1.0, (len(values) - i) * values[name]))
        found[name] = least
    return found


def fisher(first: tuple[int, int], second: tuple[int, int]) -> float:
    return float(stats.fisher_exact([[k, n - k] for k, n in (first, second)]).pvalue)


def signed_ranks(changes: Sequence[float]) -> tuple[float, float]:
    """Wilcoxon's two-sided p: by every way of signs (with ties), and by the normal curve with both corrections."""
    kept = [one for one in (round(one, 9) for one in changes) if one]
    order, sizes = sorted(map(abs, kept)), Counter(map(abs, kept))
    rank = {one: order.index(one) + (sizes[one] + 1) / 2 for one in sizes}
    doubled, n = [round(2 * rank[abs(one)]) for one in kept], len(kept)
    total = sum(rank[one] for one in kept if one > 0)
    ways = [1] + [0] * sum(doubled)
    for step in doubled:
        ways = [here + (ways[i - step] if i >= step else 0) for i, here in enumerate(ways)]
    lower = round(min(2 * total, sum(doubled) - 2 * total))
    spread = sqrt(n * (n + 1) * (2 * n + 1) / 24 - sum(s**3 - s for s in sizes.values()) / 48)
    z = max(0.0, abs(total - n * (n + 1) / 4) - 0.5) / spread
    return min(1.0, float(Fraction(2 * sum(ways[: lower + 1]), 2**n))), 2 * float(stats.norm.sf(z))


def wilcoxon(changes: Sequence[float]) -> float:
    """Exact below 50 differences, by the normal curve from there on."""
    exact, normal = signed_ranks(changes)
    return exact if sum(bool(round(one, 9)) for one in changes) < 50 else normal


def cronbach(rows: Sequence[Sequence[float]]) -> float:
    items = len(rows[0])
    inner = sum(deviation(column) ** 2 for column in zip(*rows, strict=True))
    return items / (items - 1) * (1 - inner / deviation([sum(row) for row in rows]) ** 2)


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    n, (first, second) = len(pairs), (Counter(side) for side in zip(*pairs, strict=True))
    by_chance = sum(first[one] * second[one] for one in first) / n / n
    return (sum(a == b for a, b in pairs) / n - by_chance) / (1 - by_chance)


def krippendorff(pairs: Sequence[tuple[str, str]]) -> float:
    """Two coders, nothing missing, classes without order."""
    given, all_ = Counter(one for pair in pairs for one in pair), 2 * len(pairs)
    expected = all_ * all_ - sum(n * n for n in given.values())
    return 1 - (all_ - 1) * 2 * sum(a != b for a, b in pairs) / expected if expected else inf


def krippendorff_limits(pairs: Sequence[tuple[str, str]], draws: int = 4000) -> Pair:
    random = Random(9)
    found = sorted(krippendorff(random.choices(pairs, k=len(pairs))) for _ in range(draws))
    return found[round(0.025 * draws)], found[round(0.975 * draws)]


def waiting(times: Iterable[tuple[float, bool]]) -> tuple[float, float, float]:
    """Kaplan–Meier: the median (the middle where exactly half have had their answer) and its limits by log(−log S)."""
    all_ = sorted(times)
    share, spread, curve = Fraction(1), 0.0, []
    for at in sorted({day for day, seen in all_ if seen}):
        here, risk = sum(day == at and seen for day, seen in all_), sum(day >= at for day, _ in all_)
        share *= 1 - Fraction(here, risk)
        spread += here / (risk * (risk - here)) if risk > here else inf
        curve.append((at, share, *_band(float(share), spread)))
    steps = [(at, s) for at, s, _, _ in curve if s <= Fraction(1, 2)]
    median = (steps[0][0] + steps[1][0]) / 2 if len(steps) > 1 and steps[0][1] == Fraction(1, 2) else steps[0][0]
    low, high = (next((at for at, _, *band in curve if band[side] <= 0.5), inf) for side in (0, 1))
    return median, low, high


def _band(share: float, spread: float) -> Pair:
    if share <= 0 or share >= 1:
        return share, share
    width = Z * sqrt(spread) / abs(log(share))
    return share ** exp(width), share ** exp(-width)


def logit(rows: Sequence[tuple[int, Sequence[int]]]) -> list[tuple[float, float, float]]:
    """Average difference that each yes-or-no factor makes to the share, with limits by the delta method."""
    import numpy as np

    y, x = np.array([one for one, _ in rows], dtype=float), np.array([[1, *given] for _, given in rows], dtype=float)
    beta = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ beta))
        information = x.T @ (x * (p * (1 - p))[:, None])
        beta = beta + np.linalg.solve(information, x.T @ (y - p))
    found = []
    for i in range(1, x.shape[1]):
        sides = [np.where(np.arange(x.shape[1]) == i, value, x) for value in (1.0, 0.0)]
        one, none = (1 / (1 + np.exp(-side @ beta)) for side in sides)
        slope = ((one * (1 - one))[:, None] * sides[0] - (none * (1 - none))[:, None] * sides[1]).mean(axis=0)
        gap, margin = (one - none).mean(), Z * sqrt(slope @ np.linalg.solve(information, slope))
        found.append((float(gap), float(gap - margin), float(gap + margin)))
    return found


def wald(effect: tuple[float, float, float]) -> float:
    """The two-sided p of an effect with symmetric limits."""
    return float(2 * stats.norm.sf(abs(effect[0]) / ((effect[2] - effect[1]) / 2 / Z)))


def two(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    return combinations(names, 2)
