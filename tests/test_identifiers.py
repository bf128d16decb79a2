"""Identifiers in running text. Identity codes here have the individual numbers 900–999, which nobody has."""

import csv
from pathlib import Path

import pytest

from rakelab import identifiers
from rakelab.identifiers import Hit

SHARED = Path(__file__).parents[2] / "shared" / "data"
#: Vectors that have no identity code's form: an unknown century sign, letters in the date.
_NOT_REAL = {"131052T308T", "0101-1-0101"}


@pytest.mark.parametrize(
    "text",
    [
        "010170-901C", "010170+901C", "010170A901C", "010170y901c", "010170X901C", "010170 - 901C", "010170–901C",
        "010170−901C", "hetu010170-901Cja", "010170901C", "01.01.70-901C", "010170 901C", "Hetu: 010170-901C.",
        "310270-901C",
        "451370-901C", "010170-9019",
    ],
)  # fmt: skip
def test_identity_codes_are_found_however_they_are_written(text):
    assert [hit.kind for hit in identifiers.find(text)] == ["identity_code"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("soita 040 123 4567 tai +358 40 1234567", ["phone", "phone"]),
        ("0401234567", ["phone"]),
        ("kirjoita a.b@esimerkki.invalid", ["email"]),
        ("tilille FI21 1234 5600 0007 85 talo", ["iban"]),
        ("auto ABC-123", ["plate"]),
        ("ICD-10 vuosina 2020-2021, 01.01.2020 klo 12.30, 1 234 567 €, 45 v", []),
        ("", []),
    ],
)
def test_other_identifiers(text, kinds):
    assert [hit.kind for hit in identifiers.find(text)] == kinds


def test_a_hit_tells_the_place_and_not_the_text():
    assert identifiers.find("nro 010170-901C loppu") == (Hit("identity_code", 4, 15),)
    assert "901" not in repr(identifiers.find("nro 010170-901C loppu"))


def test_bare_digits_are_an_identity_code_only_with_the_right_check_character():
    digits = "010170901"
    right = "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(digits) % 31]
    assert not right.isdigit()  # a letter ends it: always a code
    assert identifiers.find(digits + right)[0].kind == "identity_code"
    assert identifiers.is_identity_code("0101709048") is ("0123456789ABCDEFHJKLMNPRSTUVWXY"[10170904 % 31] == "8")


def test_a_foreign_account_number_needs_right_check_digits():
    assert [hit.kind for hit in identifiers.find("DE89 3704 0044 0532 0130 00")] == ["iban"]
    assert "iban" not in [hit.kind for hit in identifiers.find("DE88 3704 0044 0532 0130 00")]


def test_counts_leave_out_kinds_that_are_not_there():
    assert identifiers.count(["010170-901C ja 010170-901C", "a@b.fi", "ei mitään"]) == {"identity_code": 2, "email": 1}


def test_a_whole_text_is_an_identity_code_or_is_not():
    assert identifiers.is_identity_code(" 010170-901C ")
    assert not identifiers.is_identity_code("hetu 010170-901C")


@pytest.mark.shared
def test_every_vector_of_the_real_format_is_found():
    path = SHARED / "pii-finnish" / "hetu_vectors.csv"
    if not path.exists():
        pytest.skip("no ../shared/data")
    with path.open(encoding="utf-8", newline="") as stream:
        values = [row["value"] for row in csv.DictReader(stream)]
    missed = {value for value in values if "identity_code" not in identifiers.count([f"asiakas {value} tuli"])}
    assert missed == _NOT_REAL
