"""The register of events: whose participants are missing, and a row for each participant."""

import pytest
from spec import drawn

from rakelab import loaders, prepare
from rakelab.codebook import codebook
from rakelab.dataset import Dataset, Finding, Severity

REGISTER = """
    pvm        | laji       | osallistujat_kainuu | osallistujat_muu | katselut_verkossa
    2024-01-10 | tapaaminen | 3                   | 2                |
    2024-02-10 | koulutus   |                     |                  |
    2024-03-10 | tilaisuus  | 0                   |                  |
    2024-04-10 | uutiskirje | ei_koske            | ei_koske         | 4
"""


@pytest.fixture
def register() -> Dataset:
    return drawn(REGISTER, codebook("tapahtumat"))


def test_an_event_without_participants_is_told_by_its_row(register: Dataset) -> None:
    made = prepare.events(register)
    assert made.frame["osallistujatieto"].tolist() == ["kirjattu", "puuttuu", "puuttuu", "ei_kuulu"]
    assert made.findings == (Finding("event_without_participants", "osallistujat", (3, 4), Severity.NOTE),)
    check = loaders.Check("a.csv", made.codebook, 4, 4, 0, findings=made.findings)
    assert "2 rivillä on tapahtuma, jonka osallistujia ei ole kirjattu tai heitä on nolla (3 ja 4)" in "".join(
        loaders.sentences(check, "fi")
    )


def test_each_participant_is_a_row_with_the_unit(register: Dataset) -> None:
    made = prepare.repeated(prepare.events(register), "osallistujat")
    assert made.frame["osallistujat_mista"].tolist() == ["osallistujat_kainuu"] * 3 + ["osallistujat_muu"] * 2
    assert set(made.frame["laji"]) == {"tapaaminen"}
    assert made.codebook.label("osallistujat_mista", "osallistujat_kainuu", "en") == "Participants: Kainuu"
    assert len(prepare.repeated(register, "katselut")) == 4
    assert len(prepare.repeated(register, "suorittaneet")) == 0


def test_what_is_told_in_sums_is_no_question_left_out(register: Dataset) -> None:
    before, after = (sorted(q.name for q in made.account.questions) for made in (register, prepare.events(register)))
    assert set(before) - set(after) == {field.name for field in register.codebook.fields if field.numeric}
