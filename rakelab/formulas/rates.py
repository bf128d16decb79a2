"""Counts of what happens in a time: exact interval of a count, and the ratio of two."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from rakelab.formulas.interval import Interval

LEVEL = 0.95


def poisson_interval(count: int, exposure: float = 1.0, level: float = LEVEL) -> Interval:
    """Exact interval of a Poisson count, divided by ``exposure`` (Garwood 1936)."""
    from scipy.special import gammaincinv  # lazy: the command line's help must stay quick

    tail = (1 - level) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0
    return Interval(low / exposure, float(gammaincinv(count + 1, 1 - tail)) / exposure)


def byar_interval(count: float, level: float = LEVEL) -> Interval:
    """Byar's approximate interval of a Poisson count (Breslow & Day 1987), which Dobson's method stands on."""
    from scipy.stats import norm

    z = float(norm.ppf(1 - (1 - level) / 2))
    low = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3 if count else 0.0
    above = count + 1
    return Interval(low, above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3)


@dataclass(frozen=True)
class Standardised:
    """A directly standardised rate with its limits."""

    rate: float
    low: float
    high: float


def standardised_rate(
    counts: Sequence[int], people: Sequence[float], standard: Sequence[float], level: float = LEVEL
) -> Standardised:
    """The rate that a population of the ages of ``standard`` would have, with the limits of Dobson et al. (1991).

    The three run over the same ages. Raises ValueError where they do not, where somebody is missing from an age, and
    where nothing was counted at all: then no limits can be told by this method.
    """
    if not len(counts) == len(people) == len(standard) or min(people, default=0) <= 0 or sum(counts) <= 0:
        raise ValueError("counts, people and standard of the same ages")
    weights = [weight / sum(standard) for weight in standard]
    rate = sum(w * k / n for w, k, n in zip(weights, counts, people, strict=True))
    spread = sqrt(sum(w * w * k / (n * n) for w, k, n in zip(weights, counts, people, strict=True)) / sum(counts))
    limits, whole = byar_interval(sum(counts), level), sum(counts)
    return Standardised(rate, rate + spread * ((limits.low or 0) - whole), rate + spread * ((limits.high or 0) - whole))


@dataclass(frozen=True)
class Ratio:
    """How many times more often after than before; two-sided p.

    Where nothing was counted before, ``ratio`` and ``high`` are None (no limit upwards); all is None where nothing was
    counted at all.
    """

    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None


def rate_ratio(before: int, after: int, exposure: tuple[float, float] = (1.0, 1.0), level: float = LEVEL) -> Ratio:
    """``(after / its exposure) / (before / its exposure)`` with the exact conditional interval and p.

    Given the sum of both counts, ``after`` is binomial (Przyborowski & Wilenski 1940); its interval is that of Clopper
    & Pearson (1934). p is that of R's ``poisson.test`` and may in rare cases say other than the interval.
    """
    both = before + after
    if both == 0:
        return Ratio()
    from scipy.stats import binomtest

    test = binomtest(after, both, exposure[1] / (exposure[0] + exposure[1]))
    limits = test.proportion_ci(level, method="exact")
    scale = exposure[0] / exposure[1]
    ratio = after / before * scale if before else None
    high = _odds(float(limits.high)) * scale if before else None
    return Ratio(ratio, _odds(float(limits.low)) * scale, high, float(test.pvalue))


def _odds(share: float) -> float:
    return share / (1 - share)
