"""Numbers of people: how many gave one, their mean and spread."""

from collections.abc import Mapping, Sequence

import numpy as np

from rakelab.cells import TOTAL, Grid, Key, Moments, Quantity, Tally, Variable, View, join, key
from rakelab.codebook import MISSING_KINDS, Field
from rakelab.dataset import ANSWERED, Dataset, state_column
from rakelab.indicators.measure.counts import by_levels, group_keys
from rakelab.indicators.measure.facts import facts
from rakelab.indicators.measure.masks import Counts, by_group, coded, groups
from rakelab.indicators.measure.words import variables

#: By the key of those behind it and its name.
Statistics = dict[tuple[Key, str], float | None]
#: Steps finer than these are as good as none: of scores of scales, and of what was written with decimals.
FINEST, DECIMAL = 1 / 48, 1 / 20


def moments(dataset: Dataset, variable: str, *, by: str = "") -> dict[Key, Moments]:
    """Mean and standard deviation of a number, in total and by group, by the key of those who have it."""
    field = dataset.codebook[variable]
    numbers = dataset.frame[variable].to_numpy(dtype=float)
    known = ~np.isnan(numbers)
    by_key: dict[Key, Moments] = {}
    for column, group in groups(dataset, by):
        values = numbers[group & known]
        if len(values) > 1:
            base = join(column, key((variable, ANSWERED)))
            by_key[base] = of(values, grid(field, values))
    return by_key


def of(values: np.ndarray, grid: Grid | None) -> Moments:
    """The moments of these numbers."""
    kinds, counts = np.unique(values, return_counts=True)
    people = dict(zip(kinds.tolist(), counts.tolist(), strict=True))
    return Moments(float(values.mean()), float(values.std(ddof=1)), grid, counts=people)


def grid(field: Field, values: np.ndarray) -> Grid | None:
    """Which values a number can have: whole ones, or the steps that the values keep (scores of scales); None where
    they keep none."""
    low = -np.inf if field.minimum is None else field.minimum
    high = np.inf if field.maximum is None else field.maximum
    if field.type == "integer":
        return Grid(1.0, 0.0, low, high)
    unit = _unit(values)
    return Grid(unit, float(values[0]), low, high) if unit else None


def _unit(values: np.ndarray) -> float:
    """The largest step, at most 1, that leads from value to value."""
    gaps = np.diff(np.unique(np.round(values, 6)))
    for finest in (FINEST, DECIMAL) if len(gaps) else ():
        parts = np.round(gaps / finest).astype(int)
        if (np.abs(gaps - parts * finest) < 1e-5).all():
            return min(1.0, float(np.gcd.reduce(parts)) * finest)
    return 0.0


def means(dataset: Dataset, names: Sequence[str], *, by: str = "") -> Tally:
    """Means of several numbers, a row each, of everybody or of each group of ``by``. Who lacks a number is not in its
    mean. Groups come without the total: from it and the others the mean of a small group could be worked out."""
    counts: Counts = by_group(dataset, TOTAL, np.ones(len(dataset), dtype=bool), by)
    by_key: dict[Key, Moments] = {}
    for name in names:
        counts |= answered_counts(dataset, name, by=by)
        by_key |= moments(dataset, name, by=by)
    columns = group_keys(dataset, by) or (TOTAL,)
    rows = tuple(key((name, ANSWERED)) for name in names)
    shown = {join(row, column) for row in rows for column in columns}
    return Tally(
        view=View(
            variable=names[0],
            rows=rows,
            columns=columns,
            by=by,
            banded=bool(by and dataset.codebook[by].of),
            measure=Quantity.MEAN,
        ),
        counts=counts,
        links=facts(dataset, by) if by else (),
        variables=variables(dataset.codebook, dict.fromkeys(names, (ANSWERED,)) | by_levels(dataset, by)),
        account=dataset.account,
        moments={cell_key: by_key[cell_key] for cell_key in by_key if cell_key in shown},
    )


def answered_counts(dataset: Dataset, variable: str, *, by: str = "") -> Counts:
    """How many gave a number, in total and by group."""
    codes, names = coded(dataset, state_column(variable))
    return by_group(dataset, key((variable, ANSWERED)), codes == names[ANSWERED], by)


def missing_kinds(dataset: Dataset, variable: str) -> list[str]:
    """Which kinds of missing a number has in these rows."""
    codes, names = coded(dataset, state_column(variable))
    return [kind for kind in MISSING_KINDS if (codes == names[kind]).any()]


def statistics(
    dataset: Dataset, counts: Mapping[Key, int], numbers: Statistics, *, words: Mapping[str, Variable]
) -> Tally:
    """Named numbers with the count behind each: a row for each of ``counts``."""
    return Tally(
        view=View(variable=next(iter(words)), rows=tuple(counts), measure=Quantity.STATISTIC),
        counts={TOTAL: len(dataset), **counts},
        links=(),
        variables=words,
        account=dataset.account,
        statistics=numbers,
    )
