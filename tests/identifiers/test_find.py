"""The room as its users see it: finds, counts, scans, and nothing of the text. All persons here are invented."""

from itertools import pairwise

import pytest

from rakelab import identifiers
from rakelab.identifiers import Hit, Scan

NOTE = "Virtasen Matti (010170-901C) soitti 040 123 4567, asuu Kauppakatu 5 A 3, 87100 Kajaani, a.b@esimerkki.invalid"


def kinds(text):
    return [hit.kind for hit in identifiers.find(text)]


def test_all_kinds_in_one_note_in_order_of_place():
    assert kinds(NOTE) == ["name", "identity_code", "phone", "address", "email"]


def test_no_two_finds_overlap():
    hits = identifiers.find(NOTE)
    assert all(one.end <= other.start for one, other in pairwise(hits))


def test_only_the_kinds_that_are_asked_for():
    assert [hit.kind for hit in identifiers.find(NOTE, (identifiers.PHONE,))] == ["phone"]
    assert [hit.kind for hit in identifiers.find(NOTE, identifiers.CODES)] == ["identity_code", "phone", "email"]


def test_a_hit_tells_the_place_and_not_the_text():
    assert identifiers.find("nro 010170-901C loppu") == (Hit("identity_code", 4, 15),)
    assert "901" not in repr(identifiers.find("nro 010170-901C loppu"))


def test_counts_leave_out_kinds_that_are_not_there():
    assert identifiers.count(["010170-901C ja 010170-901C", "a@b.fi", "ei mitään"]) == {"identity_code": 2, "email": 1}
    assert identifiers.count(["010170-901C, a@b.fi"], (identifiers.EMAIL,)) == {"email": 1}


def test_a_scan_tells_counts_and_rows():
    found = identifiers.scan(["ei mitään", "Tapasin Annan ja Heikin.", "soita 040 123 4567", "Annalle 040 123 4567"])
    assert found == Scan({"name": 3, "phone": 2}, {"name": (1, 3), "phone": (2, 3)})
    assert "Anna" not in repr(found)


@pytest.mark.parametrize(
    "text",
    [
        "Asunto on kylmä ja vuokra korkea.", "Toivon, että asia hoituu. Aina ei pääse Kelaan Kajaanissa.", "",
        "Ihmisen pitää jaksaa 45 minuuttia kerrallaan, 2–3 kertaa viikossa.", "SUOMEN HYVINVOINTIALUEET", "€ % 😀",
    ],
)  # fmt: skip
def test_a_text_that_points_at_nobody_passes(text):
    assert identifiers.passes(text)


@pytest.mark.parametrize("text", ["Anna ei päässyt.", "asuu kauppakatu 5 b", "ABC-123", "matin kanssa oltiin"])
def test_a_text_that_points_at_somebody_does_not_pass(text):
    assert not identifiers.passes(text)
