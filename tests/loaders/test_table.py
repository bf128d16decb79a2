"""Headings told apart, and rows that are no answers though they stand under the headings."""

from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from rakelab import loaders


def titles(path: Path) -> list[str]:
    return [heading.title for heading in loaders.read(path).headings]


def test_the_second_of_the_same_headings_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Miksi?;Kuka;Miksi?\nsiksi;a;muuten\nkoska;b;vain\n", encoding="utf-8")
    assert titles(tmp_path / "a.csv") == ["Miksi?", "Kuka", "Miksi? (2)"]


def test_a_heading_that_names_somebody_has_a_title_without_the_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Miten Maija Virtanen auttoi?;Kuka\nhyvin;a\nhuonosti;b\n", encoding="utf-8")
    assert titles(tmp_path / "a.csv") == ["Miten ••• auttoi?", "Kuka"]


def test_a_row_of_response_under_the_headings_is_nobody(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Id;Polttaako?;Pelaako?\n;Response;Response\n1;Yes;No\n2;No;No\n", encoding="utf-8")
    table = loaders.read(tmp_path / "a.csv")
    assert len(table) == 2
    assert titles(tmp_path / "a.csv") == ["Id", "Polttaako?", "Pelaako?"]


def test_the_first_answers_to_questions_of_the_same_text_are_no_options(tmp_path: Path) -> None:
    rows = "Kyllä;Kotona\nEi;Kotona\nKyllä;Muualla\n"
    (tmp_path / "a.csv").write_text("Miten?;Miten?\n" + rows, encoding="utf-8")
    assert len(loaders.read(tmp_path / "a.csv")) == 3


@pytest.mark.parametrize(
    ("first", "headless"),
    [("Kuka;Ikä;Mitä", False), ("Nainen;34;Apua", True), ("Nainen;Ikä;Mitä", True), ("Kuka;2021;Mitä", False)],
)  # fmt: skip
def test_answers_where_headings_should_be_are_seen(tmp_path: Path, first: str, headless: bool) -> None:
    (tmp_path / "a.csv").write_text(first + "\n" + "Nainen;40;Tukea\nMies;55;Neuvoa\n" * 9, encoding="utf-8")
    assert loaders.read(tmp_path / "a.csv").headless is headless


def test_a_file_of_spss_may_have_one_column(tmp_path: Path) -> None:
    pyreadstat.write_sav(
        pd.DataFrame({"v": [1.0, 2.0]}), tmp_path / "a.sav", variable_value_labels={"v": {1: "a", 2: "b"}}
    )
    assert titles(tmp_path / "a.sav") == ["v"]
