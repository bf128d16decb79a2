"""Social reporting in numbers: each indicator against a hand-made count, sums that are true, and what goes out."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spec import dataset, drawn, said, together, untrue

from rakelab import indicators, prepare
from rakelab.cells import State, Tally, join, key
from rakelab.codebook import codebook
from rakelab.dataset import Dataset
from rakelab.errors import RakelabError
from rakelab.protect import protect

BOOK = codebook("sosiaalinen_raportointi")
KNOWN = key(("odotus_paivia", "vastattu"))
ASSIGNMENTS = key(("yksikko", "toimeksiannot"))

#: Waits of 2, 3+, 4, 5 and 8+ days in 2021 (+: still waiting on 12.1.2021), one answer before its notification, and
#: two answers after 1 and 2 days in 2022.
WAITS = """
    ilmoitus_id|pvm       |palaute_annettu_pvm|kasittely_tila|toimeksianto_taho|ilmio_teema|suunta
    A          |2021-01-01|2021-01-03         |suljettu      |kela             |velka      |negatiivinen
    B          |2021-01-09|                   |uusi          |                 |velka, muu |negatiivinen
    C          |2021-01-01|2021-01-05         |tyoryhmassa   |                 |asuminen   |positiivinen
    D          |2021-01-01|2021-01-06         |toimeksianto  |johto            |asuminen   |
    E          |2021-01-04|                   |esihenkilolla |                 |           |muu
    F          |2021-01-05|2021-01-02         |uusi          |                 |velka      |negatiivinen
"""
LATER = """
    G          |2022-01-01|2022-01-02         |suljettu      |                 |velka      |negatiivinen
    H          |2022-01-01|2022-01-03         |suljettu      |                 |velka      |negatiivinen
"""


def made(picture: str = WAITS, until: str = "12.1.2021") -> Dataset:
    rows = prepare.handling_reached(prepare.answer_times(drawn(picture, BOOK), until))
    return prepare.years(prepare.half_years(rows))


def test_median_days_by_hand() -> None:
    # S(2) = 4/5, S(4) = 4/5 · 2/3 = 8/15, S(5) = 8/15 · 1/2 = 4/15 < 1/2: the median is 5 days
    tally = indicators.answer_time(made())
    told = {name: value for (base, name), value in tally.statistics.items() if base == KNOWN}
    assert (told["median"], told["low"]) == (5, 2)
    assert [tally.counts[key(("palaute", level))] for level in ("annettu", "odottaa")] == [3, 2]
    assert tally.counts[KNOWN] == 5


def test_one_period_has_no_statistics_beside_those_of_all() -> None:
    tally = indicators.answer_time(made(), by="puolivuosi")
    assert {base for base, _ in tally.statistics} == {KNOWN}
    assert protect([tally])["answer_time_puolivuosi"].cells[KNOWN].value == 5


def test_statistics_of_each_group() -> None:
    tally = indicators.answer_time(made(WAITS.rstrip(" ") + LATER.lstrip("\n"), "1.2.2022"), by="vuosi")
    of_2022 = join(KNOWN, key(("vuosi", "2022")))
    assert tally.counts[of_2022] == 2
    assert tally.statistics[of_2022, "median"] == 1.5  # days 1 and 2: the middle
    assert tally.counts[key(("palaute", "odottaa"), ("vuosi", "2022"))] == 0


def test_a_median_that_nobody_can_know_is_missing_and_not_zero() -> None:
    waiting = (
        WAITS.replace("2021-01-03", "          ")
        .replace("2021-01-05", "          ")
        .replace("2021-01-06", "          ")
    )
    waiting = waiting.replace("2021-01-02", "          ")
    waiting = waiting.replace("|2021-01-09", "|2021-01-01").replace("|2021-01-04", "|2021-01-01")
    head, *lines = waiting.strip().splitlines()
    rows = drawn("\n".join([head, *(f"{i}{line.strip()}" for i in range(3) for line in lines)]), BOOK)
    tally = indicators.answer_time(prepare.years(prepare.answer_times(rows, "1.3.2021")))
    assert tally.statistics[KNOWN, "median"] == math.inf
    assert protect([tally])["answer_time"].statistics[KNOWN, "median"].state is State.MISSING


def test_answers_stages_and_themes() -> None:
    people = made()
    assert said(indicators.unanswered(people)) == {"annettu": 3, "odottaa": 2, "ennen_ilmoitusta": 1}
    stages = {"esihenkilolla": 4, "tyoryhmassa": 3, "toimeksianto": 2, "suljettu": 1}
    assert said(indicators.funnel(people)) == stages
    themes = {one: n for one, n in said(indicators.themes(people)).items() if n}
    assert themes == {"velka": 3, "asuminen": 2, "muu": 1, "tyhja": 1}
    assert said(indicators.reported(people, "suunta")) == {"negatiivinen": 3, "positiivinen": 1, "muu": 1, "tyhja": 1}


def every(people: Dataset) -> list[Tally]:
    found = [indicators.reported(people, name, by=by) for name in ("suunta", "kasittely_tila", "shl11_tuen_tarve")
             for by in ("vuosi", "puolivuosi") if name in people.frame]  # fmt: skip
    found += [make(people, by=by) for make in (indicators.themes, indicators.unanswered, indicators.funnel)
              for by in ("", "vuosi", "puolivuosi")]  # fmt: skip
    found += [indicators.answer_time(people, by=by) for by in ("vuosi", "puolivuosi")]
    return [*found, indicators.reported(people, "vuosi"), indicators.reported(people, "puolivuosi")]


@pytest.mark.parametrize("merged", [False, True])
def test_every_sum_is_true(merged: bool) -> None:
    people = made(WAITS.rstrip(" ") + LATER.lstrip("\n"), "1.2.2022")
    if merged:
        people = prepare.large_groups(people, "puolivuosi", at_least=3)
    assert untrue(together(*every(people))) == []


DAYS = st.sampled_from(("2021-01-05", "2021-06-30", "2021-07-01", "2022-03-01"))
NOTIFICATION = st.fixed_dictionaries(
    {
        "ilmoitus_id": st.sampled_from("ABCD"),
        "pvm": DAYS,
        "palaute_annettu_pvm": st.one_of(DAYS, st.just("tyhja")),
        "kasittely_tila": st.sampled_from((*BOOK["kasittely_tila"].values, "tyhja", "ei_tietoa")),
        "toimeksianto_taho": st.sampled_from(("kela", "tyhja")),
        "ilmio_teema": st.sampled_from(("velka", "velka, asuminen", "muu", "tyhja")),
        "suunta": st.sampled_from(("negatiivinen", "tyhja")),
    }
)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(rows=st.lists(NOTIFICATION, min_size=1, max_size=12))
def test_every_sum_is_true_whatever_the_rows(rows: list[dict[str, str]]) -> None:
    people = prepare.handling_reached(prepare.answer_times(dataset(rows, BOOK), "1.6.2022"))
    assert people.frame["odotus_paivia"].min() >= 0 or people.frame["odotus_paivia"].isna().all()
    assert untrue(together(*every(prepare.years(prepare.half_years(people))))) == []


def test_a_year_is_the_sum_of_its_half_years() -> None:
    people = made(WAITS.replace("B          |2021-01-09", "B          |2021-07-09"), "1.8.2021")
    year = key(("vuosi", "2021"))
    links = indicators.reported(people, "puolivuosi").links
    assert any({one for one, _ in link.terms} >= {year, key(("puolivuosi", "2021-2"))} for link in links)


def many(n: int = 12) -> Dataset:
    lines = WAITS.strip().splitlines()
    rows = [f"{i}{line.strip()}" for i in range(n // 6) for line in lines[1:]]
    return made("\n".join([lines[0], *rows]))


def test_the_handling_is_told_however_small_and_the_phenomena_are_not() -> None:
    people = many()
    state = indicators.reported(people, "kasittely_tila")
    released = protect([state, indicators.unanswered(people), indicators.themes(people)])
    assert {str(cell) for cell in released["unanswered"].cells.values()} == {"6", "4", "2", "12"}
    assert released["reported_kasittely_tila"].hidden == 0
    assert released["themes"][key(("ilmio_teema", "muu"))].state is State.HIDDEN


def test_a_median_of_few_is_hidden() -> None:
    """Of ten the lower limit is the shortest time there was."""
    seen, few = (protect([indicators.answer_time(many(n))])["answer_time"].statistics for n in (18, 12))
    assert seen[KNOWN, "median"].value == 5
    assert few[KNOWN, "median"].state is few[KNOWN, "low"].state is State.HIDDEN
    three = made()
    frame = three.frame.iloc[:3]
    with pytest.raises(RakelabError):  # fewer notifications than the threshold make no report at all
        protect([indicators.answer_time(three.narrowed(frame, "kolme"))])


def test_days_have_no_hidden_decimals() -> None:
    told = indicators.answer_time(many()).statistics.values()
    assert all(value == math.inf or math.isclose(value, round(value)) for value in told if value is not None)


# --- assignments ----------------------------------------------------------------------------------------------

SHEET = """
    toimeksianto_id | ilmoitukset | vastuutaho | annettu_pvm | maarapaiva | tila    | valmis_pvm
    T1              | A           | kela       | 2021-01-02  | 2021-01-05 | tehty   | 2021-01-05
    T2              | A; D        | johto      | 2021-01-02  | 2021-01-05 | kesken  |
    T3              | X9          | johto      | 2021-01-02  | 2021-02-05 | kesken  |
"""


def test_assignments_late_and_lost() -> None:
    rows, sheet = drawn(WAITS, BOOK), drawn(SHEET, codebook("toimeksiannot"))
    people = prepare.years(prepare.linked(rows, sheet, "12.1.2021"))
    assert said(indicators.assignments_made(people)) == {"0": 4, "1": 1, "2-": 1}
    late = indicators.assignments_late(people, by="vuosi")
    assert said(late) == {"ei_toimeksiantoa": 4, "myohassa": 2, "kesken": 0, "valmis": 0, "kaikki_peruttu": 0}
    assert untrue(together(late, indicators.assignments_made(people, by="vuosi"))) == []
    followed = prepare.followed(sheet, rows, "12.1.2021")
    due = {level: n for level, n in said(indicators.assignments_due(followed, people), ASSIGNMENTS).items() if n}
    assert due == {"valmis": 1, "myohassa": 1, "kesken": 1}
    lost = said(indicators.assignments_lost(followed, people), ASSIGNMENTS)
    assert (lost["loytyi"], lost["puuttuu"]) == (2, 1)


def test_assignments_go_out_with_the_notifications_and_are_told_however_few() -> None:
    rows, sheet = many(), drawn(SHEET.replace("| A  ", "| 0A "), codebook("toimeksiannot"))
    people = prepare.linked(rows, sheet, "12.1.2021")
    followed = prepare.followed(sheet, people, "12.1.2021")
    made = [make(followed, people) for make in (indicators.assignments_due, indicators.assignments_lost)]
    assert untrue(together(*made, indicators.themes(people))) == []
    released = protect([*made, indicators.themes(people), indicators.assignments_made(people)])
    due = released["assignments_due"]
    assert {str(due.cells[join(row, ASSIGNMENTS)]) for row in due.view.rows} == {"0", "1"}
    assert str(due.cells[ASSIGNMENTS]) == "3"
    assert released["assignments_lost"].hidden == 0
