"""Mutants of the wall: one small fault at a time in ``rakelab/protect``, and whether its tests notice.

    python benchmarks/mutants.py [--sample 100] [--seed 1] [--room rakelab/protect] [--tests tests/protect]

Each mutant is a copy of the project with one comparison, number, sign, bound or condition changed. Prints each survivor
and the share that was noticed; ends with 1 where that is below 95 %.
"""

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
COUNTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr}
CALLED = {"any": "all", "all": "any", "max": "min", "min": "max"}


@dataclass(frozen=True)
class Mutant:
    """One file with one fault in it."""

    file: Path
    line: int
    fault: str
    text: str


def mutants(file: Path) -> Iterator[Mutant]:
    """Every file that differs from ``file`` by one fault."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    for i, node in enumerate(ast.walk(tree)):
        for fault in _faults(node):
            mutated = copy.deepcopy(tree)
            place = next(one for k, one in enumerate(ast.walk(mutated)) if k == i)
            before = ast.unparse(node)
            fault(place)
            yield Mutant(file, getattr(node, "lineno", 0), f"{before[:70]} -> {ast.unparse(place)[:70]}",
                         ast.unparse(mutated))  # fmt: skip


def _faults(node: ast.AST) -> Iterator:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
        yield lambda one: one.ops.__setitem__(0, COMPARED[type(one.ops[0])]())
    if isinstance(node, ast.BinOp) and type(node.op) in COUNTED:
        yield lambda one: setattr(one, "op", COUNTED[type(one.op)]())
    if isinstance(node, ast.BoolOp):
        yield lambda one: setattr(one, "op", ast.And() if isinstance(one.op, ast.Or) else ast.Or())
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield lambda one: setattr(one, "value", one.value + 1)
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield lambda one: setattr(one, "value", not one.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLED:
        yield lambda one: setattr(one.func, "id", CALLED[one.func.id])
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield lambda one: setattr(one, "op", ast.UAdd())


def noticed(mutant: Mutant, tests: list[str]) -> bool:
    """Whether a test goes red (or does not end) with the fault in place."""
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder, "project")
        ignored = shutil.ignore_patterns(".git", "__pycache__", "reports", ".*_cache")
        shutil.copytree(ROOT, copied, ignore=ignored)
        (copied / mutant.file).write_text(mutant.text, encoding="utf-8")
        run = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", *tests]
        env = {**os.environ, "PYTHONPATH": str(copied)}
        try:
            return subprocess.run(run, cwd=copied, env=env, capture_output=True, timeout=600).returncode != 0
        except subprocess.TimeoutExpired:
            return True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=0, help="so many mutants, drawn; all where 0")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--room", default="rakelab/protect")
    parser.add_argument("--tests", nargs="+", default=["tests/protect"])
    asked = parser.parse_args()
    files = [path.relative_to(ROOT) for path in sorted((ROOT / asked.room).rglob("*.py"))]
    every = [mutant for file in files for mutant in mutants(file)]
    chosen = random.Random(asked.seed).sample(every, asked.sample or len(every))
    killed = 0
    for i, mutant in enumerate(chosen, 1):
        red = noticed(mutant, asked.tests)
        killed += red
        if not red:
            print(f"survived: {mutant.file}:{mutant.line} {mutant.fault}", flush=True)
        print(f"{killed} of {i} noticed, of {len(every)} mutants", flush=True)
    return int(killed < 0.95 * len(chosen))


if __name__ == "__main__":
    sys.exit(main())
