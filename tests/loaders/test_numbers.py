"""Finnish numbers and dates, decided value by value."""

from datetime import datetime

import pytest

from rakelab.codebook import Field
from rakelab.loaders.dates import damaged_date, day
from rakelab.loaders.numbers import numbers

ANY = Field("tulot", "number", {})
AGE = Field("ika", "integer", {}, minimum=15, maximum=110)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("43", 43), ("1 234,5", 1234.5), ("1\u00a0234,5", 1234.5), ("1\u202f234\u202f567", 1234567), ("52 %", 52),
        ("52%", 52),
        ("\u22123,5", -3.5), ("-3.5", -3.5), ("+2", 2), ("1.234,5", 1234.5), ("1,234.56", 1234.56), ("1.234.567",
        1234567),
        ("0,123", 0.123), ("4695,70", 4695.7), ("1234,567", 1234.567), (",5", 0.5), ("12,50 €", 12.5),
    ],
)  # fmt: skip
def test_clear_numbers(text, value):
    assert numbers([text], ANY) == [value]


@pytest.mark.parametrize("text", ["", "n. 40", "1,2,3", "12 34", "1.234.56", "4O", "--1", "1e555", "e5"])
def test_what_is_no_number(text):
    assert numbers([text], ANY) == ["not_a_number"]


def test_thousands_or_decimals_is_never_guessed():
    assert numbers(["6,956", "4695,70"], ANY) == ["ambiguous_number", 4695.7]
    assert numbers(["6.956"], ANY) == ["ambiguous_number"]


def test_the_column_can_settle_it():
    assert numbers(["6,956", "1,234.5"], ANY) == [6956, 1234.5]
    assert numbers(["6,956", "1234,567"], ANY) == [6.956, 1234.567]
    assert numbers(["6.956", "1.234.567"], ANY) == [6956, 1234567]
    assert numbers(["6.956", "1.234,5"], ANY) == [6956, 1234.5]


def test_evidence_both_ways_settles_nothing():
    assert numbers(["6,956", "1,234.5", "0,123"], ANY)[0] == "ambiguous_number"


def test_the_source_map_settles_it():
    assert numbers(["6,956", "6.956"], ANY, ",") == [6.956, 6956]


def test_the_codebooks_limits_settle_it():
    assert numbers(["43,000"], AGE) == [43]
    assert numbers(["1.043"], AGE) == ["ambiguous_number"]


def test_limits_and_whole_numbers():
    assert numbers(["43,5", "430", "14", "15", "43,0"], AGE) == ["not_whole", "out_of_range", "out_of_range", 15, 43]


def test_a_date_where_a_number_belongs_is_named():
    assert numbers(["2026-02-01", "1. helmi", "helmi.26"], ANY) == ["date_damage"] * 3
    assert not damaged_date("1–2")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.2.2021", datetime(2021, 2, 1)),
        ("01.02.2021", datetime(2021, 2, 1)),
        ("1.2.2021 klo 9.30", datetime(2021, 2, 1, 9, 30)),
        ("1.2.2021 9:30:15", datetime(2021, 2, 1, 9, 30, 15)),
        ("2021-02-01", datetime(2021, 2, 1)),
        ("2021-02-01T09:30", datetime(2021, 2, 1, 9, 30)),
        ("44228", datetime(2021, 2, 1)),
        ("25/12/2021", datetime(2021, 12, 25)),
        ("3/3/2021", datetime(2021, 3, 3)),
        ("1/2/2021", "ambiguous_date"),
        ("30.2.2021", "not_a_date"),
        ("1.2.21", datetime(2021, 2, 1)),
        ("1.2.35", "ambiguous_date"),
        ("99/99/2021", "not_a_date"),
        ("helmikuu", "not_a_date"),
    ],
)
def test_dates(text, value):
    assert day(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("€ 1234", 1234), ("1234,-", 1234), ("1'234", 1234), ("1E+03", 1000), ("1,5E+03", 1500), ("€1 234,50", 1234.5)],
)
def test_numbers_as_shops_and_spreadsheets_write_them(text, value):
    assert numbers([text], ANY) == [value]


def test_one_clear_decimal_mark_tells_what_the_other_one_is():
    assert numbers(["1,234", "950.50", "2,500"], ANY) == [1234, 950.5, 2500]
    assert numbers(["1.234", "950"], ANY) == ["ambiguous_number", 950]


@pytest.mark.parametrize(
    "text",
    ["3.4.21", "3. huhtikuuta 2021", "3.huhti.2021", "3 huhtik. 2021", "2021/04/03", "20210403", "lauantai 3.4.2021",
     "den 3 april 2021", "3 apr 2021", "April 3, 2021", "3rd April 2021", "lördag 3 april 2021"],
)  # fmt: skip
def test_more_ways_to_write_a_day(text):
    assert day(text) == datetime(2021, 4, 3)


@pytest.mark.parametrize(
    ("text", "hour"),
    [("2021/04/03 10:15:30 AM EET", 10), ("2021/04/03 10.15.30 ip. EEST", 22), ("04/13/2021 12:15 AM", 0)],
)
def test_halves_of_the_day(text, hour):
    assert day(text).hour == hour
