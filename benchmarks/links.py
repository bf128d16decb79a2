"""Takes each fact that ``rakelab.indicators`` tells of its counts out in turn, and runs the tests that must notice.

    python benchmarks/links.py [--tests tests/indicators/test_links.py]

A fact is a ``Link`` that is made, or a source of links that a tally takes in. Prints each, and whether a test went red;
ends with 1 where one did not.
"""

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOM = Path("rakelab", "indicators")


@dataclass(frozen=True)
class Mutant:
    """A file without one fact."""

    file: Path
    line: int
    fact: str
    text: str


def mutants(file: Path) -> Iterator[Mutant]:
    """The file without each of its facts."""
    text = (ROOT / file).read_text(encoding="utf-8")
    for node, replacement in _facts(ast.parse(text)):
        fact = ast.get_source_segment(text, node) or ""
        yield Mutant(file, node.lineno, " ".join(fact.split())[:90], _replaced(text, node, replacement))


def _facts(tree: ast.Module) -> Iterator[tuple[ast.expr, str]]:
    """What makes links, with what to write instead: in functions that give links, and where a tally takes them."""
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        if function.returns is not None and "Link" in ast.unparse(function.returns):
            yield from _given(function)
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "links" and not isinstance(node.value, ast.Name):
            yield from _parts(node.value)
        elif isinstance(node, ast.AugAssign) and ast.unparse(node.target) == "links":
            yield node.value, "()"


def _given(function: ast.FunctionDef) -> Iterator[tuple[ast.expr, str]]:
    for node in ast.walk(function):
        if isinstance(node, ast.Yield | ast.YieldFrom):
            yield node, "None"
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            yield from _parts(node.value)
        elif isinstance(node, ast.ListComp) and "Link(" in ast.unparse(node.elt):
            yield node, "[]"


def _parts(value: ast.expr) -> Iterator[tuple[ast.expr, str]]:
    """Each part of a tuple of links; the whole where it is none."""
    if not isinstance(value, ast.Tuple):
        yield value, "()"
        return
    for part in value.elts:
        yield part, "*()"


def _replaced(text: str, node: ast.expr, replacement: str) -> str:
    lines = text.encode().splitlines(keepends=True)
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    head, tail = lines[first][: node.col_offset], lines[last][node.end_col_offset :]
    made = b"".join([*lines[:first], head + replacement.encode() + tail, *lines[last + 1 :]])
    return made.decode()


def noticed(house: Path, one: Mutant, tests: list[str]) -> bool:
    """A test goes red where the fact is missing."""
    place = house / one.file
    before = place.read_text(encoding="utf-8")
    place.write_text(one.text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", *tests]
    env = {**os.environ, "PYTHONPATH": str(house), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=house, env=env, capture_output=True, check=False)
    place.write_text(before, encoding="utf-8")
    return done.returncode == 1


def copied(to: Path) -> Path:
    for name in ("rakelab", "tests", "notebooks"):
        shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", to)
    return to


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", nargs="+", default=["tests/indicators/test_links.py"])
    tests = parser.parse_args().tests
    files = sorted(path.relative_to(ROOT) for path in (ROOT / ROOM).rglob("*.py"))
    every = [one for file in files for one in mutants(file)]
    with tempfile.TemporaryDirectory() as folder:
        house = copied(Path(folder))
        left = [one for one in every if not _told(one, red=noticed(house, one, tests))]
    print(f"{len(every) - len(left)} of {len(every)} noticed")
    return 1 if left else 0


def _told(one: Mutant, *, red: bool) -> bool:
    print(f"{'red  ' if red else 'GREEN'} {one.file.relative_to(ROOM)}:{one.line} {one.fact}", flush=True)
    return red


if __name__ == "__main__":
    sys.exit(main())
