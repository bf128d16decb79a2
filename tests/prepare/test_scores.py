"""Scores of instruments, each against rows computed by hand from the rules of its source."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from spec import WORDS, dataset, said
from tables import text_table

from rakelab import i18n
from rakelab.codebook import Codebook
from rakelab.dataset import ANSWERED, Dataset, state_column
from rakelab.errors import FileError, UsageError
from rakelab.indicators import profile
from rakelab.instrument import Instrument, instrument
from rakelab.loaders import validate
from rakelab.prepare import answers, score
from rakelab.prepare.scores import find, points

NAN = float("nan")
BLANK, UNKNOWN, NOT_ASKED = "tyhja", "ei_tietoa", "ei_kysytty"


def book(*used: Instrument) -> Codebook:
    return Codebook("lomake", WORDS, tuple(field for one in used for field in one.fields()), instruments=used)


def people(name: str, rows: Sequence[Mapping[int, object]], fill: object = "") -> Dataset:
    """Answers by item number; the other items have ``fill``, weights are blank."""
    used = instrument(name)
    texts = [{used.column(one.number): str(row.get(one.number, fill)) for one in used.items} for row in rows]
    blank = {field.name: "" for field in used.fields()}
    return dataset([blank | row for row in texts], book(used))


def scored(name: str, scale: str, rows: Sequence[Mapping[int, object]], fill: object = "") -> list[float]:
    found = score(people(name, rows, fill))
    return found.frame[f"{name}_{scale}"].round(2).tolist()


def row(*answers: object) -> dict[int, object]:
    return dict(enumerate(answers, 1))


def told(act, *arguments: object) -> UsageError:
    with pytest.raises(UsageError) as caught:
        act(*arguments)
    return caught.value


# --- each instrument, by hand ---------------------------------------------------------------------------------


def test_core10():
    rows = [
        row(*[0] * 10),  # 2 and 3 reversed: 4 + 4
        row(4, 0, 0, 4, 4, 4, 4, 4, 4, 4),  # the worst
        row(0, 4, 4, 0, 0, 0, 0, 0, 0, 0),  # the best
        row(1, 3, 2, 1, 0, 0, 2, 1, 3, 1),  # 1 + 1 + 2 + 1 + 0 + 0 + 2 + 1 + 3 + 1
        row(1, 3, 2, 1, 0, "", 2, 1, 3, 1),  # one missing: 12 / 9 × 10
        row(1, 3, 2, 1, 0, "", "", 1, 3, 1),  # two missing
    ]
    assert scored("core10", "summa", rows) == pytest.approx([8, 40, 0, 12, 13.33, NAN], nan_ok=True)


def test_audit():
    rows = [
        row(*[0] * 10),
        row(*[4] * 10),
        row(2, 1, 3, 0, 1, 0, 2, 0, 2, 4),
        row(4, 4, 4, *[0] * 7),
        row(0, 0, 0, 4, 4, 4, 0, 0, 0, 0),
        row(2, "", 3, 0, 1, 0, 2, 0, 2, 4),
    ]
    assert scored("audit", "summa", rows) == pytest.approx([0, 40, 15, 12, 12, NAN], nan_ok=True)
    assert scored("audit", "kulutus", rows) == pytest.approx([0, 12, 6, 12, 0, NAN], nan_ok=True)
    assert scored("audit", "riippuvuus", rows) == [0, 12, 1, 0, 12, 1]
    assert scored("audit", "haitat", rows) == [0, 16, 8, 0, 0, 8]


def test_eurohis8():
    rows = [
        row(*[1] * 8),
        row(*[5] * 8),
        row(*[3] * 8),
        row(1, 2, 3, 4, 5, 4, 3, 2),  # 24 / 8
        row(5, 5, 5, 5, 4, 4, 4, 4),
        row(5, 5, 5, 5, 4, 4, 4, ""),
    ]
    assert scored("eurohis8", "keskiarvo", rows) == pytest.approx([1, 5, 3, 3, 4.5, NAN], nan_ok=True)


def test_promis10():
    rows = [
        row(5, 5, 5, 5, 5, 5, 0, 1, 5, 1),  # the best
        row(1, 1, 1, 1, 1, 1, 10, 5, 1, 5),  # the worst
        row(3, 3, 3, 3, 3, 3, 5, 3, 3, 3),
        row(1, 2, 3, 4, 5, 4, 3, 2, 1, 2),  # 3 + 4 + 4 + 4 and 2 + 4 + 5 + 4
        row(1, 2, 3, 4, 5, 4, 7, 2, 1, 2),  # pain 7 counts 2
        row(1, 2, "", 4, 5, 4, 7, 2, 1, 2),
    ]
    found = score(promis("1.1", *rows)).frame
    assert found["promis10_fyysinen"].tolist() == pytest.approx([20, 4, 12, 15, 13, NAN], nan_ok=True)
    assert found["promis10_psyykkinen"].tolist() == [20, 4, 12, 15, 15, 15]


def test_pain_is_recoded():
    found = promis("1.2", *(row(1, 1, 1, 1, 1, 1, pain, 1, 1, 1) for pain in range(11)))
    used = instrument("promis10")
    assert points(found, used, used.scale("fyysinen"))[:, 2].tolist() == [5, 4, 4, 4, 3, 3, 3, 2, 2, 2, 1]


WORST = dict.fromkeys(range(1, 27), 1) | {3: 5, 4: 5, 26: 5}
BEST = dict.fromkeys(range(1, 27), 5) | {3: 1, 4: 1, 26: 1}


def test_whoqol_bref():
    rows = [
        WORST,
        BEST,
        dict.fromkeys(range(1, 27), 3),
        BEST | {20: 4, 21: 3, 22: 2, 3: 2, 10: 4},  # social mean 3; physical 5 − 2/7
        BEST | {20: "", 21: 3, 22: 2, 3: "", 10: "", 15: ""},  # social mean 2.5 of two; physical three missing
        BEST | {20: "", 21: "", 3: "", 4: ""},  # social two missing; physical of five
    ]
    assert scored("whoqol_bref", "sosiaalinen", rows) == pytest.approx([0, 100, 50, 50, 37.5, NAN], nan_ok=True)
    assert scored("whoqol_bref", "fyysinen", rows) == pytest.approx([0, 100, 50, 92.86, NAN, 100], nan_ok=True)
    assert scored("whoqol_bref", "psyykkinen", rows) == [0, 100, 50, 100, 100, 100]
    assert scored("whoqol_bref", "ymparisto", rows) == [0, 100, 50, 100, 100, 100]


def test_whoqol_answers_with_more_than_a_fifth_missing_do_not_count():
    five = dict.fromkeys((1, 2, 8, 9, 20), "")
    found = score(people("whoqol_bref", [BEST | five, BEST | five | {3: ""}]))
    assert found.frame["whoqol_bref_psyykkinen"].tolist() == pytest.approx([100, NAN], nan_ok=True)
    assert states(found, "whoqol_bref_psyykkinen") == [ANSWERED, BLANK]  # though all its own items were answered


def test_gas():
    rows = [
        row(0, 0, 0, 0, 0),
        row(-2),
        row(2),
        row(1, 1),  # 50 + 10 · 2 / √(0.7 · 2 + 0.3 · 4)
        row(2, -1, 0),  # 50 + 10 · 1 / √(0.7 · 3 + 0.3 · 9)
        row("", "", "", "", ""),
    ]
    assert scored("gas", "t", rows) == pytest.approx([50, 30, 70, 62.40, 54.56, NAN], nan_ok=True)


def test_goals_with_weights():
    plain = people("gas", [row(1, -1)] * 5 + [row(1)])
    weights = pd.DataFrame({"gas_1_paino": [3, 1, 3, 0, NAN, NAN], "gas_2_paino": [1, 1, NAN, 0, NAN, 5]})
    given = weights.set_index(plain.frame.index).astype(float)
    frame = plain.frame.assign(**{name: given[name] for name in given})
    found = score(Dataset(frame, plain.codebook, plain.origin, 6, 0)).frame
    # 50 + 10 · (3 − 1) / √(0.7 · 10 + 0.3 · 16); one weight lacking or all zero: no score; none: they weigh the same
    assert found["gas_t"].round(2).tolist() == pytest.approx([55.82, 50, NAN, NAN, 50, 60], nan_ok=True)


def test_a_form_without_weight_columns_has_goals_that_weigh_the_same():
    plain = people("gas", [row(2, 2)])
    frame = plain.frame.drop(columns=[name for name in plain.frame if "_paino" in name])
    found = score(Dataset(frame, plain.codebook, plain.origin, 1, 0))
    assert found.frame["gas_t"].round(2).tolist() == [74.81]


def test_an_instrument_without_a_total_makes_none():
    found = people("mittari_3x10d", [row(*range(10))])
    assert list(score(found).frame) == list(found.frame)
    assert told(score, found, "mittari_3x10d").key == "instrument.no_scales"


# --- missing --------------------------------------------------------------------------------------------------


def states(found: Dataset, name: str) -> list[str]:
    return found.frame[state_column(name)].astype(str).tolist()


def test_why_a_score_is_missing():
    """All items missing for the same reason: that reason; else blank."""
    asked = row(*[0] * 8)
    rows = [dict.fromkeys(asked, why) for why in (BLANK, UNKNOWN, NOT_ASKED)]
    mixed = dict.fromkeys(asked, BLANK) | {1: UNKNOWN}
    found = score(people("eurohis8", [dict.fromkeys(asked, 3), *rows, mixed, dict.fromkeys(asked, 3) | {1: UNKNOWN}]))
    assert states(found, "eurohis8_keskiarvo") == [ANSWERED, BLANK, UNKNOWN, NOT_ASKED, BLANK, BLANK]
    kinds = found.frame[state_column("eurohis8_keskiarvo")].cat.categories.tolist()
    assert kinds == [ANSWERED, NOT_ASKED, UNKNOWN, BLANK]


def test_missing_items_that_are_allowed_leave_the_score_answered():
    found = score(people("core10", [{2: 4, 3: 4}], fill=0))
    less = score(people("core10", [{2: 4, 3: 4, 5: UNKNOWN}], fill=0))
    assert states(found, "core10_summa") == states(less, "core10_summa") == [ANSWERED]


def test_nobody_was_asked_anything():
    found = score(people("eurohis8", [{}, {}], fill=NOT_ASKED))
    assert states(found, "eurohis8_keskiarvo") == [NOT_ASKED, NOT_ASKED]


def test_no_rows_at_all():
    plain = people("core10", [{}], fill=1)
    found = score(plain.narrowed(plain.frame.iloc[:0], "ei ketään"))
    assert len(found) == 0
    assert "core10_summa" in found.frame


# --- the derived field ----------------------------------------------------------------------------------------


def test_a_score_is_a_field_of_the_form():
    field = score(people("core10", [{}], fill=1)).codebook["core10_summa"]
    assert (field.type, field.minimum, field.maximum, field.sensitivity) == ("number", 0, 40, "health")
    assert field.title["fi"] == "CORE-10: Psyykkinen kuormitus"


def test_only_the_instruments_that_are_named():
    used = instrument("core10"), instrument("eurohis8")
    names = [field.name for one in used for field in one.fields()]
    both = dataset([dict.fromkeys(names, "1")], book(*used))
    assert "eurohis8_keskiarvo" not in score(both, "core10").frame
    assert {"core10_summa", "eurohis8_keskiarvo"} <= set(score(both).frame)


def test_a_name_means_the_forms_own_instrument_first(tmp_path: Path):
    title = 'title = { fi = "F", sv = "S", en = "E" }\n'
    key = tmp_path / "core10.toml"
    key.write_text(f"[instrument]\n{title}[items]\ncount = 2\nminimum = 0\nmaximum = 1\n", encoding="utf-8")
    own = instrument(key)
    found = dataset([{"core10_1": "1", "core10_2": "0"}], book(own))
    assert find(found, "core10") is own
    assert find(found, "audit") == instrument("audit")


def test_rows_and_their_order_stay():
    plain = people("core10", [{}, {1: 4}, {}], fill=1)
    turned = Dataset(plain.frame.iloc[::-1], plain.codebook, plain.origin, 3, 0)
    found = score(turned)
    assert found.frame.index.tolist() == [4, 3, 2]
    assert found.frame["core10_summa"].tolist() == [14, 17, 14]


# --- answers of one item --------------------------------------------------------------------------------------


def test_answers_can_be_counted_without_a_scale():
    """The risk item by itself, and instruments whose key nobody has published."""
    found = answers(people("core10", [{6: 0}, {6: 4}, {6: UNKNOWN}, {6: 0}], fill=1), "core10", 6)
    field = found.codebook["core10_6_vastaus"]
    assert found.frame["core10_6_vastaus"].tolist() == ["0", "4", UNKNOWN, "0"]
    assert (field.levels, field.ordered, field.sensitivity) == (
        ("0", "1", "2", "3", "4", NOT_ASKED, UNKNOWN, BLANK), True, "health",
    )  # fmt: skip
    assert said(profile(found, "core10_6_vastaus"))["0"] == 2


def test_answers_of_every_item():
    found = answers(people("gas", [row(-2, 2)]), "gas")
    made = [name for name in found.frame if name.endswith("_vastaus")]
    assert made == [f"gas_{n}_vastaus" for n in range(1, 6)]
    assert found.codebook.label("gas_1_vastaus", "-2", "fi") == i18n.number(-2, "fi")
    assert found.frame.loc[2, made].tolist() == ["-2", "2", BLANK, BLANK, BLANK]


def test_an_answer_that_is_not_allowed_is_not_counted():
    assert told(answers, people("audit", [{9: 1}], fill=2), "audit").key == "instrument.not_allowed"


# --- bad input ------------------------------------------------------------------------------------------------


def test_an_item_column_that_the_data_do_not_have():
    plain = people("core10", [{}], fill=1)
    without = Dataset(plain.frame.drop(columns="core10_4"), plain.codebook, plain.origin, 1, 0)
    assert told(score, without).sentence("fi") == (
        "Mittarin core10 kohta 4 puuttuu: aineistossa ei ole saraketta core10_4. "
        "Lisää mittari koodikirjan kohtaan instruments."
    )


def test_an_item_column_that_the_file_did_not_have():
    """The loader fills such a column with “not asked”; a total of the other nine would be another instrument."""
    found = people("core10", [{4: NOT_ASKED}, {4: NOT_ASKED}], fill=1)
    assert told(score, found).sentence("en") == (
        "piirros.csv: item 4 of core10 was asked on no row, though other items were. "
        "Check the column core10_4, or use a key of your own without the item."
    )


def test_an_item_that_the_form_declares_as_words():
    plain = people("core10", [{}], fill=1)
    words = plain.frame.assign(core10_4=pd.Categorical(["joskus"]))
    error = told(score, Dataset(words, plain.codebook, plain.origin, 1, 0))
    assert (error.key, error.values["column"]) == ("instrument.not_number", "core10_4")


def test_goals_that_nobody_has_are_no_fault():
    assert scored("gas", "t", [row(2, NOT_ASKED, NOT_ASKED, NOT_ASKED, NOT_ASKED)]) == [70]


def test_an_answer_between_those_that_are_allowed():
    rows = [{}, {9: 1}, {9: 3}]
    error = told(score, people("audit", rows, fill=2))
    assert error.sentence("fi") == (
        "piirros.csv: muuttujassa audit_9 on 2 rivillä vastaus, jota mittari ei salli (rivit 3, 4). "
        "Sallittuja ovat 0, 2, 4. Korjaa vastaukset tai tyhjennä ne."
    )


def test_many_rows_are_not_all_told():
    error = told(score, people("audit", [{9: 1}] * 12, fill=2))
    assert error.values["rows"] == "2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …"


def test_a_form_that_already_has_a_variable_of_that_name():
    used = instrument("eurohis8")
    taken = book(used)
    taken = Codebook("lomake", WORDS, (*taken.fields, used.score_field(used.scales[0])), instruments=(used,))
    cells = {field.name: "3" for field in taken.fields}
    assert told(score, dataset([cells], taken)).key == "instrument.taken"


def test_an_answer_outside_the_range_is_blanked_and_the_person_stays():
    used = instrument("core10")
    cells = {used.column(n): ["1", "1", "1"] for n in range(1, 11)} | {"core10_7": ["4", "5", "-1"]}
    raw = text_table(cells)
    found = score(validate(raw, book(used)))
    assert found.set_aside == 0
    assert found.frame["core10_summa"].tolist() == pytest.approx([17, 13 / 9 * 10, 13 / 9 * 10])  # one may be missing
    (told,) = [one for one in found.findings if one.code == "item_blanked"]
    assert (told.variable, told.rows, dict(told.values)) == ("core10_7", (3, 4), {"low": 0, "high": 4})


def test_points_have_a_row_for_each_person_and_a_column_for_each_item():
    used = instrument("core10")
    found = points(people("core10", [{}, {2: ""}], fill=1), used, used.scale("summa"))
    assert found.shape == (2, 10)
    assert found[0].tolist() == [1, 3, 3, 1, 1, 1, 1, 1, 1, 1]
    assert np.isnan(found[1]).tolist() == [False, True, *[False] * 8]


# --- versions, ways past questions, ready scores --------------------------------------------------------------


def promis(version: str, *rows: Mapping[int, object]) -> Dataset:
    used = instrument("promis10")
    texts = [{used.column(n): str(answer) for n, answer in one.items()} for one in rows]
    return dataset([{"promis10_versio": version, **one} for one in texts], book(used))


def test_the_same_health_scores_the_same_on_both_versions_of_promis():
    """Global08 and Global10 count 1 for none on 1.1, 5 for none on 1.2 (Global08r, Global10r)."""
    old = score(promis("1.1", row(3, 4, 2, 5, 4, 3, 4, 2, 5, 1))).frame  # some tired, never anxious
    new = score(promis("1.2", row(3, 4, 2, 5, 4, 3, 4, 4, 5, 5))).frame
    for found in (old, new):
        assert found["promis10_fyysinen"].tolist() == [2 + 3 + 3 + 4]
        assert found["promis10_psyykkinen"].tolist() == [4 + 5 + 4 + 5]


def test_answers_of_promis_without_a_version_make_no_score():
    found = score(promis("", row(*[3] * 10)))
    assert states(found, "promis10_fyysinen") == [BLANK]


AUDIT_SKIPPED = [
    row(0, *[""] * 7, 0, 0),  # never drinks
    row(0, *[""] * 7, 2, 4),  # used to
    row(1, 0, 0, *[""] * 5, 0, 0),  # drinks little: led past 4–8
    row(0, 0, 0, *[""] * 5, 0, 0),
    row(0, *[""] * 9),  # the two last are asked of everybody
    row(1, 0, 1, *[""] * 5, 0, 0),  # not led past
    row(0, "", "", 3, "", "", "", "", 0, 0),  # an answer says that nobody was led past it
    row(0, UNKNOWN, *[""] * 6, 0, 0),  # asked, so not skipped
]


def test_who_is_led_past_questions_of_audit_counts_nothing_for_them():
    """WHO/MSD/MSB/01.6a: item 1 = 0, or 0 from items 2 and 3, leads to 9 and 10."""
    assert scored("audit", "summa", AUDIT_SKIPPED) == pytest.approx([0, 6, 1, 0] + [NAN] * 4, nan_ok=True)
    assert scored("audit", "kulutus", AUDIT_SKIPPED) == pytest.approx([0, 0, 1, 0, 0, 2, NAN, NAN], nan_ok=True)
    assert scored("audit", "riippuvuus", AUDIT_SKIPPED) == pytest.approx([0, 0, 0, 0, 0] + [NAN] * 3, nan_ok=True)
    assert scored("audit", "haitat", AUDIT_SKIPPED) == pytest.approx([0, 6, 0, 0] + [NAN] * 4, nan_ok=True)


READY = """
[instrument]
name = "valmis"
kind = "ready score"
title = { fi = "Valmis", sv = "Färdig", en = "Ready" }
direction = "higher_better"
[[scale]]
name = "pisteet"
title = { fi = "Pisteet", sv = "Poäng", en = "Points" }
minimum = 1
maximum = 5
aliases = ["Keskiarvo"]
"""


@pytest.fixture
def ready(tmp_path: Path) -> Instrument:
    path = tmp_path / "valmis.toml"
    path.write_text(READY, encoding="utf-8")
    return instrument(path)


def test_a_score_computed_elsewhere_is_read_with_its_decimals(ready):
    raw = text_table({"keskiarvo": ["1,67", "4,5", "6,2", ""]})
    form = book(ready)
    found = score(validate(raw, form))
    assert found.frame["valmis_pisteet"].tolist() == pytest.approx([1.67, 4.5, NAN, NAN], nan_ok=True)
    assert [one.code for one in found.findings if one.rows] == ["item_blanked"]


def test_a_check_refuses_answers_that_do_not_say_of_which_version_they_are():
    used = instrument("promis10")
    cells = {used.column(n): ["3", "3", ""] for n in range(1, 11)}
    for versions in (None, ["v1.2", "", ""], ["", "", "1.0"]):
        answered = cells | ({"promis10_versio": versions} if versions else {})
        with pytest.raises(FileError) as caught:
            validate(text_table(answered), book(used))
        (found,) = [one for one in caught.value.findings if one.code == "no_edition"]
        assert found.rows == tuple(row for row, told in ((2, versions and versions[0]), (3, None)) if not told)
    found = validate(text_table(cells | {"promis10_versio": ["v1.2", "1,0", ""]}), book(used))
    assert found.frame["promis10_versio"].tolist() == ["1.2", "1.1", "tyhja"]


def test_a_version_that_the_key_does_not_know_is_set_aside():
    used = instrument("promis10")
    cells = {used.column(n): ["3", "3"] for n in range(1, 11)} | {"promis10_versio": ["2.0", "1.2"]}
    found = validate(text_table(cells), book(used))
    assert (found.set_aside, found.frame.index.tolist()) == (1, [3])
