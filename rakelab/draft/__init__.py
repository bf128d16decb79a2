"""A codebook drafted from a file: what its columns seem to ask, written as TOML for somebody to look through.

Nothing that only a few answered is written, and nothing that points at a person: a draft may be shown to anybody.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rakelab import i18n, loaders
from rakelab.codebook import Codebook, codebook
from rakelab.declared import MOST_BYTES
from rakelab.draft import words
from rakelab.draft.columns import Column, columns, harmless
from rakelab.draft.conditions import conditional
from rakelab.draft.groups import grouped, of_cells, of_columns
from rakelab.draft.questions import CHOICE, DROP, TEXT, Question, question
from rakelab.draft.writing import Form, toml
from rakelab.errors import FileError, UsageError, write_new
from rakelab.loaders.dates import day
from rakelab.loaders.findings import finding_sentence
from rakelab.loaders.spelling import fold
from rakelab.loaders.table import NUMBER_LIKE, Table
from rakelab.protect import Policy

__all__ = ["LIMIT", "Draft", "draft", "write"]

#: Answers of fewer people than this are not written.
LIMIT = 5
#: What was found on reading that the draft tells as well.
_TOLD = ("metadata_dropped", "sheets_ignored")


@dataclass(frozen=True, repr=False)
class Draft:
    """The drafted form and its text. ``kinds``: the place of a column in the file → what it was taken for."""

    form: Form
    text: str

    @property
    def kinds(self) -> dict[int, str]:
        pairs = ((column, one) for one in self.form.questions for column in one.columns)
        return {column.heading.position: "ordered" if one.ordered else one.kind for column, one in pairs}

    @property
    def counts(self) -> dict[str, int]:
        """How many columns were read, how many questions they are, how many columns are left out."""
        dropped = sum(one.kind == DROP for one in self.form.questions)
        return {"n": len(self.kinds), "used": len(self.form.questions) - dropped, "dropped": dropped}


def draft(path: str | Path, *, source: str | Path | None = None, limit: int = LIMIT, lang: str = "fi") -> Draft:
    """A codebook for the file: its text in the form's own language, with questions for a human in ``lang``.

    Raises FileError for a file that holds no usable table or has no headings, UsageError for a limit below the floor.
    """
    Policy(threshold=limit)
    table = loaders.read(path, source=source)
    if _no_headings(table):
        raise FileError("draft.no_headings", file=table.origin.file)
    made = columns(table)
    spoken = words.language([*(one.title for one in made), *(t for one in made for t in one.common(limit))], lang)
    stem = Path(table.origin.file).stem.replace("_", " ")
    title = stem if harmless(stem) and "•" not in stem else i18n.text("draft.title", spoken)
    questions = conditional(list(_questions(made, limit, spoken)), limit)
    notes = [finding_sentence(one, lang, Codebook("", {}, ())) for one in table.findings if one.code in _TOLD]
    form = Form(title, questions, spoken, lang, limit, notes)
    return Draft(form, toml(form))


def write(made: Draft, path: str | Path, *, replace: bool = False) -> Path:
    """Write the draft where nothing is yet, or over what is there where ``replace`` says so, and read it back. Raises
    OutputError, UsageError for another ending or a form that is too large."""
    path, data = Path(path), made.text.encode()
    if path.suffix.lower() != ".toml":
        raise UsageError("draft.ending", file=path.name)
    if len(data) > MOST_BYTES:
        raise UsageError("codebook.too_large", file=path.name, limit=MOST_BYTES // 1000)
    if replace and path.is_file():
        path.unlink()
    write_new(path, data, exists="draft.exists", not_written="draft.not_written")
    codebook(path)
    return path


def _questions(made: Sequence[Column], limit: int, lang: str) -> Iterator[Question]:
    for asked, run in grouped(made):
        if asked:
            yield of_columns(asked, run, limit)
        for _, column in [] if asked else run:
            alone = question(column, limit, lang)
            yield (of_cells(column, limit) if alone.kind in (CHOICE, TEXT) and not alone.ordered else None) or alone


def _no_headings(table: Table) -> bool:
    """Does the first person's answers stand where the headings should? Then they would be written."""
    alike = 0
    for heading, column in zip(table.headings, table.columns, strict=True):
        texts = column.categories.tolist()
        if _is_number(heading.text) and sum(map(_is_number, texts)) * 10 > len(texts) * 9:
            return True
        alike += len(texts) > 1 and not heading.pairs and fold(heading.text) in set(map(fold, texts))
    return alike * 3 >= len(table.headings)


def _is_number(text: str) -> bool:
    """A number or a day, and no year."""
    return bool(NUMBER_LIKE.match(text) or not isinstance(day(text), str)) and not re.fullmatch(r"(19|20)\d\d", text)
