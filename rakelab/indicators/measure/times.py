"""Times until something happened, when it has not happened to all: the median by Kaplan–Meier."""

from dataclasses import replace
from math import inf

import numpy as np

from rakelab.cells import TOTAL, Key, Link, Pair, Quantity, Tally, join, key
from rakelab.dataset import ANSWERED, Dataset
from rakelab.formulas.survival import median_time
from rakelab.indicators.measure.counts import distribution
from rakelab.indicators.measure.masks import groups
from rakelab.indicators.measure.numbers import answered_counts
from rakelab.indicators.measure.words import variable


def times(dataset: Dataset, time: str, *, happened: Pair, by: str = "") -> Tally:
    """Median ``time`` with its interval, in total and by group, where ``happened`` has happened to some.

    Statistics of the rows that have a time: ``median``, ``low``, ``high`` (in the unit of ``time``; infinite where the
    data set no limit). The counts of the variable of ``happened`` are rows of the table too: how many ends were seen,
    and how many still wait.
    """
    states = distribution(dataset, happened[0], by=by)
    known = key((time, ANSWERED))
    missing = [level for level in states.variables[happened[0]].levels if not _timed(dataset, time, happened[0], level)]
    without = [(key((happened[0], level)), 1) for level in missing]
    return replace(
        states,
        view=replace(
            states.view,
            variable=time,
            rows=(known, *states.view.rows),
            measure=Quantity.STATISTIC,
            answered=False,
            apart=(),
        ),
        counts={**states.counts, **answered_counts(dataset, time, by=by)},
        links=(*states.links, Link(((known, 1), *without, (TOTAL, -1)))),
        variables={**states.variables, time: variable(dataset.codebook, time, (ANSWERED,))},
        statistics=_statistics(dataset, time, happened, by if len(states.view.columns) > 1 else ""),
    )


def _timed(dataset: Dataset, time: str, name: str, level: str) -> bool:
    """Whether the rows of a level have a time; all or none of them do."""
    return bool(dataset.frame.loc[(dataset.frame[name] == level).to_numpy(), time].notna().any())


def _statistics(dataset: Dataset, time: str, happened: Pair, by: str) -> dict[tuple[Key, str], float | None]:
    days = dataset.frame[time].to_numpy(dtype=float)
    seen = (dataset.frame[happened[0]] == happened[1]).to_numpy()
    statistics: dict[tuple[Key, str], float | None] = {}
    for column, group in groups(dataset, by):
        has = group & ~np.isnan(days)
        waiting = median_time(days[has], seen[has])
        base = join(column, key((time, ANSWERED)))
        named = {"median": waiting.median, "low": waiting.low, "high": waiting.high}
        statistics |= {(base, name): inf if value is None else value for name, value in named.items()}
    return statistics
