"""Headings and options: ordinary words with a capital are no names, and names are found all the same."""

import pytest

from rakelab import identifiers


@pytest.mark.parametrize(
    "text",
    ["Household Income", "East North Central", "Yes, somewhat rude", "Green beans/green bean casserole", "Bread-based",
     "Täysin eri mieltä", "Tuen tarve (choice=Talous)", "South Atlantic"],
)  # fmt: skip
def test_ordinary_words_are_no_names(text: str) -> None:
    assert identifiers.harmless(text)
    assert identifiers.title(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Miten Maija Virtanen auttoi?", "Miten ••• auttoi?"), ("Kumar Singh", "•••"),
     ("Apua (choice=Liisa Korhonen)", "Apua (choice=•••)"),
     ("Soita 050 123 4567", "Soita •••"), ("maija@example.org", "•••"),
     ("Grant Hunter", "•••")],
)  # fmt: skip
def test_names_and_codes_are(text: str, shown: str) -> None:
    assert not identifiers.harmless(text)
    assert identifiers.title(text) == shown


@pytest.mark.parametrize("text", ["liisa korhonen", "liisa_korhonen", "Liisa-Korhonen"])
def test_a_name_is_found_in_small_letters_and_with_lines(text: str) -> None:
    assert not identifiers.harmless(text)
