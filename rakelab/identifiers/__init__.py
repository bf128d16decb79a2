"""Find what points at a person in running text: identity codes, phones, addresses, names and the like.

Tells kinds and positions, never the found text. The finder leans to finding too much: it guards what may be quoted.
``docs/identifiers.md`` tells how well it does.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from rakelab.identifiers import codes, names, places
from rakelab.identifiers.clean import cleaned
from rakelab.identifiers.codes import EMAIL, IBAN, IDENTITY_CODE, PHONE, PLATE, is_identity_code
from rakelab.identifiers.names import NAME
from rakelab.identifiers.places import ADDRESS
from rakelab.identifiers.shown import masked, visible
from rakelab.identifiers.telling import explained

__all__ = [
    "ADDRESS", "CODES", "EMAIL", "IBAN", "IDENTITY_CODE", "KINDS", "NAME", "PHONE", "PLATE",
    "STRONG", "Hit", "Scan", "count", "find", "harmless", "is_identity_code", "passes", "scan", "shown", "telling",
    "title", "visible",
]  # fmt: skip

#: What has a form of its own; quick to look for.
CODES = (IDENTITY_CODE, EMAIL, IBAN, PHONE, PLATE)
KINDS = (*CODES, ADDRESS, NAME)
#: A heading in its parts: “Need of support (choice=Money)”.
_PARTS = re.compile(r"[^=()\[\]/|]+")
#: What nothing but an identifier looks like.
STRONG = (IDENTITY_CODE, EMAIL, IBAN)


@dataclass(frozen=True)
class Hit:
    """One find: ``kind`` is one of ``KINDS``; ``text[start:end]`` is the place."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Scan:
    """Finds in many texts: how many of each kind, and the numbers (from 0) of the texts that hold them."""

    counts: Mapping[str, int]
    rows: Mapping[str, tuple[int, ...]]


def find(text: str, kinds: Collection[str] = KINDS) -> tuple[Hit, ...]:
    """Every identifier in ``text``, in order of place; no two overlap (the more identifying kind wins)."""
    plain = cleaned(text)
    wanted = frozenset(kinds)
    hits: list[tuple[str, int, int]] = []
    taken = bytearray(len(plain.text))
    for kind, start, end in _candidates(plain.text, wanted):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            hits += [(kind, start, end)] if kind in wanted else []
    return tuple(Hit(kind, *plain.span(start, end)) for kind, start, end in sorted(hits, key=lambda hit: hit[1]))


def _candidates(text: str, kinds: frozenset[str]) -> Iterable[tuple[str, int, int]]:
    yield from codes.found(text, frozenset(CODES) if kinds & {ADDRESS, NAME} else kinds)
    if kinds & {ADDRESS, NAME}:
        yield from places.found(text)
    if NAME in kinds:
        yield from names.found(text)


def passes(text: str) -> bool:
    """Nothing in ``text`` points at a person, as far as rules can tell; a person still has to read it."""
    return not find(text)


def shown(text: str, kinds: Collection[str] = KINDS) -> str:
    """``text`` as a message may show it: identifiers as •••, and marks that act instead of being seen as pictures."""
    return masked(text, lambda given: [(hit.start, hit.end) for hit in find(given, kinds)])


def telling(text: str) -> tuple[Hit, ...]:
    """As ``find``, of a heading or an option: what ordinary words explain is no name, and each part stands alone."""
    hits = list(find(text, (*CODES, ADDRESS)))
    for part in _PARTS.finditer(text):
        named = (hit for hit in find(part[0]) if hit.kind == NAME and not explained(part[0][hit.start : hit.end], text))
        hits += [Hit(NAME, hit.start + part.start(), hit.end + part.start()) for hit in named]
    return tuple(sorted(hits, key=lambda hit: hit.start))


def harmless(text: str) -> bool:
    """No part of a heading or an option points at anybody, also where a name of two words is in small letters or has
    lines for spaces."""
    spaced = " ".join(text.replace("_", " ").replace("-", " ").split())
    name = spaced.title() if spaced.islower() and len(spaced.split()) == 2 else spaced
    return not any(map(telling, {text, spaced, name}))


def title(text: str) -> str:
    """As ``shown``, of a heading or an option."""
    return masked(text, lambda given: [(hit.start, hit.end) for hit in telling(given)])


def count(texts: Iterable[str], kinds: Collection[str] = KINDS) -> dict[str, int]:
    """How many identifiers of each kind the texts hold together; kinds that are not there are left out."""
    return dict(Counter(hit.kind for text in texts for hit in find(text, kinds)))


def scan(texts: Iterable[str], kinds: Collection[str] = KINDS) -> Scan:
    """Counts by kind and the texts that hold each kind; kinds that are not there are left out."""
    counts: Counter[str] = Counter()
    rows: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        hits = find(text, kinds)
        counts.update(hit.kind for hit in hits)
        for kind in dict.fromkeys(hit.kind for hit in hits):
            rows.setdefault(kind, []).append(row)
    return Scan(dict(counts), {kind: tuple(places) for kind, places in rows.items()})
