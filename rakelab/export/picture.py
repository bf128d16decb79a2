"""A sheet that WeasyPrint has laid out, as one SVG with real text: each line of text where it stands on paper."""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from rakelab.present.markup import element


def svg(drawn: Any, lang: str) -> str:
    """The first page. Widths are told, so that another font of the reader's keeps the lines."""
    box = drawn.pages[0]._page_box
    width, height = (round(side, 1) for side in (drawn.pages[0].width, drawn.pages[0].height))
    title = element("title", str(drawn.metadata.title))
    paper = Markup('<rect width="100%" height="100%" fill="#fff"/>')
    named = {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {width:g} {height:g}"}
    named |= {"width": "210mm", "height": "297mm", "lang": lang, "font-family": "Arial, Liberation Sans, sans-serif"}
    return str(element("svg", title, paper, *_shapes(box), **named))


def _shapes(box: Any) -> Iterator[str]:
    """Grounds and borders before what stands on them."""
    if getattr(box, "text", ""):
        yield _text(box)
    elif getattr(box, "element_tag", None) and hasattr(box, "border_box_x") and isinstance(box.height, int | float):
        yield from _ground(box)
    for child in getattr(box, "children", ()):
        yield from _shapes(child)


def _text(box: Any) -> str:
    told = {
        "x": _number(box.position_x), "y": _number(box.position_y + box.baseline), "fill": _colour(box.style["color"]),
        "font-size": _number(box.style["font_size"]), "font-weight": str(box.style["font_weight"]),
    }  # fmt: skip
    whole = box.text == box.text.rstrip() and len(box.text) > 1  # a space at a line's end has a width, and no ink
    return element("text", box.text.rstrip(), **told, textLength=_number(box.width) if whole else "")


def _ground(box: Any) -> Iterator[str]:
    """A filled box, and each of its borders as a thin one."""
    x, y, width, height = box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()
    top, left, bottom, right = (getattr(box, f"border_{side}_width") for side in ("top", "left", "bottom", "right"))
    parts = {
        "background_color": (x, y, width, height),
        "border_top_color": (x, y, width, top),
        "border_left_color": (x, y, left, height),
        "border_bottom_color": (x, y + height - bottom, width, bottom),
        "border_right_color": (x + width - right, y, right, height),
    }
    for name, place in parts.items():
        colour = box.style[name]
        if colour[3] and place[2] and place[3]:
            sides = dict(zip(("x", "y", "width", "height"), map(_number, place), strict=True))
            yield element("rect", **sides, fill=_colour(colour))


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _colour(colour: Any) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour.to("srgb").coordinates)
