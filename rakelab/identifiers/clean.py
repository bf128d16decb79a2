"""Text as it is meant: composed, without invisible marks, with a way back to the places of the original."""

import re
import unicodedata
from dataclasses import dataclass

# Ordinary text: these letters and marks are already as they should be.
_PLAIN = re.compile("[\t\n\r -~§°´·À-ÖØ-öø-ÿŒœŠšŽž–—‘’“”•…€]*")
# Marks that join, hide or turn text and show nothing themselves, besides the category Cf.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u3164\ufe00-\ufe0f\uffa0]")


@dataclass(frozen=True, repr=False)
class Cleaned:
    """``text`` in NFC without unseen marks. ``places`` tells where each character began; None if nothing moved."""

    text: str
    places: tuple[int, ...] | None
    ends: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch in the text that was given."""
        if self.places is None or self.ends is None:
            return start, end
        return self.places[start], self.ends[end - 1]


def cleaned(text: str) -> Cleaned:
    """``text`` made plain: NFC, one kind of space and digit, and no zero-width or direction marks."""
    if _PLAIN.fullmatch(text) or not any(map(_moves, set(text))):
        return Cleaned(text, None, None)
    characters: list[str] = []
    places: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        for character in _plain(text[start:end]):
            characters.append(character)
            places.append(start)
            ends.append(end)
    return Cleaned("".join(characters), tuple(places), tuple(ends))


def _moves(character: str) -> bool:
    return _plain(character) != character or unicodedata.combining(character) > 0


def _clusters(text: str) -> list[tuple[int, int]]:
    """Characters with the combining marks that follow them."""
    starts = [i for i, character in enumerate(text) if not (i and unicodedata.combining(character))]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _plain(cluster: str) -> str:
    if len(cluster) > 1:
        return "".join(map(_plain, unicodedata.normalize("NFC", cluster)))
    category = unicodedata.category(cluster)
    if category == "Cf" or _UNSEEN.match(cluster):
        return ""
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(cluster))
    wide = unicodedata.normalize("NFKC", cluster)
    return wide if len(wide) == 1 else cluster
