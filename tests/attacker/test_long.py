"""The long run can be stopped and goes on where it stopped; its figures are sums of what is done."""

import json
from pathlib import Path

import pytest

from . import long


def outcome(seed: int) -> long.Outcome:
    """Stands for a report: seed 3 leaks, seed 4 is refused."""
    if seed == 4:
        return {"seed": seed, "refused": True, "protect_seconds": 0.1}
    made = {"seed": seed, "people": 20 + seed, "cells": 10, "shown": 6, "hidden": 3, "zero": 1, "protected": 2}
    leaks = ["count v=a  (1,) True"] if seed == 3 else []
    return {**made, "violations": leaks, "protect_seconds": 0.1, "attack_seconds": 0.2}


def run(out: Path, reports: int) -> int:
    return long.main(["--reports", str(reports), "--seed", "1", "--processes", "1", "--out", str(out)])


def test_figures_are_sums_and_a_second_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(long, "outcome", lambda seed: asked.append(seed) or outcome(seed))
    out = tmp_path / "figures.json"
    assert run(out, 2) == 0
    assert run(out, 5) == 1
    assert asked == [1, 2, 3, 4, 5]
    found = json.loads(out.read_text(encoding="utf-8"))
    assert (found["reports"], found["refused"], found["cells"], found["violations"]) == (4, 1, 40, 1)
    assert (found["shown_share"], found["seeds_with_violations"], found["seeds"]) == (0.7, [3], [1, 5])
    assert found["by_people"] == {"16-29": {"reports": 4, "shown_share": 0.7}}


def test_a_line_that_was_cut_off_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long, "outcome", outcome)
    out = tmp_path / "figures.json"
    lines = tmp_path / "figures.json.lines"
    lines.write_text(json.dumps(outcome(1)) + "\n" + '{"seed": 2, "peo\n', encoding="utf-8")
    assert run(out, 2) == 0
    assert [one["seed"] for one in long.read(lines)] == [1, 2]
