"""One palette for figures and pages: text 4.5:1 and graphics 3:1 against white; nothing is told by colour alone."""

from collections.abc import Mapping
from functools import cache
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

#: Light to dark, for the matrix of needs that meet. No colour is one of those above: by night they change, these not.
SHADES: tuple[str, ...] = ("#f2f7fb", "#d3e3f1", "#a9c9e4", "#8bb8dc", "#3a75b0", "#1d5b9d", "#123f6f")

#: Ordered answers around a middle, strongest first on each side; with a border, and numbers inside.
DIVERGING: Mapping[str, tuple[str, ...]] = {
    "warm": ("#b8460c", "#e59a66", "#f6d9c4"),
    "middle": ("#e3e7ea",),
    "cool": ("#1d5b9b", "#7fb0db", "#cfe2f3"),
}


#: Words on a fill, which stays as it is in the dark.
ON_LIGHT, ON_DARK = "#262626", "#fefefe"
#: In the dark: other colours under the same names. Contrast with ``paper`` in the comment.
DARK: Mapping[str, str] = {
    "paper": "#12181f",
    "ink": "#e8edf2",  # 15.2
    "muted": "#aab6c1",  # 8.7
    "line": "#76838f",  # 4.6
    "hairline": "#2c3742",
    "wash": "#1b242d",
    "accent": "#79b3ee",  # 8.0
    "accent-dark": "#a9cff6",  # 10.9
    "warm": "#f0945a",  # 7.8
    "missing": "#93a0ab",  # 6.7
    "s2": "#4fc3ae", "s3": "#c79be0", "s4": "#d9b13f", "s5": "#f08bb4", "s6": "#b8c2cb", "s7": "#7fcf70",
}  # fmt: skip


@cache
def names() -> Mapping[str, str]:
    """Colour → the class that figures know it by; the same names are CSS variables of the page."""
    sides = {f"{side[0]}{i}": colour for side, every in DIVERGING.items() for i, colour in enumerate(every)}
    shades = {f"h{i}": colour for i, colour in enumerate(SHADES)}
    groups = {f"s{i}": colour for i, (colour, _) in enumerate(SERIES)}
    every = {**shades, **sides, **groups, **COLOURS, "on-light": ON_LIGHT, "on-dark": ON_DARK}
    return {colour: name for name, colour in every.items()}


def name_of(colour: str, *, text: bool = False) -> str:
    """The class of a colour; white words stand on something dark."""
    return "on-dark" if text and colour == COLOURS["paper"] else names()[colour]


def on(fill: str) -> str:
    """Dark or light words, whichever read better on ``fill``."""
    return max((ON_LIGHT, ON_DARK), key=lambda colour: contrast(colour, fill))


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


def drawing() -> str:
    """The rules of a picture that is a file of its own."""
    rules = (Path(__file__).parent / "exhibits.css").read_text(encoding="utf-8")
    own = (line for line in rules.split("\n") if line.startswith((".fig {", ".fig .")))
    return "".join((variables(), *own)).replace("\n", "")


def stylesheet() -> str:
    """The rules that what ``present`` writes needs, with ``--ink: #16212b; …``; the page's own style follows it."""
    rules = (Path(__file__).parent / "exhibits.css").read_text(encoding="utf-8")
    return f"{variables()}\n{rules}"


@cache
def in_jupyterlab() -> str:
    """The style that an exhibit brings with it: its rules stay within it, and JupyterLab's theme says whether it is
    dark, not the computer."""
    rules = (Path(__file__).parent / "exhibits.css").read_text(encoding="utf-8")
    every = {name: colour for colour, name in names().items()}
    box, night = ".rakelab-exhibit", '[data-jp-theme-light="false"] .rakelab-exhibit'
    colours = f"{box} {{ {_listed(every)} --fonts: {FONTS}; }} {night} {{ {_listed(DARK)} }} {_classes(every)}"
    return f"<style>{colours}\n{rules}{_JUPYTERLAB}</style>"


#: What JupyterLab does to lists, headings and tables of its own.
_JUPYTERLAB = """.rakelab-exhibit :is(dt, dd) { width: auto; } .rakelab-exhibit dt { grid-column: 1; }
.rakelab-exhibit dd { grid-column: 2; } .rakelab-exhibit.rakelab-exhibit tbody tr th { text-align: left; }
.rakelab-exhibit table { margin: 0; font-size: inherit; table-layout: auto; }
.rakelab-exhibit :is(tbody, thead) :is(th, td) { white-space: normal; max-width: none; }
"""


def _classes(every: Mapping[str, str]) -> str:
    return " ".join(f".fig .{name} {{ color: var(--{name}); }}" for name in every)


def variables() -> str:
    """Every colour by name, and its class in figures: by day, by night, and in the reader's own colours."""
    every = {name: colour for colour, name in names().items()}
    own = dict.fromkeys(every, "CanvasText") | dict.fromkeys(("paper", "wash"), "Canvas")
    own |= {name: "Canvas" for name in every if name[:1] in "hmcw" and name[1:].isdigit()}
    return (
        f":root {{ color-scheme: light dark; {_listed(every)} --fonts: {FONTS}; }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {_listed(DARK)} }} }}\n"
        f"@media (forced-colors: active) {{ :root {{ {_listed(own)} }} .fig {{ forced-color-adjust: none; }} }}\n"
        f"{_classes(every)}"
    )


def _listed(colours: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())
