"""Who has what, as arrays, and counts of them by group."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from rakelab.cells import TOTAL, Key, join, key
from rakelab.codebook import Field
from rakelab.dataset import Dataset, option_column
from rakelab.prepare import present_levels

Counts = dict[Key, int]


def members(dataset: Dataset, field: Field, levels: Iterable[str]) -> Iterable[tuple[str, np.ndarray]]:
    """(level, who has it) for every level, without comparing strings row by row."""
    codes, names = coded(dataset, field.name)
    for level in levels:
        if field.multiple and level in field.values:
            yield level, dataset.frame[option_column(field.name, level)].to_numpy(dtype=bool)
        else:
            yield level, codes == names.get(level, -2)


def coded(dataset: Dataset, variable: str) -> tuple[np.ndarray, dict[str, int]]:
    column = dataset.frame[variable].array
    assert isinstance(column, pd.Categorical), variable  # present_levels has told the user
    return column.codes, {name: i for i, name in enumerate(column.categories)}


def groups(dataset: Dataset, by: str) -> Iterator[tuple[Key, np.ndarray]]:
    """Everybody, and each group of ``by``: its key, and who is in it."""
    yield TOTAL, np.ones(len(dataset), dtype=bool)
    if by:
        codes, names = coded(dataset, by)
        yield from ((key((by, level)), codes == names[level]) for level in present_levels(dataset, by))


def by_group(dataset: Dataset, row: Key, has: np.ndarray, by: str) -> Counts:
    counts = {row: int(has.sum())}
    if by:
        codes, names = coded(dataset, by)
        sums = np.bincount(codes[has].astype(np.int64) + 1, minlength=len(names) + 1)
        for level in present_levels(dataset, by):
            counts[join(row, key((by, level)))] = int(sums[names[level] + 1])
    return counts
