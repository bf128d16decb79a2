"""How often the intervals that the pages print hold the true value, as a Markdown table (docs/intervals.md).

    python benchmarks/coverage.py [--repeat 16000]

Shares and counts are summed over every outcome that can come, so their figures are exact. The others are drawn with a
fixed seed; slow intervals are drawn a tenth as often. Cells are per cent of the intervals that could be made at all.
"""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from math import isnan, log, nan, sqrt

import numpy as np
from scipy.stats import binom, poisson
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from rakelab import formulas, i18n
from rakelab.formulas import Interval, MeanDifference, Summary
from rakelab.formulas.interval import UNKNOWN
from rakelab.indicators.measure.agreement import FEWEST_UNITS
from rakelab.protect.margins import outwards
from rakelab.protect.means import step

SIZES = (10, 16, 27, 61)
SEED = 20261121
FEWER = 10  # slow intervals are drawn so many times less

Draws = np.ndarray
Held = Iterator[bool | None]  # did the interval hold the true value; None: there was none


@dataclass(frozen=True)
class Row:
    """One line of the table: what, and for a size its coverage and the share of samples without an interval."""

    label: str
    at: Callable[[int, int], tuple[float, float]]


def simulated(label: str, held: Callable[[np.random.Generator, int, int], Held], slower: int = 1) -> Row:
    """A row whose ``held(rng, n, repeats)`` tells of each sample whether its interval holds the truth."""

    def at(n: int, repeats: int) -> tuple[float, float]:
        seed = [SEED, n, *label.encode()]
        told = list(held(np.random.default_rng(seed), n, repeats // slower))
        known = [one for one in told if one is not None]
        return float(np.mean(known)) if known else nan, 1 - len(known) / len(told)

    return Row(label, at)


def exact(label: str, share: Callable[[int], float]) -> Row:
    return Row(label, lambda n, _: (share(n), 0.0))


def holds(found: Interval, truth: float) -> bool | None:
    if found.low is None and found.high is None:
        return None
    return (found.low is None or found.low <= truth) and (found.high is None or truth <= found.high)


# --- what is measured -----------------------------------------------------------------------------------------

LIKERT = np.array([0.02, 0.05, 0.13, 0.35, 0.45])  # most people agree: skewed to the left


@dataclass(frozen=True)
class Measure:
    """Samples (repeats × n) and the mean and standard deviation they come from."""

    draw: Callable[[np.random.Generator, tuple[int, int]], Draws]
    mean: float
    sd: float


def _drawn_from(values: Draws, chances: Draws) -> Measure:
    mean = float(values @ chances)
    sd = sqrt(float((values - mean) ** 2 @ chances))
    return Measure(lambda rng, shape: rng.choice(values, size=shape, p=chances), mean, sd)


def _score() -> Measure:
    """A sum score 0–40 that piles up near the bottom."""
    values = np.arange(41.0)
    chances = (values + 1) ** 0.5 * np.exp(-values / 7)
    return _drawn_from(values, chances / chances.sum())


def _change(turned: bool = False) -> Measure:
    """Changes of a whole-number score: half hardly move, some improve much; turned: most improve, some worsen much."""
    values = np.arange(-8.0, 21)
    chances = 0.55 * np.exp(-((values - 0.5) ** 2) / 4) / 2 + 0.45 * np.exp(-((values - 6) ** 2) / 40) / 6.3
    return _drawn_from(6 - values if turned else values, chances / chances.sum())


NORMAL = Measure(lambda rng, shape: rng.normal(50, 10, shape), 50, 10)
AGREEING = _drawn_from(np.arange(1.0, 6), LIKERT)
SCORE = _score()
CHANGES = {
    "normal": Measure(lambda rng, shape: rng.normal(0.5, 1, shape), 0.5, 1),
    "some improve much": _change(),
    "some worsen much": _change(turned=True),
}


def printed(found: MeanDifference, step: float) -> Interval:
    """Limits as they stand on a page: the wall rounds them outwards to the step of the mean, or of the coarser."""
    return UNKNOWN if found.low is None else Interval(*outwards(found.low, found.high, step))


def bare(found: MeanDifference) -> Interval:
    return Interval(found.low, found.high)


def summaries(rows: Draws) -> list[Summary]:
    people = np.ones(rows.shape[1])
    return [formulas.summary(row, people) for row in rows]


def of_mean(measure: Measure, rounded: bool = False):
    def held(rng: np.random.Generator, n: int, repeats: int) -> Held:
        for one in summaries(measure.draw(rng, (repeats, n))):
            found = formulas.careful_mean(one)
            yield holds(printed(found, step(one.sd, n)) if rounded else bare(found), measure.mean)

    return held


def of_difference(pair: tuple[Measure, Measure], other: int = 0, rounded: bool = False):
    """``other`` people (or as many) from the first measure against n from the second."""
    first, second = pair

    def held(rng: np.random.Generator, n: int, repeats: int) -> Held:
        both = (summaries(one.draw(rng, (repeats, k))) for one, k in ((first, other or n), (second, n)))
        for a, b in zip(*both, strict=True):
            found = formulas.careful_difference(a, b)
            coarser = max(step(one.sd, one.n) for one in (a, b))
            yield holds(printed(found, coarser) if rounded else bare(found), second.mean - first.mean)

    return held


# --- shares and counts: every outcome -------------------------------------------------------------------------


def of_share(p: float) -> Callable[[int], float]:
    def share(n: int) -> float:
        k = np.arange(n + 1)
        low, high = proportion_confint(k, n, method="wilson")
        return float(binom.pmf(k, n, p)[(low <= p) & (p <= high)].sum())

    return share


@cache
def printed_shares(n: int) -> list[float]:
    """Coverage of the limits in whole per cent, as pages have them, at 5, 10 … 95 %."""
    k = np.arange(n + 1)
    ends = [[i18n.rounded(100 * end) for end in limit] for limit in proportion_confint(k, n, method="wilson")]
    low, high = map(np.array, ends)
    return [float(binom.pmf(k, n, p / 100)[(low <= p) & (p <= high)].sum()) for p in range(5, 100, 5)]


def of_shares(p: float, q: float) -> Callable[[int], float]:
    def share(n: int) -> float:
        a, b = np.meshgrid(np.arange(n + 1), np.arange(n + 1), indexing="ij")
        low, high = confint_proportions_2indep(b, n, a, n, compare="diff", method="newcomb")
        chance = binom.pmf(a, n, p) * binom.pmf(b, n, q)
        return float(chance[(low <= q - p) & (q - p <= high)].sum())

    return share


def _counts(mean: float) -> range:
    return range(int(poisson.ppf(1e-7, mean)), int(poisson.isf(1e-7, mean)) + 1)


def of_count(n: int) -> float:
    return sum(float(poisson.pmf(k, n)) for k in _counts(n) if holds(formulas.poisson_interval(k), n))


def of_ratio(times: float) -> Callable[[int], float]:
    def share(n: int) -> float:
        mean = n * (1 + times)
        return sum(float(poisson.pmf(both, mean)) * _given(both, times) for both in _counts(mean))

    return share


def _given(both: int, times: float) -> float:
    """Coverage given the sum of both counts: the counts after whose interval holds the truth are next to each other."""
    chance = times / (1 + times)
    likely = range(int(binom.ppf(1e-3, both, chance)), int(binom.isf(1e-3, both, chance)) + 1)
    held = [after for after in likely if holds(formulas.rate_ratio(both - after, after), times) is not False]
    return float(binom.cdf(held[-1], both, chance) - binom.cdf(held[0] - 1, both, chance))


# --- scales, coders, waiting ----------------------------------------------------------------------------------


def of_alpha(k: int, share: float, cuts: Draws | None = None) -> Callable[[np.random.Generator, int, int], Held]:
    """One factor that makes ``share`` of each item's variance; ``cuts`` make whole-number answers of it."""

    def items(rng: np.random.Generator, people: int) -> Draws:
        told = sqrt(share) * rng.normal(size=(people, 1)) + sqrt(1 - share) * rng.normal(size=(people, k))
        return told if cuts is None else np.searchsorted(cuts, told).astype(float)

    def held(rng: np.random.Generator, n: int, repeats: int) -> Held:
        truth = formulas.cronbach_alpha(items(np.random.default_rng(SEED), 10**6))
        for _ in range(repeats):
            alpha = formulas.cronbach_alpha(items(rng, n))
            yield None if alpha is None else holds(formulas.feldt_interval(alpha, n, k), truth)

    return held


def coders(rng: np.random.Generator, n: int, classes: tuple[Draws, float]) -> Draws:
    """Codes of n units by two coders (n × 2): each sees the truth with a chance of √kappa, otherwise guesses."""
    chances, kappa = classes
    codes = rng.choice(len(chances), size=(n, 3), p=chances)
    seen = rng.random((n, 2)) < sqrt(kappa)
    return np.where(seen, codes[:, :1], codes[:, 1:]).astype(float)


def of_kappa(chances: list[float], kappa: float) -> Callable[[np.random.Generator, int, int], Held]:
    def held(rng: np.random.Generator, n: int, repeats: int) -> Held:
        if n < FEWEST_UNITS:
            yield None
            return
        for _ in range(repeats):
            yield holds(formulas.cohen_kappa(*coders(rng, n, (np.array(chances), kappa)).T.tolist()), kappa)

    return held


def of_krippendorff(chances: list[float], kappa: float) -> Callable[[np.random.Generator, int, int], Held]:
    def held(rng: np.random.Generator, n: int, repeats: int) -> Held:
        for i in range(repeats):
            codes = coders(rng, n, (np.array(chances), kappa))
            yield holds(formulas.krippendorff_interval(codes, seed=i, draws=1000), kappa)

    return held


def of_median(looks: float) -> Callable[[np.random.Generator, int, int], Held]:
    """Days to an answer, exponential with a median of 31 days; whoever is looked at earlier is still waiting."""
    scale = 30.5 / log(2)

    def held(rng: np.random.Generator, n: int, repeats: int) -> Held:
        for _ in range(repeats):
            ends, seen = np.ceil(rng.exponential(scale, n)), np.ceil(rng.uniform(0, looks, n))
            yield holds(formulas.median_time(np.minimum(ends, seen), ends <= seen), 31)

    return held


# --- the table ------------------------------------------------------------------------------------------------

WIDE = Measure(lambda rng, shape: rng.normal(55, 20, shape), 55, 20)
CUTS = np.array([-1.8, -1.2, -0.5, 0.5])
THEME, FIVE = [0.7, 0.3], [0.35, 0.25, 0.2, 0.12, 0.08]


def rows() -> list[Row]:
    return [*_means(), *_shares(), *_scales()]


def _means() -> list[Row]:
    kinds = {"normal": NORMAL, "Likert 1–5, skewed": AGREEING, "score 0–40": SCORE}
    pairs = {"normal, twice the spread": (NORMAL, WIDE), "Likert 1–5": (AGREEING, AGREEING)}
    found = []
    for rounded, word in ((False, ""), (True, ", as printed")):
        found += [simulated(f"Mean: {name}{word}", of_mean(one, rounded)) for name, one in kinds.items()]
        found += [
            simulated(f"Difference of means, {words}: {name}{word}", of_difference(pair, other, rounded))
            for name, pair in pairs.items()
            for other, words in ((0, "n and n"), (61, "61 and n"))
        ]
        changes = ((name, of_mean(one, rounded)) for name, one in CHANGES.items())
        found += [simulated(f"Mean change: {name}{word}", held) for name, held in changes]
    return found


def _shares() -> list[Row]:
    shares = [exact(f"Share, Wilson: {p:.0%}".replace("%", " %"), of_share(p)) for p in (0.1, 0.3, 0.5)]
    shares += [
        exact("Share, Wilson, as printed: mean of 5, 10 … 95 %", lambda n: float(np.mean(printed_shares(n)))),
        exact("Share, Wilson, as printed: worst of 5, 10 … 95 %", lambda n: min(printed_shares(n))),
    ]
    pairs = ((0.1, 0.3), (0.3, 0.5), (0.5, 0.5))
    gaps = [exact(f"Difference of shares, Newcombe, n and n: {p:.0%} and {q:.0%}".replace("%", " %"), of_shares(p, q))
            for p, q in pairs]  # fmt: skip
    counts = exact("Count, Garwood: n expected", of_count)
    ratios = [exact(f"Ratio of counts: n and {times:g} · n expected", of_ratio(times)) for times in (1, 1.5)]
    return [*shares, *gaps, counts, *ratios]


def _scales() -> list[Row]:
    return [
        simulated("Cronbach's alpha, Feldt: 10 normal items, 0.80", of_alpha(10, 2 / 7)),
        simulated("Cronbach's alpha, Feldt: 10 items 1–5, skewed", of_alpha(10, 0.35, CUTS)),
        simulated("Kappa: theme in 30 %, 0.60", of_kappa(THEME, 0.6), FEWER),
        simulated("Kappa: theme in 30 %, 0.85", of_kappa(THEME, 0.85), FEWER),
        simulated("Kappa: five classes, 0.60", of_kappa(FIVE, 0.6), FEWER),
        simulated("Krippendorff's alpha, bootstrap: theme in 30 %, 0.60", of_krippendorff(THEME, 0.6), FEWER),
        simulated("Krippendorff's alpha, bootstrap: theme in 30 %, 0.85", of_krippendorff(THEME, 0.85), FEWER),
        simulated("Krippendorff's alpha, bootstrap: five classes, 0.60", of_krippendorff(FIVE, 0.6), FEWER),
        simulated("Median days, Kaplan–Meier: a tenth waiting", of_median(400), FEWER),
        simulated("Median days, Kaplan–Meier: a third waiting", of_median(125), FEWER),
    ]


def cell(coverage: float, none: float) -> str:
    if isnan(coverage):
        return "none"
    told = f"{100 * coverage:.1f}"
    return told if none < 0.005 else f"{told} ({100 * none:.0f} % none)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=16_000)
    repeats = parser.parse_args().repeat
    print("| interval |", " | ".join(f"n = {n}" for n in SIZES), "|")
    print("|---|", "|".join("---" for _ in SIZES), "|", sep="")
    for row in rows():
        print("|", row.label, "|", " | ".join(cell(*row.at(n, repeats)) for n in SIZES), "|", flush=True)


if __name__ == "__main__":
    main()
