"""Twenty profile tables by municipality, protected together and drawn: ``python benchmarks/profile_tables.py FILE``.

Prints seconds as JSON. Reading and checking the file is told apart, and not a part of ``seconds``.
"""

import json
import resource
import sys
import time

from rakelab import indicators, loaders, prepare, present
from rakelab.dataset import Dataset
from rakelab.protect import protect

VARIABLES = (
    "sukupuoli", "ikaryhma", "arvioinnin_vaihe", "mukana_olleet", "asuminen", "vireilletulo", "status",
    "tulojen_riittavyys", "luottohairiot", "sairaudet", "perhetyyppi", "verkoston_riittavyys", "vakivalta",
    "lainvastainen_toiminta", "tuen_tarpeet", "palvelun_tarpeet", "erityisen_tuen_tarve", "asiakkuuden_luonne",
    "sitoutuminen", "tyomenetelmat",
)  # fmt: skip


def read(path: str) -> Dataset:
    rows = loaders.load(path, "palvelutarve")
    return prepare.bands(rows, "ikaryhma")


def main(path: str) -> None:
    start = time.perf_counter()
    rows = read(path)
    loaded = time.perf_counter()
    tallies = [indicators.profile(rows, variable, by="kunta") for variable in VARIABLES]
    counted = time.perf_counter()
    released = protect(tallies)
    protected = time.perf_counter()
    drawn = [present.table(table).html() for table in released.values()]
    done = time.perf_counter()
    print(json.dumps({
        "read_and_check": loaded - start, "count": counted - loaded, "protect": protected - counted,
        "draw": done - protected, "seconds": done - loaded, "tables": len(drawn), "rows": len(rows),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }))  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1])
