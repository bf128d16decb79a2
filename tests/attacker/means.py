"""What published means tell of small counts: alone, from a total and its groups, before and after, beside counts.

Nothing of ``rakelab.protect`` is used. The reader has ``released.json``, and the form: which answers each question
allows (``Scale``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import ceil, floor, prod, sqrt
from typing import Any

from .attack import Released, limit_of
from .knowledge import ALL, ANSWERED, Context
from .limits import ANY, KNOWN, Limits, Place, agrees, allowed, compatible, difference_of, limits_of
from .numbers import decimals, fineness
from .points import FEW, TOO_MANY, Counter, Pair, Scale, Told, settled, settled_of_few, sums
from .ranks import CLASSES, said, settled_by_p

MANY_PAIRS = 200_000
#: So many of the group, at least and at most, have one of some answers (deviations).
Fact = tuple[frozenset[int], int, int]
#: A number of everybody measured then, by its number of people measured twice: names of levels at the scale's ends.
ENDS = {"_alku": "_alussa", "_loppu": "_lopussa"}


@dataclass(frozen=True)
class Leak:
    """How many gave one answer (or the mean of a few people), worked out; ``how`` says from what."""

    cell: str
    how: str
    answer: float
    count: int


@dataclass
class Group:
    """Everybody, or one group, with a number: who they are, how many, and what is told of their mean."""

    cell: str
    variable: str
    column: Context
    n: int | None
    limit: int
    scale: Scale
    told: Told | None = None
    centre: int = 0
    pairs: set[Pair] = field(default_factory=set)
    p: float | None = None
    limits: Limits | None = None

    @property
    def counter(self) -> Counter:
        return self.counter_of(self.pairs, self.n or 0)

    def counter_of(self, pairs: set[Pair], n: int) -> Counter:
        most = max((square for _, square in pairs), default=0)
        return Counter((d - self.centre for d in self.scale.points()), n, most)

    @property
    def place(self) -> Place:
        error = self.told.error if self.told else 0.0
        return Place(self.n or 0, self.centre, self.scale.unit, 2 * error * self.scale.unit)

    def answer(self, d: int) -> float:
        return (d + self.centre) * self.scale.unit

    def whole_sums(self) -> set[int]:
        """What all answers can add up to, in steps of the scale."""
        return {total + (self.n or 0) * self.centre for total, _ in self.pairs}


Groups = Mapping[tuple[str, Context], Group]


@dataclass
class Looked:
    """What was found, and how many means were looked into or passed over (too wide to settle anything)."""

    leaks: list[Leak] = field(default_factory=list)
    learned: dict[str, int] = field(default_factory=dict)  # hidden counts that the means tell
    means: int = 0
    wide: int = 0
    ranked: int = 0  # means with a p that every way was tried of


@dataclass(frozen=True)
class Noise:
    """What an instrument's key says of a scale: how reliable it is, and whether more is better (1) or worse (−1)."""

    reliability: float
    better: int

    def least(self, sd: float) -> float:
        """The smallest change that is more than noise (Jacobson & Truax 1991)."""
        return 1.96 * sqrt(2) * sd * sqrt(1 - self.reliability)


def look(released: Released, scales: Mapping[str, Scale], noise: Mapping[str, Noise] | None = None) -> Looked:
    """Every small count, and every mean of few people, that the means of ``released`` give away."""
    looked = Looked()
    groups = read(released, scales)
    for one in groups.values():
        looked.means += one.told is not None
        if one.told and (one.n or 0) < one.limit:
            looked.leaks.append(Leak(one.cell, "mean of few", one.told.mean * one.scale.unit, one.n or 0))
    _compared(released, groups)
    by_variable: dict[str, list[Group]] = {}
    for one in groups.values():
        by_variable.setdefault(one.variable, []).append(one)
    for some in by_variable.values():
        looked.leaks += _beside_total(some)
    for column in {one.column for one in groups.values()}:
        looked.leaks += _before_and_after({o.variable: o for o in groups.values() if o.column == column})
    for name, of in (noise or {}).items():
        looked.learned |= _classes(
            released, (groups.get((f"{name}_alku", ALL)), groups.get((f"{name}_muutos", ALL))), of
        )
    for one in groups.values():
        if one.told and one.pairs:
            looked.leaks += _alone(one, looked, _told_counts(released, one))
            looked.leaks += _beside_p(one, looked, _classed(released, groups, (one, noise or {})))
    looked.leaks += [*_absent(released, groups), *_too_fine(released)]
    return looked


def read(released: Released, scales: Mapping[str, Scale]) -> dict[tuple[str, Context], Group]:
    """Every mean that the tables have a place for, told or not."""
    cells = {frozenset(cell["dimensions"].items()): cell for cell in released["cells"]}
    fine = fineness(released["numbers"])
    found: dict[tuple[str, Context], Group] = {}
    for table in released["tables"]:
        told = {one["cell"]: one for one in table.get("means", ())} if table.get("measure") == "mean" else {}
        for column, ((name, _),) in _places(table) if table.get("measure") == "mean" else ():
            if name not in scales:
                continue
            cell = cells[column | {(name, ANSWERED)}]
            limit = limit_of(released, column | {(name, ANSWERED)}, column | {(name, ANSWERED)})
            made = Group(cell["id"], name, column, cell.get("value"), limit, scales[name])
            made.p = _p_of(table, cell["id"])
            made.limits = limits_of(table, cell["id"])
            if cell["id"] in told and told[cell["id"]]["mean"]["state"] in ("shown", "zero") and made.n:
                _tell(made, told[cell["id"]], fine[table["id"], cell["id"]])
            kept = found.get((name, column))
            found[name, column] = kept if kept and kept.told and not made.told else made
    _same_centre(found)
    return found


def _compared(released: Released, groups: Groups) -> None:
    """Two means whose difference is told leave fewer possibilities for each."""
    at = {one.cell: one for one in groups.values() if one.told}
    for judged in (one for table in released["tables"] for one in table.get("judged", ())):
        two = [at[cell] for cell in judged["cells"] if cell in at]
        if (
            len(two) < 2
            or not 0 < prod(len(one.pairs) for one in two) < MANY_PAIRS
            or judged["low"]["state"] not in KNOWN
        ):
            continue
        first, second = (sorted(one.pairs) for one in two)
        fits = compatible(difference_of(judged), (first, second), (two[0].place, two[1].place))
        two[0].pairs = {pair for pair, fit in zip(first, fits.any(axis=1), strict=True) if fit}
        two[1].pairs = {pair for pair, fit in zip(second, fits.any(axis=0), strict=True) if fit}


def _p_of(table: Mapping[str, Any], cell: str) -> float | None:
    told = [one for one in table.get("statistics", ()) if one["cell"] == cell and one["name"] == "p"]
    return told[0].get("value") if told else None


def _places(table: Mapping[str, Any]) -> Iterator[tuple[Context, list[tuple[str, str]]]]:
    for column in table["columns"]:
        for row in table["rows"]:
            yield frozenset(column.items()), list(row.items())


def _tell(one: Group, told: Mapping[str, Any], error: float) -> None:
    unit = one.scale.unit
    mean, sd = told["mean"]["value"] / unit, told["sd"].get("value", 0) / unit
    one.told = Told(one.n or 0, mean, sd, error / unit)


def _same_centre(groups: Groups) -> None:
    """Deviations are counted from one centre for a variable, so that groups can be added."""
    for name in {name for name, _ in groups}:
        some = [one for (other, _), one in groups.items() if other == name]
        told = [one.told for one in some if one.told]
        centre = round(sum(t.mean * t.n for t in told) / sum(t.n for t in told)) if told else 0
        for one in some:
            one.centre = centre
            one.pairs = one.told.pairs(centre) if one.told else set()
            if one.limits and one.told:
                one.pairs = {pair for pair in one.pairs if allowed(one.limits, pair, one.place)}
            if one.pairs and (counter := one.counter).work / max(len(counter.points), 1) < TOO_MANY:
                one.pairs = counter.possible(one.pairs)


def _alone(one: Group, looked: Looked, facts: Sequence[Fact]) -> Iterator[Leak]:
    """What one mean leaves, beside counts of the same answers that are shown, of the same people or of more."""
    told = {d for ds, least, most in facts for d in ds if len(ds) == 1 and least == most}
    seen: dict[int, set[int]] = {d: set() for d in one.counter.points if d not in told}
    for known in _fixed(one, facts):
        n = (one.n or 0) - sum(known.values())
        taken = (sum(d * c for d, c in known.items()), sum(d * d * c for d, c in known.items()))
        left = {(s - taken[0], q - taken[1]) for s, q in one.pairs if q >= taken[1]}
        counter = one.counter_of(left, n)
        counter.points = [d for d in counter.points if d not in known]
        if counter.work > TOO_MANY:
            looked.wide += n > FEW
            yield from _leaks(one, settled_of_few(counter, left) if n <= FEW else {}, "mean of few people")
            return
        _see(counter, left, known, seen)
        if all(len(counts) > 1 for counts in seen.values()):
            return
    how = "mean and counts" if facts else "mean"
    yield from (Leak(one.cell, how, one.answer(d), count) for d, count in _single(seen, one).items())


def _see(counter: Counter, left: set[Pair], known: Mapping[int, int], seen: dict[int, set[int]]) -> None:
    """Adds which counts are possible where ``known`` are where they are."""
    if not (left := counter.possible(left)):
        return
    for d, counts in seen.items():
        if d in known:
            counts.add(known[d])
        elif len(counts) < 2:
            counts |= counter.counts(d, left)


def _single(seen: Mapping[int, set[int]], one: Group) -> dict[int, int]:
    """The only count there can be, where it is small, or everybody's, or leaves few elsewhere."""
    only = {d: next(iter(counts)) for d, counts in seen.items() if len(counts) == 1}
    return {d: k for d, k in only.items() if k and (k < one.limit or (one.n or 0) - k < one.limit)}


def _fixed(one: Group, facts: Sequence[Fact]) -> Iterator[dict[int, int]]:
    """Every way in which the counts at single answers can be, as far as shown counts tell of them."""
    singles = {next(iter(ds)): range(least, most + 1) for ds, least, most in facts if len(ds) == 1}
    for counts in product(*singles.values()):
        known = dict(zip(singles, counts, strict=True))
        sets = [(ds, least, most) for ds, least, most in facts if ds <= set(known)]
        if sum(counts) <= (one.n or 0) and all(lo <= sum(known[d] for d in ds) <= hi for ds, lo, hi in sets):
            yield known


def _told_counts(released: Released, one: Group) -> list[Fact]:
    """What shown counts of the same answers say: of the very same people so many, of more people at most so many, and
    at least so many less those who are more."""
    counted: dict[str, dict[str, frozenset[int]]] = {}
    at = {d: frozenset({d - one.centre}) for d in one.scale.points()}
    points = one.scale.points()
    for end, place in ENDS.items():
        if one.variable.endswith(end):
            name = one.variable.removesuffix(end) + place
            ends = {"pohja": at[points[0]], "katto": at[points[-1]]}
            counted[name] = {**ends, "valissa": frozenset().union(*at.values()).difference(*ends.values())}
    counted[f"{one.variable}_vastaus"] = {str(round(d * one.scale.unit)): at[d] for d in points}
    return [fact for name, levels in counted.items() for fact in _facts(released, (one.column, name), levels, one)]


def _facts(
    released: Released, where: tuple[Context, str], levels: Mapping[str, frozenset[int]], one: Group
) -> Iterator[Fact]:
    cells = {frozenset(cell["dimensions"].items()): cell for cell in released["cells"]}
    told = {
        level: int(cell["value"])
        for level in levels
        if (cell := cells.get(where[0] | {(where[1], level)}, {})).get("state") in ("shown", "zero")
    }
    n, base = one.n or 0, cells.get(where[0] | {(where[1], ANSWERED)}, {}).get("value")
    base = sum(told.values()) if base is None and len(told) == len(levels) > 1 else base
    for level, count in told.items():
        least, most = (max(0, count - int(base) + n) if base is not None else 0), min(count, n)
        if least <= most and level != "valissa":
            yield levels[level], least, most
        elif least <= most:
            yield frozenset(d for other in levels if other != level for d in levels[other]), n - most, n - least


def _beside_p(one: Group, looked: Looked, classed: Sequence[Fact]) -> Iterator[Leak]:
    """What a p leaves (of ranks, and of the test of the mean), and how many changed by more than noise."""
    limits = one.limits or Limits(0.0, 0.0)
    if one.p is None and not classed and limits.p == ANY:
        return
    known = (one.centre, said(one.p) if one.p is not None else None, classed)
    judged = (lambda way: agrees(limits, way, one.scale.unit)) if limits.p != ANY else (lambda _: True)
    found = settled_by_p(one.counter, one.pairs, one.limit, (*known, judged))
    looked.ranked += found is not None
    yield from _leaks(one, found or {}, "mean and p" if one.p is not None else "mean and classes")


def _classed(released: Released, groups: Groups, of: tuple[Group, Mapping[str, Noise]]) -> list[Fact]:
    """How many improved or worsened, where it is shown: so many changed by more than the noise."""
    one, noise = of
    name = one.variable.removesuffix("_muutos")
    before = groups.get((f"{name}_alku", ALL))
    if name not in noise or name == one.variable or not (before and before.told):
        return []
    sd, error = (x * before.scale.unit for x in (before.told.sd, before.told.error))
    levels = {}
    for level, sign in (("parani", noise[name].better), ("huononi", -noise[name].better)):
        both = [_beyond(one, sign, noise[name].least(x)) for x in (sd - error, sd + error)]
        levels |= {level: both[0]} if both[0] == both[1] else {}
    return list(_facts(released, (one.column, f"{name}_luokka"), levels, one))


def _beside_total(some: list[Group]) -> Iterator[Leak]:
    """A total and its groups: what is hidden of one is worked out from the others."""
    whole = next((one for one in some if not one.column), None)
    for by in sorted({name for one in some for name, _ in one.column}):
        parts = [one for one in some if {name for name, _ in one.column} == {by}]
        told = [one for one in parts if one.told]
        if whole is None or whole.n is None or not told or prod(len(one.pairs) for one in told) > MANY_PAIRS:
            continue
        added = {(0, 0)}
        for one in told:
            added = sums(added, one.pairs)
        left = whole.n - sum(one.n or 0 for one in told)
        if whole.told and left:
            yield from _of_the_hidden(whole, left, {(-s, -q) for s, q in added})
        elif whole.told:
            _refine(whole, told, added)
        elif not left:
            whole.pairs = added
            if (counter := whole.counter).work < TOO_MANY:
                yield from _leaks(whole, settled(counter, added, whole.limit), "total from groups")


def _of_the_hidden(whole: Group, n: int, less: set[Pair]) -> Iterator[Leak]:
    """Those whose mean is hidden, together: all less the groups that are told."""
    if len(whole.pairs) * len(less) > 100 * MANY_PAIRS:
        return
    left = {(s, q) for s, q in sums(whole.pairs, less) if q >= 0 and s * s <= n * q}
    counter = whole.counter_of(left, n)
    if counter.work > TOO_MANY or not (left := counter.possible(left)):
        return
    totals = {s for s, _ in left}
    if n < whole.limit and len(totals) == 1:
        yield Leak(whole.cell, "mean of few from total", (totals.pop() / n + whole.centre) * whole.scale.unit, n)
    yield from _leaks(whole, settled(counter, left, whole.limit), "hidden group from total")


def _refine(whole: Group, told: list[Group], added: set[Pair]) -> None:
    """Groups and total agree: fewer possibilities for each."""
    whole.pairs &= added
    for one in told:
        rest = {(0, 0)}
        for other in told:
            rest = sums(rest, other.pairs) if other is not one else rest
        if len(whole.pairs) * len(rest) <= 100 * MANY_PAIRS:
            one.pairs &= sums(whole.pairs, {(-s, -q) for s, q in rest})


def _before_and_after(column: Mapping[str, Group]) -> Iterator[Leak]:
    """Of the same people: the sum after less the sum before is the sum of the changes."""
    for name in column:
        stem = name.removesuffix("_muutos")
        three = [column.get(f"{stem}_{end}") for end in ("alku", "loppu", "muutos")]
        if name == stem or not all(three) or len({one.n for one in three if one}) > 1:
            continue
        before, after, change = three  # type: ignore[misc]
        if not (before and after and change):
            continue
        if before.told and after.told and change.told:
            _agree(before, after, change)
        elif before.told and after.told and change.n:
            change.pairs = _change_from(before, after, change)
            if (counter := change.counter).work < TOO_MANY and change.pairs:
                yield from _leaks(change, settled(counter, change.pairs, change.limit), "change from both ends")


def _agree(before: Group, after: Group, change: Group) -> None:
    n = change.n or 0
    differences = {b - a for a in before.whole_sums() for b in after.whole_sums()}
    change.pairs = {(s, q) for s, q in change.pairs if s + n * change.centre in differences}
    sums_of_change = change.whole_sums()
    for one, other, sign in ((before, after, -1), (after, before, 1)):
        fits = {b + sign * c for b in other.whole_sums() for c in sums_of_change}
        one.pairs = {(s, q) for s, q in one.pairs if s + n * one.centre in fits}


def _change_from(before: Group, after: Group, change: Group) -> set[Pair]:
    """Every (Σd, Σd²) of the changes whose spread is between the difference and the sum of those of both ends."""
    n = change.n or 0
    assert before.told
    assert after.told
    low = max(0.0, abs(after.told.sd - before.told.sd) - after.told.error - before.told.error) ** 2 * (n - 1)
    high = (after.told.sd + before.told.sd + after.told.error + before.told.error) ** 2 * (n - 1)
    found = set()
    for total in {b - a - n * change.centre for a in before.whole_sums() for b in after.whole_sums()}:
        found |= {(total, q) for q in range(ceil(low + total**2 / n - 1e-6), floor(high + total**2 / n + 1e-6) + 1)}
    return {(s, q) for s, q in found if (s - q) % 2 == 0}


def _classes(released: Released, ends: tuple[Group | None, Group | None], noise: Noise) -> dict[str, int]:
    """How many improved or worsened: people whose change is larger than the noise, from the mean of the changes."""
    before, change = ends
    found: dict[str, int] = {}
    if not (before and change and before.told and change.told and change.pairs):
        return found
    name = change.variable.removesuffix("_muutos")
    cells = {cell["id"]: cell for cell in released["cells"]}
    if change.counter.work > TOO_MANY:
        return found
    sd, error = (one * before.scale.unit for one in (before.told.sd, before.told.error))
    for level, sign in (("parani", noise.better), ("huononi", -noise.better)):
        cell = cells.get(f"{name}_luokka={level}", {})
        both = [_beyond(change, sign, noise.least(one)) for one in (sd - error, sd + error)]
        if cell.get("state") == "hidden" and both[0] == both[1]:
            counts = change.counter.counts_among(both[0], change.pairs)
            found |= {cell["id"]: counts.pop()} if len(counts) == 1 else {}
    return found


def with_learned(released: Released, learned: Mapping[str, int]) -> Released:
    """The release to a reader who has learnt these counts from the means."""
    cells = [
        {**one, "state": "shown" if learned[one["id"]] else "zero", "value": learned[one["id"]]}
        if one["id"] in learned
        else one
        for one in released["cells"]
    ]
    return {**released, "cells": cells}


def _beyond(change: Group, sign: int, least: float) -> frozenset[int]:
    """The deviations of those whose change is larger than ``least`` in one direction."""
    return frozenset(d for d in change.counter.points if change.answer(d) * sign > least + 1e-9)


def _leaks(one: Group, found: Mapping[int, int], how: str) -> Iterator[Leak]:
    yield from (Leak(one.cell, how, one.answer(d), count) for d, count in found.items())


def _absent(released: Released, groups: Groups) -> Iterator[Leak]:
    """A statistic that cannot be computed, beside a mean that is hidden though its people are many: nobody differs."""
    hidden = {one.cell: one for one in groups.values() if one.n and one.n >= one.limit and not one.told}
    for number in released["numbers"]:
        if number["statistic"] == "p" and number["state"] == "missing" and number["cell"] in hidden:
            yield Leak(number["cell"], "everybody: p cannot be computed", 0.0, int(hidden[number["cell"]].n or 0))


#: What is promised of statistics of few people: how many there must be, and the decimals of coders' coefficients.
FEWEST = {"alpha": 20, "median": 11}
UNITS = 30


def _too_fine(released: Released) -> Iterator[Leak]:
    """Statistics of fewer people than promised, or told more finely."""
    classes = {
        one["id"] for one in released["tables"] if one.get("indicator") == "agreement" and one["id"] == "agreement"
    }
    coded = {one["table"] for one in released["numbers"] if one["statistic"] == "kappa"}
    for one in released["numbers"]:
        name, n, value = one["statistic"], one.get("base"), one.get("value")
        coefficient = one.get("table") in coded and name.startswith(("kappa", "alpha"))
        fewest = UNITS * (one.get("table") in classes) if coefficient else FEWEST.get(name, 0)
        fine = (coefficient and decimals(value or 0) > 1) or (name == "p" and value not in CLASSES)
        if value is not None and ((n or 0) < fewest or fine):
            yield Leak(one["cell"], f"{name} told too finely", value, n or 0)
