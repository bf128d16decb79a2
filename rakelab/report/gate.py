"""The second gate: a report publishes by allow-list. Any output that did not pass the wall stops it.

The sentence names the cell, never the content.
"""

from collections.abc import Mapping
from typing import Any

from rakelab.report.notebook import MIME, Notebook, Place, places


def check(notebook: Notebook) -> None:
    """Raises NotebookError for the first output that is not released."""
    for index, place in places(notebook).items():
        for output in notebook["cells"][index].get("outputs", ()):
            _check(output, place)


def _check(output: Mapping[str, Any], place: Place) -> None:
    kind = output.get("output_type")
    if kind == "error":
        name = str(output.get("ename", ""))
        raise place.error("report.stopped", error=name if name.isidentifier() else "?")
    if kind == "stream":
        raise place.error("report.printed")
    if not released(output):
        raise place.error("report.unreleased")


def released(output: Mapping[str, Any]) -> bool:
    """The output carries the stamp of ``present`` and a specification to draw it from."""
    stamp = output.get("metadata", {}).get("rakelab")
    return (
        isinstance(stamp, Mapping)
        and stamp.get("released") is True
        and isinstance(output.get("data", {}).get(MIME), Mapping)
    )
