"""Which rows: by a condition, the last one of each person. Every choice becomes a ``Step``."""

import operator
import re

import numpy as np

from rakelab.codebook import MISSING_KINDS, NOT_CONCERNED, Field
from rakelab.dataset import Dataset
from rakelab.errors import UsageError, nearest

_OPERATORS = {
    ">=": operator.ge, "<=": operator.le, "==": operator.eq, "!=": operator.ne, ">": operator.gt, "<": operator.lt,
}  # fmt: skip
_CONDITION = re.compile(r"\s*(\w+)\s*(>=|<=|==|!=|>|<)\s*(.+?)\s*")


def select(dataset: Dataset, condition: str, *, why: str) -> Dataset:
    """The rows that meet ``condition`` (``"ika >= 18 and kunta == 205"``); rows with a missing value do not.

    Raises UsageError for a condition that cannot be read or a variable that the form does not have.
    """
    keep = np.ones(len(dataset), dtype=bool)
    parts = condition.split(" and ")
    for part in parts:
        keep &= _meets(dataset, part)
    return dataset.narrowed(dataset.frame[keep], why, by=[_read(part)[0] for part in parts])


def _read(part: str) -> tuple[str, ...]:
    """Field, sign and value of one condition."""
    read = _CONDITION.fullmatch(part)
    if read is None:
        raise UsageError("prepare.condition", condition=part)
    return read.groups()


def _meets(dataset: Dataset, part: str) -> np.ndarray:
    name, sign, wanted = _read(part)
    field = dataset.codebook[name]
    if name not in dataset.frame:
        raise UsageError("prepare.not_made", field=name)
    column = dataset.frame[name]
    if column.dtype.kind == "f":
        return np.asarray(column.notna() & _OPERATORS[sign](column.to_numpy(), _number(part, wanted)))
    if sign not in {"==", "!="} or field.multiple:
        raise UsageError("prepare.not_ordered", field=name)
    text = column.astype(str)
    return np.asarray(_OPERATORS[sign](text, level_of(field, wanted)) & ~text.isin([NOT_CONCERNED, *MISSING_KINDS]))


def _number(part: str, wanted: str) -> float:
    try:
        return float(wanted)
    except ValueError:
        raise UsageError("prepare.condition", condition=part) from None


def level_of(field: Field, wanted: str) -> str:
    level = wanted.strip("'\"")
    if field.choice and level not in field.values:
        raise UsageError("prepare.no_level", field=field.name, nearest=nearest(level, field.values) or "–")
    return level


def one_per_person(dataset: Dataset, *, why: str = "") -> Dataset:
    """Keeps one row of each person in each period, where the form has a person field; else nothing changes.

    The latest by the form's date field (of one day the later row); where the form or the file has none, the last row of
    the file, and the step says so. ``why`` replaces the step's words. A step before it leaves two rows of each, so that
    the difference of the two is how many people have several.
    """
    person, period = dataset.codebook.role("person"), dataset.codebook.role("period")
    if person is None or person.name not in dataset.frame or dataset.frame[person.name].isna().all():
        return dataset
    within = [person.name] + ([period.name] if period else [])
    day = dataset.codebook.role("date")
    dated = day is not None and day.name in dataset.frame and bool(dataset.frame[day.name].notna().any())
    order = dataset.frame.reset_index(drop=True)  # a row of the file may stand for two measurements
    if day is not None and dated:
        order = order.sort_values(day.name, kind="stable", na_position="first")
    later = order.groupby(within, dropna=False).cumcount(ascending=False).where(order[person.name].notna(), 0)
    kept = {most: (later < most).sort_index().to_numpy() for most in (1, 2)}
    if kept[1].all():
        return dataset
    two = dataset.narrowed(dataset.frame[kept[2]], "prepare.why.two_rows", by=())
    return two.narrowed(dataset.frame[kept[1]], why or ("prepare.why.last" if dated else "prepare.why.last_row"), by=())
