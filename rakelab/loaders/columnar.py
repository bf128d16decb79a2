"""SPSS .sav and Parquet: files whose columns have names and types of their own."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from rakelab.errors import FileError
from rakelab.loaders.body import Body, Heading
from rakelab.loaders.columns import tidy, tidy_arrow
from rakelab.loaders.files import Opened
from rakelab.loaders.native import cell_text
from rakelab.loaders.spelling import fold, missing
from rakelab.loaders.trim import trimmed

#: What a user-missing value becomes when its label is not one of the known spellings.
_UNKNOWN = "ei tietoa"


def read_sav(file: Opened) -> Body:
    """A table from SPSS: value labels as text, user-missing values as “unknown”, sets of variables as questions."""
    frame, meta = _sav(file)
    sets = _sets(meta)
    headings = tuple(
        _heading(i, name, (meta.column_names_to_labels.get(name) or "").strip(), sets.get(name))
        for i, name in enumerate(frame.columns)
    )
    columns, labels = [], {}
    for i, name in enumerate(frame.columns):
        words = meta.variable_value_labels.get(name, {})
        columns.append(_sav_column(frame[name], meta, sets.get(name)))
        labels[i] = {fold(str(word)): cell_text(value) for value, word in words.items()}
    rows = np.arange(1, len(frame) + 1)
    return trimmed(Body(headings, tuple(columns), rows, "pyreadstat", labels=labels), file.name)


def _sav(file: Opened) -> tuple[pd.DataFrame, Any]:
    import pyreadstat

    found = None
    try:
        found = pyreadstat.read_sav(file.path, user_missing=True)
    except Exception:  # the reader raises whatever the bytes make it raise
        found = None
    if found is None:
        raise FileError("loaders.file.broken_sav", file=file.name)
    return found


def _sets(meta: Any) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Variable → (name of its multiple-response set, the set)."""
    sets = getattr(meta, "mr_sets", None) or {}
    return {variable: (name, one) for name, one in sets.items() for variable in one["variable_list"]}


def _heading(position: int, name: str, label: str, found: tuple[str, Mapping[str, Any]] | None) -> Heading:
    text = label or name
    if found is None:
        return Heading(text, position, tuple(filter(None, (name, label))))
    questions = tuple(filter(None, (found[1].get("label"), found[0])))
    if not found[1]["is_dichotomy"]:
        return Heading(text, position, (name, *questions))
    pairs = tuple((question, option) for question in questions for option in (label, name) if option)
    return Heading(text, position, tuple(filter(None, (name, label))), pairs)


def _sav_column(series: pd.Series, meta: Any, found: tuple[str, Mapping[str, Any]] | None) -> pd.Categorical:
    codes, values = pd.factorize(series)
    words = meta.variable_value_labels.get(series.name, {})
    ranges = meta.missing_ranges.get(series.name, [])
    if found is not None and found[1]["is_dichotomy"]:
        counted = cell_text(found[1]["counted_value"])
        return tidy(codes, [_ticked(value, counted, words, ranges) for value in values])
    return tidy(codes, [_sav_text(value, words, ranges) for value in values])


def _ticked(value: Any, counted: str, words: Mapping[Any, str], ranges: list[Mapping[str, Any]]) -> str:
    if _is_missing(value, ranges):
        return _sav_text(value, words, ranges)
    return "1" if cell_text(value) == counted else "0"


def _sav_text(value: Any, words: Mapping[Any, str], ranges: list[Mapping[str, Any]]) -> str:
    text = str(words[value]) if value in words else cell_text(value)
    if _is_missing(value, ranges) and fold(text) not in missing():
        return _UNKNOWN
    return text


def _is_missing(value: Any, ranges: list[Mapping[str, Any]]) -> bool:
    for one in ranges:
        low, high = one["lo"], one["hi"]
        if isinstance(value, str) == isinstance(low, str) and low <= value <= high:
            return True
    return False


def read_parquet(file: Opened) -> Body:
    """A table from Parquet; a column of lists becomes one cell with the options on lines of their own."""
    table = _table(file)
    headings = tuple(Heading(name, i, (name,)) for i, name in enumerate(table.column_names))
    columns = tuple(_parquet_column(column) for column in table.itercolumns())
    rows = np.arange(2, table.num_rows + 2)  # as a spreadsheet would number them: the heading is row 1
    return trimmed(Body(headings, columns, rows, "pyarrow"), file.name)


def _table(file: Opened) -> Any:
    import pyarrow as pa
    from pyarrow import parquet

    table = None
    try:
        table = parquet.read_table(pa.BufferReader(file.data))
    except (pa.ArrowException, OSError):
        table = None
    if table is None:
        raise FileError("loaders.file.broken_parquet", file=file.name)
    return table


def _parquet_column(column: Any) -> pd.Categorical:
    import pyarrow as pa

    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        cells = ["\n".join(map(cell_text, cell)) if cell is not None else "" for cell in column.to_pylist()]
        codes, texts = pd.factorize(np.array(cells, dtype=object))
        return tidy(codes, list(texts))
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    return tidy_arrow(column.unify_dictionaries(), cell_text)
