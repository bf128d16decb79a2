"""A released.json that says of its own numbers what does not follow from them is refused in a sentence."""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from spec import WORDS, account, adds_up, two_way, variable

from rakelab import archive
from rakelab.archive import released
from rakelab.cells import TOTAL, Moments, Tally, View, join, key
from rakelab.errors import FileError
from rakelab.protect import protect

Json = dict[str, Any]
GROUPS = {"1": 60, "2": 44}
#: By question the mean of each group, and of a change.
MEANS = {"a": (2.0, 3.1), "b": (2.5, 2.5), "c": (3.0, 2.4), "d_muutos": (0.4, 0.41)}


def areas() -> Tally:
    """Means of four questions in two groups; one of them is a change."""
    columns = {key(("h", h)): n for h, n in GROUPS.items()}
    rows = tuple(key((name, "vastattu")) for name in MEANS)
    inner = {join(row, column): n for row in rows for column, n in columns.items()}
    ends = zip(inner, (value for pair in MEANS.values() for value in pair), strict=True)
    total = sum(columns.values())
    return Tally(
        view=View("m", "change", "a", rows, tuple(columns), by="h", measure="mean"),
        counts={TOTAL: total, **columns, **inner},
        links=(adds_up("h", GROUPS),),
        variables={name: variable(["vastattu"]) for name in MEANS} | {"h": variable(GROUPS)},
        account=account(total),
        moments={one: Moments(value, 1.03) for one, value in ends},
    )


@pytest.fixture(scope="module")
def said() -> Json:
    shares = two_way([[30, 8], [30, 36]])
    return json.loads(archive.dumps(protect([areas(), replace(shares, account=areas().account)])))


def refusal(document: Json) -> str:
    with pytest.raises(FileError) as caught:
        archive.loads(json.dumps(document))
    return caught.value.key


def test_what_was_written_is_read(said: Json) -> None:
    assert {one["method"] for one in said["verdicts"]} == {"fisher", "welch", "student"}
    assert {one["verdict"] for one in said["verdicts"]} == {"up", "down", "still"}
    assert len(archive.loads(json.dumps({**said, "verdicts": said["verdicts"][::-1]}))) == 2


@pytest.mark.parametrize("change", [
    {"verdict": "still"}, {"verdict": "down"}, {"family": 5}, {"method": "guess"}, {"row": {"v": "zz"}},
    {"verdict": None}, {"table": "other"}, {"a": {"h": "2"}},
])  # fmt: skip
def test_a_verdict_that_the_numbers_do_not_give_is_refused(said: Json, change: Json) -> None:
    wrong = deepcopy(said)
    next(one for one in wrong["verdicts"] if one["verdict"] == "up").update(change)
    assert refusal(wrong) == "archive.untrue_verdicts"


def test_verdicts_are_all_of_them_and_once(said: Json) -> None:
    for verdicts in (said["verdicts"][1:], [*said["verdicts"], said["verdicts"][0]], []):
        assert refusal({**said, "verdicts": verdicts}) == "archive.untrue_verdicts"


def test_a_verdict_on_a_hidden_count_is_refused(said: Json) -> None:
    """The count is taken away, what was said of it stays."""
    wrong = deepcopy(said)
    hidden = next(one for one in wrong["cells"] if one["id"] == "h=1|v=a")
    hidden["state"] = "hidden"
    del hidden["value"]
    assert refusal(wrong) == "archive.untrue_verdicts"


@pytest.fixture
def numbers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Verdicts are not held against the numbers: what is said beside the means has to be refused by itself."""
    monkeypatch.setattr(released, "same_verdicts", lambda *_: None)


def judged(document: Json, *cells: str) -> Json:
    table = next(one for one in document["tables"] if one["judged"])
    return next(one for one in table["judged"] if one["cells"] == list(cells))


A, B, C, D = ([f"{'|'.join(sorted((f'{name}=vastattu', f'h={h}')))}" for h in GROUPS] for name in MEANS)


def value(n: float) -> Json:
    return {"state": "shown", "value": n} if n else {"state": "zero", "value": 0}


@pytest.mark.parametrize(
    ("cells", "change"),
    [
        (B, {"beyond": True}),  # around nothing, and beyond chance
        (A, {"beyond": False}),  # far from nothing among four, and within
        (A, {"family": 3}),
        (A, {"low": value(-0.2)}),  # the interval holds nothing, p is small
        (A, {"high": value(1.1)}),  # the mean itself is its end
        (A, {"low": value(1.2), "high": value(1.9)}),
        (A, {"p": value(0.7)}),
        (A, {"p": value(1)}),
        (B, {"p": value(0.01)}),
        (A, {"p": {"state": "hidden"}}),
        (A, {"low": {"state": "hidden"}}),
        (D[:1], {"beyond": False}),
        (D[:1], {"low": value(-0.1)}),
        (A, {"size": value(1.2)}),  # the means beside it are 2.0 and 3.1
        (A, {"size": value(-1.1)}),
        (A, {"size": {"state": "hidden"}}),
        (D[:1], {"size": value(0.5)}),  # 0.4 of deviations of 1.03
    ],
)
@pytest.mark.usefixtures("numbers_alone")
def test_what_is_judged_of_means_must_follow_from_them(said: Json, cells: list[str], change: Json) -> None:
    wrong = deepcopy(said)
    judged(wrong, *cells).update(change)
    assert refusal(wrong) == "archive.untrue_verdicts"


@pytest.mark.usefixtures("numbers_alone")
def test_what_is_evident_cannot_be_said_to_be_within_chance() -> None:
    """No skewness takes a difference of nine standard errors back to nothing."""
    apart = {**areas().moments, key(("a", "vastattu"), ("h", "2")): Moments(4.0, 1.03)}
    wrong = json.loads(archive.dumps(protect([replace(areas(), moments=apart)])))
    judged(wrong, *A).update({"p": value(1), "beyond": False})
    assert refusal(wrong) == "archive.untrue_verdicts"


@pytest.mark.usefixtures("numbers_alone")
def test_all_that_can_be_judged_is_and_nothing_else(said: Json) -> None:
    table = next(one for one in said["tables"] if one["judged"])
    for some in (table["judged"][1:], [*table["judged"], {**judged(said, *A), "cells": A[::-1]}], []):
        wrong = {**said, "tables": [{**one, "judged": some} if one is table else one for one in said["tables"]]}
        assert refusal(wrong) == "archive.untrue_verdicts"


@pytest.mark.parametrize("change", [
    {"low": value(2.2)}, {"high": value(2.1)}, {"low": {"state": "hidden"}}, {"mean": value(2.6)}, {"sd": value(2.4)},
    {"mean": {"state": "hidden"}}, {"sd": value(1e300)}, {"mean": value(1e300), "low": value(1e300)},
])  # fmt: skip
@pytest.mark.usefixtures("numbers_alone")
def test_a_mean_has_the_interval_of_its_deviation(said: Json, change: Json) -> None:
    wrong = deepcopy(said)
    table = next(one for one in wrong["tables"] if one["means"])
    next(one for one in table["means"] if one["cell"] == A[0]).update(change)
    assert refusal(wrong) == "archive.untrue_verdicts"


def test_no_report_is_refused_for_its_rounding() -> None:
    """Random means, also such as are a hair from the next step, and changes near nothing."""
    random = np.random.default_rng(4)
    for _ in range(150):
        one = areas()
        moments = {}
        for cell in one.moments:
            sd = float(random.choice([0.013, 0.5, 1.0, 9.99, 131.0]) * random.uniform(0.95, 1.05))
            moments[cell] = Moments(float(sd * random.normal(0, 0.3)), sd)
        made = protect([replace(one, moments=moments)])
        table, back = made["m"], archive.loads(archive.dumps(made))["m"]
        assert (back.means, back.judged) == (table.means, table.judged)


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[Json], Path]:
    def write(document: Json) -> Path:
        (tmp_path / "a").mkdir()
        (tmp_path / "a" / "released.json").write_text(json.dumps(document), encoding="utf-8")
        return tmp_path

    return write


def test_whoever_gathers_is_told_of_the_folder(folder: Callable[[Json], Path], said: Json) -> None:
    with pytest.raises(FileError) as caught:
        archive.gather(folder({**said, "verdicts": []}), WORDS)
    assert (caught.value.key, caught.value.values["folder"]) == ("archive.untrue_verdicts_in", "a")
    for lang in ("fi", "sv", "en"):
        assert "released.json" in caught.value.sentence(lang)


def test_an_older_format_is_refused_by_its_name(folder: Callable[[Json], Path], said: Json) -> None:
    """Files of format 1 have no verdicts, and tables without what is judged."""
    old = deepcopy(said) | {"format": "rakelab-released-1"}
    del old["verdicts"]
    for table in old["tables"]:
        table.pop("judged")
    assert refusal(old) == "archive.other_format"
    with pytest.raises(FileError) as caught:
        archive.gather(folder(old), WORDS)
    assert caught.value.key == "archive.other_format_in"
    assert "rakelab-released-1" in caught.value.sentence("en")


def test_verdicts_of_a_gathered_file_are_those_of_its_parts(folder: Callable[[Json], Path], said: Json) -> None:
    whole = json.loads(archive.dumps(archive.gather(folder(said), WORDS)))
    assert len(archive.loads(json.dumps(whole)).parts) == 1
    assert len(whole["verdicts"]) == len(said["verdicts"])
    whole["verdicts"][0]["verdict"] = "still" if whole["verdicts"][0]["verdict"] != "still" else "up"
    assert refusal(whole) == "archive.untrue_verdicts"
