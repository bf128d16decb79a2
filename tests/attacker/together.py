"""The enemy with several releases side by side: what they tell together, of people whom a reader can tell apart.

The people fall into *parts* that each release holds whole or not at all. Each count in each part is unknown; what
follows from the meaning of the names holds in every part, what a release published holds of the sum of its parts. A
reader knows how many are in each part, and what chose them. Nothing of ``rakelab.protect`` or its ledger is used.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from math import inf
from typing import Any

import numpy as np

from .attack import Known, Released, _sensitive, bases, limit_of, protected
from .knowledge import AGES, Context, Names, Row, equal
from .model import InconsistentError, Model, _canonical, _matrix, _with_unknowns, load, tighten
from .numbers import KNOWN
from .solve import answer
from .ticked import known_without_telling

TOTAL = "*"
FEW_BEHIND_A_MEAN = 5
Signs = tuple[tuple[int, int], ...]  # (release, +1 or −1)
Terms = tuple[tuple[str, int], ...]  # (count in a part, how many times)
Values = dict[Terms, set[int]]


# --- what there is to read ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Among:
    """What somebody's answer can be: one of ``inside`` (None: any), and none of ``outside``."""

    inside: frozenset[str] | None = None
    outside: frozenset[str] = frozenset()

    def says(self, level: str) -> bool | None:
        """Whether everybody (True) or nobody (False) has the level; None where it is not known."""
        other = level.startswith("!")
        atoms = frozenset(level.removeprefix("!").split("+"))
        if self.inside is None:
            nobody = atoms <= self.outside
            return None if not nobody else other
        left = self.inside - self.outside
        if left <= atoms:
            return not other
        return other if not left & atoms else None


@dataclass(frozen=True)
class Told:
    """One published release and the parts of people in it. ``truth``: what must not be learnt."""

    released: Released
    truth: Mapping[str, int]
    parts: frozenset[int]
    known: Known = ()

    @cached_property
    def names(self) -> Names:
        cells = self.released["cells"]
        return Names({frozenset(c["dimensions"].items()): c["id"] for c in cells}, self.released["variables"])

    @cached_property
    def lines(self) -> tuple[list[Row], list[Row]]:
        """What holds of any people, and what holds of just these."""
        model = load(self.released)
        logical = [row for row in known_without_telling(self.names) if _of_anybody(row)]
        logical += [row for row in model.all_rows if row.why == "relation" and _of_anybody(row)]
        same = {_canonical(row) for row in logical}
        shown = [Row(((cell, 1.0),), n, n, "shown") for cell, n in model.known.items()]
        return logical, [*shown, *(row for row in model.all_rows if _canonical(row) not in same)]


def _of_anybody(row: Row) -> bool:
    """True of each person alone, and so of any number of them."""
    return row.low in (0, -inf) and row.high in (0, inf)


@dataclass(frozen=True)
class People:
    """Of each part how many they are, and what is known of everybody in it: variable -> answers."""

    sizes: tuple[int, ...]
    traits: tuple[Mapping[str, Among], ...]


# --- one system -----------------------------------------------------------------------------------------------


def at(cell: str, part: int) -> str:
    return f"{cell}@{part}"


@dataclass(frozen=True)
class Ask:
    """Can the sum ``terms`` have each of ``values``? ``of``: the release, or the releases whose difference it is of;
    what those before ``last`` tell by themselves is not held against it."""

    terms: Terms
    values: tuple[int, ...]
    kind: str
    cell: str
    base: str
    of: Signs
    true: int

    @property
    def before(self) -> tuple[int, bool]:
        """Which releases may tell it (those before this one), and whether what all of them list may: two releases
        of others that both list a kind of missing have two people of it."""
        return max(release for release, _ in self.of), len(self.of) > 1 and all(sign > 0 for _, sign in self.of)


@dataclass(frozen=True)
class Opening:
    """What the releases tell together and none may: a count or rest (``values`` that can no longer be), a whole group's
    sensitive answer (``everybody``), a difference of few people (``people``), a mean of few (``mean``)."""

    kind: str
    of: Signs
    cell: str = ""
    base: str = ""
    values: tuple[int, ...] = ()

    def __str__(self) -> str:
        signs = "".join(f"{'+' if sign > 0 else '-'}{release}" for release, sign in self.of)
        return " ".join(filter(None, (self.kind, signs, self.cell, self.base, str(self.values))))


@dataclass
class Verdict:
    openings: list[Opening] = field(default_factory=list)
    asked: int = 0
    excused: int = 0
    undecided: int = 0


class Together:
    """All releases, and the questions to them."""

    def __init__(self, told: Sequence[Told], people: People, *, sizes_known: bool = True) -> None:
        self.told, self.people, self.sizes_known = told, people, sizes_known
        self._logical: list[Row] | None = None

    @property
    def logical(self) -> list[Row]:
        if self._logical is None:
            self._logical = [row for part in range(len(self.people.sizes)) for row in self._of_part(part)]
        return self._logical

    def _of_part(self, part: int) -> Iterator[Row]:
        """What is known of any people, said of this part, and what is known of these."""
        inside = [one for one in self.told if part in one.parts]
        if not inside:
            return
        names, joined = united([one.names for one in inside])
        more = [row for row in known_without_telling(names) if _of_anybody(row)] if len(inside) > 1 or joined else []
        rows = [row for one in inside for row in one.lines[0]]
        for row in {_canonical(row): row for row in (*rows, *more, *joined)}.values():
            yield Row(tuple((at(cell, part), c) for cell, c in row.terms), row.low, row.high, row.why)
        everything = dict(names.ids) | {one: cell for some in inside for one, cell in some.names.ids.items()}
        for row in alike(everything, self.people.traits[part]):
            yield Row(tuple((at(cell, part), c) for cell, c in row.terms), row.low, row.high, row.why)
        if self.sizes_known:
            yield Row(((at(TOTAL, part), 1.0),), self.people.sizes[part], self.people.sizes[part], "size")

    def published(self, releases: Iterable[int], present: Iterable[int] = ()) -> Iterator[Row]:
        """What these releases say of their people; of those ``present`` only that what is listed holds somebody."""
        lines = [(self.told[i], row) for i in releases for row in self.told[i].lines[1]]
        lines += [(self.told[i], row) for i in present for row in self.told[i].lines[1] if row.why == "listed"]
        for one, row in lines:
            terms = [(at(cell, part), c) for cell, c in row.terms for part in sorted(one.parts)]
            yield Row(tuple(terms), row.low, row.high, row.why)

    def model(self, published: Iterable[Row], sums: Iterable[Terms] = ()) -> Model:
        """The unknowns bound by what was published; each of ``sums`` is an unknown as well."""
        rows = [*self.logical, *published]
        rows += [Row((*((cell, float(n)) for cell, n in terms), (name_of(terms), -1.0)), 0, 0, "sum") for terms in sums]
        hidden = tuple(dict.fromkeys(cell for row in rows for cell, _ in row.terms))
        binding = _with_unknowns(rows, set(hidden))
        matrix, low, high = _matrix(binding, {}, hidden)
        all_of_them = sum(self.people.sizes)
        most = [self.people.sizes[int(c.rpartition("@")[2])] if _single(c) else all_of_them for c in hidden]
        limits = np.zeros(len(hidden)), np.array(most, dtype=float)
        least, top = tighten(matrix, (low, high), limits)
        return Model(Names({}, {}), {}, hidden, matrix, low, high, least, top, {}, tuple(rows))

    # --- questions

    def questions(self) -> Iterator[Ask]:
        for i in range(len(self.told)):
            yield from self._own(i)
        for signs, parts in differences(self.told):
            yield from self._between(signs, parts)

    def _own(self, i: int) -> Iterator[Ask]:
        """What release ``i`` protects by itself."""
        one = self.told[i]
        for q in protected(one.released, one.truth, one.known):
            if q.kind != "everybody":
                true = one.truth[q.base] - one.truth[q.cell] if q.base else one.truth[q.cell]
                yield Ask(_terms(one.parts, q.cell, q.base), q.values, q.kind, q.cell, q.base, ((i, 1),), true)

    def _between(self, signs: Signs, parts: frozenset[int]) -> Iterator[Ask]:
        """What the people of a difference must not be known by: counts and rests of cells that all releases list."""
        some = [self.told[i] for i, _ in signs]
        size = sum(self.people.sizes[part] for part in parts)
        dimensions = {cell: one for one, cell in some[0].names.ids.items()}
        pairs = set.intersection(*({*bases(one.released)} for one in some))
        seen = set()
        for cell, base in sorted(pairs):
            limit = min(limit_of(one.released, dimensions[cell], dimensions[base], one.known) for one in some)
            n, whole = (sum(sign * self.told[i].truth[c] for i, sign in signs) for c in (cell, base))
            values = tuple(v for v in range(1, limit) if v <= size)
            if 0 < n < limit and cell not in seen:
                seen.add(cell)
                yield Ask(_terms(parts, cell, ""), values, "count", cell, "", signs, n)
            if 0 < whole - n < limit:
                yield Ask(_terms(parts, cell, base), values, "rest", cell, base, signs, whole - n)
            if n == whole > 0 and limit > 1 and _sensitive(some[0].released, (cell, base)):
                yield Ask(_terms(parts, cell, base), values, "everybody", cell, base, signs, 0)

    # --- answers

    def verdict(self) -> Verdict:
        """Everything that these releases tell together and must not. Raises InconsistentError where the truth itself
        is held for impossible: then the attacker takes something for known that is not so."""
        found = Verdict([*few(self.told, self.people), *few_behind_means(self.told)])
        asks = list(self.questions())
        found.asked = len(asks)
        possible = self._possible(self.published(range(len(self.told))), asks, found)
        gone = {ask: _gone(ask, possible[ask.terms]) for ask in asks}
        for before in sorted({ask.before for ask in asks if gone[ask]}):
            some = [ask for ask in asks if ask.before == before and gone[ask]]
            last, present = before
            others = range(last, len(self.told)) if present else ()
            without = self._possible(self.published(range(last), others), some)
            for ask in some:
                left = tuple(v for v in gone[ask] if v in without[ask.terms])
                found.excused += not left
                found.openings += [Opening(ask.kind, ask.of, ask.cell, ask.base, left)] if left else []
        return found

    def _possible(self, published: Iterable[Row], asks: Sequence[Ask], found: Verdict | None = None) -> Values:
        """sum -> values that it can have; a value that was not settled in time is let stand."""
        wanted: Values = {}
        for ask in asks:
            wanted.setdefault(ask.terms, set()).update((*ask.values, ask.true))
        model = self.model(published, wanted)
        places = {terms: model.place[name_of(terms)] for terms in wanted}
        report = answer(model, {places[terms]: values for terms, values in wanted.items()})
        for i, value in report.undecided:
            report.possible.setdefault(i, set()).add(value)
        if found:
            found.undecided += len(report.undecided)
        for ask in asks:
            if ask.true not in report.possible[places[ask.terms]]:
                raise InconsistentError(f"the truth is held for impossible: {ask.kind} {ask.cell} {ask.base} {ask.of}")
        return {terms: report.possible[place] for terms, place in places.items()}


def _gone(ask: Ask, possible: set[int]) -> tuple[int, ...]:
    """The values that can no longer be; of “everybody has it” only where none of them can."""
    gone = tuple(v for v in ask.values if v not in possible)
    return gone if ask.kind != "everybody" or len(gone) == len(ask.values) else ()


def name_of(terms: Terms) -> str:
    return f"sum {terms}"


def _single(name: str) -> bool:
    return not name.startswith("sum ")


def _terms(parts: Iterable[int], cell: str, base: str) -> Terms:
    """The count in these parts, or what it leaves of the base's."""
    if not base:
        return tuple((at(cell, part), 1) for part in sorted(parts))
    return tuple((at(c, part), n) for part in sorted(parts) for c, n in ((base, 1), (cell, -1)))


# --- who is between releases ----------------------------------------------------------------------------------


def combinations(told: Sequence[Told]) -> Iterator[tuple[Signs, dict[int, int]]]:
    """Every sum and difference of two or more releases, with how many times each part is in it."""
    for choice in product((0, 1, -1), repeat=len(told)):
        signs = tuple((i, sign) for i, sign in enumerate(choice) if sign)
        if len(signs) > 1 and any(sign > 0 for _, sign in signs):
            times: dict[int, int] = {}
            for i, sign in signs:
                for part in told[i].parts:
                    times[part] = times.get(part, 0) + sign
            yield signs, {part: n for part, n in times.items() if n}


def differences(told: Sequence[Told]) -> Iterator[tuple[Signs, frozenset[int]]]:
    """Those that are a set of people."""
    for signs, times in combinations(told):
        if times and set(times.values()) == {1}:
            yield signs, frozenset(times)


def few(told: Sequence[Told], people: People) -> Iterator[Opening]:
    """Releases that differ by few people: what is told in all of them is told of these few."""
    for signs, times in combinations(told):
        size = sum(people.sizes[part] for part in times)
        limit = min(int(told[i].released["rule"]["threshold"]) for i, _ in signs)
        few_people = set(times.values()) <= {1, -1} and 0 < size < limit
        if few_people and signs[0][1] > 0 and set.intersection(*(questions_of(told[i]) for i, _ in signs)):
            yield Opening("people", signs, values=(size,))


def questions_of(one: Told) -> set[str]:
    """What a release tells of at all: the question behind each variable."""
    names = {name for dimensions in one.names.ids for name, _ in dimensions}
    return {"ika" if name in AGES else name.partition(":")[0].removesuffix("_maara") for name in names}


def few_behind_means(told: Sequence[Told]) -> Iterator[Opening]:
    """A mean told in two releases, one within the other, whose people differ by few: these few's mean follows."""
    for signs, _ in differences(told):
        if len(signs) == 2 and sum(sign for _, sign in signs) == 0:
            (larger,) = (i for i, sign in signs if sign > 0)
            (smaller,) = (i for i, sign in signs if sign < 0)
            behind, within = means(told[larger].released), means(told[smaller].released)
            for cell in set(behind) & set(within):
                if 0 < behind[cell] - within[cell] < FEW_BEHIND_A_MEAN:
                    yield Opening("mean", signs, cell, values=(behind[cell] - within[cell],))


def means(released: Released) -> dict[str, int]:
    """Of each shown mean how many people are behind it."""
    numbers: Iterable[Mapping[str, Any]] = released.get("numbers", ())
    told = [one for one in numbers if one["statistic"] == "mean" and one["state"] in KNOWN and one.get("base")]
    return {one["cell"]: int(one["base"]) for one in told}


# --- what the names of several releases say together ----------------------------------------------------------


def united(names: Sequence[Names]) -> tuple[Names, list[Row]]:
    """The cells of all, by levels that none of them joined; and that a joined level is the sum of its parts."""
    variables = {name: _levels(name, names) for one in names for name in one.variables}
    split = {name for name in variables if len({one.levels(name) for one in names if name in one.variables}) > 1}
    known = {one: cell for some in names for one, cell in some.ids.items()}
    ids = {one: cell for one, cell in known.items() if not _coarse(one, split)}
    rows = []
    for one, cell in known.items():
        if _coarse(one, split) and not any(level.startswith("!") for _, level in one):
            fine = list(_refined(one, split))
            for each in fine:
                ids.setdefault(each, known.get(each, "?" + "|".join(sorted(f"{n}={level}" for n, level in each))))
            rows.append(equal([*((ids[each], 1.0) for each in fine), (cell, -1.0)], "joined"))
    return Names(ids, variables), rows


def _levels(name: str, names: Sequence[Names]) -> Mapping[str, Any]:
    """What is known of a variable: where releases list other levels, all that any of them lists, none joined."""
    about = [one.variables[name] for one in names if name in one.variables]
    if len({tuple(one["levels"]) for one in about}) == 1:
        return about[0]
    parts = {part: {} for one in about for level in one["levels"] for part in level.split("+")}
    missing = tuple(dict.fromkeys(kind for one in about for kind in one.get("missing", ())))
    joined = {part for one in about for level in one["levels"] if "+" in level for part in level.split("+")}
    kinds = tuple(part for part in parts if part in missing or (part in joined and part in MISSING))
    return {**about[0], "levels": parts, "missing": kinds}


#: Why an answer can be lacking, in every form.
MISSING = ("ei_kysytty", "ei_tietoa", "tyhja", "ei_koske")


def _coarse(one: Context, split: set[str]) -> bool:
    return any(name in split and "+" in level for name, level in one)


def _refined(one: Context, split: set[str]) -> Iterator[Context]:
    options = [[(n, part) for part in level.split("+")] if n in split else [(n, level)] for n, level in sorted(one)]
    yield from (frozenset(chosen) for chosen in product(*options))


def alike(ids: Mapping[Context, str], traits: Mapping[str, Among]) -> Iterator[Row]:
    """Where everybody has a level, a cell by it is the cell without it; where nobody has, it is empty."""
    for one, cell in ids.items():
        for pair in one:
            says = traits[pair[0]].says(pair[1]) if pair[0] in traits else None
            whole = ids.get(one - {pair})
            if says is False:
                yield Row(((cell, 1.0),), 0, 0, "nobody here")
            elif says and whole:
                yield equal([(cell, 1.0), (whole, -1.0)], "everybody here")
