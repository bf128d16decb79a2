"""Synthetic answers to the competence survey: two waves of different people whose means differ as published.

Each area's sum of scores is a whole number chosen so that the difference of the two exact means lies within 0.01 of
the plan's change; a published change of one decimal therefore comes out the same however the means are rounded.
"""

from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from rakelab.codebook import BLANK, codebook
from rakelab.demo import draw, phrases

KIND, NAME = "osaamiskartoitus", "osaaminen"
_LOWEST, _HIGHEST = 1, 5
_TOGETHER = 1.0  # how strongly one person's scores go together, against chance


def rows(seed: int) -> pd.DataFrame:
    """The answers of both waves, one row each, in the form's order; cells as in ``draw.rows``."""
    rng, made = np.random.default_rng(seed), phrases.plan(NAME)
    waves = [_wave(made, place, rng) for place in range(len(made["waves"]))]
    frame = pd.concat(waves, ignore_index=True)
    return frame[[field.name for field in codebook(KIND).fields]]


def _wave(made: Mapping[str, Any], place: int, rng: np.random.Generator) -> pd.DataFrame:
    year, n = [*made["waves"].items()][place]
    ability = rng.standard_normal(n)
    answers: dict[str, Any] = {"aalto": [year] * n}
    for area, planned in made["areas"].items():
        total, count = _totals(planned, [*made["waves"].values()])[place]
        answers[area] = _scores(_spread(total, count, made["spread"]["sd"]), ability, rng)
    counts = {theme: both[place] for theme, both in made["themes"].items()}
    themes = _themes(counts, made["answered"][year], n, rng=rng)
    answers["kehittamistarve_teema"] = themes
    answers["kehittamistarve"] = phrases.said(themes, made["phrases"], rng)
    return pd.DataFrame(answers)


def _totals(planned: Sequence[float], sizes: Sequence[int]) -> list[tuple[int, int]]:
    """(sum of scores, people) of both waves. The smaller wave comes first: the larger can follow it more closely."""
    mean, change, *blanks = planned
    before, after = (n - int(blank) for n, blank in zip(sizes, blanks, strict=True))
    last = round(after * (mean + change))
    return [(round(before * (last / after - change)), before), (last, after)]


def _spread(total: int, count: int, sd: float) -> np.ndarray:
    """``count`` scores in ascending order that sum to ``total``, spread like a normal distribution."""
    normal = NormalDist(total / count, sd)
    ideal = np.array([normal.inv_cdf((i + 0.5) / count) for i in range(count)])
    scores = np.clip(np.rint(ideal), _LOWEST, _HIGHEST).astype(int)
    step = int(np.sign(total - scores.sum()))
    while scores.sum() != total:
        room = (scores + step >= _LOWEST) & (scores + step <= _HIGHEST)
        scores[np.argmax(np.where(room, (ideal - scores) * step, -np.inf))] += step
    return np.sort(scores)


def _scores(scores: np.ndarray, ability: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The scores to the people, the higher to the abler; those left over did not answer."""
    filled = np.full(len(ability), BLANK, dtype=object)
    answering = rng.permutation(len(ability))[: len(scores)]
    order = answering[np.argsort(_TOGETHER * ability[answering] + rng.standard_normal(len(scores)), kind="stable")]
    filled[order] = scores
    return filled


def _themes(counts: Mapping[str, int], answered: int, n: int, *, rng: np.random.Generator) -> np.ndarray:
    """A set of themes for each open answer; the others left the question blank."""
    filled = np.full(n, BLANK, dtype=object)
    ticked = draw.ticks(rng.standard_normal((answered, len(counts))), [*counts.values()])
    for person, row in zip(rng.permutation(n)[:answered], ticked, strict=True):
        filled[person] = frozenset(np.array([*counts])[row])
    return filled
