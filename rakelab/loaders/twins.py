"""Rows that stand twice in a file: an export pasted under itself would count its people twice.

Found are a file that is whole copies of its beginning, one in which every row is as often there as another multiple
of it (each row twice in a row, a copy sorted otherwise), and a run of rows that repeats an earlier run in order. Small
forms repeat by chance, so a run counts only where chance cannot be behind it: by how often each of its rows is in the
file, or because no two different rows of the file are alike but for one question.
"""

from functools import cached_property

import numpy as np
import pandas as pd

from rakelab.dataset import Dataset, Finding, Severity
from rakelab.names import column_parts

#: The shortest run, and the odds (as a logarithm) against chance in the whole file: a million to one.
_SHORTEST, _ODDS = 5, np.log(1e6)
#: So many different rows, or turns from row to row, are not all there an even number of times by chance.
_MANY = 20
#: Runs are looked for up to this length, each time so much longer; a longer one is made of them.
_LONGEST, _STRETCH = 250, 1.2
_LARGE = 20_000
_MIX = 0x9E3779B97F4A7C15


def findings(dataset: Dataset) -> tuple[Finding, ...]:
    """What must be said of the file before its rows can be counted."""
    person, index = dataset.codebook.role("person"), dataset.frame.index.to_numpy()
    again = {"rows_again": ("", rows_again(dataset)),
             "person_again": (person.name if person else "", person_again(dataset))}  # fmt: skip
    return tuple(
        Finding(code, variable, tuple(dict.fromkeys(index[mask].tolist())), Severity.NOTE)
        for code, (variable, mask) in again.items()
        if mask.any()
    )


def person_again(dataset: Dataset) -> np.ndarray:
    """Rows of people who have a later row in the same period. None in a form that follows people through measurements
    or groups: there one person has several rows, and they are put together by person."""
    frame, book = dataset.frame, dataset.codebook
    person, period = book.role("person"), book.role("period")
    if person is None or person.name not in frame or book.role("point") or book.role("group"):
        return np.zeros(len(frame), dtype=bool)
    within = [field.name for field in (person, period) if field is not None and field.name in frame]
    return (frame.duplicated(within, keep="last") & frame[person.name].notna()).to_numpy()


def rows_again(dataset: Dataset) -> np.ndarray:
    """Rows that are there already, where that is no chance. The first of the same rows stays."""
    rows, nothing = _Rows(dataset), np.zeros(len(dataset), dtype=bool)
    if rows.different == len(dataset):
        return nothing
    again = (find(rows) for find in (_copies, _multiples, _runs))
    return next((mask for mask in again if mask.any()), nothing)


class _Rows:
    """Each row as a number: equal rows have the same one."""

    def __init__(self, dataset: Dataset) -> None:
        self._questions = _hashes(dataset)
        self.hash = sum(self._questions.values(), np.zeros(len(dataset), dtype=np.uint64))
        self.code = pd.factorize(self.hash)[0]
        self.count = np.bincount(self.code)

    @property
    def different(self) -> int:
        return len(self.count)

    @cached_property
    def apart(self) -> bool:
        """Do any two different rows differ in more than one question? Then equal ones are hardly chance. (In a large
        file that need not be asked: there the numbers tell.)"""
        if len(self.code) > _LARGE:
            return False
        _, first = np.unique(self.code, return_index=True)
        others = (self.hash[first] - question[first] for question in self._questions.values())
        return all(len(np.unique(hashes)) == len(first) for hashes in others)

    @cached_property
    def turns(self) -> np.ndarray:
        """Where a row is another than the one before it."""
        return np.append(True, self.code[1:] != self.code[:-1])


def _hashes(dataset: Dataset) -> dict[str, np.ndarray]:
    """Each question's answers, hashed so that they can be added up and taken away."""
    hashes: dict[str, np.ndarray] = {}
    for place, name in enumerate(dataset.frame):
        question, hashed = column_parts(str(name))[0], _hashed(dataset.frame[name], place)
        hashes[question] = hashes[question] + hashed if question in hashes else hashed
    return hashes


def _hashed(column: pd.Series, place: int) -> np.ndarray:
    """A number for each answer, another in each column."""
    codes = column.cat.codes.to_numpy() if isinstance(column.dtype, pd.CategoricalDtype) else pd.factorize(column)[0]
    kinds = np.arange(int(codes.max(initial=-1)) + 2, dtype=np.uint64)  # the last one is a missing answer: place −1
    return _mixed(kinds + np.uint64((place + 1) * _MIX % 2**64))[codes]


def _mixed(bits: np.ndarray) -> np.ndarray:
    """SplitMix64 (Steele, Lea & Flood 2014); arithmetic is modulo 2**64."""
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(bits ^ (bits >> np.uint64(31)))


def _copies(rows: _Rows) -> np.ndarray:
    """The whole file is copies of its beginning, one under the other."""
    again = np.zeros(len(rows.code), dtype=bool)
    period = _period(rows.code)
    again[period:] = len(again) % period == 0
    return again


def _period(codes: np.ndarray) -> int:
    """After so many rows the file begins again, to its end. (Knuth, Morris & Pratt 1977.)"""
    values, border = codes.tolist(), [0] * len(codes)
    length = 0
    for i in range(1, len(values)):
        while length and values[i] != values[length]:
            length = border[length - 1]
        length += values[i] == values[length]
        border[i] = length
    return len(values) - border[-1]


def _multiples(rows: _Rows) -> np.ndarray:
    """Every row is there two (three …) times as often as it should be, wherever its copies stand; or in a file of
    plainly different people half of the rows or more have a copy."""
    times = int(np.gcd.reduce(rows.count))
    if times > 1 and (rows.different >= _MANY or _even(rows) or (rows.apart and rows.different > 2)):
        return _place(rows.code) >= rows.count[rows.code] // times
    again = rows.count > 1
    if 2 * int(rows.count[again].sum()) >= len(rows.code) and int(again.sum()) > 2 and rows.apart:
        return _place(rows.code) > 0
    return np.zeros(len(rows.code), dtype=bool)


def _even(rows: _Rows) -> bool:
    """Does each row stand an even number of times in a row?"""
    lengths = np.diff(np.append(np.flatnonzero(rows.turns), len(rows.code)))
    return len(lengths) >= _MANY and int(np.gcd.reduce(lengths)) > 1


def _place(codes: np.ndarray) -> np.ndarray:
    """Of each row: how many of its kind are above it."""
    return pd.Series(codes).groupby(codes).cumcount().to_numpy()


def _runs(rows: _Rows) -> np.ndarray:
    """Rows of runs that repeat an earlier run in order, and are too unlikely for chance."""
    marks = np.zeros(len(rows.code) + 1, dtype=np.int64)
    length = _SHORTEST
    while length <= min(_LONGEST, len(rows.code)):
        begins = _repeated(rows.code, length)
        odd = begins & _unlikely(rows, length)
        marks[:-length] += odd
        marks[length:] -= odd
        if not (begins & ~odd).any():
            break  # what a longer run could add
        length = int(length * _STRETCH) + 1
    return np.cumsum(marks)[:-1] > 0


def _windows(codes: np.ndarray, length: int) -> np.ndarray:
    """Every run of ``length`` rows as a number: put together of shorter ones, twice as long each time."""
    made, size = codes.astype(np.int64), 1
    while size < length:
        step = min(size, length - size)
        pairs = made[: len(made) - step] * (int(made.max()) + 1) + made[step:]
        made, size = pd.factorize(pairs)[0].astype(np.int64), size + step
    return made


def _repeated(codes: np.ndarray, length: int) -> np.ndarray:
    """Where a run begins that is equal to one that ended above it."""
    windows = _windows(codes, length)
    first = np.unique(windows, return_index=True)[1][windows]
    return np.asarray(np.arange(len(windows)) - first >= length)


def _unlikely(rows: _Rows, length: int) -> np.ndarray:
    """Is a run that begins here one that no two places of the file share by chance? A row like the one before it says
    nothing: files are sorted."""
    surprise = np.where(rows.turns, -np.log(rows.count[rows.code] / len(rows.code)), 0.0)
    odd = _over(surprise, length) >= np.log(len(rows.code) ** 2 / 2) + _ODDS
    return np.asarray(odd | (rows.apart & (_over(rows.turns, length) >= _SHORTEST)))


def _over(values: np.ndarray, length: int) -> np.ndarray:
    """Sums over every ``length`` values in a row."""
    sums = np.append(0.0, np.cumsum(values))
    return np.asarray(sums[length:] - sums[:-length])
