"""Decisions beside their notifications: how far up, what was decided, when, and what was promised."""

from dataclasses import replace

import numpy as np
import pytest
from spec import drawn

from rakelab import loaders, prepare
from rakelab.codebook import codebook
from rakelab.dataset import Dataset, Finding, Severity
from rakelab.errors import UsageError

FIVE = """
    ilmoitus_id|pvm       |ilmio_teema
    A          |2021-01-10|velka
    B          |2021-01-10|asuminen
    C          |2021-03-01|asuminen
    D          |2021-03-01|muu
    E          |2021-03-01|
"""
SHEET = """
    paatos_id | ilmoitukset | toimielin     | pvm        | paatos      | seuranta_pvm | tila   | toteutunut_pvm
    P1        | A; b        | rake_tyoryhma | 2021-02-09 | siirretty   |              |        |
    P2        | A           | jaosto        | 2021-03-11 | lausunto    | 2021-06-01   | tehty  | 2021-05-01
    P3        | B           | johto         | 2021-02-19 | ei_paatetty |              |        |
    P4        | C           | rake_tyoryhma | 2020-03-01 | toimenpide  | 2021-06-01   | kesken |
    P5        | D, X9       | johto         |            | toimenpide  |              | avoin  |
    P6        | A           | aluehallitus  | 2021-04-01 | toimenpide  | 2021-12-01   | kesken |
    P7        | E           | rake_tyoryhma | 2021-07-01 | lausunto    | 2022-06-01   | kesken |
"""
NAME = "ilmoituksen_paatos"


@pytest.fixture
def five() -> Dataset:
    return drawn(FIVE, codebook("sosiaalinen_raportointi"))


@pytest.fixture
def sheet() -> Dataset:
    return drawn(SHEET, codebook("paatokset"))


def test_what_was_decided_last_and_when_first(five: Dataset, sheet: Dataset) -> None:
    made = prepare.decided(five, sheet, "30.6.2021").frame
    assert made["paatoksen_tulos"].tolist() == ["toimenpide", "ei_paatetty", "toimenpide", "toimenpide", "ei_paatetty"]
    assert made[NAME].tolist() == ["annettu", "odottaa", "ennen_ilmoitusta", "tyhja", "odottaa"]
    np.testing.assert_equal(made[f"{NAME}_paivia"].to_numpy(), [60, 171, np.nan, np.nan, 121])


def test_a_decision_after_the_day_of_looking_has_not_been_made(five: Dataset, sheet: Dataset) -> None:
    made = prepare.decided(five, sheet, "31.3.2021").frame
    assert made["paatoksen_tulos"].tolist()[0] == "lausunto"
    assert made["paatoksen_vaihe:aluehallitus"].tolist() == [False] * 5
    assert prepare.decided(five, sheet).frame[NAME].tolist()[4] == "annettu"
    with pytest.raises(UsageError) as caught:
        prepare.decided(five, sheet, "1.2.2021")
    assert caught.value.key == "prepare.until_early"


def test_how_far_up_each_was_taken(five: Dataset, sheet: Dataset) -> None:
    made = prepare.decided(five, sheet, "30.6.2021")
    reached = {
        level: made.frame[f"paatoksen_vaihe:{level}"].tolist() for level in made.codebook["paatoksen_vaihe"].values
    }
    assert reached == {
        "rake_tyoryhma": [True, True, True, True, False],
        "johto": [True, True, False, True, False],
        "jaosto": [True, False, False, False, False],
        "aluehallitus": [True, False, False, False, False],
    }


def test_a_decision_before_its_notification_and_one_of_nothing_known_are_told_by_their_rows(
    five: Dataset, sheet: Dataset
) -> None:
    found = prepare.decided(five, sheet, "30.6.2021").findings
    assert found == (
        Finding("decision_before", "pvm", (5,), Severity.NOTE),
        Finding("decision_without_notification", "ilmoitukset", (6,), Severity.NOTE),
    )
    said = loaders.sentences(loaders.Check("a.xlsx", five.codebook, 5, 5, 0, findings=found), "fi")
    assert "päätösten taulukossa 1 rivillä päätöksen päivä on ennen ilmoituksen päivää (5)" in said[-2]


@pytest.mark.parametrize("order", [("johto       ", "aluehallitus"), ("aluehallitus", "johto       ")])
def test_of_one_day_the_decision_of_the_highest_body_stands_in_any_order_of_rows(five: Dataset, order) -> None:
    outcome = {"johto       ": "ei_toimenpiteita", "aluehallitus": "lausunto"}
    rows = "".join(f"    P{i} | A | {body} | 2021-03-11 | {outcome[body]} | | |\n" for i, body in enumerate(order))
    head = SHEET.strip("\n").splitlines()[0]
    made = prepare.decided(five, drawn(f"\n{head}\n{rows}", codebook("paatokset")), "30.6.2021").frame
    assert made["paatoksen_tulos"].tolist()[0] == "lausunto"


def test_a_valid_decision_beside_one_dated_before_counts(five: Dataset, sheet: Dataset) -> None:
    both = drawn(SHEET.replace("2021-03-11 | lausunto ", "2020-03-11 | lausunto "), sheet.codebook)
    made = prepare.decided(five, both, "30.6.2021")
    assert made.frame[f"{NAME}_paivia"].tolist()[0] == 81
    assert made.findings[0].rows == (3, 5)


def test_everything_is_told_of_one_day(five: Dataset, sheet: Dataset) -> None:
    """The latest day of any sheet; not a day by which something should be done."""
    late = drawn(FIVE.replace("E          |2021-03-01", "E          |2021-12-20"), five.codebook)
    assert str(prepare.looked_at("", late, None, sheet).date()) == "2021-12-20"
    assert str(prepare.looked_at("", five, sheet).date()) == "2021-07-01"
    assert str(prepare.looked_at("30.6.2021", late, sheet).date()) == "2021-06-30"
    made = prepare.followed(sheet, late, prepare.looked_at("", late, sheet))
    assert (
        made.frame["paatoksen_lupaus"].tolist()[5] == "myohassa"
    )  # its day was 1.12., and a later sheet tells of 20.12.


def test_what_was_promised_and_has_passed_its_day(five: Dataset, sheet: Dataset) -> None:
    made = prepare.followed(sheet, five, "30.6.2021").frame
    none = "ei_luvattu"
    assert made["paatoksen_lupaus"].tolist() == [none, "valmis", none, "myohassa", "ei_maarapaivaa", "kesken", "kesken"]
    assert "maaraaika" not in made
    assert made["ilmio_teema:asuminen"].tolist() == [True, False, True, True, False, False, False]


def test_a_decision_of_nobody_named_was_made_but_has_reached_no_body(five: Dataset, sheet: Dataset) -> None:
    made = prepare.decided(five, drawn(SHEET.replace("johto  ", "       "), sheet.codebook), "30.6.2021").frame
    assert (made["paatoksen_vaihe:rake_tyoryhma"].tolist()[3], made["paatoksen_tulos"].tolist()[3]) == (
        False,
        "toimenpide",
    )


def test_no_decisions_at_all_are_none_yet(five: Dataset, sheet: Dataset) -> None:
    empty = sheet.narrowed(sheet.frame.iloc[:0], "ei mitään")
    made = prepare.decided(five, empty, "30.6.2021").frame
    assert set(made[NAME]) == {"odottaa"}
    assert set(made["paatoksen_tulos"]) == {"ei_paatetty"}


def test_a_sheet_is_found_however_its_letters_are_written(five: Dataset) -> None:
    made = replace(five, origin=replace(five.origin, other_sheets=("Toimeksiannot", "PÄÄTÖKSET ")))
    assert [prepare.has_sheet(made, name) for name in ("päätökset", "toimeksiannot", "muut", "")] == [
        True, True, False, False,
    ]  # fmt: skip
