"""Empty forms to fill in: a workbook with drop-down lists and instructions, a CSV heading, or a schema.

A filled-in form is read back by the same codebook, so nobody has to guess a column's name or an option's spelling.

    python -m rakelab.templates     writes anew what the project holds of its forms: the folder ``data_templates`` and
                                    the list of reports in the README
"""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rakelab.codebook import NOT_ASKED, UNKNOWN, Codebook, Field, codebook, names
from rakelab.dataset import option_column
from rakelab.errors import UsageError, write_new
from rakelab.i18n import text
from rakelab.report.run import about, kinds
from rakelab.tableschema import descriptor

if TYPE_CHECKING:
    from xlsxwriter import Workbook

Maker = Callable[[Codebook, str], bytes]
#: How many rows of the form have drop-down lists.
ROWS = 2000
#: Between these the README has what ``reports`` writes.
REPORTS = ("<!-- made by python -m rakelab.templates -->", "<!-- end -->")
_TICK = "x"
_WIDTH, _NARROW, _TEXT = 24, 14, 48
_LONGEST_MESSAGE, _LONGEST_TITLE = 255, 32  # Excel's limits for the note beside a cell


def write_template(codebook: Codebook, path: str | Path, *, lang: str = "fi") -> Path:
    """Write an empty form for ``codebook``: .xlsx, .csv (heading only) or .json (Table Schema). Returns the path.

    Raises UsageError for another ending, OutputError where the file exists already (it may have been filled in) or
    cannot be written.
    """
    return _written(codebook, Path(path), lang, _MAKERS)


def write_codes(codebook: Codebook, path: str | Path, *, lang: str = "fi") -> Path:
    """Write the questions of ``codebook`` with their codes and options as a workbook. Raises as ``write_template``."""
    return _written(codebook, Path(path), lang, {".xlsx": _codes})


def _written(codebook: Codebook, path: Path, lang: str, makers: Mapping[str, Maker]) -> Path:
    make = makers.get(path.suffix.lower())
    if make is None:
        raise UsageError("templates.ending", file=path.name, known=", ".join(makers))
    write_new(path, make(codebook, lang), exists="templates.exists", not_written="templates.not_written")
    return path


def regenerate(project: Path) -> None:
    """Write the empty forms and the README's list of reports anew; what belongs to no form goes."""
    folder = project / "data_templates"
    for old in folder.iterdir():
        old.unlink()
    for name in names():
        for ending in ("csv", "schema.json", "xlsx"):
            write_template(codebook(name), folder / f"{name}.{ending}")
    readme = project / "README.md"
    before, start, rest = readme.read_text(encoding="utf-8").partition(REPORTS[0])
    readme.write_text(before + start + reports() + rest[rest.index(REPORTS[1]) :], encoding="utf-8")


def reports(lang: str = "en") -> str:
    """The table of the README: every report, and what it is of."""
    forms = about()
    said = {kind: forms[kind][lang] if kind in forms else text(f"cli.report.{kind}", lang) for kind in sorted(kinds())}
    return "".join(["\n| report | of what |\n|---|---|\n", *(f"| `{kind}` | {of} |\n" for kind, of in said.items())])


def column_names(codebook: Codebook) -> list[str]:
    """The plain layout's heading: ``variable``, and ``variable:option`` for each option of a multi-choice question."""
    return [name for field in codebook.fields for name in _names(field)]


def _names(field: Field) -> list[str]:
    return [option_column(field.name, option) for option in field.values] if field.multiple else [field.name]


def _csv(codebook: Codebook, lang: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(column_names(codebook))
    return out.getvalue().encode("utf-8-sig")


def _codes(codebook: Codebook, lang: str) -> bytes:
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, bold = book.add_worksheet(codebook.name[:31]), book.add_format({"bold": True, "bottom": 1})
        rows = codebook.table(lang)
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):  # codes keep their leading zeros
                sheet.write_string(i, j, cell, bold if i == 0 else None)
        for j, width in enumerate((_WIDTH, _TEXT, _NARROW, _TEXT)):
            sheet.set_column(j, j, width)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows) - 1, 3)
    return out.getvalue()


def _schema(codebook: Codebook, lang: str) -> bytes:
    return (json.dumps(descriptor(codebook, lang), ensure_ascii=False, indent=2) + "\n").encode()


def _workbook(codebook: Codebook, lang: str) -> bytes:
    from xlsxwriter import Workbook  # lazy: the command line's help must stay quick

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        # a fixed date: the same codebook makes the same file
        book.set_properties({"title": codebook.title[lang], "created": datetime(2026, 1, 1, tzinfo=UTC)})
        _Form(book, codebook, lang).write()
    return out.getvalue()


_MAKERS: dict[str, Maker] = {".xlsx": _workbook, ".csv": _csv, ".json": _schema}


def _lenient(field: Field) -> dict[str, str]:
    """Where an option catches the rest, anything may be written."""
    return {"error_type": "information"} if field.catch_all else {}


class _Form:
    """The workbook: answers (question row, option row), instructions, and a hidden sheet with the options."""

    def __init__(self, book: "Workbook", codebook: Codebook, lang: str) -> None:
        self.codebook, self.lang = codebook, lang
        self.answers, self.guide, self.lists = (
            book.add_worksheet(self.word(f"sheet.{name}")) for name in ("answers", "guide", "lists")
        )
        wrap = {"text_wrap": True, "valign": "top"}
        self.bold = book.add_format({**wrap, "bold": True, "bottom": 1, "bg_color": "#E8EEF4"})
        self.wrapped, self.heading = book.add_format(wrap), book.add_format({"bold": True, "font_size": 14})
        self.as_text = book.add_format({"num_format": "@"})  # codes keep their leading zeros

    def word(self, key: str, **values: object) -> str:
        return text(f"templates.{key}", self.lang, **values)

    def write(self) -> None:
        self.lists.hide()
        self._list(0, _TICK, [_TICK, *self._unanswered()])
        column = 0
        for place, field in enumerate(self.codebook.fields, 1):
            column += self._question(field, column, place)
        self.answers.freeze_panes(2, 0)
        self._instructions()

    def _unanswered(self) -> list[str]:
        return [text(f"common.level.{kind}", self.lang) for kind in (NOT_ASKED, UNKNOWN)]

    def _list(self, place: int, title: str, entries: Sequence[str]) -> None:
        self.lists.write_column(0, place, [title, *entries])

    def _question(self, field: Field, column: int, place: int) -> int:
        """One question on the answer sheet, from ``column`` on; how many columns it took."""
        title = field.title[self.lang]
        if field.multiple:
            return self._boxes(field, column)
        self.answers.merge_range(0, column, 1, column, title, self.bold)
        self.answers.set_column(
            column, column, _TEXT if field.free_text else _WIDTH, self.as_text if (field.type == "string") else None
        )
        rule = self._rule(field, place)
        self.answers.data_validation(2, column, ROWS + 1, column, rule | self._note(field))
        return 1

    def _boxes(self, field: Field, column: int) -> int:
        last = column + len(field.categories) - 1
        self._across(0, column, last, field.title[self.lang])
        for i, option in enumerate(field.categories):
            self.answers.write_string(1, column + i, option.label[self.lang], self.bold)
        self.answers.set_column(column, last, _NARROW)
        rule = self._choose(0, 1 + len(self._unanswered())) | _lenient(field)
        self.answers.data_validation(2, column, ROWS + 1, last, rule | self._note(field))
        return len(field.categories)

    def _across(self, row: int, first: int, last: int, title: str) -> None:
        if first == last:  # Excel merges no single cell
            self.answers.write_string(row, first, title, self.bold)
        else:
            self.answers.merge_range(row, first, row, last, title, self.bold)

    def _rule(self, field: Field, place: int) -> dict[str, Any]:
        if field.choice:
            entries = [*(option.label[self.lang] for option in field.categories), *self._unanswered()]
            self._list(place, field.name, entries)
            return self._choose(place, len(entries)) | _lenient(field)
        if field.type in ("integer", "number") and field.minimum is not None and field.maximum is not None:
            kind = "integer" if field.type == "integer" else "decimal"
            limits = {"minimum": field.minimum, "maximum": field.maximum}
            rule = self.word("error.number", minimum=f"{field.minimum:g}", maximum=f"{field.maximum:g}")
            # a warning, not a stop: “not known” must fit in too
            return {"validate": kind, "criteria": "between", "error_type": "warning", "error_message": rule, **limits}
        return {"validate": "any"}

    def _choose(self, place: int, count: int) -> dict[str, Any]:
        from xlsxwriter.utility import xl_range_abs

        cells = xl_range_abs(1, place, count, place)
        source = f"='{self.word('sheet.lists')}'!{cells}"
        return {"validate": "list", "source": source, "error_message": self.word("error.list")}

    def _note(self, field: Field) -> dict[str, str]:
        description = field.description.get(self.lang, "")
        message = f"{description} {self.word('no_names')}" if field.free_text else description
        title = field.title[self.lang][:_LONGEST_TITLE]
        return {"input_title": title, "input_message": message[:_LONGEST_MESSAGE]} if message else {}

    def _instructions(self) -> None:
        sheet = self.guide
        sheet.write_string(0, 0, self.word("guide.title", title=self.codebook.title[self.lang]), self.heading)
        lines = [self.word(f"guide.{key}") for key in ("fill", "boxes", "missing", "no_names", "keep", "read")]
        for row, line in enumerate(lines, 1):
            sheet.merge_range(row, 0, row, 4, line, self.wrapped)
            sheet.set_row(row, 32)  # merged cells do not grow by themselves
        self._table(
            len(lines) + 2,
            [self.word(f"guide.column.{key}") for key in ("question", "meaning", "answer", "name", "codes")],
        )

    def _table(self, row: int, headings: Sequence[str]) -> None:
        for column, (heading, width) in enumerate(zip(headings, (34, 60, 50, 22, 30), strict=True)):
            self.guide.write_string(row, column, heading, self.bold)
            self.guide.set_column(column, column, width)
        for i, field in enumerate(self.codebook.fields, row + 1):
            for column, cell in enumerate(self._described(field)):
                self.guide.write_string(i, column, cell, self.wrapped)

    def _described(self, field: Field) -> tuple[str, ...]:
        title = field.title[self.lang] + (self.word("guide.required") if field.required else "")
        codes = "\n".join(f"{code.value} = {text(f'common.level.{code.kind}', self.lang)}" for code in field.missing)
        return title, field.description.get(self.lang, ""), self._answer(field), field.name, codes

    def _answer(self, field: Field) -> str:
        kind = "list" if field.multiple else "choice" if field.choice else field.type
        options = (f"– {option.label[self.lang]}" for option in field.categories)
        return "\n".join([self.word(f"guide.kind.{kind}"), *options])


if __name__ == "__main__":
    regenerate(Path(__file__).parents[1])
