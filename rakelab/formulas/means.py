"""Means, from summaries alone: interval of one, difference of two groups, standardised change.

Only the mean, the standard deviation and the number of people go in, so these work on released figures as well.
A standard deviation of zero says that everybody answered alike. That tells nothing of how far off the mean may be, so
there is no interval then, rather than one of no width.
"""

from dataclasses import dataclass
from math import sqrt

from rakelab.formulas.interval import UNKNOWN, Interval

LEVEL = 0.95


def t_interval(mean: float, sd: float, n: int, level: float = LEVEL) -> Interval:
    """Student's interval of a mean (Student 1908); ``UNKNOWN`` with fewer than two people or no spread."""
    if n < 2 or sd <= 0:
        return UNKNOWN
    margin = _t_quantile(level, n - 1) * sd / sqrt(n)
    return Interval(float(mean - margin), float(mean + margin))


def _t_quantile(level: float, df: float) -> float:
    from scipy.special import stdtrit  # lazy: the command line's help must stay quick

    return float(stdtrit(df, (1 + level) / 2))


@dataclass(frozen=True)
class Summary:
    """What is known of a group: mean, standard deviation (of a sample, n − 1), number of people."""

    mean: float
    sd: float
    n: int

    @property
    def variance_of_mean(self) -> float:
        return self.sd**2 / self.n


@dataclass(frozen=True)
class MeanDifference:
    """Second mean less the first. All but the difference is None where neither group varies or one has one person."""

    difference: float
    low: float | None = None
    high: float | None = None
    t: float | None = None
    df: float | None = None
    p: float | None = None


def welch(first: Summary, second: Summary, level: float = LEVEL) -> MeanDifference:
    """``second − first`` of two groups that share nobody, each with its own spread (Welch 1947); p is two-sided."""
    difference = float(second.mean - first.mean)
    if min(first.n, second.n) < 2 or first.sd <= 0 >= second.sd:
        return MeanDifference(difference)
    a, b = first.variance_of_mean, second.variance_of_mean
    error, df = sqrt(a + b), (a + b) ** 2 / (a**2 / (first.n - 1) + b**2 / (second.n - 1))
    margin, t = _t_quantile(level, df) * error, difference / error
    low, high = difference - margin, difference + margin
    return MeanDifference(difference, float(low), float(high), float(t), float(df), two_sided(t, df))


def one_sample(of: Summary, level: float = LEVEL) -> MeanDifference:
    """The mean itself against nothing, as a change of the same people is (Student 1908)."""
    found = t_interval(of.mean, of.sd, of.n, level)
    if found.low is None:
        return MeanDifference(float(of.mean))
    t = of.mean / sqrt(of.variance_of_mean)
    return MeanDifference(float(of.mean), found.low, found.high, float(t), of.n - 1, two_sided(t, of.n - 1))


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
