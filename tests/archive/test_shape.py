"""A released.json that somebody else has written: whatever stands in it, a sentence or a release comes of it."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hostile import spoilt
from spec import account, one_way, two_way

from rakelab import archive, present
from rakelab.cells import Excerpt, Moments, key
from rakelab.errors import FileError, RakelabError
from rakelab.protect import protect, release_quotes


@pytest.fixture(scope="module")
def small() -> dict[str, Any]:
    """A report of two questions and a mean, with hidden cells, a quotation and a step."""
    table = two_way([[3, 12], [9, 20]])
    steps = (("prepare.why.last", 44),)
    table = replace(table, account=account(44, read=60, steps=steps))
    numbers = replace(one_way("x", {"vastattu": 20}, base=44, multiple=True), account=table.account)
    view = replace(numbers.view, measure="mean")
    numbers = replace(numbers, view=view, moments={key(("x", "vastattu")): Moments(3.25, 1.5)})
    excerpt = Excerpt(2, "Asunnon saaminen kesti kauan.", "t/w=k")
    quotes = release_quotes([excerpt], approved_by="Aino Testaaja", date="2026-11-20")
    open_answer = replace(one_way("w", {"k": 24, "e": 20}), account=table.account)
    return json.loads(archive.dumps(protect([table, numbers, open_answer], quotes=quotes)))


def opened(document: Any) -> str:
    """What reading a document comes to: a sentence of ours, or the release as text; anything else is a failure."""
    try:
        return archive.dumps(archive.loads(json.dumps(document)))
    except RakelabError as caught:
        refused = caught.sentence("en")
    assert not re.search("010190-900A|\x1b", refused)
    return ""


def test_no_value_in_the_wrong_place_ends_in_anything_but_a_sentence(small: dict[str, Any]) -> None:
    """Each of the values of a file by each strange one: refused in words, or read as a release that can be drawn."""
    whole = {name: part for name, part in small.items() if name != "numbers"} | {"numbers": []}
    tried = read = 0
    for place, document in spoilt(whole, every=3):
        tried += 1
        text = opened(document)
        if text:
            read += 1
            assert opened(json.loads(text)) == text, place
            for table in archive.loads(text).values():
                assert present.table(table).html("fi"), place
    assert tried > 1000
    assert read < tried / 3


@pytest.mark.parametrize("cell", ["v=a", "h=1|v=a", "h=2", "*"])
@pytest.mark.parametrize(
    "wrong", [{"value": -3}, {"value": 2.5}, {"value": True}, {"value": "9"}, {"value": 10**12}, {"value": 0},
              {"state": "zero"}, {"state": "missing"}, {"state": "hidden"}, {"threshold": -1}, {"threshold": "5"},
              {"threshold": 2}, {"dimensions": {"v": 1}}, {"dimensions": {"v": "zz"}}, {"state": ["shown"]}],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_refused(small: dict[str, Any], cell: str, wrong: dict[str, Any]) -> None:
    cells = [{**one, "state": "shown", "value": 20, **wrong} if one["id"] == cell else one for one in small["cells"]]
    with pytest.raises(FileError):
        archive.loads(json.dumps({**small, "cells": cells}))


def with_cells(document: dict[str, Any], **values: int) -> str:
    """The file with some counts shown: names of cells without ``=`` and ``|``."""
    names = {one["id"].replace("=", "").replace("|", "_"): one["id"] for one in document["cells"]}
    told = {names[name]: value for name, value in values.items()}
    cells = [
        {**one, "state": "shown" if told[one["id"]] else "zero", "value": told[one["id"]]} if one["id"] in told else one
        for one in document["cells"]
    ]
    return json.dumps({**document, "cells": cells, "relations": []})


@pytest.mark.parametrize("values", [{"h1_va": 3}, {"h1_va": 1, "h2_va": 14}, {"h2_va": 28}, {"h2_vb": 29}, {"va": 43}])
def test_a_count_below_the_limit_that_the_file_states_is_refused(small: dict[str, Any], values: dict[str, int]) -> None:
    """A small count, or a small rest of its base."""
    with pytest.raises(FileError) as caught:
        archive.loads(with_cells(small, **values))
    assert caught.value.key == "archive.breaks_rule"


def test_a_limit_is_not_what_a_cell_says_of_itself(small: dict[str, Any]) -> None:
    cells = [{**one, "threshold": 1} for one in json.loads(with_cells(small, h1_va=3))["cells"]]
    with pytest.raises(FileError):
        archive.loads(json.dumps({**small, "cells": cells, "relations": []}))


@pytest.mark.parametrize(
    "rule", [{}, {"threshold": 2}, {"threshold": 1, "floor": 1}, {"floor": 0}, {"sensitive_threshold": 1},
             {"threshold": "5"}, {"threshold": None}, {"threshold": True}, {"threshold": 5.0}],
)  # fmt: skip
def test_a_rule_that_there_cannot_be_is_refused(small: dict[str, Any], rule: dict[str, Any]) -> None:
    with pytest.raises(FileError):
        archive.loads(json.dumps({**small, "rule": {**small["rule"], **rule} if rule else {}}))


def test_relations_must_hold(small: dict[str, Any]) -> None:
    terms = [{"cell": "h=1", "coefficient": 2}, {"cell": "*", "coefficient": -1}]
    wrong = {"terms": terms, "relation": "==", "value": 0}
    for relation in (wrong, {**wrong, "relation": "<", "value": 0}, {**wrong, "value": 4}, {**wrong, "terms": 3}):
        with pytest.raises(FileError):
            archive.loads(json.dumps({**small, "relations": [*small["relations"], relation]}))
    within = {**wrong, "relation": "<=", "terms": [{"cell": "*", "coefficient": 1}, {"cell": "h=1", "coefficient": -1}]}
    with pytest.raises(FileError):
        archive.loads(json.dumps({**small, "relations": [within]}))


def test_a_mean_of_hidden_people_is_refused(small: dict[str, Any]) -> None:
    table = next(one for one in small["tables"] if one["means"])
    assert table["means"][0]["mean"]["state"] == "shown"
    cells = [one for one in small["cells"] if one["id"] != "x=vastattu"]
    hidden = {"id": "x=vastattu", "dimensions": {"x": "vastattu"}, "state": "hidden", "threshold": 5}
    with pytest.raises(FileError) as caught:
        archive.loads(json.dumps({**small, "cells": [*cells, hidden]}))
    assert caught.value.key == "archive.breaks_rule"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none_are_refused(small: dict[str, Any], number: str) -> None:
    text = json.dumps(small)
    assert '"value": 3.25' in text or '"value": 3.2' in text
    for spelt in ('"value": 3.25', '"value": 3.2'):
        text = text.replace(spelt, f'"value": {number}')
    with pytest.raises(FileError):
        archive.loads(text)


@pytest.mark.parametrize("part", ["cells", "tables"])
def test_a_name_that_stands_twice_is_refused(small: dict[str, Any], part: str) -> None:
    with pytest.raises(FileError):
        archive.loads(json.dumps({**small, part: [*small[part], small[part][0]]}))
    text = json.dumps(small).replace('"relations"', '"rule": {"threshold": 3}, "relations"', 1)
    with pytest.raises(FileError):
        archive.loads(text)


@pytest.mark.parametrize("text", ["[" * 200_000, '{"format":' * 100_000, '{"format": 1' + "0" * 5000 + "}"])
def test_what_is_deep_or_long_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(FileError) as caught:
        archive.loads(text)
    assert caught.value.key == "archive.not_released"


def test_what_is_enormous_is_not_even_read(monkeypatch: pytest.MonkeyPatch, small: dict[str, Any]) -> None:
    monkeypatch.setattr("rakelab.archive.shape.LARGEST", 1000)
    with pytest.raises(FileError):
        archive.loads(json.dumps(small))


@pytest.mark.parametrize("format_", ["010190-900A", "\x1b[2J", "rakelab\nreleased", "x" * 500])
def test_a_format_is_not_repeated_unless_it_is_a_plain_name(format_: str) -> None:
    with pytest.raises(FileError) as caught:
        archive.loads(json.dumps({"format": format_}))
    assert format_ not in caught.value.sentence("en")


@pytest.mark.parametrize("place", ["file", "codebook", "version", "title", "why"])
def test_an_identity_code_in_the_account_is_refused(small: dict[str, Any], place: str) -> None:
    account_ = json.loads(json.dumps(small["account"]))
    if place == "why":
        account_["steps"][0]["why"] = "vain 010190-900A"
    else:
        account_[place] = dict.fromkeys(("fi", "sv", "en"), "010190-900A") if place == "title" else "010190-900A"
    with pytest.raises(FileError):
        archive.loads(json.dumps({**small, "account": account_}))


@pytest.mark.parametrize("digest", ["", "A" * 64, "0" * 63, "0" * 65, "g" * 64, " " + "0" * 63, 0, None])
def test_a_check_sum_is_64_digits(small: dict[str, Any], digest: Any) -> None:
    with pytest.raises(FileError):
        archive.loads(json.dumps({**small, "account": {**small["account"], "sha256": digest}}))


@pytest.mark.parametrize("numbers", [(60, 58, 44), (60, 44, 43), (40, 44, 44), (60, 30, 44), (48, 44, 44)])
def test_rows_read_and_used_keep_the_rule(small: dict[str, Any], numbers: tuple[int, int, int]) -> None:
    read, step, used = ({"state": "shown", "value": n} for n in numbers)
    steps = [{"why": "prepare.why.last", **step}]
    wrong = {**small["account"], "read": read, "used": used, "steps": steps}
    with pytest.raises(FileError):
        archive.loads(json.dumps({**small, "account": wrong}))


def test_a_table_cannot_choose_where_it_is_written(small: dict[str, Any]) -> None:
    for name in ("../../x", "a/b", "a\\b", ".x", "", "x\n"):
        tables = [{**small["tables"][0], "id": name}, *small["tables"][1:]]
        with pytest.raises(FileError):
            archive.loads(json.dumps({**small, "tables": tables}))
