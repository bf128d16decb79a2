"""How often a page says *beyond chance* where there is nothing: null data through the real wall and the real verdicts.

    python benchmarks/false_alarms.py

A family is the comparisons that a table takes together. It raises a false alarm when any of them is beyond chance; at
most one family in twenty may.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from spec import account, variable

from rakelab import estimate
from rakelab.cells import TOTAL, Key, Moments, Released, Tally, View, join, key
from rakelab.protect import protect

REPEATS, SEED = 2000, 20261127
GROUPS = (key(("h", "1")), key(("h", "2")))
Null = Callable[[np.random.Generator, int], Released]


def _moments(values: np.ndarray) -> Moments:
    return Moments(float(values.mean()), float(values.std(ddof=1)))


def changes(rows: int, skewed: bool) -> Null:
    """Changes of the same people on some scales, of which none changes; scales of one person go together."""

    def draw(rng: np.random.Generator, n: int) -> Released:
        values = rng.normal(size=(rows, n)) + rng.normal(size=n)
        values = np.exp(values / 2) - np.exp(0.25) if skewed else values
        names = [key((f"m{i}_muutos", "vastattu")) for i in range(rows)]
        counts = {TOTAL: n, **dict.fromkeys(names, n)}
        return _protected(names, (TOTAL,), counts, dict(zip(names, map(_moments, values), strict=True)))

    return draw


def differences(rows: int) -> Null:
    """Answers 1–5 of two groups that do not differ."""

    def draw(rng: np.random.Generator, n: int) -> Released:
        names = [key((f"m{i}", "vastattu")) for i in range(rows)]
        people = dict(zip(GROUPS, (61, n), strict=True))
        places = [(join(name, group), size) for name in names for group, size in people.items()]
        found = {one: _moments(rng.choice(5, size, p=(0.1, 0.2, 0.3, 0.25, 0.15)) + 1.0) for one, size in places}
        counts = {TOTAL: 61 + n, **people, **dict(places)}
        return _protected(names, GROUPS, counts, found)

    return draw


def _protected(names: list[Key], columns: tuple[Key, ...], counts: dict, found: dict[Key, Moments]) -> Released:
    view = View("t", "change", names[0][0][0], tuple(names), columns, measure="mean")
    words = {name[0][0]: variable(["vastattu"]) for name in names} | {"h": variable("12")}
    return protect([Tally(view, counts, (), words, account(counts[TOTAL]), moments=found)])["t"]


def shares(rows: int) -> Null:
    """Ticked answers of two years in which nothing changed."""

    def draw(rng: np.random.Generator, n: int) -> Released:
        names = [key(("v", f"a{i}")) for i in range(rows)]
        ticked = {join(name, group): int(rng.binomial(n, 0.25)) for name in names for group in GROUPS}
        sums = {name: sum(ticked[join(name, group)] for group in GROUPS) for name in names}
        counts = {TOTAL: 2 * n, **dict.fromkeys(GROUPS, n), **ticked, **sums}
        view = View("t", "needs", "v", tuple(names), (TOTAL, *GROUPS), by="h", multiple=True)
        words = {"v": variable([name[0][1] for name in names], multiple=True), "h": variable("12")}
        return protect([Tally(view, counts, (), words, account(2 * n))])["t"]

    return draw


def alarms(null: Null, n: int, repeats: int = REPEATS) -> float:
    """The share of families with any verdict beyond chance."""
    rng = np.random.default_rng([SEED, n])
    made = (null(rng, n) for _ in range(repeats))
    return float(np.mean([any(one.verdict.beyond for one in estimate.verdicts(table)) for table in made]))


KINDS: dict[str, tuple[Null, int]] = {
    "Change, 1 scale, 150 people": (changes(1, skewed=False), 150),
    "Change, 13 scales, 16 people": (changes(13, skewed=False), 16),
    "Change, 13 scales, 150 people": (changes(13, skewed=False), 150),
    "Change, 13 scales, 16 people, skewed": (changes(13, skewed=True), 16),
    "Difference of means, 25 areas, 61 and 16 people": (differences(25), 16),
    "Difference of means, 25 areas, 61 and 61 people": (differences(25), 61),
    "Difference of shares, 8 answers, 60 and 60 people": (shares(8), 60),
}


def main() -> None:
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else REPEATS
    for label, (null, n) in KINDS.items():
        rate = alarms(null, n, repeats if "shares" not in label else repeats // 4)
        sys.stdout.write(f"| {label} | {100 * rate:.1f} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
