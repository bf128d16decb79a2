"""``examine``: a table of text against a codebook. Every fault of the file is found in one run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from rakelab.codebook import BLANK, MISSING_KINDS, NOT_CONCERNED, Codebook, Field
from rakelab.dataset import Dataset, Finding, Severity
from rakelab.errors import FileError
from rakelab.loaders import twins
from rakelab.loaders.answers import Answers, Column, absent, read_single, row_note
from rakelab.loaders.choices import options
from rakelab.loaders.findings import UnusableFileError
from rakelab.loaders.matching import Places, Plan, plan
from rakelab.loaders.multiple import read_multiple
from rakelab.loaders.spelling import ERRORS, fold
from rakelab.loaders.table import Table
from rakelab.loaders.wide import lengthened
from rakelab.loaders.written import beside, told

_ORDER = (Severity.FILE, Severity.ROW, Severity.NOTE)


@dataclass(frozen=True, repr=False)
class Check:
    """``read == used + set_aside`` rows. ``dataset`` is None and ``error`` is not where the file cannot be used."""

    file: str
    codebook: Codebook
    read: int
    used: int
    set_aside: int
    findings: tuple[Finding, ...] = ()
    dataset: Dataset | None = None
    error: FileError | None = None
    table: Table | None = None

    def __repr__(self) -> str:
        return f"<Check {self.file}: {self.read} read, {self.used} used, {self.set_aside} set aside>"

    @property
    def exit_code(self) -> int:
        """0: every row is usable; 1: some were set aside; 2: the file cannot be used."""
        if self.error is not None:
            return 2
        return 1 if self.set_aside else 0

    @property
    def row_findings(self) -> tuple[Finding, ...]:
        """The findings that set rows aside."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ROW)


@dataclass(frozen=True)
class Loss:
    """What became of the rows of one table: names, counts and row numbers only."""

    file: str
    codebook: Codebook
    read: int
    set_aside: int
    findings: tuple[Finding, ...]


#: What is said of columns, and of texts in them, is for who checks a file, not for each report.
_OF_COLUMNS = ("column_absent", "unmatched_column", "option_column_absent", "metadata_dropped", "unknown_texts")
#: Of every table validated in this process, in order. ``rakelab report`` runs a notebook in a process of its own.
LOSSES: list[Loss] = []


def validate(table: Table, codebook: Codebook) -> Dataset:
    """Typed rows. Rows that break a rule are set aside with a finding; ``read == len(dataset) + set_aside``.

    Raises UnusableFileError, with all findings, where the columns do not fit the codebook or no row is usable.
    """
    return taken(examine(table, codebook))


def taken(check: Check) -> Dataset:
    """The rows of a file that can be used; what became of the others is kept. Raises the error of one that cannot."""
    if check.error is not None or check.dataset is None:
        raise check.error or UnusableFileError("loaders.file.unusable", file=check.file)
    told = tuple(finding for finding in check.findings if finding.code not in _OF_COLUMNS)
    LOSSES.append(Loss(check.file, check.codebook, check.read, check.set_aside, told))
    return check.dataset


def examine(table: Table, codebook: Codebook) -> Check:
    """As ``validate``, but the error is told and not raised."""
    given, table = table, lengthened(table, codebook)
    columns = plan(table, codebook)
    coded = replace(codebook, missing=codebook.missing + table.source.missing)
    answers = {field.name: _answers(field, columns.places[field.name], table, coded) for field in codebook.fields}
    answers = _blanked(_conditions(answers, codebook), codebook)
    answers |= {field.name: absent(field, len(table)) for field in codebook.removed if field.name not in answers}
    wrong = np.logical_or.reduce([answer.wrong for answer in answers.values()])
    for finding in table.findings:
        if finding.severity is Severity.ROW:
            wrong |= np.isin(table.rows, finding.rows)
    unsorted = (
        *table.findings,
        *columns.findings,
        *_unversioned(answers, codebook, table.rows),
        *(finding for answer in answers.values() for finding in _row_findings(answer, table.rows)),
    )
    findings = tuple(sorted(unsorted, key=lambda finding: _ORDER.index(finding.severity)))
    file, read, gone = table.origin.file, len(table), int(wrong.sum())
    if key := _error_key(columns, wrong, findings):
        error = UnusableFileError(key, file=file, findings=findings, n=read)
        return Check(file, codebook, read, 0, read, findings, error=error, table=given)
    dataset = Dataset(_frame(table, answers, ~wrong), _offered(codebook, findings), table.origin, read, gone, findings)
    findings += twins.findings(dataset)
    return Check(file, codebook, read, read - gone, gone, findings, replace(dataset, findings=findings), table=given)


def _offered(codebook: Codebook, findings: tuple[Finding, ...]) -> Codebook:
    """The form without the options that have no column where the others have: nobody could tick them."""
    absent = {one.variable: one.values["options"] for one in findings if one.code == "option_column_absent"}
    fields = (
        replace(field, categories=tuple(o for o in field.categories if o.value not in absent[field.name]))
        if field.name in absent
        else field
        for field in codebook.fields
    )
    return replace(codebook, fields=tuple(fields)) if absent else codebook


def _error_key(columns: Plan, wrong: np.ndarray, findings: tuple[Finding, ...]) -> str:
    if not columns.matched:
        return "loaders.file.no_columns_match"
    if columns.strange:
        return "loaders.file.other_kind"
    if any(finding.severity is Severity.FILE for finding in findings):
        return "loaders.file.unusable"
    return "loaders.file.no_usable_rows" if wrong.all() else ""


def _answers(field: Field, places: Places, table: Table, codebook: Codebook) -> Answers:
    columns = {i: _column(table, i, field, codebook) for i in places.columns}
    if not columns:
        return absent(field, len(table))
    answers = told(_read(field, columns, places, table), codebook)
    failing = [one for one in columns.values() if any(map(_is_error, one.texts))]
    if not failing:
        return answers
    failed = np.logical_or.reduce([one.per_row(map(_is_error, one.texts), False, bool) for one in failing])
    return replace(answers, notes=(row_note("error_cells", field.name, failed), *answers.notes))


def _is_error(text: str) -> bool:
    return text[:1] in "#Ee" and fold(text) in ERRORS


def _read(field: Field, columns: Mapping[int, Column], places: Places, table: Table) -> Answers:
    written = [columns[i] for i in places.written]
    if field.multiple:
        whole = [columns[i] for i in places.whole]
        by_option = [(option, columns[i]) for option, i in places.options.items()]
        by_option += [(field.catch_all, column) for column in written]
        return read_multiple(field, whole, by_option, table.source.separator)
    first = columns[(*places.whole, *places.written)[0]]
    answers = read_single(field, first, table.source.decimal, since_1904=table.since_1904)
    if places.whole and written:
        answers = beside(answers, written)
    blank = ~answers.answered & ~answers.wrong
    if field.weight and answers.values is not None:
        return replace(answers, faults={**answers.faults, "no_weight": blank | (answers.values <= 0)})
    if field.required and blank.any():
        return replace(answers, faults={**answers.faults, "required_blank": blank})
    return answers


def _column(table: Table, position: int, field: Field, codebook: Codebook) -> Column:
    column = table.columns[position]
    texts = options(field, codebook, table.labels.get(position), table.source.values.get(field.name))
    return Column(column.codes.astype(np.intp), column.categories.tolist(), texts)


def _conditions(read: Mapping[str, Answers], codebook: Codebook) -> dict[str, Answers]:
    """Questions that do not concern the person: blank becomes “not concerned”, an answer is a fault. Of whom it is not
    known whether the question concerns them, blank becomes the leading question's own kind of missing."""
    done = dict(read)
    for field in codebook.fields:
        if field.applies and done[field.name].asked:
            done[field.name] = _concerned(done[field.name], done[field.applies.field], field.applies.values)
    return done


def _concerned(answers: Answers, leading: Answers, values: tuple[str, ...]) -> Answers:
    met, known = _met(leading, values)
    levels, answered, wrong = answers.levels, answers.answered, answers.wrong
    blank = (answers.state == levels.index(BLANK)) | ((answers.state == 0) & ~answered)
    kinds = [levels.index(level if level in MISSING_KINDS else BLANK) for level in leading.levels]
    passed = np.where(known, levels.index(NOT_CONCERNED), np.array(kinds)[leading.state])
    state = np.where(~met & blank & ~wrong, passed, answers.state).astype(np.int16)
    against = answered & known & ~met & ~wrong
    faults = {**answers.faults, "not_concerned_answered": against} if against.any() else answers.faults
    return replace(answers, state=state, faults=faults, notes=tuple(_still_true(answers, state)))


def _met(leading: Answers, values: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Rows where the condition holds, and rows where it is known whether it does."""
    levels = leading.levels
    outside = leading.state == (levels.index(NOT_CONCERNED) if NOT_CONCERNED in levels else -1)
    if leading.field.multiple:
        return np.logical_or.reduce([leading.ticks[value] for value in values]), (leading.state == 0) | outside
    met = np.isin(leading.state, [levels.index(value) for value in values])
    return met, leading.answered | outside


def _still_true(answers: Answers, state: np.ndarray) -> Iterator[Finding]:
    """“Nothing ticked” is no remark where the question does not concern."""
    for note in answers.notes:
        rows = tuple(row for row in note.rows if note.code != "nothing_ticked" or state[row] == 0)
        if rows or not note.rows:
            yield replace(note, rows=rows)


def _blanked(read: Mapping[str, Answers], codebook: Codebook) -> dict[str, Answers]:
    """An answer that an instrument's item cannot have becomes blank: the person's other answers stay in use."""
    done = dict(read)
    for name in (item.name for used in codebook.instruments for item in used.fields() if not item.choice):
        answers = done[name]
        if answers.values is not None and answers.field.numeric and answers.faults:
            limits = {"low": answers.field.minimum, "high": answers.field.maximum}
            note = row_note("item_blanked", name, answers.wrong, **limits)
            done[name] = replace(answers, faults={}, notes=(*answers.notes, note))
    return done


def _unversioned(read: Mapping[str, Answers], codebook: Codebook, rows: np.ndarray) -> Iterator[Finding]:
    """Answers to an instrument whose versions mean different things by the same numbers, on rows without a version."""
    for used in codebook.instruments:
        if used.editions:
            version = read[used.edition_column]
            some = np.logical_or.reduce([read[used.column(item.number)].answered for item in used.items])
            lacking = some & ~version.answered & ~version.wrong
            if lacking.any():
                values = {"options": tuple(edition.value for edition in used.editions)}
                yield Finding("no_edition", used.edition_column, _numbers(rows[lacking]), Severity.FILE, values)


def _row_findings(answers: Answers, rows: np.ndarray) -> Iterator[Finding]:
    """The notes and faults of one variable, with row numbers of the file."""
    for note in answers.notes:
        yield replace(note, rows=tuple(rows[list(note.rows)].tolist()))
    for code, mask in answers.faults.items():
        limits = {"low": answers.field.minimum, "high": answers.field.maximum} if code == "out_of_range" else {}
        yield Finding(code, answers.field.name, _numbers(rows[mask]), Severity.ROW, limits)


def _numbers(rows: np.ndarray) -> tuple[int, ...]:
    """Each once: a row of the file may stand for two measurements."""
    return tuple(dict.fromkeys(rows.tolist()))


def _frame(table: Table, answers: Mapping[str, Answers], keep: np.ndarray) -> pd.DataFrame:
    columns = {name: column for answer in answers.values() for name, column in answer.columns().items()}
    frame = pd.DataFrame(columns, copy=False)
    frame.index = pd.Index(np.asarray(table.rows, dtype=np.int64), name="rivi")
    return frame if keep.all() else frame.loc[keep]
