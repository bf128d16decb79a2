"""Social reporting: what was reported, what became of it, and what became of the assignments."""

from dataclasses import replace

from rakelab.cells import TOTAL, Link, Quantity, Tally, Variable, join, key
from rakelab.dataset import Dataset
from rakelab.i18n import label
from rakelab.indicators import measure
from rakelab.indicators.declaration import Indicator, indicator, of, of_role
from rakelab.names import ANSWER, DAYS, DUE, FOUND, HELD, REACHED, REPORTED, STANDING, UNIT
from rakelab.prepare.reporting import GIVEN

#: What a table counts where it does not count the notifications.
_ASSIGNMENTS = "toimeksiannot"


reported = Indicator(
    REPORTED,
    measure.distribution,
    title={"fi": "Ilmoitukset: {variable}", "sv": "Anmälningar: {variable}", "en": "Notifications: {variable}"},
    numerator="notifications with the level (direction, service, SHL 11 § need, field of administration, level …)",
    denominator="the notifications of the group that answered the question",
    who="every notification",
    missing="rows of their own, outside the percentages",
    source="SOSRAKE Kainuun osahanke, kuvio 5; classes of prosos.fi (hallinnonala, SHL 11 §)",
    of_each=True,
)

themes = Indicator(
    "themes",
    of_role("theme"),
    title={"fi": "Ilmoitusten teemat", "sv": "Anmälningarnas teman", "en": "Themes of the notifications"},
    numerator="notifications coded with the theme (several for one), as two coders agreed on them",
    denominator="the coded notifications of the group",
    who="every notification",
    missing="those not coded, outside the percentages",
    source="topics published by SOSRAKE Kainuu",
)

unanswered = Indicator(
    "unanswered",
    of(ANSWER),
    title={"fi": "Vastaukset ilmoittajille", "sv": "Svar till anmälarna", "en": "Answers to the notifiers"},
    numerator="notifications in that state: answer given, still waiting, dated before the notification",
    denominator="all notifications of the group whose answering is known",
    who="every notification",
    missing="the file had no column of answers",
    source="SOSRAKE Kainuun osahanke, luku 6 (the reporter must hear what came of it)",
)

funnel = Indicator(
    "funnel",
    of(REACHED),
    title={
        "fi": "Ilmoituksen matka uudesta suljettuun",
        "sv": "Anmälans väg från ny till avslutad",
        "en": "The way of a notification from new to closed",
    },
    numerator="notifications that have reached at least the stage (``prepare.handling_reached``)",
    denominator="the notifications of the group whose state is known",
    who="every notification",
    missing="the state is not known",
    source="SOSRAKE Kainuun osahanke, kuvio 5",
)

assignments_made = Indicator(
    "assignments_made",
    of(HELD),
    title={"fi": "Toimeksiantojen määrä", "sv": "Antal uppdrag", "en": "Number of assignments"},
    numerator="notifications that led to that many assignments: none, one, two or more (``prepare.linked``)",
    denominator="all notifications of the group",
    who="every notification",
    missing="none",
    source="SOSRAKE Kainuun osahanke, kuvio 5",
)


@indicator(
    title={
        "fi": "Päiviä ensimmäiseen vastaukseen",
        "sv": "Dagar till det första svaret",
        "en": "Days to the first answer",
    },
    numerator="notifications answered by each day: the median with its 95 % interval (Kaplan–Meier, ``measure.times``)",
    denominator="those still waiting on that day",
    who="notifications with a date, open ones as still waiting on the day the data were looked at",
    missing="left out, as is an answer dated before its notification; ``prepare.answer_times`` made the days",
    source="SOSRAKE Kainuun osahanke, luku 6 (the reporter must hear what came of it)",
    shown_as=Quantity.STATISTIC,
)
def answer_time(dataset: Dataset, *, by: str = "") -> Tally:
    return measure.times(dataset, DAYS, happened=(ANSWER, GIVEN), by=by)


@indicator(
    title={"fi": "Toimeksiantojen tilanne", "sv": "Läget för uppdragen", "en": "Standing of the assignments"},
    numerator="notifications whose assignments stand so: none made, one late, under way, all done, all withdrawn "
    "(``prepare.linked``)",
    denominator="all notifications of the group",
    who="every notification",
    missing="none; without a due date nothing is late",
    source="SOSRAKE Kainuun osahanke, kuvio 5",
)
def assignments_late(dataset: Dataset, *, by: str = "") -> Tally:
    tally = measure.distribution(dataset, STANDING, by=by)
    made = measure.distribution(dataset, HELD, by=by)
    same = Link(((key((STANDING, "ei_toimeksiantoa")), 1), (key((HELD, "0")), -1)))
    return replace(
        tally,
        counts={**made.counts, **tally.counts},
        links=(*made.links, *tally.links, same),
        variables={**made.variables, **tally.variables},
    )


@indicator(
    title={"fi": "Määräaikojen pitäminen", "sv": "Hur tidsfristerna hålls", "en": "Due dates kept"},
    numerator="assignments done, done late, done with a day missing, under way, late, without a due date, withdrawn",
    denominator="all assignments (a row of ``assignments`` is one, ``prepare.followed``)",
    who="every assignment; the table goes out with those of the notifications ``beside`` it",
    missing="none",
    source="SOSRAKE Kainuun osahanke, kuvio 5",
)
def assignments_due(assignments: Dataset, beside: Dataset) -> Tally:
    return _beside(measure.distribution(assignments, DUE), beside)


@indicator(
    title={
        "fi": "Ilmoituksen löytyminen aineistosta",
        "sv": "Finns anmälan i materialet",
        "en": "Notification found in the data",
    },
    numerator="assignments of whose notifications all, some, none are in the data, or none is named "
    "(``prepare.followed``)",
    denominator="all assignments",
    who="every assignment; goes out as ``assignments_due``",
    missing="none",
    source="rakelab (a check of the data)",
)
def assignments_lost(assignments: Dataset, beside: Dataset) -> Tally:
    return _beside(measure.distribution(assignments, FOUND), beside)


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
