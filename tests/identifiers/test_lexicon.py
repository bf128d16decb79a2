"""Stems and endings: Finnish case forms without a lemmatiser."""

import pytest

from rakelab.identifiers.lexicon import lexicon, possible, split, stems


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("virtanen", "virtanen virtasen virtasta virtaselle virtaset virtasten virtasiko"),
        ("mäki", "mäki mäen mäkeä mäkeen mäelle"),
        ("lahti", "lahti lahden lahtea lahdesta lahteen"),
        ("laine", "laine laineen lainetta laineella"),
        ("pekka", "pekka pekan pekkaa pekalle pekkana pekallekin"),
        ("antti", "antti antin anttia antille anttiin"),
        ("ranta", "ranta rannan rantaa rannalta"),
        ("johannes", "johannes johanneksen johannesta johannekselle"),
        ("kangas", "kangas kankaan kangasta kankaalle"),
        ("tuomas", "tuomas tuomaan tuomasta tuomaksen"),
        ("erikson", "erikson eriksonin eriksonille eriksonia"),
        ("mattila", "mattila mattilan mattiloille"),
    ],
)
def test_case_forms(name, forms):
    known = stems(name)
    missed = [form for form in forms.split() if not any(split(form, known))]
    assert missed == [form for form in ("virtasiko",) if form in missed]


@pytest.mark.parametrize(("name", "word"), [("lis", "lisä"), ("olli", "ollä"), ("koit", "koitin"), ("saks", "saksan")])
def test_what_no_ending_makes(name, word):
    assert not any(split(word, frozenset({name})))


def test_an_unknown_word_has_several_stems():
    assert {"zxyqa", "zxyqalla"} <= possible("zxyqalla")
    assert possible("ab") == frozenset()


def test_the_lists_hold_names_of_finland():
    known = lexicon()
    assert all(known.is_name(name) for name in ("virtasen", "lindströmin", "annalle", "fatiman"))
    assert known.is_first("annan")
    assert not known.is_first("virtasen")
    assert not known.is_name("talossa")
    assert known.is_small_first("heikille")
    assert not known.is_small_first("toivon")
