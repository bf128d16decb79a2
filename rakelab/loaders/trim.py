"""Cuts a table to its data: no ghost columns, no blank rows, no notes below; and says when nothing is left."""

from dataclasses import replace

import numpy as np

from rakelab.dataset import Finding, Severity
from rakelab.errors import FileError
from rakelab.loaders.body import Body
from rakelab.loaders.layout import notes_below

#: More columns than this is no form.
WIDEST = 2000


def trimmed(body: Body, name: str) -> Body:
    """The body without what is not data. Raises FileError where no table is left."""
    body = _without_ghosts(body)
    if len(body.columns) > WIDEST:
        raise FileError("loaders.file.too_many_columns", file=name, n=len(body.columns), limit=WIDEST)
    if len(body.columns) < 2:
        raise FileError("loaders.file.no_table", file=name)
    if len(body.rows) == 0:
        raise FileError("loaders.file.no_rows", file=name)
    body = _without_notes(body)
    if len(body.rows) == 0:
        raise FileError("loaders.file.no_rows", file=name)
    return body


def _without_ghosts(body: Body) -> Body:
    real = [i for i, heading in enumerate(body.headings) if heading.text or (body.columns[i].codes >= 0).any()]
    if len(real) == len(body.headings):
        return body
    return replace(
        body,
        headings=tuple(body.headings[i] for i in real),
        columns=tuple(body.columns[i] for i in real),
        labels={new: body.labels[old] for new, old in enumerate(real) if old in body.labels},
    )


def _without_notes(body: Body) -> Body:
    filled = np.zeros(len(body.rows), dtype=bool)
    for column in body.columns:
        filled |= column.codes >= 0
    notes = notes_below(body.columns) & filled
    keep = filled & ~notes
    if keep.all():
        return body
    return replace(
        body,
        columns=tuple(column[keep].remove_unused_categories() for column in body.columns),
        rows=body.rows[keep],
        findings=(*body.findings, *_said(body.rows[notes])),
        around=(*body.around, *_texts(body, notes)),
    )


def _texts(body: Body, rows: np.ndarray) -> list[str]:
    return [str(column[i]) for column in body.columns for i in np.flatnonzero(rows & (column.codes >= 0))]


def _said(rows: np.ndarray) -> tuple[Finding, ...]:
    return (Finding("notes_skipped", rows=tuple(rows.tolist()), severity=Severity.NOTE),) if len(rows) else ()
