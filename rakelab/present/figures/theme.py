"""One palette for figures and pages: text 4.5:1 and graphics 3:1 against white; nothing is told by colour alone."""

from collections.abc import Mapping
from pathlib import Path

#: Names are CSS variables of the page; values are colours, contrast with ``paper`` in the comment.
COLOURS: Mapping[str, str] = {
    "paper": "#ffffff",
    "ink": "#16212b",  # 16.2
    "muted": "#51606d",  # 6.5: quiet text
    "line": "#87939e",  # 3.1: axes and borders that carry meaning
    "hairline": "#dde3e8",  # decoration only
    "wash": "#f3f6f8",  # a quiet background; muted text on it 6.0
    "accent": "#1d5b9c",  # 6.9: bars, links, focus
    "accent-dark": "#123f6e",  # 10.6
    "warm": "#b8460b",  # 5.3
    "missing": "#6c7883",  # 4.4: kinds of missing
}

#: Groups in a figure: a colour and a marker of matplotlib each, so that a group is known without its colour.
SERIES: tuple[tuple[str, str], ...] = (
    ("#1d5b9c", "o"),
    ("#b8460b", "s"),
    ("#0a7566", "^"),
    ("#7a3a9b", "D"),
    ("#8a6400", "v"),
    ("#a8215f", "P"),
    ("#3f4b55", "X"),
    ("#2b7a1f", "p"),
)

#: The column of everybody stands apart from the groups.
EVERYBODY = ("#16212b", "d")

#: Light to dark, for the matrix of needs that meet.
SHADES: tuple[str, ...] = ("#f2f7fb", "#d3e3f1", "#a9c9e4", "#8bb8dc", "#3a75b0", "#1d5b9c", "#123f6e")

#: Ordered answers around a middle, strongest first on each side; with a border, and numbers inside.
DIVERGING: Mapping[str, tuple[str, ...]] = {
    "warm": ("#b8460b", "#e59a66", "#f6d9c4"),
    "middle": ("#e3e7ea",),
    "cool": ("#1d5b9c", "#7fb0db", "#cfe2f3"),
}


def on(fill: str) -> str:
    """Ink or paper, whichever reads better on ``fill``."""
    return max((COLOURS["ink"], COLOURS["paper"]), key=lambda colour: contrast(colour, fill))


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


FONTS = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"


def series(place: int) -> tuple[str, str]:
    """Colour and marker of the group at ``place`` (0, 1, …); they start again after the last."""
    return SERIES[place % len(SERIES)]


def stylesheet() -> str:
    """The rules that what ``present`` writes needs, with ``--ink: #16212b; …``; the page's own style follows it."""
    variables = " ".join(f"--{name}: {colour};" for name, colour in COLOURS.items())
    rules = (Path(__file__).parent / "exhibits.css").read_text(encoding="utf-8")
    return f":root {{ {variables} --fonts: {FONTS}; }}\n{rules}"
