"""The coded result: a CSV of ids and 0/1, which joins the dataset as multiple choices. It holds no text."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from rakelab import i18n
from rakelab.coding.book import refuse_old, write_new
from rakelab.coding.compare import Compared
from rakelab.coding.faults import SheetError, stop_at
from rakelab.coding.reading import Sheet
from rakelab.coding.texts import Texts, parted, texts_of
from rakelab.coding.themes import NONE, Themes
from rakelab.dataset import ANSWERED, Dataset, option_column
from rakelab.errors import FileError, UsageError
from rakelab.fields import BLANK, MISSING_KINDS, NOT_CONCERNED, Field
from rakelab.indicators.measure.agreement import AGREED, FIRST, SECOND
from rakelab.loaders.encoding import utf8
from rakelab.loaders.reading import opened
from rakelab.names import coded_name, column_parts
from rakelab.prepare.derived import with_column, with_replaced

_ID, _DIGEST = "rivi", "tarkiste"
Marks = Mapping[str, frozenset[str]]


def write_coded(compared: Compared, agreed: Marks, path: Path) -> None:
    """Writes what was agreed and both coders' marks: row, digest, and a 0/1 column for each theme.

    Raises UsageError for another ending than .csv, OutputError where the file is there already.
    """
    first, second = compared.first, compared.second
    _write(path, first, {AGREED: agreed, FIRST: first.marks, SECOND: second.marks})


def write_one_coder(sheet: Sheet, path: Path) -> None:
    """As ``write_coded`` where one person coded alone: there is nothing to agree, and nothing to compare."""
    _write(path, sheet, {AGREED: sheet.marks})


def _write(path: Path, sheet: Sheet, parts: Mapping[str, Marks]) -> None:
    if path.suffix.lower() != ".csv":
        raise UsageError("coding.ending_csv", file=path.name)
    refuse_old([path])
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    names = [option_column(coded_name(sheet.field, part), theme) for part in parts for theme in sheet.themes]
    writer.writerow([_ID, _DIGEST, *names])
    for one in sheet.marks:
        ticks = (int(theme in marks[one]) for marks in parts.values() for theme in sheet.themes)
        writer.writerow([*(parted(one) or ()), *ticks])
    write_new(path, out.getvalue().encode("utf-8-sig"))


@dataclass(frozen=True, repr=False)
class Coded:
    """A coded result read back: marks by part (agreed, coders) and text id."""

    file: str
    themes: tuple[str, ...]
    parts: Mapping[str, Marks]

    def __repr__(self) -> str:
        return f"<Coded {self.file}: {len(self.parts[AGREED])} texts>"


def read_coded(path: str | Path, field: str) -> Coded:
    """The coded result of ``field``. Raises FileError for another file, CodingError with its faults."""
    file = opened(path)
    if file.kind != "text":
        raise FileError("coding.not_coded", file=file.name)
    head, *rows = _rows(utf8(file.data, file.name)[0].decode("utf-8")) or [[]]
    columns = {j: found for j, name in enumerate(head) if (found := _column(name, field))}
    if head[:2] != [_ID, _DIGEST] or not any(part == AGREED for part, _ in columns.values()):
        raise FileError("coding.not_coded", file=file.name)
    odd = tuple(i for i, row in enumerate(rows, 2) if not _sound(row, head))
    stop_at([SheetError("bad_coded", rows=odd, file=file.name)] if odd else [], file.name)
    parts: dict[str, dict[str, frozenset[str]]] = {}
    for part in dict.fromkeys(part for part, _ in columns.values()):
        mine = {j: theme for j, (which, theme) in columns.items() if which == part}
        parts[part] = {f"{row[0]}-{row[1]}": frozenset(t for j, t in mine.items() if row[j] == "1") for row in rows}
    themes = tuple(theme for part, theme in columns.values() if part == AGREED)
    return Coded(file.name, themes, parts)


def _rows(text: str) -> list[list[str]]:
    mark = ";" if ";" in text.partition("\n")[0] else ","
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark) if any(row)]


def _column(name: str, field: str) -> tuple[str, str] | None:
    variable, theme = column_parts(name)
    part = next((one for one in (AGREED, FIRST, SECOND) if variable == coded_name(field, one)), "")
    return (part, theme) if theme and part else None


def _sound(row: list[str], head: list[str]) -> bool:
    return len(row) == len(head) and parted("-".join(row[:2])) is not None and set(row[2:]) <= {"0", "1"}


# --- joining --------------------------------------------------------------------------------------------------


def coded(dataset: Dataset, path: str | Path, *, field: str, themes: Themes) -> Dataset:
    """``dataset`` with multiple choices ``<field>_teema`` (agreed) and, of two coders, ``<field>_koodaaja_a`` and
    ``_b``: their options are the themes and “none of these”. A row without a text is blank. (The ``_teksti`` of a
    field's name is left out: ``ilmio_teksti`` gives ``ilmio_teema``, in the place of such a question on the form.)

    Rows of the result that the dataset has no more are left out. Raises CodingError where a text has no code or
    another digest (another file, or the text was changed), or a theme is not in the list.
    """
    found, texts = read_coded(path, field), texts_of(dataset, field)
    stop_at(list(_misfits(found, texts, themes)), found.file)
    for part, marks in found.parts.items():
        dataset = _joined(dataset, _field(dataset, field, part, themes), texts, marks)
    return dataset


def _misfits(found: Coded, texts: Texts, themes: Themes) -> Iterator[SheetError]:
    known = dict(one for name in found.parts[AGREED] if (one := parted(name)))
    ours = dict(one for name in texts.ids if (one := parted(name)))
    strange = sorted(set(found.themes) - set(themes.ids))
    if strange:
        yield SheetError("theme_not_listed", file=found.file, n_themes=len(strange), list=themes.name)
    absent = tuple(sorted(ours.keys() - known.keys()))
    if absent:
        yield SheetError("not_coded", rows=absent, file=found.file)
    changed = tuple(sorted(row for row in ours.keys() & known.keys() if ours[row] != known[row]))
    if changed:
        yield SheetError("other_text", rows=changed, file=found.file, other=texts.file)


def _field(dataset: Dataset, field: str, part: str, themes: Themes) -> Field:
    title = {
        lang: i18n.text(f"coding.variable.{part}", lang, field=dataset.codebook.title_of(field, lang))
        for lang in i18n.LANGUAGES
    }
    return replace(
        dataset.codebook[field],
        name=coded_name(field, part),
        type="list",
        title=title,
        categories=themes.options,
        sensitivity=themes.sensitivity,
        role="",
        number=0,
        missing=(),
        aliases=(),
        required=False,
        description={},
        of="",
    )


def _joined(dataset: Dataset, field: Field, texts: Texts, marks: Marks) -> Dataset:
    given = {row: marks[one] or {NONE} for row, one in zip(texts.rows, texts.ids, strict=True)}
    per_row = [given.get(int(row)) for row in dataset.frame.index]
    absent = _absent(dataset, field)
    state = pd.Categorical(
        [why if one is None else ANSWERED for one, why in zip(per_row, absent, strict=True)],
        categories=[ANSWERED, *(level for level in field.levels if level not in field.values)],
    )
    ticks = {
        option_column(field.name, option): np.array([one is not None and option in one for one in per_row], dtype=bool)
        for option in field.values
    }
    stale = [name for name in dataset.frame.columns if str(name).startswith(option_column(field.name, ""))]
    dataset = replace(dataset, frame=dataset.frame.drop(columns=stale))
    own = field.name in dataset.codebook and dataset.codebook[field.name].multiple  # the form has a place for it
    add = with_replaced if own else with_column
    return add(dataset, field, pd.Series(state, index=dataset.frame.index), **ticks)


def _absent(dataset: Dataset, field: Field) -> list[str]:
    """Why a row has no theme: the question did not concern it, the leading answer is missing, or it is blank."""
    if field.applies is None:
        return [BLANK] * len(dataset)
    return [_reason(before, field.applies.values) for before in dataset.frame[field.applies.field]]


def _reason(before: str, asked: tuple[str, ...]) -> str:
    return BLANK if before in asked else before if before in MISSING_KINDS else NOT_CONCERNED
