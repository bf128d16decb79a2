"""Which rows: by a condition, the last one of each person, each row once. Every choice becomes a ``Step``."""

import operator
import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from rakelab import i18n
from rakelab.codebook import MISSING_KINDS, NOT_CONCERNED, Field
from rakelab.dataset import Dataset, Severity, Step
from rakelab.errors import UsageError, nearest
from rakelab.loaders import twins
from rakelab.loaders.findings import UnusableFileError
from rakelab.loaders.spelling import fold

_OPERATORS = {
    ">=": operator.ge, "<=": operator.le, "==": operator.eq, "!=": operator.ne, ">": operator.gt, "<": operator.lt,
}  # fmt: skip
_CONDITION = re.compile(r"\s*(\w+)\s*(>=|<=|==|!=|>|<)\s*(.+?)\s*")
#: Rows that stand twice are copies, and one of them is counted; or they are rows of their own.
REMOVE, APART = "poista", "eri"


def each_wanted(wanted: object) -> list[object]:
    """What a parameter chooses: one value is as good as a list of it."""
    return list(wanted) if isinstance(wanted, Iterable) and not isinstance(wanted, str) else [wanted]


def select(dataset: Dataset, condition: str, *, why: str) -> Dataset:
    """The rows that meet ``condition`` (``"ika >= 18 and kunta == 205"``); rows with a missing value do not.

    Raises UsageError for a condition that cannot be read or a variable that the form or the file does not have.
    """
    keep, names = np.ones(len(dataset), dtype=bool), []
    for part in condition.split(" and "):
        parsed = _CONDITION.fullmatch(part)
        if parsed is None:
            raise UsageError("prepare.condition", condition=part)
        keep &= _meets(dataset, part, *parsed.groups())
        names.append(parsed[1])
    return dataset.narrowed(dataset.frame[keep], i18n.reason(why), by=names)


def _meets(dataset: Dataset, part: str, name: str, sign: str, wanted: str) -> np.ndarray:
    field, compare = dataset.codebook[name], _OPERATORS[sign]
    if name not in dataset.frame:
        raise UsageError("prepare.not_made", field=name)
    if not dataset.asked(name):
        raise UsageError("prepare.no_column", field=name)
    column = dataset.frame[name]
    if column.dtype.kind == "f":
        return np.asarray(column.notna() & compare(column.to_numpy(), _number(part, wanted)))
    if sign not in {"==", "!="} or field.multiple:
        raise UsageError("prepare.not_ordered", field=name)
    text = column.astype(str)
    return np.asarray(compare(text, level_of(field, wanted)) & ~text.isin([NOT_CONCERNED, *MISSING_KINDS]))


def _number(part: str, wanted: str) -> float:
    try:
        return float(wanted)
    except ValueError:
        raise UsageError("prepare.condition", condition=part) from None


def level_of(field: Field, wanted: str) -> str:
    """The level of ``field`` that is called ``wanted``: by its code, or by its name in any language."""
    level = wanted.strip("'\"")
    if not field.choice or level in field.values:
        return level
    named = {
        fold(word): one.value for one in reversed(field.categories) for word in (*one.aliases, *one.label.values())
    }
    if fold(level) not in named:
        near = nearest(level, (*field.values, *(word for one in field.categories for word in one.label.values())))
        raise UsageError("prepare.no_level", field=field.name, nearest=near or "–")
    return named[fold(level)]


def one_per_person(dataset: Dataset, *, why: str = "") -> Dataset:
    """Keeps one row of each person in each period, where the form has a person field; else nothing changes.

    The latest by the form's date field (of one day the later row); where the form or the file has none, the last row of
    the file, and the step says so. ``why`` replaces the step's words. A step before it leaves two rows of each, so that
    the difference of the two is how many people have several.
    """
    frame, book = dataset.frame, dataset.codebook
    person, period, day = (book.role(role) for role in ("person", "period", "date"))
    if person is None or person.name not in frame or frame[person.name].isna().all():
        return dataset
    within = [person.name] + ([period.name] if period else [])
    dates = frame[day.name] if day is not None and day.name in frame and frame[day.name].notna().any() else None
    order = frame.reset_index(drop=True)  # a row of the file may stand for two measurements
    if day is not None and dates is not None:
        order = order.sort_values(day.name, kind="stable", na_position="first")
    later = order.groupby(within, dropna=False).cumcount(ascending=False).where(order[person.name].notna(), 0)
    last, two = ((later < most).sort_index().to_numpy() for most in (1, 2))
    if last.all():
        return dataset
    said = why or ("prepare.why.last" if dates is not None else "prepare.why.last_row")
    return dataset.narrowed(frame[two], i18n.Word("prepare.why.two_rows"), by=()).narrowed(
        frame[last], i18n.reason(said), by=()
    )


def each_once(dataset: Dataset, twice: str) -> Dataset:
    """The rows as they were read, if none stands there twice. ``twice`` tells what those are that do: ``poista`` leaves
    the copies out, and of each person keeps the last row of a period; ``eri`` counts all of them.

    Call it before anything else. Raises UnusableFileError, with the rows, where nothing was said; UsageError for
    another word.
    """
    if twice not in ("", REMOVE, APART):
        closest = nearest(twice, (REMOVE, APART)) or REMOVE
        raise UsageError("prepare.twins_word", known=f"{REMOVE}, {APART}", nearest=closest)
    findings = twins.findings(dataset)
    if findings and not twice:
        faults = tuple(replace(finding, severity=Severity.ROW) for finding in findings)
        raise UnusableFileError("prepare.twins", file=dataset.origin.file, findings=faults)
    if twice == APART and findings:
        step = Step(i18n.Word("prepare.why.apart"), len(dataset), len(dataset))
        return replace(dataset, steps=(*dataset.steps, step))
    for find in (twins.rows_again, twins.person_again) if twice == REMOVE else ():
        again = find(dataset)
        if again.any():
            dataset = dataset.narrowed(dataset.frame[~again], i18n.Word("prepare.why.twins"), by=())
    return dataset
