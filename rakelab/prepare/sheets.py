"""Other sheets about the people who were measured: attendance, feedback, observations. Joined by group and id.

A row of somebody who was not measured (or did not consent) is joined to nobody, and counted in a finding.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from rakelab import i18n
from rakelab.codebook import BLANK, UNKNOWN, Category, Field
from rakelab.dataset import ANSWERED, Dataset, option_column, state_column
from rakelab.errors import UsageError
from rakelab.loaders import ACCEPTED, load
from rakelab.loaders.spelling import fold
from rakelab.names import CLASS, VISITS, made_of
from rakelab.prepare.choose import each_once
from rakelab.prepare.classes import bands
from rakelab.prepare.derived import same_words, states, with_finding
from rakelab.prepare.groups import condensed
from rakelab.prepare.people import group_names, keys
from rakelab.prepare.questions import derived

#: The question that says whether somebody came, and the option that says yes.
_CAME, _YES = "osallistui", "kylla"
_BANDS = ((0, 0), (1, 4), (5, 9), (10, None))


def attended(people: Dataset, visits: Dataset) -> Dataset:
    """Adds ``kaynteja``, how many rows of ``visits`` say that the person came, and its classes ``kaynteja_luokka``.

    Somebody of whom the sheet has no row is ``ei_tietoa``. Raises UsageError as ``joined``.
    """
    places, people = _places(people, visits)
    came = places >= 0
    known = np.bincount(places[came], minlength=len(people)) > 0
    if _CAME in visits.frame:
        came &= (visits.frame[_CAME] == _YES).to_numpy()
    times = np.bincount(places[came], minlength=len(people)).astype(float)
    field = Field(VISITS, "integer", i18n.label("prepare.attendance.title"), minimum=0)
    classes = Field(
        made_of(VISITS, CLASS), "string", i18n.label("prepare.attendance.classes"),
        tuple(_band(*ends) for ends in _BANDS), ordered=True, of=VISITS,
    )  # fmt: skip
    state = states(np.where(known, ANSWERED, UNKNOWN))
    columns: dict[str, Any] = {VISITS: np.where(known, times, np.nan), state_column(VISITS): state}
    frame = people.frame.assign(**columns)
    book = people.codebook.with_field(field).with_field(classes)
    return bands(replace(people, frame=frame, codebook=book), classes.name)


def joined(people: Dataset, other: Dataset) -> Dataset:
    """Adds the closed questions of ``other``: of a single choice the person's last answer, of a multiple choice every
    option ticked on any row. Text is never joined; whoever has no row has left the question blank.

    Raises UsageError where no row belongs to anybody measured, and where ids restart in groups and either has none.
    """
    places, people = _places(people, other)
    columns: dict[str, Any] = {}
    book = people.codebook
    for field in other.codebook.fields:
        if field.choice and not field.trait and field.name in other.frame:
            read = _options if field.multiple else _last
            columns |= read(other, field, places, len(people))
            book = book.with_field(field)
    return replace(people, frame=people.frame.assign(**columns), codebook=book)


#: How the statements of the sheet of feedback begin.
FEEDBACK = "palaute_"

#: How each sheet about the people is joined to them, by its name.
_SHEETS = {"interventio": attended, "palaute": joined, "havainto": joined}


def with_sheets(people: Dataset, file: str | Path, twins: str = "", havikki: int = ACCEPTED) -> Dataset:
    """Joins the sheets of attendance, feedback and observations that the workbook ``file`` has; ``twins`` as in
    ``each_once``, ``havikki`` as in ``load``. Statements of the feedback get fewer classes where people are few
    (``condensed``)."""
    for sheet in people.origin.other_sheets:
        if join := _SHEETS.get(sheet.casefold()):
            other = load(file, f"muutosmittaus_{sheet.casefold()}", sheet=sheet, havikki=havikki)
            people = join(people, each_once(other, twins))
    return condensed(people, *(name for name in derived(people) if name.startswith(FEEDBACK)))


def has_sheet(dataset: Dataset, name: str) -> bool:
    """Whether the workbook has a sheet of that name beside the one that was read, however its letters are written."""
    return bool(name) and fold(name) in map(fold, dataset.origin.other_sheets)


def _band(low: int, high: int | None) -> Category:
    option = same_words(str(low)) if low == high else Category(
        f"{low}-{'' if high is None else high}",
        i18n.label("prepare.or_more" if high is None else "prepare.attendance.range", n=low, low=low, high=high),
    )  # fmt: skip
    return replace(option, minimum=low, maximum=high)


def _places(people: Dataset, other: Dataset) -> tuple[np.ndarray, Dataset]:
    """For each row of ``other`` the position of its person (−1: a stranger), and the people with the finding."""
    own, theirs = keys(people), keys(other)
    if not all(group_names(dataset).notna().any() for dataset in (people, other)):
        own, theirs = _ids(people, own), _ids(other, theirs)
    of_person = {key: place for place, key in enumerate(own) if key is not None}
    places = np.array([of_person.get(key, -1) for key in theirs], dtype=np.int64)
    if not (places >= 0).any():
        raise UsageError("prepare.no_common", file=other.origin.file)
    strangers = tuple(other.frame.index[places < 0].tolist())
    return places, with_finding(people, "strangers", "", rows=strangers, sheet=other.codebook.name)


def _ids(dataset: Dataset, person_keys: pd.Series) -> pd.Series:
    """Ids without groups, where no id is in two of them."""
    ids = person_keys.str.split("\n").str[-1]
    if ids[~person_keys.duplicated()].dropna().duplicated().any():
        field = dataset.codebook.role("group")
        raise UsageError("prepare.no_group", file=dataset.origin.file, field=field.name if field else "group")
    return ids


def _last(other: Dataset, field: Field, places: np.ndarray, count: int) -> dict[str, object]:
    levels, column = list(field.levels), other.frame[field.name]
    answered, known = column.isin(field.values).to_numpy(), places >= 0
    codes = np.full(count, levels.index(BLANK))
    for rows in (known & ~answered, known & answered):  # an answer beats a missing one; then the later row
        codes[places[rows]] = column.cat.codes.to_numpy()[rows]
    return {field.name: pd.Categorical.from_codes(codes, categories=pd.Index(levels))}


def _options(other: Dataset, field: Field, places: np.ndarray, count: int) -> dict[str, object]:
    def anywhere(rows: pd.Series) -> np.ndarray:
        return np.isin(np.arange(count), places[rows.to_numpy(dtype=bool)])

    ticks = {value: anywhere(other.frame[option_column(field.name, value)]) for value in field.values}
    ticked_any = np.logical_or.reduce([ticks[option.value] for option in field.categories if not option.exclusive])
    for option in field.categories:
        if option.exclusive:  # “none” on one row, something on another
            ticks[option.value] &= ~ticked_any
    levels = np.where(anywhere(other.frame[field.name] == ANSWERED), ANSWERED, BLANK)
    columns = {option_column(field.name, value): ticked for value, ticked in ticks.items()}
    return {field.name: pd.Categorical(levels, categories=list(field.states)), **columns}
