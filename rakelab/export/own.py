"""What a county adds to the sheet by hand: net costs, each with its source and its day, and ways to work together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rakelab.declared import NUMBER, SCALAR, Declaration, Entry
from rakelab.i18n import LANGUAGES

_COST = {"title": dict, "year": SCALAR, "euros": NUMBER, "source": str, "date": str | date}
_CHANNEL = {"title": dict, "how": str}


@dataclass(frozen=True)
class Cost:
    title: Mapping[str, str]
    year: str
    euros: float
    source: str
    day: date


@dataclass(frozen=True)
class Channel:
    title: Mapping[str, str]
    how: str


@dataclass(frozen=True)
class Own:
    costs: tuple[Cost, ...] = ()
    channels: tuple[Channel, ...] = ()


def own(path: Path | None) -> Own:
    """What the county's file says; nothing without one. Raises CodebookError with every fault of it: a cost without
    its source, its day or its euros is refused."""
    if path is None:
        return Own()
    file = Declaration(path, {"cost": list, "channel": list})
    costs = tuple(_cost(entry) for entry in file.entries("cost", _COST))
    channels = tuple(_channel(entry) for entry in file.entries("channel", _CHANNEL))
    named = ([f"{cost.title[lang]} {cost.year}" for cost in costs] for lang in LANGUAGES)
    file.unique(next((names for names in named if len(set(names)) < len(names)), ()), "cost")
    file.done("infographic.faults")
    return Own(costs, channels)


def _cost(entry: Entry) -> Cost:
    for name in ("year", "euros", "source", "date"):
        if not str(entry.get(name, "")).strip():
            entry.fault(f"infographic.without.{name}", name)
    return Cost(entry.label("title"), str(entry.get("year", "")), float(entry.get("euros", 0)),
                str(entry.get("source", "")), _day(entry))  # fmt: skip


def _day(entry: Entry) -> date:
    given = entry.get("date", "")
    try:
        return given if isinstance(given, date) else date.fromisoformat(given)
    except ValueError:
        if given:
            entry.fault("infographic.bad_date", "date")
        return date.min


def _channel(entry: Entry) -> Channel:
    if not entry.get("how", "").strip():
        entry.fault("infographic.without.how", "how")
    return Channel(entry.label("title"), entry.get("how", ""))
