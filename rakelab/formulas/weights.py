"""What weighting costs."""

import numpy as np


def design_effect(weights: np.ndarray) -> float:
    """How many times as large the variance of a weighted share is as that of an unweighted one of as many people, where
    weights have nothing to do with the answers (Kish 1965): n Σw² / (Σw)²."""
    return float(len(weights) * (weights**2).sum() / weights.sum() ** 2)
