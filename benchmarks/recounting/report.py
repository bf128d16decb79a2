"""One report of the demo: what it published, and the raw rows that it was made from. Part of ``recount.py``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from recounting.rows import MISSING, People

Number = Mapping[str, Any]
PLACES = {"molemmat": (True, True), "vain_1": (True, False), "vain_2": (False, True), "ei_kumpaakaan": (False, False)}


@dataclass
class Report:
    """One report: what it published, and the raw rows it was made from."""

    name: str
    released: Mapping[str, Any]
    sheets: Mapping[str, People]
    beside: Mapping[str, Report] = field(default_factory=dict, repr=False)  # all reports of the same folder
    _masks: dict[tuple[int, str, str], np.ndarray] = field(default_factory=dict)

    @cached_property
    def tables(self) -> dict[str, Mapping[str, Any]]:
        return {one["id"]: one for one in self.released["tables"]}

    @cached_property
    def _by_table(self) -> dict[str, list[Number]]:
        found: dict[str, list[Number]] = {}
        for one in self.released["numbers"]:
            found.setdefault(one["table"], []).append(one)
        return found

    def numbers_of(self, table: str) -> list[Number]:
        return self._by_table.get(table, [])

    def rows_of(self, dimensions: Mapping[str, str]) -> People:
        return self.sheets[dimensions.get("yksikko", "")]

    def mask(self, dimensions: Mapping[str, str]) -> np.ndarray:
        """The rows that a cell counts."""
        people = self.rows_of(dimensions)
        found = np.ones(len(people.rows), dtype=bool)
        for variable, level in dimensions.items():
            if variable != "yksikko":
                found &= self._known(people, variable, level)
        return found

    def _known(self, people: People, variable: str, level: str) -> np.ndarray:
        cell = (id(people), variable, level)
        if cell not in self._masks:
            self._masks[cell] = self._has(people, variable, level)
        return self._masks[cell]

    def _has(self, people: People, variable: str, level: str) -> np.ndarray:
        if ":" in variable:
            name, _, pair = variable.partition(":")
            sides = zip(pair.split("+"), PLACES[level], strict=True)
            return np.logical_and.reduce([self._has(people, name, one) == wanted for one, wanted in sides])
        if level.startswith("!"):
            return ~self._has(people, variable, level[1:])
        answers = people.frame[variable]
        if level == "vastattu":
            return np.array([not answer or not answer <= MISSING for answer in answers], dtype=bool)
        wanted = {level} if any(level in answer for answer in answers) else set(level.split("+"))
        return np.array([bool(answer & wanted) for answer in answers], dtype=bool)

    def count(self, dimensions: Mapping[str, str]) -> int:
        return int(self.mask(dimensions).sum())

    def pairs(self, dimensions: Mapping[str, str]) -> list[tuple[str, str]]:
        """The answers of two coders, in the rows that a cell counts."""
        first, second = dimensions
        rows = zip(self.sheets[""].rows, self.mask(dimensions), strict=True)
        return [(next(iter(row[first])), next(iter(row[second]))) for row, has in rows if has]

    def values(self, dimensions: Mapping[str, str]) -> list[float]:
        """The numbers that a mean is of: the variable of which the cell says only that it was answered."""
        name = next(name for name, level in dimensions.items() if level == "vastattu")
        return self.rows_of(dimensions).numbers[name][self.mask(dimensions)].dropna().tolist()


def dimensions_of(cell: str) -> dict[str, str]:
    return {} if cell == "*" else dict(pair.split("=", 1) for pair in cell.split("|"))


@dataclass(frozen=True)
class Found:
    """One number or claim: where it is said, and why it is not so (empty: it was verified)."""

    report: str
    statistic: str
    where: str
    why: str


@dataclass(frozen=True)
class View:
    """A table as a reader sees it, with the raw number of every row: shown or hidden."""

    report: Report
    table: Mapping[str, Any]

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows that are answers, not kinds of missing."""
        return [row for row in self.table["rows"] if row not in self.table["apart"] and not self._missing(row)]

    def _missing(self, row: Mapping[str, str]) -> bool:
        return any(level in self.report.released["variables"][name]["missing"] for name, level in row.items())

    def label(self, row: Mapping[str, str]) -> str:
        name, level = next(iter(sorted(row.items(), key=lambda pair: pair[0] == "yksikko")))
        words = self.report.released["variables"][name]
        return (words["title"] if level == "vastattu" else words["levels"].get(level, {"en": level}))["en"]

    def labels(self, *, missing: bool = False) -> dict[str, dict[str, str]]:
        return {self.label(row): row for row in (self.table["rows"] if missing else self.rows)}

    def both(self, row: Mapping[str, str]) -> str:
        """The label of a row of two variables."""
        return " · ".join(self.label({name: level}) for name, level in row.items())

    def title(self) -> str:
        return self.report.released["variables"][self.table["variable"]]["title"]["en"]

    def columns(self) -> list[dict[str, str]]:
        """The groups of the table; the total is no group."""
        return [one for one in self.table["columns"] if one and not self._missing(one)]

    def base(self, column: Mapping[str, str]) -> int:
        own = {self.table["variable"]: "vastattu"} if self.table["answered"] else {}
        return self.report.count({**own, **column})

    def count(self, row: Mapping[str, str], column: Mapping[str, str]) -> int:
        return self.report.count({**row, **column})

    def values(self, row: Mapping[str, str], column: Mapping[str, str]) -> list[float]:
        return self.report.values({**row, **column})

    def shown(self, row: Mapping[str, str], column: Mapping[str, str]) -> bool:
        both = {**row, **column}
        wanted = "mean" if self.table["measure"] == "mean" else "count"
        return any(dict(one["dimensions"]) == both and one["statistic"] == wanted and one["state"] in ("shown", "zero")
                   for one in self.numbers)  # fmt: skip

    @property
    def numbers(self) -> Sequence[Mapping[str, Any]]:
        return self.report.numbers_of(self.table["id"])


def views(reports: Iterator[Report] | Sequence[Report]) -> list[View]:
    return [View(report, table) for report in reports for table in report.released["tables"]]
