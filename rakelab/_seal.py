"""The only maker of ``Released``. Importing it is a contract: ``protect`` and ``archive`` only (a test enforces it)."""

from typing import Any

from rakelab.cells import _TOKEN, Released


def release(**parts: Any) -> Released:
    """A sealed table: everything in it has passed disclosure control."""
    return Released(**parts, token=_TOKEN)
