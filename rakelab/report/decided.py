"""``rakelab review``: whether a report may be published, beside it as ``review.json``; by whom, when and why.

A decision holds for the released numbers that it was made on: of others nothing has been decided.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from rakelab import i18n, identifiers
from rakelab.errors import UsageError, nearest
from rakelab.report import files
from rakelab.report.review import SHEET

DECISION, FORMAT = "review.json", "rakelab-review-1"
RELEASED = "released.json"
DECISIONS = ("approved", "returned")


def run(folder: Path, options: Mapping[str, str], lang: str) -> list[str]:
    """What was decided of the report in ``folder``; with options (``by``, ``decision``, ``note``) it is decided first.
    Raises UsageError for a wrong word and a folder without a report, OutputError where nothing can be written."""
    if not (folder / RELEASED).is_file():
        raise UsageError("review.no_report", folder=folder.name or ".")
    if any(options.values()):
        _decide(folder, options)
    decided = decision(folder)
    if not decided:
        return [i18n.text("review.undecided", lang, sheet=(folder / SHEET).as_posix())]
    return [sentence(decided, lang), *filter(None, [decided["note"]])]


def sentence(decided: Mapping[str, Any], lang: str) -> str:
    """What ``decision`` gave, in words."""
    day = i18n.day(datetime.fromisoformat(decided["day"]).astimezone().date(), lang)
    key = decided["decision"] if decided["holds"] else "changed_since"
    return i18n.text(f"review.{key}", lang, by=decided["by"], day=day)


def _decide(folder: Path, options: Mapping[str, str]) -> None:
    given, by, note = options["decision"], options["by"].strip(), options["note"].strip()
    if given not in DECISIONS:
        raise UsageError("review.decision", word=given or "–", nearest=nearest(given, DECISIONS) or DECISIONS[0])
    if not by:
        raise UsageError("review.by_whom")
    if not identifiers.passes(note):
        raise UsageError("review.note")
    day = datetime.now(UTC).isoformat(timespec="seconds")
    told = {"format": FORMAT, "by": by, "decision": given, "note": note, "day": day, "released": _digest(folder)}
    with files.as_output_errors(folder):
        (folder / DECISION).write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def decision(folder: Path) -> dict[str, Any]:
    """What a reviewer decided of the report in a folder, and whether its numbers are still the same (``holds``);
    empty where nobody has."""
    try:
        written = json.loads((folder / DECISION).read_text(encoding="utf-8"))
        decided = {name: str(written[name]) for name in ("by", "decision", "note", "day")}
        datetime.fromisoformat(decided["day"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    known = written.get("format") == FORMAT and decided["decision"] in DECISIONS
    return {**decided, "holds": written.get("released") == _digest(folder)} if known else {}


def _digest(folder: Path) -> str:
    released = folder / RELEASED
    return sha256(released.read_bytes()).hexdigest() if released.is_file() else ""
