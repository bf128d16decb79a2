"""Source maps: how one vendor's export names its columns. ``rakelab/sources/*.toml``, or a file of the user's own.

Closed keys::

    title = { fi = "…", sv = "…", en = "…" }
    origin = "proposal"          # or "source": seen in a real export
    sheet = "Vastaukset"         # the sheet of a workbook
    header_row = 3               # spreadsheet row of the (first) heading row
    header_rows = 2              # 2: question row and option row
    separator = "/"              # between the options of one cell
    decimal = ","                # the decimal mark of every number
    drop = ["Käsittelijä"]       # columns not to read
    [columns]
    "Q5_1" = "tuen_tarpeet:talous"   # heading -> variable, or variable:option
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rakelab.declared import parsed
from rakelab.errors import CodebookError, RakelabError, nearest
from rakelab.i18n import LANGUAGES

SOURCES = Path(__file__).parent.parent / "sources"
_KEYS = {
    "title": dict,
    "origin": str,
    "sheet": str,
    "header_row": int,
    "header_rows": int,
    "separator": str,
    "decimal": str,
    "drop": list,
    "columns": dict,
}
_CHOICES: Mapping[str, tuple[Any, ...]] = {
    "origin": ("source", "proposal"),
    "header_rows": (1, 2),
    "decimal": (",", "."),
}


@dataclass(frozen=True)
class Source:
    """One source map. ``columns``: heading → (variable, option or empty)."""

    name: str = ""
    title: Mapping[str, str] = field(default_factory=dict)
    origin: str = "proposal"
    sheet: str = ""
    header_row: int = 0
    header_rows: int = 0
    separator: str = ""
    decimal: str = ""
    drop: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def names() -> tuple[str, ...]:
    """The built-in source maps."""
    return tuple(sorted(path.stem for path in SOURCES.glob("*.toml")))


def source(name: str | Path | Source | None) -> Source:
    """The built-in map ``name``, the one in a TOML file, or the empty map for None.

    Raises CodebookError with every fault in the map.
    """
    if name is None or name == "":
        return Source()
    if isinstance(name, Source):
        return name
    path = Path(name)
    if path.suffix != ".toml":
        path = SOURCES / f"{name}.toml"
        if not path.exists():
            raise CodebookError("loaders.source.unknown", source=str(name), nearest=nearest(str(name), names()) or "–")
    return _made(path, _load(path))


def _load(path: Path) -> dict[str, Any]:
    key = ""
    try:
        return parsed(path)
    except FileNotFoundError:
        key = "loaders.source.no_file"
    except (OSError, UnicodeDecodeError):
        key = "loaders.source.unreadable"
    except tomllib.TOMLDecodeError:
        key = "loaders.source.not_toml"
    raise CodebookError(key, file=path.name)


def _made(path: Path, data: Mapping[str, Any]) -> Source:
    faults = [*_faults(data)]
    if faults:
        raise CodebookError("loaders.source.broken", file=path.name, faults=tuple(faults))
    columns = {heading: _target(target) for heading, target in data.get("columns", {}).items()}
    plain = {key: value for key, value in data.items() if key not in ("columns", "drop")}
    return Source(name=path.stem, columns=columns, drop=tuple(map(str, data.get("drop", ()))), **plain)


def _target(target: str) -> tuple[str, str]:
    variable, _, option = target.partition(":")
    return variable.strip(), option.strip()


def _faults(data: Mapping[str, Any]) -> list[RakelabError]:
    found = []
    for key, value in data.items():
        if key not in _KEYS:
            found.append(RakelabError("loaders.source.unknown_key", key=key, nearest=nearest(key, _KEYS) or "–"))
        elif type(value) is not _KEYS[key]:
            found.append(RakelabError("loaders.source.wrong_type", key=key))
        elif key in _CHOICES and value not in _CHOICES[key]:
            known = ", ".join(map(str, _CHOICES[key]))
            found.append(RakelabError("loaders.source.not_one_of", key=key, known=known))
    if isinstance(data.get("columns"), dict) and not all(isinstance(v, str) for v in data["columns"].values()):
        found.append(RakelabError("loaders.source.wrong_type", key="columns"))
    if isinstance(data.get("title"), dict) and set(data["title"]) != set(LANGUAGES):
        found.append(RakelabError("loaders.source.no_label"))
    return found
