"""Answers that are no option: with a catch-all the row stays, the answer is counted, the words are free text."""

from pathlib import Path

import pytest
from conftest import codes

from rakelab import loaders
from rakelab.codebook import codebook

FORM = """
[codebook]
name = "oma"
title = { fi = "Oma" }

[[field]]
name = "vuosi"
type = "integer"
title = { fi = "Kyselyn vuosi" }
role = "period"

[[field]]
name = "asuminen"
type = "string"
title = { fi = "Asuminen" }
catch_all = "muu"
categories = [{ value = "vuokra", label = { fi = "Vuokra" } }, { value = "muu", label = { fi = "Muu" } }]

[[field]]
name = "tuki"
type = "list"
title = { fi = "Tuen tarve" }
catch_all = "muu"
categories = [
    { value = "talous", label = { fi = "Talous, raha" } },
    { value = "asunto", label = { fi = "Asunto" } },
    { value = "muu", label = { fi = "Muu" } },
    { value = "ei", label = { fi = "Ei mitään" }, exclusive = true },
]
"""


@pytest.fixture
def read(write, tmp_path):
    (tmp_path / "oma.toml").write_text(FORM, encoding="utf-8")

    def run(*lines: str, **options: object) -> loaders.Check:
        return loaders.check(write(lines), codebook(tmp_path / "oma.toml"), **options)

    return run


def words(check: loaders.Check, name: str) -> list[str | None]:
    return check.dataset.frame[f"{name}_omin_sanoin"].tolist()


def ticks(check: loaders.Check) -> list[str]:
    frame = check.dataset.frame
    return [
        "+".join(option for option in ("talous", "asunto", "muu", "ei") if row[f"tuki:{option}"])
        for row in frame.to_dict("records")
    ]


def test_a_single_choice_keeps_the_row_and_counts_it(read):
    check = read("vuosi;asuminen", "2024;Vuokra", "2024;teltta", "2024;muu", "2024;", "2024;ei tietoa", "2024;0")
    assert check.set_aside == 0
    assert check.dataset.frame["asuminen"].tolist() == ["vuokra", "muu", "muu", "tyhja", "ei_tietoa", "muu"]
    assert words(check, "asuminen") == [None, "teltta", None, None, None, "0"]
    assert codes(check, "note")["caught:asuminen"] == (3, 7)


def test_what_a_spreadsheet_made_a_date_is_no_answer_of_ones_own(read):
    check = read("vuosi;asuminen", "2024;Vuokra", "2024;2.1.2024")
    assert codes(check) == {"date_damage:asuminen": (3,)}


@pytest.mark.parametrize(
    "heading", ["Tuen tarve: Muu, mikä?", "Tuen tarve [Muu]", "tuki:muu", "Tuen tarve (Muu: mikä)"]
)
def test_a_column_of_words_among_columns_of_ticks(read, heading):
    check = read(f"vuosi;tuki:talous;tuki:asunto;{heading};tuki:ei", "2024;1;;koira;", "2024;;;kissa;",
                 "2024;;1;;", "2024;;1;1;", "2024;;;0;1", "2024;;;;")  # fmt: skip
    assert ticks(check) == ["talous+muu", "muu", "asunto", "asunto+muu", "ei", ""]
    assert words(check, "tuki") == ["koira", "kissa", None, None, None, None]
    assert codes(check, "note")["caught:tuki"] == (2, 3)
    assert check.dataset.frame["tuki"].tolist() == ["vastattu"] * 5 + ["tyhja"]


def test_a_tick_and_its_words_in_columns_of_their_own(read):
    check = read("vuosi;Tuen tarve: Asunto;Tuen tarve: Muu;Tuen tarve: Muu, mikä?", "2024;0;1;koira", "2024;0;0;kissa",
                 "2024;1;0;")  # fmt: skip
    assert ticks(check) == ["muu", "muu", "asunto"]
    assert words(check, "tuki") == ["koira", "kissa", None]


def test_a_third_column_of_the_same_option_is_one_too_many(read):
    heading = ";".join(["Tuen tarve: Muu", "Tuen tarve: Muu, mikä?", "Tuen tarve: Muu (avoin)"])
    assert "column_twice:tuki" in codes(read(f"vuosi;{heading}", "2024;1;;", "2024;;x;"), "file")


@pytest.mark.parametrize(
    ("cell", "ticked", "own"),
    [
        ("Talous, raha;koira;", "talous+muu", "koira"),
        ("Talous, raha, Koira, Asunto", "talous+asunto+muu", "Koira"),
        ("koira, kissa", "muu", "koira, kissa"),
        ("Asunto;velat, vuokra", "asunto+muu", "velat, vuokra"),
        ("Muu;Asunto", "asunto+muu", None),
        ("Talousneuvonta", "muu", "Talousneuvonta"),
        ("Talous, raha", "talous", None),
        ("7", "muu", "7"),
    ],
)
def test_one_cell_of_options_and_words(read, cell, ticked, own):
    check = read("vuosi\ttuki", f"2024\t{cell}", "2024\tAsunto")
    assert (ticks(check)[0], words(check, "tuki")[0]) == (ticked, own)


def test_words_do_not_go_with_an_option_that_stands_alone(read):
    check = read("vuosi\ttuki", "2024\tEi mitään;koira", "2024\tAsunto")
    assert codes(check) == {"exclusive_conflict:tuki": (2,)}


def test_words_beside_another_answer_to_a_single_choice_are_told_and_not_read(read):
    check = read(
        "vuosi;Asuminen;Asuminen: Muu, mikä?", "2024;Vuokra;halpa", "2024;;teltta", "2024;Muu;vene", "2024;;ei"
    )
    assert check.dataset.frame["asuminen"].tolist() == ["vuokra", "muu", "muu", "tyhja"]
    assert words(check, "asuminen") == [None, "teltta", "vene", None]
    assert codes(check, "note")["words_unread:asuminen"] == (2,)


def test_a_source_map_names_the_column_of_words(read, write):
    source = write('[columns]\n"12b" = "asuminen:muu"\n"13b" = "tuki:muu"\n', "k.toml")
    check = read("vuosi;asuminen;12b;tuki:asunto;13b", "2024;Muu;vene;1;koira", source=source)
    assert (words(check, "asuminen"), words(check, "tuki")) == (["vene"], ["koira"])


def test_a_map_cannot_name_an_option_of_a_single_choice(read, write):
    source = write('[columns]\n"12b" = "asuminen:vuokra"\n', "k.toml")
    assert "source_unknown" in codes(read("vuosi;12b", "2024;1", source=source), "file")


def test_a_frequent_answer_that_is_like_an_option_is_still_named(read):
    check = read("vuosi;asuminen", *["2024;Vuorka"] * 5)
    texts = next(found.values["texts"] for found in check.findings if found.code == "unknown_texts")
    assert [(text, n, label["fi"]) for text, n, label in texts] == [("Vuorka", 5, "Vuokra")]


def test_what_points_at_somebody_is_told_and_never_shown(read):
    check = read("vuosi;asuminen;tuki", "2024;Virtasen Maijalla 010190-923A;Asunto", "2024;Vuokra;Asunto")
    assert codes(check, "note")["identifiers_in_text:asuminen_omin_sanoin"] == (2,)
    for lang in ("fi", "sv", "en"):
        assert "Virtasen" not in "".join(loaders.sentences(check, lang))
        assert "omin_sanoin" in "".join(loaders.sentences(check, lang))


def test_it_is_said_how_many_went_to_the_catch_all(read):
    check = read("vuosi;asuminen", "2024;teltta", "2024;vene", "2024;Vuokra")
    assert (
        "Asuminen (asuminen): 2 rivillä vastaus ei ole mikään vaihtoehdoista. Ne laskettiin vaihtoehtoon ”Muu” "
        "(2 ja 3); omat sanat ovat vapaata tekstiä, jota ei näytetä."
    ) in loaders.sentences(check, "fi")


def test_without_a_catch_all_the_row_is_set_aside(write, tmp_path):
    path = tmp_path / "oma.toml"
    path.write_text(FORM.replace('catch_all = "muu"\n', ""), encoding="utf-8")
    check = loaders.check(write(["vuosi;asuminen;tuki", "2024;teltta;Asunto", "2024;Vuokra;koira"]), codebook(path))
    assert codes(check) == {"unknown_option:asuminen": (2,), "unknown_option:tuki": (3,)}


def test_the_column_of_webropol(shared: Path, tmp_path):
    (tmp_path / "oma.toml").write_text(FORM, encoding="utf-8")
    check = loaders.check(shared / "field-cases" / "webropol_other.csv", codebook(tmp_path / "oma.toml"))
    assert words(check, "tuki") == ["koira", None, None]


def test_a_row_without_a_weight_greater_than_zero_is_set_aside(write, tmp_path):
    weight = '[[field]]\nname = "paino"\ntype = "number"\nweight = true\ntitle = { fi = "Paino" }\n'
    (tmp_path / "oma.toml").write_text(FORM + weight, encoding="utf-8")
    lines = ["vuosi;asuminen;paino", "2024;Vuokra;1,5", "2024;Vuokra;0", "2024;Vuokra;-1", "2024;Vuokra;", "2024;Muu;x"]
    check = loaders.check(write(lines), codebook(tmp_path / "oma.toml"))
    assert codes(check) == {"no_weight:paino": (3, 4, 5), "not_a_number:paino": (6,)}
    assert check.dataset.weights.tolist() == [1.5]
