"""What random reports are, and that the attacker notices when one tells more than it may."""

from typing import Any

import numpy as np
import pytest

from .attack import attack, check_truth, load
from .reports import FEWEST, MOST, Case, asked_of, case, people, tables

pytest.importorskip("rakelab.archive")


def test_random_people_fill_the_form() -> None:
    sizes = [len(people(seed)) for seed in range(40)]
    assert min(sizes) < 40
    assert max(sizes) > 400
    assert all(FEWEST <= n <= MOST for n in sizes)
    again = people(3).frame
    assert again.equals(people(3).frame)


def test_random_reports_have_something_to_protect() -> None:
    small = zero = 0
    for seed in range(6):
        counts = {one: n for t in tables(people(seed), np.random.default_rng([seed, 1])) for one, n in t.counts.items()}
        small += sum(0 < n < 5 for n in counts.values())
        zero += sum(n == 0 for n in counts.values())
    assert small > 100
    assert zero > 100


def released(seed: int) -> Case:
    made = case(seed)
    assert made is not None
    return made


@pytest.mark.parametrize("seed", [0, 4, 5, 7])
def test_showing_a_hidden_cell_of_a_safe_report_is_noticed(seed: int) -> None:
    """Shows protected cells one at a time: each must be a violation by itself."""
    made = released(seed)
    hidden = [cell["id"] for cell in made.released["cells"] if cell["state"] == "hidden"]
    for cell in [one for one in hidden if 0 < made.truth[one] < 3][:3]:
        assert any(one.cell == cell for one in attack(_shown(made, [cell]), made.truth).violations)


def test_without_its_secondary_cells_a_report_leaks() -> None:
    """Shows every hidden cell that is not small itself."""
    made = released(5)
    mild = [c["id"] for c in made.released["cells"] if c["state"] == "hidden" and made.truth[c["id"]] >= c["threshold"]]
    assert attack(made.released, made.truth).violations == ()
    assert attack(_shown(made, mild), made.truth).violations


@pytest.mark.parametrize("seed", [2, 7])
def test_each_row_holds_for_the_true_counts(seed: int) -> None:
    made = released(seed)
    check_truth(load(made.released), made.truth)


def _shown(made: Case, cells: list[str]) -> dict[str, Any]:
    def one(cell: dict[str, Any]) -> dict[str, Any]:
        n = made.truth[cell["id"]]
        return {**cell, "state": "shown" if n else "zero", "value": n} if cell["id"] in cells else cell

    return {**made.released, "cells": [one(cell) for cell in made.released["cells"]]}


@pytest.mark.parametrize("kind", ["kunta", "condition", "one_only", "joined", "year", "both"])
def test_reports_of_fewer_than_everybody_are_attacked(kind: str) -> None:
    """Some seed of each kind makes a report, and what its people are known to be is written down."""
    seeds = (seed for seed in range(300) if _kind(seed) == kind)
    made = next(one for seed in seeds if (one := case(seed)))
    assert bool(made.known) == (kind != "year")


def _kind(seed: int) -> str:
    asked = asked_of(seed)
    chosen = {"kunta": asked.kunta, "condition": asked.condition, "one_only": asked.one_only, "joined": asked.joined,
              "year": asked.vuodet}  # fmt: skip
    named = [name for name, value in chosen.items() if value]
    return "both" if len(named) > 1 else (named or ["all"])[0]
