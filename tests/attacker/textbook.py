"""Releases made by hand, in the form of ``released.json``, for cases whose answer is known."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Levels = Mapping[str, Sequence[str]]


def dimensions(cell: str) -> dict[str, str]:
    return {} if cell == "*" else dict(pair.split("=", 1) for pair in cell.split("|"))


def name(pairs: Mapping[str, str]) -> str:
    return "|".join(f"{v}={level}" for v, level in sorted(pairs.items())) or "*"


def grid(levels: Levels, counts: Sequence[Sequence[int]]) -> dict[str, int]:
    """All cells of a two-way table with its margins, from the inner counts."""
    (row, rows), (column, columns) = levels.items()
    truth = {"*": sum(map(sum, counts))}
    for i, r in enumerate(rows):
        truth[name({row: r})] = sum(counts[i])
        for j, c in enumerate(columns):
            truth[name({row: r, column: c})] = counts[i][j]
    for j, c in enumerate(columns):
        truth[name({column: c})] = sum(line[j] for line in counts)
    return truth


def release(
    truth: Mapping[str, int], hide: Iterable[str], levels: Levels, *, multiple: Iterable[str] = (), threshold: int = 5
) -> dict[str, Any]:
    """A release that shows ``truth`` but for the cells in ``hide``; one table for each variable, alone
    and by the last one."""
    hidden = set(hide)
    return {
        "format": "rakelab-released-2",
        "rule": {"threshold": threshold, "sensitive_threshold": 10, "floor": 3, "indicative_base": 30},
        "variables": {
            v: {"title": {}, "levels": {one: {} for one in all_}, "multiple": v in set(multiple), "missing": []}
            for v, all_ in levels.items()
        },
        "cells": [_cell(cell, None if cell in hidden else n, threshold) for cell, n in truth.items()],
        "tables": list(_tables(truth, levels)),
        "numbers": [],
        "relations": [],
    }


def _cell(cell: str, n: int | None, threshold: int) -> dict[str, Any]:
    state = "hidden" if n is None else "shown" if n else "zero"
    made = {"id": cell, "dimensions": dimensions(cell), "state": state, "threshold": threshold}
    return made if n is None else {**made, "value": n}


def _tables(truth: Mapping[str, int], levels: Levels) -> Iterable[dict[str, Any]]:
    *_, last = levels
    for row in levels:
        for by in ("",) if row == last else ("", last):
            columns = [{}, *({by: level} for level in levels.get(by, ()))]
            rows = [{row: level} for level in levels[row] if name({row: level}) in truth]
            if all(name(one | column) in truth for one in rows for column in columns):
                yield {"id": f"{row}_{by}", "variable": row, "by": by, "rows": rows, "columns": columns}


def number(cell: str, base: str, statistic: str, value: float) -> dict[str, Any]:
    """One published number that hangs on ``cell``."""
    return {
        "table": "t",
        "dimensions": dimensions(base),
        "statistic": statistic,
        "cell": cell,
        "base_cell": base,
        "base": None,
        "state": "shown",
        "value": value,
    }
