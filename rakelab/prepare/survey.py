"""What a survey of any form asks besides options and numbers: days, by year, and texts, by whether somebody wrote one;
and the groups that its answers are compared by."""

from dataclasses import replace

import pandas as pd

from rakelab import i18n
from rakelab.codebook import BLANK, Category, Field
from rakelab.dataset import Dataset
from rakelab.errors import UsageError
from rakelab.fields import NONRESPONSE
from rakelab.population import SENSITIVE
from rakelab.prepare.derived import options, same_words, with_replaced
from rakelab.prepare.groups import large_groups, periods, present_levels

#: Any year that few gave.
OTHER_YEAR = "muu_vuosi"
WROTE, NOTHING = "kirjoitti", "ei_kirjoittanut"


def free_texts(dataset: Dataset) -> tuple[str, ...]:
    """The questions that are answered in one's own words, in the form's order."""
    return tuple(field.name for field in dataset.codebook.fields if field.free_text and dataset.asked(field.name))


def days(dataset: Dataset) -> tuple[str, ...]:
    """The questions that are answered by a day, in the form's order."""
    return tuple(field.name for field in dataset.codebook.fields if field.type == "date" and dataset.asked(field.name))


def backgrounds(dataset: Dataset) -> tuple[str, ...]:
    """Where or when the answer is from, where that is one of several options, in the form's order."""
    fields = (field for field in dataset.codebook.fields if field.trait and field.choice and not field.multiple)
    return tuple(field.name for field in fields if field.role != "consent" and dataset.asked(field.name))


def written(dataset: Dataset) -> Dataset:
    """Each text as a choice of two: something was written, or nothing. What was written is not looked at."""
    for name in free_texts(dataset):
        field = dataset.codebook[name]
        told = dataset.codebook.nonresponse == NONRESPONSE[1] and field.sensitivity not in SENSITIVE
        both = options((WROTE, NOTHING), "prepare.written")
        made = replace(
            field, type="string", categories=both, missing=(), applies=None, open=(WROTE, NOTHING) if told else ()
        )
        wrote = dataset.frame[name].notna().to_numpy()
        column = pd.Categorical.from_codes((~wrote).astype(int), categories=pd.Index(made.levels))
        dataset = with_replaced(dataset, made, column)
    return dataset


def by_year(dataset: Dataset, *, at_least: int) -> Dataset:
    """Each day as its year. Years of fewer than ``at_least`` are one level, so that no rare one is named; where those
    are still so few, the next smallest year joins them."""
    for name in days(dataset):
        field, years = dataset.codebook[name], dataset.frame[name].dt.year
        sizes = years.value_counts()
        often = sizes[sizes >= at_least]
        while len(often) and 0 < sizes.sum() - often.sum() < at_least:
            often = often[:-1]  # the most frequent stand first
        common = sorted(map(int, often.index))
        rest = Category(OTHER_YEAR, i18n.label("prepare.other_year"))
        made = replace(field, type="string", categories=(*map(same_words, map(str, common)), rest), ordered=True)
        level = years.astype("Int64").astype("string").where(years.isin(common), OTHER_YEAR).where(years.notna(), BLANK)
        dataset = with_replaced(dataset, made, pd.Categorical(level, categories=list(made.levels)))
    return dataset


def compared(dataset: Dataset, *names: str, at_least: int) -> Dataset:
    """The groups that answers are compared by (empty names are none), small ones joined. Raises CodebookError for a
    variable that the form does not have, UsageError for one that is no single choice."""
    for name in filter(None, names):
        field = dataset.codebook[name]
        dataset = periods(dataset) if _is_period(field) else dataset
        present_levels(dataset, name)  # says what is no choice
        if field.multiple:
            raise UsageError("prepare.not_groups", field=name)
        dataset = large_groups(dataset, name, at_least=at_least)
    return dataset


def _is_period(field: Field) -> bool:
    return field.role == "period" and not field.choice
