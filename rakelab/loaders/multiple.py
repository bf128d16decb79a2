"""Multiple choice in its three shapes: a 0/1 column per option, a column per option that holds the option's text or
nothing, and one cell of several options. Each is turned into one truth value per option and row.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from rakelab.codebook import MISSING_KINDS, Field
from rakelab.dataset import ANSWERED, Finding, Severity
from rakelab.loaders.answers import Answers, Column, row_note
from rakelab.loaders.choices import split, split_loosely
from rakelab.loaders.spelling import fold
from rakelab.loaders.written import box, joined, own_words

#: Two options that are always ticked together, at least this often, may be one option that held the separator.
ALWAYS = 5


@dataclass(frozen=True, repr=False)
class _Part:
    """What one column of the file says: ticks by option, the kind of missing (0 = none), and explicit “no”."""

    ticks: Mapping[str, np.ndarray]
    kind: np.ndarray
    said_no: np.ndarray
    faults: Mapping[str, np.ndarray]
    words: np.ndarray | None = None  # people's own, where the form has an option that catches them


def read_multiple(
    field: Field, whole: list[Column], by_option: Sequence[tuple[str, Column]], separator: str
) -> Answers:
    """A multiple-choice variable from its columns: cells of several options, and columns of one option."""
    parts = [_several(field, column, separator) for column in whole]
    parts += [_single(option, column, field.catch_all) for option, column in by_option]
    count = len(parts[0].kind)
    ticks = {option: _any([p.ticks[option] for p in parts if option in p.ticks], count) for option in field.values}
    ticked, said_no = _any([*ticks.values()], count), _any([part.said_no for part in parts], count)
    kind = np.maximum.reduce([part.kind for part in parts])
    blank = (whole or [column for _, column in by_option])[0].options.blank
    kinds = np.array([field.states.index(state) for state in (blank, *MISSING_KINDS)], dtype=np.int16)
    answered = ticked | (said_no & (kind == 0))
    state = np.where(answered, np.int16(field.states.index(ANSWERED)), kinds[kind])
    faults = _faults(field, parts, ticks, ticked & (kind > 0))
    notes = list(_together(field, ticks)) if whole else []
    nothing = ~ticked & said_no & (kind == 0)
    notes = [row_note("nothing_ticked", field.name, nothing), *notes] if nothing.any() else notes
    own = [part.words for part in parts if part.words is not None]
    return Answers(field, state, ticks=ticks, faults=faults, notes=tuple(notes), words=joined(own) if own else None)


def _any(masks: list[np.ndarray], count: int) -> np.ndarray:
    if len(masks) == 1:
        return masks[0]
    return np.logical_or.reduce(masks) if masks else np.zeros(count, dtype=bool)


def _several(field: Field, column: Column, separator: str) -> _Part:
    """A cell of several options."""
    cells = [_options_in(text, column, separator) for text in column.texts]
    if field.catch_all:
        cells = [
            cell if cell.known else _caught(text, column, separator, field.catch_all)
            for text, cell in zip(column.texts, cells, strict=True)
        ]
    ticks = {option: column.per_row((option in cell.ticked for cell in cells), False, bool) for option in field.values}
    kind = column.per_row((cell.kind for cell in cells), 0, np.int8)
    faults = column.faults("" if cell.known else "unknown_option" for cell in cells)
    words = column.per_row((cell.words or None for cell in cells), None, object) if field.catch_all else None
    none = column.per_row((fold(text) in column.options.unticked for text in column.texts), False, bool)
    return _Part(ticks, kind, none, faults, words)


class _Cell(NamedTuple):
    """Options of a cell, the kind of missing it names, whether nothing was left over, and what was."""

    ticked: frozenset[str]
    kind: int
    known: bool
    words: str = ""


def _caught(text: str, column: Column, separator: str, option: str) -> _Cell:
    """A cell in which something is no option: that counts as the option that catches the rest."""
    spellings, words = split_loosely(text, column.options, separator)
    cell = _ticks(spellings, column)
    return cell._replace(ticked=cell.ticked | {option}, words=words)


def _options_in(text: str, column: Column, separator: str) -> _Cell:
    options = column.options
    if fold(text) in options.unticked:
        return _Cell(frozenset(), 0, known=True)
    spellings = split(text, options, separator)
    if spellings is None:
        how, what = options.find(text)  # a code of its own, or one that lost its zeros
        if how or (spellings := split(text, options, " ")) is None:
            return _Cell(frozenset({what} if how in ("value", "restored") else ()), _kind(what), bool(how))
    return _ticks(spellings, column)


def _ticks(spellings: Sequence[str], column: Column) -> _Cell:
    options = column.options
    kinds = (_kind(options.missing[spelling]) for spelling in spellings if spelling not in options.values)
    ticked = frozenset(options.values[spelling] for spelling in spellings if spelling in options.values)
    return _Cell(ticked, max(kinds, default=0), known=True)


def _kind(kind: str) -> int:
    return MISSING_KINDS.index(kind) + 1 if kind in MISSING_KINDS else 0


def _single(option: str, column: Column, catch_all: str) -> _Part:
    """A column of one option: 0/1 in any of its spellings, or the option's own text; of the one that catches the rest
    also what people wrote."""
    said = [box(text, option, column) for text in column.texts]
    words = None
    if option == catch_all:
        words = own_words(said, column)
        said = [one or "yes" for one in said]
    yes, no = (column.per_row((one == word for one in said), False, bool) for word in ("yes", "no"))
    faults = column.faults("" if one else "unknown_option" for one in said)
    return _Part({option: yes}, column.per_row(map(_kind, said), 0, np.int8), no, faults, words)


def _faults(
    field: Field, parts: list[_Part], ticks: Mapping[str, np.ndarray], conflict: np.ndarray
) -> dict[str, np.ndarray]:
    faults: dict[str, np.ndarray] = {}
    for part in parts:
        for code, rows in part.faults.items():
            faults[code] = faults[code] | rows if code in faults else rows
    alone = np.flatnonzero(
        _any([ticks[option.value] for option in field.categories if option.exclusive], len(conflict))
    )
    crowded = np.zeros(len(conflict), dtype=bool)
    crowded[alone] = sum(ticked[alone].astype(np.int16) for ticked in ticks.values()) > 1
    whole = {"exclusive_conflict": crowded, "missing_conflict": conflict}
    return faults | {code: rows for code, rows in whole.items() if rows.any()}


def _together(field: Field, ticks: Mapping[str, np.ndarray]) -> Iterator[Finding]:
    """Options that are always ticked together."""
    same: dict[bytes, list[str]] = {}
    for option, ticked in ticks.items():
        if ticked.sum() >= ALWAYS:
            same.setdefault(np.packbits(ticked).tobytes(), []).append(option)
    for options in same.values():
        if len(options) > 1:
            values = {"options": tuple(options)}
            yield Finding("options_always_together", field.name, severity=Severity.NOTE, values=values)
