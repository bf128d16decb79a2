"""A picture of matplotlib made small: no fonts and no styles, colours as classes of the page's own style sheet.

What is painted in the same way one after another is one path. The same drawing gives the same bytes.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from markupsafe import escape

from rakelab.present.figures import theme

_SVG, _LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
Style = Mapping[str, str]
Paths = Mapping[str, ET.Element]


@dataclass(frozen=True)
class Shape:
    """Something painted: its classes, the width of its line where that is not the class's own, its path."""

    look: str
    width: str
    path: str


@dataclass(frozen=True)
class Words:
    """A text as a whole element."""

    element: str


def compact(svg: str) -> str:
    """``<svg viewBox="…">`` with the classes of ``theme.stylesheet``."""
    root = ET.fromstring(svg)
    known = {element.get("id", ""): element for element in root.iter(f"{_SVG}path")}
    parts = [part for part in _parts(root, known) if part is not None]
    body = "".join(_written(list(same)) for _, same in groupby(parts[1:], _alike))  # the first is the paper itself
    return f'<svg viewBox="{" ".join(map(_number, map(float, root.get("viewBox", "").split())))}">{body}</svg>'


def _parts(element: ET.Element, known: Paths) -> Iterator[Shape | Words | None]:
    for child in element:
        if child.tag == f"{_SVG}defs":
            continue
        if child.tag == f"{_SVG}text":
            yield _words(child)
        elif child.tag == f"{_SVG}path":
            yield _shape(child, _style(child), (0, 0))
        elif child.tag == f"{_SVG}use":
            at = float(child.get("x", "0")), float(child.get("y", "0"))
            yield _shape(known[child.get(_LINK, "")[1:]], _style(child), at)
        else:
            yield from _parts(child, known)


def _style(element: ET.Element) -> Style:
    pairs = (part.partition(":") for part in element.get("style", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if value}


def _shape(element: ET.Element, style: Style, at: tuple[float, float]) -> Shape | None:
    path = _path(element.get("d", ""), *at)
    fill, stroke = style.get("fill", "none"), style.get("stroke", "none")
    width = style.get("stroke-width", "1")
    if not path or fill == stroke == "none":
        return None
    if fill == "none":
        return Shape(f"l {theme.name_of(stroke)}", width, path)
    if stroke == "none":
        return Shape(f"f {theme.name_of(fill)}", "", path)
    hollow = fill == theme.COLOURS["paper"]
    return Shape(f"o {theme.name_of(stroke)}" if hollow else f"m {theme.name_of(fill)}", width, path)


def _alike(part: Shape | Words) -> tuple[str, str]:
    return (part.look, part.width) if isinstance(part, Shape) else ("", "")


def _written(parts: list[Shape | Words]) -> str:
    shapes = [part for part in parts if isinstance(part, Shape)]
    if not shapes:
        return "".join(part.element for part in parts if isinstance(part, Words))
    first = shapes[0]
    width = f' stroke-width="{first.width}"' if first.width else ""
    return f'<path class="{first.look}"{width} d="{"".join(shape.path for shape in shapes)}"/>'


def _path(d: str, x: float, y: float) -> str:
    """The path moved by (x, y), to a tenth of a point; a ring of curves is two arcs."""
    if "C" in d:
        radius = round(max(float(number) for number in re.findall(r"-?[\d.]+", d)), 1)
        r, side = _number(radius), _number(2 * radius)
        return f"M{_number(x - radius)} {_number(y)}a{r} {r} 0 1 0 {side} 0a{r} {r} 0 1 0-{side} 0z"
    written, before = "", (0.0, 0.0)
    for letter, numbers in _STEP.findall(d):
        if letter in "zZ":
            written += "z"
            continue
        own = [float(number) for number in numbers.split()]
        point = (round(own[0] + x, 1), round(own[1] + y, 1))
        written += _step(letter, point, before)
        before = point
    return "" if written.count("M") and not re.search("[HVL]", written) else written


def _step(letter: str, point: tuple[float, float], before: tuple[float, float]) -> str:
    if letter == "L" and point == before:
        return ""
    if letter == "L" and point[1] == before[1]:
        return f"H{_number(point[0])}"
    if letter == "L" and point[0] == before[0]:
        return f"V{_number(point[1])}"
    return f"{letter}{_number(point[0])} {_number(point[1])}"


def _words(element: ET.Element) -> Words:
    style = _style(element)
    anchor = {"middle": "c", "end": "e"}.get(style.get("text-anchor", ""), "")
    bold = "b" if style.get("font-weight") in ("700", "bold") else ""
    colour = theme.name_of(style.get("fill", ""), text=True)
    named = " ".join(part for part in (anchor, bold, "" if colour == "ink" else colour) if part)
    size = style.get("font-size", "").removesuffix("px")
    place = f'x="{_number(float(element.get("x", "0")))}" y="{_number(float(element.get("y", "0")))}"'
    look = f' class="{named}"' if named else ""
    return Words(f'<text {place} font-size="{size}"{look}>{escape(element.text or "")}</text>')


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace("-0.", "-.").removeprefix("0") or "0"
