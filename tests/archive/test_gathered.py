"""Several releases as one, and a page without rows: what is taken, what is passed over, what is refused."""

import contextlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hostile import spoilt
from spec import account, one_way, two_way

from rakelab import archive, present
from rakelab.cells import TOTAL, Moments, Release, State, key
from rakelab.errors import FileError, RakelabError
from rakelab.protect import Policy, protect

TITLE = {"fi": "Vuosi", "sv": "År", "en": "Year"}


def made(n: int, *, title: str = "w", policy: Policy | None = None, file: int = 0) -> Release:
    """A release of one's own file: ``v`` by ``h`` with hidden cells, and a mean."""
    tally = two_way([[3, 12], [9, 20 + n]])
    tally = replace(
        tally, account=account(tally.counts[TOTAL], sha256=f"{file or n:064d}", title=dict.fromkeys(TITLE, title))
    )
    numbers = one_way("x", {"vastattu": 20}, base=tally.counts[TOTAL], multiple=True)
    moments = {key(("x", "vastattu")): Moments(3.25, 1.5)}
    numbers = replace(numbers, account=tally.account, moments=moments, view=replace(numbers.view, measure="mean"))
    return protect([tally, numbers], policy)


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    def write(**parts: Release | str) -> Path:
        for name, part in parts.items():
            (tmp_path / name).mkdir()
            text = part if isinstance(part, str) else archive.dumps(part)
            (tmp_path / name / "released.json").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def refused(place: Path, **named: Any) -> RakelabError:
    with pytest.raises(RakelabError) as caught:
        archive.gather(place, TITLE, **named)
    return caught.value


# --- what is taken --------------------------------------------------------------------------------------------


def test_tables_of_all_parts_by_folder_and_name(folder: Callable[..., Path]) -> None:
    found = archive.gather(folder(kevat=made(1), syksy=made(2)), TITLE)
    assert list(found) == ["kevat/t_v_h", "kevat/t_x", "syksy/t_v_h", "syksy/t_x"]
    assert all(table.view.id == name for name, table in found.items())
    assert [part.id for part in found.parts] == ["kevat", "syksy"]


def test_every_number_is_its_parts(folder: Callable[..., Path]) -> None:
    parts = {"kevat": made(1), "syksy": made(2)}
    document = json.loads(archive.dumps(archive.gather(folder(**parts), TITLE)))
    for name, part in parts.items():
        alone = archive.as_dict(part)["numbers"]
        mine = [one for one in document["numbers"] if one["table"].startswith(f"{name}/")]
        assert mine == [{**one, "table": f"{name}/{one['table']}"} for one in json.loads(json.dumps(alone))]
    assert any(one["state"] == "hidden" for one in document["numbers"])


def test_cells_carry_their_parts_name(folder: Callable[..., Path]) -> None:
    found = archive.gather(folder(kevat=made(1), syksy=made(2)), TITLE)
    assert found.cells[key(("julkaisu", "kevat"))].value == 45
    assert found.cells[key(("julkaisu", "syksy"))].value == 46
    assert TOTAL not in found.cells


def test_there_and_back(folder: Callable[..., Path]) -> None:
    text = archive.dumps(archive.gather(folder(kevat=made(1), syksy=made(2)), TITLE))
    again = archive.loads(text)
    assert archive.dumps(again) == text
    assert again.account.title == TITLE
    assert again["kevat/t_x"].means == made(1)["t_x"].means


def test_a_tables_title_tells_where_it_comes_from(folder: Callable[..., Path]) -> None:
    found = archive.gather(folder(kevat=made(1, title="Kevään lomake"), syksy=made(2, title="Syksyn")), TITLE)
    html = present.table(found["kevat/t_v_h"]).html("fi")
    caption = html.partition("<caption")[2].partition("</caption>")[0]
    assert "Kevään lomake" in caption
    assert found["syksy/t_v_h"].source == dict.fromkeys(TITLE, "Syksyn")


def test_one_invented_part_makes_the_whole_invented(folder: Callable[..., Path]) -> None:
    real = made(2)
    real = replace(real, account=replace(real.account, synthetic=False))
    assert archive.gather(folder(b=real), TITLE).account.synthetic is False
    assert archive.gather(folder(a=made(1)), TITLE).account.synthetic is True


def test_only_some_folders(folder: Callable[..., Path]) -> None:
    place = folder(kevat=made(1), syksy=made(2), muu=made(3))
    assert [part.id for part in archive.gather(place, TITLE, only=["syksy", "kevat"]).parts] == ["kevat", "syksy"]
    found = refused(place, only=["talvi", "kevat", "alku"])
    assert (found.key, found.values) == ("archive.no_such_report", {"folders": "alku, talvi"})


# --- what is passed over --------------------------------------------------------------------------------------


def test_gathered_ones_and_pages_without_rows_are_passed_over(folder: Callable[..., Path]) -> None:
    place = folder(kevat=made(1))
    folder(vuosi=archive.gather(place, TITLE), sivu=archive.without_rows(TITLE))
    (place / "tyhja").mkdir()
    (place / "released.json").write_text("rikki", encoding="utf-8")
    assert [part.id for part in archive.gather(place, TITLE).parts] == ["kevat"]


@pytest.mark.parametrize("parts", [{}, {"sivu": archive.without_rows(TITLE)}])
def test_a_folder_without_reports_says_so(folder: Callable[..., Path], parts: dict[str, Release]) -> None:
    assert refused(folder(**parts)).key == "archive.nothing_to_gather"


def test_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    found = refused(tmp_path / "ei_ole")
    assert found.key == "archive.nothing_to_gather"
    assert str(tmp_path) not in found.sentence("fi")


# --- what is refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "3", "null", '{"format": "rakelab-released-2"}', '{"tables": []}', "\ud7ff"]
)
def test_a_broken_file_is_told_by_its_folder(folder: Callable[..., Path], text: str) -> None:
    found = refused(folder(kevat=made(1), rikki=text))
    assert (found.key, found.values) == ("archive.not_released_in", {"folder": "rikki", "file": "released.json"})


def test_a_file_that_is_no_text_is_told_by_its_folder(folder: Callable[..., Path]) -> None:
    place = folder(rikki="")
    (place / "rikki" / "released.json").write_bytes(b"\xff\xfe\x00")
    assert refused(place).values["folder"] == "rikki"


def test_another_format_is_refused(folder: Callable[..., Path]) -> None:
    found = refused(folder(vanha=archive.dumps(made(1)).replace("rakelab-released-2", "rakelab-released-0")))
    assert (found.key, found.values["folder"]) == ("archive.other_format_in", "vanha")


def test_different_rules_are_told_with_their_reports(folder: Callable[..., Path]) -> None:
    found = refused(folder(a=made(1), b=made(2, policy=Policy(threshold=3)), c=made(3)))
    assert (found.key, found.values) == ("archive.rules_differ", {"rules": "5: a, c; 3: b"})


def test_two_reports_of_one_file_are_told(folder: Callable[..., Path]) -> None:
    place = folder(a=made(1, file=7), b=made(2, file=7), c=made(3), d=made(4, file=9), e=made(5, file=9))
    found = refused(place)
    assert (found.key, found.values) == ("archive.same_rows", {"folders": "a, b; d, e"})
    assert len(archive.gather(place, TITLE, only=["a", "c", "e"]).parts) == 3


def test_a_hidden_cell_with_a_value_is_refused(folder: Callable[..., Path]) -> None:
    document = archive.as_dict(made(1))
    next(one for one in document["cells"] if one["state"] == "hidden")["value"] = 3
    assert refused(folder(a=json.dumps(document))).key == "archive.not_released_in"


def changed(release: Release, **account_: Any) -> str:
    document = archive.as_dict(release)
    return json.dumps({**document, "account": {**document["account"], **account_}})


@pytest.mark.parametrize("digest", ["", "0" * 63 + "G", "A" * 64, "0" * 65, "deadbeef"])
def test_a_check_sum_that_is_none_is_refused_with_its_folder(folder: Callable[..., Path], digest: str) -> None:
    """Empty or in other letters, it would let one file in twice."""
    found = refused(folder(a=made(1), b=changed(made(2), sha256=digest)))
    assert (found.key, found.values["folder"]) == ("archive.not_released_in", "b")


@pytest.mark.parametrize("words", [{}, {"file": "b.csv"}, {"title": dict.fromkeys(TITLE, "Muu")}, {"version": "2"}])
def test_the_same_rows_in_a_file_that_was_saved_again_are_told(folder: Callable[..., Path], words: Any) -> None:
    place = folder(a=made(1), b=changed(made(1), sha256="ab" * 32, **words), c=made(3))
    found = refused(place)
    assert (found.key, found.values) == ("archive.same_rows", {"folders": "a, b"})


def test_so_are_the_same_rows_in_another_choice_of_tables(folder: Callable[..., Path]) -> None:
    """With fewer tables other cells are hidden, and the two together tell more than either."""
    table = two_way([[3, 12, 20], [9, 30, 40]])
    one = replace(one_way("h", {"1": 12, "2": 42, "3": 60}), account=replace(table.account, sha256="cd" * 32))
    assert refused(folder(a=protect([table]), b=protect([one]))).key == "archive.same_rows"


def test_as_many_people_are_not_the_same_people(folder: Callable[..., Path]) -> None:
    spring, autumn = (one_way("v", counts) for counts in ({"a": 20, "b": 20}, {"a": 20, "b": 20}))
    autumn = replace(autumn, account=replace(autumn.account, sha256="cd" * 32))
    assert len(archive.gather(folder(a=protect([spring]), b=protect([autumn])), TITLE).parts) == 2


def test_copies_of_one_file_are_told(folder: Callable[..., Path]) -> None:
    text = archive.dumps(made(1))
    assert refused(folder(a=text, b=text)).values == {"folders": "a, b"}


@pytest.mark.parametrize("n", [1, 4, 41, 44])
def test_a_part_that_shows_less_than_its_limit_is_refused_with_its_folder(folder: Callable[..., Path], n: int) -> None:
    """A small count or a small rest: ``v=a`` of 45 people."""
    document = archive.as_dict(made(1))
    cells = [{**one, "state": "shown", "value": n} if one["id"] == "v=a" else one for one in document["cells"]]
    found = refused(folder(a=json.dumps({**document, "cells": cells, "relations": []}), b=made(2)))
    assert (found.key, found.values["folder"]) == ("archive.breaks_rule_in", "a")
    assert str(n) not in found.sentence("en").replace("released.json", "")


def test_an_identity_code_in_a_steps_reason_is_refused_and_not_repeated(folder: Callable[..., Path]) -> None:
    steps = [{"why": "vain 010190-900A", "state": "shown", "value": 45}]
    found = refused(folder(a=changed(made(1), steps=steps)))
    assert (found.key, found.values["folder"]) == ("archive.not_released_in", "a")
    assert "900A" not in found.sentence("fi")


@pytest.mark.parametrize("value", [-3, -1, 1.5, "9", None, 10**40])
@pytest.mark.parametrize("place", ["cells", "read", "steps"])
def test_a_number_that_is_no_count_is_one_sentence(folder: Callable[..., Path], place: str, value: Any) -> None:
    document = json.loads(archive.dumps(made(1)))
    told = {"state": "shown", "value": value}
    if place == "cells":
        document["cells"][0] |= told
    else:
        document["account"][place] = told if place == "read" else [{"why": "x", **told}]
    where = folder(a=json.dumps(document))
    for act in (lambda at: archive.gather(at, TITLE), archive.earlier):
        with pytest.raises(FileError):
            act(where)


def test_an_enormous_file_is_not_read(folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rakelab.archive.shape.LARGEST", 500)
    assert refused(folder(a=made(1))).values["folder"] == "a"


def test_a_deep_file_is_told_by_its_folder(folder: Callable[..., Path]) -> None:
    assert refused(folder(a="[" * 200_000)).values["folder"] == "a"


def test_what_is_gathered_is_looked_at_again_when_it_is_read(folder: Callable[..., Path]) -> None:
    """A forged yearly report: one part twice, a part of another rule, a part that shows too little, a strange name."""
    document = json.loads(archive.dumps(archive.gather(folder(a=made(1), b=made(2)), TITLE)))
    first, second = document["parts"]
    small = json.loads(json.dumps(second))
    next(one for one in small["released"]["cells"] if one["id"] == "v=a").update(state="shown", value=2)
    other = json.loads(json.dumps(second))
    other["released"]["rule"]["threshold"] = 3
    for parts in (
        [first, first], [first, {**first, "id": "c"}], [first, {**first, "id": "c", "sha256": "e" * 64}],
        [first, small], [first, other], [{**first, "id": "010190-900A"}], [{**first, "id": 7}],
        [{**first, "sha256": ""}], [], {}, [None],
    ):  # fmt: skip
        with pytest.raises(FileError):
            archive.loads(json.dumps({**document, "parts": parts}))
    assert archive.loads(json.dumps(document))


def test_no_value_of_a_part_in_the_wrong_place_ends_in_anything_but_a_sentence(folder: Callable[..., Path]) -> None:
    part = json.loads(archive.dumps(made(1)))
    place = folder(a="", b=made(2))
    for _, document in spoilt({**part, "numbers": []}, every=23):
        (place / "a" / "released.json").write_text(json.dumps(document), encoding="utf-8")
        with contextlib.suppress(RakelabError):
            assert archive.loads(archive.dumps(archive.gather(place, TITLE)))


# --- a page without rows --------------------------------------------------------------------------------------


def test_a_page_without_rows_tells_no_number() -> None:
    page = archive.without_rows(TITLE)
    assert (dict(page), page.relations, page.quotes, page.cells) == ({}, (), (), {})
    assert {page.account.read.state, page.account.used.state} == {State.MISSING}
    again = archive.loads(archive.dumps(page))
    assert (again.account, dict(again)) == (page.account, {})


def test_text_that_is_no_release_is_one_sentence() -> None:
    for text in ("", "[]", '{"format": "rakelab-gathered-1"}', '{"format": "rakelab-gathered-1", "parts": []}'):
        with pytest.raises(FileError):
            archive.loads(text)
