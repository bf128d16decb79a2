"""One variable of a file as typed answers: the level of each row, and which rows break which rule."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import Any

import numpy as np
import pandas as pd

from rakelab import identifiers
from rakelab.codebook import Field
from rakelab.dataset import Finding, Severity, option_column, state_column
from rakelab.errors import nearest
from rakelab.fields import NOT_ASKED
from rakelab.loaders.choices import Options
from rakelab.loaders.dates import damaged_date, day
from rakelab.loaders.numbers import numbers
from rakelab.names import WRITTEN, made_of

#: A text of a question that is not sensitive is named where so many rows share it; so many of them are.
SHARED, _NAMED = 5, 5
_NO_DAY = np.datetime64("NaT", "us")


@dataclass(frozen=True, repr=False)
class Column:
    """One column of the file: ``codes`` point at ``texts`` (−1 is blank); ``options`` are the field's spellings."""

    codes: np.ndarray
    texts: list[str]
    options: Options

    def per_row(self, of_texts: Iterable[Any], blank: Any, dtype: Any) -> np.ndarray:
        """For each row what is said of its text; ``blank`` where there is none."""
        return np.asarray(np.array([*of_texts, blank], dtype=dtype)[self.codes])

    def faults(self, codes: Iterable[str]) -> dict[str, np.ndarray]:
        """Masks of rows by reason code; there is a code (or an empty string) for each different text."""
        given = list(codes)
        return {code: self.per_row((one == code for one in given), False, bool) for code in sorted({*given} - {""})}


@dataclass(frozen=True, repr=False)
class Answers:
    """``state`` is, for each row, an index of ``levels``; ``faults`` maps a reason code to a mask of rows."""

    field: Field
    state: np.ndarray
    values: np.ndarray | None = None
    ticks: Mapping[str, np.ndarray] = default(default_factory=dict)
    faults: Mapping[str, np.ndarray] = default(default_factory=dict)
    notes: tuple[Finding, ...] = ()
    asked: bool = True  # the file has a column for it
    words: np.ndarray | None = None  # what people wrote where no option fitted

    @property
    def levels(self) -> tuple[str, ...]:
        return self.field.levels if self.field.choice and not self.field.multiple else self.field.states

    @property
    def answered(self) -> np.ndarray:
        """Rows that hold an answer: an option, a number, a text."""
        if self.field.multiple:
            return np.asarray(np.logical_or.reduce(list(self.ticks.values())))
        return self.state < (len(self.field.values) if self.field.choice else 1)

    @property
    def wrong(self) -> np.ndarray:
        """Rows that break a rule."""
        return np.asarray(np.logical_or.reduce([*self.faults.values(), np.zeros(len(self.state), dtype=bool)]))

    def columns(self) -> dict[str, Any]:
        """The columns of ``Dataset.frame`` that hold the variable."""
        name = self.field.name
        own = {} if self.words is None else {made_of(name, WRITTEN): pd.Series(self.words, dtype=object, copy=False)}
        level = pd.Categorical.from_codes(self.state, categories=pd.Index(self.levels))
        if self.field.multiple:
            return {name: level} | {option_column(name, option): ticks for option, ticks in self.ticks.items()} | own
        if self.field.choice:
            return {name: level} | own
        if self.field.numeric:
            return {name: self.values, state_column(name): level}
        # a frame would look at every text of a plain array, to guess what it is
        return {name: self.values if self.field.type == "date" else pd.Series(self.values, dtype=object, copy=False)}


def row_note(code: str, variable: str, rows: np.ndarray, **values: Any) -> Finding:
    """A note on some rows; they are positions until ``validate`` turns them into row numbers."""
    return Finding(code, variable, tuple(np.flatnonzero(rows).tolist()), Severity.NOTE, values)


def absent(field: Field, count: int) -> Answers:
    """A variable that the file does not have: nobody was asked."""
    column = Column(np.full(count, -1), [], Options({}, {}, {}, NOT_ASKED))
    if field.multiple:
        state = np.full(count, field.states.index(NOT_ASKED), dtype=np.int16)
        return Answers(field, state, ticks={option: np.zeros(count, bool) for option in field.values}, asked=False)
    made = read_single(field, column)
    return Answers(field, made.state, made.values, asked=False)


def read_single(field: Field, column: Column, decimal: str = "", *, since_1904: bool = False) -> Answers:
    """A variable that lies in one column (all but multiple choice)."""
    if field.choice:
        return _choice(field, column)
    if field.numeric:
        given = [text for text in column.texts if column.options.find(text)[0] != "missing"]
        read = dict(zip(given, numbers(given, field, decimal), strict=True))
        years = {text: _year(text) for text, what in read.items() if isinstance(what, str) and field.role == "period"}
        return _typed(field, column, read | {text: year for text, year in years.items() if year}, np.float64("nan"))
    if field.type == "date":
        return _typed(field, column, {text: day(text, since_1904) for text in column.texts}, _NO_DAY)
    return _text(field, column)


def _year(text: str) -> float:
    """The year of a day in a column of years; 0 for what is no day."""
    moment = "" if text.isdigit() else day(text)
    return 0.0 if isinstance(moment, str) else float(moment.year)


def _choice(field: Field, column: Column) -> Answers:
    levels = {level: i for i, level in enumerate(field.levels)}
    blank = levels[column.options.blank]
    readings = [column.options.find(text) for text in column.texts]
    strange = [i for i, (how, _) in enumerate(readings) if not how]
    own = {i for i in strange if field.catch_all and not damaged_date(column.texts[i])}
    readings = [("value", field.catch_all) if i in own else reading for i, reading in enumerate(readings)]
    state = column.per_row((levels[what] if how else blank for how, what in readings), blank, np.int16)
    faults = ("" if how else "date_damage" if damaged_date(text) else "unknown_option"
              for text, (how, _) in zip(column.texts, readings, strict=True))  # fmt: skip
    restored = column.per_row((how == "restored" for how, _ in readings), False, bool)
    notes = (row_note("leading_zero_restored", field.name, restored),) if restored.any() else ()
    words = (text if i in own else None for i, text in enumerate(column.texts))
    return Answers(
        field,
        state,
        faults=column.faults(faults),
        notes=(*notes, *_shared(field, column, [] if field.sensitivity else strange)),
        words=column.per_row(words, None, object) if field.catch_all else None,
    )


def _shared(field: Field, column: Column, strange: list[int]) -> Iterator[Finding]:
    """Texts that are no option, each on many rows, with the option that is like it: nobody's own words."""
    counts = np.bincount(column.codes[column.codes >= 0], minlength=len(column.texts))
    often = sorted((i for i in strange if counts[i] >= max(SHARED, field.threshold)), key=lambda i: -counts[i])
    labels = {word: one.label for one in reversed(field.categories) for word in (one.value, *one.label.values())}
    texts = tuple(
        (column.texts[i], int(counts[i]), labels.get(nearest(column.texts[i], labels), {})) for i in often[:_NAMED]
    )
    if texts:
        yield Finding("unknown_texts", field.name, severity=Severity.NOTE, values={"texts": texts})


def _typed(field: Field, column: Column, readings: Mapping[str, Any], nothing: np.generic) -> Answers:
    """Numbers or dates; ``readings``: text → its value, or the code of its fault."""
    blank = field.states.index(column.options.blank)
    values, state, faults = [], [], []
    for text in column.texts:
        how, what = column.options.find(text)
        reading = nothing if how == "missing" else readings[text]
        fault = reading if isinstance(reading, str) else ""
        values.append(nothing if fault else reading)
        faults.append(fault)
        state.append(field.states.index(what) if how == "missing" else blank if fault else 0)
    rows = column.per_row(state, blank, np.int16)
    return Answers(field, rows, column.per_row(values, nothing, nothing.dtype), faults=column.faults(faults))


def _text(field: Field, column: Column) -> Answers:
    kinds = [column.options.missing.get(text.casefold(), "") for text in column.texts]
    states = {state: i for i, state in enumerate(field.states)}
    state = column.per_row((states[kind] if kind else 0 for kind in kinds), states[column.options.blank], np.int16)
    values = (None if kind else text for text, kind in zip(column.texts, kinds, strict=True))
    notes = identifying(field, column) if field.free_text else _identity_codes(field, column)
    return Answers(field, state, column.per_row(values, None, object), notes=notes)


def _identity_codes(field: Field, column: Column) -> tuple[Finding, ...]:
    """The column that tells whose row it is must not hold identity codes."""
    if any(text[0].isdigit() and identifiers.is_identity_code(text) for text in column.texts):
        return (Finding("hetu_column", field.name, severity=Severity.FILE, values={"columns": (field.name,)}),)
    return ()


def identifying(field: Field, column: Column) -> tuple[Finding, ...]:
    """What points at a person in free text: kinds, counts and rows, never the text."""
    hits = [identifiers.find(text) for text in column.texts]
    rows = column.per_row(map(bool, hits), False, bool)
    if not rows.any():
        return ()
    counts = dict.fromkeys(identifiers.KINDS, 0)
    per_text = np.bincount(column.codes[column.codes >= 0], minlength=len(hits)).tolist()
    for found, times in zip(hits, per_text, strict=True):
        for hit in found:
            counts[hit.kind] += times
    return (row_note("identifiers_in_text", field.name, rows, kinds={kind: n for kind, n in counts.items() if n}),)
