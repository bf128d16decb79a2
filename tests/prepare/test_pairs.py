"""One row for each person: which measurements make a pair, what changed, and what is said of those without one."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from spec import drawn

from rakelab import i18n, prepare
from rakelab.codebook import Codebook, codebook
from rakelab.dataset import Dataset, Step
from rakelab.errors import RakelabError, UsageError
from rakelab.instrument import instrument

HERE = Path(__file__).parent
HEAD = "asiakas | ryhma | mittauskerta | pvm | suostumus | tavoite | tuki | oma_1 | oma_2"


@pytest.fixture(scope="module")
def book() -> Codebook:
    return codebook(HERE / "muutos.toml")


@pytest.fixture
def measured(book):
    """Rows ``asiakas ryhma kerta pvm oma_1 oma_2`` as a scored dataset; ``-`` is blank."""

    def make(*rows: str) -> Dataset:
        cells = [["" if cell == "-" else cell for cell in row.split()] for row in rows]
        lines = [" | ".join([*row[:4], "kylla", "parempi", "raha", *row[4:]]) for row in cells]
        return prepare.score(drawn("\n".join([HEAD, *lines]), book))

    return make


def caught(act: object, *arguments: object, **named: object) -> RakelabError:
    with pytest.raises(RakelabError) as found:
        act(*arguments, **named)  # type: ignore[operator]
    return found.value


def column(found: Dataset, name: str) -> list[object]:
    return [None if pd.isna(cell) else cell for cell in found.frame[name].tolist()]


def remarks(found: Dataset) -> list[set[str]]:
    ticks = [name for name in found.frame if name.startswith("mittaushuomiot:")]
    return [{name.partition(":")[2] for name in ticks if row[name]} for _, row in found.frame.iterrows()]


# --- which rows make a pair -----------------------------------------------------------------------------------


def test_a_row_for_each_person_with_both_ends_and_the_change(measured):
    found = prepare.paired(
        measured("a x alku 2026-01-01 3 2", "b x alku - 1 1", "a x loppu 2026-04-01 1 1", "b x loppu - 2 1")
    )
    assert column(found, "asiakas") == ["a", "b"]
    assert column(found, "oma_summa_alku") == [5, 2]
    assert column(found, "oma_summa_loppu") == [2, 3]
    assert column(found, "oma_summa_muutos") == [-3, 1]
    assert column(found, "oma_summa_muutos:tila") == ["vastattu", "vastattu"]
    assert column(found, "oma_2_muutos") == [-1, 0]
    assert column(found, "pari") == ["pari", "pari"]
    assert remarks(found) == [{"ei_huomioita"}, {"ei_huomioita"}]
    assert found.steps[-1] == Step("prepare.why.pairs", 4, 2)
    assert found.frame.index.tolist() == [2, 3]


def test_an_id_that_restarts_in_each_group_joins_no_strangers(measured):
    found = prepare.paired(measured("1 x alku - 0 0", "1 y loppu - 3 3", "1 y alku - 1 0", "1 x loppu - 0 1"))
    assert column(found, "ryhma") == ["x", "y"]
    assert column(found, "oma_summa_muutos") == [1, 5]


def test_spellings_of_an_id_are_one_person(measured):
    found = prepare.paired(measured("A1 x alku - 0 0", "a1 X loppu - 1 0"))
    assert column(found, "oma_summa_muutos") == [1]


def test_one_end_only(measured):
    found = prepare.paired(measured("a x alku - 1 1", "b x loppu - 1 0", "c x seuranta - 1 1", "d x alku - - -"))
    assert column(found, "pari") == ["vain_alku", "vain_loppu", "ei_mittausta", "ei_mittausta"]
    assert column(found, "oma_summa_keskeyttaneet") == [2, None, None, None]
    assert column(found, "oma_summa_keskeyttaneet:tila") == ["vastattu", "tyhja", "tyhja", "tyhja"]
    assert column(found, "oma_summa_alku") == column(found, "oma_summa_loppu") == [None] * 4
    assert column(found, "oma_summa_alku:tila") == ["tyhja"] * 4
    assert column(found, "oma_summa_muutos:tila") == ["tyhja"] * 4
    assert column(found, "oma_summa_luokka") == ["tyhja"] * 4
    assert column(found, "oma_summa_lopussa") == ["tyhja", "valissa", "tyhja", "tyhja"]


def test_the_earliest_start_and_the_latest_end_count(measured):
    found = prepare.paired(
        measured(
            "a x loppu 2026-05-01 0 0",
            "a x alku 2026-02-01 3 3",
            "a x alku 2026-01-01 2 2",
            "a x loppu 2026-04-01 1 1",
            "a x alku - 1 0",
        )
    )
    assert column(found, "oma_summa_alku") == [4]
    assert column(found, "oma_summa_loppu") == [0]
    assert remarks(found) == [{"useita_mittauksia"}]


def test_without_days_the_first_start_and_the_last_end_count(measured):
    found = prepare.paired(measured("a x alku - 1 0", "a x alku - 2 0", "a x loppu - 3 0", "a x loppu - 3 3"))
    assert (column(found, "oma_summa_alku"), column(found, "oma_summa_loppu")) == ([1], [6])
    assert remarks(found) == [{"useita_mittauksia"}]


def test_measured_twice_on_one_day_the_later_row_counts(measured):
    found = prepare.paired(
        measured(
            "a x alku 2026-01-01 1 0",
            "a x alku 2026-01-01 2 0",
            "a x loppu 2026-04-01 3 0",
            "b x alku 2026-01-01 1 0",
            "b x loppu 2026-01-01 1 0",
        )
    )
    assert column(found, "oma_summa_alku") == [2, 1]
    assert remarks(found) == [{"kaksi_samana_paivana"}, {"ei_huomioita"}]


def test_an_end_before_the_start_is_no_pair(measured):
    found = prepare.paired(measured("a x alku 2026-04-01 1 0", "a x loppu 2026-01-01 2 0", "b x alku - 1 0"))
    assert column(found, "pari") == ["ei_mittausta", "vain_alku"]
    assert column(found, "oma_summa_keskeyttaneet") == [None, 1]
    assert remarks(found)[0] == {"loppu_ennen_alkua"}


@pytest.mark.parametrize(("days", "late"), [(0, False), (89, True), (90, False)])
def test_a_late_end_is_remarked_and_used(measured, days, late):
    rows = measured("a x alku 2026-01-01 1 0", "a x loppu 2026-04-01 2 0")
    found = prepare.paired(rows, window_days=days)
    assert column(found, "oma_summa_muutos") == [1]
    assert remarks(found) == [{"myohassa" if late else "ei_huomioita"}]


def test_another_point_may_be_the_last(measured):
    rows = measured("a x alku - 1 0", "a x loppu - 2 0", "a x seuranta - 3 3")
    found = prepare.paired(rows, last="seuranta")
    assert column(found, "oma_summa_loppu") == [6]
    assert found.codebook.title_of("oma_summa_loppu", "en") == "Own: Load (follow-up)"


# --- what changed ---------------------------------------------------------------------------------------------


def test_reliable_change_follows_the_direction_of_the_scale(measured):
    rows = measured(
        "a x alku - 0 0", "b x alku - 1 1", "c x alku - 2 2", "d x alku - 3 3", "e x alku - 3 3",
        "a x loppu - 3 3", "b x loppu - 2 2", "c x loppu - 1 1", "d x loppu - 0 0", "e x loppu - 1 2",
    )  # fmt: skip
    found = prepare.paired(rows)
    least = 1.96 * np.sqrt(2) * np.std([0, 2, 4, 6, 6], ddof=1) * np.sqrt(1 - 0.84)
    assert 2 < least < 3
    assert column(found, "oma_summa_luokka") == ["huononi", "ennallaan", "ennallaan", "parani", "parani"]
    assert "oma_2_luokka" not in found.frame  # no reliability is known of one item


def test_ends_of_the_scale(measured):
    found = prepare.paired(measured("a x alku - 0 0", "b x alku - 3 3", "c x alku - 3 2", "a x loppu - 3 3"))
    assert column(found, "oma_summa_alussa") == ["pohja", "katto", "valissa"]
    assert column(found, "oma_summa_lopussa") == ["katto", "tyhja", "tyhja"]


def test_nobody_differs_and_nobody_changes(measured):
    found = prepare.paired(measured("a x alku - 1 1", "b x alku - 1 1", "a x loppu - 1 1", "b x loppu - 1 1"))
    assert column(found, "oma_summa_muutos") == [0, 0]
    assert column(found, "oma_summa_luokka") == ["ennallaan", "ennallaan"]


def test_one_person_in_the_whole_file(measured):
    found = prepare.paired(measured("a x alku - 1 1", "a x loppu - 3 3"))
    assert column(found, "oma_summa_muutos") == [4]


def test_derived_fields_have_words_limits_and_the_instruments_sensitivity(measured):
    book = prepare.paired(measured("a x alku - 1 1", "a x loppu - 3 3")).codebook
    change = book["oma_summa_muutos"]
    assert (change.minimum, change.maximum, change.sensitivity) == (-6, 6, "health")
    assert (book["oma_2_alussa"].sensitivity, book["oma_summa_luokka"].sensitivity) == ("health", "")
    assert book.title_of("oma_summa_alku", "fi") == "Oma: Kuorma (alku)"
    assert book.label("oma_summa_luokka", "huononi", "sv") == "Försämrades"
    assert book["pari"].open == ("pari", "vain_alku", "vain_loppu", "ei_mittausta")
    assert set(book["mittaushuomiot"].open) == set(book["mittaushuomiot"].values)
    assert [o.value for o in book["mittaushuomiot"].categories if o.exclusive] == ["ei_huomioita"]


def test_how_many_have_a_score_tells_of_the_collecting_of_data(measured):
    """Of one item it does only where everybody measured twice answered it."""
    whole = prepare.paired(measured("a x alku - 1 1", "a x loppu - 3 3", "b x alku - 2 2")).codebook
    told = ("vastattu", "ei_kysytty", "ei_tietoa", "tyhja")
    for name in ("summa", "summa_alku", "summa_muutos", "summa_keskeyttaneet", "summa_luokka", "summa_alussa"):
        assert whole[f"oma_{name}"].open == told
    assert whole["oma_2_muutos"].open == told
    left = prepare.paired(measured("a x alku - 1 -", "a x loppu - 3 3")).codebook
    assert (left["oma_summa_muutos"].open, left["oma_2_muutos"].open) == (told, ())


def test_items_at_the_start_are_kept_for_alpha(measured):
    rows = measured("a x alku - 1 2", "b x loppu - 1 1", "a x loppu - 3 3")
    found = prepare.paired(rows)
    assert column(found, "oma_1") == [1, None]
    assert column(found, "oma_1:tila") == ["vastattu", "tyhja"]
    assert [one.field.name for one in prepare.measures(rows)] == ["oma_summa", "oma_2"]
    assert prepare.measures(found) == prepare.measures(rows)


def test_background_is_the_first_answer(book):
    found = prepare.paired(
        prepare.score(
            drawn(
                f"""{HEAD}
                a | x | alku | | kylla | | | 1 | 1
                a | x | loppu | | kylla | sama | koti | 1 | 1
                b | x | alku | | kylla | ei_tietoa | raha | 1 | 1""",
                book,
            )
        )
    )
    assert column(found, "tavoite") == ["sama", "ei_tietoa"]
    assert column(found, "tuki:koti") == [True, False]
    assert column(found, "tuki") == ["vastattu", "vastattu"]


def test_a_group_left_blank_and_a_form_without_groups(measured):
    rows = measured("a x alku - 1 1", "b - alku - 1 1")
    assert column(prepare.paired(rows), "ryhma") == ["x", "tyhja"]
    nobodys = replace(rows, frame=rows.frame.assign(ryhma=None))
    assert column(prepare.paired(nobodys), "ryhma") == ["ei_kysytty", "ei_kysytty"]


def test_a_name_of_a_group_may_stand_in_the_name_of_a_cell(measured):
    found = prepare.paired(measured("a x=1:y alku - 1 1"))
    assert found.codebook["ryhma"].values == ("x-1-y",)


# --- what cannot be done --------------------------------------------------------------------------------------


def test_a_group_called_after_a_person_is_refused(measured):
    error = caught(prepare.paired, measured("a 010170-901J alku - 1 1"))
    assert error.key == "prepare.group_names"
    assert "010170" not in "".join(error.sentence(lang) for lang in i18n.LANGUAGES)


def test_the_same_point_twice(measured):
    assert caught(prepare.paired, measured("a x alku - 1 1"), last="alku").key == "prepare.same_point"


def test_an_unknown_point(measured):
    assert caught(prepare.paired, measured("a x alku - 1 1"), last="lopu").key == "prepare.no_level"


def test_nothing_scored(measured):
    rows = measured("a x alku - 1 1")
    bare = replace(rows, frame=rows.frame.drop(columns=[name for name in rows.frame if name.startswith("oma")]))
    error = caught(prepare.paired, bare)
    assert isinstance(error, UsageError)
    assert error.sentence("en") == (
        "piirros.csv: no instrument has been scored. Check that the file has the items of the instruments of the "
        "codebook muutos, and score them (prepare.score) before making pairs."
    )


def test_a_form_without_points():
    assert caught(prepare.paired, drawn("vuosi | asiakas\n2020 | a")).key == "prepare.no_role"


# --- who may be looked at -------------------------------------------------------------------------------------

CONSENT = f"""{HEAD}
    a | x | alku | | kylla | | | 1 | 1
    a | x | loppu | | | | | 1 | 1
    b | x | alku | | kylla | | | 1 | 1
    b | x | loppu | | ei | | | 1 | 1
    c | x | alku | | | | | 1 | 1
    a | y | alku | | ei | | | 1 | 1
"""


def test_consent_is_the_persons_and_a_refusal_at_any_time_counts(book):
    found = prepare.permitted(drawn(CONSENT, book), "lupa 1")
    assert found.frame.index.tolist() == [2, 3]
    assert found.steps == (Step("prepare.why.consent", 6, 2),)


@pytest.mark.parametrize("permit", ["", "  "])
def test_no_permit_no_analysis(book, permit):
    error = caught(prepare.permitted, drawn(CONSENT, book), permit)
    assert error.sentence("en") == (
        "An analysis on the level of persons demands a recorded research permit. Write its number and date in the "
        'parameter tutkimuslupa, for example "no. 123/2026, 2 March 2026".'
    )


def test_consent_not_asked(book):
    rows = drawn(CONSENT, book)
    levels = rows.frame["suostumus"].cat.categories
    rows = replace(rows, frame=rows.frame.assign(suostumus=pd.Categorical(["ei_kysytty"] * 6, levels)))
    error = caught(prepare.permitted, rows, "lupa 1")
    assert error.sentence("fi") == (
        "piirros.csv: suostumusta ei ole kysytty (muuttuja suostumus, koodikirja muutos). Lisää aineistoon sarake, "
        "jossa on kyllä niiden riveillä, jotka ovat suostuneet tutkimukseen."
    )


def test_nobody_consented(book):
    assert (
        caught(prepare.permitted, drawn(CONSENT.replace("kylla", "ei"), book), "lupa 1").key
        == "prepare.nobody_consented"
    )


def test_a_change_says_its_scale_and_which_way_is_better(measured):
    found = prepare.paired(measured("a x alku - 1 1", "a x loppu - 0 1"))
    assert found.codebook.title_of("oma_summa_muutos", "fi") == "Oma: Kuorma (0–6, pienempi on parempi)"
    assert found.codebook.title_of("oma_2_muutos", "en") == "Own: item 2 (0–3, lower is better)"


def test_the_limit_of_reliable_change_is_that_of_those_classed(measured):
    """Pairs begin at 2, 3 and 4 (deviation 1, so 1.109 is the limit); who left began at 0 and 6 and does not count."""
    people = ["a x alku - 1 1", "b x alku - 2 1", "c x alku - 2 2", "d x alku - 0 0", "e x alku - 3 3"]
    found = prepare.paired(measured(*people, "a x loppu - 0 0", "b x loppu - 1 1", "c x loppu - 1 2"))
    assert column(found, "oma_summa_luokka") == ["parani", "ennallaan", "ennallaan", "tyhja", "tyhja"]


def test_who_does_not_drink_at_the_end_is_no_drop_out():
    """WHO's way past questions: blank items after “never” are 0, so the person is a pair, and the best outcome."""
    used = instrument("audit")
    fields = [one for one in codebook(HERE / "muutos.toml").fields if not one.name.startswith("oma_")]
    form = Codebook("juoma", used.title, (*fields, *used.fields()), instruments=(used,))
    head = ["asiakas", "mittauskerta", *(used.column(n) for n in range(1, 11))]
    start, end = ["a", "alku", *["2"] * 8, "2", "2"], ["a", "loppu", "0", *[""] * 7, "0", "0"]
    found = prepare.paired(prepare.score(drawn("\n".join(" | ".join(row) for row in (head, start, end)), form)))
    assert column(found, "pari") == ["pari"]
    assert column(found, "audit_summa_loppu") == [0]
    assert column(found, "audit_summa_keskeyttaneet") == [None]


def test_items_one_and_two_of_whoqol_are_followed_by_themselves():
    used = instrument("whoqol_bref")
    fields = [one for one in codebook(HERE / "muutos.toml").fields if not one.name.startswith("oma_")]
    form = Codebook("laatu", used.title, (*fields, *used.fields()), instruments=(used,))
    head = ["asiakas", "mittauskerta", *(used.column(n) for n in range(1, 27))]
    rows = (head, ["a", "alku", *["2"] * 26], ["a", "loppu", *["4"] * 26])
    found = prepare.paired(prepare.score(drawn("\n".join(" | ".join(row) for row in rows), form)))
    names = [one.field.name for one in prepare.measures(found)]
    assert names[:2] == ["whoqol_bref_1", "whoqol_bref_2"]
    assert column(found, "whoqol_bref_2_muutos") == [2]


def test_a_ready_score_is_paired_like_one_that_was_computed(tmp_path):
    (tmp_path / "valmis.toml").write_text(
        '[instrument]\nname = "valmis"\nkind = "ready score"\ndirection = "higher_better"\n'
        'title = { fi = "V", sv = "V", en = "V" }\n[[scale]]\nname = "p"\nminimum = 1\nmaximum = 5\n'
        'title = { fi = "P", sv = "P", en = "P" }\nreliability = { value = 0.9, source = "keksitty" }\n',
        encoding="utf-8",
    )
    used = instrument(tmp_path / "valmis.toml")
    fields = [one for one in codebook(HERE / "muutos.toml").fields if not one.name.startswith("oma_")]
    form = Codebook("v", used.title, (*fields, *used.fields()), instruments=(used,))
    rows = "asiakas | mittauskerta | valmis_p\na | alku | 1.67\na | loppu | 3.5\nb | alku | 2.33\nb | loppu | 2"
    found = prepare.paired(prepare.score(drawn(rows, form)))
    assert column(found, "valmis_p_muutos") == pytest.approx([1.83, -0.33])
    assert column(found, "valmis_p_luokka") == ["parani", "ennallaan"]
    assert prepare.reflective(found) == ()
    assert found.codebook.title_of("valmis_p_muutos", "sv") == "V: P (1–5, större är bättre)"
