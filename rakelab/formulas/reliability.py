"""How reliable a scale is, and how large a change of one person must be to be more than the scale's noise."""

from math import sqrt
from typing import Any

import numpy as np

from rakelab.formulas.interval import UNKNOWN, Interval


def cronbach_alpha(items: Any) -> float | None:
    """Cronbach's alpha (Cronbach 1951) of people × items, over the rows without gaps (NaN).

    None with fewer than two items or complete rows, or where the sum of the items does not vary.
    """
    rows = np.asarray(items, dtype=float)
    rows = rows[~np.isnan(rows).any(axis=1)] if rows.ndim == 2 else np.empty((0, 0))
    n, k = rows.shape
    if n < 2 or k < 2:
        return None
    total = float(rows.sum(axis=1).var(ddof=1))
    if total <= 1e-12:
        return None
    return float(k / (k - 1) * (1 - float(rows.var(axis=0, ddof=1).sum()) / total))


def feldt_interval(alpha: float, n: int, k: int, level: float = 0.95) -> Interval:
    """Interval of Cronbach's alpha of ``k`` items and ``n`` people (Feldt 1965); ``UNKNOWN`` at alpha 1."""
    if n < 2 or k < 2 or alpha >= 1:
        return UNKNOWN
    from scipy.special import fdtri  # lazy: the command line's help must stay quick

    tail, df = (1 - level) / 2, (n - 1, (n - 1) * (k - 1))
    return Interval(*(1 - (1 - alpha) * float(fdtri(*df, share)) for share in (1 - tail, tail)))


def reliable_change(reliability: float, sd: float) -> float:
    """The smallest change of one person that is more than noise: 1.96 · √2 · sd · √(1 − r) (Jacobson & Truax 1991).

    ``sd`` is the standard deviation at baseline in the unit of the scale. Raises ValueError outside 0 ≤ r ≤ 1.
    """
    if not 0 <= reliability <= 1 or sd < 0:
        raise ValueError("reliability lies between 0 and 1, a standard deviation is not negative")
    return 1.96 * sqrt(2) * sd * sqrt(1 - reliability)
