"""Unknown counts and everything that binds them, as integer rows over the hidden cells of one release."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any

import numpy as np
from scipy import sparse

from .knowledge import UNIT, Names, Row
from .numbers import said_by_numbers
from .ticked import known_without_telling

MOST = 10**6  # no count is above this, whatever the release hides
CLOSE = 1e-6


class InconsistentError(Exception):
    """The release contradicts itself, or the attacker holds something for known that is not so."""


@dataclass(frozen=True)
class Model:
    """``rows @ x`` lies within [low, high] for the unknown counts ``x``, whole numbers in [least, most].

    ``hidden`` names the unknowns, ``known`` the others' counts; ``all_rows`` keeps every constraint as it was learnt.
    """

    names: Names
    known: Mapping[str, int]
    hidden: tuple[str, ...]
    rows: sparse.csr_array
    low: np.ndarray
    high: np.ndarray
    least: np.ndarray
    most: np.ndarray
    thresholds: Mapping[str, int]
    all_rows: tuple[Row, ...]

    @cached_property
    def place(self) -> dict[str, int]:
        return {cell: i for i, cell in enumerate(self.hidden)}


def load(released: Mapping[str, Any]) -> Model:
    """The attacker's picture of one release. Raises InconsistentError where what is shown breaks a rule."""
    cells = released["cells"]
    names = Names({frozenset(cell["dimensions"].items()): cell["id"] for cell in cells}, released["variables"])
    known = {cell["id"]: int(cell["value"]) for cell in cells if cell["state"] in ("shown", "zero")}
    related = tuple(_related(released.get("relations", ())))
    learnt = (*known_without_telling(names), *related)
    unknown = [cell["id"] for cell in cells] + [cell for row in learnt for cell, _ in row.terms]
    hidden = tuple(cell for cell in dict.fromkeys(unknown) if cell not in known)
    rows = (*learnt, *said_by_numbers(released, names, set(hidden)))
    _check(rows, known)
    binding = _with_unknowns(rows, set(hidden))
    matrix, low, high = _matrix(binding, known, hidden)
    top = max((n for cell, n in known.items() if cell == "*" or cell.startswith(f"{UNIT}=")), default=MOST)
    least, most = np.zeros(len(hidden)), np.full(len(hidden), float(top))
    least, most = tighten(matrix, (low, high), (least, most))
    thresholds = {cell["id"]: int(cell.get("threshold") or 0) for cell in cells}
    return Model(names, known, hidden, matrix, low, high, least, most, thresholds, rows)


def _related(relations: Iterable[Mapping[str, Any]]) -> Iterable[Row]:
    """The relations the release lists; a cell that they name and no table shows is an unknown as well."""
    for one in relations:
        terms = tuple((term["cell"], float(term["coefficient"])) for term in one["terms"])
        value = float(one.get("value", 0))
        yield Row(terms, value if one["relation"] == "==" else -inf, value, "relation")


def _check(rows: Iterable[Row], known: Mapping[str, int]) -> None:
    for row in rows:
        if all(cell in known for cell, _ in row.terms):
            total = sum(known[cell] * c for cell, c in row.terms)
            if not row.low - CLOSE <= total <= row.high + CLOSE:
                raise InconsistentError(f"{row.why}: {', '.join(cell for cell, _ in row.terms)}")


def _with_unknowns(rows: Iterable[Row], hidden: set[str]) -> list[Row]:
    """The rows that say something of an unknown, each once, without those that a sum implies."""
    once: dict[Any, Row] = {}
    within: set[tuple[str, str]] = set()
    for row in rows:
        if any(cell in hidden for cell, _ in row.terms):
            once.setdefault(_canonical(row), row)
            within |= _parts_of(row)
    return [row for row in once.values() if not (row.why == "part of" and (row.terms[0][0], row.terms[1][0]) in within)]


def _canonical(row: Row) -> tuple[Any, ...]:
    """The same for rows that say the same in another order or with the signs turned."""
    terms = sorted((cell, float(c)) for cell, c in row.terms)
    if terms[0][1] < 0:
        return tuple((cell, -c) for cell, c in terms), -row.high, -row.low
    return tuple(terms), float(row.low), float(row.high)


def _parts_of(row: Row) -> set[tuple[str, str]]:
    """(part, whole) where the row is a sum of parts that makes one whole, or at most that whole."""
    for turn in (1, -1):
        whole = [cell for cell, c in row.terms if c * turn < 0]
        bound = row.high if turn == 1 else -row.low
        if len(whole) == 1 and bound <= 0 and all(c * turn in (1, -1) for _, c in row.terms):
            return {(cell, whole[0]) for cell, c in row.terms if c * turn > 0}
    return set()


def _matrix(
    rows: list[Row], known: Mapping[str, int], hidden: tuple[str, ...]
) -> tuple[sparse.csr_array, np.ndarray, np.ndarray]:
    """The rows over the unknowns alone; what is known has moved to the limits."""
    place = {cell: i for i, cell in enumerate(hidden)}
    low, high = np.array([row.low for row in rows]), np.array([row.high for row in rows])
    at: list[tuple[int, int, float]] = []
    for i, row in enumerate(rows):
        for cell, c in row.terms:
            if cell in place:
                at.append((i, place[cell], c))
            else:
                low[i] -= c * known[cell]
                high[i] -= c * known[cell]
    i, j, c = zip(*at, strict=True) if at else ((), (), ())
    matrix = sparse.csr_array((np.array(c, dtype=float), (i, j)), shape=(len(rows), len(hidden)))
    matrix.eliminate_zeros()
    return matrix, low, high


def tighten(
    rows: sparse.csr_array, limits: tuple[np.ndarray, np.ndarray], bounds: tuple[np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Interval propagation until nothing moves (or 30 rounds). Raises InconsistentError if no value is left."""
    coo = rows.tocoo()
    i, j, c = coo.row, coo.col, coo.data
    (low, high), (least, most) = limits, (bounds[0].copy(), bounds[1].copy())
    for _ in range(30):
        small = np.where(c > 0, c * least[j], c * most[j])
        large = np.where(c > 0, c * most[j], c * least[j])
        others_least = np.bincount(i, small, minlength=len(low))[i] - small
        others_most = np.bincount(i, large, minlength=len(low))[i] - large
        up, down = (high[i] - others_least) / c, (low[i] - others_most) / c
        before = (least.copy(), most.copy())
        np.minimum.at(most, j, np.floor(np.where(c > 0, up, down) + CLOSE))
        np.maximum.at(least, j, np.ceil(np.where(c > 0, down, up) - CLOSE))
        if (least > most).any():
            raise InconsistentError("no value is left for a hidden cell")
        if (least == before[0]).all() and (most == before[1]).all():
            break
    return least, most
