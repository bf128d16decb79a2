"""A laid-out sheet as a picture: each line of text where it stands on paper, grounds and borders as boxes."""

import re
from xml.etree import ElementTree

import weasyprint

from rakelab.export.picture import svg

SHEET = """<title>Nimi & muuta</title><style>@page { size: A4; margin: 0 } body { margin: 0 }
p { margin: 0; font-size: 20px; border-top: 2px solid #ff0000 } b { display: block; background: #00ff00 }</style>
<p>Eka <i>toka</i></p><b>Kolmas</b>"""


def test_texts_and_boxes_stand_where_they_are_on_paper():
    picture = ElementTree.fromstring(svg(weasyprint.HTML(string=SHEET).render(), "fi"))
    space = "{http://www.w3.org/2000/svg}"
    texts = {text.text: text for text in picture.iter(f"{space}text")}
    assert list(texts) == ["Eka", "toka", "Kolmas"]
    assert float(texts["Eka"].get("y")) < float(texts["Kolmas"].get("y"))
    assert float(texts["Eka"].get("x")) < float(texts["toka"].get("x"))
    assert texts["Eka"].get("textLength") is None  # its space is no ink
    assert texts["toka"].get("textLength")
    fills = {box.get("fill"): box for box in picture.iter(f"{space}rect")}
    assert {"#ff0000", "#00ff00"} <= fills.keys()
    assert fills["#ff0000"].get("height") == "2"
    assert picture.find(f"{space}title").text == "Nimi & muuta"
    assert re.fullmatch(r"0 0 793\.7 1122\.5", picture.get("viewBox"))
