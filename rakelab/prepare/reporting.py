"""Social reporting: half-years, days until the first answer, how far the handling came.

One row is one notification. What is made here tells of the handling, not of anybody's life, so its counts are ``open``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from rakelab import i18n
from rakelab.codebook import BLANK, MISSING_KINDS, NOT_ASKED, Category, Field, Label
from rakelab.dataset import ANSWERED, Dataset, Finding, Severity, Step, option_column, state_column
from rakelab.errors import UsageError
from rakelab.names import ANSWER, DAYS, HALF, REACHED, YEAR
from rakelab.prepare.derived import same_words, with_column
from rakelab.prepare.lengths import Extent, declared, extent, lengths

GIVEN, WAITING, BEFORE = "annettu", "odottaa", "ennen_ilmoitusta"
_ID, _ANSWERED_ON, _STATE, _ASSIGNED = "ilmoitus_id", "palaute_annettu_pvm", "kasittely_tila", "toimeksianto_taho"
_HANDLING = (_STATE, _ASSIGNED, "toimenpide_toteutunut")
_STAGES = ("esihenkilolla", "tyoryhmassa", "toimeksianto", "suljettu")


def notifications(dataset: Dataset) -> Dataset:
    """One row for each notification: of rows with the same code the last stays. Says on the page, as a step, that
    columns about the reporter were not read, if the file had such."""
    dropped = [found for found in dataset.findings if found.code == "metadata_dropped"]
    if dropped:
        told = Step("prepare.why.reporter_dropped", len(dataset), len(dataset), dataset.population)
        dataset = replace(dataset, steps=(*dataset.steps, told))
    codes = folded(dataset.frame[_ID])
    again = codes.duplicated(keep="last") & codes.notna()
    return dataset.narrowed(dataset.frame[~again], "prepare.why.repeated", by=()) if again.any() else dataset


def folded(texts: pd.Series) -> pd.Series:
    """Codes as they are compared: without case and outer spaces; None where there is none."""
    known = [text.strip().casefold() if isinstance(text, str) else None for text in texts]
    return pd.Series(known, index=texts.index, dtype=object)


# --- periods --------------------------------------------------------------------------------------------------


def half_years(dataset: Dataset, wanted: Iterable[object] = (), *, covers: Sequence[object] = ()) -> Dataset:
    """Adds ``puolivuosi`` from the date of the row: ``2021-1`` is January–June. With ``wanted`` (half-years, or years
    for both halves) only those rows. ``covers``: the first and the last day that the data are of (``lengths.extent``).

    Raises UsageError where the form has no date, a wanted period cannot be read, or it has no rows.
    """
    chosen = {str(one).strip(): _halves(one) for one in wanted}
    halves = [_half_words(year, half) for year in _span(dataset) for half in (1, 2)]
    made = _with_periods(dataset, HALF, halves, lengths(halves, _extent(dataset, covers)))
    return _only(made, HALF, chosen)


def years(dataset: Dataset, wanted: Iterable[object] = (), *, covers: Sequence[object] = ()) -> Dataset:
    """Adds ``vuosi`` from the date of the row; with ``wanted``, only those years. Raises as ``half_years``. A year is
    as long as its half-years, where these were made (and chosen) first."""
    chosen = {str(one).strip(): [_year(one)] for one in wanted}
    every = [_year_words(year) for year in _span(dataset)]
    halves = dataset.codebook[HALF].lengths if HALF in dataset.codebook else None
    days = lengths(every, _extent(dataset, covers)) if halves is None else _of_halves(halves)
    return _only(_with_periods(dataset, YEAR, every, days), YEAR, chosen)


def _extent(dataset: Dataset, covers: Sequence[object]) -> Extent | None:
    return extent(dataset.frame[_date_field(dataset).name], covers)


def _of_halves(halves: Mapping[str, int]) -> dict[str, int]:
    of = {half: half.partition("-")[0] for half in halves}
    return {year: sum(n for half, n in halves.items() if of[half] == year) for year in of.values()}


def _date_field(dataset: Dataset) -> Field:
    field = dataset.codebook.role("date")
    if field is None:
        raise UsageError("prepare.no_date", codebook=dataset.codebook.name)
    return field


def _span(dataset: Dataset) -> range:
    found = dataset.frame[_date_field(dataset).name].dt.year.dropna()
    return range(int(found.min()), int(found.max()) + 1) if len(found) else range(0)


def _half_words(year: int, half: int) -> Category:
    """A half-year; its ends count half-years since year 0, so that it is known to lie within its year."""
    words = {lang: i18n.text(f"prepare.half.{half}", lang, year=year) for lang in i18n.LANGUAGES}
    return Category(f"{year}-{half}", words, minimum=2 * year + half - 1, maximum=2 * year + half - 1)


def _year_words(year: int) -> Category:
    return replace(same_words(str(year)), minimum=2 * year, maximum=2 * year + 1)


def _with_periods(dataset: Dataset, name: str, periods: Sequence[Category], days: Mapping[str, int]) -> Dataset:
    date_field = _date_field(dataset)
    dates = dataset.frame[date_field.name]
    numbers = (2 * dates.dt.year + (dates.dt.month > 6)).to_numpy(dtype=float)
    reached = numbers[~np.isnan(numbers)]
    periods = [one for one in periods if one.maximum >= reached.min() and one.minimum <= reached.max()]
    field = Field(
        name, "string", _words(f"prepare.{name}"), tuple(periods), ordered=True, role="period", of=date_field.name,
        open=tuple(one.value for one in periods), lengths=days,
    )  # fmt: skip
    levels = [next((p.value for p in periods if p.minimum <= n <= p.maximum), BLANK) for n in numbers]
    return with_column(dataset, field, pd.Categorical(levels, categories=list(field.levels)))


def _only(dataset: Dataset, name: str, wanted: Mapping[str, list[str]]) -> Dataset:
    """The rows of the ``wanted`` periods; of each, at least one part has rows."""
    found = set(dataset.frame[name].unique())
    known = [level for level in dataset.codebook[name].values if level in found]
    absent = [one for one, parts in wanted.items() if not found.intersection(parts)]
    if absent:
        raise UsageError("prepare.no_such_half", periods=", ".join(absent), known=", ".join(known) or "–")
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
    return [f"{_year(year)}-{one}" for one in (half or "12")]


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
    asked, answered = (_days(dataset, name) for name in (_date_field(dataset).name, _ANSWERED_ON))
    end = last_day(until, asked, answered)
    if (asked > end).any():
        raise UsageError("prepare.until_early")
    before = (answered < asked).to_numpy()
    given = (answered <= end).to_numpy() & ~before
    level = np.select([before, given], [BEFORE, GIVEN], WAITING)
    days = (answered.where(given, end) - asked).dt.days.to_numpy(dtype=float)
    unknown = asked.isna().to_numpy() | never_asked(dataset, _ANSWERED_ON)
    level = np.where(unknown, NOT_ASKED if never_asked(dataset, _ANSWERED_ON) else BLANK, level)
    return _with_answers(dataset, level, np.where(before | unknown, np.nan, days))


def _with_answers(dataset: Dataset, level: np.ndarray, days: np.ndarray) -> Dataset:
    answer = open_field(ANSWER, (GIVEN, WAITING, BEFORE))
    wait = Field(DAYS, "number", _words(f"prepare.{DAYS}"), minimum=0, open=(ANSWERED,))
    kinds = np.where(np.isnan(days), np.where(level == NOT_ASKED, NOT_ASKED, BLANK), ANSWERED)
    state = {state_column(DAYS): pd.Categorical(kinds, categories=[ANSWERED, *MISSING_KINDS])}
    made = with_column(dataset, answer, pd.Categorical(level, categories=list(answer.levels)))
    rows = tuple(dataset.frame.index[level == BEFORE].tolist())
    return with_finding(with_column(made, wait, days, **state), "answer_before", _ANSWERED_ON, rows=rows)


def _days(dataset: Dataset, name: str) -> pd.Series:
    days: pd.Series = dataset.frame[name].dt.normalize()
    return days


def never_asked(dataset: Dataset, name: str) -> bool:
    """The file had no column for the field."""
    return any(found.code == "column_absent" and found.variable == name for found in dataset.findings)


def last_day(until: object, *dates: pd.Series) -> pd.Timestamp:
    """The day ``until``, or the latest of all ``dates``. UsageError for what is no date."""
    latest = (one.max() for one in dates if one.notna().any())
    return declared(until) or max(latest, default=pd.Timestamp(1900, 1, 1))


def with_finding(dataset: Dataset, code: str, variable: str, *, rows: tuple[int, ...]) -> Dataset:
    """The dataset with one more remark, if there are rows that it concerns."""
    found = Finding(code, variable, rows, Severity.NOTE)
    return replace(dataset, findings=(*dataset.findings, found)) if rows else dataset


# --- handling -------------------------------------------------------------------------------------------------


def handling_reached(dataset: Dataset) -> Dataset:
    """Adds ``kasittely_vaihe`` (several options for one notification): which stages it has reached by its state.

    A closed notification has been with the supervisor and in the working group, as the process goes; an assignment
    was made where its state or its receiver says so. From here on the fields of the handling are ``open``, too: their
    counts could be worked out from those of the stages.
    """
    state, assigned = dataset.frame[_STATE], dataset.frame[_ASSIGNED]
    missing = state.isin(MISSING_KINDS)
    closed, order = state == "suljettu", list(dataset.codebook[_STATE].values)
    place = state.map({level: i for i, level in enumerate(order)}).astype(float)
    made = (state == "toimeksianto") | (closed & assigned.isin(dataset.codebook[_ASSIGNED].values))
    reached: Mapping[str, pd.Series] = {
        "esihenkilolla": place >= order.index("esihenkilolla"),
        "tyoryhmassa": place >= order.index("tyoryhmassa"),
        "toimeksianto": made,
        "suljettu": closed,
    }
    field = replace(open_field(REACHED, _STAGES), type="list", ordered=True)
    status = pd.Categorical(np.where(missing, state.astype(str), ANSWERED), categories=[ANSWERED, *(MISSING_KINDS)])
    ticks = {option_column(REACHED, stage): (one & ~missing).to_numpy() for stage, one in reached.items()}
    return _opened(with_column(dataset, field, status, **ticks))


def _opened(dataset: Dataset) -> Dataset:
    book = dataset.codebook
    for field in (book[name] for name in _HANDLING):
        book = book.with_replaced(replace(field, open=field.levels))
    return replace(dataset, codebook=book)


def open_field(name: str, levels: Iterable[str]) -> Field:
    """A derived single choice about the handling; its words are ``prepare.<name>``."""
    options = tuple(Category(level, _words(f"prepare.{name}.{level}")) for level in levels)
    values = tuple(one.value for one in options)
    return Field(name, "string", _words(f"prepare.{name}.title"), options, open=(*values, ANSWERED, *MISSING_KINDS))


def _words(key: str) -> Label:
    return {lang: i18n.text(key, lang) for lang in i18n.LANGUAGES}
