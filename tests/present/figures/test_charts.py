"""Figures of means: every group its own marker, hidden means in words, changes beyond their margin of another shape."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise
from re import findall

import pytest
from judged import judged

from present.invented import AREAS, pairs_of, skills
from present.tables.test_shares import Elements
from rakelab import _seal, estimate, present
from rakelab.cells import HIDDEN, TOTAL, shown
from rakelab.errors import UsageError, WallError
from rakelab.present.sentences.quantity import p_class

from .test_figure import SVG, looks, painted, pictures, words


def coloured(svg: str) -> list[tuple[str, str]]:
    """The words of a picture with their class."""
    return [(node.text or "", node.get("class") or "") for node in ET.fromstring(svg).iter(f"{SVG}text")]


def compared(table):
    return estimate.mean_differences(table)


@pytest.fixture
def figures():
    table, pairs = skills(), pairs_of()
    contrast = present.mean_contrast(compared(table))
    return {
        "means": present.means(table, alt=contrast, limits=(1, 5)),
        "mean_changes": present.mean_changes(compared(table), alt=contrast),
        "paired": present.paired(pairs, alt=present.change(pairs)),
    }


KINDS = ("means", "mean_changes", "paired")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_each_has_two_widths_an_alt_text_and_its_numbers(figures, kind, lang):
    html = figures[kind].html(lang)
    assert [float(ET.fromstring(one).get("viewBox").split()[2]) for one in pictures(html)] == [547.2, 216]
    assert findall(r'aria-label="[^"]*n\u00a0=\u00a0', html)
    assert html.index("</figure>") < html.index("<table")
    assert figures[kind].html(lang) == html


@pytest.mark.parametrize("kind", KINDS)
def test_the_specification_holds_no_number_of_the_table(figures, kind):
    import json

    told = json.dumps(figures[kind].spec)
    assert not any(number in told for number in ("3.1", "3.8", "61", "16", "14.2", "2.8"))


def test_means_stand_in_the_order_of_their_size_on_the_whole_scale(figures):
    wide, _ = pictures(figures["means"].html())
    found = words(wide)
    latest = [float(word.replace(",", ".")) for word, look in coloured(wide) if look == "warm" and "," in word]
    assert latest == sorted(latest, reverse=True)
    assert len(latest) == len(AREAS)
    assert {"1", "2", "3", "4", "5"} <= set(found)
    assert "2020 (n\u00a0=\u00a060–61)" in found
    assert "2022 (n\u00a0=\u00a016, suuntaa antava)" in found


def test_a_hidden_mean_is_told_in_words_and_leaves_no_trace():
    one, other = skills(hidden=["media"]), skills(hidden=["media"])
    html = present.means(one, alt=present.mean_contrast(compared(one))).html()
    wide, _ = pictures(html)
    assert words(wide).count("·· peitetty") == 2
    assert html == present.means(other, alt=present.mean_contrast(compared(other))).html()
    assert '<th scope="row">Mediavaikuttaminen</th><td class="hidden">' in html


def test_the_table_of_means_gives_mean_n_and_interval(figures):
    html = figures["means"].html()
    cell = '<td>3,1 <span class="count">(n\u00a0=\u00a061)</span><br><span class="interval">2,8–3,4</span></td>'
    assert cell in html
    assert html.count('class="indicative"') == 1  # said once, at the head of the small group


def test_what_exceeds_its_margin_has_another_shape_and_a_word(figures):
    html = figures["mean_changes"].html()
    wide, _ = pictures(html)
    assert {"ylittää sattuman", "mahtuu sattumaan", "+0,7", "−0,3"} <= set(words(wide))
    assert {"m accent", "o muted"} <= looks(wide)
    assert "<td>+0,7</td><td>+0,2 … +1,2</td><td>kyllä</td>" in html
    assert "<td>−0,3</td><td>−0,8 … +0,2</td><td>ei</td>" in html


def test_pairs_tell_before_after_change_and_srm(figures):
    html = figures["paired"].html()
    text = Elements(html).text
    assert "AUDIT-pisteet14,2 (n\u00a0=\u00a020)11,4−2,8−4,9 … −0,7kyllä16" in text
    assert "<td>−0,8</td><td>&lt;\u202f0,05</td>" in html


def test_changes_on_different_scales_share_an_axis_of_their_own_spread():
    """−2,8 of a deviation of 3,6 and −0,28 of 0,36 are as large: their marks lie on one line, their words differ."""
    pairs = pairs_of(fyysinen=-0.28)
    small = {one: replace(mean, sd=shown(0.36)) for one, mean in pairs.means.items() if mean.mean.value == -0.28}
    pairs = judged(_seal.release(view=pairs.view, cells=pairs.cells, variables=pairs.variables,
                                 means={**pairs.means, **small}, statistics=pairs.statistics))  # fmt: skip
    html = present.paired(pairs, alt=present.change(pairs)).html()
    wide, _ = pictures(html)
    found = words(wide)
    assert {"−2,8", "−0,28"} <= set(found)
    assert not {"−3", "−5", "−4"} & set(found)  # no tick in points
    assert "(SRM)" in html[: html.index("</figcaption>")]
    marks = (d for look, d in painted(wide) if look in ("m accent", "o muted"))
    places = [float(x) for d in marks for x in findall(r"M([\d.]+)", d)]
    assert any(abs(a - b) < 0.5 for a, b in pairwise(sorted(places)))


def test_a_table_of_changes_says_that_a_verdict_asks_more_than_its_interval():
    told = Elements(present.paired(pairs_of(), alt=present.change(pairs_of())).html("en")).text
    assert "asks more than the interval does" in told


def test_before_and_after_can_come_from_a_table_of_their_own():
    pairs = pairs_of()
    html = present.paired(pairs, alt=present.change(pairs), ends=skills()).html()
    assert "14,2 (n" in html


def test_nothing_to_draw_is_the_finding_in_words():
    hidden = pairs_of(audit=None, fyysinen=None)
    html = present.paired(hidden, alt=present.change(hidden)).html()
    assert "<svg" not in html
    assert "muutosta ei voi näyttää tietosuojan vuoksi" in html


def test_no_two_groups_is_a_sentence():
    nothing = compared(skills().only(TOTAL))
    html = present.mean_changes(nothing, alt=present.mean_contrast(nothing)).html()
    assert "kahta vertailtavaa ryhmää ei ole" in html


def test_only_what_estimate_made_is_compared(needs):
    with pytest.raises(WallError) as caught:
        present.mean_changes([needs], alt=present.leading(needs))
    assert caught.value.key == "present.not_mean_differences"
    with pytest.raises(UsageError):
        present.mean(skills(), "medja")


def test_everybody_alike_has_no_interval_and_is_drawn():
    alike = skills(sd=0.0)
    html = present.means(alike, alt=present.mean_contrast(compared(alike)), limits=(1, 5)).html()
    assert len(pictures(html)) == 2
    assert '<span class="interval">··</span>' in html


@pytest.mark.parametrize(
    ("end", "fi", "en"),
    [
        (0.001, "< 0,001", "< 0.001"),
        (0.01, "< 0,01", "< 0.01"),
        (0.05, "< 0,05", "< 0.05"),
        (1.0, "≥ 0,05", "≥ 0.05"),
    ],
)
def test_p_is_written_as_its_class(end: float, fi: str, en: str) -> None:
    assert [p_class(shown(end), lang).replace("\u202f", " ") for lang in ("fi", "en")] == [fi, en]
    assert p_class(HIDDEN, "fi") == str(HIDDEN)
