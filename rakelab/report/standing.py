"""What stands in a report's folder before it is written: what we wrote, as its provenance tells, and what others did.

Only what we wrote goes away, and only for the same report made again, unless the command says ``--replace``.
"""

import json
from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from rakelab.errors import OutputError
from rakelab.i18n import LANGUAGES
from rakelab.report import index

PROVENANCE, INDEX = "provenance.json", "index.html"


def complete(provenance: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files with their provenance, which lists every one of them with its check sum."""
    listed = {name: sha256(content).hexdigest() for name, content in sorted(files.items())}
    text = json.dumps({**provenance, "files": listed}, ensure_ascii=False, indent=2)
    return {**files, PROVENANCE: text.encode() + b"\n"}


def ours(folder: Path) -> set[str]:
    """The files of the folder that we wrote and nobody has changed since."""
    provenance = index.read(folder / PROVENANCE)
    if provenance is None:
        return set()
    listed = {name for name, digest in provenance.get("files", {}).items() if _digest(folder / name) == digest}
    return listed | {PROVENANCE}


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() and not path.is_symlink() else ""


def languages(folder: Path) -> tuple[str, ...]:
    """The languages of the report that stands in the folder: made again with it, so that all tell the same."""
    provenance = index.read(folder / PROVENANCE) or {}
    return tuple(lang for lang in LANGUAGES if lang in provenance.get("languages", ()))


def check(folder: Path, provenance: Mapping[str, Any], *, replace: bool) -> None:
    """Raises OutputError where the folder is a file, or holds a report of other rows or with other parameters."""
    if folder.exists() and not folder.is_dir():
        raise OutputError("report.not_folder", folder=folder.name)
    standing = index.read(folder / PROVENANCE)
    if standing is not None and not replace and _same(standing) != _same(provenance):
        raise OutputError("report.other_report", folder=folder.name)


def _same(provenance: Mapping[str, Any]) -> Any:
    """What two runs of one report have in common."""
    chosen = {name: value for name, value in provenance.get("parameters", {}).items() if name != "lang"}
    return json.loads(json.dumps([provenance.get("kind"), provenance.get("file", {}).get("sha256"), chosen]))


def check_names(folder: Path, names: Collection[str], *, replace: bool) -> None:
    """Raises OutputError where files that we did not write, or that were changed, have the names of the new ones."""
    places = {str(place) for name in names for place in (name, *PurePosixPath(name).parents) if str(place) != "."}
    others = [place for place in sorted(places - ours(folder)) if _in_the_way(folder / place, place in names)]
    if others and not replace:
        raise OutputError("report.in_the_way", folder=folder.name, names=", ".join(others))


def _in_the_way(path: Path, is_file: bool) -> bool:
    return path.is_symlink() or (path.exists() if is_file else path.exists() and not path.is_dir())


def check_index(out: Path) -> None:
    """Raises OutputError where the list of reports would take the place of somebody's own ``index.html``."""
    there = out / INDEX
    if there.is_file() and not index.is_ours(there.read_text(encoding="utf-8", errors="replace")):
        raise OutputError("report.own_index", folder=out.name or ".", file=INDEX)
