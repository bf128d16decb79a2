"""Columns that name a person: dropped when they are metadata, refused when they are identity codes."""

import re
from collections.abc import Callable

import pandas as pd

from rakelab import identifiers
from rakelab.errors import FileError
from rakelab.loaders.columns import letters
from rakelab.loaders.sources import Source
from rakelab.loaders.spelling import SPELLINGS, fold
from rakelab.loaders.table import Heading, Table

_SAMPLE = 1000
_MARKS = re.compile(r"[\W_]+")
_ADDRESS = re.compile(r"^(?:[\w.+%-]+@[\w-]+(?:\.[\w-]+)+|\d{1,3}(?:\.\d{1,3}){3}|https?://\S+)$")


def _key(text: str) -> str:
    """A heading as it is compared here: spaces, case, underscores and hyphens do not matter."""
    return _MARKS.sub("", fold(text))


_DROPPED, _REFUSED = (frozenset(map(_key, SPELLINGS["columns"][name])) for name in ("drop", "refuse"))


def screened(table: Table, source: Source) -> Table:
    """The table without metadata columns, but for those that the source map wants. Raises FileError where a column
    holds identity codes."""
    columns = list(zip(table.headings, table.columns, strict=True))
    refused = [heading.shown for heading, column in columns
               if _keys(heading) & _REFUSED or _most(column, identifiers.is_identity_code)]  # fmt: skip
    if refused:
        raise FileError("loaders.file.hetu_column", file=table.origin.file, columns=", ".join(refused))
    wanted, unwanted = set(map(_key, source.columns)), _DROPPED | set(map(_key, source.drop))
    dropped = {
        i: _told(heading)
        for i, (heading, column) in enumerate(columns)
        if (_keys(heading) & unwanted or _most(column, _is_address)) and not wanted & _keys(heading)
    }
    kept = table.with_columns([i for i in range(len(columns)) if i not in dropped])
    return kept.noted("metadata_dropped", columns=tuple(dropped.values())) if dropped else kept


def _keys(heading: Heading) -> set[str]:
    return set(map(_key, (heading.text, *heading.names)))


def _is_address(text: str) -> bool:
    return bool(_ADDRESS.match(text))


def _told(heading: Heading) -> str:
    """Without a heading row the first address stands in its place: it is not to be shown."""
    return letters(heading.position) if _is_address(heading.text) else heading.shown


def _most(column: pd.Categorical, test: Callable[[str], bool]) -> bool:
    """Do more than half of the different texts pass the test? Looks at the first thousand."""
    texts = column.categories[:_SAMPLE]
    return 2 * sum(map(test, texts)) > len(texts)
