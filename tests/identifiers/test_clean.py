"""Marks that are not seen hide nothing, and places are those of the text that was given."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakelab.identifiers import find
from rakelab.identifiers.clean import cleaned


def told(text):
    return [(hit.kind, text[hit.start : hit.end]) for hit in find(text)]


@pytest.mark.parametrize("mark", ["\u200b", "\u200e", "\u202e", "\u2066", "\ufeff", "\xad", "\u2060", "\ufe0f"])
def test_a_mark_in_between_hides_nothing(mark):
    assert told(f"hetu 0101{mark}70-9{mark}01C, Virta{mark}sen, 040{mark}123{mark}4567 loppu") == [
        ("identity_code", f"0101{mark}70-9{mark}01C"),
        ("name", f"Virta{mark}sen"),
        ("phone", f"040{mark}123{mark}4567"),
    ]


def test_decomposed_letters_and_emoji_keep_their_places():
    text = unicodedata.normalize("NFD", "😀 Äiti tapasi Hämäläisen Päivin 👩‍👧 eilen, 040 123 4567 😀")
    (name, phone) = find(text)
    assert unicodedata.normalize("NFC", text[name.start : name.end]) == "Hämäläisen Päivin"
    assert text[phone.start : phone.end] == "040 123 4567"


def test_other_spaces_and_digits():
    assert told("nro 040\xa0123\u20094567") == [("phone", "040\xa0123\u20094567")]
    assert told("nro 0101７0-901C") == [("identity_code", "0101７0-901C")]
    assert told("٠٤٠ ١٢٣ ٤٥٦٧") == [("phone", "٠٤٠ ١٢٣ ٤٥٦٧")]


def test_plain_text_is_not_copied():
    assert cleaned("Äiti – 5 €").places is None


@given(st.text(max_size=60))
def test_every_place_lies_in_the_text(text):
    plain = cleaned(text)
    assert all(plain.span(i, i + 1)[0] < plain.span(i, i + 1)[1] <= len(text) for i in range(len(plain.text)))
    assert all(0 <= hit.start < hit.end <= len(text) for hit in find(text))
