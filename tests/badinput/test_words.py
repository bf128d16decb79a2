"""Wrong words on the command line and broken declarations: the sentence names the nearest or the place."""

import pytest

from rakelab.i18n import LANGUAGES, text

from . import files
from .conftest import clear, says


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("words", "wrong", "nearest"),
    [
        (["raport", "palvelutarve", "a.csv"], "raport", "report"),
        (["report", "palvelutarve", "a.csv", "--uot", "x"], "--uot", "--out"),
        (["check", "palvelutarve", "a.csv", "--jsno"], "--jsno", "--json"),
    ],
)
def test_a_misspelt_command_or_option_names_the_nearest(tell, words, wrong, nearest, lang):
    told = tell(*words, "--lang", lang)
    assert (told.code, told.out) == (2, "")
    assert told.err.strip() == text("cli.misspelt", lang, word=wrong, nearest=nearest)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("given", "sentence", "values"),
    [
        ("kynys=5", "parameters.misspelt", {"name": "kynys", "nearest": "kynnys"}),
        ("kynnys=viisi", "parameters.mistyped.int", {"name": "kynnys"}),
        ("kynnys=2", "protect.below_floor", {"floor": 3}),
    ],
)
def test_a_wrong_parameter_stops_the_report(tell, tmp_path, given, sentence, values, lang):
    path, out = files.export(tmp_path, 16), tmp_path / "out"
    told = tell("report", "palvelutarve", path, "-p", given, "--out", out, "--lang", lang)
    assert (told.code, told.out, told.left) == (2, "", [])
    assert told.err.strip() == text(sentence, lang, **values)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("given", ["vuodet=2020;2021", "vuodet=viime"])
def test_years_that_are_no_years_are_a_fault_of_the_user_and_not_of_the_notebook(tell, tmp_path, given, lang):
    told = tell(
        "report", "palvelutarve", files.export(tmp_path, 16), "-p", given, "--out", tmp_path / "out", "--lang", lang
    )
    assert (told.code, told.out, told.left, clear(told)) == (2, "", [], True)
    assert "ValueError" not in told.err


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("door", ["check", "report"])
def test_a_form_that_does_not_exist_names_the_nearest(tell, tmp_path, door, lang):
    told = tell(door, "palvelutarpe", files.export(tmp_path, 16), "--lang", lang)
    assert (told.code, clear(told), "palvelutarve" in told.err) == (2, True, True)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("door", ["check", "report"])
@pytest.mark.parametrize(
    ("content", "keys"),
    [
        ("[codebook\n", ["codebook.not_toml"]),
        ('[codebook]\nname = "oma"\nversion = "1"\nextends = "palvelutarve"\ntitel = "x"\n', ["codebook.broken"]),
        ('[codebook]\nname = "oma"\nextends = "palvelutarp"\n', ["codebook.broken", "codebook.no_base"]),
    ],
)
def test_a_broken_codebook_is_told_by_both_doors(tell, tmp_path, door, content, keys, lang):
    form = tmp_path / "oma.toml"
    form.write_text(content, encoding="utf-8")
    told = tell(door, form, files.export(tmp_path, 16), "--lang", lang)
    assert (told.code, told.out, clear(told)) == (2, "", True)
    assert [key for key in keys if not says(told.err, key, lang)] == [], told.err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_source_map_that_does_not_exist_is_told(tell, tmp_path, lang):
    told = tell("check", "palvelutarve", files.export(tmp_path, 16), "--source", tmp_path / "x.toml", "--lang", lang)
    assert (told.code, clear(told)) == (2, True)
    assert says(told.err, "codebook.no_file", lang)
