"""Several tables by one verb: what a notebook counts of every question, statement or scale that the data have."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from rakelab import prepare
from rakelab.cells import Tally
from rakelab.dataset import Dataset
from rakelab.indicators.background import profile
from rakelab.indicators.before_after import change, classes, dropouts, ends, limits, pairs, reliability, remarks
from rakelab.indicators.survey import number, other, other_number, question, statement, weighted, written
from rakelab.names import AS_LEVELS, AT_END, AT_START, CLASS, VISITS, made_of
from rakelab.prepare.sheets import FEEDBACK

#: What the other sheets of a measured group say besides its feedback.
_BESIDE = (made_of(VISITS, CLASS), "havainto_teema")


def profiles(dataset: Dataset, *variables: str, by: str = "") -> list[Tally]:
    """``profile`` of each of the variables."""
    return _each(profile, dataset, variables, by)


def questions(dataset: Dataset, *variables: str, by: str = "") -> list[Tally]:
    """``question`` of each of the variables; unnamed, of every question with options that is no statement."""
    return _each(question, dataset, variables or prepare.choices(dataset), by)


def statements(dataset: Dataset, *variables: str, by: str = "") -> list[Tally]:
    """``statement`` of each of the variables; unnamed, of every statement of the form."""
    return _each(statement, dataset, variables or prepare.statements(dataset), by)


def numbers(dataset: Dataset, by: str = "") -> list[Tally]:
    """``number`` of every number that the form asks for."""
    return _each(number, dataset, (*prepare.ratings(dataset), *prepare.quantities(dataset)), by)


def every_question(dataset: Dataset, *groups: str) -> list[Tally]:
    """All that is told of a survey: of every question its answers, by itself and by each of the ``groups``, and how
    many wrote something where the answer is in one's own words. After ``prepare.by_year`` and ``prepare.written``."""
    asked, book = {*prepare.backgrounds(dataset), *prepare.choices(dataset), *prepare.days(dataset)}, dataset.codebook
    in_order = dict.fromkeys(field.name for field in (*book.fields, *book.bands) if field.name in asked)
    tables = _each(written, dataset, prepare.free_texts(dataset), "")
    for by in ("", *filter(None, groups)):
        tables += _each(statement, dataset, [name for name in prepare.statements(dataset) if name != by], by)
        tables += _each(question, dataset, [name for name in in_order if name != by], by)
        tables += numbers(dataset, by)
    return tables


def others(dataset: Dataset, *counted: Tally | Iterable[Any]) -> list[Tally]:
    """A table of each question of the form that none of the tables ``counted`` is of, or was to be of; and where the
    form has a weight, the weighted shares of every question with options."""
    told = {name for tally in _flat(counted) for name in tally.variables}
    rest = [own for own in dataset.account.questions if not own.why and told.isdisjoint(own.counted_as)]
    fields = [dataset.codebook[own.name] for own in rest if own.name in dataset.frame]
    asked = [own.name for own in dataset.account.questions if not own.why and own.name in dataset.frame]
    choices = [name for name in asked if dataset.codebook[name].choice and dataset.weights is not None]
    tables = [(other if field.choice else other_number)(dataset, field.name) for field in fields]
    return tables + [weighted(dataset, name) for name in choices]


def _flat(given: Iterable[Any]) -> Iterator[Tally]:
    for part in given:
        yield from [part] if isinstance(part, Tally) else _flat(part)


def changes(people: Dataset) -> list[Tally]:
    """All that is told of people measured twice: pairs, remarks, change, means at both ends, those who left, classes
    of change, floor and ceiling, and the consistency of the scales; of what the data have."""
    scales = tuple(measure.field.name for measure in prepare.measures(people))
    reflective = prepare.reflective(people)
    whole = tuple(map("_".join, reflective)) or scales
    tables = [pairs(people), remarks(people)]
    tables += [change(people, scales), ends(people, scales), dropouts(people, whole)] if scales else []
    tables += [reliability(people, reflective)] if reflective else []
    tables += [classes(people, scale) for scale in scales if made_of(scale, CLASS) in people.codebook]
    return tables + [limits(people, scale, end=end) for scale in whole for end in (AT_START, AT_END)]


def beside_changes(people: Dataset) -> list[Tally]:
    """What was asked beside the scales: answers without a key, visits, observations, and the feedback's statements."""
    derived = prepare.derived(people)
    answers = [name for name in derived if name.endswith(made_of("", AS_LEVELS))]
    beside = [name for name in _BESIDE if name in people.codebook]
    feedback = [name for name in derived if name.startswith(FEEDBACK)]
    return _each(question, people, [*answers, *beside], "") + _each(statement, people, feedback, "")


def _each(count: Callable[..., Tally], dataset: Dataset, variables: Iterable[str], by: str) -> list[Tally]:
    return [count(dataset, variable, by=by) for variable in variables]
