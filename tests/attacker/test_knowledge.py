"""Does the release list every sum that a reader can know? Asked of the data, not of anybody's list.

A sum that follows from the form holds in every group of people. So many groups are drawn from one large data set, and
each direction in which their counts never move must follow from the relations that the release lists.
"""

from typing import Any

import numpy as np
import pytest

from rakelab import indicators, prepare
from rakelab.cells import Tally, name_of
from rakelab.dataset import Dataset
from rakelab.protect.system import expand

from .knowledge import Names
from .reports import people
from .ticked import known_without_telling

pytest.importorskip("rakelab.archive")

PEOPLE, SEED = 4000, 4
SPARE = 40  # groups more than there are cells


def made(dataset: Dataset) -> list[Tally]:
    """The tables whose counts hang together across variables."""
    whole = prepare.accumulation(prepare.bands(prepare.periods(dataset), "ikaryhma", "nuori"), "tuen_tarpeet")
    tallies = [indicators.profile(whole, name, by="vuosi") for name in ("ikaryhma", "nuori")]
    tallies += [make(whole, by="vuosi") for make in (indicators.needs, indicators.accumulation, indicators.mean_age)]
    return [*tallies, *(make(whole, by="vuosi") for make in (indicators.violence, indicators.violence_kinds))]


def groups(cells: list[str]) -> np.ndarray:
    """Counts of the cells in random groups of people: groups × cells."""
    random = np.random.default_rng(SEED)
    dataset = people(SEED, PEOPLE)
    lines = []
    for _ in range(len(cells) + SPARE):
        some = dataset.frame.iloc[random.choice(PEOPLE, size=60, replace=False)]
        counts = {name_of(one): n for t in made(dataset.narrowed(some, "otos")) for one, n in t.counts.items()}
        lines.append([counts.get(cell, 0) for cell in cells])
    return np.array(lines, dtype=float)


def released() -> dict[str, Any]:
    from rakelab import archive
    from rakelab.protect import Policy, protect

    return archive.as_dict(protect(made(people(SEED, PEOPLE)), Policy()))


def sums_listed(place: dict[str, int]) -> np.ndarray:
    """The sums that protection reckons with: those that the release lists, and those that a reader may guess."""
    tallies = made(people(SEED, PEOPLE))
    links = {link for tally in tallies for link in tally.links if link.relation == "=="}
    rows = list(expand(links, [one for tally in tallies for pair in tally.view.cells() for one in pair]))
    matrix = np.zeros((len(rows), len(place)))
    for i, relation in enumerate(rows):
        for term, coefficient in relation.terms:
            matrix[i, place[name_of(term)]] += coefficient
    return matrix


def sums_known(release: dict[str, Any], place: dict[str, int]) -> np.ndarray:
    names = Names({frozenset(c["dimensions"].items()): c["id"] for c in release["cells"]}, release["variables"])
    rows = [row for row in known_without_telling(names) if row.low == row.high]
    matrix = np.zeros((len(rows), len(place)))
    for i, row in enumerate(rows):
        for cell, c in row.terms:
            matrix[i, place[cell]] += c
    return matrix


def test_every_sum_that_holds_in_every_group_is_listed() -> None:
    release = released()
    cells = [cell["id"] for cell in release["cells"]]
    place = {cell: i for i, cell in enumerate(cells)}
    counts, listed = groups(cells), sums_listed(place)
    assert np.abs(counts @ listed.T).max() == 0
    some = counts.any(axis=0)
    still = some.sum() - np.linalg.matrix_rank(counts)
    assert np.linalg.matrix_rank(listed[:, some]) == still
    together = np.vstack([listed, sums_known(release, place)])[:, some]
    assert np.linalg.matrix_rank(together) == still
