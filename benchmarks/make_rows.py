"""Writes a large synthetic file of service-need assessments in the plain layout, for benchmarks.

    python benchmarks/make_rows.py 1000000 synteettinen_miljoona.csv

The rows are drawn with replacement from 5,000 synthetic assessments, so answers go together as in the demo.
"""

import argparse
import csv
import io
from pathlib import Path

import numpy as np

from rakelab import demo
from rakelab.codebook import codebook
from rakelab.demo import plain

PATTERNS, CHUNK = 5_000, 100_000


def many_rows(n: int, path: str | Path, *, seed: int = demo.SEED) -> Path:
    """Write ``n`` rows to ``path`` as UTF-8 CSV with semicolons; the same seed writes the same bytes."""
    path = Path(path)
    heading, *patterns = _patterns(seed)
    rng = np.random.default_rng(seed)
    place = heading.index("asiakas")
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(";".join(heading) + "\n")
        for start in range(0, n, CHUNK):
            picked = rng.integers(0, len(patterns), size=min(CHUNK, n - start))
            file.writelines(_lines(patterns, picked, place, start=start))
    return path


def _patterns(seed: int) -> list[list[str]]:
    form = codebook("palvelutarve")
    text = plain.table(demo.kainuu_rows(seed, n=PATTERNS), form).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def _lines(patterns: list[list[str]], picked: np.ndarray, place: int, *, start: int):
    """Each picked row with a client code of its own (``place`` is that column)."""
    before = [";".join(row[:place]) for row in patterns]
    after = [";".join(row[place + 1 :]) for row in patterns]
    for number, i in enumerate(picked.tolist(), start + 1):
        yield f"{before[i]};A{number:07d};{after[i]}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("--seed", type=int, default=demo.SEED)
    given = parser.parse_args()
    many_rows(given.rows, given.path, seed=given.seed)


if __name__ == "__main__":
    main()
