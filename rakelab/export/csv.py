"""``--to csv``: each table as a file that a spreadsheet opens in the reader's language."""

import csv
import re
from io import StringIO

from rakelab.export.content import Table
from rakelab.export.writing import Files, Source


def written(source: Source) -> Files:
    """One file for each table, named by its number and its caption."""
    tables = [block for block in source.content.blocks if isinstance(block, Table)]
    separator = "," if source.content.lang == "en" else ";"
    return {f"{source.name}.{_name(table, i)}.csv": _file(table, separator) for i, table in enumerate(tables, 1)}


def _name(table: Table, i: int) -> str:
    caption = re.sub(r"\W+", "-", table.caption.casefold()).strip("-")[:40].strip("-")
    return caption if table.id and caption.startswith(table.id) else f"{table.id or f'{i:02d}'}-{caption}".strip("-")


def _file(table: Table, separator: str) -> bytes:
    """With the mark by which a spreadsheet knows UTF-8; a cell over several columns leaves the others empty."""
    made = StringIO()
    writer = csv.writer(made, delimiter=separator, lineterminator="\r\n")
    for row in table.rows:
        writer.writerow([text for cell in row for text in (_safe(cell.text), *[""] * (cell.span - 1))])
    return made.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    """Nothing that a spreadsheet would take for a formula: a difference of +3 or −3 stays as it is."""
    formula = text[:1] in ("=", "@", "\t") or (text[:1] in ("+", "-") and not text[1:2].isdigit())
    return f"'{text}" if formula else text
