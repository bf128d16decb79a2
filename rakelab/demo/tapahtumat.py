"""The synthetic register of events, and the feedback on a course: the published numbers on invented days."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from rakelab.codebook import BLANK, NOT_CONCERNED, codebook
from rakelab.demo import phrases

KIND, FEEDBACK = "tapahtumat", "opintojaksopalaute"
NUMBERS = ("osallistujat", "suorittaneet", "katselut")


def rows(_seed: int = 0) -> pd.DataFrame:
    """A row for each event. Nothing is drawn."""
    form = codebook(KIND)
    made = pd.DataFrame([_row(event, day) for event in phrases.plan(KIND)["event"] for day in event["days"]])
    for field in form.fields:
        if field.applies:
            made[field.name] = made[field.name].where(made["laji"].isin(field.applies.values), NOT_CONCERNED)
    return made


def _row(event: Mapping[str, Any], day: date) -> dict[str, Any]:
    row = dict.fromkeys((field.name for field in codebook(KIND).fields), BLANK)
    row |= {"pvm": f"{day.day}.{day.month}.{day.year}", "laji": event["kind"], "aihe": event["subject"]}
    return row | {f"{number}_{part}": n for number in NUMBERS for part, n in event.get(number, {}).items()}


def feedback(seed: int) -> pd.DataFrame:
    """The answers before and after the course; who gave which is drawn, how many is not."""
    rng, waves = np.random.default_rng(seed), []
    for wave, counts in phrases.plan(KIND)["feedback"].items():
        answers = {name: np.repeat([*given], [*given.values()]) for name, given in counts.items()}
        waves += [pd.DataFrame({"aalto": wave, **{name: rng.permutation(own) for name, own in answers.items()}})]
    return pd.concat(waves, ignore_index=True)
