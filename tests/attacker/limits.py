"""What the ends of a mean's interval, and the verdict on a change, say of sums and sums of squares.

Worked out from Student's t directly: nothing of the product is used.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import inf, sqrt
from typing import Any

from scipy import stats

from .points import Pair

KNOWN = ("shown", "zero")
SLACK = 1e-6


@dataclass(frozen=True)
class Limits:
    """The ends of the interval, told outwards; between what the p of a change lies."""

    low: float
    high: float
    p: tuple[float, float] = (0.0, 1.0)


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
    return Limits(told["low"]["value"], told["high"]["value"], _p(judged) if judged else (0.0, 1.0))


def _p(judged: Mapping[str, Any]) -> tuple[float, float]:
    """The class of p, and what Holm's verdict adds: beyond chance is below 0.05 at least; alone it is no more."""
    high = judged["p"]["value"]
    low = {0.001: 0.0, 0.01: 0.001, 0.05: 0.01}.get(high, 0.05)
    if judged["beyond"]:
        return low, min(high, 0.05)
    return max(low, 0.05 / judged["family"]), high


@cache
def _quantile(df: int) -> float:
    return float(stats.t.ppf(0.975, df))


def allowed(limits: Limits, pair: Pair, at: Place) -> bool:
    """Whether people with this sum and sum of squares (of deviations) can have such an interval and such a p."""
    total, square = pair
    mean = (total / at.n + at.centre) * at.unit
    error = sqrt(max(square - total**2 / at.n, 0) / (at.n - 1) / at.n) * at.unit
    half = _quantile(at.n - 1) * error
    near = (mean - half - limits.low, limits.high - mean - half)
    if not all(-SLACK <= one < at.step + SLACK for one in near):
        return False
    p = 2 * stats.t.sf(abs(mean) / error, at.n - 1) if error else inf
    return limits.p == (0.0, 1.0) or limits.p[0] - SLACK <= p <= limits.p[1] + SLACK
