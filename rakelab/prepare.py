"""Adds columns and chooses rows. Every choice of rows becomes a ``Step`` that the report tells.

Inside the wall. A derived column is a field of the dataset's codebook as well, so its words are found the same way.
"""

import operator
import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from rakelab import i18n
from rakelab.codebook import MISSING_KINDS, Category, Field
from rakelab.dataset import ANSWERED, Dataset, option_column, state_column
from rakelab.errors import CodebookError, UsageError, nearest

#: Accumulation is counted up to this; the last class is open.
MOST = 5

_OPERATORS = {
    ">=": operator.ge, "<=": operator.le, "==": operator.eq, "!=": operator.ne, ">": operator.gt, "<": operator.lt,
}  # fmt: skip
_CONDITION = re.compile(r"\s*(\w+)\s*(>=|<=|==|!=|>|<)\s*(.+?)\s*")


def select(dataset: Dataset, condition: str, *, why: str) -> Dataset:
    """The rows that meet ``condition`` (``"ika >= 18 and kunta == 205"``); rows with a missing value do not.

    Raises UsageError for a condition that cannot be read or a variable that the form does not have.
    """
    keep = np.ones(len(dataset), dtype=bool)
    for part in condition.split(" and "):
        keep &= _meets(dataset, part)
    return dataset.narrowed(dataset.frame[keep], why)


def _meets(dataset: Dataset, part: str) -> np.ndarray:
    read = _CONDITION.fullmatch(part)
    if read is None:
        raise UsageError("prepare.condition", condition=part)
    name, sign, wanted = read.groups()
    column = dataset.frame[dataset.codebook[name].name]
    if column.dtype.kind == "f":
        return _OPERATORS[sign](column.to_numpy(), float(wanted))
    if sign not in {"==", "!="}:
        raise UsageError("prepare.not_ordered", field=name)
    return _OPERATORS[sign](column.astype(str).to_numpy(), wanted.strip("'\""))


def periods(dataset: Dataset, wanted: Iterable[int] = ()) -> Dataset:
    """The period field (year) as groups; with ``wanted``, only those years.

    Raises UsageError when a wanted year has no rows, or the form has no period.
    """
    field = dataset.codebook.role("period")
    if field is None:
        raise UsageError("prepare.no_period", codebook=dataset.codebook.name)
    years = dataset.frame[field.name]
    wanted = [int(year) for year in wanted]
    known = {int(year) for year in years.dropna().unique()}
    absent = [str(year) for year in wanted if year not in known]
    if absent:
        raise UsageError("prepare.no_such_period", periods=", ".join(absent), known=", ".join(map(str, sorted(known))))
    if wanted:
        kept = dataset.frame[years.isin(wanted)]
        dataset = dataset.narrowed(kept, ", ".join(map(str, wanted)))
    return _as_groups(dataset, field)


def _as_groups(dataset: Dataset, field: Field) -> Dataset:
    """A whole-number field turned into groups, one level for each value found."""
    numbers = dataset.frame[field.name]
    found = sorted({str(int(value)) for value in numbers.dropna().unique()})
    text = numbers.astype("Int64").astype("string")
    state = dataset.frame[state_column(field.name)].astype("string")
    groups = replace(field, type="string", categories=tuple(_same_words(value) for value in found), ordered=True)
    column = pd.Categorical(text.where(text.notna(), state), categories=list(groups.levels))
    return _with(dataset, groups, column)


def _same_words(value: str) -> Category:
    return Category(value, dict.fromkeys(i18n.LANGUAGES, value))


def _with(dataset: Dataset, field: Field, column: pd.Categorical) -> Dataset:
    frame = dataset.frame.assign(**{field.name: column})
    return replace(dataset, frame=frame, codebook=dataset.codebook.with_field(field))


def bands(dataset: Dataset, *names: str) -> Dataset:
    """Adds bands that the codebook declares (``ikaryhma``). A number in no band is a CodebookError of the form."""
    for name in names:
        dataset = _band(dataset, dataset.codebook[name])
    return dataset


def _band(dataset: Dataset, field: Field) -> Dataset:
    numbers = dataset.frame[field.of].to_numpy(dtype=float)
    codes = np.full(len(numbers), -1)
    for i, option in enumerate(field.categories):
        low = -np.inf if option.minimum is None else option.minimum
        high = np.inf if option.maximum is None else option.maximum
        codes[(numbers >= low) & (np.floor(numbers) <= high)] = i
    missing = dataset.frame[state_column(field.of)].astype(str).to_numpy()
    for i, kind in enumerate(MISSING_KINDS, len(field.categories)):
        codes[missing == kind] = i
    if (codes < 0).any():
        raise CodebookError("prepare.no_band", field=field.name, n=int((codes < 0).sum()))
    return _with(dataset, field, pd.Categorical.from_codes(codes, categories=list(field.levels)))


def accumulation(dataset: Dataset, variable: str) -> Dataset:
    """Adds ``<variable>_maara``: how many options of a multi-choice field a person has (0, 1 … 5 or more).

    Exclusive options (“none of these”) count as zero; a missing answer stays missing.
    """
    field = dataset.codebook[variable]
    counted = [option.value for option in field.categories if not option.exclusive]
    sums = sum(dataset.frame[option_column(variable, value)].to_numpy(dtype=int) for value in counted)
    classes = tuple(str(i) for i in range(MOST)) + (f"{MOST}-",)
    levels = (*classes, *MISSING_KINDS)
    codes = np.minimum(np.asarray(sums), MOST)
    state = dataset.frame[variable].astype(str).to_numpy()
    for i, kind in enumerate(MISSING_KINDS, len(classes)):
        codes = np.where(state == kind, i, codes)
    derived = replace(
        field,
        name=f"{variable}_maara",
        type="string",
        title={lang: i18n.text("prepare.accumulation", lang, title=field.title[lang]) for lang in i18n.LANGUAGES},
        categories=tuple(_class_words(value) for value in classes),
        ordered=True,
        missing=(),
    )
    return _with(dataset, derived, pd.Categorical.from_codes(codes, categories=list(levels)))


def _class_words(value: str) -> Category:
    if value.endswith("-"):
        words = {lang: i18n.text("prepare.or_more", lang, n=value[:-1]) for lang in i18n.LANGUAGES}
        return Category(value, words)
    return _same_words(value)


def merge(dataset: Dataset, variable: str, levels: Iterable[str], *, into: str) -> Dataset:
    """The same variable with several ``levels`` as one (a smaller table that shows more). ``into`` names it."""
    field = dataset.codebook[variable]
    merged = list(levels)
    unknown = [level for level in merged if level not in field.values]
    if unknown:
        raise UsageError("prepare.no_level", field=variable, nearest=nearest(unknown[0], field.values) or "–")
    words = {lang: i18n.listing([field_label(field, level, lang) for level in merged], lang) for lang in i18n.LANGUAGES}
    kept = tuple(option for option in field.categories if option.value not in merged)
    made = replace(field, categories=(*kept, Category(into, words)))
    column = dataset.frame[variable].astype(object)
    column = column.where(~column.isin(merged), into)
    return _with(dataset, made, pd.Categorical(column, categories=list(made.levels)))


def large_groups(dataset: Dataset, variable: str, *, at_least: int, rest: str) -> Dataset:
    """The same variable with its small groups (and kinds of missing) joined to the level ``rest``, in place.

    A group of fewer than ``at_least`` rows could show next to nothing, and would drag its neighbours with it. While
    the joined group itself is too small, the next smallest joins it; in the end there may be one group.
    """
    sizes = dataset.frame[variable].astype(str).value_counts()
    joined = [level for level in sizes.index if sizes[level] < at_least and level != rest]
    others = [level for level in sizes.sort_values(kind="stable").index if level not in (*joined, rest)]
    while 0 < sizes.reindex([rest, *joined]).sum() < at_least and others:
        joined.append(others.pop(0))
    return _joined(dataset, variable, joined, rest) if joined else dataset


def _joined(dataset: Dataset, variable: str, joined: list[str], rest: str) -> Dataset:
    field = dataset.codebook[variable]
    has_rest = (dataset.frame[variable] == rest).any()
    named = [level for level in field.levels if level in joined or (level == rest and has_rest)]
    words = {lang: i18n.listing([dataset.codebook.label(variable, x, lang) for x in named], lang) for lang in i18n.LANGUAGES}
    kept = tuple(option for option in field.categories if option.value not in (*joined, rest))
    made = replace(field, categories=(*kept, Category(rest, words)))
    column = dataset.frame[variable].astype(object)
    return _with(dataset, made, pd.Categorical(column.where(~column.isin(joined), rest), categories=list(made.levels)))


def field_label(field: Field, level: str, lang: str) -> str:
    """The words of one option."""
    return next(option.label[lang] for option in field.categories if option.value == level)


def one_per_person(dataset: Dataset, *, why: str) -> Dataset:
    """Keeps the last row of each person in each period, where the form has a person field; else nothing changes."""
    person, period = dataset.codebook.role("person"), dataset.codebook.role("period")
    if person is None or person.name not in dataset.frame or dataset.frame[person.name].isna().all():
        return dataset
    within = [person.name] + ([period.name] if period else [])
    doubled = dataset.frame.duplicated(within, keep="last") & dataset.frame[person.name].notna()
    return dataset.narrowed(dataset.frame[~doubled], why) if doubled.any() else dataset


def answered(dataset: Dataset, variable: str) -> np.ndarray:
    """Which rows answered a multi-choice or numeric field."""
    name = variable if dataset.codebook[variable].multiple else state_column(variable)
    return (dataset.frame[name].astype(str) == ANSWERED).to_numpy()
