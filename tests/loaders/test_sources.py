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
