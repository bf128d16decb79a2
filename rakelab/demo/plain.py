"""A tidy export: one heading row of variable names, a 0/1 column for every option, semicolons, UTF-8 with a mark."""

import csv
import io
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from rakelab.codebook import BLANK, NOT_ASKED, NOT_CONCERNED, UNKNOWN, Codebook, Field
from rakelab.dataset import option_column

#: How each kind of missing is written in a file.
SPELLING = {NOT_ASKED: "ei kysytty", UNKNOWN: "ei tietoa", BLANK: "", NOT_CONCERNED: ""}


def table(rows: pd.DataFrame, form: Codebook) -> bytes:
    """The answers as a CSV file."""
    columns = [column for field in form.fields if field.name in rows for column in _columns(rows[field.name], field)]
    names = [name for name, _ in columns]
    return written([names, *zip(*(cells for _, cells in columns), strict=True)], encoding="utf-8-sig")


def written(lines: Iterable[Sequence[object]], *, encoding: str) -> bytes:
    """Rows of cells as CSV with semicolons and Windows line ends."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(lines)
    return out.getvalue().encode(encoding)


def _columns(answers: pd.Series, field: Field) -> list[tuple[str, np.ndarray]]:
    if not field.multiple:
        return [(field.name, answers.astype(str).replace(SPELLING).to_numpy())]
    return [(option_column(field.name, option), ticked(answers, option)) for option in field.values]


def ticked(answers: pd.Series, option: str) -> np.ndarray:
    """The 0/1 column of one option; a missing answer is written in every column of its question."""
    cells = [("1" if option in a else "0") if isinstance(a, frozenset) else SPELLING[a] for a in answers]
    return np.array(cells, dtype=object)
