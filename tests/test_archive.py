"""released.json: written and read back to the same bytes, and nothing hidden stands in it."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hostile import spoilt
from spec import account, adds_up, drawn, one_way, two_way

from rakelab import archive, indicators, prepare, present
from rakelab.cells import TOTAL, Excerpt, Link, Moments, Release, State, key, name_of
from rakelab.errors import FileError, RakelabError
from rakelab.protect import Policy, protect, release_quotes


@pytest.fixture(scope="module")
def report() -> Release:
    """A whole report: groups, means, pairs, a model, advice, hidden cells of every kind."""
    line = "{year} | {place} | {sex} | {age} | {ill} | {needs} | {support}"
    head = "vuosi | kunta | sukupuoli | ika | sairaudet | tuen_tarpeet | erityisen_tuen_tarve\n"
    lines = [
        line.format(
            year=2020 + i % 2,
            place=("205", "205", "290", "muu")[i % 4],
            sex=("nainen", "mies", "nainen", "ei_kysytty")[i * 7 % 4],
            age="" if i % 11 == 0 else 18 + i * 37 % 60,
            ill=("psyykkinen", "ei_mainintaa", "psyykkinen, paihderiippuvuus", "")[i * 5 % 4 if i % 3 else 1],
            needs=("talous", "talous, asuminen", "talous, arki, paihteet", "ei_tarvetta", "")[i % 5],
            support=("kylla", "ei")[i % 3 == 0],
        )
        for i in range(90)
    ]
    people = prepare.bands(prepare.periods(drawn(head + "\n".join(lines))), "ikaryhma", "nuori")
    people = prepare.accumulation(people, "tuen_tarpeet")
    tallies = [indicators.profile(people, name, by="vuosi") for name in ("sukupuoli", "ikaryhma")]
    tallies += [make(people, by=by) for make in (indicators.needs, indicators.illnesses) for by in ("vuosi", "kunta")]
    tallies += [indicators.mean_age(people, by="vuosi"), indicators.accumulation(people, by="vuosi")]
    tallies += [indicators.together(people), indicators.special_support_patterns(people)]
    return protect(tallies)


@pytest.fixture(scope="module")
def data(report: Release) -> dict[str, Any]:
    return json.loads(archive.dumps(report))


# --- there and back -------------------------------------------------------------------------------------------


def test_the_same_bytes_come_back(report: Release) -> None:
    text = archive.dumps(report)
    assert archive.dumps(archive.loads(text)) == text


def test_the_same_tables_come_back(report: Release) -> None:
    again = archive.loads(archive.dumps(report))
    assert again.tables == report.tables
    assert again.account == report.account
    assert again.rule == report.rule
    assert again.thresholds == {one: n for one, n in report.thresholds.items() if one in report.cells}
    assert set(again.relations) <= set(report.relations)


def test_words_come_back_in_all_languages(report: Release) -> None:
    again = archive.loads(archive.dumps(report))["needs_vuosi"]
    words = [again.label(("tuen_tarpeet", "talous"), lang) for lang in ("fi", "sv", "en")]
    assert words == ["Talous", "Ekonomi", "Money"]
    assert again.label(("vuosi", "2020"), "sv") == "2020"


def test_written_by_line(report: Release) -> None:
    """One entry a line, so that two reports can be compared."""
    lines = archive.dumps(report).splitlines()
    assert sum(line.startswith('{"id": ') for line in lines) >= len(report.cells)
    assert '"format": "rakelab-released-2"' in lines[1]


# --- nothing hidden -------------------------------------------------------------------------------------------


def every(node: Any) -> Any:
    """All tables of the JSON, nested ones too."""
    if isinstance(node, dict):
        yield node
        for one in node.values():
            yield from every(one)
    elif isinstance(node, list):
        for one in node:
            yield from every(one)


def test_what_is_hidden_has_no_value_anywhere(data: dict[str, Any]) -> None:
    states = [one for one in every(data) if "state" in one]
    assert {one["state"] for one in states} >= {"hidden", "shown", "zero"}
    for one in states:
        assert ("value" in one) == (one["state"] in ("shown", "zero")), one


def test_a_number_of_a_hidden_cell_is_hidden(data: dict[str, Any]) -> None:
    hidden = {cell["id"] for cell in data["cells"] if cell["state"] == "hidden"}
    tied = [one for one in data["numbers"] if {one["cell"], one["base_cell"]} & hidden]
    assert len(tied) > 20
    assert {one["state"] for one in tied} == {"hidden"}


def test_a_hidden_base_is_not_told(data: dict[str, Any]) -> None:
    cells = {cell["id"]: cell for cell in data["cells"]}
    for one in data["numbers"]:
        base = cells.get(one["base_cell"])
        assert one["base"] == (base or {}).get("value")


def test_one_number_for_one_cell(data: dict[str, Any]) -> None:
    cells = {cell["id"]: cell for cell in data["cells"]}
    assert len(cells) == len(data["cells"])
    for one in data["numbers"]:
        if one["statistic"] == "count":
            assert (one["state"], one.get("value")) == (cells[one["cell"]]["state"], cells[one["cell"]].get("value"))


def test_percentages_are_of_the_cells(data: dict[str, Any]) -> None:
    cells = {cell["id"]: cell for cell in data["cells"]}
    shown = [one for one in data["numbers"] if one["statistic"] == "percent" and one["state"] == "shown"]
    assert shown
    for one in shown:
        assert one["value"] == pytest.approx(100 * cells[one["cell"]]["value"] / one["base"], abs=0.051)


def test_relations_name_published_cells_only(data: dict[str, Any]) -> None:
    cells = {cell["id"] for cell in data["cells"]}
    assert data["relations"]
    assert {term["cell"] for one in data["relations"] for term in one["terms"]} <= cells
    assert {one["relation"] for one in data["relations"]} == {"==", "<="}


def test_published_relations_hold_in_what_is_shown(data: dict[str, Any]) -> None:
    cells = {cell["id"]: cell.get("value") for cell in data["cells"]}
    checked = 0
    for one in data["relations"]:
        values = [(cells[term["cell"]], term["coefficient"]) for term in one["terms"]]
        if all(value is not None for value, _ in values):
            total = sum(value * n for value, n in values)
            assert total == 0 if one["relation"] == "==" else total <= 0
            checked += 1
    assert checked > 5


def test_a_relation_over_a_cell_that_no_table_shows_stays_inside() -> None:
    """The link names the group that the table does not list."""
    unlisted = Link(((key(("v", "a")), 1), (key(("w", "x")), -1)), "<=")
    release = protect([one_way("v", {"a": 9, "b": 20}, links=[unlisted])])
    assert [one["relation"] for one in archive.as_dict(release)["relations"]] == ["=="]


def test_advice_and_thresholds_are_written() -> None:
    tally = two_way([[2, 2, 20], [3, 3, 20], [3, 40, 50]], row_traits={"threshold": 8})
    data = archive.as_dict(protect([tally]))
    assert data["tables"][0]["advice"] is not None
    assert {cell["id"]: cell["threshold"] for cell in data["cells"]} | {"*": 5, "h=1": 5, "v=a": 8} == {
        cell["id"]: cell["threshold"] for cell in data["cells"]
    }
    assert data["rule"] == {"threshold": 5, "sensitive_threshold": 10, "floor": 3, "indicative_base": 30}


def test_the_account_is_written_without_a_digest_of_rows() -> None:
    tally = one_way("v", {"a": 40, "b": 53})
    tally = replace(tally, account=account(93, read=97, rows="digest", steps=(("prepare.why.last", 93),)))
    written = archive.as_dict(protect([tally]))["account"]
    assert written["read"] == {"state": "hidden"}
    assert written["steps"] == [{"why": "prepare.why.last", "state": "shown", "value": 93}]
    assert "digest" not in json.dumps(written)


def test_the_total_is_a_star() -> None:
    assert name_of(TOTAL) == "*"
    release = protect([replace(one_way("v", {"a": 9}), links=(adds_up("v", "a"),))], Policy(threshold=3))
    assert [cell["id"] for cell in archive.as_dict(release)["cells"]] == ["*", "v=a"]


# --- other files ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", "null", "7", '"rakelab-released-2"', "[1, 2]", '{"format": 7, "cells": 3}'],
)
def test_another_json_is_refused(text: str) -> None:
    with pytest.raises(FileError):
        archive.loads(text)


def test_a_refusal_in_words() -> None:
    with pytest.raises(FileError) as caught:
        archive.loads('{"cells": []}')
    assert caught.value.sentence("en") == "The file is not a released.json of rakelab."
    with pytest.raises(FileError) as caught:
        archive.loads('{"format": "rakelab-released-9"}')
    assert caught.value.sentence("en") == (
        "The file's format rakelab-released-9 differs from this version's rakelab-released-2. Make the report again."
    )


@pytest.mark.parametrize("part", ["cells", "tables", "variables", "account", "relations", "rule"])
def test_a_file_without_a_part_is_refused(data: dict[str, Any], part: str) -> None:
    less = {name: one for name, one in data.items() if name != part}
    with pytest.raises(FileError):
        archive.loads(json.dumps(less))
    with pytest.raises(FileError):
        archive.loads(json.dumps({**data, part: 7}))


@pytest.mark.parametrize("wrong", [{"state": "secret"}, {"state": "hidden", "value": 3}, {"state": "shown"}])
def test_a_cell_that_contradicts_itself_is_refused(data: dict[str, Any], wrong: dict[str, Any]) -> None:
    """What comes in is sealed again, so a hidden cell with a value must not."""
    cell = {"id": "v=a", "dimensions": {"v": "a"}, "threshold": 5, **wrong}
    with pytest.raises(FileError):
        archive.loads(json.dumps({**data, "cells": [*data["cells"], cell]}))


@pytest.mark.parametrize("days", [0, -1, 1.5, "31", True, None])
def test_a_period_is_some_whole_days_long(data: dict[str, Any], days: object) -> None:
    (name,) = list(data["variables"])[:1]
    longer = {**data["variables"], name: {**data["variables"][name], "lengths": {"a": days}}}
    with pytest.raises(FileError):
        archive.loads(json.dumps({**data, "variables": longer}))
    archive.loads(json.dumps({**data, "variables": {**longer, name: {**longer[name], "lengths": {"a": 31}}}}))


def test_states_of_the_release_are_all_there(report: Release) -> None:
    assert {cell.state for cell in report.cells.values()} == {State.SHOWN, State.HIDDEN, State.ZERO}


# --- files that mean no good ----------------------------------------------------------------------------------


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
