"""The raw files of the demo, read again with readers of its own: part of ``recount.py``.

Nothing of rakelab is imported. Only the declarations are shared: the codebooks and the instruments in TOML, which say
what an answer may be. Every variable becomes a column of sets: the options of one row, or the kind of missing.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from re import fullmatch
from typing import Any

import pandas as pd

PACKAGE = Path(__file__).resolve().parents[2] / "rakelab"
BLANK, UNKNOWN, OUTSIDE = "tyhja", "ei_tietoa", "ei_koske"
MISSING = {BLANK, UNKNOWN, "ei_kysytty", OUTSIDE}
WRONG = object()  # an answer that the codebook does not know

Row = dict[str, Any]


def folded(text: str) -> str:
    return " ".join(text.split()).strip(" ?:").casefold()


@dataclass(frozen=True)
class Question:
    """One question of a form: what may be answered, by the codebook alone."""

    name: str
    kind: str
    headings: frozenset[str]
    options: Mapping[str, str]  # folded word → option
    missing: Mapping[str, str]  # folded word → kind of missing
    alone: frozenset[str] = frozenset()
    limits: tuple[float, float] = (float("-inf"), float("inf"))
    allowed: tuple[int, ...] = ()
    required: bool = False
    role: str = ""
    only: tuple[str, frozenset[str]] | None = None

    def single(self, cell: str) -> Any:
        """The answer in one cell: a set, a number, a day, a text, or WRONG."""
        if folded(cell) in self.missing:
            return frozenset({self.missing[folded(cell)]})
        if self.kind in ("integer", "number"):
            return self._number(cell)
        if self.kind == "date":
            return day(cell)
        if not self.options:
            return cell.strip()
        found = self._ticked(cell) if self.kind == "list" else {self.options.get(folded(cell), WRONG)}
        return WRONG if WRONG in found or (found & self.alone and len(found) > 1) else frozenset(found)

    def _number(self, cell: str) -> Any:
        """A whole or decimal number; ``1.043`` can be read in two ways, so it is not read at all."""
        if not fullmatch(r"-?\d+(?:,\d+|\.\d{1,2})?", cell.strip()):
            return WRONG
        value = float(cell.replace(",", "."))
        whole = self.kind == "number" or value.is_integer()
        known = value in self.allowed if self.allowed else self.limits[0] <= value <= self.limits[1]
        return value if whole and known else WRONG

    def _ticked(self, cell: str) -> set[Any]:
        """Several options in one cell: the longest label that the rest begins with, again and again."""
        rest, found = cell.strip(" ,;\n"), set()
        while rest:
            low = rest.casefold()
            label = max((word for word in self.options if low.startswith(word)), key=len, default="")
            found.add(self.options.get(label, WRONG))
            rest = rest[len(label) :].strip(" ,;\n") if label else ""
        return found

    def boxes(self, cells: Mapping[str, str]) -> Any:
        """The answer given in a column of its own for each option."""
        words = {option: folded(cell) for option, cell in cells.items()}
        gaps = {self.missing[word] for word in words.values() if word and word in self.missing}
        if gaps or not any(words.values()):
            return frozenset(gaps or {BLANK})
        if any(word not in ("", "0", "1") and self.options.get(word) != option for option, word in words.items()):
            return WRONG
        found = {option for option, word in words.items() if word not in ("", "0")}
        return WRONG if found & self.alone and len(found) > 1 else frozenset(found)


def day(cell: str) -> Any:
    """``10.9.2025`` or ``2025-09-10 …``."""
    for form, part in (("%d.%m.%Y", cell.split()[0]), ("%Y-%m-%d", cell[:10])):
        try:
            return datetime.strptime(part, form).date()
        except ValueError:
            continue
    return WRONG


# --- declarations ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Form:
    """A codebook, with those that it extends."""

    questions: Mapping[str, Question]
    bands: tuple[Mapping[str, Any], ...]
    instruments: tuple[Mapping[str, Any], ...]

    def role(self, role: str) -> str:
        return next((one.name for one in self.questions.values() if one.role == role), "")

    def heading(self, cell: str) -> tuple[str, str]:
        """The question of a column, and the option where the heading names one."""
        name, _, option = cell.partition(":")
        if name in self.questions and option:
            return name, option
        return next((one.name for one in self.questions.values() if folded(cell) in one.headings), ""), ""


def form(name: str) -> Form:
    merged = _merged(name)
    general = {folded(one["value"]): one["kind"] for one in merged["missing"]}
    instruments = tuple(_toml("instruments", one) for one in merged["codebook"].get("instruments", []))
    asked = [_question(one, general) for one in merged["field"].values()]
    asked += [one for used in instruments for one in _items(used, general)]
    return Form({one.name: one for one in asked}, tuple(merged["bands"]), instruments)


def _toml(folder: str, name: str) -> dict[str, Any]:
    return tomllib.loads((PACKAGE / folder / f"{name}.toml").read_text(encoding="utf-8"))


def _merged(name: str) -> dict[str, Any]:
    own = _toml("codebooks", name)
    base = own["codebook"].get("extends")
    below = _merged(base) if base else {"field": {}, "missing": [], "bands": []}
    fields = below["field"] | {one["name"]: one for one in own.get("field", [])}
    return {
        "codebook": own["codebook"],
        "field": fields,
        "missing": below["missing"] + own.get("missing", []),
        "bands": below["bands"] + own.get("bands", []),
    }


def _question(one: Mapping[str, Any], general: Mapping[str, str]) -> Question:
    words = one.get("title", {}).values()
    limits = one.get("constraints", {})
    options = one.get("categories", [])
    named = {folded(word): o["value"] for o in options for word in [o["value"], *o.get("label", {}).values()]}
    own = {folded(o["value"]): o["kind"] for o in one.get("missingValues", [])}
    only = one.get("applies")
    return Question(
        name=one["name"],
        kind=one["type"],
        headings=frozenset(map(folded, [one["name"], *words, *one.get("aliases", [])])),
        options=named,
        missing={"": BLANK, **general, **own},
        alone=frozenset(o["value"] for o in options if o.get("exclusive")),
        limits=(limits.get("minimum", float("-inf")), limits.get("maximum", float("inf"))),
        required=limits.get("required", False),
        role=one.get("role", ""),
        only=(only["field"], frozenset(only["values"])) if only else None,
    )


def _items(used: Mapping[str, Any], general: Mapping[str, str]) -> Iterable[Question]:
    name, every = used["instrument"]["name"], used["items"]
    apart = {one["number"]: one for one in used.get("item", [])}
    for number in range(1, every.get("count", len(apart)) + 1):
        allowed = tuple(apart.get(number, {}).get("values", range(every["minimum"], every["maximum"] + 1)))
        column = f"{name}_{number}"
        yield Question(column, "integer", frozenset({column}), {}, {"": BLANK, **general}, allowed=allowed)


# --- files ----------------------------------------------------------------------------------------------------


def grid(path: Path, sheet: str = "") -> list[list[str]]:
    """The cells of a file as texts."""
    if path.suffix == ".xlsx":
        found = pd.read_excel(path, sheet_name=sheet or 0, header=None, dtype=object, engine="openpyxl")
        return [["" if pd.isna(cell) else _text(cell) for cell in row] for row in found.itertuples(index=False)]
    raw = path.read_bytes()
    text = raw.decode("utf-8-sig") if raw.startswith(b"\xef\xbb\xbf") else raw.decode("cp1252")
    return list(csv.reader(text.splitlines(keepends=True), delimiter=";"))


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


@dataclass
class People:
    """Rows that can be used, as answers by variable; ``read`` counts those set aside too."""

    form: Form
    rows: list[Row]
    read: int

    @cached_property
    def frame(self) -> pd.DataFrame:
        return pd.DataFrame([{name: _levels(value) for name, value in row.items()} for row in self.rows], dtype=object)

    @cached_property
    def numbers(self) -> pd.DataFrame:
        found = [{k: v for k, v in row.items() if isinstance(v, (int, float))} for row in self.rows]
        return pd.DataFrame(found, index=range(len(self.rows)), dtype=float)


def _levels(value: Any) -> frozenset[str]:
    """An answer as levels; a whole number is its own level (a year)."""
    if isinstance(value, frozenset):
        return value
    return frozenset({f"{value:g}" if isinstance(value, (int, float)) else str(value)})


def people(path: Path, name: str, sheet: str = "") -> People:
    """The rows of a file, without those that hold an answer outside the codebook.

    Such an item of an instrument is blank, and its row stays.
    """
    book = form(name)
    lines = grid(path, sheet)
    top = next(i for i, line in enumerate(lines) if sum(bool(book.heading(cell)[0]) for cell in line) >= 3)
    columns, first = _columns(book, lines[top], lines[top + 1])
    body = [line for line in lines[top + 1 + first :] if any(line[i].strip() for i in columns if i < len(line))]
    made = [_row(book, columns, line) for line in body]
    kept = [row for row in made if row is not None]
    return People(book, [_banded(book, row) for row in kept], len(body))


def _columns(book: Form, heads: list[str], below: list[str]) -> tuple[dict[int, tuple[str, str]], int]:
    """Place → (question, option). A second heading row holds options only, under a question said once."""
    found, question = {}, ""
    second = _second(book, heads, below)
    for i, head in enumerate(heads):
        option = ""
        if head.strip():
            question, option = book.heading(head)
        under = below[i].strip() if second and i < len(below) else ""
        if under and question:
            option = book.questions[question].options[folded(under)]
        if question and (head.strip() or under):
            found[i] = (question, option)
    return found, int(second)


def _second(book: Form, heads: list[str], below: list[str]) -> bool:
    question, hits = "", 0
    for head, under in zip(heads, below, strict=False):
        question = book.heading(head)[0] if head.strip() else question
        if under.strip():
            if not question or folded(under) not in book.questions[question].options:
                return False
            hits += 1
    return hits > 1


def _row(book: Form, columns: Mapping[int, tuple[str, str]], line: list[str]) -> Row | None:
    cells: dict[str, dict[str, str]] = {}
    for i, (name, option) in columns.items():
        cells.setdefault(name, {})[option] = line[i] if i < len(line) else ""
    row: Row = {}
    for name, given in cells.items():
        question = book.questions[name]
        value = question.single(given[""]) if "" in given else question.boxes(given)
        if value is WRONG and question.allowed:
            value = frozenset({BLANK})
        if value is WRONG or (question.required and value == frozenset({BLANK})):
            return None
        row[name] = value
    return _concerned(book, row)


def _concerned(book: Form, row: Row) -> Row | None:
    """A question asked of some only: whom it does not concern, and of whom that is not known (the same reason)."""
    for name in [name for name in row if book.questions[name].only]:
        asked, values = book.questions[name].only or ("", frozenset())
        before = row.get(asked, frozenset())
        if before & values:
            continue
        if not row[name] <= MISSING:
            return None
        if row[name] <= {BLANK}:
            row[name] = before if before <= MISSING else frozenset({OUTSIDE})
    return row


def _banded(book: Form, row: Row) -> Row:
    for band in book.bands:
        value = row.get(band["of"])
        if isinstance(value, float):
            inside = (o for o in band["categories"] if o.get("minimum", value) <= value <= o.get("maximum", value))
            row[band["name"]] = frozenset({next(inside)["value"]})
        elif value is not None:
            row[band["name"]] = value
    for name in [name for name, one in book.questions.items() if one.kind == "list" and name in row]:
        held = row[name]
        many = len(held - book.questions[name].alone)
        row[f"{name}_maara"] = held if held <= MISSING and held else frozenset({str(many) if many < 5 else "5-"})
    return row


def known(value: Any) -> bool:
    """Whether somebody answered."""
    if isinstance(value, frozenset):
        return bool(value - MISSING)
    return value is not None and value != ""
