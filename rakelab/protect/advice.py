"""What could be shown instead of a page of hidden cells: two levels that could be one.

Advice is worked out from what is published: which cells are hidden, never how many people are in them. So it tells
nothing that the table does not.
"""

from collections.abc import Iterator
from itertools import combinations, pairwise

from rakelab.cells import Advice, Released, State


def advise(table: Released) -> Advice | None:
    """The two levels in whose rows or columns most cells are hidden; None where no two levels can be one."""
    found = [(_hidden(table, name, levels), name, levels) for name, levels in _mergeable(table)]
    most = max((count for count, _, _ in found), default=0)
    return next((Advice(name, levels) for count, name, levels in found if count == most), None) if most else None


def _mergeable(table: Released) -> Iterator[tuple[str, tuple[str, str]]]:
    """Pairs of levels that can be one: neighbours of an ordered variable, any two of another; never missing."""
    for name in dict.fromkeys([table.view.by, table.view.variable]):
        variable = table.variables.get(name)
        if variable is None or variable.multiple:
            continue
        levels = [level for level in variable.levels if level not in variable.missing]
        if name == table.view.by and len(levels) < 3:
            continue  # two groups made one are no groups
        pairs = pairwise(levels) if variable.ordered else combinations(levels, 2)
        yield from ((name, pair) for pair in pairs)


def _hidden(table: Released, name: str, levels: tuple[str, str]) -> int:
    """How many cells of the two levels are hidden."""
    pairs = {(name, level) for level in levels}
    hidden = (one for one, _ in table.view.cells() if table.cells[one].state is State.HIDDEN)
    return sum(bool(pairs & set(one)) for one in hidden)
