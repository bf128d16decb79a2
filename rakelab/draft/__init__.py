"""A codebook drafted from a file, written as TOML for somebody to look through. Nothing that only a few answered is in
it, and nothing that points at a person: a draft may be shown to anybody."""

from collections.abc import Iterator, Sequence
from dataclasses import replace as over
from pathlib import Path

from rakelab import i18n, identifiers, loaders
from rakelab.codebook import Codebook, codebook
from rakelab.declared import MOST_BYTES
from rakelab.draft.columns import Column, columns
from rakelab.draft.groups import grouped, of_cells, of_columns
from rakelab.draft.questions import CHOICE, DROP, TEXT, Question, conditional, question
from rakelab.draft.writing import Draft
from rakelab.errors import FileError, UsageError, write_new
from rakelab.loaders import vocabulary
from rakelab.loaders.findings import finding_sentence
from rakelab.protect import Policy

__all__ = ["DROP", "LIMIT", "Draft", "draft", "write"]

LIMIT, _TOLD = 5, ("metadata_dropped", "sheets_ignored")  # answers of fewer people are not written; remarks that are


def draft(path: str | Path, *, source: str | Path | None = None, limit: int = LIMIT, lang: str = "fi") -> Draft:
    """A codebook for the file: its text in the form's own language, with questions for a human in ``lang``.

    Raises FileError for a file that holds no usable table or has no headings, UsageError for a limit below the floor.
    """
    Policy(threshold=limit)
    table = loaders.read(path, source=source)
    if table.headless:
        raise FileError("draft.no_headings", file=table.origin.file)
    made = columns(table)
    spoken = vocabulary.language([*(one.title for one in made), *(t for one in made for t in one.common(limit))], lang)
    stem = Path(table.origin.file).stem.replace("_", " ")
    title = stem if identifiers.harmless(stem) and "•" not in stem else i18n.text("draft.title", spoken)
    asked = list(_questions(made, limit, spoken))
    scales = [one.options for one in asked if one.ordered]
    asked = [over(one, options=vocabulary.alike(one.options, scales if one.ordered else ())) for one in asked]
    notes = [finding_sentence(one, lang, Codebook("", {}, ())) for one in table.findings if one.code in _TOLD]
    return Draft(title, conditional(asked, limit), spoken, lang, limit, notes)


def write(made: Draft, path: str | Path, *, replace: bool = False) -> Path:
    """Write the draft where nothing is, or where ``replace`` says so, and read it back."""
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
