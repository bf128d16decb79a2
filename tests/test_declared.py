"""Declarations are refused in the same sentences, whatever reads them: too large, too deep, no TOML, an unknown key."""

import pytest

from rakelab.codebook import codebook
from rakelab.coding import themes
from rakelab.errors import CodebookError
from rakelab.instrument import instrument
from rakelab.loaders import source

READERS = [codebook, instrument, source, themes]
WORDS = '{ fi = "a", sv = "a", en = "a" }'
DEEP = {
    "lists": "x = " + "[" * 50_000 + "]" * 50_000,
    "tables": "x = " + "{ a = " * 5_000 + "1" + "}" * 5_000,
    "a key": ".".join("a" * 100_000) + " = 1",
    "a heading": f"[{'.'.join('a' * 100_000)}]",
    "quoted": '"a" . ' * 100_000 + "b = 1",
    "inside": "x = { " + "a." * 100_000 + "b = 1 }",
}


@pytest.mark.parametrize("case", DEEP)
@pytest.mark.parametrize("read", READERS)
def test_nesting_is_refused(tmp_path, read, case):
    path = tmp_path / "syva.toml"
    path.write_text(DEEP[case], encoding="utf-8")
    with pytest.raises(CodebookError) as stopped:
        read(path)
    assert stopped.value.key == "codebook.too_deep"
    assert stopped.value.sentence("en").startswith("syva.toml: the file has too many parts")


def fields(n: int) -> str:
    head = f'[codebook]\nname = "suuri"\ntitle = {WORDS}\n'
    return head + "".join(f'[[field]]\nname = "k{i}"\ntype = "string"\ntitle = {WORDS}\n' for i in range(n))


def test_a_form_of_a_hundred_thousand_fields_is_refused(tmp_path):
    path = tmp_path / "suuri.toml"
    path.write_text(fields(100_000), encoding="utf-8")
    with pytest.raises(CodebookError) as stopped:
        codebook(path)
    assert stopped.value.key == "codebook.too_large"


def test_a_form_of_thousands_of_fields_is_read_and_its_doubles_are_told(tmp_path):
    path = tmp_path / "iso.toml"
    path.write_text(fields(3000), encoding="utf-8")
    assert len(codebook(path).fields) == 3000
    path.write_text(fields(3000) + f'[[field]]\nname = "k7"\ntype = "string"\ntitle = {WORDS}\n', encoding="utf-8")
    with pytest.raises(CodebookError) as stopped:
        codebook(path)
    assert [(one.key, one.values["value"]) for one in stopped.value.faults] == [("codebook.twice", "k7")]


def test_texts_with_points_are_no_keys(tmp_path):
    path = tmp_path / "tekstit.toml"
    text = "ks. esim. www.a.b.c.d.fi. Tms. " * 40
    path.write_text(fields(1).replace('fi = "a"', f'fi = "{text}"'), encoding="utf-8")
    assert codebook(path).title["fi"] == text


FAULTY = {
    "no_file": None,
    "unreadable": "a folder",
    "not_toml": b"a = ",
    "not_utf8": b'title = "\xe4"',
}


@pytest.mark.parametrize("key", FAULTY)
@pytest.mark.parametrize("read", READERS)
def test_a_file_that_is_no_declaration(tmp_path, read, key):
    path, content = tmp_path / "oma.toml", FAULTY[key]
    if content == "a folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    with pytest.raises(CodebookError) as stopped:
        read(path)
    assert (stopped.value.key, stopped.value.values["file"]) == (f"codebook.{key}", "oma.toml")


@pytest.mark.parametrize(
    ("read", "written", "meant"),
    [
        (codebook, "feild", "field"),
        (instrument, "scales", "scale"),
        (source, "sheets", "sheet"),
        (themes, "them", "theme"),
    ],
)
def test_an_unknown_key_names_the_nearest_in_the_same_words(tmp_path, read, written, meant):
    path = tmp_path / "oma.toml"
    path.write_text(f"{written} = 1\n", encoding="utf-8")
    with pytest.raises(CodebookError) as stopped:
        read(path)
    said = [fault.sentence("en") for fault in stopped.value.faults]
    assert f"oma.toml: the key {written} is not known. The nearest is {meant}." in said


@pytest.mark.parametrize("read", READERS)
def test_a_name_that_does_not_come_along_names_the_nearest(read):
    known = {codebook: "palvelutarve", instrument: "core10", source: "kainuu_vienti", themes: "sosiaalinen_raportointi"}
    with pytest.raises(CodebookError) as stopped:
        read(f"{known[read]}x")
    assert stopped.value.values == {"name": f"{known[read]}x", "nearest": known[read]}
