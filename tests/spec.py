"""Small datasets drawn as text, and tallies made by hand, for tests that say their numbers openly."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from rakelab.cells import TOTAL, Account, Key, Link, Pair, Tally, Variable, View, join, key
from rakelab.codebook import MISSING_KINDS, NOT_CONCERNED, Codebook, Field, codebook
from rakelab.dataset import ANSWERED, Dataset, Origin, option_column, state_column
from rakelab.i18n import LANGUAGES
from rakelab.protect.system import expand

BOOK = codebook(Path(__file__).with_name("spec.toml"))
WORDS = dict.fromkeys(LANGUAGES, "w")


# --- rows -----------------------------------------------------------------------------------------------------


def drawn(picture: str, book: Codebook = BOOK) -> Dataset:
    """A dataset from a table of text: the first line names variables, ``|`` parts cells, commas part options.

    An empty cell is left blank (``tyhja``); a kind of missing is written by its name; variables that the picture
    does not have are not in the frame. Row numbers begin at 2.
    """
    lines = [[cell.strip() for cell in line.split("|")] for line in picture.strip().splitlines()]
    return dataset([dict(zip(lines[0], line, strict=True)) for line in lines[1:]], book)


def dataset(rows: Sequence[Mapping[str, str]], book: Codebook = BOOK) -> Dataset:
    """A dataset from rows of texts, one for each variable."""
    columns: dict[str, Any] = {}
    for name in rows[0]:
        columns |= _column(book[name], [row[name] or "tyhja" for row in rows])
    frame = pd.DataFrame(columns, index=pd.RangeIndex(2, len(rows) + 2))
    return Dataset(frame, book, Origin("piirros.csv", "0" * 64, "drawn", synthetic=True), len(rows), 0)


def _column(field: Field, cells: list[str]) -> dict[str, Any]:
    apart = (*MISSING_KINDS, NOT_CONCERNED)
    state = [cell if cell in apart else ANSWERED for cell in cells]
    kinds = pd.Categorical(state, categories=[ANSWERED, *(level for level in field.levels if level in apart)])
    if field.multiple:
        ticked = [set() if cell in apart else {one.strip() for one in cell.split(",")} for cell in cells]
        ticks = {option_column(field.name, value): [value in one for one in ticked] for value in field.values}
        return {field.name: kinds, **ticks}
    if field.choice:
        return {field.name: pd.Categorical(cells, categories=list(field.levels))}
    if field.type == "date":
        return {field.name: pd.to_datetime([None if cell in apart else cell for cell in cells])}
    if field.type == "string":
        return {field.name: pd.Series([None if cell in apart else cell for cell in cells], dtype=object).to_numpy()}
    numbers = [np.nan if cell in apart else float(cell) for cell in cells]
    return {field.name: numbers, state_column(field.name): kinds}


# --- what a tally says ----------------------------------------------------------------------------------------


def said(tally: Tally, column: Key = TOTAL) -> dict[str, int]:
    """level -> count of a one-variable table in one column."""
    return {row[0][1]: tally.counts[join(row, column)] for row in tally.view.rows}


def together(*tallies: Tally) -> Tally:
    """Several tallies of the same people as one."""
    counts: dict[Key, int] = {}
    for tally in tallies:
        clash = [one for one in tally.counts if counts.get(one, tally.counts[one]) != tally.counts[one]]
        assert not clash, clash
        counts |= tally.counts
    links = tuple(link for tally in tallies for link in tally.links)
    return Tally(tallies[0].view, counts, links, tallies[0].variables, tallies[0].account)


def untrue(tally: Tally) -> list[Link]:
    """The links of a tally, in every context that its counts know, which its own counts contradict."""
    return [one for one in expand(tally.links, tuple(tally.counts)) if not holds(one, tally.counts)]


def holds(relation: Link, counts: Mapping[Key, int]) -> bool:
    total = sum(n * counts[one] for one, n in relation.terms)
    return total == 0 if relation.relation == "==" else total <= 0


# --- tallies by hand ------------------------------------------------------------------------------------------


def account(used: int, **more: Any) -> Account:
    plain = Account("t.csv", "0" * 64, "t", "1", WORDS, synthetic=True, read=used, used=used, rows="0")
    return replace(plain, **more)


def variable(levels: Iterable[str], **traits: Any) -> Variable:
    return Variable(WORDS, dict.fromkeys(levels, WORDS), **traits)


def adds_up(variable: str, levels: Iterable[str]) -> Link:
    return Link((*((key((variable, level)), 1) for level in levels), (TOTAL, -1)))


def one_way(name: str, counts: Mapping[str, int], *, base: int = 0, links: Sequence[Link] = (), **traits: Any) -> Tally:
    """A single choice ``name`` with these counts; with ``multiple=True`` options of a multiple choice of ``base``."""
    multiple = bool(traits.get("multiple"))
    total = base or sum(counts.values())
    sums = () if multiple else (adds_up(name, counts),)
    rows = tuple(key((name, level)) for level in counts)
    return Tally(
        view=View(f"t_{name}", "profile", name, rows, multiple=multiple),
        counts={TOTAL: total, **{key((name, level)): n for level, n in counts.items()}},
        links=(*sums, *links),
        variables={name: variable(counts, **traits)},
        account=account(total),
    )


def two_way(counts: Sequence[Sequence[int]], *, names: Pair = ("v", "h"), **traits: Mapping[str, Any]) -> Tally:
    """Single choice by single choice with all margins: rows a, b, c … by columns 1, 2, 3 …

    ``row_traits`` and ``column_traits`` go to the two variables.
    """
    v, h = names
    rows, columns = "abcdefgh"[: len(counts)], "12345678"[: len(counts[0])]
    inner = {key((v, r), (h, c)): counts[i][j] for i, r in enumerate(rows) for j, c in enumerate(columns)}
    sums: dict[Key, int] = {TOTAL: sum(inner.values())}
    sums |= {key((v, r)): sum(counts[i]) for i, r in enumerate(rows)}
    sums |= {key((h, c)): sum(line[j] for line in counts) for j, c in enumerate(columns)}
    view_rows, groups = tuple(key((v, r)) for r in rows), tuple(key((h, c)) for c in columns)
    return Tally(
        view=View(f"t_{v}_{h}", "profile", v, view_rows, (TOTAL, *groups), by=h),
        counts=sums | inner,
        links=(adds_up(v, rows), adds_up(h, columns)),
        variables={v: variable(rows, **traits.get("row_traits", {})),
                   h: variable(columns, **traits.get("column_traits", {}))},
        account=account(sums[TOTAL]),
    )  # fmt: skip
