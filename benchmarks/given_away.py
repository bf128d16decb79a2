"""What statistics of few people give away, for docs/protection.md: ``python benchmarks/given_away.py``.

*Alpha*: random answers to a scale; of the small counts of its sum that mean and deviation leave open, how many are seen
to stay open beside alpha (other answers with the same figures are looked for at random, so a few more may be open).
*Kappa*: random tables of five classes with one to three disagreements, small classes hidden with one more; every other
way of filling the hidden classes is tried with every way of disagreeing. *Median*: which of n times the median and its
limits are.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations_with_replacement, product

import numpy as np

from rakelab.formulas.survival import median_time
from rakelab.protect.means import step

CLASSES, LIMIT, UNITS = 5, 5, 30
OFF = [(i, j) for i in range(CLASSES) for j in range(CLASSES) if i != j]


# --- alpha ----------------------------------------------------------------------------------------------------


def alpha(rows: np.ndarray) -> np.ndarray:
    k, total = rows.shape[-1], rows.sum(-1).var(-1, ddof=1)
    return k / (k - 1) * (1 - rows.var(-2, ddof=1).sum(-1) / np.maximum(total, 1e-12))


def answers(random: np.random.Generator, n: int, items: int) -> np.ndarray:
    level = random.normal(size=(n, 1)) * random.choice([0.5, 1, 2])
    noise = random.normal(size=(n, items)) * random.choice([0.5, 1])
    return np.clip(np.round(4 * random.choice([0.2, 0.5, 0.8]) + level + noise), 0, 4).astype(int)


def others(random: np.random.Generator, rows: np.ndarray, many: int = 4000) -> np.ndarray:
    """Many copies with a few answers changed by one."""
    made = np.repeat(rows[None], many, 0)
    for _ in range(int(random.integers(2, 5))):
        places = np.arange(many), random.integers(0, rows.shape[0], many), random.integers(0, rows.shape[1], many)
        made[places] += random.choice([-1, 1], many)
    return made[(made.min((1, 2)) >= 0) & (made.max((1, 2)) <= 4)]


def opened(random: np.random.Generator, n: int, items: int) -> tuple[int, int]:
    """How many small counts of the sum are open beside mean and deviation, and how many of these beside alpha."""
    rows = answers(random, n, items)
    sums = rows.sum(1)
    if not (sd := float(sums.std(ddof=1))):
        return 0, 0
    half = step(sd, n) / 2 + 1e-9
    decimals = -round(np.log10(2 * half))
    mean, sd, own = round(sums.mean(), decimals), round(sd, decimals), round(float(alpha(rows)), 2)
    small = {v: k for v, k in Counter(sums.tolist()).items() if k < LIMIT or 0 < n - k < LIMIT}
    open_, stay = set(), set()
    for _ in range(6):
        made = others(random, rows)
        totals = made.sum(2)
        fits = (abs(totals.mean(1) - mean) <= half) & (abs(totals.std(1, ddof=1) - sd) <= half)
        same = np.round(alpha(made[fits]), 2) == own
        for value, count in small.items():
            differs = (totals[fits] == value).sum(1) != count
            open_ |= {value} if differs.any() else set()
            stay |= {value} if (differs & same).any() else set()
    return len(open_), len(stay)


# --- kappa ----------------------------------------------------------------------------------------------------


def coefficients(table: np.ndarray) -> tuple[float, float]:
    n, first, second = table.sum(), table.sum(1), table.sum(0)
    alike, chance = np.trace(table) / n, (first * second).sum() / n**2
    pairs = (2 * n) ** 2 - ((first + second) ** 2).sum()
    return (alike - chance) / (1 - chance), 1 - (2 * n - 1) * 2 * (n - np.trace(table)) / pairs


def tables(agreed: np.ndarray, differ: int) -> Iterator[np.ndarray]:
    """Both coders' tables in which ``differ`` disagreements were talked over to ``agreed``."""
    for places in combinations_with_replacement(OFF, differ):
        for sides in product((0, 1), repeat=differ):
            made = np.diag(agreed).astype(float)
            for place, side in zip(places, sides, strict=True):
                made[place] += 1
                made[place[side], place[side]] -= 1
            if made.min() >= 0:
                yield made


def hidden(agreed: np.ndarray) -> list[int]:
    small = [i for i in range(CLASSES) if 0 < agreed[i] < LIMIT]
    rest = [i for i in range(CLASSES) if i not in small]
    return [*small, min(rest, key=lambda i: agreed[i] or 99)] if len(small) == 1 else small


def narrowed(random: np.random.Generator, digits: int) -> tuple[bool, bool, bool] | None:
    """Whether a hidden small class loses a value, whether only one is left, and whether a value is lost of so many
    people that coefficients are told; None where nothing is hidden."""
    n, differ = int(random.integers(10, 61)), int(random.integers(1, 4))
    agreed = np.bincount(random.choice(CLASSES, n, p=random.dirichlet([1] * CLASSES)), minlength=CLASSES)
    cells, total = hidden(agreed), 0
    total = int(agreed[cells].sum())
    ways = [way for way in product(range(total + 1), repeat=len(cells)) if sum(way) == total] if len(cells) < 4 else []
    every = list(tables(agreed, differ)) if 0 < len(ways) <= 60 else []
    if not every:
        return None
    own = np.round(coefficients(every[random.integers(len(every))]), digits)
    found = [way for way in ways if _possible(agreed, cells, way, (differ, own, digits))]
    lost = one = False
    for k, cell in enumerate(cells):
        if 0 < agreed[cell] < LIMIT:
            before, after = ({way[k] for way in some} & set(range(1, LIMIT)) for some in (ways, found))
            lost, one = lost or before > after, one or len({way[k] for way in found}) == 1 < len(before)
    return lost, one, lost and n >= UNITS


def _possible(agreed: np.ndarray, cells: list[int], way: tuple[int, ...], told: tuple) -> bool:
    differ, own, digits = told
    other = agreed.copy()
    other[cells] = way
    return any((np.round(coefficients(one), digits) == own).all() for one in tables(other, differ))


def main() -> None:
    random = np.random.default_rng(1)
    for items in (3, 10):
        for n in (5, 10, 15, 20):
            found = np.array([opened(random, n, items) for _ in range(60)]).sum(axis=0)
            print(f"alpha, {items} items, {n} people: {found[1]} of {found[0]} stay open", flush=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        for digits in (2, 1):
            same = np.random.default_rng(2)
            every = [one for _ in range(600) if (one := narrowed(same, digits))][:200]
            lost, one, many = np.array(every).sum(axis=0)
            print(f"kappa, {digits} decimals: {lost} of {len(every)} tables narrowed", end=", ")
            print(f"{one} to one number, {many} of {UNITS} people or more", flush=True)
    for n in range(8, 13):
        found = median_time(np.arange(1.0, n + 1).tolist(), [True] * n)
        print(f"median of {n} times: number {found.median:.0f}, limits {found.low} and {found.high}")


if __name__ == "__main__":
    main()
