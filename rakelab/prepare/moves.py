"""Whether a class is the same at two points: what can be told of few people when a whole matrix cannot."""

import numpy as np
import pandas as pd

from rakelab import i18n
from rakelab.codebook import MISSING_KINDS, UNKNOWN, Category, Field
from rakelab.dataset import Dataset
from rakelab.names import MOVE
from rakelab.prepare.derived import with_column

SAME, OTHER = "sama", "toinen"


def moves(dataset: Dataset, before: str, after: str) -> Dataset:
    """Adds ``siirtyma``: the same class at both points, or another. Neither is better: staying can be the aim.

    Who lacks a class at either point has the kind of missing it has there (the first one, if at both).
    """
    first, second = (dataset.frame[name].astype(str).to_numpy() for name in (before, after))
    missing = [np.isin(one, MISSING_KINDS) for one in (first, second)]
    level = np.where(missing[0], first, np.where(missing[1], second, np.where(first == second, SAME, OTHER)))
    options = tuple(Category(value, _words(value)) for value in (SAME, OTHER))
    field = Field(MOVE, "string", _words("title"), options, sensitivity=dataset.codebook[after].sensitivity)
    known = np.where(np.isin(level, field.levels), level, UNKNOWN)
    return with_column(dataset, field, pd.Categorical(known, categories=list(field.levels)))


def _words(name: str) -> dict[str, str]:
    return {lang: i18n.text(f"prepare.moves.{name}", lang) for lang in i18n.LANGUAGES}
