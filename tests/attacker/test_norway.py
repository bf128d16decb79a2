"""Statistics Norway's worked examples of suppression, with the cells that they hid: no primary cell may be solved."""

import csv
from pathlib import Path
from typing import Any

import pytest

from .attack import Model, load, possible
from .textbook import name, release

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "suppression"
AREAS = {"EU": ("Portugal", "Spain"), "nonEU": ("Iceland",)}
LEVELS = {"age": ("old", "young"), "geo": ("Iceland", "Portugal", "Spain"), "alue": ("EU", "nonEU")}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FOLDER.exists(), reason="Statistics Norway's examples are not beside the project"),
]


def cell(row: dict[str, str]) -> str:
    place = {} if row["geo"] == "Total" else {"alue" if row["geo"] in AREAS else "geo": row["geo"]}
    age = {} if row["age"] == "Total" else {"age": row["age"]}
    return name({**place, **age})


def read(file: str) -> list[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


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


@pytest.mark.parametrize(
    ("file", "primary", "secondary"),
    [
        ("dataset_a_maxN1.csv", 1, 3),
        ("dataset_a_eu_maxN2.csv", 3, 5),
        ("dataset_a_eu_maxN4_protectZerosFALSE.csv", 6, 4),
    ],
)
def test_no_primary_cell_can_be_solved(file: str, primary: int, secondary: int) -> None:
    rows = read(file)
    first = {cell(row) for row in rows if row["primary"] == "TRUE"}
    hidden = {cell(row) for row in rows if row["suppressed"] == "TRUE"}
    assert (len(first), len(hidden - first)) == (primary, secondary)
    assert solved(load(example(rows, hidden)), first) == set()


@pytest.mark.parametrize("file", ["dataset_a_maxN1.csv", "dataset_a_eu_maxN2.csv"])
def test_every_secondary_cell_is_needed(file: str) -> None:
    rows = read(file)
    first = {cell(row) for row in rows if row["primary"] == "TRUE"}
    hidden = {cell(row) for row in rows if row["suppressed"] == "TRUE"}
    for shown in hidden - first:
        assert solved(load(example(rows, hidden - {shown})), first)
