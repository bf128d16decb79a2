"""``read``: the bytes of a file as a table of text, with nobody's name in it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pandas as pd

from rakelab import identifiers
from rakelab.dataset import Origin, RawTable
from rakelab.errors import FileError
from rakelab.loaders import columnar, delimited, workbook
from rakelab.loaders.body import Body
from rakelab.loaders.files import Opened, opened
from rakelab.loaders.metadata import screened
from rakelab.loaders.sources import Source
from rakelab.loaders.sources import source as source_map
from rakelab.loaders.spelling import fold, synthetic


def read(
    path: str | Path, *, source: str | Path | None = None, known: frozenset[str] = frozenset(), sheet: str = ""
) -> RawTable:
    """The table in a CSV, XLSX, XLS, ODS, SPSS or Parquet file, as text.

    Every column of ``frame`` is a categorical of text (blank is missing); native numbers, dates and truth values
    become text that reads one way. ``source`` is a source map's name or path. ``known`` are folded headings that help
    to choose among the sheets of a workbook; ``sheet`` names one, and then the file must be a workbook that has it.

    Raises FileError for a file that holds no usable table, CodebookError for a broken source map.
    """
    chosen = source_map(source)
    file = opened(path)
    if sheet:
        chosen = _of_sheet(file, chosen, sheet)
    with ThreadPoolExecutor(max_workers=1) as aside:  # the check sum of a large file takes as long as its parsing
        digest = aside.submit(lambda: file.sha256)
        body = screened(_body(file, chosen, known), chosen, file.name)
    if len(body.columns) < 2:
        raise FileError("loaders.file.no_table", file=file.name)
    frame = pd.concat([pd.Series(column, copy=False) for column in body.columns], axis=1)
    frame.columns = pd.Index([heading.shown for heading in body.headings])
    origin = Origin(identifiers.shown(file.name), digest.result(), body.reader, _synthetic(file.name, body))
    details = {"headings": body.headings, "labels": body.labels, "source": chosen}
    return RawTable(frame, tuple(body.rows.tolist()), origin, body.findings, details)


def sheets(path: str | Path) -> tuple[str, ...]:
    """The sheets of a workbook that can be seen in it; none for another kind of file. Raises FileError as ``read``."""
    file = opened(path)
    return workbook.sheets(file) if file.kind == "book" else ()


def _of_sheet(file: Opened, chosen: Source, sheet: str) -> Source:
    if file.kind != "book":
        raise FileError("loaders.file.no_sheets", file=file.name, sheet=sheet)
    return replace(chosen, sheet=sheet)


def _body(file: Opened, source: Source, known: frozenset[str]) -> Body:
    match file.kind:
        case "text":
            return delimited.read(file, source)
        case "book":
            return workbook.read(file, source, known)
        case "sav":
            return columnar.read_sav(file)
    return columnar.read_parquet(file)


def _synthetic(name: str, body: Body) -> bool:
    """A file says that it is made up in its name, or in the text above or below the table."""
    said = " ".join((name, *body.around))
    return any(word in fold(said) for word in synthetic())
