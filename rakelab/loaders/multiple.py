"""Multiple choice in its three shapes: a 0/1 column per option, a column per option that holds the option's text or
nothing, and one cell of several options. Each is turned into one truth value per option and row.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from rakelab.codebook import MISSING_KINDS, Field
from rakelab.dataset import ANSWERED, Finding, Severity
from rakelab.loaders.answers import Answers, Column, row_note
from rakelab.loaders.choices import split
from rakelab.loaders.spelling import NO, YES, fold

#: Two options that are always ticked together, at least this often, may be one option that held the separator.
ALWAYS = 5


@dataclass(frozen=True, repr=False)
class _Part:
    """What one column of the file says: ticks by option, the kind of missing (0 = none), and explicit “no”."""

    ticks: Mapping[str, np.ndarray]
    kind: np.ndarray
    said_no: np.ndarray
    faults: Mapping[str, np.ndarray]


def read_multiple(field: Field, whole: list[Column], by_option: Mapping[str, Column], separator: str) -> Answers:
    """A multiple-choice variable from its columns: cells of several options, and columns of one option."""
    parts = [_several(field, column, separator) for column in whole]
    parts += [_single(option, column) for option, column in by_option.items()]
    count = len(parts[0].kind)
    ticks = {option: _any([p.ticks[option] for p in parts if option in p.ticks], count) for option in field.values}
    ticked, said_no = _any([*ticks.values()], count), _any([part.said_no for part in parts], count)
    kind = np.maximum.reduce([part.kind for part in parts])
    blank = (whole or list(by_option.values()))[0].options.blank
    kinds = np.array([field.states.index(state) for state in (blank, *MISSING_KINDS)], dtype=np.int16)
    answered = ticked | (said_no & (kind == 0))
    state = np.where(answered, np.int16(field.states.index(ANSWERED)), kinds[kind])
    faults = _faults(field, parts, ticks, ticked & (kind > 0))
    notes = list(_together(field, ticks)) if whole else []
    nothing = ~ticked & said_no & (kind == 0)
    notes = [row_note("nothing_ticked", field.name, nothing), *notes] if nothing.any() else notes
    return Answers(field, state, ticks=ticks, faults=faults, notes=tuple(notes))


def _any(masks: list[np.ndarray], count: int) -> np.ndarray:
    if len(masks) == 1:
        return masks[0]
    return np.logical_or.reduce(masks) if masks else np.zeros(count, dtype=bool)


def _several(field: Field, column: Column, separator: str) -> _Part:
    """A cell of several options."""
    cells = [_options_in(text, column, separator) for text in column.texts]
    ticks = {
        option: column.per_row((option in ticked for ticked, _, _ in cells), False, bool) for option in field.values
    }
    kind = column.per_row((kind for _, kind, _ in cells), 0, np.int8)
    faults = column.faults("" if known else "unknown_option" for _, _, known in cells)
    return _Part(ticks, kind, np.zeros(len(kind), dtype=bool), faults)


def _options_in(text: str, column: Column, separator: str) -> tuple[frozenset[str], int, bool]:
    """Options of a cell, the kind of missing it names, and whether nothing was left over."""
    options = column.options
    spellings = split(text, options, separator)
    if spellings is None:
        how, what = options.find(text)  # a code of its own, or one that lost its zeros
        if how or (spellings := split(text, options, " ")) is None:
            return frozenset({what} if how in ("value", "restored") else ()), _kind(what), bool(how)
    kinds = (_kind(options.missing[spelling]) for spelling in spellings if spelling not in options.values)
    ticked = frozenset(options.values[spelling] for spelling in spellings if spelling in options.values)
    return ticked, max(kinds, default=0), True


def _kind(kind: str) -> int:
    return MISSING_KINDS.index(kind) + 1 if kind in MISSING_KINDS else 0


def _single(option: str, column: Column) -> _Part:
    """A column of one option: 0/1 in any of its spellings, or the option's own text."""
    said = [_box(text, option, column) for text in column.texts]
    yes, no = (column.per_row((one == word for one in said), False, bool) for word in ("yes", "no"))
    faults = column.faults("" if one else "unknown_option" for one in said)
    return _Part({option: yes}, column.per_row(map(_kind, said), 0, np.int8), no, faults)


def _box(text: str, option: str, column: Column) -> str:
    """“yes”, “no”, a kind of missing, or an empty string for what is none of them."""
    how, what = column.options.find(text)
    if how == "missing":
        return what
    if how == "value" and what == option:
        return "yes"
    folded = fold(text)
    return "yes" if folded in YES else "no" if folded in NO else ""


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
