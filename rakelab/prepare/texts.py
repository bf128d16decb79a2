"""Free text: which passages a person has chosen to quote. Texts go nowhere by themselves."""

from collections.abc import Sequence

import pandas as pd

from rakelab.cells import Excerpt
from rakelab.dataset import Dataset
from rakelab.errors import UsageError


def excerpts(dataset: Dataset, variable: str, rows: Sequence[int], *, about: str = "") -> tuple[Excerpt, ...]:
    """The texts of ``variable`` on these rows of the file, as passages that ``release_quotes`` may let out.

    ``about``: the variable whose answer the passage is put under. Raises UsageError for a variable that is no free
    text, and for rows that are not in use or have no text.
    """
    if not dataset.codebook[variable].free_text:
        raise UsageError("prepare.not_text", field=variable)
    texts = dataset.frame[variable]
    absent = [str(row) for row in rows if row not in texts.index or pd.isna(texts[row])]
    if absent:
        raise UsageError("prepare.no_text", field=variable, rows=", ".join(absent))
    places = dataset.frame[about].astype(str) if about else None
    return tuple(Excerpt(int(row), str(texts[row]), "" if places is None else places[row]) for row in rows)
