"""Random answers to one question, skewed and clustered on purpose: rare options, whole groups with one answer."""

from typing import Any

import numpy as np
import pandas as pd

from rakelab.codebook import MISSING_KINDS, NOT_CONCERNED, Field
from rakelab.dataset import ANSWERED, option_column


def missing_state(random: np.random.Generator, more: tuple[str, ...], n: int) -> np.ndarray:
    """Who answered; often everybody, at times every kind of missing."""
    kinds = [*more, *MISSING_KINDS]
    shares = random.dirichlet(np.full(len(kinds), 0.3)) * random.choice([0.0, 0.02, 0.1, 0.4])
    return random.choice([ANSWERED, *kinds], size=n, p=[1 - shares.sum(), *shares])


def single(random: np.random.Generator, field: Field, kind: np.ndarray) -> pd.Categorical:
    """A single choice: each kind of people has its own shares, many of them near nothing."""
    answers = np.array(field.values, dtype=object)[alike(random, len(field.values), kind)]
    state = missing_state(random, (), len(kind))
    return pd.Categorical(np.where(state == ANSWERED, answers, state), categories=list(field.levels))


def alike(random: np.random.Generator, options: int, kind: np.ndarray) -> np.ndarray:
    """The place of each one's answer among ``options``."""
    alpha = random.choice([0.1, 0.4, 1.5])
    shares = random.dirichlet(np.full(options, alpha), size=3)
    draws = (random.random(len(kind))[:, None] > shares.cumsum(axis=1)[kind]).sum(axis=1)
    return np.minimum(draws, options - 1)


def multiple(random: np.random.Generator, field: Field, known: tuple[np.ndarray, dict[str, Any]]) -> dict[str, Any]:
    """Select all that apply: whoever answered ticked something, an exclusive option stands alone."""
    kind, columns = known
    n = len(kind)
    state = missing_state(random, (), n)
    if field.applies:
        before = pd.Series(columns[field.applies.field])
        asked, lacking = before.isin(field.applies.values).to_numpy(), before.isin(MISSING_KINDS).to_numpy()
        state = np.where(asked, state, np.where(lacking, before.astype(str), NOT_CONCERNED))
    rates = random.beta(0.5, random.choice([1.0, 3.0]), size=(3, len(field.values)))
    ticks = random.random((n, len(field.values))) < rates[kind]
    ticks[np.flatnonzero(~ticks.any(axis=1)), random.integers(len(field.values))] = True
    for i, option in enumerate(field.categories):
        if option.exclusive:
            ticks[ticks[:, i]] = np.arange(len(field.values)) == i
    ticks[state != ANSWERED] = False
    found = {option_column(field.name, value): ticks[:, i] for i, value in enumerate(field.values)}
    levels = [ANSWERED, *(level for level in field.levels if level not in field.values)]
    return {field.name: pd.Categorical(state, categories=levels), **found}


def ratings(random: np.random.Generator, field: Field, kind: np.ndarray) -> np.ndarray:
    """A whole number: on a short scale as an option is chosen, on a long one around the middle of a kind."""
    low, high = field.minimum, field.maximum
    if low is not None and high is not None and high - low <= 10:
        return low + alike(random, int(high - low) + 1, kind)
    low = 0 if low is None else low
    high = low + 80 if high is None else high
    spread = random.choice([0.4, 4.0, 12.0], size=3)
    middle = low + (high - low) * random.uniform(0.1, 0.5, size=3)
    return np.clip(np.round(random.normal(middle[kind], spread[kind])), low, high)


def days(random: np.random.Generator, n: int) -> pd.DatetimeIndex:
    """Days of two years."""
    return pd.Timestamp("2021-01-01") + pd.to_timedelta(random.integers(0, 700, size=n), unit="D")
