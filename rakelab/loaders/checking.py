"""The way in: ``load`` gives the rows of a file, ``check`` what is right and wrong in it, in words and as JSON."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from rakelab import i18n
from rakelab.codebook import Codebook, codebook
from rakelab.dataset import Dataset
from rakelab.errors import FileError
from rakelab.identifiers import shown
from rakelab.loaders.findings import UnusableFileError, finding_sentence, variable_title
from rakelab.loaders.fitting import ACCEPTED, advised, lost
from rakelab.loaders.reading import read
from rakelab.loaders.sources import Source
from rakelab.loaders.validation import Check, examine, taken


def load(
    path: str | Path,
    form: Codebook | str | Path,
    *,
    source: str | Path | Source | None = None,
    sheet: str = "",
    havikki: int = ACCEPTED,
) -> Dataset:
    """The rows of a file that fit ``form``: a codebook, or its name or path. ``source`` and ``sheet`` as in ``read``;
    ``havikki``: so many percent of the rows may be lost.

    Raises FileError for a file that holds no usable table, UnusableFileError (with all its faults) for one that does
    not fit the form or loses more rows, CodebookError for a broken form or source map.
    """
    form = form if isinstance(form, Codebook) else codebook(form)
    checked = advised(examine(read(path, form, source=source, sheet=sheet), form))
    if checked.error is None and lost(checked, havikki):
        counts = {"n": checked.set_aside, "read": checked.read, "limit": havikki}
        share = -(-100 * checked.set_aside // checked.read)
        raise UnusableFileError(
            "loaders.file.lost", file=checked.file, share=share, findings=checked.findings, **counts
        )
    dataset = taken(checked)
    return replace(dataset, origin=replace(dataset.origin, folder=str(Path(path).absolute().parent), sheet=sheet))


def check(path: str | Path, codebook: Codebook, *, source: str | Path | None = None) -> Check:
    """What became of every row of a file. Raises CodebookError for a broken source map only."""
    try:
        return advised(examine(read(path, codebook, source=source), codebook))
    except FileError as fault:
        return Check(shown(Path(path).absolute().name), codebook, 0, 0, 0, error=fault.with_traceback(None))


def sentences(check: Check, lang: str) -> list[str]:
    """What became of the file, one sentence each: the account first, then faults, then remarks."""
    said = []
    if check.table is not None:
        counts = {"read": check.read, "used": check.used, "aside": check.set_aside}
        numbers = {name: i18n.number(count, lang) for name, count in counts.items()}
        said.append(i18n.text("loaders.summary", lang, file=check.file, **numbers))
    if check.error is not None:
        said.append(check.error.sentence(lang).split("\n")[0])
    said += _findings(check, lang)
    if check.set_aside and check.error is None:
        said += [i18n.text("loaders.stops", lang, limit=ACCEPTED)] if lost(check, ACCEPTED) else []
        said.append(i18n.text("loaders.advice", lang))
    return said


def _findings(check: Check, lang: str) -> list[str]:
    """A sentence for each finding; absent and unmatched columns share one, or nobody reads the rest."""
    said, absent, unmatched = [], [], []
    for finding in check.findings:
        if finding.code == "column_absent":
            absent.append(variable_title(finding.variable, lang, check.codebook))
        elif finding.code == "unmatched_column" and not finding.values["nearest"]:
            unmatched.append(f"”{finding.values['column']}”")
        else:
            said.append(finding_sentence(finding, lang, check.codebook))
    for key, names in (("columns_absent", absent), ("columns_unmatched", unmatched)):
        if names:
            said.append(i18n.text(f"loaders.{key}", lang, names=i18n.listing(names, lang)))
    return said


def as_json(check: Check) -> dict[str, Any]:
    """The check for other programs. ``error`` is the reason code of a file that cannot be used, or None."""
    findings = [
        {
            "code": finding.code,
            "variable": finding.variable,
            "rows": list(finding.rows),
            "n_rows": len(finding.rows),
            "severity": str(finding.severity),
        }
        for finding in check.findings
    ]
    return {
        "file": check.file,
        "codebook": check.codebook.name,
        "read": check.read,
        "used": check.used,
        "set_aside": check.set_aside,
        "error": check.error.key.rsplit(".", 1)[-1] if check.error is not None else None,
        "findings": findings,
    }
