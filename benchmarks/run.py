"""Measures rakelab against the programs it stands beside. By hand: ``python benchmarks/run.py``.

    python benchmarks/run.py report check profile help --rows 1000000 --repeat 3 --json figures.json

What is compared takes turns within one run, so that a busy machine slows both sides; figures are medians. Time is
wall time, memory the largest resident size of the process as the system tells it (``os.wait4``). This program itself
imports nothing large, because a child's figure starts from its parent's size. The rows are synthetic.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "notebooks" / "palvelutarve.ipynb"
BIN = Path(sys.executable).parent
PANDAS = "import sys, pandas; pandas.read_csv(sys.argv[1], sep=';', encoding='utf-8-sig', dtype=str)"
PANDAS_GUESSING = "import sys, pandas; pandas.read_csv(sys.argv[1], sep=';', encoding='utf-8-sig')"
DEMO = "import sys; from rakelab import demo; demo.write(sys.argv[1])"
PROFILE, MAKE = ROOT / "benchmarks" / "profile_tables.py", ROOT / "benchmarks" / "make_rows.py"


@dataclass(frozen=True)
class Plan:
    """``folder`` holds everything a measurement writes; ``repeat``: turns of each side."""

    folder: Path
    rows: int
    repeat: int


@dataclass(frozen=True)
class Turn:
    """One run of one command: wall seconds and the largest resident size in megabytes (its children included)."""

    seconds: float
    megabytes: float
    said: str = ""


def run(*words: str | Path, cwd: Path, accept: Sequence[int] = (0,)) -> Turn:
    """Runs a command to its end in a process of its own. Raises SystemExit where it fails."""
    started = time.perf_counter()
    silent = subprocess.DEVNULL
    process = subprocess.Popen(list(map(str, words)), cwd=cwd, stdout=subprocess.PIPE, stderr=silent, text=True)
    said = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accept:
        raise SystemExit(f"{words[0]} {words[1]}: exit code {process.returncode}")
    return Turn(time.perf_counter() - started, used.ru_maxrss / 1024, said)


def in_turns(sides: Mapping[str, Callable[[], Turn]], repeat: int) -> dict[str, list[Turn]]:
    """Each side once to warm the disk's memory, then ``repeat`` times in turns."""
    for work in sides.values():
        work()
    found: dict[str, list[Turn]] = {name: [] for name in sides}
    for _ in range(repeat):
        for name, work in sides.items():
            found[name].append(work())
    return found


def figures(turns: Mapping[str, Sequence[Turn]]) -> dict[str, dict[str, float]]:
    """Median and range of seconds, and the largest memory, of each side."""
    return {
        name: {
            "seconds": round(statistics.median(t.seconds for t in side), 2),
            "fastest": round(min(t.seconds for t in side), 2),
            "slowest": round(max(t.seconds for t in side), 2),
            "megabytes": round(max(t.megabytes for t in side)),
        }
        for name, side in turns.items()
    }


def report(plan: Plan) -> dict[str, Any]:
    """One report by rakelab, and the same notebook on the same file by papermill and nbconvert."""
    run(sys.executable, "-c", DEMO, "data", cwd=plan.folder)
    file = plan.folder / "data" / "synteettinen_palvelutarve_kainuu.csv"
    out = plan.folder / "out.ipynb"

    def ours(*more: str) -> Callable[[], Turn]:
        return lambda: run(BIN / "rakelab", "report", "palvelutarve", file, *more, cwd=plan.folder)

    def theirs() -> Turn:
        first = run(BIN / "papermill", NOTEBOOK, out, "-p", "data", file, cwd=plan.folder)
        second = run(BIN / "jupyter", "nbconvert", "--to", "html", "--no-input", out, cwd=plan.folder)
        return Turn(first.seconds + second.seconds, max(first.megabytes, second.megabytes))

    sides = {
        "rakelab report": ours(),
        "papermill + nbconvert": theirs,
        "rakelab report --lang all": ours("--lang", "all"),
    }
    found = figures(in_turns(sides, plan.repeat))
    theirs_took = found["papermill + nbconvert"]["seconds"]
    ratios = {name: round(found[name]["seconds"] / theirs_took, 2) for name in found}
    return {"sides": found, "ratios": ratios, "goal": "rakelab report / (papermill + nbconvert) ≤ 0.5"}


def check(plan: Plan) -> dict[str, Any]:
    """``rakelab check`` of many rows, and pandas reading the same file."""
    file = _large(plan)
    sides = {
        "rakelab check": lambda: run(BIN / "rakelab", "check", "palvelutarve", file, cwd=plan.folder, accept=(0, 1)),
        "pandas.read_csv": lambda: run(sys.executable, "-c", PANDAS_GUESSING, file, cwd=plan.folder),
        "pandas.read_csv, all as text": lambda: run(sys.executable, "-c", PANDAS, file, cwd=plan.folder),
    }
    found = figures(in_turns(sides, plan.repeat))
    ours = found["rakelab check"]["seconds"]
    ratios = {name: round(ours / found[name]["seconds"], 2) for name in found}
    size = round(file.stat().st_size / 1e6)
    goal = "rakelab check / pandas.read_csv ≤ 2, under 1500 MB"
    return {"sides": found, "ratios": ratios, "file_megabytes": size, "rows": plan.rows, "goal": goal}


def _large(plan: Plan) -> Path:
    file = plan.folder / f"synteettinen_{plan.rows}.csv"
    if not file.exists():
        run(sys.executable, MAKE, str(plan.rows), file, cwd=plan.folder)
    return file


def profile(plan: Plan) -> dict[str, Any]:
    """Tables of 20 variables by municipality: counting, protection and drawing, the rows being in memory."""
    file = _large(plan)
    told = [json.loads(run(sys.executable, PROFILE, file, cwd=plan.folder).said) for _ in range(plan.repeat)]
    median = {name: round(statistics.median(one[name] for one in told), 2) for name in told[0]}
    return {"medians": median, "rows": plan.rows, "goal": "seconds ≤ 8"}


def help_(plan: Plan) -> dict[str, Any]:
    """``rakelab --help``, and a Python that does nothing."""
    sides = {
        "rakelab --help": lambda: run(BIN / "rakelab", "--help", cwd=plan.folder),
        "python -c pass": lambda: run(sys.executable, "-c", "pass", cwd=plan.folder),
    }
    return {"sides": figures(in_turns(sides, 5 * plan.repeat)), "goal": "rakelab --help < 0.4 s"}


MEASURES: Mapping[str, Callable[[Plan], dict[str, Any]]] = {
    "report": report, "check": check, "profile": profile, "help": help_,
}  # fmt: skip


def machine() -> dict[str, Any]:
    """What the figures depend on, without naming the machine."""
    return {"processors": os.cpu_count(), "python": platform.python_version(), "load": round(os.getloadavg()[0], 1)}


def lines(name: str, found: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {name} (goal: {found['goal']})"
    for side, numbers in found.get("sides", {}).items():
        ratio = found.get("ratios", {}).get(side)
        yield f"{side}: {numbers}" + (f" ratio {ratio}" if ratio is not None else "")
    if "medians" in found:
        yield str(found["medians"])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("measures", nargs="*", metavar="|".join(MEASURES))
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    parser.add_argument("--folder", type=Path, help="work there and keep the large file; else a temporary folder")
    given = parser.parse_args()
    unknown = sorted(set(given.measures) - set(MEASURES))
    if unknown:
        parser.error(f"{unknown[0]}: one of {', '.join(MEASURES)}")
    with TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        measured = _measure(given.measures or list(MEASURES), Plan(folder.absolute(), given.rows, given.repeat))
        shutil.rmtree(folder / "reports", ignore_errors=True)
    if given.json:
        given.json.write_text(json.dumps(measured, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _measure(names: Sequence[str], plan: Plan) -> dict[str, Any]:
    measured: dict[str, Any] = {}
    for name in names:
        before = machine()
        measured[name] = {**MEASURES[name](plan), "machine": before, "load_after": machine()["load"]}
        print("\n".join(lines(name, measured[name])), flush=True)
    return measured


if __name__ == "__main__":
    main()
