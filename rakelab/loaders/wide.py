"""One row for each person, the point of measurement in the headings (``core10_1_alku``): made one row for each point.

The codebook says which field is the point (role ``point``). A file that has a column for it is long already. The rows
keep the row number of the file, so two of them may have the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from rakelab.codebook import Codebook, Field
from rakelab.dataset import Finding, RawTable, Severity
from rakelab.loaders.body import Heading
from rakelab.loaders.columns import parts
from rakelab.loaders.spelling import fold_heading

_JOINTS = " :_-–—.,/[]()|"


@dataclass(frozen=True)
class _Layout:
    """``own``: point → heading of a variable → position of its column; ``shared``: columns of all points."""

    point: Field
    own: Mapping[str, Mapping[str, int]]
    shared: tuple[int, ...]

    @property
    def variables(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for columns in self.own.values() for name in columns))


def spellings(one: Field) -> list[str]:
    """Folded headings that mean the variable."""
    return [fold_heading(text) for text in (one.name, *one.aliases, *one.title.values())]


def headings(codebook: Codebook) -> frozenset[str]:
    """Folded headings that a wide file of this codebook may have, as ``name point``."""
    point = codebook.role("point")
    if point is None:
        return frozenset()
    words = _words(point)
    names = [name for one in codebook.fields if one is not point for name in spellings(one)]
    return frozenset(f"{name} {word}" for name in names for word in words)


def lengthened(raw: RawTable, codebook: Codebook, given: tuple[Heading, ...]) -> RawTable:
    """``raw`` with a row for each person and point, where its headings hold the points; else ``raw`` itself.

    A point at which a person has nothing makes no row; whoever has nothing at any point keeps one.
    """
    found = _layout(codebook, given)
    if found is None:
        return raw
    points = [value for value in found.point.values if value in found.own]
    keep, order = _rows(raw, found, points)
    columns = [_stacked([raw.frame.iloc[:, i]] * len(points), keep, order) for i in found.shared]
    for name in found.variables:
        places = [found.own[value].get(name, -1) for value in points]
        columns.append(_stacked([_column(raw, i) for i in places], keep, order))
    columns.append(_stacked([_constant(value, len(raw.frame)) for value in points], keep, order))
    frame = pd.concat([pd.Series(column) for column in columns], axis=1)
    made = _headings(given, found)
    frame.columns = pd.Index([heading.shown for heading in made])
    rows = np.tile(np.asarray(raw.rows, dtype=np.int64), len(points))[keep][order]
    values = {"options": tuple(points)}
    note = Finding("made_long", found.point.name, severity=Severity.NOTE, values=values)
    details = {**raw.details, "headings": made, "labels": _labels(raw, found, points)}
    return replace(raw, frame=frame, rows=tuple(rows.tolist()), findings=(*raw.findings, note), details=details)


def _words(point: Field) -> dict[str, str]:
    """Folded spelling → point."""
    words = {o.value: (*o.aliases, *o.label.values()) for o in reversed(point.categories)}
    labels = {fold_heading(word): value for value, spelt in words.items() for word in spelt}
    return labels | {fold_heading(value): value for value in point.values}


def _layout(codebook: Codebook, given: tuple[Heading, ...]) -> _Layout | None:
    point = codebook.role("point")
    if point is None or not point.choice:
        return None
    own_names = set(spellings(point))
    if any(own_names & set(map(fold_heading, heading.names)) for heading in given):
        return None
    known = {name for one in codebook.fields if one is not point for name in spellings(one)}
    words, own, shared = _words(point), dict[str, dict[str, int]](), []
    for i, heading in enumerate(given):
        target = next((t for t in _readings(heading, words) if t[1] in known), None)
        if target is None or target[1] in own.get(target[0], {}):
            shared.append(i)
        else:
            own.setdefault(target[0], {})[target[1]] = i
    return _Layout(point, own, tuple(shared)) if own else None


def _readings(heading: Heading, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(point, heading of the variable) as a heading may be taken apart."""
    for pair in heading.pairs:
        upper, lower = map(fold_heading, pair)
        if upper in words:
            yield words[upper], lower
        if lower in words:
            yield words[lower], upper
    for name in map(fold_heading, heading.names):
        whole = name.strip(_JOINTS)
        for word, value in words.items():
            if whole.endswith(word) and whole[: -len(word)][-1:] in tuple(_JOINTS):
                yield value, whole[: -len(word)].strip(_JOINTS)
            if whole.startswith(word) and whole[len(word) :][:1] in tuple(_JOINTS):
                yield value, whole[len(word) :].strip(_JOINTS)


def _rows(raw: RawTable, found: _Layout, points: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Of the rows of all points, one point after the other: which to keep, and their order by row of the file."""
    count = len(raw.frame)
    filled = np.zeros((len(points), count), dtype=bool)
    for place, value in enumerate(points):
        for i in found.own[value].values():
            filled[place] |= parts(raw.frame.iloc[:, i])[0] >= 0
    filled[0] |= ~filled.any(axis=0)
    keep = filled.ravel()
    order = np.argsort(np.tile(np.arange(count), len(points))[keep], kind="stable")
    return keep, order


def _column(raw: RawTable, position: int) -> pd.Series:
    return raw.frame.iloc[:, position] if position >= 0 else _constant("", len(raw.frame))


def _constant(text: str, count: int) -> pd.Series:
    codes = np.zeros(count, dtype=np.int8) if text else np.full(count, -1, dtype=np.int8)
    return pd.Series(pd.Categorical.from_codes(codes, categories=pd.Index([text] if text else [], dtype="str")))


def _stacked(columns: list[pd.Series], keep: np.ndarray, order: np.ndarray) -> pd.Categorical:
    """Columns one under the other."""
    found: dict[str, int] = {}
    codes = []
    for column in columns:
        own, texts = parts(column)
        table = np.array([*(found.setdefault(text, len(found)) for text in texts), -1], dtype=np.int32)
        codes.append(table[own])
    return pd.Categorical.from_codes(np.concatenate(codes)[keep][order], categories=pd.Index(list(found), dtype="str"))


def _headings(given: tuple[Heading, ...], found: _Layout) -> tuple[Heading, ...]:
    kept = [given[i] for i in found.shared]
    names = [*found.variables, found.point.name]
    made = [Heading(name, i, (name,)) for i, name in enumerate(names, len(kept))]
    return (*kept, *made)


def _labels(raw: RawTable, found: _Layout, points: list[str]) -> Mapping[int, Mapping[str, str]]:
    """Value labels of an SPSS file under the new positions."""
    old: Mapping[int, Mapping[str, str]] = raw.details.get("labels", {})
    places = [*found.shared]
    for name in found.variables:
        places.append(next(found.own[value][name] for value in points if name in found.own[value]))
    return {new: old[i] for new, i in enumerate(places) if i in old}
