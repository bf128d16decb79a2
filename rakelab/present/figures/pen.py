"""A sheet of paper in inches, y downwards, on which lines, boxes, markers and words are put; it becomes SVG.

The letters stay text in the page's own fonts, and the same drawing gives the same bytes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import StringIO
from textwrap import wrap
from typing import Any
from warnings import catch_warnings, filterwarnings

from markupsafe import escape

from rakelab.present.figures import theme

INK, MUTED, LINE, HAIR = (theme.COLOURS[name] for name in ("ink", "muted", "line", "hairline"))
PAPER, ACCENT, MISSING = (theme.COLOURS[name] for name in ("paper", "accent", "missing"))

#: Width of a letter of the page's fonts in inches per point of size, on the wide side.
LETTER = 0.0078
POINT = 1 / 72

Point = tuple[float, float]


@dataclass(frozen=True)
class Sheet:
    """Measures of one variant, in inches and points."""

    width: float
    size: float  # of letters, points
    gutter: float  # room for labels left of the axis; 0 puts the labels above the marks
    alone: bool = False  # no page around it: says by itself how to read it

    @property
    def leading(self) -> float:
        return self.size * POINT * 1.28

    @property
    def narrow(self) -> bool:
        return self.gutter == 0


WIDE = Sheet(width=7.6, size=11, gutter=2.75)
NARROW = Sheet(width=3.0, size=9.5, gutter=0)
ALONE = replace(WIDE, alone=True)


def lines_of(text: str, sheet: Sheet, room: float) -> list[str]:
    """``text`` broken to lines that fit ``room`` inches."""
    return wrap(text, max(8, int(room / (sheet.size * LETTER)))) or [""]


def reading_of(text: str, sheet: Sheet) -> list[str]:
    """How to read the picture, in lines; on a page the caption says it."""
    return lines_of(text, sheet, sheet.width - 0.2) if sheet.alone else []


def flowing(texts: Sequence[Sequence[str]], sheet: Sheet, start: float, around: float) -> list[tuple[float, int]]:
    """(x, line) of each entry of a legend, and last where the next would stand; one that does not fit goes to a new
    line. ``around``: room for what is not words."""
    places: list[tuple[float, int]] = []
    x, line = start, 0
    for text in texts:
        room = around + max(map(len, text)) * sheet.size * LETTER
        if x > start and x + room > sheet.width:
            x, line = start, line + 1
        places.append((x, line))
        x, line = x + room, line + len(text) - 1
    return [*places, (x, line)]


class Pen:
    """The paper with what is put on it."""

    def __init__(self, sheet: Sheet, height: float) -> None:
        from matplotlib.figure import Figure

        self.sheet = sheet
        self.height = height
        self.figure = Figure(figsize=(sheet.width, height))
        self.inches = self.figure.dpi_scale_trans

    def words(self, x: float, y: float, text: str, **how: Any) -> None:
        """Text with its middle at ``y``."""
        chosen = {"size": self.sheet.size, "color": INK, "va": "center", "ha": "left", **how}
        self.figure.text(x, self.height - y, text, transform=self.inches, parse_math=False, **chosen)

    def text(self, x: float, y: float, lines: Sequence[str], step: float = 0, **how: Any) -> None:
        """Several lines; the middle of the first at ``y``."""
        for i, text in enumerate(lines):
            self.words(x, y + i * (step or self.sheet.leading), text, **how)

    def reading(self, y: float, lines: Sequence[str]) -> None:
        """How to read the picture, under it."""
        self.text(0.04, y, lines, color=MUTED, size=self.sheet.size - 0.5)

    def no_number(self, left: float, right: float, y: float, text: str) -> None:
        """A hatched band over the whole axis: its length tells nothing, and the words say why there is no number."""
        words = len(text) * self.sheet.size * LETTER + 0.1
        self.box((left + words, y - 0.075), (right - left - words, 0.15), LINE, hatch="////")
        self.words(left + 0.03, y, text, color=MUTED)

    def line(self, start: Point, end: Point, colour: str, **how: Any) -> None:
        self._path((start, end), color=colour, solid_capstyle="butt", **how)

    def _path(self, points: tuple[Point, ...], **how: Any) -> None:
        from matplotlib.lines import Line2D

        xs, ys = zip(*points, strict=True)
        self.figure.add_artist(Line2D(xs, [self.height - y for y in ys], transform=self.inches, **how))

    def box(self, corner: Point, size: Point, colour: str, *, hatch: str = "") -> None:
        """A rectangle from its top left corner."""
        from matplotlib.patches import Rectangle

        hatched = {"facecolor": PAPER, "edgecolor": colour, "hatch": hatch}
        look: dict[str, Any] = hatched if hatch else {"facecolor": colour}
        low = (corner[0], self.height - corner[1] - size[1])
        self.figure.add_artist(Rectangle(low, *size, lw=0, transform=self.inches, zorder=1, **look))

    def marker(self, x: float, y: float, look: tuple[str, str], *, filled: bool = True) -> None:
        colour, shape = look
        inside, edge, width = (colour, PAPER, 0.8) if filled else (PAPER, colour, 1.6)
        self._path(((x, y),), marker=shape, ms=7.5, mfc=inside, mec=edge, mew=width, ls="", zorder=2.5)

    def svg(self) -> str:
        from matplotlib import rc_context
        from matplotlib.backends.backend_svg import FigureCanvasSVG

        FigureCanvasSVG(self.figure)
        out = StringIO()
        # text stays text, and nothing in the file depends on the day or on chance
        settings: Any = {"svg.fonttype": "none", "svg.hashsalt": "rakelab", "hatch.linewidth": 0.7}
        with rc_context(settings), catch_warnings():
            # the reader's browser draws the letters: what matplotlib's own font lacks does not matter
            filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
            self.figure.savefig(out, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
        self.figure.clear()
        return _clean(out.getvalue())


_FONT = re.compile(r"(font: [^;\"]*?[\d.]+px )[^;\"]*")


def _clean(svg: str) -> str:
    """Without the XML prologue and matplotlib's metadata, and with the page's own fonts."""
    body = svg[svg.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>\s*", "", body, flags=re.DOTALL)
    body = _FONT.sub(lambda font: font[1] + theme.FONTS, body)
    return re.sub(r"\n\s*", "\n", body)


def named(svg: str, title: str, description: str) -> str:
    """The same picture with a title and a description for those who do not see it."""
    start = svg.index(">") + 1
    head = svg[: start - 1] + ' role="img">'
    return f"{head}<title>{escape(title)}</title><desc>{escape(description)}</desc>{svg[start:]}"
