"""A codebook file is refused with all its faults at once, each with its place; a good one works like a built-in."""

import re
from pathlib import Path

import pytest

from rakelab import i18n
from rakelab.codebook import (
    BLANK,
    NOT_ASKED,
    NOT_CONCERNED,
    UNKNOWN,
    Codebook,
    MissingCode,
    codebook,
    names,
)
from rakelab.errors import CodebookError

HEAD = '[codebook]\nname = "oma"\ntitle = { fi = "Oma", sv = "Egen", en = "Own" }\n'
TITLE = 'title = { fi = "F", sv = "S", en = "E" }\n'
LABEL = 'label = { fi = "F", sv = "S", en = "E" }'


def option(value: str, rest: str = "") -> str:
    return f'{{ value = "{value}", {LABEL}{rest} }}'


def one(name: str, rest: str = "") -> str:
    return f'[[field]]\nname = "{name}"\n{TITLE}{rest}\n'


def choice(name: str, *values: str, rest: str = "") -> str:
    return one(name, f"categories = [{', '.join(map(option, values))}]\n{rest}")


def band(*bands: str, of: str = "ika") -> str:
    return f'[[bands]]\nname = "ryhma"\nof = "{of}"\n{TITLE}categories = [{", ".join(bands)}]\n'


AGE = one("ika", 'type = "integer"')


@pytest.fixture
def made(tmp_path: Path):
    def make(text: str, name: str = "oma.toml") -> Codebook:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return codebook(path)

    return make


@pytest.fixture
def faults(made):
    """The faults of a broken codebook as (key without room, place or other value)."""

    def find(text: str) -> list[tuple[str, object]]:
        with pytest.raises(CodebookError) as caught:
            made(text)
        assert caught.value.key == "codebook.broken"
        return [(fault.key.removeprefix("codebook."), fault.values.get("place")) for fault in caught.value.faults]

    return find


def test_every_fault_of_a_file_is_told_at_once_with_its_place(made):
    text = (
        HEAD
        + one("ika", 'type = "integr"\nsensitivty = "health"')
        + choice("tarve", "a", "a", rest='type = "list"')
        + '[[field]]\nname = "kunta"\ntitle = { sv = "Kommun" }\n'
        + choice("laji", "x", rest='applies = { field = "tarve", values = ["b"] }')
    )
    with pytest.raises(CodebookError) as caught:
        made(text)
    assert caught.value.sentence("fi").splitlines() == [
        "oma.toml: koodikirjaa ei voi käyttää. Korjaa nämä:",
        "– field ika: avainta sensitivty ei tunneta. Lähin on sensitivity.",
        "– field ika.type: arvon pitää olla jokin näistä: string, integer, number, date, list.",
        "– field tarve.categories: a on kahdesti.",
        "– field kunta.title: tarvitaan teksti lomakkeen ensimmäisellä kielellä (fi).",
        "– field laji: applies viittaa muuttujaan tai vaihtoehtoon, jota ei ole.",
    ]
    assert caught.value.sentence("sv").splitlines()[1:3] == [
        "– field ika: nyckeln sensitivty är okänd. Närmast är sensitivity.",
        "– field ika.type: värdet måste vara något av följande: string, integer, number, date, list.",
    ]
    assert caught.value.sentence("en").splitlines()[0] == "oma.toml: the codebook cannot be used. Mend these:"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + AGE + "[fields]\n", ("unknown_key", "oma.toml")),
        (HEAD + AGE.replace("name =", "nimi ="), ("unknown_key", "field 1")),
        (HEAD + one("ika", "constraints = { min = 3 }"), ("unknown_key", "field ika.constraints")),
        (HEAD + choice("a", "x").replace("label", "labels"), ("unknown_key", "field a.categories x")),
        (HEAD + one("a", "number = true"), ("wrong_type", "field a.number")),
        (HEAD + one("a", "constraints = { required = 1 }"), ("wrong_type", "field a.constraints.required")),
        (HEAD + one("a", 'aliases = "b"'), ("wrong_type", "field a.aliases")),
        (HEAD + one("a", 'categories = ["x"]'), ("wrong_type", "field a.categories 1")),
        (HEAD + "field = 3\n", ("unknown_key", "codebook")),
        ("field = 3\n" + HEAD, ("wrong_type", "field")),
        ("field = [1]\n" + HEAD, ("wrong_type", "field 1")),
        ("codebook = 1\n" + AGE, ("wrong_type", "codebook")),
        (AGE, ("no_label", "codebook.title")),
        (HEAD, ("no_fields", "oma.toml")),
        (HEAD + f"[[field]]\n{TITLE}", ("bad_name", "field 1")),
        (HEAD + one("a:b"), ("bad_name", "field a:b")),
        (HEAD + choice("a", "x=y"), ("bad_name", "field a.categories x=y")),
        (HEAD + choice("a", "ei_tietoa"), ("reserved_value", "field a.categories ei_tietoa")),
        (HEAD + choice("a", "vastattu"), ("reserved_value", "field a.categories vastattu")),
        (HEAD + AGE + AGE, ("twice", "oma.toml")),
        (HEAD + one("a", 'role = "region"') + one("b", 'role = "region"'), ("twice", "oma.toml")),
        (HEAD + one("a", "number = 1") + one("b", "number = 1"), ("twice", "oma.toml")),
        (HEAD + AGE + band(option("1", ", maximum = 3")).replace("ryhma", "ika"), ("twice", "oma.toml")),
        (HEAD + one("a", 'type = ""'), ("not_one_of", "field a.type")),
        (HEAD + one("a", 'role = "place"'), ("not_one_of", "field a.role")),
        (HEAD + one("a", 'sensitivity = "money"'), ("not_one_of", "field a.sensitivity")),
        (HEAD + one("a", 'missingValues = [{ value = "9" }]'), ("not_one_of", "field a.missingValues 9.kind")),
        (HEAD + one("a", 'description = { sv = "bara på svenska" }'), ("no_label", "field a.description")),
        (HEAD + one("a", 'type = "list"'), ("no_options", "field a")),
        (HEAD + choice("a", "x", rest='type = "integer"'), ("options_type", "field a")),
        (HEAD + choice("a", "x", "y", rest='catch_all = "z"'), ("bad_catch_all", "field a.catch_all")),
        (HEAD + one("a", 'catch_all = "z"'), ("bad_catch_all", "field a.catch_all")),
        (HEAD + one("a", "weight = true"), ("bad_weight", "field a.weight")),
        (HEAD + "".join(one(n, 'type = "number"\nweight = true') for n in "ab"), ("twice", "oma.toml")),
        (HEAD + one("a", "constraints = { minimum = 5, maximum = 4 }"), ("limits", "field a")),
        (HEAD + one("a", "threshold = -1"), ("negative", "field a.threshold")),
        (HEAD + choice("a", "x", rest='applies = { field = "a", values = ["x"] }'), ("bad_condition", "field a")),
        (HEAD + AGE + one("a", 'applies = { field = "ika", values = [] }'), ("bad_condition", "field a")),
        (HEAD + AGE + band(option("1", ", maximum = 3"), of="ik"), ("band_of", "bands ryhma")),
        (HEAD + one("nimi") + band(option("1", ", maximum = 3"), of="nimi"), ("band_type", "bands ryhma")),
        (HEAD + AGE + band(), ("band_limits", "bands ryhma")),
        (HEAD.replace('"oma"', '"o|ma"') + AGE, ("bad_name", "codebook")),
        (HEAD + 'extends = "oma.toml"\n' + AGE, ("no_base", "oma.toml")),
    ],
)
def test_a_fault_is_named_by_its_place(faults, text, expected):
    assert expected in faults(text)


@pytest.mark.parametrize(
    ("first", "second"),
    [(", maximum = 30", ", minimum = 30"), (", minimum = 18", ", minimum = 31"), (", minimum = 9, maximum = 3", "")],
)
def test_bands_must_rise_without_overlap(faults, first, second):
    assert ("band_limits", "bands ryhma") in faults(HEAD + AGE + band(option("a", first), option("b", second)))


def test_a_fault_never_hides_another_and_none_is_told_twice(faults):
    found = faults(HEAD + one("a", 'number = "1"\nthreshold = -1\nrole = "x"'))
    assert found == [
        ("wrong_type", "field a.number"),
        ("not_one_of", "field a.role"),
        ("negative", "field a.threshold"),
    ]


def test_broken_toml_tells_the_line_and_not_the_text(made):
    with pytest.raises(CodebookError) as caught:
        made(HEAD + 'salainen = "010170-901K\n')
    assert str(caught.value) == "oma.toml: TOML-muoto on rikki (line 4, column 24). Korjaa kohta."


@pytest.mark.parametrize(
    ("write", "key"),
    [
        (lambda path: None, "codebook.no_file"),
        (lambda path: path.mkdir(), "codebook.unreadable"),
        (lambda path: path.write_bytes('nimi = "ä"'.encode("cp1252")), "codebook.not_utf8"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_without_its_folder(tmp_path, write, key):
    path = tmp_path / "oma.toml"
    write(path)
    with pytest.raises(CodebookError) as caught:
        codebook(path)
    assert caught.value.key == key
    assert str(tmp_path) not in str(caught.value)
    assert caught.value.__suppress_context__


def test_an_unknown_name_gives_the_nearest_and_a_stranger_gives_none():
    with pytest.raises(CodebookError) as caught:
        codebook("palvelutarpet")
    assert caught.value.values["nearest"] == "palvelutarve"
    with pytest.raises(CodebookError) as caught:
        codebook("../codebooks/palvelutarve")
    assert caught.value.sentence("en").startswith("There is no codebook ../codebooks/palvelutarve.")
    with pytest.raises(CodebookError) as caught:
        codebook("palvelutarve")["tuen_tarpet"]
    assert str(caught.value) == "Koodikirjassa palvelutarve ei ole muuttujaa tuen_tarpet. Lähin on tuen_tarpeet."


def test_a_windows_editor_may_add_a_mark_and_capitals_to_the_ending(tmp_path):
    path = tmp_path / "OMA.TOML"
    path.write_text(HEAD + AGE, encoding="utf-8-sig")
    assert codebook(str(path)).title_of("ika", "sv") == "S"


def test_extending_replaces_in_place_and_adds_at_the_end(made):
    base = codebook("palvelutarve")
    own = made(HEAD + 'extends = "palvelutarve"\n' + choice("sukupuoli", "x") + one("lisa"))
    assert [f.name for f in own.fields] == [*(f.name for f in base.fields), "lisa"]
    assert own["sukupuoli"].values == ("x",)
    assert own["ikaryhma"] == base["ikaryhma"]
    assert own.missing == base.missing


def test_a_condition_is_checked_against_the_options_that_replaced_the_bases(faults):
    text = HEAD + 'extends = "palvelutarve"\n' + choice("vakivalta", "ei", "kokenut")
    assert faults(text) == [("bad_condition", "field vakivallan_ulottuvuus")]


def test_a_double_is_seen_also_where_it_replaces_a_base_field(faults):
    assert ("twice", "oma.toml") in faults(HEAD + 'extends = "palvelutarve"\n' + AGE + AGE)


def test_levels_are_options_then_kinds_of_missing(made):
    own = made(HEAD + choice("a", "x", "y") + choice("b", "z", rest='applies = { field = "a", values = ["x"] }'))
    assert own["a"].levels == ("x", "y", NOT_ASKED, UNKNOWN, BLANK)
    assert own["b"].levels == ("z", NOT_CONCERNED, NOT_ASKED, UNKNOWN, BLANK)
    assert own.label("b", NOT_CONCERNED, "en") == "Not applicable"
    assert own.label("a", "x", "sv") == "S"


def test_missing_codes_are_text_and_keep_their_kind(made):
    own = made(
        HEAD + one("a", 'missingValues = [{ value = -99, kind = "ei_kysytty" }, { value = 99, kind = "ei_tietoa" }]')
    )
    assert own["a"].missing == (MissingCode("-99", NOT_ASKED), MissingCode("99", UNKNOWN))


def test_a_field_made_anew_is_found_like_a_declared_one_and_replaces_its_elder():
    base = codebook("palvelutarve")
    renamed = base.with_replaced(base["nuori"])
    assert [b.name for b in renamed.bands] == ["ikaryhma", "nuori_shl", "nuori"]
    assert "nuori" in renamed
    assert base.role("region").name == "kunta"


@pytest.mark.parametrize("name", names())
def test_every_built_in_codebook_reads(name):
    assert codebook(name).name == name


def test_every_sentence_has_the_same_places_to_fill_in_all_languages():
    def places(lang: str) -> dict[str, list[str]]:
        rooms = ("codebook.", "demo.", "templates.")
        found = {key: sentence for key, sentence in i18n.words(lang).items() if key.startswith(rooms)}
        return {key: sorted(re.findall(r"{(\w+)}", sentence)) for key, sentence in found.items()}

    assert places("fi") == places("sv") == places("en")


# --- the head: blanks that may be told, instruments -----------------------------------------------------------

INSTRUMENT = """
[instrument]
name = "avain"
title = { fi = "Avain", sv = "Nyckel", en = "Key" }

[items]
count = 2
minimum = 0
maximum = 3

[[scale]]
name = "summa"
title = { fi = "Summa", sv = "Summa", en = "Sum" }
items = [1, 2]
"""


def head(line: str) -> str:
    return HEAD + line + "\n" + AGE


@pytest.mark.parametrize(
    ("line", "expected"), [("", "closed"), ('nonresponse = "open"', "open"), ('nonresponse = "closed"', "closed")]
)
def test_blanks_may_be_told_only_where_the_form_says_so(made, line, expected):
    assert made(head(line)).nonresponse == expected


def test_a_form_that_extends_another_takes_its_word_on_blanks_or_says_its_own(made):
    extends = 'extends = "asiakaskysely"\n'
    assert made(head(extends)).nonresponse == "open"
    assert made(head(extends + 'nonresponse = "closed"')).nonresponse == "closed"


def test_a_form_says_whether_its_rows_are_all_there_are_or_takes_the_word_of_the_one_it_extends(made):
    extends = 'extends = "toimeksiannot"\n'
    assert [made(head(line)).counted for line in ("", 'counted = "all"')] == ["sample", "all"]
    assert made(head(extends)).counted == "all"
    assert made(head(extends + 'counted = "sample"')).counted == "sample"


def test_a_form_names_its_area_and_one_that_extends_it_names_its_own(made):
    assert (codebook("palvelutarve_essote").area, codebook("palvelutarve").area) == ("Essote", "")
    assert codebook("aktivointisuunnitelma").area == ""
    assert made(head('area = " Kainuu "')).area == "Kainuu"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('nonresponse = "maybe"', ("not_one_of", "codebook.nonresponse")),
        ("nonresponse = true", ("wrong_type", "codebook.nonresponse")),
        ('counted = "most"', ("not_one_of", "codebook.counted")),
        ('instruments = "core10"', ("wrong_type", "codebook.instruments")),
        ('nonresponses = "open"', ("unknown_key", "codebook")),
    ],
)
def test_a_fault_of_the_head_is_named_by_its_place(faults, line, expected):
    assert faults(head(line)) == [expected]


def test_a_built_in_instrument_adds_its_items_at_the_end(made):
    form = made(head('instruments = ["core10"]'))
    assert [one.name for one in form.fields] == ["ika", *(f"core10_{i}" for i in range(1, 11))]
    assert [one.name for one in form.instruments] == ["core10"]


def test_an_instrument_of_ones_own_lies_beside_the_form(made, tmp_path, monkeypatch):
    (tmp_path / "mittarit").mkdir()
    (tmp_path / "mittarit" / "avain.toml").write_text(INSTRUMENT, encoding="utf-8")
    monkeypatch.chdir("/")
    form = made(head('instruments = ["mittarit/avain.toml"]'))
    assert [one.name for one in form.fields] == ["ika", "avain_1", "avain_2"]
    assert form["avain_1"].maximum == 3


def test_a_field_of_the_forms_own_goes_before_an_instruments_item(made, tmp_path):
    (tmp_path / "avain.toml").write_text(INSTRUMENT, encoding="utf-8")
    own = one("avain_1", 'type = "integer"\nconstraints = { minimum = 0, maximum = 9 }')
    form = made(head('instruments = ["avain.toml"]') + own)
    assert [field.name for field in form.fields] == ["ika", "avain_1", "avain_2"]
    assert form["avain_1"].maximum == 9


def test_one_instrument_twice_is_a_fault(faults):
    assert ("twice", "oma.toml") in faults(head('instruments = ["core10", "core10"]'))


def test_faults_of_instruments_are_told_among_the_forms_own(made, tmp_path):
    (tmp_path / "rikki.toml").write_text(INSTRUMENT.replace("maximum = 3", 'maximum = "3"'), encoding="utf-8")
    text = head('instruments = ["core1", "ei_ole.toml", "rikki.toml"]').replace('type = "integer"', 'type = "integr"')
    with pytest.raises(CodebookError) as caught:
        made(text)
    assert [fault.key for fault in caught.value.faults] == [
        "codebook.not_one_of", "instrument.unknown", "codebook.no_file", "instrument.broken",
    ]  # fmt: skip
    said = caught.value.sentence("en")
    assert all(word in said for word in ("core10", "ei_ole.toml", "rikki.toml"))
    assert str(tmp_path) not in said


def test_a_question_that_is_removed_is_known_and_not_asked(made):
    own = made(HEAD.replace("[codebook]", '[codebook]\nextends = "palvelutarve"\nremove = ["ika", "perhetyyppi"]'))
    assert {"ika", "perhetyyppi"}.isdisjoint(field.name for field in own.fields)
    assert (own["ika"].type, own["ikaryhma"].of) == ("integer", "ika")


def test_a_removed_question_may_be_asked_otherwise(made):
    head = HEAD.replace("[codebook]", '[codebook]\nextends = "palvelutarve"\nremove = ["perhetyyppi"]')
    own = made(head + choice("perhetyyppi", "yksin", "muu"))
    assert own["perhetyyppi"].values == ("yksin", "muu")
    assert own.fields[-1].name == "perhetyyppi"


@pytest.mark.parametrize("head", ['extends = "palvelutarve"\nremove = ["kuntta"]', 'remove = ["kunta"]'])
def test_what_is_not_there_is_not_removed(faults, head):
    assert ("not_removed", "codebook.remove") in faults(HEAD.replace("[codebook]", f"[codebook]\n{head}") + AGE)


def test_a_question_that_is_asked_after_a_removed_one_is_told(faults):
    head = HEAD.replace("[codebook]", '[codebook]\nextends = "palvelutarve"\nremove = ["vakivalta"]')
    assert ("bad_condition", "field vakivallan_ulottuvuus") in faults(head)


def test_a_form_has_a_ready_score_once(tmp_path, made):
    (tmp_path / "core_om.toml").write_text(
        '[instrument]\nname = "core_om"\nkind = "ready score"\ntitle = { fi = "C" }\n[[scale]]\nname = "ka"\n'
        'title = { fi = "K" }\nminimum = 0\nmaximum = 4\n',
        encoding="utf-8",
    )
    form = made(HEAD.replace("[codebook]", '[codebook]\ninstruments = ["core_om.toml"]') + AGE)
    assert [field.name for field in form.fields] == ["ika", "core_om_ka"]
    assert (form["core_om_ka"].type, form["core_om_ka"].maximum) == ("number", 4)
