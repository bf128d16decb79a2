"""Means, from summaries alone: what a comparison gives, standardised change.

Only the mean, the standard deviation and the number of people go in, so these work on released figures as well.
A standard deviation of zero says that everybody answered alike. That tells nothing of how far off the mean may be, so
there is no interval then, rather than one of no width.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

LEVEL = 0.95


def t_quantile(level: float, df: float) -> float:
    from scipy.special import stdtrit  # lazy: the command line's help must stay quick

    return float(stdtrit(df, (1 + level) / 2))


@dataclass(frozen=True)
class Summary:
    """What is known of a group: mean, standard deviation (of a sample, n − 1), number of people, and skewness (of a
    sample: Fisher's G1)."""

    mean: float
    sd: float
    n: int
    skewness: float = 0.0

    @property
    def variance_of_mean(self) -> float:
        return self.sd**2 / self.n

    @property
    def third(self) -> float:
        """The third cumulant of the mean."""
        return self.skewness * self.sd**3 / self.n**2


def summary(values: np.ndarray, people: np.ndarray) -> Summary:
    """The summary of so many people with each of ``values``."""
    n = int(people.sum())
    mean = float(values @ people) / n
    away = values - mean
    square = float(away**2 @ people)
    sd = sqrt(square / (n - 1)) if n > 1 else 0.0
    skewed = n > 2 and square > 0
    return Summary(mean, sd, n, float(away**3 @ people) * n / (n - 1) / (n - 2) / sd**3 if skewed else 0.0)


@dataclass(frozen=True)
class MeanDifference:
    """A mean, or the second less the first. The rest is None where nobody varies or a group has one person."""

    difference: float
    low: float | None = None
    high: float | None = None
    t: float | None = None
    df: float | None = None
    p: float | None = None


def two_sided(t: float, df: float) -> float:
    """The two-sided p of a t statistic."""
    from scipy.special import stdtr

    return float(2 * stdtr(df, -abs(t)))


def standardised_change(mean: float, sd: float, n: int) -> float | None:
    """Standardised response mean: mean change divided by the standard deviation of the *changes*; None where there is
    none.

    Also called SRM or Cohen's d_z; it is not d against the spread at baseline. It has no interval: the exact one
    (noncentral t) is so for normal changes only, and held the truth 87 times of 100 where some worsen much.
    """
    return float(mean / sd) if n >= 2 and sd > 0 else None
