"""The recount from outside: it shares no code with what it checks, and what is not so does not pass it."""

import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
PARTS = (BENCHMARKS / "recount.py", *sorted((BENCHMARKS / "recounting").glob("*.py")))
REPORT = "asiakaspolut-synteettinen-asiakaspolut"
FILE = "synteettinen_asiakaspolut.csv"

Recount = Callable[[], list[str]]


@pytest.fixture
def folder(demo_run, tmp_path: Path) -> Path:
    """One report of the demo, and its file."""
    shutil.copytree(demo_run.folder / REPORT, tmp_path / REPORT)
    (tmp_path / "data").mkdir()
    shutil.copy(demo_run.folder / "data" / FILE, tmp_path / "data" / FILE)
    return tmp_path


def differences(folder: Path) -> list[str]:
    """Where the recount finds something that is not so."""
    told = folder / "told.json"
    done = subprocess.run([sys.executable, str(PARTS[0]), str(folder), "--json", str(told)], capture_output=True)
    assert told.exists(), done.stderr
    return [one["where"] for one in json.loads(told.read_text(encoding="utf-8"))]


def new(folder: Path, change: Callable[[], None]) -> list[str]:
    """What the recount finds after a change, and did not find before."""
    before = differences(folder)
    change()
    return [one for one in differences(folder) if one not in before]


@pytest.mark.parametrize("part", PARTS, ids=lambda path: path.name)
def test_it_imports_nothing_of_rakelab(part: Path) -> None:
    found = list(ast.walk(ast.parse(part.read_text(encoding="utf-8"))))
    names = [one.module or "" for one in found if isinstance(one, ast.ImportFrom)]
    names += [alias.name for one in found if isinstance(one, ast.Import) for alias in one.names]
    assert not [name for name in names if name.split(".")[0] == "rakelab"]


def test_a_count_that_the_rows_do_not_give_is_found(folder: Path) -> None:
    def change() -> None:
        place = folder / REPORT / "released.json"
        released = json.loads(place.read_text(encoding="utf-8"))
        one = next(n for n in released["numbers"] if n["cell"] == "siirtyma=sama" and n["statistic"] == "count")
        one["value"] += 1
        place.write_text(json.dumps(released), encoding="utf-8")

    assert new(folder, change) == ["stays siirtyma=sama count = 10"]


def test_a_row_that_was_lost_is_found(folder: Path) -> None:
    def change() -> None:
        place = folder / "data" / FILE
        lines = place.read_bytes().splitlines(keepends=True)
        place.write_bytes(b"".join(lines[:-1]))

    assert "read = 23" in new(folder, change)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("At the start: the most common is “Occasional contact”, 26% (6/23).",
         "superlative · the most common is “Occasional contact”, 26% (6/23)."),
        ("Work: the largest class is “Slow change”.", "Work: the largest class is “Slow change”."),
    ],
)  # fmt: skip
def test_a_sentence_that_the_rows_do_not_bear_out_or_in_new_words_is_found(folder: Path, said: str, told: str) -> None:
    def change() -> None:
        place = folder / REPORT / "report.en.html"
        page = place.read_text(encoding="utf-8")
        place.write_text(page.replace('<ul class="findings">', f'<ul class="findings"><li>{said}</li>', 1), "utf-8")

    assert new(folder, change) == [told]
