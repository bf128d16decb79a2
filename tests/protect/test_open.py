"""Counts that only tell of the collecting of data: who left a question blank, told however small; nothing else is."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from attacker.attack import attack
from spec import variable

from rakelab import archive, estimate, indicators
from rakelab.cells import HIDDEN, TOTAL, Key, Tally, name_of, shown
from rakelab.cells import key as of
from rakelab.codebook import Codebook, codebook
from rakelab.dataset import Dataset, Origin
from rakelab.protect import protect
from rakelab.protect.policy import is_open

OPEN = """
[codebook]
name = "kysely"
title = { fi = "Kysely", sv = "Enkät", en = "Survey" }
nonresponse = "open"
"""
FIELD = """
[[field]]
name = "{name}"
type = "{type}"
{traits}
title = {{ fi = "F", sv = "S", en = "E" }}
categories = [{options}]
"""
OPTION = '{{ value = "{}", label = {{ fi = "F", sv = "S", en = "E" }} }}'


def field(name: str, values: str, *, type: str = "string", traits: str = "") -> str:
    options = ", ".join(map(OPTION.format, values.split()))
    return FIELD.format(name=name, type=type, traits=traits, options=options)


FIELDS = (
    field("mieli", "hyva huono")
    + field("syy", "raha aika", type="list")
    + field("terveys", "hyva huono", traits='sensitivity = "health"')
    + field("kunta", "a b", traits='role = "region"')
)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Codebook]:
    place = tmp_path_factory.mktemp("lomakkeet")
    for name, head in (("open", OPEN), ("closed", OPEN.replace('nonresponse = "open"\n', ""))):
        (place / f"{name}.toml").write_text(head + FIELDS, encoding="utf-8")
    return {name: codebook(place / f"{name}.toml") for name in ("open", "closed")}


def dataset(book: Codebook, **counts: Mapping[str, int]) -> Dataset:
    """So many of each level, independent of each other: the variables are laid out in the order given."""
    columns: dict[str, object] = {}
    for name, some in counts.items():
        cells = np.repeat(list(some), list(some.values()))
        levels = ["vastattu", *(level for level in book[name].levels if level not in book[name].values)]
        if book[name].multiple:
            state = [one if one in levels else "vastattu" for one in cells]
            columns[name] = pd.Categorical(state, categories=levels)
            columns |= {f"{name}:{value}": [value in one.split("+") for one in cells] for value in book[name].values}
        else:
            columns[name] = pd.Categorical(cells, categories=list(book[name].levels))
    frame = pd.DataFrame(columns)
    return Dataset(frame, book, Origin("t.csv", "0" * 64, "t", synthetic=True), read=len(frame), set_aside=0)


# --- the rule itself ------------------------------------------------------------------------------------------

WORDS = {"v": variable(["a", "tyhja"], open=("tyhja",)), "h": variable(["1", "2"])}


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("v", "tyhja")], True),
        ([("v", "a")], False),
        ([("v", "tyhja"), ("h", "1")], False),
        ([("v", "tyhja"), ("v", "tyhja")], True),
        ([("w", "tyhja")], False),
        ([], False),
    ],
)
def test_only_what_is_open_in_every_part_is_open(pairs: list[tuple[str, str]], expected: bool) -> None:
    assert is_open(pairs, WORDS) == expected
    assert is_open(iter(pairs), WORDS) == expected


# --- in a report ----------------------------------------------------------------------------------------------


def test_two_blanks_are_told_where_the_form_lets_and_hidden_where_it_does_not(books: Mapping[str, Codebook]) -> None:
    blank = of(("mieli", "tyhja"))
    for name, expected in (("open", shown(2)), ("closed", HIDDEN)):
        people = dataset(books[name], mieli={"hyva": 20, "huono": 14, "tyhja": 2})
        found = protect([indicators.question(people, "mieli")])
        assert found["mieli"][blank] == expected
        assert found.thresholds[blank] == (1 if name == "open" else 5)


def test_blanks_of_a_sensitive_question_are_never_told(books: Mapping[str, Codebook]) -> None:
    people = dataset(books["open"], terveys={"hyva": 20, "huono": 14, "tyhja": 2})
    tally = indicators.question(people, "terveys")
    assert not tally.view.answered
    assert tally.variables["terveys"].open == ()
    assert protect([tally])["terveys"][of(("terveys", "tyhja"))] == HIDDEN


def test_a_small_answer_beside_open_blanks_stays_hidden(books: Mapping[str, Codebook]) -> None:
    """That 36 − 2 answered is told; who of them is in the small answer is not."""
    people = dataset(books["open"], mieli={"hyva": 31, "huono": 3, "tyhja": 2})
    found = protect([indicators.question(people, "mieli")])["mieli"]
    assert found[of(("mieli", "vastattu"))] == shown(34)
    assert found[of(("mieli", "tyhja"))] == shown(2)
    assert {found[of(("mieli", one))] for one in ("hyva", "huono")} == {HIDDEN}


# --- percentages ----------------------------------------------------------------------------------------------


def test_percentages_are_of_those_who_answered_and_blanks_of_everybody(books: Mapping[str, Codebook]) -> None:
    people = dataset(books["open"], mieli={"hyva": 20, "huono": 5, "tyhja": 15})
    found = protect([indicators.question(people, "mieli")])["mieli"]
    good, blank = (estimate.proportion(found, of(("mieli", one))) for one in ("hyva", "tyhja"))
    assert (good.count, good.base, good.share.value) == (shown(20), shown(25), 0.8)
    assert (blank.count, blank.base, blank.share.value) == (shown(15), shown(40), 0.375)


def test_without_leave_percentages_are_of_everybody(books: Mapping[str, Codebook]) -> None:
    people = dataset(books["closed"], mieli={"hyva": 20, "huono": 5, "tyhja": 15})
    found = protect([indicators.question(people, "mieli")])["mieli"]
    assert found.view.base(TOTAL) == TOTAL
    assert estimate.proportion(found, of(("mieli", "hyva"))).share.value == 0.5


def test_the_base_of_a_row_by_group(books: Mapping[str, Codebook]) -> None:
    people = dataset(books["open"], mieli={"hyva": 20, "huono": 14, "tyhja": 6}, kunta={"a": 25, "b": 15})
    view = indicators.question(people, "mieli", by="kunta").view
    group, answered = of(("kunta", "a")), of(("kunta", "a"), ("mieli", "vastattu"))
    assert view.base(group) == answered
    assert view.base(group, of(("mieli", "hyva"))) == answered
    assert view.base(group, of(("mieli", "tyhja"))) == group
    assert view.apart == (of(("mieli", "tyhja")),)


def test_of_a_select_all_question_those_who_answered_are_the_base(books: Mapping[str, Codebook]) -> None:
    people = dataset(books["open"], syy={"raha": 12, "aika": 9, "raha+aika": 10, "tyhja": 3})
    found = protect([indicators.question(people, "syy")])["syy"]
    money = estimate.proportion(found, of(("syy", "raha")))
    assert (money.count, money.base) == (shown(22), shown(31))
    assert found[of(("syy", "tyhja"))] == shown(3)


# --- and nothing can be worked out ----------------------------------------------------------------------------

CASES: tuple[dict[str, dict[str, int]], ...] = (
    {"mieli": {"hyva": 31, "huono": 3, "tyhja": 2}},
    {"mieli": {"hyva": 17, "huono": 2, "tyhja": 1}, "kunta": {"a": 11, "b": 9}},
    {"syy": {"raha": 12, "aika": 2, "raha+aika": 10, "tyhja": 3}},
    {"syy": {"raha": 12, "aika": 1, "raha+aika": 10, "tyhja": 4}, "kunta": {"b": 13, "a": 14}},
    {"terveys": {"hyva": 16, "huono": 2, "tyhja": 2}, "kunta": {"a": 10, "b": 10}},
    {"mieli": {"hyva": 9, "huono": 9, "tyhja": 2}, "syy": {"tyhja": 4, "raha": 13, "aika": 3}},
)


@pytest.mark.parametrize("counts", CASES)
def test_nothing_small_follows_from_what_is_told(books: Mapping[str, Codebook], counts: dict) -> None:
    people = dataset(books["open"], **counts)
    by = "kunta" if "kunta" in counts else ""
    tallies = [indicators.question(people, name, by=by) for name in counts if name != "kunta"]
    truth = {name_of(one): n for tally in tallies for one, n in _all(tally).items()}
    verdict = attack(archive.as_dict(protect(tallies)), truth)
    assert verdict.violations == ()


def _all(tally: Tally) -> Mapping[Key, int]:
    return tally.counts
