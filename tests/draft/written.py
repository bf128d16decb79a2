"""Files of surveys that nobody answered, written for one test."""

import csv
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rakelab.draft import draft

Columns = Mapping[str, Sequence[object]]


def survey(path: Path, columns: Columns | Sequence[tuple[str, Sequence[object]]]) -> Path:
    """A CSV file of these columns; shorter ones are repeated."""
    pairs = list(columns.items()) if isinstance(columns, Mapping) else list(columns)
    rows = max(len(answers) for _, answers in pairs)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([heading for heading, _ in pairs])
        writer.writerows([[answers[i % len(answers)] for _, answers in pairs] for i in range(rows)])
    return path


def drafted(path: Path, **given: Any) -> dict[str, Any]:
    """The fields of a draft by their title."""
    form = tomllib.loads(draft(path, **given).text)
    return {next(iter(field["title"].values())): field for field in form.get("field", [])}


def options(field: Mapping[str, Any]) -> list[str]:
    return [next(iter(option["label"].values())) for option in field.get("categories", [])]
