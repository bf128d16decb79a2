"""Names and other words by their stems, so that a word in any Finnish case is looked up without a lemmatiser.

The names come from the lists of Faker (MIT): the most common first and last names of Finland and Sweden, and Estonian
and Russian names as written in Estonia. They are read when the first text with a capital is looked at.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

# What follows a stem: a case, then an owner or a clitic.
_AFTER_VOWEL = "|n|a|ä|ta|tä|tta|ttä|lle|lla|llä|lta|ltä|na|nä|ssa|ssä|sta|stä|ksi|kse|seen|t|ja|jä|s|in|en"
_AFTER_CONSONANT = ("", "ta", "tä", "ten", "s", "na", "nä")
_INTO = ("an", "en", "in", "on", "un", "yn", "än", "ön", "han", "hen", "hin", "hon", "hun", "hyn", "hän", "hön")
_AFTER = "|ni|si|nsa|nsä|mme|nne|kin|kaan|kään|han|hän|ko|kö|pa|pä"
_CASES = (*_AFTER_VOWEL.split("|"), *_AFTER_CONSONANT, *_INTO)
_CASE = {case + last: case for last in reversed(_AFTER.split("|")) for case in _CASES}
_INSIDE = frozenset({"ssa", "ssä", "sta", "stä", "seen", *_INTO})
_MET = ("", "n", "lle", "lla", "llä", "lta", "ltä")
_LONGEST = max(map(len, _CASE))
# Strong and weak ends of a stem: kk–k, nt–nn … The vowel after them stays.
_GRADES = (
    ("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("mp", "mm"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"),
    ("ht", "hd"), ("lp", "lv"), ("rp", "rv"), ("lk", "l"), ("rk", "r"),
)  # fmt: skip
_VOWELS = "aeiouyäöåéèü"
_BACK = re.compile("[aou]")


def split(word: str, stems: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The stems that ``word`` (small letters) begins with and the endings that remain, longest stem first."""
    for cut in range(len(word), max(1, len(word) - _LONGEST - 1), -1):
        if word[:cut] in stems and word[cut:] in _CASE and _fits(word[:cut], _CASE[word[cut:]]):
            yield word[:cut], word[cut:]


def _fits(stem: str, case: str) -> bool:
    """The ending can stand after the stem: by its last letter, and by the harmony of the vowels."""
    if stem[-1] not in _VOWELS:
        return case in _AFTER_CONSONANT
    if case in _INTO:
        return case[-2] == stem[-1] and (len(case) == 2 or stem[-2] in _VOWELS)
    return not (_BACK.search(stem) and ("ä" in case or "ö" in case))


def possible(word: str) -> frozenset[str]:
    """Every stem that an unknown word may have, four letters at least."""
    least = max(4, len(word) - 5)
    bases = {word[:cut] for cut in range(least, len(word) + 1) if word[cut:] in _CASE}
    return frozenset(bases | {base[:-1] for base in bases if base.endswith("i") and len(base) > 5})


def stems(name: str) -> frozenset[str]:
    """What may stand before an ending: ``virtanen`` gives ``virtanen``, ``virtase``, ``virtas``, ``virtasi``."""
    bent = {name, *_bent(name)}
    return frozenset(bent | {weak for stem in bent for weak in _graded(stem)})


def _bent(name: str) -> Iterator[str]:
    last = name[-1]
    if name.endswith("nen"):
        yield from (name[:-3] + end for end in ("se", "s", "si"))
    elif last not in _VOWELS:
        yield name + "i"  # David, Davidin
        yield name + "e"
        yield from _consonant(name)
    elif last == "i":
        yield name[:-1] + "e"  # Järvi, Järven
        yield name[:-1] + ("t" if name.endswith("si") else "")
    elif last == "e":
        yield name + "e"  # Laine, Laineen
    elif name.endswith(("la", "lä")) and len(name) > 5:
        yield name[:-1] + ("oi" if last == "a" else "öi")  # Mattila, Mattiloille


def _consonant(name: str) -> Iterator[str]:
    if name.endswith("s"):
        yield from (name[:-1] + "kse", name[:-1] + "ks", name[:-1] + "e", name[:-1] + "kse")
        yield name[:-1] + name[-2]  # Tuomas, Tuomaan
        yield from _strengthened(name[:-1] + name[-2])  # Kangas, Kankaan


def _graded(stem: str) -> Iterator[str]:
    """The weak grade: Pekka, Peka-; Mäki, Mäe-; Ranta, Ranna-."""
    if len(stem) < 4 or stem[-1] not in _VOWELS:
        return
    body, vowel = stem[:-1], stem[-1]
    weak = next((body.removesuffix(strong) + soft for strong, soft in _GRADES if body.endswith(strong)), None)
    if weak is not None:
        yield weak + vowel
    elif body[-1] in "kpt" and body[-2] not in "st":
        yield body[:-1] + {"k": "", "p": "v", "t": "d"}[body[-1]] + vowel


def _strengthened(stem: str) -> Iterator[str]:
    for strong, soft in _GRADES:
        if stem[:-2].endswith(soft):
            yield stem[:-2].removesuffix(soft) + strong + stem[-2:]


@dataclass(frozen=True, repr=False)
class Lexicon:
    """Stems in small letters; ``everyday`` are of ordinary words that a listed name looks like; ``ordinary``,
    ``starters``, ``titles`` and the like are whole forms."""

    first: frozenset[str]
    last: frozenset[str]
    places: frozenset[str]
    bodies: frozenset[str]
    words: dict[str, frozenset[str]]
    small: frozenset[str]
    everyday: frozenset[str]

    def is_name(self, word: str) -> bool:
        """A listed name, whichever its case; ``word`` in small letters, without hyphens."""
        return any(split(word, self.first)) or any(split(word, self.last))

    def is_inside(self, word: str) -> bool:
        """A place in a case of being in, out of or into it: ``lahdessa``."""
        return any(_CASE[end] in _INSIDE for _, end in split(word, self.places))

    def is_small_first(self, word: str) -> bool:
        """A listed first name that is recognised in small letters too, in the cases that persons are met in."""
        readings = list(split(word, self.first))
        return bool(readings) and all(
            len(stem) > 3 and end in _MET and stem not in self.small for stem, end in readings
        )

    def is_first(self, word: str) -> bool:
        """A listed first name, whichever its case."""
        return any(split(word, self.first))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lists, read once."""
    text = resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    words = {name: frozenset(value.casefold().split()) for name, value in tomllib.loads(text).items()}
    first, last = _people()
    return Lexicon(
        _all_stems([*words["first"], *first]),
        _all_stems([*words["last"], *last]),
        _all_stems([*words["places"], *_lands()]),
        frozenset(stem for word in words["organisations"] for stem in stems(word)),
        words,
        _all_stems(words["small"]),
        frozenset(stem for word in words["everyday"] for stem in stems(word)),
    )


def _people() -> tuple[list[str], list[str]]:
    """First and last names. Estonian last names are left out: too many are Finnish words."""
    from faker.providers.person import et_EE, fi_FI, sv_SE

    first = [name for place in (fi_FI, sv_SE, et_EE) for name in place.Provider.first_names]
    last = (fi_FI.Provider.last_names, sv_SE.Provider.last_names, et_EE.Provider.last_names_rus)
    return first, [name for names in last for name in names]


def _lands() -> tuple[str, ...]:
    from faker.providers.address import fi_FI

    return *fi_FI.Provider.cities, *fi_FI.Provider.countries


def _all_stems(names: Iterable[str]) -> frozenset[str]:
    parts = {part for name in names for part in (name, *re.split(r"[ -]", name)) if len(part) > 2}
    return frozenset(stem for part in parts for stem in stems(part.casefold()))
