"""What could be shown instead of a page of hidden cells: two levels that could be one.

Advice is worked out from what is published: which cells are hidden, never how many people are in them. So it tells
nothing that the table does not. It is for the author, in JupyterLab, and never joins answers that mean opposite things.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

from rakelab.cells import Advice, Released, State, Variable

#: Answers that have an opposite: nothing can be one with them.
POLES = {"kylla", "ei", "positiivinen", "negatiivinen", "parani", "huononi", "parantunut", "huonontunut"}
#: Of fewer answers without an order two are not made one: hardly anything would be left to tell apart.
FEWEST = 4


def advise(table: Released) -> Advice | None:
    """The two levels in whose rows or columns most cells are hidden; None where no two levels can be one."""
    found = ((_hidden(table, *pair), pair) for pair in _mergeable(table))
    best = max(found, key=lambda one: one[0], default=None)
    return Advice(*best[1]) if best and best[0] else None


def _mergeable(table: Released) -> Iterator[tuple[str, tuple[str, str]]]:
    """Pairs of levels that can be one: neighbours of an ordered variable, any two of another; never missing, opposite
    answers or the middle of a scale."""
    for name in dict.fromkeys([table.view.by, table.view.variable]):
        variable = table.variables.get(name)
        if variable is None or variable.multiple:
            continue
        levels = [level for level in variable.levels if level not in variable.missing]
        pairs = _groups(variable, levels) if name == table.view.by else _answers(variable, levels)
        yield from ((name, pair) for pair in pairs)


def _groups(variable: Variable, levels: list[str]) -> Iterable[tuple[str, str]]:
    if len(levels) < 3:
        return ()  # two groups made one are no groups
    return pairwise(levels) if variable.ordered else combinations(levels, 2)


def _answers(variable: Variable, levels: list[str]) -> Iterable[tuple[str, str]]:
    """Of a scale the neighbours on one side of its middle."""
    if variable.ordered:
        half = len(levels) // 2
        return (*pairwise(levels[:half]), *pairwise(levels[len(levels) - half :]))
    return combinations([one for one in levels if one not in POLES], 2) if len(levels) >= FEWEST else ()


def _hidden(table: Released, name: str, levels: tuple[str, str]) -> int:
    """How many cells of the two levels are hidden."""
    pairs = {(name, level) for level in levels}
    hidden = (one for one, _ in table.view.cells() if table.cells[one].state is State.HIDDEN)
    return sum(bool(pairs & set(one)) for one in hidden)
