"""A county of two municipalities, its reports and its ledger, for tests that say their numbers openly."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from spec import BOOK, dataset

from rakelab import indicators, ledger, prepare
from rakelab.cells import Release
from rakelab.codebook import Codebook
from rakelab.dataset import Dataset
from rakelab.protect import Policy, protect
from rakelab.protect.weights import secret_of

Person = tuple[str, str]  # municipality, income
KEY = secret_of(synthetic=True)


def people(**counts: int) -> list[Person]:
    """``kajaani_hyvin=10``: ten people of Kajaani who manage well."""
    code = {"kajaani": "205", "kuhmo": "290"}
    named = [(name.split("_"), n) for name, n in counts.items()]
    return [(code[kunta], income) for (kunta, income), n in named for _ in range(n)]


def rows(folder: Path, persons: Sequence[Person], sha256: str = "0" * 64, form: Codebook = BOOK) -> Dataset:
    """The file of these people in ``folder`` (none: without a ledger); ages tell apart who answers alike."""
    numbered = enumerate(persons, 20)
    drawn = [{"kunta": kunta, "tulojen_riittavyys": income, "ika": str(i)} for i, (kunta, income) in numbered]
    made = dataset(drawn, form)
    return replace(made, origin=replace(made.origin, folder=str(folder) if folder.name else "", sha256=sha256))


def only(data: Dataset, condition: str) -> Dataset:
    return prepare.select(data, condition, why="valinta")


def released(data: Dataset, threshold: int = 5) -> Release:
    """A report of one table: how the income suffices."""
    return protect([indicators.profile(data, "tulojen_riittavyys")], Policy(threshold=threshold))


def written(data: Dataset, threshold: int = 5, where: str = "raportti") -> Release:
    """The same, entered in the ledger."""
    made = released(data, threshold)
    book(data).enter(made.ledger, where)
    return made


def book(data: Dataset) -> ledger.Ledger:
    return ledger.opened(ledger.home(data.origin.folder), KEY)


def told(release: Release) -> dict[str, str]:
    """What the table shows of each income that somebody has."""
    (table,) = release.values()
    levels = {row[0][1]: str(table[row]) for row in table.view.rows}
    return {level: shown for level, shown in levels.items() if shown != "0"}
