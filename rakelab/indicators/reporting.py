"""Social reporting: what was reported, what became of it, and what became of the assignments."""

from dataclasses import replace

from rakelab.cells import TOTAL, Link, Tally, Variable, join, key
from rakelab.dataset import Dataset
from rakelab.i18n import label
from rakelab.indicators import measure
from rakelab.prepare.reporting import GIVEN
from rakelab.reserved import ANSWER, DAYS, DUE, FOUND, HELD, REACHED, REPORTED, STANDING, UNIT, table_of

#: What a table counts where it does not count the notifications.
_ASSIGNMENTS = "toimeksiannot"


def reported(dataset: Dataset, variable: str, *, by: str = "") -> Tally:
    """What was reported, by one variable (direction, service, SHL 11 § need, field of administration, level …).

    Numerator: notifications with the level. Denominator: the notifications of the group that answered the question.
    Who is in: every notification. Missing: rows of their own, outside the percentages.
    Source: SOSRAKE Kainuun osahanke, kuvio 5; classes of prosos.fi (hallinnonala, SHL 11 §).
    """
    tally = measure.distribution(dataset, variable, indicator=REPORTED, by=by)
    return replace(tally, view=replace(tally.view, id=table_of(REPORTED, variable, by)))


def themes(dataset: Dataset, *, by: str = "", variable: str = "ilmio_teema") -> Tally:
    """Themes of the notifications (several for one), as two coders agreed on them.

    Numerator: notifications coded with the theme. Denominator: the coded notifications of the group. Who is in: every
    notification. Missing: those not coded, outside the percentages. Source: topics published by SOSRAKE Kainuu.
    """
    return measure.distribution(dataset, variable, indicator="themes", by=by)


def answer_time(dataset: Dataset, *, by: str = "") -> Tally:
    """Days from a notification to the first answer: median with its 95 % interval (Kaplan–Meier).

    Numerator: notifications answered by each day. Denominator: those still waiting on that day.
    Who is in: notifications with a date, open ones as still waiting on the day the data were looked at. Missing: left
    out, as is an answer dated before its notification. ``prepare.answer_times`` made the days. Statistics as in
    ``measure.times``. Source: SOSRAKE Kainuun osahanke, luku 6 (the reporter must hear what came of it).
    """
    return measure.times(dataset, DAYS, happened=(ANSWER, GIVEN), indicator="answer_time", by=by)


def unanswered(dataset: Dataset, *, by: str = "") -> Tally:
    """Answers to the notifiers: given, still waiting, dated before the notification.

    Numerator: notifications in that state. Denominator: all notifications of the group whose answering is known. Who
    is in: every notification. Missing: the file had no column of answers. Source: as ``answer_time``.
    """
    return measure.distribution(dataset, ANSWER, indicator="unanswered", by=by)


def funnel(dataset: Dataset, *, by: str = "") -> Tally:
    """The way from new to closed: how many notifications have reached each stage.

    Numerator: notifications that have reached at least the stage (``prepare.handling_reached``). Denominator: the
    notifications of the group whose state is known. Who is in: every notification. Missing: the state is not known.
    Source: SOSRAKE Kainuun osahanke, kuvio 5.
    """
    return measure.distribution(dataset, REACHED, indicator="funnel", by=by)


def assignments_made(dataset: Dataset, *, by: str = "") -> Tally:
    """How many assignments a notification led to: none, one, two or more.

    Numerator: notifications with that many (``prepare.linked``). Denominator: all notifications of the group. Who is
    in: every notification. Missing: none. Source: SOSRAKE Kainuun osahanke, kuvio 5.
    """
    return measure.distribution(dataset, HELD, indicator="assignments_made", by=by)


def assignments_late(dataset: Dataset, *, by: str = "") -> Tally:
    """How the assignments of a notification stand: none made, one of them late, under way, all done, all withdrawn.

    Numerator: notifications so (``prepare.linked``). Denominator: all notifications of the group. Who is in: every
    notification. Missing: none; without a due date nothing is late. Source: SOSRAKE Kainuun osahanke, kuvio 5.
    """
    tally = measure.distribution(dataset, STANDING, indicator="assignments_late", by=by)
    made = measure.distribution(dataset, HELD, indicator="assignments_late", by=by)
    same = Link(((key((STANDING, "ei_toimeksiantoa")), 1), (key((HELD, "0")), -1)))
    return replace(
        tally,
        counts={**made.counts, **tally.counts},
        links=(*made.links, *tally.links, same),
        variables={**made.variables, **tally.variables},
    )


def assignments_due(assignments: Dataset, beside: Dataset) -> Tally:
    """Assignments and their due dates: done, done late, done with a day missing, under way, late, without a due
    date, withdrawn.

    One row of ``assignments`` is one assignment (``prepare.followed``); the table goes out with those of the
    notifications ``beside`` it. Numerator: assignments so. Denominator: all assignments. Who is in: every assignment.
    Missing: none. Source: SOSRAKE Kainuun osahanke, kuvio 5.
    """
    return _beside(measure.distribution(assignments, DUE, indicator="assignments_due"), beside)


def assignments_lost(assignments: Dataset, beside: Dataset) -> Tally:
    """Whether the notifications that an assignment names are in the data: all, some, none, or none named.

    Numerator: assignments so (``prepare.followed``). Denominator: all assignments. Who is in: every assignment.
    Missing: none. Source: rakelab (a check of the data); goes out as ``assignments_due``.
    """
    return _beside(measure.distribution(assignments, FOUND, indicator="assignments_lost"), beside)


def _beside(tally: Tally, notifications: Dataset) -> Tally:
    """A table of assignments for the release of the notifications: its one group are the assignments, which are told
    however few; the release's total stays that of the notifications."""
    unit = key((UNIT, _ASSIGNMENTS))
    rows = tuple((row, 1) for row in tally.view.rows)
    counts = {join(row, unit): tally.counts[row] for row in tally.view.rows}
    words = label(f"indicators.unit.{_ASSIGNMENTS}")
    counted = Variable(title=words, levels={_ASSIGNMENTS: words}, open=(_ASSIGNMENTS,))
    return replace(
        tally,
        view=replace(tally.view, columns=(unit,), answered=False, apart=()),
        counts={**counts, unit: tally.counts[TOTAL], TOTAL: len(notifications)},
        links=(Link((*rows, (TOTAL, -1))),),
        variables={**tally.variables, UNIT: counted},
        account=notifications.account,
    )
