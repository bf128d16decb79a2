"""A sheet of paper in inches, y downwards, on which lines, boxes, markers and words are put; it becomes SVG.

The letters stay text in the page's own fonts (``svg``), and the same drawing gives the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from textwrap import wrap
from typing import Any
from warnings import catch_warnings, filterwarnings

from rakelab.present.figures import svg, theme

INK, MUTED, LINE, HAIR = (theme.COLOURS[name] for name in ("ink", "muted", "line", "hairline"))
PAPER, ACCENT, MISSING = (theme.COLOURS[name] for name in ("paper", "accent", "missing"))

#: Width of a letter of the page's fonts in inches per point of size, on the wide side.
LETTER = 0.0078
POINT = 1 / 72

Point = tuple[float, float]
_LIFTED: Point = (float("nan"), float("nan"))  # the pen leaves the paper


@dataclass(frozen=True)
class Sheet:
    """Measures of one variant, in inches and points."""

    width: float
    size: float  # of letters, points
    gutter: float  # room for labels left of the axis; 0 puts the labels above the marks

    @property
    def leading(self) -> float:
        return self.size * POINT * 1.28

    @property
    def narrow(self) -> bool:
        return self.gutter == 0


WIDE = Sheet(width=7.6, size=11, gutter=2.75)
NARROW = Sheet(width=3.0, size=9.5, gutter=0)


def lines_of(text: str, sheet: Sheet, room: float) -> list[str]:
    """``text`` broken to lines that fit ``room`` inches."""
    return wrap(text, max(8, int(room / (sheet.size * LETTER)))) or [""]


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

    def no_number(self, left: float, y: float, text: str) -> None:
        """Words say why there is no number; a mark would have a length, which tells nothing."""
        self.words(left + 0.03, y, text, color=MUTED)

    def line(self, start: Point, end: Point, colour: str, **how: Any) -> None:
        self._path((start, end), color=colour, solid_capstyle="butt", **how)

    def polyline(self, points: Sequence[Point], colour: str, **how: Any) -> None:
        self._path(tuple(points), color=colour, solid_capstyle="butt", **how)

    def span(self, low: float, high: float, y: float, colour: str) -> None:
        """An interval: a line with an end across it at each side."""
        ends = ((low, y - 0.045), (low, y + 0.045), _LIFTED, (low, y), (high, y), _LIFTED)
        points = (*ends, (high, y - 0.045), (high, y + 0.045))
        self._path(points, color=colour, solid_capstyle="butt", lw=1.4, zorder=2.1)

    def _path(self, points: tuple[Point, ...], **how: Any) -> None:
        from matplotlib.lines import Line2D

        xs, ys = zip(*points, strict=True)
        self.figure.add_artist(Line2D(xs, [self.height - y for y in ys], transform=self.inches, **how))

    def box(self, corner: Point, size: Point, colour: str, *, zorder: float = 1) -> None:
        """A rectangle from its top left corner."""
        from matplotlib.patches import Rectangle

        low = (corner[0], self.height - corner[1] - size[1])
        self.figure.add_artist(Rectangle(low, *size, lw=0, transform=self.inches, zorder=zorder, facecolor=colour))

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
        settings: Any = {"svg.fonttype": "none", "svg.hashsalt": "rakelab"}
        with rc_context(settings), catch_warnings():
            # the reader's browser draws the letters: what matplotlib's own font lacks does not matter
            filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
            self.figure.savefig(out, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
        self.figure.clear()
        return svg.compact(out.getvalue())
