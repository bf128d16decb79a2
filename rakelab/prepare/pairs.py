"""People measured twice, one row each: where they were at the start and at the end, and what changed.

Nobody is dropped: whoever lacks a measurement, has two on one day or has them in the wrong order is counted as such.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from rakelab import i18n
from rakelab.codebook import Field
from rakelab.dataset import ANSWERED, Dataset, option_column
from rakelab.errors import UsageError
from rakelab.fields import BLANK, NOT_ASKED
from rakelab.names import PAIR, REMARKS
from rakelab.prepare.change import Made, Taken, changed, items_at
from rakelab.prepare.choose import level_of
from rakelab.prepare.derived import options, same_words, states
from rakelab.prepare.measured import item_names, keyless, measures
from rakelab.prepare.people import group_names, keys, numbered, role_of

BOTH, START_ONLY, END_ONLY, NEITHER = "pari", "vain_alku", "vain_loppu", "ei_mittausta"
SAME_DAY, SEVERAL, LATE, BACKWARDS, NOTHING = (
    "kaksi_samana_paivana", "useita_mittauksia", "myohassa", "loppu_ennen_alkua", "ei_huomioita"
)  # fmt: skip


@dataclass(frozen=True, repr=False)
class _Rows:
    """Of each row: whose it is (−1: nobody's), its point (empty where nothing was answered), its day."""

    person: np.ndarray
    point: np.ndarray
    day: np.ndarray
    first: np.ndarray  # the first row of each person


@dataclass(frozen=True, repr=False)
class _Pairs:
    """Positions of rows in the frame, one for each person (−1: none), and who has which remark."""

    start: np.ndarray
    end: np.ndarray
    remarks: Mapping[str, np.ndarray]


def paired(dataset: Dataset, *, first: str = "alku", last: str = "loppu", window_days: int = 0) -> Dataset:
    """One row for each person (group and id): each measure at the ``first`` and the ``last`` point, and its change.

    Columns: ``<measure>_alku``, ``_loppu`` and ``_muutos`` of those whose change is known, ``_keskeyttaneet`` the start
    of those not measured again; ``_alussa`` and ``_lopussa`` of everybody measured then; ``_luokka`` where the
    reliability is known; ``pari`` and ``mittaushuomiot``; the group; the person's other answers; items at the start.
    The first counts of several first measurements, the last of several last ones, and of two on one day the later row
    of the file. An end dated before the start is no pair, and neither of the two is used. A pair more than
    ``window_days`` apart (0: no limit) is remarked as late, and used. Raises UsageError where nothing was measured or
    the form lacks the point or the person.
    """
    field, file = role_of(dataset, "point"), dataset.origin.file
    if level_of(field, first) == level_of(field, last):
        raise UsageError("prepare.same_point", field=field.name)
    known = measures(dataset)
    if not known and not keyless(dataset):
        raise UsageError("prepare.nothing_measured", file=file, codebook=dataset.codebook.name)
    rows = _rows(dataset, field)
    others = bool((~np.isin(rows.point, ["", first, last])).any())
    for level in (first, last) if others else ():
        if not (rows.point == level).any():
            raise UsageError("prepare.nobody_at_point", file=file, field=field.name, level=level)
    pairs = _pairs(rows, (first, last), window_days)
    labels = [next(o.label for o in field.categories if o.value == level) for level in (first, last)]
    made = [_pair(pairs), _remarks(pairs), *_group(dataset, rows.first), *_background(dataset, rows)]
    for measure in known:
        made += changed(dataset, measure, Taken(pairs.start, pairs.end, *labels))
    made += items_at(dataset, item_names(dataset), pairs.start)
    return _of_people(dataset, made, rows.first)


def _of_people(dataset: Dataset, made: list[Made], people: np.ndarray) -> Dataset:
    person, book = role_of(dataset, "person").name, dataset.codebook
    columns: dict[str, object] = {person: dataset.frame[person].to_numpy(dtype=object)[people]}
    for variable in made:
        columns |= variable.columns
        if variable.derived:
            book = book.with_replaced(variable.field) if variable.replaces else book.with_field(variable.field)
    frame = pd.DataFrame(columns, index=dataset.frame.index[people], copy=False)
    return replace(dataset.narrowed(frame, i18n.Word("prepare.why.pairs"), by=()), codebook=book)


# --- which rows -----------------------------------------------------------------------------------------------


def _rows(dataset: Dataset, point: Field) -> _Rows:
    codes, first = numbered(keys(dataset))
    items = dataset.frame[[measure.field.name for measure in measures(dataset)] + list(item_names(dataset))]
    answered = items.notna().any(axis=1).to_numpy()
    points = np.where(answered & (codes >= 0), dataset.frame[point.name].astype(str).to_numpy(), "")
    date = dataset.codebook.role("date")
    day = np.full(len(codes), np.datetime64("NaT"), dtype="datetime64[D]")
    if date is not None and date.name in dataset.frame:
        day = dataset.frame[date.name].to_numpy().astype("datetime64[D]")
    return _Rows(codes, points, day, first)


def _pairs(rows: _Rows, ends: tuple[str, str], window_days: int) -> _Pairs:
    start, end = _chosen(rows, ends[0], latest=False), _chosen(rows, ends[1], latest=True)
    days = np.append(rows.day, np.datetime64("NaT"))
    apart = (days[end] - days[start]).astype("timedelta64[D]")
    backwards = apart < np.timedelta64(0)
    late = (apart > np.timedelta64(window_days)) if window_days > 0 else np.zeros(len(apart), dtype=bool)
    same_day, several = _doubled(rows, ends)
    remarks = {SAME_DAY: same_day, SEVERAL: several, LATE: late, BACKWARDS: backwards}
    return _Pairs(np.where(backwards, -1, start), np.where(backwards, -1, end), remarks)


def _chosen(rows: _Rows, level: str, *, latest: bool) -> np.ndarray:
    """Each person's row at one point: the earliest or the latest day; without days by the order of rows."""
    places = np.flatnonzero(rows.point == level)
    dated = ~np.isnat(rows.day[places])
    days = np.where(dated, rows.day[places].astype(np.int64), 0) * (-1 if latest else 1)
    turn = np.where(dated | latest, -places, places)  # two on one day: the later row
    order = np.lexsort((turn, days, ~dated, rows.person[places]))
    people, firsts = np.unique(rows.person[places][order], return_index=True)
    chosen = np.full(len(rows.first), -1)
    chosen[people] = places[order][firsts]
    return chosen


def _doubled(rows: _Rows, ends: tuple[str, str]) -> tuple[np.ndarray, np.ndarray]:
    """Who was measured twice at one point on one day, and who on several days (or on days not known)."""
    places = np.flatnonzero(np.isin(rows.point, ends))
    table = pd.DataFrame({"person": rows.person[places], "point": rows.point[places], "day": rows.day[places]})
    again = table.duplicated() & table["day"].notna()
    times = table[~again].groupby(["person", "point"]).size()
    several = times[times > 1].index.get_level_values("person")
    people = np.arange(len(rows.first))
    return np.isin(people, table["person"][again]), np.isin(people, several)


# --- columns --------------------------------------------------------------------------------------------------


def _pair(pairs: _Pairs) -> Made:
    start, end = pairs.start >= 0, pairs.end >= 0
    values = (BOTH, START_ONLY, END_ONLY, NEITHER)
    field = Field(PAIR, "string", i18n.label("prepare.pair.title"), options(values, "prepare.pair"), open=values)
    levels = np.select([start & end, start, end], values[:3], NEITHER)
    return Made(field, {field.name: pd.Categorical(levels, categories=list(field.levels))})


def _remarks(pairs: _Pairs) -> Made:
    ticks = {**pairs.remarks, NOTHING: ~np.logical_or.reduce([*pairs.remarks.values()])}
    categories = (replace(option, exclusive=option.value == NOTHING) for option in options(ticks, "prepare.pair"))
    field = Field(REMARKS, "list", i18n.label("prepare.pair.remarks"), tuple(categories), open=tuple(ticks))
    columns = {option_column(field.name, value): ticked for value, ticked in ticks.items()}
    return Made(field, {field.name: states([ANSWERED] * len(pairs.start)), **columns})


def _group(dataset: Dataset, people: np.ndarray) -> list[Made]:
    field = dataset.codebook.role("group")
    if field is None or field.name not in dataset.frame:
        return []
    names = group_names(dataset).to_numpy(dtype=object)[people]
    known = sorted({name for name in names if name is not None})
    made = replace(field, categories=tuple(map(same_words, known)))
    cells = [(BLANK if known else NOT_ASKED) if name is None else name for name in names]
    return [Made(made, {field.name: pd.Categorical(cells, categories=list(made.levels))}, replaces=True)]


def _background(dataset: Dataset, rows: _Rows) -> Iterator[Made]:
    """The person's other answers from closed lists, and numbers: from the first row that has one."""
    asked = set(dataset.frame) - set(item_names(dataset))
    for field in dataset.codebook.fields:
        if field.name in asked and not field.trait and (field.choice or field.numeric):
            places = _first_answer(dataset, field, rows)
            own = [name for name in map(str, dataset.frame) if name == field.name or name.startswith(f"{field.name}:")]
            yield Made(field, {name: dataset.frame[name].array.take(places) for name in own}, derived=False)


def _first_answer(dataset: Dataset, field: Field, rows: _Rows) -> np.ndarray:
    """The position of each person's first answer to ``field``, else of the first row."""
    column = dataset.frame[field.name]
    known = (ANSWERED,) if field.multiple else field.values
    answered = column.isin(known) if field.choice else column.notna()
    places = np.flatnonzero(answered.to_numpy() & (rows.person >= 0))
    people, firsts = np.unique(rows.person[places], return_index=True)
    chosen = rows.first.copy()
    chosen[people] = places[firsts]
    return chosen
