"""Adding columns and choosing rows: each choice is told as a step, missing is never an answer."""

from dataclasses import replace

import pytest
from spec import BOOK, drawn, said

from rakelab import i18n, indicators, prepare
from rakelab.codebook import Category
from rakelab.dataset import Dataset, Finding, Severity, Step
from rakelab.errors import CodebookError, RakelabError, UsageError

PEOPLE = """
    vuosi | asiakas | kunta | sukupuoli | ika | tulojen_riittavyys | tuen_tarpeet | alkoi
    2020 | x1 | 205 | nainen | 18 | hyvin | talous | 2020-02-01
    2020 | x2 | 205 | mies | 24 | juuri | talous, asuminen | 2020-03-01
    2020 | x1 | 290 | mies | 30 | huonosti | talous, asuminen, arki, paihteet, terveys | 2020-04-01
    2021 | x1 | ei_tietoa | nainen | 31 | tyhja | ei_tarvetta |
    2021 |  | muu | tyhja |  | huonosti |  | 2021-01-01
    2021 |  | 205 | ei_kysytty| 65 | hyvin | talous, asuminen, arki, paihteet, terveys, tyo | 2021-02-01
"""


@pytest.fixture
def people() -> Dataset:
    return drawn(PEOPLE)


def rows(found: Dataset) -> list[int]:
    return found.frame.index.tolist()


def caught(act: object, *arguments: object, **named: object) -> RakelabError:
    with pytest.raises(RakelabError) as found:
        act(*arguments, **named)  # type: ignore[operator]
    return found.value


# --- choosing rows --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        ("ika >= 30", [4, 5, 7]),
        ("ika > 30", [5, 7]),
        ("ika <= 24", [2, 3]),
        ("ika < 24", [2]),
        ("ika == 31", [5]),
        ("ika != 31", [2, 3, 4, 7]),
        ("ika>=18 and ika<31", [2, 3, 4]),
        ("  ika  >=  24.5  ", [4, 5, 7]),
        ("sukupuoli == nainen", [2, 5]),
        ("sukupuoli == 'nainen'", [2, 5]),
        ('sukupuoli == "nainen"', [2, 5]),
        ("sukupuoli != nainen", [3, 4]),
        ("kunta == 205", [2, 3, 7]),
        ("kunta == Kajaani", [2, 3, 7]),
        ("kunta == KAJANA", [2, 3, 7]),
        ("kunta == 205 and sukupuoli == mies and vuosi == 2020", [3]),
        ("ika > 100", []),
    ],
)
def test_rows_that_meet_a_condition(people: Dataset, condition: str, kept: list[int]) -> None:
    assert rows(prepare.select(people, condition, why="syy")) == kept


def test_a_choice_is_a_step(people: Dataset) -> None:
    found = prepare.select(prepare.select(people, "ika >= 18", why="aikuiset"), "kunta == 205", why="Kajaani")
    assert [(step.why, step.before, step.after) for step in found.steps] == [("aikuiset", 6, 5), ("Kajaani", 5, 3)]
    assert found.account.steps == (("aikuiset", 5), ("Kajaani", 3))


def test_other_rows_are_other_people(people: Dataset) -> None:
    young, old = (prepare.select(people, f"ika {sign} 30", why="ikä") for sign in ("<", ">"))
    assert young.account.rows != old.account.rows
    assert prepare.select(people, "ika < 30", why="ikä").account == young.account


def test_the_dataset_itself_stays(people: Dataset) -> None:
    prepare.select(people, "ika > 100", why="ei kukaan")
    assert len(people) == 6


@pytest.mark.parametrize(
    ("condition", "key"),
    [
        ("ika", "prepare.condition"),
        ("ika = 18", "prepare.condition"),
        ("ika >= vanha", "prepare.condition"),
        ("ika >= ", "prepare.condition"),
        ("ika >= 18 or ika < 3", "prepare.condition"),
        ("", "prepare.condition"),
        ("sukupuoli >= nainen", "prepare.not_ordered"),
        ("tuen_tarpeet == talous", "prepare.not_ordered"),
        ("sukupuoli == neinen", "prepare.no_level"),
        ("alkoi >= 2020-01-01", "prepare.not_ordered"),
        ("ikaryhma == 18-24", "prepare.not_made"),
        ("palvelun_tarpeet == neuvonta", "prepare.not_made"),
        ("paino > 3", "codebook.no_field"),
    ],
)
def test_a_condition_that_says_nothing_is_refused(people: Dataset, condition: str, key: str) -> None:
    assert caught(prepare.select, people, condition, why="syy").key == key


def test_a_refusal_tells_what_to_write(people: Dataset) -> None:
    assert caught(prepare.select, people, "ika = 18", why="").sentence("en") == (
        "The condition is not understood: ika = 18. Write for example ika >= 18 or kunta == 205; "
        "join conditions with the word and."
    )


def test_a_level_after_the_groups_are_made(people: Dataset) -> None:
    assert rows(prepare.select(prepare.periods(people), "vuosi == 2020", why="")) == [2, 3, 4]


# --- one assessment of each person in a year ------------------------------------------------------------------


def test_the_last_assessment_of_each_person_in_a_year(people: Dataset) -> None:
    found = prepare.one_per_person(people, why="viimeisin")
    assert rows(found) == [3, 4, 5, 6, 7]
    assert found.steps == (Step("prepare.why.two_rows", 6, 6), Step("viimeisin", 6, 5))


def test_the_last_of_a_person_is_by_day_where_the_form_declares_one(people: Dataset) -> None:
    """An export with the newest first; of one day the later row, and a row without a day is older than one with."""
    fields = tuple(replace(one, role="date") if one.name == "alkoi" else one for one in BOOK.fields)
    form = replace(BOOK, fields=fields)
    newest_first = drawn(
        "asiakas | vuosi | alkoi\na | 2020 | 2020-09-01\na | 2020 | 2020-02-01\nb | 2020 |\nb | 2020 | 2020-03-01\n"
        "b | 2020 |\nc | 2020 | 2020-01-01\nc | 2020 | 2020-01-01\nd | 2020 |\nd | 2020 |",
        form,
    )
    found = prepare.one_per_person(newest_first)
    assert rows(found) == [2, 5, 8, 10]
    assert found.steps == (Step("prepare.why.two_rows", 9, 8), Step("prepare.why.last", 8, 4))  # four have several


def test_without_a_day_the_last_row_of_the_file_is_not_called_the_latest(people: Dataset) -> None:
    found = prepare.one_per_person(people)
    assert (rows(found), found.steps[1:]) == ([3, 4, 5, 6, 7], (Step("prepare.why.last_row", 6, 5),))
    assert "rivi" in i18n.text("prepare.why.last_row", "fi")


def test_people_without_a_code_all_stay(people: Dataset) -> None:
    nobody = people.frame.assign(asiakas=None)
    assert prepare.one_per_person(people.narrowed(nobody, ""), why="").frame.index.tolist() == [2, 3, 4, 5, 6, 7]


def test_nobody_comes_twice_and_no_step_is_told(people: Dataset) -> None:
    once = prepare.one_per_person(people, why="")
    assert prepare.one_per_person(once, why="") is once


def test_a_file_without_the_column_is_left_as_it_is() -> None:
    plain = drawn("vuosi | ika\n2020 | 30\n2020 | 30")
    assert prepare.one_per_person(plain, why="") is plain


def test_one_of_a_person_after_the_years_became_groups(people: Dataset) -> None:
    assert rows(prepare.one_per_person(prepare.periods(people), why="")) == [3, 4, 5, 6, 7]


# --- years ----------------------------------------------------------------------------------------------------


def test_years_become_groups(people: Dataset) -> None:
    found = prepare.periods(people)
    assert found.frame["vuosi"].tolist() == ["2020"] * 3 + ["2021"] * 3
    assert found.codebook["vuosi"].values == ("2020", "2021")
    assert found.codebook["vuosi"].ordered
    assert found.steps == ()


def test_wanted_years(people: Dataset) -> None:
    found = prepare.periods(people, ["2021"])
    assert rows(found) == [5, 6, 7]
    assert found.codebook["vuosi"].values == ("2021",)
    assert [(step.why, step.before, step.after) for step in found.steps] == [("2021", 6, 3)]


def test_a_missing_year_is_a_level_of_its_own() -> None:
    found = prepare.periods(drawn("vuosi | ika\n2020 | 30\n | 30\nei_tietoa | 40"))
    assert found.frame["vuosi"].tolist() == ["2020", "tyhja", "ei_tietoa"]


def test_years_that_nobody_has(people: Dataset) -> None:
    found = caught(prepare.periods, people, [2019, 2020, 2025])
    assert found.sentence("en") == "The data do not have the years 2019, 2025. They have: 2020, 2021."


def test_a_form_without_a_year() -> None:
    from dataclasses import replace

    people = drawn("ika\n30")
    fields = tuple(field for field in people.codebook.fields if field.role != "period")
    assert caught(prepare.periods, replace(people, codebook=replace(people.codebook, fields=fields))).key == (
        "prepare.no_period"
    )


# --- bands ----------------------------------------------------------------------------------------------------


def ages(*numbers: str) -> Dataset:
    return drawn("ika | sukupuoli\n" + "\n".join(f"{number} | mies" for number in numbers))


def test_numbers_fall_in_their_bands() -> None:
    found = prepare.bands(ages("18", "24", "25", "30", "31", "64", "65", "101"), "ikaryhma")
    assert found.frame["ikaryhma"].tolist() == ["18-24"] * 2 + ["25-30"] * 2 + ["31-64"] * 2 + ["65-"] * 2


def test_an_age_with_decimals_is_the_age_in_full_years() -> None:
    found = prepare.bands(ages("24.9", "30.5", "43.5", "64.99"), "ikaryhma")
    assert found.frame["ikaryhma"].tolist() == ["18-24", "25-30", "31-64", "31-64"]


def test_missing_stays_what_it_was() -> None:
    found = prepare.bands(ages("20", "", "ei_tietoa", "ei_kysytty"), "ikaryhma", "nuori")
    assert found.frame["ikaryhma"].tolist() == ["18-24", "tyhja", "ei_tietoa", "ei_kysytty"]
    assert found.frame["nuori"].tolist() == ["18-30", "tyhja", "ei_tietoa", "ei_kysytty"]


def test_a_number_in_no_band_is_a_fault_of_the_form() -> None:
    with pytest.raises(CodebookError) as found:
        prepare.bands(ages("17", "20", "17.9"), "ikaryhma")
    assert found.value.sentence("en") == "Bands ikaryhma: 2 rows fall in no band. Complete the limits in the codebook."


def test_only_bands_make_bands() -> None:
    assert caught(prepare.bands, ages("20"), "sukupuoli").key == "prepare.not_band"
    assert caught(prepare.bands, ages("20"), "olematon").key == "codebook.no_field"


# --- how many at once -----------------------------------------------------------------------------------------


def test_how_many_needs_each_has(people: Dataset) -> None:
    found = prepare.accumulation(people, "tuen_tarpeet")
    assert found.frame["tuen_tarpeet_maara"].tolist() == ["1", "2", "5-", "0", "tyhja", "5-"]


def test_the_words_of_how_many(people: Dataset) -> None:
    field = prepare.accumulation(people, "tuen_tarpeet").codebook["tuen_tarpeet_maara"]
    assert field.title == {
        "fi": "Tuen tarpeet: montako samalla ihmisellä",
        "sv": "Stödbehov: hur många hos samma person",
        "en": "Needs: how many for one person",
    }
    assert [option.label["en"] for option in field.categories] == ["0", "1", "2", "3", "4", "5 or more"]
    assert field.ordered
    assert not field.multiple


def test_a_question_that_does_not_concern_is_not_nothing() -> None:
    found = drawn("vakivalta | vakivallan_ulottuvuus\nei | ei_koske\nkokenut | fyysinen, henkinen\nkokenut | tyhja")
    counted = prepare.accumulation(found, "vakivallan_ulottuvuus")
    assert counted.frame["vakivallan_ulottuvuus_maara"].tolist() == ["ei_koske", "2", "tyhja"]


def test_only_multiple_choice_piles_up(people: Dataset) -> None:
    assert caught(prepare.accumulation, people, "sukupuoli").key == "prepare.not_multiple"


# --- joining levels -------------------------------------------------------------------------------------------


def test_levels_as_one(people: Dataset) -> None:
    found = prepare.merge(people, "tulojen_riittavyys", ["huonosti", "juuri"])
    one = "juuri+huonosti"
    assert found.frame["tulojen_riittavyys"].tolist() == ["hyvin", one, one, "tyhja", one, "hyvin"]
    assert found.codebook.label("tulojen_riittavyys", one, "sv") == "Nätt och jämnt och Dåligt"
    assert found.codebook["tulojen_riittavyys"].values == ("hyvin", one)


def test_a_merged_level_stands_where_the_first_of_them_stood(people: Dataset) -> None:
    found = prepare.merge(prepare.bands(people, "ikaryhma"), "ikaryhma", ["25-30", "18-24"])
    assert found.codebook["ikaryhma"].values == ("18-24+25-30", "31-64", "65-")


def test_merging_is_no_choice_of_rows(people: Dataset) -> None:
    assert prepare.merge(people, "kunta", ["205", "290"]).steps == ()


@pytest.mark.parametrize(
    ("variable", "levels", "key"),
    [
        ("kunta", ["205", "999"], "prepare.no_level"),
        ("kunta", ["205", "ei_tietoa"], "prepare.no_level"),
        ("tuen_tarpeet", ["talous", "asuminen"], "prepare.not_single"),
        ("ika", ["18", "24"], "prepare.not_single"),
        ("ikaryhma", ["18-24", "25-30"], "prepare.not_single"),
        ("olematon", ["a"], "codebook.no_field"),
    ],
)
def test_levels_that_cannot_be_one(people: Dataset, variable: str, levels: list[str], key: str) -> None:
    assert caught(prepare.merge, people, variable, levels).key == key


# --- small groups ---------------------------------------------------------------------------------------------


def groups(**sizes: int) -> Dataset:
    """People in municipalities; k205=3 makes three of Kajaani."""
    lines = [name.removeprefix("k") for name, n in sizes.items() for _ in range(n)]
    return drawn("kunta | ika\n" + "\n".join(f"{line} | 30" for line in lines))


def sizes(found: Dataset) -> dict[str, int]:
    return {level: n for level, n in said(indicators.profile(found, "kunta")).items() if n}


def test_small_groups_join_the_rest() -> None:
    found = prepare.large_groups(groups(k205=20, k290=3, muu=9), "kunta", at_least=10, rest="muu")
    assert sizes(found) == {"205": 20, "290+muu": 12}
    assert found.codebook.label("kunta", "290+muu", "en") == "Kuhmo and Another municipality"


def test_the_rest_grows_until_it_is_large_enough() -> None:
    found = prepare.large_groups(groups(k205=20, k290=11, muu=3), "kunta", at_least=10, rest="muu")
    assert sizes(found) == {"205": 20, "290+muu": 14}


def test_small_groups_join_a_large_rest() -> None:
    found = prepare.large_groups(groups(k205=20, k290=3, muu=30), "kunta", at_least=10, rest="muu")
    assert sizes(found) == {"205": 20, "290+muu": 33}


def test_small_groups_that_are_enough_together_join_nothing_else() -> None:
    found = prepare.large_groups(groups(k205=6, k290=7, muu=30), "kunta", at_least=10)
    assert sizes(found) == {"205+290": 13, "muu": 30}


def test_in_the_end_there_may_be_one_group() -> None:
    found = prepare.large_groups(groups(k205=8, k290=4), "kunta", at_least=30, rest="muu")
    assert sizes(found) == {"205+290+muu": 12}
    assert indicators.profile(found, "kunta", by="kunta").view.columns == ((),)


def test_a_single_small_group_of_everybody_stays() -> None:
    found = prepare.bands(drawn("ika\n20\n22"), "ikaryhma")
    assert prepare.large_groups(found, "ikaryhma", at_least=10, rest="65-") is found


def test_kinds_of_missing_join_too() -> None:
    people = groups(k205=20, k290=20, ei_tietoa=2, tyhja=2, muu=8)
    found, one = prepare.large_groups(people, "kunta", at_least=10, rest="muu"), "muu+ei_tietoa+tyhja"
    assert sizes(found) == {"205": 20, "290": 20, one: 12}
    assert found.codebook.label("kunta", one, "en") == "Another municipality or missing"


def test_large_groups_are_left_as_they_are() -> None:
    found = groups(k205=20, k290=10, muu=10)
    assert sizes(prepare.large_groups(found, "kunta", at_least=10, rest="muu")) == {"205": 20, "290": 10, "muu": 10}


def test_joining_drops_nobody() -> None:
    found = prepare.large_groups(groups(k205=1, k290=2, muu=3, tyhja=4), "kunta", at_least=5, rest="muu")
    assert sum(sizes(found).values()) == 10
    assert found.steps == ()
    assert not found.frame["kunta"].isna().any()


def test_a_refusal_is_a_usage_error(people: Dataset) -> None:
    assert isinstance(caught(prepare.accumulation, people, "ika"), UsageError)


# --- names in use ---------------------------------------------------------------------------------------------


def test_a_derived_variable_takes_no_name_of_the_form() -> None:
    """A form made in code can still hold such a question; it is not counted as what is derived."""
    own = replace(BOOK["sukupuoli"], name="tuen_tarpeet_maara")
    found = drawn(PEOPLE, replace(BOOK, fields=(*BOOK.fields, own)))
    stopped = caught(prepare.accumulation, found, "tuen_tarpeet")
    assert (stopped.key, stopped.values["field"]) == ("codebook.name_in_use", "tuen_tarpeet_maara")


def test_a_column_that_is_in_the_rows_is_not_written_over(people: Dataset) -> None:
    column = people.frame.assign(tuen_tarpeet_maara="x")
    assert caught(prepare.accumulation, replace(people, frame=column), "tuen_tarpeet").key == "codebook.name_in_use"


def test_making_a_variable_twice_is_told(people: Dataset) -> None:
    assert caught(prepare.accumulation, prepare.accumulation(people, "tuen_tarpeet"), "tuen_tarpeet").key == (
        "codebook.name_in_use"
    )


def test_joining_levels_again_and_again_replaces_the_variable(people: Dataset) -> None:
    found = prepare.merge(prepare.merge(people, "kunta", ["205", "290"]), "kunta", ["205+290", "muu"])
    assert found.codebook["kunta"].values == ("205+290+muu",)


def test_a_joined_level_is_not_one_that_is_there(people: Dataset) -> None:
    odd = Category("205+290", BOOK["kunta"].categories[0].label)
    field = replace(BOOK["kunta"], categories=(*BOOK["kunta"].categories, odd))
    found = replace(people, codebook=people.codebook.with_replaced(field))
    assert caught(prepare.merge, found, "kunta", ["205", "290"]).key == "prepare.level_in_use"


def test_rows_are_not_chosen_by_a_column_that_the_file_does_not_have(people: Dataset) -> None:
    absent = replace(people, findings=(Finding("column_absent", "sukupuoli", severity=Severity.NOTE),))
    with pytest.raises(UsageError) as caught:
        prepare.select(absent, "sukupuoli == nainen", why="naiset")
    assert caught.value.key == "prepare.no_column"
