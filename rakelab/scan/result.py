"""The flaws as a page, a workbook, lines of a terminal and JSON: places, never values."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from markupsafe import Markup

from rakelab import i18n, identifiers
from rakelab.errors import OutputError
from rakelab.present import markup
from rakelab.present.markup import Column, Grid
from rakelab.report import files, index, page, tables
from rakelab.scan.folder import GROUPS, Flaw, Scanned
from rakelab.scan.grid import Spot

PAGE, WORKBOOK = "scan.html", "scan.xlsx"
#: So many cells of one table are named, and so many places of one kind stand on the page.
CELLS, ROWS = 12, 500


def _word(name: str, lang: str, **values: object) -> str:
    return i18n.text(f"scan.{name}", lang, **values)


def place(flaw: Flaw, lang: str) -> str:
    """Where it is, in words."""
    named = [_word(f"place.{word}", lang, x=identifiers.shown(str(x))) for word, x in flaw.parts if x != 0]
    in_sheet = any(word == "sheet" for word, _ in flaw.parts)
    cells = [address(spot) if in_sheet else _spot(spot, lang) for spot in flaw.cells[:CELLS]]
    more = [_word("more", lang, n=i18n.number(len(flaw.cells) - CELLS, lang))] if len(flaw.cells) > CELLS else []
    listed = (", " if in_sheet else "; ").join([*cells, *more])
    many = [i18n.number(flaw.n, lang)] if flaw.n > 1 and not flaw.cells else []
    why = [_word(f"unread.{flaw.why}", lang)] if flaw.why else []
    return ", ".join([*named, *([listed] if listed else []), *many, *why]) or _word("place.whole", lang)


def address(spot: Spot) -> str:
    """``B3`` of the third row and the second column."""
    letters, column = "", spot[1] + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{spot[0] + 1}"


def _spot(spot: Spot, lang: str) -> str:
    return _word("place.cell", lang, row=spot[0] + 1, column=spot[1] + 1)


def write(found: Scanned, out: Path, lang: str) -> list[Path]:
    """The page and, where there is something to mend, the workbook, in ``out``. Raises OutputError where somebody's own
    file is in the way."""
    page_file, book = out / PAGE, out / WORKBOOK
    there = page_file.read_text(encoding="utf-8", errors="replace") if page_file.is_file() else ""
    if (there and not index.is_ours(there)) or (book.exists() and not there):
        raise OutputError("scan.own_file", file=PAGE if there else WORKBOOK)
    with files.as_output_errors(out):
        out.mkdir(parents=True, exist_ok=True)
        page_file.write_text(html(found, lang), encoding="utf-8")
        book.unlink(missing_ok=True)
        if made := workbook(found, lang):
            book.write_bytes(made)
    return [file for file in (page_file, book) if file.exists()]


def summary(found: Scanned, lang: str) -> list[str]:
    """What was looked at, and how many flaws of each kind."""
    looked = i18n.counted("scan.looked", found.files, lang, limit=found.limit)
    others = [i18n.counted("scan.others", found.others, lang)] if found.others else []
    many = Counter(one.kind for one in found.flaws)
    kinds = [f"{_word(f'kind.{kind}', lang)}: {i18n.number(n, lang)}" for kind, n in many.items()]
    return [looked, *others, *(kinds or [_word("nothing_found", lang)])]


def html(found: Scanned, lang: str) -> str:
    """The page, made of the same parts as those of reports."""
    groups = [
        {"id": group, "title": _word(f"group.{group}", lang), "html": Markup("").join(_kinds(found, group, lang))}
        for group in GROUPS
        if any(one.group == group for one in found.flaws)
    ]
    made = page.environment().get_template("scan.html.j2")
    said = {name: _word(name, lang) for name in ("title", "intro", "counted", "footer")}
    return made.render(
        lang=lang, title=said["title"], folder=found.folder, said=said, summary=summary(found, lang), groups=groups
    )


def _kinds(found: Scanned, group: str, lang: str) -> Iterator[Markup]:
    for kind, some in groupby((one for one in found.flaws if one.group == group), attrgetter("kind")):
        listed, title = list(some), _word(f"kind.{kind}", lang)
        columns = [
            Column(_word("file", lang), attrgetter("file")),
            Column(_word("where", lang), lambda one: place(one, lang)),
        ]
        grid = Grid(f"scan-{kind}", lang, markup.small("vh", title), columns, [("", listed[:ROWS])], folded=False)
        cut = (
            [markup.paragraph(_word("cut", lang, n=i18n.number(len(listed) - ROWS, lang)))]
            if len(listed) > ROWS
            else []
        )
        heading = markup.element("h3", title, " ", markup.small("n", f"({i18n.number(len(listed), lang)})"))
        yield markup.exhibit("register", heading, markup.paragraph(_word(f"do.{kind}", lang)), markup.table(grid), *cut)


def workbook(found: Scanned, lang: str) -> bytes:
    """The same as a sheet of a workbook; nothing where there is nothing to mend."""
    import gptables as gpt
    import pandas as pd

    heads = [_word(name, lang) for name in ("group_head", "what", "file", "where", "to_do")]
    rows = [
        [
            _word(f"group.{one.group}", lang),
            _word(f"kind.{one.kind}", lang),
            one.file,
            place(one, lang),
            _word(f"do.{one.kind}", lang),
        ]
        for one in found.flaws
    ]
    if not rows:
        return b""
    sheet = gpt.GPTable(
        table=pd.DataFrame([list(map(tables.safe, row)) for row in rows], columns=heads, dtype=object),
        table_name="scan",
        title=_word("title", lang),
        instructions=i18n.text("report.workbook.sheet_help", lang),
        index_columns={1: 0},
    )
    cover = tables.contents(tables.safe(f"{_word('title', lang)}: {found.folder}"), summary(found, lang), lang)
    return tables.written({_word("sheet", lang): sheet}, cover, lang)


def as_json(found: Scanned, lang: str) -> str:
    """The flaws for machines."""
    listed = [_entry(one, lang) for one in found.flaws]
    about = {
        "format": "rakelab-scan-1",
        "folder": found.folder,
        "limit": found.limit,
        "files": found.files,
        "others": found.others,
    }
    return json.dumps({**about, "findings": listed}, ensure_ascii=False, indent=1)


def _entry(one: Flaw, lang: str) -> Mapping[str, Any]:
    where = {word: identifiers.shown(x) if isinstance(x, str) else x for word, x in one.parts}
    cells = [{"row": i + 1, "column": j + 1} for i, j in one.cells]
    return {"kind": one.kind, "group": one.group, "file": one.file, "place": where, "cells": cells, "n": one.n,
            "why": one.why, "said": place(one, lang)}  # fmt: skip
