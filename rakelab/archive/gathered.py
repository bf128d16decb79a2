"""Several releases as one: what a yearly report is made from, by somebody who has no rows."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

from rakelab import i18n
from rakelab.archive import released, shape
from rakelab.archive.agreed import same_verdicts
from rakelab.cells import Cell, Part, Release, Released, ReleasedAccount, State
from rakelab.errors import FileError, RakelabError

FORMAT = "rakelab-gathered-1"
NAME = "released.json"
_PART = {"id": shape.SILENT, "sha256": shape.DIGEST, "released": shape.record(shape.PARTS)}
_GATHERED = {
    "account": shape.record({"title": shape.WORDS}), "verdicts": shape.PARTS["verdicts"],
    "parts": shape.each(shape.record(_PART)),
}  # fmt: skip


def gather(place: str | Path, title: Mapping[str, str] | None = None, *, only: Sequence[str] = ()) -> Release:
    """The releases in the folders under ``place`` as one, each table under ``<folder>/<table>``. Without a title: the
    yearly report.

    ``only``: names of folders. Folders that were gathered themselves, or that hold no tables, are passed over. Raises
    FileError where there is none, where one cannot be read, and where their rules differ.
    """
    parts = parts_in(place, only=only)
    check(parts)
    return gathered(parts, title or i18n.label("report.yearly"))


def check(parts: Sequence[Part]) -> None:
    """Raises FileError where the rules of the parts differ, and where two of them are of the same rows."""
    _same_rule(parts)
    _different_files(parts)


def parts_in(place: str | Path, *, only: Sequence[str] = ()) -> tuple[Part, ...]:
    """The releases in the folders under ``place``, each by itself. Raises FileError where there is none."""
    parts = tuple(part for path in _files(Path(place), only) if (part := _part(path)) and part.release.tables)
    if not parts:
        raise FileError("archive.nothing_to_gather", file=NAME)
    return parts


def _files(place: Path, only: Sequence[str]) -> list[Path]:
    files = sorted(place.glob(f"*/{NAME}"))
    absent = sorted(set(only) - {path.parent.name for path in files})
    if absent:
        raise FileError("archive.no_such_report", folders=", ".join(absent))
    return [path for path in files if not only or path.parent.name in only]


def _part(path: Path) -> Part | None:
    """The release in one file; None for one that was gathered itself."""
    try:
        if path.stat().st_size > shape.LARGEST:
            raise ValueError("size")
        data = path.read_bytes()
        document = shape.parsed(data)
        if document["format"] == FORMAT:
            return None
        return Part(path.parent.name, sha256(data).hexdigest(), released.from_dict(document))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RakelabError) as fault:
        key = getattr(fault, "key", "")
        values = fault.values if isinstance(fault, RakelabError) and key in _IN_FOLDER else {}
        kept = {**values, "folder": path.parent.name, "file": NAME}
        raise FileError(_IN_FOLDER.get(key, "archive.not_released_in"), **kept) from None


#: Faults of a release that are told with the folder that it is in.
_IN_FOLDER = {
    "archive.breaks_rule": "archive.breaks_rule_in",
    "archive.untrue_verdicts": "archive.untrue_verdicts_in",
    "archive.other_format": "archive.other_format_in",
}


def _same_rule(parts: Sequence[Part]) -> None:
    rules: dict[str, list[str]] = {}
    for part in parts:
        rules.setdefault(json.dumps(part.release.rule, sort_keys=True), []).append(part.id)
    if len(rules) > 1:
        thresholds = {rule: json.loads(rule).get("threshold", "–") for rule in rules}
        listed = "; ".join(f"{thresholds[rule]}: {', '.join(names)}" for rule, names in rules.items())
        raise FileError("archive.rules_differ", rules=listed)


def _different_files(parts: Sequence[Part]) -> None:
    """Two reports of the same rows could be subtracted from each other."""
    alike = [(a.id, b.id) for a, b in combinations(parts, 2) if _same_file(a, b) or _same_counts(a.release, b.release)]
    if alike:
        raise FileError("archive.same_rows", folders="; ".join(map(", ".join, alike)))


def _same_file(part: Part, other: Part) -> bool:
    return part.sha256 == other.sha256 or part.release.account.sha256 == other.release.account.sha256


#: So many numbers are not the same in two sets of people by chance.
ALIKE = 4


def _same_counts(release: Release, other: Release) -> bool:
    """The same rows in a file that was saved again: as many people, and every number that both tell is the same."""
    mine, theirs = release.cells, other.cells
    both = [k for k in mine.keys() & theirs.keys() if mine[k].known and theirs[k].known]
    telling = [k for k in both if mine[k].state is State.SHOWN]
    return len(telling) >= ALIKE and all(mine[k] == theirs[k] for k in both)


def gathered(parts: Sequence[Part], title: Mapping[str, str]) -> Release:
    """One release of several parts whose rules are the same."""
    titles_of = titles(parts)
    tables = {
        f"{part.id}/{name}": _named(part, table, titles_of[part.id])
        for part in parts
        for name, table in part.release.items()
    }
    nothing = Cell(State.MISSING)
    synthetic = any(part.release.account.synthetic for part in parts)
    account = ReleasedAccount("", "", "", "", dict(title), synthetic=synthetic, read=nothing, used=nothing)
    return Release(tables, (), {}, parts[0].release.rule, account, tuple(parts))


def titles(parts: Sequence[Part]) -> dict[str, Mapping[str, str]]:
    """What each part is called; of two with one title each is told by its file as well."""
    own = {part.id: part.release.account.title for part in parts}
    known = [tuple(sorted(title.items())) for title in own.values()]
    return {
        part.id: {lang: f"{title} ({part.release.account.file})" for lang, title in own[part.id].items()}
        if known.count(tuple(sorted(own[part.id].items()))) > 1
        else own[part.id]
        for part in parts
    }


def _named(part: Part, table: Released, title: Mapping[str, str]) -> Released:
    view = replace(table.view, id=f"{part.id}/{table.view.id}")
    return replace(table, view=view, source=title, area=part.release.account.area)


def as_dict(release: Release) -> dict[str, Any]:
    """A gathered release as plain values: every part whole, and all numbers once more under their tables' names."""
    parts: list[dict[str, Any]] = [
        {"id": part.id, "sha256": part.sha256, "released": released.as_dict(part.release)} for part in release.parts
    ]
    return {
        "format": FORMAT,
        "rule": parts[0]["released"]["rule"],
        "account": shape.written(shape.ACCOUNT, release.account),
        "parts": parts,
        "numbers": [
            {**number, "table": f"{part['id']}/{number['table']}"}
            for part in parts
            for number in part["released"]["numbers"]
        ],
        "verdicts": _verdicts(parts),
    }


def _verdicts(parts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The verdicts of every part."""
    named = [(part["id"], said) for part in parts for said in part["released"]["verdicts"]]
    return [{**said, "table": f"{name}/{said['table']}"} for name, said in named]


def from_dict(data: Mapping[str, Any]) -> Release:
    """A gathered release from plain values. Raises as ``gather``, and ValueError for what is none."""
    if not shape.fits(_GATHERED, data) or len({part["id"] for part in data["parts"]}) < len(data["parts"]):
        raise ValueError("shape")
    parts = [Part(part["id"], part["sha256"], released.from_dict(part["released"])) for part in data["parts"]]
    check(parts)
    same_verdicts(data["verdicts"], _verdicts(data["parts"]))
    return gathered(parts, data["account"]["title"])
