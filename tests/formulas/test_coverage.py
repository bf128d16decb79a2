"""The table of docs/intervals.md is what benchmarks/coverage.py prints."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from rakelab.formulas import Interval, MeanDifference

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def coverage() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rakelab_coverage", ROOT / "benchmarks" / "coverage.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def table() -> dict[str, list[str]]:
    """Row label → its cells in the document."""
    lines = re.findall(r"^\| (.+) \|$", (ROOT / "docs" / "intervals.md").read_text(encoding="utf-8"), re.MULTILINE)
    rows = (line.split(" | ") for line in lines)
    return {label: cells for label, *cells in rows if label != "interval" and len(cells) == 4}


def test_the_document_has_every_row(coverage: ModuleType, table: dict[str, list[str]]) -> None:
    assert list(table) == [row.label for row in coverage.rows()]


def test_exact_rows_are_what_the_document_says(coverage: ModuleType, table: dict[str, list[str]]) -> None:
    exact = [row for row in coverage.rows() if row.label.startswith(("Share", "Difference of shares", "Count"))]
    assert len(exact) == 9
    for row in exact:
        assert table[row.label] == [coverage.cell(*row.at(n, 0)) for n in coverage.SIZES]


def test_every_figure_outside_93_to_97_has_its_reason(table: dict[str, list[str]]) -> None:
    """A row's first words stand in bold below the table where any of its figures is outside."""
    told = set(re.findall(r"\*\*(.+?)\.\*\*", (ROOT / "docs" / "intervals.md").read_text(encoding="utf-8")))
    known = {label: [float(one.split()[0]) for one in cells if one != "none"] for label, cells in table.items()}
    outside = {label for label, figures in known.items() if any(not 93 <= figure <= 97 for figure in figures)}
    kinds = {re.split(r"[:,]", label)[0] for label in outside}
    assert kinds - told == set()


def test_limits_are_rounded_like_a_page_s(coverage: ModuleType) -> None:
    assert coverage.printed(MeanDifference(2.0, 1.25, 3.349), 0.1) == Interval(1.2, 3.4)


def test_shares_as_printed_hold_the_goal_in_the_mean(table: dict[str, list[str]]) -> None:
    (mean,) = [cells for label, cells in table.items() if "as printed: mean of" in label]
    assert all(93 <= float(cell) <= 97 for cell in mean)
