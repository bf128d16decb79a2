"""Which of the forms that come with rakelab fits a file better than the one it was read with."""

from dataclasses import replace
from functools import cache

import numpy as np

from rakelab.codebook import Codebook, codebook, names
from rakelab.dataset import Finding, Severity
from rakelab.loaders.findings import UnusableFileError
from rakelab.loaders.matching import plan
from rakelab.loaders.table import Table
from rakelab.loaders.validation import Check, examine
from rakelab.loaders.wide import lengthened

#: So many rows are tried, and a form fits better by so much.
_TRIED, _BETTER = 300, 1.25
#: So many percent of a file's rows may be lost.
ACCEPTED = 10


def advised(check: Check) -> Check:
    """``check``, with the form that fits better where the file cannot be used, loses too much, or has many columns that
    the form does not know."""
    unknown = sum(finding.code == "unmatched_column" for finding in check.findings)
    if check.table is None or not (check.error or lost(check, ACCEPTED) or 10 * unknown > len(check.table.headings)):
        return check
    first = check.table.only(np.arange(len(check.table)) < _TRIED)
    here = max(_fit(first, check.codebook, _columns(first, check.codebook)), 1)
    better = _better(first, min(_BETTER * here, here + len(first.headings) / 10))
    if not better:
        return check
    findings = (*check.findings, Finding("better_form", severity=Severity.NOTE, values={"form": better}))
    if isinstance(check.error, UnusableFileError):
        check.error.findings = findings
    return replace(check, findings=findings)


def lost(check: Check, accepted: int) -> bool:
    """Are more than ``accepted`` percent of the rows set aside?"""
    return 100 * check.set_aside > accepted * check.read


def _better(table: Table, least: float) -> str:
    """The name of the form that fits best, and by more than ``least``. A form that knows fewer columns cannot."""
    best = ""
    for columns, name in sorted(((_columns(table, form), name) for name, form in _built_in().items()), reverse=True):
        if columns > least and (fit := _fit(table, _built_in()[name], columns)) > least:
            best, least = name, fit
    return best


@cache
def _built_in() -> dict[str, Codebook]:
    return {name: codebook(name) for name in names()}


def _columns(table: Table, form: Codebook) -> int:
    """How many columns the form knows."""
    return plan(lengthened(table, form), form).matched


def _fit(table: Table, form: Codebook, columns: int) -> float:
    """The columns that the form knows, times the share of rows that it can use."""
    checked = examine(table, form)
    return columns * checked.used / checked.read
