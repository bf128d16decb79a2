"""Is it so? “The highest in the country”: in which periods, by which source and version, of how many areas."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rakelab import i18n
from rakelab.errors import UsageError
from rakelab.opendata import Area
from rakelab.regional.facts import Series, quoted, snapshot
from rakelab.regional.ranks import compared, rank

#: What a page of a claim is called.
CLAIM_TITLE = i18n.label("regional.claim_title")
#: A claim of the lowest of all is kept as place 1 from below.
_ORDER = ("second", "third")
#: “5. korkein”, not the year at the end of a sentence.
_NUMBERED = re.compile(r"\b\d{1,2}(?:\.|:e|:s|th|st|nd|rd)\s")


@dataclass(frozen=True)
class Claim:
    """What a sentence claims: of which matter, from above or below, which place."""

    title: Mapping[str, str] = field(hash=False)
    lowest: bool
    place: int


@dataclass(frozen=True)
class Evidence:
    """What one source says in one period. ``tied`` and ``overlapping`` are None where the source does not tell."""

    period: str
    version: str
    value: float
    decimals: int
    place: int
    of: int
    tied: int | None
    overlapping: int | None
    holds: bool
    source: Mapping[str, str] = field(hash=False)
    denominator: Mapping[str, str] = field(hash=False)
    licence: str


@dataclass(frozen=True)
class Withdrawn:
    """Figures that their publisher took away: a claim that rests on them rests on nothing."""

    title: Mapping[str, str] = field(hash=False)
    day: str
    source: Mapping[str, str] = field(hash=False)


def claim(text: str) -> Claim:
    """The claim of a sentence in Finnish, Swedish or English. Raises UsageError for a matter of which no source is
    known, and for a sentence that does not name one place of the first three, or the last: a denial, “the fourth”,
    “among the largest”, what has grown."""
    plain = " ".join(text.casefold().split())
    about = _matter(plain)
    if about is None:
        raise UsageError("regional.no_matter", known="; ".join(matter["title"]["fi"] for matter in _matters()))
    words: Mapping[str, Sequence[str]] = quoted()["claim"]
    high, low = (_said(plain, words[way]) for way in ("highest", "lowest"))
    denied = re.search(rf"\b(?:{'|'.join(words['negated'])})\b", plain) or _NUMBERED.search(plain)
    if high == low or denied or _said(plain, words["vague"]):
        raise UsageError("regional.no_place")
    place = next((i for i, order in enumerate(_ORDER, 2) if _said(plain, words[order])), 1)
    return Claim(about["title"], low, place)


def _said(plain: str, stems: Sequence[str]) -> bool:
    return any(re.search(rf"\b{re.escape(stem)}", plain) for stem in stems)


def _matters() -> list[Mapping[str, Any]]:
    told = quoted()
    own = [{"title": own.title, "stems": own.stems} for own in snapshot().values() if own.stems]
    return [*told["quoted"]["fact"], *told["withdrawn"], *own]


def _matter(plain: str) -> Mapping[str, Any] | None:
    """The matter of the longest stem that the sentence has."""
    found = [(len(stem), i) for i, matter in enumerate(_matters()) for stem in matter["stems"] if stem in plain]
    return _matters()[max(found, key=lambda pair: (pair[0], -pair[1]))[1]] if found else None


def withdrawn(asked: Claim) -> Withdrawn | None:
    """That the figures behind the claim have been withdrawn, where they have."""
    told = next((own for own in quoted()["withdrawn"] if own["title"] == asked.title), None)
    return Withdrawn(told["title"], told["day"], told["source"]) if told else None


def evidence(asked: Claim, area: Area) -> tuple[Evidence, ...]:
    """What each source says of the claim in each of its periods, the latest last."""
    own = next((series for series in snapshot().values() if series.title == asked.title), None)
    return _computed(asked, own, area) if own else _quoted(asked, area)


def _computed(asked: Claim, own: Series, area: Area) -> tuple[Evidence, ...]:
    ranks = (rank(own, area, year) for year in own.years)
    return tuple(
        Evidence(str(found.year), "", own.at(area, found.year).value or 0, own.decimals, found.place, found.of,
                 len(found.tied), found.overlapping,
                 (found.from_below() if asked.lowest else found.place) == asked.place, own.source, own.denominator,
                 own.licence)
        for found in ranks if found
    )  # fmt: skip


def _quoted(asked: Claim, area: Area) -> tuple[Evidence, ...]:
    told = quoted()["quoted"]
    fact = next((fact for fact in told["fact"] if fact["title"] == asked.title), None)
    if fact is None or area not in compared() or area.code != told["area"]:
        return ()
    made = []
    for version, figures in zip(told["versions"], fact["told"], strict=True):
        for value, place in [figures] if figures else []:
            holds = (told["of"] + 1 - place if asked.lowest else place) == asked.place
            made.append(Evidence(version["period"], version["name"], value, 1, place, told["of"], None, None, holds,
                                 told["source"], told["unit"], told["licence"]))  # fmt: skip
    return tuple(made)
