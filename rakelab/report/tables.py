"""``tables.xlsx``: every released table on a sheet of its own, made for screen readers with gptables.

Read from released.json alone, so it cannot hold a number that the page does not.
"""

import json
import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from rakelab import archive, i18n
from rakelab.cells import MARKERS, TOTAL, Released, State, join, name_of
from rakelab.present import wording

Document = Mapping[str, Any]

#: A spreadsheet takes text that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def workbook(released: str, lang: str) -> bytes:
    """The workbook in one language: cover, contents, notes, and a sheet for each table."""
    import gptables as gpt

    document, release = json.loads(released), archive.loads(released)
    made = BytesIO()
    gpt.write_workbook(
        filename=made,
        sheets={f"{_word('sheet', lang)} {i}": _sheet(document, table, lang) for i, table in enumerate(release.values(), 1)},
        cover=_cover(document, lang),
        contentsheet_label=_word("contents", lang),
        contentsheet_options={
            "title": _word("contents", lang),
            "column_names": [_word("sheet", lang), _word("about", lang)],
            "instructions": _word("contents_help", lang),
        },
        notes_table=_notes(lang),
        notesheet_label=_word("notes", lang),
        notesheet_options={"title": _word("notes", lang), "instructions": _word("notes_help", lang)},
        workbook_options={"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True},
    )
    return made.getvalue()


def _word(name: str, lang: str) -> str:
    return i18n.text(f"report.workbook.{name}", lang)


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cover(released: Document, lang: str) -> Any:
    import gptables as gpt

    account = released.get("account", {})
    about = [_word("marker_hidden", lang), _word("marker_missing", lang), _word("marker_zero", lang)]
    if account.get("synthetic"):
        about.insert(0, i18n.text("report.page.synthetic", lang))
    return gpt.Cover(
        cover_label=_word("cover", lang),
        title=safe(account.get("title", {}).get(lang) or _word("cover", lang)),
        intro=[i18n.text("report.page.footer", lang)],
        about=about,
    )


def _notes(lang: str) -> Any:
    import pandas as pd

    notes = [[reference, _word(f"note_{reference}", lang)] for reference in ("protection", "base")]
    return pd.DataFrame(notes, columns=[_word("note", lang), _word("about", lang)])


def _sheet(released: Document, table: Released, lang: str) -> Any:
    import gptables as gpt

    return gpt.GPTable(
        table=_frame(released, table, lang),
        table_name=re.sub(r"\W+", "_", f"table_{table.view.id}"),
        title=f"{safe(wording.title(table, lang))}$$protection$$$$base$$",
        subtitles=[],
        instructions=_word("sheet_help", lang),
        scope="",
        source="",
        index_columns={1: 0},
    )


def _frame(released: Document, table: Released, lang: str) -> Any:
    """Rows of the table, then its bases; a column for each statistic of each group."""
    import pandas as pd

    view = table.view
    numbers = {(one["cell"], one["statistic"]): one for one in released["numbers"] if one["table"] == view.id}
    statistics = list(dict.fromkeys(statistic for _, statistic in numbers))
    heads = [(column, one) for column in view.columns for one in statistics]
    titles = [f"{wording.label(table, column, lang)}, {_statistic(one, lang)}" for column, one in heads]
    rows = [
        [safe(wording.label(table, row, lang)), *(_value(numbers.get((name_of(join(row, column)), one))) for column, one in heads)]
        for row in (*view.rows, *(() if TOTAL in view.rows else (TOTAL,)))
    ]
    kept = [0, *(i for i in range(1, len(titles) + 1) if any(row[i] is not None for row in rows))]
    columns = [safe(name) for name in (wording.variable_title(table, view.variable, lang), *titles)]
    cells = [[MARKERS[State.MISSING] if row[i] is None else row[i] for i in kept] for row in rows]
    return pd.DataFrame(cells, columns=_unique([columns[i] for i in kept]), dtype=object)


def _value(number: Mapping[str, Any] | None) -> float | str | None:
    if number is None:
        return None
    return number["value"] if "value" in number and number["value"] is not None else MARKERS[State(number["state"])]


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
