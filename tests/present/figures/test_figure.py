"""Figures: alt text, two widths, hidden numbers in words, and the same bytes every time."""

import xml.etree.ElementTree as ET
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
    """The wide and the narrow picture of a page, as documents of their own."""
    found = findall(r"<svg class=\"fig \w+\".*?</svg>", html)
    return [picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1) for picture in found]


def looks(svg: str) -> set[str]:
    """The classes of what is painted."""
    return {path.get("class") for path in ET.fromstring(svg).iter(f"{SVG}path")}


def words(svg: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(svg).iter(f"{SVG}text")]


def painted(svg: str) -> list[tuple[str, str]]:
    """Class and path of everything painted."""
    return [(path.get("class"), path.get("d")) for path in ET.fromstring(svg).iter(f"{SVG}path")]


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
    wide, narrow = pictures(html)
    assert [float(ET.fromstring(svg).get("viewBox").split()[2]) for svg in (wide, narrow)] == [547.2, 216]
    alt, again = findall(r'aria-label="([^"]*)"', html)
    assert alt == again
    assert any(n in alt for n in ("707", "640", "330", "52"))
    finding, subtitle = findall("<figcaption><h3>(.*?)</h3><p>(.*?)</p>", html)[0]
    assert finding not in alt
    assert len(subtitle) > 20
    assert html.index("</figure>") < html.index("<table")


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_figure_has_the_same_bytes(all_figures, kind):
    exhibit = all_figures[kind]
    assert exhibit.html() == exhibit.html()
    assert [part for part in ("<style", "font-family", "style=", "<metadata") if part in exhibit.html()] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_bare_picture_is_named_and_described(all_figures, kind):
    exhibit = all_figures[kind]
    svg = ET.fromstring(present.svg(exhibit.spec, exhibit.tables, "sv"))
    assert svg.find(f"{SVG}title").text
    assert "tabellen" in svg.find(f"{SVG}desc").text
    assert "konfidensintervall" in " ".join(words(ET.tostring(svg, encoding="unicode"))) or kind == "grid"
    assert svg.get("role") == "img"


def test_what_is_no_figure_has_no_picture(needs, few):
    exhibit = present.table(needs)
    assert present.svg(exhibit.spec, exhibit.tables, "fi") == ""
    exhibit = present.dots(few, alt=present.leading(few))
    assert present.svg(exhibit.spec, exhibit.tables, "fi") == ""


def test_a_hidden_row_is_last_and_told_in_words(needs):
    exhibit = present.bars(needs, alt=present.leading(needs))
    wide, _ = pictures(exhibit.html())
    labels = words(wide)
    assert labels.index("Väkivalta") < labels.index("Vanhemmuuden tuki") < labels.index("Tieto puuttuu")
    assert "·· peitetty" in labels
    assert "<pattern" not in wide


def test_largest_first_unless_the_options_have_an_order(needs):
    shares = [w for w in words(pictures(present.bars(needs, alt=present.leading(needs)).html())[0]) if w.endswith("%")]
    assert shares[:3] == ["59\u00a0%", "34\u00a0%", "33\u00a0%"]
    variable = replace(needs.variables["tuen_tarpeet"], ordered=True)
    table = _seal.release(view=needs.view, cells=needs.cells, variables={**needs.variables, "tuen_tarpeet": variable})
    labels = words(pictures(present.bars(table, alt=present.leading(table)).html())[0])
    assert labels.index("Vanhemmuuden tuki") < labels.index("Väkivalta")


def test_hidden_values_leave_no_trace(needs):
    """Two releases that differ only in what is hidden give the same page."""
    assert make_needs().cells[(("tuen_tarpeet", "vanhemmuus"),)] is HIDDEN
    first, second = (present.bars(t, alt=present.leading(t)).html() for t in (needs, make_needs()))
    assert first == second


def test_groups_differ_in_shape_too(needs):
    wide, _ = pictures(present.dots(needs, alt=present.leading(needs)).html())
    assert {"2020 (n\u00a0=\u00a0330)", "2021 (n\u00a0=\u00a0377)"} <= set(words(wide))
    assert {"m accent", "m warm"} <= looks(wide)
    round_, square = (next(d for look, d in painted(wide) if look == f"m {colour}") for colour in ("accent", "warm"))
    assert ("a" in round_, "a" in square) == (True, False)


def test_an_effect_and_a_difference_are_filled_only_beyond_chance(all_figures):
    wide, _ = pictures(all_figures["changes"].html())
    assert {"ylittää sattuman", "mahtuu sattumaan", "+14"} <= set(words(wide))
    assert {"m accent", "o muted"} <= looks(wide)


def test_no_comparison_is_a_sentence(needs, few):
    nothing = estimate.compare(needs.only(TOTAL))
    html = present.changes(nothing, alt=present.contrast(nothing)).html()
    assert "kahta vertailtavaa ryhmää ei ole" in html
    hidden = estimate.compare(few)
    assert "<svg" not in present.changes(hidden, alt=present.contrast(hidden)).html()


def test_a_model_that_cannot_be_fitted_is_a_sentence(model):
    cells = {k: v if k == TOTAL else HIDDEN for k, v in model.cells.items()}
    found = estimate.effects(_seal.release(view=model.view, cells=cells, variables=model.variables))
    html = present.effects(found, alt=present.effects_sentence(found)).html()
    assert "mallia ei voi laskea julkaistuista luvuista" in html
    assert "<svg" not in html


def test_the_matrix_shows_needs_on_its_diagonal_and_words_for_what_is_hidden(pairs):
    exhibit = present.grid(pairs, alt=present.together(pairs))
    found = words(pictures(exhibit.html())[0])
    assert {"59\u00a0%", "25\u00a0%", "··"} <= set(found)
    assert "<pattern" not in pictures(exhibit.html())[0]


@pytest.mark.parametrize("label", ["$x_1$ ja $y$", "困窮 🏠", "a" * 120, "<b>&"])
def test_any_label_is_drawn_as_it_is(needs, label):
    variable = needs.variables["tuen_tarpeet"]
    levels = {**variable.levels, "talous": dict.fromkeys(("fi", "sv", "en"), label)}
    variables = {**needs.variables, "tuen_tarpeet": replace(variable, levels=levels)}
    table = _seal.release(view=needs.view, cells=needs.cells, variables=variables)
    wide, narrow = pictures(present.bars(table, alt=present.leading(table)).html())
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
    scene = SimpleNamespace(finding=SimpleNamespace(text=lambda lang: "Mitään ei erotu."), lang="fi")
    expected = "" if drawn else '<p class="too-few">Mitään ei erotu.</p>'
    assert in_words(scene, cells) == expected
