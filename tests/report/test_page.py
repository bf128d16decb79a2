import re
from html.parser import HTMLParser

import pytest

from rakelab.errors import NotebookError, UsageError
from rakelab.report.exporter import RakelabExporter

from .notebooks import HOSTILE, TEXTS, code, markdown


class Page(HTMLParser):
    """Tags in order, and the words of each heading."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.headings, self.inside = [], [], None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append([int(tag[1]), ""])
            self.inside = tag

    def handle_endtag(self, tag):
        self.inside = None if tag == self.inside else self.inside

    def handle_data(self, data):
        if self.inside:
            self.headings[-1][1] += data

    def all(self, name):
        return [attrs for tag, attrs in self.tags if tag == name]


@pytest.fixture
def export(executed):
    def make(lang="", *extra):
        made, texts = executed(*extra)
        made.metadata["rakelab"] = {"texts": texts}
        return RakelabExporter(lang=lang).from_notebook_node(made)[0]

    return make


def test_the_page_stands_alone(export):
    html = export()
    page = Page(html)
    assert html.startswith('<!doctype html>\n<html lang="fi">')
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    assert {"http-equiv": "Content-Security-Policy", "content": policy} in page.all("meta")
    assert page.all("script") == page.all("link") == page.all("iframe") == []
    links = [value for _, attrs in page.tags for name, value in attrs.items() if name in ("href", "src", "srcset")]
    assert [link for link in links if not link.startswith(("#", "data:"))] == []


def test_landmarks_skip_link_and_contents(export):
    page = Page(export())
    assert [len(page.all(name)) for name in ("header", "nav", "main", "footer", "h1")] == [1, 1, 1, 1, 1]
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = [attrs["href"] for attrs in page.all("a")]
    assert links[0] == "#sisalto"
    assert {link[1:] for link in links} <= set(ids)


def test_findings_come_first_and_the_method_last(export):
    assert Page(export()).headings == [
        [1, "Koe <b>, 2020–2021"],  # the title of the county's own form
        [2, "Havainnot"],
        [3, "Kuvio 1. Yleisin on ”=Talous”, 70\u00a0%"],
        [3, "Taulukko 2. Tuen tarve vuosittain"],
        [2, "Näin raportti tehtiin"],
        [3, "Suojaus"],
    ]


def test_no_heading_level_is_left_out(export):
    extra = markdown("a", "#### Syvällä"), markdown("b", "# Toinen ylin"), markdown("c", "###### Pohja")
    levels = [level for level, _ in Page(export("", *extra)).headings]
    assert levels == [1, 2, 3, 3, 3, 2, 3, 2, 3]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_other_languages_have_their_own_words(export, lang):
    html = export(lang)
    assert f'<html lang="{lang}">' in html
    assert Page(html).headings[1][1] == TEXTS[lang]["havainnot"].removeprefix("## ")
    assert "Havainnot" not in html


def test_a_text_that_nobody_has_translated_is_shown_as_written_and_marked(export):
    added = markdown("uusi", "Vain **suomeksi**.")
    assert '<div lang="fi"><p>Vain <strong>suomeksi</strong>.</p>' in export("sv", added)
    assert "<div lang" not in export("fi", added)


def test_a_language_nobody_speaks(export):
    with pytest.raises(UsageError):
        export("de")


def test_everything_from_a_file_is_text(export):
    text = "![kuva](https://example.org/x.png) [x](javascript:alert(1)) <img src=x onerror=y>"
    html = export("", markdown("b", text))
    page = Page(html)
    assert "<script" not in html
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    assert [attrs["src"][:5] for attrs in page.all("img")] == ["data:"] * len(page.all("img"))
    assert "example.org" not in html
    assert "javascript:" not in html
    assert HOSTILE not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_code_is_never_shown(export):
    assert "parameters.check" not in export()


def test_synthetic_data_is_marked(export):
    assert "Synteettinen aineisto: tiedot on keksitty" in export()


def test_unreleased_outputs_are_refused(executed):
    made, _ = executed(code("huono", "1 + 1"))
    with pytest.raises(NotebookError) as caught:
        RakelabExporter().from_notebook_node(made)
    assert caught.value.key == "report.unreleased"


def test_a_notebook_that_was_not_run_has_no_page(notebook):
    with pytest.raises(NotebookError) as caught:
        RakelabExporter().from_filename(str(notebook()))
    assert caught.value.key == "report.no_release"


def test_a_section_of_which_this_report_has_nothing_is_left_out(export):
    """A survey without rounds has no heading that promises to compare them."""
    nothing = code("ei-mitaan", "present.several([], silent=True, lang=lang)")
    assert "Kierrokset" not in export("", markdown("kierrokset", "## Kierrokset\n\nVierekkäin."), nothing)
    assert "Kierrokset" in export("", markdown("kierrokset", "## Kierrokset\n\nVierekkäin."))
