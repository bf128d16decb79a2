"""Source maps: closed keys, every fault at once."""

import pytest

from rakelab.errors import CodebookError
from rakelab.loaders import sources


def faults(path) -> list[tuple[str, str]]:
    with pytest.raises(CodebookError) as raised:
        sources.source(path)
    return [(fault.key.rsplit(".", 1)[-1], str(fault.values["place"])) for fault in raised.value.faults]


def test_every_fault_of_a_map_is_told(write):
    path = write(
        'sheets = "a"\nheader_rows = 4\nheader_row = "2"\ndecimal = ";"\ntitle = {fi = " "}\n[columns]\na = 1\n',
        "k.toml",
    )
    assert faults(path) == [
        ("unknown_key", "k.toml"), ("wrong_type", "header_row"), ("wrong_type", "columns.a"), ("no_label", "title"),
        ("not_one_of", "header_rows"), ("not_one_of", "decimal"),
    ]  # fmt: skip


@pytest.mark.parametrize(("content", "key"), [(b"a = ", "not_toml"), (b"\xff\xfe", "not_utf8"), (None, "no_file")])
def test_a_map_that_cannot_be_read(write, tmp_path, content, key):
    path = tmp_path / "puuttuu.toml" if content is None else write(content, "k.toml")
    with pytest.raises(CodebookError) as raised:
        sources.source(path)
    assert raised.value.key == f"codebook.{key}"


def test_an_unknown_name_names_the_nearest():
    with pytest.raises(CodebookError) as raised:
        sources.source("kainu_vienti")
    assert raised.value.sentence("fi") == (
        "Lähdekarttaa kainu_vienti ei ole. Lähin on kainuu_vienti. Oman kartan voi antaa TOML-tiedoston polkuna."
    )


@pytest.mark.parametrize("name", sources.names())
def test_built_in_maps_are_whole(name):
    found = sources.source(name)
    assert found.title
    assert found.origin in ("source", "proposal")


def test_a_map_that_names_what_the_codebook_lacks(write, checked):
    source = write('[columns]\n"Q1" = "vuos"\n"Q2" = "tarpeet:talo"\n', "k.toml")
    check = checked("vuosi;Q1;Q2", "2020;1;1", source=source)
    found = {f.values["target"]: f.values["nearest"] for f in check.findings if f.code == "source_unknown"}
    assert found == {"vuos": "vuosi", "tarpeet:talo": "tarpeet:talous"}
    assert check.exit_code == 2


PANEL = ("vuosi;tarpeet:talous;tarpeet:asuminen;vakivalta;ika", "2020;1;-66;kylla;40", "2020;-66;-66;-66;-66",
         "2020;-77;-77;-77;-77", "2020;-66;1;ei;-99", "2020;;;;")  # fmt: skip
CODES = '[[missing]]\nvalue = "-66"\nkind = "ei_valittu"\n[[missing]]\nvalue = "-77"\nkind = "ei_kysytty"\n'


def panel(check) -> tuple[list[str], list[str], list[str], list[str]]:
    frame = check.dataset.frame
    ticks = [
        "".join("01"[int(tick)] for tick in row) for row in frame[["tarpeet:talous", "tarpeet:asuminen"]].to_numpy()
    ]
    return ticks, *(frame[name].tolist() for name in ("tarpeet", "vakivalta", "ika:tila"))


EXPECTED = (
    ["10", "00", "00", "01", "00"],
    ["vastattu", "vastattu", "ei_kysytty", "vastattu", "tyhja"],
    ["kylla", "tyhja", "ei_kysytty", "ei", "tyhja"],
    ["vastattu", "tyhja", "ei_kysytty", "ei_tietoa", "tyhja"],
)


def test_codes_of_not_ticked_and_not_shown_in_a_source_map(write, checked):
    check = checked(*PANEL, source=write(CODES, "k.toml"))
    assert (check.set_aside, panel(check)) == (0, EXPECTED)


def test_the_same_codes_in_a_form(write, form):
    from dataclasses import replace

    from rakelab import loaders
    from rakelab.codebook import MissingCode

    codes = (*form.missing, MissingCode("-66", "ei_valittu"), MissingCode("-77", "ei_kysytty"))
    assert panel(loaders.check(write(PANEL), replace(form, missing=codes))) == EXPECTED


def test_a_code_of_not_ticked_alone_in_a_cell(write, checked):
    check = checked("vuosi;tarpeet", "2020;-66", "2020;talous", "2020;-77", source=write(CODES, "k.toml"))
    assert check.dataset.frame["tarpeet"].tolist() == ["vastattu", "vastattu", "ei_kysytty"]
    assert check.dataset.frame["tarpeet:talous"].tolist() == [False, True, False]


def test_a_code_has_a_kind_that_is_known(write):
    path = write('[[missing]]\nvalue = "9"\nkind = "ei_valinnut"\n', "k.toml")
    assert faults(path) == [("not_one_of", "missing 9.kind")]
