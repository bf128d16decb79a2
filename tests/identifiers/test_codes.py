"""What has a form of its own. Identity codes here have the individual numbers 900–999, which nobody has."""

import pytest

from rakelab import identifiers
from rakelab.identifiers import find


def kinds(text):
    return [hit.kind for hit in find(text, identifiers.CODES)]


@pytest.mark.parametrize("sign", "+-YXWVUABCDEF–−‐yxwvuabcdef")
def test_every_century_sign(sign):
    assert kinds(f"hetu 010170{sign}901C on") == ["identity_code"]


@pytest.mark.parametrize(
    "text",
    [
        "010170 - 901C", "hetu010170-901Cja", "010170901C", "01.01.70-901C", "010170 901C", "Hetu: 010170-901C.",
        "310270-901C", "451370-901C", "010170-9019", "hetu010170-9010x", "0 1 0 1 7 0 - 9 0 1 C", "O1O17O-9O1C",
        "o10l70-90lC", "010170/901C", "010170_901C", "01011970-901C", "010170-901 C", "(010170-999X)",
    ],
)  # fmt: skip
def test_identity_codes_are_found_however_they_are_written(text):
    assert kinds(text) == ["identity_code"]


def test_a_glued_word_is_left_out_and_a_spare_letter_is_not():
    (hit,) = find("hetu010170-9010x loppu")
    assert (hit.start, hit.end) == (4, 16)


def test_bare_digits_are_an_identity_code_only_with_the_right_check_character():
    digits = next(f"0101709{n:02}" for n in range(99) if int(f"0101709{n:02}") % 31 < 10)
    right = int(digits) % 31
    assert identifiers.is_identity_code(f"{digits}{right}")
    assert not identifiers.is_identity_code(f"{digits}{(right + 1) % 10}")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("soita 040 123 4567 tai +358 40 1234567", ["phone", "phone"]),
        ("0401234567", ["phone"]),
        ("(040) 123-4567", ["phone"]),
        ("+358 (0)40 123 4567", ["phone"]),
        ("040–123–4567", ["phone"]),
        ("040.123.4567", ["phone"]),
        ("09-123 456", ["phone"]),
        ("(09) 123 456", ["phone"]),
        ("00358 40 123 4567", ["phone"]),
        ("+46 70 123 45 67", ["phone"]),
        ("kirjoita a.b@esimerkki.invalid", ["email"]),
        ("a.b(at)esimerkki.invalid", ["email"]),
        ("tilille FI21 1234 5600 0007 85 talo", ["iban"]),
        ("FI2112345600000785", ["iban"]),
        ("tili 123456-785 on", ["iban"]),
        ("auto ABC-123", ["plate"]),
        ("rek. AB-12", ["plate"]),
        ("ICD-10 vuosina 2020-2021, 01.01.2020 klo 12.30, 1 234 567 €, 45 v", []),
        ("välillä 1.1.2020–31.12.2020 yhteensä 12 345,67 e", []),
        ("COVID-19 ja PL 12", []),
        ("", []),
    ],
)
def test_other_identifiers(text, found):
    assert kinds(text) == found


def test_a_foreign_account_number_needs_right_check_digits():
    assert kinds("DE89 3704 0044 0532 0130 00") == ["iban"]
    assert "iban" not in kinds("DE88 3704 0044 0532 0130 00")


def test_a_whole_text_is_an_identity_code_or_is_not():
    assert identifiers.is_identity_code(" 010170-901C ")
    assert not identifiers.is_identity_code("hetu 010170-901C")
