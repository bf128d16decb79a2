"""A derived column: it is a field of the dataset's codebook as well, so its words are found the same way."""

from dataclasses import replace
from typing import Any

from rakelab import i18n
from rakelab.codebook import Category, Field
from rakelab.dataset import Dataset
from rakelab.errors import UsageError


def same_words(value: str) -> Category:
    """An option whose words are its value in every language."""
    return Category(value, dict.fromkeys(i18n.LANGUAGES, value))


def with_column(dataset: Dataset, field: Field, column: Any, **more: Any) -> Dataset:
    """``dataset`` with one more column and its field; ``more`` are columns that go with it.

    Raises UsageError where a name is in use: it would be taken for what the form asks.
    """
    book = dataset.codebook.with_field(field)
    for name in (field.name, *more):
        if name in dataset.frame:
            raise UsageError("codebook.name_in_use", field=name, codebook=book.name)
    return replace(dataset, frame=dataset.frame.assign(**{field.name: column, **more}), codebook=book)


def with_replaced(dataset: Dataset, field: Field, column: Any, **more: Any) -> Dataset:
    """``dataset`` with a variable that its codebook has made anew: levels joined, a declared band, agreed themes."""
    frame = dataset.frame.assign(**{field.name: column, **more})
    return replace(dataset, frame=frame, codebook=dataset.codebook.with_replaced(field))
