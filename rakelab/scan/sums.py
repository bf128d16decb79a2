"""Hidden cells that other numbers give back: sums found in tables, and what they leave open, asked of the wall's audit.

A row or column is a sum where it adds up in what is shown. Tables that agree in what they share are of the same people.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from rakelab.cells import TOTAL, Key, Link, Sign, key
from rakelab.protect.solve import left_open
from rakelab.protect.system import Guard, System
from rakelab.scan.document import words
from rakelab.scan.grid import Spot, Table, Value

Kind = tuple[bool, bool]  # a total of rows, of columns
Name = tuple[Kind, frozenset[str]]
Lines = list[list[Spot | None]]
#: Tables of more cells are not asked for sums.
MOST_CELLS = 20_000
#: So many shared numbers must agree before two tables are taken to be of the same people.
AGREE = 3
#: Of totals these are enough.
TOTALS_AGREE = 2
#: Each number is held against so many others of its name.
NEAR = 10
#: No sum is sought over more lines.
LONGEST = 400


@dataclass(frozen=True)
class Sums:
    """The count cells of a table by place and by label, and the sums that hold in it: a total and its parts."""

    cells: dict[Spot, Value]
    named: dict[Spot, Name]
    sums: list[tuple[Spot, list[Spot]]] = field(default_factory=list)

    @property
    def hidden(self) -> list[Spot]:
        return [spot for spot, cell in self.cells.items() if cell.kind == "hidden"]


def sums_of(table: Table, limit: int) -> Sums | None:
    """What a table of counts ties together; nothing where it holds no counts, or rows of people."""
    counts = ((spot, cell) for spot, cell in table.spots() if cell.whole or cell.kind == "hidden")
    cells = {spot: cell for spot, cell in counts if table.role(*spot) == "count"}
    if not cells or len(cells) > MOST_CELLS or table.of_rows:
        return None
    made = Sums(cells, {spot: _name(table, spot) for spot in cells})
    for labels, lines in _ways(table, cells):
        for whole, parts in _totals(labels, lines, cells, limit):
            columns = zip(lines[whole], *(lines[k] for k in parts), strict=True)
            made.sums.extend((first, [one for one in rest if one]) for first, *rest in columns if first)
    return made


def _name(table: Table, spot: Spot) -> Name:
    """What the cell is of, but for words of a total: the same in every table that has it."""
    row, column = (" ".join(text.casefold().split()) for text in (table.label(spot[0]), table.heads[spot[1]]))
    kind = bool(words("total").match(row)), bool(words("total").match(column))
    return kind, frozenset(text for text, total in zip((row, column), kind, strict=True) if text and not total)


def _ways(table: Table, cells: dict[Spot, Value]) -> Iterator[tuple[list[str], Lines]]:
    """The table as lines that can be sums of others: its columns, its rows, or the values of each of its labels."""
    rows, columns = sorted({i for i, _ in cells}), sorted({j for _, j in cells})
    if len(columns) <= LONGEST:
        yield [table.heads[j] for j in columns], [[_at(cells, (i, j)) for i in rows] for j in columns]
    if table.stub == 1 or len(set(table.labels)) < len(rows):
        if len(rows) <= LONGEST:
            yield [table.label(i) for i in rows], [[_at(cells, (i, j)) for j in columns] for i in rows]
        return
    for k in range(table.stub):
        at = {(table.labels[i][k], table.labels[i][:k] + table.labels[i][k + 1 :]): i for i in rows}
        values, others = list(dict.fromkeys(one for one, _ in at)), list(dict.fromkeys(rest for _, rest in at))
        if 2 < len(values) <= LONGEST:
            yield values, [[_at(cells, (at.get((a, b), -1), j)) for b in others for j in columns] for a in values]


def _at(cells: dict[Spot, Value], spot: Spot) -> Spot | None:
    return spot if spot in cells else None


def _totals(labels: list[str], lines: Lines, cells: dict[Spot, Value], limit: int) -> Iterator[tuple[int, list[int]]]:
    """Lines that are sums of those after or before them, then of such sums."""
    values = [[cells[spot] if spot else Value() for spot in line] for line in lines]
    shown = np.array([[cell.number if cell.whole else 0 for cell in line] for line in values])
    gaps = np.array([[int(cell.kind == "hidden") for cell in line] for line in values])
    look = _Look(labels, shown, gaps, limit)
    made = {t: parts for t in range(len(lines)) if (parts := look.run(t))}
    inner = {k for parts in made.values() for k in parts if k not in made}
    outer = [t for t in range(len(lines)) if t not in inner]
    yield from made.items()
    for t in outer if len(made) > 1 else ():
        parts = [k for k in outer if k != t]
        if t not in made and parts and look.adds_up(t, parts)[-1]:
            yield t, parts


@dataclass(frozen=True)
class _Look:
    """Which lines add up. ``gaps``: the hidden cells of each."""

    labels: list[str]
    shown: np.ndarray
    gaps: np.ndarray
    limit: int

    def run(self, t: int) -> list[int]:
        """The lines of which ``t`` is the sum: all between it and the next total where it is called one, else the
        longest run after or before it."""
        after, before = list(range(t + 1, len(self.labels))), list(range(t - 1, -1, -1))
        if not self.called(t):
            runs = [
                run[: int(cuts[-1]) + 1] for run in (after, before) if len(cuts := np.flatnonzero(self.adds_up(t, run)))
            ]
            return max(runs, key=len, default=[])
        near = [list(takewhile(lambda k: not self.called(k), run)) for run in (before, after)]
        runs = [[k for k in before + after if not self.called(k)], *near]
        return next((run for run in sorted(runs, key=len, reverse=True) if run and self.adds_up(t, run)[-1]), [])

    def called(self, k: int) -> bool:
        return words("base").match(self.labels[k]) is not None

    def adds_up(self, t: int, run: list[int]) -> np.ndarray:
        """For the first line of the run, the first two … and all: is ``t`` their sum, in whatever is shown? The more
        columns say so, the surer."""
        known = (self.gaps[t] == 0) & (self.shown[t] > 0)
        whole, parts, gaps = self.shown[t][known], self.shown[run][:, known], self.gaps[run][:, known].cumsum(axis=0)
        rest, many = whole - parts.cumsum(axis=0), np.arange(1, len(run) + 1)
        wrong = ((rest < 0) | ((gaps == 0) & (rest != 0))).any(axis=1)
        full = ((parts > 0).cumsum(axis=0) > 1) & (whole >= 2 * self.limit)
        far = ((gaps > 0) & (rest > gaps * (self.limit - 1))).sum(axis=1)
        exact, near = (full & (gaps == 0)).sum(axis=1), (full & (gaps > 0)).sum(axis=1) - far
        called = self.called(t)
        sure = (exact + near > (0 if called else 1)) | ((exact > 0) & (many > 3))
        return np.asarray((many > 1) & ~wrong & sure & (called | (far == 0)))


# --- what they give back ------------------------------------------------------------------------------------------


def given_back(tables: Sequence[Sums]) -> Iterator[tuple[tuple[int, Spot], int]]:
    """Each hidden cell whose number follows from the tables (which table, and where in it), and the number."""
    links = _links(tables)
    homes = {kind: _homes(len(tables), pairs) for kind, pairs in links.items()}
    group_of = _homes(len(tables), [pair for pairs in links.values() for pair in pairs])
    hiding = {group_of[t] for t, table in enumerate(tables) if table.hidden}
    for group in hiding:
        united: dict[Key, list[tuple[int, Spot]]] = defaultdict(list)
        for t in (t for t in range(len(tables)) if group_of[t] == group):
            for spot, name in _own_names(tables[t], t, homes):
                united[name].append((t, spot))
        yield from _told(united, tables)


def _links(tables: Sequence[Sums]) -> dict[Kind, list[tuple[int, int]]]:
    """Pairs of tables of the same people, by what they share (totals of rows or columns, or neither): all of what both
    show agrees, and that is enough."""
    at: dict[Name, list[tuple[int, float]]] = defaultdict(list)
    for t, table in enumerate(tables):
        for spot, name in table.named.items():
            at[name].extend([(t, table.cells[spot].number)] if table.cells[spot].whole else [])
    alike: dict[tuple[Kind, int, int], int] = defaultdict(int)
    for (kind, _), shown in at.items():
        for k, (a, one) in enumerate(shown):
            for b, other in shown[k + 1 : k + NEAR]:
                alike[kind, a, b] += (one > 0) if one == other else -1 << 20
    made: dict[Kind, list[tuple[int, int]]] = defaultdict(list)
    for (kind, a, b), n in alike.items():
        if a != b and n >= (TOTALS_AGREE if any(kind) else AGREE):
            made[kind].append((a, b))
    return made


def _homes(n: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """For each table the group that pairs tie it into."""
    a, b = zip(*pairs, strict=True) if pairs else ((), ())
    return list(connected_components(csr_array((np.ones(len(a)), (a, b)), shape=(n, n)))[1].tolist())


def _own_names(table: Sums, t: int, homes: dict[Kind, list[int]]) -> Iterator[tuple[Spot, Key]]:
    """A name for each cell, shared by the tables of its group; a name that the table has twice names nothing."""
    many = Counter(table.named.values())
    for spot, name in table.named.items():
        shared = many[name] == 1 and name[0] in homes
        yield spot, key(("cell", f"{name[0]} {homes[name[0]][t]} {sorted(name[1])}" if shared else f"{t} {spot}"))


def _told(united: dict[Key, list[tuple[int, Spot]]], tables: Sequence[Sums]) -> Iterator[tuple[tuple[int, Spot], int]]:
    """The hidden cells of one group that a shown one, or the sums, give back."""
    home = {place: name for name, places in united.items() for place in places}
    cells = {name: _agreed([tables[t].cells[spot] for t, spot in places]) for name, places in united.items()}
    told = {name: int(cell.number) for name, cell in cells.items() if cell.kind != "hidden"}
    listed = ((t, whole, parts) for t in {t for t, _ in home} for whole, parts in tables[t].sums)
    links = (Link(((home[t, whole], -1), *((home[t, one], 1) for one in parts))) for t, whole, parts in listed)
    told |= _closed(cells, list(dict.fromkeys(one for one in links if any(name not in told for name, _ in one.terms))))
    for (t, spot), name in home.items():
        if tables[t].cells[spot].kind == "hidden" and told.get(name, 0) > 0:
            yield (t, spot), told[name]


def _agreed(cells: list[Value]) -> Value:
    """What several tables say of one cell: a shown number, else the narrowest hidden one."""
    return min(cells, key=lambda cell: (cell.kind == "hidden", cell.most or math.inf))


def _closed(cells: dict[Key, Value], links: list[Link]) -> dict[Key, int]:
    """The hidden cells that can have one value only, as the wall's audit sees it."""
    used = dict.fromkeys(name for link in links for name, _ in link.terms)
    tops = {name: cells[name].most for name in used if cells[name].kind == "hidden" and cells[name].most}
    counts = {name: int(cells[name].number) for name in used}
    counts |= {key(("most", str(top))): int(top or 0) for top in tops.values()}
    links = links + [Link(((name, 1), (key(("most", str(top))), -1)), Sign.AT_MOST) for name, top in tops.items()]
    public = [True, *(name not in cells or cells[name].kind != "hidden" for name in counts)]
    system = _system({TOTAL: sum(counts.values()) + len(counts), **counts}, links, np.array(public))
    if not links or (table := _some_table(system)) is None:
        return {}
    hidden = np.flatnonzero(~system.public).tolist()
    guards = tuple(Guard(((c, 1),), int(table[c]) + 1, max(int(table[c]) - 1, 0)) for c in hidden)
    left = left_open(replace(system, counts=table, guards=guards)).guards
    return {system.keys[guard.terms[0][0]]: guard.least for guard in left if guard.least == guard.limit}


def _system(counts: dict[Key, int], links: list[Link], public: np.ndarray) -> System:
    """What the tables publish, as the wall would have it: nothing to choose, only to ask what is left open."""
    n, values, nothing = len(counts), np.array(list(counts.values()), dtype=np.int64), np.zeros(len(counts), dtype=bool)
    empty = (nothing, (), np.ones(n), frozenset[Key](), np.zeros(n, dtype=np.int64), nothing)
    return System(tuple(counts), values, tuple(links), (), *empty, public, {})


def _some_table(system: System) -> np.ndarray | None:
    """Whole numbers for the hidden cells that agree with everything shown; None where the sums are of others."""
    low = np.where(system.public, system.counts, 0)
    high = np.where(system.public, system.counts, system.counts[0])
    sums = LinearConstraint(system.matrix, np.where(system.equal, 0, -np.inf), 0)
    result = milp(np.zeros(len(low)), integrality=np.ones(len(low)), bounds=Bounds(low, high), constraints=sums)
    return None if result.x is None else np.rint(result.x).astype(np.int64)
