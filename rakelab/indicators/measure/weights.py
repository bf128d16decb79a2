"""Weighted shares: what the shares would be if each row weighed as much as the data say."""

from dataclasses import replace

import numpy as np

from rakelab.cells import TOTAL, Quantity, Tally, Weighted, key
from rakelab.dataset import Dataset
from rakelab.formulas import design_effect
from rakelab.indicators.measure.counts import answered_by, distribution
from rakelab.indicators.measure.masks import members

#: The design effect is of all rows, so that it tells nothing of anybody's answer.
DESIGN_EFFECT = "deff"


def weighted_shares(dataset: Dataset, variable: str, weights: np.ndarray) -> Tally:
    """The answers to one question with their weighted shares, and Kish's design effect of the weights."""
    field, counted = dataset.codebook[variable], distribution(dataset, variable)
    base = answered_by(dataset, field) if counted.view.answered else np.ones(len(dataset), dtype=bool)
    whole, spread = float(weights[base].sum()), float(np.ptp(weights)) if len(weights) else 0.0
    answers = [row for row in counted.view.rows if row not in counted.view.apart]
    has = dict(members(dataset, field, [level for row in answers for _, level in row]))
    shares = {
        key((variable, level)): Weighted(float(weights[who & base].sum()) / whole, spread / whole)
        for level, who in has.items()
        if whole
    }
    return replace(
        counted,
        view=replace(counted.view, rows=tuple(answers), apart=(), measure=Quantity.STATISTIC),
        statistics={(TOTAL, DESIGN_EFFECT): design_effect(weights)},
        weighted=shares,
    )
