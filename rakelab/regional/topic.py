"""What a page of an area is about: the area, who it is held against, which years, which indicators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Any

from rakelab import i18n
from rakelab.errors import UsageError
from rakelab.opendata import COUNTRY, Area, area, areas
from rakelab.regional.facts import Series, snapshot, vintage
from rakelab.regional.listed import Listed, Wanted, entries, listed, wanted, years_of
from rakelab.regional.ranks import compared

#: What such a page is called.
TITLE = i18n.label("regional.title")
#: More areas than this in one figure cannot be told apart.
MOST = 6


@dataclass(frozen=True)
class Topic:
    """``years`` is empty where all are wanted. ``given``: what the author of a page chose in words and numbers."""

    area: Area
    peers: tuple[Area, ...]
    years: tuple[int, ...]
    wanted: tuple[Wanted, ...]
    given: tuple[Any, ...] = ()

    @cached_property
    def lines(self) -> tuple[Listed, ...]:
        return listed(self.wanted, self.area, self.years)

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """What comes along, and what was fetched of the list."""
        own = dict(snapshot())
        return tuple((own | {line.own.name: line.own for line in self.lines if line.own}).values())

    @cached_property
    def ranked(self) -> tuple[Series, ...]:
        """Series of rates whose areas are all there."""
        rates = (own for own in self.series if own.unit != "people")
        return tuple(own for own in rates if any(own.at(each, own.years[-1]).value for each in compared()))

    @property
    def country(self) -> Area:
        return next(own for own in areas() if own.kind == COUNTRY)

    @property
    def options(self) -> dict[str, Any]:
        """As JSON, with what the author of a page chose in words, and with the check sum of the data."""
        return {
            "area": [self.area.kind, self.area.code], "peers": [[own.kind, own.code] for own in self.peers],
            "years": list(self.years), "wanted": [[own.id, list(own.words)] for own in self.wanted],
            "of": vintage(self.series), "given": list(self.given),
        }  # fmt: skip

    def chosen(self, years: Sequence[int]) -> list[int]:
        """Those of ``years`` that are wanted."""
        return [year for year in years if not self.years or year in self.years]


def topic(alue: str, verrokit: Sequence[str] = (), lista: str = "", vuodet: Sequence[object] = ()) -> Topic:
    """The topic of these parameters. Raises OpenDataError for an area that does not exist, UsageError for too many."""
    peers = tuple(dict.fromkeys(own for own in map(area, verrokit) if own != area(alue)))
    if len(peers) > MOST - 2:
        raise UsageError("regional.many_peers", most=MOST - 2)
    given = (*vuodet, *([PurePath(lista).name] if lista else []))
    return Topic(area(alue), peers, years_of(vuodet), entries(lista), given)


def read(options: Mapping[str, Any]) -> Topic:
    """The topic out of its options. Raises UsageError where the data are others than those it was made of."""
    known = {(own.kind, own.code): own for own in areas()}
    peers = tuple(known[kind, code] for kind, code in options["peers"])
    lines = tuple(wanted(number, words) for number, words in options["wanted"])
    kind, code = options["area"]
    made = Topic(known[kind, code], peers, tuple(options["years"]), lines)
    if vintage(made.series) != options["of"]:
        raise UsageError("regional.changed")
    return made
