"""The figures beside a page (``figures/*.svg``) as PNG: by day, on paper, in whatever fonts the machine has."""

import re
from functools import partial
from pathlib import Path

from rakelab.export.writing import needing

#: Pixels: sharp on A4 at 250 dots an inch.
WIDTH = 1600
_COLOUR = re.compile(r"--([\w-]+):\s*([^;}]+);")
_OTHER_LIGHT = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")


def drawn(folder: Path) -> list[bytes]:
    """Every figure of a report's folder in the page's order. Raises OutputError where resvg-py is not installed."""
    with needing("resvg-py"):
        import resvg_py
    pictures = (path.read_text(encoding="utf-8") for path in sorted((folder / "figures").glob("*.svg")))
    draw = partial(resvg_py.svg_to_bytes, width=WIDTH, dpi=96.0, background="#fff")
    return [bytes(draw(svg_string=plain(svg))) for svg in pictures]


def plain(svg: str) -> str:
    """The picture with the colours of the day written out: what is not a browser knows no variables."""
    by_day = _OTHER_LIGHT.sub("", svg)
    colours = dict(_COLOUR.findall(by_day))
    return re.sub(r"var\(--([\w-]+)\)", lambda name: colours.get(name[1], "currentColor"), by_day)
