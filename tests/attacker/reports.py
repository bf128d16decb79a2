"""Random reports as the notebooks make them: seeded people, the real indicators, the real protection.

The people are skewed and clustered on purpose: rare options, small municipalities, whole groups with one answer.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from rakelab.cells import Tally, name_of
from rakelab.codebook import MISSING_KINDS, codebook
from rakelab.dataset import ANSWERED, Dataset, Origin, state_column

from . import forms
from .attack import Known, Verdict, attack
from .draws import missing_state, multiple, single
from .means import Looked, Noise, look, with_learned
from .points import Scale

FEWEST, MOST = 16, 700
PALVELUTARVE = "palvelutarve"
SINGLE = (
    "kunta", "sukupuoli", "asuminen", "vireilletulo", "status", "tulojen_riittavyys", "luottohairiot", "perhetyyppi",
    "verkoston_riittavyys", "vakivalta", "lainvastainen_toiminta", "erityisen_tuen_tarve", "asiakkuuden_luonne",
)  # fmt: skip
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "palvelutarve.ipynb"
FORM = Path(__file__).parents[2] / "rakelab/codebooks/palvelutarve.toml"
COUNTING = ("valmistele", "laske-profiili", "laske-tarpeet", "laske-olosuhteet")
MULTIPLE = ("sairaudet", "vakivallan_ulottuvuus", "tuen_tarpeet", "palvelun_tarpeet")


@dataclass(frozen=True)
class Case:
    """One random report: what is published, the counts that the reader must not learn, and what the form allows."""

    seed: int
    released: Mapping[str, Any]
    truth: Mapping[str, int]
    known: Known = ()  # the traits of what everybody in the report is known to be
    scales: Mapping[str, Scale] = field(default_factory=dict)
    noise: Mapping[str, Noise] = field(default_factory=dict)


def case(seed: int, kind: str = PALVELUTARVE) -> Case | None:
    """The report of ``seed``: the same people, tables and release every time. None where it is refused."""
    from rakelab import archive
    from rakelab.errors import UsageError, WallError
    from rakelab.protect import Policy, protect

    scales: dict[str, Scale] = {}
    noise: dict[str, Noise] = {}
    known: Known = ()
    try:
        if kind == PALVELUTARVE:
            asked = asked_of(seed)
            known = asked.known
            rows = asked.rows(people(seed, MOST if asked.kunta or asked.joined else 0))
            tallies, threshold = tables(rows, np.random.default_rng([seed, 1]), asked), Policy().threshold
        else:
            tallies, names = forms.counted(kind, seed)
            threshold, scales = names["kynnys"], forms.scales(tallies, names)
            noise = forms.noise(names)
            known = tuple(names[forms.KNOWN])
        released = archive.as_dict(protect(tallies, Policy(threshold=threshold)))
    except (WallError, UsageError, forms.Refused):
        return None
    truth = {name_of(one): n for tally in tallies for one, n in tally.counts.items()}
    return Case(seed, released, truth, known, scales, noise)


@dataclass(frozen=True)
class Asked:
    """Of whom a report is: of everybody, of one municipality (asked for, or all that the file holds), of those who
    answered a question in one way, of one year, or of two municipalities as one."""

    kunta: str = ""
    vuodet: tuple[int, ...] = ()
    condition: str = ""
    joined: tuple[str, ...] = ()
    one_only: str = ""

    @property
    def known(self) -> Known:
        """What a reader knows of everybody in the report: the traits that the form gives to each variable."""
        regional = self.kunta or self.joined or self.one_only
        asked = (["kunta"] if regional else []) + ([self.condition.split()[0]] if self.condition else [])
        fields = tomllib.loads(FORM.read_text(encoding="utf-8"))["field"]
        return tuple(one for one in fields if one["name"] in asked)

    def rows(self, dataset: Dataset) -> Dataset:
        from rakelab import prepare

        if self.one_only:
            levels = list(dataset.codebook["kunta"].levels)
            only = pd.Categorical([self.one_only] * len(dataset), categories=levels)
            dataset = replace(dataset, frame=dataset.frame.assign(kunta=only), extent=None)
        if self.joined:
            dataset = prepare.merge(dataset, "kunta", self.joined)
            level = next(o.value for o in dataset.codebook["kunta"].categories if "+" in o.value)
            dataset = prepare.select(dataset, f"kunta == {level}", why="yhdessa")
        return prepare.select(dataset, self.condition, why="valinta") if self.condition else dataset


#: How often a random report is of fewer than everybody, and which answers it may be of.
ASKED = ("all", "kunta", "condition", "one_only", "joined", "year", "both")
CONDITIONS = (
    "vakivalta == kokenut", "lainvastainen_toiminta != ei", "sukupuoli == nainen", "erityisen_tuen_tarve == kylla",
)  # fmt: skip


def asked_of(seed: int) -> Asked:
    """Of whom the report of ``seed`` is."""
    random = np.random.default_rng([seed, 2])
    what = random.choice(ASKED, p=[0.4, 0.15, 0.15, 0.1, 0.05, 0.05, 0.1])
    values = codebook("palvelutarve")["kunta"].values
    first, second = (str(one) for one in random.choice(values, size=2, replace=False))
    condition = str(random.choice(CONDITIONS))
    made = {
        "all": Asked(),
        "kunta": Asked(kunta=first),
        "condition": Asked(condition=condition),
        "one_only": Asked(one_only=first),
        "joined": Asked(joined=(first, second)),
        "year": Asked(vuodet=(2020,)),
        "both": Asked(kunta=first, condition=condition),
    }
    return made[str(what)]


def people(seed: int, n: int = 0) -> Dataset:
    """Between 16 and 700 people (or ``n``) with answers to the whole form, two years."""
    random = np.random.default_rng([seed, 0])
    n = n or int(np.exp(random.uniform(np.log(FEWEST), np.log(MOST + 1))))
    book = codebook("palvelutarve")
    kind = random.choice(3, size=n, p=random.dirichlet([1.0, 0.5, 0.3]))  # people of a kind answer alike
    columns: dict[str, Any] = _numbers(random, kind)
    for name in SINGLE:
        columns[name] = single(random, book[name], kind)
    for name in MULTIPLE:
        columns |= multiple(random, book[name], (kind, columns))
    frame = pd.DataFrame(columns, index=pd.RangeIndex(2, n + 2))
    origin = Origin("random.csv", "0" * 64, "random", synthetic=True)
    return Dataset(frame, book, origin, read=n, set_aside=0)


def _numbers(random: np.random.Generator, kind: np.ndarray) -> dict[str, Any]:
    n = len(kind)
    years = random.choice([2020.0, 2021.0], size=n, p=random.dirichlet([2.0, 2.0]))
    ages = np.clip(np.round(random.normal(30 + 12 * kind, 4 + 12 * random.random(3)[kind])), 15, 95)
    state = missing_state(random, (), n)
    ages = np.where(state == ANSWERED, ages, np.nan)
    kinds = [ANSWERED, *MISSING_KINDS]
    return {
        "vuosi": years,
        state_column("vuosi"): pd.Categorical([ANSWERED] * n, categories=kinds),
        "ika": ages,
        state_column("ika"): pd.Categorical(state, categories=kinds),
    }


def tables(dataset: Dataset, random: np.random.Generator, asked: Asked | None = None) -> list[Tally]:
    """The tables of the notebook, made by its own cells; in most reports a random part of them."""
    asked = asked or Asked()
    names: dict[str, Any] = {"arvioinnit": dataset, "vuodet": list(asked.vuodet), "kunta": asked.kunta, "kynnys": 5}
    exec(_cells(), names)
    made = forms.listed([names["profiili"], names["tarpeet"], names["olosuhteet"]])
    share = random.choice([0.2, 0.4, 1.0], p=[0.6, 0.3, 0.1])
    return [tally for tally in made if random.random() < share] or made[:1]


@cache
def _cells(some: tuple[str, ...] = COUNTING) -> Any:
    """What the notebook prepares and counts, between reading and protecting."""
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    code = {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"}
    imports = "from rakelab import indicators, prepare"
    return compile("\n".join([imports, *(code[one] for one in some)]), "palvelutarve", "exec")


def judged(made: Case) -> tuple[Verdict, Looked]:
    """What the report tells too much: the means first, then the counts with what the means taught."""
    looked = look(made.released, made.scales, made.noise)
    return attack(with_learned(made.released, looked.learned), made.truth, made.known), looked


def violations_by_seed(seeds: range, kind: str = PALVELUTARVE) -> dict[int, Any]:
    """The random reports that tell too much; the long run (``python -m tests.attacker.long``) looks at many more."""
    found = {}
    for seed in seeds:
        if made := case(seed, kind):
            verdict, looked = judged(made)
            told = (*verdict.violations, *looked.leaks)
            found |= {seed: told} if told else {}
    return found
