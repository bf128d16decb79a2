"""A name that stands in a file (of a sheet, a column, the file itself), as a message may show it."""

import unicodedata
from collections.abc import Callable, Collection

HIDDEN = "•••"
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_DELETE, _PICTURES, _PICTURED = 0x7F, 0x2400, 0x20


def visible(text: str) -> str:
    """Marks that a terminal would obey instead of showing (control bytes, marks that turn the text) as pictures."""
    return text if text.isprintable() else "".join(map(_picture, text))


def _picture(character: str) -> str:
    if unicodedata.category(character) not in _UNSEEN:
        return character
    if ord(character) < _PICTURED:
        return chr(_PICTURES + ord(character))
    return "\u2421" if ord(character) == _DELETE else "\ufffd"


def masked(text: str, spans: Callable[[str], Collection[tuple[int, int]]]) -> str:
    """``text`` without what ``spans`` finds in it, also where unseen marks part it."""
    plain = "".join(character for character in text if unicodedata.category(character) not in _UNSEEN)
    hits = spans(text)
    if len(spans(plain)) > len(hits):
        return HIDDEN
    parts, end = [], 0
    for start, stop in hits:
        parts += [text[end:start], HIDDEN]
        end = stop
    return visible("".join([*parts, text[end:]]))
