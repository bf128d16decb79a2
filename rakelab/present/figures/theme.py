"""One palette for figures and pages: text 4.5:1 and graphics 3:1 against white; nothing is told by colour alone."""

from collections.abc import Mapping

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


def css_variables() -> str:
    """``--ink: #16212b; …`` for the page's ``:root``."""
    return " ".join(f"--{name}: {colour};" for name, colour in COLOURS.items()) + f" --fonts: {FONTS};"


def stylesheet() -> str:
    """The rules that what ``present`` writes needs; the page's own style follows it."""
    return f":root {{ {css_variables()} }}\n{_RULES}"


_RULES = """\
.visually-hidden { position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; border: 0; }
.rakelab-exhibit { margin: 1.5rem 0 2.25rem; }
.rakelab-exhibit figure { margin: 0; }
.rakelab-exhibit img { display: block; max-width: 100%; height: auto; }
.rakelab-exhibit figcaption { margin-bottom: .75rem; color: var(--muted); font-size: .9rem; }
.rakelab-exhibit figcaption strong { display: block; color: var(--ink); font-size: 1.1rem; line-height: 1.3; }
.rakelab-exhibit summary { cursor: pointer; margin-top: .75rem; color: var(--accent-dark); font-size: .9rem; }
.rakelab-exhibit .scroll { position: relative; overflow-x: auto; margin: .5rem 0; background:
  linear-gradient(to right, var(--paper) 60%, transparent) left / 2.5rem 100% no-repeat local,
  linear-gradient(to left, var(--paper) 60%, transparent) right / 2.5rem 100% no-repeat local,
  linear-gradient(to right, var(--line), transparent) left top / .6rem calc(100% - 2px) no-repeat scroll,
  linear-gradient(to left, var(--line), transparent) right top / .6rem calc(100% - 2px) no-repeat scroll; }
.rakelab-exhibit .scroll:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.rakelab-exhibit table { border-collapse: collapse; min-width: min(100%, 36rem); font-size: .92rem; line-height: 1.35;
  font-variant-numeric: tabular-nums; }
.rakelab-exhibit caption { text-align: left; padding: 0 0 .5rem; font-weight: 600; }
.rakelab-exhibit caption > span { position: sticky; left: 0; display: inline-block; max-width: calc(100vw - 2.5rem); }
.rakelab-exhibit caption .n, .rakelab-exhibit thead .n { font-weight: 400; color: var(--muted); }
.rakelab-exhibit thead th { text-align: right; vertical-align: bottom; border-bottom: 2px solid var(--line);
  padding: .4rem .6rem; }
.rakelab-exhibit thead th:first-child { text-align: left; padding-left: 0; }
.rakelab-exhibit tbody th { text-align: left; font-weight: 400; padding: .4rem .6rem .4rem 0; min-width: 9.5rem;
  vertical-align: top; hyphens: auto; }
.rakelab-exhibit td { text-align: right; padding: .4rem .6rem; vertical-align: top; white-space: nowrap; }
.rakelab-exhibit .dense { font-size: .85rem; }
.rakelab-exhibit .dense :is(thead th:not(:first-child), td) { padding-inline: .35rem; }
.rakelab-exhibit .dense thead th { overflow-wrap: break-word; hyphens: auto; }
.rakelab-exhibit tbody tr { border-bottom: 1px solid var(--hairline); }
.rakelab-exhibit tbody th[scope=rowgroup] { font-weight: 600; padding-top: .9rem; }
.rakelab-exhibit tr.missing th[scope=row], .rakelab-exhibit tr.missing td { color: var(--muted); font-style: italic; }
.rakelab-exhibit td.hidden { color: var(--muted); font-weight: 700; letter-spacing: .08em; }
.rakelab-exhibit .interval, .rakelab-exhibit .count { color: var(--muted); }
.rakelab-exhibit .interval { font-size: .85em; }
.rakelab-exhibit .indicative { font-weight: 400; font-style: italic; color: var(--warm); }
.rakelab-exhibit .key { color: var(--muted); font-size: .85rem; margin: .25rem 0 0; max-width: 46rem; }
.rakelab-exhibit .too-few { border-left: 4px solid var(--accent); background: var(--wash); padding: .75rem 1rem; }
.rakelab-exhibit .findings li { margin: 0 0 .5rem; }
.rakelab-register :is(td, thead th), .rakelab-followed :is(td, thead th) { text-align: left; white-space: normal; }
.rakelab-register :is(td, tbody th) { min-width: 8.5rem; overflow-wrap: break-word; }
.rakelab-register .count { display: block; font-size: .9em; }
.rakelab-register .heading { display: none; }
.rakelab-register .key + .scroll { margin-top: 2rem; }
.rakelab-exhibit dl { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: .35rem 1.25rem; }
.rakelab-exhibit dt { font-weight: 600; }
.rakelab-exhibit dd { margin: 0; overflow-wrap: anywhere; }
.rakelab-exhibit dd ul { margin: 0; padding-left: 1.1rem; }
@media (max-width: 40rem) { .rakelab-exhibit dl { display: block; } .rakelab-exhibit dd { margin: 0 0 .6rem; }
  .rakelab-exhibit table { font-size: .85rem; } .rakelab-exhibit :is(thead th, td) { padding-inline: .35rem; }
  .rakelab-exhibit tbody th { min-width: 8rem; }
  .rakelab-register :is(table, caption, tbody, tr, th, td) { display: block; }
  .rakelab-register thead { display: none; }
  .rakelab-register tbody th[scope=row] { font-weight: 600; }
  .rakelab-register td { padding: .1rem 0 .3rem; }
  .rakelab-register .heading { display: block; color: var(--muted); font-size: .9em; } }
@media print { .rakelab-exhibit :is(figure, table, tr, .too-few) { break-inside: avoid; }
  .rakelab-exhibit :is(caption, summary, thead) { break-after: avoid; } .rakelab-exhibit .key { break-before: avoid; }
  .rakelab-exhibit img { max-height: 19cm; width: auto; }
  .rakelab-exhibit .scroll { overflow: visible; background: none; }
  .rakelab-exhibit .dense { table-layout: fixed; width: 100%; font-size: .65rem; }
  .rakelab-exhibit .dense thead th { font-size: .56rem; overflow-wrap: anywhere; }
  .rakelab-exhibit .dense .n { font-size: .62rem; white-space: nowrap; }
  .rakelab-exhibit .dense thead th:first-child { width: 20%; } .rakelab-exhibit .dense tbody th { min-width: 0; }
  .rakelab-exhibit .dense :is(thead th, td):not(:first-child) { padding-inline: .15rem; }
  .rakelab-exhibit .dense td { white-space: normal; } .rakelab-exhibit .dense .interval { white-space: nowrap; } }
"""
