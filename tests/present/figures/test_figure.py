"""Figures: alt text, two widths, hidden numbers hatched, and the same bytes every time."""

import xml.etree.ElementTree as ET
from base64 import b64decode
from dataclasses import replace
from re import findall
from types import SimpleNamespace

import pytest

from present.conftest import make_needs
from rakelab import _seal, estimate, present
from rakelab.cells import HIDDEN, TOTAL, join, shown
from rakelab.present.figures.figure import in_words

SVG = "{http://www.w3.org/2000/svg}"


def pictures(html: str) -> list[str]:
    return [b64decode(data).decode() for data in findall(r"base64,([A-Za-z0-9+/=]+)", html)]


def words(svg: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.fixture
def all_figures(needs, pairs, model):
    differences, effects = estimate.compare(needs), estimate.effects(model)
    return {
        "bars": present.bars(needs, alt=present.leading(needs)),
        "dots": present.dots(needs, alt=present.contrast(differences)),
        "changes": present.changes(differences, alt=present.contrast(differences)),
        "grid": present.grid(pairs, alt=present.together(pairs)),
        "effects": present.effects(effects, alt=present.effects_sentence(effects)),
    }


KINDS = ("bars", "dots", "changes", "grid", "effects")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_each_figure_has_two_widths_an_alt_text_and_its_numbers(all_figures, kind, lang):
    html = all_figures[kind].html(lang)
    narrow, wide = pictures(html)
    assert float(ET.fromstring(narrow).get("width").removesuffix("pt")) == 216
    assert float(ET.fromstring(wide).get("width").removesuffix("pt")) > 500
    (alt,) = findall(r'alt="([^"]*)"', html)
    assert any(n in alt for n in ("707", "640", "330", "52"))
    assert "<figcaption><strong>" in html
    assert html.index("</figure>") < html.index("<table")


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_figure_has_the_same_bytes(all_figures, kind):
    exhibit = all_figures[kind]
    assert exhibit.html() == exhibit.html()
    assert "<metadata" not in pictures(exhibit.html())[0]


@pytest.mark.parametrize("kind", KINDS)
def test_the_bare_picture_is_named_and_described(all_figures, kind):
    exhibit = all_figures[kind]
    svg = ET.fromstring(present.svg(exhibit.spec, exhibit.tables, "sv"))
    assert svg.find(f"{SVG}title").text
    assert ("konfidensintervall" in svg.find(f"{SVG}desc").text) == (kind not in ("dots", "grid"))
    assert svg.get("role") == "img"


def test_what_is_no_figure_has_no_picture(needs, few):
    exhibit = present.table(needs)
    assert present.svg(exhibit.spec, exhibit.tables, "fi") == ""
    exhibit = present.dots(few, alt=present.leading(few))
    assert present.svg(exhibit.spec, exhibit.tables, "fi") == ""


def test_a_hidden_row_is_hatched_last_and_told(needs):
    exhibit = present.bars(needs, alt=present.leading(needs))
    _, wide = pictures(exhibit.html())
    labels = words(wide)
    assert labels.index("Väkivalta") < labels.index("Vanhemmuuden tuki") < labels.index("Tieto puuttuu")
    assert "·· peitetty" in labels
    assert "<pattern" in wide


def test_largest_first_unless_the_options_have_an_order(needs):
    shares = [w for w in words(pictures(present.bars(needs, alt=present.leading(needs)).html())[1]) if w.endswith("%")]
    assert shares[:3] == ["59\u00a0%", "34\u00a0%", "33\u00a0%"]
    variable = replace(needs.variables["tuen_tarpeet"], ordered=True)
    table = _seal.release(view=needs.view, cells=needs.cells, variables={**needs.variables, "tuen_tarpeet": variable})
    labels = words(pictures(present.bars(table, alt=present.leading(table)).html())[1])
    assert labels.index("Vanhemmuuden tuki") < labels.index("Väkivalta")


def test_hidden_values_leave_no_trace(needs):
    """Two releases that differ only in what is hidden give the same page."""
    assert make_needs().cells[(("tuen_tarpeet", "vanhemmuus"),)] is HIDDEN
    first, second = (present.bars(t, alt=present.leading(t)).html() for t in (needs, make_needs()))
    assert first == second


def test_groups_differ_in_shape_too(needs):
    _, wide = pictures(present.dots(needs, alt=present.leading(needs)).html())
    assert {"2020 (n\u00a0=\u00a0330)", "2021 (n\u00a0=\u00a0377)"} <= set(words(wide))
    paths = ET.fromstring(wide).iter(f"{SVG}path")
    shapes = {path.get("d") for path in paths if (path.get("id") or "").startswith("m")}
    assert len(shapes) >= 2


def test_an_effect_and_a_difference_are_filled_only_beyond_chance(all_figures):
    _, wide = pictures(all_figures["changes"].html())
    assert {"ylittää sattuman", "mahtuu sattumaan", "+14"} <= set(words(wide))


def test_no_comparison_is_a_sentence(needs, few):
    nothing = estimate.compare(needs.only(TOTAL))
    html = present.changes(nothing, alt=present.contrast(nothing)).html()
    assert "kahta vertailtavaa ryhmää ei ole" in html
    hidden = estimate.compare(few)
    assert "<img" not in present.changes(hidden, alt=present.contrast(hidden)).html()


def test_a_model_that_cannot_be_fitted_is_a_sentence(model):
    cells = {k: v if k == TOTAL else HIDDEN for k, v in model.cells.items()}
    found = estimate.effects(_seal.release(view=model.view, cells=cells, variables=model.variables))
    html = present.effects(found, alt=present.effects_sentence(found)).html()
    assert "mallia ei voi laskea julkaistuista luvuista" in html
    assert "<img" not in html


def test_the_matrix_shows_needs_on_its_diagonal_and_hatches_what_is_hidden(pairs):
    exhibit = present.grid(pairs, alt=present.together(pairs))
    found = words(pictures(exhibit.html())[1])
    assert {"59\u00a0%", "25\u00a0%", "··"} <= set(found)
    assert "<pattern" in pictures(exhibit.html())[1]


@pytest.mark.parametrize("label", ["$x_1$ ja $y$", "困窮 🏠", "a" * 120, "<b>&"])
def test_any_label_is_drawn_as_it_is(needs, label):
    variable = needs.variables["tuen_tarpeet"]
    levels = {**variable.levels, "talous": dict.fromkeys(("fi", "sv", "en"), label)}
    variables = {**needs.variables, "tuen_tarpeet": replace(variable, levels=levels)}
    table = _seal.release(view=needs.view, cells=needs.cells, variables=variables)
    narrow, wide = pictures(present.bars(table, alt=present.leading(table)).html())
    assert label in "".join(words(wide)) or label in " ".join(words(wide))
    assert label in "".join(words(narrow)) or label in " ".join(words(narrow))


def test_no_figure_stays_open(all_figures):
    from matplotlib import pyplot

    for exhibit in all_figures.values():
        exhibit.html()
    assert pyplot.get_fignums() == []


def test_groups_shown_are_those_asked_for(needs):
    exhibit = present.dots(needs, alt=present.leading(needs), columns=[TOTAL, "2021"])
    assert exhibit.spec["columns"] == [[], [["vuosi", "2021"]]]
    assert join(TOTAL) == ()


def test_all_zero_differences_are_drawn():
    levels = ("talous", "asuminen", "psyykkinen", "paihteet", "koulutus", "arki", "verkosto", "vanhemmuus")
    nobody = make_needs(**dict.fromkeys(levels, 0))
    differences = estimate.compare(nobody)
    assert len(pictures(present.changes(differences, alt=present.contrast(differences)).html())) == 2


@pytest.mark.parametrize(("known", "every", "drawn"), [(2, 4, True), (1, 3, False), (2, 5, False), (0, 0, False)])
def test_a_picture_is_drawn_where_half_of_its_numbers_are_known(known, every, drawn):
    cells = [shown(7)] * known + [HIDDEN] * (every - known)
    scene = SimpleNamespace(alt="Mitään ei erotu.")
    expected = "" if drawn else '<p class="too-few">Mitään ei erotu.</p>'
    assert in_words(scene, cells) == expected
