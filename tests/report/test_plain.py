"""The page in plain words beside a report's page."""

from rakelab import archive, present
from rakelab.report import plain

from .notebooks import released


def specs():
    release = archive.loads(released())
    table = next(iter(release.values()))
    return [present.several([present.findings(present.leading(table))]).spec]


def test_a_page_for_each_language_tells_the_finding_and_what_it_does_not_tell():
    pages = plain.pages(specs(), released(), {"fi": "Koe", "sv": "Prov"})
    assert sorted(pages) == ["report.selko.fi.html", "report.selko.sv.html"]
    assert "<h1>Koe, selkokielellä</h1>" in pages["report.selko.fi.html"]
    assert "Sen osuus on noin 7 kymmenestä." in pages["report.selko.fi.html"]
    assert 'href="report.sv.html"' in pages["report.selko.sv.html"]
    assert "inte varför det är så" in pages["report.selko.sv.html"]
    assert "RAKELAB_CONTACT" in pages["report.selko.sv.html"]


def test_a_report_without_a_summary_has_no_such_page():
    assert plain.pages([{"kind": "protection"}], released(), {"fi": "Koe"}) == {}
