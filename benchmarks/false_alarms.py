"""How often a page says *beyond chance* where there is nothing, and how often where there is something.

    python benchmarks/false_alarms.py [families]

Drawn data go through the real wall and the real verdicts. A family is the comparisons that a table takes together. It
raises a false alarm when any of them is beyond chance though none differs; at most one family in twenty may. Power is
how often a true change or difference, one of the family, is found. Beside each stands what Student's or Welch's test
(of shares Fisher's) of the same data, with Holm's adjustment, would have said.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import stats

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from spec import account, variable

from rakelab import estimate
from rakelab.cells import TOTAL, Key, Moments, Released, Tally, View, join, key
from rakelab.protect import protect

REPEATS, SEED = 2000, 20261127
GROUPS = (key(("h", "1")), key(("h", "2")))
SKEWED, FEW_LOW = (0.02, 0.05, 0.13, 0.35, 0.45), (0.1, 0.2, 0.3, 0.25, 0.15)


@dataclass(frozen=True)
class Made:
    """What is released of one family, and the p of each comparison by the plain test."""

    table: Released
    p: np.ndarray


Draw = Callable[[np.random.Generator], Made]


def _moments(values: np.ndarray) -> Moments:
    kinds, people = np.unique(values, return_counts=True)
    counts = dict(zip(kinds.tolist(), people.tolist(), strict=True))
    return Moments(float(values.mean()), float(values.std(ddof=1)), counts=counts)


def normal(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """Scales of one person go together."""
    return (rng.normal(size=shape) + rng.normal(size=shape[1])) / np.sqrt(2)


def log_normal(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    return np.exp(normal(rng, shape) / np.sqrt(2)) - np.exp(0.25)


def some_improve(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """Changes of a whole-number score: half hardly move, some improve much; less their mean."""
    values = np.arange(-8.0, 21)
    chances = 0.55 * np.exp(-((values - 0.5) ** 2) / 4) / 2 + 0.45 * np.exp(-((values - 6) ** 2) / 40) / 6.3
    chances /= chances.sum()
    return rng.choice(values, size=shape, p=chances) - values @ chances


Sample = Callable[[np.random.Generator, tuple[int, int]], np.ndarray]


def changes(sample: Sample, rows: int, n: int, shift: float = 0.0) -> Draw:
    """Changes of the same people on some scales; the first is moved by ``shift``."""

    def draw(rng: np.random.Generator) -> Made:
        values = sample(rng, (rows, n))
        values[0] += shift
        names = [key((f"m{i}_muutos", "vastattu")) for i in range(rows)]
        counts = {TOTAL: n, **dict.fromkeys(names, n)}
        told = _protected(names, (TOTAL,), counts, dict(zip(names, map(_moments, values), strict=True)))
        return Made(told, stats.ttest_1samp(values, 0, axis=1).pvalue)

    return draw


def differences(chances: tuple[float, ...], rows: int, sizes: tuple[int, int], shift: float = 0.0) -> Draw:
    """Answers 1–5 of two groups; the second is moved by ``shift`` standard deviations in the first row."""

    def draw(rng: np.random.Generator) -> Made:
        names = [key((f"m{i}", "vastattu")) for i in range(rows)]
        values = np.arange(1.0, 6)
        first, second = (rng.choice(values, (rows, n), p=chances) for n in sizes)
        second[0] += shift * np.sqrt(np.array(chances) @ (values - values @ chances) ** 2)
        people = dict(zip(GROUPS, sizes, strict=True))
        places = {join(name, group): size for name in names for group, size in people.items()}
        found = {join(name, group): _moments(some[i]) for i, name in enumerate(names)
                 for group, some in zip(GROUPS, (first, second), strict=True)}  # fmt: skip
        told = _protected(names, GROUPS, {TOTAL: sum(sizes), **people, **places}, found)
        return Made(told, np.nan_to_num(stats.ttest_ind(first, second, axis=1, equal_var=False).pvalue, nan=1.0))

    return draw


def _protected(names: list[Key], columns: tuple[Key, ...], counts: dict, found: dict[Key, Moments]) -> Released:
    view = View("t", "change", names[0][0][0], tuple(names), columns, measure="mean")
    words = {name[0][0]: variable(["vastattu"]) for name in names} | {"h": variable("12")}
    return protect([Tally(view, counts, (), words, account(counts[TOTAL]), moments=found)])["t"]


def shares(rows: int, n: int) -> Draw:
    """Ticked answers of two years in which nothing changed."""

    def draw(rng: np.random.Generator) -> Made:
        names = [key(("v", f"a{i}")) for i in range(rows)]
        ticked = {join(name, group): int(rng.binomial(n, 0.25)) for name in names for group in GROUPS}
        sums = {name: sum(ticked[join(name, group)] for group in GROUPS) for name in names}
        counts = {TOTAL: 2 * n, **dict.fromkeys(GROUPS, n), **ticked, **sums}
        view = View("t", "needs", "v", tuple(names), (TOTAL, *GROUPS), by="h", multiple=True)
        words = {"v": variable([name[0][1] for name in names], multiple=True), "h": variable("12")}
        two = [[ticked[join(name, group)] for group in GROUPS] for name in names]
        p = [stats.fisher_exact([pair, [n - k for k in pair]]).pvalue for pair in two]
        return Made(protect([Tally(view, counts, (), words, account(2 * n))])["t"], np.array(p))

    return draw


def alarms(draw: Draw, repeats: int, seed: str) -> tuple[float, float]:
    """The share of families with anything beyond chance: by the plain test, and as told."""
    rng = np.random.default_rng([SEED, *seed.encode()])
    made = [draw(rng) for _ in range(repeats)]
    told = [any(one.verdict.beyond for one in estimate.verdicts(each.table)) for each in made]
    return float(np.mean([each.p.min() < 0.05 / len(each.p) for each in made])), float(np.mean(told))


def power(draw: Draw, repeats: int, seed: str) -> tuple[float, float]:
    """How often the first comparison is found: by the plain test, and as told."""
    rng = np.random.default_rng([SEED, *seed.encode()])
    made = [draw(rng) for _ in range(repeats)]
    told = [next(iter(estimate.verdicts(each.table))).verdict.beyond for each in made]
    return float(np.mean([each.p[0] < 0.05 / len(each.p) for each in made])), float(np.mean(told))


NULL: dict[str, Draw] = {
    "Change, 1 scale, 16 people": changes(normal, 1, 16),
    "Change, 1 scale, 150 people": changes(normal, 1, 150),
    "Change, 13 scales, 16 people": changes(normal, 13, 16),
    "Change, 13 scales, 150 people": changes(normal, 13, 150),
    "Change, 1 scale, 16 people, skewed": changes(log_normal, 1, 16),
    "Change, 13 scales, 10 people, skewed": changes(log_normal, 13, 10),
    "Change, 13 scales, 16 people, skewed": changes(log_normal, 13, 16),
    "Change, 13 scales, 61 people, skewed": changes(log_normal, 13, 61),
    "Change, 13 unrelated scales, 10 people, some improve much": changes(some_improve, 13, 10),
    "Change, 13 unrelated scales, 16 people, some improve much": changes(some_improve, 13, 16),
    "Difference of means, 25 areas, 61 and 16 people": differences(FEW_LOW, 25, (61, 16)),
    "Difference of means, 25 areas, 61 and 61 people": differences(FEW_LOW, 25, (61, 61)),
    "Difference of means, 25 areas, 61 and 16 people, skewed": differences(SKEWED, 25, (61, 16)),
    "Difference of shares, 8 answers, 60 and 60 people": shares(8, 60),
}
TRUE: dict[str, Draw] = {
    f"Change of {shift} SD, 1 of {rows}, {n} people": changes(normal, rows, n, shift)
    for n in (16, 61)
    for shift in (0.5, 0.8)
    for rows in (1, 13)
} | {
    f"Difference of {shift} SD, 1 of 25, 61 and {n} people": differences(FEW_LOW, 25, (61, n), shift)
    for n in (16, 61)
    for shift in (0.5, 0.8)
}


def main() -> None:
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else REPEATS
    for draws, measured in ((NULL, alarms), (TRUE, power)):
        for label, draw in draws.items():
            plain, told = measured(draw, repeats // 4 if "shares" in label else repeats, label)
            sys.stdout.write(f"| {label} | {100 * plain:.1f} | {100 * told:.1f} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
