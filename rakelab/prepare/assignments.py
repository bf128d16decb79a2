"""Assignments of social reporting beside their notifications: how many, which are late, which answer nothing known."""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rakelab.dataset import ANSWERED, Dataset, option_column
from rakelab.fields import BLANK
from rakelab.names import DUE, FOUND, HELD, PROMISE, STANDING
from rakelab.prepare.derived import states, with_column, with_finding, with_levels
from rakelab.prepare.people import role_of
from rakelab.prepare.reporting import folded, last_day, open_field

DONE, DONE_LATE, UNDATED, RUNNING, LATE, NO_DAY, WITHDRAWN = _DUE = (
    "valmis", "valmis_myohassa", "valmis_paiva_puuttuu", "kesken", "myohassa", "ei_maarapaivaa", "peruttu",
)  # fmt: skip
_NONE, _ALL_WITHDRAWN = "ei_toimeksiantoa", "kaikki_peruttu"
#: What promises something, and what does not.
PROMISES, NO_PROMISE = ("lausunto", "toimenpide"), "ei_luvattu"
_PARTS = re.compile(r"[;,|\n]")


@dataclass(frozen=True, repr=False)
class Pairs:
    """Which assignment (place in its sheet) names which notification (place in its sheet; −1 is unknown)."""

    assignment: np.ndarray
    notification: np.ndarray

    @cached_property
    def known(self) -> "Pairs":
        there = self.notification >= 0
        return Pairs(self.assignment[there], self.notification[there])


def linked(notifications: Dataset, assignments: Dataset, until: object = "") -> Dataset:
    """The notifications with ``toimeksiannot`` (how many assignments: 0, 1, 2-) and ``toimeksianto_tilanne`` (none,
    one of them late, under way, all done, all withdrawn; those withdrawn do not keep the others from being done).

    Link before choosing a period. An assignment that names a notification which is not there is a finding with its
    rows in the sheet of assignments; it is counted by ``followed``. ``until`` as in ``followed``.
    """
    pairs, due, size = pairs_of(notifications, assignments), _due(assignments, until), len(notifications)
    number = np.bincount(pairs.known.notification, minlength=size)
    held = ("0", "1", "2-")
    made = with_levels(notifications, open_field(HELD, held), np.array(held)[np.minimum(number, 2)])
    of_each = due[pairs.known.assignment]
    late, running, done = (np.isin(np.arange(size), pairs.known.notification[np.isin(of_each, levels)])
                           for levels in ((LATE,), (RUNNING, NO_DAY), (DONE, DONE_LATE, UNDATED)))  # fmt: skip
    standing = (_NONE, LATE, RUNNING, DONE, _ALL_WITHDRAWN)
    level = np.select([number == 0, late, running, done], standing[:4], _ALL_WITHDRAWN)
    made = with_levels(made, open_field(STANDING, standing), level)
    return with_lost(made, assignments, pairs, "assignment_without_notification")


def with_lost(notifications: Dataset, sheet: Dataset, pairs: Pairs, code: str) -> Dataset:
    """The notifications with the finding ``code``, where a row of the sheet names one that is not there."""
    lost = np.unique(pairs.assignment[pairs.notification < 0])
    codes, rows = role_of(sheet, "codes").name, tuple(sheet.frame.index[lost].tolist())
    return with_finding(notifications, code, codes, rows=rows)


def followed(assignments: Dataset, notifications: Dataset, until: object = "") -> Dataset:
    """The assignments with ``maaraaika`` (done, done late, done with a day missing, under way, late, no due date,
    withdrawn), ``ilmoitus_loytyi`` (whether the notifications they name are there), and the themes of those.

    A sheet of decisions (a form with a ``decider``) gets ``paatoksen_lupaus`` instead: of a decision that promises
    nothing there is nothing to keep.

    ``until`` is the day the data were looked at (the latest date in the sheet, other than a due date, unless given).
    """
    pairs, due = pairs_of(notifications, assignments), _due(assignments, until)
    if assignments.codebook.role("decider"):
        due = np.where(assignments.frame[role_of(assignments, "outcome").name].isin(PROMISES), due, NO_PROMISE)
        made = with_levels(assignments, open_field(PROMISE, (*_DUE, NO_PROMISE)), due)
        return _themed(made, notifications, pairs.known)
    levels = ("loytyi", "osa_puuttuu", "puuttuu", "ei_mainittu")
    named = np.bincount(pairs.assignment, minlength=len(assignments))
    there = np.bincount(pairs.known.assignment, minlength=len(assignments))
    level = np.select([named == 0, there == 0, there < named], levels[:0:-1], levels[0])
    made = with_levels(assignments, open_field(DUE, _DUE), due)
    return _themed(with_levels(made, open_field(FOUND, levels), level), notifications, pairs.known)


def pairs_of(notifications: Dataset, assignments: Dataset) -> Pairs:
    codes = folded(notifications.frame[role_of(notifications, "code").name])
    places = {code: i for i, code in enumerate(codes) if code is not None}
    texts = folded(assignments.frame[role_of(assignments, "codes").name])
    named = [(i, part.strip()) for i, text in enumerate(texts) for part in _PARTS.split(text or "") if part.strip()]
    pairs = dict.fromkeys((i, places.get(code, -1)) for i, code in named)
    return Pairs(*np.array(list(pairs), dtype=int).reshape(-1, 2).T)


def _due(assignments: Dataset, until: object) -> np.ndarray:
    state, due, done_on, given = (
        assignments.frame[role_of(assignments, role).name] for role in ("state", "due", "finished", "date")
    )
    due, done_on = due.dt.normalize(), done_on.dt.normalize()
    end = last_day(until, given, done_on).normalize()
    done = ((state == "tehty") & ~(done_on > end)) | (done_on <= end)
    undated = done & (done_on.isna() | due.isna())
    tests = [state == "peruttu", done & (done_on > due), undated, done, due.isna(), due < end]
    return np.select(tests, [WITHDRAWN, DONE_LATE, UNDATED, DONE, NO_DAY, LATE], RUNNING)


def _themed(assignments: Dataset, notifications: Dataset, pairs: Pairs) -> Dataset:
    """The themes of the notifications that an assignment answers; none where they have no theme."""
    field = role_of(notifications, "theme")
    ticks = {}
    for column in (option_column(field.name, theme) for theme in field.values):
        has = notifications.frame[column].to_numpy(dtype=bool)[pairs.notification]
        ticks[column] = np.isin(np.arange(len(assignments)), pairs.assignment[has])
    any_theme = np.logical_or.reduce(list(ticks.values()))
    return with_column(assignments, field, states(np.where(any_theme, ANSWERED, BLANK)), **ticks)
