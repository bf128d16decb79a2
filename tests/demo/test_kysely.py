"""The client survey's demo: the published figures come out the same, in a workbook as a survey tool writes it."""

import io

import openpyxl
import pytest

from rakelab.codebook import codebook
from rakelab.demo import kysely, phrases

#: The whole percentages of the slide and their question; together they fit only 25 answers.
PUBLISHED = {
    "koulutus": {"peruskoulu": 72, "ammattikoulu": 32, "lukio": 8},
    "elamantilanne": {"tyoton": 48, "tyokyvyttomyyselake": 28, "vanhuuselake": 16},
}


@pytest.fixture(scope="module")
def rows():
    return kysely.rows(2021)


def chosen(answer: object, option: str) -> bool:
    return option in answer if isinstance(answer, frozenset) else option == answer


@pytest.mark.parametrize("seed", [2021, 0, 7])
def test_the_six_published_percentages_come_out_the_same_at_base_25(seed):
    rows = kysely.rows(seed)
    answered = rows[(rows["koulutus"] != "tyhja") & (rows["elamantilanne"] != "tyhja")]
    assert (len(rows), len(answered)) == (27, 25)
    for question, shares in PUBLISHED.items():
        found = {o: 100 * answered[question].map(lambda a, o=o: chosen(a, o)).mean() for o in shares}
        assert {option: round(share) for option, share in found.items()} == shares
        assert all(share == pytest.approx(round(share)) for share in found.values())


def test_the_other_published_figures(rows):
    assert rows["sukupuoli"].value_counts().to_dict() == {"mies": 16, "nainen": 11}
    ages = rows["ika"].astype(int)
    assert 44 <= ages.median() <= 45
    assert 44 <= ages.mean() <= 45
    assert (rows["toimeentuloon_vaikuttaa"] != "tyhja").sum() == 26
    assert (rows["apu_tai_tuki_teema"] != "tyhja").sum() == (rows["apu_tai_tuki"] != "tyhja").sum() == 18
    income = [sum(chosen(a, option) for a in rows["tulot"]) for option in codebook("asiakaskysely")["tulot"].values]
    assert income[:4] == sorted(income, reverse=True)[:4]


def test_old_age_pensioners_are_old(rows):
    assert (rows.loc[rows["elamantilanne"] == "vanhuuselake", "ika"] > 60).all()


def test_open_answers_say_what_their_themes_say(rows):
    known = phrases.plan("kysely")["phrases"]
    for themes, said in zip(rows["apu_tai_tuki_teema"], rows["apu_tai_tuki"], strict=True):
        told = {theme for theme, choices in known.items() if any(choice in said for choice in choices)}
        assert told == (themes if isinstance(themes, frozenset) else set())


def test_the_workbook_has_two_heading_rows_and_a_column_for_each_option(rows):
    book = openpyxl.load_workbook(io.BytesIO(kysely.table(rows, codebook("asiakaskysely"))))
    questions, options, *body = book["Vastaukset"].iter_rows(values_only=True)
    assert questions[:2] == ("Respondent ID", "IP Address")
    place = questions.index("Koulutus")
    assert questions[place + 1 : place + 4] == (None, None, None)
    assert options[place : place + 2] == ("Perus- tai kansakoulu", "Ammattikoulu")
    assert {line[place + 1] for line in body} == {"Ammattikoulu", None}
    assert {line[questions.index("Saan asioida saman työntekijän kanssa")] for line in body} >= {"En osaa sanoa", None}
    assert all(isinstance(line[questions.index("Ikä")], int) for line in body)
