"""What the numbers of one table give away or cannot be: small counts, shares that imply them, impossible figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rakelab.formulas.percentages import fits, mean_fits
from rakelab.scan.document import words
from rakelab.scan.grid import Spot, Table, Value, bases

#: (kind of finding, cell of the table)
Noted = tuple[str, Spot]


@dataclass(frozen=True)
class Rule:
    """The limit below which a number of people is small, and labels whose numbers are told however small."""

    limit: int
    open: frozenset[str] = frozenset()
    released: bool = False  # the limit is that of a release beside the files

    def small(self, n: float, base: float = 0) -> bool:
        return 0 < n < self.limit or 0 < base - n < self.limit

    def opens(self, text: str) -> bool:
        """Does a line begin with such a label?"""
        return text.casefold().strip().startswith(tuple(self.open))

    def told(self, table: Table, spot: Spot) -> bool:
        labels = {text.casefold() for text in (*table.labels[spot[0]], table.heads[spot[1]])}
        return bool(labels & self.open)


def implied(share: Value, base: int) -> tuple[int, ...]:
    """The numbers of people that a share of ``base`` can be."""
    return fits(str(round(share.number, share.digits)), base, share.digits) if base and share.number <= 100 else ()


def judged(share: Value, stated: list[int], rule: Rule) -> str:
    """What is wrong with a share of one of the ``stated`` numbers of people: a kind of finding, or nothing."""
    possible = {n: ks for n in stated if (ks := implied(share, n))}
    counted = share.count is None or not possible or any(share.count in ks for ks in possible.values())
    if (stated and not possible) or not counted:
        return "impossible_share"
    if possible and all(rule.small(k, n) for n, ks in possible.items() for k in ks):
        return "small_share"
    return ""


def found(table: Table, rule: Rule, stated: list[int]) -> Iterator[Noted]:
    """Every finding in a table; ``stated``: the base of the text around it."""
    weighted = any(words("weighted").search(text) for text in (table.cells.caption, *table.heads))
    ground, unfounded = _Ground(table, stated), []
    for spot, cell in table.spots():
        role = table.role(*spot)
        if rule.small(_counted(cell, role), cell.base or 0):
            yield from [("small_count", spot)] if not rule.told(table, spot) else []
        elif role == "share" and cell.kind in ("share", "number") and not weighted:
            own, beside = ground.bases(spot), ground.beside(spot)
            kind = judged(_as_share(cell), own, rule)
            if kind == "impossible_share" or (kind and not beside and not rule.told(table, spot)):
                yield kind, spot
            unfounded += [spot] if not own and not beside else []
    yield from [("no_base", unfounded[0])] if unfounded and not table.cells.loose else []
    yield from _means(table, ground)


def _counted(cell: Value, role: str) -> float:
    """The number of people that a cell says, beside a share or by itself; 0 where it says none."""
    if cell.count is not None:
        return cell.count if role != "other" else 0
    return cell.number if role == "count" and cell.whole else 0


def _as_share(cell: Value) -> Value:
    digits = len(str(cell.number).partition(".")[2]) if cell.digits else 0
    return cell if cell.kind == "share" else Value("share", cell.number, digits)


@dataclass(frozen=True)
class _Ground:
    """What the shares of a table can be of."""

    table: Table
    stated: list[int]

    def beside(self, spot: Spot) -> bool:
        """Does a count stand beside the share, in its cell or its row?"""
        i, j = spot
        places = ({j - 2, j - 1, j + 1, j + 2} - {self.columns.get(j)}) & set(range(self.table.stub, self.table.width))
        near = (k for k in places if self.table.role(i, k) == "count")
        return self.table.values[i][j].count is not None or any(self.table.values[i][k].whole for k in near)

    def bases(self, spot: Spot) -> list[int]:
        """How many a share can be of: as its cell, heading or row says, a column or rows of bases, the caption."""
        i, j = spot
        if own := self.table.values[i][j].base:
            return [own]
        for text in (self.table.heads[j], self.table.label(i)):
            if named := bases(text):
                return named
        in_row = self.table.values[i][self.columns[j]] if j in self.columns else Value()
        if in_row.whole:
            return [int(in_row.number)]
        near = (self.rows[k] for k in (j, j - 1, j + 1) if k in self.rows)
        return next(near, None) or self.around

    @property
    def around(self) -> list[int]:
        """The base that the caption states, or the corner over the labels, or the text around."""
        return bases(self.table.cells.caption) or bases(" ".join(self.table.heads[: self.table.stub])) or self.stated

    @cached_property
    def rows(self) -> dict[int, list[int]]:
        """The numbers of the rows of bases, by column."""
        table, made = self.table, dict[int, list[int]]()
        for i in (i for i in range(table.top, len(table.values)) if words("base").match(table.label(i))):
            for k in range(table.stub, table.width):
                role = table.role(i, k)
                if table.values[i][k].whole and (role == "count" or (role == "share" and not _total(table, i))):
                    made.setdefault(k, []).append(int(table.values[i][k].number))
        return made

    @cached_property
    def columns(self) -> dict[int, int]:
        """For columns of shares the column of bases: most shares can be of theirs, and it holds no counts itself."""
        pairs: dict[tuple[int, int], list[tuple[Value, int]]] = {}
        for i, row in enumerate(self.table.values[self.table.top :], self.table.top):
            places = range(self.table.stub, self.table.width)
            shares = [j for j in places if row[j].kind in ("share", "number") and self.table.role(i, j) == "share"]
            for k in (k for k in places if row[k].whole and words("base").match(self.table.heads[k])):
                for j in shares:
                    pairs.setdefault((k, j), []).append((_as_share(row[j]), int(row[k].number)))
        counted = {k for (k, _), both in pairs.items() if _are_counts(both, self.rows.get(k, []))}
        fitting = {at for at, both in pairs.items() if sum(bool(implied(*one)) for one in both) > 0.6 * len(both)}
        return {j: k for k, j in fitting if k not in counted}


def _total(table: Table, i: int) -> bool:
    return words("total").match(table.label(i)) is not None


def _are_counts(pairs: list[tuple[Value, int]], totals: list[int]) -> bool:
    """Are the numbers beside the shares those of which they are the shares?"""
    wholes = {max(n for _, n in pairs), sum(n for _, n in pairs), *totals}
    return any(2 * sum(n in implied(share, whole) for share, n in pairs) > len(pairs) for whole in wholes)


def _means(table: Table, ground: _Ground) -> Iterator[Noted]:
    """Means of whole answers that no whole sum of so many gives."""
    for (i, j), cell in table.spots():
        said = f"{table.heads[j]} {table.label(i)}"
        scale = words("integer_scale").search(f"{said} {table.cells.caption} {table.heads[0]}")
        if cell.kind == "number" and cell.digits and scale and words("mean").search(f"{said} {table.cells.caption}"):
            own = bases(said) or _people(table, i, j) or ground.around
            if own and not any(mean_fits(str(cell.number), n, cell.digits) for n in own):
                yield "impossible_mean", (i, j)


def _people(table: Table, i: int, j: int) -> list[int]:
    """How many a mean is of: the base of its row or of its column."""
    row = [int(table.values[i][k].number) for k in range(table.stub, table.width) if k != j
           and words("base").match(table.heads[k]) and table.values[i][k].whole]  # fmt: skip
    return row or [int(table.values[r][j].number) for r in range(table.top, len(table.values))
                   if words("base").match(table.label(r)) and table.values[r][j].whole]  # fmt: skip
