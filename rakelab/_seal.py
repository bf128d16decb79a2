"""The only maker of ``Released``, ``Quote`` and ``Entry``. Importing it is a contract: ``protect`` and ``archive`` only
(a test enforces it)."""

from typing import Any

from rakelab.cell import TOKEN
from rakelab.cells import Entry, Quote, Released


def release(**parts: Any) -> Released:
    """A sealed table: everything in it has passed disclosure control."""
    return Released(**parts, token=TOKEN)


def quote(**parts: str) -> Quote:
    """A sealed passage: somebody has read it and answers for it."""
    return Quote(**parts, token=TOKEN)


def entry(**parts: Any) -> Entry:
    """A sealed row of a register: somebody has read it and answers for it."""
    return Entry(**parts, token=TOKEN)
