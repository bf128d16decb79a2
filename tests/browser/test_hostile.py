"""Labels, titles and a file name that are HTML: the page shows them as text and nothing of them runs."""

import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from rakelab import demo
from rakelab.codebook import Field, codebook
from rakelab.demo import plain
from rakelab.i18n import LANGUAGES
from rakelab.report.run import Order, report

from .conftest import WIDTHS

pytestmark = pytest.mark.browser
SCRIPT, IMAGE = "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'
SPOILT = {
    "kunta": ("205", IMAGE),
    "status": ("tyoton", SCRIPT),
    "asuminen": ("vuokra", IMAGE),
    "tuen_tarpeet": ("talous", IMAGE),
}
FILE = '"><img src=x onerror=alert(1)>.csv'


def quoted(words: dict[str, str]) -> str:
    return "{ " + ", ".join(f"{lang} = {json.dumps(text)}" for lang, text in words.items()) + " }"


def spoilt(field: Field) -> str:
    """The field again, one option and the title with HTML in them."""
    value, html = SPOILT[field.name]
    options = [
        f'  {{ value = "{o.value}", label = {quoted(hostile(o.label, html) if o.value == value else o.label)} }},'
        for o in field.categories
    ]
    lines = [
        "[[field]]",
        f'name = "{field.name}"',
        f'type = "{field.type}"',
        f"title = {quoted(hostile(field.title, SCRIPT))}",
    ]
    lines += [f'role = "{field.role}"'] * bool(field.role) + ["categories = [", *options, "]"]
    return "\n".join([*lines, f"description = {quoted(field.description)}"])


def hostile(words, html: str) -> dict[str, str]:
    return {lang: f"{html}{text}" for lang, text in words.items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("hostile")
    form = codebook("palvelutarve")
    (home / FILE).write_bytes(plain.table(demo.kainuu_rows(n=200), form))
    title = quoted(hostile(form.title, SCRIPT))
    head = f'[codebook]\nname = "oma"\nversion = "{IMAGE[2:]}"\nextends = "palvelutarve"\ntitle = {title}'
    own = home / "oma.toml"
    own.write_text("\n\n".join([head, *(spoilt(form[name]) for name in SPOILT)]), encoding="utf-8")
    return report(str(own), home / FILE, order=Order(home / "out", LANGUAGES, quiet=True))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", [*(f"report.{lang}.html" for lang in LANGUAGES), "../index.html"])
def test_html_in_words_is_text(folder, open_page, violations, name, width):
    page, events = open_page((folder / name).resolve(), width)
    assert (events.dialogs, events.errors, [url for url in events.requests if url.endswith("/x")]) == ([], [], [])
    assert page.evaluate("document.querySelectorAll('script, [onerror], img[src=x]').length") == 0
    text = page.inner_text("body")
    assert (SCRIPT in text, IMAGE in text) == (True, True)
    if name.startswith("report"):
        alts = "[...document.querySelectorAll('svg')].filter(one => one.textContent.includes('onerror')).length"
        assert page.evaluate(alts) > 0
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width + 1
    if name in ("report.fi.html", "../index.html") and width == 1280:
        assert violations(page) == {}


def test_html_in_words_is_text_in_every_picture(folder):
    pictures = [path.read_text(encoding="utf-8") for path in folder.glob("figures/*.svg")]
    page = (folder / "report.fi.html").read_text(encoding="utf-8")
    drawn = re.findall(r"<svg class=.*?</svg>", page, flags=re.DOTALL)
    assert len(drawn) == 2 * len(pictures) > 10
    pictures += drawn
    tags = {
        element.tag.rpartition("}")[2] for picture in pictures for element in ElementTree.fromstring(picture).iter()
    }
    assert tags & {"script", "img", "image", "foreignObject", "a"} == set()
    names = [
        name for picture in pictures for element in ElementTree.fromstring(picture).iter() for name in element.attrib
    ]
    assert [name for name in names if name.startswith("on")] == []


def test_html_in_words_is_text_in_the_workbook(folder):
    with zipfile.ZipFile(folder / "tables.xlsx") as book:
        parts = {name: book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".xml")}
    assert any("&lt;script&gt;" in part for part in parts.values())
    assert [name for name, part in parts.items() if "<script" in part or "<f>" in part] == []
