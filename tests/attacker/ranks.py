"""Wilcoxon's p beside a mean: every way of changing that agrees with both is tried, one by one.

p is worked out from how many changed by how much, apart from the product's own: mean ranks of a size follow from how
many moved less.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import erfc, sqrt
from random import Random

import numpy as np

from .points import Counter, Pair

CLASSES = (0.0, 0.001, 0.01, 0.05, 1.0)
MANY_WAYS, MANY_STATES = 20_000, 3 * 10**7
Way = Mapping[int, int]  # change in steps -> people
Judged = Callable[[Way], bool]


def said(value: float) -> tuple[float, float]:
    """Between what a published p lies: the end of a class says so much, any other number is rounded to two digits."""
    for low, high in pairwise(CLASSES):
        if value == high:
            return low, high
    half = 0.5 * 10.0 ** (np.floor(np.log10(value)) - 1)
    return value - half, value + half


def p_of(way: Way) -> float | None:
    """Two-sided p of the signed ranks, exact below 50 changes; None where nobody changed."""
    sizes = sorted({abs(d) for d, k in way.items() if d and k})
    less = total = up = tied = 0.0
    ranks: list[tuple[int, int]] = []  # twice the rank, and how many have it
    for size in sizes:
        same = way.get(size, 0) + way.get(-size, 0)
        up += way.get(size, 0) * (less + (same + 1) / 2)
        ranks.append((round(2 * less) + same + 1, same))
        less, tied = less + same, tied + same**3 - same
    total = less * (less + 1) / 2
    if not sizes:
        return None
    if less < 50:
        return _exact(tuple(ranks), round(2 * min(up, total - up)))
    spread = sqrt(less * (less + 1) * (2 * less + 1) / 24 - tied / 48)
    return min(1.0, erfc(max(0.0, abs(up - total / 2) - 0.5) / spread / sqrt(2)))


@cache
def _exact(ranks: tuple[tuple[int, int], ...], tail: int) -> float:
    """Twice the share of the sets of ranks (doubled) whose sum is no more than ``tail``."""
    sums = np.zeros(tail + 1)
    sums[0] = 1
    for rank, same in ranks:
        for _ in range(same):
            sums[rank:] = sums[rank:] + sums[: max(tail + 1 - rank, 0)]
    return min(1.0, 2 * float(sums.sum()) / 2.0 ** sum(same for _, same in ranks))


def ways(counter: Counter, pairs: set[Pair]) -> Iterator[Way] | None:
    """Every way in which people can have one of ``pairs``, in no order; None where there are too many to look at."""
    points = sorted(counter.points, key=lambda d: (abs(d), d))
    if (counter.n + 1) * (2 * counter.wide + 1) * (counter.most + 1) * (len(points) + 1) > MANY_STATES:
        return None
    near = [Counter(points[:i], counter.n, counter.most).reached() for i in range(len(points) + 1)]
    return _filled(points, near, Random(1), (counter, pairs))


def _filled(points: Sequence[int], near: Sequence[np.ndarray], random: Random, of: tuple) -> Iterator[Way]:
    counter, pairs = of

    def fill(i: int, left: int, rest: Pair, way: dict[int, int]) -> Iterator[Way]:
        if not i:
            yield dict(way)
            return
        d = points[i - 1]
        for k in random.sample(range(left + 1), left + 1):
            total, square = rest[0] - k * d, rest[1] - k * d * d
            if square >= 0 and abs(total) <= counter.wide and near[i - 1][left - k, total + counter.wide, square]:
                way[d] = k
                yield from fill(i - 1, left - k, (total, square), way)
        way.pop(d, None)

    for pair in random.sample(sorted(pairs), len(pairs)):
        yield from fill(len(points), counter.n, pair, {})


def _fits(way: Way, told: tuple[float, float] | None) -> bool:
    if told is None:
        return True
    p = p_of(way)
    return p is not None and told[0] - 1e-12 <= p <= told[1]


def settled_by_p(
    counter: Counter,
    pairs: set[Pair],
    limit: int,
    known: tuple[int, tuple[float, float] | None, Sequence[tuple], Judged],
) -> dict[int, int] | None:
    """Changes that one number of people have in every way with a p in the range; None where there are too many ways.
    ``known``: the centre, the range (None: no p of ranks is told), counts of several changes together (set, least,
    most), and what else is said of a way."""
    centre, told, facts, judged = known
    every = ways(counter, pairs)
    seen: dict[int, set[int]] = {d: set() for d in counter.points}
    for i, way in enumerate(every or ()):
        if i > MANY_WAYS:
            return None
        if not all(least <= sum(way.get(d, 0) for d in some) <= most for some, least, most in facts):
            continue
        if _fits({d + centre: k for d, k in way.items()}, told) and judged({d + centre: k for d, k in way.items()}):
            for d, counts in seen.items():
                counts.add(way.get(d, 0))
            if all(len(counts) > 1 for counts in seen.values()):
                break
    if every is None:
        return None
    single = {d: next(iter(counts)) for d, counts in seen.items() if len(counts) == 1}
    return {d: k for d, k in single.items() if k and (k < limit or 0 <= counter.n - k < limit)}
