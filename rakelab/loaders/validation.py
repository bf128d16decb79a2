"""``validate``: a table of text against a codebook. Every fault of the file is found in one run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from rakelab.codebook import BLANK, MISSING_KINDS, NOT_CONCERNED, Codebook, Field
from rakelab.dataset import Dataset, Finding, RawTable, Severity
from rakelab.errors import FileError
from rakelab.loaders import twins
from rakelab.loaders.answers import Answers, Column, absent, answered, levels_of, read_one
from rakelab.loaders.body import Heading
from rakelab.loaders.choices import options
from rakelab.loaders.columns import parts
from rakelab.loaders.faults import UnusableFileError
from rakelab.loaders.matching import Places, plan
from rakelab.loaders.multiple import read_multiple
from rakelab.loaders.sources import Source
from rakelab.loaders.wide import lengthened

_ORDER = (Severity.FILE, Severity.ROW, Severity.NOTE)


@dataclass(frozen=True, repr=False)
class Examined:
    """What became of a table: a dataset or an error, and every finding either way."""

    findings: tuple[Finding, ...]
    read: int
    set_aside: int
    dataset: Dataset | None = None
    error: FileError | None = None


@dataclass(frozen=True)
class Loss:
    """What became of the rows of one table: names, counts and row numbers only."""

    file: str
    codebook: Codebook
    read: int
    set_aside: int
    findings: tuple[Finding, ...]


#: Of every table validated in this process, in order. ``rakelab report`` runs a notebook in a process of its own.
LOSSES: list[Loss] = []


def _of_rows(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.severity is Severity.ROW)


def validate(raw: RawTable, codebook: Codebook) -> Dataset:
    """Typed rows. Rows that break a rule are set aside with a finding; ``read == len(dataset) + set_aside``.

    Raises UnusableFileError, with all findings, where the columns do not fit the codebook or no row is usable.
    """
    found = examine(raw, codebook)
    if found.error is not None:
        raise found.error
    assert found.dataset is not None
    LOSSES.append(Loss(raw.origin.file, codebook, found.read, found.set_aside, _of_rows(found.findings)))
    return found.dataset


def examine(raw: RawTable, codebook: Codebook) -> Examined:
    """As ``validate``, but the error is told and not raised."""
    source: Source = raw.details.get("source", Source())
    raw = lengthened(raw, codebook, _headings(raw))
    headings = _headings(raw)
    columns = plan(headings, codebook, source)
    findings = [*raw.findings, *columns.findings]
    read = {one.name: _answers(one, columns.places[one.name], raw, codebook) for one in codebook.fields}
    read = _blanked(_conditions(read, codebook), codebook)
    rows = np.asarray(raw.rows, dtype=np.int64)
    findings += _unversioned(read, codebook, rows)
    for one in read.values():
        findings += [replace(note, rows=tuple(rows[list(note.rows)].tolist())) for note in one.notes]
        findings += [_row_finding(code, one.field, rows[mask]) for code, mask in one.faults.items()]
    aside = _set_aside(raw, read.values(), rows)
    findings = sorted(findings, key=lambda finding: _ORDER.index(finding.severity))
    return _outcome(raw, codebook, (read, aside, tuple(findings), columns.matched))


def _outcome(
    raw: RawTable, codebook: Codebook, found: tuple[Mapping[str, Answers], np.ndarray, tuple[Finding, ...], int]
) -> Examined:
    read, aside, findings, matched = found
    count = len(aside)
    key = _error_key(matched, aside, findings)
    if key:
        error = UnusableFileError(key, file=raw.origin.file, findings=findings, n=count)
        return Examined(findings, count, count, error=error)
    frame = _frame(raw, read, ~aside)
    gone = int(aside.sum())
    made = Dataset(frame, codebook, raw.origin, count, gone)
    findings += twins.findings(made)
    return Examined(findings, count, gone, replace(made, findings=findings))


def _error_key(matched: int, aside: np.ndarray, findings: tuple[Finding, ...]) -> str:
    if not matched:
        return "loaders.file.no_columns_match"
    if any(finding.severity is Severity.FILE for finding in findings):
        return "loaders.file.unusable"
    return "loaders.file.no_usable_rows" if aside.all() else ""


def _headings(raw: RawTable) -> tuple[Heading, ...]:
    own = raw.details.get("headings")
    return own or tuple(Heading(str(name), i, (str(name),)) for i, name in enumerate(raw.frame.columns))


def _answers(one: Field, places: Places, raw: RawTable, codebook: Codebook) -> Answers:
    source: Source = raw.details.get("source", Source())
    columns = {i: _column(one, i, raw, codebook) for i in places.columns}
    if not columns:
        return absent(one, len(raw.frame))
    if one.multiple:
        whole = [columns[i] for i in places.whole]
        by_option = {option: columns[i] for option, i in places.options.items()}
        return read_multiple(one, whole, by_option, source.separator)
    found = read_one(one, columns[places.whole[0]], codebook, source.decimal)
    return _required(found) if one.required else found


def _column(one: Field, position: int, raw: RawTable, codebook: Codebook) -> Column:
    labels = raw.details.get("labels", {}).get(position)
    return Column(*parts(raw.frame.iloc[:, position]), options(one, codebook, labels))


def _required(found: Answers) -> Answers:
    wrong = np.logical_or.reduce([*found.faults.values(), np.zeros(len(found.state), dtype=bool)])
    blank = ~answered(found) & ~wrong
    return replace(found, faults={**found.faults, "required_blank": blank}) if blank.any() else found


def _conditions(read: Mapping[str, Answers], codebook: Codebook) -> dict[str, Answers]:
    """Questions that do not concern the person: blank becomes “not concerned”, an answer is a fault. Of whom it is not
    known whether the question concerns them, blank becomes the leading question's own kind of missing."""
    done = dict(read)
    for one in codebook.fields:
        if one.applies and done[one.name].asked:
            done[one.name] = _concerned(done[one.name], done[one.applies.field])
    return done


def _concerned(found: Answers, target: Answers) -> Answers:
    assert found.field.applies is not None
    met, known = _met(target, found.field.applies.values)
    levels = levels_of(found.field)
    holds, wrong = answered(found), np.logical_or.reduce([*found.faults.values(), np.zeros(len(met), dtype=bool)])
    blank = (found.state == levels.index(BLANK)) | ((found.state == 0) & ~holds)
    passed = np.where(known, np.int16(levels.index(NOT_CONCERNED)), _missing_as(target, levels))
    state = np.where(~met & blank & ~wrong, passed, found.state)
    against = holds & known & ~met & ~wrong
    faults = {**found.faults, "not_concerned_answered": against} if against.any() else found.faults
    return replace(found, state=state, faults=faults, notes=_still(found, state))


def _missing_as(target: Answers, levels: tuple[str, ...]) -> np.ndarray:
    """The kind of missing of another question, as places among ``levels``."""
    of = {level: i for i, level in enumerate(levels)}
    places = [of[level] if level in MISSING_KINDS else of[BLANK] for level in levels_of(target.field)]
    return np.array(places, dtype=np.int16)[target.state]


def _still(found: Answers, state: np.ndarray) -> tuple[Finding, ...]:
    """“Nothing ticked” is no remark where the question does not concern."""
    kept = []
    for note in found.notes:
        rows = tuple(row for row in note.rows if note.code != "nothing_ticked" or state[row] == 0)
        if rows or not note.rows:
            kept.append(replace(note, rows=rows))
    return tuple(kept)


def _met(target: Answers, values: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Rows where the condition holds, and rows where it is known whether it does."""
    levels = levels_of(target.field)
    outside = levels.index(NOT_CONCERNED) if NOT_CONCERNED in levels else -1
    if target.field.multiple:
        met = np.logical_or.reduce([target.ticks[value] for value in values])
        known = (target.state == 0) | (target.state == outside)
        return met, known
    met = np.isin(target.state, [levels.index(value) for value in values])
    return met, answered(target) | (target.state == outside)


def _blanked(read: Mapping[str, Answers], codebook: Codebook) -> dict[str, Answers]:
    """An answer that an instrument's item cannot have becomes blank: the person's other answers stay in use."""
    items = {one.name for used in codebook.instruments for one in used.fields() if not one.choice}
    numbers = {name for name in items if read[name].values is not None and codebook[name].type in ("integer", "number")}
    return {name: _blank(one) if name in numbers and one.faults else one for name, one in read.items()}


def _blank(found: Answers) -> Answers:
    wrong = np.flatnonzero(np.logical_or.reduce([*found.faults.values()]))
    limits = {"low": found.field.minimum, "high": found.field.maximum}
    note = Finding("item_blanked", found.field.name, tuple(wrong.tolist()), Severity.NOTE, limits)
    return replace(found, faults={}, notes=(*found.notes, note))


def _unversioned(read: Mapping[str, Answers], codebook: Codebook, rows: np.ndarray) -> Iterable[Finding]:
    """Answers to an instrument whose versions mean different things by the same numbers, on rows without a version."""
    for used in codebook.instruments:
        if used.editions:
            version = read[used.edition_column]
            some = np.logical_or.reduce([answered(read[used.column(one.number)]) for one in used.items])
            told = np.logical_or.reduce([answered(version), *version.faults.values()])
            if (some & ~told).any():
                options = {"options": tuple(one.value for one in used.editions)}
                lacking = tuple(dict.fromkeys(rows[some & ~told].tolist()))
                yield Finding("no_edition", used.edition_column, lacking, Severity.FILE, options)


def _row_finding(code: str, one: Field, rows: np.ndarray) -> Finding:
    values = {"low": one.minimum, "high": one.maximum} if code == "out_of_range" else {}
    # a row of the file may stand for two measurements
    return Finding(code, one.name, tuple(dict.fromkeys(rows.tolist())), Severity.ROW, values)


def _set_aside(raw: RawTable, read: Iterable[Answers], rows: np.ndarray) -> np.ndarray:
    aside = np.zeros(len(rows), dtype=bool)
    for one in read:
        for mask in one.faults.values():
            aside |= mask
    for finding in raw.findings:
        if finding.severity is Severity.ROW:
            aside |= np.isin(rows, finding.rows)
    return aside


def _frame(raw: RawTable, read: Mapping[str, Answers], keep: np.ndarray) -> pd.DataFrame:
    columns = {name: column for one in read.values() for name, column in one.columns().items()}
    frame = pd.DataFrame(columns, copy=False)
    frame.index = pd.Index(np.asarray(raw.rows, dtype=np.int64), name="rivi")
    return frame if keep.all() else frame.loc[keep]
