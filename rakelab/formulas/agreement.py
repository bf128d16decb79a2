"""Do coders agree: Cohen's kappa of two, Krippendorff's alpha of any number with gaps."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal

import numpy as np

from rakelab.formulas.interval import UNKNOWN, Interval

Weights = Literal["linear", "quadratic"]
Level = Literal["nominal", "ordinal", "interval"]
_Z = 1.959963984540054
_LEAST = 0.9  # share of bootstrap draws that must have an alpha


@dataclass(frozen=True)
class Kappa:
    """Cohen's kappa with its 95 % interval, and what it is made of.

    ``agreement``: share of the ``n`` units coded alike; ``disagreements``: units to talk about. ``kappa`` is None where
    both coders used one and the same class only; the limits are None also where nobody disagreed.
    """

    kappa: float | None
    low: float | None
    high: float | None
    agreement: float | None
    n: int
    disagreements: int


def cohen_kappa(
    first: Sequence[Hashable],
    second: Sequence[Hashable],
    weights: Weights | None = None,
    levels: Sequence[Hashable] | None = None,
) -> Kappa:
    """Kappa of two coders (Cohen 1960; weighted: Cohen 1968) with the interval of Fleiss, Cohen & Everitt (1969).

    Units that either left empty (None, NaN) are left out. ``levels`` gives the order of the classes, which weights
    need; without it the classes are those used, sorted.
    """
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if not (_gap(a) or _gap(b))]
    alike = sum(a == b for a, b in pairs)
    n = len(pairs)
    kappa, interval = _kappa(_crossed(pairs, levels), weights)
    return Kappa(kappa, interval.low, interval.high, alike / n if n else None, n, n - alike)


def _gap(value: Any) -> bool:
    return value is None or value != value


def _crossed(pairs: list[tuple[Any, Any]], levels: Sequence[Hashable] | None) -> np.ndarray:
    """Counts: classes of the first coder × classes of the second."""
    order = list(levels) if levels is not None else sorted({value for pair in pairs for value in pair})
    place = {value: i for i, value in enumerate(order)}
    table = np.zeros((len(order), len(order)))
    for a, b in pairs:
        table[place[a], place[b]] += 1
    return table


def _kappa(table: np.ndarray, weights: Weights | None) -> tuple[float | None, Interval]:
    used = np.flatnonzero(table.sum(axis=0) + table.sum(axis=1))
    if len(used) < 2:
        return None, UNKNOWN
    from statsmodels.stats.inter_rater import cohens_kappa  # lazy: the command line's help must stay quick

    with np.errstate(divide="ignore", invalid="ignore"):  # its test of zero, which nobody asked for
        result = cohens_kappa(table, wt=weights)
    kappa, variance = float(result.kappa), float(result.var_kappa)
    if variance <= 1e-15:
        return kappa, UNKNOWN
    margin = _Z * sqrt(variance)
    return kappa, Interval(max(-1.0, kappa - margin), min(1.0, kappa + margin))


# --- Krippendorff's alpha -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Coded:
    """Units with two values or more: how often each class was given (units × classes), and the classes' numbers."""

    counts: np.ndarray
    values: np.ndarray


def krippendorff_alpha(ratings: Any, level: Level = "nominal") -> float | None:
    """Krippendorff's alpha (Krippendorff 2011) of units × coders, numbers with NaN for gaps.

    A unit that fewer than two coded is left out. None where nothing is left or all values are the same.
    """
    coded = _coded(ratings)
    alpha = _alphas(coded, np.ones((1, len(coded.counts))), level)[0]
    return None if np.isnan(alpha) else float(alpha)


def krippendorff_interval(ratings: Any, level: Level = "nominal", *, seed: int = 1, draws: int = 2000) -> Interval:
    """95 % interval of alpha: units are drawn with replacement, percentiles of their alphas (Zapf et al. 2016).

    The same seed gives the same limits. This is not Krippendorff's own bootstrap, which draws pairs of values as if
    they were independent. ``UNKNOWN`` where nobody disagreed, or one draw of ten or more has no alpha.
    """
    coded = _coded(ratings)
    units = len(coded.counts)
    alpha = krippendorff_alpha(ratings, level)
    if alpha is None or alpha >= 1:
        return UNKNOWN
    drawn = np.random.default_rng(seed).multinomial(units, np.full(units, 1 / units), size=draws)
    alphas = _alphas(coded, drawn.astype(float), level)
    alphas = alphas[~np.isnan(alphas)]
    if len(alphas) <= _LEAST * draws:
        return UNKNOWN
    low, high = np.percentile(alphas, [2.5, 97.5])
    return Interval(float(low), float(high))


def _coded(ratings: Any) -> _Coded:
    given = np.asarray(ratings, dtype=float)
    values = np.unique(given[~np.isnan(given)])
    counts = (given[:, :, None] == values).sum(axis=1).astype(float)
    return _Coded(counts[counts.sum(axis=1) > 1], values)


def _alphas(coded: _Coded, times: np.ndarray, level: Level) -> np.ndarray:
    """Alpha of every row of ``times`` (draws × units: how often each unit is in); NaN where there is none."""
    if level not in ("nominal", "ordinal", "interval"):
        raise ValueError("level is nominal, ordinal or interval")
    each = coded.counts.sum(axis=1)
    within = times / np.maximum(each - 1, 1)
    totals = times @ coded.counts
    pairs = totals.sum(axis=1) - 1
    if level == "nominal":
        observed = within @ (each**2 - (coded.counts**2).sum(axis=1))
        expected = (pairs + 1) ** 2 - (totals**2).sum(axis=1)
    else:
        places = _places(coded.values, totals, level)
        observed = (within * each) @ coded.counts * places**2
        observed = observed.sum(axis=1) - (within * (places @ coded.counts.T) ** 2).sum(axis=1)
        expected = (pairs + 1) * (totals * places**2).sum(axis=1) - (totals * places).sum(axis=1) ** 2
    shares = np.divide(pairs * observed, expected, out=np.full(len(times), np.nan), where=expected > 1e-9)
    return np.asarray(1 - shares)


def _places(values: np.ndarray, totals: np.ndarray, level: Level) -> np.ndarray:
    """Where each class lies (draws × classes): its number, centred, or its mean rank among all values given.

    The square of the distance of two mean ranks is Krippendorff's ordinal metric.
    """
    if level == "ordinal":
        return np.cumsum(totals, axis=1) - totals / 2
    return np.broadcast_to(values - values.mean() if len(values) else values, totals.shape)
