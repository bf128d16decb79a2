"""A logistic model's marginal effects, fitted on released counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from rakelab.cells import HIDDEN, Cell, Key, Pair, Released, is_other, other_than, shown
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

    ``left_out`` are factors that hidden counts kept out; ``rows`` are empty where no model could be fitted.
    """

    table: Released
    outcome: str
    level: str
    rows: tuple[Effect, ...]
    base: Cell
    left_out: tuple[str, ...]


def effects(table: Released) -> Effects:
    """What goes together with the outcome, all else equal: average marginal effects (delta method).

    ``table`` counts the combinations of having or not having the outcome and some factors (``measure.crossed``). The
    model takes the most factors whose counts are all released.
    """
    outcome = table.view.rows[0]
    outcome_pair = next(pair for pair in outcome if pair[0] == table.view.variable)
    factors = [pair for pair in dict.fromkeys(p for row in table.view.rows for p in row) if _factor(pair, outcome_pair)]
    for size in range(len(factors), 0, -1):
        for kept in combinations(factors, size):
            patterns = _patterns(table, {outcome_pair[0], *(name for name, _ in kept)})
            rows = _judged(_fit(patterns, outcome_pair, kept)) if patterns else ()
            if rows:
                left_out = tuple(name for name, _ in factors if name not in dict(kept))
                return Effects(table, *outcome_pair, rows, shown(sum(patterns.values())), left_out)
    return Effects(table, *outcome_pair, (), HIDDEN, tuple(name for name, _ in factors))


def _factor(pair: Pair, outcome: Pair) -> bool:
    return pair[0] != outcome[0] and not is_other(pair[1])


def _patterns(table: Released, names: set[str]) -> dict[Key, int]:
    """Counts of every combination of exactly these variables; empty where one is hidden."""
    rows = [row for row in table.view.rows if {name for name, _ in row} == names]
    if not all(table[row].known for row in rows):
        return {}
    return {row: int(table[row].value or 0) for row in rows}


def _fit(patterns: dict[Key, int], outcome: Pair, factors: Sequence[Pair]) -> tuple[Effect, ...]:
    import numpy as np

    people = np.array(list(patterns.values()))
    succeeded = np.array([outcome in pattern for pattern in patterns], dtype=float)
    has = [[factor in pattern for pattern in patterns] for factor in factors]
    design = np.column_stack([np.ones(len(people)), *np.array(has, dtype=float)])
    told = _margins(np.repeat(succeeded, people), np.repeat(design, people, axis=0))
    return tuple(
        Effect(name, level, other_than((name, level))[1], shown(effect), shown(low), shown(high), p)
        for (name, level), (effect, low, high, p) in zip(factors, told, strict=False)
    )


def _judged(rows: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """After Holm over the factors of the model."""
    adjusted, family = holm([one.p for one in rows]), len(rows)
    return tuple(
        replace(one, verdict=of_p(one.effect, p, family, Method.MODEL)) for one, p in zip(rows, adjusted, strict=True)
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
