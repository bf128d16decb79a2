"""Synthetic answers to the client survey, and their file: a workbook as a survey tool writes it.

Columns about the respondent stand first; a question stands over the first of its options, and each option has a column
that holds the option's text or nothing; single choices hold the text of the answer.
"""

import numpy as np
import pandas as pd

from rakelab.codebook import Codebook, Field, codebook
from rakelab.demo import draw, phrases
from rakelab.demo.book import workbook
from rakelab.demo.plain import SPELLING

KIND, NAME, N = "asiakaskysely", "kysely", 27


def rows(seed: int) -> pd.DataFrame:
    """27 answers that meet the published percentages; cells as in ``draw.rows``."""
    form, rng = codebook(KIND), np.random.default_rng(seed)
    answers = draw.rows(draw.plan(NAME), form, N, seed=seed)
    answers["apu_tai_tuki"] = phrases.said(answers["apu_tai_tuki_teema"], phrases.plan(NAME)["phrases"], rng)
    return answers[[field.name for field in form.fields]]


def table(answers: pd.DataFrame, form: Codebook) -> bytes:
    """The answers as a workbook of one sheet with two heading rows."""
    columns = [*_respondent(len(answers))]
    columns += [column for field in form.fields for column in _columns(answers[field.name], field)]
    return workbook({"Vastaukset": zip(*columns, strict=True)}, (2021, 6, 1))


def _respondent(n: int) -> list[list[object]]:
    """What the tool adds: a number for each answer and the machine's address, from the range for documentation."""
    numbers: list[object] = [118_000 + i for i in range(n)]
    return [["Respondent ID", "", *numbers], ["IP Address", "", *(f"192.0.2.{i + 1}" for i in range(n))]]


def _columns(answers: pd.Series, field: Field) -> list[list[object]]:
    title = field.title["fi"]
    if not field.multiple:
        return [[title, "", *(_cell(answer, field) for answer in answers)]]
    heads = [title, *[""] * (len(field.categories) - 1)]
    ticked = [[option.value in answer if isinstance(answer, frozenset) else False for answer in answers]
              for option in field.categories]  # fmt: skip
    labels = [option.label["fi"] for option in field.categories]
    return [
        [head, label, *(label if tick else "" for tick in ticks)]
        for head, label, ticks in zip(heads, labels, ticked, strict=True)
    ]


def _cell(answer: object, field: Field) -> object:
    if field.type == "integer":
        return answer
    label = next((option.label["fi"] for option in field.categories if option.value == answer), str(answer))
    return "En osaa sanoa" if answer == "ei_tietoa" else SPELLING.get(label, label)
