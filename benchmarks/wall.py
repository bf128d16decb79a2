"""Seconds of processor time that the wall takes for large and for crowded reports, and the memory at the end; and what
whole reports take of few and of many rows (with all processes that they start; Linux only).

python benchmarks/wall.py [CASE ...]
python benchmarks/wall.py whole [ROWS ...]
"""

import ctypes
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from make_rows import many_rows

from rakelab import indicators, prepare
from rakelab.cells import TOTAL, Account, Key, Link, Tally, Variable, View, join, key
from rakelab.codebook import MISSING_KINDS, codebook
from rakelab.dataset import ANSWERED, Dataset, Origin, option_column, state_column
from rakelab.i18n import LANGUAGES
from rakelab.protect import Policy, protect

SINGLE = (
    "kunta", "sukupuoli", "asuminen", "vireilletulo", "status", "tulojen_riittavyys", "luottohairiot", "perhetyyppi",
    "verkoston_riittavyys", "vakivalta", "lainvastainen_toiminta", "erityisen_tuen_tarve", "asiakkuuden_luonne",
)  # fmt: skip
MULTIPLE = ("sairaudet", "tuen_tarpeet", "palvelun_tarpeet")


def crossed(name: str, sizes: tuple[int, int], people: np.ndarray) -> Tally:
    """One question by region: ``people`` are pairs of the answer and the region."""
    answers = [key((name, str(i))) for i in range(sizes[0])]
    regions = [key(("kunta", str(i))) for i in range(sizes[1])]
    table = np.zeros(sizes, dtype=int)
    np.add.at(table, (people[:, 0], people[:, 1]), 1)
    counts: dict[Key, int] = {TOTAL: len(people)}
    counts |= {row: int(table[i].sum()) for i, row in enumerate(answers)}
    counts |= {column: int(table[:, j].sum()) for j, column in enumerate(regions)}
    counts |= {join(row, column): int(table[i, j]) for i, row in enumerate(answers) for j, column in enumerate(regions)}
    links = tuple(Link((*((one, 1) for one in some), (TOTAL, -1))) for some in (answers, regions))
    words = {name: _words(sizes[0]), "kunta": _words(sizes[1], role="region")}
    account = Account("t.csv", "0" * 64, "t", "1", {}, True, len(people), len(people), "0")
    view = View(f"profile_{name}", "profile", name, tuple(answers), (TOTAL, *regions), by="kunta")
    return Tally(view, counts, links, words, account)


def _words(levels: int, role: str = "") -> Variable:
    same = dict.fromkeys(LANGUAGES, "x")
    return Variable(same, {str(i): same for i in range(levels)}, role=role)


def regions(tables: int, levels: int) -> list[Tally]:
    random = np.random.default_rng(1)
    where = random.choice(60, size=5000, p=random.dirichlet(np.full(60, 1.0)))
    made = []
    for i in range(tables):
        answers = random.choice(levels, size=5000, p=random.dirichlet(np.full(levels, 1.0)))
        made.append(crossed(f"q{i}", (levels, 60), np.column_stack([answers, where])))
    return made


def people(n: int) -> Dataset:
    """Random answers to the form of the assessments."""
    random, book = np.random.default_rng(2), codebook("palvelutarve")
    columns: dict[str, object] = {}
    for name, low, high in (("vuosi", 2020, 2021), ("ika", 18, 90)):
        columns[name] = random.integers(low, high + 1, size=n).astype(float)
        columns[state_column(name)] = pd.Categorical([ANSWERED] * n, categories=[ANSWERED, *MISSING_KINDS])
    for name in SINGLE:
        levels = list(book[name].values)
        columns[name] = pd.Categorical(random.choice(levels, n, p=random.dirichlet(np.full(len(levels), 0.8))),
                                       categories=list(book[name].levels))  # fmt: skip
    for name in MULTIPLE:
        ticks = {o.value: random.random(n) < random.beta(0.6, 2) for o in book[name].categories if not o.exclusive}
        none = ~np.logical_or.reduce([*ticks.values()])
        ticks |= {o.value: none & (random.random(n) < 0.9) for o in book[name].categories if o.exclusive}
        some = np.logical_or.reduce([*ticks.values()])
        columns |= {option_column(name, one): has for one, has in ticks.items()}
        kinds = [ANSWERED, *(level for level in book[name].levels if level not in book[name].values)]
        columns[name] = pd.Categorical(np.where(some, ANSWERED, "tyhja"), categories=kinds)
    return Dataset(pd.DataFrame(columns), book, Origin("t.csv", "0" * 64, "", synthetic=True), n, 0)


def crowded(n: int) -> list[Tally]:
    """47 tables of the same people."""
    rows = prepare.bands(prepare.periods(people(n)), "ikaryhma", "nuori")
    rows = prepare.accumulation(rows, "tuen_tarpeet")
    rows = prepare.large_groups(rows, "kunta", at_least=20, rest="muu")
    made = [indicators.profile(rows, name, by=by) for name in (*SINGLE[1:], "ikaryhma") for by in ("vuosi", "kunta")]
    made += [make(rows, by=by) for make in (indicators.needs, indicators.illnesses, indicators.services,
             indicators.accumulation) for by in ("vuosi", "nuori", "kunta")]  # fmt: skip
    made += [indicators.together(rows), indicators.special_support_patterns(rows), indicators.mean_age(rows)]
    made += [indicators.profile(rows, name) for name in SINGLE[:1]]
    return made


CASES: dict[str, Callable[[], Sequence[Tally]]] = {
    "60 municipalities, one table of 13 answers": lambda: regions(1, 13),
    "7,000 cells: nine tables of 13 answers by 60 municipalities": lambda: regions(9, 13),
    "200 people": lambda: crowded(200),
    "640 people": lambda: crowded(640),
    "2,000 people": lambda: crowded(2000),
    "5,000 people": lambda: crowded(5000),
    "10,000 people": lambda: crowded(10_000),
    "100,000 people": lambda: crowded(100_000),
}


def protection(asked: Sequence[str]) -> None:
    for name, make in CASES.items():
        if asked and not any(name.startswith(one) for one in asked):
            continue
        tallies = make()
        started = time.process_time()
        release = protect(tallies, Policy())
        seconds, memory = time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{name}: {len(tallies)} tables, {len(release.cells)} cells, {seconds:.1f} s, {memory} MB", flush=True)


#: What the others are compared with, and the rest.
ROWS = (640, 200, 5_000, 10_000, 100_000)
SUBREAPER = 36  # of Linux: processes left behind by a child become ours, so that their time is counted


def whole(rows: Sequence[int]) -> None:
    """Reports of so many rows one after the other, and how many times the first one each takes."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1)
    first = 0.0
    with TemporaryDirectory() as folder:
        for n in rows:
            file = many_rows(n, Path(folder) / f"synteettinen_{n}.csv")
            seconds, memory = spent("report", "palvelutarve", str(file), "--out", folder)
            first = first or seconds
            print(f"a report of {n:,} rows: {seconds:.1f} s, {seconds / first:.2f}, {memory} MB", flush=True)


def spent(*words: str) -> tuple[float, int]:
    """Seconds of processor time of a command and all that it starts, and the largest size of one process."""
    command = subprocess.Popen([Path(sys.executable).parent / "rakelab", *words], stdout=subprocess.DEVNULL)
    seconds, memory, codes = 0.0, 0, {}
    while len(codes) == 0 or _more():
        pid, status, used = os.wait3(0)
        codes[pid] = os.waitstatus_to_exitcode(status)
        seconds, memory = seconds + used.ru_utime + used.ru_stime, max(memory, used.ru_maxrss // 1024)
    command.returncode = codes[command.pid]
    if command.returncode:
        raise SystemExit(f"exit code {command.returncode}")
    return seconds, memory


def _more() -> bool:
    """Some child has not been waited for."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def main(asked: Sequence[str]) -> None:
    if asked[:1] == ["whole"]:
        whole([int(n) for n in asked[1:]] or ROWS)
    else:
        protection(asked)


if __name__ == "__main__":
    main(sys.argv[1:])
