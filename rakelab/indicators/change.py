"""Change in a group or service: the same people before and after, scale by scale."""

from dataclasses import replace
from math import inf
from typing import Any

import numpy as np

from rakelab.cells import Counted, Key, Moments, Tally, Variable, join, key
from rakelab.dataset import ANSWERED, Dataset
from rakelab.errors import UsageError
from rakelab.formulas.reliability import reliable_change
from rakelab.indicators import measure
from rakelab.indicators.measure.numbers import FINEST
from rakelab.prepare import Measure, measures
from rakelab.reserved import AT_END, AT_START, CHANGE, CLASS, END, LEFT, PAIR, REMARKS, START, made_of


def change(dataset: Dataset, scales: tuple[str, ...], *, by: str = "") -> Tally:
    """Mean change of each scale (after less before), with Wilcoxon's signed rank test.

    Numerator: sum of the changes. Denominator: people measured at both ends on that scale. Who is in: every such
    person, each once. Missing: who lacks an end is left out and counted in ``pairs``. Unit: points of the scale.
    Source: Student 1908; Wilcoxon 1945.
    """
    names = [made_of(scale, CHANGE) for scale in _some(scales)]
    tally = _with_classes(dataset, measure.means(dataset, names, indicator="change", by=by), scales)
    return tally if by else _tied(replace(tally, statistics=measure.signed_ranks(dataset, names)), scales)


def ends(dataset: Dataset, scales: tuple[str, ...]) -> Tally:
    """Mean of each scale before and after, of the people whose change is told.

    Numerator: sum of the scores. Denominator: people measured at both ends on that scale. Who is in: as in
    ``change``. Missing: left out. Unit: points of the scale. Source: as in ``change``.
    """
    names = [made_of(one, end) for one in _some(scales) for end in (START, END)]
    return _with_limits(dataset, measure.means(dataset, names, indicator="ends"), scales)


def dropouts(dataset: Dataset, scales: tuple[str, ...]) -> Tally:
    """Mean of each scale at baseline: of those measured at both ends, and of those who left.

    Numerator: sum of the baseline scores. Denominator: people of each kind. Who is in: everybody with a baseline.
    Missing: without a baseline left out. Source: a comparison usual in evaluation; without it a change could be that
    of those who stayed.
    """
    names = [made_of(one, end) for one in _some(scales) for end in (START, LEFT)]
    return _with_limits(dataset, measure.means(dataset, names, indicator="dropouts"), scales)


def _with_limits(dataset: Dataset, tally: Tally, scales: tuple[str, ...]) -> Tally:
    """Says of each mean which counts of ``limits`` are of the lowest and the highest score, of everybody measured."""
    moments = dict(_tied(tally, scales).moments)
    for scale in scales:
        for end, place in ((START, AT_START), (END, AT_END), (LEFT, AT_START)):
            one, counted = key((made_of(scale, end), ANSWERED)), made_of(scale, place)
            if one in moments and counted in dataset.frame:
                more = _answered(dataset, counted) - tally.counts[one]
                moments[one] = replace(moments[one], counted=_ends(moments[one], counted, more))
    return replace(tally, moments=moments)


def _with_classes(dataset: Dataset, tally: Tally, scales: tuple[str, ...]) -> Tally:
    """Says of each mean change that ``classes`` counts who changed by more than noise."""
    known = {one.field.name: one for one in measures(dataset)}
    moments = dict(tally.moments)
    for scale in (one for one in scales if made_of(one, CLASS) in dataset.frame):
        changed = (made_of(scale, CHANGE), ANSWERED)
        for one in (one for one in moments if changed in one):
            column = tuple(pair for pair in one if pair != changed)
            counted = _beyond_noise(dataset, known[scale], column)
            moments[one] = replace(moments[one], counted=counted)
    return replace(tally, moments=moments)


def _beyond_noise(dataset: Dataset, scale: Measure, column: Key) -> tuple[Counted, ...]:
    """Improved and worsened, as ranges of the change."""
    name, noise = scale.field.name, _noise(dataset, scale)
    up, down = (noise, inf), (-inf, -noise)
    ends = {"parani": up, "huononi": down} if scale.direction == "higher_better" else {"parani": down, "huononi": up}
    return tuple(Counted(*some, join(column, key((made_of(name, CLASS), level)))) for level, some in ends.items())


def _noise(dataset: Dataset, scale: Measure) -> float:
    """The smallest change that is more than noise; where people were chosen after they were classed, as those who are
    left were classed."""
    name = scale.field.name
    starts = dataset.frame[made_of(name, START)].to_numpy(dtype=float)
    classes, size = dataset.frame[made_of(name, CLASS)], dataset.frame[made_of(name, CHANGE)].abs()
    known = starts[~np.isnan(starts)]
    least = reliable_change(scale.reliability, float(known.std(ddof=1))) if len(known) > 1 else inf
    still, moved = (classes == "ennallaan").to_numpy(), classes.isin(["parani", "huononi"]).to_numpy()
    return float(
        np.clip(least, size[still].max() + FINEST / 3 if still.any() else 0, size[moved].min() if moved.any() else inf)
    )


def _tied(tally: Tally, scales: tuple[str, ...]) -> Tally:
    """Says of each mean how it follows from others of the same people: the change is the end less the start."""
    moments = dict(tally.moments)
    for scale in scales:
        before, after, difference = (key((made_of(scale, end), ANSWERED)) for end in (START, END, CHANGE))
        parts = {
            difference: ((after, 1), (before, -1)),
            after: ((before, 1), (difference, 1)),
            before: ((after, 1), (difference, -1)),
        }
        moments |= {one: replace(moments[one], parts=some) for one, some in parts.items() if one in moments}
    return replace(tally, moments=moments)


def _ends(moments: Moments, counted: str, more: int) -> tuple[Counted, ...]:
    if (grid := moments.grid) is None:
        return ()
    inside = (grid.low + grid.step / 2, grid.high - grid.step / 2)
    places = {"pohja": (grid.low, grid.low), "valissa": inside, "katto": (grid.high, grid.high)}
    return tuple(Counted(*ends, key((counted, level)), more) for level, ends in places.items())


def _answered(dataset: Dataset, variable: str) -> int:
    return int(dataset.frame[variable].isin(dataset.codebook[variable].values).sum())


def classes(dataset: Dataset, scale: str, *, by: str = "") -> Tally:
    """How many improved, stayed as they were, worsened, by reliable change.

    Numerator: people whose change is larger than the scale's noise, either way, or not. Denominator: everybody of the
    group. Who is in: every person. Missing: a row of its own (no pair on the scale). “Stayed” is a success where the
    aim was to prevent worsening. Source: Jacobson & Truax 1991; AVAIN's goals 1 and 2 (THL).
    """
    return _named(measure.distribution(dataset, made_of(scale, CLASS), indicator="classes", by=by))


def limits(dataset: Dataset, scale: str, *, end: str = AT_START) -> Tally:
    """How many were at the floor or the ceiling of the scale, where a change cannot show.

    Numerator: people at the lowest or the highest possible score. Denominator: everybody. Who is in: every person.
    Missing: a row of its own. Source: McHorney & Tarlov 1995 (15 % or more is called a floor or ceiling effect).
    """
    return _named(measure.distribution(dataset, made_of(scale, end), indicator="limits"))


def pairs(dataset: Dataset, *, by: str = "") -> Tally:
    """How many were measured at both ends, only at the start, only at the end.

    Numerator: people of each kind. Denominator: everybody with a consent. Who is in: every person. Missing: the kinds
    are the point. The counts tell of the collecting of data and are shown however small.
    Source: rakelab (a check of the data).
    """
    return measure.distribution(dataset, PAIR, indicator="pairs", by=by)


def remarks(dataset: Dataset) -> Tally:
    """What was wrong with measurements: two on one day, several in one place, late, the last before the first.

    Numerator: people with the remark. Denominator: everybody with a consent. Who is in: every person. Missing: no
    remark is an option of its own. The counts tell of the collecting of data and are shown however small.
    Source: rakelab (a check of the data).
    """
    return measure.distribution(dataset, REMARKS, indicator="remarks")


def reliability(dataset: Dataset, scales: tuple[tuple[str, str], ...]) -> Tally:
    """Cronbach's alpha of each scale (instrument, scale) at the first measurement.

    Numerator: sum of the items' variances. Denominator: variance of the items' sum. Who is in: people who answered
    every item of the scale. Missing: left out. Not for a formative scale. Source: Cronbach 1951; the interval, Feldt
    1965.
    """
    counts, found, words = {}, dict[tuple[Key, str], float | None](), dict[str, Variable]()
    for instrument, scale in _some(scales):
        name = f"{instrument}_{scale}"
        n, values = measure.alpha(dataset, instrument, scale)
        counts[key((name, ANSWERED))] = n
        found |= {(key((name, ANSWERED)), statistic): value for statistic, value in values.items()}
        words |= measure.variables(dataset.codebook, {name: (ANSWERED,)})
    return measure.statistics(dataset, counts, found, indicator="reliability", words=words)


def _named(tally: Tally) -> Tally:
    """A table for each scale: its name tells which."""
    view = tally.view
    return replace(tally, view=replace(view, id="_".join(filter(None, (view.indicator, view.variable, view.by)))))


def _some(scales: tuple[Any, ...]) -> tuple[Any, ...]:
    if not scales:
        raise UsageError("indicators.no_scales")
    return scales
