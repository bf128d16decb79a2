"""Random answers to any form, and what its notebook counts of them: the notebook's own cells run up to ``protect``.

A new notebook is one line in ``KINDS``. Reading is replaced: where the notebook reads a sheet, random answers to that
sheet's form come back. Answers are skewed and few on purpose.
"""

import ast
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import numpy as np
import pandas as pd

from rakelab.cells import Tally
from rakelab.codebook import MISSING_KINDS, Codebook, Field, codebook
from rakelab.dataset import ANSWERED, Dataset, Origin, state_column

from .draws import days, missing_state, multiple, ratings, single
from .means import Noise
from .points import Scale

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
FEWEST, MOST = 10, 120
Columns = dict[str, Any]
#: Notebook -> what is done to the random answers of its form before the notebook has them.
Shape = Callable[[np.random.Generator, Columns, Codebook], Columns]


class _StopError(Exception):
    """The notebook has come to ``protect``."""


class Refused(Exception):  # noqa: N818
    """The notebook does not accept these answers (too few, nothing measured)."""


def sheet(random: np.random.Generator, book: Codebook, n: int, codes: list[str]) -> Dataset:
    """``n`` random rows of a form; ``codes`` name people or notifications."""
    kind = random.choice(3, size=n, p=random.dirichlet([1.0, 0.5, 0.3]))  # people of a kind answer alike
    columns: Columns = {}
    for field in book.fields:
        if not field.of:
            columns |= _answers(random, field, (kind, columns), codes)
    columns = SHAPES.get(book.name, _as_it_is)(random, columns, book)
    first = next(iter(columns.values()))
    frame = pd.DataFrame(columns, index=pd.RangeIndex(2, len(first) + 2))
    return Dataset(frame, book, Origin("random.csv", "0" * 64, "random", synthetic=True), read=len(frame), set_aside=0)


def _answers(random: np.random.Generator, field: Field, known: tuple[np.ndarray, Columns], codes: list[str]) -> Columns:
    kind, columns = known
    n = len(kind)
    if field.multiple:
        return multiple(random, field, (kind, columns))
    if field.choice:
        return {field.name: single(random, field, kind)}
    if field.type in ("integer", "number"):
        return _numbers(random, field, kind)
    if field.type == "date":
        return {field.name: days(random, n)}
    if field.role == "group":
        return {field.name: np.array(["AB"[i % len(codes) % 5 < 2] for i in range(n)], dtype=object)}
    named = field.role == "person" or field.name.endswith(("_id", "ilmoitukset", "tunnus"))
    return {field.name: np.array([codes[i % len(codes)] if named else None for i in range(n)], dtype=object)}


def _numbers(random: np.random.Generator, field: Field, kind: np.ndarray) -> Columns:
    n = len(kind)
    if field.role == "period":
        values, state = random.choice([2020.0, 2022.0], size=n, p=random.dirichlet([2.0, 2.0])), np.full(n, ANSWERED)
    else:
        state = missing_state(random, (), n)
        values = np.where(state == ANSWERED, ratings(random, field, kind), np.nan)
    return {field.name: values, state_column(field.name): pd.Categorical(state, categories=[ANSWERED, *MISSING_KINDS])}


# --- what single forms need -----------------------------------------------------------------------------------


def _as_it_is(_: np.random.Generator, columns: Columns, __: Codebook) -> Columns:
    return columns


def _measured_twice(random: np.random.Generator, columns: Columns, book: Codebook) -> Columns:
    """Each person at the start, most at the end; few answers change, and little."""
    n = len(columns[book.role("person").name])
    point = book.role("point").name
    stay = random.random(n) < random.choice([0.5, 0.9, 1.0])
    both = np.concatenate([np.arange(n), np.flatnonzero(stay)])
    made = {name: _take(values, both) for name, values in columns.items()}
    last = np.arange(len(both)) >= n
    made[point] = pd.Categorical(np.where(last, "loppu", "alku"), categories=list(book[point].levels))
    made[book.role("date").name] = pd.to_datetime(np.where(last, "2021-05-01", "2021-01-10"))
    consent = book.role("consent")
    made[consent.name] = pd.Categorical([consent.values[0]] * len(both), categories=list(consent.levels))
    share = random.choice([0.1, 0.3, 0.9])
    for field in book.fields:
        if field.type == "integer" and not field.role:
            step = random.choice([-2, -1, 1, 2], size=len(both)) * (last & (random.random(len(both)) < share))
            made[field.name] = np.clip(made[field.name] + step, field.minimum, field.maximum)
    return made


def _take(values: Any, places: np.ndarray) -> Any:
    return values.take(places) if isinstance(values, pd.Categorical) else np.asarray(values)[places]


def _two_coders(random: np.random.Generator, columns: Columns, book: Codebook) -> Columns:
    """The coders agree but for a few; what they agreed on is what one of them said."""
    made = dict(columns)
    for end in ("alussa", "lopussa"):
        agreed = columns[end]
        for coder in ("koodaaja1", "koodaaja2"):
            name = f"{end}_{coder}"
            own = random.random(len(agreed)) < random.choice([0.0, 0.05, 0.3])
            codes = np.where(own, columns[name].codes, agreed.codes)
            made[name] = pd.Categorical.from_codes(codes, categories=list(book[name].levels))
    return made


def _assignments(random: np.random.Generator, columns: Columns, _: Codebook) -> Columns:
    """Some notifications led to an assignment, few to two."""
    n = len(columns["ilmoitukset"])
    some = random.integers(n, size=max(n // 3, 1))
    return {name: _take(values, some) for name, values in columns.items()}


def _few_each(_: np.random.Generator, columns: Columns, book: Codebook) -> Columns:
    """Events of few people from each unit; some of none."""
    numbers = [field.name for field in book.fields if field.numeric]
    return columns | {name: columns[name] % 9 for name in numbers}


SHAPES: Mapping[str, Shape] = {
    "muutosmittaus": _measured_twice, "asiakaspolut": _two_coders, "toimeksiannot": _assignments,
    "paatokset": _assignments, "tapahtumat": _few_each,
}  # fmt: skip


def notebook_of(kind: str) -> Path:
    """The client survey has the notebook of any survey."""
    return NOTEBOOKS / f"{'kysely' if kind == 'asiakaskysely' else kind}.ipynb"


#: Every notebook that reads rows, but ``palvelutarve``, whose people ``reports`` makes.
KINDS = tuple(
    name
    for name in (
        "osaamiskartoitus", "asiakaskysely", "asiakaspolut", "aktivointisuunnitelma", "muutosmittaus",
        "sosiaalinen_raportointi", "toteutussuunnitelma", "havainnot", "tapahtumat",
    )
    if notebook_of(name).exists()
)  # fmt: skip
SIDE_FORMS = (
    "muutosmittaus_interventio",
    "muutosmittaus_palaute",
    "muutosmittaus_havainto",
    "toimeksiannot",
    "paatokset",
)
SHEETS = ("Interventio", "Palaute", "Havainto", "toimeksiannot", "päätökset")  # beside the first of a workbook
SETTINGS = {"tutkimuslupa": "lupa 1/2026", "hyvaksyi": "Aino Testaaja", "hyvaksytty_pvm": "2026-11-20"}


# --- the notebook ---------------------------------------------------------------------------------------------


def counted(kind: str, seed: int) -> tuple[list[Tally], dict[str, Any]]:
    """The tallies that the notebook hands to ``protect`` for the people of ``seed``, and everything it named.

    Raises Refused where the notebook refuses the answers."""
    from rakelab.errors import RakelabError

    random = np.random.default_rng([seed, sum(map(ord, kind))])
    n = int(np.exp(random.uniform(np.log(FEWEST), np.log(MOST + 1))))
    found: list[Tally] = []
    names: dict[str, Any] = {}
    parameters, code = _code(kind)
    exec(parameters, names)
    names |= {one: value for one, value in SETTINGS.items() if one in names}
    names["kynnys"] = int(random.choice([5, 5, 5, 3, 8]))
    names |= _instead(random, n, found)
    try:
        with patch("rakelab.prepare.sheets.load", names["loaders"].load):
            exec(code, names)
    except _StopError:
        return found, names
    except RakelabError as refusal:
        raise Refused(type(refusal).__name__ + ": " + refusal.key) from None
    raise AssertionError(f"{kind}: no protect")


def _instead(random: np.random.Generator, n: int, found: list[Tally]) -> dict[str, Any]:
    """What stands in for reading and for the wall."""
    codes = [f"K{i}" for i in range(n)]

    def protect(tallies: Any, *_: Any, **__: Any) -> None:
        found.extend(listed(tallies))
        raise _StopError

    known: list[Mapping[str, Any]] = []

    def load(_: Any, form: str, **__: Any) -> Dataset:
        book = codebook(form)
        made = sheet(random, book, n, codes)
        made = replace(made, origin=replace(made.origin, other_sheets=sheets))
        return made if known or book.name in SIDE_FORMS else chosen(random, made, known)

    sheets = tuple(one for one in SHEETS if random.random() < 0.6)
    return {
        "loaders": SimpleNamespace(load=load),
        "protect": protect,
        "parameters": SimpleNamespace(check=lambda _: None),
        KNOWN: known,
    }


def listed(tallies: Any) -> list[Tally]:
    """Also those in lists within the list."""
    return [tallies] if isinstance(tallies, Tally) else [one for some in tallies for one in listed(some)]


#: Under this name stands what everybody in the report is known to be.
KNOWN = "tunnettua"


def chosen(random: np.random.Generator, rows: Dataset, known: list[Mapping[str, Any]]) -> Dataset:
    """All rows, or (two times in five) those with the commonest answer to some question: a filter of a year, an area,
    a group, an illness."""
    from rakelab import prepare

    fields = [one for one in rows.codebook.fields if one.choice and not one.multiple and one.role != "consent"]
    if not fields or random.random() < 0.6:
        return rows
    field = fields[random.integers(len(fields))]
    sizes = rows.frame[field.name].value_counts().reindex(list(field.values))
    if not sizes.max() > FEWEST:
        return rows
    known.append({"role": field.role, "sensitivity": field.sensitivity, "threshold": field.threshold})
    return prepare.select(rows, f"{field.name} == {sizes.idxmax()}", why="valinta")


@cache
def _code(kind: str) -> tuple[Any, Any]:
    """The notebook's parameters, and its code without the imports of what is replaced."""
    notebook = json.loads(notebook_of(kind).read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    first = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", ())]
    rest = ast.parse("\n".join("".join(cell["source"]) for cell in cells if cell not in first))
    for one in rest.body:
        if isinstance(one, ast.ImportFrom):
            one.names = [name for name in one.names if name.name not in ("loaders", "parameters", "protect")]
    rest.body = [one for one in rest.body if not isinstance(one, ast.ImportFrom) or one.names]
    return compile("".join(first[0]["source"]), kind, "exec"), compile(rest, kind, "exec")


def scales(tallies: list[Tally], names: Mapping[str, Any]) -> dict[str, Scale]:
    """What the form says of every number whose mean is told: whole numbers from here to there."""
    found: dict[str, Scale] = {}
    for variable, dataset in _means(tallies, names):
        field = dataset.codebook[variable]
        low, high = field.minimum, field.maximum
        if low is not None and high is not None:
            unit = 1.0 if field.type == "integer" else _unit(dataset.codebook, variable)
            if unit and _on(dataset.frame[variable].to_numpy(dtype=float), unit):
                found[variable] = Scale(low, high, unit)
    return found


def _means(tallies: list[Tally], names: Mapping[str, Any]) -> list[tuple[str, Dataset]]:
    made = []
    for tally in tallies:
        if tally.view.measure == "mean":
            rows = [one for one in names.values() if isinstance(one, Dataset) and one.account == tally.account]
            made += [(name, one) for ((name, _),) in tally.view.rows for one in rows[-1:] if name in one.frame]
    return made


def noise(names: Mapping[str, Any]) -> dict[str, Noise]:
    """What the keys of the instruments say of the noise of each scale."""
    found = {}
    for dataset in [one for one in names.values() if isinstance(one, Dataset)]:
        for used in dataset.codebook.instruments:
            for scale in used.scales:
                if scale.reliability and scale.direction != "none":
                    better = 1 if scale.direction == "higher_better" else -1
                    found[used.score_column(scale.name)] = Noise(scale.reliability.value, better)
    return found


def _unit(book: Codebook, variable: str) -> float:
    """A score is a sum or a mean of whole-number items (nothing is known of other scores)."""
    for used in book.instruments:
        for scale in used.scales:
            if variable.startswith(used.score_column(scale.name)):
                return {"sum": 1.0, "mean": 1 / len(scale.items)}.get(scale.rule, 0.0)
    return 0.0


def _on(values: np.ndarray, unit: float) -> bool:
    known = values[~np.isnan(values)] / unit
    return bool(np.allclose(known, np.round(known)))
