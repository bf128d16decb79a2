"""How long until half have had their answer, when some are still waiting."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

_ROUNDING = 1e-9


@dataclass(frozen=True)
class Median:
    """Median days with its 95 % interval, of ``n`` people or notifications with ``events`` ends seen.

    ``median`` is None where half never had their end; ``high`` None where the data set no limit upwards; both limits
    None where the data say nothing of them.
    """

    median: float | None
    low: float | None
    high: float | None
    n: int
    events: int


def median_time(days: Sequence[float], observed: Sequence[bool]) -> Median:
    """Kaplan–Meier median (Kaplan & Meier 1958), interval by log(−log S) (Brookmeyer & Crowley 1982).

    ``days`` until the end, or until the last look where ``observed`` is False (still waiting). The median is the first
    day on which fewer than half wait; where exactly half do for a time, the middle of that time, as in R and SAS.
    """
    times, seen = np.asarray(days, dtype=float), np.asarray(observed, dtype=bool)
    events = int(seen.sum())
    if events == 0:
        return Median(None, None, None, len(times), 0)
    curve = _curve(times, seen)
    low, high = _limits(curve)
    return Median(_median(curve), low, high, len(times), events)


def _median(curve: Any) -> float | None:
    """The middle of the days from half on and below half; where the curve ends at half, the first of them."""
    half, below = (np.flatnonzero(curve.surv_prob < 0.5 + slack) for slack in (_ROUNDING, -_ROUNDING))
    ends = [float(curve.surv_times[places[0]]) for places in (half, below) if len(places)]
    return sum(ends) / len(ends) if ends else None


def _limits(curve: Any) -> tuple[float | None, float | None]:
    """The test of S = 0.5 turned around. At a curve's end at zero there is no test, so no limit either (as in R)."""
    with np.errstate(divide="ignore", invalid="ignore"):  # at zero
        low, high = (float(limit) for limit in curve.quantile_ci(0.5, method="cloglog"))
    ends = high == curve.surv_times[-1] and curve.surv_prob[-1] < _ROUNDING
    return _limit(low), None if ends else _limit(high)


def _curve(times: np.ndarray, seen: np.ndarray) -> Any:
    from statsmodels.duration.survfunc import SurvfuncRight  # lazy: the command line's help must stay quick

    with np.errstate(divide="ignore", invalid="ignore"):
        return SurvfuncRight(times, seen.astype(int))


def _limit(value: float) -> float | None:
    return value if np.isfinite(value) else None
