"""Synthetic observations of outreach and community work: three views that weigh the same themes differently."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from rakelab.codebook import BLANK, codebook
from rakelab.demo import phrases

KIND = "havainnot"


def rows(seed: int) -> pd.DataFrame:
    """The observations by date; cells as in ``draw.rows``, dates as they are written in a form."""
    rng, made = np.random.default_rng(seed), phrases.plan(KIND)
    seen = [_row(view, about, made, rng) for view, about in made["view"].items() for _ in range(about["n"])]
    seen.sort(key=lambda row: row["pvm"])
    frame = pd.DataFrame(seen)[[field.name for field in codebook(KIND).fields]]
    return frame.assign(pvm=[f"{day.day}.{day.month}.{day.year}" for day in frame["pvm"]])


def _row(view: str, about: Mapping[str, Any], made: Mapping[str, Any], rng: np.random.Generator) -> dict[str, Any]:
    shares, days = made["shares"], made["days"]
    themes = _some(about["themes"], shares["second_theme"], rng)
    plans = [made["theme"][theme] for theme in themes]
    return {
        "pvm": days["first"] + timedelta(days=int(rng.integers(days["length"]))),
        "hyvinvointialue": "20",
        "kunta": BLANK if rng.random() < shares["no_kunta"] else phrases.drawn(shares["kunnat"], rng),
        "nakokulma": view,
        "paikka": phrases.drawn(about["places"], rng),
        "ilmio_teksti": " ".join(str(rng.choice(plan["seen"])) for plan in plans),
        "ilmio_teema": frozenset(themes),
        "shl11_tuen_tarve": frozenset(str(rng.choice(plan["needs"])) for plan in plans),
        "jarjestelman_puute": frozenset(_some(about["faults"], shares["second_fault"], rng)),
    }


def _some(options: Mapping[str, float], second: float, rng: np.random.Generator) -> list[str]:
    """One of the options, and as often as ``second`` says another one drawn beside it."""
    drawn = [phrases.drawn(options, rng) for _ in range(1 + (rng.random() < second))]
    return list(dict.fromkeys(drawn))
