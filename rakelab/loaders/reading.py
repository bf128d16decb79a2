"""``read``: the bytes of a file as a table of text, with nobody's name in it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from rakelab import identifiers
from rakelab.codebook import Codebook
from rakelab.errors import FileError
from rakelab.loaders import columnar, delimited, files, workbook
from rakelab.loaders.files import Opened
from rakelab.loaders.matching import known_headings
from rakelab.loaders.metadata import screened
from rakelab.loaders.rows import trimmed
from rakelab.loaders.sources import Source
from rakelab.loaders.sources import source as source_map
from rakelab.loaders.spelling import SYNTHETIC, fold
from rakelab.loaders.table import Table, told_apart


@dataclass(frozen=True)
class _Format:
    """What a file of this format begins with, why one may not be opened (a fault's name), and what reads it.

    A reader is given the file, the source map and the headings that the form knows.
    """

    kind: str
    begins: tuple[bytes, ...]
    fault: Callable[[bytes], str]
    reader: Callable[[Opened, Source, frozenset[str]], Table]


_FORMATS = (
    _Format("book", (b"PK\x03\x04",), files.zip_fault, workbook.read),
    _Format("book", (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",), files.ole_fault, workbook.read),
    _Format("sav", (b"$FL2", b"$FL3"), lambda data: "", columnar.read_sav),
    _Format(
        "dta",
        (b"<stata_dta>", *(bytes((release, order)) for release in (113, 114, 115) for order in (1, 2))),
        lambda data: "",
        columnar.read_sav,
    ),
    _Format("parquet", (b"PAR1",), lambda data: "", columnar.read_parquet),
    _Format("text", (b"",), files.text_fault, delimited.read),
)


def opened(path: str | Path) -> Opened:
    """Reads the file and decides its kind. Raises FileError for what cannot be a table."""
    path = Path(path).absolute()
    data = files.bytes_of(path)
    form = _format(data)
    if fault := form.fault(data):
        raise FileError(f"loaders.file.{fault}", file=path.name)
    return Opened(path, data, form.kind)


def _format(data: bytes) -> _Format:
    return next(form for form in _FORMATS if data.startswith(form.begins))


def read(
    path: str | Path, form: Codebook | None = None, *, source: str | Path | Source | None = None, sheet: str = ""
) -> Table:
    """The table in a CSV, XLSX, XLS, ODS, SPSS, Stata or Parquet file, as text; native numbers, dates and truth values
    become text that reads one way.

    Of a workbook the sheet that ``sheet`` or the source map names (and then the file must be a workbook that has it),
    else the one with most headings of ``form``, else the first. ``source`` is a source map, or its name or path.

    Raises FileError for a file that holds no usable table, CodebookError for a broken source map.
    """
    chosen = source_map(source)
    file = opened(path)
    if sheet and file.kind != "book":
        raise FileError("loaders.file.no_sheets", file=file.name, sheet=sheet)
    chosen = replace(chosen, sheet=sheet) if sheet else chosen
    known = known_headings(form) if form else frozenset()
    with ThreadPoolExecutor(max_workers=1) as aside:  # the check sum of a large file takes as long as its parsing
        digest = aside.submit(lambda: file.sha256)
        table = screened(trimmed(_format(file.data).reader(file, chosen, known)), chosen)
    if len(table.columns) < (1 if table.labels else 2):
        raise FileError("loaders.file.no_table", file=file.name)
    said = fold(" ".join((file.name, *table.around)))  # a file says so in its name, or above or below the table
    synthetic = any(word in said for word in SYNTHETIC)
    shown = identifiers.shown(file.name)
    origin = replace(table.origin, file=shown, sha256=digest.result(), synthetic=synthetic)
    return replace(table, source=chosen, origin=origin, headings=tuple(told_apart(table.headings)))
