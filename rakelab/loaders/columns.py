"""A column of text as it stood in the file: each different cell once, and which row has which.

A million rows hold few different answers, so every later step works on the different ones only.
"""

import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from rakelab.loaders.spelling import clean

_LETTERS = 26
#: So many different texts are worth a look by Arrow before they are cleaned one by one.
_MANY = 10_000
_UNTIDY = "^['=]|[\ufeff\u200b\u00ad]"
#: ``6.956`` in text may mean six thousand; a number that was a number gets a fourth decimal, so that it cannot.
_THREE_DECIMALS = re.compile(r"^-?\d{1,3}\.\d{3}$")


def cell_text(value: Any) -> str:
    """One native cell as text that reads one way: 3.0 → ``3``, a date → ``2021-02-03``, True → ``true``."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() | Decimal():
            return _number_text(float(value))
        case datetime() if value == value:  # pandas' missing time is not equal to itself
            return value.strftime("%Y-%m-%dT%H:%M") if value.time() != time() else value.date().isoformat()
        case date() if value == value:
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
    return "" if value is None or value != value else str(value)


def _number_text(value: float) -> str:
    if value != value:  # not a number: nothing was there
        return ""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    written = format(Decimal(f"{value:.15g}"), "f")
    return written + "0" if _THREE_DECIMALS.match(written) else written


def encode(cells: Iterable[str | None]) -> pd.Categorical:
    """Cleaned text cells as a categorical; blank and None are missing."""
    codes, texts = pd.factorize(np.fromiter(cells, dtype=object))
    return tidy(codes, list(texts))


def tidy(codes: np.ndarray, texts: list[str]) -> pd.Categorical:
    """Cleans the different texts; those that become equal become one, and an empty one becomes missing."""
    places: dict[str, int] = {}
    table = [places.setdefault(text, len(places)) if text else -1 for text in map(clean, texts)]
    if table != list(range(len(places))):
        codes = np.array([*table, -1], dtype=np.int32)[codes]
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(places), dtype="str"))


def tidy_arrow(column: Any, to_text: Callable[[Any], str] | None = None) -> pd.Categorical:
    """The same for an Arrow column with one dictionary; ``to_text`` makes text of values that are not."""
    whole = column.combine_chunks()
    chunk = whole.chunk(0) if hasattr(whole, "chunk") else whole
    codes = chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    if to_text is None and len(chunk.dictionary) > _MANY and _is_tidy(chunk.dictionary):
        return _without_blank(codes, chunk.dictionary)
    texts = chunk.dictionary.to_pylist()
    return tidy(codes, texts if to_text is None else list(map(to_text, texts)))


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


def letters(position: int) -> str:
    """0 → A, 26 → AA: how a spreadsheet names the column."""
    above, place = divmod(position, _LETTERS)
    return (letters(above - 1) if above else "") + chr(ord("A") + place)
