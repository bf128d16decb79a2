"""A column of text as it stood in the file: each different cell once, and which row has which.

A million rows hold few different answers, so every later step works on the different ones only.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pandas as pd

from rakelab.loaders.spelling import clean

_LETTERS = 26
#: So many different texts are worth a look by Arrow before they are cleaned one by one.
_MANY = 10_000
_UNTIDY = "^'|[\ufeff\u200b\u00ad]"


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


def tidy_arrow(column: Any, said: Callable[[Any], str] | None = None) -> pd.Categorical:
    """The same for an Arrow column with one dictionary; ``said`` makes text of values that are not."""
    whole = column.combine_chunks()
    chunk = whole.chunk(0) if hasattr(whole, "chunk") else whole
    codes = chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    if said is None and len(chunk.dictionary) > _MANY and _is_tidy(chunk.dictionary):
        return _without_blank(codes, chunk.dictionary)
    texts = chunk.dictionary.to_pylist()
    return tidy(codes, texts if said is None else list(map(said, texts)))


def tidy_table(table: Any) -> tuple[pd.Categorical, ...]:
    """Every column of an Arrow table, on all cores: most of the work is Arrow's and numpy's."""
    with ThreadPoolExecutor() as pool:
        return tuple(pool.map(tidy_arrow, table.itercolumns()))


def _is_tidy(texts: Any) -> bool:
    """Nothing to clean in any of very many texts; Arrow looks at them many times quicker than we do."""
    import pyarrow.compute as pc

    if pc.any(pc.match_substring_regex(texts, _UNTIDY)).as_py():
        return False
    return bool(pc.utf8_normalize(pc.utf8_trim_whitespace(texts), form="NFC").equals(texts))


def _without_blank(codes: np.ndarray, texts: Any) -> pd.Categorical:
    import pyarrow.compute as pc

    blank = pc.index(texts, "").as_py()
    if blank >= 0:
        codes = np.where(codes == blank, -1, codes - (codes > blank))
        texts = texts.filter(pc.not_equal(texts, ""))
    return pd.Categorical.from_codes(codes, categories=pd.Index(texts.to_pylist(), dtype="str"))


def parts(column: pd.Series) -> tuple[np.ndarray, list[str]]:
    """Codes (−1 is blank) and the different texts of a column of ``RawTable.frame``, categorical or not."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        cells = column.to_numpy(dtype=object)
        column = pd.Series(encode(None if pd.isna(cell) else str(cell) for cell in cells))
    return column.cat.codes.to_numpy(dtype=np.intp), column.cat.categories.tolist()


def spread(codes: np.ndarray, values: np.ndarray, blank: object) -> np.ndarray:
    """For each row what ``values`` says of its text; ``blank`` where there is none."""
    return np.asarray(np.append(values, np.array([blank], dtype=values.dtype))[codes])


def letters(position: int) -> str:
    """0 → A, 26 → AA: how a spreadsheet names the column."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name
