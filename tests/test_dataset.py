"""Nothing of a row is shown by itself, and the account tells which rows were kept."""

from dataclasses import replace

import pandas as pd
from spec import BOOK, drawn
from tables import text_table

from rakelab.dataset import Finding, Severity, Step, option_column, reasons, state_column
from rakelab.indicators import needs

ROWS = """
    asiakas        | ika | tuen_tarpeet
    salainen-nimi  | 41  | talous
    toinen-nimi    | 42  | asuminen
"""


def test_no_representation_shows_a_row() -> None:
    people = drawn(ROWS)
    table = text_table({"asiakas": ["salainen-nimi", "toinen-nimi"], "ika": ["41", "42"]}, "vienti <1>.csv")
    assert repr(people) == str(people) == "<Dataset pieni: 2 rows>"
    assert people._repr_html_().startswith("<p>Pieni lomake: 2 riviä. Rivejä ei näytetä.")
    assert repr(table) == "<Table vienti <1>.csv: 2 rows, 2 columns>"
    assert table._repr_html_() == repr(table).replace("<", "&lt;").replace(">", "&gt;")
    for text in (repr(people), f"{table}", repr([people]), repr({"x": table}), people._repr_html_()):
        assert "nimi" not in text


def test_a_dataset_is_as_long_as_its_rows() -> None:
    assert len(drawn(ROWS)) == 2


def test_fewer_rows_are_a_step_and_other_people() -> None:
    people = drawn(ROWS)
    fewer = people.narrowed(people.frame.iloc[:1], "syy")
    assert fewer.steps == (Step("syy", 2, 1),)
    assert (fewer.account.used, fewer.account.read) == (1, 2)
    assert fewer.account.rows != people.account.rows
    assert len(people) == 2


def test_the_same_rows_are_the_same_people() -> None:
    assert drawn(ROWS).account == drawn(ROWS).account
    assert drawn(ROWS).narrowed(drawn(ROWS).frame, "syy").account.rows == drawn(ROWS).account.rows


def test_other_rows_of_the_same_number_are_other_people() -> None:
    people = drawn(ROWS)
    first, second = (people.narrowed(people.frame.iloc[[i]], "syy") for i in (0, 1))
    assert first.account.rows != second.account.rows


def test_the_account_comes_from_the_form_and_the_file() -> None:
    account = drawn(ROWS).account
    assert (account.file, account.codebook, account.version, account.synthetic) == ("piirros.csv", "pieni", "1", True)
    assert account.title == BOOK.title
    assert needs(drawn(ROWS)).account == account


def test_names_of_columns() -> None:
    assert option_column("tuen_tarpeet", "talous") == "tuen_tarpeet:talous"
    assert state_column("ika") == "ika:tila"
    assert isinstance(drawn(ROWS).frame, pd.DataFrame)


def test_rows_chosen_without_a_word_of_how_are_known_by_what_they_share() -> None:
    """A participant filters the frame by hand: those left have all met violence, or are all of one municipality."""
    text = "vuosi | kunta | vakivalta\n2020 | 205 | kokenut\n2020 | 290 | kokenut\n2020 | 205 | ei"
    people = drawn(text)
    met = people.narrowed(people.frame[people.frame["vakivalta"] == "kokenut"], "oma rajaus")
    assert {trait.name for trait in met.population} == {"vakivalta"}
    one = people.narrowed(people.frame[people.frame["kunta"] == "205"], "oma rajaus")
    assert {trait.name for trait in one.population} == {"kunta"}
    again = met.narrowed(met.frame.iloc[:1], "prepare.why.last", by=())
    assert {trait.name for trait in again.population} == {"kunta", "vakivalta"}


def test_each_row_set_aside_has_one_reason() -> None:
    found = [
        Finding("unknown_option", "a", (2, 3, 4)),
        Finding("unknown_option", "b", (4, 5)),
        Finding("not_a_number", "ika", (5, 6)),
        Finding("nothing_ticked", "a", (7,), Severity.NOTE),
    ]
    assert reasons(found, 5) == {"not_a_number": 1, "several": 1, "unknown_option": 3}
    assert reasons(found, 10) == {"several": 10}  # rows of the file that stand for two measurements
    assert reasons([], 0) == {}


def test_the_account_tells_of_rows_set_aside() -> None:
    people = replace(drawn(ROWS), read=4, set_aside=2, findings=(Finding("out_of_range", "ika", (9, 10)),))
    assert (people.account.aside, people.account.read) == ((("out_of_range", 2),), 4)
