"""The same numbers, the same cells hidden: in every run, and whatever the order of tables, rows, columns and people."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from spec import BOOK, dataset, one_way, two_way

from rakelab import archive, indicators, prepare
from rakelab.cells import Key, State, Tally
from rakelab.codebook import MISSING_KINDS
from rakelab.dataset import Dataset
from rakelab.protect import Policy, protect

TESTS = Path(__file__).parents[1]
FEW = ("vuosi", "kunta", "sukupuoli", "ika", "tuen_tarpeet", "sairaudet", "erityisen_tuen_tarve")


def drawn(seed: int, n: int) -> list[dict[str, str]]:
    """People with rare answers of every kind."""
    random = np.random.default_rng(seed)
    rare = {name: (*BOOK[name].values, *MISSING_KINDS) for name in ("kunta", "sukupuoli", "erityisen_tuen_tarve")}
    needs, ill = ([o.value for o in BOOK[name].categories if not o.exclusive] for name in ("tuen_tarpeet", "sairaudet"))
    return [
        {"vuosi": str(2020 + random.integers(2)), "ika": str(random.integers(18, 80)),
         **{name: str(random.choice(levels, p=_skewed(len(levels)))) for name, levels in rare.items()},
         "tuen_tarpeet": ", ".join(one for one in needs if random.random() < 0.3) or "tyhja",
         "sairaudet": ", ".join(one for one in ill if random.random() < 0.2) or "ei_mainintaa"}
        for _ in range(n)
    ]  # fmt: skip


def _skewed(n: int) -> np.ndarray:
    weights = 0.45 ** np.arange(n)
    return weights / weights.sum()


def tables(rows: Sequence[dict[str, str]]) -> list[Tally]:
    people: Dataset = prepare.bands(prepare.periods(dataset(rows)), "ikaryhma", "nuori")
    people = prepare.accumulation(people, "tuen_tarpeet")
    return [
        indicators.profile(people, "sukupuoli", by="vuosi"), indicators.needs(people, by="kunta"),
        indicators.illnesses(people, by="vuosi"), indicators.accumulation(people, by="vuosi"),
        indicators.special_support(people, by="nuori"), indicators.mean_age(people, by="vuosi"),
        indicators.together(people, options=("talous", "asuminen", "arki")),
    ]  # fmt: skip


def hidden(tallies: Sequence[Tally], policy: Policy | None = None) -> set[Key]:
    return {one for one, cell in protect(list(tallies), policy).cells.items() if cell.state is State.HIDDEN}


CASES = [(seed, n) for seed, n in enumerate((20, 45, 150))]


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"n={case[1]}")
def rows(request: pytest.FixtureRequest) -> list[dict[str, str]]:
    return drawn(*request.param)


def test_something_is_hidden_and_something_is_not(rows: list[dict[str, str]]) -> None:
    made = tables(rows)
    assert 3 < len(hidden(made)) < len(protect(made).cells)


def test_the_order_of_tables_does_not_matter(rows: list[dict[str, str]]) -> None:
    made = tables(rows)
    first = hidden(made)
    random = np.random.default_rng(1)
    for _ in range(2):
        assert hidden([made[i] for i in random.permutation(len(made))]) == first
    assert hidden(made[::-1]) == first


def test_the_order_of_rows_and_columns_and_of_what_is_known_does_not_matter(rows: list[dict[str, str]]) -> None:
    made = tables(rows)
    random = np.random.default_rng(2)
    first = hidden(made)
    for _ in range(2):
        assert hidden([shuffled(one, random) for one in made]) == first


def shuffled(one: Tally, random: np.random.Generator) -> Tally:
    """The table with its rows, columns, counts and links in another order."""
    view = replace(one.view, rows=mixed(one.view.rows, random), columns=mixed(one.view.columns, random))
    counts = dict(mixed(tuple(one.counts.items()), random))
    links = tuple(replace(link, terms=mixed(link.terms, random)) for link in mixed(one.links, random))
    return replace(one, view=view, counts=counts, links=links)


def mixed(some: tuple, random: np.random.Generator) -> tuple:
    return tuple(some[i] for i in random.permutation(len(some)))


def test_the_order_of_people_does_not_matter(rows: list[dict[str, str]]) -> None:
    first = protect(tables(rows))
    random = np.random.default_rng(3)
    for _ in range(2):
        again = protect(tables([rows[i] for i in random.permutation(len(rows))]))
        assert again.cells == first.cells
        assert {name: table.means for name, table in again.items()} == {n: t.means for n, t in first.items()}


TIED = {
    "equal rows": [two_way([[2, 9, 9], [9, 9, 9], [9, 9, 9]])],
    "two small ones": [two_way([[1, 7, 7, 7], [7, 1, 7, 7], [7, 7, 7, 7]])],
    "one question": [one_way("v", dict.fromkeys("abcdefg", 9) | {"d": 2})],
    "two tables": [two_way([[2, 9], [9, 9]], names=("v", "h")), two_way([[2, 9], [9, 9]], names=("w", "h"))],
}


@pytest.mark.parametrize("name", TIED)
def test_ties_are_broken_alike_in_every_order(name: str) -> None:
    """Many covers are as good as each other here."""
    made = TIED[name]
    first = hidden(made)
    random = np.random.default_rng(4)
    for _ in range(10):
        order = [shuffled(one, random) for one in made]
        assert hidden([order[i] for i in random.permutation(len(order))]) == first


def test_a_hundred_runs_give_the_same_bytes() -> None:
    made = tables(drawn(7, 45))[:3]
    first = archive.dumps(protect(made))
    assert all(archive.dumps(protect(made)) == first for _ in range(100))


RUN = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from tests.protect.test_same import drawn, tables
from rakelab import archive
from rakelab.protect import protect
print(hashlib.sha256(archive.dumps(protect(tables(drawn(7, 45)))).encode()).hexdigest())
"""


def test_runs_of_other_processes_give_the_same_bytes() -> None:
    """Names are hashed otherwise in every process; nothing may follow that order."""
    folders = os.pathsep.join((str(TESTS), str(TESTS.parent)))
    told = {
        subprocess.run(
            [sys.executable, "-c", RUN, str(TESTS)],
            env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": folders},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in (1, 2, 3)
    }  # fmt: skip
    assert len(told) == 1
