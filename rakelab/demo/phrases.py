"""Open answers put together from a plan's phrases: one phrase for each theme that the answer is coded with."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rakelab.codebook import BLANK


def plan(name: str) -> dict[str, Any]:
    """The tables of the plan ``<name>.toml`` beside this module."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


def said(themes: Iterable[object], known: Mapping[str, Sequence[str]], rng: np.random.Generator) -> list[str]:
    """What each person wrote; a kind of missing stays blank. Themes are told in the plan's order."""
    return [_one(answer, known, rng) if isinstance(answer, frozenset) else BLANK for answer in themes]


def _one(themes: frozenset[str], known: Mapping[str, Sequence[str]], rng: np.random.Generator) -> str:
    return " ".join(str(rng.choice(known[theme])) for theme in known if theme in themes)


def drawn(shares: Mapping[str, float], rng: np.random.Generator) -> str:
    """One of the options, each as likely as its share says."""
    weights = np.array(list(shares.values()))
    return str(rng.choice(list(shares), p=weights / weights.sum()))
