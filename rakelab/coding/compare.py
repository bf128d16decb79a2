"""Two coders' sheets side by side: do they have the same texts, where do they differ, and what was agreed then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rakelab import i18n
from rakelab.coding.book import Book, Filled, read_back, refuse_old, write_new
from rakelab.coding.faults import SheetError, faults_by_row, stop_at
from rakelab.coding.reading import Sheet
from rakelab.coding.sheet import TICK
from rakelab.coding.texts import digests
from rakelab.errors import UsageError
from rakelab.indicators.measure.agreement import STATISTICS, Agreement, between
from rakelab.loaders.spelling import NO, YES, fold

FORMAT = "rakelab-agreed-1"
REFUSED = "ei"
_Pair = tuple[str, str]  # text id, theme id


@dataclass(frozen=True, repr=False)
class Compared:
    """Two coders of the same texts. ``differ`` are the (text id, theme id) that one ticked and the other did not."""

    first: Sheet
    second: Sheet
    differ: tuple[_Pair, ...]

    def __repr__(self) -> str:
        return f"<Compared {self.first.file}, {self.second.file}: {len(self.differ)} to discuss>"

    def agreement(self) -> dict[str, Agreement]:
        """Kappa, alpha and what there is to discuss, for each theme."""
        return {theme: between(*self._ticks(theme), classes=(False, True)) for theme in self.first.themes}

    def _ticks(self, theme: str) -> Iterator[list[bool]]:
        for sheet in (self.first, self.second):
            yield [theme in sheet.marks[text_id] for text_id in self.first.marks]


def compare(first: Sheet, second: Sheet) -> Compared:
    """Two sheets of the same texts and themes. Raises CodingError with every way in which they do not fit together."""
    stop_at(list(_misfits(first, second)), f"{first.file}, {second.file}")
    pairs = ((text_id, theme) for text_id, marks in first.marks.items() for theme in first.themes
             if (theme in marks) != (theme in second.marks[text_id]))  # fmt: skip
    return Compared(first, second, tuple(pairs))


def _misfits(first: Sheet, second: Sheet) -> Iterator[SheetError]:
    both: dict[str, Any] = {"file": first.file, "other": second.file}
    if first.coder == second.coder:
        yield SheetError("same_coder", **both)
    if set(first.themes) != set(second.themes):
        yield SheetError("other_themes", **both)
    if first.field != second.field:
        yield SheetError("other_field", **both)
    ours, theirs = digests(first.marks), digests(second.marks)
    changed = [row for row in ours.keys() & theirs.keys() if ours[row] != theirs[row]]
    yield from faults_by_row("other_text", changed, **both)
    yield from faults_by_row("rows_missing", ours.keys() - theirs.keys(), file=second.file, other=first.file)
    yield from faults_by_row("rows_missing", theirs.keys() - ours.keys(), file=first.file, other=second.file)


# --- what to discuss ------------------------------------------------------------------------------------------


def write_differences(compared: Compared, path: Path, *, lang: str = "fi") -> None:
    """A workbook for the coders' talk: each text and theme they differ on, both marks, an empty column for what is
    agreed; and the agreement by theme. Raises OutputError where the file is there already."""
    if path.suffix.lower() != ".xlsx":
        raise UsageError("coding.ending", file=path.name)
    refuse_old([path])
    book = Book(i18n.text("coding.talk.title", lang), lang)
    headings = _write_talk(book, compared)
    _write_agreement(book, compared)
    lines = (book.word(f"talk.{name}", tick=TICK, no=REFUSED) for name in ("fill", "no_winner", "next"))
    book.guide(book.word("talk.title"), lines)
    themes = (("theme", *pair) for pair in compared.first.labels.items())
    columns = (("id", headings[0]), ("label", headings[2]), ("agreed", headings[5]))
    book.hidden([("format", FORMAT), *themes, *columns])
    write_new(path, book.done())


def _write_talk(book: Book, compared: Compared) -> list[str]:
    first, second = compared.first, compared.second
    coders = [book.word("column.coder", coder=sheet.coder.upper()) for sheet in (first, second)]
    named = [book.word(f"column.{name}") for name in ("id", "text", "theme")]
    headings = [*named, *coders, book.word("column.agreed")]
    page = book.sheet(book.word("sheet.talk"), headings, (16, 80, 30, 14, 14, 14))
    for i, (text_id, theme) in enumerate(compared.differ, 1):
        marks = [TICK if theme in sheet.marks[text_id] else "" for sheet in (first, second)]
        for j, cell in enumerate((text_id, first.texts[text_id], first.labels[theme], *marks, "")):
            page.write_string(i, j, cell, book.text if j < 3 else book.mark)
    rule = {"validate": "list", "source": [TICK, REFUSED], "error_message": book.word("error.agreed")}
    page.data_validation(1, 5, max(len(compared.differ), 1), 5, rule)
    return headings


def _write_agreement(book: Book, compared: Compared) -> None:
    headings = [book.word("column.theme"), *(book.word(f"statistic.{name}") for name in STATISTICS)]
    page = book.sheet(book.word("sheet.agreement"), headings, (30, *(14 for _ in STATISTICS)))
    for i, (theme, agreement) in enumerate(compared.agreement().items(), 1):
        page.write_string(i, 0, compared.first.labels[theme], book.text)
        for j, (name, value) in enumerate(zip(STATISTICS, agreement.named().values(), strict=True), 1):
            if value is None:
                page.write_string(i, j, "–")
            else:
                page.write_number(i, j, value, *([] if name == "disagreements" else [book.number]))


def agreement_sentences(compared: Compared, lang: str) -> list[str]:
    """What the command line tells the coders: a line for each theme, which tells nothing of how common it is."""
    said = [i18n.text("coding.compared", lang, n=i18n.number(len(compared.first.marks), lang))]
    for theme, agreement in compared.agreement().items():
        values = {
            "kappa": _decimal(agreement.kappa, lang) + _range(agreement.kappa_low, agreement.kappa_high, lang),
            "alpha": _decimal(agreement.alpha, lang) + _range(agreement.alpha_low, agreement.alpha_high, lang),
            "talk": i18n.counted("coding.to_discuss", agreement.disagreements, lang),
        }
        said.append(i18n.text("coding.line", lang, theme=compared.first.labels[theme], **values))
    return said


def _range(low: float | None, high: float | None, lang: str) -> str:
    return "" if low is None or high is None else f" ({_decimal(low, lang)} … {_decimal(high, lang)})"


def _decimal(value: float | None, lang: str) -> str:
    return "–" if value is None else i18n.number(value, lang, 2)


# --- what was agreed ------------------------------------------------------------------------------------------


def agreed_marks(compared: Compared, path: str | Path | None) -> dict[str, frozenset[str]]:
    """The themes of each text after the talk. ``path`` may be None where the coders did not differ.

    Raises CodingError where something is not agreed yet, or the workbook is not of these two sheets.
    """
    marks = {text_id: set(ticked & compared.second.marks[text_id]) for text_id, ticked in compared.first.marks.items()}
    if path is None and compared.differ:
        raise UsageError("coding.no_talk", n=len(compared.differ))
    for text_id, theme in _agreed(read_back(path, FORMAT), compared.differ) if path else ():
        marks[text_id].add(theme)
    return {text_id: frozenset(themes) for text_id, themes in marks.items()}


def _agreed(filled: Filled, differ: Sequence[_Pair]) -> list[_Pair]:
    rows = dict(_cells(filled))
    faults = {
        "not_agreed": [pair for pair in differ if rows.get(pair) == ""],
        "bad_agreed": [pair for pair in differ if rows.get(pair, "") and rows[pair] not in YES | NO],
        "talk_missing": [pair for pair in differ if pair not in rows],
        "talk_extra": [pair for pair in rows if pair not in set(differ)],
    }
    wrong = ((code, digests(text_id for text_id, _ in pairs)) for code, pairs in faults.items() if pairs)
    stop_at([SheetError(code, rows=tuple(sorted(ids)), file=filled.file) for code, ids in wrong], filled.file)
    return [pair for pair in differ if rows[pair] in YES]


def _cells(filled: Filled) -> Iterator[tuple[_Pair, str]]:
    """What stands in the column of the agreed, by text and theme."""
    names = [filled.value(name) for name in ("id", "label", "agreed")]
    absent = [
        SheetError("column_missing", theme=name, file=filled.file) for name in names if fold(name) not in filled.heads
    ]
    stop_at(absent, filled.file)
    themes = {fold(label): theme for theme, label in filled.hidden.get("theme", [])}
    text_id, label, agreed = (filled.heads.index(fold(name)) for name in names)
    for row in filled.rows[1:]:
        if any(row):
            yield (row[text_id], themes.get(fold(row[label]), "")), fold(row[agreed])
