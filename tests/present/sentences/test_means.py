"""Findings about means word for word, and the findings about surveys and coding."""

import pytest

from present.conftest import make, one, variable
from present.figures.test_matrices import HIDDEN, SHOWN
from present.invented import item, moves, numbers, pairs_of, skills
from present.sentences.test_shares import said
from present.tables.test_statistics import KAPPA
from rakelab import estimate, present
from rakelab.cells import TOTAL, View
from rakelab.errors import UsageError


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fi", "Mediavaikuttaminen, 2022: keskiarvo 2,3 (n = 16; 95 %:n luottamusväli 1,8–2,8). "
               "Luvut ovat suuntaa antavia, koska ryhmä on pieni (n = 16)."),
        ("sv", "Mediavaikuttaminen, 2022: medelvärde 2,3 (n = 16; 95 % konfidensintervall 1,8–2,8). "
               "Talen är riktgivande, eftersom gruppen är liten (n = 16)."),
        ("en", "Mediavaikuttaminen, 2022: mean 2.3 (n = 16; 95% confidence interval 1.8–2.8). "
               "The numbers are indicative only, because the group is small (n = 16)."),
    ],
)  # fmt: skip
def test_a_mean_in_words(lang, expected):
    assert said(present.mean(skills(), "media", column="2022"), lang) == expected


def test_a_mean_is_told_as_finely_as_it_was_released():
    assert said(present.mean(skills(sd=0.84), "media", column="2020")).startswith(
        "Mediavaikuttaminen, 2020: keskiarvo 2,10 (n = 60; 95 %:n luottamusväli 1,88–2,32)."
    )


def test_a_hidden_mean_is_said_to_be_hidden():
    told = said(present.mean(skills(hidden=["media"]), "media", column="2022"))
    assert told == "Mediavaikuttaminen, 2022: keskiarvoa ei voi näyttää tietosuojan vuoksi."


def test_rises_and_falls_are_counted_and_named():
    told = said(present.mean_contrast(estimate.mean_differences(skills())))
    assert told == (
        "Kolmannen sektorin toiminnan ja palveluiden tunteminen, 2020 → 2022: vertailtuja on 6; yli sattuman "
        "nousi 1 ja laski 0. Suurin nousu on kohdassa ”Kolmannen sektorin toiminnan ja palveluiden tunteminen”: "
        "3,1 → 3,8, ero +0,7 (95 %:n luottamusväli +0,2 … +1,2). Suurin lasku on kohdassa ”Tilastojen käyttö”: "
        "2,9 → 2,6, ero −0,3 (95 %:n luottamusväli −0,8 … +0,2). Muut erot mahtuvat sattumaan. Tämän "
        "taulukon 6 vertailua on otettu yhdessä huomioon (Holm). Luvut ovat suuntaa antavia, "
        "koska ryhmä on pieni (n = 16)."
    )


def test_hidden_differences_are_counted():
    told = said(present.mean_contrast(estimate.mean_differences(skills(hidden=["media", "tilastot"]))))
    assert "Näytettävistä yksikään ei laskenut." in told
    assert "2 eroa on peitetty tai puuttuu." in told


@pytest.mark.parametrize(
    ("better", "end"),
    [
        ("higher_worse", "Muutos on parempaan suuntaan ja ylittää sattuman."),
        ("higher_better", "Muutos on huonompaan suuntaan ja ylittää sattuman."),
        ("none", "Muutos ylittää sattuman."),
    ],
)
def test_a_change_says_which_way_is_better(better, end):
    told = said(present.change(pairs_of(), better=better))
    assert told.startswith(
        f"AUDIT-pisteet: keskimääräinen muutos −2,8 (n = 16; 95 %:n luottamusväli −4,9 … −0,7). {end}"
    )


def test_a_change_within_chance_has_no_direction():
    told = said(present.change(pairs_of(), "fyysinen_muutos", better="higher_better"))
    assert "Muutos mahtuu sattumaan, joten sen suuntaa ei tiedetä." in told
    assert "parempaan" not in told


def test_an_unknown_direction_or_goal_is_refused(needs):
    with pytest.raises(UsageError):
        present.change(pairs_of(), better="up")
    with pytest.raises(UsageError):
        present.stayed(needs, goal="parani")


def classes(improved, same, worse):
    names = {"parani": ("Parani",) * 3, "ennallaan": ("Ennallaan",) * 3, "huononi": ("Huononi",) * 3}
    counts = dict(zip((one(name, "luokka") for name in names), (improved, same, worse), strict=True))
    view = View("classes", "sample", "luokka", tuple(counts))
    return make(view, {TOTAL: 40, **counts}, {"luokka": variable(("AUDIT, muutos",) * 3, names)})


def test_staying_is_a_success_where_that_was_the_aim():
    table = classes(10, 20, 10)
    assert "onnistuminen: parani tai pysyi ennallaan 75 % (30/40)." in said(present.stayed(table, goal="ennallaan"))
    assert "onnistuminen" not in said(present.stayed(table))
    hidden = said(present.stayed(classes(None, 20, None), goal="ennallaan"))
    assert hidden.endswith("joten ennallaan pysyminen on onnistuminen.")
    assert "·· (peitetty)" in hidden


def test_response_rates():
    table = skills()
    assert said(present.response(table, 120)) == "Vastausprosentti: 64 % (77/120)."
    assert said(present.response(table, [(98, 99), 98])) == (
        "Vastausprosentit: 2020 62 % (61/98–99); 2022 16 % (16/98)."
    )
    assert said(present.response(table, {"2020": 98, "2022": 0})) == "Vastausprosentti: 2020 62 % (61/98)."
    assert said(present.response(table, [])) == (
        "Vastanneita: 2020 n = 61 ja 2022 n = 16. Kutsuttujen määrää ei ole annettu, joten vastausprosenttia ei voi "
        "laskea."
    )


@pytest.mark.parametrize("invited", [[1, 2, 3], -1, [(1, 2, 3), 4], {"1999": 4}, ["98", 3]])
def test_invited_that_cannot_be_used(invited):
    with pytest.raises(UsageError):
        present.response(skills(), invited)


def test_statements_name_the_most_and_the_least_agreed():
    items = [item("a", "Kohdattiin", (1, 2, 5, 10, 7)), item("b", "Sain tietoa", (6, 7, 5, 5, 2)),
             item("c", "Vaihtui", (5, 5, None, 8, None))]  # fmt: skip
    assert said(present.statements(items)) == (
        "Vastauksia ”Jokseenkin samaa mieltä” ja ”Täysin samaa mieltä” on eniten väittämässä ”Kohdattiin” 68 % (17/25) "
        "ja vähiten väittämässä ”Sain tietoa” 28 % (7/25). Yhden väittämän lukuja ei voi näyttää. Luvut ovat suuntaa "
        "antavia, koska vastaajia on vähän."
    )


def test_moves_tell_who_stayed_and_no_ranking():
    assert said(present.moved(moves(SHOWN))) == (
        "Luokka lopussa: samassa luokassa pysyi 54 % (69/128). Yleisin siirtymä on ”Ylläpitävä "
        "työskentely” → ”Hitaat positiiviset muutosprosessit” (9). Luokkien järjestys ei ole paremmuusjärjestys."
    )
    assert "tästä taulukosta ei voi laskea" in said(present.moved(moves(HIDDEN)))


def test_agreement_in_words():
    table = numbers({"a": ("Asuminen", 60, KAPPA)})
    assert said(present.agreement_sentence(table)) == (
        "Asuminen: samoin koodattuja 88 % (n = 60); kappa 0,7 (95 %:n luottamusväli 0,5–1,0), Krippendorffin alfa "
        "0,7 (0,4–0,9). Keskusteltavia eroja on 7."
    )
    two = numbers({name: (name, 60, {**KAPPA, "kappa": kappa}) for name, kappa in (("A", 0.7), ("B", 0.4), ("C", 0.4))})
    assert said(present.agreement_sentence(two)) == (
        "A: kappa vaihtelee välillä 0,4–0,7, matalin kohdassa ”B” ja ”C”. Keskusteltavia eroja on 21."
    )


def test_agreement_without_a_coefficient_is_a_share():
    none = {**dict.fromkeys(KAPPA), "agreement": 0.96, "disagreements": 1}
    assert said(present.agreement_sentence(numbers({"a": ("Asuminen", 27, none)}))) == (
        "Asuminen: samoin koodattuja 96 % (n = 27), keskusteltavia eroja 1. Kappaa ja alfaa ei näytetä, koska "
        "koodattuja on vähän tai koodaajat käyttivät vain yhtä luokkaa."
    )
    nothing = numbers({"a": ("Asuminen", 27, dict.fromkeys(KAPPA))})
    assert said(present.agreement_sentence(nothing)) == "Asuminen: koodaajien yksimielisyyttä ei voi näyttää."


def test_waiting_in_words():
    found = {"median": 21.0, "low": 14.0, "high": 30.0}
    assert said(present.waiting(numbers({"a": ("Aika", 58, found)}))) == (
        "Aika: mediaani 21 päivää (n = 58; 95 %:n luottamusväli 14–30)."
    )
    hidden = said(present.waiting(numbers({"a": ("Aika", 58, dict.fromkeys(found))})))
    assert hidden == "Aika: lukua ei voi näyttää tietosuojan vuoksi."
    none = said(present.waiting(numbers({"a": ("Aika", 58, {"low": 14.0})})))
    assert none == "Aika: yli puolet odottaa yhä, joten mediaania ei ole (n = 58)."
