"""Findings in words: names, counts and row numbers, never a cell's value."""

from collections.abc import Mapping
from typing import Any

from rakelab import i18n, identifiers
from rakelab.codebook import Codebook
from rakelab.dataset import Finding
from rakelab.errors import FileError

#: Remarks that help to mend a file that cannot be used.
_ADVICE = ("better_form", "unknown_texts")
#: So many row numbers are named; the rest are counted.
NAMED_ROWS = 3
_LONGEST = 60


class UnusableFileError(FileError):
    """A file that cannot be used. ``findings`` holds every fault of it: codes, variables, row numbers, no values."""

    def __init__(self, key: str, /, *, findings: tuple[Finding, ...] = (), **values: object) -> None:
        super().__init__(key, **values)
        self.findings = findings

    def sentence(self, lang: str) -> str:
        worst = "file" if any(finding.severity == "file" for finding in self.findings) else "row"
        faults = (one for one in self.findings if one.severity == worst or one.code in _ADVICE)
        return "\n".join([super().sentence(lang), *(f"– {finding_sentence(fault, lang)}" for fault in faults)])


def finding_sentence(finding: Finding, lang: str, codebook: Codebook | None = None) -> str:
    """One finding in one language. Without a codebook the variable is called by its name."""
    alone = "_alone" if finding.values.get("nearest") == "" else ""
    values = {name: _shown(name, value, lang) for name, value in finding.values.items()}
    if "options" in values and codebook is not None:
        labels = (codebook.label(finding.variable, option, lang) for option in finding.values["options"])
        values["options"] = i18n.listing((f"”{label}”" for label in labels), lang)
    rows, n = rows_text(finding.rows, lang), len(finding.rows)
    values |= {
        "variable": variable_title(finding.variable, lang, codebook),
        "rows": rows,
        "n": i18n.number(n, lang),
        "count": i18n.counted("loaders.rows", n, lang),
        "aside": i18n.counted("loaders.aside_rows", n, lang, rows=rows),
    }
    return i18n.text(f"loaders.finding.{finding.code}{alone}", lang, **values)


def _shown(name: str, value: Any, lang: str) -> str:
    """Names without identifiers. (Columns are as ``Heading.shown`` has them.)"""
    safe = identifiers.shown if name in ("sheet", "sheets") else identifiers.visible
    if name in ("columns", "sheets", "options"):
        return i18n.listing((f"”{safe(one)}”" for one in value), lang)
    if name == "texts":
        return i18n.listing((_text(text, n, near, lang) for text, n, near in value), lang)
    if name == "kinds":
        return i18n.listing((i18n.counted(f"identifiers.{kind}", n, lang) for kind, n in value.items()), lang)
    if name in ("low", "high") and value is None:
        return i18n.text("loaders.no_limit", lang)
    if name in ("low", "high"):
        return f"{value:g}".replace(".", "," if lang != "en" else ".")
    return safe(str(value))


def _text(text: str, n: int, near: Mapping[str, str], lang: str) -> str:
    """A text that many rows share, and the option that is like it."""
    values = {
        "text": identifiers.shown(" ".join(text.split())[:_LONGEST]),
        "count": i18n.counted("loaders.rows", n, lang),
    }
    return i18n.text("loaders.text_near" if near else "loaders.text", lang, near=near.get(lang, ""), **values)


def variable_title(name: str, lang: str, codebook: Codebook | None) -> str:
    if codebook is None or not name or name not in codebook:
        return name
    return f"{codebook.title_of(name, lang)} ({name})"


def rows_text(rows: tuple[int, ...], lang: str) -> str:
    """``3, 7, 12 ja 40 muuta``."""
    if len(rows) <= NAMED_ROWS + 1:
        return i18n.listing(map(str, rows), lang)
    named = ", ".join(map(str, rows[:NAMED_ROWS]))
    return i18n.text("loaders.more_rows", lang, rows=named, n=i18n.number(len(rows) - NAMED_ROWS, lang))
