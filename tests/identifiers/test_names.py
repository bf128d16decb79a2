"""Names of persons in running text. First and last names are put together at random; nobody is meant."""

import pytest

from rakelab.identifiers import NAME, find


def found(text):
    return [text[hit.start : hit.end] for hit in find(text, (NAME,))]


@pytest.mark.parametrize(
    "name",
    [
        "Virtasen", "Virtasesta", "Korhosilla", "Annan", "Matti Meikäläiselle", "Nieminen-Laaksoselle", "Pirkolta",
        "M. Virtanen", "Erkin", "Jounin", "Mäen Heikin", "Rannan Tuulan", "Juha-Pekan", "Lahden Maijaa", "Laineelle",
        "Johanneksen", "Kankaan", "Maija S. Peltosta", "Erik af Lindströmiä", "Fatiman", "Mohamedilta", "Aallon",
        "Zxyqan", "Brändövikille", "Maija VIRTASELTA", "Virtasenkin", "Matilleko",
    ],
)  # fmt: skip
def test_a_name_inside_a_sentence_in_whatever_case(name):
    assert found(f"Eilen kuulin {name} asiasta.") == [name]


@pytest.mark.parametrize(
    "name", ["Virtanen", "Korhosen", "Anna", "Matti Meikäläinen", "Pirkolta", "M. Virtanen", "Toivo", "Zxyqosen"]
)
def test_a_name_where_a_sentence_begins(name):
    assert found(f"Hyvä. {name} tuli mukaan.") == [name]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("rouva Korhonen ja rouva Lahti", ["Korhonen", "Lahti"]),
        ("Annan kanssa sovittu. Annan luvan.", ["Annan"]),
        ("rouva korhonen ei tullut", ["korhonen"]),
        ("matti virtanen tuli", ["matti virtanen"]),
        ("äiti ja heikki tulivat, samoin korhosen poika", ["heikki", "korhosen"]),
        ("MATTI VIRTANEN EI TULLUT", ["MATTI VIRTANEN"]),
        ("Nimi: Zxyqa Brvtk", ["Zxyqa Brvtk"]),
        ("Asiakas: Hautakoski", ["Hautakoski"]),
        ("Tapasin Annan. Annan kanssa oltiin Zxyqalla. Zxyqa soitti.", ["Annan", "Annan", "Zxyqalla", "Zxyqa"]),
        ("Anna-niminen tyttö ja Zxyqa-niminen", ["Anna-niminen", "Zxyqa-niminen"]),
    ],
)  # fmt: skip
def test_what_stands_around_a_name_tells_it(text, names):
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Toivon, että asia hoituu. Annan luvan. Aina ei jaksa. Onneksi on apua.",
        "Asuu Helsingissä, muuttaa Kajaaniin, kotoisin Virosta. Suomen laki ja Pohjois-Savon alue.",
        "Kävi Kelassa ja THL:n sivuilla. Kelan päätös tuli OmaKannassa.",
        "Tommonen juttu. Semmosen. Hevosen kanssa. Ihmisen arvo. Suomalaisen työn.",
        "ASIAKAS EI SAANUT RAHAA KELASTA",
        "Matka Lahteen. Vieraili Lahdessa.",
        "kaksi lasta ja äiti. yksi aikuinen, toisen vuoro",
        "Esim. Esperi Care Oy ja Punainen Risti ry.",
    ],
)
def test_no_name(text):
    assert found(text) == []


def test_an_initial_ends_no_sentence_and_a_title_needs_no_capital():
    assert found("Kirjasi A. Zxyqa.") == ["A. Zxyqa"]
    assert found("Puh. Zxyqalle") == ["Zxyqalle"]


@pytest.mark.parametrize(
    "text",
    ["Toimija soitti", "Perinteet ovat tärkeitä", "Kilpasilla oltiin", "Perheenjäsen kertoi", "Lista on pitkä",
     "Viiveitä on paljon", "Kansan tahto", "Hallinnan tunne puuttuu", "Perhosen siivet", "Kirjanen oli hyvä",
     "tänään romani kertoi", "viive on pitkä", "maksimi on täynnä", "enne oli huono", "Pienhiukkaset häiritsevät"],
)  # fmt: skip
def test_an_everyday_word_is_no_name_where_a_sentence_begins_or_in_small_letters(text):
    assert find(text, ("name",)) == ()


@pytest.mark.parametrize("name", ["Tuija", "Tapani", "Marketta", "Rauhanen", "Roman", "Helinä", "Kananen"])
def test_names_that_such_a_word_resembles_are_still_names(name):
    assert find(f"{name} soitti", ("name",)) != ()
