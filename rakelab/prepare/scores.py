"""Scores of instruments: answers turned into points, points into scales. No person is dropped."""

from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
import pandas as pd

from rakelab import i18n
from rakelab.codebook import BLANK, MISSING_KINDS, Category
from rakelab.dataset import ANSWERED, Dataset, state_column
from rakelab.errors import UsageError
from rakelab.instrument import Instrument, instrument
from rakelab.names import AS_LEVELS, made_of
from rakelab.prepare.derived import states, with_column
from rakelab.prepare.measured import keyless
from rakelab.scales import GAS, RULES, Item, Scale, gas

#: So many row numbers are told of answers that an instrument does not allow.
_NAMED_ROWS = 10


def score(dataset: Dataset, *instruments: Instrument | str) -> Dataset:
    """Adds a number ``<instrument>_<scale>`` for each scale (all instruments of the form, if none is named).

    Too many items missing: the score is missing, ``tyhja`` – or the items' own kind of missing, where all of them
    have the same. Raises UsageError for an item that the data do not have, an answer that the instrument does not
    allow, and an instrument without scales.
    """
    for wanted in instruments or dataset.codebook.instruments:
        used = find(dataset, wanted)
        if not used.scales and instruments:
            raise UsageError("instrument.no_scales", instrument=used.name)
        for scale in () if used.ready else used.scales:
            dataset = _scored(dataset, used, scale)
    return dataset


def keyless_answers(dataset: Dataset) -> Dataset:
    """``answers`` of every instrument of the form whose scoring is not known."""
    for name in keyless(dataset):
        dataset = answers(dataset, name)
    return dataset


def answers(dataset: Dataset, wanted: Instrument | str, *numbers: int) -> Dataset:
    """Adds ``<instrument>_<number>_vastaus`` for these items (or all): the answers as levels, to count how many gave
    each. Every answer that the item allows is a level; a missing one keeps its kind."""
    used = find(dataset, wanted)
    given = _Given(dataset, used)
    for item in map(used.item, numbers) if numbers else used.items:
        field = dataset.codebook[used.column(item.number)]
        options = tuple(map(_option, item.allowed))
        made = replace(
            field, name=made_of(field.name, AS_LEVELS), type="string", categories=options, ordered=True,
            minimum=None, maximum=None, aliases=(), number=0,
        )  # fmt: skip
        codes, kinds = given.places(item), given.states(item.number)
        for i, kind in enumerate(MISSING_KINDS, len(made.values)):
            codes = np.where(kinds == kind, i, codes)
        column = pd.Categorical.from_codes(codes, categories=pd.Index([*made.values, *MISSING_KINDS]))
        dataset = with_column(dataset, made, column)
    return dataset


def _option(answer: int) -> Category:
    return Category(str(answer), i18n.composed(partial(i18n.number, answer)))


def find(dataset: Dataset, wanted: Instrument | str) -> Instrument:
    """The instrument of the form that is called so, or the one that comes along."""
    if isinstance(wanted, Instrument):
        return wanted
    of_form = {used.name: used for used in dataset.codebook.instruments}
    return of_form.get(wanted) or instrument(wanted)


def points(dataset: Dataset, used: Instrument, scale: Scale) -> np.ndarray:
    """Points of a scale's items, rows × items: reversed and recoded, missing NaN. For alpha and the like."""
    return _Given(dataset, used).points(scale)


@dataclass(frozen=True, repr=False)
class _Given:
    """The answers to an instrument's items in a dataset."""

    dataset: Dataset
    used: Instrument

    def answers(self, number: int) -> np.ndarray:
        column = self.used.column(number)
        if column not in self.dataset.frame:
            raise UsageError("instrument.no_column", instrument=self.used.name, item=number, column=column)
        if self.dataset.frame[column].dtype.kind != "f":
            raise UsageError("instrument.not_number", instrument=self.used.name, column=column)
        return self.dataset.frame[column].to_numpy()

    def states(self, number: int) -> np.ndarray:
        return self.dataset.frame[state_column(self.used.column(number))].astype(str).to_numpy()

    @cached_property
    def passed(self) -> dict[int, np.ndarray]:
        """By item, the rows in which the form led past it: all of it is blank or 0, and a blank counts 0."""
        passed = {item.number: np.zeros(len(self.dataset), dtype=bool) for item in self.used.items}
        for skip in self.used.skips:
            zero = {n: passed[n] | (self.answers(n) == 0) for n in (*skip.when, *skip.items)}
            blank = {n: self.states(n) == BLANK for n in skip.items}
            led = np.logical_and.reduce([zero[n] for n in skip.when] + [zero[n] | blank[n] for n in skip.items])
            passed |= {n: passed[n] | (led & blank[n]) for n in skip.items}
        return passed

    def points(self, scale: Scale) -> np.ndarray:
        self._check_asked(scale)
        columns = [np.where(self.passed[n], 0.0, self._points(self.used.item(n))) for n in scale.items]
        return np.column_stack(columns).astype(float)

    def _check_asked(self, scale: Scale) -> None:
        """An item nobody was asked, among others that were, is a column forgotten. Goals may be fewer than five."""
        answers = {number: self.answers(number) for number in scale.items}
        never = [number for number in answers if (self.states(number) == MISSING_KINDS[0]).all()]
        if scale.rule != GAS and never and not all(np.isnan(column).all() for column in answers.values()):
            names = {"instrument": self.used.name, "item": never[0], "column": self.used.column(never[0])}
            raise UsageError("instrument.never_asked", file=self.dataset.origin.file, **names)

    def _points(self, item: Item) -> np.ndarray:
        """Points as the edition of each row counts them; where that is not known and matters, none."""
        places = self.places(item)
        counts = np.array(list(item.points.values()), dtype=float)
        plain = np.where(places < 0, np.nan, counts[places])
        turning = [edition.value for edition in self.used.editions if item.number in edition.reversed]
        if not turning:
            return plain
        name, column = self.used.name, self.used.edition_column
        if column not in self.dataset.frame:
            raise UsageError("instrument.no_column", instrument=name, item=item.number, column=column)
        edition = self.dataset.frame[column].astype(str)
        known = edition.isin([edition.value for edition in self.used.editions])
        turned = np.where(edition.isin(turning), item.minimum + item.maximum - plain, plain)
        return np.where(known, turned, np.nan)

    def places(self, item: Item) -> np.ndarray:
        """The place of each answer among those that are allowed; −1 where it is missing."""
        answers, allowed = self.answers(item.number), np.array(item.allowed, dtype=float)
        places = np.searchsorted(allowed, answers).clip(max=len(allowed) - 1)
        missing = np.isnan(answers)
        wrong = (allowed[places] != answers) & ~missing
        if wrong.any():
            rows = [str(row) for row in self.dataset.frame.index[wrong]]
            named = ", ".join(rows[:_NAMED_ROWS]) + (" …" if len(rows) > _NAMED_ROWS else "")
            names = {"column": self.used.column(item.number), "allowed": ", ".join(map(str, item.allowed))}
            raise UsageError("instrument.not_allowed", file=self.dataset.origin.file, n=len(rows), rows=named, **names)
        return np.where(missing, -1, places)

    def enough(self) -> np.ndarray:
        """Rows where not too many of all the instrument's items are missing."""
        if self.used.allowed_missing is None:
            return np.ones(len(self.dataset), dtype=bool)
        numbers = [item.number for item in self.used.items]
        missing = [np.isnan(self.answers(number)) & ~self.passed[number] for number in numbers]
        return np.asarray(np.sum(missing, axis=0) <= self.used.allowed_missing)

    def weights(self, scale: Scale, points: np.ndarray) -> np.ndarray:
        """Rows × goals: 0 for a goal that is not there, 1 where no goal of the person has a weight, NaN for one
        lacking."""
        frame, there = self.dataset.frame, ~np.isnan(points)
        nothing = pd.Series(np.nan, index=frame.index)
        columns = (frame.get(self.used.weight_column(n), nothing).to_numpy(dtype=float) for n in scale.items)
        given = np.column_stack(list(columns))
        weighted = (there & ~np.isnan(given)).any(axis=1, keepdims=True)
        return np.where(there, np.where(weighted & scale.weights, given, 1.0), 0.0)

    def state(self, scale: Scale, missing: np.ndarray) -> "pd.Categorical[str]":
        """Answered, or why not: the kind of missing that all items share, else blank."""
        kinds = np.column_stack([self.states(number) for number in scale.items])
        same = (kinds == kinds[:, :1]).all(axis=1) & np.isin(kinds[:, 0], MISSING_KINDS)
        return states(np.where(missing, np.where(same, kinds[:, 0], BLANK), ANSWERED))


def _scored(dataset: Dataset, used: Instrument, scale: Scale) -> Dataset:
    given, field = _Given(dataset, used), used.score_field(scale)
    points = given.points(scale)
    values = _gas(points, given.weights(scale, points)) if scale.rule == GAS else _rule(points, scale.rule)
    few_missing = np.isnan(points).sum(axis=1) <= scale.allowed_missing
    values = np.where(few_missing & given.enough(), values, np.nan)
    if field.name in {own.name for own in dataset.codebook.fields}:
        raise UsageError("instrument.taken", instrument=used.name, column=field.name)
    return with_column(dataset, field, values, **{state_column(field.name): given.state(scale, np.isnan(values))})


def _rule(points: np.ndarray, rule: str) -> np.ndarray:
    answered = (~np.isnan(points)).sum(axis=1)
    made = RULES[rule](np.nansum(points, axis=1), np.maximum(answered, 1), points.shape[1])
    return np.where(answered > 0, made, np.nan)


def _gas(points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """T-scores of the goals each person has. Weights for only some of them, or all zero, make no score."""
    total = weights.sum(axis=1)
    usable = total > 0  # false for NaN, too
    attained = np.nansum(weights * np.nan_to_num(points), axis=1)
    made = gas(attained, np.where(usable, (weights**2).sum(axis=1), 1), np.where(usable, total, 1))
    return np.where(usable, made, np.nan)
