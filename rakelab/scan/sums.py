"""Hidden cells that other numbers give back: sums found in tables, and what they leave open, asked of the wall's audit.

A row or column is a sum where it adds up in what is shown. Tables that agree in what they share are of the same people.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from rakelab.cells import TOTAL, Key, Link, Sign, key
from rakelab.protect.solve import left_open
from rakelab.protect.system import Guard, System
from rakelab.scan.document import words
from rakelab.scan.grid import Spot, Table, Value

Name = tuple[bool, bool, frozenset[str]]  # of a total of rows, of columns; and of what
Lines = list[list[Spot | None]]
#: Tables of more cells are not asked for sums.
MOST_CELLS = 20_000
#: So many shared numbers must agree before two tables are taken to be of the same people.
AGREE = 3
#: Of totals these are enough.
TOTALS_AGREE = 2
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
    cells = {
        spot: cell
        for spot, cell in table.spots()
        if table.role(*spot) == "count" and (cell.whole or cell.kind == "hidden")
    }
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
    axes = [[text for text in (table.label(spot[0]), table.heads[spot[1]])]]
    row, column = (" ".join(text.casefold().split()) for text in axes[0])
    totals = bool(words("total").match(row)), bool(words("total").match(column))
    return *totals, frozenset(text for text, total in zip((row, column), totals, strict=True) if text and not total)


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
        own = {i: (table.labels[i][k], table.labels[i][:k] + table.labels[i][k + 1 :]) for i in rows}
        values, others = (
            list(dict.fromkeys(a for a, _ in own.values())),
            list(dict.fromkeys(b for _, b in own.values())),
        )
        at = {pair: i for i, pair in own.items()}
        if 2 < len(values) <= LONGEST:
            yield values, [[_at(cells, (at.get((a, b), -1), j)) for b in others for j in columns] for a in values]


def _at(cells: dict[Spot, Value], spot: Spot) -> Spot | None:
    return spot if spot in cells else None


def _totals(labels: list[str], lines: Lines, cells: dict[Spot, Value], limit: int) -> Iterator[tuple[int, list[int]]]:
    """Lines that are sums of those after or before them, then of such sums."""
    shown = np.array([[cells[spot].number if spot and cells[spot].whole else 0 for spot in line] for line in lines])
    gaps = np.array([[int(bool(spot) and cells[spot].kind == "hidden") for spot in line] for line in lines])
    look = _Look(labels, shown, gaps, limit)
    made = {t: parts for t in range(len(lines)) if (parts := look.run(t))}
    inner = {k for parts in made.values() for k in parts if k not in made}
    outer = [t for t in range(len(lines)) if t not in inner]
    yield from made.items()
    for t in outer if len(made) > 1 else ():
        parts = [k for k in outer if k != t]
        if t not in made and look.holds(t, parts) == "yes":
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
        if self.called(t):
            near = [list(takewhile(lambda k: not self.called(k), run)) for run in (before, after)]
            runs = [[k for k in before + after if not self.called(k)], *near]
        else:
            runs = [run[:cut] for run in (after, before) for cut in range(len(run), 1, -1)]
        fitting = (run for run in sorted(runs, key=len, reverse=True) if len(run) > 1 and self.holds(t, run) == "yes")
        return next(fitting, [])

    def called(self, k: int) -> bool:
        return words("base").match(self.labels[k]) is not None

    def holds(self, t: int, parts: Sequence[int]) -> str:
        """Is a line the sum of these, in whatever is shown? The more columns say so, the surer."""
        known = (self.gaps[t] == 0) & (self.shown[t] > 0)
        rest, gaps = (self.shown[t] - self.shown[parts].sum(axis=0))[known], self.gaps[parts].sum(axis=0)[known]
        if not known.any() or (rest < 0).any() or ((gaps == 0) & (rest != 0)).any():
            return "no"
        full = ((self.shown[parts] > 0).sum(axis=0)[known] > 1) & (self.shown[t][known] >= 2 * self.limit)
        exact = int((full & (gaps == 0)).sum())
        far = int(((gaps > 0) & (rest > gaps * (self.limit - 1))).sum())
        near = int((full & (gaps > 0)).sum()) - far
        called = self.called(t)
        sure = exact + near > (0 if called else 1) or (exact and len(parts) > 3)
        return "yes" if sure and (called or not far) else "no"


# --- what they give back ------------------------------------------------------------------------------------------


def given_back(tables: Sequence[Sums]) -> Iterator[tuple[tuple[int, Spot], int]]:
    """Each hidden cell whose number follows from the tables, and the number: which table, and where in it."""
    links = _links(tables)
    for group in _groups(range(len(tables)), [pair for pairs in links.values() for pair in pairs]):
        if not any(tables[t].hidden for t in group):
            continue
        united = _united(group, tables, links)
        home = {place: name for name, places in united.items() for place in places}
        cells = {name: _agreed(places, tables) for name, places in united.items()}
        known = {name: int(cell.number) for name, cell in cells.items() if cell.kind != "hidden"}
        sums = [(home[t, whole], [home[t, one] for one in parts]) for t in group for whole, parts in tables[t].sums]
        told = known | _closed(cells, sums)
        hidden = ((t, spot) for t in group for spot in tables[t].hidden)
        yield from ((place, told[home[place]]) for place in hidden if told.get(home[place], 0) > 0)


def _links(tables: Sequence[Sums]) -> dict[tuple[bool, bool], list[tuple[int, int]]]:
    """Pairs of tables of the same people, by what they share (totals of rows or columns, or neither): all of what both
    show agrees, and that is enough."""
    at: dict[Name, list[tuple[int, float]]] = defaultdict(list)
    for t, table in enumerate(tables):
        for spot, name in table.named.items():
            at[name].extend([(t, table.cells[spot].number)] if table.cells[spot].whole else [])
    alike: dict[tuple[bool, bool, int, int], int] = defaultdict(int)
    for (rows, columns, _), shown in at.items():
        for k, (a, one) in enumerate(shown):
            for b, other in shown[k + 1 : k + 40]:
                alike[rows, columns, a, b] += (one > 0) if one == other else -1 << 20
    made: dict[tuple[bool, bool], list[tuple[int, int]]] = defaultdict(list)
    for (rows, columns, a, b), n in alike.items():
        if a != b and n >= (TOTALS_AGREE if rows or columns else AGREE):
            made[rows, columns].append((a, b))
    return made


def _groups(every: Iterable[int], pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    home = {t: t for t in every}
    for a, b in pairs:
        home = {t: home[a] if place == home[b] else place for t, place in home.items()} if home[a] != home[b] else home
    together: dict[int, list[int]] = defaultdict(list)
    for t, place in home.items():
        together[place].append(t)
    return list(together.values())


def _united(
    group: list[int], tables: Sequence[Sums], links: dict[tuple[bool, bool], list[tuple[int, int]]]
) -> dict[Key, list[tuple[int, Spot]]]:
    """The cells of linked tables, those of one name together; a name that one table has twice names nothing."""
    home = {
        kind: {t: some[0] for some in _groups(group, [pair for pair in pairs if pair[0] in group]) for t in some}
        for kind, pairs in links.items()
    }
    united: dict[Key, list[tuple[int, Spot]]] = defaultdict(list)
    for t in group:
        many = Counter(tables[t].named.values())
        for spot, name in tables[t].named.items():
            first = home.get(name[:2], {}).get(t, t)
            named = f"{name[:2]} {first} {sorted(name[2])}" if many[name] == 1 else f"{t} {spot}"
            united[key(("cell", named))].append((t, spot))
    return united


def _agreed(places: list[tuple[int, Spot]], tables: Sequence[Sums]) -> Value:
    cells = [tables[t].cells[spot] for t, spot in places]
    return next((cell for cell in cells if cell.kind != "hidden"), min(cells, key=lambda cell: cell.most or 1 << 40))


def _closed(cells: dict[Key, Value], sums: Iterable[tuple[Key, list[Key]]]) -> dict[Key, int]:
    """The hidden cells that can have one value only, as the wall's audit sees it."""
    links = [Link(((whole, -1), *((part, 1) for part in parts))) for whole, parts in sums]
    links = list(dict.fromkeys(link for link in links if any(cells[one].kind == "hidden" for one, _ in link.terms)))
    used = sorted({one for link in links for one, _ in link.terms})
    if not used:
        return {}
    tops = {one: cells[one].most for one in used if cells[one].kind == "hidden" and cells[one].most}
    links += [Link(((one, 1), (key(("most", str(top))), -1)), Sign.AT_MOST) for one, top in tops.items()]
    counts = {one: int(cells[one].number) for one in used} | {
        key(("most", str(top))): int(top or 0) for top in tops.values()
    }
    system = _system(
        {TOTAL: sum(counts.values()) + len(counts), **counts}, links, [c for c in used if cells[c].kind == "hidden"]
    )
    if (table := _some_table(system)) is None:
        return {}
    true = _guarded(system, table)
    return {true.keys[guard.terms[0][0]]: guard.least for guard in left_open(true).guards if guard.least == guard.limit}


def _system(counts: dict[Key, int], links: list[Link], hidden: list[Key]) -> System:
    keys, n, unknown = tuple(counts), len(counts), set(hidden)
    nothing = np.zeros(n, dtype=bool)
    public = np.array([one not in unknown for one in keys])
    return System(
        keys, np.array(list(counts.values()), dtype=np.int64), tuple(links), (), nothing, (), np.ones(n), frozenset(),
        np.zeros(n, dtype=np.int64), nothing, public, {},
    )  # fmt: skip


def _some_table(system: System) -> np.ndarray | None:
    """Whole numbers for the hidden cells that agree with everything shown; None where the sums are of others."""
    low = np.where(system.public, system.counts, 0)
    high = np.where(system.public, system.counts, system.counts[0])
    sums = LinearConstraint(system.matrix, np.where(system.equal, 0, -np.inf), 0)
    result = milp(np.zeros(len(low)), integrality=np.ones(len(low)), bounds=Bounds(low, high), constraints=sums)
    return None if result.x is None else np.rint(result.x).astype(np.int64)


def _guarded(system: System, counts: np.ndarray) -> System:
    """The system in which each hidden cell is asked for its neighbours' values."""
    from dataclasses import replace

    hidden = np.flatnonzero(~system.public)
    guards = (Guard(((int(c), 1),), int(counts[c]) + 1, max(int(counts[c]) - 1, 0)) for c in hidden)
    return replace(system, counts=counts, guards=tuple(guards))
