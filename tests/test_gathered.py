"""Several releases as one, and a page without rows: what is taken, what is passed over, what is refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
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
    "text", ["", "{", "[]", "3", "null", '{"format": "rakelab-released-1"}', '{"tables": []}', "\ud7ff"]
)
def test_a_broken_file_is_told_by_its_folder(folder: Callable[..., Path], text: str) -> None:
    found = refused(folder(kevat=made(1), rikki=text))
    assert (found.key, found.values) == ("archive.not_released_in", {"folder": "rikki", "file": "released.json"})


def test_a_file_that_is_no_text_is_told_by_its_folder(folder: Callable[..., Path]) -> None:
    place = folder(rikki="")
    (place / "rikki" / "released.json").write_bytes(b"\xff\xfe\x00")
    assert refused(place).values["folder"] == "rikki"


def test_another_format_is_refused(folder: Callable[..., Path]) -> None:
    found = refused(folder(vanha=archive.dumps(made(1)).replace("rakelab-released-1", "rakelab-released-0")))
    assert (found.key, found.values["folder"]) == ("archive.not_released_in", "vanha")


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
