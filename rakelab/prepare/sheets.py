"""Other sheets about the people who were measured: attendance, feedback, observations. Joined by group and id.

A row of somebody who was not measured (or did not consent) is joined to nobody, and counted in a finding.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from rakelab import i18n
from rakelab.codebook import BLANK, MISSING_KINDS, UNKNOWN, Category, Field
from rakelab.dataset import ANSWERED, Dataset, Finding, Severity, option_column, state_column
from rakelab.errors import UsageError
from rakelab.loaders import load
from rakelab.names import CLASS, VISITS, made_of
from rakelab.prepare.classes import bands
from rakelab.prepare.groups import condensed
from rakelab.prepare.people import group_names, keys
from rakelab.prepare.questions import derived
from rakelab.prepare.twins import each_once

#: The question that says whether somebody came, and the option that says yes.
_CAME, _YES = "osallistui", "kylla"
_BANDS = ((0, 0), (1, 4), (5, 9), (10, None))


def attended(people: Dataset, visits: Dataset) -> Dataset:
    """Adds ``kaynteja``, how many rows of ``visits`` say that the person came, and its classes ``kaynteja_luokka``.

    Somebody of whom the sheet has no row is ``ei_tietoa``. Raises UsageError as ``joined``.
    """
    places, people = _places(people, visits)
    known = np.bincount(places[places >= 0], minlength=len(people)) > 0
    came = places >= 0
    if _CAME in visits.frame:
        came &= (visits.frame[_CAME] == _YES).to_numpy()
    times = np.bincount(places[came], minlength=len(people)).astype(float)
    field = Field(VISITS, "integer", _words("title"), minimum=0)
    state = pd.Categorical(np.where(known, ANSWERED, UNKNOWN), categories=[ANSWERED, *MISSING_KINDS])
    columns: dict[str, Any] = {field.name: np.where(known, times, np.nan), state_column(field.name): state}
    book = people.codebook.with_field(field).with_field(_classes())
    return bands(replace(people, frame=people.frame.assign(**columns), codebook=book), _classes().name)


def joined(people: Dataset, other: Dataset) -> Dataset:
    """Adds the closed questions of ``other``: of a single choice the person's last answer, of a multiple choice every
    option ticked on any row. Text is never joined; whoever has no row has left the question blank.

    Raises UsageError where no row belongs to anybody measured, and where ids restart in groups and either has none.
    """
    places, people = _places(people, other)
    columns: dict[str, Any] = {}
    book = people.codebook
    for field in other.codebook.fields:
        if field.choice and not field.role and field.name in other.frame:
            read = _options if field.multiple else _last
            columns |= read(other, field, places, len(people))
            book = book.with_field(field)
    return replace(people, frame=people.frame.assign(**columns), codebook=book)


#: How each sheet about the people is joined to them, by its name.
_SHEETS = {"interventio": attended, "palaute": joined, "havainto": joined}


def with_sheets(people: Dataset, file: str | Path, twins: str = "") -> Dataset:
    """Joins the sheets of attendance, feedback and observations that the workbook ``file`` has; ``twins`` as in
    ``each_once``. Statements of the feedback get fewer classes where people are few (``condensed``)."""
    for sheet in people.origin.other_sheets:
        if join := _SHEETS.get(sheet.casefold()):
            other = load(file, f"muutosmittaus_{sheet.casefold()}", sheet=sheet)
            people = join(people, each_once(other, twins))
    return condensed(people, *(name for name in derived(people) if name.startswith("palaute_")))


def _words(name: str) -> dict[str, str]:
    return {lang: i18n.text(f"prepare.attendance.{name}", lang) for lang in i18n.LANGUAGES}


def _classes() -> Field:
    classes = tuple(_band(*ends) for ends in _BANDS)
    return Field(made_of(VISITS, CLASS), "string", _words("classes"), classes, ordered=True, of=VISITS)


def _band(low: int, high: int | None) -> Category:
    key, value = ("prepare.or_more", f"{low}-") if high is None else ("prepare.attendance.range", f"{low}-{high}")
    if low == high:
        return Category(str(low), dict.fromkeys(i18n.LANGUAGES, str(low)), minimum=low, maximum=high)
    words = {lang: i18n.text(key, lang, n=low, low=low, high=high) for lang in i18n.LANGUAGES}
    return Category(value, words, minimum=low, maximum=high)


def _places(people: Dataset, other: Dataset) -> tuple[np.ndarray, Dataset]:
    """For each row of ``other`` the position of its person (−1: a stranger), and the people with the finding."""
    own, theirs = keys(people), keys(other)
    if not (_has_group(people) and _has_group(other)):
        own, theirs = _ids(people, own), _ids(other, theirs)
    index = {key: place for place, key in enumerate(own) if key is not None}
    places = np.array([index.get(key, -1) for key in theirs], dtype=np.int64)
    if not (places >= 0).any():
        raise UsageError("prepare.no_common", file=other.origin.file)
    strangers = tuple(other.frame.index[places < 0].tolist())
    note = Finding("strangers", rows=strangers, severity=Severity.NOTE, values={"sheet": other.codebook.name})
    return places, replace(people, findings=(*people.findings, *((note,) if strangers else ())))


def _has_group(dataset: Dataset) -> bool:
    return bool(group_names(dataset).notna().any())


def _ids(dataset: Dataset, found: pd.Series) -> pd.Series:
    """Ids without groups, where no id is in two of them."""
    known = found.dropna().drop_duplicates()
    if known.str.split("\n").str[-1].duplicated().any():
        field = dataset.codebook.role("group")
        raise UsageError("prepare.no_group", file=dataset.origin.file, field=field.name if field else "group")
    return found.str.split("\n").str[-1]


def _last(other: Dataset, field: Field, places: np.ndarray, count: int) -> dict[str, Any]:
    levels = list(field.levels)
    column = other.frame[field.name]
    answered = column.isin(field.values).to_numpy()
    codes = np.full(count, levels.index(BLANK))
    there = np.flatnonzero(places >= 0)
    for some in (there[~answered[there]], there[answered[there]]):  # an answer beats a missing one; then the later row
        codes[places[some]] = column.cat.codes.to_numpy()[some]
    return {field.name: pd.Categorical.from_codes(codes, categories=pd.Index(levels))}


def _options(other: Dataset, field: Field, places: np.ndarray, count: int) -> dict[str, Any]:
    there = places >= 0
    ticks = {value: np.zeros(count, dtype=bool) for value in field.values}
    for value, ticked in ticks.items():
        ticked[places[there & other.frame[option_column(field.name, value)].to_numpy(dtype=bool)]] = True
    some = np.logical_or.reduce([ticks[o.value] for o in field.categories if not o.exclusive])
    for option in field.categories:
        if option.exclusive:  # “none” on one row, something on another
            ticks[option.value] &= ~some
    answered = np.zeros(count, dtype=bool)
    answered[places[there & (other.frame[field.name] == ANSWERED).to_numpy()]] = True
    levels = [ANSWERED, *(level for level in field.levels if level not in field.values)]
    state = pd.Categorical(np.where(answered, ANSWERED, BLANK), categories=levels)
    return {field.name: state, **{option_column(field.name, value): ticked for value, ticked in ticks.items()}}
