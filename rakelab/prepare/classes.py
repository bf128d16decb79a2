"""Classes made from answers: bands of a number, how many options somebody ticked, whether a class stayed the same."""

from dataclasses import replace

import numpy as np
import pandas as pd

from rakelab import i18n
from rakelab.codebook import MISSING_KINDS, UNKNOWN, Category, Field
from rakelab.dataset import Dataset, option_column, state_column
from rakelab.errors import CodebookError, UsageError
from rakelab.names import MOVE, NUMBER, made_of
from rakelab.prepare.derived import options, same_words, with_column, with_levels, with_replaced

#: Accumulation is counted up to this; the last class is open.
MOST = 5
SAME, OTHER = "sama", "toinen"


def bands(dataset: Dataset, *names: str) -> Dataset:
    """Adds bands that the codebook declares (``ikaryhma``). A number in no band is a CodebookError of the form."""
    for name in names:
        field = dataset.codebook[name]
        if not field.of:
            raise UsageError("prepare.not_band", field=name)
        source = dataset.codebook[field.of]
        dataset = _band(dataset, replace(field, sensitivity=source.sensitivity, threshold=source.threshold))
    return dataset


def _band(dataset: Dataset, field: Field) -> Dataset:
    numbers = dataset.frame[field.of].to_numpy(dtype=float)
    codes = np.full(len(numbers), -1)
    for i, option in enumerate(field.categories):
        low = -np.inf if option.minimum is None else option.minimum
        high = np.inf if option.maximum is None else option.maximum
        codes[(numbers >= low) & (np.floor(numbers) <= high)] = i
    missing = dataset.frame[state_column(field.of)].astype(str).to_numpy()
    for i, kind in enumerate(MISSING_KINDS, len(field.categories)):
        codes[missing == kind] = i
    if (codes < 0).any():
        raise CodebookError("prepare.no_band", field=field.name, n=int((codes < 0).sum()))
    return with_replaced(dataset, field, pd.Categorical.from_codes(codes, categories=pd.Index(field.levels)))


def accumulation(dataset: Dataset, variable: str) -> Dataset:
    """Adds ``<variable>_maara``: how many options of a multi-choice field a person has (0, 1 … 5 or more).

    Exclusive options (“none of these”) count as zero; a missing answer stays missing.
    """
    field = dataset.codebook[variable]
    if not field.multiple:
        raise UsageError("prepare.not_multiple", field=variable)
    counted = [option.value for option in field.categories if not option.exclusive]
    sums = sum(dataset.frame[option_column(variable, value)].to_numpy(dtype=int) for value in counted)
    open_class = Category(f"{MOST}-", i18n.label("prepare.or_more", n=MOST))
    derived = replace(
        field,
        name=made_of(variable, NUMBER),
        type="string",
        title=i18n.label("prepare.accumulation", title=field.title),
        categories=(*(same_words(str(i)) for i in range(MOST)), open_class),
        ordered=True,
        missing=(),
    )
    codes = np.minimum(np.asarray(sums), MOST)
    state = dataset.frame[variable].astype(str).to_numpy()
    for i, kind in enumerate(field.states[1:], MOST + 1):
        codes = np.where(state == kind, i, codes)
    return with_column(dataset, derived, pd.Categorical.from_codes(codes, categories=pd.Index(derived.levels)))


def moves(dataset: Dataset, before: str, after: str) -> Dataset:
    """Adds ``siirtyma``: the same class at both points, or another. Neither is better: staying can be the aim.

    Who lacks a class at either point has the kind of missing it has there (the first one, if at both).
    """
    first, second = (dataset.frame[name].astype(str).to_numpy() for name in (before, after))
    missing = [np.isin(levels, MISSING_KINDS) for levels in (first, second)]
    level = np.select([*missing, first == second], [first, second, SAME], OTHER)
    title, same_or_other = i18n.label("prepare.moves.title"), options((SAME, OTHER), "prepare.moves")
    field = Field(MOVE, "string", title, same_or_other, sensitivity=dataset.codebook[after].sensitivity)
    return with_levels(dataset, field, np.where(np.isin(level, field.levels), level, UNKNOWN))
