"""Who is in which release: keyed digests of rows, the parts into which several releases divide people, and the
differences of releases that are of too few."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations, product

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from rakelab.population import People

#: Up to so many releases every sum and difference of them is looked at.
ALL_TOGETHER = 5


@dataclass(frozen=True, repr=False, eq=False)
class Rows:
    """The rows of one release: where they stand in a table (by the check sum of its file), and their keyed digests."""

    table: str
    places: np.ndarray
    digests: np.ndarray


def digested(people: People, key: bytes) -> Rows:
    """Keyed digests of rows. Of rows that are alike the first, the second … are told apart by their turn."""
    turn = pd.Series(people.contents).groupby(people.contents).cumcount().to_numpy(dtype=np.uint64)
    pairs = np.stack([people.contents, turn], axis=1).astype("<u8")
    packed = b"".join(blake2b(pair.tobytes(), key=key[:64], digest_size=8).digest() for pair in pairs)
    return Rows(people.table, people.places, np.frombuffer(packed, dtype="<u8"))


@dataclass(frozen=True)
class Regions:
    """People in parts that each release holds whole or not at all: ``member`` (releases × parts) and their sizes."""

    member: np.ndarray
    sizes: np.ndarray

    def parts_of(self, release: int) -> frozenset[int]:
        return frozenset(np.flatnonzero(self.member[release]).tolist())

    def together(self, release: int) -> list[int]:
        """The releases that share people with ``release``, directly or through others; itself first."""
        shared = (self.member.astype(int) @ self.member.T.astype(int)) > 0
        _, label = connected_components(coo_array(shared))
        return [release, *(i for i in np.flatnonzero(label == label[release]).tolist() if i != release)]

    def only(self, releases: Sequence[int]) -> "Regions":
        """The parts into which these releases alone divide people."""
        columns, inverse = np.unique(self.member[list(releases)], axis=1, return_inverse=True)
        sizes = np.bincount(inverse.ravel(), weights=self.sizes, minlength=columns.shape[1]).astype(int)
        some = columns.any(axis=0)
        return Regions(columns[:, some], sizes[some])


def regions(rows: Sequence[Rows]) -> Regions:
    """The same person: the same row of one table, or the same answers in two files."""
    people = _people(rows)
    member = np.zeros((len(rows), max((int(who.max(initial=-1)) for who in people), default=-1) + 1), dtype=bool)
    for i, who in enumerate(people):
        member[i, who] = True
    parts, sizes = np.unique(member, axis=1, return_counts=True)
    return Regions(parts, sizes)


def _people(rows: Sequence[Rows]) -> list[np.ndarray]:
    """Of each release the number of each row's person."""
    tables = {one.table: i for i, one in enumerate(rows)}
    standing = pd.DataFrame({
        "table": np.concatenate([np.full(len(one.places), tables[one.table]) for one in rows]),
        "place": np.concatenate([one.places for one in rows]),
    })  # fmt: skip
    place = standing.groupby(["table", "place"], sort=False).ngroup().to_numpy()
    _, content = np.unique(np.concatenate([one.digests for one in rows]), return_inverse=True)
    apart = int(place.max(initial=-1)) + 1
    size = apart + int(content.max(initial=-1)) + 1
    ties = coo_array((np.ones(len(place)), (place, apart + content)), shape=(size, size))
    _, label = connected_components(ties, directed=False)
    return np.split(label[place], np.cumsum([len(one.places) for one in rows])[:-1])


# --- differences ----------------------------------------------------------------------------------------------


def telling_differences(regions: Regions, limit: int) -> bool:
    """Sums and differences of the releases tell of fewer than ``limit`` people, where those without the first release
    do not: leaving these few parts out takes something away that the others do not tell."""
    small = [i for i, size in enumerate(regions.sizes) if size < limit]
    if _lost(regions.member, small) == _lost(regions.member[1:], small):
        return False  # nothing is told of all the small parts together, so nothing of some of them
    return any(
        _lost(regions.member, few) > _lost(regions.member[1:], few)
        for count in range(1, limit)
        for few in combinations(small, count)
        if sum(regions.sizes[list(few)]) < limit
    )


def _lost(member: np.ndarray, few: Sequence[int]) -> int:
    """How many independent sums are of these parts only."""
    if not len(member):
        return 0
    kept = np.delete(member, list(few), axis=1).astype(float)
    return int(_rank(member.astype(float)) - _rank(kept))


def _rank(matrix: np.ndarray) -> int:
    return int(np.linalg.matrix_rank(matrix)) if matrix.size else 0


def differences(regions: Regions) -> Iterator[tuple[tuple[int, int], ...]]:
    """Sums and differences of the first release and others, each (release, +1 or −1), that are a set of people: some
    parts, each once."""
    member = regions.member.astype(int)
    for some in _chosen(len(member)):
        for signs in product((1, -1), repeat=len(some)):
            whole = np.array(signs) @ member[list(some)]
            if whole.min() == 0 and whole.max() == 1:
                yield tuple(zip(some, signs, strict=True))


def _chosen(many: int) -> Iterator[tuple[int, ...]]:
    """The first release with others: any of them, or where they are very many any two."""
    for width in range(1, many if many <= ALL_TOGETHER else 3):
        yield from ((0, *some) for some in combinations(range(1, many), width))
