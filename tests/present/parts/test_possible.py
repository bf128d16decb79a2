"""The check of published percentages: which bases fit, in words and in a table, in three languages."""

import re

import pytest

from rakelab import present
from rakelab.errors import UsageError
from rakelab.i18n import LANGUAGES
from rakelab.present.parts.possible import possible

#: Sirkkulanpuisto 2021: fits 25 answers and no other base up to 27.
PUBLISHED = [72, 32, 8, 48, 28, 16]


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


def cells(html: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", html.partition("<tbody>")[2])
    return [[plain(one) for one in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def test_percentages_that_cannot_be_of_the_stated_number_show_the_number_they_can_be_of() -> None:
    html = possible(PUBLISHED, 27, fewest=10, lang="en").html()
    assert "The percentages cannot be of 27 respondents. Of the numbers 10–27 only 25 fits all of them." in plain(html)
    assert cells(html)[0] == ["72%", "no number", "18"]
    assert [row[2] for row in cells(html)] == ["18", "8", "2", "12", "7", "4"]


@pytest.mark.parametrize(
    ("percents", "n", "fewest", "verdict"),
    [
        (
            [72, 32],
            25,
            20,
            "The percentages are possible when 25 answered. Of the numbers 20–25 no other fits all of them.",
        ),
        (
            [50],
            10,
            7,
            "The percentages are possible when 10 answered. Of the numbers 7–10 these fit all of them: 8 and 10.",
        ),
        ([50], 9, 7, "The percentages cannot be of 9 respondents. Of the numbers 7–9 only 8 fits"),
        (
            [50],
            11,
            8,
            "The percentages cannot be of 11 respondents. Of the numbers 8–11 these fit all of them: 8 and 10.",
        ),
        ([33, 50], 5, 4, "No number of respondents between 4 and 5 fits all the percentages."),
    ],
)
def test_each_verdict_in_words(percents: list[float], n: int, fewest: int, verdict: str) -> None:
    assert verdict in plain(possible(percents, n, fewest=fewest, lang="en").html())


def test_several_counts_can_round_to_one_percentage() -> None:
    assert cells(possible([50], 300, fewest=300, lang="en").html()) == [["50%", "149, 150, 151"]]


def test_decimals_are_shown_as_published() -> None:
    html = possible([33.3, 66.7], 3, decimals=1, lang="fi").html()
    assert cells(html) == [["33,3 %", "1"], ["66,7 %", "2"]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_has_a_caption_and_scopes_in_each_language(lang: str) -> None:
    html = possible(PUBLISHED, 27, lang=lang).html()
    assert '<caption id="possible-' in html
    assert html.count('scope="row"') == len(PUBLISHED)
    assert html.count('scope="col"') == len(re.findall("<th ", html.partition("</thead>")[0]))
    assert 'class="verdict"' in html
    assert len({possible(PUBLISHED, 27).html(one) for one in LANGUAGES}) == 3


@pytest.mark.parametrize(
    ("percents", "named", "code"),
    [
        ([], {"n": 10}, "possible.nothing"),
        ([50], {"n": 4, "fewest": 5}, "possible.base"),
        ([50], {"n": 4, "fewest": 0}, "possible.base"),
        ([101], {"n": 10}, "possible.percent"),
        ([-1], {"n": 10}, "possible.percent"),
        ([33.3], {"n": 10}, "possible.percent"),
        ([33.33], {"n": 10, "decimals": 1}, "possible.percent"),
        ([float("nan")], {"n": 10}, "possible.percent"),
        ([float("inf")], {"n": 10}, "possible.percent"),
    ],
)
def test_what_cannot_be_checked_is_told(percents: list[float], named: dict[str, int], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        possible(percents, **named)
    assert caught.value.key == code


def test_the_specification_makes_the_same_page_again() -> None:
    shown = present.possible(PUBLISHED, 27)
    assert present.render(shown.spec, {}, "sv") == shown.html("sv")
