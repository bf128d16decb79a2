"""A logistic model's marginal effects, fitted on released counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, product
from typing import Any

from rakelab.cells import HIDDEN, TOTAL, Cell, Key, Pair, Released, is_other, key, other_than, shown
from rakelab.estimate.shares import LEVEL
from rakelab.estimate.verdicts import Method, Turn, Verdict, of_p
from rakelab.formulas import holm

_UNTESTED = Verdict(Turn.UNKNOWN, 0, Method.MODEL)


@dataclass(frozen=True)
class Effect:
    """How much more probable the outcome is at ``level`` than at ``reference``, on average (−1 … 1)."""

    variable: str
    level: str
    reference: str
    effect: Cell
    low: Cell
    high: Cell
    p: float | None
    verdict: Verdict = _UNTESTED


@dataclass(frozen=True)
class Effects:
    """A logistic model's average marginal effects, fitted on released counts.

    ``left_out`` are factors that hidden counts kept out; ``rows`` are empty where no model could be fitted. ``base``
    is those who are on a side compared; ``everybody`` has the effects where those whose outcome was not judged or is
    not known are in as not having it (empty where these counts are hidden).
    """

    table: Released
    outcome: str
    level: str
    rows: tuple[Effect, ...]
    base: Cell
    left_out: tuple[str, ...]
    everybody: tuple[Effect, ...] = ()

    @property
    def out(self) -> Cell:
        """How many are not in the model: their need was not judged, or something of them is not known."""
        return self.table[TOTAL] - self.base


def effects(table: Released) -> Effects:
    """What goes together with the outcome, all else equal: average marginal effects (delta method).

    ``table`` counts the combinations of sides of the outcome and some factors (``measure.crossed``). The model is of
    those who are on a side compared, and takes the most factors whose counts are all released.
    """
    if not table.asked:
        return Effects(table, table.view.variable, "", (), HIDDEN, ())
    sides = _sides(table)
    outcome, *factors = (sides.pop(table.view.variable), *sides.values())
    for size in range(len(factors), 0, -1):
        for kept in combinations(factors, size):
            patterns = _patterns(table, (outcome, *kept))
            rows = _judged(_fit(patterns, outcome, kept))
            if rows:
                left_out = tuple(factor.pair[0] for factor in factors if factor not in kept)
                return Effects(table, *outcome.pair, rows, shown(sum(n for _, n in patterns)), left_out,
                               _everybody(table, outcome, kept))  # fmt: skip
    return Effects(table, *outcome.pair, (), HIDDEN, tuple(factor.pair[0] for factor in factors))


@dataclass(frozen=True)
class _Side:
    """A pair of the model and what it is compared with."""

    pair: Pair
    against: Pair


def _sides(table: Released) -> dict[str, _Side]:
    """The sides of each variable: the pair that comes first, and the one that it is compared with."""
    levels: dict[str, list[Pair]] = {}
    for pair in dict.fromkeys(pair for row in table.view.rows for pair in row):
        levels.setdefault(pair[0], []).append(pair)
    return {name: _Side(*sorted(pairs, key=lambda pair: is_other(pair[1]))[:2]) for name, pairs in levels.items()}


def _everybody(table: Released, outcome: _Side, factors: tuple[_Side, ...]) -> tuple[Effect, ...]:
    """The effects where everybody without the outcome is in, whether it was judged or not."""
    whole = _Side(outcome.pair, other_than(outcome.pair))
    return _fit(_patterns(table, (whole, *factors)), whole, factors) if whole != outcome else ()


def _patterns(table: Released, sides: Sequence[_Side]) -> tuple[tuple[Key, int], ...]:
    """Counts of every combination of the sides; empty where one is hidden."""
    rows = [key(*chosen) for chosen in product(*((side.pair, side.against) for side in sides))]
    if not all(row in table.cells and table[row].known for row in rows):
        return ()
    return tuple((row, int(table[row].value or 0)) for row in rows)


@cache  # the same release is written, stamped and drawn
def _fit(patterns: tuple[tuple[Key, int], ...], outcome: _Side, factors: tuple[_Side, ...]) -> tuple[Effect, ...]:
    import numpy as np

    people = np.array([n for _, n in patterns])
    if not people.any():
        return ()
    succeeded = np.array([outcome.pair in pattern for pattern, _ in patterns], dtype=float)
    has = [[factor.pair in pattern for pattern, _ in patterns] for factor in factors]
    design = np.column_stack([np.ones(len(people)), *np.array(has, dtype=float)])
    margins = _margins(np.repeat(succeeded, people), np.repeat(design, people, axis=0))
    return tuple(
        Effect(*one.pair, one.against[1], shown(effect), shown(low), shown(high), p)
        for one, (effect, low, high, p) in zip(factors, margins, strict=False)
    )


def _judged(rows: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """After Holm over the factors of the model."""
    adjusted, family = holm([row.p for row in rows]), len(rows)
    return tuple(
        replace(row, verdict=of_p(row.effect, p, family, Method.MODEL)) for row, p in zip(rows, adjusted, strict=True)
    )


def _margins(outcome: Any, design: Any) -> list[tuple[float, ...]]:
    """(effect, low, high, p) of each factor; nothing where no model can be fitted (separation, no variation)."""
    import warnings

    from numpy.linalg import LinAlgError
    from statsmodels.discrete.discrete_model import Logit
    from statsmodels.tools.sm_exceptions import ModelWarning, PerfectSeparationError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ModelWarning)
            warnings.simplefilter("error", RuntimeWarning)
            margins = Logit(outcome, design).fit(disp=0).get_margeff(dummy=True)
    except (LinAlgError, PerfectSeparationError, ModelWarning, RuntimeWarning):
        return []
    limits = margins.conf_int(alpha=1 - LEVEL)
    return [(float(e), float(low), float(high), float(p))
            for e, (low, high), p in zip(margins.margeff, limits, margins.pvalues, strict=True)]  # fmt: skip
