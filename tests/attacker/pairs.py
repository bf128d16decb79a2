"""Random pairs and triples of releases of the same or overlapping people, protected with the ledger and without it."""

import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd

from rakelab.cells import Tally, name_of
from rakelab.dataset import Dataset

from . import forms
from .model import InconsistentError
from .reports import COUNTING, Asked, _cells, people
from .together import MISSING, Among, People, Together, Told, Verdict, at

FEWEST, MOST = 16, 200
#: One case in so many may tell which needs meet.
SLOW = 8
WOMEN = "sukupuoli == nainen"
KINDS = (
    "kunta", "without", "year", "years", "limits", "tables", "changed", "fewer", "more", "women", "kunta_year",
    "triple", "years_all", "three",
)  # fmt: skip


@dataclass(frozen=True)
class File:
    """Rows of one file, and who stands in each."""

    rows: Dataset
    who: np.ndarray


@dataclass(frozen=True)
class Wanted:
    """One report that somebody asks for. ``means``: what everybody in it has; ``unless``: what others of the file."""

    file: int = 0
    kunta: str = ""
    year: int = 0
    condition: str = ""
    kynnys: int = 5
    tables: int = 0  # which random part of the tables

    @property
    def trait(self) -> tuple[dict[str, Among], dict[str, Among]]:
        """What everybody in the report has, and what those of the file have who are not in it."""
        found: list[tuple[str, Among, Among]] = []
        if self.kunta:
            found.append(("kunta", *_equal(self.kunta)))
        if self.year:
            found.append(("vuosi", *_equal(str(self.year))))
        if self.condition:
            name, sign, level = self.condition.split()
            found.append((name, *(_equal(level) if sign == "==" else _unequal(level))))
        inside = {name: one for name, one, _ in found}
        return inside, {name: one for name, _, one in found} if len(found) == 1 else {}


def _equal(level: str) -> tuple[Among, Among]:
    return Among(frozenset({level})), Among(outside=frozenset({level}))


def _unequal(level: str) -> tuple[Among, Among]:
    """Whose answer is lacking is not chosen either."""
    others = frozenset({level, *MISSING})
    return Among(outside=others), Among(others)


# --- files and what is asked of them --------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    seed: int
    kind: str
    files: tuple[File, ...]
    wanted: tuple[Wanted, ...]


def drawn(seed: int, kind: str = "", most: int = MOST) -> Case:
    """The files and reports of ``seed``; ``kind`` says which, or the seed does."""
    random = np.random.default_rng([seed, 7])
    kind = kind or str(random.choice(KINDS))
    n = int(np.exp(random.uniform(np.log(FEWEST), np.log(most + 1))))
    first = File(people(seed, n), np.arange(n))
    files = (first, *_corrected(first, kind, random))
    wanted = _wanted(kind, first, random)
    if kind not in ("tables", "three"):
        same = random.random() < 0.7
        wanted = [replace(one, tables=0 if same else i) for i, one in enumerate(wanted)]
    if kind == "limits" or random.random() < 0.15:
        limits = (5, 3) if random.random() < 0.5 else (3, 5)
        wanted = [replace(one, kynnys=limits[i % 2]) for i, one in enumerate(wanted)]
    order = random.permutation(len(wanted)) if kind != "limits" else range(len(wanted))
    return Case(seed, kind, files, tuple(wanted[i] for i in order))


def _wanted(kind: str, file: File, random: np.random.Generator) -> list[Wanted]:
    kunta, other = _common(file.rows.frame["kunta"], random)
    one, two = Wanted(kunta=kunta), Wanted(kunta=other)
    without = Wanted(condition=f"kunta != {kunta}")
    early, late = Wanted(year=2020), Wanted(year=2021)
    women, everybody = Wanted(condition=WOMEN), Wanted()
    fixed = {
        "kunta": [everybody, one],
        "without": [everybody, without],
        "year": [everybody, early],
        "years": [early, late],
        "limits": [everybody, everybody],
        "tables": [everybody, Wanted(tables=1)],
        "changed": [everybody, Wanted(file=1)],
        "fewer": [everybody, Wanted(file=1)],
        "more": [everybody, Wanted(file=1)],
        "women": [everybody, women],
        "kunta_year": [everybody, replace(one, year=2020)],
        "years_all": [everybody, early, late],
        "three": [everybody, Wanted(tables=1), Wanted(tables=2)],
    }
    some = [everybody, one, two, without, early, late, women, replace(one, year=2020), replace(one, condition=WOMEN)]
    return fixed.get(kind) or [some[i] for i in random.choice(len(some), size=3, replace=False)]


def _common(column: pd.Series, random: np.random.Generator) -> tuple[str, str]:
    """Two of the levels that most people have."""
    sizes = column[~column.isin(MISSING)].value_counts()
    some = random.permutation(min(4, len(sizes)))[:2]
    return str(sizes.index[some[0]]), str(sizes.index[some[1]])


def _corrected(first: File, kind: str, random: np.random.Generator) -> Iterator[File]:
    """The file as it was sent again."""
    frame, n = first.rows.frame, len(first.who)
    if kind == "changed":
        row, fresh = int(random.integers(n)), people(int(random.integers(10**6)), FEWEST).frame
        new = pd.concat([frame.iloc[:row], fresh.iloc[:1], frame.iloc[row + 1 :]])
        if random.random() < 0.5:  # only some answers
            for name in random.permutation(frame.columns)[: len(frame.columns) - 3]:
                new[name] = frame[name].array
        changed = not new.iloc[row].equals(frame.iloc[row])
        yield _file(first, new, np.where((np.arange(n) == row) & changed, n + row, first.who))
    elif kind == "fewer":
        kept = np.sort(random.permutation(n)[int(random.integers(2, 4)) :])
        yield _file(first, frame.iloc[kept], first.who[kept])
    elif kind == "more":
        fresh = people(int(random.integers(10**6)), FEWEST).frame.iloc[:10]
        yield _file(first, pd.concat([frame, fresh]), np.append(first.who, 2 * n + np.arange(10)))


def _file(first: File, frame: pd.DataFrame, who: np.ndarray) -> File:
    frame = frame.set_axis(pd.RangeIndex(2, len(frame) + 2))
    origin = replace(first.rows.origin, sha256="1" * 64)
    return File(replace(first.rows, frame=frame, origin=origin, read=len(frame), contents=None, extent=None), who)


# --- reports --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counted:
    """What one report counts, and who is in it."""

    wanted: Wanted
    tallies: tuple[Tally, ...]
    prepared: Mapping[str, Any]
    who: np.ndarray

    @cached_property
    def truth(self) -> dict[str, int]:
        return {name_of(one): n for tally in self.tallies for one, n in tally.counts.items()}


def counted(case: Case, wanted: Wanted, folder: str) -> Counted:
    """What the notebook counts. Raises UsageError or WallError where it refuses."""
    from rakelab import prepare

    file = case.files[wanted.file]
    rows = replace(file.rows, origin=replace(file.rows.origin, folder=folder))
    if wanted.condition:
        rows = prepare.select(rows, wanted.condition, why="valinta")
    names: dict[str, Any] = {"arvioinnit": rows, "vuodet": [wanted.year] if wanted.year else [],
                             "kunta": wanted.kunta, "kynnys": wanted.kynnys}  # fmt: skip
    exec(_cells(), names)
    random = np.random.default_rng([case.seed, 8, wanted.tables])
    made = forms.listed([names["profiili"], names["tarpeet"], names["olosuhteet"]])
    some = random.permutation(len(made))[: int(random.integers(1, 6))]
    if case.seed % SLOW:  # pairs of needs take by far the longest
        some = np.array([i for i in some if made[i].view.id != "together"] or some[:1])
    return Counted(
        wanted, tuple(made[i] for i in sorted(some)), names, file.who[names["arvioinnit"].frame.index.to_numpy() - 2]
    )


@dataclass(frozen=True)
class Out:
    """A report that went out: which of those that were wanted, and how long its protection took."""

    place: int
    counted: Counted
    released: Mapping[str, Any]
    seconds: float


@contextmanager
def ledger_at(folder: Path) -> Iterator[None]:
    """Nobody's own ledger is touched."""
    before = os.environ.get("RAKELAB_LEDGER")
    os.environ["RAKELAB_LEDGER"] = str(folder)
    try:
        yield
    finally:
        os.environ.pop("RAKELAB_LEDGER")
        if before is not None:
            os.environ["RAKELAB_LEDGER"] = before


@dataclass(frozen=True)
class Published:
    """The reports of a case that went out, and why others did not."""

    out: tuple[Out, ...]
    stops: Mapping[str, int]


def published(case: Case, folder: Path | None) -> Published:
    """The reports of a case, one after another; with a ``folder`` each is entered in the ledger there."""
    from rakelab import archive, ledger
    from rakelab.errors import UsageError, WallError
    from rakelab.protect import Policy, protect
    from rakelab.protect.weights import secret_of

    out: list[Out] = []
    stops: Counter[str] = Counter()
    with ledger_at(folder or Path("nowhere")):
        for place, wanted in enumerate(case.wanted):
            try:
                made = counted(case, wanted, str(folder) if folder else "")
                started = time.process_time()
                release = protect(made.tallies, Policy(threshold=wanted.kynnys))
                took = time.process_time() - started
            except (WallError, UsageError) as refusal:
                stops[refusal.key] += 1
                continue
            if folder:
                ledger.opened(folder, secret_of(synthetic=True)).enter(release.ledger, f"report{len(out)}")
            out.append(Out(place, made, archive.as_dict(release), took))
    return Published(tuple(out), stops)


# --- the attack -----------------------------------------------------------------------------------------------


def together(case: Case, out: Sequence[Out], *, sizes_known: bool = True) -> Together:
    """The system of these reports: the parts of people, and what a reader knows of them."""
    parts = _parts(out)
    traits = []
    for part in range(parts.member.shape[1]):
        known: dict[str, Among] = {}
        for i, one in enumerate(out):
            inside, outside = one.counted.wanted.trait
            file = case.files[one.counted.wanted.file]
            there = np.isin(parts.everybody[parts.place == part], file.who).all()
            known = _both(known, inside if parts.member[i, part] else outside if there else {})
        traits.append(known)
    told = [Told(one.released, one.counted.truth, parts.of(i), _known(one.counted.wanted)) for i, one in enumerate(out)]
    return Together(told, People(parts.sizes, tuple(traits)), sizes_known=sizes_known)


@dataclass(frozen=True)
class Parts:
    """Into which parts the reports divide everybody: ``member`` (reports × parts), and each one's part."""

    everybody: np.ndarray
    place: np.ndarray
    member: np.ndarray
    sizes: tuple[int, ...]

    def of(self, report: int) -> frozenset[int]:
        return frozenset(np.flatnonzero(self.member[report]).tolist())


def _parts(out: Sequence[Out]) -> Parts:
    everybody = np.unique(np.concatenate([one.counted.who for one in out]))
    inside = np.array([np.isin(everybody, one.counted.who) for one in out])
    member, place, sizes = np.unique(inside, axis=1, return_inverse=True, return_counts=True)
    return Parts(everybody, place.ravel(), member, tuple(int(n) for n in sizes))


def _both(one: Mapping[str, Among], other: Mapping[str, Among]) -> dict[str, Among]:
    found = dict(one)
    for name, among in other.items():
        before = found.get(name, Among())
        insides = [each.inside for each in (before, among) if each.inside is not None]
        inside = frozenset.intersection(*insides) if insides else None
        found[name] = Among(inside, before.outside | among.outside)
    return found


def _known(wanted: Wanted) -> tuple[Mapping[str, Any], ...]:
    """The traits of what everybody in the report is known to be."""
    return Asked(kunta=wanted.kunta, condition=wanted.condition).known


def judged(case: Case, out: Sequence[Out]) -> Verdict:
    return together(case, out).verdict() if len(out) > 1 else Verdict()


def recounted(out: Sequence[Out]) -> dict[str, int]:
    """The true counts of the people of each part, by the names of the attacker's unknowns."""
    parts = _parts(out)
    found: dict[str, int] = {}
    for part in range(parts.member.shape[1]):
        for one in (one for i, one in enumerate(out) if parts.member[i, part]):
            there = np.isin(one.counted.who, parts.everybody[parts.place == part])
            for cell, n in _counts(one.counted, there).items():
                if found.setdefault(at(cell, part), n) != n:
                    raise AssertionError(f"two counts of the same people: {cell}")
    return found


@cache
def _counting() -> Any:
    return _cells(COUNTING[1:])


def _counts(made: Counted, there: np.ndarray) -> dict[str, int]:
    """What the notebook counts of some of its rows; a kind of missing that none of them has is not listed there."""
    rows = made.prepared["arvioinnit"]
    names = {**made.prepared, "arvioinnit": replace(rows, frame=rows.frame[there])}
    exec(_counting(), names)
    tallies = forms.listed([names["profiili"], names["tarpeet"], names["olosuhteet"]])
    found = {name_of(one): n for tally in tallies for one, n in tally.counts.items()}
    lacking = {cell for cell in made.truth if {pair.rpartition("=")[2] for pair in cell.split("|")} & {*MISSING}}
    return dict.fromkeys(lacking, 0) | {cell: n for cell, n in found.items() if cell in made.truth}


def outcome(seed: int, kind: str = "", most: int = MOST) -> dict[str, Any]:
    """One case without the ledger and with it; figures only."""
    case = drawn(seed, kind, most)
    without = published(case, None)
    with TemporaryDirectory() as folder:
        beside = published(case, Path(folder) / "ledger")
    found: dict[str, Any] = {"seed": seed, "kind": case.kind, "people": len(case.files[0].who)}
    found |= {"without": len(without.out), "releases": len(beside.out), "stops": dict(beside.stops)}
    started = time.process_time()
    try:
        control, verdict = judged(case, without.out), judged(case, beside.out)
    except InconsistentError as fault:
        return {**found, "inconsistent": str(fault)}
    later = [(one, alone) for one in beside.out[1:] for alone in without.out if alone.place == one.place]
    return found | {
        "control": len(control.openings),
        "openings": [str(one) for one in verdict.openings],
        "asked": verdict.asked,
        "excused": verdict.excused,
        "undecided": verdict.undecided,
        "more_hidden": [hidden(one.released) - hidden(alone.released) for one, alone in later],
        "cells": [len(one.released["cells"]) for one, _ in later],
        "seconds": [round(one.seconds, 3) for one, _ in later],
        "alone_seconds": [round(alone.seconds, 3) for _, alone in later],
        "attack_seconds": round(time.process_time() - started, 3),
    }


def hidden(released: Mapping[str, Any]) -> int:
    return sum(cell["state"] == "hidden" for cell in released["cells"])


SPREAD = ("more_hidden", "seconds", "alone_seconds")


def figures(outcomes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Sums over the cases done so far."""
    done = [one for one in outcomes if "openings" in one]
    several = [one for one in done if one["without"] > 1]
    stops: Counter[str] = Counter()
    for one in done:
        stops.update(one["stops"])
    return {
        "cases": len(outcomes),
        "pairs_and_triples": len(several),
        "went_out_together": sum(one["releases"] > 1 for one in done),
        "without_ledger": {"cases": sum(one["control"] > 0 for one in several),
                           "openings": sum(one["control"] for one in several)},
        "openings": sum(len(one["openings"]) for one in done),
        "seeds_with_openings": sorted(one["seed"] for one in done if one["openings"]),
        "seeds_inconsistent": sorted(one["seed"] for one in outcomes if "inconsistent" in one),
        **{name: sum(one[name] for one in done) for name in ("asked", "excused", "undecided")},
        "stops": dict(stops.most_common()),
        **{name: _spread([n for one in done for n in one[name]]) for name in SPREAD},
        "more_hidden_share": _spread([
            n / cells for one in done for n, cells in zip(one["more_hidden"], one["cells"], strict=True)
        ]),
        "by_kind": {kind: _of_kind([one for one in done if one["kind"] == kind]) for kind in KINDS},
    }  # fmt: skip


def _spread(values: Sequence[float]) -> dict[str, float]:
    if not values:
        return {}
    middle, most = np.percentile(values, [50, 90])
    return {"median": round(float(middle), 3), "p90": round(float(most), 3), "max": round(float(max(values)), 3)}


def _of_kind(done: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    return {"cases": len(done), "control": sum(one["control"] > 0 for one in done),
            "openings": sum(len(one["openings"]) > 0 for one in done),
            "stopped": sum(any(stop.startswith("ledger") for stop in one["stops"]) for one in done)}  # fmt: skip
