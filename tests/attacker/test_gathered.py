"""A yearly report is gathered from releases: it tells what its parts tell, number by number, and nothing else."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from rakelab import archive
from rakelab.errors import FileError

from .attack import attack
from .reports import Case, case, judged
from .textbook import release

TITLE = dict.fromkeys(("fi", "sv", "en"), "Vuosi")
#: Notebook and seed of each part; small ones on purpose.
PARTS = {
    "arvioinnit": ("palvelutarve", 3), "kysely": ("asiakaskysely", 5), "polut": ("asiakaspolut", 2),
    "raportointi": ("sosiaalinen_raportointi", 0), "muutos": ("muutosmittaus", 1),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of different people, with the five-person rule."""
    place = tmp_path_factory.mktemp("julkaisut")
    for name in PARTS:
        _write(place, name, part_case(name).released)
    return place


@cache
def part_case(name: str) -> Case:
    kind, seed = PARTS[name]
    return next(one for one in (case(s, kind) for s in range(seed, 99)) if one and one.released["rule"] == RULE)


RULE = {"threshold": 5, "sensitive_threshold": 10, "floor": 3, "indicative_base": 30}


def _write(place: Path, name: str, released: Any) -> None:
    """A report in its folder, made from a file of its own."""
    account = {**released["account"], "sha256": sha256(name.encode()).hexdigest()}
    (place / name).mkdir()
    (place / name / "released.json").write_text(json.dumps({**released, "account": account}), encoding="utf-8")


def gathered(place: Path) -> Any:
    return json.loads(archive.dumps(archive.gather(place, TITLE)))


def parts(place: Path) -> dict[str, Any]:
    return {path.parent.name: json.loads(path.read_text(encoding="utf-8")) for path in place.glob("*/released.json")}


def test_every_number_is_the_number_of_its_part(folder: Path) -> None:
    found = [json.dumps(one, sort_keys=True) for one in gathered(folder)["numbers"]]
    expected = [
        json.dumps({**number, "table": f"{name}/{number['table']}"}, sort_keys=True)
        for name, part in parts(folder).items()
        for number in part["numbers"]
    ]
    assert sorted(found) == sorted(expected)
    assert len(found) > 500


def test_every_part_is_there_as_it_was_published(folder: Path) -> None:
    document = gathered(folder)
    assert {part["id"]: part["released"] for part in document["parts"]} == parts(folder)
    for part in document["parts"]:
        assert part["sha256"] == sha256((folder / part["id"] / "released.json").read_bytes()).hexdigest()


def test_nothing_else_is_in_it(folder: Path) -> None:
    document = gathered(folder)
    assert set(document) == {"format", "rule", "account", "parts", "numbers", "verdicts"}
    assert all(set(part) == {"id", "sha256", "released"} for part in document["parts"])
    assert document["rule"] == RULE
    assert document["account"]["title"] == TITLE
    assert list(_numbers({**document["account"], "synthetic": None})) == []


def _numbers(one: Any) -> Iterator[float]:
    """Every number anywhere in a document."""
    if isinstance(one, dict | list):
        for part in one.values() if isinstance(one, dict) else one:
            yield from _numbers(part)
    elif isinstance(one, int | float):
        yield one


def test_each_table_of_a_page_shows_the_cells_of_its_part(folder: Path) -> None:
    release_ = archive.gather(folder, TITLE)
    alone = {name: archive.loads(json.dumps(part)) for name, part in parts(folder).items()}
    for name, table in release_.items():
        part, _, own = name.partition("/")
        assert dict(table.cells) == dict(alone[part][own].cells)
        assert table.means == alone[part][own].means
        assert table.statistics == alone[part][own].statistics


def test_the_parts_are_as_safe_together_as_alone(folder: Path) -> None:
    """Different people share no sum, so the attack on all of them is the attack on each."""
    for part in gathered(folder)["parts"]:
        verdict, looked = judged(replace(part_case(part["id"]), released=part["released"]))
        assert (*verdict.violations, *looked.leaks) == ()


def test_reading_and_writing_again_changes_nothing(folder: Path) -> None:
    text = archive.dumps(archive.gather(folder, TITLE))
    assert archive.dumps(archive.loads(text)) == text


def test_what_a_file_holds_beside_a_release_is_not_carried_along(folder: Path, tmp_path: Path) -> None:
    part = parts(folder)["kysely"]
    _write(tmp_path, "kysely", {**part, "rows": [{"nimi": "SALAINEN"}], "truth": {"*": 1}})
    assert "SALAINEN" not in archive.dumps(archive.gather(tmp_path, TITLE))
    assert gathered(tmp_path)["parts"][0]["released"] == part


def test_a_hidden_cell_that_has_a_value_is_refused(folder: Path, tmp_path: Path) -> None:
    part = parts(folder)["kysely"]
    cells = [{**one, "value": 2} if one["state"] == "hidden" else one for one in part["cells"]]
    assert cells != part["cells"]
    _write(tmp_path, "kysely", {**part, "cells": cells})
    with pytest.raises(FileError) as refused:
        archive.gather(tmp_path, TITLE)
    assert refused.value.key == "archive.not_released_in"


def test_two_reports_of_one_file_are_refused(folder: Path, tmp_path: Path) -> None:
    """Side by side, what one of them hides could be the difference of the two."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "released.json").write_bytes((folder / "polut" / "released.json").read_bytes())
    with pytest.raises(FileError):
        archive.gather(tmp_path, TITLE)


def test_two_releases_of_the_same_people_can_be_subtracted() -> None:
    """A limit that docs/protection.md tells of: each is safe alone; who has both, knows."""
    truth = {"*": 31, "v=a": 3, "v=b": 8, "v=c": 20}
    joined = {"*": 31, "v=a+c": 23, "v=b": 8}
    first = release(truth, {"v=a", "v=b"}, {"v": ("a", "b", "c")})
    second = release(joined, (), {"v": ("a+c", "b")})
    assert attack(first, truth).violations == ()
    assert attack(second, joined).violations == ()
    known = {one["id"]: one for one in second["cells"]}
    together = {**first, "cells": [{**one, **known.get(one["id"], {})} for one in first["cells"]]}
    assert [one.cell for one in attack(together, truth).violations] == ["v=a"]
