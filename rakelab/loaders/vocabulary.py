"""What words of surveys mean: their language, scales and the order of options, sensitive matters, kinds of headings."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

from rakelab.i18n import LANGUAGES
from rakelab.loaders.spelling import TRUTHS, fold

WORDS = tomllib.loads((Path(__file__).parent / "vocabulary.toml").read_text(encoding="utf-8"))
Places = list[tuple[float, ...]]
_UNKNOWN = frozenset(fold(word) for words in WORDS["unknown"].values() for word in words)
_NUMBER, _THOUSANDS = re.compile(r"\d+(?:[.,]\d+)?"), re.compile(r"(?<=\d)[,\s.\u00a0](?=\d{3}(?!\d))")
_RANKED = re.compile(r"^(\d{1,2})\s*[=.):–-]?\s*[^\W\d_]")
_ENDS = {-0.5: re.compile(r"^(<|alle|under|below|less|vähemmän|mindre)"), 0.5: re.compile(r"^(>|yli|över|over)")}
_OF_RANGES = re.compile(
    r"\b(or|older|younger|more|less|later|earlier|and|up|to|over|under|below|than|yli|alle|tai|enemmän|vähemmän|kuin"
    r"|ft|cm|vanhempi|nuorempi|ja|vuotias|vuotiaat|vuotta|v|år|åring|över|eller|äldre|yngre|mer|mindre|än|years?|old"
    r"|euroa?|e|eur)\b"
)


def language(texts: Iterable[str], otherwise: str) -> str:
    """The language that most of the words are of; ``otherwise`` where none is ahead."""
    words = re.findall(r"\w+", " ".join(texts).casefold())
    sizes = {lang: sum(word in WORDS["language"].get(lang, ()) for word in words) for lang in LANGUAGES}
    best = max(sizes, key=lambda lang: (sizes[lang], lang == otherwise))
    return best if sizes[best] else otherwise


def unknown(text: str) -> bool:
    """Does the answer say that there is none?"""
    return fold(text) in _UNKNOWN


def is_of(kind: str, text: str) -> bool:
    """Is the heading, or the option, of a kind of ``patterns``?"""
    return any(re.search(pattern, fold(text)) for pattern in WORDS["patterns"][kind])


def sensitivity(texts: Iterable[str]) -> str:
    """What of the sensitive matters the texts speak of, or nothing."""
    said = fold(" ".join(texts))
    return next((kind for kind, stems in WORDS["sensitive"].items() if any(stem in said for stem in stems)), "")


def yes_and_no(texts: Iterable[str], lang: str) -> tuple[str, ...]:
    """The pair that all ``texts`` are of, whichever of the two somebody gave; in words where a program wrote them."""
    given = set(map(fold, texts))
    pair = next((pair for pair in WORDS["pairs"].values() if given and given <= set(map(fold, pair))), ())
    return tuple(WORDS["pairs"].get(lang, pair) if pair and given & set(TRUTHS) else pair)


def scale(texts: Iterable[str]) -> tuple[str, ...]:
    """The whole scale that all ``texts`` are steps of: three or more, or two beside each other. Without its middle
    where they are on both sides of it and none is of it."""
    given = set(map(fold, texts))
    for steps in (tuple(scale["steps"]) for scale in WORDS["scale"]):
        places = [place for place, step in enumerate(map(fold, steps)) if step in given]
        if len(places) == len(given) > 1 and (len(places) > 2 or places[1] - places[0] == 1):
            middle = len(steps) // 2
            around = places[0] < middle < places[-1] and middle not in places
            return steps[:middle] + steps[middle + 1 :] if around else steps
    return ()


def alike(steps: tuple[str, ...], others: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """A scale with its middle, where another question of the same file has it."""
    half = len(steps) // 2
    return next((whole for whole in others if whole[:half] + whole[half + 1 :] == steps and len(whole) % 2), steps)


def in_order(texts: Sequence[str]) -> tuple[str, ...]:
    """``texts`` from the least to the most, where they have an order that is known: “1 = never”, “under 18”, the words
    of one of the ``ladders``; else nothing."""
    ranks: Places = [(float(found[1]),) for text in texts if (found := _RANKED.match(text))]
    ladders: Iterable[Places] = ([_step(fold(text), steps) for text in texts] for steps in WORDS["ladders"].values())
    for places in (ranks, list(map(_range, texts)), *ladders):
        if len(texts) > 2 and () not in places and len(set(places)) == len(texts) and any(map(_wordy, texts)):
            return tuple(text for _, text in sorted(zip(places, texts, strict=True)))
    return ()


def _wordy(text: str) -> bool:
    return not text.strip().isdigit()


def _range(text: str) -> tuple[float, ...]:
    """“under 18”, “18–29”, “30 or more” as numbers; nothing where other words stand in it."""
    plain = _THOUSANDS.sub("", fold(text))
    numbers = [float(number.replace(",", ".")) for number in _NUMBER.findall(plain)]
    if not numbers or re.search(r"[^\W\d_]", _OF_RANGES.sub("", _NUMBER.sub(" ", plain))):
        return ()
    return numbers[0] + sum(shift for shift, begins in _ENDS.items() if begins.search(plain)), *numbers[1:]


def _step(text: str, steps: Sequence[str]) -> tuple[float, ...]:
    return next(((float(place),) for place, pattern in enumerate(steps) if re.search(pattern, text)), ())
