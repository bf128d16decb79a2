"""``index.html``: every report in a folder, read from their provenance."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rakelab import i18n
from rakelab.report import page

FORMAT = "rakelab-provenance-1"

Provenance = Mapping[str, Any]


def provenances(folder: Path) -> dict[str, Provenance]:
    """Folder name → provenance of each report in ``folder``, newest first. Folders of others are passed over."""
    reports = {path.parent.name: provenance for path in folder.glob("*/provenance.json") if (provenance := read(path))}
    return dict(sorted(reports.items(), key=lambda item: (str(item[1].get("made", "")), item[0]), reverse=True))


def read(path: Path) -> Provenance | None:
    """The provenance of one report; None where there is none, or it is not ours."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and content.get("format") == FORMAT else None


def is_ours(page: str) -> bool:
    """The page is a list of reports that we wrote."""
    return '<p class="dataset">rakelab</p>' in page


def render(reports: Mapping[str, Provenance], lang: str) -> str:
    """The index page in one language."""
    listed = [_report(slug, report, lang) for slug, report in reports.items()]
    return (
        page.environment()
        .get_template("index.html.j2")
        .render(
            lang=lang,
            title=page.word("index", lang),
            intro=i18n.counted("report.page.reports", len(listed), lang),
            reports=listed,
        )
    )


def _report(slug: str, report: Provenance, lang: str) -> dict[str, Any]:
    title = report["title"].get(lang) or next(iter(report["title"].values()), slug)
    dataset = report.get("account", {}).get("title", {}).get(lang, "")
    return {
        "title": dataset if dataset.startswith(title) else title,
        "dataset": "" if dataset.startswith(title) else dataset,
        "file": report["file"]["name"],
        "synthetic": report.get("synthetic", False),
        "links": page.editions(report["languages"], f"{slug}/"),
        "facts": _facts(report, lang),
    }


def _facts(report: Provenance, lang: str) -> Sequence[tuple[str, str]]:
    made = page.day(report["made"], lang)
    given = {name: value for name, value in report["parameters"].items() if name not in ("lang", "data")}
    return [*page.worded(given, lang), (page.word("made", lang), made)]
