"""``rakelab ledger``: what was released of whom, in words; withdrawing a release, and making a report again to see
whether it is the same. Of people only how many there are."""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from rakelab import i18n, ledger
from rakelab.errors import UsageError, WallError, nearest
from rakelab.ledger.book import BOOK, FOLDER, Ledger, Standing
from rakelab.protect.weights import PUBLISHED, secret_of
from rakelab.report import index
from rakelab.report.decided import decision
from rakelab.report.run import Order, report

ACTIONS = ("list", "show", "check", "withdraw", "verify")


def run(action: str, words: Sequence[str], options: Mapping[str, str], lang: str) -> list[str]:
    """The sentences of one action. Raises UsageError for a wrong one, and what the ledger raises."""
    if action not in ACTIONS:
        raise UsageError(
            "ledger.no_action", action=action, known=", ".join(ACTIONS), nearest=nearest(action, ACTIONS) or "–"
        )
    named, place = (words[0], words[1:]) if action in ("show", "withdraw", "verify") and words else ("", words)
    if action == "verify":
        return list(_verified(Path(named), place[0] if place else "", lang))
    book = at(place[0] if place else "")
    if action in ("list", "check"):
        return _listed(book, lang) if action == "list" else list(_checked(book, place[1:], lang))
    if named not in book.standing:
        raise UsageError("ledger.no_entry", entry=named or "–", nearest=nearest(named, book.standing) or "–")
    if action == "show":
        return list(_shown(book.standing[named], lang))
    if not options["by"]:
        raise UsageError("ledger.by_whom")
    book.note("withdrawn", named, by=options["by"], note=options["note"])
    return [i18n.text("ledger.withdrawn", lang, entry=named, where=", ".join(book.standing[named].where))]


def at(place: str) -> Ledger:
    """The ledger of a data file, of its folder, or the folder itself. Raises UsageError where there is none."""
    given = Path(place or ".")
    folder = ledger.home(given.parent if given.is_file() else given)
    folder = given if (given / BOOK).is_file() else folder
    if not (folder / BOOK).is_file():
        raise UsageError("ledger.none", folder=given.name or ".", name=FOLDER)
    try:
        return ledger.opened(folder, PUBLISHED)
    except WallError as fault:
        if fault.key != "ledger.other_key":
            raise
        return ledger.opened(folder, secret_of(synthetic=False), PUBLISHED)


# --- what stands there ----------------------------------------------------------------------------------------


def _listed(book: Ledger, lang: str) -> list[str]:
    return [_line(standing, lang) for standing in book.standing.values()] or [i18n.text("ledger.empty", lang)]


def _line(standing: Standing, lang: str) -> str:
    told = standing.told
    people, day = i18n.number(told["people"], lang), _day(told, lang)
    line = i18n.text("ledger.line", lang, entry=standing.name, day=day, title=told["title"][lang], people=people,
                     where=", ".join(standing.where))  # fmt: skip
    return " ".join([line, *_fate(standing, lang)])


def _fate(standing: Standing, lang: str) -> Iterator[str]:
    """What somebody decided of a release."""
    approved = standing.decision.get("decision") == "approved"
    decided = "ledger.by_approved" if approved else "ledger.by_returned"
    for key, event in (("ledger.by_withdrawn", standing.withdrawn), (decided, standing.decision)):
        if event:
            yield i18n.text(key, lang, by=event["by"], day=_day(event, lang))


def _shown(standing: Standing, lang: str) -> Iterator[str]:
    yield _line(standing, lang)
    told = standing.told
    yield i18n.text("ledger.file", lang, file=told["file"], form=told["form"])
    if told["selection"]:
        yield i18n.text("ledger.selection", lang, steps=" · ".join(i18n.said(why, lang) for why in told["selection"]))
    yield i18n.text("ledger.tables", lang, names=", ".join(told["tables"]))
    if told["beside"]:
        yield i18n.text("ledger.beside", lang, entries=", ".join(told["beside"]))
    for past in told["replaces"]:
        numbers = {name: i18n.number(past[name], lang) for name in ("people_apart", "counts_apart")}
        yield i18n.text("ledger.replaces", lang, entry=past["entry"], **numbers)


# --- is everything there --------------------------------------------------------------------------------------


def _checked(book: Ledger, reports: Sequence[str], lang: str) -> Iterator[str]:
    """Unfinished lines, clocks that went back, what is missing, reports that are not entered; takes decisions in."""
    yield i18n.text("ledger.checked", lang, n=i18n.number(len(book.standing), lang))
    if book.cut:
        yield i18n.text("ledger.cut", lang, lines=", ".join(map(str, book.cut)))
    days = [line["day"] for line in book.lines]
    for before, day in pairwise(days):
        if day < before:
            yield i18n.text("ledger.clock", lang, day=day[:16], before=before[:16])
    for name, standing in book.standing.items():
        yield from _there(book, standing, lang)
        if not standing.withdrawn:
            book.record(name)
    for folder in reports:
        for path in sorted(Path(folder).glob("*/provenance.json")):
            if _name(path.parent) not in book.standing:
                yield i18n.text("ledger.not_entered", lang, folder=path.parent.name)


def _there(book: Ledger, standing: Standing, lang: str) -> Iterator[str]:
    for where in standing.where:
        folder = book.folder.parent / where
        if _name(folder) != standing.name and folder.suffix != ".html" and not standing.withdrawn:
            yield i18n.text("ledger.not_there", lang, entry=standing.name, where=where)
        review = decision(folder)
        said = {name: review.get(name, "") for name in ("by", "decision", "note")}
        if review.get("holds") and said != {name: standing.decision.get(name) for name in said}:
            book.note("decision", standing.name, **said)
            yield i18n.text("ledger.decided", lang, entry=standing.name, by=said["by"], decision=said["decision"])


def _name(folder: Path) -> str:
    return str(_json(folder / "released.json").get("ledger", ""))


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _day(line: Mapping[str, Any], lang: str) -> str:
    return i18n.day(datetime.fromisoformat(line["day"]).date(), lang)


# --- the same again -------------------------------------------------------------------------------------------


def _verified(folder: Path, data: str, lang: str) -> Iterator[str]:
    """Makes a report again from its provenance, elsewhere, and says what differs. Raises UsageError without one."""
    told = index.read(folder / "provenance.json")
    if told is None:
        raise UsageError("ledger.no_report", folder=folder.name or ".")
    file = Path(data) if data else Path(told["file"]["name"])
    if not file.is_file() or sha256(file.read_bytes()).hexdigest() != told["file"]["sha256"]:
        raise UsageError("ledger.other_file", file=told["file"]["name"])
    settings = {name: value for name, value in told["parameters"].items() if name not in ("data", "lang")}
    with tempfile.TemporaryDirectory() as place:
        order = Order(Path(place), tuple(told["languages"]), quiet=True, enters=False)
        again = report(told["kind"], file, settings=settings, order=order)
        yield from _differences(folder, again, told, lang)


def _differences(folder: Path, again: Path, told: Mapping[str, Any], lang: str) -> Iterator[str]:
    cells = [_cells(one) for one in (folder, again)]
    differ = sum(cells[0].get(name) != cells[1].get(name) for name in {*cells[0], *cells[1]})
    key = "differ" if differ else "same"
    yield i18n.text(f"ledger.{key}", lang, n=i18n.number(differ, lang), all=i18n.number(len(cells[0]), lang))
    versions, now = told["versions"], (index.read(again / "provenance.json") or {})["versions"]
    changed = [f"{name} {versions.get(name, '–')} → {now[name]}" for name in now if versions.get(name) != now[name]]
    if changed:
        yield i18n.text("ledger.versions", lang, names=", ".join(changed))


def _cells(folder: Path) -> dict[str, Any]:
    cells = _json(folder / "released.json").get("cells", ())
    return {cell["id"]: (cell["state"], cell.get("value")) for cell in cells}
