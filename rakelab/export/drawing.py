"""The figures of a page, by day: for paper as they are, and as PNG."""

import re
from functools import partial

from rakelab.export.writing import needing
from rakelab.report import jobs

#: Pixels: sharp on A4 at 250 dots an inch.
WIDTH = 1600
_COLOUR = re.compile(r"--([\w-]+):\s*([^;}]+);")
_OTHER_LIGHT = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_BOX = re.compile(r'viewBox="0 -(\S+) (\S+) (\S+)" width="[^"]*" height="[^"]*"')


def figures(page: str, *, titled: bool = True) -> list[str]:
    """Every figure of a page, in its order and its language; without its own title where the text around has it."""
    pictures = (svg.decode() for svg in jobs.figures(jobs.Drawn([page], [], [])).values())
    return [plain(svg) if titled else untitled(plain(svg)) for svg in pictures]


def plain(svg: str) -> str:
    """The picture with the colours of the day written out: what is not a browser knows no variables."""
    by_day = _OTHER_LIGHT.sub("", svg)
    colours = dict(_COLOUR.findall(by_day))
    return re.sub(r"var\(--([\w-]+)\)", lambda name: colours.get(name[1], "currentColor"), by_day)


def untitled(svg: str) -> str:
    """The title stands above the picture's own zero: the box begins there."""

    def box(found: re.Match[str]) -> str:
        room, width, height = map(float, found.groups())
        return f'viewBox="0 0 {width:g} {height - room:g}" width="{width:g}pt" height="{height - room:g}pt"'

    return _BOX.sub(box, svg, count=1)


def png(pictures: list[str]) -> list[bytes]:
    """Raises OutputError where resvg-py is not installed."""
    with needing("resvg-py"):
        import resvg_py
    draw = partial(resvg_py.svg_to_bytes, width=WIDTH, dpi=96.0, background="#fff")
    return [bytes(draw(svg_string=svg)) for svg in pictures]
