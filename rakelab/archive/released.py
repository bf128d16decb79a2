"""One release as JSON, and back."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from rakelab import estimate, i18n
from rakelab._seal import entry, quote, release
from rakelab.archive import shape
from rakelab.archive.agreed import agreed, same_verdicts
from rakelab.archive.sound import sound
from rakelab.cells import (
    TOTAL,
    Advice,
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
    key,
    name_of,
    other_than,
)
from rakelab.errors import FileError
from rakelab.population import Trait
from rakelab.protect.quotes import checked, not_counted_by
from rakelab.protect.register import known

FORMAT = "rakelab-released-2"
Json = dict[str, Any]
#: Computed from counts, told to one decimal; means and statistics were rounded at the wall.
_QUOTE = ("text", "about", "approved_by", "date")
_PERCENTS = ("percent", "low", "high")
_MEAN, _JUDGED = ("mean", "sd", "low", "high"), ("low", "high", "p", "size")


def as_dict(one: Release) -> Json:
    """The release as plain values; see ``docs/released_json.md`` for every key."""
    return {
        "format": FORMAT,
        "rule": {**one.rule, "indicative_base": estimate.INDICATIVE_BASE},
        "account": account_as_dict(one.account),
        "variables": {name: _variable(v) for table in one.values() for name, v in table.variables.items()},
        "cells": [
            {"id": name_of(k), "dimensions": dict(k), **_cell(cell), "threshold": one.thresholds[k]}
            for k, cell in sorted(one.cells.items(), key=lambda item: name_of(item[0]))
        ],
        "tables": [_table(table) for table in one.values()],
        "numbers": [number for table in one.values() for number in _numbers(table)],
        "verdicts": _verdicts(one),
        "relations": [_relation(relation) for relation in one.relations],
        "quotes": [{name: getattr(q, name) for name in _QUOTE} for q in one.quotes],
        "entries": [_entry(e) for e in one.entries],
        "ledger": one.ledger,
    }


def _entry(one: Entry) -> Json:
    told = {"cells": dict(one.cells), "approved_by": one.approved_by, "date": one.date}
    if one.filled is None:
        return told
    sources = [{"folder": folder, "title": dict(title)} for folder, title in one.filled.sources]
    return told | {"filled": {**_cell(one.filled.value), "sources": sources}}


def _cell(cell: Cell) -> Json:
    return {"state": cell.state.value} | ({"value": cell.value} if cell.known else {})


def account_as_dict(account: ReleasedAccount) -> Json:
    plain = {name: getattr(account, name) for name in ("file", "sha256", "codebook", "version", "synthetic", "area")}
    steps = [{"why": why, **_cell(cell)} for why, cell in account.steps]
    known = [asdict(trait) for trait in sorted(account.population, key=lambda trait: trait.name)]
    return {**plain, "title": dict(account.title), "read": _cell(account.read), "used": _cell(account.used),
            "steps": steps, "population": known, "set_aside": _cell(account.set_aside),
            "reasons": [{"why": why, **_cell(cell)} for why, cell in account.reasons]}  # fmt: skip


def _variable(v: Variable) -> Json:
    return {"title": dict(v.title), "levels": {level: dict(words) for level, words in v.levels.items()},
            "ordered": v.ordered, "multiple": v.multiple, "sensitivity": v.sensitivity, "role": v.role,
            "threshold": v.threshold, "missing": list(v.missing), "open": list(v.open),
            "counted": v.counted, "lengths": dict(v.lengths)}  # fmt: skip


def _table(table: Released) -> Json:
    view, advice = table.view, table.advice
    return {
        "id": view.id, "indicator": view.indicator, "title": dict(table.title),
        "variable": view.variable, "by": view.by, "multiple": view.multiple, "measure": view.measure,
        "rows": [dict(row) for row in view.rows], "columns": [dict(column) for column in view.columns],
        "variables": list(table.variables),
        "answered": view.answered, "apart": [dict(row) for row in view.apart],
        "empty": [dict(column) for column in view.empty],
        "means": [{"cell": name_of(one), **{part: _cell(getattr(mean, part)) for part in _MEAN}}
                  for one, mean in table.means.items()],
        "judged": [_judged(compared, said) for compared, said in table.judged.items()],
        "statistics": [{"cell": name_of(one), "name": name, **_cell(cell)}
                       for (one, name), cell in table.statistics.items()],
        "advice": {"variable": advice.variable, "levels": list(advice.levels)} if advice else None,
    }  # fmt: skip


def _verdicts(one: Release) -> list[Json]:
    return [_verdict(table, said) for table in one.values() for said in estimate.verdicts(table)]


def _verdict(table: Released, said: estimate.Published) -> Json:
    found = said.verdict
    compared = {"row": dict(said.row), "a": dict(said.a), "b": dict(said.b)}
    turn, method = found.turn.value, found.method.value
    return {"table": table.view.id, **compared, "verdict": turn, "family": found.family, "method": method}


def _judged(compared: tuple[Key, ...], said: Judged) -> Json:
    ends = {part: _cell(getattr(said, part)) for part in _JUDGED}
    return {"cells": [name_of(one) for one in compared], **ends, "beyond": said.beyond, "family": said.family}


def _relation(relation: Link) -> Json:
    terms = [{"cell": name_of(k), "coefficient": n} for k, n in relation.terms]
    return {"terms": terms, "relation": relation.relation, "value": relation.value}


def _numbers(table: Released) -> Iterator[Json]:
    """Every number that a page can show of one table."""
    for column in table.view.columns:
        yield _number(table, column, "count", table[column], base=TOTAL)
        for row in table.view.rows:
            yield from _shares(table, row, column)
    for one, mean in table.means.items():
        yield _number(table, one, "mean", mean.mean, base=one)
        yield _number(table, one, "sd", mean.sd, base=one)
        yield _number(table, one, "mean_low", mean.low, base=one)
        yield _number(table, one, "mean_high", mean.high, base=one)
    for (one, name), cell in table.statistics.items():
        yield _number(table, one, name, cell, base=one)


def _shares(table: Released, row: Key, column: Key) -> Iterator[Json]:
    found = estimate.proportion(table, row, column)
    one, base = join(row, column), table.view.base(column, row)
    yield _number(table, one, "count", found.count, base=base)
    if table.view.measure == "count":
        ends = (("low", found.low), ("high", found.high)) if table.sampled else ()
        for statistic, cell in (("percent", found.share), *ends):
            yield _number(table, one, statistic, cell * 100, base=base)


def _number(table: Released, one: Key, statistic: str, cell: Cell, *, base: Key) -> Json:
    coarse = cell.value is not None and statistic in _PERCENTS
    rounded = Cell(cell.state, i18n.rounded(cell.value or 0, 1)) if coarse else cell
    of = table.cells.get(base)
    return {"table": table.view.id, "dimensions": dict(one), "statistic": statistic, "cell": name_of(one),
            "base_cell": name_of(base), "base": of.value if of and of.known else None, **_cell(rounded)}  # fmt: skip


def without_rows(title: Mapping[str, str] | None = None) -> Release:
    """The release of a page that draws on published figures only: no table, no rows, nothing to hide."""
    nothing = Cell(State.MISSING)
    account = ReleasedAccount(
        "", "", "", "", title or i18n.label("possible.title"), synthetic=False, read=nothing, used=nothing
    )
    return Release(tables={}, relations=(), thresholds={}, rule={}, account=account)


# --- and back -------------------------------------------------------------------------------------------------


def from_dict(data: Mapping[str, Any]) -> Release:
    """A release from plain values. Raises FileError for those of another format, or that break their own rule or
    say what does not follow from their numbers, and ValueError for what is no release."""
    if data["format"] != FORMAT and shape.plain(data["format"]):
        raise FileError("archive.other_format", format=data["format"][:40], known=FORMAT)
    if data["format"] != FORMAT or not shape.RELEASE(data):
        raise ValueError("shape")
    keys = {one["id"]: _key(one["dimensions"]) for one in data["cells"]}
    if len(keys) < len(data["cells"]) or any(name_of(k) != i for i, k in keys.items()):
        raise ValueError("cells")
    cells = {keys[one["id"]]: _read(one) for one in data["cells"]}
    words = {name: _read_variable(one) for name, one in data["variables"].items()}
    tables = {one["id"]: _read_table(one, cells, words, keys) for one in data["tables"]}
    if len(tables) < len(data["tables"]):
        raise ValueError("tables")
    made = Release(
        tables=tables,
        relations=tuple(_read_relation(one, keys) for one in data["relations"]),
        thresholds={keys[one["id"]]: one["threshold"] for one in data["cells"]},
        rule={name: n for name, n in data["rule"].items() if name != "indicative_base"},
        account=_read_account(data["account"]),
        quotes=checked(quote(**{name: str(q[name]) for name in _QUOTE}) for q in data.get("quotes", ())),
        entries=known(_read_entry(e) for e in data.get("entries", ())),
        ledger=data.get("ledger", ""),
    )
    not_counted_by(made.quotes, agreed(sound(made)))
    same_verdicts(data["verdicts"], _verdicts(made))
    return made


def _read_entry(one: Mapping[str, Any]) -> Entry:
    filled = one.get("filled")
    sources = tuple((str(s["folder"]), dict(s["title"])) for s in filled["sources"]) if filled else ()
    return entry(
        cells={str(name): str(text) for name, text in one["cells"].items()},
        approved_by=str(one["approved_by"]),
        date=str(one["date"]),
        filled=Filled(_read(filled), sources) if filled else None,
    )


def _key(dimensions: Mapping[str, str]) -> Key:
    return key(*dimensions.items())


def _read(one: Mapping[str, Any]) -> Cell:
    cell = Cell(State(one["state"]), one.get("value"))
    if cell.known != (cell.value is not None):
        raise ValueError(one["state"])  # a hidden cell with a value is not sealed again
    return cell


def _read_variable(one: Mapping[str, Any]) -> Variable:
    return Variable(**{**one, "missing": tuple(one["missing"]), "open": tuple(one.get("open", ()))})


def _read_relation(one: Mapping[str, Any], keys: Mapping[str, Key]) -> Link:
    terms = tuple((keys[t["cell"]], t["coefficient"]) for t in one["terms"])
    return Link(terms, Sign(one["relation"]), int(one.get("value", 0)))


def _read_account(one: Mapping[str, Any]) -> ReleasedAccount:
    steps = tuple((i18n.reason(step["why"]), _read(step)) for step in one["steps"])
    known = frozenset(Trait(**trait) for trait in one.get("population", ()))
    rows = {name: _read(one[name]) for name in ("read", "used", "set_aside") if name in one}
    why = tuple((reason["why"], _read(reason)) for reason in one.get("reasons", ()))
    return ReleasedAccount(**{**one, **rows, "steps": steps, "population": known, "reasons": why})


def _worded(one: Mapping[str, Any], words: Mapping[str, Variable]) -> None:
    """Raises KeyError for a variable or a level of a table that the table has no words for."""
    for name in filter(None, (one["variable"], one["by"])):
        words[name]
    for name, level in (pair for part in ("rows", "columns") for pairs in one[part] for pair in pairs.items()):
        words[name].levels[other_than((name, level))[1] if is_other(level) else level]
    for level in one["advice"]["levels"] if one["advice"] else ():
        words[one["advice"]["variable"]].levels[level]


def _read_judged(one: Mapping[str, Any]) -> Judged:
    low, high, p, size = (_read(one[part]) for part in _JUDGED)
    return Judged(low, high, p, size, one["beyond"], one["family"])


def _read_table(
    one: Mapping[str, Any], cells: Mapping[Key, Cell], words: Mapping[str, Variable], keys: Mapping[str, Key]
) -> Released:
    names = ("id", "indicator", "title", "variable", "by", "multiple", "answered")
    rows, columns = (tuple(_key(k) for k in one[part]) for part in ("rows", "columns"))
    apart, empty = (tuple(_key(k) for k in one.get(part, ())) for part in ("apart", "empty"))
    _worded(one, {name: words[name] for name in one["variables"]})
    own = {name: one[name] for name in names}
    view = View(rows=rows, columns=columns, apart=apart, empty=empty, measure=Quantity(one["measure"]), **own)
    return release(
        view=view,
        cells={k: cells[k] for k in view.all_keys()},
        variables={name: words[name] for name in one["variables"]},
        means={keys[m["cell"]]: Mean(*(_read(m[part]) for part in _MEAN)) for m in one["means"]},
        judged={tuple(keys[cell] for cell in j["cells"]): _read_judged(j) for j in one["judged"]},
        statistics={(keys[s["cell"]], s["name"]): _read(s) for s in one["statistics"]},
        advice=Advice(one["advice"]["variable"], tuple(one["advice"]["levels"])) if one["advice"] else None,
    )
