"""Which questions a form has, by kind; and opinions in fewer classes where few people answered."""

from dataclasses import replace

import pytest
from spec import dataset

from rakelab import i18n, prepare
from rakelab.codebook import Codebook, codebook
from rakelab.dataset import Dataset
from rakelab.prepare import bands, condensed, score
from rakelab.prepare.questions import choices, derived, quantities, ratings, reflective, statements

HEAD = """
[codebook]
name = "oma"
title = { fi = "Oma", sv = "Egen", en = "Own" }
instruments = ["mittari.toml"]
"""
INSTRUMENT = """
[instrument]
name = "mitta"
title = { fi = "Mitta", sv = "Mått", en = "Measure" }
direction = "higher_better"

[[item]]
number = 1
minimum = 0
maximum = 4
label = { fi = "Yksi", sv = "Ett", en = "One" }

[[item]]
number = 2
minimum = 0
maximum = 4
label = { fi = "Kaksi", sv = "Två", en = "Two" }
"""
SCALE = """
[[scale]]
name = "summa"
rule = "sum"
title = { fi = "Summa", sv = "Summa", en = "Sum" }
items = [1, 2]
"""
FIVE = ("tays", "jok", "ei_samaa", "jok_eri", "tays_eri")


def field(name: str, traits: str = "", *values: str) -> str:
    options = ", ".join(f'{{ value = "{v}", label = {{ fi = "{v}", sv = "{v}", en = "{v}" }} }}' for v in values)
    options = f"categories = [{options}]\n" if values else ""
    return f'\n[[field]]\nname = "{name}"\ntitle = {{ fi = "F", sv = "S", en = "E" }}\n{traits}\n{options}'


ORDERED = "categoriesOrdered = true"
LIMITS = 'type = "integer"\nconstraints = {{ minimum = {}, maximum = {} }}'
FIELDS = (
    field("vuosi", 'type = "integer"\nrole = "period"')
    + field("kunta", 'role = "region"', "a", "b")
    + field("osa_1", LIMITS.format(1, 5))
    + field("osa_2", LIMITS.format(1, 5))
    + field("nps", LIMITS.format(0, 11))
    + field("paivat", LIMITS.format(0, 12))
    + field("ika", 'type = "integer"')
    + field("eurot", 'type = "number"')
    + field("vaite_1", ORDERED, *FIVE)
    + field("vaite_2", ORDERED, *FIVE)
    + field("tulot", ORDERED, "hyvin", "juuri", "huonosti")
    + field("kylla_1", ORDERED, "on", "ei")
    + field("kylla_2", ORDERED, "on", "ei")
    + field("syy", 'type = "list"', "raha", "aika")
    + field("avoin", 'sensitivity = "text"')
    + field("pvm", 'type = "date"')
)
BAND = """
[[bands]]
name = "ikaryhma"
of = "ika"
title = { fi = "I", sv = "Å", en = "A" }
categories = [
    { value = "-49", maximum = 49, label = { fi = "–49", sv = "–49", en = "–49" } },
    { value = "50-", minimum = 50, label = { fi = "50–", sv = "50–", en = "50–" } },
]
"""
ROW = {
    "vuosi": "2026", "kunta": "a", "osa_1": "3", "osa_2": "4", "nps": "9", "paivat": "2", "ika": "40", "eurot": "1.5",
    "vaite_1": "tays", "vaite_2": "jok", "tulot": "juuri", "kylla_1": "on", "kylla_2": "ei", "syy": "raha",
    "avoin": "Sana.", "pvm": "2026-01-01", "mitta_1": "1", "mitta_2": "2",
}  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    place = tmp_path_factory.mktemp("lomake")
    (place / "mittari.toml").write_text(INSTRUMENT + SCALE, encoding="utf-8")
    (place / "oma.toml").write_text(HEAD + FIELDS + BAND, encoding="utf-8")
    return codebook(place / "oma.toml")


@pytest.fixture
def people(book: Codebook) -> Dataset:
    return dataset([ROW, ROW], book)


# --- kinds of questions ---------------------------------------------------------------------------------------


def test_ratings_are_whole_numbers_on_a_short_scale_and_the_rest_are_quantities(people: Dataset) -> None:
    assert ratings(people) == ("osa_1", "osa_2", "nps")
    assert quantities(people) == ("paivat", "ika", "eurot")


def test_statements_are_ordered_questions_that_share_their_options(people: Dataset) -> None:
    assert statements(people) == ("vaite_1", "vaite_2")


def test_choices_are_the_other_questions_with_options_and_the_bands_made_come_last(people: Dataset) -> None:
    own = ("tulot", "kylla_1", "kylla_2", "syy")
    assert choices(people) == own
    assert choices(bands(people, "ikaryhma")) == (*own, "ikaryhma")


def test_no_question_is_of_two_kinds_and_texts_and_roles_are_of_none(people: Dataset) -> None:
    every = [*ratings(people), *statements(people), *choices(people), *quantities(people)]
    assert len(every) == len(set(every))
    assert not {"vuosi", "kunta", "avoin", "pvm"} & set(every)


def test_derived_are_those_made_beside_the_forms_own(people: Dataset) -> None:
    assert derived(people) == ()
    assert derived(bands(prepare.periods(people), "ikaryhma")) == ("ikaryhma",)
    assert derived(score(people)) == ("mitta_summa",)


def test_a_periods_groups_are_no_question(people: Dataset) -> None:
    made = prepare.periods(people)
    assert choices(made) == choices(people)
    assert quantities(made) == quantities(people)


def test_a_joined_question_keeps_its_kind(people: Dataset) -> None:
    made = condensed(people, "vaite_1")
    assert made.codebook["vaite_1"].values != FIVE
    assert statements(made) == ("vaite_1", "vaite_2")


def test_reflective_scales_are_those_that_were_paired(people: Dataset) -> None:
    assert reflective(score(people)) == ()
    frame = people.frame.assign(mitta_summa_muutos=[0.0, 1.0])
    assert reflective(type(people)(frame, people.codebook, people.origin, 2, 0)) == (("mitta", "summa"),)


# --- fewer classes --------------------------------------------------------------------------------------------


def few(book: Codebook, n: int) -> Dataset:
    return dataset([{**ROW, "vaite_1": FIVE[i % 5], "tulot": ("hyvin", "tyhja")[i % 2]} for i in range(n)], book)


def test_opinions_of_few_are_told_in_three_classes_and_nobody_is_lost(book: Codebook) -> None:
    made = condensed(few(book, 59), "vaite_1")
    assert made.codebook["vaite_1"].values == ("tays+jok", "ei_samaa", "jok_eri+tays_eri")
    assert made.frame["vaite_1"].value_counts(sort=False).to_dict() == {
        "tays+jok": 24, "ei_samaa": 12, "jok_eri+tays_eri": 23, "ei_kysytty": 0, "ei_tietoa": 0, "tyhja": 0,
    }  # fmt: skip
    assert made.codebook["vaite_1"].ordered
    assert [made.codebook.label("vaite_1", "tays+jok", lang) for lang in i18n.LANGUAGES] == [
        "tays ja jok", "tays och jok", "tays and jok",
    ]  # fmt: skip


def test_opinions_of_enough_people_stay_as_they_are(book: Codebook) -> None:
    people = few(book, 60)
    assert condensed(people, "vaite_1") is people
    assert condensed(people, "vaite_1", enough=61).codebook["vaite_1"].values[0] == "tays+jok"


def test_what_was_answered_decides_nothing(book: Codebook) -> None:
    alike = dataset([{**ROW, "vaite_1": "tays"}] * 3, book)
    assert condensed(alike, "vaite_1").codebook["vaite_1"] == condensed(few(book, 3), "vaite_1").codebook["vaite_1"]


def test_three_classes_or_two_are_few_enough_and_a_missing_answer_stays(book: Codebook) -> None:
    made = condensed(few(book, 10), "tulot", "kylla_1")
    assert made.codebook["tulot"].values == ("hyvin", "juuri", "huonosti")
    assert made.codebook["kylla_1"].values == ("on", "ei")
    assert (made.frame["tulot"] == "tyhja").sum() == 5


def test_four_options_become_two(book: Codebook) -> None:
    four = replace(book["vaite_1"], name="neljas", categories=book["vaite_1"].categories[:4])
    rows = [{**ROW, "neljas": FIVE[i % 4]} for i in range(8)]
    made = condensed(dataset(rows, book.with_field(four)), "neljas")
    assert made.codebook["neljas"].values == ("tays+jok", "ei_samaa+jok_eri")
