"""Survey indicators on six answers drawn by hand: whose answers, of how many, and where a blank goes."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from spec import BOOK, drawn, said, untrue

from rakelab import indicators, prepare
from rakelab.cells import TOTAL, Tally, join, key
from rakelab.dataset import Dataset
from rakelab.errors import UsageError

SIX = """
vuosi | sukupuoli | ika       | tulojen_riittavyys | verkoston_riittavyys | vakivalta  | tuen_tarpeet
2020  | nainen    | 20        | hyvin              | riittava             | kokenut    | talous, asuminen
2020  | nainen    | 26        | huonosti           | riittamaton          | ei         | talous
2020  | mies      | ei_tietoa | hyvin              | riittava             |            |
2021  | mies      | 50        |                    | riittamaton          | ei         | asuminen
2021  | nainen    |           | juuri              | riittava             | ei_kysytty | ei_tarvetta
2021  |           | 70        | hyvin              | riittava             | ei         |
"""
Y20, Y21 = key(("vuosi", "2020")), key(("vuosi", "2021"))
OPEN = replace(BOOK, nonresponse="open")


def people(book: object = OPEN) -> Dataset:
    return prepare.periods(drawn(SIX, book))  # type: ignore[arg-type]


def answered(variable: str) -> tuple[tuple[str, str], ...]:
    return key((variable, "vastattu"))


# --- questions ------------------------------------------------------------------------------------------------


def test_a_question_of_an_open_form_counts_who_answered() -> None:
    tally = indicators.question(people(), "tulojen_riittavyys", by="vuosi")
    assert (tally.view.id, tally.view.indicator) == ("tulojen_riittavyys_vuosi", "question")
    assert said(tally) == {"hyvin": 3, "juuri": 1, "huonosti": 1, "tyhja": 1}
    assert said(tally, Y21) == {"hyvin": 1, "juuri": 1, "huonosti": 0, "tyhja": 1}
    counts = [tally.counts[join(answered("tulojen_riittavyys"), one)] for one in (TOTAL, Y20, Y21)]
    assert counts == [5, 3, 2]
    assert tally.view.apart == (key(("tulojen_riittavyys", "tyhja")),)
    assert tally.variables["tulojen_riittavyys"].open == ("vastattu", "ei_kysytty", "ei_tietoa", "tyhja")
    assert untrue(tally) == []


def test_of_a_closed_form_everybody_is_the_base() -> None:
    tally = indicators.question(people(BOOK), "tulojen_riittavyys")
    assert tally.view.base(TOTAL) == TOTAL
    assert answered("tulojen_riittavyys") not in tally.counts
    assert tally.variables["tulojen_riittavyys"].open == ()


def test_who_answered_a_sensitive_question_is_not_told_by_itself() -> None:
    tally = indicators.question(people(), "vakivalta")
    assert said(tally) == {"ei": 3, "kokenut": 1, "molemmat": 0, "ei_kysytty": 1, "tyhja": 1}
    assert not tally.view.answered
    assert answered("vakivalta") not in tally.counts


def test_a_select_all_question() -> None:
    tally = indicators.question(people(), "tuen_tarpeet")
    found = said(tally)
    assert (found["talous"], found["asuminen"], found["ei_tarvetta"], found["tyhja"]) == (2, 2, 1, 2)
    assert tally.counts[answered("tuen_tarpeet")] == 4
    assert tally.view.multiple
    assert untrue(tally) == []


def test_a_statement_is_a_question_with_a_name_of_its_own() -> None:
    question, statement = (make(people(), "tulojen_riittavyys") for make in (indicators.question, indicators.statement))
    assert (statement.view.id, statement.view.indicator) == ("tulojen_riittavyys", "statement")
    assert replace(statement, view=question.view) == question


# --- means ----------------------------------------------------------------------------------------------------


def _areas(people: Dataset, by: str) -> Tally:
    return indicators.competence(people, ["ika"], by=by)


def _number(people: Dataset, by: str) -> Tally:
    return indicators.number(people, "ika", by=by)


@pytest.mark.parametrize("make", [_areas, _number])
def test_a_mean_is_of_those_who_gave_a_number_in_each_wave(make: Callable[[Dataset, str], Tally]) -> None:
    """2020: 20 and 26, one does not know; 2021: 50 and 70, one left it blank."""
    tally = make(people(), "vuosi")
    first, second = (join(answered("ika"), wave) for wave in (Y20, Y21))
    assert tally.view.columns == (Y20, Y21)
    assert [tally.counts[one] for one in (first, second, Y20, Y21)] == [2, 2, 3, 3]
    assert [tally.moments[one].mean for one in (first, second)] == [23, 60]
    assert tally.moments[first].sd == pytest.approx(18**0.5)
    assert answered("ika") not in tally.moments  # from it and one wave the other follows


def test_without_waves_the_mean_is_of_all() -> None:
    tally = indicators.number(people(), "ika")
    assert (tally.view.id, tally.view.columns, tally.counts[answered("ika")]) == ("mean_ika", (TOTAL,), 4)
    assert tally.moments[answered("ika")].mean == pytest.approx(166 / 4)


def test_no_areas_is_told() -> None:
    with pytest.raises(UsageError) as caught:
        indicators.competence(people(), [])
    assert caught.value.key == "indicators.no_areas"


# --- from class to class --------------------------------------------------------------------------------------


def test_transitions_of_everybody_from_one_class_to_the_other() -> None:
    tally = indicators.transitions(people(), before="sukupuoli", after="verkoston_riittavyys")
    assert (tally.view.id, tally.view.by) == ("transitions", "sukupuoli")
    assert said(tally, key(("sukupuoli", "nainen"))) == {"riittava": 2, "riittamaton": 1}
    assert said(tally, key(("sukupuoli", "mies"))) == {"riittava": 1, "riittamaton": 1}
    assert said(tally, key(("sukupuoli", "tyhja"))) == {"riittava": 1, "riittamaton": 0}
    assert untrue(tally) == []
