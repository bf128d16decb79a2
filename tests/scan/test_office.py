"""What Word, PowerPoint and a workbook hold beside what they show."""

from io import BytesIO
from pathlib import Path

import pytest

from rakelab.scan import scan

from .making import PIXEL, changed, kinds, with_part, workbook

CODE = "010190-9111"


@pytest.fixture
def document():
    return pytest.importorskip("docx").Document()


@pytest.fixture
def show():
    return pytest.importorskip("pptx").Presentation()


def places(folder: Path, kind: str) -> list[tuple[object, ...]]:
    return [one.parts for one in scan(folder).flaws if one.kind == kind]


def test_changes_are_told_and_what_was_deleted_is_looked_at(tmp_path: Path, document) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    xml = f"<w:del {nsdecls('w')} w:id='1' w:author='x'><w:r><w:delText>Asiakas {CODE}</w:delText></w:r></w:del>"
    document.add_paragraph("Teksti.")._p.append(parse_xml(xml))
    document.save(tmp_path / "a.docx")
    assert kinds(scan(tmp_path)) >= {"changes", "identity_code"}
    assert places(tmp_path, "identity_code") == [(("deleted", ""),)]


def test_comments_of_a_document(tmp_path: Path, document) -> None:
    paragraph = document.add_paragraph("Teksti.")
    document.add_comment(paragraph.runs, text=f"Kysy {CODE}", author="", initials="")
    document.save(tmp_path / "a.docx")
    assert kinds(scan(tmp_path)) >= {"comments", "identity_code"}


def test_a_header_and_the_writer_of_the_file(tmp_path: Path, document) -> None:
    document.sections[0].header.paragraphs[0].text = f"Asiakas {CODE}"
    document.core_properties.author = "Matti Virtanen"
    document.save(tmp_path / "a.docx")
    assert [word for (word, _), *_ in places(tmp_path, "identity_code")] == ["margin"]
    assert [word for (word, _), *_ in places(tmp_path, "name")] == ["properties"]


def test_a_table_of_a_document_and_its_heading_row(tmp_path: Path, document) -> None:
    grid = document.add_table(3, 2)
    for i, row in enumerate((("Kunta", "Asiakkaita"), ("Kajaani", "120"), ("Kuhmo", "3"))):
        for j, text in enumerate(row):
            grid.cell(i, j).text = text
    document.save(tmp_path / "a.docx")
    assert kinds(scan(tmp_path)) >= {"small_count", "no_heading"}
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    grid.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    document.save(tmp_path / "a.docx")
    assert "no_heading" not in kinds(scan(tmp_path))


def test_merged_cells_of_a_document(tmp_path: Path, document) -> None:
    grid = document.add_table(3, 3)
    for i, row in enumerate((("Kunta", "Asiakkaita", ""), ("", "2020", "2021"), ("Kuhmo", "12", "3"))):
        for j, text in enumerate(row):
            grid.cell(i, j).text = text
    grid.cell(0, 1).merge(grid.cell(0, 2))
    document.save(tmp_path / "a.docx")
    assert [one.cells for one in scan(tmp_path).flaws if one.kind == "small_count"] == [((2, 2),)]


@pytest.mark.parametrize(("alt", "told"), [("", True), ("kuva1.png", True), ("Asiakkaita on yhä enemmän.", False)])
def test_a_picture_of_a_document(tmp_path: Path, document, alt: str, told: bool) -> None:
    document.add_picture(BytesIO(PIXEL))._inline.docPr.set("descr", alt)
    document.save(tmp_path / "a.docx")
    assert ("no_alt" in kinds(scan(tmp_path))) is told


def test_slides_notes_and_hidden_ones(tmp_path: Path, show) -> None:
    for text in ("Eka", "Lukio 8 % (n = 25)"):
        slide = show.slides.add_slide(show.slide_layouts[5])
        slide.shapes.title.text = text
    slide.notes_slide.notes_text_frame.text = f"Kerro: {CODE}"
    slide._element.set("show", "0")
    slide.shapes.add_picture(BytesIO(PIXEL), 0, 0)._element.nvPicPr.cNvPr.set("descr", "")
    show.save(tmp_path / "a.pptx")
    assert places(tmp_path, "small_share") == [(("slide", 2),)]
    assert places(tmp_path, "identity_code") == [(("slide", 2), ("notes", ""))]
    assert kinds(scan(tmp_path)) >= {"notes", "hidden_slide", "no_alt"}


def test_slides_count_in_the_order_of_the_show(tmp_path: Path, show) -> None:
    for text in ("Eka", f"Toka {CODE}"):
        show.slides.add_slide(show.slide_layouts[5]).shapes.title.text = text
    order = show.slides._sldIdLst
    order.insert(0, order[1])
    show.save(tmp_path / "a.pptx")
    assert places(tmp_path, "identity_code") == [(("slide", 1),)]


def test_a_sheet_that_nobody_sees(tmp_path: Path) -> None:
    book = workbook(tmp_path / "a.xlsx", {"Esillä": [["a", "b"]], "Pohja": [["Kunta", "Lkm"], ["Kuhmo", 3]]})
    book.get_worksheet_by_name("Pohja").very_hidden()
    book.get_worksheet_by_name("Esillä").set_row(3, None, None, {"hidden": True})
    book.get_worksheet_by_name("Esillä").set_column(4, 5, None, None, {"hidden": True})
    book.get_worksheet_by_name("Esillä").write_comment(0, 0, f"Kysy {CODE}")
    book.close()
    assert places(tmp_path, "small_count") == [(("sheet", "Pohja"),)]
    assert kinds(scan(tmp_path)) >= {"hidden_sheet", "hidden_rows", "hidden_columns", "comments", "identity_code"}


def test_rows_behind_a_pivot_table(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", {"T": [["Kunta", "Lkm"], ["Kuhmo", 30]]}).close()
    rows = "<pivotCacheRecords><r><x v='0'/></r><r><x v='1'/></r><r><x v='0'/></r></pivotCacheRecords>"
    with_part(tmp_path / "a.xlsx", "xl/pivotCache/pivotCacheRecords1.xml", rows)
    items = f"<pivotCacheDefinition><cacheFields><s v='Asiakas {CODE}'/></cacheFields></pivotCacheDefinition>"
    with_part(tmp_path / "a.xlsx", "xl/pivotCache/pivotCacheDefinition1.xml", items)
    found = scan(tmp_path)
    assert [one.n for one in found.flaws if one.kind == "pivot_rows"] == [3]
    assert "identity_code" in kinds(found)


def test_entities_of_a_document_are_refused(tmp_path: Path, document) -> None:
    document.add_paragraph("Teksti.")
    document.save(tmp_path / "a.docx")
    bomb = "<!DOCTYPE w [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>"
    changed(tmp_path / "a.docx", "word/document.xml", "<w:document", f"{bomb}<w:document")
    assert [one.why for one in scan(tmp_path).flaws] == ["broken"]
