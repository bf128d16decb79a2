"""Free text: which passages a person has chosen to quote. Texts go nowhere by themselves."""

from collections.abc import Sequence

import pandas as pd

from rakelab.cells import Excerpt
from rakelab.dataset import Dataset, option_column
from rakelab.errors import UsageError


def excerpts(dataset: Dataset, variable: str, rows: Sequence[int | str], *, about: str = "") -> tuple[Excerpt, ...]:
    """The texts of ``variable`` on these rows of the file, as passages that ``release_quotes`` may let out.

    ``about``: the variable whose answer the passage is put under: the first of several, because a text goes out once,
    and none where the row has no answer. Raises UsageError for a variable that is no free text, for an ``about`` that
    has no options, and for rows that are not in use or have no text.
    """
    if not dataset.codebook[variable].free_text:
        raise UsageError("prepare.not_text", field=variable)
    if about and not dataset.codebook[about].choice:
        raise UsageError("prepare.not_groups", field=about)
    texts = dataset.frame[variable]
    wanted = [int(row) if str(row).isdecimal() else -1 for row in rows]
    absent = [str(row) for row in wanted if row not in texts.index or pd.isna(texts[row])]
    if absent:
        raise UsageError("prepare.no_text", field=variable, rows=", ".join(absent))
    return tuple(Excerpt(row, str(texts[row]), _place(dataset, row, about)) for row in wanted)


def _place(dataset: Dataset, row: int, variable: str) -> str:
    """What a row answered, as a place to put a passage under: the first option; none where it has no answer."""
    book, answers = dataset.codebook, dataset.frame.loc[row]
    for value in book[variable].values if variable else ():
        ticked = answers[option_column(variable, value)] if book[variable].multiple else answers[variable] == value
        if ticked:
            return f"{book.name}/{variable}={value}"
    return f"{book.name}/"
