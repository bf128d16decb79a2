"""The figures that come along (``figures.csv``, ``figures.toml``) and those in the cache, as series of areas and years.

Only what stands in one of these two can be shown: a page names a series, an area and years, and no number.
"""

import csv
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from rakelab import i18n
from rakelab.formulas import Interval, poisson_interval
from rakelab.formulas.interval import UNKNOWN
from rakelab.opendata import COUNTY, MUNICIPALITY, Area, Number, OpenDataError, Sotkanet, Standing, areas, number
from rakelab.opendata.areas import inside
from rakelab.opendata.sotkanet import holds
from rakelab.opendata.values import NOTHING

HERE = Path(__file__).parent
Key = tuple[str, str, int]  # kind and code of an area, and a year


@dataclass(frozen=True)
class Series:
    """One indicator over areas and years, with where it is from. ``counts``: how many people are behind a share."""

    name: str
    title: Mapping[str, str] = field(hash=False)
    values: Mapping[Key, Number] = field(hash=False, repr=False)
    counts: Mapping[Key, Number] = field(hash=False, repr=False)
    unit: str  # share, rate, people, or other: of the first two the count is one of people or events
    decimals: int
    producer: Mapping[str, str] = field(hash=False)
    licence: str
    retrieved: str
    source: Mapping[str, str] = field(hash=False)
    denominator: Mapping[str, str] = field(hash=False)
    sha256: str
    stems: tuple[str, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({year for _, _, year in self.values}))

    @property
    def counted(self) -> bool:
        return self.unit in ("share", "rate")

    def at(self, area: Area, year: int) -> Number:
        return self.values.get((area.kind, area.code, year), NOTHING)

    def count(self, area: Area, year: int) -> Number:
        return self.counts.get((area.kind, area.code, year), NOTHING)

    def margin(self, area: Area, year: int) -> Interval:
        """95 % of what chance alone makes of the figure: the count's exact Poisson limits, on the figure's own scale.
        Unknown for whole populations and euros, for a zero, and where the count is not told."""
        value, count = self.at(area, year), self.count(area, year)
        if not self.counted or not (value.value and count.value) or count.value != int(count.value):
            return UNKNOWN
        limits, scale = poisson_interval(int(count.value)), value.value / count.value
        return Interval((limits.low or 0) * scale, (limits.high or 0) * scale)


@dataclass(frozen=True)
class ServiceArea:
    """Some of a county's municipalities, which reports counted on until the year ``last``."""

    code: str
    without: tuple[str, ...]
    last: int
    title: Mapping[str, str] = field(hash=False)


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((HERE / "figures.toml").read_text(encoding="utf-8"))


@cache
def snapshot() -> Mapping[str, Series]:
    """The series that come along, by name."""
    text = (HERE / "figures.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()[1:]))
    digest = sha256(text.encode()).hexdigest()
    return {name: _series(name, about, [row for row in rows if row["series"] == name], digest)
            for name, about in _told()["series"].items()}  # fmt: skip


def _series(name: str, about: Mapping[str, Any], rows: Sequence[Mapping[str, str]], digest: str) -> Series:
    keys = [(row["kind"], row["code"], int(row["year"])) for row in rows]
    values = {key: number(row["value"]) for key, row in zip(keys, rows, strict=True)}
    counts = {key: number(row["count"]) for key, row in zip(keys, rows, strict=True) if row["count"]}
    kept = {part: about[part] for part in ("title", "unit", "decimals", "producer", "licence", "retrieved", "source")}
    return Series(name, values=values, counts=counts, sha256=digest, denominator=about["denominator"],
                  stems=tuple(about["stems"]), **kept)  # fmt: skip


def series(
    name: str, words: Sequence[str] = (), years: Sequence[int] = (), *, source: Sotkanet | None = None
) -> Series:
    """A series that comes along, or the indicator with this id out of the cache (``source``: by asking it).

    Raises OpenDataError for one that is not there, or whose title does not hold ``words``.
    """
    own = snapshot().get(name)
    if own and words and not holds(own.title.values(), words):
        raise OpenDataError("opendata.title", id=name, words=", ".join(words), title=own.title["fi"])
    if own and source is None:
        return own
    asked = source or Sotkanet(offline=True)
    described, rows = asked.indicator(int(name), words), asked.data(int(name), years)
    places = _places(asked)
    keyed = [((*places[row.place], row.year), row) for row in rows.rows if row.place in places]
    values, counts = {key: row.value for key, row in keyed}, {key: row.absolute for key, row in keyed}
    told = {lang: described.citation(lang) for lang in i18n.LANGUAGES}
    producer = dict.fromkeys(i18n.LANGUAGES, described.producer)
    return Series(
        name, i18n.Written(described.title), values, counts, _unit(described.kind), _decimals(rows.rows), producer,
        described.licence, rows.answer.day, told, {}, rows.answer.sha256,
    )  # fmt: skip


def _unit(kind: str) -> str:
    """What the figures of a fetched indicator are: only of a percentage, or of so many per 1,000 (10,000, 100,000), the
    count behind it is known to be one of people or events."""
    return "rate" if re.search(r"%|prosent|10{0,2}[ \u00a0]?000", kind, re.IGNORECASE) else "other"


def _decimals(rows: Sequence[Any]) -> int:
    return 0 if all(row.value.value is None or float(row.value.value).is_integer() for row in rows) else 1


def _places(source: Sotkanet) -> dict[int, tuple[str, str]]:
    """Sotkanet's numbers of areas as kinds and codes; of municipalities only where the list of areas was fetched."""
    own = {area.sotkanet: (area.kind, area.code) for area in areas() if area.sotkanet}
    try:
        every = [place for place in source.places() if place.category == "KUNTA"]
    except OpenDataError:
        return own
    return {place.id: (MUNICIPALITY, place.code.zfill(3)) for place in every} | own


def service_areas(area: Area) -> tuple[ServiceArea, ...]:
    """Other groups of municipalities that numbers of this county have been counted on."""
    told = (ServiceArea(own["code"], tuple(own["without"]), own["last"], own["title"])
            for own in _told()["service_area"])  # fmt: skip
    return tuple(own for own in told if area.kind == COUNTY and own.code == area.code)


def quoted() -> Mapping[str, Any]:
    """Facts that are quoted as a publication told them, and what sources have withdrawn, as they stand in the file."""
    return _told()


def vintage(several: Sequence[Series]) -> str:
    """A check sum of the data that series are from: a page that was made of others must not be drawn of these."""
    return sha256("".join(own.sha256 for own in several).encode()).hexdigest()[:16]


def members(area: Area, without: Sequence[str] = ()) -> tuple[Area, ...]:
    """A county's municipalities but for some."""
    return tuple(own for own in inside(area) if own.code not in without)


def known(figure: Number) -> bool:
    return figure.standing in (Standing.SHOWN, Standing.ZERO)
