"""Areas by any of their names and codes: municipalities, wellbeing services counties, collaborative areas, the country.

What does not match is told, never guessed; a municipality that has ended names the one that it became part of.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from unicodedata import combining, normalize

from rakelab.opendata.fault import OpenDataError

MUNICIPALITY, COUNTY, YTA, COUNTRY = "kunta", "hyvinvointialue", "yhteistyoalue", "maa"
#: In which order a name or a number that several kinds have is looked for; a code of three digits is a municipality's.
KINDS = (COUNTY, MUNICIPALITY, YTA, COUNTRY)
_DIGITS = {MUNICIPALITY: 3, COUNTY: 2, YTA: 1, COUNTRY: 3}
#: How codes are written elsewhere: KU205, HVA20.
_MARKS = {"ku": MUNICIPALITY, "hva": COUNTY, "yta": YTA}
_COLUMNS = ("kind", "code", "fi", "sv", "en", "other_fi", "other_sv", "within", "sotkanet", "ended")


@dataclass(frozen=True)
class Area:
    """One area. ``within``: the code of the one around it, or of the municipality that it became part of on the day
    ``ended``; ``sotkanet``: its number in Sotkanet, where it is known."""

    kind: str
    code: str
    names: Mapping[str, str] = field(hash=False, compare=False)
    within: str
    spellings: frozenset[str] = field(compare=False, repr=False)
    sotkanet: int | None = None
    ended: str = ""


@dataclass(frozen=True)
class Matched:
    """A list of names or codes as areas; ``unknown`` are those that match none, ``ended`` those of areas that are no
    more, with the area that each became part of."""

    areas: Mapping[str, Area]
    ended: Mapping[str, Area]
    unknown: tuple[str, ...]


@cache
def areas() -> tuple[Area, ...]:
    """Every area, also municipalities that have ended."""
    text = (Path(__file__).parent / "areas.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return tuple(_area(row) for row in csv.DictReader(lines[1:], fieldnames=_COLUMNS))


def _area(row: Mapping[str, str]) -> Area:
    names = {"fi": row["fi"], "sv": row["sv"] or row["fi"], "en": row["en"] or row["fi"]}
    spelled = frozenset(map(_plain, (*names.values(), row["other_fi"] or row["fi"], row["other_sv"] or row["fi"])))
    number = int(row["sotkanet"]) if row["sotkanet"] else None
    return Area(row["kind"], row["code"], names, row["within"], spelled, number, row["ended"])


def inside(outer: Area) -> tuple[Area, ...]:
    """The areas that lie directly within another and are there today."""
    below = {COUNTRY: YTA, YTA: COUNTY, COUNTY: MUNICIPALITY}.get(outer.kind)
    return tuple(own for own in areas() if own.kind == below and own.within == outer.code and not own.ended)


def area(text: str, kinds: Sequence[str] = KINDS) -> Area:
    """The area of this name (in any case and language) or code (with or without zeros), of the first of ``kinds`` that
    has it. Raises OpenDataError for one that does not exist, or no longer does."""
    own = _found(text, kinds)
    if own is None:
        raise OpenDataError("opendata.no_area", area=text)
    if own.ended:
        raise OpenDataError("opendata.ended", area=own.names["fi"], year=own.ended[:4], into=_after(own).names["fi"])
    return own


def matched(texts: Iterable[str], kinds: Sequence[str] = KINDS) -> Matched:
    """All of these as areas, with what does not match."""
    asked = list(dict.fromkeys(texts))
    known = {text: own for text in asked if (own := _found(text, kinds))}
    return Matched(
        {text: own for text, own in known.items() if not own.ended},
        {text: _after(own) for text, own in known.items() if own.ended},
        tuple(text for text in asked if text not in known),
    )


def _after(own: Area) -> Area:
    return next(other for other in areas() if (other.kind, other.code) == (own.kind, own.within))


def _found(text: str, kinds: Sequence[str]) -> Area | None:
    given = _plain(text)
    number = re.fullmatch(r"([a-z]*)([0-9]{1,4})", given)
    if number:
        return _coded(number[1], number[2], kinds)
    for spell in (lambda name: name, _folded):
        for kind in kinds:
            same = [own for own in areas() if own.kind == kind and spell(given) in map(spell, own.spellings)]
            if len(same) == 1:
                return same[0]
    return None


def _coded(mark: str, digits: str, kinds: Sequence[str]) -> Area | None:
    if mark and mark not in _MARKS:
        return None
    for kind in [_MARKS[mark]] if mark else kinds:
        exact = len(digits) == 3 and kind not in (MUNICIPALITY, COUNTRY) and not mark
        code = digits.lstrip("0").zfill(_DIGITS[kind])
        own = next((own for own in areas() if (own.kind, own.code) == (kind, code)), None)
        if own and not exact:
            return own
    return None


def _plain(text: str) -> str:
    plain = " ".join(normalize("NFC", str(text)).casefold().split())
    return re.sub(r" hva$", " hyvinvointialue", plain)


def _folded(text: str) -> str:
    """Without the dots over letters, which scanned pages lose."""
    return "".join(letter for letter in normalize("NFKD", text) if not combining(letter))
