"""Small counts, shares that imply them, and figures that cannot be, in tables of strangers."""

from pathlib import Path

import pytest

from rakelab.scan import scan

from .making import cells, kinds, of_page, of_rows, workbook


@pytest.mark.parametrize(
    "head", [["Kunta", "Asiakkaita"], ["Kommun", "Antal"], ["Municipality", "Clients"], ["Kunta", "2021"], ["", "n"]]
)
def test_a_small_count_in_words_of_three_languages(tmp_path: Path, head: list[str]) -> None:
    found = of_rows(tmp_path, [head, ["Kajaani", 120], ["Kuhmo", 3], ["Sotkamo", 0], ["Paltamo", 5]])
    assert cells(found, "small_count") == {(2, 1)}


def test_the_limit_can_be_asked_for(tmp_path: Path) -> None:
    rows = [["Kunta", "Asiakkaita"], ["Kajaani", 120], ["Kuhmo", 7]]
    assert cells(of_rows(tmp_path, rows, limit=10), "small_count") == {(2, 1)}
    assert "small_count" not in kinds(of_rows(tmp_path, rows))


@pytest.mark.parametrize(
    "rows",
    [
        [["Kunta", "Keskiarvo"], ["Kuhmo", "3"], ["Kajaani", "4"]],
        [["Kunta", "Sija"], ["Kuhmo", "1"], ["Kajaani", "2"]],
        [["Kunta", "Muutos"], ["Kuhmo", "-3"], ["Kajaani", "4"]],
        [["Kunta", "Kustannukset, milj. €"], ["Kuhmo", "3"], ["Kajaani", "4"]],
        [["", "2021"], ["Keskiarvo", "3"], ["Asiakkaita", "40"]],
        [["Vuosi", "Kuukausi", "Asiakkaita"], ["2021", "3", "40"], ["2021", "4", "41"]],
    ],
)
def test_small_numbers_that_are_no_people(tmp_path: Path, rows: list[list[str]]) -> None:
    assert "small_count" not in kinds(of_rows(tmp_path, rows))


def test_a_count_beside_its_share(tmp_path: Path) -> None:
    found = of_rows(tmp_path, [["Koulutus", "2021 (n = 25)"], ["Peruskoulu", "18 (72 %)"], ["Lukio", "2 (8 %)"]])
    assert cells(found, "small_count") == {(2, 1)}


@pytest.mark.parametrize(
    "rows",
    [
        [["Koulutus (n = 25)", "Osuus"], ["Peruskoulu", "72 %"], ["Lukio", "8 %"]],
        [["Utbildning", "Andel, % (n=25)"], ["Grundskola", "72"], ["Gymnasium", "8"]],
        [["Education", "Share"], ["Basic", "72%"], ["Upper secondary", "8%"], ["n", "25"]],
        [["Education", "n", "Share"], ["Basic", "25", "72%"], ["Upper secondary", "25", "8%"]],
        [["Koulutus", "Osuus"], ["Peruskoulu", "18/25 = 72 %"], ["Lukio", "8 % (2/25)"]],
    ],
)
def test_a_share_of_a_stated_base_tells_few_people(tmp_path: Path, rows: list[list[str]]) -> None:
    found = of_rows(tmp_path, rows)
    places = cells(found, "small_share") | cells(found, "small_count")
    assert {i for i, _ in places} == {2}


def test_a_rest_of_few_people_is_told_by_a_share_too(tmp_path: Path) -> None:
    assert cells(of_rows(tmp_path, [["Tukea (n = 25)", "Osuus"], ["Kyllä", "92 %"]]), "small_share") == {(1, 1)}


def test_a_share_that_large_bases_leave_open_is_no_finding(tmp_path: Path) -> None:
    found = of_rows(tmp_path, [["Koulutus (n = 250)", "Osuus"], ["Peruskoulu", "72 %"], ["Lukio", "2 %"]])
    assert "small_share" not in kinds(found)


def test_percentages_of_a_workbook_are_read_as_they_are_shown(tmp_path: Path) -> None:
    rows = [["Koulutus (n = 25)", "2021"], ["Peruskoulu", 0.72], ["Lukio", 0.08]]
    workbook(tmp_path / "a.xlsx", {"T": rows}, percents=[(1, 1), (2, 1)]).close()
    assert cells(scan(tmp_path), "small_share") == {(2, 1)}


def test_a_share_that_no_number_of_people_gives(tmp_path: Path) -> None:
    found = of_rows(tmp_path, [["", "2020 (n = 20)", "2021 (n = 40)"], ["A", "55 %", "50 %"], ["B", "37 %", "30 %"]])
    assert cells(found, "impossible_share") == {(2, 1)}


def test_a_share_that_is_not_that_of_its_count(tmp_path: Path) -> None:
    found = of_rows(tmp_path, [["", "2020 (n = 40)"], ["A", "55 % (20)"], ["B", "45 % (18)"]])
    assert cells(found, "impossible_share") == {(1, 1)}


def test_weighted_shares_are_of_no_whole_people(tmp_path: Path) -> None:
    found = of_rows(tmp_path, [["", "Painotettu osuus (n = 20)"], ["A", "63 %"], ["B", "37 %"]])
    assert not kinds(found) & {"impossible_share", "small_share"}


def test_who_did_not_answer_makes_the_base_larger(tmp_path: Path) -> None:
    rows = [["Koulutus (n = 25, puuttuu 3)", "Osuus"], ["Peruskoulu", "72 %"], ["Lukio", "28 %"], ["Tyhjä", "11 %"]]
    assert "impossible_share" not in kinds(of_rows(tmp_path, rows))


def test_a_column_of_bases_is_told_from_one_of_counts(tmp_path: Path) -> None:
    bases = [["Alue", "n", "Kyllä, %"], ["A", "40", "30"], ["B", "20", "37"], ["C", "50", "50"], ["D", "80", "25"]]
    assert cells(of_rows(tmp_path, bases), "impossible_share") == {(2, 2)}
    counts = [["Vastaus", "n", "%"], ["A", "40", "57"], ["B", "20", "29"], ["C", "10", "14"], ["Yhteensä", "70", "100"]]
    assert not kinds(of_rows(tmp_path, counts)) & {"impossible_share", "small_share"}


def test_a_mean_of_whole_answers_that_cannot_be(tmp_path: Path) -> None:
    rows = [
        ["Väite (asteikko 1–5)", "n", "Keskiarvo"],
        ["Sain apua", "25", "3.47"],
        ["Minua kuunneltiin", "25", "3.48"],
    ]
    assert cells(of_rows(tmp_path, rows), "impossible_mean") == {(1, 2)}


def test_shares_without_a_base(tmp_path: Path) -> None:
    assert "no_base" in kinds(of_rows(tmp_path, [["Boende", "Andel"], ["Ensam", "61 %"], ["Med andra", "39 %"]]))
    with_counts = [["Boende", "Andel", "Antal"], ["Ensam", "61 %", "61"], ["Med andra", "39 %", "39"]]
    assert "no_base" not in kinds(of_rows(tmp_path, with_counts))


def test_a_base_in_the_caption_of_a_page(tmp_path: Path) -> None:
    rows = "<tr><th>Boende</th><th>Andel</th></tr><tr><td>Ensam</td><td>8 %</td></tr>"
    assert "small_share" in kinds(of_page(tmp_path, f"<table><caption>Boende (n = 25)</caption>{rows}</table>"))
