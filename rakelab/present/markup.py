"""Pieces of HTML that every exhibit uses. Everything that came from a file goes through ``escape`` here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from rakelab import i18n
from rakelab.cells import MARKERS, State

_WORDS = {MARKERS[State.HIDDEN]: ("hidden", "present.hidden"), MARKERS[State.MISSING]: ("none", "present.none")}


#: A table of more columns than this has narrower cells.
DENSE = 6


@dataclass(frozen=True)
class Row:
    """One row of a table: its header and its cells, which are HTML already."""

    header: str
    cells: tuple[str, ...]
    missing: bool = False


@dataclass(frozen=True)
class Section:
    """Rows under a heading of their own; the first section of a table has none."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Grid:
    """A whole table before it is written. ``caption``, ``headers`` and ``keys`` are HTML already. ``tongue``: the
    language of row headers and headings that were written by users; empty where they are in the page's."""

    id: str
    caption: str
    headers: tuple[str, ...]  # the first stands above the row headers
    sections: tuple[Section, ...]
    keys: tuple[str, ...] = ()
    tongue: str = ""


def cell(text: str, lang: str) -> str:
    """``<td>`` of a plain text; a marker carries its meaning for those who do not see it."""
    if text not in _WORDS:
        return f"<td>{escape(text)}</td>"
    name, word = _WORDS[text]
    return f'<td class="{name}">{marked(text, i18n.text(word, lang))}</td>'


def marked(marker: str, meaning: str) -> str:
    return f'<span aria-hidden="true">{marker}</span><span class="visually-hidden"> {escape(meaning)}</span>'


def table(grid: Grid) -> str:
    """The table in a scroll box that the keyboard reaches, and what its marks mean under it."""
    head = "".join(f'<th scope="col">{one}</th>' for one in grid.headers)
    body = "".join(_section(one, grid) for one in grid.sections if one.rows)
    dense = ' class="dense"' if len(grid.headers) > DENSE else ""
    return (
        f'<div class="scroll" role="region" aria-labelledby="{grid.id}-caption" tabindex="0">'
        f'<table id="{grid.id}"{dense}><caption id="{grid.id}-caption"><span>{grid.caption}</span></caption>'
        f"<thead><tr>{head}</tr></thead>{body}</table></div>{keys(grid.keys)}"
    )


def _section(section: Section, grid: Grid) -> str:
    heading, spoken = "", f' lang="{grid.tongue}"' if grid.tongue else ""
    if section.heading:
        over = f'scope="rowgroup" colspan="{len(grid.headers)}"{spoken}'
        heading = f"<tr><th {over}>{escape(section.heading)}</th></tr>"
    return f"<tbody>{heading}{''.join(_row(row, spoken) for row in section.rows)}</tbody>"


def _row(row: Row, spoken: str) -> str:
    kind = ' class="missing"' if row.missing else ""
    return f'<tr{kind}><th scope="row"{spoken}>{escape(row.header)}</th>{"".join(row.cells)}</tr>'


def marks(rows: tuple[Row, ...], lang: str) -> list[str]:
    """The meaning of the markers that occur in ``rows``."""
    every = " ".join(text for row in rows for text in row.cells)
    return [i18n.text(f"present.key.{name}", lang) for name in ("hidden", "none") if f'class="{name}"' in every]


def keys(lines: Iterable[str]) -> str:
    """What the marks and the percentages of a table mean, in one quiet paragraph."""
    said = " ".join(escape(line) for line in lines)
    return f'<p class="key">{said}</p>' if said else ""


def exhibit(kind: str, inner: str) -> str:
    return f'<div class="rakelab-exhibit rakelab-{kind}">{inner}</div>'


def paragraph(text: str, name: str = "") -> str:
    return f'<p class="{name}">{escape(text)}</p>' if name else f"<p>{escape(text)}</p>"


def definitions(pairs: Iterable[tuple[str, Sequence[str]]]) -> str:
    """A definition list; several values of one term are a list."""
    return f"<dl>{''.join(f'<dt>{escape(term)}</dt><dd>{_values(values)}</dd>' for term, values in pairs)}</dl>"


def _values(values: Sequence[str]) -> str:
    if len(values) == 1:
        return escape(values[0])
    return f"<ul>{''.join(f'<li>{escape(value)}</li>' for value in values)}</ul>"
