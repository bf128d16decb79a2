"""Columns that name a person: dropped when they are metadata, refused when they are identity codes."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd

from rakelab import identifiers
from rakelab.dataset import Finding, Severity
from rakelab.errors import FileError
from rakelab.loaders.body import Body, Heading
from rakelab.loaders.columns import letters
from rakelab.loaders.sources import Source
from rakelab.loaders.spelling import fold

_SAMPLE = 1000
_MARKS = re.compile(r"[\W_]+")
_ADDRESS = re.compile(r"^(?:[\w.+%-]+@[\w-]+(?:\.[\w-]+)+|\d{1,3}(?:\.\d{1,3}){3}|https?://\S+)$")


def screened(body: Body, source: Source, name: str) -> Body:
    """The body without metadata columns. Raises FileError where a column holds identity codes."""
    wanted = {_key(heading) for heading in source.columns}
    refused = [h for h, column in zip(body.headings, body.columns, strict=True) if _refused(h, column)]
    if refused:
        columns = ", ".join(heading.shown for heading in refused)
        raise FileError("loaders.file.hetu_column", file=name, columns=columns)
    own = {_key(heading) for heading in source.drop}
    keep = [i for i, h in enumerate(body.headings) if not _dropped(h, body.columns[i], own) or wanted & _keys(h)]
    dropped = tuple(_called(h) for i, h in enumerate(body.headings) if i not in set(keep))
    if not dropped:
        return body
    note = Finding("metadata_dropped", severity=Severity.NOTE, values={"columns": dropped})
    return replace(
        body,
        headings=tuple(body.headings[i] for i in keep),
        columns=tuple(body.columns[i] for i in keep),
        labels={new: body.labels[old] for new, old in enumerate(keep) if old in body.labels},
        findings=(*body.findings, note),
    )


def _called(heading: Heading) -> str:
    """Without a heading row the first address stands in its place: it is not to be shown."""
    return letters(heading.position) if _ADDRESS.match(heading.text) else heading.shown


def _key(text: str) -> str:
    return _MARKS.sub("", fold(text))


def _keys(heading: Heading) -> set[str]:
    return {_key(name) for name in (heading.text, *heading.names)}


@cache
def _listed(which: str) -> frozenset[str]:
    lists = tomllib.loads((Path(__file__).parent / "metadata.toml").read_text(encoding="utf-8"))
    return frozenset(map(_key, lists[which]))


def _refused(heading: Heading, column: pd.Categorical) -> bool:
    return bool(_keys(heading) & _listed("refuse")) or _most(column, identifiers.is_identity_code)


def _dropped(heading: Heading, column: pd.Categorical, own: set[str]) -> bool:
    listed = _keys(heading) & (_listed("drop") | own)
    return bool(listed) or _most(column, lambda text: bool(_ADDRESS.match(text)))


def _most(column: pd.Categorical, test: Callable[[str], bool]) -> bool:
    """Do more than half of the different texts pass the test? Looks at the first thousand."""
    texts = column.categories[:_SAMPLE]
    return 2 * sum(map(test, texts)) > len(texts)
