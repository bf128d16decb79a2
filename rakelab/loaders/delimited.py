"""CSV and its kin: which delimiter, and the table as columns.

A plain body is read by pyarrow. A ragged one, or one with blank lines (row numbers must stay right), goes record by
record through the csv module.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from rakelab.dataset import Finding, Severity
from rakelab.errors import FileError
from rakelab.loaders import layout
from rakelab.loaders.body import Body
from rakelab.loaders.columns import encode, tidy_table
from rakelab.loaders.encoding import utf8
from rakelab.loaders.files import Opened
from rakelab.loaders.sources import Source
from rakelab.loaders.trim import trimmed

DELIMITERS = (";", ",", "\t", "|")
_HEAD_BYTES = 1 << 19
_TAIL = 4096
_BLOCK = 1 << 20
_SLICE = 1 << 25


def read(file: Opened, source: Source) -> Body:
    """The table of a text file. Raises FileError where there is none."""
    data, encoding = utf8(file.data, file.name)
    head = _head(data)
    delimiter = _delimiter(head, file.name)
    rows = list(islice(_records(head, delimiter), layout.HEAD))
    first = source.header_row - 1 if source.header_row else None
    found = layout.find(rows, first=first, depth=source.header_rows)
    if found is None:
        raise FileError("loaders.file.no_header", file=file.name)
    width = max(len(row) for row in rows[found.first : found.body])
    found = replace(found, headings=found.headings[:width])  # a row of data may be longer: that is its fault
    around = tuple(cell for row in rows[: found.first] for cell in row if cell)
    reader = f"{encoding} {delimiter!r}"
    columns = _plain(data, head, delimiter, found)
    if columns is not None:
        numbers = np.arange(found.body + 1, found.body + 1 + len(columns[0]))
        return trimmed(Body(found.headings, columns, numbers, reader, around=around), file.name)
    return trimmed(_careful(data, delimiter, found, (file.name, reader, around)), file.name)


def _head(data: bytes) -> str:
    """The beginning of the file, cut at a line's end."""
    cut = data[:_HEAD_BYTES]
    if len(data) > _HEAD_BYTES:
        cut = cut[: max(cut.rfind(b"\n"), cut.rfind(b"\r"), 0)]
    return cut.decode("utf-8", errors="ignore")


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(head: str, name: str) -> str:
    """The delimiter that gives most rows the same number of cells."""
    scores = {delimiter: _consistency(head, delimiter, name) for delimiter in DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    if scores[best] == (False, 0.0):
        raise FileError("loaders.file.one_column", file=name)
    return best


def _consistency(head: str, delimiter: str, name: str) -> tuple[bool, float]:
    widths = []
    broken = False
    try:
        widths = [len(row) for row in islice(_records(head, delimiter), 200) if any(row)]
    except csv.Error:
        broken = True
    if broken:
        raise FileError("loaders.file.open_quote", file=name)
    common = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    if common < 2:
        return False, 0.0
    share = widths.count(common) / len(widths)
    return share >= 0.9, share * common


def _plain(data: bytes, head: str, delimiter: str, found: layout.Layout) -> tuple[pd.Categorical, ...] | None:
    """The body as pyarrow reads it, or None where it is not plain."""
    import pyarrow as pa

    start, end = _offset(head, delimiter, found.body), len(data) - _tail(data)
    if start >= end:
        return None
    names = [str(i) for i in range(len(found.headings))]
    whole = pa.py_buffer(data)
    for breaks in (False, True):  # line breaks inside cells are rare, and slow to allow for
        ends = [(start, end)] if breaks else _slices(data, start, end)
        table = _arrow_all([whole.slice(a, b - a) for a, b in ends], names, (delimiter, breaks))
        if table is not None and (breaks or not _breaks_lines(table)):
            return None if breaks and _swallowed(table) else tidy_table(table)
    return None


def _slices(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts of the body that end at a line's end: read one by one, they use the same memory again."""
    while start < end:
        cut = data.find(b"\n", start + _SLICE, end) + 1
        yield start, cut or end
        start = cut or end


def _arrow_all(slices: list[Any], names: list[str], shape: tuple[str, bool]) -> Any:
    import pyarrow as pa

    tables = []
    for one in slices:
        table = _arrow(one, names, shape)
        if table is None:
            return None
        tables.append(table)
    return pa.concat_tables(tables).unify_dictionaries()


def _swallowed(table: Any) -> bool:
    """The last row may hold the rest of a file whose quotation mark was never closed: that needs a closer look."""
    (last,) = table.slice(table.num_rows - 1).to_pylist()
    return any("\n" in (cell or "") for cell in last.values())


def _breaks_lines(table: Any) -> bool:
    import pyarrow.compute as pc

    texts = (column.chunk(0).dictionary for column in table.itercolumns() if column.num_chunks)
    return any(pc.any(pc.match_substring(text, "\n")).as_py() for text in texts)


def _arrow(body: Any, names: list[str], shape: tuple[str, bool]) -> Any:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    delimiter, breaks = shape
    text = pa.dictionary(pa.int32(), pa.string())
    try:
        return (
            arrow_csv.read_csv(
                pa.BufferReader(body),
                read_options=arrow_csv.ReadOptions(column_names=names, block_size=_BLOCK),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=delimiter, newlines_in_values=breaks, ignore_empty_lines=False
                ),
                convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, text), check_utf8=False),
            )
            .unify_dictionaries()
            .combine_chunks()
        )
    except pa.ArrowInvalid:
        return None  # its words quote the file


def _tail(data: bytes) -> int:
    """How many bytes of line ends close the file."""
    last = data[-_TAIL:]
    return len(last) - len(last.rstrip(b"\r\n"))


def _offset(head: str, delimiter: str, records: int) -> int:
    """Where, in bytes, the record after the first ``records`` begins."""
    stream = io.StringIO(head, newline="")
    lines = csv.reader(stream, delimiter=delimiter)
    for _ in islice(lines, records):
        pass
    read = io.StringIO(head, newline="")
    return sum(len(read.readline().encode()) for _ in range(lines.line_num))


def _careful(data: bytes, delimiter: str, found: layout.Layout, named: tuple[str, str, tuple[str, ...]]) -> Body:
    """The body record by record; ``named`` is the file's name, the reader and the text around the table."""
    name, reader, around = named
    width = len(found.headings)
    records = _all(data.decode(), delimiter, name)[found.body :]
    widths = np.array([len(row) for row in records])
    numbers = np.arange(found.body + 1, found.body + 1 + len(records))
    extra = np.array([any(map(str.strip, row[width:])) for row in records], dtype=bool)
    broken = _split_in_two(widths, width)
    findings = tuple(
        Finding(code, rows=tuple(numbers[mask].tolist()), severity=Severity.ROW)
        for code, mask in (("extra_cells", extra), ("broken_row", broken))
        if mask.any()
    )
    columns = tuple(encode(row[j] if j < len(row) else None for row in records) for j in range(width))
    return Body(found.headings, columns, numbers, reader, findings, around)


def _all(text: str, delimiter: str, name: str) -> list[list[str]]:
    known: dict[str, str] = {}  # one object for each different text: a million rows fit
    rows: list[list[str]] = []
    broken = False
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([known.setdefault(cell, cell) for cell in row])
    except csv.Error:
        broken = True
    if broken or _never_closed(text, rows):
        raise FileError("loaders.file.open_quote", file=name)
    return rows


def _never_closed(text: str, rows: list[list[str]]) -> bool:
    """The last cell swallowed lines: a quotation mark was opened and not closed."""
    return bool(rows and rows[-1]) and "\n" in rows[-1][-1].strip() and not text.rstrip().endswith('"')


def _split_in_two(widths: np.ndarray, width: int) -> np.ndarray:
    """Two short rows that together make a whole one: a line break inside a cell without quotation marks."""
    broken = np.zeros(len(widths), dtype=bool)
    short = (widths > 0) & (widths < width)
    for i in np.flatnonzero(short[:-1] & short[1:] & (widths[:-1] + widths[1:] - 1 == width)):
        if not broken[i]:
            broken[i : i + 2] = True
    return broken
