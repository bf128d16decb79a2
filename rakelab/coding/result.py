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
from rakelab.coding.faults import SheetError, faults_by_row, stop_at
from rakelab.coding.reading import Sheet
from rakelab.coding.texts import Texts, digests, parted, texts_of
from rakelab.coding.themes import NONE, Themes
from rakelab.dataset import ANSWERED, Dataset, option_column
from rakelab.errors import FileError, UsageError
from rakelab.fields import BLANK, MISSING_KINDS, NOT_CONCERNED, Field
from rakelab.indicators.measure.agreement import AGREED, FIRST, SECOND
from rakelab.indicators.measure.masks import members
from rakelab.loaders.encoding import utf8
from rakelab.loaders.reading import opened
from rakelab.names import coded_name
from rakelab.population import SENSITIVE
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
    for text_id in sheet.marks:
        ticks = (int(theme in marks[text_id]) for marks in parts.values() for theme in sheet.themes)
        writer.writerow([*(parted(text_id) or ()), *ticks])
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
    head, *rows = _rows(utf8(file.data, file.name)[0].decode("utf-8")) if file.kind == "text" else [[]]
    columns: dict[str, dict[int, str]] = {}
    for j, (variable, _, theme) in enumerate(name.partition(":") for name in head):
        part = next((part for part in (AGREED, FIRST, SECOND) if variable == coded_name(field, part)), "")
        if part and theme:
            columns.setdefault(part, {})[j] = theme
    if head[:2] != [_ID, _DIGEST] or AGREED not in columns:
        raise FileError("coding.not_coded", file=file.name)
    bad = [i for i, row in enumerate(rows, 2) if not _sound(row, head)]
    stop_at(list(faults_by_row("bad_coded", bad, file=file.name)), file.name)
    parts = {
        part: {f"{row[0]}-{row[1]}": frozenset(theme for j, theme in themes.items() if row[j] == "1") for row in rows}
        for part, themes in columns.items()
    }
    return Coded(file.name, tuple(columns[AGREED].values()), parts)


def _rows(text: str) -> list[list[str]]:
    mark = ";" if ";" in text.partition("\n")[0] else ","
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark) if any(row)] or [[]]


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
    result, texts = read_coded(path, field), texts_of(dataset, field)
    stop_at(list(_misfits(result, texts, themes)), result.file)
    for part, marks in result.parts.items():
        dataset = _joined(dataset, _field(dataset, field, part, themes), texts, marks)
    return dataset


def _misfits(result: Coded, texts: Texts, themes: Themes) -> Iterator[SheetError]:
    coded_rows, ours = digests(result.parts[AGREED]), digests(texts.ids)
    strange = set(result.themes) - set(themes.ids)
    if strange:
        yield SheetError("theme_not_listed", file=result.file, n_themes=len(strange), list=themes.name)
    yield from faults_by_row("not_coded", ours.keys() - coded_rows.keys(), file=result.file)
    changed = [row for row in ours.keys() & coded_rows.keys() if ours[row] != coded_rows[row]]
    yield from faults_by_row("other_text", changed, file=result.file, other=texts.file)


def _field(dataset: Dataset, name: str, part: str, themes: Themes) -> Field:
    text = dataset.codebook[name]
    return Field(
        name=coded_name(name, part),
        type="list",
        title=i18n.label(f"coding.variable.{part}", field=text.title),
        categories=themes.options,
        sensitivity=themes.sensitivity or (text.sensitivity if text.sensitivity in SENSITIVE else ""),
        threshold=text.threshold,
        origin=text.origin,
        applies=text.applies,
        open=text.open,
    )


def _joined(dataset: Dataset, field: Field, texts: Texts, marks: Marks) -> Dataset:
    given = {row: marks[text_id] or {NONE} for row, text_id in zip(texts.rows, texts.ids, strict=True)}
    per_row = [given.get(int(row)) for row in dataset.frame.index]
    levels = [why if ticked is None else ANSWERED for ticked, why in zip(per_row, _absent(dataset, field), strict=True)]
    state = pd.Series(pd.Categorical(levels, categories=list(field.states)), index=dataset.frame.index)
    ticks = {
        option_column(field.name, option): np.array([option in (ticked or ()) for ticked in per_row], dtype=bool)
        for option in field.values
    }
    stale = [name for name in dataset.frame.columns if str(name).startswith(option_column(field.name, ""))]
    dataset = replace(dataset.made_anew(field.name), frame=dataset.frame.drop(columns=stale))
    own = field.name in dataset.codebook and dataset.codebook[field.name].multiple  # the form has a place for it
    return (with_replaced if own else with_column)(dataset, field, state, **ticks)


def _absent(dataset: Dataset, field: Field) -> list[str]:
    """Why a row has no theme: the question did not concern it, the leading answer is missing, or it is blank."""
    if field.applies is None:
        return [BLANK] * len(dataset)
    leading = dataset.codebook[field.applies.field]
    met = np.logical_or.reduce([has for _, has in members(dataset, leading, field.applies.values)])
    missing = dataset.frame[leading.name].isin(MISSING_KINDS)
    rows = zip(met, missing, dataset.frame[leading.name], strict=True)
    return [BLANK if asked else kind if lacks else NOT_CONCERNED for asked, lacks, kind in rows]
