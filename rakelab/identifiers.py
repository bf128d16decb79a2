"""Find what points at a person in running text: identity codes, phones, e-mails, account numbers, car plates.

Tells kinds and positions, never the found text. The patterns are loose on purpose: a mistyped identity code still
identifies, so the check character only decides where bare digits could as well be a phone number.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

IDENTITY_CODE, EMAIL, IBAN, PHONE, PLATE = "identity_code", "email", "iban", "phone", "plate"
KINDS = (IDENTITY_CODE, EMAIL, IBAN, PHONE, PLATE)


@dataclass(frozen=True)
class Hit:
    """One find: ``kind`` is one of ``KINDS``; ``text[start:end]`` is the place."""

    kind: str
    start: int
    end: int


_SIGN = r"[-+‐‑‒–—―−A-FU-Y]"
_DAY, _MONTH = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])"
_LETTER = "[A-Z]"
_NO_DIGIT = r"(?<!\d)"
# Written with a century sign, or at least with a check letter: any six digits will do, a wrong date identifies too.
_WITH_LETTER = rf"{_NO_DIGIT}\d\d[ .]?\d\d[ .]?\d\d ?{_SIGN} ?\d{{3}}{_LETTER}"
_WITH_DIGIT = rf"{_NO_DIGIT}{_DAY}[ .]?{_MONTH}[ .]?\d\d ?{_SIGN} ?\d{{3}} ?\d(?!\d)"
_NO_SIGN = rf"{_NO_DIGIT}{_DAY}{_MONTH}\d\d ?\d{{3}}[A-FHJ-NPR-Y](?![A-ZÅÄÖ])"
_DIGITS = rf"(?P<bare>{_NO_DIGIT}{_DAY}{_MONTH}\d\d ?\d{{4}}(?!\d))"

_PATTERNS = {
    IDENTITY_CODE: re.compile("|".join((_WITH_LETTER, _WITH_DIGIT, _NO_SIGN, _DIGITS)), re.IGNORECASE),
    EMAIL: re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"),
    IBAN: re.compile(
        r"\bFI\d{2}(?: ?\d{4}){3} ?\d{2}\b|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", re.IGNORECASE
    ),
    PHONE: re.compile(
        r"(?<![\w.,+-])(?:(?:\+|00)358[ -]?(?:\(0\)[ -]?)?[1-9]\d?|\(?0(?:4\d|50|[1-9]\d?)\)?)(?:[ -]?\d){5,8}(?![\d-])"
    ),
    PLATE: re.compile(r"\b[A-ZÅÄÖ]{3}-\d{3}\b"),
}
_MARK = re.compile(r"[\d@]")  # quick: most texts hold neither
# Six digits near each other, an at sign, or a plate: without one there is nothing to look for.
_HINT = re.compile(r"(?:\d[^\w,;]{0,3}){6}|@|[A-ZÅÄÖ]-\d{3}")


def find(text: str) -> tuple[Hit, ...]:
    """Every identifier in ``text``, in order of place; no two overlap (the more identifying kind wins)."""
    if not (_MARK.search(text) and _HINT.search(text)):
        return ()
    hits: list[Hit] = []
    for kind, pattern in _PATTERNS.items():
        if kind == EMAIL and "@" not in text:
            continue
        for match in pattern.finditer(text):
            if _holds(kind, match) and not any(_overlap(match, hit) for hit in hits):
                hits.append(Hit(kind, *match.span()))
    return tuple(sorted(hits, key=lambda hit: hit.start))


def count(texts: Iterable[str]) -> dict[str, int]:
    """How many identifiers of each kind the texts hold together; kinds that are not there are left out."""
    return dict(Counter(hit.kind for text in texts for hit in find(text)))


def is_identity_code(text: str) -> bool:
    """The whole text is one identity code, give or take spaces and the century sign."""
    stripped = text.strip()
    return stripped[:1].isdigit() and any(
        _holds(IDENTITY_CODE, match) and match.span() == (0, len(stripped))
        for match in _PATTERNS[IDENTITY_CODE].finditer(stripped)
    )


def _overlap(match: re.Match[str], hit: Hit) -> bool:
    return match.start() < hit.end and hit.start < match.end()


def _holds(kind: str, match: re.Match[str]) -> bool:
    if kind == IDENTITY_CODE and match["bare"]:
        return _check_character(match["bare"])
    return kind != IBAN or match.group()[:2].upper() == "FI" or _mod97(match.group())


def _check_character(code: str) -> bool:
    digits = [letter for letter in code if letter.isdigit()]
    return "0123456789ABCDEFHJKLMNPRSTUVWXY"[int("".join(digits[:9])) % 31] == digits[9]


def _mod97(account: str) -> bool:
    bare = account.replace(" ", "").upper()
    return int("".join(str(int(letter, 36)) for letter in bare[4:] + bare[:4])) % 97 == 1
