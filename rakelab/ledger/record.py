"""What is kept of one release: its people as digests, its counts, what it showed, what must stay open."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from io import BytesIO
from typing import Any

import numpy as np

from rakelab.cells import Key, Link, Sign
from rakelab.ledger.people import Rows

Terms = tuple[tuple[Key, int], ...]


@dataclass(frozen=True)
class Promise:
    """A sum of counts that stays open: each whole number from ``least`` to ``limit`` must be possible. ``terms``:
    release (empty: its own), key of the count, and how many times it is taken."""

    terms: tuple[tuple[str, Key, int], ...]
    limit: int
    least: int


@dataclass(frozen=True)
class ToldMean:
    """A mean that was told: how many people are behind it, and which variables its values are counted by."""

    people: int
    variables: frozenset[str]


@dataclass(frozen=True, repr=False, eq=False)
class Record:
    """One release, as the ledger knows it. ``counts`` are true, also of cells that no table lists; ``shown`` is what
    was told; ``held`` are those known to have somebody; ``links`` are the sums that hold among any of its people;
    ``alike`` is what the selection says of everybody."""

    rows: Rows
    people: int
    counts: Mapping[Key, int]
    thresholds: Mapping[Key, int]
    held: frozenset[Key] = frozenset()
    shown: frozenset[Key] = frozenset()
    links: tuple[Link, ...] = ()
    promises: tuple[Promise, ...] = ()
    means: Mapping[Key, ToldMean] = field(default_factory=dict)
    alike: tuple[tuple[str, frozenset[str]], ...] = ()

    @property
    def listed(self) -> Iterable[Key]:
        return self.thresholds

    def as_bytes(self) -> bytes:
        """The record as a numpy archive that holds no pickled object."""
        tied = [one for link in self.links for one, _ in link.terms]
        names = list(dict.fromkeys([*self.counts, *tied, *(one for told in self.promises for _, one, _ in told.terms)]))
        place = {cell_key: i for i, cell_key in enumerate(names)}

        def numbered(terms: Terms) -> list[list[int]]:
            return [[place[cell_key], n] for cell_key, n in terms]

        told = {
            "table": self.rows.table,
            "people": self.people,
            "keys": names,
            "counts": list(self.counts.values()),
            "thresholds": [[place[cell_key], n] for cell_key, n in self.thresholds.items()],
            "shown": sorted(place[cell_key] for cell_key in self.shown),
            "held": sorted(place[cell_key] for cell_key in self.held),
            "links": [[link.relation, link.told, numbered(link.terms)] for link in self.links],
            "promises": [
                [one.limit, one.least, [[of, place[k], n] for of, k, n in one.terms]] for one in self.promises
            ],
            "means": [[place[k], mean.people, sorted(mean.variables)] for k, mean in self.means.items()],
            "alike": [[name, sorted(levels)] for name, levels in self.alike],
        }
        text = np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), dtype=np.uint8)
        packed = BytesIO()
        np.savez_compressed(packed, places=self.rows.places, digests=self.rows.digests, told=text)
        return packed.getvalue()


def kept(content: bytes) -> Record:
    """The record in ``as_bytes``. Raises ValueError or KeyError where it is none."""
    with np.load(BytesIO(content), allow_pickle=False) as arrays:
        told: dict[str, Any] = json.loads(arrays["told"].tobytes())
        rows = Rows(told["table"], arrays["places"], arrays["digests"])
    keys = [tuple((name, level) for name, level in pairs) for pairs in told["keys"]]

    def named(terms: Sequence[Sequence[int]]) -> Terms:
        return tuple((keys[i], n) for i, n in terms)

    return Record(
        rows=rows,
        people=told["people"],
        counts=dict(zip(keys, told["counts"], strict=False)),
        thresholds=dict(named(told["thresholds"])),
        shown=frozenset(keys[i] for i in told["shown"]),
        held=frozenset(keys[i] for i in told["held"]),
        links=tuple(Link(named(terms), Sign(sign), told=out) for sign, out, terms in told["links"]),
        promises=tuple(
            Promise(tuple((of, keys[i], n) for of, i, n in terms), limit, least)
            for limit, least, terms in told["promises"]
        ),
        means={keys[i]: ToldMean(people, frozenset(variables)) for i, people, variables in told["means"]},
        alike=tuple((name, frozenset(levels)) for name, levels in told["alike"]),
    )


def identity(record: Record, tables: Sequence[str], rule: Mapping[str, Any], key: bytes) -> str:
    """The name of a release: the same for the same rows, selection, tables and rule, and guessed by nobody."""
    counted = sorted((cell_key, limit, record.counts[cell_key]) for cell_key, limit in record.thresholds.items())
    told = json.dumps([sorted(tables), counted, dict(rule)], ensure_ascii=False)
    named = blake2b(told.encode(), key=key[:64], digest_size=8)
    named.update(np.sort(record.rows.digests).tobytes())
    return named.hexdigest()
