"""What kind of file it is, and what of it can be read."""

import io
from pathlib import Path

import pytest
import xlsxwriter

from rakelab.scan import scan

from .making import cells, csv_file, kinds, of_page, of_text, with_part, workbook

SMALL = [["Kunta", "Asiakkaita"], ["Kajaani", "120"], ["Kuhmo", "3"]]


def why(folder: Path) -> list[str]:
    return [one.why for one in scan(folder).flaws if one.kind == "unread"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_csv_of_any_delimiter(tmp_path: Path, delimiter: str) -> None:
    csv_file(tmp_path, SMALL, delimiter=delimiter)
    assert cells(scan(tmp_path), "small_count") == {(2, 1)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_of_any_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.CSV").write_bytes("Kunta;Määrä\nSäkylä;3\nKajaani;120\n".encode(encoding))
    assert cells(scan(tmp_path), "small_count") == {(1, 1)}


def test_captions_and_several_tables_of_a_sheet(tmp_path: Path) -> None:
    rows = [["Asiakkaat 2021"], [], *SMALL, [], ["Osuudet (n = 25)"], ["", "Osuus"], ["Lukio", "8 %"], ["Muu", "92 %"]]
    workbook(tmp_path / "a.xlsx", {"Taulu": rows}).close()
    found = scan(tmp_path)
    assert cells(found, "small_count") == {(4, 1)}
    assert cells(found, "small_share") == {(8, 1), (9, 1)}


def test_a_table_far_down_and_to_the_right(tmp_path: Path) -> None:
    book = workbook(tmp_path / "a.xlsx", {"T": []})
    for i, row in enumerate([["Koulutus (n = 25)", "2021"], ["Lukio", 0.08]]):
        book.get_worksheet_by_name("T").write_row(400 + i, 5, row, book.add_format({"num_format": "0%"}))
    book.close()
    assert cells(scan(tmp_path), "small_share") == {(401, 6)}


def test_spans_of_a_web_page(tmp_path: Path) -> None:
    head = "<tr><th rowspan=2>Kunta</th><th colspan=2>Asiakkaita</th></tr><tr><th>2020</th><th>2021</th></tr>"
    found = of_page(tmp_path, f"<table>{head}<tr><th>Kuhmo</th><td>12</td><td>3</td></tr></table>")
    assert cells(found, "small_count") == {(2, 2)}


def test_text_in_whatever_a_page_puts_it_in(tmp_path: Path) -> None:
    body = (
        "<div><span>Lukio <b>8 %</b></span> (<i>n = 25</i>)</div><section>Ryhmässä oli <em>3</em> asiakasta.</section>"
    )
    assert kinds(of_page(tmp_path, body)) >= {"small_share", "small_count"}


def test_what_a_page_says_to_nobody(tmp_path: Path) -> None:
    assert "identity_code" in kinds(of_page(tmp_path, "<p>Teksti.</p><!-- kysy 010190-9111 -->"))


def test_a_table_in_plain_text(tmp_path: Path) -> None:
    found = of_text(tmp_path, "Asiakkaat\n\nKunta      2020  2021\nKajaani     120   131\nKuhmo         3    12\n")
    assert cells(found, "small_count") == {(4, 1)}


def pdf(path: Path, html: str) -> None:
    weasyprint = pytest.importorskip("weasyprint")
    path.write_bytes(weasyprint.HTML(string=html).write_pdf())


def test_the_text_of_a_pdf_and_its_page(tmp_path: Path) -> None:
    page = "<p>Alku.</p><p style='break-before: page'>Lukio 8 % (n = 25).</p>"
    pdf(tmp_path / "a.pdf", f"<body>{page}</body>")
    assert [one.parts[0] for one in scan(tmp_path).flaws if one.kind == "small_share"] == [("page", 2)]


def test_a_scanned_pdf_cannot_be_read(tmp_path: Path) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    document = pikepdf.new()
    document.add_blank_page()
    document.save(tmp_path / "a.pdf")
    assert why(tmp_path) == ["scanned"]


def test_a_pdf_with_a_password(tmp_path: Path) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    document = pikepdf.new()
    document.add_blank_page()
    document.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    assert why(tmp_path) == ["encrypted"]


def test_without_its_package_a_pdf_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n")
    assert why(tmp_path) == ["package"]


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain, locked = io.BytesIO(), io.BytesIO()
    xlsxwriter.Workbook(plain, {"in_memory": True}).close()
    OOXMLFile(plain).encrypt("salasana", locked)
    (tmp_path / "a.xlsx").write_bytes(locked.getvalue())
    assert why(tmp_path) == ["encrypted"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.csv", b"", "empty"),
        ("a.xlsx", b"PK\x03\x04rikki", "broken"),
        ("a.docx", b"PK\x03\x04", "broken"),
        ("a.pdf", b"%PDF-1.7 rikki", "broken"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert why(tmp_path) == [reason]


def test_one_file_never_stops_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04rikki")
    csv_file(tmp_path, SMALL, "b.csv")
    assert kinds(scan(tmp_path)) >= {"unread", "small_count"}


def test_a_workbook_inside_a_document_is_looked_at(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    workbook(tmp_path / "x.xlsx", {"Data": [["Kunta", "Lkm"], ["Kuhmo", 3]]}).close()
    inner = (tmp_path / "x.xlsx").read_bytes()
    (tmp_path / "x.xlsx").unlink()
    docx.Document().save(tmp_path / "a.docx")
    with_part(tmp_path / "a.docx", "word/embeddings/kaavio.xlsx", inner)
    found = scan(tmp_path)
    assert kinds(found) >= {"embedded", "small_count"}
    assert next(one.parts[0] for one in found.flaws if one.kind == "small_count") == ("inside", "kaavio.xlsx")
