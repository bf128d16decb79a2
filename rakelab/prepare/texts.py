"""Free text: which passages a person has chosen to quote. Texts go nowhere by themselves."""

from collections.abc import Sequence

import pandas as pd

from rakelab.cells import Excerpt
from rakelab.dataset import Dataset, option_column
from rakelab.errors import UsageError


def excerpts(
    dataset: Dataset, variable: str, rows: Sequence[int | str], *, about: str = "", every: bool = False
) -> tuple[Excerpt, ...]:
    """The texts of ``variable`` on these rows of the file, as passages that ``release_quotes`` may let out.

    ``about``: the variable whose answer the passage is put under: the first of several, or ``every`` one of them.
    Raises UsageError for a variable that is no free text, for an ``about`` that has no options, and for rows that are
    not in use or have no text.
    """
    if not dataset.codebook[variable].free_text:
        raise UsageError("prepare.not_text", field=variable)
    if about and not dataset.codebook[about].choice:
        raise UsageError("prepare.not_groups", field=about)
    texts = dataset.frame[variable]
    rows = [int(row) if str(row).isdecimal() else -1 for row in rows]
    absent = [str(row) for row in rows if row not in texts.index or pd.isna(texts[row])]
    if absent:
        raise UsageError("prepare.no_text", field=variable, rows=", ".join(absent))
    return tuple(
        Excerpt(row, str(texts[row]), place)
        for row in rows
        for place in _places(dataset, row, about)[: None if every else 1]
    )


def _places(dataset: Dataset, row: int, variable: str) -> list[str]:
    """What a row answered, as places to put a passage under: each option ticked, or why there is none."""
    if not variable:
        return [f"{dataset.codebook.name}/"]
    field, answers = dataset.codebook[variable], dataset.frame.loc[row]
    levels = [str(answers[variable])]
    if field.multiple:
        levels = [value for value in field.values if bool(answers[option_column(variable, value)])] or levels
    return [f"{dataset.codebook.name}/{variable}={level}" for level in levels]
