"""Everything that one report would publish, as one system: cells, the sums that tie them, what must stay open.

``System`` is plain arrays, so that the solver knows nothing of tables, and tables nothing of solving.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from rakelab.cells import TOTAL, Key, Link, Pair, Sign, Tally, Variable, is_other, join, key, name_of
from rakelab.errors import WallError
from rakelab.fields import ANSWERED
from rakelab.names import UNIT
from rakelab.protect.policy import Limits, Policy, is_open, is_sensitive
from rakelab.protect.weights import hides_zero, secret_of, weights

Terms = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Guard:
    """What must stay open: ``terms`` (a count, or the rest of a base) can be every whole number from ``least`` (1, or
    what anybody knows since two kinds of missing are listed) to ``limit``."""

    terms: Terms
    limit: int
    least: int = 1


@dataclass(frozen=True)
class System:
    """Cells with their true counts, relations, guards, and which cells the rule hides at once (``primary``).

    ``within`` pairs a cell with its base: where the base is hidden, so is the cell. ``weight`` is what hiding a
    cell costs (``weights``). ``least`` is
    what a reader knows of a cell since it is listed at all. Cells that are ``unlisted`` (patterns of answers) stand in
    no table: they are never published, and other cells are sums of them.
    """

    keys: tuple[Key, ...]
    counts: np.ndarray
    relations: tuple[Link, ...]
    guards: tuple[Guard, ...]
    primary: np.ndarray
    within: tuple[tuple[int, int], ...]
    weight: np.ndarray
    told: frozenset[Key]  # cells that may be told however small
    least: np.ndarray
    unlisted: np.ndarray
    public: np.ndarray  # cells that are known already: everybody, and what was told before
    thresholds: Mapping[Key, int]  # the rule's limit for each listed cell

    @cached_property
    def most(self) -> np.ndarray:
        """As many as each cell can have: everybody; of what is counted instead of people, all of that."""
        others = [UNIT in dict(one) for one in self.keys]
        most: np.ndarray = np.where(others, self.counts.max(), self.counts[0])
        return most

    @cached_property
    def index(self) -> dict[Key, int]:
        return {one: i for i, one in enumerate(self.keys)}

    @cached_property
    def matrix(self) -> csr_array:
        """Relations × cells; a relation reads ``row @ counts == 0`` or ``<= 0`` (see ``equal``)."""
        rows = [[(self.index[one], n) for one, n in relation.terms] for relation in self.relations]
        return _sparse(rows, len(self.keys))

    @cached_property
    def guard_matrix(self) -> csr_array:
        """Guards × cells: ``row @ counts`` is the guarded number."""
        return _sparse([guard.terms for guard in self.guards], len(self.keys))

    @cached_property
    def equal(self) -> np.ndarray:
        return np.array([relation.relation == "==" for relation in self.relations], dtype=bool)

    @property
    def listed(self) -> Iterator[tuple[int, Key]]:
        """The cells that stand in a table, with their places."""
        return ((i, one) for i, one in enumerate(self.keys) if not self.unlisted[i])

    @property
    def known(self) -> tuple[Link, ...]:
        """The sums and limits that may be published: a reader can know them whatever the rows are."""
        held = (Link(((self.keys[i], -1),), Sign.AT_MOST, -int(self.least[i])) for i in np.flatnonzero(self.least))
        places = {one for _, one in self.listed}
        told = (one for one in self.relations if one.told and all(term in places for term, _ in one.terms))
        return (*told, *held)


def _sparse(rows: Sequence[Sequence[tuple[int, int]]], width: int) -> csr_array:
    """Rows of (column, value) as a matrix."""
    ends = np.cumsum([0, *map(len, rows)])
    flat = [term for row in rows for term in row]
    columns, values = np.array([c for c, _ in flat], dtype=int), np.array([v for _, v in flat], dtype=float)
    return csr_array((values, columns, ends), shape=(len(rows), width))


def build(tallies: Sequence[Tally], policy: Policy, variables: Mapping[str, Variable]) -> System:
    """The system of all tables of a report."""
    counts: dict[Key, int] = {TOTAL: tallies[0].account.used}
    places: dict[Key, int] = defaultdict(int)
    bases: set[tuple[Key, Key]] = set()
    for tally in tallies:
        for cell, base in tally.view.cells():
            bases |= {(cell, base)} | ({(base, TOTAL)} if base else set())
            for one in (cell, base):
                if counts.setdefault(one, tally.counts[one]) != tally.counts[one]:
                    raise WallError("protect.two_counts", table=tally.view.id)
            places[cell] += 1
        for base in tally.view.columns:
            counts.setdefault(base, tally.counts[base])
            places[base] += 1
    listed = sorted(counts)
    patterns = {one: n for tally in tallies for one, n in tally.patterns.items() if one not in counts}
    keys = (*listed, *sorted(patterns))
    counts |= patterns
    index = {one: i for i, one in enumerate(keys)}
    known = expand({link for tally in tallies for link in tally.links}, keys)
    relations = tuple(sorted(known, key=lambda one: (one.relation, one.told, sorted(one.terms))))
    _true(relations, counts)
    limits = Limits(policy, variables, tallies[0].account.population)
    rule = _Rule(limits, counts, index)
    guards = dict.fromkeys(guard for cell, base in sorted(bases) for guard in rule.guards(cell, base))
    guards |= dict.fromkeys(guard for relation in relations for guard in rule.nested(relation))
    sides = expand({link for tally in tallies for link in tally.links if link.rest}, keys)
    guards |= dict.fromkeys(guard for relation in sides for guard in rule.rest(relation))
    least = np.array([int(counts[one] > 0 and _listed_for_somebody(one, variables)) for one in keys])
    presence = _Presence.of(relations, {one for one in keys if counts[one] > 0 and _is_missing(one, variables)})
    told = frozenset(_told(bases, variables))
    secret = secret_of(synthetic=tallies[0].account.synthetic)
    zeros = np.array(
        [not counts[one] and one in places and one not in told and hides_zero(one, secret) for one in keys]
    )
    return System(
        keys=keys,
        counts=np.array([counts[one] for one in keys], dtype=np.int64),
        relations=relations,
        guards=tuple(presence.bounded(guard, keys, counts[TOTAL]) for guard in guards),
        primary=_primary(bases, rule, index) | zeros,
        within=tuple((index[cell], index[base]) for cell, base in sorted(bases) if base),
        weight=weights({one: places[one] for one in keys}, variables, secret),
        told=told,
        least=least,
        unlisted=np.arange(len(keys)) >= len(listed),
        public=np.array([not one for one in keys]),
        thresholds={one: 1 if one in told else limits.of(one) for one in listed},
    )


def _true(relations: Iterable[Link], counts: Mapping[Key, int]) -> None:
    """Raises WallError where a sum that a reader would be told does not hold: something has counted other people."""
    for relation in relations:
        total = sum(n * counts[one] for one, n in relation.terms)
        if total > 0 or (total and relation.relation == "=="):
            raise WallError("protect.untrue", cells=", ".join(name_of(one) for one, _ in relation.terms[:6]))


@dataclass(frozen=True)
class _Presence:
    """What anybody knows since a kind of missing is listed only where somebody is so (``held``): of all, so many at
    least are other than a cell's own people (``others``)."""

    held: set[Key]
    others: Mapping[Key, int]

    @classmethod
    def of(cls, relations: Iterable[Link], held: set[Key]) -> "_Presence":
        others: dict[Key, int] = defaultdict(int)
        for relation in relations:
            parts = [one for one, n in relation.terms if n == 1]
            if (TOTAL, -1) in relation.terms and len(parts) + 1 == len(relation.terms):
                known = held.intersection(parts)
                others |= {one: max(others[one], len(known - {one})) for one in parts if known}
        return cls(held, others)

    def bounded(self, guard: Guard, keys: Sequence[Key], everybody: int) -> Guard:
        """The guard without the values that it cannot have, as anybody knows."""
        added, taken = [keys[i] for i, n in guard.terms if n > 0], [keys[i] for i, n in guard.terms if n < 0]
        most = everybody - len(self.held.intersection(taken)) - (0 if taken else self.others.get(added[0], 0))
        limit = max(min(guard.limit, most), 1)
        least = self.others.get(taken[0], 1) if added == [TOTAL] and len(taken) == 1 else 1
        return replace(guard, limit=limit, least=max(min(least, limit), 1))


def _is_missing(one: Key, variables: Mapping[str, Variable]) -> bool:
    return len(one) == 1 and one[0][0] in variables and one[0][1] in variables[one[0][0]].missing


def _listed_for_somebody(one: Key, variables: Mapping[str, Variable]) -> bool:
    """A kind of missing, a year and a joined group are listed only where somebody is so."""
    if len(one) != 1 or one[0][0] not in variables:
        return False
    ((name, level),) = one
    return level in variables[name].missing or variables[name].role == "period" or "+" in level


def _told(bases: set[tuple[Key, Key]], variables: Mapping[str, Variable]) -> set[Key]:
    """Cells that only tell of the collecting of data, whatever their base."""
    closed = {cell for cell, base in bases if not is_open((pair for pair in cell if pair not in base), variables)}
    return {cell for cell, _ in bases} - closed


def _primary(bases: set[tuple[Key, Key]], rule: "_Rule", index: Mapping[Key, int]) -> np.ndarray:
    small = np.zeros(len(index), dtype=bool)
    for cell, base in bases:
        small[index[cell]] |= any(True for _ in rule.guards(cell, base))
    return small


@dataclass(frozen=True)
class _Rule:
    """The rule on one cell: what is too small, and what must therefore stay open."""

    limits: Limits
    counts: Mapping[Key, int]
    index: Mapping[Key, int]

    @property
    def variables(self) -> Mapping[str, Variable]:
        return self.limits.variables

    def guards(self, cell: Key, base: Key) -> Iterator[Guard]:
        if is_open((pair for pair in cell if pair not in base), self.variables):
            return
        threshold = self.limits.of(cell)
        for terms in ({cell: 1}, {base: 1, cell: -1}, self._rest_of_answered(cell, base)):
            if terms and self._open(terms, threshold, cell):
                yield Guard(tuple((self.index[one], n) for one, n in terms.items()), self._most(threshold))

    def nested(self, relation: Link) -> Iterator[Guard]:
        """A cell within a wider one (18–24 in 18–30): the difference is a count of people too."""
        if relation.relation == "<=" and sorted(n for _, n in relation.terms) == [-1, 1]:
            (wide,) = (one for one, n in relation.terms if n < 0)
            (fine,) = (one for one, n in relation.terms if n > 0)
            if is_open((pair for pair in fine if pair not in wide), self.variables):
                return
            threshold = self.limits.of(fine)
            if wide and 0 < self.counts[wide] - self.counts[fine] < threshold:
                yield Guard(((self.index[wide], 1), (self.index[fine], -1)), self._most(threshold))

    def rest(self, relation: Link) -> Iterator[Guard]:
        """Those of a group who are in none of the cells that are compared: a count of people too."""
        threshold = max(self.limits.of(one) for one, n in relation.terms if n > 0)
        if 0 < -sum(n * self.counts[one] for one, n in relation.terms) < threshold:
            yield Guard(tuple((self.index[one], -n) for one, n in relation.terms), self._most(threshold))

    def _most(self, threshold: int) -> int:
        """What a protected number must be able to be at most; never more than all, whose number is always told."""
        return min(threshold - 1, self.counts[TOTAL])

    def _open(self, terms: Mapping[Key, int], threshold: int, cell: Key) -> bool:
        value = sum(n * self.counts[one] for one, n in terms.items())
        everybody = value == 0 and self.counts[cell] > 0 and self._telling(cell)
        return 0 < value < threshold or everybody

    def _telling(self, cell: Key) -> bool:
        """A substantive answer to a sensitive question: that *everybody* has it must not be shown either."""
        met = [(self.variables[name], level) for name, level in cell if name in self.variables]
        return any(is_sensitive(v) and level not in v.missing and not is_other(level) for v, level in met)

    def _rest_of_answered(self, cell: Key, base: Key) -> dict[Key, int]:
        """Those who answered a multiple choice but did not tick this: the base less the missing less the cell."""
        own = [(name, level) for name, level in cell if (name, level) not in base]
        if len(own) != 1 or own[0][0] not in self.variables or not self.variables[own[0][0]].multiple:
            return {}
        name, level = own[0]
        if level == ANSWERED:
            return {}
        apart = [join(base, key((name, kind))) for kind in self.variables[name].missing]
        apart = [one for one in apart if one in self.index]
        if level in self.variables[name].missing or not apart:
            return {}
        return {base: 1, cell: -1, **dict.fromkeys(apart, -1)}


def expand(links: Iterable[Link], keys: Sequence[Key]) -> Iterator[Link]:
    """Every link in every context that the published cells know, each once."""
    book = _Contexts(keys)
    seen: set[tuple[frozenset[tuple[Key, int]], str, bool]] = set()
    for link in sorted(links, key=repr):
        for context in dict.fromkeys(c for term, _ in link.terms if term for c in book.of(term)):
            relation = book.relation(link, context)
            if relation and (mark := (frozenset(relation.terms), relation.relation, relation.told)) not in seen:
                seen.add(mark)
                yield relation


class _Contexts:
    """In which groups of people a pair occurs among the published cells."""

    def __init__(self, keys: Sequence[Key]) -> None:
        self.known = set(keys)
        self.by_pair: dict[Pair, list[Key]] = defaultdict(list)
        for one in keys:
            for pair in one:
                self.by_pair[pair].append(one)

    def of(self, term: Key) -> Iterator[Key]:
        """The contexts in which ``term`` is published."""
        for one in self.by_pair[term[0]]:
            if set(term) <= set(one):
                yield tuple(pair for pair in one if pair not in term)

    def relation(self, link: Link, context: Key) -> Link | None:
        """The link in one context; None when it would need a cell that is not published."""
        terms = []
        inside = {name for name, _ in context}
        for term, n in link.terms:
            one = join(context, term)
            if inside & {name for name, _ in term} or one not in self.known:
                return None
            terms.append((one, n))
        return Link(tuple(terms), link.relation, told=link.told)
