"""Which release an exhibit shows numbers of: a check sum of what was published in each of its tables.

Two tables of one id and one check sum show the same numbers, whatever release they come from; others do not.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from rakelab.cells import Cell, Release, Released, name_of
from rakelab.errors import WallError

#: The name of a whole release among the names of its tables.
WHOLE = "*"
Tables = Mapping[str, Released]


def origins(tables: Tables) -> dict[str, str]:
    """Table id → check sum; of a whole release that of its ``released.json`` too."""
    from rakelab import archive

    whole = {WHOLE: text_sum(archive.dumps(tables))} if isinstance(tables, Release) else {}
    return whole | {name: table_sum(table) for name, table in tables.items()}


def merged(several: Iterable[Tables]) -> dict[str, Released]:
    """The tables of several exhibits or sentences. Raises WallError where two of one id show other numbers."""
    first: dict[str, Released] = {}
    for name, table in (item for tables in several for item in tables.items()):
        known = first.setdefault(name, table)
        if known is not table and table_sum(known) != table_sum(table):
            raise WallError("present.two_releases", table=name)
    return first


def text_sum(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]


def table_sum(table: Released) -> str:
    """The check sum of everything that was published in a table; which columns are shown does not matter."""
    cells = sorted((name_of(cell_key), *_plain(cell)) for cell_key, cell in table.cells.items())
    means = sorted((name_of(cell_key), *_plain(mean.mean), *_plain(mean.sd)) for cell_key, mean in table.means.items())
    others = sorted((name_of(of), name, *_plain(cell)) for (of, name), cell in table.statistics.items())
    return text_sum(json.dumps([table.view.id, cells, means, others]))


def _plain(cell: Cell) -> tuple[Any, ...]:
    return cell.state.value, None if cell.value is None else float(cell.value)
