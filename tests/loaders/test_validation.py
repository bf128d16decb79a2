"""A table against a codebook: typing, multiple choice, missing codes, conditions, findings, the account of rows."""

import numpy as np
import pandas as pd
import pytest
from tables import text_table

from rakelab import loaders


def codes(check, severity="row"):
    """``code:variable`` → rows of the findings of one severity."""
    return {f"{f.code}:{f.variable}".rstrip(":"): f.rows for f in check.findings if f.severity == severity}


def column(check, name):
    return [None if pd.isna(cell) else cell for cell in check.dataset.frame[name]]


def test_a_plain_file_is_used_whole(checked):
    check = checked(
        "vuosi;asiakas;kunta;ika;tulot;aloitettu;vakivalta;ulottuvuus;tarpeet;muuta",
        "2020;A1;Kajaani;43;1 234,5;1.2.2020;Kyllä;Fyysinen;Talous;hyvä",
        "2021;A2;046;99;;;Nej;;Ekonomi;",
    )
    assert (check.exit_code, check.read, check.used, check.set_aside, codes(check)) == (0, 2, 2, 0, {})
    assert column(check, "kunta") == ["205", "046"]
    assert column(check, "ika") == [43, None]
    assert column(check, "ika:tila") == ["vastattu", "ei_tietoa"]
    assert column(check, "tulot:tila") == ["vastattu", "tyhja"]
    assert column(check, "aloitettu") == [pd.Timestamp("2020-02-01"), None]
    assert column(check, "ulottuvuus") == ["vastattu", "ei_koske"]
    assert column(check, "tarpeet:talous") == [True, True]
    assert column(check, "muuta") == ["hyvä", None]
    assert list(check.dataset.frame.index) == [2, 3]


def test_types_of_the_frame_are_as_the_dataset_says(checked, form):
    frame = checked("vuosi;kunta;ika;aloitettu;tarpeet;muuta", "2020;205;43;1.2.2020;Talous;x").dataset.frame
    assert tuple(frame["kunta"].cat.categories) == form["kunta"].levels
    assert frame["ika"].dtype == np.dtype(float)
    assert frame["tarpeet:talous"].dtype == np.dtype(bool)
    assert frame["aloitettu"].dtype.kind == "M"
    assert frame["muuta"].dtype == np.dtype(object)


def test_headings_match_by_name_alias_and_title_in_any_language(checked):
    check = checked('" Year ";KOTIKUNTA;3. Ålder:;"Support\nneeds"', "2020;205;43;Boende")
    assert check.exit_code == 0
    assert (column(check, "ika"), column(check, "tarpeet:asuminen")) == ([43], [True])


@pytest.mark.parametrize(
    "heading",
    ["tarpeet_talous;tarpeet_asuminen", "tarpeet:talous;tarpeet:asuminen",
    "Tuen tarpeet: Talous;Tuen tarpeet - Asuminen",
     "Stödbehov [Ekonomi];Stödbehov (Boende)", "tarpeet.talous;Support needs / Housing"],
)  # fmt: skip
def test_a_column_for_each_option(checked, heading):
    check = checked(f"vuosi;{heading}", "2020;1;0", "2020;x;", "2020;Kyllä;ei", "2020;;", "2020;ei kysytty;ei kysytty")
    assert codes(check) == {}
    assert column(check, "tarpeet:talous") == [True, True, True, False, False]
    assert column(check, "tarpeet:asuminen") == [False] * 5
    assert column(check, "tarpeet") == ["vastattu", "vastattu", "vastattu", "tyhja", "ei_kysytty"]


def test_a_column_for_each_option_with_its_text(checked):
    check = checked(
        "vuosi;Tuen tarpeet;;", ";Talous;Koulutus, työ ja toimeentulo;Ei mitään näistä",
        "2020;Talous;Koulutus, työ ja toimeentulo;", "2020;;;None of these", "2020;Asuminen;;",
    )  # fmt: skip
    assert codes(check) == {"unknown_option:tarpeet": (5,)}  # an option in another option's column
    assert column(check, "tarpeet:tyo") == [True, False]


@pytest.mark.parametrize("mark", ["; ", ", ", "|", "\n", ","])
def test_options_of_one_cell_may_hold_the_separator(checked, mark):
    cell = mark.join(("Talous", "Koulutus, työ ja toimeentulo", "asuminen"))
    check = checked("vuosi;tarpeet", f'2020;"{cell}"', f'2020;"Talous{mark}"', '2020;"Talous työ"')
    assert codes(check) == {"unknown_option:tarpeet": tuple(f.rows[0] for f in check.findings if f.severity == "row")}
    assert [column(check, f"tarpeet:{o}") for o in ("talous", "tyo", "asuminen")] == [
        [True, True],
        [True, False],
        [True, False],
    ]


def test_a_source_map_names_columns_separator_and_decimal(write, form):
    source = write(
        'separator = "/"\ndecimal = ","\nheader_row = 3\ndrop = ["Käsittelijä"]\n[columns]\n"Q1" = "vuosi"\n'
        '"Q5_1" = "tarpeet:talous"\n"Nimi" = "kunta"\n"Q7" = "ulottuvuus"\n',
        "kartta.toml",
    )
    data = write(
        ["Raportti;;;;;", ";;;;;", "Q1;Q5_1;Nimi;tulot;Käsittelijä;Q7", "2020;1;Kajaani;6,956;K;henkinen / fyysinen"]
    )
    check = loaders.check(data, form, source=source)
    assert check.exit_code == 0
    assert (column(check, "tulot"), column(check, "tarpeet:talous"), column(check, "kunta")) == (
        [6.956],
        [True],
        ["205"],
    )
    assert column(check, "ulottuvuus:henkinen") == [True]
    assert check.findings[0].values["columns"] == ("Käsittelijä",)


def test_kinds_of_missing_are_kept_apart(checked):
    check = checked(
        "vuosi;kunta;ika;tarpeet", "2020;ei kysytty;inte frågat;ei kysytty", "2020;ei tiedossa;-99;uppgift saknas",
        "2020;;;",
    )  # fmt: skip
    kinds = ["ei_kysytty", "ei_tietoa", "tyhja"]
    assert [column(check, name) for name in ("kunta", "ika:tila", "tarpeet")] == [kinds] * 3


def test_a_question_that_does_not_concern(checked):
    check = checked(
        "vuosi;vakivalta;ulottuvuus_fyysinen;ulottuvuus_henkinen",
        "2020;Kyllä;1;0", "2020;Ei;;", "2020;Ei;0;0", "2020;Ei;1;0", "2020;;;", "2020;ei tietoa;1;",
        "2020;Ei;ei kysytty;",
    )  # fmt: skip
    assert codes(check) == {"not_concerned_answered:ulottuvuus": (5,)}
    assert column(check, "ulottuvuus") == ["vastattu", "ei_koske", "ei_koske", "tyhja", "vastattu", "ei_kysytty"]


def test_of_whom_it_is_not_known_whether_a_question_concerns_them_the_reason_is_that_of_the_leading_question(checked):
    check = checked("vuosi;vakivalta;ulottuvuus", "2020;ei kysytty;", "2020;ei tietoa;", "2020;;", "2020;Ei;")
    assert column(check, "ulottuvuus") == ["ei_kysytty", "ei_tietoa", "tyhja", "ei_koske"]
    assert "nothing_ticked:ulottuvuus" not in codes(check, "note")


def test_every_fault_of_a_file_in_one_run(checked):
    check = checked(
        "vuosi;kunta;ika;tulot;aloitettu;tarpeet",
        "2020;Vaala;43;1;1.2.2020;Talous",
        "2020;205;430;1;1.2.2020;Talous",
        "2020;205;neljä;6,956;30.2.2020;Talous",
        "2020;205;43,5;1;1/2/2020;Talous; Ei mitään näistä".replace("Talous; Ei", '"Talous; Ei') + '"',
        ";205;43;1;;Lentäminen",
        "2020;1. helmi;43;;;ei tietoa, Talous".replace("ei tietoa, Talous", '"ei tietoa, Talous"'),
        "2020;46;43;1;1.2.2020;Talous",
    )
    assert codes(check) == {
        "unknown_option:kunta": (2,),
        "date_damage:kunta": (7,),
        "out_of_range:ika": (3,),
        "not_a_number:ika": (4,),
        "not_whole:ika": (5,),
        "ambiguous_number:tulot": (4,),
        "not_a_date:aloitettu": (4,),
        "ambiguous_date:aloitettu": (5,),
        "exclusive_conflict:tarpeet": (5,),
        "missing_conflict:tarpeet": (7,),
        "unknown_option:tarpeet": (6,),
        "required_blank:vuosi": (6,),
    }
    assert codes(check, "note")["leading_zero_restored:kunta"] == (8,)
    assert (check.exit_code, check.read, check.used, check.set_aside) == (1, 7, 1, 6)
    assert column(check, "kunta") == ["046"]


def test_nothing_ticked_is_an_answer_and_said(checked):
    check = checked("vuosi;tarpeet_talous;tarpeet_asuminen", "2020;0;0", "2020;1;0")
    assert column(check, "tarpeet") == ["vastattu", "vastattu"]
    notes = codes(check, "note")
    assert notes["nothing_ticked:tarpeet"] == (2,)
    assert "option_column_absent:tarpeet" in notes


def test_options_that_always_meet_are_said(checked):
    check = checked("vuosi;tarpeet", *['2020;"Talous, Asuminen"'] * 5, "2020;Koulutus, työ ja toimeentulo")
    (note,) = [f for f in check.findings if f.code == "options_always_together"]
    assert note.values["options"] == ("talous", "asuminen")


def test_identifiers_in_free_text_are_counted_and_not_shown(checked):
    check = checked("vuosi;muuta", "2020;hetu 010170-901C", "2020;hetu 010170-901C ja a@b.fi", "2020;hyvä")
    (note,) = [f for f in check.findings if f.code == "identifiers_in_text"]
    assert (note.rows, note.values["kinds"]) == ((2, 3), {"identity_code": 2, "email": 1})


def test_names_and_addresses_in_free_text_are_counted_too(checked):
    check = checked("vuosi;muuta", "2020;Virtasen Matti, Mäkitie 12", "2020;Annan kanssa sovittu", "2020;Asiakas tuli")
    (note,) = [f for f in check.findings if f.code == "identifiers_in_text"]
    assert (note.severity, note.rows) == ("note", (2, 3))
    assert note.values["kinds"] == {"address": 1, "name": 2}


@pytest.mark.parametrize("heading", ["Henkilötunnus", "hetu", "Personbeteckning", "x"])
def test_a_column_of_identity_codes_is_refused(checked, heading):
    check = checked(f"vuosi;{heading}", "2020;010170-901C", "2021;020280-902D", "2021;")
    assert (check.exit_code, check.error.key) == (2, "loaders.file.hetu_column")


def test_the_persons_column_must_not_hold_one_identity_code(checked):
    check = checked("vuosi;asiakas", "2020;A1", "2021;A2", "2021;010170-901C")
    assert (check.exit_code, codes(check, "file")) == (2, {"hetu_column:asiakas": ()})


def test_columns_that_cannot_be_placed(checked):
    check = checked("vusi;kunta;kotikunta;lomake", "2020;205;205;x")
    assert codes(check, "file") == {"column_twice:kunta": (), "column_missing:vuosi": ()}
    assert [f.values.get("nearest") for f in check.findings if f.code == "column_missing"] == ["vusi"]
    assert (check.exit_code, check.used, check.set_aside) == (2, 0, 1)


def test_an_absent_question_was_not_asked(checked):
    check = checked("vuosi;kunta", "2020;205")
    assert column(check, "ika:tila") == column(check, "tarpeet") == column(check, "vakivalta") == ["ei_kysytty"]
    assert column(check, "ulottuvuus") == ["ei_kysytty"]
    assert column(check, "aloitettu") == column(check, "muuta") == [None]


def test_no_usable_row_is_an_error_that_keeps_its_findings(checked, form):
    check = checked("vuosi;kunta", "2020;Vaala", "2020;Vaala")
    assert (check.exit_code, check.error.key) == (2, "loaders.file.no_usable_rows")
    assert codes(check) == {"unknown_option:kunta": (2, 3)}
    with pytest.raises(loaders.UnusableFileError) as raised:
        loaders.validate(check.table, form)
    assert raised.value.findings == check.findings


def test_the_rows_keep_their_numbers_of_the_file(form):
    table = text_table({"vuosi": ["2020", "2021"], "kunta": ["Kajana", ""]}, first=7)
    dataset = loaders.validate(table, form)
    assert (list(dataset.frame.index), list(dataset.frame["kunta"])) == ([7, 8], ["205", "tyhja"])


def test_sav_sets_and_codes(tmp_path, form):
    import pyreadstat

    frame = pd.DataFrame({"vuosi": [2020.0, 2021.0], "kunta": [205.0, 46.0], "vakivalta": [1.0, 2.0]})
    pyreadstat.write_sav(
        frame,
        tmp_path / "a.sav",
        variable_value_labels={"kunta": {205.0: "Kaupunki", 46.0: "Enonkoski"}, "vakivalta": {1.0: "Kyllä", 2.0: "Ei"}},
    )
    check = loaders.check(tmp_path / "a.sav", form)
    assert column(check, "kunta") == ["205", "046"]
    assert column(check, "vakivalta") == ["kylla", "ei"]


@pytest.mark.parametrize(("yes", "no"), [("TRUE", "FALSE"), ("TOSI", "EPÄTOSI"), ("sant", "falskt")])
def test_truth_values_answer_a_question_of_yes_or_no(checked, yes, no):
    check = checked("vuosi;kunta;vakivalta", f"2020;205;{yes}", f"2020;205;{no}")
    assert check.dataset.frame["vakivalta"].tolist() == ["kylla", "ei"]


@pytest.mark.parametrize(("word", "state"), [("NA", "ei_tietoa"), ("N/A", "ei_tietoa"), ("NULL", "ei_tietoa"),
                                             ("..", "ei_tietoa"), ("ei vastausta", "tyhja")])  # fmt: skip
def test_usual_words_of_what_is_missing(checked, word, state):
    check = checked("vuosi;kunta;ika;vakivalta", "2020;205;30;ei", f"2020;205;{word};{word}")
    assert check.dataset.frame.loc[3, ["ika:tila", "vakivalta"]].tolist() == [state, state]


@pytest.mark.parametrize(("yes", "no"), [("Valittu", "Ei valittu"), ("Checked", "Unchecked"), ("Quoted", "Not quoted"),
                                         ("Selected", "Not selected")])  # fmt: skip
@pytest.mark.parametrize("heading", ["Tuen tarpeet (choice={})", "Tuen tarpeet [{}]", "tarpeet/{}"])
def test_ticks_of_more_survey_tools(checked, yes, no, heading):
    heads = ";".join(heading.format(option) for option in ("Talous", "Asuminen"))
    check = checked(f"vuosi;kunta;{heads}", f"2020;205;{yes};{no}", f"2020;205;{no};{yes}")
    assert check.dataset.frame["tarpeet:talous"].tolist() == [True, False]


@pytest.mark.parametrize("source", [None, loaders.Source(separator=" ")])
def test_options_parted_by_spaces(checked, source):
    check = checked("vuosi;kunta;tarpeet", "2020;205;talous asuminen", "2020;205;tyo", source=source)
    assert check.dataset.frame[["tarpeet:talous", "tarpeet:tyo"]].to_numpy().tolist() == [[True, False], [False, True]]


def test_a_code_kept_as_text_for_a_spreadsheet(checked):
    check = checked("vuosi;kunta;ika", '="2020";="046";="30"', "2020;205;31")
    assert (check.used, check.dataset.frame["kunta"].iloc[0]) == (2, "046")
