"""Trying everything: every whole-number table with the same total, and every choice of hidden cells.

It shares nothing with the solver: tables are enumerated, sums are added up, and a choice is safe when every value
that a guarded number must be able to have stands in some table that agrees with all shown cells.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise, product

import numpy as np

from rakelab.cells import TOTAL, Key, key


@dataclass(frozen=True)
class Small:
    """A small report: its cells, how each is a sum of the inner counts, and which cell is a part of which base."""

    cells: tuple[Key, ...]
    sums: np.ndarray  # cells × inner counts
    bases: tuple[tuple[int, int], ...]
    truth: tuple[int, ...]
    threshold: int = 5

    @cached_property
    def tables(self) -> np.ndarray:
        """All possible tables, a line each, as the counts of ``cells``."""
        return np.array(list(compositions(sum(self.truth), len(self.truth)))) @ self.sums.T

    @cached_property
    def counts(self) -> np.ndarray:
        return self.sums @ np.array(self.truth)

    @cached_property
    def guarded(self) -> list[np.ndarray]:
        """The guarded number of every table, for each small count and each small rest of a base."""
        found = []
        for cell, base in self.bases:
            for value in (lambda t, c=cell: t[..., c], lambda t, c=cell, b=base: t[..., b] - t[..., c]):
                if 0 < value(self.counts) < self.threshold:
                    found.append(value(self.tables))
        return found

    def safe(self, hidden: np.ndarray) -> bool:
        """Every guarded number can be anything from one to just below the threshold, and no group that is hidden
        as a base has anything shown."""
        if any(hidden[base] and not hidden[cell] for cell, base in self.bases):
            return False
        fits = self.same[:, ~hidden].all(axis=1)
        return all(set(range(1, self.threshold)) <= set(values[fits].tolist()) for values in self.guarded)

    @cached_property
    def same(self) -> np.ndarray:
        return self.tables == self.counts

    def safe_choices(self) -> Iterator[np.ndarray]:
        """All safe choices of hidden cells; the total (the first cell) is always shown."""
        for mask in product((False, True), repeat=len(self.cells) - 1):
            hidden = np.array((False, *mask))
            if self.safe(hidden):
                yield hidden

    def cheapest(self, cost: Callable[[Key], float]) -> float | None:
        costs = np.array([cost(one) for one in self.cells])
        return min((float(costs @ hidden) for hidden in self.safe_choices()), default=None)


def compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """All ways to part ``total`` into ``parts`` counts, zeros allowed."""
    for bars in combinations(range(total + parts - 1), parts - 1):
        ends = (-1, *bars, total + parts - 1)
        yield tuple(b - a - 1 for a, b in pairwise(ends))


def one_row(counts: Sequence[int]) -> Small:
    """A single choice ``v``; cells as ``spec.one_way`` names them."""
    n = len(counts)
    cells = (TOTAL, *(key(("v", "abcdefgh"[i])) for i in range(n)))
    sums = np.vstack([np.ones(n, dtype=int), np.eye(n, dtype=int)])
    return Small(cells, sums, tuple((i, 0) for i in range(1, n + 1)), tuple(counts))


def grid(counts: Sequence[Sequence[int]]) -> Small:
    """Single choice ``v`` by single choice ``h``; cells as ``spec.two_way`` names them."""
    rows, columns = len(counts), len(counts[0])
    cells, sums = [TOTAL], [np.ones((rows, columns), dtype=int)]
    bases: list[tuple[int, int]] = []
    for j in range(columns):
        cells.append(key(("h", "12345678"[j])))
        sums.append(np.tile(np.arange(columns) == j, (rows, 1)).astype(int))
        bases.append((len(cells) - 1, 0))
    for i in range(rows):
        for j in (None, *range(columns)):
            pairs = [("v", "abcdefgh"[i])] + ([] if j is None else [("h", "12345678"[j])])
            cells.append(key(*pairs))
            inner = np.zeros((rows, columns), dtype=int)
            inner[i, slice(None) if j is None else j] = 1
            sums.append(inner)
            bases.append((len(cells) - 1, 0 if j is None else j + 1))
    flat = np.array([one.ravel() for one in sums])
    return Small(tuple(cells), flat, tuple(bases), tuple(n for line in counts for n in line))
