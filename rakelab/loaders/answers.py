"""One variable of a file as typed answers: the level of each row, and which rows break which rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import Any

import numpy as np
import pandas as pd

from rakelab import identifiers
from rakelab.codebook import MISSING_KINDS, NOT_CONCERNED, Codebook, Field
from rakelab.dataset import ANSWERED, Finding, Severity, option_column, state_column
from rakelab.loaders.choices import Options
from rakelab.loaders.columns import spread
from rakelab.loaders.numbers import damaged_date, day, numbers


@dataclass(frozen=True, repr=False)
class Column:
    """One column of the file: ``codes`` point at ``texts`` (−1 is blank); ``options`` are the field's spellings."""

    codes: np.ndarray
    texts: list[str]
    options: Options


@dataclass(frozen=True, repr=False)
class Answers:
    """``state`` is, for each row, an index of ``levels_of(field)``; ``faults`` maps a reason code to a mask of rows."""

    field: Field
    state: np.ndarray
    values: np.ndarray | None = None
    ticks: Mapping[str, np.ndarray] = default(default_factory=dict)
    faults: Mapping[str, np.ndarray] = default(default_factory=dict)
    notes: tuple[Finding, ...] = ()
    asked: bool = True  # the file has a column for it

    def columns(self) -> dict[str, Any]:
        """The columns of ``Dataset.frame`` that hold the variable."""
        name = self.field.name
        level = pd.Categorical.from_codes(self.state, categories=pd.Index(levels_of(self.field)))
        if self.field.multiple:
            return {name: level} | {option_column(name, option): ticked for option, ticked in self.ticks.items()}
        if self.field.choice:
            return {name: level}
        if self.field.type in ("integer", "number"):
            return {name: self.values, state_column(name): level}
        # a frame would look at every text of a plain array, to guess what it is
        return {name: self.values if self.field.type == "date" else pd.Series(self.values, dtype=object, copy=False)}


def levels_of(one: Field) -> tuple[str, ...]:
    """The levels of a variable's status column; of a single choice the options themselves."""
    if one.choice and not one.multiple:
        return one.levels
    concerned = (NOT_CONCERNED,) if one.applies else ()
    return (ANSWERED, *concerned, *MISSING_KINDS)


def answered(answers: Answers) -> np.ndarray:
    """Rows that hold an answer: an option, a number, a text."""
    if answers.field.multiple:
        return np.asarray(np.logical_or.reduce(list(answers.ticks.values())))
    return answers.state < (len(answers.field.values) if answers.field.choice else 1)


def absent(one: Field, count: int) -> Answers:
    """A variable that the file does not have: nobody was asked."""
    levels = levels_of(one)
    state = np.full(count, levels.index(MISSING_KINDS[0]), dtype=np.int16)
    values: np.ndarray | None = None
    if one.type in ("integer", "number"):
        values = np.full(count, np.nan)
    elif one.type == "date":
        values = np.full(count, np.datetime64("NaT"), dtype="datetime64[us]")
    elif not one.choice:
        values = np.full(count, None, dtype=object)
    ticks = {option: np.zeros(count, dtype=bool) for option in one.values} if one.multiple else {}
    return Answers(one, state, values, ticks, asked=False)


def read_one(one: Field, column: Column, codebook: Codebook, decimal: str) -> Answers:
    """A variable that lies in one column (all but multiple choice)."""
    if one.choice:
        return _choice(one, column)
    if one.type in ("integer", "number"):
        return _numbers(one, column, decimal)
    if one.type == "date":
        return _dates(one, column)
    return _text(one, column)


def faults_of(found: Iterable[str], column: Column) -> dict[str, np.ndarray]:
    """Masks of rows by reason code; ``found`` has a code (or an empty string) for each different text."""
    codes = np.array(list(found), dtype=object)
    return {code: spread(column.codes, codes == code, False) for code in sorted({str(c) for c in codes if c})}


def _missing_states(one: Field, column: Column) -> tuple[dict[str, int], int]:
    levels = levels_of(one)
    return {kind: levels.index(kind) for kind in levels if kind in MISSING_KINDS}, levels.index(column.options.blank)


def _choice(one: Field, column: Column) -> Answers:
    levels = {level: i for i, level in enumerate(levels_of(one))}
    blank = levels[column.options.blank]
    state, faults, restored = [], [], []
    for text in column.texts:
        how, what = column.options.find(text)
        state.append(levels[what] if how else blank)
        faults.append("" if how else ("date_damage" if damaged_date(text) else "unknown_option"))
        restored.append(how == "restored")
    rows = spread(column.codes, np.array(restored, dtype=bool), False)
    notes = (_noted("leading_zero_restored", one, rows),) if rows.any() else ()
    states = spread(column.codes, np.array(state, dtype=np.int16), blank)
    return Answers(one, states, faults=faults_of(faults, column), notes=notes)


def _noted(code: str, one: Field, mask: np.ndarray) -> Finding:
    """A note on some rows; ``rows`` are positions until ``validate`` turns them into row numbers."""
    return Finding(code, one.name, tuple(np.flatnonzero(mask).tolist()), Severity.NOTE)


def _typed(
    one: Field, column: Column, readings: Mapping[str, Any]
) -> tuple[list[Any], np.ndarray, dict[str, np.ndarray]]:
    """Values of the texts (None where missing or faulty), the state of each row, and the faults."""
    kinds, blank = _missing_states(one, column)
    values, state, faults = [], [], []
    for text in column.texts:
        how, what = column.options.find(text)
        found = None if how == "missing" else readings[text]
        faulty = isinstance(found, str)
        values.append(None if faulty else found)
        faults.append(str(found) if faulty else "")
        state.append(kinds[what] if how == "missing" else blank if faulty else 0)
    states = spread(column.codes, np.array(state, dtype=np.int16), blank)
    return values, states, faults_of(faults, column)


def _numbers(one: Field, column: Column, decimal: str) -> Answers:
    asked = [text for text in column.texts if column.options.find(text)[0] != "missing"]
    readings = dict(zip(asked, numbers(asked, one, decimal), strict=True))
    found, state, faults = _typed(one, column, readings)
    values = np.array([np.nan if value is None else value for value in found], dtype=float)
    return Answers(one, state, spread(column.codes, values, np.nan), faults=faults)


def _dates(one: Field, column: Column) -> Answers:
    found, state, faults = _typed(one, column, {text: day(text) for text in column.texts})
    values = np.array([np.datetime64("NaT") if v is None else np.datetime64(v) for v in found], dtype="datetime64[us]")
    return Answers(one, state, spread(column.codes, values, np.datetime64("NaT")), faults=faults)


def _text(one: Field, column: Column) -> Answers:
    kinds, blank = _missing_states(one, column)
    found = [column.options.missing.get(text.casefold(), "") for text in column.texts]
    values = np.array(column.texts, dtype=object)
    values[np.array([bool(kind) for kind in found], dtype=bool)] = None
    state = np.array([kinds[kind] if kind else 0 for kind in found], dtype=np.int16)
    notes = _identifiers(one, column) if one.free_text else _identity_codes(one, column)
    return Answers(one, spread(column.codes, state, blank), spread(column.codes, values, None), notes=notes)


def _identity_codes(one: Field, column: Column) -> tuple[Finding, ...]:
    """The column that tells whose row it is must not hold identity codes."""
    if any(text[0].isdigit() and identifiers.is_identity_code(text) for text in column.texts):
        return (Finding("hetu_column", one.name, severity=Severity.FILE, values={"columns": (one.name,)}),)
    return ()


def _identifiers(one: Field, column: Column) -> tuple[Finding, ...]:
    """What points at a person in free text: kinds, counts and rows, never the text."""
    hits = [identifiers.find(text) for text in column.texts]
    rows = spread(column.codes, np.array([bool(h) for h in hits], dtype=bool), False)
    if not rows.any():
        return ()
    per_text = np.bincount(column.codes[column.codes >= 0], minlength=len(hits))
    kinds = dict.fromkeys(identifiers.KINDS, 0)
    for found, times in zip(hits, per_text.tolist(), strict=True):
        for hit in found:
            kinds[hit.kind] += times
    values = {"kinds": {kind: n for kind, n in kinds.items() if n}}
    return (Finding("identifiers_in_text", one.name, tuple(np.flatnonzero(rows).tolist()), Severity.NOTE, values),)
