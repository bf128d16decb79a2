"""Two coders' sheets side by side: do they have the same texts, where do they differ, and what was agreed then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rakelab import i18n
from rakelab.coding.book import Book, Filled, read_back, refuse_old, write_new
from rakelab.coding.faults import SheetError, stop_at
from rakelab.coding.reading import Sheet, rows_of
from rakelab.coding.sheet import TICK
from rakelab.coding.texts import parted
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
            yield [theme in sheet.marks[one] for one in self.first.marks]


def compare(first: Sheet, second: Sheet) -> Compared:
    """Two sheets of the same texts and themes. Raises CodingError with every way in which they do not fit together."""
    stop_at(list(_misfits(first, second)), f"{first.file}, {second.file}")
    pairs = ((one, theme) for one, marks in first.marks.items() for theme in first.themes
             if (theme in marks) != (theme in second.marks[one]))  # fmt: skip
    return Compared(first, second, tuple(pairs))


def _misfits(first: Sheet, second: Sheet) -> Iterator[SheetError]:
    both: dict[str, Any] = {"file": first.file, "other": second.file}
    if first.coder == second.coder:
        yield SheetError("same_coder", **both)
    if set(first.themes) != set(second.themes):
        yield SheetError("other_themes", **both)
    if first.field != second.field:
        yield SheetError("other_field", **both)
    ours, theirs = (dict(found for one in sheet.marks if (found := parted(one))) for sheet in (first, second))
    changed = [row for row in ours.keys() & theirs.keys() if ours[row] != theirs[row]]
    if changed:
        yield SheetError("other_text", rows=tuple(sorted(changed)), **both)
    for here, there, mine, yours in ((ours, theirs, first, second), (theirs, ours, second, first)):
        absent = here.keys() - there.keys()
        if absent:
            yield SheetError("rows_missing", rows=tuple(sorted(absent)), file=yours.file, other=mine.file)


# --- what to discuss ------------------------------------------------------------------------------------------


def write_differences(compared: Compared, path: Path, *, lang: str = "fi") -> None:
    """A workbook for the coders' talk: each text and theme they differ on, both marks, an empty column for what is
    agreed; and the agreement by theme. Raises OutputError where the file is there already."""
    if path.suffix.lower() != ".xlsx":
        raise UsageError("coding.ending", file=path.name)
    refuse_old([path])
    write_new(path, _Talk(compared, lang).write())


class _Talk:
    def __init__(self, compared: Compared, lang: str) -> None:
        self.compared, self.lang = compared, lang
        self.book = Book(i18n.text("coding.talk.title", lang), lang)
        self.word = self.book.word

    def write(self) -> bytes:
        first, second = self.compared.first, self.compared.second
        coders = [self.word("column.coder", coder=one.coder.upper()) for one in (first, second)]
        headings = [self.word(f"column.{name}") for name in ("id", "text", "theme")]
        headings += [*coders, self.word("column.agreed")]
        sheet = self.book.sheet(self.word("sheet.talk"), headings, (16, 80, 30, 14, 14, 14))
        for i, (one, theme) in enumerate(self.compared.differ, 1):
            marks = [TICK if theme in sheet.marks[one] else "" for sheet in (first, second)]
            for j, cell in enumerate((one, first.texts[one], first.labels[theme])):
                sheet.write_string(i, j, cell, self.book.text)
            for j, cell in enumerate((*marks, ""), 3):
                sheet.write_string(i, j, cell, self.book.mark)
        rule = {"validate": "list", "source": [TICK, REFUSED], "error_message": self.word("error.agreed")}
        sheet.data_validation(1, 5, max(len(self.compared.differ), 1), 5, rule)
        self._agreement()
        lines = (self.word(f"talk.{name}", tick=TICK, no=REFUSED) for name in ("fill", "no_winner", "next"))
        self.book.guide(self.word("talk.title"), lines)
        self.book.hidden([("format", FORMAT), *(("theme", *pair) for pair in first.labels.items()),
                          *((name, headings[j]) for name, j in (("id", 0), ("label", 2), ("agreed", 5)))])  # fmt: skip
        return self.book.done()

    def _agreement(self) -> None:
        headings = [self.word("column.theme"), *(self.word(f"statistic.{name}") for name in STATISTICS)]
        sheet = self.book.sheet(self.word("sheet.agreement"), headings, (30, *(14 for _ in STATISTICS)))
        for i, (theme, found) in enumerate(self.compared.agreement().items(), 1):
            sheet.write_string(i, 0, self.compared.first.labels[theme], self.book.text)
            for j, value in enumerate(found.named().values(), 1):
                if value is None:
                    sheet.write_string(i, j, "–")
                elif STATISTICS[j - 1] == "disagreements":
                    sheet.write_number(i, j, value)
                else:
                    sheet.write_number(i, j, value, self.book.number)


def agreement_sentences(compared: Compared, lang: str) -> list[str]:
    """What the command line tells the coders: a line for each theme, which tells nothing of how common it is."""
    said = [i18n.text("coding.compared", lang, n=i18n.number(len(compared.first.marks), lang))]
    for theme, found in compared.agreement().items():
        values = {
            "kappa": _decimal(found.kappa, lang) + _range(found.kappa_low, found.kappa_high, lang),
            "alpha": _decimal(found.alpha, lang) + _range(found.alpha_low, found.alpha_high, lang),
            "talk": i18n.counted("coding.to_discuss", found.disagreements, lang),
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
    shared = {one: compared.first.marks[one] & compared.second.marks[one] for one in compared.first.marks}
    if path is None and not compared.differ:
        return shared
    if path is None:
        raise UsageError("coding.no_talk", n=len(compared.differ))
    decided = _decided(read_back(path, FORMAT), compared.differ)
    added = {one: {theme for (text, theme), yes_ in decided.items() if yes_ and text == one} for one, _ in decided}
    return {one: marks | added.get(one, set()) for one, marks in shared.items()}


def _decided(filled: Filled, differ: Sequence[_Pair]) -> dict[_Pair, bool]:
    rows = dict(_cells(filled))
    faults = []
    for code, pairs in (
        ("not_agreed", [pair for pair in differ if rows.get(pair) == ""]),
        ("bad_agreed", [pair for pair in differ if rows.get(pair, "") and rows[pair] not in YES | NO]),
        ("talk_missing", [pair for pair in differ if pair not in rows]),
        ("talk_extra", [pair for pair in rows if pair not in set(differ)]),
    ):
        if pairs:
            faults.append(SheetError(code, rows=rows_of([one for one, _ in pairs]), file=filled.file))
    stop_at(faults, filled.file)
    return {pair: rows[pair] in YES for pair in differ}


def _cells(filled: Filled) -> Iterator[tuple[_Pair, str]]:
    """What stands in the column of the agreed, by text and theme."""
    heads = [fold(cell) for cell in filled.rows[0]] if filled.rows else []
    wanted = [fold(filled.one(name)) for name in ("id", "label", "agreed")]
    absent = [SheetError("column_missing", theme=filled.one(name), file=filled.file)
              for name, head in zip(("id", "label", "agreed"), wanted, strict=True) if head not in heads]  # fmt: skip
    stop_at(absent, filled.file)
    themes = {fold(label): theme for theme, label in filled.told.get("theme", [])}
    one, label, agreed = (heads.index(head) for head in wanted)
    for row in filled.rows[1:]:
        if any(row):
            yield (row[one], themes.get(fold(row[label]), "")), fold(row[agreed])
