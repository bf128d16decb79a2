"""Synthetic data sets, so that everything can be tried without anybody's data.

Service-need assessments: one file that reproduces every percentage Essote published, and one from Kainuu's
municipalities written the way real exports are ugly. Beside them activation plans, a competence survey made twice, a
client survey and client paths, each meeting what was published of it. Every file name starts with ``synteettinen_``;
every person in them is invented.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from rakelab.codebook import Codebook, codebook, names
from rakelab.demo import (
    draw,
    even,
    havainnot,
    kysely,
    muutos,
    osaaminen,
    plain,
    polut,
    raportointi,
    tapahtumat,
    toteutus,
    ugly,
)
from rakelab.errors import OutputError
from rakelab.i18n import label
from rakelab.report.run import kinds

Table = Callable[[pd.DataFrame, Codebook], bytes]
SEED = 2021
#: A parameter's value that stands for the folder of the reports made before.
REPORTS = "<reports>"
ESSOTE_N, KAINUU_N, AKTIVOINTI_N = 707, 640, 675

#: What no output may ever hold: planted names, identity codes, addresses and one sentence of the free text.
CANARIES = (*ugly.CANARIES, *raportointi.CANARIES)


@dataclass(frozen=True)
class DemoFile:
    """One written file. ``kind`` is its codebook, ``source`` its source map or empty, ``parameters`` the report's."""

    path: Path
    kind: str
    title: Mapping[str, str]
    source: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def settings(self, reports: Path) -> dict[str, Any]:
        """The parameters of its report, where the reports are made into the folder ``reports``."""
        given = {name: str(reports) if value == REPORTS else value for name, value in self.parameters.items()}
        return {"source": self.source, **given}


def essote_rows(seed: int = SEED) -> pd.DataFrame:
    """707 answers to the Essote form that meet every published percentage; cells as in ``draw.rows``."""
    return draw.rows(draw.plan("essote"), codebook("palvelutarve_essote"), ESSOTE_N, seed=seed)


def kainuu_rows(seed: int = SEED, n: int = KAINUU_N) -> pd.DataFrame:
    """``n`` answers to the Kainuu form, municipalities in proportion to their population; cells as in ``draw.rows``."""
    made = draw.plan("essote").changed(draw.plan("kainuu"))
    return draw.rows(made, codebook("palvelutarve"), n, seed=seed)


def next_year_rows(seed: int = SEED + 1, n: int = KAINUU_N) -> pd.DataFrame:
    """The Kainuu form a year later: other people, and some needs more common; all invented."""
    made = draw.plan("essote").changed(draw.plan("kainuu")).changed(draw.plan("kainuu_2022"))
    return draw.rows(made, codebook("palvelutarve"), n, seed=seed)


def aktivointi_rows(seed: int = SEED) -> pd.DataFrame:
    """675 activation plans, shares as in Essote's assessments where the plan says nothing else; all invented."""
    made = draw.plan("essote").changed(draw.plan("aktivointi"))
    return draw.rows(made, codebook("aktivointisuunnitelma"), AKTIVOINTI_N, seed=seed)


@dataclass(frozen=True)
class Recipe:
    """How one file is made: its name after the mark, codebook, title (or ``demo.title.<title>``), seed → bytes."""

    file: str
    kind: str
    title: str | Mapping[str, str]
    make: Callable[[int], bytes]
    parameters: Mapping[str, Any] = field(default_factory=dict)


def _form(kind: str, rows: Callable[[int], pd.DataFrame], table: Table = plain.table) -> Callable[[int], bytes]:
    return lambda seed: table(rows(seed), codebook(kind))


AKTIVOINTI = Recipe(
    "aktivointisuunnitelma.csv", "aktivointisuunnitelma", "aktivointi",
    _form("aktivointisuunnitelma", aktivointi_rows),
)  # fmt: skip
OSAAMINEN = Recipe(
    "osaamiskartoitus.csv", osaaminen.KIND, "osaaminen", _form(osaaminen.KIND, osaaminen.rows), {"kutsutut": [98, 0]}
)
KUNTOUTUS = Recipe(
    "muutosmittaus.xlsx", muutos.KIND, "muutos", muutos.kuntoutus,
    {**muutos.PARAMETERS, "aikaraja": muutos.WINDOW["kuntoutus"]},
)  # fmt: skip
PAIHDE = Recipe(
    "paihdekuntoutus.csv", muutos.KIND, "paihde", muutos.paihde,
    {**muutos.PARAMETERS, "aikaraja": muutos.WINDOW["paihde"]},
)  # fmt: skip
RAPORTOINTI = Recipe(
    "sosiaalinen_raportointi.xlsx", raportointi.KIND, "raportointi", raportointi.table,
    {"lainaukset": [2, 5], "vastaukset": [3, 5, 10, 11], "paatostekstit": [7], "lainaukset_hyvaksyi": "Testi Hyväksyjä",
     "lainaukset_pvm": "2026-11-02"},
)  # fmt: skip
TOTEUTUS = Recipe(
    "toteutussuunnitelma.xlsx", toteutus.KIND, "toteutus",
    # the plan moved to the years of the notifications, so that its measures have something to count
    partial(toteutus.table, years=(2021, 2022)),
    {"raportit": REPORTS, "hyvaksyi": "Testi Hyväksyjä", "hyvaksytty_pvm": "2026-11-02"},
)  # fmt: skip
KYSELY = Recipe("asiakaskysely.xlsx", kysely.KIND, "kysely", _form(kysely.KIND, kysely.rows, kysely.table))
POLUT = Recipe("asiakaspolut.csv", polut.KIND, "polut", _form(polut.KIND, polut.rows))
HAVAINNOT = Recipe(
    "havainnot.csv", havainnot.KIND, "havainnot", _form(havainnot.KIND, havainnot.rows),
    {"lainaukset": [3, 12], "lainaukset_hyvaksyi": "Testi Hyväksyjä", "lainaukset_pvm": "2026-11-02"},
)  # fmt: skip
TAPAHTUMAT = Recipe("tapahtumat.csv", tapahtumat.KIND, "tapahtumat", _form(tapahtumat.KIND, tapahtumat.rows))
PALAUTE = Recipe(
    "opintojaksopalaute.csv", tapahtumat.FEEDBACK, "palaute", _form(tapahtumat.FEEDBACK, tapahtumat.feedback),
    {"kutsutut": [65, 35]},
)  # fmt: skip
ESSOTE = Recipe("palvelutarve_essote.csv", "palvelutarve_essote", "essote", _form("palvelutarve_essote", essote_rows))
KAINUU = Recipe(
    "palvelutarve_kainuu.csv", "palvelutarve", "kainuu",
    lambda seed: ugly.table(kainuu_rows(seed), codebook("palvelutarve"), seed=seed),
)  # fmt: skip

KAINUU_2022 = Recipe(
    "palvelutarve_kainuu_2022.csv", "palvelutarve", "kainuu_2022",
    lambda seed: plain.table(next_year_rows(seed + 1), codebook("palvelutarve")),
)  # fmt: skip

#: The files that ``write`` writes; every kind here has its notebook.
RECIPES = (
    ESSOTE, KAINUU, KAINUU_2022, AKTIVOINTI, KUNTOUTUS, PAIHDE, OSAAMINEN, KYSELY, POLUT, RAPORTOINTI, HAVAINNOT,
    TAPAHTUMAT, PALAUTE, TOTEUTUS,
)  # fmt: skip


#: Reports without a file of rows, made after the others: kind → where it reads, under the reports' folder.
PAGES = {"tarkista_prosentit": "", "tarkista_vaite": "", "aluetieto": "", "sosiaalinen_raportti": ".", "vertailu": "."}


def chosen(kind: str, folders: Sequence[str]) -> dict[str, Any]:
    """The parameters of such a report, of the folders made before: the yearly one leaves out the year that is compared
    with it."""
    kainuu = sorted(name for name in folders if name.startswith("palvelutarve-synteettinen-palvelutarve-kainuu"))
    if kind == "vertailu":
        return {"raportit": kainuu, "nimet": ["2020–2021", "2022"]}
    if kind == "sosiaalinen_raportti":
        return {"raportit": [name for name in folders if name not in kainuu[1:]], "alue": "Kainuu"}
    return {}


def all_recipes() -> tuple[Recipe, ...]:
    """A recipe of each report that reads rows: ours, and one drawn evenly for a form that has none."""
    own = {recipe.kind for recipe in RECIPES}
    return (*RECIPES, *(_even(codebook(kind)) for kind in sorted(kinds()) if kind in names() and kind not in own))


def _even(form: Codebook) -> Recipe:
    title = label("demo.title.even", form=form.title)
    return Recipe(f"{form.name}.csv", form.name, title, lambda seed: plain.table(even.rows(form, seed), form))


def write(folder: str | Path, *, seed: int = SEED, recipes: Sequence[Recipe] = ()) -> tuple[DemoFile, ...]:
    """Write the demo's input files into ``folder`` (made when missing). OutputError when that cannot be done."""
    return tuple(_file(Path(folder), recipe, seed) for recipe in recipes or all_recipes())


def _file(folder: Path, recipe: Recipe, seed: int) -> DemoFile:
    title = label(f"demo.title.{recipe.title}") if isinstance(recipe.title, str) else recipe.title
    path, data = folder / f"synteettinen_{recipe.file}", recipe.make(seed)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError:
        raise OutputError("demo.not_written", file=path.name) from None
    return DemoFile(path, recipe.kind, title, parameters=recipe.parameters)
