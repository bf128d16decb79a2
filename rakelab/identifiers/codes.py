"""Identity codes, e-mail addresses, account and phone numbers and car plates: what has a form of its own.

The patterns are loose on purpose: a mistyped identity code still identifies, so the check character only decides
where bare digits could as well be a phone number. None repeats within a repetition: the time grows with the length.
"""

import re
from collections.abc import Iterator

IDENTITY_CODE, EMAIL, IBAN, PHONE, PLATE = "identity_code", "email", "iban", "phone", "plate"

_DASH = r"\-‐‑‒–—―−"
_SIGN = rf"[{_DASH}+A-FU-Y]"
_ODD_SIGN = rf"[{_DASH}+A-FU-Y/_~=*]"  # as a reading machine may see it
_DAY, _MONTH = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])"
_SPACED_DATE = r"(?:0 ?[1-9]|[12] ?\d|3 ?[01]) ?(?:0 ?[1-9]|1 ?[0-2]) ?\d ?\d"
_NO_DIGIT = r"(?<!\d)"
# Written with a century sign, or at least with a check letter: any six digits will do, a wrong date identifies too.
_WITH_LETTER = rf"{_NO_DIGIT}\d\d[ .]?\d\d[ .]?\d\d ?{_SIGN} ?\d{{3}}(?:[A-Z]| [A-Z](?![^\W_]))"
_WITH_DIGIT = rf"{_NO_DIGIT}{_DAY}[ .]?{_MONTH}[ .]?\d\d ?{_SIGN} ?\d{{3}} ?\d(?!\d)(?:[A-Z](?![^\W_]))?"
_LONG_YEAR = rf"{_NO_DIGIT}{_DAY}[ .]?{_MONTH}[ .]?(?:19|20)\d\d ?{_SIGN} ?\d{{3}} ?[A-Z\d](?!\d)"
_SPACED = rf"{_NO_DIGIT}{_SPACED_DATE} ?{_ODD_SIGN} ?\d ?\d ?\d ?(?:\d(?!\d)|[A-Z](?![A-ZÅÄÖ]))"
_NO_SIGN = rf"{_NO_DIGIT}{_DAY}{_MONTH}\d\d ?\d{{3}} ?[A-FHJ-NPR-Y](?![A-ZÅÄÖ])"
_MISREAD = rf"(?P<misread>(?<![^\W_])[\dOIlSB]{{6}} ?{_ODD_SIGN} ?[\dOIlSB]{{3}}[\dA-Z](?![^\W_]))"
_DIGITS = rf"(?P<bare>{_NO_DIGIT}{_DAY}{_MONTH}\d\d ?\d{{4}}(?!\d))"
_CODES = (_WITH_LETTER, _WITH_DIGIT, _LONG_YEAR, _SPACED, _NO_SIGN, _MISREAD, _DIGITS)

_GAP = rf"[ {_DASH}]?"
_FOREIGN = rf"\+(?!358)\d{{1,3}}(?:{_GAP}\(0\))?(?:{_GAP}\(?\d\)?){{6,12}}"
_HOME = (
    rf"(?:(?:\+|00)358{_GAP}(?:\(0\){_GAP})?[1-9]\d?|\(?0(?:4\d|50|[1-9]\d?)\)?|\(0\){_GAP}[1-9]\d?)"
    rf"(?:{_GAP}\d){{5,8}}"
)
_DOTTED = r"0(?:4\d|50)\d?[./]\d{2,4}(?:[./ ]?\d{2,4}){1,2}"
_COMPANY_CAR = r"(?:\b(?:rek(?:isteri\w{0,12})?|auto\w{0,6}|kilpi|kilven)[.:]? (?:numero |nro |tunnus )?)"

_PATTERNS = {
    IDENTITY_CODE: re.compile("|".join(_CODES), re.IGNORECASE),
    EMAIL: re.compile(r"(?<![\w.+%-])[\w.+%-]{1,80} ?(?:@|\(at\)|\[at\]|\(ät\)) ?[\w-]{1,80}(?:\.[\w-]{1,40}){1,6}"),
    IBAN: re.compile(
        r"(?<![^\W_])FI ?\d{2}(?: ?\d{4}){3} ?\d{2}(?!\d)"
        r"|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"
        rf"|(?<![\d.,{_DASH}])[1-8]\d{{5}} ?[{_DASH}] ?\d{{2,8}}(?![\d{_DASH}])",
        re.IGNORECASE,
    ),
    PHONE: re.compile(rf"(?<![\d.,+{_DASH}/])(?:{_FOREIGN}|{_HOME}|{_DOTTED})(?![\d{_DASH}])"),
    PLATE: re.compile(
        rf"(?<!\w)[A-ZÅÄÖ]{{3}}[{_DASH}]\d{{3}}(?!\w)|{_COMPANY_CAR}[A-ZÅÄÖ]{{2,3}}[ {_DASH}]?\d{{1,3}}(?!\w)"
    ),
}
_ORDER = tuple(_PATTERNS)
_AT = re.compile(r"@|\((?:at|ät)\)|\[at\]")
# Six digits near each other, an at sign, or a plate: without one there is nothing to look for.
_HINT = re.compile(r"(?:\d[^\w,;]{0,3}){5}|[\dOoIlSB]{6}|[A-ZÅÄÖ]{2}[ \-‐‑‒–—―−]?\d")


def found(text: str, kinds: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    """Kind and place of everything with a form, the most identifying kind first; places may overlap.

    Ends with the last of ``kinds``, but tells more identifying ones too: what they take is nothing else.
    """
    digits = _HINT.search(text) is not None
    last = max((_ORDER.index(kind) + 1 for kind in kinds if kind in _PATTERNS), default=0)
    for kind in _ORDER[:last]:
        if _AT.search(text) if kind == EMAIL else digits:
            matches = _PATTERNS[kind].finditer(text)
            yield from ((kind, *match.span()) for match in matches if _holds(kind, match))


def is_identity_code(text: str) -> bool:
    """The whole text is one identity code, give or take spaces and the century sign."""
    stripped = text.strip()
    return stripped[:1].isdigit() and any(
        _holds(IDENTITY_CODE, match) and match.span() == (0, len(stripped))
        for match in _PATTERNS[IDENTITY_CODE].finditer(stripped)
    )


def _holds(kind: str, match: re.Match[str]) -> bool:
    if kind == IDENTITY_CODE and match["bare"]:
        return _check_character(match["bare"])
    if kind == IDENTITY_CODE and match["misread"]:
        return sum(character.isdigit() for character in str(match["misread"])) > 4
    if kind != IBAN or match.group()[:2].upper() == "FI" or match.group()[0].isdigit():
        return True
    return _mod97(match.group())


def _check_character(code: str) -> bool:
    digits = [letter for letter in code if letter.isdigit()]
    return "0123456789ABCDEFHJKLMNPRSTUVWXY"[int("".join(digits[:9])) % 31] == digits[9]


def _mod97(account: str) -> bool:
    bare = account.replace(" ", "").upper()
    return int("".join(str(int(letter, 36)) for letter in bare[4:] + bare[:4])) % 97 == 1
