"""The register of an implementation plan: where each measure's value comes from, and what is not told of it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from rakelab.cells import Filled, Record
from rakelab.codebook import MISSING_KINDS
from rakelab.dataset import Dataset
from rakelab.names import ORIGIN
from rakelab.prepare.derived import with_column
from rakelab.prepare.reporting import open_field, with_finding

_TEXTS = ("tavoite", "toimenpide", "vastuutaho", "mittari", "lahde", "naytto")
_LEVELS = ("vuosi", "lasketaan", "tila", ORIGIN)
COUNTED, BY_HAND, UNTOLD, NONE = "lasketaan", "kirjattu", "tiedot_puuttuvat", "ei_arvoa"


def plan_values(dataset: Dataset) -> Dataset:
    """Adds ``arvon_alkupera``. A value entered by hand needs its date and its source: one without is a finding.

    A register holds no persons, so from here on the counts of states and years are told however small (``open``).
    """
    frame, form = dataset.frame, dataset.codebook
    counted = frame["lasketaan"].isin(form["lasketaan"].values)
    entered = frame["arvo"].notna()
    told = frame["arvo_pvm"].notna() & frame["lahde"].notna()
    level = np.select([counted, entered & told, entered], [COUNTED, BY_HAND, UNTOLD], NONE)
    field = open_field(ORIGIN, (COUNTED, BY_HAND, UNTOLD, NONE))
    made = with_column(_opened(dataset), field, pd.Categorical(level, categories=list(field.levels)))
    return with_finding(made, "value_untold", "arvo", rows=tuple(frame.index[level == UNTOLD].tolist()))


def _opened(dataset: Dataset) -> Dataset:
    book = dataset.codebook
    for field in (book[name] for name in ("vuosi", "tila")):
        book = book.with_replaced(replace(field, open=field.levels))
    return replace(dataset, codebook=book)


def records(dataset: Dataset, filled: Mapping[tuple[str, str], Filled] | None = None) -> tuple[Record, ...]:
    """The register's rows (after ``periods`` and ``plan_values``), as ``release_register`` takes them.

    ``filled``: (measure, year) → the value that ``archive.counted`` found in released results.
    """
    known = filled or {}
    return tuple(_record(int(str(row)), one, known) for row, one in dataset.frame.iterrows())


def _record(row: int, one: pd.Series, known: Mapping[tuple[str, str], Filled]) -> Record:
    cells = dict(_cells(one))
    return Record(row, cells, known.get((cells.get("lasketaan", ""), cells.get("vuosi", ""))))


def _cells(one: pd.Series) -> Iterator[tuple[str, str]]:
    """The cells that hold something, as texts."""
    for name in (*_TEXTS, *_LEVELS):
        said = str(one[name]).strip() if name in one and pd.notna(one[name]) else ""
        if said and not (name == "lasketaan" and said in MISSING_KINDS):
            yield name, said
    value, day = (one.get(name) for name in ("arvo", "arvo_pvm"))
    yield from [("arvo", _number(value))] if pd.notna(value) else []
    yield from [("arvo_pvm", f"{day:%Y-%m-%d}")] if pd.notna(day) else []


def _number(value: Any) -> str:
    return f"{float(value):.6f}".rstrip("0").rstrip(".")
