"""Small random reports of every form, made as its notebook makes them, of rows that are known: hidden ones too.

Rows are drawn from the demo's file of the form, so that there are few people, ties, zeros and hidden numbers. The code
of the notebook runs here as it stands (drawing apart), and every sentence that it lists is said, not the best five.
What is said is held against the rows by the recount from outside (``benchmarks/recounting``).

    python -m tests.drawn_reports 1 200 FOLDER    # first and last seed; prints what is false, and how much was said
"""

import ast
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import pandas as pd

from rakelab import archive, demo, present
from rakelab.codebook import codebook
from rakelab.demo import havainnot, kysely, osaaminen, plain, polut, tapahtumat
from rakelab.errors import RakelabError
from rakelab.present.figures import pen
from rakelab.report.run import find

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "benchmarks"))

from recounting.claims import Page, claims  # noqa: E402
from recounting.kinds import prepared  # noqa: E402
from recounting.report import Found, Report  # noqa: E402

#: How many of its rows (or people) a small file has.
SIZES = (18, 25, 40, 70, 120)


@dataclass(frozen=True)
class Drawn:
    """One small report: its file, what it published, and its page in English."""

    name: str
    file: Path
    released: str
    settings: Mapping[str, Any]
    page: str


def drawn(recipe: demo.Recipe, seed: int, folder: Path) -> Drawn | None:
    """The report of a small file; None where the rule lets nothing be published."""
    file = folder / "data" / f"{seed}_{recipe.file}"
    file.parent.mkdir(parents=True, exist_ok=True)
    random = Random(f"{recipe.file} {seed}")
    file.write_bytes(FILES[recipe.file](random))
    settings = {**recipe.parameters, "kynnys": Random(seed).choice((3, 5, 5))} | PLAIN.get(recipe.kind, {})
    name = find(recipe.kind).path.stem
    try:
        release, page = run(name, {**settings, "data": str(file), "lomake": recipe.kind})
    except RakelabError as refused:
        if refused.key.startswith("protect."):
            return None
        raise
    return Drawn(f"{file.stem}", file, archive.dumps(release), settings, page)


#: Texts are not what is drawn.
PLAIN: dict[str, dict[str, Any]] = {
    "sosiaalinen_raportointi": {
        "lainaukset": [],
        "vastaukset": [],
        "paatostekstit": [],
        "lainaukset_hyvaksyi": "",
        "lainaukset_pvm": "",
    },
    "havainnot": {"lainaukset": [], "lainaukset_hyvaksyi": "", "lainaukset_pvm": ""},
    "toteutussuunnitelma": {"raportit": "", "hyvaksyi": "Testi Hyväksyjä"},
}


def some(rows: pd.DataFrame, random: Random) -> pd.DataFrame:
    """A few of the rows, some of them likelier than others, in their order."""
    n = min(random.choice(SIZES), len(rows))
    likely = sorted(range(len(rows)), key=lambda _: random.random() ** random.choice((1, 5)))
    return rows.iloc[sorted(likely[:n])]


def _plain(make: Callable[[], pd.DataFrame], form: str) -> Callable[[Random], bytes]:
    whole = cache(make)
    return lambda random: plain.table(some(whole(), random), codebook(form))


def _sheets(make: Callable[[int], bytes], people: Sequence[str] = ()) -> Callable[[Random], bytes]:
    """A workbook with some of the rows of its first sheet, or of its people on every sheet."""

    @cache
    def whole() -> dict[str, pd.DataFrame]:
        return pd.read_excel(BytesIO(make(demo.SEED)), sheet_name=None, dtype=object, engine="openpyxl")

    def draw(random: Random) -> bytes:
        every, (first, *_) = whole(), whole()
        chosen = _some_people(every[first], people, random) if people else some(every[first], random)
        kept = {name: _of(sheet, chosen, people) if people else sheet for name, sheet in every.items()} | {
            first: chosen
        }
        told = BytesIO()
        with pd.ExcelWriter(told, engine="openpyxl") as book:
            for name, sheet in kept.items():
                sheet.to_excel(book, sheet_name=name, index=False)
        return told.getvalue()

    return draw


def _some_people(rows: pd.DataFrame, people: Sequence[str], random: Random) -> pd.DataFrame:
    return _of(rows, some(rows.drop_duplicates([*people]), random), people)


def _of(rows: pd.DataFrame, chosen: pd.DataFrame, people: Sequence[str]) -> pd.DataFrame:
    return rows.merge(chosen[[*people]].drop_duplicates(), on=[*people]) if {*people} <= {*rows.columns} else rows


def _lines(make: Callable[[int], bytes], people: Sequence[str]) -> Callable[[Random], bytes]:
    @cache
    def whole() -> pd.DataFrame:
        return pd.read_csv(BytesIO(make(demo.SEED)), sep=";", dtype=str, keep_default_na=False)

    return lambda random: _some_people(whole(), people, random).to_csv(sep=";", index=False).encode("utf-8-sig")


_CLIENT = ("ryhma", "asiakas")
#: By the demo's file: a small one like it.
FILES: dict[str, Callable[[Random], bytes]] = {
    "palvelutarve_essote.csv": _plain(demo.essote_rows, "palvelutarve_essote"),
    "palvelutarve_kainuu.csv": _plain(demo.kainuu_rows, "palvelutarve"),
    "palvelutarve_kainuu_2022.csv": _plain(demo.next_year_rows, "palvelutarve"),
    "aktivointisuunnitelma.csv": _plain(demo.aktivointi_rows, "aktivointisuunnitelma"),
    "osaamiskartoitus.csv": _plain(lambda: osaaminen.rows(demo.SEED), osaaminen.KIND),
    "asiakaspolut.csv": _plain(lambda: polut.rows(demo.SEED), polut.KIND),
    "asiakaskysely.xlsx": lambda random: kysely.table(some(kysely.rows(demo.SEED), random), codebook(kysely.KIND)),
    "muutosmittaus.xlsx": _sheets(demo.KUNTOUTUS.make, _CLIENT),
    "paihdekuntoutus.csv": _lines(demo.PAIHDE.make, _CLIENT),
    "sosiaalinen_raportointi.xlsx": _sheets(demo.RAPORTOINTI.make),
    "havainnot.csv": _plain(lambda: havainnot.rows(demo.SEED), havainnot.KIND),
    "tapahtumat.csv": _plain(tapahtumat.rows, tapahtumat.KIND),
    "opintojaksopalaute.csv": _plain(lambda: tapahtumat.feedback(demo.SEED), tapahtumat.FEEDBACK),
    "toteutussuunnitelma.xlsx": _sheets(demo.TOTEUTUS.make),
}


def run(name: str, settings: Mapping[str, Any]) -> tuple[Any, str]:
    """What a notebook released, and all that it shows, in English."""
    cells = json.loads(find(name).path.read_text(encoding="utf-8"))["cells"]
    codes = ["".join(one["source"]) for one in cells if one["cell_type"] == "code"]
    space: dict[str, Any] = {}
    shown: list[str] = []
    every = partial(present.findings, ranked=False)
    with (
        patch.object(present, "findings", every),
        patch.object(pen.Pen, "svg", lambda _: '<svg width="1pt" height="1pt"/>'),
    ):
        for i, code in enumerate(codes):
            last = _run(code, space)
            if i == 0:
                space |= {k: v for k, v in settings.items() if k in space} | {"lang": "en"}
            if isinstance(last, present.Exhibit):
                shown.append(last.html("en"))
    return space["released"], "\n".join(shown)


def _run(code: str, space: dict[str, Any]) -> Any:
    """Runs a cell; the value of its last line, as JupyterLab shows it."""
    tree = ast.parse(code)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), space)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), space) if last else None


# --- what is not so ---------------------------------------------------------------------------------------------


def report_of(one: Drawn, beside: dict[str, Report]) -> Report:
    """A drawn report with its rows, read by the recount; it comes among those ``beside`` it."""
    released = json.loads(one.released)
    sheets = prepared(one.file, released["account"]["codebook"], one.settings)
    beside[one.name] = Report(one.name, released, sheets, beside)
    return beside[one.name]


def told(one: Drawn) -> list[Found]:
    """Everything that the page claims, with what is wrong about it."""
    return list(claims(Page(one.name, [report_of(one, {})]), one.page))


def yearly(several: Sequence[Drawn], folder: Path) -> tuple[Page, str]:
    """The yearly page that is gathered from several reports, and the reports with their rows."""
    beside: dict[str, Report] = {}
    for one in several:
        (folder / one.name).mkdir(parents=True)
        (folder / one.name / "released.json").write_text(one.released, encoding="utf-8")
        report_of(one, beside)
    _, page = run("sosiaalinen_raportti", {"data": str(folder)})
    return Page("sosiaalinen_raportti", list(beside.values())), page


def main(first: int, last: int, folder: Path) -> None:
    pages, claimed, false = 0, 0, 0
    for seed in range(first, last + 1):
        reports = [one for recipe in demo.RECIPES if (one := drawn(recipe, seed, folder))]
        found = [one for report in reports for one in told(report)]
        found += claims(*yearly(reports, folder / f"gathered{seed}"))
        for one in (one for one in found if one.why):
            print(f"{one.report} · {one.statistic} · {one.where}: {one.why}", flush=True)
        pages, claimed = pages + len(reports) + 1, claimed + len(found)
        false += sum(bool(one.why) for one in found)
        print(f"seed {seed}: {pages} pages, {claimed} claims, {false} false", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
