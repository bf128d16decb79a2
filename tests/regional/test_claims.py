"""Sentences about an area against what was published: the claims of a project's final report among them."""

import pytest

from rakelab import regional
from rakelab.errors import UsageError
from rakelab.opendata import area

KAINUU = area("Kainuu")


def told(sentence: str, of: str = "Kainuu") -> list[tuple[str, int, bool]]:
    asked = regional.claim(sentence)
    return [(own.period, own.place, own.holds) for own in regional.evidence(asked, area(of))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kainuussa on maan korkein itsemurhakuolleisuus.", [("2017–2019", 5, False), ("2019–2021", 1, True)]),
        ("Dödligheten i självmord är högst i Kajanaland", [("2017–2019", 5, False), ("2019–2021", 1, True)]),
        ("The highest suicide mortality", [("2017–2019", 5, False), ("2019–2021", 1, True)]),
        ("eniten aikuisten mielenterveyden avohoitokäyntejä", [("2017–2019", 1, True), ("2019–2021", 1, True)]),
        ("Eniten henkeen ja terveyteen kohdistuneita rikoksia", [("2017–2019", 2, False), ("2019–2021", 2, False)]),
        (
            "toiseksi eniten henkeen ja terveyteen kohdistuneita rikoksia",
            [("2017–2019", 2, True), ("2019–2021", 2, True)],
        ),
        ("toiseksi suurin alkoholikuolleisuus", [("2017–2019", 2, True), ("2019–2021", 9, False)]),
        ("näst störst andel ensamma", [("2017–2019", 2, True)]),
        ("matalin pitkäaikaistyöttömyys", [("2017–2019", 17, False), ("2019–2021", 19, False)]),
        ("pitkäaikaista toimeentulotukea vähiten", [("2017–2019", 18, False), ("2019–2021", 17, False)]),
        ("nuorten toimeentulotuen saajia vähiten", [("2017–2019", 18, False), ("2019–2021", 18, False)]),
    ],
)
def test_a_claim_holds_in_some_periods_and_not_in_others(sentence: str, expected: list[object]) -> None:
    assert told(sentence) == expected


def test_a_place_from_below_is_counted_from_below() -> None:
    """Long-term unemployment: 17th and 19th highest of 22 are the 6th and the 4th lowest."""
    asked = regional.claim("matalin pitkäaikaistyöttömyys")
    fourth = regional.Claim(asked.title, lowest=True, place=4)
    assert [own.holds for own in regional.evidence(fourth, KAINUU)] == [False, True]


def test_quoted_facts_name_their_version_and_do_not_know_ties() -> None:
    asked = regional.claim("korkein itsemurhakuolleisuus")
    first, last = regional.evidence(asked, KAINUU)
    assert (first.version, last.version, last.value, last.of) == ("v20211104", "v20230224", 148.3, 22)
    assert (last.tied, last.overlapping, last.licence) == (None, None, "MIT")


def test_of_what_is_computed_ties_and_margins_are_told() -> None:
    asked = regional.claim("eniten sijoitettuja lapsia")
    found = regional.evidence(asked, area("Kymenlaakso"))
    assert [(own.period, own.place, own.holds, own.tied) for own in found] == [
        ("2021", 1, True, 0), ("2022", 1, True, 1), ("2023", 1, True, 1), ("2024", 1, True, 1),
    ]  # fmt: skip
    assert found[0].denominator["fi"]
    assert all(own.overlapping for own in found)


def test_the_lowest_of_what_is_computed_is_shown_with_its_place_from_above() -> None:
    """South Karelia has the lowest share of the 22 in each year: 0.6, 0.6, 0.6 and 0.5 %."""
    found = regional.evidence(regional.claim("vähiten sijoitettuja lapsia"), area("Etelä-Karjala"))
    assert [(own.value, own.holds) for own in found] == [(0.6, True), (0.6, True), (0.6, True), (0.5, True)]
    assert [own.place + own.tied for own in found] == [22] * 4


def test_a_withdrawn_source_is_told_and_no_figure_of_it() -> None:
    asked = regional.claim("Kainuussa on eniten asiakkaita päihdehuollon avopalveluissa")
    assert regional.withdrawn(asked).day == "2022-02-22"
    assert regional.evidence(asked, KAINUU) == ()
    assert regional.withdrawn(regional.claim("korkein itsemurhakuolleisuus")) is None


def test_of_another_area_nothing_is_quoted() -> None:
    assert told("korkein itsemurhakuolleisuus", "Lappi") == []
    assert told("korkein itsemurhakuolleisuus", "Kajaani") == []


@pytest.mark.parametrize(
    ("sentence", "key"),
    [
        ("Kainuussa on paras luonto", "regional.no_matter"),
        ("", "regional.no_matter"),
        ("itsemurhakuolleisuus on maan suurimpia", "regional.no_place"),
        ("itsemurhakuolleisuus laskee", "regional.no_place"),
        ("dödligheten i självmord är bland de största", "regional.no_place"),
        ("one of the highest suicide rates", "regional.no_place"),
        ("korkein ja matalin itsemurhakuolleisuus", "regional.no_place"),
        ("Kainuussa ei ole maan korkein itsemurhakuolleisuus", "regional.no_place"),
        ("självmordsdödligheten är inte högst", "regional.no_place"),
        ("neljänneksi korkein itsemurhakuolleisuus", "regional.no_place"),
        ("the fourth highest suicide mortality", "regional.no_place"),
        ("5. korkein itsemurhakuolleisuus", "regional.no_place"),
        ("viiden korkeimman joukossa itsemurhakuolleisuudessa", "regional.no_place"),
        ("itsemurhakuolleisuus on kasvanut eniten", "regional.no_place"),
    ],
)
def test_a_sentence_that_is_not_understood_is_not_judged(sentence: str, key: str) -> None:
    with pytest.raises(UsageError) as caught:
        regional.claim(sentence)
    assert caught.value.key == key
    assert caught.value.sentence("sv")
