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
from rakelab.codebook import MISSING_KINDS, NOT_CONCERNED, Category, Codebook, Field
from rakelab.dataset import Dataset, option_column, state_column
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
    field = dataset.codebook[name]
    if name not in dataset.frame:
        raise UsageError("prepare.not_made", field=name)
    column = dataset.frame[name]
    if column.dtype.kind == "f":
        return column.notna().to_numpy() & _OPERATORS[sign](column.to_numpy(), _number(part, wanted))
    if sign not in {"==", "!="} or field.multiple:
        raise UsageError("prepare.not_ordered", field=name)
    text = column.astype(str)
    return (_OPERATORS[sign](text, _level(field, wanted)) & ~text.isin([NOT_CONCERNED, *MISSING_KINDS])).to_numpy()


def _number(part: str, wanted: str) -> float:
    try:
        return float(wanted)
    except ValueError:
        raise UsageError("prepare.condition", condition=part) from None


def _level(field: Field, wanted: str) -> str:
    level = wanted.strip("'\"")
    if field.choice and level not in field.values:
        raise UsageError("prepare.no_level", field=field.name, nearest=nearest(level, field.values) or "–")
    return level


def periods(dataset: Dataset, wanted: Iterable[int] = ()) -> Dataset:
    """The period field (year) as groups; with ``wanted``, only those years.

    Raises UsageError when a wanted year has no rows, or the form has no period.
    """
    field = dataset.codebook.role("period")
    if field is None:
        raise UsageError("prepare.no_period", codebook=dataset.codebook.name)
    years = dataset.frame[field.name]
    wanted = [_year(year) for year in wanted]
    known = {int(year) for year in years.dropna().unique()}
    absent = [str(year) for year in wanted if year not in known]
    if absent:
        raise UsageError("prepare.no_such_period", periods=", ".join(absent), known=", ".join(map(str, sorted(known))))
    if wanted:
        kept = dataset.frame[years.isin(wanted)]
        dataset = dataset.narrowed(kept, ", ".join(map(str, wanted)))
    return _as_groups(dataset, field)


def _year(year: object) -> int:
    try:
        return int(str(year))
    except ValueError:
        raise UsageError("prepare.not_period") from None


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
        field = dataset.codebook[name]
        if not field.of:
            raise UsageError("prepare.not_band", field=name)
        source = dataset.codebook[field.of]
        dataset = _band(dataset, replace(field, sensitivity=source.sensitivity, threshold=source.threshold))
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
    if not field.multiple:
        raise UsageError("prepare.not_multiple", field=variable)
    counted = [option.value for option in field.categories if not option.exclusive]
    sums = sum(dataset.frame[option_column(variable, value)].to_numpy(dtype=int) for value in counted)
    classes = (*(str(i) for i in range(MOST)), f"{MOST}-")
    apart = [level for level in field.levels if level not in field.values]
    codes = np.minimum(np.asarray(sums), MOST)
    state = dataset.frame[variable].astype(str).to_numpy()
    for i, kind in enumerate(apart, len(classes)):
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
    return _with(dataset, derived, pd.Categorical.from_codes(codes, categories=[*classes, *apart]))


def _class_words(value: str) -> Category:
    if value.endswith("-"):
        words = {lang: i18n.text("prepare.or_more", lang, n=value[:-1]) for lang in i18n.LANGUAGES}
        return Category(value, words)
    return _same_words(value)


def present_levels(dataset: Dataset, variable: str) -> tuple[str, ...]:
    """The options, all of them, and those kinds of missing that somebody has. An empty level of a derived variable
    (a band, a merged group) is left out."""
    field = dataset.codebook[variable]
    column = dataset.frame.get(variable)
    if not isinstance(column, pd.Series) or not isinstance(column.dtype, pd.CategoricalDtype):
        raise UsageError("prepare.not_groups", field=variable)
    found = set(column.unique().dropna())
    keep_empty = not field.of
    return tuple(level for level in field.levels if level in found or (keep_empty and level in field.values))


def merge(dataset: Dataset, variable: str, levels: Iterable[str]) -> Dataset:
    """The same variable with several ``levels`` as one: a smaller table that shows more.

    The merged level is called after its parts (``205+620``). Raises UsageError for a level that does not exist and
    for a variable that is not single choice.
    """
    field, merged = dataset.codebook[variable], list(levels)
    if field.multiple or not field.choice or variable not in dataset.frame:
        raise UsageError("prepare.not_single", field=variable)
    for level in merged:
        _level(field, level)
    return _joined(dataset, variable, merged)


def large_groups(dataset: Dataset, variable: str, *, at_least: int, rest: str = "") -> Dataset:
    """The same variable with its small groups (and kinds of missing) joined to the level ``rest``.

    A group of fewer than ``at_least`` rows could show next to nothing, and would drag its neighbours with it. While
    the joined group itself is too small, the next smallest joins it; in the end there may be one group.
    """
    sizes = dataset.frame[variable].astype(str).value_counts()
    field = dataset.codebook[variable]
    if not field.of:  # an option that nobody has joins too: that nobody has it is not told
        sizes = sizes.reindex([*sizes.index, *(one for one in field.values if one not in sizes.index)], fill_value=0)
    joined = [level for level in sizes.index if sizes[level] < at_least]
    others = [level for level in sizes.sort_values(kind="stable").index if level not in joined]
    if joined and rest in others:
        others.remove(rest)
        joined.append(rest)
    while sizes.reindex(joined).sum() < at_least and joined and others:
        joined.append(others.pop(0))
    return _joined(dataset, variable, joined) if len(joined) > 1 else dataset


def _joined(dataset: Dataset, variable: str, levels: list[str]) -> Dataset:
    """Several levels as one, which stands where the first of them stood."""
    field = dataset.codebook[variable]
    named = [level for level in field.levels if level in levels]
    words = {lang: _together(dataset.codebook, variable, named, lang) for lang in i18n.LANGUAGES}
    one = Category("+".join(named), words)
    before = [o.value not in named for o in field.categories]
    place = before.index(False) if False in before else len(before)
    kept = [o for o in field.categories if o.value not in named]
    made = replace(field, categories=(*kept[:place], one, *kept[place:]))
    column = dataset.frame[variable].astype(object)
    column = column.where(~column.isin(named), one.value)
    return _with(dataset, made, pd.Categorical(column, categories=list(made.levels)))


def _together(book: Codebook, variable: str, levels: list[str], lang: str) -> str:
    """The words of a joined group: its options, and “or missing” once for all kinds of missing in it."""
    options = [book.label(variable, one, lang) for one in levels if one not in MISSING_KINDS]
    if len(options) == len(levels):
        return i18n.listing(options, lang)
    if not options:
        return i18n.listing([book.label(variable, one, lang) for one in levels], lang)
    return i18n.text("prepare.or_missing", lang, options=", ".join(options))


def one_per_person(dataset: Dataset, *, why: str) -> Dataset:
    """Keeps the last row of each person in each period, where the form has a person field; else nothing changes."""
    person, period = dataset.codebook.role("person"), dataset.codebook.role("period")
    if person is None or person.name not in dataset.frame or dataset.frame[person.name].isna().all():
        return dataset
    within = [person.name] + ([period.name] if period else [])
    doubled = dataset.frame.duplicated(within, keep="last") & dataset.frame[person.name].notna()
    return dataset.narrowed(dataset.frame[~doubled], why) if doubled.any() else dataset
