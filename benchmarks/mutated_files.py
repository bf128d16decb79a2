"""Spoils files in many ways and tells whether anything came in silently wrong.

    python benchmarks/mutated_files.py 10000 [--seed 1] [--more FOLDER]

Every demo file (and every CSV and workbook in ``FOLDER`` that has the form ``lomake.toml`` beside it) is read as it is:
that is the truth. A mutation changes it in one place, and the file is read again. Looked at are tracebacks, rows that
are neither used nor told of, and rows whose answers are others than in truth without a word. Mutations that leave a
valid file (a 3 made a 4, a row gone) cannot be known from the file; their changes are counted apart.
"""

import argparse
import csv
import io
import random
import sys
import tempfile
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from rakelab import demo, loaders
from rakelab.codebook import Codebook, Field, codebook
from rakelab.loaders.table import Table

Cell = object
#: What each row of a mutated file is: the number of the row in the file as it was, or a word for what was put in.
DATA_WORDS = ("copy", "sum", "heading", "block", "note")


@dataclass(frozen=True)
class Grid:
    """A table as cells. ``origin``: for each row its row number in the file as it was (0: not data)."""

    rows: list[list[Cell]]
    origin: list[int]
    form: Codebook
    body: int  # index of the first row of data
    kind: str  # csv or xlsx
    sheet: str = "Taulukko"
    others: dict[str, list[list[Cell]]] = field(default_factory=dict)
    encoding: str = "utf-8"
    delimiter: str = ";"
    extras: dict[str, object] = field(default_factory=dict)  # what the workbook's writer does besides
    raw: bytes = b""


@dataclass(frozen=True)
class Outcome:
    """What became of one mutated file."""

    base: str
    mutation: str
    fault: str = ""  # traceback, unaccounted, silent, or empty
    what: str = ""


def main() -> None:
    """Prints the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("n", type=int)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--more", type=Path)
    asked.add_argument("--show", type=int, default=20)
    given = asked.parse_args()
    outcomes = list(run(given.n, given.seed, given.more, progress=True))
    print("\n".join(figures(outcomes)))
    for outcome in [one for one in outcomes if one.fault][: given.show]:
        print(f"{outcome.fault}: {outcome.base}: {outcome.mutation}: {outcome.what}")


def run(n: int, seed: int, more: Path | None = None, *, progress: bool = False) -> Iterator[Outcome]:
    """``n`` mutated files, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        bases = list(_bases(Path(folder), more))
        truths = {name: _truth(name, grid, Path(folder)) for name, grid in bases}
        for i in range(n):
            rng = random.Random(f"{seed} {i}")
            name, grid = bases[i % len(bases)]
            mutation = rng.choice(list(MUTATIONS))
            yield _tried(f"{i} {name}", mutation, MUTATIONS[mutation](grid, rng), truths[name], Path(folder))
            if progress and i % 500 == 499:
                print(f"{i + 1} …", file=sys.stderr)


def figures(outcomes: list[Outcome]) -> list[str]:
    """What was seen, in lines."""
    apart = [one for one in outcomes if one.mutation in VALID]
    broken = [one for one in outcomes if one.mutation not in VALID]
    faults = Counter(one.fault for one in broken)
    lines = [f"files {len(outcomes)}, of which {len(apart)} still valid",
             f"tracebacks {sum(one.fault == 'traceback' for one in outcomes)}",
             f"with rows unaccounted for {sum(one.fault == 'unaccounted' for one in outcomes)}",
             f"silent among those broken {faults['silent']}",
             f"changed among those still valid {sum(one.fault == 'silent' for one in apart)}"]  # fmt: skip
    kinds = Counter((one.mutation, one.fault) for one in outcomes if one.fault)
    return lines + [f"  {mutation}: {fault} {n}" for (mutation, fault), n in sorted(kinds.items())]


# --- files as they are ----------------------------------------------------------------------------------------


def _bases(folder: Path, more: Path | None) -> Iterator[tuple[str, Grid]]:
    for file in demo.write(folder / "demo"):
        yield file.path.name, _grid(file.path, codebook(file.kind))
    for path in sorted(more.iterdir()) if more else ():
        if path.suffix in (".csv", ".xlsx") and (more / "lomake.toml").exists():
            form = codebook(more / "lomake.toml")
            if loaders.check(path, form).error is None:
                yield path.name, _grid(path, form)


def _grid(path: Path, form: Codebook) -> Grid:
    table = loaders.read(path, form)
    first = int(table.rows[0])
    rows, sheet, others = _cells(path, table)
    used = set(table.rows.tolist())
    origin = [i if i in used else 0 for i in range(1, len(rows) + 1)]
    kind = "xlsx" if path.suffix == ".xlsx" else "csv"
    return Grid(rows, origin, form, first - 1, kind, sheet, others, raw=path.read_bytes())


def _cells(path: Path, table: Table) -> tuple[list[list[Cell]], str, dict[str, list[list[Cell]]]]:
    if path.suffix == ".xlsx":
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_path(path)
        sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
        chosen = table.around[-1]
        return sheets.pop(chosen), chosen, sheets
    encoding, delimiter = table.origin.reader.split(" ", 1)
    text = path.read_bytes().decode("utf-8-sig" if encoding == "utf-8" else encoding)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter.strip("'"))), "Taulukko", {}


@dataclass(frozen=True)
class Truth:
    """Each used row's answers, by its number in the file; rows that were set aside; columns that nobody asked."""

    answers: dict[int, list[tuple[object, ...]]]
    aside: frozenset[int]
    variables: tuple[str, ...]


def _truth(name: str, grid: Grid, folder: Path) -> Truth:
    check = loaders.check(_written(grid, folder), grid.form)
    if check.dataset is None:
        raise SystemExit(f"{name}: {check.error}")
    aside = frozenset(row for finding in check.row_findings for row in finding.rows)
    return Truth(_answers(check), aside, tuple(map(str, check.dataset.frame)))


def _answers(check: loaders.Check) -> dict[int, list[tuple[object, ...]]]:
    frame = check.dataset.frame
    plain = frame.astype(object).where(frame.notna(), None)
    found: dict[int, list[tuple[object, ...]]] = {}
    for row, values in zip(plain.index, plain.itertuples(index=False, name=None), strict=True):
        found.setdefault(int(row), []).append(tuple(map(_same, values)))
    return found


def _same(value: object) -> object:
    return unicodedata.normalize("NFC", " ".join(value.split())) if isinstance(value, str) else value


# --- one file tried -------------------------------------------------------------------------------------------


def _tried(base: str, mutation: str, grid: Grid, truth: Truth, folder: Path) -> Outcome:
    path = _written(grid, folder)
    try:
        check = loaders.check(path, grid.form)
        loaders.sentences(check, "fi")
        fault, what = ("", "") if check.error is not None else _judged(check, grid, truth, mutation)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        fault, what = "traceback", f"{type(error).__name__} {Path(place.filename).name}:{place.lineno}"
    return Outcome(base, mutation, fault, what)


def _judged(check: loaders.Check, grid: Grid, truth: Truth, mutation: str) -> tuple[str, str]:
    used, told = _answers(check), {row for finding in check.findings for row in finding.rows}
    if check.read != check.used + check.set_aside:
        return "unaccounted", "counts"
    if not grid.origin:  # bytes: whose row is whose is not known
        return "", ""
    lost = [i for i, origin in enumerate(grid.origin, 1) if origin and i not in used and i not in told]
    if lost:
        return "unaccounted", f"rows {lost[:5]}"
    silent_columns = set(truth.variables) - set(_told_columns(check))
    if mutation in ONE_CELL:  # where anything may be written, anything is right
        silent_columns -= {name for name in truth.variables if _anything(grid.form[name.partition(":")[0]])}
    for row, answers in used.items():
        origin = grid.origin[row - 1] if row <= len(grid.origin) else 0
        if row in told or (origin and origin in truth.aside):
            continue
        if not origin:
            return "silent", f"row {row} is no data"
        changed = _changed(answers, truth.answers.get(origin, []), check, truth) & silent_columns
        if changed:
            return "silent", f"row {row}: {sorted(changed)[:4]}"
    twice = Counter(grid.origin[row - 1] for row in used if row not in told)
    if (again := [origin for origin, n in twice.items() if n > 1]) and not _says(check, "rows_again", "person_again"):
        return "silent", f"rows twice {again[:3]}"
    return "", ""


def _anything(field: Field) -> bool:
    """A text, a date, or a number without limits."""
    return not field.choice and (not field.numeric or (field.minimum, field.maximum) == (None, None))


def _says(check: loaders.Check, *codes: str) -> bool:
    return any(finding.code in codes for finding in check.findings)


def _told_columns(check: loaders.Check) -> Iterator[str]:
    """Columns of which something is said that holds for every row, and those of questions that hang on them."""
    told = {finding.variable for finding in check.findings if finding.variable and not finding.rows}
    for one in check.codebook.fields:
        told |= {one.name} if one.applies and one.applies.field in told else set()
    yield from (name for name in map(str, check.dataset.frame) if name.split(":")[0] in told)


def _changed(
    answers: list[tuple[object, ...]], right: list[tuple[object, ...]], check: loaders.Check, truth: Truth
) -> set[str]:
    names = list(map(str, check.dataset.frame))
    if len(answers) != len(right):
        return set(names)
    index = {name: i for i, name in enumerate(truth.variables)}
    return {name for got, true in zip(answers, right, strict=True) for i, name in enumerate(names)
            if name in index and got[i] != true[index[name]]}  # fmt: skip


def _written(grid: Grid, folder: Path) -> Path:
    path = folder / f"tiedosto.{grid.kind}"
    if not grid.origin:
        path.write_bytes(grid.raw)
    elif grid.kind == "csv":
        path.write_bytes(grid.extras.get("bytes") or _csv(grid))
    else:
        _workbook(grid, path)
    return path


def _csv(grid: Grid) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=grid.delimiter, lineterminator="\r\n")
    lines = dict(grid.extras.get("lines", {}))
    for i, row in enumerate(grid.rows):
        if i in lines:
            out.write(lines[i])
        else:
            writer.writerow(row)
    return out.getvalue().encode(grid.encoding, errors="replace")


def _workbook(grid: Grid, path: Path) -> None:
    import xlsxwriter

    options = {"default_date_format": "d.m.yyyy", "strings_to_formulas": False, "date_1904": "1904" in grid.extras}
    with xlsxwriter.Workbook(path, options) as book:
        for name, rows in {**dict(grid.extras.get("before", {})), grid.sheet: grid.rows, **grid.others}.items():
            sheet = book.add_worksheet(name)
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    if cell not in ("", None):
                        sheet.write(i, j, cell)
            if name == grid.sheet and "write" in grid.extras:
                grid.extras["write"](book, sheet)


# --- mutations ------------------------------------------------------------------------------------------------

Mutation = Callable[[Grid, random.Random], Grid]


def _at(grid: Grid, rng: random.Random) -> tuple[int, int]:
    """A filled cell of the data."""
    for _ in range(200):
        i = rng.randrange(grid.body, len(grid.rows))
        filled = [j for j, cell in enumerate(grid.rows[i]) if cell not in ("", None)]
        if filled and grid.origin[i]:
            return i, rng.choice(filled)
    return grid.body, 0


def _with(grid: Grid, i: int, j: int, cell: Cell) -> Grid:
    rows = [list(row) for row in grid.rows]
    rows[i] += [""] * (j + 1 - len(rows[i]))
    rows[i][j] = cell
    return replace(grid, rows=rows)


def _put(grid: Grid, i: int, new: list[list[Cell]], origin: int = 0) -> Grid:
    return replace(
        grid,
        rows=[*grid.rows[:i], *new, *grid.rows[i:]],
        origin=[*grid.origin[:i], *[origin] * len(new), *grid.origin[i:]],
    )


def _row(grid: Grid, rng: random.Random) -> int:
    return rng.choice([i for i, origin in enumerate(grid.origin) if origin])


def cell_word(grid: Grid, rng: random.Random) -> Grid:
    """A word that no question asks for, in any cell."""
    return _with(grid, *_at(grid, rng), rng.choice(["kissa", "??", "tarkista", "xxx", "Kajjani", "12a", "n. 40"]))


def cell_error(grid: Grid, rng: random.Random) -> Grid:
    """An error of a spreadsheet."""
    return _with(grid, *_at(grid, rng), rng.choice(["#N/A", "#REF!", "#DIV/0!", "#PUUTTUU!", "Err:502"]))


def cell_number(grid: Grid, rng: random.Random) -> Grid:
    """A number far outside, or written so that it may mean two things."""
    return _with(
        grid, *_at(grid, rng), rng.choice(["99999999", "-5", "1E+30", "1.1.1900", "0,5,5", "1 2", "12.12.2012"])
    )


def cell_valid(grid: Grid, rng: random.Random) -> Grid:
    """Another answer of the same column, or none."""
    i, j = _at(grid, rng)
    other = grid.rows[_row(grid, rng)]
    return _with(grid, i, j, other[j] if j < len(other) else "")


def cell_case(grid: Grid, rng: random.Random) -> Grid:
    """The same text with other spaces, quotes, marks or letters."""
    i, j = _at(grid, rng)
    cell = grid.rows[i][j]
    if not isinstance(cell, str):
        return grid
    forms = [f" {cell}\u00a0", f"{cell}\u200b", unicodedata.normalize("NFD", cell), f"\u201d{cell}\u201d", f'="{cell}"']
    return _with(grid, i, j, rng.choice(forms if '"' not in cell else forms[:3]))


def quote_open(grid: Grid, rng: random.Random) -> Grid:
    """A quotation mark before a cell (and after another), never as a pair around one."""
    if grid.kind != "csv":
        return quote_open_book(grid)
    i, j = _at(grid, rng)
    lines = {i: _line(grid, i, j, '"', "")}
    if rng.random() < 0.6 and i + 1 < len(grid.rows):
        k = rng.randrange(i + 1, min(len(grid.rows), i + 40))
        lines[k] = _line(
            grid, k, rng.randrange(max(1, len(grid.rows[k]))), *rng.choice([("", '"'), ('"', '"'), ('"', "")])
        )
    return replace(grid, extras={"lines": lines})


def quote_open_book(grid: Grid) -> Grid:
    return replace(grid, kind="csv", rows=[list(map(_text, row)) for row in grid.rows])


def _text(cell: Cell) -> str:
    from rakelab.loaders.columns import cell_text

    return cell_text(cell)


def _line(grid: Grid, i: int, j: int, before: str, after: str) -> str:
    cells = [
        str(cell).replace('"', "").replace("\n", " ").replace("\r", " ").replace(grid.delimiter, ",")
        for cell in grid.rows[i]
    ]
    if cells:
        cells[min(j, len(cells) - 1)] = before + cells[min(j, len(cells) - 1)] + after
    return grid.delimiter.join(cells) + "\r\n"


def row_short(grid: Grid, rng: random.Random) -> Grid:
    """A row in two lines."""
    if grid.kind != "csv":
        return row_gone(grid, rng)
    i = _row(grid, rng)
    j = rng.randrange(1, max(2, len(grid.rows[i])))
    line = _line(grid, i, 0, "", "")
    cells = line.rstrip("\r\n").split(grid.delimiter)
    cells[min(j, len(cells) - 1)] = "\r\n" + cells[min(j, len(cells) - 1)]
    made = replace(grid, extras={"lines": {i: grid.delimiter.join(cells) + "\r\n"}})
    second = bool(grid.delimiter.join(cells).split("\r\n")[1].strip(grid.delimiter))
    rows, origin = made.rows, [*made.origin[: i + 1], made.origin[i] * second, *made.origin[i + 1 :]]
    return replace(made, rows=[*rows[: i + 1], [], *rows[i + 1 :]], origin=origin, extras={
        "lines": {i: grid.delimiter.join(cells).split("\r\n")[0] + "\r\n",
                  i + 1: grid.delimiter.join(cells).split("\r\n")[1] + "\r\n"}})  # fmt: skip


def row_long(grid: Grid, rng: random.Random) -> Grid:
    """A cell too many in the middle of a row."""
    i, j = _at(grid, rng)
    rows = [list(row) for row in grid.rows]
    rows[i].insert(j, "kissa; koira" if grid.kind == "csv" else "kissa")
    return replace(grid, rows=rows)


def row_gone(grid: Grid, rng: random.Random) -> Grid:
    i = _row(grid, rng)
    return replace(grid, rows=grid.rows[:i] + grid.rows[i + 1 :], origin=grid.origin[:i] + grid.origin[i + 1 :])


def rows_blank(grid: Grid, rng: random.Random) -> Grid:
    return _put(grid, _row(grid, rng), [[""] * len(grid.rows[grid.body])] * rng.choice([1, 2, 5]))


def rows_twice(grid: Grid, rng: random.Random) -> Grid:
    """The whole file under itself, with or without its heading."""
    rows, origin = grid.rows[grid.body :], grid.origin[grid.body :]
    heading = grid.rows[grid.body - 1 : grid.body] if rng.random() < 0.5 else []
    return replace(grid, rows=[*grid.rows, *heading, *rows], origin=[*grid.origin, *[0] * len(heading), *origin])


def _sum_cells(grid: Grid) -> list[Cell]:
    width = max(map(len, grid.rows[grid.body :]))
    return [
        _total([row[j] if j < len(row) else "" for k, row in enumerate(grid.rows) if grid.origin[k]])
        for j in range(width)
    ]


def _total(column: list[Cell]) -> Cell:
    filled = [cell for cell in column if cell not in ("", None)]
    try:
        return sum(float(str(cell).replace(",", ".")) for cell in filled) if filled else ""
    except ValueError:
        return ""


def row_sum(grid: Grid, rng: random.Random) -> Grid:
    """A row of sums, with a word or without, above or below."""
    cells = [int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in _sum_cells(grid)]
    if rng.random() < 0.6 or not any(cell != "" for cell in cells):
        cells[next((j for j, cell in enumerate(cells) if cell == ""), 0)] = rng.choice(
            ["Yhteensä", "Koko maa", "Summa:", "Totalt"]
        )
    at = rng.choice([grid.body, len(grid.rows)])
    return _put(grid, at, [cells])


def row_heading(grid: Grid, rng: random.Random) -> Grid:
    return _put(grid, _row(grid, rng), [grid.rows[grid.body - 1]])


def row_note(grid: Grid, rng: random.Random) -> Grid:
    note = rng.choice(["Lähde: oma järjestelmä", "Ajettu 3.4.2021", "HUOM! Luvut ovat alustavia."])
    return _put(grid, len(grid.rows), [[""] * len(grid.rows[grid.body]), [note]])


def block_below(grid: Grid, rng: random.Random) -> Grid:
    """Another table below, with a heading of its own."""
    block = [["Kunta", "Lukumäärä"], ["Kajaani", "12"], ["Sotkamo", "7"], ["Kuhmo", "5"]]
    return _put(grid, len(grid.rows), [[], *block])


def heading_typo(grid: Grid, rng: random.Random) -> Grid:
    row = [j for j, cell in enumerate(grid.rows[grid.body - 1]) if cell]
    j = rng.choice(row)
    return _with(grid, grid.body - 1, j, rng.choice(["zzz", f"{grid.rows[grid.body - 1][j]}zzqq", "Sarake1"]))


def heading_gone(grid: Grid, rng: random.Random) -> Grid:
    row = [j for j, cell in enumerate(grid.rows[grid.body - 1]) if cell]
    return _with(grid, grid.body - 1, rng.choice(row), "")


def heading_twice(grid: Grid, rng: random.Random) -> Grid:
    row = [j for j, cell in enumerate(grid.rows[grid.body - 1]) if cell]
    one, other = rng.choice(row), rng.choice(row)
    return _with(grid, grid.body - 1, one, grid.rows[grid.body - 1][other])


def headings_none(grid: Grid, rng: random.Random) -> Grid:
    cut = grid.body
    return replace(grid, rows=grid.rows[cut:], origin=grid.origin[cut:], body=0)


def headings_swapped(grid: Grid, rng: random.Random) -> Grid:
    row = list(grid.rows[grid.body - 1])
    one, other = rng.randrange(len(row)), rng.randrange(len(row))
    row[one], row[other] = row[other], row[one]
    return replace(grid, rows=[*grid.rows[: grid.body - 1], row, *grid.rows[grid.body :]])


def column_gone(grid: Grid, rng: random.Random) -> Grid:
    j = rng.randrange(max(map(len, grid.rows)))
    return replace(grid, rows=[row[:j] + row[j + 1 :] for row in grid.rows])


def column_shifted(grid: Grid, rng: random.Random) -> Grid:
    """The cells of one column from some row on are one row too low."""
    i, j = _at(grid, rng)
    rows = [list(row) for row in grid.rows]
    cells = [rows[k][j] if j < len(rows[k]) else "" for k in range(i, len(rows))]
    for k, cell in zip(range(i, len(rows)), ["", *cells[:-1]], strict=True):
        rows[k] += [""] * (j + 1 - len(rows[k]))
        rows[k][j] = cell
    return replace(grid, rows=rows)


def note_beside(grid: Grid, rng: random.Random) -> Grid:
    width = max(map(len, grid.rows))
    i = _row(grid, rng)
    made = grid
    for k in range(i, min(i + 3, len(grid.rows))):
        made = _with(made, k, width + 1, rng.choice(["Huom!", "tarkista tämä", "ks. ohje"]))
    return made


def encoded(grid: Grid, rng: random.Random) -> Grid:
    if grid.kind != "csv":
        return grid
    return replace(
        grid, encoding=rng.choice(["cp1252", "utf-16", "utf-16-le", "utf-16-be", "mac-roman", "cp850", "utf-8-sig"])
    )


def encoded_mixed(grid: Grid, rng: random.Random) -> Grid:
    """Some lines in another encoding."""
    if grid.kind != "csv":
        return grid
    lines = _csv(grid).split(b"\r\n")
    for k in rng.sample(range(len(lines)), min(5, len(lines))):
        lines[k] = lines[k].decode("utf-8").encode("cp1252", errors="replace")
    return replace(grid, extras={"bytes": b"\r\n".join(lines)})


def delimited(grid: Grid, rng: random.Random) -> Grid:
    made = grid if grid.kind == "csv" else quote_open_book(grid)
    return replace(made, delimiter=rng.choice([",", "\t", "|", ";"]))


def some_bytes(grid: Grid, rng: random.Random) -> Grid:
    data = bytearray(grid.raw)
    for _ in range(rng.choice([1, 1, 3, 20])):
        k = rng.randrange(len(data))
        match rng.randrange(5):
            case 0:
                data[k] = rng.randrange(256)
            case 1:
                del data[k : k + rng.choice([1, 3, 100])]
            case 2:
                data[k:k] = rng.choice([b'"', b";", b"\r\n", b"\0", b"\xff", b"\t", b"<", bytes(30)])
            case 3:
                data[k:k] = data[k : k + 200]
            case 4:
                del data[k:]
        if not data:
            break
    return replace(grid, raw=bytes(data), origin=[])


# --- mutations of a workbook ------------------------------------------------------------------------------------


def _book(grid: Grid, write: Callable[..., None], **extras: object) -> Grid:
    return replace(grid, kind="xlsx", extras={"write": write, **extras})


def book_of(grid: Grid, rng: random.Random) -> Grid:
    """The same table as a workbook."""
    return replace(grid, kind="xlsx")


def book_error(grid: Grid, rng: random.Random) -> Grid:
    i, j = _at(grid, rng)
    return _book(grid, lambda book, sheet: sheet.write_formula(i, j, "=NA()", None, rng.choice(["#N/A", "#REF!"])))


def book_formula(grid: Grid, rng: random.Random) -> Grid:
    i, j = _at(grid, rng)
    return _book(grid, lambda book, sheet: sheet.write_formula(i, j, "=A1", None, ""))


def book_percent(grid: Grid, rng: random.Random) -> Grid:
    i, j = _at(grid, rng)
    return _book(grid, lambda book, sheet: sheet.write_number(i, j, 0.52, book.add_format({"num_format": "0 %"})))


def book_merged(grid: Grid, rng: random.Random) -> Grid:
    """Cells of one column merged over three rows."""
    i = rng.randrange(grid.body, max(grid.body + 1, len(grid.rows) - 3))
    j = _at(grid, rng)[1]
    cell = grid.rows[i][j] if j < len(grid.rows[i]) else ""
    return _book(grid, lambda book, sheet: sheet.merge_range(i, j, i + 2, j, cell))


def book_hidden(grid: Grid, rng: random.Random) -> Grid:
    i = _row(grid, rng)
    return _book(grid, lambda book, sheet: sheet.set_row(i, None, None, {"hidden": True}))


def book_1904(grid: Grid, rng: random.Random) -> Grid:
    return replace(grid, kind="xlsx", extras={"1904": True})


def book_sheets(grid: Grid, rng: random.Random) -> Grid:
    """Other sheets before it."""
    before = {
        "Ohje": [["Täytä keltaiset solut"], ["Vuosi", "Kunta"]],
        "Luettelo": [["Kunta", "Koodi"], ["Kajaani", "205"]],
    }
    return replace(grid, kind="xlsx", extras={"before": before})


MUTATIONS: dict[str, Mutation] = {
    one.__name__: one
    for one in (
        cell_word, cell_error, cell_number, cell_valid, cell_case, quote_open, row_short, row_long, row_gone,
        rows_blank, rows_twice, row_sum, row_heading, row_note, block_below, heading_typo, heading_gone,
        heading_twice, headings_none, headings_swapped, column_gone, column_shifted, note_beside, encoded,
        encoded_mixed, delimited, some_bytes, book_of, book_error, book_formula, book_percent, book_merged,
        book_hidden, book_1904, book_sheets,
    )
}  # fmt: skip
#: Mutations that leave a file which may be somebody's true one.
ONE_CELL = {"cell_case", "cell_number", "cell_word"}
VALID = {"book_percent", "cell_valid", "row_gone", "headings_swapped", "column_shifted", "some_bytes"}

if __name__ == "__main__":
    main()
