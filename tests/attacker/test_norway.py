"""Statistics Norway's worked examples of suppression, with the cells that they hid: no primary cell may be solved."""

from typing import Any

import pytest
from published import AREAS, TABLE_1, TABLE_2, TABLE_4, TABLE_5, TABLE_7, Example

from .attack import Model, load, possible
from .textbook import name, release

LEVELS = {"age": ("old", "young"), "geo": ("Iceland", "Portugal", "Spain"), "alue": ("EU", "nonEU")}


def cell(row: dict[str, str]) -> str:
    place = {} if row["geo"] == "Total" else {"alue" if row["geo"] in AREAS else "geo": row["geo"]}
    age = {} if row["age"] == "Total" else {"age": row["age"]}
    return name({**place, **age})


def example(rows: list[dict[str, str]], hide: set[str]) -> dict[str, Any]:
    truth = {cell(row): int(row["freq"]) for row in rows}
    released = release(truth, hide, LEVELS)
    areas = {area: countries for area, countries in AREAS.items() if name({"alue": area}) in truth}
    for age in ({}, {"age": "old"}, {"age": "young"}):
        for area, countries in areas.items():
            parts = [{"cell": name({**age, "geo": one}), "coefficient": 1} for one in countries]
            whole = {"cell": name({**age, "alue": area}), "coefficient": -1}
            released["relations"].append({"terms": [*parts, whole], "relation": "==", "value": 0})
    return released


def solved(model: Model, cells: set[str]) -> set[str]:
    return {one for one in cells if len(possible(model, one, range(21))) == 1}


@pytest.mark.parametrize("one", [TABLE_1, TABLE_2, TABLE_4, TABLE_5, TABLE_7])
def test_no_primary_cell_can_be_solved(one: Example) -> None:
    first, hidden = told(one)
    assert solved(load(example(one.rows, hidden)), first) == set()


@pytest.mark.parametrize("one", [TABLE_1, TABLE_2, TABLE_5])
def test_every_secondary_cell_is_needed(one: Example) -> None:
    first, hidden = told(one)
    for shown in hidden - first:
        assert solved(load(example(one.rows, hidden - {shown})), first)


def told(one: Example) -> tuple[set[str], set[str]]:
    """The cells that are small by their rule, and all that they hid."""
    first = {cell(row) for row in one.rows if row["primary"] == "TRUE"}
    hidden = {cell(row) for row in one.rows if row["suppressed"] == "TRUE"}
    assert (len(first), len(hidden - first)) == (len(one.primary), len(one.secondary))
    return first, hidden
