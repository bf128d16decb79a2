"""released.json: written and read back to the same bytes, and nothing hidden stands in it."""

import json
from dataclasses import replace
from typing import Any

import pytest
from spec import account, adds_up, drawn, one_way, two_way

from rakelab import archive, indicators, prepare
from rakelab.cells import TOTAL, Link, Release, State, key, name_of
from rakelab.errors import FileError
from rakelab.protect import Policy, protect


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
