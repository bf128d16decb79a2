"""Files that cannot be used: each has its own error, the exit code 2, and a sentence that says what to do."""

import io
import struct
import zipfile

import pytest

from rakelab import i18n, loaders
from rakelab.errors import FileError
from rakelab.loaders import files


def archive(**entries: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries.items():
            made.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


def workbook(rows=(("vuosi", "kunta"), ("2020", "205"))) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        for i, row in enumerate(rows):
            sheet.write_row(i, 0, row)
    return stream.getvalue()


def locked() -> bytes:
    """An XLSX under a password, as Office writes it."""
    from msoffcrypto.format.ooxml import OOXMLFile

    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook())).encrypt("salasana", stream)
    return stream.getvalue()


MANY = ";".join(f"sarake{i}" for i in range(10_000)) + "\n" + ";".join("1" for _ in range(10_000)) + "\n"

BAD = {
    "empty": b"",
    "blank": (b"\xef\xbb\xbf \r\n;;;\r\n", "empty"),
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "web_page": b"<html><table><tr><td>1</td></tr></table></html>",
    "unknown_format": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 50,
    "encrypted": locked,
    "broken_zip": lambda: workbook()[:-200],
    "damaged": (lambda: workbook().replace(b"PK\x05\x06", b"PK\x05\x07"), "broken_zip"),
    "not_a_workbook": lambda: archive(word__document_xml=b"<x/>"),
    "broken_workbook": lambda: archive(**{"xl__workbook.xml": b"<broken"}),
    "no_table": lambda: workbook((("vain yksi",), ("1",))),
    "broken_sav": b"$FL2@(#) SPSS DATA FILE" + b"\x01" * 300,
    "broken_parquet": b"PAR1" + b"\x01" * 300,
    "one_column": b"vuosi:kunta\n2020:205\n2021:205\n",
    "no_rows": b"vuosi;kunta\n",
    "no_header": b"1;2\n3;4\n5;6\n",
    "too_many_columns": MANY.encode(),
    "mixed_encoding": "vuosi;kunta\n2020;Hyvä\n2020;Työ\n".encode() + "2020;Ikä\n".encode("cp1252"),
    "unknown_encoding": b"vuosi;kunta\n2020;\x81\x8d\n",
    "broken_utf16": b"\xff\xfe" + "a;b\n1;2\n".encode("utf-16-le") + b"\x00",
    "open_quote": b'vuosi;kunta\n2020;"alkaa\n2021;205\n2022;205\n',
}


@pytest.mark.parametrize("name", BAD)
def test_each_bad_file_has_its_own_error(name, write, form):
    bad = BAD[name]
    data, key = bad if isinstance(bad, tuple) else (bad, name)
    check = loaders.check(write(data() if callable(data) else data, "huono.xlsx"), form)
    assert (check.exit_code, check.error.key) == (2, f"loaders.file.{key}")
    assert (check.read, check.used, check.set_aside) == (0, 0, 0)
    for lang in i18n.LANGUAGES:
        (sentence,) = loaders.sentences(check, lang)
        assert sentence.startswith("huono.xlsx: ")
    assert loaders.as_json(check)["error"] == key


def test_a_missing_file_and_a_folder(tmp_path, form):
    assert loaders.check(tmp_path / "puuttuu.csv", form).error.key == "loaders.file.missing"
    assert loaders.check(tmp_path, form).error.key == "loaders.file.folder"
    assert loaders.check(tmp_path / "x\0.csv", form).error.key == "loaders.file.unreadable"


def test_zip_bombs_are_not_opened(write, form, monkeypatch):
    data = archive(**{"xl__workbook.xml": b"0" * 1_000_000})
    monkeypatch.setattr(files, "LARGE", 100_000)
    assert loaders.check(write(data, "pommi.xlsx"), form).error.key == "loaders.file.zip_bomb"
    monkeypatch.setattr(files, "LARGE", 1 << 30)
    monkeypatch.setattr(files, "UNPACKED_LIMIT", 100_000)
    assert loaders.check(write(data, "pommi.xlsx"), form).error.key == "loaders.file.zip_bomb"


def test_a_zip_that_lies_about_its_size_is_not_opened(write, form):
    data = archive(**{"xl__workbook.xml": b"0" * 1_000_000})
    small = data.replace(struct.pack("<I", 1_000_000), struct.pack("<I", 1_000))
    assert loaders.check(write(small, "pommi.xlsx"), form).error.key == "loaders.file.broken_zip"


def test_no_heading_matches_and_none_is_told(checked):
    check = checked("Virtanen;Matti;sairas", "Korhonen;Liisa;terve")
    assert check.error.key == "loaders.file.no_columns_match"
    said = " ".join(loaders.sentences(check, "fi")) + str(loaders.as_json(check))
    assert not any(word in said for word in ("Virtanen", "Matti", "sairas", "Korhonen"))


def test_the_lines_of_a_mixed_file_are_named(write):
    data = "vuosi;kunta\n2020;Hyvä\n2020;Työ\n".encode() + "2020;Ikä\n".encode("cp1252")
    with pytest.raises(FileError) as raised:
        loaders.read(write(data))
    assert raised.value.sentence("fi") == (
        "aineisto.csv: tiedostossa on sekaisin kahta merkistöä. Poikkeavia rivejä on 1 (rivit 4). "
        "Avaa tiedosto, korjaa ne ja tallenna muodossa CSV UTF-8."
    )


def test_a_sheet_that_is_not_there_names_the_nearest(write, form, tmp_path):
    source = write('sheet = "Sheet2"', "kartta.toml")
    check = loaders.check(write(workbook(), "a.xlsx"), form, source=source)
    assert check.error.sentence("en") == "a.xlsx: there is no sheet Sheet2. The nearest is Sheet1."
