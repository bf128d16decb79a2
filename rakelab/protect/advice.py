"""What could be shown instead of a page of hidden cells: the merge of two levels that would free most of them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations, pairwise

from rakelab.cells import Advice, Key, Tally, Variable, View
from rakelab.protect.policy import Policy


def advise(tally: Tally, policy: Policy) -> Advice | None:
    """The best merge, or None when no merge of two levels frees a cell. Counted by the rule alone."""
    now = _small(tally.view, tally.counts, tally.variables, policy)
    best, most = None, 0
    for variable, levels in _mergeable(tally):
        view, counts = _merged(tally, variable, levels)
        freed = now - _small(view, counts, tally.variables, policy)
        if freed > most:
            best, most = Advice(variable, levels), freed
    return best


def _mergeable(tally: Tally) -> Iterator[tuple[str, tuple[str, str]]]:
    """Pairs of levels that can be one: neighbours of an ordered variable, any two of another; never missing."""
    for name in dict.fromkeys([tally.view.by, tally.view.variable]):
        variable = tally.variables.get(name)
        if variable is None or variable.multiple:
            continue
        levels = [level for level in variable.levels if level not in variable.missing]
        if name == tally.view.by and len(levels) < 3:
            continue  # two groups made one are no groups
        pairs = pairwise(levels) if variable.ordered else combinations(levels, 2)
        yield from ((name, pair) for pair in pairs)


def _merged(tally: Tally, variable: str, levels: tuple[str, str]) -> tuple[View, Mapping[Key, int]]:
    first, second = ((variable, level) for level in levels)
    counts: dict[Key, int] = {}
    for one, n in tally.counts.items():
        moved = tuple(sorted(first if pair == second else pair for pair in one))
        counts[moved] = counts.get(moved, 0) + n
    kept = {part: tuple(k for k in getattr(tally.view, part) if second not in k) for part in ("rows", "columns")}
    return replace(tally.view, **kept), counts


def _small(view: View, counts: Mapping[Key, int], variables: Mapping[str, Variable], policy: Policy) -> int:
    """How many cells the rule hides at once."""
    found = 0
    for cell, base in view.cells():
        threshold = policy.of(cell, variables)
        rest = counts[base] - counts[cell]
        found += 0 < counts[cell] < threshold or 0 < rest < threshold or 0 < counts[base] < threshold
    return found
