"""``index.html``: every report in a folder, read from their provenance."""

import json
from collections.abc import Iterator, Mapping, Sequence
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
    """The index page in one language: a card for each report, by the data that it is of."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for slug, report in reports.items():
        groups.setdefault(report["file"]["name"], []).append(_card(slug, report, lang))
    return (
        page.environment()
        .get_template("index.html.j2")
        .render(
            lang=lang,
            title=page.word("index", lang),
            intro=i18n.counted("report.page.reports", len(reports), lang),
            groups=[_group(file, cards, lang) for file, cards in groups.items()],
        )
    )


def _group(file: str, cards: Sequence[dict[str, Any]], lang: str) -> dict[str, Any]:
    """The reports of one file; several of them tell in part of the same people."""
    overlap = i18n.text("report.page.overlap", lang, n=len(cards)) if file and len(cards) > 1 else ""
    return {"title": file or page.word("no_file", lang), "overlap": overlap, "cards": cards}


def _card(slug: str, report: Provenance, lang: str) -> dict[str, Any]:
    card = report.get("card", {})
    return {
        "title": _said(card.get("title"), lang) or _said(report["title"], lang) or slug,
        "finding": _said(card.get("finding"), lang),
        "synthetic": report.get("synthetic", False),
        "links": page.editions(report["languages"], f"{slug}/"),
        "facts": " · ".join(_facts(report, card, lang)),
    }


def _said(written: Mapping[str, str] | None, lang: str) -> str:
    """The words in this language, else in the first that there are."""
    return (written or {}).get(lang) or next(iter((written or {}).values()), "")


def _facts(report: Provenance, card: Mapping[str, Any], lang: str) -> Iterator[str]:
    if card.get("n") is not None:
        yield i18n.text("present.n", lang, n=i18n.number(card["n"], lang))
    hidden, every = card.get("hidden", (0, 0))
    if every:
        yield i18n.text("report.page.card_hidden", lang, hidden=i18n.number(hidden, lang), all=i18n.number(every, lang))
    yield f"{page.word('made', lang)} {page.day(report['made'], lang)}"
