"""What the ledger costs: finding who is in which of 100 earlier releases, and protecting a report beside others.

``python benchmarks/ledger.py DEMO``: the folder of ``rakelab demo``. Seconds of processor time, in one run.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from rakelab import indicators, ledger, loaders, prepare
from rakelab.cells import Release
from rakelab.dataset import Dataset
from rakelab.population import People
from rakelab.protect import protect
from rakelab.protect.weights import secret_of


def timed(name: str, work: Callable[[], Any]) -> Any:
    started = time.process_time()
    made = work()
    print(f"{name}: {time.process_time() - started:.2f} s")
    return made


def cells() -> str:
    notebook = json.loads((Path(__file__).parents[1] / "notebooks/palvelutarve.ipynb").read_text(encoding="utf-8"))
    code = {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"}
    return "\n".join(code[name] for name in ("valmistele", "laske-profiili", "laske-tarpeet", "laske-olosuhteet"))


def released(data: Dataset, kunta: str = "", *, enter: bool = True) -> Release:
    names: dict[str, Any] = {"arvioinnit": data, "vuodet": [], "kunta": kunta, "kynnys": 5}
    exec(cells(), {"indicators": indicators, "prepare": prepare}, names)
    made = protect([names["profiili"], names["tarpeet"], names["olosuhteet"]])
    if enter:
        book(data).enter(made.ledger, kunta or "kaikki")
    return made


def book(data: Dataset) -> ledger.Ledger:
    return ledger.opened(ledger.home(data.origin.folder), secret_of(synthetic=True))


def main(demo: Path) -> None:
    data = loaders.load(demo / "data" / "synteettinen_palvelutarve_kainuu.csv", "palvelutarve")
    with tempfile.TemporaryDirectory() as place:
        data = replace(data, origin=replace(data.origin, folder=place))
        timed("all of Kainuu, the first release", lambda: released(data))
        for kunta in ("205", "290", "777"):
            made = timed(f"{kunta} beside the earlier ones", lambda kunta=kunta: released(data, kunta))
            print(f"  hidden: {sum(str(cell) == '··' for cell in made.cells.values())} of {len(made.cells)}")
    random = np.random.default_rng(1)
    releases = [_rows(random, 3000, str(i)) for i in range(101)]
    timed("who is in which of 100 releases of 3,000 people", lambda: ledger.regions(releases).together(0))


def _rows(random: np.random.Generator, people: int, table: str) -> Any:
    """Some of 10,000 people, each table's rows in places of their own."""
    who = np.sort(random.choice(10_000, people, replace=False)).astype(np.uint64)
    return ledger.digested(People(table, np.arange(people), who), secret_of(synthetic=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
