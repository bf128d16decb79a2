"""Two releases side by side: what is told of both, what is not, and what is refused."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from spec import account, one_way, variable

from rakelab import archive, estimate
from rakelab.cells import Release, State, key
from rakelab.errors import FileError
from rakelab.population import Trait
from rakelab.protect import Policy, protect

NOW, THEN = {"a": 90, "b": 55, "c": 40, "d": 2}, {"a": 40, "b": 60, "c": 45, "d": 30}


def made(counts: dict[str, int], n: int, *, policy: Policy | None = None, **about: Any) -> Release:
    tally = one_way("v", counts, base=200, multiple=True)
    return protect([replace(tally, account=account(200, sha256=f"{n:064d}", **about))], policy)


@pytest.fixture
def beside(tmp_path: Path) -> Callable[..., Release]:
    def compare(
        first: Release, second: Release, names: Sequence[str] = ("2021", "2022"), people: str = "eri"
    ) -> Release:
        for name, part in (("ennen", first), ("nyt", second)):
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / "released.json").write_text(archive.dumps(part), encoding="utf-8")
        return archive.compare(tmp_path, only=["ennen", "nyt"], names=names, people=people)

    return compare


def test_a_table_of_both_has_the_numbers_of_each_and_a_verdict(beside) -> None:
    first, second = made(THEN, 1), made(NOW, 2)
    (table,) = beside(first, second).values()
    then, now = (estimate.proportion(table, key(("v", "a")), column) for column in table.view.columns)
    assert (then.count.value, then.base.value, now.count.value, now.base.value) == (40, 200, 90, 200)
    assert [table.label(column[0], "sv") for column in table.view.columns] == ["2021", "2022"]
    turns = {said.row[0][1]: said.verdict.turn.value for said in estimate.verdicts(table)}
    assert turns["a"] == "up"
    assert {said.verdict.family for said in estimate.verdicts(table)} == {len(turns)}


def test_what_is_hidden_in_one_is_not_compared(beside) -> None:
    (table,) = beside(made(THEN, 1), made(NOW, 2)).values()
    hidden = [cell for cell in table.cells.values() if cell.state is State.HIDDEN]
    assert hidden
    differences = {own.row[0][1]: own for own in estimate.compare(table)}
    assert differences["d"].difference.state is State.HIDDEN
    assert not differences["d"].verdict.known


def test_it_comes_back_from_its_file_and_a_verdict_of_its_own_does_not(beside) -> None:
    release = beside(made(THEN, 1), made(NOW, 2))
    text = archive.dumps(release)
    again = archive.loads(text)
    assert archive.dumps(again) == text
    document = json.loads(text)
    own = next(said for said in document["verdicts"] if "/" not in said["table"] and said["verdict"] == "up")
    own["verdict"] = "down"
    with pytest.raises(FileError) as caught:
        archive.loads(json.dumps(document))
    assert caught.value.key == "archive.untrue_verdicts"


def trait(name: str, role: str = "") -> tuple[frozenset[Trait], ...]:
    return (frozenset({Trait(name, "", role, 0)}),)


@pytest.mark.parametrize(
    ("first", "second", "key"),
    [
        ({}, {"policy": Policy(7)}, "archive.rules_differ"),
        ({}, {"version": "2"}, "archive.forms_differ"),
        ({}, {"codebook": "toinen"}, "archive.forms_differ"),
        ({}, {"populations": trait("nuori")}, "archive.people_differ"),
    ],
)
def test_what_cannot_be_compared_is_told_in_a_sentence(beside, first, second, key) -> None:
    with pytest.raises(FileError) as caught:
        beside(made(THEN, 1, **first), made(NOW, 2, **second))
    assert caught.value.key == key
    assert caught.value.sentence("fi").count("\n") == 0


def test_the_same_file_is_not_compared_with_itself(beside) -> None:
    with pytest.raises(FileError) as caught:
        beside(made(THEN, 1), made(NOW, 1))
    assert caught.value.key == "archive.same_rows"


@pytest.mark.parametrize("names", [["2021"], ["2021", "2021"], ["", "2022"], ["2021", "x" * 41], ["a", "010190-901T"]])
def test_names_are_two_short_ones_that_point_at_nobody(beside, names) -> None:
    with pytest.raises(FileError) as caught:
        beside(made(THEN, 1), made(NOW, 2), names)
    assert caught.value.key == "archive.not_two_names"


def test_one_report_is_not_two(beside, tmp_path: Path) -> None:
    beside(made(THEN, 1), made(NOW, 2))
    with pytest.raises(FileError) as caught:
        archive.compare(tmp_path, only=["nyt"])
    assert caught.value.key == "archive.not_two"


def test_without_names_they_are_called_by_their_files(beside) -> None:
    release = beside(made(THEN, 1, file="kevat.csv"), made(NOW, 2, file="syksy.csv"), ())
    (table,) = release.values()
    assert [table.label(column[0], "fi") for column in table.view.columns] == ["kevat", "syksy"]
    assert table.variables["julkaisu"].role == ""


def yearly(year: str, n: int, **about: Any) -> Release:
    """A release of one year, whose table tells it."""
    tally = one_way("v", THEN if n % 2 else NOW, base=200, multiple=True)
    words = {**tally.variables, "vuosi": variable([year], role="period")}
    own = replace(tally, account=account(200, sha256=f"{n:064d}", **about), variables=words)
    return protect([replace(own, view=replace(own.view, by="vuosi"))])


def columns(release: Release) -> list[str]:
    table = next(table for table in release.values() if table.view.variable == "v")
    return [table.label(column[0], "fi") for column in table.view.columns]


def test_the_earlier_stands_first_whatever_its_folder_is_called(tmp_path: Path) -> None:
    """A rise told as a fall: the folder of the later release came first."""
    for name, part in (("a", yearly("2022", 1)), ("b", yearly("2021", 2))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "released.json").write_text(archive.dumps(part), encoding="utf-8")
    assert columns(archive.compare(tmp_path, only=[])) == ["2021", "2022"]
    named = archive.compare(tmp_path, only=["a", "b"], names=["vuosi 2022", "vuosi 2021"])
    assert columns(named) == ["vuosi 2021", "vuosi 2022"]
    assert next(iter(named.values())).variables["julkaisu"].role == "period"
    with pytest.raises(FileError, match="kaksi eri nimeä"):
        archive.compare(tmp_path, only=[], names=["2021", "2022"])


def test_two_areas_are_no_course_of_time(beside) -> None:
    made = beside(yearly("2021", 1, area="Kainuu"), yearly("2022", 2, area="Essote"), ("Kainuu 2021", "Essote 2022"))
    assert next(iter(made.values())).variables["julkaisu"].role == ""


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        (made(THEN, 1), made(NOW, 2), "archive.perhaps_the_same"),  # neither tells when or where
        (made(THEN, 1, area="Kainuu"), made(NOW, 2), "archive.perhaps_the_same"),
        (yearly("2021", 1), made(NOW, 2), "archive.perhaps_the_same"),
        (yearly("2021", 1), yearly("2021", 2), "archive.same_period"),
        (yearly("2021", 1), yearly("2022", 2), ""),
        (yearly("2021", 1, area="Kainuu"), yearly("2021", 2, area="Essote"), ""),
    ],
)
def test_who_can_be_in_both_is_not_compared_unless_somebody_answers_for_it(beside, first, second, refused) -> None:
    if not refused:
        assert beside(first, second, (), "")
        return
    with pytest.raises(FileError) as caught:
        beside(first, second, (), "")
    assert caught.value.key == refused
