"""``tables.xlsx``: every released table on a sheet of its own, made for screen readers with gptables.

Read from released.json alone, so it cannot hold a number that the page does not.
"""

import json
import re
import warnings
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from rakelab import archive, i18n
from rakelab.cells import TOTAL, Key, Release, Released, join, name_of, shown
from rakelab.present.sentences import quantity, wording

Document = Mapping[str, Any]

#: What stands where there is no number; a sheet for screen readers has no cell of dots only.
MARKS = {"hidden": "[c]", "missing": "[x]"}
SUBJECTS = ("protection", "base")

#: A spreadsheet takes text that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def workbook(released: str, lang: str, *, shown: Sequence[Sequence[str]] = ()) -> bytes:
    """The workbook in one language: cover with contents, notes, and a sheet for each table, with the page's numbers
    where it is ``shown`` there. Empty where there is no table."""
    document, release = json.loads(released), archive.loads(released)
    named = _named(release, shown, lang)
    if not named:
        return b""
    tables = {sheet: _sheet(document, release[name], lang) for name, sheet in named.items()}
    return written({_word("notes", lang): _notes(lang), **tables}, _cover(document, lang), lang)


def written(sheets: Mapping[str, Any], cover: Mapping[str, Any], lang: str) -> bytes:
    """A workbook of gptables' sheets with a cover that lists them."""
    import gptables as gpt

    made = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # gptables misses a sheet of notes made by itself: that one speaks English
        gpt.write_workbook(
            filename=made,
            sheets=sheets,
            contentsheet_label=_word("cover", lang),
            contentsheet_options=cover,
            workbook_options={"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True},
        )
    return made.getvalue()


def _named(release: Release, shown: Sequence[Sequence[str]], lang: str) -> dict[str, str]:
    """The sheet of each table: “Taulukko 5”, “Taulukko 5, 6” where the page has it twice, “Taulukko 1 a” where a table
    of the page is made of several. What the page does not show comes after; of a gathered page it stays away."""
    numbers: dict[str, list[str]] = {}
    for n, ids in enumerate(shown, 1):
        for i, name in enumerate(dict.fromkeys(ids)):
            numbers.setdefault(name, []).append(f"{n} {chr(ord('a') + i % 26)}" if len(ids) > 1 else str(n))
    sheets = {name: f"{_word('sheet', lang)} {', '.join(own)}"[:31] for name, own in numbers.items() if name in release}
    rest = [name for name in release if name not in sheets and not (shown and release.parts)]
    return sheets | {name: f"{_word('more' if shown else 'sheet', lang)} {i}" for i, name in enumerate(rest, 1)}


def _word(name: str, lang: str) -> str:
    return i18n.text(f"report.workbook.{name}", lang)


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula, nor gptables for a note or an empty cell."""
    text = text.replace("$$", "$ $")
    text = f"'{text}" if text.startswith(_FORMULA) else text
    return text if re.search("[a-zA-Z0-9]", text) else f"{text} [x]"


def _cover(released: Document, lang: str) -> dict[str, Any]:
    account = released["account"]
    about = [i18n.text("report.page.synthetic", lang)] if account["synthetic"] else []
    return {**contents(safe(i18n.Written(account["title"])[lang]), [*about, _word("about", lang)], lang)}


def contents(title: str, subtitles: Sequence[str], lang: str) -> dict[str, Any]:
    """The cover: a title, what stands under it, and the list of sheets."""
    return {
        "title": title,
        "subtitles": list(subtitles),
        "column_names": [_word("sheet", lang), _word("content", lang)],
        "instructions": _word("contents_help", lang),
    }


def _notes(lang: str) -> Any:
    """What the marks mean and what the percentages are of."""
    import gptables as gpt
    import pandas as pd

    heads = {**MARKS, **{name: _word(f"note.{name}", lang) for name in SUBJECTS}}
    rows = [[head, _word(f"note_{name}", lang)] for name, head in heads.items()]
    return gpt.GPTable(
        table=pd.DataFrame(rows, columns=[_word("note_head", lang), _word("content", lang)]),
        table_name="notes",
        title=_word("notes", lang),
        instructions=_word("notes_help", lang),
        index_columns={1: 0},
    )


def _sheet(released: Document, table: Released, lang: str) -> Any:
    import gptables as gpt

    return gpt.GPTable(
        table=_frame(released, table, lang),
        table_name=re.sub(r"\W+", "_", f"table_{table.view.id}"),
        title=safe(wording.title(table, lang)),
        instructions=_word("sheet_help", lang),
        legend=[f"{mark} = {_word(f'note_{name}', lang)}" for name, mark in MARKS.items()],
        index_columns={1: 0},
    )


def _frame(released: Document, table: Released, lang: str) -> Any:
    """Rows of the table, then its bases; a column for each statistic of each group."""
    import pandas as pd

    view = table.view
    numbers = {
        (number["cell"], number["statistic"]): number for number in released["numbers"] if number["table"] == view.id
    }
    statistics = list(dict.fromkeys(statistic for _, statistic in numbers))
    heads = [(column, statistic) for column in view.columns for statistic in statistics]
    titles = [f"{wording.label(table, column, lang)}, {_statistic(statistic, lang)}" for column, statistic in heads]
    rows: list[list[float | str | None]] = [
        [
            safe(wording.line(table, row, lang)),
            *(_value(numbers.get((name_of(join(row, column)), statistic)), lang) for column, statistic in heads),
        ]
        for row in (*view.rows, *(() if TOTAL in view.rows else (TOTAL,)))
    ]
    rows += [_answered(table, heads, lang)] if view.answered else []
    kept = [0, *(i for i in range(1, len(titles) + 1) if any(row[i] is not None for row in rows))]
    columns = [safe(name) for name in (_corner(table, lang), *titles)]
    cells = [[MARKS["missing"] if row[i] is None else row[i] for i in kept] for row in rows]
    return pd.DataFrame(cells, columns=_unique([columns[i] for i in kept]), dtype=object)


def _corner(table: Released, lang: str) -> str:
    """What stands above the rows: the variable, or that they are several."""
    if table.view.measure != "count" and len(table.view.rows) > 1:
        return i18n.text("present.table.variable", lang)
    return wording.variable_title(table, table.view.variable, lang)


def _answered(table: Released, heads: Sequence[tuple[Key, str]], lang: str) -> list[Any]:
    """How many the percentages of each column are of, where that is not everybody."""
    bases = {column: wording.base_cell(table, column) for column, _ in heads}
    counts = {column: cell.value if cell.known else MARKS["hidden"] for column, cell in bases.items()}
    return [_word("answered", lang), *(counts[column] if statistic == "count" else None for column, statistic in heads)]


def _value(number: Mapping[str, Any] | None, lang: str) -> float | str | None:
    if number is None:
        return None
    if number["statistic"] == "p" and number.get("value") is not None:
        return quantity.p_class(shown(number["value"]), lang)
    return number["value"] if number.get("value") is not None else MARKS[number["state"]]


def _statistic(name: str, lang: str) -> str:
    return i18n.words(lang).get(f"report.workbook.statistic.{name}", name)


def _unique(names: Sequence[str]) -> list[str]:
    """A sheet's headings must differ: the second of two equal ones gets a number."""
    seen: dict[str, int] = {}
    made = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        made.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return made
