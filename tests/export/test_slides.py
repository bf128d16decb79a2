"""A slide for each finding and each figure."""

from io import BytesIO

import pptx


def test_a_slide_for_each_finding_and_each_figure(made):
    deck = pptx.Presentation(BytesIO(made("pptx")["palvelutarve-kuhmo.fi.pptx"]))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles == ["Tarpeet, Kuhmo, 2020", "Talous kasvoi.", "Muu ei muuttunut.", "Talous kasvoi"]
    pictures = [shape for slide in deck.slides for shape in slide.shapes if shape.shape_type == 13]
    assert [shape._element.xpath(".//p:cNvPr")[0].get("descr") for shape in pictures] == ["Pylväät: kaksi."]
    (picture,) = pictures
    assert picture.left >= 0
    assert picture.left + picture.width <= deck.slide_width
    assert picture.top + picture.height <= deck.slide_height
