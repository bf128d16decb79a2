"""Synthetic answers to a form that has no plan of its own: one answer is as likely as another."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from rakelab.codebook import BLANK, NOT_CONCERNED, Codebook, Field
from rakelab.demo import draw

PEOPLE, YEARS, DAYS, MOST = 120, (2024, 2025), 700, 10


def rows(form: Codebook, seed: int) -> pd.DataFrame:
    """``PEOPLE`` answers, one row each, columns in the form's order; cells as in ``draw.rows``."""
    rng = np.random.default_rng(seed)
    answers: dict[str, Any] = {}
    for field in form.fields:
        cells = np.array(_answers(field, rng), dtype=object)
        answers[field.name] = np.where(draw.concerned(field, answers, PEOPLE), cells, NOT_CONCERNED)
    return pd.DataFrame(answers)


def _answers(field: Field, rng: np.random.Generator) -> list[Any]:
    if field.multiple:
        options = np.array([option.value for option in field.categories if not option.exclusive] or field.values)
        return [frozenset({rng.choice(options), *options[rng.random(len(options)) < 0.3]}) for _ in range(PEOPLE)]
    if field.choice:
        return list(rng.choice(field.values, PEOPLE))
    if field.numeric:
        low, high = YEARS if field.role == "period" else (0, MOST)
        ends = (low if field.minimum is None else field.minimum, high if field.maximum is None else field.maximum)
        return list(rng.integers(int(ends[0]), int(ends[1]) + 1, PEOPLE))
    if field.type == "date":
        days = (date(YEARS[0], 1, 1) + timedelta(days=int(day)) for day in rng.integers(0, DAYS, PEOPLE))
        return [f"{day.day}.{day.month}.{day.year}" for day in days]
    return [f"A{number:04d}" if field.role == "person" else BLANK for number in rng.permutation(PEOPLE) + 1]
