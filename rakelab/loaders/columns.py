"""A column of text as it stood in the file: each different cell once, and which row has which.

A million rows hold few different answers, so every later step works on the different ones only.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from rakelab.loaders.spelling import clean

_LETTERS = 26


def encode(cells: Iterable[str | None]) -> pd.Categorical:
    """Cleaned text cells as a categorical; blank and None are missing."""
    codes, texts = pd.factorize(np.fromiter(cells, dtype=object))
    return tidy(codes, list(texts))


def tidy(codes: np.ndarray, texts: list[str]) -> pd.Categorical:
    """Cleans the different texts; those that become equal become one, and an empty one becomes missing."""
    found: dict[str, int] = {}
    table = [found.setdefault(text, len(found)) if text else -1 for text in map(clean, texts)]
    if table != list(range(len(found))):
        codes = np.array([*table, -1], dtype=np.int32)[codes]
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(found), dtype="str"))


def parts(column: pd.Series) -> tuple[np.ndarray, list[str]]:
    """Codes (−1 is blank) and the different texts of a column of ``RawTable.frame``, categorical or not."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        cells = column.to_numpy(dtype=object)
        column = pd.Series(encode(None if pd.isna(cell) else str(cell) for cell in cells))
    return column.cat.codes.to_numpy(), column.cat.categories.tolist()


def spread(codes: np.ndarray, values: np.ndarray, blank: object) -> np.ndarray:
    """For each row what ``values`` says of its text; ``blank`` where there is none."""
    return np.append(values, np.array([blank], dtype=values.dtype))[codes]


def letters(position: int) -> str:
    """0 → A, 26 → AA: how a spreadsheet names the column."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name
