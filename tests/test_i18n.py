"""Three languages say the same: the same keys, the same placeholders, no empty words; numbers as each writes them."""

import ast
import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

import rakelab
from rakelab import i18n
from rakelab.i18n import LANGUAGES, words

PACKAGE = Path(rakelab.__file__).parent
OTHERS = ("sv", "en")
NBSP = "\u00a0"


def placeholders(sentence: str) -> set[str]:
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in Formatter().parse(sentence) if name is not None}


# --- the words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", OTHERS)
def test_the_same_keys(lang: str) -> None:
    assert set(words("fi")) ^ set(words(lang)) == set()


@pytest.mark.parametrize("lang", OTHERS)
def test_the_same_placeholders(lang: str) -> None:
    differ = {key for key, sentence in words("fi").items() if placeholders(sentence) != placeholders(words(lang)[key])}
    assert differ == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_is_a_text_with_something_in_it(lang: str) -> None:
    assert [key for key, sentence in words(lang).items() if not isinstance(sentence, str) or not sentence.strip()] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_placeholders_have_names(lang: str) -> None:
    found = {key: placeholders(sentence) for key, sentence in words(lang).items()}
    assert [key for key, names in found.items() if not all(name.isidentifier() for name in names)] == []


@pytest.mark.parametrize("lang", OTHERS)
def test_a_sentence_is_not_left_in_finnish(lang: str) -> None:
    """A sentence of four words or more is never the same in two languages."""
    same = {key: said for key, said in words(lang).items() if said == words("fi")[key]}
    assert [key for key, said in same.items() if len(re.findall(r"[^\W\d]{3,}", said)) > 3] == []


def test_one_and_many_come_together() -> None:
    ones = {key.removesuffix(".one") for key in words("fi") if key.endswith(".one")}
    assert ones == {key.removesuffix(".other") for key in words("fi") if key.endswith(".other")}


# --- the code and the words -----------------------------------------------------------------------------------


def rooms() -> set[str]:
    return {path.stem for path in (i18n.LOCALES / "fi").glob("*.toml")}


def used() -> dict[str, str]:
    """Texts in the code that look like “room.name”, with the file that has them; docstrings do not count."""
    shape = re.compile(rf"(?:{'|'.join(sorted(rooms()))})(?:\.\w+)+")
    found: dict[str, str] = {}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and shape.fullmatch(node.value):
                found[node.value] = path.relative_to(PACKAGE).as_posix()
    return found


def prefixes() -> set[str]:
    return {part for key in words("fi") for part in (key, *_shorter(key))}


def _shorter(key: str) -> list[str]:
    parts = key.split(".")
    return [".".join(parts[:i]) for i in range(2, len(parts))]


#: Not words but names of other things that look the same.
NOT_WORDS = re.compile(
    r"codebook\.title|.*\.(toml|ipynb|csv|xlsx|jsonl?|html|j2|css|py)|rakelab\..*|report\.[a-z_]+\.[A-Z]\w+"
)


def test_every_word_that_the_code_names_exists() -> None:
    unknown = {key: file for key, file in used().items() if key not in prefixes() and not NOT_WORDS.fullmatch(key)}
    modules = {".".join(p.relative_to(PACKAGE).with_suffix("").parts) for p in PACKAGE.rglob("*.py")}
    assert {key: file for key, file in unknown.items() if key not in modules} == {}


def test_the_scan_of_the_code_finds_words() -> None:
    assert {"protect.other_people", "prepare.condition", "archive.not_released"} <= set(used())


def literals() -> set[str]:
    """All texts of the code, the constant parts of f-strings as well."""
    texts: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
    return texts


def test_no_word_lies_unused() -> None:
    """A word is named whole, or its last part or a part before it stands in the code (keys made by f-strings)."""
    texts = literals() | {path.stem for path in PACKAGE.rglob("*.py")}
    pieces = {piece for text in texts for piece in re.split(r"[.\s]", text)}
    unused = [key for key in words("fi") if key not in texts and not set(key.split(".")[1:]) & pieces]
    assert [key for key in unused if not key.startswith(("present.", "indicators.", "cli."))] == []


# --- filling in -----------------------------------------------------------------------------------------------


def test_a_sentence_is_filled_in() -> None:
    assert i18n.text("protect.below_floor", "fi", floor=3).startswith("Kynnys ei voi olla pienempi kuin 3.")


@pytest.mark.parametrize(("key", "lang"), [("protect.no_such", "fi"), ("common.total", "de"), ("", "sv")])
def test_a_word_that_does_not_exist_is_never_silent(key: str, lang: str) -> None:
    with pytest.raises(LookupError):
        i18n.text(key, lang)


def test_a_value_that_is_not_given_is_never_silent() -> None:
    with pytest.raises(KeyError):
        i18n.text("protect.below_floor", "fi")


@pytest.mark.parametrize(("lang", "listed"), [("fi", "a, b ja c"), ("sv", "a, b och c"), ("en", "a, b and c")])
def test_lists(lang: str, listed: str) -> None:
    assert i18n.listing("abc", lang) == listed
    assert [i18n.listing(items, lang) for items in ([], ["a"])] == ["", "a"]


# --- numbers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "digits", "fi", "sv", "en"),
    [
        (0, 0, "0", "0", "0"),
        (707, 0, "707", "707", "707"),
        (1234, 0, f"1{NBSP}234", f"1{NBSP}234", "1,234"),
        (1234567.891, 1, f"1{NBSP}234{NBSP}567,9", f"1{NBSP}234{NBSP}567,9", "1,234,567.9"),
        (43.0, 1, "43,0", "43,0", "43.0"),
        (0.5, 2, "0,50", "0,50", "0.50"),
        (-0.4, 0, "0", "0", "0"),
        (-0.04, 1, "0,0", "0,0", "0.0"),
    ],
)
def test_numbers(value: float, digits: int, fi: str, sv: str, en: str) -> None:
    assert [i18n.number(value, lang, digits) for lang in LANGUAGES] == [fi, sv, en]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_number_below_zero_keeps_its_sign(lang: str) -> None:
    written = i18n.number(-12.34, lang, 1)
    assert written[0] in "-−"
    assert written[1:] == ("12.3" if lang == "en" else "12,3")


@pytest.mark.parametrize(
    ("share", "digits", "fi", "en"),
    [(0.523, 0, f"52{NBSP}%", "52%"), (1, 0, f"100{NBSP}%", "100%"), (0.0004, 1, f"0,0{NBSP}%", "0.0%"),
     (0.4567, 1, f"45,7{NBSP}%", "45.7%")],
)  # fmt: skip
def test_percentages(share: float, digits: int, fi: str, en: str) -> None:
    assert [i18n.percent(share, lang, digits) for lang in LANGUAGES] == [fi, fi, en]


def test_days() -> None:
    assert [i18n.day(date(2026, 11, 2), lang) for lang in LANGUAGES] == ["2.11.2026", "2.11.2026", "2 November 2026"]


def test_counted_words() -> None:
    key = next(key.removesuffix(".one") for key in sorted(words("fi")) if key.endswith(".one")
               and placeholders(words("fi")[key]) <= {"n"})  # fmt: skip
    assert i18n.counted(key, 1, "fi") == words("fi")[f"{key}.one"].format(n="1")
    assert i18n.counted(key, 1234, "fi") == words("fi")[f"{key}.other"].format(n=f"1{NBSP}234")


# --- the codebooks --------------------------------------------------------------------------------------------


def test_words_of_a_room_are_in_its_file() -> None:
    assert rooms() == {key.split(".")[0] for key in words("fi")}
    for lang in OTHERS:
        assert {path.stem for path in (i18n.LOCALES / lang).glob("*.toml")} == rooms()


@pytest.mark.parametrize(
    ("k", "n", "told"),
    [(1, 8, "13\u00a0%"), (3, 8, "38\u00a0%"), (29, 200, "15\u00a0%"), (23, 40, "58\u00a0%"), (1, 2, "50\u00a0%")],
)
def test_half_a_percentage_goes_up(k: int, n: int, told: str) -> None:
    """29/200 is 14.499999999999998 in binary, and 14.5 on paper."""
    assert i18n.percent(k / n, "fi") == told


def test_halves_go_away_from_zero_alike() -> None:
    assert [i18n.rounded(value) for value in (2.5, -2.5, 0.5, 0.49)] == [3, -3, 1, 0]
    assert [i18n.rounded(value, 1) for value in (0.25, 0.35, -0.25)] == [0.3, 0.4, -0.3]


def test_a_label_is_the_words_in_every_language_and_says_other_labels_in_the_same() -> None:
    title = {"fi": "Ikä", "sv": "Ålder", "en": "Age"}
    assert i18n.label("prepare.accumulation", title=title) == {
        lang: i18n.text("prepare.accumulation", lang, title=words_in) for lang, words_in in title.items()
    }
    assert i18n.label("common.and") == {"fi": "ja", "sv": "och", "en": "and"}


@pytest.mark.parametrize("given", ["vain aikuiset", "prepare.why.nothing", "common.total", ""])
def test_a_text_is_said_as_it_was_written_whatever_it_looks_like(given):
    """Only a reason that the tool has is a word of its own; a word that does not exist cannot be made."""
    assert not isinstance(i18n.reason(given), i18n.Word)
    assert {i18n.said(i18n.reason(given), lang) for lang in LANGUAGES} == {given}
    with pytest.raises(LookupError):
        i18n.Word("prepare.why.nothing")


def test_a_reason_of_the_tool_is_said_in_each_language():
    said = [i18n.said(i18n.reason("prepare.why.last"), lang) for lang in LANGUAGES]
    assert len({"prepare.why.last", *said}) == 4


# --- what is near ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_nothing_is_near_nothing_is_said_of_it(lang: str) -> None:
    names = [key for key, sentence in words(lang).items() if "nearest" in placeholders(sentence)]
    for key in names:
        values = dict.fromkeys(placeholders(words(lang)[key]), "sana")
        said = i18n.text(key, lang, **values | {"nearest": "–"})
        assert "–" not in said.replace("--", ""), key
        assert said in i18n.text(key, lang, **values) or said.split(". ")[0] in i18n.text(key, lang, **values)
        assert said.endswith((".", "?")), key
