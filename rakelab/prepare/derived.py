"""A derived column: it is a field of the dataset's codebook as well, so its words are found the same way."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from rakelab import i18n
from rakelab.codebook import Category, Field
from rakelab.dataset import Dataset, Finding, Severity
from rakelab.errors import UsageError
from rakelab.fields import ANSWERED, MISSING_KINDS


def same_words(value: str) -> Category:
    """An option whose words are its value in every language."""
    return Category(value, dict.fromkeys(i18n.LANGUAGES, value))


def options(values: Iterable[str], key: str) -> tuple[Category, ...]:
    """Options whose words are ``<key>.<value>``."""
    return tuple(Category(value, i18n.label(f"{key}.{value}")) for value in values)


def states(levels: Iterable[str]) -> "pd.Categorical[str]":
    """The column that tells whether a number or a multiple choice was answered, and if not, why."""
    return pd.Categorical(list(levels), categories=[ANSWERED, *MISSING_KINDS])


def with_column(dataset: Dataset, field: Field, column: Any, **more: Any) -> Dataset:
    """``dataset`` with one more column and its field; ``more`` are columns that go with it.

    Raises UsageError where a name is in use: it would be taken for what the form asks.
    """
    book = dataset.codebook.with_field(field)
    for name in (field.name, *more):
        if name in dataset.frame:
            raise UsageError("codebook.name_in_use", field=name, codebook=book.name)
    return replace(dataset, frame=_assigned(dataset.frame, {field.name: column, **more}), codebook=book)


def with_levels(dataset: Dataset, field: Field, levels: Iterable[str]) -> Dataset:
    """``dataset`` with one more single choice."""
    return with_column(dataset, field, pd.Categorical(list(levels), categories=list(field.levels)))


def with_replaced(dataset: Dataset, field: Field, column: Any, **more: Any) -> Dataset:
    """``dataset`` with a variable that its codebook has made anew: levels joined, a declared band, agreed themes."""
    frame = _assigned(dataset.frame, {field.name: column, **more})
    return replace(dataset, frame=frame, codebook=dataset.codebook.with_replaced(field))


def _assigned(frame: pd.DataFrame, columns: dict[str, Any]) -> pd.DataFrame:
    """``frame`` with the columns; new ones all at once, because pandas warns of many columns, and a warning stops a
    report."""
    there = {name: column for name, column in columns.items() if name in frame}
    new = {name: column for name, column in columns.items() if name not in frame}
    whole = frame.assign(**there)
    return pd.concat([whole, pd.DataFrame(new, index=frame.index)], axis=1) if new else whole


def opened(dataset: Dataset, *names: str) -> Dataset:
    """``dataset`` in which the counts of these fields may be told however small: they say nothing of anybody's life."""
    book = dataset.codebook
    for field in (book[name] for name in names):
        book = book.with_replaced(replace(field, open=field.levels))
    return replace(dataset, codebook=book)


def with_finding(dataset: Dataset, code: str, variable: str, *, rows: tuple[int, ...], **values: Any) -> Dataset:
    """The dataset with one more remark, if there are rows that it concerns."""
    finding = Finding(code, variable, rows, Severity.NOTE, values)
    return replace(dataset, findings=(*dataset.findings, finding)) if rows else dataset
