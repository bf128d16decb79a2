"""Scores of instruments: answers turned into points, points into scales. No person is dropped."""

from dataclasses import replace

import numpy as np
import pandas as pd

from rakelab import i18n
from rakelab.codebook import BLANK, MISSING_KINDS, Category
from rakelab.dataset import ANSWERED, Dataset, state_column
from rakelab.errors import UsageError
from rakelab.instrument import Instrument, instrument
from rakelab.names import AS_LEVELS, made_of
from rakelab.prepare.derived import with_column
from rakelab.prepare.measured import keyless
from rakelab.scales import GAS, RULES, Item, Scale, gas

#: So many row numbers are told of answers that an instrument does not allow.
_TOLD = 10


def score(dataset: Dataset, *instruments: Instrument | str) -> Dataset:
    """Adds a number ``<instrument>_<scale>`` for each scale (all instruments of the form, if none is named).

    Too many items missing: the score is missing, ``tyhja`` – or the items' own kind of missing, where all of them
    have the same. Raises UsageError for an item that the data do not have, an answer that the instrument does not
    allow, and an instrument without scales.
    """
    for one in instruments or dataset.codebook.instruments:
        used = find(dataset, one)
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
    for item in map(used.item, numbers) if numbers else used.items:
        dataset = _counted(dataset, used, item)
    return dataset


def _counted(dataset: Dataset, used: Instrument, item: Item) -> Dataset:
    place = _places(dataset, used, item)
    kinds = _states(dataset, used, item.number)
    options = tuple(map(_option, item.allowed))
    field = dataset.codebook[used.column(item.number)]
    plain = replace(field, minimum=None, maximum=None, aliases=(), number=0, name=made_of(field.name, AS_LEVELS))
    made = replace(plain, type="string", categories=options, ordered=True)
    for i, kind in enumerate(MISSING_KINDS, len(options)):
        place = np.where(kinds == kind, i, place)
    return with_column(dataset, made, pd.Categorical.from_codes(place, pd.Index([*made.values, *MISSING_KINDS])))


def _option(answer: int) -> Category:
    return Category(str(answer), {lang: i18n.number(answer, lang) for lang in i18n.LANGUAGES})


def find(dataset: Dataset, wanted: Instrument | str) -> Instrument:
    """The instrument of the form that is called so, or the one that comes along."""
    if isinstance(wanted, Instrument):
        return wanted
    of_form = {one.name: one for one in dataset.codebook.instruments}
    return of_form.get(wanted) or instrument(wanted)


def points(dataset: Dataset, used: Instrument, scale: Scale) -> np.ndarray:
    """Points of a scale's items, rows × items: reversed and recoded, missing NaN. For alpha and the like."""
    _asked(dataset, used, scale)
    passed = _passed(dataset, used)
    columns = [np.where(passed[n], 0.0, _points(dataset, used, used.item(n))) for n in scale.items]
    return np.column_stack(columns).astype(float)


def _passed(dataset: Dataset, used: Instrument) -> dict[int, np.ndarray]:
    """By item, the rows in which the form led past it: all of it is blank or 0, and a blank counts 0."""
    passed = {one.number: np.zeros(len(dataset), dtype=bool) for one in used.items}
    for skip in used.skips:
        zero = {n: passed[n] | (_answers(dataset, used, n) == 0) for n in (*skip.when, *skip.items)}
        blank = {n: _states(dataset, used, n) == BLANK for n in skip.items}
        led = np.logical_and.reduce([zero[n] for n in skip.when] + [zero[n] | blank[n] for n in skip.items])
        passed |= {n: passed[n] | (led & blank[n]) for n in skip.items}
    return passed


def _asked(dataset: Dataset, used: Instrument, scale: Scale) -> None:
    """An item nobody was asked, among others that were, is a column forgotten. Goals may be fewer than five."""
    answers = {number: _answers(dataset, used, number) for number in scale.items}
    never = [number for number in answers if (_states(dataset, used, number) == MISSING_KINDS[0]).all()]
    if scale.rule != GAS and never and not all(np.isnan(one).all() for one in answers.values()):
        names = {"instrument": used.name, "item": never[0], "column": used.column(never[0])}
        raise UsageError("instrument.never_asked", file=dataset.origin.file, **names)


def _answers(dataset: Dataset, used: Instrument, number: int) -> np.ndarray:
    column = used.column(number)
    if column not in dataset.frame:
        raise UsageError("instrument.no_column", instrument=used.name, item=number, column=column)
    if dataset.frame[column].dtype.kind != "f":
        raise UsageError("instrument.not_number", instrument=used.name, column=column)
    return dataset.frame[column].to_numpy()


def _states(dataset: Dataset, used: Instrument, number: int) -> np.ndarray:
    return dataset.frame[state_column(used.column(number))].astype(str).to_numpy()


def _points(dataset: Dataset, used: Instrument, item: Item) -> np.ndarray:
    place = _places(dataset, used, item)
    counts = np.array(list(item.points.values()), dtype=float)
    return np.where(place < 0, np.nan, _turned(dataset, used, item, counts[place]))


def _turned(dataset: Dataset, used: Instrument, item: Item, found: np.ndarray) -> np.ndarray:
    """Points as the edition of each row counts them; where that is not known and matters, none."""
    turning = [one.value for one in used.editions if item.number in one.reversed]
    if not turning:
        return found
    column = used.edition_column
    if column not in dataset.frame:
        raise UsageError("instrument.no_column", instrument=used.name, item=item.number, column=column)
    edition = dataset.frame[column].astype(str)
    known = edition.isin([one.value for one in used.editions])
    either = np.where(edition.isin(turning), item.minimum + item.maximum - found, found)
    return np.where(known, either, np.nan)


def _places(dataset: Dataset, used: Instrument, item: Item) -> np.ndarray:
    """The place of each answer among those that are allowed; −1 where it is missing."""
    answers = _answers(dataset, used, item.number)
    allowed = np.array(item.allowed, dtype=float)
    place = np.searchsorted(allowed, answers).clip(max=len(allowed) - 1)
    missing = np.isnan(answers)
    wrong = (allowed[place] != answers) & ~missing
    if wrong.any():
        raise _not_allowed(dataset, used.column(item.number), item, wrong)
    return np.where(missing, -1, place)


def _not_allowed(dataset: Dataset, column: str, item: Item, wrong: np.ndarray) -> UsageError:
    rows = [str(row) for row in dataset.frame.index[wrong]]
    told = ", ".join(rows[:_TOLD]) + (" …" if len(rows) > _TOLD else "")
    allowed = ", ".join(map(str, item.allowed))
    file = dataset.origin.file
    return UsageError("instrument.not_allowed", file=file, column=column, n=len(rows), rows=told, allowed=allowed)


def _scored(dataset: Dataset, used: Instrument, scale: Scale) -> Dataset:
    found = points(dataset, used, scale)
    values = _gas(dataset, used, scale, found) if scale.rule == GAS else _rule(scale, found)
    few = np.isnan(found).sum(axis=1) <= scale.allowed_missing
    values = np.where(few & _enough(dataset, used), values, np.nan)
    field = used.score_field(scale)
    if field.name in {one.name for one in dataset.codebook.fields}:
        raise UsageError("instrument.taken", instrument=used.name, column=field.name)
    state = _state(dataset, used, scale, np.isnan(values))
    return with_column(dataset, field, values, **{state_column(field.name): state})


def _rule(scale: Scale, found: np.ndarray) -> np.ndarray:
    answered = (~np.isnan(found)).sum(axis=1)
    made = RULES[scale.rule](np.nansum(found, axis=1), np.maximum(answered, 1), len(scale.items))
    return np.where(answered > 0, made, np.nan)


def _enough(dataset: Dataset, used: Instrument) -> np.ndarray:
    """Rows where not too many of all the instrument's items are missing."""
    if used.allowed_missing is None:
        return np.ones(len(dataset), dtype=bool)
    passed = _passed(dataset, used)
    gone = (np.isnan(_answers(dataset, used, one.number)) & ~passed[one.number] for one in used.items)
    return np.asarray(sum(one.astype(int) for one in gone)) <= used.allowed_missing


def _gas(dataset: Dataset, used: Instrument, scale: Scale, found: np.ndarray) -> np.ndarray:
    """T-scores of the goals each person has. Weights for only some of them, or all zero, make no score."""
    weights = _weights(dataset, used, scale, found)
    total = weights.sum(axis=1)
    usable = total > 0  # false for NaN, too
    attained = np.nansum(weights * np.nan_to_num(found), axis=1)
    made = gas(attained, np.where(usable, (weights**2).sum(axis=1), 1), np.where(usable, total, 1))
    return np.where(usable, made, np.nan)


def _weights(dataset: Dataset, used: Instrument, scale: Scale, found: np.ndarray) -> np.ndarray:
    """Rows × goals: 0 for a goal that is not there, 1 where no goal of the person has a weight, NaN for one lacking."""
    there = ~np.isnan(found)
    names = [used.weight_column(number) for number in scale.items]
    nothing = pd.Series(np.nan, index=dataset.frame.index)
    given = np.column_stack([dataset.frame.get(name, nothing).to_numpy(dtype=float) for name in names])
    weighted = (there & ~np.isnan(given)).any(axis=1, keepdims=True)
    return np.where(there, np.where(weighted & scale.weights, given, 1.0), 0.0)


def _state(dataset: Dataset, used: Instrument, scale: Scale, missing: np.ndarray) -> pd.Categorical:
    """Answered, or why not: the kind of missing that all items share, else blank."""
    kinds = np.column_stack([_states(dataset, used, number) for number in scale.items])
    same = (kinds == kinds[:, :1]).all(axis=1) & np.isin(kinds[:, 0], MISSING_KINDS)
    why = np.where(same, kinds[:, 0], BLANK)
    return pd.Categorical(np.where(missing, why, ANSWERED).astype(object), categories=[ANSWERED, *MISSING_KINDS])
