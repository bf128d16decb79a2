"""Running text: small numbers, shares of a stated base, means that cannot be."""

from pathlib import Path

import pytest

from .making import kinds, of_page, of_text

SIRKKULANPUISTO = """Kyselyyn vastasi {n} henkilöä keväällä.

Koulutus: perus- tai kansakoulu 72 %, ammattikoulu 32 %, lukio 8 %.
Elämäntilanne: työtön 48 %, työkyvyttömyyseläke 28 %, vanhuuseläke 16 %.
"""


def lines(found, kind: str) -> set[object]:
    return {dict(one.parts)["line"] for one in found.flaws if one.kind == kind}


def test_the_8_and_16_percent_of_25_are_named(tmp_path: Path) -> None:
    found = of_text(tmp_path, SIRKKULANPUISTO.format(n=25))
    assert lines(found, "small_share") == {3, 4}
    assert "impossible_share" not in kinds(found)


def test_so_they_are_where_27_answered_and_two_left_it_blank(tmp_path: Path) -> None:
    """None of the percentages but one is possible of 27, all are of 25."""
    found = of_text(tmp_path, SIRKKULANPUISTO.format(n=27))
    assert lines(found, "small_share") == {3, 4}
    assert lines(found, "impossible_share") == {3, 4}


@pytest.mark.parametrize(
    "text",
    [
        "Lukio 8 % (n = 25).",
        "Lukio 8% (N=25).",
        "Gymnasium 8,0 % (2/25).",
        "Av 25 svarande hade 8 % gått gymnasium.",
        "There were 25 respondents, and 8% of them had retired.",
        "Eläkkeellä oli 92 % (n = 25).",
    ],
)
def test_a_share_of_a_stated_base(tmp_path: Path, text: str) -> None:
    assert kinds(of_text(tmp_path, text)) & {"small_share", "small_count"}


@pytest.mark.parametrize(
    "text",
    [
        "Talous 52 % (368/707), 95 %:n luottamusväli 48–56 %.",
        "Osuus, % (n = 25). Akseli päättyy kohtaan 92 %.",
        "Tavoite on 90 % (n = 25).",
        "Vuonna 2021 asiakkaita oli 1 240.",
        "0 % 10 % 20 % 30 %",
        "Ryhmässä oli 5–8 asiakasta.",
        "Kela maksoi 3,5 % enemmän. Vastaajia oli 250.",
    ],
)
def test_no_small_number_is_seen_where_none_is_said(tmp_path: Path, text: str) -> None:
    assert not kinds(of_text(tmp_path, text)) & {"small_share", "small_count", "impossible_share"}


@pytest.mark.parametrize(
    "text", ["Ryhmässä oli 3 asiakasta.", "Endast 2 klienter svarade.", "Of them 4 people left.", "Miehiä: n = 3."]
)
def test_a_small_number_of_people_in_a_sentence(tmp_path: Path, text: str) -> None:
    assert "small_count" in kinds(of_text(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    [
        "Vuonna 2022 oli 143 käyttäjää, 52 kommentoi, 6 210 vierailua, ka 16 vierailua.",
        "Palvelussa oli 143 käyttäjää ja 6210 käyntiä, keskimäärin 16 käyntiä.",
        "143 användare gjorde 6 210 besök, i medeltal 16 besök.",
        "6,210 visits of 143 users: on average 16 visits.",
        "The 143 users made 6,210 visits, 16 each.",
    ],
)
def test_a_mean_that_does_not_follow(tmp_path: Path, text: str) -> None:
    assert "impossible_mean" in kinds(of_text(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    [
        "143 käyttäjää, 6 210 vierailua, ka 43,4 vierailua.",
        "143 användare gjorde 6 210 besök, i medeltal 43 besök.",
        "Asiakkaita oli 640, joista 166 nuorta; tarpeita oli keskimäärin 2,4.",
        "Keskimäärin 16 prosenttia 250 asiakkaasta tuli 12 kunnasta.",
    ],
)
def test_a_mean_that_may_be(tmp_path: Path, text: str) -> None:
    assert "impossible_mean" not in kinds(of_text(tmp_path, text))


def test_percentages_of_a_file_that_states_no_base(tmp_path: Path) -> None:
    assert "no_base" in kinds(of_text(tmp_path, "Nöjda var 61 % och missnöjda 39 %."))
    assert "no_base" not in kinds(of_text(tmp_path, "Nöjda var 61 % (n = 250)."))


def test_a_base_holds_under_its_heading(tmp_path: Path) -> None:
    first = "<h2>Kysely</h2><p>Vastaajia n = 25.</p><ul><li>Lukio 8 %</li></ul>"
    found = of_page(tmp_path, f"{first}<h2>Toinen</h2><p>n = 500</p><ul><li>Muu 8 %</li></ul>")
    assert [one.kind for one in found.flaws if dict(one.parts).get("heading") == 1] == ["small_share"]
    assert not [one for one in found.flaws if dict(one.parts).get("heading") == 2]
