"""The check of a claim on a page."""

import pytest

from rakelab import present
from rakelab.errors import UsageError
from rakelab.i18n import LANGUAGES
from rakelab.opendata import OpenDataError

from .test_areas import plain


@pytest.mark.parametrize(
    ("sentence", "area", "verdict"),
    [
        ("maan korkein itsemurhakuolleisuus", "Kainuu", "Pitää: 2019–2021. Ei pidä: 2017–2019."),
        ("eniten henkeen ja terveyteen kohdistuneita rikoksia", "Kainuu", "ei pidä paikkaansa yhdessäkään jaksossa"),
        (
            "toiseksi eniten rikoksia henkeen ja terveyteen",
            "Kainuu",
            "josta on lähde: 2017–2019 ja 2019–2021.",
        ),
        ("eniten sijoitettuja lapsia", "Kymenlaakso", "Sija on jaettu: 2022, 2023 ja 2024."),
        ("eniten asiakkaita päihdehuollon avopalveluissa", "Kainuu", "poisti 22.2.2022 luvun"),
        ("korkein itsemurhakuolleisuus", "Lappi", "väitettä ei voi tarkistaa"),
    ],
)
def test_each_verdict_in_words(sentence: str, area: str, verdict: str) -> None:
    said = plain(present.claim(sentence, area, lang="fi").html())
    assert verdict in said
    assert f"”{sentence}”" in said


def test_the_table_tells_version_denominator_and_what_the_source_does_not() -> None:
    said = plain(present.claim("maan korkein itsemurhakuolleisuus", "Kainuu", lang="en").html())
    assert "2019–2021 (v20230224) yes 1/22 148.3 the source does not tell" in said
    assert "denominator: mean of three years, the median area = 100; licence: MIT" in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_claim_in_every_language(lang: str) -> None:
    assert "22" in plain(present.claim("lägst andel ensamma", "Kajanaland", lang=lang).html())


def test_what_is_not_understood_stops_before_there_is_a_page() -> None:
    with pytest.raises(UsageError):
        present.claim("maan suurimpia itsemurhakuolleisuuksia", "Kainuu")
    with pytest.raises(OpenDataError):
        present.claim("maan korkein itsemurhakuolleisuus", "Essote")
