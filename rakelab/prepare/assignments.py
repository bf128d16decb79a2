"""Assignments of social reporting beside their notifications: how many, which are late, which answer nothing known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from rakelab.codebook import MISSING_KINDS
from rakelab.dataset import ANSWERED, Dataset, option_column
from rakelab.names import DUE, FOUND, HELD, STANDING
from rakelab.prepare.derived import with_column
from rakelab.prepare.reporting import folded, last_day, open_field, with_finding

DONE, DONE_LATE, UNDATED, RUNNING, LATE, NO_DAY, WITHDRAWN = (
    "valmis", "valmis_myohassa", "valmis_paiva_puuttuu", "kesken", "myohassa", "ei_maarapaivaa", "peruttu",
)  # fmt: skip
_DUE = (DONE, DONE_LATE, UNDATED, RUNNING, LATE, NO_DAY, WITHDRAWN)
_NONE, _ALL_WITHDRAWN = "ei_toimeksiantoa", "kaikki_peruttu"
_PARTS = re.compile(r"[;,|\n]")
_THEME = "ilmio_teema"


@dataclass(frozen=True, repr=False)
class _Pairs:
    """Which assignment (place in its sheet) names which notification (place in its sheet; −1 is unknown)."""

    assignment: np.ndarray
    notification: np.ndarray

    @cached_property
    def known(self) -> "_Pairs":
        there = self.notification >= 0
        return _Pairs(self.assignment[there], self.notification[there])


def linked(notifications: Dataset, assignments: Dataset, until: object = "") -> Dataset:
    """The notifications with ``toimeksiannot`` (how many assignments: 0, 1, 2-) and ``toimeksianto_tilanne`` (none,
    one of them late, under way, all done, all withdrawn; those withdrawn do not keep the others from being done).

    Link before choosing a period. An assignment that names a notification which is not there is a finding with its
    rows in the sheet of assignments; it is counted by ``followed``. ``until`` as in ``followed``.
    """
    pairs = _pairs(notifications, assignments)
    due = _due(assignments, until)
    number = np.bincount(pairs.known.notification, minlength=len(notifications))
    held = open_field(HELD, ("0", "1", "2-"))
    made = with_column(notifications, held, _choice(np.array(["0", "1", "2-"])[np.minimum(number, 2)], held.levels))
    standing = open_field(STANDING, (_NONE, LATE, RUNNING, DONE, _ALL_WITHDRAWN))
    of_each = due[pairs.known.assignment]
    late, running, done = (_any(pairs.known, np.isin(of_each, levels), len(notifications))
                           for levels in ((LATE,), (RUNNING, NO_DAY), (DONE, DONE_LATE, UNDATED)))  # fmt: skip
    level = np.select([number == 0, late, running, done], [_NONE, LATE, RUNNING, DONE], _ALL_WITHDRAWN)
    lost = np.unique(pairs.assignment[pairs.notification < 0])
    rows = tuple(assignments.frame.index[lost].tolist())
    made = with_column(made, standing, _choice(level, standing.levels))
    return with_finding(made, "assignment_without_notification", "ilmoitukset", rows=rows)


def followed(assignments: Dataset, notifications: Dataset, until: object = "") -> Dataset:
    """The assignments with ``maaraaika`` (done, done late, done with a day missing, under way, late, no due date,
    withdrawn), ``ilmoitus_loytyi`` (whether the notifications they name are there), and the themes of those.

    ``until`` is the day the data were looked at (the latest date in the sheet, other than a due date, unless given).
    """
    due, found = open_field(DUE, _DUE), open_field(FOUND, ("loytyi", "osa_puuttuu", "puuttuu", "ei_mainittu"))
    pairs = _pairs(notifications, assignments)
    named = np.bincount(pairs.assignment, minlength=len(assignments))
    there = np.bincount(pairs.known.assignment, minlength=len(assignments))
    level = np.select([named == 0, there == 0, there < named], ["ei_mainittu", "puuttuu", "osa_puuttuu"], "loytyi")
    made = with_column(assignments, due, _choice(_due(assignments, until), due.levels))
    return _themed(with_column(made, found, _choice(level, found.levels)), notifications, pairs.known)


def _choice(levels: np.ndarray, known: tuple[str, ...]) -> pd.Categorical:
    return pd.Categorical(levels, categories=list(known))


def _any(pairs: _Pairs, has: np.ndarray, size: int) -> np.ndarray:
    found = np.zeros(size, dtype=bool)
    found[pairs.notification[has]] = True
    return found


def _pairs(notifications: Dataset, assignments: Dataset) -> _Pairs:
    codes = folded(notifications.frame["ilmoitus_id"])
    places = {code: i for i, code in enumerate(codes) if code is not None}
    named = [(i, places.get(code, -1)) for i, code in _named(assignments)]
    both = np.array(list(dict.fromkeys(named)), dtype=int).reshape(-1, 2)
    return _Pairs(both[:, 0], both[:, 1])


def _named(assignments: Dataset) -> Iterator[tuple[int, str]]:
    for i, text in enumerate(folded(assignments.frame["ilmoitukset"])):
        yield from ((i, part.strip()) for part in _PARTS.split(text or "") if part.strip())


def _due(assignments: Dataset, until: object) -> np.ndarray:
    frame = assignments.frame
    due, done_on = frame["maarapaiva"].dt.normalize(), frame["valmis_pvm"].dt.normalize()
    end = last_day(until, frame["annettu_pvm"], done_on).normalize()
    done = ((frame["tila"] == "tehty") & ~(done_on > end)) | (done_on <= end)
    undated = done & (done_on.isna() | due.isna())
    tests = [frame["tila"] == "peruttu", done & (done_on > due), undated, done, due.isna(), due < end]
    return np.select(tests, [WITHDRAWN, DONE_LATE, UNDATED, DONE, NO_DAY, LATE], RUNNING)


def _themed(assignments: Dataset, notifications: Dataset, pairs: _Pairs) -> Dataset:
    """The themes of the notifications that an assignment answers; none where they have no theme."""
    field = notifications.codebook[_THEME]
    ticks = {}
    for theme in field.values:
        has = notifications.frame[option_column(_THEME, theme)].to_numpy(dtype=bool)[pairs.notification]
        ticks[option_column(_THEME, theme)] = np.isin(np.arange(len(assignments)), pairs.assignment[has])
    some = np.logical_or.reduce(list(ticks.values()))
    status = pd.Categorical(np.where(some, ANSWERED, "tyhja"), categories=[ANSWERED, *MISSING_KINDS])
    return with_column(assignments, field, status, **ticks)
