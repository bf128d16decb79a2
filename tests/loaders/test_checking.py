"""A check in words and as JSON, and the rows set aside in a file of their own."""

import pytest

from rakelab import i18n, loaders
from rakelab.dataset import Finding, Severity
from rakelab.errors import OutputError
from rakelab.loaders.aside import neutral
from rakelab.loaders.findings import finding_sentence, rows_text

LINES = (
    "Nimi;vuosi;kunta;ika;muuta;lisa",
    "A;2020;Kajaani;430;=1+1;",
    "B;2020;Vaala;43;-5;",
    "C;2020;Vaala;43;hyvä;",
    "D;2020;205;43;010170-901C;",
)


def test_sentences_tell_the_account_the_faults_and_the_remarks(checked):
    assert loaders.sentences(checked(*LINES), "fi")[:5] == [
        "aineisto.csv: luettu 4 riviä, käytetään 1, sivuun 3.",
        "Kunta (kunta): 2 rivillä on vaihtoehto, jota koodikirjassa ei ole. Rivit 3 ja 4 pantiin sivuun. "
        "Korjaa vastaus tai lisää vaihtoehto koodikirjaan.",
        "Ikä (ika): 1 rivillä luku on sallitun välin ulkopuolella (pienin 15, suurin 110). Rivi 2 pantiin sivuun.",
        "Vastaajan tiedot jätettiin lukematta: ”Nimi”.",
        "Muuta huomioitavaa (muuta): vapaassa tekstissä on henkilöön viittaavia tietoja: 1 henkilötunnus (rivit 5). "
        "Niitä ei näytetä missään, mutta poista ne lähteestä.",
    ]


def test_json_holds_codes_and_rows(checked):
    said = loaders.as_json(checked(*LINES))
    assert {key: said[key] for key in ("file", "codebook", "read", "used", "set_aside", "error")} == {
        "file": "aineisto.csv", "codebook": "pieni", "read": 4, "used": 1, "set_aside": 3, "error": None,
    }  # fmt: skip
    assert said["findings"][0] == {
        "code": "unknown_option", "variable": "kunta", "rows": [3, 4], "n_rows": 2, "severity": "row",
    }  # fmt: skip


def test_long_lists_of_rows_are_shortened():
    assert rows_text((3, 7, 12, 13), "fi") == "3, 7, 12 ja 13"
    assert rows_text(tuple(range(3, 46)), "fi") == "3, 4, 5 ja 40 muuta"
    assert rows_text(tuple(range(3, 46)), "en") == "3, 4, 5 and 40 more"


def test_every_finding_has_words_in_every_language():
    values = {
        "columns": ("a",), "sheets": ("b",), "sheet": "c", "options": ("d",), "kinds": {"email": 2}, "low": None,
        "high": 1.5,
        "column": "e", "nearest": "f", "target": "g", "form": "h", "encoding": "i",
        "texts": (("j", 7, {"fi": "k", "sv": "k", "en": "k"}), ("l", 6, {})),
    }  # fmt: skip
    keys = [key.split(".")[2] for key in i18n.words("fi") if key.startswith("loaders.finding.")]
    for code in keys:
        for lang in i18n.LANGUAGES:
            said = finding_sentence(Finding(code, "ika", (2,), Severity.ROW, values), lang)
            assert "{" not in said
    assert "no limit" in finding_sentence(Finding("out_of_range", "ika", (2,), values=values), "en")


@pytest.mark.parametrize("name", ["sivuun.csv", "sivuun.xlsx"])
def test_rows_set_aside_are_written_as_read_and_can_be_read_again(checked, form, tmp_path, name):
    check = checked(*LINES)
    assert loaders.write_set_aside(check, tmp_path / name) == 3
    again = loaders.read(tmp_path / name)
    assert again.frame.to_numpy(dtype=object)[0][:4].tolist() == ["2020", "Kajaani", "430", "=1+1"]
    assert again.findings[0].values["columns"] == ("Rivi tiedostossa", "Syy sivuun panoon")
    if name.endswith("csv"):
        assert (tmp_path / name).read_bytes().decode("utf-8-sig").splitlines()[:2] == [
            "Rivi tiedostossa;Syy sivuun panoon;vuosi;kunta;ika;muuta;lisa",
            "2;Ikä: Luku on sallitun välin ulkopuolella.;2020;Kajaani;430;'=1+1;",
        ]
    assert loaders.check(tmp_path / name, form).read == 3


def test_nothing_is_written_where_nothing_was_set_aside(checked, tmp_path):
    assert loaders.write_set_aside(checked("vuosi;kunta", "2020;205"), tmp_path / "a.csv") == 0
    assert not (tmp_path / "a.csv").exists()


def test_a_folder_that_is_not_there_is_an_output_error(checked, tmp_path):
    with pytest.raises(OutputError) as raised:
        loaders.write_set_aside(checked(*LINES), tmp_path / "puuttuu" / "a.csv")
    assert raised.value.key == "loaders.aside.cannot_write"


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\ta"])
def test_formulas_are_neutralised(cell):
    assert neutral(cell) == f"'{cell}"
