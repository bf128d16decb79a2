"""Two-way tallies made by hand, for questions to the real rule that need no people."""

from rakelab.cells import TOTAL, Account, Key, Link, Tally, Variable, View, join, key
from rakelab.i18n import LANGUAGES


def two_way(counts: tuple[int, ...], columns: int) -> Tally:
    """Single choice ``v`` (rows) by single choice ``h`` (columns), with all margins."""
    rows = [key(("v", str(r))) for r in range(len(counts) // columns)]
    groups = [key(("h", str(c))) for c in range(columns)]
    inner = {join(rows[i // columns], groups[i % columns]): n for i, n in enumerate(counts)}
    sums: dict[Key, int] = {TOTAL: sum(counts)}
    sums |= {row: sum(n for one, n in inner.items() if set(row) <= set(one)) for row in rows}
    sums |= {group: sum(n for one, n in inner.items() if set(group) <= set(one)) for group in groups}
    return Tally(
        view=View("t", "profile", "v", tuple(rows), (TOTAL, *groups), by="h"),
        counts={**sums, **inner},
        links=(Link((*((row, 1) for row in rows), (TOTAL, -1))), Link((*((g, 1) for g in groups), (TOTAL, -1)))),
        variables={"v": _variable(len(rows)), "h": _variable(columns)},
        account=Account("t.csv", "0" * 64, "t", "1", {}, True, sums[TOTAL], sums[TOTAL], "0"),
    )


def _variable(levels: int) -> Variable:
    return Variable(dict.fromkeys(LANGUAGES, "v"), {str(i): dict.fromkeys(LANGUAGES, str(i)) for i in range(levels)})
