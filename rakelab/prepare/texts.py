"""Free text: which passages a person has chosen to quote. Texts go nowhere by themselves."""

from collections.abc import Sequence

import pandas as pd

from rakelab.cells import Excerpt
from rakelab.dataset import Dataset, option_column
from rakelab.errors import UsageError
from rakelab.names import WRITTEN, source_of


def excerpts(dataset: Dataset, variable: str, rows: Sequence[int | str], *, about: str = "") -> tuple[Excerpt, ...]:
    """The texts of ``variable`` on these rows of the file, as passages that ``release_quotes`` may let out.

    ``about``: the variable whose answer the passage is put under: the first of several, because a text goes out once,
    and none where the row has no answer. What people wrote in the place of an option stands under the option that
    catches it and nowhere else. Raises UsageError for a variable that is no free text, for an ``about`` that has no
    options or is not the one of such words, and for rows that are not in use or have no text.
    """
    own = source_of(variable, WRITTEN)
    if own and about not in ("", own):
        raise UsageError("prepare.own_answer", field=variable, own=own)
    if not dataset.codebook[variable].free_text:
        raise UsageError("prepare.not_text", field=variable)
    if about and not dataset.codebook[about].choice:
        raise UsageError("prepare.not_groups", field=about)
    texts = dataset.frame[variable]
    wanted = [int(row) if str(row).isdecimal() else -1 for row in rows]
    absent = [str(row) for row in wanted if row not in texts.index or pd.isna(texts[row])]
    if absent:
        raise UsageError("prepare.no_text", field=variable, rows=", ".join(absent))
    caught = f"{dataset.codebook.name}/{own}={dataset.codebook[own].catch_all}" if own else ""
    return tuple(Excerpt(row, str(texts[row]), caught or _place(dataset, row, about)) for row in wanted)


def _place(dataset: Dataset, row: int, variable: str) -> str:
    """What a row answered, as a place to put a passage under: the first option; none where it has no answer."""
    book, answers = dataset.codebook, dataset.frame.loc[row]
    for value in book[variable].values if variable else ():
        ticked = answers[option_column(variable, value)] if book[variable].multiple else answers[variable] == value
        if ticked:
            return f"{book.name}/{variable}={value}"
    return f"{book.name}/"
