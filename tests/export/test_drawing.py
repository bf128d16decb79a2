"""Figures as pictures, by day, in the page's order and language."""

from io import BytesIO

from PIL import Image

from rakelab.export import drawing

from .pages import PAGE

INK = (0x16, 0x21, 0x2B)


def test_a_picture_is_drawn_by_day():
    """A browser by night would take a light ink."""
    (content,) = drawing.png(drawing.figures(PAGE, titled=False))
    picture = Image.open(BytesIO(content)).convert("RGB")
    assert picture.width == 1600
    assert picture.getpixel((800, 200)) == INK


def test_pictures_come_in_the_order_of_the_page_however_many():
    """By name the hundredth would come before the eleventh."""
    start, end = PAGE.index("<figure"), PAGE.index("</figure>") + len("</figure>")
    figure = PAGE[start:end]
    page = "".join(figure.replace("01-bars", f"{i:02d}-bars").replace("Talous", f"Nro {i}") for i in range(1, 102))
    found = [svg.split("<title>")[1].split(" kasvoi")[0] for svg in drawing.figures(page)]
    assert found == [f"Nro {i}" for i in range(1, 102)]


def test_a_picture_without_its_own_title_is_that_much_lower():
    svg = '<svg viewBox="0 -20 90 50" width="90pt" height="50pt"></svg>'
    assert drawing.untitled(svg) == '<svg viewBox="0 0 90 30" width="90pt" height="30pt"></svg>'
    assert drawing.untitled(drawing.untitled(svg)) == drawing.untitled(svg)


def test_the_figures_of_a_swedish_page_are_swedish():
    """The files in ``figures/`` are in the report's first language."""
    page = PAGE.replace('lang="fi"', 'lang="sv"').replace("Talous kasvoi</h3>", "Ekonomi ökade</h3>")
    (picture,) = drawing.figures(page)
    assert "Ekonomi ökade" in picture
