"""One measure at two points: both values, the change, its class, and who is at the end of the scale."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from rakelab import i18n
from rakelab.codebook import Category, Field, Label
from rakelab.dataset import ANSWERED, Dataset, state_column
from rakelab.fields import BLANK, MISSING_KINDS
from rakelab.formulas.reliability import reliable_change
from rakelab.names import AT_END, AT_START, CHANGE, CLASS, END, LEFT, START, made_of
from rakelab.prepare.measured import Measure

IMPROVED, UNCHANGED, WORSENED = "parani", "ennallaan", "huononi"
FLOOR, BETWEEN, CEILING = "pohja", "valissa", "katto"
_CLASSES, _PLACES = (IMPROVED, UNCHANGED, WORSENED), (FLOOR, BETWEEN, CEILING)
#: Less than this is no difference: prorated sums are not exact.
_NEAR = 1e-9
_STATES = [ANSWERED, *MISSING_KINDS]


@dataclass(frozen=True, repr=False)
class Made:
    """A variable of the people and its columns; ``derived``: the form has no such field of its own, or (``replaces``)
    one that is made anew."""

    field: Field
    columns: Mapping[str, Any]
    derived: bool = True
    replaces: bool = False


@dataclass(frozen=True, repr=False)
class Taken:
    """Where each person's two measurements stand in the frame (−1: nowhere), and what the points are called."""

    start: np.ndarray
    end: np.ndarray
    start_words: Label
    end_words: Label


@dataclass(frozen=True, repr=False)
class _Values:
    """The numbers of all people at one point, and why one is missing."""

    numbers: np.ndarray
    state: np.ndarray


def changed(dataset: Dataset, one: Measure, taken: Taken) -> Iterator[Made]:
    """The variables of one measure. Both ends are those of the people whose change is known; the start of those who
    were not measured again is a variable of its own."""
    start, end = (_taken(dataset, one.field.name, places) for places in (taken.start, taken.end))
    change = _change(start, end)
    one = replace(one, field=replace(one.field, open=_tellable(one, taken, change)))
    yield Made(one.field, {}, derived=one.field.type == "number", replaces=True)  # for how many have all items: alpha
    ends = ((start, START, taken.start_words), (end, END, taken.end_words))
    for values, suffix, words in ends:
        yield _number(_field(one, suffix, _titled("at", one, words)), _only(values, change))
    yield _number(_change_field(one), change)
    yield _number(_field(one, LEFT, _titled("left", one, taken.start_words)), _left(start, taken))
    if one.reliability and one.direction != "none":
        yield _classes(one, start, change)
    for (values, _, words), suffix in zip(ends, (AT_START, AT_END), strict=True):
        if one.field.minimum is not None and one.field.maximum is not None:
            yield _place(one, values, made_of(one.field.name, suffix), words)


def _tellable(one: Measure, taken: Taken, change: _Values) -> tuple[str, ...]:
    """Levels whose counts tell of the collecting of data only: how many have a scale's score, which is lacking where
    somebody was not measured or left items blank. Of one item it is told only where nobody left it blank."""
    pairs = (taken.start >= 0) & (taken.end >= 0)
    score = one.field.type == "number"
    return (ANSWERED, *MISSING_KINDS) if score or (change.state[pairs] == ANSWERED).all() else ()


def items_at(dataset: Dataset, names: Sequence[str], places: np.ndarray) -> Iterator[Made]:
    """Items as they were answered at one point."""
    for name in names:
        yield replace(_number(dataset.codebook[name], _taken(dataset, name, places)), derived=False)


def _taken(dataset: Dataset, name: str, places: np.ndarray) -> _Values:
    there = places >= 0
    numbers = dataset.frame[name].to_numpy(dtype=float)[places]
    state = dataset.frame[state_column(name)].astype(str).to_numpy(dtype=object)[places]
    return _Values(np.where(there, numbers, np.nan), np.where(there, state, BLANK))


def _change(start: _Values, end: _Values) -> _Values:
    numbers = end.numbers - start.numbers
    why = np.where(start.state == end.state, start.state, BLANK)
    return _Values(numbers, np.where(np.isnan(numbers), why, ANSWERED))


def _only(values: _Values, change: _Values) -> _Values:
    """The numbers of people whose change is known."""
    return _Values(np.where(change.state == ANSWERED, values.numbers, np.nan), change.state)


def _left(start: _Values, taken: Taken) -> _Values:
    """The start of people who were not measured again. Who was, and left items blank, did not leave."""
    numbers = np.where(taken.end >= 0, np.nan, start.numbers)
    why = np.where(start.state == ANSWERED, BLANK, start.state)
    return _Values(numbers, np.where(np.isnan(numbers), why, ANSWERED))


def _field(one: Measure, suffix: str, title: Label) -> Field:
    return replace(one.field, name=made_of(one.field.name, suffix), title=title, description={}, aliases=())


def _titled(key: str, one: Measure, words: Label) -> Label:
    title = one.field.title
    word = f"prepare.change.{key}"
    return {lang: i18n.text(word, lang, title=title[lang], point=words[lang].lower()) for lang in i18n.LANGUAGES}


def _change_field(one: Measure) -> Field:
    low, high = one.field.minimum, one.field.maximum
    if low is None or high is None:
        return replace(_field(one, CHANGE, one.field.title), minimum=None, maximum=None)
    field = _field(one, CHANGE, {lang: _scaled(one, (low, high), lang) for lang in i18n.LANGUAGES})
    return replace(field, minimum=low - high, maximum=high - low)


def _scaled(one: Measure, ends: tuple[float, float], lang: str) -> str:
    """“CORE-10: kuormitus (0–40, pienempi on parempi)”: a change tells nothing without its scale."""
    told = (i18n.number(end, lang, 0 if float(end).is_integer() else 1) for end in ends)
    low, high = (end.replace("-", "−") for end in told)
    word = f"prepare.change.{one.direction}"
    return i18n.text(word, lang, title=one.field.title[lang], low=low, high=high)


def _number(field: Field, values: _Values) -> Made:
    state = pd.Categorical(values.state, categories=_STATES)
    return Made(field, {field.name: values.numbers, state_column(field.name): state})


def _classes(one: Measure, start: _Values, change: _Values) -> Made:
    """Improved, unchanged or worsened: by more than the measure's noise in these people (Jacobson & Truax 1991). Their
    deviation is that of ``_alku``, so a page that tells it can tell the limit in points (``present.reliable``)."""
    known = start.numbers[change.state == ANSWERED]
    least = reliable_change(one.reliability, float(known.std(ddof=1))) if len(known) > 1 else np.inf
    better = change.numbers * (1 if one.direction == "higher_better" else -1)
    codes = np.select([better > least + _NEAR, better < -least - _NEAR], [0, 2], 1)
    one = replace(one, field=replace(one.field, sensitivity=""))  # that a score moved more than noise is no diagnosis
    about = (_CLASSES, _titled("class", one, one.field.title), change)
    return _choice(one, made_of(one.field.name, CLASS), codes, about)


def _place(one: Measure, values: _Values, name: str, words: Label) -> Made:
    """At the lowest or highest score there is, where a further fall or rise would not show."""
    low, high = one.field.minimum, one.field.maximum
    assert low is not None
    assert high is not None
    codes = np.select([values.numbers <= low + _NEAR, values.numbers >= high - _NEAR], [0, 2], 1)
    return _choice(one, name, codes, (_PLACES, _titled("place", one, words), values))


def _choice(one: Measure, name: str, codes: np.ndarray, about: tuple[tuple[str, ...], Label, _Values]) -> Made:
    options, title, values = about
    categories = tuple(Category(value, _label(value)) for value in options)
    field = Field(
        name=name, type="string", title=title, categories=categories, ordered=True,
        sensitivity=one.field.sensitivity, threshold=one.field.threshold, origin=one.field.origin, open=one.field.open,
    )  # fmt: skip
    missing = np.array([field.levels.index(why) if why != ANSWERED else 0 for why in values.state], dtype=int)
    codes = np.where(values.state == ANSWERED, codes, missing)
    return Made(field, {name: pd.Categorical.from_codes(codes, categories=pd.Index(field.levels))})


def _label(value: str) -> Label:
    return {lang: i18n.text(f"prepare.change.{value}", lang) for lang in i18n.LANGUAGES}
