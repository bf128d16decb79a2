"""The register of an implementation plan: published goals, actions, owners and measures, invented follow-up."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from rakelab.codebook import codebook
from rakelab.demo import phrases
from rakelab.demo.book import workbook

KIND, NAME = "toteutussuunnitelma", "toteutus"
#: The years of the published plan.
YEARS = (2025, 2026)
#: The day of the values: the end of the first year, the middle of the second.
_DAYS = ((12, 15), (6, 10))


def rows(years: tuple[int, int] = YEARS) -> pd.DataFrame:
    """One row for each measure and year. Measures that rakelab fills in have no value."""
    made = phrases.plan(NAME)["row"]
    each = zip(years, ("first", "second"), _DAYS, strict=True)
    followed_up = [_row(measure, year, followed, day) for year, followed, day in each for measure in made]
    return pd.DataFrame(followed_up, dtype=object)[[field.name for field in codebook(KIND).fields]]


def _row(measure: Mapping[str, Any], year: int, followed: str, day: tuple[int, int]) -> dict[str, Any]:
    standing = measure[followed]
    return {
        "vuosi": year,
        "tavoite": measure["goal"],
        "toimenpide": measure["action"],
        "vastuutaho": measure["owner"],
        "mittari": measure["measure"],
        "lasketaan": measure.get("counted", ""),
        "tila": standing["state"],
        "arvo": standing.get("value"),
        "arvo_pvm": date(year, *day) if "value" in standing else None,
        "lahde": standing.get("source", ""),
        "naytto": standing.get("evidence", ""),
    }


def table(seed: int = 0, *, years: tuple[int, int] = YEARS) -> bytes:
    """The register as a workbook. Nothing is drawn, so ``seed`` changes nothing; ``years`` moves the plan in time."""
    form = codebook(KIND)
    labels = {field.name: {option.value: option.label["fi"] for option in field.categories} for field in form.fields}
    frame = rows(years)
    for name in map(str, frame):
        frame[name] = [labels[name].get(cell, cell) if isinstance(cell, str) else cell for cell in frame[name]]
    return workbook(
        {"suunnitelma": [[field.title["fi"] for field in form.fields], *frame.itertuples(index=False)]}, (2022, 12, 30)
    )
