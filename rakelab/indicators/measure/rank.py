"""Numbers that need the rows themselves: Wilcoxon's test, Cronbach's alpha."""

from collections.abc import Iterable

import numpy as np

from rakelab.cells import key
from rakelab.dataset import ANSWERED, Dataset
from rakelab.formulas import cronbach_alpha, wilcoxon
from rakelab.indicators.measure.numbers import Statistics
from rakelab.prepare.scores import find, points


def signed_ranks(dataset: Dataset, names: Iterable[str]) -> Statistics:
    """p of Wilcoxon's signed rank test for each change; None where nobody's changed."""
    made: Statistics = {}
    for name in names:
        changes = dataset.frame[name].to_numpy(dtype=float)
        found = wilcoxon(changes[~np.isnan(changes)])
        made[key((name, ANSWERED)), "p"] = found.p if found else None
    return made


def alpha(dataset: Dataset, instrument: str, scale: str) -> tuple[int, dict[str, float | None]]:
    """How many answered every item of a scale, and Cronbach's alpha of their answers with the number of items."""
    used = find(dataset, instrument)
    items = points(dataset, used, used.reflective(scale))
    whole = items[~np.isnan(items).any(axis=1)]
    return len(whole), {"alpha": cronbach_alpha(whole), "items": float(items.shape[1])}
