"""Documents for Word: its own styles, heads that repeat, alternative texts, a county's template."""

from io import BytesIO

import docx


def test_word_has_headings_a_repeated_head_and_alternative_text(made):
    ((name, content),) = made("docx").items()
    document = docx.Document(BytesIO(content))
    assert name == "palvelutarve-kuhmo.fi.docx"
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["Tarpeet, Kuhmo, 2020"] == "Title"
    assert styles["Tarpeet"] == "Heading 1"
    assert styles["Muu ei muuttunut."] == "List Bullet"
    assert "Keksitty aineisto." in styles
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows][2:] == [
        ["=Talous", "7 (58\xa0%)", "+3"],
        ["Muu", "··", "−2"],
    ]
    heads = [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows]
    assert heads == [True, False, False, False]
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == ["Pylväät: kaksi."]
    assert (document.core_properties.title, document.core_properties.language) == ("Tarpeet, Kuhmo, 2020", "fi-FI")


def test_word_into_a_template_without_the_styles(made, tmp_path):
    template = docx.Document()
    template.add_paragraph("Kainuun hyvinvointialue")
    for name in ("Caption", "List Bullet", "Heading 1", "Table Grid", "Intense Quote"):
        template.styles[name].delete()
    template.save(str(tmp_path / "pohja.docx"))
    content = made("docx", template=str(tmp_path / "pohja.docx"))["palvelutarve-kuhmo.fi.docx"]
    texts = [paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs]
    assert texts[0] == "Kainuun hyvinvointialue"
    assert {"Tarpeet", "Muu ei muuttunut."} <= set(texts)
