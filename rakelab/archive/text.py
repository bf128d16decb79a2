"""A release as text, and back: of one report, or gathered from several."""

import json
from typing import Any

from rakelab.archive import compared, gathered, released, shape
from rakelab.cells import Release
from rakelab.errors import FileError


def dumps(release: Release) -> str:
    """The release as JSON text, an entry a line; the same bytes for the same release."""
    document = _document(release)
    parts = (f"{json.dumps(name)}: {_lines(part)}" for name, part in document.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _document(release: Release) -> dict[str, Any]:
    if isinstance(release, compared.Compared):
        return compared.as_dict(release)
    return gathered.as_dict(release) if release.parts else released.as_dict(release)


def _lines(part: Any) -> str:
    if not isinstance(part, list):
        return json.dumps(part, ensure_ascii=False)
    return "[\n" + ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in part) + "\n]"


def loads(text: str) -> Release:
    """A release from the text of ``released.json``. Raises FileError for anything else."""
    try:
        data = shape.parsed(text)
        several = compared.from_dict if "compared" in data else gathered.from_dict
        return several(data) if data["format"] == gathered.FORMAT else released.from_dict(data)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise FileError("archive.not_released") from None
