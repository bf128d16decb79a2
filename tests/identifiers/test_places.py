"""Addresses, in Finnish and Swedish. Streets and numbers are put together at random."""

import pytest

from rakelab.identifiers import ADDRESS, find


def found(text):
    return [text[hit.start : hit.end] for hit in find(text, (ADDRESS,))]


@pytest.mark.parametrize(
    "address",
    [
        "Kauppakatu 5 A 3, 87100 Kajaani", "Mäkitie 12", "Kauppakadulla 5", "Kauppakadulta 5 b 12", "Storgatan 3 B 12",
        "Koivukuja 7–9", "Järvirinteellä 4", "Lehtoraitti 1 as. 2", "kauppakatu 5 b", "87100 Kajaani",
        "Aatu Esimerkin tie 4", "Kirkkovägen 8, 68600 Jakobstad",
    ],
)  # fmt: skip
def test_the_whole_address_is_found(address):
    assert found(f"Hän asuu {address} nyt.") == [address]


def test_a_street_without_a_number_inside_a_sentence():
    assert found("Muutti Kauppakadulle keväällä.") == ["Kauppakadulle"]


@pytest.mark.parametrize(
    "text", ["Valtatie 5 on poikki.", "Maantie 12", "Katu 3 on auki.", "Tie on pitkä.", "Lapsia 12, joista 3 kotona."]
)
def test_no_address(text):
    assert found(text) == []
