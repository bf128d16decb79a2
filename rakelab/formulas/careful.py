"""Means of few and of skewed answers: intervals and tests that stay true where Student's t is too sure.

A sample that happens to lack the few answers far out on one side has at once too extreme a mean and too small a spread.
So fewer degrees of freedom are counted on, and a test reckons with skewness too (Hall 1992), never to find more than
without. How often these hold the truth, and what they cost: docs/intervals.md.
"""

from math import sqrt

from rakelab.formulas.means import LEVEL, MeanDifference, Summary, t_quantile, two_sided


def careful_mean(of: Summary) -> MeanDifference:
    """A mean against nothing, as a change of the same people is: two thirds of Student's degrees of freedom. The test
    allows for a skewness that is larger, either way, by half its standard error (√(6/n))."""
    if of.n < 2:
        return MeanDifference(float(of.mean))
    skew, more = of.skewness / sqrt(of.n), sqrt(6) / of.n / 2
    return _tested(of.mean, sqrt(of.variance_of_mean), (of.n - 1) * 2 / 3, (skew - more, skew + more))


def careful_difference(first: Summary, second: Summary) -> MeanDifference:
    """``second − first`` of two groups that share nobody, each with its own spread (Welch 1947), with the smaller
    group's degrees of freedom."""
    error = sqrt(first.variance_of_mean + second.variance_of_mean)
    skew = (second.third - first.third) / error**3 if error > 0 else 0.0
    return _tested(second.mean - first.mean, error, min(first.n, second.n) - 1, (skew,))


def _tested(difference: float, error: float, df: float, skews: tuple[float, ...]) -> MeanDifference:
    if not (error > 0 and df > 0):
        return MeanDifference(float(difference))
    margin, t = t_quantile(LEVEL, df) * error, float(difference / error)
    p = max(two_sided(t, df), *(_beside(t, skew, df) for skew in skews))
    return MeanDifference(float(difference), float(difference - margin), float(difference + margin), t, float(df), p)


def _beside(t: float, skew: float, df: float) -> float:
    """p of t when skewness is taken back (Hall's cubic); 1 where t changes sides."""
    turned = t + skew * t**2 / 3 + skew**2 * t**3 / 27 + skew / 6
    return two_sided(turned, df) if turned * t > 0 else 1.0


def largest_p(t: float, df: float) -> float:
    """The largest that p can be, whatever the skewness: where the cubic is nearest to nothing."""
    t = abs(t)
    turned = t - 27 / 4 * (t**2 / 3 + 1 / 6) ** 2 / t**3 if t else 0.0
    return two_sided(turned, df) if turned > 0 else 1.0
