"""One row for each person, the point of measurement in the headings (``core10_1_alku``): made one row for each point.

The codebook says which field is the point (role ``point``). A file that has a column for it is long already. The rows
keep the row number of the file, so two of them may have the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from rakelab.codebook import Codebook, Field
from rakelab.loaders.choices import headings_of
from rakelab.loaders.spelling import fold_heading
from rakelab.loaders.table import Heading, Table

_JOINTS = " :_-–—.,/[]()|"


@dataclass(frozen=True)
class _Layout:
    """``own``: point → heading of a variable → position of its column; ``shared``: columns of all points."""

    point: Field
    own: Mapping[str, Mapping[str, int]]
    shared: tuple[int, ...]

    @property
    def points(self) -> list[str]:
        return [value for value in self.point.values if value in self.own]

    @property
    def variables(self) -> dict[str, list[int]]:
        """Heading of a variable → its columns, one for each point (−1: none)."""
        names = dict.fromkeys(name for columns in self.own.values() for name in columns)
        return {name: [self.own[value].get(name, -1) for value in self.points] for name in names}


def headings(codebook: Codebook) -> frozenset[str]:
    """Folded headings that a wide file of this codebook may have, as ``name point``."""
    point = codebook.role("point")
    if point is None:
        return frozenset()
    names = _names(codebook, point)
    return frozenset(f"{name} {word}" for name in names for word in _words(point))


def lengthened(table: Table, codebook: Codebook) -> Table:
    """``table`` with a row for each person and point, where its headings hold the points; else ``table`` itself.

    A point at which a person has nothing makes no row; whoever has nothing at any point keeps one.
    """
    layout = _layout(codebook, table.headings)
    if layout is None:
        return table
    points, variables = layout.points, layout.variables
    rows = _rows(table, layout)
    nothing = pd.Categorical.from_codes(np.full(len(table), -1), categories=pd.Index([], dtype="str"))
    at_points = [[table.columns[i]] * len(points) for i in layout.shared]
    at_points += [[table.columns[i] if i >= 0 else nothing for i in columns] for columns in variables.values()]
    at_points.append(
        [pd.Categorical([point] * len(table), categories=pd.Index([point], dtype="str")) for point in points]
    )
    names = enumerate([*variables, layout.point.name], len(layout.shared))
    old_places = [*layout.shared, *(next(i for i in columns if i >= 0) for columns in variables.values())]
    made = replace(
        table,
        headings=(*(table.headings[i] for i in layout.shared), *(Heading(name, i, (name,)) for i, name in names)),
        columns=tuple(union_categoricals(columns)[rows] for columns in at_points),
        rows=np.tile(table.rows, len(points))[rows],
        labels={new: table.labels[old] for new, old in enumerate(old_places) if old in table.labels},
    )
    return made.noted("made_long", variable=layout.point.name, options=tuple(points))


def _names(codebook: Codebook, point: Field) -> set[str]:
    return {name for field in codebook.fields if field is not point for name in headings_of(field)}


def _words(point: Field) -> dict[str, str]:
    """Folded spelling → point."""
    words = {o.value: (*o.aliases, *o.label.values()) for o in reversed(point.categories)}
    labels = {fold_heading(word): value for value, spelt in words.items() for word in spelt}
    return labels | {fold_heading(value): value for value in point.values}


def _layout(codebook: Codebook, headings: tuple[Heading, ...]) -> _Layout | None:
    point = codebook.role("point")
    if point is None or not point.choice:
        return None
    if set(headings_of(point)) & {fold_heading(name) for heading in headings for name in heading.names}:
        return None
    known, words = _names(codebook, point), _words(point)
    own, shared = dict[str, dict[str, int]](), []
    for i, heading in enumerate(headings):
        value, name = next((reading for reading in _readings(heading, words) if reading[1] in known), ("", ""))
        if not value or name in own.get(value, {}):
            shared.append(i)
        else:
            own.setdefault(value, {})[name] = i
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


def _rows(table: Table, layout: _Layout) -> np.ndarray:
    """Which of the rows of all points, one point after the other, are kept, in the order of the rows of the file."""
    columns = [[table.columns[i].codes >= 0 for i in layout.own[value].values()] for value in layout.points]
    filled = np.array([np.logical_or.reduce(masks) for masks in columns])
    filled[0] |= ~filled.any(axis=0)
    row, point = np.nonzero(filled.T)
    return point * len(table) + row
