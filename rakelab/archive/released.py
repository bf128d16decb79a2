"""One release as JSON, and back. Each record's fields are listed once: by that it is checked, written and read."""

from collections.abc import Iterator, Mapping
from typing import Any

from rakelab import estimate, i18n
from rakelab._seal import entry, release
from rakelab.archive import shape
from rakelab.archive.agreed import agreed, same_verdicts
from rakelab.archive.sound import sound
from rakelab.cells import (
    TOTAL,
    Cell,
    Entry,
    Filled,
    Judged,
    Key,
    Link,
    Mean,
    Quantity,
    Release,
    Released,
    ReleasedAccount,
    Sign,
    State,
    Variable,
    View,
    is_other,
    join,
    name_of,
    other_than,
)  # fmt: skip
from rakelab.errors import FileError
from rakelab.protect.quotes import checked, not_counted_by
from rakelab.protect.register import known

FORMAT = "rakelab-released-2"
Json = dict[str, Any]
#: Computed from counts, told to one decimal; means and statistics were rounded at the wall.
_PERCENTS = ("percent", "low", "high")

# --- there ----------------------------------------------------------------------------------------------------


def as_dict(made: Release) -> Json:
    """The release as plain values; see ``docs/released_json.md`` for every key."""
    return {
        "format": FORMAT,
        "rule": {**made.rule, "indicative_base": estimate.INDICATIVE_BASE},
        "account": shape.written(shape.ACCOUNT, made.account),
        "variables": {
            name: shape.written(shape.VARIABLE, v) for table in made.values() for name, v in table.variables.items()
        },
        "cells": [
            {"id": name_of(k), "dimensions": dict(k), **shape.write_cell(cell), "threshold": made.thresholds[k]}
            for k, cell in sorted(made.cells.items(), key=lambda item: name_of(item[0]))
        ],
        "tables": [table_as_dict(table) for table in made.values()],
        "numbers": [number for table in made.values() for number in numbers(table)],
        "verdicts": verdicts(made),
        "relations": [_relation(relation) for relation in made.relations],
        "quotes": list(map(shape.QUOTE.write, made.quotes)),
        "entries": list(map(_entry, made.entries)),
        "ledger": made.ledger,
    }


def _entry(approved: Entry) -> Json:
    plain = {"cells": dict(approved.cells), "approved_by": approved.approved_by, "date": approved.date}
    if approved.filled is None:
        return plain
    sources = [{"folder": folder, "title": dict(title)} for folder, title in approved.filled.sources]
    return plain | {"filled": {**shape.write_cell(approved.filled.value), "sources": sources}}


def table_as_dict(table: Released) -> Json:
    """How a table is laid out, and its means."""
    parts = {
        **{name: shape.TABLE[name].write(getattr(table.view, name)) for name in shape.VIEW},
        "title": dict(table.title),
        "variables": list(table.variables),
        "means": [{"cell": name_of(base), **shape.written(shape.MEAN, mean)} for base, mean in table.means.items()],
        "judged": [
            {"cells": list(map(name_of, compared)), **shape.written(shape.JUDGED, said)}
            for compared, said in table.judged.items()
        ],
        "statistics": [
            {"cell": name_of(base), "name": name, **shape.write_cell(cell)}
            for (base, name), cell in table.statistics.items()
        ],
        "advice": shape.TABLE["advice"].write(table.advice),
    }
    return {name: parts[name] for name in shape.TABLE}


def verdicts(made: Release) -> list[Json]:
    """Every verdict on the tables of a release."""
    return [_verdict(table, said) for table in made.values() for said in estimate.verdicts(table)]


def _verdict(table: Released, said: estimate.Published) -> Json:
    verdict = said.verdict
    compared = {"table": table.view.id, "row": dict(said.row), "a": dict(said.a), "b": dict(said.b)}
    return {**compared, "verdict": verdict.turn.value, "family": verdict.family, "method": verdict.method.value}


def _relation(relation: Link) -> Json:
    terms = [{"cell": name_of(k), "coefficient": n} for k, n in relation.terms]
    return {"terms": terms, "relation": relation.relation, "value": relation.value}


def numbers(table: Released) -> Iterator[Json]:
    """Every number that a page can show of one table."""
    for column in table.view.columns:
        yield _number(table, column, "count", table[column], base=TOTAL)
        for row in table.view.rows:
            yield from _shares(table, row, column)
    for base, mean in table.means.items():
        for statistic, cell in (("mean", mean.mean), ("sd", mean.sd), ("mean_low", mean.low), ("mean_high", mean.high)):
            yield _number(table, base, statistic, cell, base=base)
    for (base, name), cell in table.statistics.items():
        yield _number(table, base, name, cell, base=base)


def _shares(table: Released, row: Key, column: Key) -> Iterator[Json]:
    share, base = estimate.proportion(table, row, column), table.view.base(column, row)
    yield _number(table, join(row, column), "count", share.count, base=base)
    if table.view.measure == Quantity.COUNT:
        ends = (("low", share.low), ("high", share.high)) if table.sampled else ()
        for statistic, cell in (("percent", share.share), *ends):
            yield _number(table, join(row, column), statistic, cell * 100, base=base)


def _number(table: Released, cell_key: Key, statistic: str, cell: Cell, *, base: Key) -> Json:
    coarse = cell.value is not None and statistic in _PERCENTS
    rounded = Cell(cell.state, i18n.rounded(cell.value or 0, 1)) if coarse else cell
    whole = table.cells.get(base)
    return {
        "table": table.view.id, "dimensions": dict(cell_key), "statistic": statistic, "cell": name_of(cell_key),
        "base_cell": name_of(base), "base": whole.value if whole and whole.known else None, **shape.write_cell(rounded),
    }  # fmt: skip


def without_rows(title: Mapping[str, str] | None = None) -> Release:
    """The release of a page that draws on published figures only: no table, no rows, nothing to hide."""
    nothing, title = Cell(State.MISSING), title or i18n.label("possible.title")
    account = ReleasedAccount("", "", "", "", title, synthetic=False, read=nothing, used=nothing)
    return Release(tables={}, relations=(), thresholds={}, rule={}, account=account)


# --- and back -------------------------------------------------------------------------------------------------


def from_dict(data: Mapping[str, Any]) -> Release:
    """A release from plain values. Raises FileError for those of another format, or that break their own rule or
    say what does not follow from their numbers, and ValueError for what is no release."""
    if data["format"] != FORMAT and shape.is_plain(data["format"]):
        raise FileError("archive.other_format", format=data["format"][:40], known=FORMAT)
    if data["format"] != FORMAT or not (shape.fits(shape.PARTS, data) or shape.fits(shape.WITHOUT_ROWS, data)):
        raise ValueError("shape")
    keys = {cell["id"]: shape.KEY.read(cell["dimensions"]) for cell in data["cells"]}
    if len(keys) < len(data["cells"]) or any(name_of(k) != i for i, k in keys.items()):
        raise ValueError("cells")
    cells = {keys[cell["id"]]: shape.COUNTED.read(cell) for cell in data["cells"]}
    words = shape.PARTS["variables"].read(data["variables"])
    tables = {table["id"]: _read_table(table, cells, words, keys) for table in data["tables"]}
    if len(tables) < len(data["tables"]):
        raise ValueError("tables")
    made = Release(
        tables=tables,
        relations=tuple(_read_relation(relation, keys) for relation in data["relations"]),
        thresholds={keys[cell["id"]]: cell["threshold"] for cell in data["cells"]},
        rule={name: n for name, n in data["rule"].items() if name != "indicative_base"},
        account=shape.PARTS["account"].read(data["account"]),
        quotes=checked(map(shape.QUOTE.read, data.get("quotes", ()))),
        entries=known(map(_read_entry, data.get("entries", ()))),
        ledger=data.get("ledger", ""),
    )
    not_counted_by(made.quotes, agreed(sound(made)))
    same_verdicts(data["verdicts"], verdicts(made))
    return made


def _read_entry(data: Mapping[str, Any]) -> Entry:
    filled, approved = data.get("filled"), {name: data[name] for name in ("cells", "approved_by", "date")}
    sources = tuple((source["folder"], source["title"]) for source in filled["sources"]) if filled else ()
    return entry(**approved, filled=Filled(shape.FILLED.read(filled), sources) if filled else None)


def _read_relation(data: Mapping[str, Any], keys: Mapping[str, Key]) -> Link:
    terms = tuple((keys[term["cell"]], term["coefficient"]) for term in data["terms"])
    return Link(terms, Sign(data["relation"]), data.get("value", 0))


def _worded(table: Mapping[str, Any], words: Mapping[str, Variable]) -> None:
    """Raises KeyError for a variable or a level of a table that the table has no words for."""
    for name in filter(None, (table["variable"], table["by"])):
        words[name]
    for name, level in (pair for part in ("rows", "columns") for pairs in table[part] for pair in pairs.items()):
        words[name].levels[other_than((name, level))[1] if is_other(level) else level]
    for level in table["advice"]["levels"] if table["advice"] else ():
        words[table["advice"]["variable"]].levels[level]


def _read_table(
    data: Mapping[str, Any], cells: Mapping[Key, Cell], words: Mapping[str, Variable], keys: Mapping[str, Key]
) -> Released:
    own = {name: words[name] for name in data["variables"]}
    _worded(data, own)
    view = View(**shape.values({name: shape.TABLE[name] for name in shape.VIEW}, data))
    return release(
        view=view,
        cells={k: cells[k] for k in view.all_keys()},
        variables=own,
        means={keys[mean["cell"]]: Mean(**shape.values(shape.MEAN, mean)) for mean in data["means"]},
        judged={
            tuple(keys[cell] for cell in said["cells"]): Judged(**shape.values(shape.JUDGED, said))
            for said in data["judged"]
        },
        statistics={(keys[cell["cell"]], cell["name"]): shape.MEASURED.read(cell) for cell in data["statistics"]},
        advice=shape.TABLE["advice"].read(data["advice"]),
    )
