"""The table of docs/intervals.md is what benchmarks/coverage.py prints."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from rakelab.formulas import Interval, standardised_change

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
    return {label: cells for label, *cells in (line.split(" | ") for line in lines) if label != "interval"}


def test_the_document_has_every_row(coverage: ModuleType, table: dict[str, list[str]]) -> None:
    assert list(table) == [row.label for row in coverage.rows()]


def test_exact_rows_are_what_the_document_says(coverage: ModuleType, table: dict[str, list[str]]) -> None:
    exact = [row for row in coverage.rows() if row.label.startswith(("Share", "Difference of shares", "Count"))]
    assert len(exact) == 7
    for row in exact:
        assert table[row.label] == [coverage.cell(*row.at(n, 0)) for n in coverage.SIZES]


def test_every_figure_outside_93_to_97_has_its_reason(table: dict[str, list[str]]) -> None:
    """A row's first words stand in bold below the table where any of its figures is outside."""
    told = set(re.findall(r"\*\*(.+?)\.\*\*", (ROOT / "docs" / "intervals.md").read_text(encoding="utf-8")))
    outside = {label for label, cells in table.items() if any(not 93 <= float(c.split()[0]) <= 97 for c in cells)}
    kinds = {re.split(r"[:,]", label)[0] for label in outside}
    assert kinds - told == set()


def test_standardised_change_is_judged_as_its_limits_do(coverage: ModuleType) -> None:
    """The quick way of the benchmark against the limits themselves."""
    measure = coverage.CHANGES["some improve much"]
    rng = np.random.default_rng(2)
    quick = list(coverage.of_standardised(measure)(np.random.default_rng(2), 16, 40))
    for inside, (mean, sd) in zip(quick, coverage.moments(measure.draw(rng, (40, 16))), strict=True):
        found = standardised_change(mean, sd, 16)
        assert coverage.holds(Interval(found.low, found.high), measure.mean / measure.sd) is inside


def test_released_moments_are_rounded_like_the_wall_s(coverage: ModuleType) -> None:
    """Half a standard error of 10/√16 is 1.25: a tenth is fine enough; of 1/√61 it is 0.064: hundredths."""
    assert coverage.released(3.14159, 10.0, 16) == pytest.approx((3.1, 10.0))
    assert coverage.released(3.14159, 1.0, 61) == pytest.approx((3.14, 1.0))
