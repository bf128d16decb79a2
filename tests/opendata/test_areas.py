"""Areas by their names and codes, and lists in which something does not match."""

from collections import Counter

import pytest

from rakelab.opendata import OpenDataError, area, areas, matched
from rakelab.opendata.areas import inside


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("Kainuu", "hyvinvointialue", "20"),
        ("  kainuun HVA ", "hyvinvointialue", "20"),
        ("KAJANALANDS VÄLFÄRDSOMRÅDE", "hyvinvointialue", "20"),
        ("20", "hyvinvointialue", "20"),
        ("HVA20", "hyvinvointialue", "20"),
        ("1", "hyvinvointialue", "01"),
        ("01", "hyvinvointialue", "01"),
        ("020", "kunta", "020"),
        ("KU020", "kunta", "020"),
        ("ku20", "kunta", "020"),
        ("46", "kunta", "046"),
        ("Kajana", "kunta", "205"),
        ("Ristija\u0308rvi", "kunta", "697"),
        ("ristijarvi", "kunta", "697"),
        ("Helsinki", "hyvinvointialue", "90"),
        ("Norra Finlands samarbetsområde", "yhteistyoalue", "5"),
        ("koko maa", "maa", "658"),
        ("Finland", "maa", "658"),
    ],
)
def test_an_area_is_found_by_any_of_its_names(text: str, kind: str, code: str) -> None:
    found = area(text)
    assert (found.kind, found.code) == (kind, code)


def test_a_name_of_several_kinds_is_of_the_kind_that_is_asked_for() -> None:
    assert area("Helsinki", ["kunta"]).code == "091"
    assert area("20", ["kunta"]).names["fi"] == "Akaa"


@pytest.mark.parametrize("text", ["", "Kainu", "Essote", "999", "96", "XX20", "Kainuu; Lappi"])
def test_what_does_not_match_is_not_guessed(text: str) -> None:
    with pytest.raises(OpenDataError) as caught:
        area(text)
    assert caught.value.key == "opendata.no_area"


@pytest.mark.parametrize("text", ["Pertunmaa", "588", "KU588"])
def test_a_municipality_that_is_no_more_names_what_it_became(text: str) -> None:
    with pytest.raises(OpenDataError) as caught:
        area(text)
    assert caught.value.key == "opendata.ended"
    assert "Mäntyharju" in str(caught.value)


def test_of_a_list_everything_is_told_that_does_not_match() -> None:
    found = matched(["Kuhmo", "kuhmo", "Valtimo", "Nilsiä?", "765"], ["kunta"])
    assert {text: own.code for text, own in found.areas.items()} == {"Kuhmo": "290", "kuhmo": "290", "765": "765"}
    assert {text: own.names["fi"] for text, own in found.ended.items()} == {"Valtimo": "Nurmes"}
    assert found.unknown == ("Nilsiä?",)


def test_the_areas_of_today() -> None:
    """Statistics Finland's classifications of 2026: 308 municipalities, 21 counties, Helsinki and Åland, 6 areas."""
    there = [own for own in areas() if not own.ended]
    kinds = Counter(own.kind for own in there)
    assert kinds == {"kunta": 308, "hyvinvointialue": 23, "yhteistyoalue": 6, "maa": 1}
    of_kainuu = [own.names["fi"] for own in inside(area("Kainuu"))]
    assert of_kainuu == [
        "Hyrynsalmi",
        "Kajaani",
        "Kuhmo",
        "Paltamo",
        "Puolanka",
        "Ristijärvi",
        "Sotkamo",
        "Suomussalmi",
    ]
    sizes = {own.code: len(inside(own)) for own in there if own.kind == "hyvinvointialue"}
    assert (sizes["13"], sizes["12"], sizes["19"], sizes["90"], sum(sizes.values())) == (19, 11, 30, 1, 308)
    assert area("Pohjois-Savo").sotkanet == 974


def test_each_municipality_is_known_by_its_own_name() -> None:
    """No two have one name, also without the dots over their letters."""
    assert [own.code for own in areas() if own.kind == "kunta" and not own.ended
            and area(own.names["fi"], ["kunta"]) != own] == []  # fmt: skip
