"""Multiple choice in its three shapes: a 0/1 column per option, a column per option that holds the option's text or
nothing, and one cell of several options. Each is turned into one truth value per option and row.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rakelab.codebook import MISSING_KINDS, Field
from rakelab.dataset import ANSWERED, Finding, Severity
from rakelab.loaders.answers import Answers, Column, faults_of, levels_of
from rakelab.loaders.choices import split
from rakelab.loaders.columns import spread
from rakelab.loaders.spelling import fold, no, yes

#: Two options that are always ticked together, at least this often, may be one option that held the separator.
ALWAYS = 5


@dataclass(frozen=True, repr=False)
class _Part:
    """What one column of the file says: ticks by option, the kind of missing (0 = none), and explicit “no”."""

    ticks: Mapping[str, np.ndarray]
    kind: np.ndarray
    said_no: np.ndarray
    faults: Mapping[str, np.ndarray]


def read_multiple(one: Field, whole: list[Column], by_option: Mapping[str, Column], separator: str) -> Answers:
    """A multiple-choice variable from its columns: cells of several options, and columns of one option."""
    parts = [_several(one, column, separator) for column in whole]
    parts += [_single(one, option, column) for option, column in by_option.items()]
    count = len(parts[0].kind)
    ticks = {option: _any([p.ticks[option] for p in parts if option in p.ticks], count) for option in one.values}
    ticked = _any(list(ticks.values()), count)
    kind = np.maximum.reduce([part.kind for part in parts])
    said_no = _any([part.said_no for part in parts], count)
    blank = (whole or list(by_option.values()))[0].options.blank
    state = _state(one, (ticked, kind, said_no), blank)
    faults = _faults(one, parts, ticks, ticked & (kind > 0))
    notes = _notes(one, bool(whole), ticks, ~ticked & said_no & (kind == 0))
    return Answers(one, state, ticks=ticks, faults=faults, notes=notes)


def _any(masks: list[np.ndarray], count: int) -> np.ndarray:
    if len(masks) == 1:
        return masks[0]
    return np.logical_or.reduce(masks) if masks else np.zeros(count, dtype=bool)


def _state(one: Field, said: tuple[np.ndarray, np.ndarray, np.ndarray], blank: str) -> np.ndarray:
    ticked, kind, said_no = said
    levels = levels_of(one)
    kinds = np.array([levels.index(blank), *(levels.index(k) for k in MISSING_KINDS)], dtype=np.int16)
    answered = ticked | (said_no & (kind == 0))
    return np.where(answered, np.int16(levels.index(ANSWERED)), kinds[kind])


def _several(one: Field, column: Column, separator: str) -> _Part:
    """A cell of several options."""
    cells = [_segments(text, column, separator) for text in column.texts]
    ticks = {
        option: spread(column.codes, np.array([option in cell[0] for cell in cells], dtype=bool), False)
        for option in one.values
    }
    kind = spread(column.codes, np.array([cell[1] for cell in cells], dtype=np.int8), 0)
    faults = faults_of(["unknown_option" if cell[2] else "" for cell in cells], column)
    return _Part(ticks, kind, np.zeros(len(kind), dtype=bool), faults)


def _segments(text: str, column: Column, separator: str) -> tuple[frozenset[str], int, bool]:
    """Options of a cell, the kind of missing it names, and whether something was left over."""
    found = split(text, column.options, separator)
    if found is None:
        how, what = column.options.find(text)  # a code of its own, or one that lost its zeros
        return (
            frozenset({what} if how in ("value", "restored") else ()),
            _kind(what) if how == "missing" else 0,
            not how,
        )
    kinds = [_kind(column.options.missing[s]) for s in found if s not in column.options.values]
    ticked = frozenset(column.options.values[s] for s in found if s in column.options.values)
    return ticked, max(kinds, default=0), False


def _kind(kind: str) -> int:
    return MISSING_KINDS.index(kind) + 1


def _single(one: Field, option: str, column: Column) -> _Part:
    """A column of one option: 0/1 in any of its spellings, or the option's own text."""
    said = [_box(text, option, column) for text in column.texts]
    masks = {
        word: spread(column.codes, np.array([s == word for s in said], dtype=bool), False) for word in ("yes", "no")
    }
    kinds = np.array([_kind(s) if s in MISSING_KINDS else 0 for s in said], dtype=np.int8)
    faults = faults_of(["unknown_option" if s == "" else "" for s in said], column)
    return _Part({option: masks["yes"]}, spread(column.codes, kinds, 0), masks["no"], faults)


def _box(text: str, option: str, column: Column) -> str:
    """“yes”, “no”, a kind of missing, or an empty string for what is none of them."""
    how, what = column.options.find(text)
    if how == "value" and what == option:
        return "yes"
    if how == "missing":
        return what
    folded = fold(text)
    return "yes" if folded in yes() else "no" if folded in no() else ""


def _faults(
    one: Field, parts: list[_Part], ticks: Mapping[str, np.ndarray], conflict: np.ndarray
) -> dict[str, np.ndarray]:
    faults: dict[str, np.ndarray] = {}
    for part in parts:
        for code, rows in part.faults.items():
            faults[code] = faults[code] | rows if code in faults else rows
    lonely = np.flatnonzero(_any([ticks[option.value] for option in one.categories if option.exclusive], len(conflict)))
    crowd = np.zeros(len(conflict), dtype=bool)
    crowd[lonely] = sum(ticked[lonely].astype(np.int16) for ticked in ticks.values()) > 1
    found = {"exclusive_conflict": crowd, "missing_conflict": conflict}
    return faults | {code: rows for code, rows in found.items() if rows.any()}


def _notes(one: Field, cells: bool, ticks: Mapping[str, np.ndarray], nothing: np.ndarray) -> tuple[Finding, ...]:
    notes = []
    if nothing.any():
        rows = tuple(np.flatnonzero(nothing).tolist())
        notes.append(Finding("nothing_ticked", one.name, rows, Severity.NOTE))
    if cells:
        notes += [
            Finding("options_always_together", one.name, severity=Severity.NOTE, values={"options": pair})
            for pair in _together(ticks)
        ]
    return tuple(notes)


def _together(ticks: Mapping[str, np.ndarray]) -> list[tuple[str, ...]]:
    same: dict[bytes, list[str]] = {}
    for option, ticked in ticks.items():
        if ticked.sum() >= ALWAYS:
            same.setdefault(np.packbits(ticked).tobytes(), []).append(option)
    return [tuple(options) for options in same.values() if len(options) > 1]
