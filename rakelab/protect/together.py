"""One release and the earlier ones of the same people, as one system: what all of them together would tell.

People are divided into parts that each release holds whole or not at all. A count of a release is the sum of the counts
of its parts, which nobody publishes; every sum that holds among people holds in each part. What an earlier release has
told is public; what it promised to leave open, and small counts in the difference of two releases, are guarded.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from rakelab.cells import TOTAL, Key, Link, Pair, is_other
from rakelab.errors import WallError
from rakelab.ledger import Promise, Record, Regions, differences
from rakelab.names import parts_of
from rakelab.protect.policy import Limits, is_sensitive
from rakelab.protect.solve import choose, left_open
from rakelab.protect.system import Guard, System, expand

Place = tuple[int, Key]  # a node, and the key of a count in it


@dataclass(frozen=True)
class Together:
    """Releases of overlapping people, by name, the first of them new (its name is empty); its own system, and its
    limits as if everybody in a difference were of one region."""

    records: Mapping[str, Record]
    regions: Regions
    own: System
    limits: Limits
    patterned: bool = True  # with the patterns of several options: without them much is settled much sooner

    def hidden(self, own: np.ndarray) -> tuple[np.ndarray, tuple[Promise, ...]]:
        """Which cells of the new release are hidden: those of its ``own`` choice, and what the earlier ones would open;
        and what then stays open of it.

        Raises WallError where hiding does not help."""
        kept: tuple[Promise, ...] = ()
        for asked in (replace(self, patterned=False), self):
            own, kept = asked._with_more(own)
        return own, kept

    def _with_more(self, own: np.ndarray) -> tuple[np.ndarray, tuple[Promise, ...]]:
        system = self._system(own)
        if not system.guards:
            return own, ()
        must = frozenset(self._guard(one, system.index) for one in self._promised())
        chosen, open_to = _chosen(system, must)
        place = {one: i for i, one in enumerate(system.keys)}
        mine = [(i, place[_named(0, one)]) for i, one in enumerate(self.own.keys) if not self.own.unlisted[i]]
        more = own.copy()
        for i, at in mine:
            more[i] |= chosen[at] and not system.public[at]
        kept = (_as_open(one, self._guard(one, system.index), open_to) for one in self.promises)
        return more, tuple(one for one in kept if one.least <= one.limit)

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """What must stay open, of this release and of its differences from others. Of its own, as far as the earlier
        releases have not closed it already: a part is no larger than a whole that was told."""
        own = (
            Promise(tuple(("", self.own.keys[i], n) for i, n in guard.terms), guard.limit, guard.least)
            for guard in self.own.guards
        )
        return tuple(dict.fromkeys([*(one for one in own if not self._all_public(one)), *self.apart]))

    @cached_property
    def apart(self) -> tuple[Promise, ...]:
        """Small counts in the differences of releases."""
        names = list(self.records)
        every = (
            Promise(tuple((names[i], one, n) for i, one, n in terms), limit - 1, 1)
            for combined in differences(self.regions)
            for terms, limit in self._small(combined)
        )
        return tuple(one for one in dict.fromkeys(every) if not self._all_public(one))

    # --- people -----------------------------------------------------------------------------------------------

    @cached_property
    def nodes(self) -> list[frozenset[int]]:
        """Sets of parts: of each release, and each part alone; the new release's first."""
        releases = [self.regions.parts_of(i) for i in range(len(self.records))]
        return list(dict.fromkeys([*releases, *(frozenset([part]) for part in range(len(self.regions.sizes)))]))

    def node(self, release: str) -> int:
        return self.nodes.index(self.regions.parts_of(list(self.records).index(release)))

    @cached_property
    def homes(self) -> list[tuple[int, Record]]:
        return [(self.node(name), record) for name, record in self.records.items()]

    @cached_property
    def every_key(self) -> list[Key]:
        return self._asked(self.records.values())

    def _asked(self, records: Iterable[Record]) -> list[Key]:
        every = (one for record in records for one in (record.counts if self.patterned else record.listed))
        return list(dict.fromkeys(every))

    def keys_of(self, node: int) -> list[Key]:
        """A part can have any count; of several together those are asked that a release has."""
        if len(self.nodes[node]) == 1:
            return self.every_key
        return self._asked(record for home, record in self.homes if home == node)

    @cached_property
    def known(self) -> dict[Place, int]:
        """True counts, as far as the releases have counted them."""
        sizes = {(node, TOTAL): int(self.regions.sizes[list(parts)].sum()) for node, parts in enumerate(self.nodes)}
        counts = {(home, one): record.counts[one] for home, record in self.homes for one in self._asked([record])}
        return sizes | counts | self.nobody

    @cached_property
    def nobody(self) -> dict[Place, int]:
        """Counts of people whom a selection left out; and of an answer whose people it chose all, among the others."""
        left_out = {
            (node, one): 0
            for node, levels in self._alike()
            for one in self.keys_of(node)
            if any(name in levels and levels[name].isdisjoint(_meant(level)) for name, level in one)
        }
        others = ((node, one) for node, answers in self._others() for one in self.keys_of(node) if answers & {*one})
        return left_out | dict.fromkeys(others, 0)

    def _alike(self) -> Iterator[tuple[int, dict[str, frozenset[str]]]]:
        """Each node within a selection, with what everybody in it is known to be."""
        for home, record in self.homes:
            for node, parts in enumerate(self.nodes):
                if parts <= self.nodes[home] and record.alike:
                    yield node, dict(record.alike)

    def _others(self) -> Iterator[tuple[int, set[Pair]]]:
        """Each part of a release, with the answers that only the release's other people have."""
        chosen = {(name, levels, home) for home, record in self.homes for name, levels in record.alike}
        for home, record in self.homes:
            for name, levels, within in chosen:
                both = self.nodes[home] & self.nodes[within]
                answers = {one[0] for one in record.counts if len(one) == 1 and _within(one[0], name, levels)}
                if sum(record.counts[(pair,)] for pair in answers) == self.regions.sizes[list(both)].sum():
                    for part in self.nodes[home] - both:
                        yield self.nodes.index(frozenset([part])), answers

    @cached_property
    def public(self) -> set[Place]:
        told = {(home, one) for home, record in self.homes[1:] for one in record.shown}
        return told | self.nobody.keys() | {(node, TOTAL) for node in range(len(self.nodes))}

    def _all_public(self, promise: Promise) -> bool:
        return all((self.node(name), one) in self.public for name, one, _ in promise.terms)

    # --- what must stay open ----------------------------------------------------------------------------------

    def _small(self, combined: Sequence[tuple[int, int]]) -> Iterator[tuple[list[tuple[int, Key, int]], int]]:
        """Small counts, and small rests of bases, in a sum or difference of releases, with their limit."""
        records = list(self.records.values())
        some = [(i, n, records[i]) for i, n in combined]
        listed = sorted(set.intersection(*(set(record.listed) for _, _, record in some)) - self.own.told)
        value = {one: sum(n * record.counts[one] for _, n, record in some) for one in listed}
        for cell, base in [*((one, TOTAL) for one in listed if one), *self._bases(set(listed))]:
            limit = max(self.limits.of(cell), *(record.thresholds[cell] for _, _, record in some))
            if 0 < value[cell] < limit:
                yield [(i, cell, n) for i, n, _ in some], limit
            rest = value[base] - value[cell]
            if 0 < rest < limit or (rest == 0 < value[cell] and self._telling(cell)):
                yield [(i, one, n * sign) for i, n, _ in some for one, sign in ((base, 1), (cell, -1))], limit

    def _bases(self, listed: set[Key]) -> Iterator[tuple[Key, Key]]:
        pairs = ((self.own.keys[cell], self.own.keys[base]) for cell, base in self.own.within)
        return (pair for pair in pairs if listed.issuperset(pair))

    def _telling(self, cell: Key) -> bool:
        met = [(self.limits.variables[name], level) for name, level in cell if name in self.limits.variables]
        return any(is_sensitive(v) and level not in v.missing and not is_other(level) for v, level in met)

    # --- the system -------------------------------------------------------------------------------------------

    def _system(self, own: np.ndarray) -> System:
        places: list[Place] = [(node, one) for node in range(len(self.nodes)) for one in self.keys_of(node)]
        places = list(dict.fromkeys([*places, *self.known]))
        keys = (TOTAL, *(_named(node, one) for node, one in places))
        index = {one: i for i, one in enumerate(keys)}
        relations = tuple(dict.fromkeys(self._relations()))
        mine = {one: i for i, one in enumerate(self.own.keys) if not self.own.unlisted[i]}
        asked = np.array([False, *(node == 0 and one in mine for node, one in places)])
        public = np.array([True, *(place in self.public for place in places)])
        before = {one for home, record in self.homes[1:] if not home for one in set(record.listed) - record.shown}
        hidden, weight = np.zeros(len(keys), dtype=bool), np.ones(len(keys))
        for one, i in mine.items():
            at = index[_named(0, one)]
            hidden[at], weight[at] = (own[i] or one in before) and not public[at], self.own.weight[i]
        held = {(home, one) for home, record in self.homes for one in record.held}
        system = System(
            keys=keys,
            counts=np.array([int(self.regions.sizes.sum()), *(self.known.get(place, -1) for place in places)]),
            relations=relations,
            guards=tuple(dict.fromkeys(self._guards(index))),
            primary=hidden,
            within=tuple((index[_named(0, cell)], index[_named(0, base)]) for cell, base in self._bases(set(mine))),
            weight=weight,
            told=frozenset(),
            least=np.array([0, *(int(place in held) for place in places)]),
            unlisted=~asked & ~public,
            public=public,
            thresholds={},
        )
        return replace(system, counts=_filled(system))

    def _guards(self, index: Mapping[Key, int]) -> Iterator[Guard]:
        return (self._guard(promise, index) for promise in (*self.promises, *self._promised()))

    def _guard(self, promise: Promise, index: Mapping[Key, int]) -> Guard:
        terms = tuple((index[_named(self.node(of), one)], n) for of, one, n in promise.terms)
        return Guard(terms, promise.limit, promise.least)

    def _promised(self) -> Iterator[Promise]:
        """What the earlier releases promised, of those that still stand."""
        for name, record in list(self.records.items())[1:]:
            for promise in record.promises:
                terms = tuple((of or name, one, n) for of, one, n in promise.terms)
                mended = replace(promise, terms=terms)
                if all(of in self.records for of, _, _ in terms) and not self._all_public(mended):
                    yield mended

    def _relations(self) -> Iterator[Link]:
        for node, parts in enumerate(self.nodes):
            inside = [record for home, record in self.homes  # of several parts what holds follows from the parts
                      if (len(parts) == 1 and parts <= self.nodes[home]) or node == home == 0]  # fmt: skip
            links = {link for record in inside for link in record.links}
            yield from (_at(node, link) for link in expand(links, self.keys_of(node)))
            if len(parts) > 1:
                alone = [self.nodes.index(frozenset([part])) for part in parts]
                for one in self.keys_of(node):
                    yield Link(((_named(node, one), 1), *((_named(part, one), -1) for part in alone)))
        for node, levels in self._alike():
            there = dict.fromkeys(self.keys_of(node))
            for one in there:
                for pair in one:
                    rest = tuple(other for other in one if other != pair)
                    if rest in there and levels.get(pair[0], _NOBODY) <= _meant(pair[1]):
                        yield Link(((_named(node, one), 1), (_named(node, rest), -1)))


#: Of a variable that no selection speaks of: a level that no variable has.
_NOBODY = frozenset(("",))


def _chosen(system: System, must: frozenset[Guard]) -> tuple[np.ndarray, System]:
    """What is hidden, and the system whose guards then stay open: what the earlier releases have closed already need
    not, but for what they promised (``must``)."""
    for mend in (None, False, True):
        open_to = system if mend is None else left_open(system, whole=mend)
        if not must.issubset(open_to.guards):
            raise WallError("protect.impossible")
        try:
            return choose(open_to), open_to
        except WallError:
            if mend:
                raise
    raise AssertionError


def _as_open(promise: Promise, guard: Guard, open_to: System) -> Promise:
    """The promise as far as it is kept; of one that is not, its least is above its limit."""
    same = [one for one in open_to.guards if one.terms == guard.terms]
    least, limit = min((one.least for one in same), default=1), max((one.limit for one in same), default=0)
    return replace(promise, least=max(promise.least, least), limit=min(promise.limit, limit))


def _within(pair: Pair, name: str, levels: frozenset[str]) -> bool:
    return pair[0] == name and (pair[1] in levels or levels.issuperset(parts_of(pair[1])))


def _meant(level: str) -> set[str]:
    """The level itself ("65+" is one), or those that were joined to it."""
    return {level, *parts_of(level)}


def _named(node: int, one: Key) -> Key:
    return (("", str(node)), *one)


def _at(node: int, link: Link) -> Link:
    return Link(tuple((_named(node, one), n) for one, n in link.terms), link.relation)


def _filled(system: System) -> np.ndarray:
    """The counts, with whole numbers that fit in the places of those that nobody has counted (−1)."""
    unknown = system.counts < 0
    if not unknown.any():
        return system.counts
    right = -(system.matrix @ np.where(unknown, 0, system.counts))
    matrix = system.matrix[:, np.flatnonzero(unknown)]
    asked = np.flatnonzero(np.diff(matrix.indptr))
    result = milp(
        np.zeros(matrix.shape[1]),
        integrality=np.ones(matrix.shape[1]),
        bounds=Bounds(0, float(system.counts[0])),
        constraints=LinearConstraint(matrix[asked], np.where(system.equal, right, -np.inf)[asked], right[asked]),
    )
    if result.x is None:
        raise WallError("ledger.do_not_fit")
    counts = system.counts.copy()
    counts[unknown] = np.rint(result.x).astype(np.int64)
    return counts
