"""What axe cannot see: words, headings, alternatives, keyboard, reflow, print, and that nothing leaves the page."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from .conftest import CHECKED, PAGES, WIDTHS

pytestmark = pytest.mark.browser
#: What a page may link to: other pages, and the files beside it.
PAGE, FILES = r"(\.\./|[\w-]+/)?(report(?:\.selko)?\.\w\w|index)\.html", {
    "review.html",
    "tables.xlsx", "released.json", "report.ipynb", "provenance.json",
}  # fmt: skip
REPORTS = [name for name in PAGES if not name.startswith("index")]

#: A page has more pictures than this, and more boxes that scroll at 320 px; elsewhere more than one, more than three.
PICTURES = {
    "palvelutarve_essote": 8, "palvelutarve_kainuu": 8, "tarkista_prosentit": -1, "tarkista_vaite": -1, "aluetieto": 0,
    "toteutussuunnitelma": -1,
}  # fmt: skip
BOXES = {
    "palvelutarve_essote": 5, "palvelutarve_kainuu": 5, "tarkista_prosentit": -1, "tarkista_vaite": 0,
    "toteutussuunnitelma": 0, "osaamiskartoitus": 1, "sosiaalinen_raportointi": 2, "vertailu": 0,
    "tapahtumat": -1, "opintojaksopalaute": 0,
}  # fmt: skip

#: Figures whose finding is hidden: then the title says only what is drawn.
UNTOLD = {"palvelutarve_kainuu_2022": 1}

#: Small words that no text of some length lacks.
COMMON = {
    "fi": {"ja", "on", "ei", "ovat", "joka", "kaikki", "ettei", "luku"},
    "sv": {"och", "är", "att", "av", "den", "som", "inte", "för"},
    "en": {"the", "and", "of", "is", "are", "that", "not", "in"},
}


@pytest.mark.parametrize("name", CHECKED)
def test_the_declared_language_is_the_language_of_the_words(paths, open_page, name):
    page, _ = open_page(paths[name])
    lang = name.rpartition(".")[2]
    words = Counter(re.findall(r"\w+", page.inner_text("body").lower()))
    told = {one: sum(words[word] for word in common) for one, common in COMMON.items()}
    assert (page.get_attribute("html", "lang"), max(told, key=told.get)) == (lang, lang)


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("index")])
def test_a_link_in_another_language_says_so(paths, open_page, name):
    page, _ = open_page(paths[name])
    here = name.rpartition(".")[2]
    spoken = "one => [one.hreflang, (one.querySelector('[lang]') || one).closest('[lang]').lang]"
    links = page.evaluate(f"[...document.querySelectorAll('main a[hreflang]')].map({spoken})")
    assert len(links) == len(REPORTS)
    assert [link for link in links if link[0] != here and link[0] != link[1]] == []


@pytest.mark.parametrize("name", CHECKED)
def test_headings_tables_and_pictures(paths, open_page, name):
    page, _ = open_page(paths[name])
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(one => +one.tagName[1])")
    assert (levels[0], levels.count(1)) == (1, 1)
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []
    without = "one => !one.querySelector('caption')?.textContent.trim() || one.querySelector('th:not([scope])')"
    assert page.evaluate(f"[...document.querySelectorAll('table')].filter({without}).length") == 0
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(ids) == len(set(ids))
    assert (
        page.evaluate(
            "[...document.querySelectorAll('a[href^=\"#\"]')].filter(a => !document.querySelector(a.hash)).length"
        )
        == 0
    )


@pytest.mark.parametrize("name", [name for name in REPORTS if name in CHECKED])
def test_every_figure_has_its_finding_over_it_and_its_numbers_beside_it(paths, open_page, name):
    page, _ = open_page(paths[name])
    seen = "[...document.querySelectorAll('svg')].filter(one => one.checkVisibility())"
    alts = page.evaluate(f"{seen}.map(one => one.getAttribute('aria-label') ?? '')")
    assert len(alts) > PICTURES.get(name.partition(".")[0], 1)
    assert [alt for alt in alts if len(alt) < 40 or not re.search(r"\bn\s?=\s?[\d·]", alt)] == []
    titles = page.evaluate(f"{seen}.map(one => one.closest('figure').querySelector('h3').innerText)")
    assert [title for title in titles if not re.fullmatch(r"\w+ \d+\. .{8,}", title)] == []
    numbers = [re.search(r"\d+", title)[0] for title in titles]
    assert numbers == [str(n) for n in range(1, len(titles) + 1)]
    plain = [pair for pair in zip(alts, titles, strict=True) if pair[1].partition(". ")[2] in pair[0]]
    assert len(plain) == UNTOLD.get(name.partition(".")[0], 0), plain
    alone = "one => !one.closest('figure').parentElement.querySelector('table')"
    assert page.evaluate(f"{seen}.filter({alone}).length") == 0
    assert page.evaluate(f"{seen}.filter(one => one.getBoundingClientRect().width < 200).length") == 0
    assert page.evaluate("document.querySelectorAll('svg:not([role=img]), img').length") == 0


@pytest.mark.parametrize("name", CHECKED)
def test_nothing_is_asked_from_anywhere_and_nothing_can_run(paths, open_page, name):
    page, events = open_page(paths[name])
    assert [url[:60] for url in events.requests if not url.startswith(("file:", "data:"))] == []
    assert [url for url in events.requests if url.startswith("file:")] == [paths[name].as_uri()]
    assert (events.dialogs, events.errors) == ([], [])
    assert page.evaluate("document.querySelectorAll('script, iframe, object, embed, link, base, form').length") == 0
    handlers = (
        "[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length"
    )
    assert page.evaluate(handlers) == 0
    policy = page.get_attribute("meta[http-equiv='Content-Security-Policy']", "content")
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    target = "one => one.getAttribute('href') ?? one.getAttribute('src')"
    away = page.evaluate(f"[...document.querySelectorAll('[href], [src]')].map({target})")
    links = [url for url in away if not url.startswith(("#", "data:"))]
    assert [url for url in links if not re.fullmatch(PAGE, url) and url not in FILES] == []
    if name in REPORTS:
        assert [url for url in links if not (paths[name].parent / url).exists()] == []


@pytest.mark.parametrize("name", ["palvelutarve_kainuu.fi", "index.fi"])
def test_the_policy_stops_a_script_that_is_put_in(paths, open_page, name):
    page, _ = open_page(paths[name])
    put = "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s)"
    page.evaluate(f"() => {{ {put} }}")
    assert page.evaluate("window.ran") is None


FOCUS = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    return {tag: one.tagName, name: one.className, href: one.getAttribute('href'),
            label: one.getAttribute('aria-labelledby'),
            ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none',
            seen: box.bottom > 0 && box.top < innerHeight && box.width > 0};
}"""


def tabbed(page):
    """Every stop of the Tab key in order, until it comes round."""
    stops = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["tag"] == "BODY":
            return stops
        stops.append(stop)
    raise AssertionError("the keyboard is trapped")


@pytest.mark.parametrize("name", CHECKED)
def test_the_keyboard_reaches_everything_that_scrolls_and_shows_where_it_is(paths, open_page, name):
    page, _ = open_page(paths[name], 320)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    stops = tabbed(page)
    assert [stop for stop in stops if not stop["ring"] or not stop["seen"]] == []
    assert (stops[0]["name"], stops[0]["href"]) == ("skip", "#sisalto")
    moving = "one => one.scrollWidth > one.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(one).overflowX)"
    boxes = page.evaluate(
        f"[...document.querySelectorAll('main *')].filter({moving}).map(one => one.getAttribute('aria-labelledby'))"
    )
    assert [box for box in boxes if box not in {stop["label"] for stop in stops}] == []
    if name in REPORTS:
        assert len(boxes) > BOXES.get(name.partition(".")[0], 3)
        # not every browser makes a scroll box a stop by itself
        boxes_without = "[...document.querySelectorAll('.scroll:not([tabindex])')]"
        assert page.evaluate(f"{boxes_without}.filter(one => one.scrollWidth > one.clientWidth + 1).length") == 0
        named = page.evaluate("ids => ids.filter(id => !document.getElementById(id)?.innerText.trim())", boxes)
        assert named == []


def test_a_scroll_box_scrolls_by_keyboard(paths, open_page):
    page, _ = open_page(paths["palvelutarve_kainuu.fi"], 320)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.evaluate(
        "[...document.querySelectorAll('.scroll')].find(one => one.scrollWidth > one.clientWidth + 40).focus()"
    )
    page.keyboard.press("ArrowRight")
    for _ in range(60):  # it glides; the page's policy forbids what waits inside the page
        if page.evaluate("document.activeElement.scrollLeft > 0"):
            break
        page.wait_for_timeout(50)
    assert page.evaluate("document.activeElement.scrollLeft > 0")


@pytest.mark.parametrize("name", ["palvelutarve_kainuu.sv", "index.en"])
def test_the_skip_link_goes_past_the_contents(paths, open_page, name):
    page, _ = open_page(paths[name])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "sisalto"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("name", CHECKED)
def test_nothing_sticks_out_of_a_narrow_screen_or_of_large_text(paths, open_page, name):
    page, _ = open_page(paths[name], 320)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 321
    page.set_viewport_size({"width": 1280, "height": 900})
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 1281
    cut = """one => getComputedStyle(one).overflowY !== 'visible' && !one.classList.contains('vh')
                    && one.scrollHeight > one.clientHeight + 2 && one.clientHeight > 0"""
    assert (
        page.evaluate(
            f"[...document.querySelectorAll('main *, nav *')].filter({cut}).map(one => one.outerHTML.slice(0, 90))"
        )
        == []
    )


@pytest.mark.parametrize("name", ["palvelutarve_kainuu.fi", "palvelutarve_essote.en", "index.sv"])
def test_print_shows_everything(paths, open_page, name):
    """On A4 (about 700 px between the margins) no table or picture is cut off, and nothing is folded away."""
    page, _ = open_page(paths[name], 700)
    page.emulate_media(media="print")
    out = """one => { const box = one.getBoundingClientRect();
                      return box.width > 0 && box.right > document.documentElement.clientWidth + 1 }"""
    assert (
        page.evaluate(
            f"[...document.querySelectorAll('table, svg, p, li')].filter({out}).map(one => one.outerHTML.slice(0, 90))"
        )
        == []
    )
    folded = (
        "[...document.querySelectorAll('main table, main dl')].filter(one => one.getBoundingClientRect().height < 20)"
    )
    assert page.evaluate(f"{folded}.length") == 0
    assert page.evaluate("[...document.querySelectorAll('details')].filter(one => one.open).length") == 0
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("width", WIDTHS)
def test_forced_colours_keep_the_lines_of_tables(paths, open_page, width):
    page, _ = open_page(paths["palvelutarve_kainuu.en"], width, forced_colors="active")
    faint = (
        "one => getComputedStyle(one).borderBottomStyle === 'none' && getComputedStyle(one).borderTopStyle === 'none'"
    )
    assert page.evaluate(f"[...document.querySelectorAll('thead tr:last-child > *')].filter({faint}).length") == 0


@pytest.mark.parametrize("name", REPORTS)
def test_a_page_is_ten_screens_and_200_kilobytes_at_most(paths, open_page, name):
    assert paths[name].stat().st_size <= 200 * 1024
    page, _ = open_page(paths[name])
    assert page.evaluate("document.scrollingElement.scrollHeight") <= 10 * 900


@pytest.mark.parametrize("name", [name for name in REPORTS if name in CHECKED])
def test_the_first_screen_answers(paths, open_page, name):
    """Title, how many, and each sentence of the summary stand on the first screen; no sentence is long."""
    page, _ = open_page(paths[name])
    sentences = page.evaluate(
        "[...document.querySelectorAll('.findings')].slice(0, 1).flatMap(one => [...one.children])"
        ".map(one => [one.firstChild.textContent, one.getBoundingClientRect().bottom + scrollY])"
    )
    assert len(sentences) <= 5
    assert [said for said, bottom in sentences if bottom > 900] == []
    assert [said for said, _ in sentences if len(re.findall(r"[\w%’'/-]+", re.sub("[”“][^”]*”", "x", said))) > 20] == []


@pytest.mark.parametrize("name", [name for name in REPORTS if name in CHECKED])
def test_few_stops_and_landmarks(paths, open_page, name):
    page, _ = open_page(paths[name])
    assert len(tabbed(page)) <= 52
    marks = "main, nav, aside, header, footer, [role=region], section[aria-label]"
    assert len(page.query_selector_all(marks)) <= 6


@pytest.mark.parametrize("name", ["palvelutarve_kainuu.fi", "asiakaskysely.sv", "index.en"])
@pytest.mark.parametrize("how", [{"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_in_the_dark_and_in_the_readers_colours_every_word_is_seen(paths, open_page, violations, name, how):
    page, _ = open_page(paths[name], 1280, **how)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert violations(page) == {}
    faint = """one => { const rgb = getComputedStyle(one).fill.match(/[\\d.]+/g).map(Number), light = c => c / 255;
                        const page = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);
                        return Math.abs(rgb.reduce((a, b) => a + b) - page.reduce((a, b) => a + b)) < 60 }"""
    words = (
        "[...document.querySelectorAll('svg text:not(.on-light):not(.on-dark)')].filter(one => one.checkVisibility())"
    )
    assert page.evaluate(f"{words}.filter({faint}).map(one => one.textContent)") == []


def test_at_200_percent_figures_use_the_width(paths, open_page):
    page, _ = open_page(paths["palvelutarve_kainuu.fi"], 640)
    seen = "[...document.querySelectorAll('svg')].filter(one => one.checkVisibility())"
    widths = page.evaluate(f"{seen}.map(one => one.getBoundingClientRect().width)")
    assert min(widths) > 0.85 * 640
