"""How words are compared: spaces, case, quotes and Unicode form aside. The spellings live in ``spellings.toml``."""

import re
import tomllib
from functools import cache
from pathlib import Path
from unicodedata import normalize

_SPACE = re.compile(r"\s+")
_LINES = re.compile(r"\s*[\r\n]+\s*")
_QUOTES = " \"'“”„«»’"
_NUMBERED = re.compile(r"^\d{1,3}[.)]\s+")
# Invisible: byte order mark, zero-width space, soft hyphen.
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u00ad"))
#: A cell written by ``write_set_aside`` keeps its first character behind an apostrophe.
_NEUTRALISED = re.compile(r"^'(?=[=+\-@\t])")


def clean(cell: str) -> str:
    """The text of one cell: composed Unicode, no space at its ends."""
    if not cell.isascii():
        cell = normalize("NFC", cell).translate(_INVISIBLE)
    return _NEUTRALISED.sub("", cell.strip()) if cell[:1] == "'" else cell.strip()


def fold(text: str) -> str:
    """The form in which two spellings of one word are equal."""
    return _SPACE.sub(" ", normalize("NFC", text)).strip(_QUOTES).casefold()


def fold_lines(text: str) -> str:
    """As ``fold``, but a line break stays one: it may part two options."""
    lines = _LINES.sub("\n", normalize("NFC", text).strip()).split("\n")
    return "\n".join(_SPACE.sub(" ", line).strip() for line in lines).strip(_QUOTES).casefold()


def fold_heading(text: str) -> str:
    """A column heading without its number (“17. ”), underscores, colon, question mark or asterisk."""
    return _NUMBERED.sub("", fold(text).replace("_", " ")).strip(" :?*")


@cache
def _spellings() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "spellings.toml").read_text(encoding="utf-8"))


@cache
def missing() -> dict[str, str]:
    """Folded spelling → kind of missing, for the words that mean the same on every form."""
    return {fold(word): kind for kind, words in _spellings()["missing"].items() for word in words}


@cache
def yes() -> frozenset[str]:
    """What a ticked box can hold."""
    return frozenset(map(fold, _spellings()["box"]["yes"]))


@cache
def no() -> frozenset[str]:
    """What an empty box can hold, besides nothing."""
    return frozenset(map(fold, _spellings()["box"]["no"]))


@cache
def answers() -> frozenset[str]:
    """Second-row headings that only say “answer here”."""
    return frozenset(map(fold, _spellings()["heading"]["answer"]))


@cache
def totals() -> frozenset[str]:
    """First words of a row that sums the rows above."""
    return frozenset(map(fold, _spellings()["heading"]["total"]))


@cache
def synthetic() -> tuple[str, ...]:
    """Words that mark a file as made up."""
    return tuple(_spellings()["heading"]["synthetic"])
