"""A list of indicators that a county fills: of each its latest figure with source and licence, or why there is none.

Closed keys::

    title = { fi = "…" }
    [[indicator]]
    id = 127                # Sotkanet's id
    words = ["väestö"]      # what its title must hold; another title is told, and no figure is shown
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rakelab.declared import Declaration
from rakelab.errors import UsageError
from rakelab.formulas import Interval
from rakelab.formulas.interval import UNKNOWN
from rakelab.opendata import Area, Number, OpenDataError, Sotkanet
from rakelab.regional.facts import HERE, Series, known, series
from rakelab.regional.ranks import Rank, rank

_FILE = {"title": dict, "indicator": list}
_KEYS = {"id": int, "words": list}
#: What is told on the page and stops nothing.
_WHY = {"opendata.offline": "not_fetched", "opendata.title": "other_title"}
_WRITTEN = object()
#: The years that are asked for where none are named.
YEARS = tuple(range(2018, 2026))


@dataclass(frozen=True)
class Wanted:
    """One line of the list. Only a list that somebody has written makes one, as its words may stand on a page."""

    id: int
    words: tuple[str, ...]
    token: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.token is not _WRITTEN:
            raise TypeError("Wanted is made by entries() only")


def wanted(number: int, words: Sequence[str]) -> Wanted:
    """A line that was read from a file, here or when the page was made."""
    return Wanted(number, tuple(words), _WRITTEN)


@dataclass(frozen=True)
class Listed:
    """One line filled in: the latest year of which the area has a figure, or ``why`` there is none (a word of the room
    regional: not_fetched, other_title, none)."""

    asked: Wanted
    title: Mapping[str, str] = field(hash=False)
    why: str = ""
    year: int = 0
    value: Number | None = None
    margin: Interval = UNKNOWN
    rank: Rank | None = None
    own: Series | None = field(default=None, compare=False)


def entries(file: str) -> tuple[Wanted, ...]:
    """The list in a TOML file; the one that comes along where none is named. Raises CodebookError with every fault."""
    declared = Declaration(Path(file) if file else HERE / "lista.toml", _FILE)
    declared.label("title")
    lines = declared.entries("indicator", _KEYS, called="id")
    for line in lines:
        if line.get("id", 0) < 1 or not all(isinstance(word, str) and word.strip() for word in line.get("words", [""])):
            line.fault("regional.bad_line")
        if not line.get("words"):
            line.fault("regional.no_words")
    declared.unique([str(line.get("id")) for line in lines], "indicator")
    declared.done("regional.bad_list")
    return tuple(wanted(line.get("id"), line.texts("words")) for line in lines)


def years_of(vuodet: Sequence[object]) -> tuple[int, ...]:
    """Years, also as texts of a command line. Raises UsageError for what is no year."""
    if not all(str(year).isdecimal() for year in vuodet):
        raise UsageError("parameters.mistyped.int", name="vuodet")
    return tuple(sorted({int(str(year)) for year in vuodet}))


def fetched(lines: Sequence[Wanted], vuodet: Sequence[object], source: Sotkanet) -> None:
    """Fetch every indicator of a list into the cache. Raises OpenDataError for the first that cannot be had."""
    source.places()
    for asked in lines:
        series(str(asked.id), asked.words, years_of(vuodet) or YEARS, source=source)


def listed(lines: Sequence[Wanted], area: Area, years: Sequence[int]) -> tuple[Listed, ...]:
    """Every line of a list, filled in from what comes along and from the cache."""
    return tuple(_line(entry, area, years) for entry in lines)


def _line(asked: Wanted, area: Area, years: Sequence[int]) -> Listed:
    try:
        own = series(str(asked.id), asked.words, years or YEARS)
    except OpenDataError as fault:
        if fault.key not in _WHY:
            raise
        return Listed(asked, {}, _WHY[fault.key])
    there = [year for year in own.years if known(own.at(area, year)) and (not years or year in years)]
    if not there:
        return Listed(asked, own.title, "none", own=own)
    year = there[-1]
    return Listed(
        asked, own.title, "", year, own.at(area, year), own.margin(area, year), rank(own, area, year), own
    )  # fmt: skip
