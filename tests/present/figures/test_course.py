"""A line over time: a sign is another shape, a hidden period a gap, and few periods have no limits."""

import pytest
from estimate.test_course import COUNTS, by_month

from rakelab import present
from rakelab.errors import UsageError

from .test_figure import pictures, words


def drawn(counts, **how):
    table = by_month(counts, **how)
    return present.kehitys(table, alt=present.course(table))


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_the_sign_is_told_drawn_and_in_the_table(lang):
    """Fifteen in December, above the limit of 13.2; the numbers of the title stand in the figure."""
    html = drawn(COUNTS).html(lang)
    wide, narrow = pictures(html)
    for picture in (wide, narrow):
        assert picture.count('class="m accent"') == 2  # the legend's square and December's
        assert "15" in words(picture)
    said = {"fi": "Muutos: 2021-12 (15) oli enemmän kuin tavallinen vaihtelu",
            "sv": "Förändring: 2021-12 (15) var mer än vanlig variation",
            "en": "Change: 2021-12 (15) was more than ordinary variation"}  # fmt: skip
    assert said[lang] in html.partition("</figure>")[0]
    assert html.count("<tr") == 13
    assert {"fi": "13,2", "sv": "13,2", "en": "13.2"}[lang] in html


def test_a_hidden_period_is_a_gap_and_no_zero():
    html = drawn([4, None, *COUNTS[2:]]).html("fi")
    wide = pictures(html)[0]
    assert words(wide).count("··") == 1
    assert "Muutoksesta ei voi vielä sanoa: jaksoja on 11" in html
    assert "tavallista vaihtelua" not in " ".join(words(wide))


def test_few_periods_have_no_limits_and_no_news():
    html = drawn(COUNTS[:4]).html("fi")
    assert "jaksoja on 4, ja tavallisen vaihtelun rajoihin niitä tarvitaan 12" in html
    assert "vaihtelusta" not in html
    assert present.course(by_month(COUNTS[:4])).news("fi") == ("", "")


def test_no_more_than_ordinary_variation_claims_nothing_of_a_slow_change():
    said = present.course(by_month([4, 6] * 6))
    assert said.news("fi")[0] == "W – Yksikään jakso ei poikkea tavallisesta vaihtelusta."
    assert "Hidas muutos voi silti näkyä" in drawn([4, 6] * 6).html("fi")


def test_runs_are_told_as_one():
    said = present.course(by_month([2, 3, 4, 5, 6, 7, 4, 5, 4, 5, 4, 5])).text("en")
    assert "2021-01–2021-06 grew from period to period (2–7)" in said


def test_what_is_no_series_of_periods_says_what_to_give():
    with pytest.raises(UsageError, match="kuukausia, puolivuosia tai vuosia"):
        drawn(COUNTS, role="").html("fi")
