"""Which rows of a table are rows of data: not blank, no notes, no sums, no heading again, no other table below."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from rakelab.dataset import Finding, Severity
from rakelab.errors import FileError
from rakelab.loaders.numbers import reading
from rakelab.loaders.spelling import TOTALS, fold
from rakelab.loaders.table import NUMBER_LIKE, Table

Columns = tuple[pd.Categorical, ...]

#: More columns than this is no form.
WIDEST = 2000
#: How many rows at the end are looked at to find notes below the table, and how many gaps to find another table.
_TAIL, _GAPS = 60, 100
#: A sum is one of so many rows at least, and of so many of them a column is filled that a sum may leave blank.
_FEWEST, _MOST = 3, 0.9
#: A column of so many different texts is of names, codes or stories, and is not searched for words.
_MANY = 50_000


def trimmed(table: Table) -> Table:
    """The table cut to its data: no ghost columns, and no rows that are no data. FileError where none is left."""
    file = table.origin.file
    filled_columns = (heading.text or (column.codes >= 0).any()
                      for heading, column in zip(table.headings, table.columns, strict=True))  # fmt: skip
    table = table.with_columns([i for i, filled in enumerate(filled_columns) if filled])
    if len(table.columns) > WIDEST:
        raise FileError("loaders.file.too_many_columns", file=file, n=len(table.columns), limit=WIDEST)
    if len(table.columns) < (1 if table.labels else 2):  # a column of SPSS is one without others beside it
        raise FileError("loaders.file.no_table", file=file)
    table = _only_data(table) if len(table) else table
    if not len(table):
        raise FileError("loaders.file.no_rows", file=file)
    return table


def _only_data(table: Table) -> Table:
    cells = np.sum([column.codes >= 0 for column in table.columns], axis=0)
    again, notes = _headings_again(table), notes_below(table.columns, cells)
    sums = _sums(table.columns, (cells > 0) & ~notes & ~again)
    texts = [str(column[i]) for column in table.columns for i in np.flatnonzero(notes & (column.codes >= 0))]
    findings = (*table.findings, *_blocks(table, cells, notes | again | sums))
    keep = (cells > 0) & ~notes & ~again & ~sums
    kept = table if keep.all() else replace(table.only(keep), around=(*table.around, *texts))
    kept = replace(kept, findings=tuple(_still(findings, set(kept.rows.tolist()))))
    nameless = [one.codes >= 0 for one, head in zip(table.columns, table.headings, strict=True) if not head.text]
    beside = keep & np.any(nameless, axis=0) if nameless else ~keep & keep
    told = {"notes_skipped": notes, "sums_skipped": sums, "heading_again": again, "cells_beside": beside}
    for code, rows in told.items():
        kept = kept.noted(code, rows=table.rows[rows].tolist()) if rows.any() else kept
    return kept


def _still(findings: tuple[Finding, ...], rows: set[int]) -> Iterator[Finding]:
    """What was found of rows that are still there."""
    for finding in findings:
        left = tuple(row for row in finding.rows if row in rows)
        if left or not finding.rows:
            yield replace(finding, rows=left)


def _headings_again(table: Table) -> np.ndarray:
    """Rows that repeat the headings: two of them or more, and nothing else."""
    same, filled = np.zeros(len(table), dtype=np.int32), np.zeros(len(table), dtype=np.int32)
    for heading, column in zip(table.headings, table.columns, strict=True):
        if len(column.categories) > _MANY:
            continue
        names = [name for name in {heading.text, *heading.names} if name and name in column.categories]
        same += np.isin(column.codes, column.categories.get_indexer(pd.Index(names))) if names else False
        filled += column.codes >= 0
    return np.asarray((same > 1) & (same == filled))


def notes_below(columns: Columns, cells: np.ndarray) -> np.ndarray:
    """Which rows at the end are notes or sums (bool for each row); ``cells`` is how many cells of a row are filled."""
    notes = np.zeros(len(cells), dtype=bool)
    few = max(1, len(columns) // 3)
    for i in range(len(cells) - 1, max(-1, len(cells) - _TAIL), -1):
        looks_like_note = cells[i] <= few and len(columns) > 2 and _unlike_others(columns, i)
        if cells[i] and not looks_like_note and not _is_total(columns[0], i):
            break
        notes[i] = cells[i] > 0
    return notes


def _is_total(column: pd.Categorical, i: int) -> bool:
    return column.codes[i] >= 0 and _totals_word(str(column[i]))


def _totals_word(text: str) -> bool:
    return fold(text).rstrip(":") in TOTALS


#: As they are mostly written: looked up, because a million texts are too many to fold.
_WRITTEN = [form + end for word in TOTALS for form in (word, word.capitalize(), word.upper()) for end in ("", ":")]


def _unlike_others(columns: Columns, i: int) -> bool:
    """The row's texts occur in no other row of their columns, and are words."""
    filled = [column for column in columns if column.codes[i] >= 0]
    return all(_alone(column, i) and not NUMBER_LIKE.match(str(column[i])) for column in filled)


def _alone(column: pd.Categorical, i: int) -> bool:
    return bool((column.codes == column.codes[i]).sum() == 1)


# --- sums -----------------------------------------------------------------------------------------------------


def _sums(columns: Columns, data: np.ndarray) -> np.ndarray:
    """Rows that sum up others: such a word beside numbers only, anywhere; numbers only that add up, first or last."""
    sums = np.zeros(len(data), dtype=bool)
    for i in dict.fromkeys(i for column in columns for i in _with_word(column)):
        sums[i] = data[i] and all(_number_at(column, i) for column in columns if not _is_total(column, i))
    for ends in (1, -1):  # the first rows, then the last
        for i in np.flatnonzero(data)[::ends][:_FEWEST].tolist():
            if not sums[i] and not _adds_up(columns, i, data & ~sums):
                break
            sums[i] = True
    return sums


def _with_word(column: pd.Categorical) -> list[int]:
    if len(column.categories) > _MANY:
        return []
    places = column.categories.get_indexer(pd.Index(_WRITTEN))
    if (places < 0).all():
        return []
    rows = np.flatnonzero(np.isin(column.codes, places[places >= 0])).tolist()
    return rows if len(rows) <= _FEWEST else []


def _number_at(column: pd.Categorical, i: int) -> bool:
    return column.codes[i] < 0 or bool(reading(str(column[i])).values)


def _adds_up(columns: Columns, i: int, data: np.ndarray) -> bool:
    """All that the row holds is the sum (or the mean) of the other rows, and it leaves blank what they have filled."""
    others = data.copy()
    others[i] = False
    if others.sum() < _FEWEST or not all(_number_at(column, i) for column in columns):
        return False
    filled = [column for column in columns if column.codes[i] >= 0]
    lacking = any(column.codes[i] < 0 and (column.codes[others] >= 0).mean() >= _MOST for column in columns)
    return bool(filled) and lacking and all(map(partial(_is_sum_of, i=i, others=others), filled))


def _is_sum_of(column: pd.Categorical, i: int, others: np.ndarray) -> bool:
    read = [reading(text).values for text in column.categories]
    values = np.array([*(one[0] if one else np.nan for one in read), np.nan])[column.codes]
    given = values[others & ~np.isnan(values)]
    if len(given) < 2 or (column.codes[others] >= 0).sum() > len(given):
        return False
    mean = len(set(given.tolist())) > 1 and not float(values[i]).is_integer() and abs(given.mean() - values[i]) < 0.006
    return bool(mean or ((given != 0).sum() > 1 and np.isclose(given.sum(), values[i], rtol=1e-9)))


# --- another table below --------------------------------------------------------------------------------------


def _blocks(table: Table, cells: np.ndarray, nothing: np.ndarray) -> Iterator[Finding]:
    """Rows below a gap that are another table's: they have a heading of their own, or lack what the others have."""
    used = (cells > 0) & ~nothing
    begins = np.flatnonzero(used[1:] & (cells[:-1] == 0)) + 1
    for begin in begins[:_GAPS].tolist():
        blank = np.flatnonzero(cells[begin:] == 0)
        end = begin + int(blank[0]) if len(blank) else len(cells)
        above = used & (np.arange(len(cells)) < begin)
        rows = tuple(table.rows[begin:end][used[begin:end]].tolist())
        if above.any() and len(rows) > 1 and _heads(table.columns, begin, above):
            yield Finding("second_block", rows=rows)
        elif above.sum() >= _FEWEST and any(_stops(column, above, begin, end) for column in table.columns):
            yield Finding("block_apart", rows=rows, severity=Severity.NOTE)


def _stops(column: pd.Categorical, above: np.ndarray, begin: int, end: int) -> bool:
    """The column is filled above, and not in these rows."""
    return bool((column.codes[begin:end] < 0).all() and (column.codes[above] >= 0).mean() >= _MOST)


def _heads(columns: Columns, i: int, above: np.ndarray) -> bool:
    """Words that stand once, two or more; and one of them where the rows above have numbers or few different texts."""
    filled = [column for column in columns if column.codes[i] >= 0]
    if len(filled) < 2 or not _unlike_others(columns, i):
        return False
    return any(_other_kind(column, above) for column in filled)


def _other_kind(column: pd.Categorical, above: np.ndarray) -> bool:
    codes = column.codes[above]
    codes = codes[codes >= 0]
    different = np.unique(codes)[:1000]
    numbers = sum(bool(NUMBER_LIKE.match(str(column.categories[code]))) for code in different)
    return len(codes) > 2 and (numbers >= _MOST * len(different) or 2 * len(np.unique(codes)) <= len(codes))
