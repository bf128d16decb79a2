"""Change in a group or service: the same people before and after, scale by scale."""

from dataclasses import replace
from math import inf
from typing import Any

import numpy as np

from rakelab.cells import Counted, Key, Moments, Quantity, Tally, Variable, join, key
from rakelab.dataset import ANSWERED, Dataset
from rakelab.errors import UsageError
from rakelab.formulas.reliability import reliable_change
from rakelab.indicators import measure
from rakelab.indicators.declaration import OF_VARIABLE, Indicator, indicator, of
from rakelab.indicators.measure.numbers import FINEST
from rakelab.names import AT_END, AT_START, CHANGE, CLASS, END, LEFT, PAIR, REMARKS, START, made_of
from rakelab.prepare import Measure, measures
from rakelab.scales import Direction


@indicator(
    title={"fi": "Keskimääräinen muutos", "sv": "Genomsnittlig förändring", "en": "Mean change"},
    numerator="sum of the changes of a scale (after less before) in its points, with Wilcoxon's signed rank test",
    denominator="people measured at both ends on that scale",
    who="every such person, each once",
    missing="who lacks an end is left out and counted in ``pairs``",
    source="Student 1908; Wilcoxon 1945",
    shown_as=Quantity.MEAN,
)
def change(dataset: Dataset, scales: tuple[str, ...], *, by: str = "") -> Tally:
    names = [made_of(scale, CHANGE) for scale in _named(scales)]
    tally = _with_classes(dataset, measure.means(dataset, names, by=by), scales)
    return tally if by else _tied(replace(tally, statistics=measure.signed_ranks(dataset, names)), scales)


@indicator(
    title={"fi": "Keskiarvot ennen ja jälkeen", "sv": "Medelvärden före och efter", "en": "Means before and after"},
    numerator="sum of the scores before, and after, in points of the scale",
    denominator="people measured at both ends on that scale",
    who="those whose change is told",
    missing="left out",
    source="Student 1908",
    shown_as=Quantity.MEAN,
)
def ends(dataset: Dataset, scales: tuple[str, ...]) -> Tally:
    names = [made_of(scale, end) for scale in _named(scales) for end in (START, END)]
    return _with_limits(dataset, measure.means(dataset, names), scales)


@indicator(
    title={
        "fi": "Alkumittaus: jatkaneet ja keskeyttäneet",
        "sv": "Första mätningen: de som fortsatte och de som avbröt",
        "en": "First measurement: those who stayed and those who left",
    },
    numerator="sum of the baseline scores: of those measured at both ends, and of those who left",
    denominator="people of each kind",
    who="everybody with a baseline",
    missing="without a baseline left out",
    source="a comparison usual in evaluation; without it a change could be that of those who stayed",
    shown_as=Quantity.MEAN,
)
def dropouts(dataset: Dataset, scales: tuple[str, ...]) -> Tally:
    names = [made_of(scale, end) for scale in _named(scales) for end in (START, LEFT)]
    return _with_limits(dataset, measure.means(dataset, names), scales)


def _with_limits(dataset: Dataset, tally: Tally, scales: tuple[str, ...]) -> Tally:
    """Says of each mean which counts of ``limits`` are of the lowest and the highest score, of everybody measured."""
    moments = dict(_tied(tally, scales).moments)
    for scale in scales:
        for end, place in ((START, AT_START), (END, AT_END), (LEFT, AT_START)):
            row, counted = key((made_of(scale, end), ANSWERED)), made_of(scale, place)
            if row in moments and counted in dataset.frame:
                more = int(dataset.frame[counted].isin(dataset.codebook[counted].values).sum()) - tally.counts[row]
                moments[row] = replace(moments[row], counted=_ends(moments[row], counted, more))
    return replace(tally, moments=moments)


def _with_classes(dataset: Dataset, tally: Tally, scales: tuple[str, ...]) -> Tally:
    """Says of each mean change that ``classes`` counts who changed by more than noise."""
    known = {followed.field.name: followed for followed in measures(dataset)}
    moments = dict(tally.moments)
    for scale in (scale for scale in scales if made_of(scale, CLASS) in dataset.frame):
        changed = (made_of(scale, CHANGE), ANSWERED)
        for cell_key in (cell_key for cell_key in moments if changed in cell_key):
            column = tuple(pair for pair in cell_key if pair != changed)
            counted = _beyond_noise(dataset, known[scale], column)
            moments[cell_key] = replace(moments[cell_key], counted=counted)
    return replace(tally, moments=moments)


def _beyond_noise(dataset: Dataset, scale: Measure, column: Key) -> tuple[Counted, ...]:
    """Improved and worsened, as ranges of the change."""
    name, noise = scale.field.name, _noise(dataset, scale)
    up, down = (noise, inf), (-inf, -noise)
    ends = {"parani": up, "huononi": down} if scale.direction is Direction.BETTER else {"parani": down, "huononi": up}
    return tuple(Counted(low, high, join(column, key((made_of(name, CLASS), c)))) for c, (low, high) in ends.items())


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
        moments |= {row: replace(moments[row], parts=others) for row, others in parts.items() if row in moments}
    return replace(tally, moments=moments)


def _ends(moments: Moments, counted: str, more: int) -> tuple[Counted, ...]:
    if (grid := moments.grid) is None:
        return ()
    inside = (grid.low + grid.step / 2, grid.high - grid.step / 2)
    places = {"pohja": (grid.low, grid.low), "valissa": inside, "katto": (grid.high, grid.high)}
    return tuple(Counted(*ends, key((counted, level)), more) for level, ends in places.items())


@indicator(
    title=OF_VARIABLE,
    numerator="people whose change is larger than the scale's noise, either way, or not; “stayed” is a success where "
    "the aim was to prevent worsening",
    denominator="everybody of the group",
    who="every person",
    missing="a row of its own (no pair on the scale)",
    source="Jacobson & Truax 1991; AVAIN's goals 1 and 2 (THL)",
    of_each=True,
)
def classes(dataset: Dataset, scale: str, *, by: str = "") -> Tally:
    return measure.distribution(dataset, made_of(scale, CLASS), by=by)


@indicator(
    title=OF_VARIABLE,
    numerator="people at the lowest or the highest possible score, where a change cannot show",
    denominator="everybody",
    who="every person",
    missing="a row of its own",
    source="McHorney & Tarlov 1995 (15 % or more is called a floor or ceiling effect)",
    of_each=True,
)
def limits(dataset: Dataset, scale: str, *, end: str = AT_START) -> Tally:
    return measure.distribution(dataset, made_of(scale, end))


pairs = Indicator(
    "pairs",
    of(PAIR),
    title={"fi": "Mittausparit", "sv": "Mätpar", "en": "Pairs of measurements"},
    numerator="people measured at both ends, only at the start, only at the end; shown however few, as they tell of "
    "the collecting of data",
    denominator="everybody with a consent",
    who="every person",
    missing="the kinds are the point",
    source="rakelab (a check of the data)",
)

remarks = replace(
    pairs,
    id="remarks",
    count=of(REMARKS),
    title={"fi": "Huomiot mittauksista", "sv": "Anmärkningar om mätningarna", "en": "Remarks on measurements"},
    numerator="people with the remark: two measurements on one day, several in one place, late, the last before the "
    "first; shown however few",
    missing="no remark is an option of its own",
)


@indicator(
    title={
        "fi": "Mittarin johdonmukaisuus (Cronbachin alfa)",
        "sv": "Instrumentets inre konsistens (Cronbachs alfa)",
        "en": "Internal consistency (Cronbach's alpha)",
    },
    numerator="sum of the items' variances at the first measurement",
    denominator="variance of the items' sum",
    who="people who answered every item of the scale (not of a formative one)",
    missing="left out",
    source="Cronbach 1951; the interval, Feldt 1965",
    shown_as=Quantity.STATISTIC,
)
def reliability(dataset: Dataset, scales: tuple[tuple[str, str], ...]) -> Tally:
    counts, statistics, words = {}, dict[tuple[Key, str], float | None](), dict[str, Variable]()
    for instrument, scale in _named(scales):
        name = f"{instrument}_{scale}"
        n, values = measure.alpha(dataset, instrument, scale)
        counts[key((name, ANSWERED))] = n
        statistics |= {(key((name, ANSWERED)), statistic): value for statistic, value in values.items()}
        words |= measure.variables(dataset.codebook, {name: (ANSWERED,)})
    return measure.statistics(dataset, counts, statistics, words=words)


def _named(scales: tuple[Any, ...]) -> tuple[Any, ...]:
    if not scales:
        raise UsageError("indicators.no_scales")
    return scales
