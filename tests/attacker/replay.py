"""A reader who knows the rule can run it again on every table that fits the release, and keep those that would have
hidden the same cells. How often does that pin a small cell exactly?
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

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
    """Tables tried (margins all shown), those with a hidden small cell, and those where a reader tells one exactly."""

    tables: int
    with_small: int
    pinned_by_sums: int
    pinned_by_replay: int


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


def figures(seed: int, n: int) -> Figures:
    """Runs the real rule on ``n`` random tables and again on every table that fits what it showed."""
    tried = small = by_sums = by_replay = 0
    patterns: dict[Counts, frozenset[int]] = {}
    for counts in tables(seed, n):
        hidden = _pattern(counts, patterns)
        if MARGIN_HIDDEN in hidden:
            continue
        tried += 1
        fits = list(candidates(counts, hidden))
        same = [one for one in fits if _pattern(one, patterns) == hidden]
        cells = [i for i in hidden if 0 < counts[i] < 5]
        small += bool(cells)
        by_sums += any(len({one[i] for one in fits}) == 1 for i in cells)
        by_replay += any(len({one[i] for one in same}) == 1 for i in cells)
    return Figures(tried, small, by_sums, by_replay)


def _pattern(counts: Counts, seen: dict[Counts, frozenset[int]]) -> frozenset[int]:
    if counts not in seen:
        seen[counts] = hidden_by_rule(counts)
    return seen[counts]


def hidden_by_rule(counts: Counts) -> frozenset[int]:
    """The inner cells that the real rule hides in this 2 × 4 table, and ``MARGIN_HIDDEN`` if a margin is hidden."""
    from rakelab.cells import name_of
    from rakelab.protect import Policy, protect

    from .tallies import two_way

    tally = two_way(counts, COLUMNS)
    cells = protect([tally], Policy()).cells
    hidden = {name_of(one) for one, cell in cells.items() if cell.state == "hidden"}
    inner = {f"h={i % COLUMNS}|v={i // COLUMNS}": i for i in range(len(counts))}
    return frozenset(inner.get(one, MARGIN_HIDDEN) for one in hidden)
