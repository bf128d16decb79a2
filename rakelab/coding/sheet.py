"""The coding sheet: one text on a row, one column for each theme, and a column for “none of these”.

One column for each theme, and not three columns of choices: agreement is counted theme by theme, and a text can have
any number of them. The rows keep the order of the file: an answer is then read beside the same others by every coder,
who can talk of “row 12”; and the list of what to discuss follows the same order. The sheets are blind: they hold
neither the other coder's marks nor anything else of the rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rakelab import i18n
from rakelab.coding.book import Book, digest, fitted, refuse_old, write_new
from rakelab.coding.texts import Texts, shown
from rakelab.coding.themes import NONE, Themes
from rakelab.errors import UsageError

FORMAT = "rakelab-coding-1"
TICK = "x"
CODERS = "abcdefgh"


@dataclass(frozen=True)
class Order:
    """Where the sheets go: ``koodaus.xlsx`` for two coders gives ``koodaus_a.xlsx`` and ``koodaus_b.xlsx``."""

    out: Path
    coders: int = 2
    lang: str = "fi"

    def paths(self) -> dict[str, Path]:
        """The file of each coder, by letter."""
        if self.out.suffix.lower() != ".xlsx":
            raise UsageError("coding.ending", file=self.out.name)
        if not 1 <= self.coders <= len(CODERS):
            raise UsageError("coding.coders", most=len(CODERS))
        if self.coders == 1:
            return {CODERS[0]: self.out}
        return {coder: self.out.with_stem(f"{self.out.stem}_{coder}") for coder in CODERS[: self.coders]}


@dataclass(frozen=True)
class Exported:
    """What was written: the files, how many texts, how many identifiers were masked, and the rows of cut texts."""

    files: tuple[Path, ...]
    texts: int
    masked: Mapping[str, int]
    cut: tuple[int, ...]


def export(texts: Texts, themes: Themes, order: Order, *, suggested: Sequence[Sequence[str]] = ()) -> Exported:
    """Writes a coding sheet for each coder. ``suggested`` are theme ids for each text, shown in a column of their own.

    Raises OutputError where a file is there already (it may have been filled in), and then writes none.
    """
    paths = order.paths()
    refuse_old(paths.values())
    fitting = [fitted(shown(text, order.lang), order.lang) for text in texts.texts]
    cut = tuple(row for row, (_, is_cut) in zip(texts.rows, fitting, strict=True) if is_cut)
    cells = [cell for cell, _ in fitting]
    labels = [", ".join(themes.label(theme, order.lang) for theme in ids) for ids in suggested]
    made = {coder: _workbook(texts, themes, (coder, order.lang), (cells, labels, cut)) for coder in paths}
    for coder, path in paths.items():
        write_new(path, made[coder])
    return Exported(tuple(paths.values()), len(texts), texts.masked, cut)


def _workbook(
    texts: Texts, themes: Themes, whose: tuple[str, str], written: tuple[list[str], list[str], tuple[int, ...]]
) -> bytes:
    """One coder's workbook. ``whose``: coder and language; ``written``: texts, suggestions, rows of cut texts."""
    (coder, lang), (cells, labels, cut) = whose, written
    book = Book(i18n.text("coding.title", lang), lang)
    word = book.word
    headings = [word("column.id"), word("column.text"), *([word("column.suggested")] if labels else [])]
    first = len(headings)
    headings += [*(theme.label[lang] for theme in themes.themes), word("none")]
    widths = [16, 80, *(28 for _ in headings[2:first]), *(14 for _ in headings[first:])]
    sheet = book.sheet(word("sheet.coding"), headings, widths)
    for i, (text_id, *row) in enumerate(zip(texts.ids, cells, *([labels] if labels else []), strict=True), 1):
        for j, cell in enumerate((text_id, *row)):
            sheet.write_string(i, j, cell, book.text)
        for j in range(first, len(headings)):
            sheet.write_blank(i, j, None, book.mark)
    rule = {"validate": "list", "source": [TICK], "error_message": word("error.mark")}
    sheet.data_validation(1, first, len(texts), len(headings) - 1, rule)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    book.guide(word("guide.title"), _guide(book, texts, themes, cut))
    about = {"format": FORMAT, "file": texts.file, "field": texts.field, "coder": coder,
            "id": word("column.id"), "text": word("column.text")}  # fmt: skip
    listed = (("theme", theme.id, theme.label[lang]) for theme in themes.themes)
    rows = (("row", text_id, digest(cell)) for text_id, cell in zip(texts.ids, cells, strict=True))
    book.hidden([*about.items(), *listed, ("theme", NONE, word("none")), *rows])
    return book.done()


def _guide(book: Book, texts: Texts, themes: Themes, cut: Sequence[int]) -> Iterator[str]:
    for name in ("mark", "none", "alone", "keep"):
        yield book.word(f"guide.{name}", tick=TICK, none=book.word("none"))
    if texts.masked:
        yield masked_sentence(texts.masked, book.lang)
    if cut:
        yield i18n.counted("coding.were_cut", len(cut), book.lang)
    yield book.word("guide.themes")
    for theme in themes.themes:
        words = f" ({', '.join(theme.words)})" if theme.words else ""
        yield f"– {theme.label[book.lang]}{words}"


def masked_sentence(masked: Mapping[str, int], lang: str) -> str:
    """How many identifiers of which kind stand masked in the sheets."""
    kinds = (f"{i18n.text(f'coding.mark.{kind}', lang)} ({n})" for kind, n in masked.items())
    return i18n.text("coding.were_masked", lang, kinds=i18n.listing(kinds, lang))
