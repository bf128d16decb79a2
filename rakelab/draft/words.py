"""What a draft recognises of languages, scales, sensitive matters and headings: ``words.toml``, and the order of options."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from rakelab.i18n import LANGUAGES
from rakelab.loaders.spelling import TRUTHS, fold

WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
UNKNOWN = {lang: tuple(WORDS["unknown"].get(lang, ())) for lang in LANGUAGES}
_NOT_KNOWN = frozenset(fold(word) for words in WORDS["unknown"].values() for word in words)
_SCALES = [tuple(scale["steps"]) for scale in WORDS["scale"]]
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"(?<=\d)[,\s.\u00a0](?=\d{3}(?!\d))")
_RANKED = re.compile(r"^(\d{1,2})\s*[=.):–-]?\s+\D|^(\d{1,2})\s*[=.):–-]\s*\D")
_BELOW, _ABOVE = re.compile(r"^(<|alle|under|below|less than|vähemmän kuin|mindre än)"), re.compile(r"^(>|yli|över|over)")
_OF_RANGES = re.compile(
    r"\b(or|older|younger|more|less|later|earlier|and|up|to|over|under|below|than|yli|alle|tai|enemmän|vähemmän|kuin"
    r"|ft|cm|vanhempi|nuorempi|ja|vuotias|vuotiaat|vuotta|v|år|åring|över|eller|äldre|yngre|mer|mindre|än|years?|old|euroa?|e|eur)\b"
)


def language(texts: Iterable[str], otherwise: str) -> str:
    """The language that most of the words are of; ``otherwise`` where none is ahead."""
    words = re.findall(r"\w+", " ".join(texts).casefold())
    sizes = {lang: sum(word in set(WORDS["language"].get(lang, ())) for word in words) for lang in LANGUAGES}
    best = max(sizes, key=lambda lang: (sizes[lang], lang == otherwise))
    return best if sizes[best] else otherwise


def unknown(text: str) -> bool:
    """Does the answer say that there is none?"""
    return fold(text) in _NOT_KNOWN


def is_of(kind: str, heading: str) -> bool:
    """Is the heading one of ``id``, ``person``, ``time``, ``region``, ``age`` or ``code``?"""
    return any(re.search(pattern, fold(heading)) for pattern in WORDS["heading"][kind])


def is_other(text: str) -> bool:
    """Is the option one that takes in what is none of the others?"""
    return bool(re.match(rf"(?:{'|'.join(WORDS['other']['begins'])})\b", fold(text)))


def is_alone(text: str) -> bool:
    return bool(re.match(rf"(?:{'|'.join(WORDS['other']['alone'])})\b", fold(text)))


def yes_and_no(texts: Iterable[str], lang: str) -> tuple[str, ...]:
    """The pair that all ``texts`` are of, in words; whichever of the two somebody gave."""
    given = set(map(fold, texts))
    for pair in ((*map(WORDS["pairs"].get, LANGUAGES), *WORDS["pairs"]["spelt"]) if given else ()):
        if pair and given <= set(pair):
            return tuple(word.capitalize() for word in (pair if len(pair[1]) > 1 and pair[0] not in TRUTHS else
                                                        WORDS["pairs"][lang]))  # fmt: skip
    return ()


def sensitivity(texts: Iterable[str]) -> str:
    """What of the sensitive matters the texts speak of, or nothing."""
    said = fold(" ".join(texts))
    return next((kind for kind, stems in WORDS["sensitive"].items() if any(stem in said for stem in stems)), "")


# --- order ----------------------------------------------------------------------------------------------------


def scale(texts: Sequence[str]) -> tuple[str, ...]:
    """The whole scale that all ``texts`` are steps of: three or more, or two beside each other. Without its middle where
    they are on both sides of it and none is of it."""
    given = set(map(fold, texts))
    for steps in _SCALES:
        places = [place for place, step in enumerate(map(fold, steps)) if step in given]
        if len(places) == len(given) > 1 and (len(places) > 2 or places[1] - places[0] == 1):
            middle = len(steps) // 2
            around = places[0] < middle < places[-1] and middle not in places
            return steps[:middle] + steps[middle + 1 :] if around else steps
    return ()


def in_order(texts: Sequence[str]) -> list[str]:
    """``texts`` from the least to the most, where they have an order that is known; else nothing."""
    for places in (_ranks(texts), _ranges(texts), *(_steps(texts, name) for name in WORDS["ladders"])):
        if len(texts) > 2 and places and len(set(places)) == len(texts):
            return [text for _, text in sorted(zip(places, texts, strict=True))]
    return []


def _ranks(texts: Sequence[str]) -> list[tuple[float, ...]]:
    """“1 = never”, “2 = sometimes” …"""
    found = [_RANKED.match(text) for text in texts]
    return [(float(match[1] or match[2]),) for match in found if match] if all(found) else []


def _ranges(texts: Sequence[str]) -> list[tuple[float, ...]]:
    """“under 18”, “18–29”, “30 or more”: numbers and the words of ranges."""
    places, bare = list[tuple[float, ...]](), 0
    for text in map(fold, texts):
        plain = _THOUSANDS.sub("", text)
        numbers = [float(number.replace(",", ".")) for number in _NUMBER.findall(plain)]
        if not numbers or re.search(r"[^\W\d_]", _OF_RANGES.sub("", _NUMBER.sub(" ", plain))):
            return []
        bare += len(numbers) == 1 and plain.strip().isdigit()
        shift = -0.5 if _BELOW.search(plain) else 0.5 if _ABOVE.search(plain) else 0
        places.append((numbers[0] + shift, *numbers[1:]))
    return places if bare < len(texts) else []


def _steps(texts: Sequence[str], ladder: str) -> list[tuple[float, ...]]:
    found = [_step(fold(text), ladder) for text in texts]
    return [] if -1 in found else [(float(place),) for place in found]


@cache
def _step(text: str, ladder: str) -> int:
    steps = WORDS["ladders"][ladder]
    return next((place for place, pattern in enumerate(steps) if re.search(pattern, text)), -1)
