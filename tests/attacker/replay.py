"""A reader who knows the rule can run it again on every table that fits the release, and keep those that would have
hidden the same cells under some secret. How often does that pin a small cell exactly?
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Any

import numpy as np

Counts = tuple[int, ...]
ROWS, COLUMNS = 2, 4
MARGIN_HIDDEN = -1
MARGINS = (
    *(tuple(r * COLUMNS + c for c in range(COLUMNS)) for r in range(ROWS)),
    *(tuple(r * COLUMNS + c for r in range(ROWS)) for c in range(COLUMNS)),
)


@dataclass(frozen=True)
class Figures:
    """Tables tried (margins all shown), those with a hidden small cell, and those in which a reader tells one exactly:
    by sums, or by running the rule again with every secret that it may have; and in which some of 1 … 4 is ruled
    out."""

    tables: int
    with_small: int
    pinned_by_sums: int
    pinned_by_replay: int
    narrowed_by_replay: int


def tables(seed: int, n: int) -> Iterator[Counts]:
    """Random 2 × 4 tables of small counts, skewed, whose margins the rule has no reason to hide."""
    random = np.random.default_rng(seed)
    while n:
        shares = random.dirichlet(np.full(ROWS * COLUMNS, 0.8))
        counts = tuple(int(one) for one in random.multinomial(random.integers(24, 45), shares))
        if all(sum(counts[i] for i in margin) >= 5 for margin in MARGINS):
            n -= 1
            yield counts


def candidates(counts: Counts, hidden: frozenset[int]) -> Iterator[Counts]:
    """Every table with the same margins and the same shown cells."""
    top = _tops(counts, hidden)
    ranges = [range(top[i] + 1) if i in hidden else (counts[i],) for i in range(len(counts) // 2)]
    columns = [counts[c] + counts[c + COLUMNS] for c in range(COLUMNS)]
    for first in product(*ranges):
        if sum(first) == sum(counts[:COLUMNS]):
            whole = (*first, *(columns[c] - first[c] for c in range(COLUMNS)))
            if all(i in hidden or whole[i] == counts[i] for i in range(len(counts))):
                yield whole


def _tops(counts: Counts, hidden: frozenset[int]) -> list[int]:
    """The largest value that a hidden cell's own row and column leave it."""
    return [
        min(sum(counts[k] for k in margin if k in hidden) for margin in MARGINS if i in margin)
        for i in range(len(counts))
    ]


def figures(seed: int, n: int, secrets: int = 40) -> Figures:
    """Runs the real rule on ``n`` random tables, and again on every table that fits what it showed, with so many
    secrets: the reader does not know which it was."""
    tried = small = by_sums = pinned = narrowed = 0
    for counts in tables(seed, n):
        hidden = hidden_by_rule(counts, OWN)
        if MARGIN_HIDDEN in hidden:
            continue
        tried += 1
        cells = [i for i in hidden if 0 < counts[i] < 5]
        fits = list(candidates(counts, hidden))
        believed = _believed(counts, hidden, secrets)
        small += bool(cells)
        by_sums += any(len({one[i] for one in fits}) == 1 for i in cells)
        pinned += any(len(believed[i]) == 1 for i in cells)
        narrowed += any(not {1, 2, 3, 4} <= believed[i] for i in cells)
    return Figures(tried, small, by_sums, pinned, narrowed)


def _believed(counts: Counts, hidden: frozenset[int], secrets: int) -> dict[int, set[int]]:
    """The values of each hidden cell in tables for which some secret hides the same cells."""
    found: dict[int, set[int]] = {i: {counts[i]} for i in hidden}
    for one in candidates(counts, hidden):
        if any(one[i] not in found[i] for i in hidden) and _some_secret_hides(one, hidden, secrets):
            for i in hidden:
                found[i].add(one[i])
    return found


def _some_secret_hides(counts: Counts, hidden: frozenset[int], secrets: int) -> bool:
    return any(hidden_by_rule(counts, bytes([i + 1]) * 32) == hidden for i in range(secrets))


#: The secret of the county, which no reader knows.
OWN = b"the county's own, known to nobody"


@cache
def hidden_by_rule(counts: Counts, secret: bytes = OWN) -> frozenset[int]:
    """The inner cells that the real rule hides in this 2 × 4 table, and ``MARGIN_HIDDEN`` if a margin is hidden."""
    from rakelab.cells import name_of
    from rakelab.protect.solve import choose
    from rakelab.protect.weights import weights

    made = _system(counts)
    cost = weights(dict.fromkeys(made.keys, 1), {}, secret)
    hidden = choose(replace(made, weight=cost))
    inner = {f"h={i % COLUMNS}|v={i // COLUMNS}": i for i in range(len(counts))}
    gone = (name_of(one) for one, is_hidden in zip(made.keys, hidden, strict=True) if is_hidden)
    return frozenset(inner.get(one, MARGIN_HIDDEN) for one in gone)


@cache
def _system(counts: Counts) -> Any:
    from rakelab.protect import Policy
    from rakelab.protect.policy import variables_of
    from rakelab.protect.system import build

    from .tallies import two_way

    tally = two_way(counts, COLUMNS)
    return build([tally], Policy(), variables_of([tally]))
