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
        return {one: self.out.with_stem(f"{self.out.stem}_{one}") for one in CODERS[: self.coders]}


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
    made = {one: _Sheet(themes, one, order.lang).write(texts, suggested) for one in paths}
    for one, path in paths.items():
        write_new(path, made[one].data)
    return Exported(tuple(paths.values()), len(texts), texts.masked, made[CODERS[0]].cut)


@dataclass(frozen=True, repr=False)
class _Made:
    data: bytes
    cut: tuple[int, ...]


class _Sheet:
    """One coder's workbook."""

    def __init__(self, themes: Themes, coder: str, lang: str) -> None:
        self.themes, self.coder, self.lang = themes, coder, lang
        self.book = Book(i18n.text("coding.title", lang), lang)
        self.word = self.book.word

    def write(self, texts: Texts, suggested: Sequence[Sequence[str]]) -> _Made:
        extra = [self.word("column.suggested")] if suggested else []
        marks = [*(theme.label[self.lang] for theme in self.themes.themes), self.word("none")]
        headings = [self.word("column.id"), self.word("column.text"), *extra, *marks]
        widths = [16, 80, *(28 for _ in extra), *(14 for _ in marks)]
        sheet = self.book.sheet(self.word("sheet.coding"), headings, widths)
        first = 2 + len(extra)
        cut, shown_as = [], []
        for i, (row, one, text) in enumerate(zip(texts.rows, texts.ids, texts.texts, strict=True), 1):
            cell, short = fitted(shown(text, self.lang), self.lang)
            cut += [row] if short else []
            shown_as.append(("row", one, digest(cell)))
            sheet.write_string(i, 0, one, self.book.text)
            sheet.write_string(i, 1, cell, self.book.text)
            if suggested:
                sheet.write_string(i, 2, self._labels(suggested[i - 1]), self.book.text)
            for j in range(first, len(headings)):
                sheet.write_blank(i, j, None, self.book.mark)
        rule = {"validate": "list", "source": [TICK], "error_message": self.word("error.mark")}
        sheet.data_validation(1, first, len(texts), len(headings) - 1, rule)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        self._rest(texts, cut, shown_as)
        return _Made(self.book.done(), tuple(cut))

    def _labels(self, ids: Sequence[str]) -> str:
        return ", ".join(self.themes.label(one, self.lang) for one in ids)

    def _rest(self, texts: Texts, cut: Sequence[int], shown_as: Sequence[Sequence[str]]) -> None:
        self.book.guide(self.word("guide.title"), self._guide(texts, cut))
        self.book.hidden(
            [
                ("format", FORMAT),
                ("file", texts.file),
                ("field", texts.field),
                ("coder", self.coder),
                ("id", self.word("column.id")),
                ("text", self.word("column.text")),
                *(("theme", theme.id, theme.label[self.lang]) for theme in self.themes.themes),
                ("theme", NONE, self.word("none")),
                *shown_as,
            ]
        )

    def _guide(self, texts: Texts, cut: Sequence[int]) -> Iterator[str]:
        for name in ("mark", "none", "alone", "keep"):
            yield self.word(f"guide.{name}", tick=TICK, none=self.word("none"))
        if texts.masked:
            yield masked_sentence(texts.masked, self.lang)
        if cut:
            yield i18n.counted("coding.were_cut", len(cut), self.lang)
        yield self.word("guide.themes")
        for theme in self.themes.themes:
            words = f" ({', '.join(theme.words)})" if theme.words else ""
            yield f"– {theme.label[self.lang]}{words}"


def masked_sentence(masked: Mapping[str, int], lang: str) -> str:
    """How many identifiers of which kind stand masked in the sheets."""
    kinds = (f"{i18n.text(f'coding.mark.{kind}', lang)} ({n})" for kind, n in masked.items())
    return i18n.text("coding.were_masked", lang, kinds=i18n.listing(kinds, lang))
