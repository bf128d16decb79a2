"""Sotkanet, the statistics and indicator bank of THL, over its REST interface.

What is known of it: one indicator at a time, a ``years=`` for each year, no key, no pages; ``region`` in the data is
Sotkanet's own number of an area; asked for live it should not be, so every answer is kept.
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from io import StringIO
from typing import Any
from unicodedata import normalize
from urllib.parse import urlencode

from rakelab.errors import i18n
from rakelab.opendata import web
from rakelab.opendata.cache import Cache, Fetched, age, fetched, home
from rakelab.opendata.fault import OpenDataError
from rakelab.opendata.values import NOTHING, Number, number
from rakelab.opendata.web import Manners

BASE = "https://sotkanet.fi/rest/1.1"
#: What THL produces is CC BY 4.0; what others produce is on their own terms.
THL, LICENCE = "THL", "CC BY 4.0"


@dataclass(frozen=True)
class Described:
    """An indicator as Sotkanet describes it."""

    id: int
    title: Mapping[str, str] = field(hash=False)
    producer: str
    kind: str  # what its figures are of, as Sotkanet says it: a percentage, so many per 1,000 inhabitants, euros
    limits: Mapping[str, str] = field(hash=False)  # what Sotkanet says of its limits: what it withholds, what changed
    answer: Fetched = field(compare=False)

    @property
    def licence(self) -> str:
        """The licence; empty where the producer has terms of its own."""
        return LICENCE if THL in self.producer.replace("(", " ").replace(")", " ").split() else ""

    def citation(self, lang: str) -> str:
        """How Sotkanet asks to be cited, with the licence or whose terms to read."""
        day = i18n.day(date.fromisoformat(self.answer.day), lang)
        cited = i18n.text("opendata.citation", lang, title=self.title.get(lang, ""), id=self.id, day=day)
        word = "licence" if self.licence else "own_terms"
        return f"{cited} {i18n.text(f'opendata.{word}', lang, licence=self.licence, producer=self.producer)}"


@dataclass(frozen=True)
class Region:
    """An area as Sotkanet knows it: its number there, and the code and kind that others use."""

    id: int
    code: str
    category: str
    title: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True)
class Observation:
    """One row: the figure of an area in a year, and the count behind it where there is one."""

    place: int
    year: int
    gender: str
    value: Number
    absolute: Number = NOTHING


@dataclass(frozen=True)
class Rows:
    """The rows of one indicator, and where they are from. ``without``: the years asked for of which there is none."""

    indicator: int
    rows: tuple[Observation, ...]
    without: tuple[int, ...]
    answer: Fetched = field(compare=False)

    def at(self, place: int, year: int, gender: str = "total") -> Number:
        """The figure of an area in a year; missing where there is no row."""
        wanted = (place, year, gender)
        return next((row.value for row in self.rows if (row.place, row.year, row.gender) == wanted), NOTHING)


@dataclass(frozen=True)
class Sotkanet:
    """Asks Sotkanet, or the cache. ``offline`` asks the cache only, and what is not there is an error that says so;
    an answer older than ``days`` is asked for again, and used, marked as old, where Sotkanet cannot be reached."""

    cache: Cache = field(default_factory=lambda: Cache(home()))
    offline: bool = False
    days: float = 30.0
    base: str = BASE
    manners: Manners = field(default_factory=Manners)

    def indicator(self, wanted: int, words: Sequence[str]) -> Described:
        """The indicator with this id, whose title in some language must hold all ``words``: people copy ids, and a
        wrong one would otherwise give another indicator's numbers in silence."""
        answer = self._get(f"indicators/{wanted}")
        raw = _shaped(answer, dict)
        title = _texts(raw.get("title"))
        if raw.get("id") != wanted or not title:
            raise OpenDataError("opendata.shape", what=f"indicators/{wanted}")
        if not holds(title.values(), words):
            raise OpenDataError("opendata.title", id=wanted, words=", ".join(words), title=title.get("fi", ""))
        producer, kind = (_titled(raw.get(part)) for part in ("organization", "primaryValueType"))
        return Described(wanted, title, producer, kind, _texts(raw.get("limits")), answer)

    def places(self) -> tuple[Region, ...]:
        """Every area that Sotkanet knows."""
        answer = self._get("regions")
        try:
            return tuple(
                Region(int(raw["id"]), str(raw["code"]), str(raw["category"]), _texts(raw.get("title")))
                for raw in _shaped(answer, list)
            )
        except (KeyError, TypeError, ValueError):
            raise OpenDataError("opendata.shape", what="regions") from None

    def data(self, wanted: int, years: Iterable[int], *, gender: str = "total", kind: str = "json") -> Rows:
        """The rows of an indicator in these years, read as JSON or, if ``kind`` says so, as CSV."""
        asked = sorted(set(years))
        if not asked:
            raise OpenDataError("opendata.no_years")
        query = urlencode([("indicator", wanted), *(("years", year) for year in asked), ("genders", gender)])
        answer = self._get(f"{kind}?{query}", json_only=kind == "json")
        rows = _json_rows(answer, wanted) if kind == "json" else _csv_rows(answer, wanted)
        there = {row.year for row in rows}
        return Rows(wanted, rows, tuple(year for year in asked if year not in there), answer)

    def _get(self, path: str, *, json_only: bool = True) -> Fetched:
        url = f"{self.base}/{path}"
        kept = self.cache.get(url)
        if kept and (self.offline or age(kept) <= self.days):
            return kept
        if self.offline:
            raise OpenDataError("opendata.offline", what=path)
        try:
            answer = fetched(url, web.get(url, self.manners, json_only=json_only))
        except OpenDataError:
            if kept:
                return replace(kept, stale=True)
            raise
        self.cache.put(answer)
        return answer


def _shaped(answer: Fetched, kind: type[Any]) -> Any:
    made = json.loads(answer.text)
    if not isinstance(made, kind):
        raise OpenDataError("opendata.shape", what=answer.url.rpartition("/rest/")[2] or answer.url.rpartition("/")[2])
    return made


def _texts(given: Any) -> dict[str, str]:
    """A text of Sotkanet in its languages, without those that are empty."""
    texts = given if isinstance(given, dict) else {}
    return {str(lang): text.strip() for lang, text in texts.items() if isinstance(text, str) and text.strip()}


def _titled(given: Any) -> str:
    """The Finnish title of a part of an indicator; empty where it has none."""
    title = given.get("title") if isinstance(given, dict) else None
    return title if isinstance(title, str) else _texts(title).get("fi", "")


def holds(titles: Iterable[str], words: Sequence[str]) -> bool:
    """Whether one of the titles has all of the words, in any case."""
    plain = [normalize("NFC", title).casefold() for title in titles]
    return bool(words) and any(all(normalize("NFC", word).casefold() in title for word in words) for title in plain)


def _json_rows(answer: Fetched, wanted: int) -> tuple[Observation, ...]:
    return tuple(_row(raw, wanted) for raw in _shaped(answer, list))


#: The columns of the CSV, by the names of the JSON.
_COLUMNS = {"indicator": "indicator", "region": "region", "year": "year", "gender": "gender",
            "primary value": "value", "absolute value": "absValue"}  # fmt: skip


def _csv_rows(answer: Fetched, wanted: int) -> tuple[Observation, ...]:
    lines = csv.DictReader(StringIO(answer.text), delimiter=";")
    return tuple(_row({_COLUMNS.get(name or "", ""): cell for name, cell in line.items()}, wanted) for line in lines)


def _row(raw: Any, wanted: int) -> Observation:
    """One row; OpenDataError for one of another indicator, or that is no row."""
    try:
        if int(raw["indicator"]) != wanted:
            raise OpenDataError("opendata.other_indicator", id=wanted)
        absolute = number(raw["absValue"]) if raw.get("absValue") not in (None, "") else NOTHING
        return Observation(int(raw["region"]), int(raw["year"]), str(raw["gender"]), number(raw.get("value")), absolute)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise OpenDataError("opendata.shape", what=f"indicator={wanted}") from None
