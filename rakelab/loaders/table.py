"""A table of text as it stood in a file: headings, columns, row numbers, and what was noticed on the way."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape

import numpy as np
import pandas as pd

from rakelab import identifiers
from rakelab.dataset import Finding, Origin, Severity
from rakelab.loaders.columns import letters
from rakelab.loaders.dates import day
from rakelab.loaders.sources import Source
from rakelab.loaders.spelling import fold, fold_heading

_LONGEST_SHOWN = 60
NUMBER_LIKE = re.compile(r"^[-+−]?[\d\s.,]*\d\s*%?$|^\d{4}-\d\d-\d\d|^(true|false)$")


@dataclass(frozen=True)
class Heading:
    """How a file names one column. ``pairs`` are (question, option) readings, tried before the plain ``names``."""

    text: str
    position: int
    names: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    title: str = ""  # told apart from the other headings, and without what points at a person

    @property
    def shown(self) -> str:
        """The heading as a message may show it: short, and never one that holds an identifier."""
        text = " ".join(self.text.split())
        shown = identifiers.shown(text)
        if not text or shown != identifiers.visible(text):
            return letters(self.position)
        return shown if len(shown) <= _LONGEST_SHOWN else shown[: _LONGEST_SHOWN - 1] + "…"


def told_apart(headings: Iterable[Heading]) -> Iterator[Heading]:
    """The headings with titles: where several are the same the second is “… (2)”, and what points at a person is
    masked. A file can be read by its titles as well."""
    times: Counter[str] = Counter()
    for heading in headings:
        text = identifiers.title(" ".join(heading.text.split()))
        times[fold_heading(text)] += 1
        again = f" ({n})" if (n := times[fold_heading(text)]) > 1 and heading.text else ""
        title, pairs = (
            text + again,
            [(identifiers.title(asked), identifiers.title(option)) for asked, option in heading.pairs],
        )
        if title == heading.text and pairs == list(heading.pairs):
            yield replace(heading, title=title)
        else:
            own = tuple((question, option + again) for question, option in pairs)
            yield replace(heading, title=title, names=(title, *heading.names), pairs=(*own, *heading.pairs))


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
    since_1904: bool = False  # the calendar of its days without a format

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

    @property
    def headless(self) -> bool:
        """Does a row of answers stand where the headings should?"""
        alike = 0
        for heading, column in zip(self.headings, self.columns, strict=True):
            texts = column.categories.tolist()
            if _measures(heading.text) and sum(map(_measures, texts)) * 10 > len(texts) * 9:
                return True
            alike += len(texts) > 1 and not heading.pairs and fold(heading.text) in set(map(fold, texts))
        return alike * 3 >= len(self.headings)

    def noted(self, code: str, *, rows: Iterable[int] = (), variable: str = "", **values: object) -> "Table":
        """The same table with one more remark."""
        return replace(self, findings=(*self.findings, Finding(code, variable, tuple(rows), Severity.NOTE, values)))

    def only(self, keep: np.ndarray) -> "Table":
        """The same table with these rows only."""
        columns = tuple(column[keep].remove_unused_categories() for column in self.columns)
        return replace(self, columns=columns, rows=self.rows[keep])

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


def _measures(text: str) -> bool:
    """A number or a day, and no year."""
    return bool(NUMBER_LIKE.match(text) or not isinstance(day(text), str)) and not re.fullmatch(r"(19|20)\d\d", text)
