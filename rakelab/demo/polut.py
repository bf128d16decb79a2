"""Synthetic client paths: one row for each client, the class of the work at the start and at the end, two coders."""

from typing import Any

import numpy as np
import pandas as pd

from rakelab.codebook import codebook
from rakelab.demo import phrases

KIND, NAME = "asiakaspolut", "polut"


def rows(seed: int) -> pd.DataFrame:
    """23 clients in no order; cells as in ``draw.rows``. Where the coders differ, one of them had the agreed class."""
    rng, made, form = np.random.default_rng(seed), phrases.plan(NAME), codebook(KIND)
    paths = [(start, end) for start, ends in made["paths"].items() for end, k in ends.items() for _ in range(k)]
    n = len(paths)
    answers: dict[str, Any] = {"asiakas": [f"P{number:03d}" for number in rng.permutation(n) + 1]}
    answers["kuukausia"] = rng.integers(made["months"]["lowest"], made["months"]["highest"] + 1, n)
    for point, agreed in zip(("alussa", "lopussa"), zip(*paths, strict=True), strict=True):
        answers[point] = np.array(agreed, dtype=object)
        first, second = _coded(answers[point], form[point].values, made["disagree"][point], rng=rng)
        answers |= {f"{point}_koodaaja1": first, f"{point}_koodaaja2": second}
    frame = pd.DataFrame(answers).iloc[rng.permutation(n)]
    return frame[[field.name for field in form.fields]].reset_index(drop=True)


def _coded(
    agreed: np.ndarray, classes: tuple[str, ...], differ: int, *, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """The classes of two coders; ``differ`` clients have a neighbouring class from one of them."""
    both = agreed.copy(), agreed.copy()
    for client in rng.permutation(len(agreed))[:differ]:
        place = classes.index(agreed[client])
        other = rng.choice([i for i in (place - 1, place + 1) if 0 <= i < len(classes)])
        both[int(rng.integers(2))][client] = classes[other]
    return both
