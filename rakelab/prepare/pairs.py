"""People measured twice, one row each: where they were at the start and at the end, and what changed.

Nobody is dropped: whoever lacks a measurement, has two on one day or has them in the wrong order is counted as such.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from rakelab import i18n
from rakelab.codebook import Category, Field
from rakelab.dataset import ANSWERED, Dataset, option_column
from rakelab.errors import UsageError
from rakelab.fields import BLANK, MISSING_KINDS, NOT_ASKED
from rakelab.names import PAIR, REMARKS
from rakelab.prepare.change import Made, Taken, changed, items_at
from rakelab.prepare.choose import level_of
from rakelab.prepare.derived import same_words
from rakelab.prepare.measured import item_names, keyless, measures
from rakelab.prepare.people import group_names, keys, numbered, role_of

BOTH, START_ONLY, END_ONLY, NEITHER = "pari", "vain_alku", "vain_loppu", "ei_mittausta"
SAME_DAY, SEVERAL, LATE, BACKWARDS, NOTHING = (
    "kaksi_samana_paivana", "useita_mittauksia", "myohassa", "loppu_ennen_alkua", "ei_huomioita"
)  # fmt: skip


@dataclass(frozen=True, repr=False)
class Pairs:
    """Positions of rows in the frame, one for each person (−1: none), and who has which remark."""

    people: np.ndarray  # the person's first row
    start: np.ndarray
    end: np.ndarray
    remarks: Mapping[str, np.ndarray]

    def state(self) -> np.ndarray:
        """0–3: as the options of ``pari``."""
        start, end = self.start >= 0, self.end >= 0
        return np.select([start & end, start, end], [0, 1, 2], 3)


@dataclass(frozen=True, repr=False)
class _Rows:
    """Of each row: whose it is (−1: nobody's), its point (empty where nothing was answered), its day."""

    person: np.ndarray
    point: np.ndarray
    day: np.ndarray
    first: np.ndarray  # of each person

    @property
    def people(self) -> int:
        return len(self.first)


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
    field = role_of(dataset, "point")
    if level_of(field, first) == level_of(field, last):
        raise UsageError("prepare.same_point", field=field.name)
    known = measures(dataset)
    if not known and not keyless(dataset):
        raise UsageError("prepare.nothing_measured", file=dataset.origin.file, codebook=dataset.codebook.name)
    rows = _rows(dataset, field)
    others = bool((~np.isin(rows.point, ["", first, last])).any())
    for level in (first, last) if others else ():
        if not (rows.point == level).any():
            raise UsageError("prepare.nobody_at_point", file=dataset.origin.file, field=field.name, level=level)
    found = _pairs(rows, (first, last), window_days)
    labels = [next(o.label for o in field.categories if o.value == level) for level in (first, last)]
    made = [_pair(found), _remarks(found), *_group(dataset, found.people), *_background(dataset, found.people)]
    for one in known:
        made += changed(dataset, one, Taken(found.start, found.end, *labels))
    made += items_at(dataset, item_names(dataset), found.start)
    return _whole(dataset, made, found.people)


def _whole(dataset: Dataset, made: list[Made], people: np.ndarray) -> Dataset:
    person = role_of(dataset, "person").name
    columns = {person: dataset.frame[person].to_numpy(dtype=object)[people]}
    for one in made:
        columns |= one.columns
    frame = pd.DataFrame(columns, index=dataset.frame.index[people], copy=False)
    book = dataset.codebook
    for one in made:
        if one.derived:
            book = book.with_replaced(one.field) if one.replaces else book.with_field(one.field)
    return replace(dataset.narrowed(frame, "prepare.why.pairs", by=()), codebook=book)


# --- which rows -----------------------------------------------------------------------------------------------


def _rows(dataset: Dataset, point: Field) -> _Rows:
    codes, first = numbered(keys(dataset))
    items = dataset.frame[[m.field.name for m in measures(dataset)] + list(item_names(dataset))]
    answered = items.notna().any(axis=1).to_numpy()
    points = np.where(answered & (codes >= 0), dataset.frame[point.name].astype(str).to_numpy(), "")
    date = dataset.codebook.role("date")
    day = np.full(len(codes), np.datetime64("NaT"), dtype="datetime64[D]")
    if date is not None and date.name in dataset.frame:
        day = dataset.frame[date.name].to_numpy().astype("datetime64[D]")
    return _Rows(codes, points, day, first)


def _pairs(rows: _Rows, ends: tuple[str, str], window_days: int) -> Pairs:
    start, end = (_chosen(rows, level, latest=latest) for level, latest in zip(ends, (False, True), strict=True))
    days = np.append(rows.day, np.datetime64("NaT"))
    apart = (days[end] - days[start]).astype("timedelta64[D]")
    backwards = apart < np.timedelta64(0)
    late = (apart > np.timedelta64(window_days)) if window_days > 0 else np.zeros(len(apart), dtype=bool)
    same_day, several = _doubled(rows, ends)
    remarks = {SAME_DAY: same_day, SEVERAL: several, LATE: late, BACKWARDS: backwards}
    return Pairs(rows.first, np.where(backwards, -1, start), np.where(backwards, -1, end), remarks)


def _chosen(rows: _Rows, level: str, *, latest: bool) -> np.ndarray:
    """Each person's row at one point: the earliest or the latest day; without days by the order of rows."""
    places = np.flatnonzero(rows.point == level)
    dated = ~np.isnat(rows.day[places])
    days = np.where(dated, rows.day[places].astype(np.int64), 0) * (-1 if latest else 1)
    turn = np.where(dated | latest, -places, places)  # two on one day: the later row
    order = np.lexsort((turn, days, ~dated, rows.person[places]))
    people, firsts = np.unique(rows.person[places][order], return_index=True)
    chosen = np.full(rows.people, -1)
    chosen[people] = places[order][firsts]
    return chosen


def _doubled(rows: _Rows, ends: tuple[str, str]) -> tuple[np.ndarray, np.ndarray]:
    """Who was measured twice at one point on one day, and who on several days (or on days not known)."""
    places = np.flatnonzero(np.isin(rows.point, ends))
    table = pd.DataFrame({"person": rows.person[places], "point": rows.point[places], "day": rows.day[places]})
    again = table.duplicated() & table["day"].notna()
    times = table[~again].groupby(["person", "point"]).size()
    same_day, several = np.zeros(rows.people, dtype=bool), np.zeros(rows.people, dtype=bool)
    same_day[table["person"][again]] = True
    several[times[times > 1].index.get_level_values("person")] = True
    return same_day, several


# --- columns --------------------------------------------------------------------------------------------------


def _words(name: str) -> dict[str, str]:
    return {lang: i18n.text(f"prepare.pair.{name}", lang) for lang in i18n.LANGUAGES}


def _pair(found: Pairs) -> Made:
    values = (BOTH, START_ONLY, END_ONLY, NEITHER)
    options = tuple(Category(value, _words(value)) for value in values)
    field = Field(PAIR, "string", _words("title"), options, open=values)
    return Made(field, {field.name: pd.Categorical.from_codes(found.state(), categories=pd.Index(field.levels))})


def _remarks(found: Pairs) -> Made:
    marks = {**found.remarks, NOTHING: ~np.logical_or.reduce([*found.remarks.values()])}
    options = tuple(Category(value, _words(value), exclusive=value == NOTHING) for value in marks)
    field = Field(REMARKS, "list", _words("remarks"), options, open=tuple(marks))
    state = pd.Categorical([ANSWERED] * len(found.people), categories=[ANSWERED, *MISSING_KINDS])
    return Made(field, {field.name: state, **{option_column(field.name, one): has for one, has in marks.items()}})


def _group(dataset: Dataset, people: np.ndarray) -> list[Made]:
    field = dataset.codebook.role("group")
    if field is None or field.name not in dataset.frame:
        return []
    names = group_names(dataset).to_numpy(dtype=object)[people]
    known = sorted({name for name in names if name is not None})
    made = replace(field, categories=tuple(same_words(name) for name in known))
    cells = [BLANK if known and name is None else NOT_ASKED if name is None else name for name in names]
    return [Made(made, {field.name: pd.Categorical(cells, categories=list(made.levels))}, replaces=True)]


def _background(dataset: Dataset, people: np.ndarray) -> list[Made]:
    """The person's other answers from closed lists, and numbers: from the first row that has one."""
    items = set(item_names(dataset))
    own = [one for one in dataset.codebook.fields if not one.role and one.name not in items]
    codes, _ = numbered(keys(dataset))
    return [
        Made(one, _columns(dataset, one, _first_answer(dataset, one, codes, people)), derived=False)
        for one in own
        if one.name in dataset.frame and (one.choice or one.type in ("integer", "number"))
    ]


def _first_answer(dataset: Dataset, one: Field, codes: np.ndarray, people: np.ndarray) -> np.ndarray:
    """The position of each person's first answer to ``one``, else of the first row."""
    column = dataset.frame[one.name]
    if one.multiple:
        answered = (column == ANSWERED).to_numpy()
    else:
        answered = column.isin(one.values).to_numpy() if one.choice else column.notna().to_numpy()
    places = np.flatnonzero(answered & (codes >= 0))
    who, firsts = np.unique(codes[places], return_index=True)
    found = people.copy()
    found[who] = places[firsts]
    return found


def _columns(dataset: Dataset, one: Field, places: np.ndarray) -> dict[str, object]:
    own = [name for name in map(str, dataset.frame) if name == one.name or name.startswith(f"{one.name}:")]
    return {name: dataset.frame[name].array.take(places) for name in own}
