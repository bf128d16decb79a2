import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pages import NAMES

from rakelab.i18n import LANGUAGES
from rakelab.report import index

WIDTHS = (1280, 320)
PAGES = [f"{name}.{lang}" for name in (*NAMES, "index") for lang in LANGUAGES]
#: What is looked at more closely: every page in Finnish, and one report and the index in every language.
CHECKED = [page for page in PAGES if page.endswith(".fi") or page.startswith(("palvelutarve_kainuu", "index"))]
#: Every page at one width at least, the Finnish ones at both: (page, width).
VIEWS = [
    (page, width) for page in PAGES for width in WIDTHS if page.endswith(".fi") or width == WIDTHS[page.endswith(".en")]
]


@dataclass
class Events:
    """What happened while a page was opened and used."""

    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def paths(demo_run, tmp_path_factory) -> dict[str, Path]:
    """``palvelutarve_kainuu.sv`` → the page's file; the index in every language beside the demo's own."""
    found = {f"{name}.{lang}": demo_run.report(name) / f"report.{lang}.html" for name in NAMES for lang in LANGUAGES}
    reports = index.provenances(demo_run.folder)
    for lang in LANGUAGES:
        found[f"index.{lang}"] = tmp_path_factory.mktemp("index") / f"index.{lang}.html"
        found[f"index.{lang}"].write_text(index.render(reports, lang), encoding="utf-8")
    assert (sorted(found), len(demo_run.pages)) == (sorted(PAGES), len(PAGES) - len(LANGUAGES))
    return found


@pytest.fixture
def open_page(chromium):
    """Opens a file as its reader does, from the disk and without a network; returns the page and its events."""
    contexts = []

    def visit(path: Path, width: int = 1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, offline=True, **options)
        contexts.append(context)
        page, events = context.new_page(), Events()
        page.on("request", lambda request: events.requests.append(request.url))
        page.on("dialog", lambda dialog: (events.dialogs.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: events.errors.append(str(error)))
        page.on("console", lambda message: events.errors.append(message.text) if message.type == "error" else None)
        page.goto(path.as_uri(), wait_until="load")
        return page, events

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def violations():
    """axe-core's WCAG 2.1 A and AA violations on a page: rule → the elements."""
    from axe_playwright_python.sync_playwright import Axe

    tags = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}

    def find(page) -> dict[str, list[str]]:
        found = json.loads(json.dumps(Axe().run(page, options=tags).response))
        assert len(found["passes"]) > 5  # it did look
        return {one["id"]: [node["html"][:160] for node in one["nodes"]] for one in found["violations"]}

    return find
