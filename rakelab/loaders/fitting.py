"""Which of the forms that come with rakelab fits a file better than the one it was read with."""

from dataclasses import replace

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
    """``check``, with the form that fits better where the file cannot be used or loses too much."""
    if check.table is None or not (check.error or lost(check, ACCEPTED)):
        return check
    first = check.table.only(np.arange(len(check.table)) < _TRIED)
    fits = {name: _fit(first, codebook(name)) for name in names() if name != check.codebook.name}
    best = max(fits, key=lambda name: fits[name])
    if fits[best] <= _BETTER * max(_fit(first, check.codebook), 1):
        return check
    findings = (*check.findings, Finding("better_form", severity=Severity.NOTE, values={"form": best}))
    if isinstance(check.error, UnusableFileError):
        check.error.findings = findings
    return replace(check, findings=findings)


def lost(check: Check, accepted: int) -> bool:
    """Are more than ``accepted`` percent of the rows set aside?"""
    return 100 * check.set_aside > accepted * check.read


def _fit(table: Table, form: Codebook) -> float:
    """How many columns the form knows, times the share of rows that it can use."""
    columns = plan(lengthened(table, form), form).matched
    checked = examine(table, form) if columns > 1 else None
    return columns * checked.used / checked.read if checked is not None else 0.0
