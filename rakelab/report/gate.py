"""The second gate: a report publishes by allow-list. Any output that did not pass the wall stops it.

The sentence names the cell, never the content.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from rakelab.present.origin import WHOLE, text_sum
from rakelab.report import texts
from rakelab.report.jobs import document
from rakelab.report.notebook import MIME, Notebook, Place, places


def check(notebook: Notebook) -> None:
    """Raises NotebookError for the first output that is not released, or is of another release than the rest."""
    shown = [(o, place) for i, place in places(notebook).items() for o in notebook["cells"][i].get("outputs", ())]
    for output, place in shown:
        _check(output, place)
    _one_release(shown)
    texts.check(notebook)


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


def _one_release(shown: Sequence[tuple[Mapping[str, Any], Place]]) -> None:
    """What is shown comes from the one release that the report publishes, number by number."""
    whole: dict[str, str] = {}
    for output, place in shown:
        if "release" in output["data"][MIME]:
            sums = _origins(output, {}) | {WHOLE: text_sum(document(output["data"][MIME]["release"]))}
            whole = whole or sums
            if sums != whole:
                raise place.error("report.second_release")
    for output, place in shown:
        if whole and not _origins(output, {"": ""}).items() <= whole.items():
            raise place.error("report.other_release")


def _origins(output: Mapping[str, Any], unknown: dict[str, str]) -> dict[str, str]:
    """What the exhibit says of where its numbers come from."""
    return dict(output["metadata"]["rakelab"].get("of", unknown))
