"""How often a series in which nothing changes is marked: ``python benchmarks/course.py [--series 20000]``.

Prints, for each length, the share of points and of series with a sign: of normal numbers, and of Poisson counts.
"""

import argparse
from collections.abc import Iterator

import numpy as np

from rakelab.formulas import course


def marked(series: np.ndarray) -> Iterator[int]:
    """How many points of each series are signs."""
    for values in series.tolist():
        limits = course.limits(values)
        yield sum(sign is not None for sign in course.signs(values, limits)) if limits else 0


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--series", type=int, default=20_000)
    series, rng = asked.parse_args().series, np.random.default_rng(7)
    for n in range(12, 25):
        cells = [f"{n}"]
        for values in (rng.normal(0, 1, (series, n)), rng.poisson(3, (series, n)), rng.poisson(20, (series, n))):
            signs = list(marked(values))
            cells += [f"{100 * sum(signs) / series / n:.1f} %", f"{100 * sum(map(bool, signs)) / series:.0f} %"]
        print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
