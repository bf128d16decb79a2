"""What a finished file is made of, whatever wrote it: texts, tables, and what a file of its kind can hold unseen."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: Where something stands: words of ``locales`` (``scan.place``) with what is counted or called.
Parts = tuple[tuple[str, str | int], ...]


@dataclass(frozen=True)
class Text:
    """A paragraph; those of one ``section`` (a slide, a page, what is under one heading) share a stated base."""

    parts: Parts
    text: str
    section: str = ""


@dataclass(frozen=True)
class Cells:
    """A table as it was written. ``start``: row and column of its first cell in the file; ``headed``: the file itself
    marks a heading row (None: its kind of file cannot); ``loose``: made of lines of running text."""

    parts: Parts
    rows: Sequence[Sequence[str]]
    caption: str = ""
    start: tuple[int, int] = (0, 0)
    headed: bool | None = None
    loose: bool = False


@dataclass(frozen=True)
class Notice:
    """What the file holds besides: a kind of finding, and how many."""

    kind: str
    parts: Parts = ()
    n: int = 1


Piece = Text | Cells | Notice


class UnreadableError(Exception):
    """Why a file cannot be looked at: a word of ``scan.unread``."""


@cache
def words(name: str) -> re.Pattern[str]:
    """A list of ``words.toml``, where a word begins."""
    listed = _vocabulary()[name] + (_vocabulary()["total"] if name == "base" else [])
    return re.compile(rf"(?<!\w)(?:{'|'.join(listed)})", re.IGNORECASE)


@cache
def _vocabulary() -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@cache
def only(name: str) -> re.Pattern[str]:
    """The same, where it is all that is said."""
    return re.compile(rf"(?:{words(name).pattern})\W*", re.IGNORECASE)


def filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def blocks(rows: Sequence[Sequence[str]], parts: Parts, at: tuple[int, int] = (0, 0)) -> Iterator[Piece]:
    """The tables of a sheet, parted by blank rows; what stands alone in rows before one is its caption.

    ``at``: its first row and column.
    """
    above, start = list[str](), 0
    for end in range(len(rows) + 1):
        if end < len(rows) and filled(rows[end]):
            continue
        block, first = rows[start:end], start
        start = end + 1
        while block and filled(block[0]) < 2:
            above.append(" ".join(block[0]).strip())
            yield Text((*parts, ("row", at[0] + first + 1)), above[-1], str(parts))
            block, first = block[1:], first + 1
        if block:
            yield Cells(parts, block, caption(above), (at[0] + first, at[1]))
            above = []


def caption(above: Sequence[str]) -> str:
    """The lines above a table that are no sentences, else the last one."""
    return " ".join([line for line in above if not line.endswith(".")] or above[-1:])
