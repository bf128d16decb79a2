"""Social reporting: half-years, days until the first answer, how far the handling came.

One row is one notification. What is made here tells of the handling, not of anybody's life, so its counts are ``open``.
Which column is what, the form says by roles.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from rakelab import i18n
from rakelab.codebook import BLANK, MISSING_KINDS, NOT_ASKED, Category, Field
from rakelab.dataset import ANSWERED, Dataset, Step, option_column, state_column
from rakelab.errors import UsageError
from rakelab.names import ANSWER, DAYS, HALF, MONTH, REACHED, YEAR
from rakelab.prepare.choose import each_wanted
from rakelab.prepare.derived import opened, options, same_words, states, with_column, with_finding, with_levels
from rakelab.prepare.lengths import declared, extent, lengths
from rakelab.prepare.people import role_of

GIVEN, WAITING, BEFORE = "annettu", "odottaa", "ennen_ilmoitusta"
_STAGES = ("esihenkilolla", "tyoryhmassa", "toimeksianto", "suljettu")


def notifications(dataset: Dataset) -> Dataset:
    """One row for each notification: of rows with the same code the last stays. Says on the page, as a step, that
    columns about the reporter were not read, if the file had such."""
    if any(finding.code == "metadata_dropped" for finding in dataset.findings):
        step = Step(i18n.Word("prepare.why.reporter_dropped"), len(dataset), len(dataset), dataset.population)
        dataset = replace(dataset, steps=(*dataset.steps, step))
    codes = folded(dataset.frame[role_of(dataset, "code").name])
    again = codes.duplicated(keep="last") & codes.notna()
    return dataset.narrowed(dataset.frame[~again], i18n.Word("prepare.why.repeated"), by=()) if again.any() else dataset


def folded(texts: pd.Series) -> pd.Series:
    """Codes as they are compared: without case and outer spaces; None where there is none."""
    known = [text.strip().casefold() if isinstance(text, str) else None for text in texts]
    return pd.Series(known, index=texts.index, dtype=object)


# --- periods --------------------------------------------------------------------------------------------------


def half_years(dataset: Dataset, wanted: object = (), *, covers: Sequence[object] = ()) -> Dataset:
    """Adds ``puolivuosi`` from the date of the row: ``2021-1`` is January–June. With ``wanted`` (half-years, or years
    for both halves) only those rows. ``covers``: the first and the last day that the data are of (``lengths.extent``).

    Raises UsageError where the form has no date, a wanted period cannot be read, or it has no rows.
    """
    chosen = {str(period).strip(): _halves(period) for period in each_wanted(wanted)}
    halves = [_half(year, half) for year in _span(dataset) for half in (1, 2)]
    made = _with_periods(
        dataset, HALF, halves, lengths(halves, extent(dataset.frame[role_of(dataset, "date").name], covers))
    )
    return _only(made, HALF, chosen)


def years(dataset: Dataset, wanted: object = (), *, covers: Sequence[object] = ()) -> Dataset:
    """Adds ``vuosi`` from the date of the row; with ``wanted``, only those years. Raises as ``half_years``. A year is
    as long as its half-years, where these were made (and chosen) first."""
    chosen = {str(period).strip(): [_year(period)] for period in each_wanted(wanted)}
    whole = [replace(same_words(str(year)), minimum=12 * year, maximum=12 * year + 11) for year in _span(dataset)]
    halves = dataset.codebook[HALF].lengths if HALF in dataset.codebook else None
    days = (
        lengths(whole, extent(dataset.frame[role_of(dataset, "date").name], covers))
        if halves is None
        else _of_halves(halves)
    )
    return _only(_with_periods(dataset, YEAR, whole, days), YEAR, chosen)


def _of_halves(halves: Mapping[str, int]) -> dict[str, int]:
    of = {half: half.partition("-")[0] for half in halves}
    return {year: sum(n for half, n in halves.items() if of[half] == year) for year in of.values()}


def _span(dataset: Dataset) -> range:
    known = dataset.frame[role_of(dataset, "date").name].dt.year.dropna()
    return range(int(known.min()), int(known.max()) + 1) if len(known) else range(0)


def _half(year: int, half: int) -> Category:
    """A half-year; its ends count months since year 0, so that it is known to lie within its year."""
    first = 12 * year + 6 * (half - 1)
    return Category(f"{year}-{half}", i18n.label(f"prepare.half.{half}", year=year), minimum=first, maximum=first + 5)


def months(dataset: Dataset, *, covers: Sequence[object] = ()) -> Dataset:
    """Adds ``kuukausi`` from the date of the row (``2021-01``), every month from the first to the last: one without
    rows is a zero. Of half-years that were chosen, their months. ``covers`` as in ``half_years``. Raises UsageError
    where the form has no date."""
    chosen = dataset.codebook[HALF].lengths if HALF in dataset.codebook else {}
    every = [
        _month(year, month) for year in _span(dataset) for month in range(1, 13)
        if not chosen or f"{year}-{1 + (month > 6)}" in chosen
    ]  # fmt: skip
    covered = extent(dataset.frame[role_of(dataset, "date").name], covers)
    return _with_periods(dataset, MONTH, every, lengths(every, covered))


def _month(year: int, month: int) -> Category:
    place = 12 * year + month - 1
    return Category(f"{year}-{month:02}", same_words(f"{month}/{year}").label, minimum=place, maximum=place)


def _with_periods(dataset: Dataset, name: str, periods: Sequence[Category], days: Mapping[str, int]) -> Dataset:
    date_field = role_of(dataset, "date")
    dates = dataset.frame[date_field.name]
    numbers = (12 * dates.dt.year + dates.dt.month - 1).to_numpy(dtype=float)
    reached = numbers[~np.isnan(numbers)]
    periods = [option for option in periods if option.maximum >= reached.min() and option.minimum <= reached.max()]
    field = Field(
        name, "string", i18n.label(f"prepare.{name}"), tuple(periods), ordered=True, role="period", of=date_field.name,
        open=tuple(period.value for period in periods), lengths=days,
    )  # fmt: skip
    inside = [(numbers >= period.minimum) & (numbers <= period.maximum) for period in periods]
    levels = np.select(inside, list(field.values), BLANK) if periods else [BLANK] * len(dates)
    return with_levels(dataset, field, levels)


def _only(dataset: Dataset, name: str, wanted: Mapping[str, list[str]]) -> Dataset:
    """The rows of the ``wanted`` periods; of each, at least one part has rows."""
    present = set(dataset.frame[name].unique())
    absent = [period for period, parts in wanted.items() if not present.intersection(parts)]
    if absent:
        known = ", ".join(level for level in dataset.codebook[name].values if level in present)
        raise UsageError("prepare.no_such_half", periods=", ".join(absent), known=known or "–")
    if not wanted:
        return dataset
    chosen, field = {part for parts in wanted.values() for part in parts}, dataset.codebook[name]
    narrowed = dataset.narrowed(dataset.frame[dataset.frame[name].isin(chosen)], ", ".join(wanted), by=[name])
    field = replace(field, lengths={level: n for level, n in field.lengths.items() if level in chosen})
    return replace(narrowed, codebook=narrowed.codebook.with_replaced(field))


def _halves(wanted: object) -> list[str]:
    year, _, half = str(wanted).strip().partition("-")
    if half not in {"", "1", "2"}:
        raise UsageError("prepare.not_half")
    return [f"{_year(year)}-{part}" for part in (half or "12")]


def _year(wanted: object) -> str:
    text = str(wanted).strip()
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise UsageError("prepare.not_half")
    return text


# --- answers --------------------------------------------------------------------------------------------------


def answer_times(dataset: Dataset, until: object = "") -> Dataset:
    """Adds ``palaute`` (given, still waiting, dated before its notification) and ``odotus_paivia``: days until the
    answer, or until the day ``until`` where there is none yet.

    ``until`` is the day the data were looked at (the latest date in the data unless given): an answer after it has not
    come yet. An answer dated before its notification has no days, is counted, and is a finding. Raises UsageError for
    a day that cannot be read or that is before the latest notification.
    """
    name = role_of(dataset, "answered").name
    answered = dataset.frame[name].dt.normalize()
    end = last_day(until, dataset.frame[role_of(dataset, "date").name].dt.normalize(), answered)
    why = np.full(len(dataset), "" if dataset.asked(name) else NOT_ASKED, dtype=object)
    made = waited(dataset, (ANSWER, DAYS), answered, end, why)
    backwards = dataset.frame.index[made.frame[ANSWER] == BEFORE].tolist()
    return with_finding(made, "answer_before", name, rows=tuple(backwards))


def waited(
    dataset: Dataset, names: tuple[str, str], answered: pd.Series, end: pd.Timestamp, why: np.ndarray
) -> Dataset:
    """Adds the two variables ``names``: the state (given, still waiting, dated before its notification) on the day
    ``end``, and the days until ``answered`` or ``end``. ``why``: the kind of missing where neither is known.
    """
    asked = dataset.frame[role_of(dataset, "date").name].dt.normalize()
    if (asked > end).any():
        raise UsageError("prepare.until_early")
    before = (answered < asked).to_numpy()
    given = (answered <= end).to_numpy() & ~before
    why = np.where((why == "") & asked.isna().to_numpy(), BLANK, why)
    unknown = why != ""
    level = np.select([unknown, before, given], [why, BEFORE, GIVEN], WAITING)
    days = (answered.where(given, end) - asked).dt.days.to_numpy(dtype=float)
    days = np.where(before | unknown, np.nan, days)
    made = with_levels(dataset, open_field(names[0], (GIVEN, WAITING, BEFORE)), level)
    wait = Field(names[1], "number", i18n.label(f"prepare.{names[1]}"), minimum=0, open=(ANSWERED,))
    state = states(np.where(np.isnan(days), np.where(unknown, why, BLANK), ANSWERED))
    return with_column(made, wait, days, **{state_column(names[1]): state})


#: What a date tells that has come: not by when something should be done.
_COME = ("date", "answered", "finished")


def looked_at(until: object, *sheets: Dataset | None) -> pd.Timestamp:
    """The one day of which everything is told: ``until``, or the latest that any of the sheets knows of something
    that has come. Raises as ``answer_times``."""
    fields = ((sheet.frame, sheet.codebook.role(role)) for sheet in sheets if sheet is not None for role in _COME)
    known = (frame[field.name] for frame, field in fields if field is not None and field.name in frame)
    return last_day(until, *known).normalize()


def last_day(until: object, *dates: pd.Series) -> pd.Timestamp:
    """The day ``until``, or the latest of all ``dates``. UsageError for what is no date."""
    latest = (known.max() for known in dates if known.notna().any())
    return declared(until) or max(latest, default=pd.Timestamp(1900, 1, 1))


# --- handling -------------------------------------------------------------------------------------------------


def handling_reached(dataset: Dataset) -> Dataset:
    """Adds ``kasittely_vaihe`` (several options for one notification): which stages it has reached by its state.

    A closed notification has been with the supervisor and in the working group, as the process goes; an assignment
    was made where its state or its receiver says so. From here on the fields of the handling are ``open``, too: their
    counts could be worked out from those of the stages.
    """
    state_field, assignee = role_of(dataset, "state"), role_of(dataset, "assignee")
    outcome = dataset.codebook.role("outcome")
    state, assigned = dataset.frame[state_field.name], dataset.frame[assignee.name].isin(assignee.values)
    order = {level: i for i, level in enumerate(state_field.values)}
    place, closed = state.map(order).astype(float), state == "suljettu"
    with_supervisor, in_group = (place >= order[stage] for stage in _STAGES[:2])
    reached = (with_supervisor, in_group, (state == "toimeksianto") | (closed & assigned), closed)
    field = replace(open_field(REACHED, _STAGES), type="list", ordered=True)
    missing = state.isin(MISSING_KINDS)
    pairs = zip(_STAGES, reached, strict=True)
    ticks = {option_column(REACHED, stage): (rows & ~missing).to_numpy() for stage, rows in pairs}
    made = with_column(dataset, field, states(np.where(missing, state.astype(str), ANSWERED)), **ticks)
    return opened(made, *(asked.name for asked in (state_field, assignee, outcome) if asked))


def open_field(name: str, levels: Iterable[str]) -> Field:
    """A derived single choice about the handling; its words are ``prepare.<name>``."""
    values, title = tuple(levels), i18n.label(f"prepare.{name}.title")
    return Field(name, "string", title, options(values, f"prepare.{name}"), open=(*values, ANSWERED, *MISSING_KINDS))
