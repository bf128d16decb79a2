"""One measure at two points: both values, the change, its class, and who is at the end of the scale."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from rakelab import i18n
from rakelab.codebook import Field, Label
from rakelab.dataset import ANSWERED, Dataset, state_column
from rakelab.fields import BLANK, MISSING_KINDS
from rakelab.formulas.reliability import reliable_change
from rakelab.names import AT_END, AT_START, CHANGE, CLASS, END, LEFT, START, made_of
from rakelab.prepare.derived import options, states
from rakelab.prepare.measured import Measure
from rakelab.scales import Direction

IMPROVED, UNCHANGED, WORSENED = "parani", "ennallaan", "huononi"
FLOOR, BETWEEN, CEILING = "pohja", "valissa", "katto"
#: Less than this is no difference: prorated sums are not exact.
_NEAR = 1e-9


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

    @classmethod
    def of(cls, numbers: np.ndarray, why: np.ndarray) -> "_Values":
        """``why`` tells of those that are missing."""
        return cls(numbers, np.where(np.isnan(numbers), why, ANSWERED))


def changed(dataset: Dataset, measure: Measure, taken: Taken) -> Iterator[Made]:
    """The variables of one measure. Both ends are those of the people whose change is known; the start of those who
    were not measured again is a variable of its own."""
    start, end = (_values(dataset, measure.field.name, places) for places in (taken.start, taken.end))
    why = np.where(start.state == end.state, start.state, BLANK)
    change = _Values.of(end.numbers - start.numbers, why)
    field = replace(measure.field, open=_tellable(measure.field, taken, change))
    yield Made(field, {}, derived=field.type == "number", replaces=True)  # for how many have all items: alpha
    for values, suffix, point in ((start, START, taken.start_words), (end, END, taken.end_words)):
        both = np.where(change.state == ANSWERED, values.numbers, np.nan)
        yield _number(_field(field, suffix, _title("at", field, point)), _Values(both, change.state))
    yield _number(_change_field(field, measure.direction), change)
    # who was measured again and left items blank did not leave
    left = np.where(taken.end >= 0, np.nan, start.numbers)
    why = np.where(start.state == ANSWERED, BLANK, start.state)
    yield _number(_field(field, LEFT, _title("left", field, taken.start_words)), _Values.of(left, why))
    if measure.reliability and measure.direction is not Direction.NONE:
        yield _classes(field, measure, start, change)
    if field.minimum is not None and field.maximum is not None:
        yield _place(_field(field, AT_START, _title("place", field, taken.start_words)), start)
        yield _place(_field(field, AT_END, _title("place", field, taken.end_words)), end)


def _tellable(field: Field, taken: Taken, change: _Values) -> tuple[str, ...]:
    """Levels whose counts tell of the collecting of data only: how many have a scale's score, which is lacking where
    somebody was not measured or left items blank. Of one item it is told only where nobody left it blank."""
    pairs = (taken.start >= 0) & (taken.end >= 0)
    whole = field.type == "number" or (change.state[pairs] == ANSWERED).all()
    return (ANSWERED, *MISSING_KINDS) if whole else ()


def items_at(dataset: Dataset, names: Sequence[str], places: np.ndarray) -> Iterator[Made]:
    """Items as they were answered at one point."""
    for name in names:
        yield replace(_number(dataset.codebook[name], _values(dataset, name, places)), derived=False)


def _values(dataset: Dataset, name: str, places: np.ndarray) -> _Values:
    there = places >= 0
    numbers = dataset.frame[name].to_numpy(dtype=float)[places]
    state = dataset.frame[state_column(name)].astype(str).to_numpy(dtype=object)[places]
    return _Values(np.where(there, numbers, np.nan), np.where(there, state, BLANK))


def _field(field: Field, suffix: str, title: Label) -> Field:
    return replace(field, name=made_of(field.name, suffix), title=title, description={}, aliases=())


def _title(key: str, field: Field, point: Label) -> Label:
    lower = {lang: words.lower() for lang, words in point.items()}
    return i18n.label(f"prepare.change.{key}", title=field.title, point=lower)


def _change_field(field: Field, direction: Direction) -> Field:
    """“CORE-10: kuormitus (0–40, pienempi on parempi)”: a change tells nothing without its scale."""
    low, high = field.minimum, field.maximum
    if low is None or high is None:
        return replace(_field(field, CHANGE, field.title), minimum=None, maximum=None)
    ends = {"low": _written(low), "high": _written(high)}
    title = i18n.label(f"prepare.change.{direction}", title=field.title, **ends)
    return replace(_field(field, CHANGE, title), minimum=low - high, maximum=high - low)


def _written(limit: float) -> Label:
    digits = 0 if float(limit).is_integer() else 1
    return i18n.composed(lambda lang: i18n.number(limit, lang, digits).replace("-", "−"))


def _number(field: Field, values: _Values) -> Made:
    return Made(field, {field.name: values.numbers, state_column(field.name): states(values.state)})


def _classes(field: Field, measure: Measure, start: _Values, change: _Values) -> Made:
    """Improved, unchanged or worsened: by more than the measure's noise in these people (Jacobson & Truax 1991). Their
    deviation is that of ``_alku``, so a page that tells it can tell the limit in points (``present.reliable``)."""
    known = start.numbers[change.state == ANSWERED]
    least = reliable_change(measure.reliability, float(known.std(ddof=1))) if len(known) > 1 else np.inf
    better = change.numbers * (1 if measure.direction is Direction.BETTER else -1)
    codes = np.select([better > least + _NEAR, better < -least - _NEAR], [0, 2], 1)
    made = _field(field, CLASS, _title("class", field, field.title))
    made = replace(made, sensitivity="")  # that a score moved more than noise is no diagnosis
    return _choice(made, (IMPROVED, UNCHANGED, WORSENED), codes, change)


def _place(field: Field, values: _Values) -> Made:
    """At the lowest or highest score there is, where a further fall or rise would not show."""
    low, high = values.numbers <= (field.minimum or 0) + _NEAR, values.numbers >= (field.maximum or 0) - _NEAR
    return _choice(field, (FLOOR, BETWEEN, CEILING), np.select([low, high], [0, 2], 1), values)


def _choice(like: Field, classes: tuple[str, ...], codes: np.ndarray, values: _Values) -> Made:
    """A field with classes in place of numbers."""
    field = Field(
        like.name, "string", like.title, options(classes, "prepare.change"), ordered=True,
        sensitivity=like.sensitivity, threshold=like.threshold, origin=like.origin, open=like.open,
    )  # fmt: skip
    levels = np.where(values.state == ANSWERED, np.array(classes, dtype=object)[codes], values.state)
    return Made(field, {field.name: pd.Categorical(levels, categories=list(field.levels))})
