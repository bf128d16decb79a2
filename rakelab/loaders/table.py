"""A table of text as it stood in a file: headings, columns, row numbers, and what was noticed on the way."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from html import escape

import numpy as np
import pandas as pd

from rakelab import identifiers
from rakelab.dataset import Finding, Origin, Severity
from rakelab.errors import FileError
from rakelab.loaders.columns import letters
from rakelab.loaders.sources import Source
from rakelab.loaders.spelling import TOTALS, fold

_LONGEST_SHOWN = 60
#: More columns than this is no form.
WIDEST = 2000
#: How many rows at the end are looked at to find notes below the table.
_TAIL = 60
NUMBER_LIKE = re.compile(r"^[-+−]?[\d\s.,]*\d\s*%?$|^\d{4}-\d\d-\d\d|^(true|false)$")


@dataclass(frozen=True)
class Heading:
    """How a file names one column. ``pairs`` are (question, option) readings, tried before the plain ``names``."""

    text: str
    position: int
    names: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> str:
        """The heading as a message may show it: short, and never one that holds an identifier."""
        text = " ".join(self.text.split())
        shown = identifiers.shown(text)
        if not text or shown != identifiers.visible(text):
            return letters(self.position)
        return shown if len(shown) <= _LONGEST_SHOWN else shown[: _LONGEST_SHOWN - 1] + "…"


@dataclass(frozen=True, repr=False)
class Table:
    """``columns[i]`` is a categorical of text under ``headings[i]`` (blank is missing); ``rows`` are the file's row
    numbers.

    ``around`` holds the text found above and below the table; ``labels`` the value labels of an SPSS column.
    """

    headings: tuple[Heading, ...]
    columns: tuple[pd.Categorical, ...]
    rows: np.ndarray
    origin: Origin
    findings: tuple[Finding, ...] = ()
    around: tuple[str, ...] = ()
    labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    source: Source = field(default_factory=Source)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"<Table {self.origin.file}: {len(self)} rows, {len(self.columns)} columns>"

    def _repr_html_(self) -> str:
        return escape(repr(self))

    @property
    def frame(self) -> pd.DataFrame:
        """The cells under the headings as a message may show them."""
        frame = pd.concat([pd.Series(column, copy=False) for column in self.columns], axis=1)
        frame.columns = pd.Index([heading.shown for heading in self.headings])
        return frame

    def noted(self, code: str, *, rows: Iterable[int] = (), variable: str = "", **values: object) -> "Table":
        """The same table with one more remark."""
        return replace(self, findings=(*self.findings, Finding(code, variable, tuple(rows), Severity.NOTE, values)))

    def with_columns(self, positions: list[int]) -> "Table":
        """The same table with these columns only."""
        if len(positions) == len(self.columns):
            return self
        return replace(
            self,
            headings=tuple(self.headings[i] for i in positions),
            columns=tuple(self.columns[i] for i in positions),
            labels={new: self.labels[old] for new, old in enumerate(positions) if old in self.labels},
        )


def trimmed(table: Table) -> Table:
    """The table cut to its data: no ghost columns, no blank rows, no notes below. FileError where none is left."""
    file = table.origin.file
    filled_columns = (heading.text or (column.codes >= 0).any()
                      for heading, column in zip(table.headings, table.columns, strict=True))  # fmt: skip
    table = table.with_columns([i for i, filled in enumerate(filled_columns) if filled])
    if len(table.columns) > WIDEST:
        raise FileError("loaders.file.too_many_columns", file=file, n=len(table.columns), limit=WIDEST)
    if len(table.columns) < 2:
        raise FileError("loaders.file.no_table", file=file)
    table = _without_notes(table) if len(table) else table
    if not len(table):
        raise FileError("loaders.file.no_rows", file=file)
    return table


def _without_notes(table: Table) -> Table:
    cells = np.sum([column.codes >= 0 for column in table.columns], axis=0)
    notes = notes_below(table.columns, cells)
    keep = (cells > 0) & ~notes
    if keep.all():
        return table
    texts = [str(column[i]) for column in table.columns for i in np.flatnonzero(notes & (column.codes >= 0))]
    kept = replace(
        table,
        columns=tuple(column[keep].remove_unused_categories() for column in table.columns),
        rows=table.rows[keep],
        around=(*table.around, *texts),
    )
    return kept.noted("notes_skipped", rows=table.rows[notes].tolist()) if notes.any() else kept


def notes_below(columns: tuple[pd.Categorical, ...], cells: np.ndarray) -> np.ndarray:
    """Which rows at the end are notes or sums (bool for each row); ``cells`` is how many cells of a row are filled."""
    notes = np.zeros(len(cells), dtype=bool)
    few = max(1, len(columns) // 3)
    for i in range(len(cells) - 1, max(-1, len(cells) - _TAIL), -1):
        looks_like_note = cells[i] <= few and len(columns) > 2 and _unlike_others(columns, i)
        if cells[i] and not looks_like_note and not _is_sum(columns[0], i):
            break
        notes[i] = cells[i] > 0
    return notes


def _is_sum(column: pd.Categorical, i: int) -> bool:
    return column.codes[i] >= 0 and fold(str(column[i])).rstrip(":") in TOTALS


def _unlike_others(columns: tuple[pd.Categorical, ...], i: int) -> bool:
    """The row's texts occur in no other row of their columns, and are words."""
    filled = [column for column in columns if column.codes[i] >= 0]
    return all(
        (column.codes == column.codes[i]).sum() == 1 and not NUMBER_LIKE.match(str(column[i])) for column in filled
    )
