"""Tables of text as they stand in a file, for tests of what becomes of them."""

from collections.abc import Mapping, Sequence

import numpy as np

from rakelab.dataset import Origin
from rakelab.loaders.columns import encode
from rakelab.loaders.table import Heading, Table


def text_table(cells: Mapping[str, Sequence[str]], file: str = "a.csv", first: int = 2) -> Table:
    """Heading → cells, as read from ``file``; the rows are numbered from ``first``."""
    headings = tuple(Heading(name, i, (name,)) for i, name in enumerate(cells))
    columns = tuple(map(encode, cells.values()))
    return Table(headings, columns, np.arange(first, first + len(columns[0])), Origin(file, "0" * 64))
