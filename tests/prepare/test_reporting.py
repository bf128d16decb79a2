"""Social reporting: half-years, answers, handling, and assignments beside notifications; bad dates and lost links."""

import re
from dataclasses import replace

import numpy as np
import pytest
from spec import drawn

from rakelab import indicators, loaders, prepare
from rakelab.codebook import CODEBOOKS, codebook
from rakelab.dataset import Dataset, Finding, Severity, Step
from rakelab.errors import UsageError

NOTIFIED, ASSIGNED = codebook("sosiaalinen_raportointi"), codebook("toimeksiannot")

FIVE = """
    ilmoitus_id|pvm       |palaute_annettu_pvm|kasittely_tila|toimeksianto_taho|toimenpide_toteutunut|ilmio_teema
    A          |2021-01-01|2021-01-01         |uusi          |                 |                     |velka
    B          |2021-06-30|2021-06-20         |esihenkilolla |                 |                     |velka, asuminen
    C          |2021-07-01|                   |tyoryhmassa   |                 |kesken               |asuminen
    D          |2021-12-31|2022-03-01         |suljettu      |kela             |kylla                |
    E          |2022-01-01|2022-01-11         |suljettu      |                 |ei                   |muu
"""
SHEET = """
    toimeksianto_id | ilmoitukset | vastuutaho | annettu_pvm | maarapaiva | tila    | valmis_pvm
    T1              | A; b        | kela       | 2021-08-01  | 2021-10-01 | tehty   | 2021-10-01
    T2              | B, X9       | johto      | 2021-08-01  | 2021-10-01 | kesken  |
    T3              | X7; X8      | johto      | 2021-08-01  | 2021-10-01 | tehty   | 2021-10-02
    T4              |             | johto      | 2021-08-01  |            | avoin   |
    T5              | C C         | johto      | 2021-08-01  | 2022-10-01 | kesken  |
    T6              | E           | johto      | 2021-08-01  | 2021-10-01 | peruttu |
"""


@pytest.fixture
def five() -> Dataset:
    return drawn(FIVE, NOTIFIED)


@pytest.fixture
def sheet() -> Dataset:
    return drawn(SHEET.replace("C C", "C;C"), ASSIGNED)


def key_of(act: object, *arguments: object) -> str:
    with pytest.raises(UsageError) as caught:
        act(*arguments)  # type: ignore[operator]
    return caught.value.key


# --- periods --------------------------------------------------------------------------------------------------


def test_half_years_begin_in_january_and_july(five: Dataset) -> None:
    made = prepare.half_years(five)
    assert made.frame["puolivuosi"].tolist() == ["2021-1", "2021-1", "2021-2", "2021-2", "2022-1"]
    words = [made.codebook.label("puolivuosi", "2021-2", lang) for lang in ("fi", "sv", "en")]
    assert words == ["7–12/2021", "7–12/2021", "July–December 2021"]
    assert prepare.present_levels(made, "puolivuosi") == ("2021-1", "2021-2", "2022-1")


def test_months_are_every_one_from_the_first_to_the_last(five: Dataset) -> None:
    """One without a notification is a zero; of chosen half-years only theirs; a month in part has its own days."""
    made = prepare.months(five)
    assert made.frame["kuukausi"].tolist() == ["2021-01", "2021-06", "2021-07", "2021-12", "2022-01"]
    assert len(made.codebook["kuukausi"].values) == 13
    assert made.codebook.label("kuukausi", "2021-12", "fi") == "12/2021"
    chosen = prepare.months(prepare.half_years(five, ["2021-2"]))
    assert tuple(chosen.codebook["kuukausi"].values) == tuple(f"2021-{month:02}" for month in range(7, 13))
    part = prepare.months(five, covers=["1.1.2021", "10.1.2022"])
    assert part.codebook["kuukausi"].lengths["2022-01"] == 10


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ((), 5),
        (["2021-1"], 2),
        (["2021"], 4),
        ("2021-1", 2),
        (2021, 4),
        ([2021], 4),
        (["2021-2", 2022], 3),
        (["2021-1", "2021-1"], 2),
    ],
)
def test_wanted_half_years(five: Dataset, wanted: list[object], kept: int) -> None:
    assert len(prepare.half_years(five, wanted)) == kept


def test_wanted_years_are_a_step(five: Dataset) -> None:
    made = prepare.years(five, ["2021"])
    assert made.frame["vuosi"].unique().tolist() == ["2021"]
    assert [(step.why, step.before, step.after) for step in made.steps] == [("2021", 5, 4)]


@pytest.mark.parametrize("wanted", ["2021-3", "21", "kevät", "2021-1-1", "-1", "٢٠٢١", ""])
def test_what_is_no_period(five: Dataset, wanted: str) -> None:
    assert key_of(prepare.half_years, five, [wanted]) == "prepare.not_half"


def test_a_period_without_rows_is_told_with_those_that_have(five: Dataset) -> None:
    with pytest.raises(UsageError) as caught:
        prepare.half_years(five, ["2021-1", "2022-2", "2019"])
    assert caught.value.sentence("fi") == "Aineistossa ei ole jaksoja 2022-2, 2019. Siinä on: 2021-1, 2021-2, 2022-1."


def test_a_row_without_a_date_is_blank_and_no_dates_are_no_periods(five: Dataset) -> None:
    some = replace(five, frame=five.frame.assign(pvm=five.frame["pvm"].where(five.frame["ilmoitus_id"] != "A")))
    assert prepare.half_years(some).frame["puolivuosi"].tolist()[0] == "tyhja"
    none = replace(five, frame=five.frame.assign(pvm=five.frame["pvm"].where(five.frame["ilmoitus_id"] == "Q")))
    assert prepare.present_levels(prepare.years(none), "vuosi") == ("tyhja",)


def test_a_form_without_a_date() -> None:
    people = drawn("vuosi | sukupuoli\n2020 | nainen", codebook("palvelutarve"))
    assert key_of(prepare.half_years, people) == "prepare.no_role"


def lengths(made: Dataset, name: str) -> dict[str, int]:
    return dict(made.codebook[name].lengths)


def test_what_the_data_cover_is_whole_months_where_nothing_was_declared(five: Dataset) -> None:
    some = five.narrowed(five.frame.iloc[1:4], "toukokuusta")  # 30 June, 1 July, 31 December
    made = prepare.years(prepare.half_years(some))
    assert lengths(made, "puolivuosi") == {"2021-1": 30, "2021-2": 184}
    assert lengths(made, "vuosi") == {"2021": 214}
    assert lengths(prepare.years(some), "vuosi") == {"2021": 214}


@pytest.mark.parametrize(
    ("covers", "halves", "years"),
    [
        ((), {"2021-1": 181, "2021-2": 184, "2022-1": 31}, {"2021": 365, "2022": 31}),
        (("2021-01-01", "22.3.2022"), {"2021-1": 181, "2021-2": 184, "2022-1": 81}, {"2021": 365, "2022": 81}),
        (("1.12.2020", "1.1.2022"), {"2021-1": 181, "2021-2": 184, "2022-1": 1}, {"2021": 365, "2022": 1}),
        (("1.1.2021", "31.12.2023"), {"2021-1": 181, "2021-2": 184, "2022-1": 181, "2022-2": 184},
         {"2021": 365, "2022": 365}),
    ],
)  # fmt: skip
def test_what_the_data_cover_is_what_was_declared(
    five: Dataset, covers: tuple[str, ...], halves: dict[str, int], years: dict[str, int]
) -> None:
    made = prepare.years(prepare.half_years(five, covers=covers))
    assert (lengths(made, "puolivuosi"), lengths(made, "vuosi")) == (halves, years)
    assert lengths(prepare.years(five, covers=covers), "vuosi") == years


def test_a_year_of_which_one_half_was_chosen_is_as_long_as_that_half(five: Dataset) -> None:
    made = prepare.years(prepare.half_years(five, ["2021-2", "2022-1"]))
    assert lengths(made, "vuosi") == {"2021": 184, "2022": 31}


@pytest.mark.parametrize("covers", [("2.1.2021", "31.12.2022"), ("1.1.2021", "31.12.2021"), ("1.1.2023", "1.1.2020")])
def test_rows_outside_what_was_declared_stop_the_report(five: Dataset, covers: tuple[str, str]) -> None:
    with pytest.raises(UsageError) as caught:
        prepare.half_years(five, covers=covers)
    assert caught.value.key == "prepare.outside_extent"
    said = caught.value.sentence("en")
    assert "2021-01-01" not in said
    assert ("rows 2" in said) == (covers[0] != "1.1.2021")


@pytest.mark.parametrize("covers", [("1.1.2021",), ("", "1.1.2023"), ("1.1.2021", ""), ("a", "b")])
def test_a_reporting_time_has_two_days(five: Dataset, covers: tuple[str, ...]) -> None:
    with pytest.raises(UsageError) as caught:
        prepare.half_years(five, covers=covers)
    assert caught.value.key in ("prepare.not_extent", "prepare.not_day")


def test_joined_years_are_as_long_as_both(five: Dataset) -> None:
    made = prepare.merge(prepare.years(five), "vuosi", ["2021", "2022"])
    assert lengths(made, "vuosi")["2021+2022"] == 396


# --- answers --------------------------------------------------------------------------------------------------


def test_days_to_the_answer_are_never_negative(five: Dataset) -> None:
    made = prepare.answer_times(five)
    assert made.frame["palaute"].tolist() == ["annettu", "ennen_ilmoitusta", "odottaa", "annettu", "annettu"]
    np.testing.assert_equal(made.frame["odotus_paivia"].to_numpy(), [0, np.nan, 243, 60, 10])
    assert made.frame["odotus_paivia:tila"].tolist() == ["vastattu", "tyhja", "vastattu", "vastattu", "vastattu"]
    assert made.findings == (Finding("answer_before", "palaute_annettu_pvm", (3,), Severity.NOTE),)


@pytest.mark.parametrize("until", ["2022-01-15", "15.1.2022"])
def test_an_answer_after_the_day_of_looking_has_not_come(five: Dataset, until: str) -> None:
    made = prepare.answer_times(five, until)
    assert made.frame["palaute"].tolist()[3:] == ["odottaa", "annettu"]
    np.testing.assert_equal(made.frame["odotus_paivia"].to_numpy()[2:], [198, 15, 10])


@pytest.mark.parametrize(("until", "key"), [("2021-12-31", "prepare.until_early"), ("pian", "prepare.not_day")])
def test_a_day_of_looking_that_cannot_be(five: Dataset, until: str, key: str) -> None:
    assert key_of(prepare.answer_times, five, until) == key


def test_a_file_without_answers_is_not_a_file_of_waiting(five: Dataset) -> None:
    frame = five.frame.assign(palaute_annettu_pvm=five.frame["palaute_annettu_pvm"].where(five.frame["pvm"].isna()))
    absent = Finding("column_absent", "palaute_annettu_pvm", severity=Severity.NOTE)
    made = prepare.answer_times(replace(five, frame=frame, findings=(absent,)))
    assert set(made.frame["palaute"]) == {"ei_kysytty"}
    assert set(made.frame["odotus_paivia:tila"]) == {"ei_kysytty"}
    assert made.frame["odotus_paivia"].isna().all()


# --- handling -------------------------------------------------------------------------------------------------


def test_stages_reached(five: Dataset) -> None:
    made = prepare.handling_reached(five)
    stages = {
        stage: made.frame[f"kasittely_vaihe:{stage}"].tolist() for stage in made.codebook["kasittely_vaihe"].values
    }
    assert stages == {
        "esihenkilolla": [False, True, True, True, True],
        "tyoryhmassa": [False, False, True, True, True],
        "toimeksianto": [False, False, False, True, False],
        "suljettu": [False, False, False, True, True],
    }
    assert made.frame["kasittely_vaihe"].tolist() == ["vastattu"] * 5


def test_a_state_that_is_not_known_has_reached_nothing(five: Dataset) -> None:
    made = prepare.handling_reached(drawn(FIVE.replace("|uusi ", "|ei_tietoa "), NOTIFIED))
    assert made.frame["kasittely_vaihe"].tolist()[0] == "ei_tietoa"
    assert not made.frame["kasittely_vaihe:esihenkilolla"].tolist()[0]


def test_the_reporter_was_dropped_and_the_page_will_say_so(five: Dataset) -> None:
    assert prepare.notifications(five).steps == ()
    dropped = Finding("metadata_dropped", severity=Severity.NOTE, values={"columns": ("Ilmoittajan nimi",)})
    made = prepare.notifications(replace(five, findings=(dropped,)))
    assert made.account.steps == (("prepare.why.reporter_dropped", 5),)


def test_the_last_row_of_a_repeated_notification_stays() -> None:
    made = prepare.notifications(drawn(FIVE.replace("E  ", " a "), NOTIFIED))
    assert made.frame.index.tolist() == [3, 4, 5, 6]
    assert made.steps == (Step("prepare.why.repeated", 5, 4),)


# --- assignments ----------------------------------------------------------------------------------------------


def test_notifications_know_their_assignments(five: Dataset, sheet: Dataset) -> None:
    made = prepare.linked(five, sheet, "1.6.2022")
    assert made.frame["toimeksiannot"].tolist() == ["1", "2-", "1", "0", "1"]
    standing = ["valmis", "myohassa", "kesken", "ei_toimeksiantoa", "kaikki_peruttu"]
    assert made.frame["toimeksianto_tilanne"].tolist() == standing


def test_an_assignment_without_its_notification_is_not_lost(five: Dataset, sheet: Dataset) -> None:
    lost = Finding("assignment_without_notification", "ilmoitukset", (3, 4), Severity.NOTE)
    assert prepare.linked(five, sheet).findings == (lost,)
    made = prepare.followed(sheet, five, "1.6.2022")
    assert made.frame["ilmoitus_loytyi"].tolist() == [
        "loytyi", "osa_puuttuu", "puuttuu", "ei_mainittu", "loytyi", "loytyi",
    ]  # fmt: skip
    assert len(made) == len(sheet)


def test_assignments_beside_their_due_dates(five: Dataset, sheet: Dataset) -> None:
    due = prepare.followed(sheet, five, "1.6.2022").frame["maaraaika"].tolist()
    assert due == ["valmis", "myohassa", "valmis_myohassa", "ei_maarapaivaa", "kesken", "peruttu"]
    early = prepare.followed(sheet, five, "1.10.2021").frame["maaraaika"].tolist()
    assert early == ["valmis", "kesken", "kesken", "ei_maarapaivaa", "kesken", "peruttu"]


@pytest.mark.parametrize("gone", ["2021-10-01 | tehty", "tehty   | 2021-10-01"])
def test_done_with_a_day_missing_is_not_done_in_time(five: Dataset, gone: str) -> None:
    undated = drawn(SHEET.replace(gone, gone.replace("2021-10-01", "")), ASSIGNED)
    assert prepare.followed(undated, five, "1.6.2022").frame["maaraaika"][2] == "valmis_paiva_puuttuu"
    assert prepare.linked(five, undated, "1.6.2022").frame["toimeksianto_tilanne"][2] == "valmis"


def test_an_assignment_has_the_themes_of_its_notifications(five: Dataset, sheet: Dataset) -> None:
    made = prepare.followed(sheet, five)
    assert made.frame["ilmio_teema:velka"].tolist() == [True, True, False, False, False, False]
    assert made.frame["ilmio_teema:asuminen"].tolist() == [True, True, False, False, True, False]
    assert made.frame["ilmio_teema"].tolist() == ["vastattu", "vastattu", "tyhja", "tyhja", "vastattu", "vastattu"]


def test_findings_have_their_sentences(five: Dataset, sheet: Dataset) -> None:
    found = prepare.linked(prepare.answer_times(five), sheet).findings
    check = loaders.Check("a.xlsx", NOTIFIED, 5, 5, 0, findings=found)
    told = loaders.sentences(check, "fi")
    assert told[-2:] == [
        "Palaute annettu (palaute_annettu_pvm): 1 rivillä vastauksen päivä on ennen ilmoituksen päivää (3). "
        "Niitä ei lasketa vastausaikaan. Korjaa päivä lähteessä.",
        "ilmoitukset: toimeksiantojen taulukossa 2 rivillä on ilmoitus, jota aineistossa ei ole (3 ja 4). "
        "Ne lasketaan erikseen. Tarkista tunnukset.",
    ]


# --- bad input, read from a file ------------------------------------------------------------------------------

ODD = {
    "emoji and marks": "Jono 😀 ei liiku \u202eainakaan\u202c.",
    "fifty thousand": "a b " * 12_500,
    "formula": "=HYPERLINK(A1)",
    "semicolon": "yksi; kaksi",
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_texts_are_read_as_they_are(tmp_path, odd: str) -> None:
    path = tmp_path / "raportit.csv"
    path.write_text(f'ilmoitus_id;pvm;ilmio_teksti\n1;1.2.2021;"{ODD[odd]}"\n2;2.2.2021;muu\n', encoding="utf-8")
    check = loaders.check(path, NOTIFIED)
    assert (check.used, check.set_aside) == (2, 0)
    assert check.dataset is not None
    assert check.dataset.frame["ilmio_teksti"].tolist()[0] == ODD[odd].strip()


def test_a_theme_that_is_not_in_the_list_sets_its_row_aside(tmp_path) -> None:
    path = tmp_path / "raportit.csv"
    path.write_text("ilmoitus_id,pvm,ilmio_teema\n1,1.2.2021,velka; Asuminen\n2,2.2.2021,velka; Salaisuus\n")
    check = loaders.check(path, NOTIFIED)
    assert (check.used, check.set_aside) == (1, 1)
    assert [(one.code, one.variable, one.rows) for one in check.findings if one.severity is Severity.ROW] == [
        ("unknown_option", "ilmio_teema", (3,))
    ]
    assert "Salaisuus" not in "".join(loaders.sentences(check, "fi"))


@pytest.mark.parametrize(
    "heading", ["Ilmoittaja", "Ilmoittajan nimi", "Kirjaaja", "Anmälarens namn", "Rapportör", "Reporter's name"]
)
def test_the_reporters_column_is_not_read(tmp_path, heading: str) -> None:
    path = tmp_path / "raportit.csv"
    path.write_text(f"ilmoitus_id;pvm;{heading}\n1;1.2.2021;Hilpi Tarunen\n2;2.2.2021;Otso\n", encoding="utf-8")
    raw = loaders.read(path)
    assert raw.frame.columns.tolist() == ["ilmoitus_id", "pvm"]
    assert prepare.notifications(loaders.validate(raw, NOTIFIED)).steps == (Step("prepare.why.reporter_dropped", 2, 2),)


# --- the plan -------------------------------------------------------------------------------------------------

PLAN = """
    vuosi | mittari | lasketaan             | arvo | arvo_pvm   | lahde
    2025  | a       | ilmoitusten_lukumaara |      |            |
    2025  | b       |                       | 4    | 2025-12-15 | muistio
    2025  | c       |                       | 4    | 2025-12-15 |
    2025  | d       |                       | 0    |            | muistio
    2025  | e       |                       |      |            |
"""


def test_a_value_by_hand_needs_its_date_and_its_source() -> None:
    made = prepare.plan_values(drawn(PLAN, codebook("toteutussuunnitelma")))
    untold = "tiedot_puuttuvat"
    assert made.frame["arvon_alkupera"].tolist() == ["lasketaan", "kirjattu", untold, untold, "ei_arvoa"]
    assert made.findings == (Finding("value_untold", "arvo", (4, 5), Severity.NOTE),)


def renamed(book, names: dict[str, str], path):
    """The same form with other names for these fields."""
    text = (CODEBOOKS / f"{book}.toml").read_text(encoding="utf-8")
    for old, new in names.items():
        text = re.sub(rf'"{old}"', f'"{new}"', text)
    path.write_text(text, encoding="utf-8")
    return codebook(path)


def test_a_countys_own_names_are_known_by_their_roles(tmp_path) -> None:
    own = {"ilmoitus_id": "numero", "kasittely_tila": "vaihe", "toimeksianto_taho": "saaja", "ilmio_teema": "aihe",
           "palaute_annettu_pvm": "vastattu_pvm", "toimenpide_toteutunut": "toteutui"}  # fmt: skip
    theirs = {"ilmoitukset": "koskee", "maarapaiva": "viimeistaan", "tila": "miten", "valmis_pvm": "valmistui"}
    heads = {**own, **theirs}
    five = drawn(re.sub(r"\w+", lambda word: heads.get(word[0], word[0]), FIVE),
                 renamed("sosiaalinen_raportointi", own, tmp_path / "a.toml"))  # fmt: skip
    sheet = drawn(re.sub(r"\w+", lambda word: heads.get(word[0], word[0]), SHEET.replace("C C", "C;C")),
                  renamed("toimeksiannot", theirs, tmp_path / "b.toml"))  # fmt: skip
    linked = prepare.linked(prepare.notifications(five), sheet)
    made = prepare.handling_reached(prepare.answer_times(linked))
    usual = prepare.linked(drawn(FIVE, NOTIFIED), drawn(SHEET.replace("C C", "C;C"), ASSIGNED))
    usual = prepare.handling_reached(prepare.answer_times(usual))
    for name in ("palaute", "odotus_paivia", "kasittely_vaihe:suljettu", "toimeksiannot", "toimeksianto_tilanne"):
        assert made.frame[name].astype(str).tolist() == usual.frame[name].astype(str).tolist(), name
    followed = prepare.followed(sheet, linked)
    assert followed.frame["aihe:velka"].sum() == 2
    assert made.codebook["vaihe"].open == usual.codebook["kasittely_tila"].open


def test_a_plans_own_names_are_known_by_their_roles_all_the_way_to_its_entries(tmp_path) -> None:
    own = {"mittari": "seurattava", "lasketaan": "koneella", "arvo": "luku", "arvo_pvm": "luvun_pvm", "lahde": "mista",
           "tila": "missa"}  # fmt: skip
    form = renamed("toteutussuunnitelma", own, tmp_path / "a.toml")
    theirs = drawn(re.sub(r"\w+", lambda word: own.get(word[0], word[0]), PLAN), form)
    usual, made = (
        prepare.records(prepare.plan_values(prepare.periods(dataset)))
        for dataset in (drawn(PLAN, codebook("toteutussuunnitelma")), theirs)
    )
    assert [one.cells for one in made] == [one.cells for one in usual]
    assert made[1].cells == {
        "indicator": "b", "source": "muistio", "period": "2025", "value": "4", "date": "2025-12-15",
        "origin": "kirjattu",
    }  # fmt: skip


def test_the_themes_are_those_of_the_field_that_has_the_role(tmp_path) -> None:
    form = renamed("sosiaalinen_raportointi", {"ilmio_teema": "aihe"}, tmp_path / "a.toml")
    heads = {"ilmio_teema": "aihe"}
    five = drawn(re.sub(r"\w+", lambda word: heads.get(word[0], word[0]), FIVE), form)
    assert indicators.themes(five).view.variable == "aihe"
