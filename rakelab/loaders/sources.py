"""Source maps: how one vendor's export names its columns. ``rakelab/sources/*.toml``, or a file of the user's own.

Closed keys::

    title = { fi = "…", sv = "…", en = "…" }
    origin = "proposal"          # or "source": seen in a real export
    sheet = "Vastaukset"         # the sheet of a workbook
    header_row = 3               # spreadsheet row of the (first) heading row
    header_rows = 2              # 2: question row and option row; 3: name, question and import id
    separator = "/"              # between the options of one cell
    decimal = ","                # the decimal mark of every number
    drop = ["Käsittelijä"]       # columns not to read
    [[missing]]                  # a code of every column, as in a form
    value = "-66"
    kind = "ei_valittu"
    [columns]
    "Q5_1" = "tuen_tarpeet:talous"   # heading -> variable, or variable:option
    [values.asiakkuuden_luonne]
    "3" = "pitkaaikainen"            # code of the export -> option of the variable, or a kind of missing
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rakelab.codebook import MissingCode, missing_codes
from rakelab.declared import Declaration, names_in, path_of
from rakelab.names import column_parts

SOURCES = Path(__file__).parent.parent / "sources"
_FILE = {
    "title": dict, "origin": str, "sheet": str, "header_row": int, "header_rows": int, "separator": str,
    "decimal": str, "drop": list, "columns": dict, "missing": list, "values": dict,
}  # fmt: skip


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
    missing: tuple[MissingCode, ...] = ()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by variable: code → option


def names() -> tuple[str, ...]:
    """The built-in source maps."""
    return names_in(SOURCES)


def source(name: str | Path | Source | None) -> Source:
    """The built-in map ``name``, the one in a TOML file, or the empty map for None.

    Raises CodebookError with every fault in the map.
    """
    if isinstance(name, Source):
        return name
    if name is None or name == "":
        return Source()
    path = path_of(name, SOURCES, "loaders.source.unknown")
    file = Declaration(path, _FILE)
    columns = file.entry("columns", dict.fromkeys(file.get("columns", {}), str))
    coded = file.entry("values", dict.fromkeys(file.get("values", {}), dict))
    made = Source(
        name=path.stem,
        title=file.optional_label("title") or {},
        origin=file.one_of("origin", ("proposal", "source")),
        header_rows=file.one_of("header_rows", (0, 1, 2, 3)),
        decimal=file.one_of("decimal", ("", ",", ".")),
        drop=file.texts("drop"),
        columns={heading: _target(target) for heading, target in columns.values.items()},
        missing=missing_codes(file, "missing"),
        values={name: coded.entry(name, dict.fromkeys(codes, str)).values for name, codes in coded.values.items()},
        **file.plain("sheet", "header_row", "separator"),
    )
    file.done("loaders.source.broken")
    return made


def _target(target: str) -> tuple[str, str]:
    variable, option = column_parts(target)
    return variable.strip(), option.strip()
