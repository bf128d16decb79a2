"""CSV and its kin: which delimiter, and the table as columns.

A plain body is read by pyarrow. A ragged one, or one with blank lines (row numbers must stay right), goes record by
record through the csv module.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from rakelab.dataset import Finding, Origin
from rakelab.errors import FileError
from rakelab.loaders import layout
from rakelab.loaders.columns import encode, tidy_table
from rakelab.loaders.encoding import GUESSED, utf8
from rakelab.loaders.files import Opened
from rakelab.loaders.sources import Source
from rakelab.loaders.table import Table

DELIMITERS = (";", ",", "\t", "|")
_HEAD_BYTES = 1 << 19
_TAIL = 4096
_BLOCK = 1 << 20
_SLICE = 1 << 25
_BREAK = "[\r\n]"
Cell = tuple[int, tuple[int, str], list[str]]  # row of the body, its column and text, all cells where they are known


def read(file: Opened, source: Source, known: frozenset[str]) -> Table:
    """The table of a text file. Raises FileError where there is none."""
    data, encoding = utf8(file.data, file.name)
    head = _head(data)
    delimiter = _delimiter(head, file.name)
    rows = list(islice(_records(head, delimiter), layout.HEAD))
    first = source.header_row - 1 if source.header_row else None
    place = layout.find(rows, first=first, depth=source.header_rows, known=known)
    if place is None:
        raise FileError("loaders.file.no_header", file=file.name)
    # a row of data may be longer than the heading: that is the row's fault
    headings = place.headings[: max(len(row) for row in rows[place.first : place.body])]
    start = _offset(head, delimiter, place.body)
    first_row, findings = place.body + 1, tuple[Finding, ...]()
    plain = _plain(data, start, delimiter, len(headings))
    if plain is None:
        records = _all_records(data.decode(), delimiter, file.name)[place.body :]
        columns = tuple(encode(row[j] if j < len(row) else None for row in records) for j in range(len(headings)))
        findings, broken = (
            tuple(_ragged(records, len(headings), first_row)),
            _of_records(records, len(headings), delimiter),
        )
    else:
        columns, broken = tidy_table(plain), _of_arrow(plain, delimiter)
    if swallowed := sorted(_swallowed_rows(broken, columns, delimiter)):
        lines = ", ".join(str(first_row + i) for i in swallowed[:5])
        raise FileError("loaders.file.quote_swallows", file=file.name, lines=lines, n=len(swallowed))
    numbers = np.arange(first_row, first_row + len(columns[0]))
    around = tuple(cell for row in rows[: place.first] for cell in row if cell)
    table = Table(headings, columns, numbers, Origin(file.name, "", f"{encoding} {delimiter!r}"), findings, around)
    return table.noted("encoding_guessed", encoding=encoding) if encoding in GUESSED else table


def _head(data: bytes) -> str:
    """The beginning of the file, cut at a line's end."""
    cut = data[:_HEAD_BYTES]
    if len(data) > _HEAD_BYTES:
        cut = cut[: max(cut.rfind(b"\n"), cut.rfind(b"\r"), 0)]
    return cut.decode("utf-8", errors="ignore")


def _records(text: str, delimiter: str) -> Any:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(head: str, name: str) -> str:
    """The delimiter that gives most rows the same number of cells."""
    scores = {delimiter: _consistency(head, delimiter, name) for delimiter in DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    if scores[best] == (False, 0.0):
        raise FileError("loaders.file.one_column", file=name)
    return best


def _consistency(head: str, delimiter: str, name: str) -> tuple[bool, float]:
    try:
        widths = [len(row) for row in islice(_records(head, delimiter), 200) if any(row)]
    except csv.Error:
        widths = None
    if widths is None:
        raise FileError("loaders.file.open_quote", file=name)
    common = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    if common < 2:
        return False, 0.0
    share = widths.count(common) / len(widths)
    return share >= 0.9, share * common


def _offset(head: str, delimiter: str, records: int) -> int:
    """Where, in bytes, the record after the first ``records`` begins."""
    lines = _records(head, delimiter)
    for _ in islice(lines, records):
        pass
    return sum(len(line.encode()) for line in islice(io.StringIO(head, newline=""), lines.line_num))


# --- a plain body ---------------------------------------------------------------------------------------------


def _plain(data: bytes, start: int, delimiter: str, width: int) -> Any:
    """The body as pyarrow reads it, or None where it is not plain."""
    import pyarrow as pa

    last = data[-_TAIL:]
    end = len(data) - len(last) + len(last.rstrip(b"\r\n"))
    if start >= end:
        return None
    names = [str(i) for i in range(width)]
    whole = pa.py_buffer(data)
    for breaks in (False, True):  # line breaks inside cells are rare, and slow to allow for
        ends = [(start, end)] if breaks else _slices(data, start, end)
        table = _arrow_all((whole.slice(a, b - a) for a, b in ends), names, delimiter, breaks=breaks)
        if table is not None and (breaks or not _breaks_lines(table)):
            return None if breaks and _swallowed(table) else table
    return None


def _slices(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts of the body that end at a line's end: read one by one, they use the same memory again."""
    while start < end:
        cut = data.find(b"\n", start + _SLICE, end) + 1
        yield start, cut or end
        start = cut or end


def _arrow_all(slices: Iterable[Any], names: list[str], delimiter: str, *, breaks: bool) -> Any:
    import pyarrow as pa

    tables = []
    for part in slices:
        tables.append(_arrow(part, names, delimiter, breaks=breaks))
        if tables[-1] is None:
            return None
    return pa.concat_tables(tables).unify_dictionaries()


def _arrow(body: Any, names: list[str], delimiter: str, *, breaks: bool) -> Any:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    types = dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string()))
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(body),
            arrow_csv.ReadOptions(column_names=names, block_size=_BLOCK),
            arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=breaks, ignore_empty_lines=False),
            arrow_csv.ConvertOptions(column_types=types, check_utf8=False),
        )
    except pa.ArrowInvalid:
        return None  # its words quote the file
    return table.unify_dictionaries().combine_chunks()


def _swallowed(table: Any) -> bool:
    """The last row may hold the rest of a file whose quotation mark was never closed: that needs a closer look."""
    (last,) = table.slice(table.num_rows - 1).to_pylist()
    return any("\n" in (cell or "") for cell in last.values())


def _breaks_lines(table: Any) -> bool:
    import pyarrow.compute as pc

    texts = (column.chunk(0).dictionary for column in table.itercolumns() if column.num_chunks)
    return any(pc.any(pc.match_substring_regex(text, _BREAK)).as_py() for text in texts)


# --- a ragged body --------------------------------------------------------------------------------------------


def _all_records(text: str, delimiter: str, name: str) -> list[list[str]]:
    known: dict[str, str] = {}  # one object for each different text: a million rows fit
    try:
        rows = [[known.setdefault(cell, cell) for cell in row] for row in _records(text, delimiter)]
    except csv.Error:
        raise FileError("loaders.file.open_quote", file=name) from None
    if _never_closed(text, rows):
        raise FileError("loaders.file.open_quote", file=name)
    return rows


def _never_closed(text: str, rows: list[list[str]]) -> bool:
    """The last cell swallowed lines: a quotation mark was opened and not closed."""
    return bool(rows and rows[-1]) and "\n" in rows[-1][-1].strip() and not text.rstrip().endswith('"')


def _ragged(records: list[list[str]], width: int, first_row: int) -> Iterator[Finding]:
    """Rows with more cells than there are headings, and rows broken in two."""
    widths = np.array([len(row) for row in records])
    extra = np.array([any(map(str.strip, row[width:])) for row in records], dtype=bool)
    for code, rows in (("extra_cells", extra), ("broken_row", _split_in_two(records, widths, width))):
        if rows.any():
            yield Finding(code, rows=tuple((np.flatnonzero(rows) + first_row).tolist()))


def _split_in_two(records: list[list[str]], widths: np.ndarray, width: int) -> np.ndarray:
    """Two short rows that together make a whole one: a line break inside a cell without quotation marks. The last row
    of one cell may be a note."""
    broken = np.zeros(len(widths), dtype=bool)
    short = (widths > 0) & (widths < width)
    first = short | np.array([bool(row) and not row[-1].strip() for row in records], dtype=bool)
    first[-2:] &= short[-2:]
    for i in np.flatnonzero(first[:-1] & short[1:] & (widths[:-1] + widths[1:] - 1 == width)):
        if not broken[i]:
            broken[i : i + 2] = True
    return broken


# --- a quotation mark that is not closed where it should be ----------------------------------------------------


def _swallowed_rows(broken: Iterable[Cell], columns: tuple[pd.Categorical, ...], delimiter: str) -> set[int]:
    """Rows with a cell that holds line breaks and delimiters, and whose lines are rows of this table: each has as many
    cells, like those of the columns. Or the row is too short, and the cell has a whole row's delimiters."""
    found = set[int]()
    for row, others, cells in broken:
        if cells and len(cells) < len(columns) <= others[1].count(delimiter) + 1:
            found.add(row)
        cells = cells or [str(column[row]) if column.codes[row] >= 0 else "" for column in columns]
        lines = delimiter.join([*cells[: others[0]], others[1], *cells[others[0] + 1 :]]).splitlines()[1:]
        wholes = (line.split(delimiter) for line in lines if line.count(delimiter) == len(columns) - 1)
        if any(_like_all(whole, columns) for whole in wholes):
            found.add(row)
    return found


def _like_all(cells: list[str], columns: tuple[pd.Categorical, ...]) -> bool:
    fits = [_like(text.strip().strip('"'), columns[k]) for k, text in enumerate(cells) if text.strip(' "')]
    return bool(fits) and sum(fits) * 2 >= len(fits)


def _like(text: str, column: pd.Categorical) -> bool:
    """Is the text one of the column's, or written like one: digits, letters and marks in the same order?"""
    return text in column.categories or _shape(text) in set(map(_shape, column.categories[:50]))


def _shape(text: str) -> str:
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d", "9", text))


def _of_records(records: list[list[str]], width: int, delimiter: str) -> Iterator[Cell]:
    """The cells with line breaks and delimiters, or with line breaks in a row that is too long."""
    for i, row in enumerate(records):
        for j, cell in enumerate(row):
            if ("\n" in cell or "\r" in cell) and (delimiter in cell or len(row) > width):
                yield i, (j, cell), row


def _of_arrow(table: Any, delimiter: str) -> Iterator[Cell]:
    import pyarrow.compute as pc

    for j, column in enumerate(table.itercolumns()):
        texts = column.chunk(0).dictionary
        both = pc.and_(pc.match_substring_regex(texts, _BREAK), pc.match_substring(texts, delimiter))
        codes = column.chunk(0).indices.fill_null(-1).to_numpy(zero_copy_only=False)
        for code in np.flatnonzero(both.to_numpy(zero_copy_only=False)):
            yield int(np.flatnonzero(codes == code)[0]), (j, texts[int(code)].as_py()), []
