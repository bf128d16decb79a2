"""Words suggest themes: by base form, in compounds, and on real answers at least as well as a search for strings."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from rakelab import coding
from rakelab.coding import lemmas

BASES = {"velan": "velka", "velkaa": "velka", "vuokran": "vuokra", "jonossa": "jono", "jonoja": "jono"}
ANSWERS = (
    Path(__file__).parents[3] / "shared" / "data" / "open-answers" / "FSD2821_nuoret_kehitysyhteistyo2012_open.csv"
)


def base(word: str) -> frozenset[str]:
    return frozenset({BASES.get(word, word)})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("VELKAA ja jonoja", ("talous", "jono")),
        ("vuokranmaksu jäi", ("talous",)),
        ("velanhoito", ("talous",)),  # the genitive of a theme word begins the compound
        ("asuntovelka", ("talous",)),
        ("leipä-jonossa", ("jono",)),
        ("leipäjonoja", ("jono",)),  # the base form of the last part
        ("velvollisuus, jo no", ()),
        ("", ()),
    ],
)
def test_words_suggest_themes(text: str, wanted: tuple[str, ...], themes: coding.Themes) -> None:
    assert coding.suggest([text], themes, base=base) == (wanted,)


def test_a_short_word_is_no_part_of_another() -> None:
    one = coding.Theme("ero", dict.fromkeys(("fi", "sv", "en"), "Ero"), ("ero",))
    assert coding.suggest(["erottaminen", "ero"], coding.Themes("x", (one,)), base=base) == ((), ("ero",))


def test_a_slip_of_the_pen_at_the_end_of_a_long_word() -> None:
    one = coding.Theme("k", dict.fromkeys(("fi", "sv", "en"), "K"), ("köyhyys",))
    assert coding.suggest(["köyhyyyys"], coding.Themes("x", (one,)), base=base) == (("k",),)


@pytest.fixture
def fresh() -> Iterator[None]:
    lemmas.lemmas.cache_clear()
    yield
    lemmas.lemmas.cache_clear()


@pytest.mark.usefixtures("fresh")
def test_voikko_is_used_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Voikko:
        def __init__(self, lang: str) -> None:
            assert lang == "fi"

        def analyze(self, word: str) -> list[dict[str, str]]:
            return [{"BASEFORM": "Kuusi"}, {"BASEFORM": "kuu"}, {"CLASS": "x"}] if word == "kuuni" else []

    module = ModuleType("libvoikko")
    module.Voikko = Voikko  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "libvoikko", module)
    found = lemmas.lemmas()
    assert (found("kuuni"), found("zzz")) == ({"kuusi", "kuu"}, {"zzz"})


@pytest.mark.usefixtures("fresh")
def test_the_trie_is_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "libvoikko", None)
    monkeypatch.setitem(sys.modules, "marisa_trie", None)
    assert lemmas.lemmas("en")("debts") == {"debt"}


# --- real answers ---------------------------------------------------------------------------------------------

#: Theme: the words of a coder, the strings whose texts are known, and how many answers hold one of them.
FLOORS = {
    "koyhyys": (("köyhyys",), ("köyhyy",), 262),
    "nalka": (("nälkä",), ("nälän",), 252),
    "sota": (("sota", "sotia"), ("sota", "sodat", "sotia"), 242),
    "ilmasto": (("ilmasto",), ("ilmaston",), 163),
}


@pytest.mark.shared
def test_real_answers_give_at_least_what_a_search_for_strings_does() -> None:
    if not ANSWERS.exists():
        pytest.skip("the open answers are not here")
    label = dict.fromkeys(("fi", "sv", "en"), "x")
    themes = coding.Themes("x", tuple(coding.Theme(name, label, words) for name, (words, _, _) in FLOORS.items()))
    with ANSWERS.open(encoding="utf-8", newline="") as file:
        texts = [row["q11_3"] for row in csv.DictReader(file)]
    found = coding.suggest(texts, themes)
    for name, (_, strings, count) in FLOORS.items():
        known = [any(one in text.casefold() for one in strings) for text in texts]
        had = [name in one for one in found]
        hit = sum(a and b for a, b in zip(known, had, strict=True))
        print(f"{name}: recall {hit / count:.3f}, also in the search {hit / sum(had):.3f} of {sum(had)}")
        assert (sum(known), hit) == (count, count)
