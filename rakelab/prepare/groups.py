"""Groups to compare: periods, levels joined by hand, groups that are too small joined by rule."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from rakelab import i18n
from rakelab.codebook import MISSING_KINDS, Category, Codebook
from rakelab.dataset import Dataset, state_column
from rakelab.errors import UsageError
from rakelab.names import joined
from rakelab.prepare.choose import each_wanted, level_of
from rakelab.prepare.classes import bands
from rakelab.prepare.derived import same_words, with_replaced

#: Five options need about so many people before most of them can be shown.
ENOUGH = 60


def periods(dataset: Dataset, wanted: object = ()) -> Dataset:
    """The period field (year) as groups, one level for each value that somebody has; with ``wanted``, only those years.

    A reader knows that somebody is in each, and protection reckons with it. Raises UsageError when a wanted year has
    no rows, or the form has no period.
    """
    field = dataset.codebook.role("period")
    if field is None:
        raise UsageError("prepare.no_period", codebook=dataset.codebook.name)
    years_wanted = [_year(year) for year in each_wanted(wanted)]
    if field.choice and not years_wanted:  # before and after, as the form names them
        return dataset
    known = {int(year) for year in dataset.frame[field.name].dropna().unique()}
    absent = [str(year) for year in years_wanted if year not in known]
    if absent:
        raise UsageError("prepare.no_such_period", periods=", ".join(absent), known=", ".join(map(str, sorted(known))))
    if years_wanted:
        kept = dataset.frame[dataset.frame[field.name].isin(years_wanted)]
        dataset = dataset.narrowed(kept, ", ".join(map(str, years_wanted)), by=[field.name])
    years = dataset.frame[field.name].astype("Int64").astype("string")
    categories = tuple(map(same_words, sorted(years.dropna().unique())))
    groups = replace(field, type="string", categories=categories, ordered=True)
    column = years.fillna(dataset.frame[state_column(field.name)].astype("string"))
    return with_replaced(dataset, groups, pd.Categorical(column, categories=list(groups.levels)))


def _year(year: object) -> int:
    try:
        return int(str(year))
    except ValueError:
        raise UsageError("prepare.not_period") from None


def present_levels(dataset: Dataset, variable: str) -> tuple[str, ...]:
    """The options, all of them, whoever has them, and those kinds of missing that somebody has (a reader knows that
    of a kind that is listed)."""
    field, column = dataset.codebook[variable], dataset.frame.get(variable)
    if not isinstance(column, pd.Series) or not isinstance(column.dtype, pd.CategoricalDtype):
        raise UsageError("prepare.not_groups", field=variable)
    present = {*field.values, *column.dropna().unique()}
    return tuple(level for level in field.levels if level in present)


def merge(dataset: Dataset, variable: str, levels: Iterable[str]) -> Dataset:
    """The same variable with several ``levels`` as one: a smaller table that shows more.

    The merged level is called after its parts (``205+620``). Raises UsageError for a level that does not exist and
    for a variable that is not single choice.
    """
    field, merged = dataset.codebook[variable], list(levels)
    if field.multiple or not field.choice or variable not in dataset.frame:
        raise UsageError("prepare.not_single", field=variable)
    for level in merged:
        level_of(field, level)
    return _joined(dataset, variable, merged)


def condensed(dataset: Dataset, *variables: str, enough: int = ENOUGH) -> Dataset:
    """Opinions in fewer classes where fewer than ``enough`` people are: the options on each side of the middle as one.

    Decided by the number of people alone, never by what they answered. An even number of options becomes two classes.
    """
    for variable in variables if len(dataset) < enough else ():
        options = dataset.codebook[variable].values
        half = len(options) // 2
        for side in (options[:half], options[-half:]):
            dataset = merge(dataset, variable, side) if len(side) > 1 else dataset
    return dataset


def every_band(dataset: Dataset, *, at_least: int) -> Dataset:
    """Every band that the form declares, its small groups joined."""
    for name in (band.name for band in dataset.codebook.bands):
        dataset = large_groups(bands(dataset, name), name, at_least=at_least)
    return dataset


def large_groups(dataset: Dataset, variable: str, *, at_least: int, rest: str = "") -> Dataset:
    """The same variable with its small groups (and kinds of missing) joined to the level ``rest``.

    A group of fewer than ``at_least`` rows could show next to nothing, and would drag its neighbours with it. While
    the joined group itself is too small, the next smallest joins it; in the end there may be one group.
    """
    sizes, field = dataset.frame[variable].astype(str).value_counts(), dataset.codebook[variable]
    if len(sizes) == 1 and variable in {trait.name for trait in dataset.population}:  # chosen by it: all know of it
        alone = replace(field, categories=tuple(own for own in field.categories if own.value in sizes.index))
        return with_replaced(dataset, alone, dataset.frame[variable].cat.set_categories(list(alone.levels)))
    if not field.of:  # an option that nobody has joins too: that nobody has it is not told
        nobody = [level for level in field.values if level not in sizes.index]
        sizes = sizes.reindex([*sizes.index, *nobody], fill_value=0)
    small = [level for level in sizes.index if sizes[level] < at_least]
    others = [level for level in sizes.sort_values(kind="stable").index if level not in small]
    if small and rest in others:
        others.remove(rest)
        small.append(rest)
    while sizes.reindex(small).sum() < at_least and small and others:
        small.append(others.pop(0))
    return _joined(dataset, variable, small) if len(small) > 1 else dataset


def _joined(dataset: Dataset, variable: str, levels: list[str]) -> Dataset:
    """Several levels as one, which stands where the first of them stood."""
    field = dataset.codebook[variable]
    parts = [level for level in field.levels if level in levels]
    labels = [dataset.codebook.words(variable, level) for level in parts]
    words = i18n.composed(lambda lang: _words(dataset.codebook, variable, parts, lang), *labels)
    whole = Category(joined(parts), words)
    if whole.value in field.levels:
        raise UsageError("prepare.level_in_use", field=variable, level=whole.value)
    replaced = [option if option.value not in parts else whole for option in field.categories]
    days = sum(field.lengths.get(level, 0) for level in parts)
    lengths = {**field.lengths, **({whole.value: days} if days else {})}
    categories = tuple({option.value: option for option in (*replaced, whole)}.values())
    made = replace(field, categories=categories, lengths=lengths)
    column = dataset.frame[variable].astype(object)
    column = column.where(~column.isin(parts), whole.value)
    return with_replaced(dataset, made, pd.Categorical(column, categories=list(made.levels)))


def _words(book: Codebook, variable: str, levels: list[str], lang: str) -> str:
    """The words of a joined group: its options, and “or missing” once for all kinds of missing in it."""
    known = [level for level in levels if level not in MISSING_KINDS]
    labels = [book.label(variable, level, lang) for level in known or levels]
    if len(labels) == len(levels):
        return i18n.listing(labels, lang)
    return i18n.text("prepare.or_missing", lang, options=", ".join(labels))
