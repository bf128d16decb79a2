"""The register of an implementation plan: where each measure's value comes from, and what is not told of it.

Which column is what, the form says by roles.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from rakelab.cells import Filled, Record
from rakelab.codebook import MISSING_KINDS
from rakelab.dataset import Dataset
from rakelab.names import ORIGIN
from rakelab.prepare.derived import opened, with_finding, with_levels
from rakelab.prepare.people import role_of
from rakelab.prepare.reporting import open_field

_ROLES = ("goal", "action", "responsible", "indicator", "source", "evidence", "period", "measure", "state", "value",
          "date")  # fmt: skip
COUNTED, BY_HAND, UNTOLD, NONE = "lasketaan", "kirjattu", "tiedot_puuttuvat", "ei_arvoa"


def plan_values(dataset: Dataset) -> Dataset:
    """Adds ``arvon_alkupera``. A value entered by hand needs its date and its source: one without is a finding.

    A register holds no persons, so from here on the counts of states and years are told however small (``open``).
    """
    frame = dataset.frame
    measure, value, day, source = (role_of(dataset, role) for role in ("measure", "value", "date", "source"))
    counted, entered = frame[measure.name].isin(measure.values), frame[value.name].notna()
    documented = frame[day.name].notna() & frame[source.name].notna()
    levels = (COUNTED, BY_HAND, UNTOLD, NONE)
    level = np.select([counted, entered & documented, entered], levels[:3], NONE)
    made = opened(dataset, *(field.name for role in ("period", "state") if (field := dataset.codebook.role(role))))
    made = with_levels(made, open_field(ORIGIN, levels), level)
    return with_finding(made, "value_untold", value.name, rows=tuple(frame.index[level == UNTOLD].tolist()))


def records(dataset: Dataset, filled: Mapping[tuple[str, str], Filled] | None = None) -> tuple[Record, ...]:
    """The register's rows (after ``periods`` and ``plan_values``), as ``release_register`` takes them: texts by role.

    ``filled``: (measure, year) → the value that ``archive.counted`` found in released results.
    """
    book, made = dataset.codebook, []
    names = {role: field.name for role in _ROLES if (field := book.role(role)) and field.name in dataset.frame}
    for row, given in dataset.frame.rename(columns={name: role for role, name in names.items()}).iterrows():
        cells = dict(_cells(given[[*names, *({ORIGIN} & set(given.index))]]))
        value = (filled or {}).get((cells.get("measure", ""), cells.get("period", "")))
        made.append(Record(int(str(row)), cells, value))
    return tuple(made)


def _cells(row: pd.Series) -> Iterator[tuple[str, str]]:
    """The cells that hold something, as texts."""
    for role, cell in row.dropna().items():
        if role == "value":
            yield "value", f"{float(cell):.6f}".rstrip("0").rstrip(".")
        elif role == "date":
            yield "date", f"{cell:%Y-%m-%d}"
        elif (text := str(cell).strip()) and not (role == "measure" and text in MISSING_KINDS):
            yield "origin" if role == ORIGIN else str(role), text
