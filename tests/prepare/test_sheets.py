"""Attendance, feedback and observations find their people by group and id, and strangers are counted."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from spec import drawn

from rakelab import prepare
from rakelab.codebook import codebook
from rakelab.dataset import Dataset
from rakelab.errors import UsageError
from rakelab.loaders.findings import finding_sentence

PEOPLE = """
    asiakas | ryhma | mittauskerta | oma_1 | oma_2
    1 | x | alku | 3 | 1
    2 | x | alku | 3 | 1
    1 | y | alku | 3 | 1
"""
VISITS = """
    asiakas | ryhma | osallistui
    1 | x | kylla
    1 | x | kylla
    1 | x | ei
    2 | x | ei
    2 | y | kylla
"""


@pytest.fixture(scope="module")
def people() -> Dataset:
    return prepare.paired(prepare.score(drawn(PEOPLE, codebook(Path(__file__).with_name("muutos.toml")))))


def sheet(kind: str, picture: str) -> Dataset:
    return drawn(picture, codebook(f"muutosmittaus_{kind}"))


def ungrouped(found: Dataset) -> Dataset:
    return replace(found, frame=found.frame.assign(ryhma=None))


def column(found: Dataset, name: str) -> list[object]:
    return [None if pd.isna(cell) else cell for cell in found.frame[name].tolist()]


def test_meetings_attended_are_counted(people):
    found = prepare.attended(people, sheet("interventio", VISITS))
    assert column(found, "kaynteja") == [2, 0, None]
    assert column(found, "kaynteja:tila") == ["vastattu", "vastattu", "ei_tietoa"]
    assert column(found, "kaynteja_luokka") == ["1-4", "0", "ei_tietoa"]
    assert found.codebook.label("kaynteja_luokka", "10-", "fi") == "10 tai enemmän"
    assert len(found) == len(people)


def test_strangers_are_counted_and_never_lost_in_silence(people):
    note = prepare.attended(people, sheet("interventio", VISITS)).findings[-1]
    assert (note.code, note.rows) == ("strangers", (6,))
    assert finding_sentence(note, "fi") == (
        "muutosmittaus_interventio: 1 rivillä ihminen ei ole mitattujen joukossa, joten riviä ei käytetty (6). "
        "Tarkista tunnus, ryhmä ja suostumus."
    )


def test_the_last_answer_of_feedback(people):
    found = prepare.joined(
        people,
        sheet(
            "palaute",
            """asiakas | ryhma | palaute_hyoty | palaute_avoin
            1 | x | 2 | teksti
            1 | x | 4 |
            1 | x | |
            1 | y | ei_tietoa | """,
        ),
    )
    assert column(found, "palaute_hyoty") == ["4", "tyhja", "ei_tietoa"]
    assert "palaute_avoin" not in found.frame
    assert found.codebook["palaute_hyoty"].ordered


def test_every_theme_on_any_row(people):
    found = prepare.joined(
        people,
        sheet(
            "havainto",
            """asiakas | ryhma | havainto_teema
            2 | x | vertaistuki
            2 | x | voimavarat, muu
            2 | x | ei_havaintoa
            1 | x | ei_havaintoa""",
        ),
    )
    assert column(found, "havainto_teema") == ["vastattu", "vastattu", "tyhja"]
    assert column(found, "havainto_teema:vertaistuki") == [False, True, False]
    assert column(found, "havainto_teema:muu") == [False, True, False]
    assert column(found, "havainto_teema:ei_havaintoa") == [True, False, False]


def test_without_groups_an_id_that_is_in_two_groups_joins_nobody(people):
    visits = sheet("interventio", VISITS)
    for one, other in ((people, ungrouped(visits)), (ungrouped(people), visits)):
        with pytest.raises(UsageError) as found:
            prepare.attended(one, other)
        assert found.value.key == "prepare.no_group"


def test_without_groups_ids_join_where_each_is_one_person(people):
    some = replace(people, frame=people.frame.iloc[:2])
    found = prepare.attended(some, ungrouped(sheet("interventio", "\n".join(VISITS.splitlines()[:-1]))))
    assert column(found, "kaynteja") == [2, 0]


def test_a_sheet_of_quite_other_people(people):
    with pytest.raises(UsageError) as found:
        prepare.joined(people, sheet("palaute", "asiakas | ryhma | palaute_hyoty\n 1 | z | 4"))
    assert found.value.key == "prepare.no_common"
