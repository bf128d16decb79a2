"""Passages chosen by row: whose text, under which answer, and what is no passage at all."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest
from spec import dataset

from rakelab import prepare
from rakelab.cells import Excerpt
from rakelab.codebook import Codebook, codebook
from rakelab.dataset import Dataset
from rakelab.errors import RakelabError

HERE = Path(__file__).parent
BOOK = """
[codebook]
name = "kysely"
title = { fi = "K", sv = "E", en = "S" }
"""
FIELD = '\n[[field]]\nname = "{}"\ntitle = {{ fi = "F", sv = "S", en = "E" }}\n{}\n'
OPTION = '{{ value = "{0}", label = {{ fi = "{0}", sv = "{0}", en = "{0}" }} }}'
OPTIONS = f"categories = [{OPTION.format('a')}, {OPTION.format('b')}]"
FORM = {
    "avoin": 'sensitivity = "text"', "mieli": f'catch_all = "b"\n{OPTIONS}', "syy": f'type = "list"\n{OPTIONS}',
    "ika": 'type = "integer"',    "koodi": 'role = "person"',
}  # fmt: skip
ROWS = (
    {"avoin": "Eka teksti.", "mieli": "a", "syy": "a, b", "ika": "40", "koodi": "K1"},
    {"avoin": "Toka teksti.", "mieli": "tyhja", "syy": "", "ika": "41", "koodi": "K2"},
    {"avoin": "", "mieli": "b", "syy": "b", "ika": "42", "koodi": "K3"},
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    path = tmp_path_factory.mktemp("lomake") / "kysely.toml"
    path.write_text(BOOK + "".join(FIELD.format(*one) for one in FORM.items()), encoding="utf-8")
    return codebook(path)


@pytest.fixture
def people(book: Codebook) -> Dataset:
    return dataset(ROWS, book)


def failed(*arguments: object, **named: object) -> RakelabError:
    with pytest.raises(RakelabError) as caught:
        prepare.excerpts(*arguments, **named)  # type: ignore[arg-type]
    return caught.value


def places(found: tuple[Excerpt, ...]) -> list[tuple[int, str]]:
    return [(one.row, one.about) for one in found]


def test_the_passages_of_the_rows_asked_for_in_that_order(people: Dataset) -> None:
    found = prepare.excerpts(people, "avoin", [3, "2"])
    assert [(one.row, one.text) for one in found] == [(3, "Toka teksti."), (2, "Eka teksti.")]
    assert places(found) == [(3, "kysely/"), (2, "kysely/")]


def test_no_rows_are_no_passages(people: Dataset) -> None:
    assert prepare.excerpts(people, "avoin", []) == ()


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ("mieli", [(2, "kysely/mieli=a"), (3, "kysely/")]),
        ("syy", [(2, "kysely/syy=a"), (3, "kysely/")]),
    ],
)
def test_a_passage_stands_under_its_first_answer_and_under_none_where_there_is_none(
    people: Dataset, about: str, expected: list[tuple[int, str]]
) -> None:
    assert places(prepare.excerpts(people, "avoin", [2, 3], about=about)) == expected


@pytest.mark.parametrize("about", ["avoin", "koodi", "ika"])
def test_neither_a_text_nor_a_code_nor_a_number_becomes_a_place(people: Dataset, about: str) -> None:
    found = failed(people, "avoin", [2], about=about)
    assert (found.key, found.values) == ("prepare.not_groups", {"field": about})


@pytest.mark.parametrize("variable", ["mieli", "ika", "koodi"])
def test_only_free_text_is_quoted(people: Dataset, variable: str) -> None:
    found = failed(people, variable, [2])
    assert (found.key, found.values) == ("prepare.not_text", {"field": variable})


def test_an_unknown_variable_gives_the_nearest(people: Dataset) -> None:
    assert failed(people, "avion", [2]).values["nearest"] == "avoin"


@pytest.mark.parametrize(
    ("rows", "told"), [([4], "4"), ([2, 9, 4], "9, 4"), ([1], "1"), (["²"], "-1"), (["kaksi", -2, "2.0"], "-1, -1, -1")]
)
def test_rows_without_a_text_are_told_by_number(people: Dataset, rows: list[int | str], told: str) -> None:
    found = failed(people, "avoin", rows)
    values: Mapping[str, object] = {"field": "avoin", "rows": told}
    assert (found.key, found.values) == ("prepare.no_text", values)
    assert "Toka" not in found.sentence("fi")


@pytest.mark.parametrize("about", ["", "mieli"])
def test_what_was_written_in_the_place_of_an_option_stands_under_the_option_that_catches_it(
    people: Dataset, about: str
) -> None:
    people.frame["mieli_omin_sanoin"] = pd.Series(["Omat sanat.", None, None], index=people.frame.index, dtype=object)
    assert places(prepare.excerpts(people, "mieli_omin_sanoin", [2], about=about)) == [(2, "kysely/mieli=b")]


def test_it_stands_under_no_other_answer(people: Dataset) -> None:
    people.frame["mieli_omin_sanoin"] = pd.Series(["Omat sanat.", None, None], index=people.frame.index, dtype=object)
    found = failed(people, "mieli_omin_sanoin", [2], about="syy")
    assert (found.key, found.values) == ("prepare.own_answer", {"field": "mieli_omin_sanoin", "own": "mieli"})
