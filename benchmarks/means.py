"""How long protection looks into one mean: ``python benchmarks/means.py``.

For each scale and number of people the slowest of five random groups, in milliseconds of processor time, with the class
of Wilcoxon's p where the numbers are changes. Prints a table in Markdown, for docs/performance.md.
"""

from collections.abc import Callable
from time import process_time

import numpy as np

from rakelab.cells import Grid
from rakelab.formulas import wilcoxon_counted
from rakelab.protect.lattice import Rule, gives_away
from rakelab.protect.means import p_below, step

SIZES = (16, 60, 200, 640, 2000, 10_000, 50_000, 100_000)
Draw = Callable[[np.random.Generator, int], np.ndarray]


def _ages(random: np.random.Generator, n: int) -> np.ndarray:
    return np.clip(np.round(random.normal(42, 17, n)), 15, 110)


def _agreement(random: np.random.Generator, n: int) -> np.ndarray:
    return random.choice([1.0, 2, 3, 4, 5], size=n, p=[0.02, 0.05, 0.13, 0.4, 0.4])


def _nearly_all_alike(random: np.random.Generator, n: int) -> np.ndarray:
    values = np.full(n, 5.0)
    values[: max(1, n // 2000)] = 4
    values[-1] = random.integers(1, 4)
    return values


def _sum(random: np.random.Generator, n: int) -> np.ndarray:
    return np.clip(np.round(random.gamma(2, 6, n)), 0, 40)


def _mean_of_items(random: np.random.Generator, n: int) -> np.ndarray:
    return random.integers(1, 6, (n, 8)).mean(axis=1)


def _one_far_away(random: np.random.Generator, n: int) -> np.ndarray:
    values = np.zeros(n)
    values[:3], values[3] = 1, random.integers(90, 101)
    return values


def _changes(random: np.random.Generator, n: int) -> np.ndarray:
    return random.choice([-2.0, -1, 0, 1, 2], size=n, p=[0.02, 0.2, 0.5, 0.25, 0.03])


def _changes_of_sums(random: np.random.Generator, n: int) -> np.ndarray:
    return np.round(random.normal(-2, 6, n)).clip(-40, 40)


SCALES: dict[str, tuple[Draw, Grid, bool]] = {
    "ages": (_ages, Grid(1, 0, 0, 120), False),
    "agreement 1–5": (_agreement, Grid(1, 0, 1, 5), False),
    "nearly all alike, 1–5": (_nearly_all_alike, Grid(1, 0, 1, 5), False),
    "score 0–40": (_sum, Grid(1, 0, 0, 40), False),
    "mean of eight items, 1–5": (_mean_of_items, Grid(0.125, 1, 1, 5), False),
    "one far away, 0–100": (_one_far_away, Grid(1, 0, 0, 100), False),
    "changes of an item, with p": (_changes, Grid(1, 0, -4, 4), True),
    "changes of a score, with p": (_changes_of_sums, Grid(1, 0, -40, 40), True),
}


def seconds(values: np.ndarray, grid: Grid, *, ranked: bool) -> float:
    kinds, people = np.unique(values, return_counts=True)
    sd = float(values.std(ddof=1))
    fine = step(sd, len(values))
    told = tuple(round(float(one), -round(np.log10(fine))) for one in (values.mean(), sd))
    p = p_below(wilcoxon_counted(kinds, people).p) if ranked else 0.0

    def agrees(grid_values: np.ndarray, way: np.ndarray) -> bool:
        found = wilcoxon_counted(grid_values, way)
        return found is not None and p_below(found.p) == p

    counts = dict(zip(kinds.tolist(), people.tolist(), strict=True))
    rule = Rule(len(values), 5, counts=counts, agrees=agrees if ranked else None)
    start = process_time()
    gives_away(told, fine, grid, rule)
    return process_time() - start


def main() -> None:
    random = np.random.default_rng(1)
    seconds(_one_far_away(random, 50), Grid(1, 0, 0, 100), ranked=False)  # imports
    print("| scale | " + " | ".join(f"n = {n:,}" for n in SIZES) + " |")
    print("|---|" + "---|" * len(SIZES))
    for name, (draw, grid, ranked) in SCALES.items():
        worst = [max(seconds(draw(random, n), grid, ranked=ranked) for _ in range(5)) for n in SIZES]
        print(f"| {name} | " + " | ".join(f"{1000 * one:.0f}" for one in worst) + " |", flush=True)


if __name__ == "__main__":
    main()
