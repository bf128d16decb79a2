"""Numbers that need the rows themselves: Wilcoxon's test, Cronbach's alpha."""

from collections.abc import Iterable

import numpy as np

from rakelab.cells import key
from rakelab.dataset import ANSWERED, Dataset
from rakelab.formulas import cronbach_alpha, wilcoxon
from rakelab.indicators.measure.numbers import Statistics
from rakelab.prepare.scores import find, points

#: Of so many people or fewer each p belongs to very few ways in which they can have changed.
FEW = 10


def signed_ranks(dataset: Dataset, names: Iterable[str]) -> Statistics:
    """p of Wilcoxon's signed rank test for each change; None where nobody's changed, and for a sensitive scale of few
    people, whose p can say that all moved one way."""
    made: Statistics = {}
    for name in names:
        changes = dataset.frame[name].to_numpy(dtype=float)
        known = changes[~np.isnan(changes)]
        too_few = bool(dataset.codebook[name].sensitivity) and len(known) <= FEW
        test = None if too_few else wilcoxon(known)
        made[key((name, ANSWERED)), "p"] = test.p if test else None
    return made


def alpha(dataset: Dataset, instrument: str, scale: str) -> tuple[int, dict[str, float | None]]:
    """How many answered every item of a scale, and Cronbach's alpha of their answers with the number of items."""
    used = find(dataset, instrument)
    items = points(dataset, used, used.reflective(scale))
    whole = items[~np.isnan(items).any(axis=1)]
    return len(whole), {"alpha": cronbach_alpha(whole), "items": float(items.shape[1])}
