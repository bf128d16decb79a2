"""The proposed source map of the national structure of the assessment, on an invented file of that shape."""

import pytest
from conftest import codes

from rakelab import loaders
from rakelab.codebook import codebook
from rakelab.loaders.sources import SOURCES

FORM = codebook("palvelutarve")
HEADINGS = ("Vireilletulon tapa", "Arvioinnin aloituspäivä", "Arvioinnin kuvaus", "Oikeus erityiseen tukeen",
            "Tuen tarve", "Tuen tarpeen kesto", "Maksuhäiriömerkintä", "Sukupuoli", "Laatija")  # fmt: skip
ROWS = (
    ("5", "12.3.2025", "Pitkä kertomus.", "k", "Taloudellinen tuki", "3", "k", "Nainen", "Otso Satulainen"),
    ("Ilmoitus sosiaalihuollon tarpeesta", "2024-11-02", "", "e",
     "Lähisuhde- ja perheväkivalta, muu väkivalta ja kaltoinkohtelu, Asuminen", "Toistuva", "e", "Mies", "x"),
    ("9", "1.2.2025", "", "k", "", "", "", "", ""),
)  # fmt: skip


def text(*rows: tuple[str, ...]) -> list[str]:
    return ["\t".join(row) for row in (HEADINGS, *rows)]


@pytest.fixture
def check(write):
    return loaders.check(write(text(*ROWS)), FORM, source="kanta_palvelutarve")


def test_a_file_of_the_national_structure_is_read(check):
    frame = check.dataset.frame
    told = frame[["vuosi", "vireilletulo", "erityisen_tuen_tarve", "luottohairiot", "asiakkuuden_luonne"]]
    assert told.values.tolist() == [
        [2025, "ilmoitus", "kylla", "kylla", "pitkaaikainen"],
        [2024, "ilmoitus", "ei", "ei", "toistuva"],
    ]
    ticked = {value: frame[f"tuen_tarpeet:{value}"].tolist() for value in FORM["tuen_tarpeet"].values}
    assert {value: ticks for value, ticks in ticked.items() if any(ticks)} == {
        "talous": [True, False], "asuminen": [False, True], "lahisuhdevakivalta": [False, True],
    }  # fmt: skip


def test_a_code_whose_meaning_is_not_known_sets_its_row_aside(check):
    assert codes(check) == {"unknown_option:vireilletulo": (4,)}


def test_neither_stories_nor_names_are_read(check):
    assert codes(check, "note").keys() >= {"metadata_dropped"}
    assert not {"Pitkä kertomus.", "Otso Satulainen"} & set(check.dataset.frame.astype(str).to_numpy().ravel())
    assert not any(found.code == "unmatched_column" for found in check.findings)


def test_the_map_is_replaced_by_a_file_when_the_structure_changes(write):
    own = (SOURCES / "kanta_palvelutarve.toml").read_text(encoding="utf-8")
    own = own.replace('"5" = "ilmoitus"', '"5" = "hakemus"\n"9" = "ei_tietoa"').replace("Tuen tarpeen kesto", "Kesto")
    lines = [line.replace("Tuen tarpeen kesto", "Kesto") for line in text(*ROWS)]
    check = loaders.check(write(lines), FORM, source=write(own, "uusi.toml"))
    assert check.dataset.frame["vireilletulo"].tolist() == ["hakemus", "ilmoitus", "ei_tietoa"]
    assert check.dataset.frame["asiakkuuden_luonne"].tolist()[:2] == ["pitkaaikainen", "toistuva"]


@pytest.mark.parametrize(
    ("values", "target"),
    [('[values.tuki]\n"1" = "x"', "tuki:x"), ('[values.sukupuoli]\n"1" = "nainnen"', "sukupuoli:nainnen"),
     ('[values.sukupuoli]\n"1" = ""', "sukupuoli")],
)  # fmt: skip
def test_a_code_of_an_option_that_there_is_not_is_told(write, values, target):
    check = loaders.check(write(["vuosi;sukupuoli", "2024;1"]), FORM, source=write(values + "\n", "k.toml"))
    assert [found.values["target"] for found in check.findings if found.code == "source_unknown"] == [target]


def test_a_document_with_identity_codes_is_refused(write):
    lines = [f"{line}\t{'Henkilötunnus' if i == 0 else '010190-923A'}" for i, line in enumerate(text(*ROWS))]
    check = loaders.check(write(lines), FORM, source="kanta_palvelutarve")
    assert check.error.key == "loaders.file.hetu_column"
