"""Where the table lies: which row or rows are its heading, and which rows below it are notes.

The heading is the first row that names every column with something below it. Two heading rows are a question row with
repeated or merged (blank) cells and an option row under them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from rakelab.loaders.body import Heading
from rakelab.loaders.spelling import answers, clean, fold, totals

#: How many rows are looked at to find the heading.
HEAD = 60
_NUMBER = re.compile(r"^[-+−]?[\d\s.,]*\d\s*%?$|^\d{4}-\d\d-\d\d|^(true|false)$")
Row = Sequence[str]


@dataclass(frozen=True)
class Layout:
    """``first`` is the index of the (first) heading row, ``depth`` 1 or 2, ``body`` the first row of data."""

    first: int
    depth: int
    headings: tuple[Heading, ...]

    @property
    def body(self) -> int:
        return self.first + self.depth


def find(head: Sequence[Row], *, first: int | None = None, depth: int = 0) -> Layout | None:
    """The layout of a table from its first rows; ``first`` (index) and ``depth`` come from a source map."""
    rows = _squared(head)
    place = (first, depth or _depth_at(rows, first)) if first is not None else _place(rows)
    if place is None or place[0] + place[1] > len(rows):
        return None
    return Layout(*place, _headings(rows, *place))


def _squared(head: Sequence[Row]) -> list[list[str]]:
    width = max(map(len, head), default=0)
    return [[clean(cell or "") for cell in row] + [""] * (width - len(row)) for row in head]


def _place(rows: list[list[str]]) -> tuple[int, int] | None:
    mask = np.array([[bool(cell) for cell in row] for row in rows], dtype=bool).reshape(len(rows), -1)
    for i, row in enumerate(rows):
        named, busy = _covered(mask, i, mask[i])
        if busy < 2 or not _wordy(row):
            continue
        if i + 1 < len(rows) and _paired(row, rows[i + 1]):
            named, busy = _covered(mask, i + 1, mask[i] | mask[i + 1])
            if named == busy:
                return i, 2
        elif named == busy or (i == 0 and named >= busy - 1 and named > 1):
            return i, 1
    return _alone(rows)


def _alone(rows: list[list[str]]) -> tuple[int, int] | None:
    """No row names every column: the fullest row of words, or the last row when nothing lies below any."""
    wordy = [(sum(map(bool, row)), -i) for i, row in enumerate(rows) if _wordy(row) and sum(map(bool, row)) > 1]
    return (-max(wordy)[1], 1) if wordy else None


def _covered(mask: np.ndarray, i: int, names: np.ndarray) -> tuple[int, int]:
    """How many of the columns in use below row ``i`` have a name, and how many are in use."""
    below = mask[i + 1 :]
    below = below[below.any(axis=1)]
    busy = below.sum(axis=0) >= max(1, len(below) // 10)
    return int((busy & names).sum()), int(busy.sum())


def _wordy(row: Row) -> bool:
    filled = [cell for cell in row if cell]
    return len(filled) > 1 and sum(not _NUMBER.match(cell) for cell in filled) * 2 >= len(filled)


def _runs(upper: Row, lower: Row) -> list[list[int]]:
    """Columns under one question: merged cells leave blanks after the first, some exports repeat the question."""
    runs: list[list[int]] = []
    for j, cell in enumerate(upper):
        continues = runs and (lower[j] if not cell else cell == upper[runs[-1][0]])
        if continues:
            runs[-1].append(j)
        elif cell:
            runs.append([j])
    return runs


def _paired(upper: Row, lower: Row) -> bool:
    """Does ``lower`` name the options of the questions in ``upper``?"""
    runs = _runs(upper, lower)
    groups = [run for run in runs if len(run) > 1]
    single = [run[0] for run in runs if len(run) == 1]
    return (
        bool(groups)
        and all(_options(lower, run) for run in groups)
        and all(_says_nothing(lower[j], upper[j]) for j in single)
    )


def _options(lower: Row, run: list[int]) -> bool:
    options = [lower[j] for j in run]
    return all(o and not _NUMBER.match(o) for o in options) and len({fold(o) for o in options}) == len(options)


def _says_nothing(lower: str, upper: str) -> bool:
    return not lower or fold(lower) in answers() or fold(lower) == fold(upper)


def _depth_at(rows: list[list[str]], first: int) -> int:
    return 2 if first + 1 < len(rows) and _paired(rows[first], rows[first + 1]) else 1


def _headings(rows: list[list[str]], first: int, depth: int) -> tuple[Heading, ...]:
    if depth == 2:
        return tuple(_two(*names) for names in _questions(rows[first], rows[first + 1]))
    above = rows[first - 1] if first else [""] * len(rows[first])
    return tuple(_one(*names) for names in _questions(above, rows[first]))


def _questions(upper: Row, lower: Row) -> list[tuple[int, str, str]]:
    named, question = [], ""
    for j, (above, below) in enumerate(zip(upper, lower, strict=True)):
        question = above or (question if below else "")
        named.append((j, question, below))
    return named


def _two(position: int, question: str, option: str) -> Heading:
    if _says_nothing(option, question):
        return Heading(question, position, (question,) if question else ())
    if not question:
        return Heading(option, position, (option,))
    return Heading(f"{question}: {option}", position, (option,), ((question, option),))


def _one(position: int, title: str, name: str) -> Heading:
    if not name:
        return Heading("", position)
    return Heading(name, position, (name,), ((title, name),) if title else ())


def notes_below(columns: Sequence[pd.Categorical]) -> np.ndarray:
    """Which rows at the end are notes or sums (bool for each row); blank rows in between go with them."""
    count = len(columns[0])
    filled = sum((column.codes >= 0 for column in columns), start=np.zeros(count, dtype=np.int32))
    notes = np.zeros(count, dtype=bool)
    least = max(1, len(columns) // 3)
    for i in range(count - 1, max(-1, count - HEAD), -1):
        if filled[i] and not _is_sum(columns, i) and not (filled[i] <= least and len(columns) > 2 and _odd(columns, i)):
            break
        notes[i] = True
    return notes


def _is_sum(columns: Sequence[pd.Categorical], i: int) -> bool:
    return columns[0].codes[i] >= 0 and fold(columns[0].categories[columns[0].codes[i]]).rstrip(":") in totals()


def _odd(columns: Sequence[pd.Categorical], i: int) -> bool:
    """The row's texts occur in no other row of their columns, and are words."""
    here = [column for column in columns if column.codes[i] >= 0]
    return all(
        (column.codes == column.codes[i]).sum() == 1 and not _NUMBER.match(column.categories[column.codes[i]])
        for column in here
    )
