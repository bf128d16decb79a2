"""A reader who knows the rule can run it again on every table that fits the release, and keep those that would have
hidden the same cells under some secret. How often does that pin a small cell exactly?
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any

import numpy as np

from rakelab.cells import Key, join, key
from rakelab.protect import Policy
from rakelab.protect.audit import Witnesses
from rakelab.protect.policy import variables_of
from rakelab.protect.solve import Cut, _learn, _single_sums, _start, choose
from rakelab.protect.system import System, build
from rakelab.protect.weights import hides_zero, weights

from .tallies import two_way

Counts = tuple[int, ...]
Outcome = dict[str, Any]
ROWS, COLUMNS = 2, 4
MARGIN_HIDDEN = -1
MARGINS = (
    *(tuple(r * COLUMNS + c for c in range(COLUMNS)) for r in range(ROWS)),
    *(tuple(r * COLUMNS + c for r in range(ROWS)) for c in range(COLUMNS)),
)
#: Secrets that a reader tries: what none of them brings is held to be impossible.
SECRETS = 200
#: The secret of the county, which no reader knows.
OWN = b"the county's own, known to nobody"


def table(seed: int) -> Counts:
    """A random 2 × 4 table of small counts, skewed, whose margins the rule has no reason to hide."""
    random = np.random.default_rng(seed)
    while True:
        shares = random.dirichlet(np.full(ROWS * COLUMNS, 0.8))
        counts = tuple(map(int, random.multinomial(random.integers(24, 45), shares)))
        if all(sum(counts[i] for i in margin) >= 5 for margin in MARGINS):
            return counts


def candidates(counts: Counts, hidden: frozenset[int]) -> Iterator[Counts]:
    """Every table with the same margins and the same shown cells."""
    top = _tops(counts, hidden)
    ranges = [range(top[i] + 1) if i in hidden else (counts[i],) for i in range(len(counts) // 2)]
    columns = [counts[c] + counts[c + COLUMNS] for c in range(COLUMNS)]
    for first in product(*ranges):
        if sum(first) == sum(counts[:COLUMNS]):
            whole = (*first, *(columns[c] - first[c] for c in range(COLUMNS)))
            if all(i in hidden or whole[i] == counts[i] for i in range(len(counts))):
                yield whole


def _tops(counts: Counts, hidden: frozenset[int]) -> list[int]:
    """The largest value that a hidden cell's own row and column leave it."""
    return [
        min(sum(counts[k] for k in margin if k in hidden) for margin in MARGINS if i in margin)
        for i in range(len(counts))
    ]


def figures(tried: list[Outcome]) -> Outcome:
    """Sums over the tables whose margins are all shown and that have a hidden small cell."""
    shown = [one for one in tried if "hidden" in one]
    small = [one for one in shown if one["small"]]
    told = {name: sum(one[name] for one in small) for name in ("told_by_sums", "told_by_replay", "narrowed_by_replay")}
    exact = sum(one["told_by_sums"] or one["told_by_replay"] for one in small)
    return {"drawn": len(tried), "margins_shown": len(shown), "tables": len(small), **told, "violations": exact}


def outcome(seed: int, secrets: int = SECRETS) -> Outcome:
    """Runs the real rule on the table of ``seed``, and again on every table that fits what it showed, with so many
    secrets: the reader does not know which it was. Whether a hidden small cell is told exactly, and whether some of
    1 … 4 is ruled out."""
    counts = table(seed)
    hidden = hidden_by_rule(counts)
    if MARGIN_HIDDEN in hidden:
        return {"seed": seed}
    small = [i for i in hidden if 0 < counts[i] < 5]
    fits = list(candidates(counts, hidden)) if small else []
    believed = _believed(counts, hidden, fits, secrets)
    return {
        "seed": seed,
        "hidden": len(hidden),
        "small": len(small),
        "fits": len(fits),
        "told_by_sums": any(len({one[i] for one in fits}) == 1 for i in small),
        "told_by_replay": any(len(believed[i]) == 1 for i in small),
        "narrowed_by_replay": any(not {1, 2, 3, 4} <= believed[i] for i in small),
    }


def _believed(counts: Counts, hidden: frozenset[int], fits: list[Counts], secrets: int) -> dict[int, set[int]]:
    """The values of each hidden cell in tables for which some secret hides the same cells."""
    found: dict[int, set[int]] = {i: {counts[i]} for i in hidden}
    for one in fits:
        if any(one[i] not in found[i] for i in hidden) and Again(one).hides_just(hidden, secrets):
            for i in hidden:
                found[i].add(one[i])
    return found


# --- the rule ---------------------------------------------------------------------------------------------------------


def hidden_by_rule(counts: Counts, secret: bytes = OWN) -> frozenset[int]:
    """The inner cells that the real rule hides in this 2 × 4 table, and ``MARGIN_HIDDEN`` if a margin is hidden."""
    made = _system(counts)
    drawn = made.primary | _zeros(counts, secret)
    return _inner(choose(replace(made, weight=_costs(secret), primary=drawn)))


class Again:
    """The rule run again on one table under many secrets. A secret says what hiding a cell costs and which zeros are
    hidden; which choices of hidden cells are safe is asked once for all secrets. Every choice there is (of 2¹⁴) stands
    in ``_choices``."""

    def __init__(self, counts: Counts) -> None:
        self.counts, self.system = counts, _system(counts)
        self.witnesses = Witnesses(self.system)
        self.safe: set[int] = set()
        self.open = ((_start(self.system) @ _choices().T) >= 0).all(axis=0) & _choices()[:, self.system.primary].all(1)
        for cut in _single_sums(self.system):
            self._take(cut)

    def hides_just(self, hidden: frozenset[int], secrets: int) -> bool:
        """Whether some secret hides these inner cells and nothing else."""
        wanted = sum(1 << len(_choices()[0]) - 1 - _places()[i] for i in hidden)
        return self._is_safe(wanted) and any(self.chosen(_secret(i)) == wanted for i in range(secrets))

    def chosen(self, secret: bytes) -> int:
        """The cheapest safe choice."""
        ranked = _ranked(secret)
        hides = _choices()[:, _zeros(self.counts, secret)].all(axis=1)
        while True:
            left = (self.open & hides)[ranked]
            if not left.any():
                return -1
            cheapest = int(ranked[left.argmax()])
            if self._is_safe(cheapest):
                return cheapest

    def _is_safe(self, choice: int) -> bool:
        """Asks the rule's own audit; from a choice that is not safe it learns what others are not."""
        if choice in self.safe or not self.open[choice]:
            return choice in self.safe
        cuts = _learn(self.system, _choices()[choice], self.witnesses)
        for cut in cuts:
            self._take(cut)
        self.safe |= set() if cuts else {choice}
        return not cuts

    def _take(self, cut: Cut) -> None:
        self.open &= _choices()[:, cut.cells] @ cut.gains >= cut.need - 1e-6


@cache
def _choices() -> np.ndarray:
    """Every choice of hidden cells; the total is never one."""
    return np.array([(False, *one) for one in product((False, True), repeat=len(_places()) + len(MARGINS))])


@cache
def _keys() -> tuple[Key, ...]:
    """All cells of the system, in their order."""
    return _system((9,) * ROWS * COLUMNS).keys


@cache
def _places() -> list[int]:
    """Where the inner cells stand among them."""
    return [_keys().index(join(key(("v", str(r))), key(("h", str(c))))) for r in range(ROWS) for c in range(COLUMNS)]


def _inner(hidden: np.ndarray) -> frozenset[int]:
    inner = np.flatnonzero(hidden[_places()]).tolist()
    return frozenset(inner if len(inner) == hidden.sum() else [*inner, MARGIN_HIDDEN])


def _secret(number: int) -> bytes:
    return number.to_bytes(32)


@cache
def _ranked(secret: bytes) -> np.ndarray:
    """All choices, the cheapest first."""
    return np.argsort(_choices() @ _costs(secret), kind="stable")


def _costs(secret: bytes) -> np.ndarray:
    return weights(dict.fromkeys(_keys(), 1), {}, secret)


def _zeros(counts: Counts, secret: bytes) -> np.ndarray:
    """The cells that count nobody and that this secret hides all the same."""
    found = np.zeros(len(_keys()), dtype=bool)
    for place, n in zip(_places(), counts, strict=True):
        found[place] = n == 0 and hides_zero(_keys()[place], secret)
    return found


def _system(counts: Counts) -> System:
    """As far as no secret has a part in it."""
    tally = two_way(counts, COLUMNS)
    made = build([tally], Policy(), variables_of([tally]))
    return replace(made, primary=made.primary & (made.counts > 0))
