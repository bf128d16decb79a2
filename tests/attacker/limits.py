"""What the ends of intervals, sizes, and the verdicts on changes and differences say of sums and sums of squares.

Worked out from t, Welch and Hall's transformation directly: nothing of the product is used.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import inf, sqrt
from typing import Any

import numpy as np
from scipy import stats
from scipy.special import stdtr

from .points import Pair

KNOWN = ("shown", "zero")
SLACK = 1e-6
ANY = (0.0, 1.0)


@dataclass(frozen=True)
class Limits:
    """The ends of the interval, told outwards; between what the p of a change lies, and its standardised size."""

    low: float
    high: float
    p: tuple[float, float] = ANY
    size: float | None = None


@dataclass(frozen=True)
class Place:
    """How many people, from where deviations are counted, in what unit, and the step that the ends are told to."""

    n: int
    centre: int
    unit: float
    step: float


def limits_of(table: Mapping[str, Any], cell: str) -> Limits | None:
    """What a released table says of the mean of one cell; None where there is no interval."""
    told = next((one for one in table.get("means", ()) if one["cell"] == cell), {})
    if told.get("low", {}).get("state") not in KNOWN:
        return None
    judged = next((one for one in table.get("judged", ()) if one["cells"] == [cell]), None)
    ends = told["low"]["value"], told["high"]["value"]
    return Limits(*ends, _p(judged), judged["size"]["value"]) if judged else Limits(*ends)


def difference_of(judged: Mapping[str, Any]) -> Limits:
    """What is said of the difference of two means."""
    return Limits(judged["low"]["value"], judged["high"]["value"], _p(judged), judged["size"]["value"])


def _p(judged: Mapping[str, Any]) -> tuple[float, float]:
    """The class of p, and what Holm's verdict adds: beyond chance is below 0.05 at least; alone it is no more."""
    high = judged["p"]["value"]
    low = {0.001: 0.0, 0.01: 0.001, 0.05: 0.01}.get(high, 0.05)
    if judged["beyond"]:
        return low, min(high, 0.05)
    return max(low, 0.05 / judged["family"]), high


@cache
def _quantile(df: float) -> float:
    return float(stats.t.ppf(0.975, df))


def allowed(limits: Limits, pair: Pair, at: Place) -> bool:
    """Whether people with this sum and sum of squares (of deviations) can have such an interval, such a standardised
    size, and such a p: it is never smaller than that of t."""
    total, square = pair
    mean = (total / at.n + at.centre) * at.unit
    error = sqrt(max(square - total**2 / at.n, 0) / (at.n - 1) / at.n) * at.unit
    df = (at.n - 1) / 1.5
    if not _ends(limits, (mean - _quantile(df) * error, mean + _quantile(df) * error), at.step):
        return False
    if limits.size is None:
        return True
    size = mean / error / sqrt(at.n) if error else inf
    p = _of_t(mean / error, df) if error else 0.0
    return abs(size - limits.size) <= 0.05 + SLACK and p <= limits.p[1] + SLACK


def _ends(limits: Limits, ends: tuple[Any, Any], step: float) -> Any:
    below, above = ends[0] - limits.low, limits.high - ends[1]
    return (below >= -SLACK) & (below < step + SLACK) & (above >= -SLACK) & (above < step + SLACK)


def agrees(limits: Limits, way: Mapping[int, int], unit: float) -> bool:
    """Whether so many people with each change have such a p, which hangs on how skewed they are."""
    there = {d * unit: k for d, k in way.items() if k}
    return len(there) > 1 and limits.p[0] - SLACK <= p_of_changes(there) <= limits.p[1] + SLACK


def p_of_changes(way: Mapping[float, int]) -> float:
    """The largest p of t, and of Hall's t with a skewness half its standard error larger or smaller."""
    n = sum(way.values())
    mean = sum(d * k for d, k in way.items()) / n
    m2, m3 = (sum((d - mean) ** power * k for d, k in way.items()) / n for power in (2, 3))
    t, skew = mean / sqrt(m2 / (n - 1)), sqrt(n * (n - 1)) / (n - 2) * m3 / m2**1.5 / sqrt(n)
    apart, df = sqrt(6) / n / 2, (n - 1) / 1.5
    return max(_of_t(t, df), _hall(t, skew - apart, df), _hall(t, skew + apart, df))


def _of_t(t: float, df: float) -> float:
    return 2 * float(stdtr(df, -abs(t)))


def _hall(t: float, skew: float, df: float) -> float:
    """Hall (1992): T + γT²/3 + γ²T³/27 + γ/6, γ being the skewness of the mean."""
    turned = t + skew * t * t / 3 + skew * skew * t**3 / 27 + skew / 6
    return _of_t(turned, df) if t * turned > 0 else 1.0


def compatible(limits: Limits, two: tuple[list[Pair], list[Pair]], at: tuple[Place, Place]) -> np.ndarray:
    """Which pairs of the first group (rows) go with which of the second, given what is said of their difference."""
    (mean, square), (other, more) = (_moments(pairs, place) for pairs, place in zip(two, at, strict=True))
    gap, error = other[None, :] - mean[:, None], np.sqrt(square[:, None] + more[None, :])
    df, step = min(at[0].n, at[1].n) - 1, max(one.step for one in at)
    fits = _ends(limits, (gap - _quantile(df) * error, gap + _quantile(df) * error), step)
    least = stats.t.isf((limits.p[1] + SLACK) / 2, df)
    return fits & (abs(gap - (limits.size or 0.0)) <= step / 2 + SLACK) & (abs(gap) >= least * error)


def _moments(pairs: list[Pair], at: Place) -> tuple[np.ndarray, np.ndarray]:
    """Means, and their squared errors."""
    total, square = np.array(pairs, dtype=float).T
    spread = np.maximum(square - total**2 / at.n, 0) / (at.n - 1) / at.n
    return (total / at.n + at.centre) * at.unit, spread * at.unit**2
