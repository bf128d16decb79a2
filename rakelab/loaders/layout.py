"""Where the table lies: which row or rows are its heading.

The heading is the first row that names every column with something below it. Two heading rows are a question row with
repeated or merged (blank) cells and an option row under them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rakelab.loaders.spelling import ANSWER_HEADINGS, clean, fold, fold_heading
from rakelab.loaders.table import NUMBER_LIKE, Heading

#: How many rows are looked at to find the heading.
HEAD = 60
Row = Sequence[str]


@dataclass(frozen=True)
class Layout:
    """``first`` is the index of the (first) heading row, ``depth`` 1 to 3, ``body`` the first row of data."""

    first: int
    depth: int
    headings: tuple[Heading, ...]

    @property
    def body(self) -> int:
        return self.first + self.depth


def find(
    head: Sequence[Row], *, first: int | None = None, depth: int = 0, known: frozenset[str] = frozenset()
) -> Layout | None:
    """The layout of a table from its first rows; ``first`` (index) and ``depth`` come from a source map. Of rows
    that may be the heading it is the one with most ``known`` headings (folded)."""
    rows = _squared(head)
    given = first if first is not None else _imported(rows)
    place = _known(rows, known, _place(rows)) if given is None else (given, depth or _depth(rows, given))
    if place is None or place[0] + place[1] > len(rows):
        return None
    return Layout(*place, tuple(_headings(rows, *place)))


def _squared(head: Sequence[Row]) -> list[list[str]]:
    width = max(map(len, head), default=0)
    return [[clean(cell or "") for cell in row] + [""] * (width - len(row)) for row in head]


def _depth(rows: list[list[str]], first: int) -> int:
    """How many rows the heading has that begins at ``first``."""
    if first + 2 < len(rows) and _is_import(rows[first + 2]):
        return 3
    return 2 if first + 1 < len(rows) and _paired(rows[first], rows[first + 1], rows[first + 2 :]) else 1


def _imported(rows: list[list[str]]) -> int | None:
    """Where a heading of three rows begins, as Qualtrics writes it: name, question, import id."""
    return next((i - 2 for i, row in enumerate(rows) if i > 1 and _is_import(row)), None)


def _is_import(row: Row) -> bool:
    filled = [cell for cell in row if cell]
    return bool(filled) and all(cell.startswith('{"ImportId"') for cell in filled)


def _known(rows: list[list[str]], known: frozenset[str], place: tuple[int, int] | None) -> tuple[int, int] | None:
    """The row with most known headings, two or more, if that is more than ``place`` has."""
    counts = [len(known & set(map(fold_heading, row))) for row in rows] if known else []
    here = max(counts[place[0] : place[0] + place[1]], default=0) if place else 1
    if max(counts, default=0) <= max(here, 1):
        return place
    first = counts.index(max(counts))
    return first, _depth(rows, first)


def _place(rows: list[list[str]]) -> tuple[int, int] | None:
    mask = np.array([[bool(cell) for cell in row] for row in rows], dtype=bool).reshape(len(rows), -1)
    for i, row in enumerate(rows):
        named, busy = _covered(mask, i, mask[i])
        if busy < 2 or not _wordy(row):
            continue
        if i + 1 < len(rows) and _paired(row, rows[i + 1], rows[i + 2 :]):
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
    return len(filled) > 1 and (
        sum(not NUMBER_LIKE.match(cell) for cell in filled) * 2 >= len(filled) or _years(filled)
    )


def _years(cells: Row) -> bool:
    """“Kunta, 2019, 2020, 2021”: every number is the year after the one before."""
    numbers = [cell for cell in cells if NUMBER_LIKE.match(cell)]
    years = [int(cell) for cell in numbers if cell.isdecimal() and 1900 <= int(cell) <= 2100]
    return len(years) == len(numbers) > 1 and all(after == before + 1 for before, after in pairwise(years))


def _questions(upper: Row, lower: Row) -> list[list[int]]:
    """Columns under one question: merged cells leave blanks after the first, some exports repeat the question. Options
    after a question that has none are of a question whose name is lost."""
    questions: list[list[int]] = []
    for j, cell in enumerate(upper):
        first = questions[-1][0] if questions else -1
        if questions and (lower[j] and lower[first] if not cell else cell == upper[first]):
            questions[-1].append(j)
        elif cell or lower[j]:
            questions.append([j])
    return questions


def _paired(upper: Row, lower: Row, below: Sequence[Row]) -> bool:
    """Does ``lower`` name the options of the questions in ``upper``? Not where most of it is one of several answers."""
    answers = [{cell} < {row[j] for row in below} - {""} for j, cell in enumerate(lower) if cell]
    if 2 * sum(answers) > len(answers):
        return False
    if sum(map(bool, lower)) > 1 and all(not cell or fold(cell) in ANSWER_HEADINGS for cell in lower):
        return True  # nothing but “Response”
    questions = _questions(upper, lower)
    lone = any(len(columns) == 1 for columns in questions)  # and nothing is under it: then an option may stand twice
    return any(len(columns) > 1 for columns in questions) and all(
        _are_options([lower[j] for j in columns], twice=lone)
        if len(columns) > 1
        else _says_nothing(lower[j := columns[0]], upper[j]) or not upper[j]
        for columns in questions
    )


def _are_options(cells: list[str], *, twice: bool) -> bool:
    words = all(cell and not NUMBER_LIKE.match(cell) for cell in cells)
    return words and (twice or len(set(map(fold, cells))) == len(cells))


def _says_nothing(lower: str, upper: str) -> bool:
    return not lower or fold(lower) in ANSWER_HEADINGS or fold(lower) == fold(upper)


def _headings(rows: list[list[str]], first: int, depth: int) -> Iterator[Heading]:
    """The headings of three rows, of two, or of one, which may have questions above it."""
    if depth == 3:
        yield from map(_of_three, range(len(rows[first])), rows[first], rows[first + 1])
        return
    name = first + depth - 1
    above = rows[name - 1] if name else [""] * len(rows[name])
    question = ""
    for j, (upper, lower) in enumerate(zip(above, rows[name], strict=True)):
        question = upper or (question if lower else "")
        yield _of_two(j, question, lower) if depth == 2 else _of_one(j, question, lower)


def _of_three(position: int, name: str, question: str) -> Heading:
    """“Need of support - Selected Choice - Money”, “Need of support - Money”."""
    asked, _, option = question.replace(" - Selected Choice", "").rpartition(" - ")
    return Heading(question or name, position, (question, name), ((asked, option),) if asked else ())


def _of_two(position: int, question: str, option: str) -> Heading:
    if _says_nothing(option, question):
        return Heading(question, position, (question,) if question else ())
    if not question:
        return Heading(option, position, (option,))
    return Heading(f"{question}: {option}", position, (option,), ((question, option),))


def _of_one(position: int, title: str, name: str) -> Heading:
    if not name:
        return Heading("", position)
    return Heading(name, position, (name,), ((title, name),) if title else ())
