"""A check in words and as JSON: names, counts and row numbers, never a cell's value."""

from collections.abc import Mapping
from typing import Any

from rakelab import i18n, identifiers
from rakelab.codebook import Codebook
from rakelab.dataset import Finding, Severity
from rakelab.loaders.checking import Check

#: So many row numbers are named; the rest are counted.
NAMED_ROWS = 3
_LISTS = ("columns", "sheets", "options")


def sentences(check: Check, lang: str) -> list[str]:
    """What became of the file, one sentence each: the account first, then faults, then remarks."""
    said = []
    if check.raw is not None:
        counts = {"read": check.read, "used": check.used, "aside": check.set_aside}
        numbers = {name: i18n.number(count, lang) for name, count in counts.items()}
        said.append(i18n.text("loaders.summary", lang, file=check.file, **numbers))
    if check.error is not None:
        said.append(check.error.sentence(lang).split("\n")[0])
    said += _findings(check, lang)
    if check.set_aside and check.error is None:
        said.append(i18n.text("loaders.advice", lang))
    return said


def _findings(check: Check, lang: str) -> list[str]:
    """A sentence for each finding; absent and unmatched columns share one, or nobody reads the rest."""
    alone = [finding for finding in check.findings if _gathered(finding)]
    said = [finding_sentence(finding, lang, check.codebook) for finding in check.findings if finding not in alone]
    absent = [_variable(finding.variable, lang, check.codebook) for finding in alone if finding.variable]
    unmatched = [f"”{finding.values['column']}”" for finding in alone if not finding.variable]
    for key, names in (("columns_absent", absent), ("columns_unmatched", unmatched)):
        if names:
            said.append(i18n.text(f"loaders.{key}", lang, names=i18n.listing(names, lang)))
    return said


def _gathered(finding: Finding) -> bool:
    return finding.code == "column_absent" or (finding.code == "unmatched_column" and not finding.values["nearest"])


def finding_sentence(finding: Finding, lang: str, codebook: Codebook | None = None) -> str:
    """One finding in one language. Without a codebook the variable is called by its name."""
    key = f"loaders.finding.{finding.code}"
    if finding.values.get("nearest") == "":
        key += "_alone"
    values = {name: _said(name, value, finding, lang) for name, value in finding.values.items()}
    values["variable"] = _variable(finding.variable, lang, codebook)
    if "options" in values and codebook is not None:
        labels = (codebook.label(finding.variable, option, lang) for option in finding.values["options"])
        values["options"] = i18n.listing((f"”{label}”" for label in labels), lang)
    n, rows = len(finding.rows), rows_text(finding.rows, lang)
    counted = {"count": i18n.counted("loaders.rows", n, lang), "n": i18n.number(n, lang)}
    counted["aside"] = i18n.counted("loaders.aside_rows", n, lang, rows=rows)
    return i18n.text(key, lang, rows=rows, **counted, **values)


def _said(name: str, value: Any, finding: Finding, lang: str) -> str:
    if name in _LISTS:
        return i18n.listing((f"”{_name(name, one)}”" for one in value), lang)
    if name == "kinds":
        return i18n.listing((i18n.counted(f"identifiers.{kind}", n, lang) for kind, n in value.items()), lang)
    if name in ("low", "high"):
        return _limit(value, lang)
    return _name(name, str(value))


def _name(name: str, value: str) -> str:
    """Columns are shown as ``Heading.shown`` has them already."""
    return identifiers.shown(value) if name in ("sheet", "sheets") else identifiers.visible(value)


def _limit(value: float | None, lang: str) -> str:
    if value is None:
        return i18n.text("loaders.no_limit", lang)
    return f"{value:g}".replace(".", "," if lang != "en" else ".")


def _variable(name: str, lang: str, codebook: Codebook | None) -> str:
    if codebook is None or not name or name not in codebook:
        return name
    return f"{codebook.title_of(name, lang)} ({name})"


def rows_text(rows: tuple[int, ...], lang: str) -> str:
    """``3, 7, 12 ja 40 muuta``."""
    if len(rows) <= NAMED_ROWS + 1:
        return i18n.listing(map(str, rows), lang)
    named = ", ".join(map(str, rows[:NAMED_ROWS]))
    return i18n.text("loaders.more_rows", lang, rows=named, n=i18n.number(len(rows) - NAMED_ROWS, lang))


def as_json(check: Check) -> dict[str, Any]:
    """The check for other programs. ``error`` is the reason code of a file that cannot be used, or None."""
    return {
        "file": check.file,
        "codebook": check.codebook.name,
        "read": check.read,
        "used": check.used,
        "set_aside": check.set_aside,
        "error": check.error.key.rsplit(".", 1)[-1] if check.error is not None else None,
        "findings": [_finding_json(finding) for finding in check.findings],
    }


def _finding_json(finding: Finding) -> Mapping[str, Any]:
    return {
        "code": finding.code,
        "variable": finding.variable,
        "rows": list(finding.rows),
        "n_rows": len(finding.rows),
        "severity": str(finding.severity),
    }


def row_findings(check: Check) -> tuple[Finding, ...]:
    """The findings that set rows aside."""
    return tuple(finding for finding in check.findings if finding.severity is Severity.ROW)
