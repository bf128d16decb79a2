"""SPSS .sav, Stata .dta and Parquet: files whose columns have names and types of their own."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from rakelab.dataset import Origin
from rakelab.errors import FileError
from rakelab.loaders.columns import cell_text, encode, tidy, tidy_arrow
from rakelab.loaders.files import Opened
from rakelab.loaders.sources import Source
from rakelab.loaders.spelling import MISSING, fold
from rakelab.loaders.table import Heading, Table

#: What a user-missing value becomes when its label is not one of the known spellings.
_UNKNOWN = "ei tietoa"


@dataclass(frozen=True)
class _Variable:
    """What an SPSS file tells of one variable. ``questions`` name the set of variables that it is one option of."""

    name: str
    label: str
    words: Mapping[Any, str]
    missing: list[Mapping[str, Any]]
    questions: tuple[str, ...]
    ticked: str | None  # the value of a chosen option, where each option is a variable of its own

    def heading(self, position: int) -> Heading:
        names = tuple(filter(None, (self.name, self.label)))
        if not self.questions:
            return Heading(self.label or self.name, position, names)
        if self.ticked is None:
            return Heading(self.label or self.name, position, (self.name, *self.questions))
        options = tuple(filter(None, (self.label, self.name)))
        pairs = tuple((question, option) for question in self.questions for option in options)
        return Heading(self.label or self.name, position, names, pairs)

    def text(self, value: Any) -> str:
        """Value labels as text, user-missing values as “unknown”, a chosen option as 1."""
        text = str(self.words[value]) if value in self.words else cell_text(value)
        if any(isinstance(value, str) == isinstance(span["lo"], str) and span["lo"] <= value <= span["hi"]
               for span in self.missing):  # fmt: skip
            return text if fold(text) in MISSING else _UNKNOWN
        if self.ticked is None:
            return text
        return "1" if cell_text(value) == self.ticked else "0"


def read_sav(file: Opened, source: Source, known: frozenset[str]) -> Table:
    """A table from SPSS or Stata."""
    frame, meta = _sav(file)
    variables = [_variable(name, meta) for name in frame.columns]
    columns = []
    for variable in variables:
        codes, values = pd.factorize(frame[variable.name])
        columns.append(tidy(codes, list(map(variable.text, values))))
    return Table(
        headings=tuple(variable.heading(i) for i, variable in enumerate(variables)),
        columns=tuple(columns),
        rows=np.arange(1, len(frame) + 1),
        origin=Origin(file.name, "", "pyreadstat"),
        labels={
            i: {fold(str(word)): cell_text(value) for value, word in variable.words.items()}
            for i, variable in enumerate(variables)
        },
    )


def _sav(file: Opened) -> tuple[pd.DataFrame, Any]:
    import pyreadstat

    read = pyreadstat.read_dta if file.kind == "dta" else pyreadstat.read_sav
    with suppress(Exception):  # the reader raises whatever the bytes make it raise
        return read(file.path, user_missing=True)
    raise FileError("loaders.file.broken_dta" if file.kind == "dta" else "loaders.file.broken_sav", file=file.name)


def _variable(name: str, meta: Any) -> _Variable:
    sets = {
        one: (key, found)
        for key, found in (getattr(meta, "mr_sets", None) or {}).items()
        for one in found["variable_list"]
    }
    key, found = sets.get(name, ("", {}))
    return _Variable(
        name=name,
        label=(meta.column_names_to_labels.get(name) or "").strip(),
        words=meta.variable_value_labels.get(name, {}),
        missing=meta.missing_ranges.get(name, []),
        questions=tuple(filter(None, (found.get("label"), key))),
        ticked=cell_text(found["counted_value"]) if found.get("is_dichotomy") else None,
    )


def read_parquet(file: Opened, source: Source, known: frozenset[str]) -> Table:
    """A table from Parquet; a column of lists becomes one cell with the options on lines of their own."""
    table = _parquet(file)
    headings = tuple(Heading(name, i, (name,)) for i, name in enumerate(table.column_names))
    rows = np.arange(2, table.num_rows + 2)  # as a spreadsheet would number them: the heading is row 1
    return Table(headings, tuple(map(_column, table.itercolumns())), rows, Origin(file.name, "", "pyarrow"))


def _parquet(file: Opened) -> Any:
    import pyarrow as pa
    from pyarrow import parquet

    with suppress(pa.ArrowException, OSError):
        return parquet.read_table(pa.BufferReader(file.data))
    raise FileError("loaders.file.broken_parquet", file=file.name)


def _column(column: Any) -> pd.Categorical:
    import pyarrow as pa

    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        return encode("\n".join(map(cell_text, cell)) if cell is not None else "" for cell in column.to_pylist())
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    return tidy_arrow(column.unify_dictionaries(), cell_text)
