"""How words are compared: spaces, case, quotes and Unicode form aside. The spellings live in ``spellings.toml``."""

import re
import tomllib
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
#: ``="046"``: how some programs keep a spreadsheet from reading a code as a number.
_KEPT = re.compile(r'^="([^"]*)"$')


def clean(cell: str) -> str:
    """The text of one cell: composed Unicode, no space at its ends."""
    if not cell.isascii():
        cell = normalize("NFC", cell).translate(_INVISIBLE)
    cell = cell.strip()
    return _KEPT.sub(r"\1", _NEUTRALISED.sub("", cell)).strip() if cell[:1] in ("'", "=") else cell


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


SPELLINGS = tomllib.loads((Path(__file__).parent / "spellings.toml").read_text(encoding="utf-8"))
#: Folded spelling → kind of missing, for the words that mean the same on every form.
MISSING = {fold(word): kind for kind, words in SPELLINGS["missing"].items() for word in words}
#: What a spreadsheet writes where a formula failed; read as not known.
ERRORS = frozenset(map(fold, SPELLINGS["error"]["words"]))
MISSING |= dict.fromkeys(ERRORS, "ei_tietoa")
#: What a ticked box can hold, and what an empty box can hold besides nothing.
YES, NO = (frozenset(map(fold, SPELLINGS["box"][answer])) for answer in ("yes", "no"))
TRUTHS = SPELLINGS["box"]["truths"]
#: Second-row headings that only say “answer here”.
ANSWER_HEADINGS = frozenset(map(fold, SPELLINGS["heading"]["answer"]))
#: First words of a row that sums the rows above, and words that mark a file as made up.
TOTALS = frozenset(map(fold, SPELLINGS["heading"]["total"]))
SYNTHETIC = tuple(SPELLINGS["heading"]["synthetic"])
