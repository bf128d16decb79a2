"""Figures as pictures, by day."""

from io import BytesIO

from PIL import Image

from rakelab.export import drawing

from .pages import SVG


def test_a_picture_is_drawn_by_day(tmp_path):
    """The ink is 123456 by day; a browser by night would take white."""
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "01-bars.svg").write_text(SVG, encoding="utf-8")
    (content,) = drawing.png(drawing.figures(tmp_path))
    picture = Image.open(BytesIO(content)).convert("RGB")
    assert picture.width == 1600
    assert picture.getpixel((800, 200)) == (0x12, 0x34, 0x56)


def test_a_picture_without_its_own_title_is_that_much_lower():
    svg = '<svg viewBox="0 -20 90 50" width="90pt" height="50pt"></svg>'
    assert drawing.untitled(svg) == '<svg viewBox="0 0 90 30" width="90pt" height="30pt"></svg>'
    assert drawing.untitled(SVG) == SVG
