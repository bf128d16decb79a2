import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rakelab.i18n import LANGUAGES
from rakelab.report import index

WIDTHS = (1280, 320)
PAGES = [f"{kind}.{lang}" for kind in ("essote", "kainuu", "index") for lang in LANGUAGES]


@dataclass
class Events:
    """What happened while a page was opened and used."""

    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def paths(demo_run, tmp_path_factory) -> dict[str, Path]:
    """``kainuu.sv`` → the page's file; the index in every language beside the demo's own."""
    found = {f"{path.parent.name.rpartition('-')[2]}.{path.suffixes[0][1:]}": path for path in demo_run.pages}
    reports = index.provenances(demo_run.folder)
    for lang in LANGUAGES:
        found[f"index.{lang}"] = tmp_path_factory.mktemp("index") / f"index.{lang}.html"
        found[f"index.{lang}"].write_text(index.render(reports, lang), encoding="utf-8")
    assert sorted(found) == sorted(PAGES)
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
