"""Every word of a page is in the page's language: no Finnish is left on a Swedish or an English page."""

import json
import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from pages import NAMES as PAGES

from rakelab import i18n
from rakelab.codebook import codebook, names
from rakelab.present.parts import method
from rakelab.report import run

WORD = re.compile(r"[^\W\d_]{3,}")


class Words(HTMLParser):
    """What a reader sees or hears in the page's language, without what is the same in every language: file names and
    code. A text that is marked as being in another language (a passage of the material) is passed over."""

    EMPTY = ("meta", "img", "br", "hr", "col", "link", "input", "source", "wbr")

    def __init__(self, html: str, lang: str = "") -> None:
        super().__init__()
        self.found: list[str] = []
        self.lang = lang
        self.open: list[bool] = []  # of each open element: is it silent?
        self.feed(html)

    @property
    def quiet(self) -> bool:
        return any(self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.EMPTY:
            self.open.append(tag == "style" or dict(attrs).get("lang", self.lang) != self.lang)
        if self.quiet:
            return
        self.found += [value for name, value in attrs if value and name in ("alt", "title", "aria-label")]

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.EMPTY:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self.quiet:
            self.found.append(re.sub(r"\S+\.(?:csv|xlsx|toml|ipynb)\b|\b[0-9a-f]{64}\b", "", data))


def spoken(texts: list[str]) -> set[str]:
    return {word.casefold() for text in texts for word in WORD.findall(re.sub(r"\{\w+\}", " ", text))}


def vocabulary(lang: str) -> set[str]:
    """Every word that the tool, its codebooks and its notebooks have in one language."""
    return spoken([*i18n.words(lang).values(), *_codebooks(lang), *_notebooks(lang)])


def _codebooks(lang: str) -> Iterator[str]:
    for book in map(codebook, names()):
        yield book.title[lang]
        for field in (*book.fields, *book.bands):
            yield book.title_of(field.name, lang)
            yield from (book.label(field.name, level, lang) for level in field.levels)


def _notebooks(lang: str) -> Iterator[str]:
    for path in run.kinds().values():
        if lang == "fi":
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            yield from ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
        else:
            yield from tomllib.loads(
                (path.parent / "kaannokset" / f"{path.stem}.{lang}.toml").read_text(encoding="utf-8")
            ).values()


#: What the method section tells as it is: the codebook's own name and the programs.
NAMES = {name for book in names() for name in book.split("_")} | {name.casefold() for name in method.versions()}


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_no_word_of_another_language(demo_run, name, lang):
    page = spoken(Words((demo_run.report(name) / f"report.{lang}.html").read_text(encoding="utf-8"), lang).found)
    assert len(page) > (300 if name.startswith("palvelutarve") else 90)
    for other in sorted({*i18n.LANGUAGES} - {lang}):
        assert sorted((page & vocabulary(other)) - vocabulary(lang) - NAMES - typed(demo_run.report(name))) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_finnish_page_holds_no_word_of_the_others(demo_run, name):
    page = spoken(Words((demo_run.report(name) / "report.fi.html").read_text(encoding="utf-8"), "fi").found)
    others = vocabulary("sv") | vocabulary("en")
    assert sorted((page & others) - vocabulary("fi") - NAMES - typed(demo_run.report(name))) == []


def typed(folder) -> set[str]:
    """Words of the settings, which the page tells as they were typed, and of the folders that a page was made of."""
    told = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))["parameters"]
    release = json.loads((folder / "released.json").read_text(encoding="utf-8"))
    parts = [part["id"].replace("-", " ") for part in release.get("parts", ())]
    values = [one for value in told.values() for one in (value if isinstance(value, list) else [value])]
    return spoken([value for value in values if isinstance(value, str)] + parts)


def test_a_passage_in_another_language_is_passed_over_and_what_follows_is_not():
    page = '<html lang="sv"><p>Svar</p><ul><li lang="fi">Kela <b>tarkisti</b><br> ohjettaan</li></ul><p>slut</p></html>'
    assert spoken(Words(page, "sv").found) == {"svar", "slut"}


def test_a_finnish_word_would_be_found():
    page = spoken(Words("<p>The needs <b>ryhmittäin</b> <img alt='luottamusväli'></p>").found)
    assert (page & vocabulary("fi")) - vocabulary("en") == {"ryhmittäin", "luottamusväli"}
