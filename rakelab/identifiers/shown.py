"""A name that stands in a file (of a sheet, a column, the file itself), as a message may show it."""

import unicodedata
from collections.abc import Callable, Collection

HIDDEN = "•••"
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_DELETE, _PICTURES, _PICTURED = 0x7F, 0x2400, 0x20


def visible(text: str) -> str:
    """Marks that a terminal would obey instead of showing (control bytes, marks that turn the text) as pictures."""
    return text if text.isprintable() else "".join(map(_picture, text))


def _picture(one: str) -> str:
    if unicodedata.category(one) not in _UNSEEN:
        return one
    if ord(one) < _PICTURED:
        return chr(_PICTURES + ord(one))
    return "\u2421" if ord(one) == _DELETE else "\ufffd"


def masked(text: str, spans: Callable[[str], Collection[tuple[int, int]]]) -> str:
    """``text`` without what ``spans`` finds in it, also where unseen marks part it."""
    plain = "".join(one for one in text if unicodedata.category(one) not in _UNSEEN)
    found = spans(text)
    if len(spans(plain)) > len(found):
        return HIDDEN
    parts, end = [], 0
    for start, stop in found:
        parts += [text[end:start], HIDDEN]
        end = stop
    return visible("".join([*parts, text[end:]]))
