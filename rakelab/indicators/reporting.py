"""Social reporting: what was reported, what became of it, and what became of the assignments."""

from dataclasses import replace

from rakelab.cells import TOTAL, Link, Quantity, Tally, Variable, join, key
from rakelab.dataset import Dataset
from rakelab.i18n import label
from rakelab.indicators import measure
from rakelab.indicators.declaration import Indicator, indicator, of, of_role
from rakelab.names import (
    ANSWER,
    DAYS,
    DECISION,
    DECISION_DAYS,
    DUE,
    FOUND,
    HELD,
    OUTCOME,
    PROMISE,
    RAISED,
    REACHED,
    REPORTED,
    STANDING,
    UNIT,
)
from rakelab.prepare.reporting import GIVEN

#: What a table counts where it does not count the notifications.
_ASSIGNMENTS, _DECISIONS = "toimeksiannot", "paatokset"
_UNITS = (_ASSIGNMENTS, _DECISIONS, "osallistujat", "suorittaneet", "katselut")


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
    return beside_unit(measure.distribution(assignments, DUE), beside)


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
    return beside_unit(measure.distribution(assignments, FOUND), beside)


undecided = replace(
    unanswered,
    id="undecided",
    count=of(DECISION),
    title={"fi": "Päätökset ilmoituksista", "sv": "Besluten om anmälningarna", "en": "Decisions on the notifications"},
    numerator="notifications in that state: decided, not yet decided, decision dated before the notification",
    denominator="all notifications of the group of whose decision the day is known",
    missing="a decision without a date",
)

decision_path = Indicator(
    "decision_path",
    of(RAISED),
    title={
        "fi": "Ilmoituksen matka päättäjille",
        "sv": "Anmälans väg till beslutsfattarna",
        "en": "The way of a notification to those who decide",
    },
    numerator="notifications that a body has taken up, or one above it (``prepare.decided``)",
    denominator="all notifications of the group",
    who="every notification",
    missing="none; of what no body has taken up nothing is ticked",
    source="SOSRAKE: RAKE-työryhmä, johto, jaosto; the order is that of the form",
)

decisions = Indicator(
    "decisions",
    of(OUTCOME),
    title={
        "fi": "Mitä ilmoituksista päätettiin",
        "sv": "Vad som beslutades om anmälningarna",
        "en": "What was decided of the notifications",
    },
    numerator="notifications whose last decision is so: statement, action, no action, not yet decided "
    "(``prepare.decided``)",
    denominator="all notifications of the group",
    who="every notification",
    missing="none: what nobody has taken up is not yet decided",
    source="SOSRAKE Kainuun osahanke, luku 6 (the reporter must hear what came of it)",
)


@indicator(
    title={"fi": "Päiviä päätökseen", "sv": "Dagar till beslut", "en": "Days to the decision"},
    numerator="notifications decided by each day: the median with its 95 % interval (Kaplan–Meier, ``measure.times``)",
    denominator="those still waiting on that day",
    who="notifications with a date, open ones as still waiting on the day the data were looked at",
    missing="left out, as is a decision without a date or dated before its notification (``prepare.decided``)",
    source="SOSRAKE Kainuun osahanke, luku 6 (the reporter must hear what came of it)",
    shown_as=Quantity.STATISTIC,
)
def decision_time(dataset: Dataset, *, by: str = "") -> Tally:
    return measure.times(dataset, DECISION_DAYS, happened=(DECISION, GIVEN), by=by)


@indicator(
    title={"fi": "Lupausten pitäminen", "sv": "Hur löftena hålls", "en": "Promises kept"},
    numerator="decisions whose promise is done, done late, under way, past its day, withdrawn, or that promise nothing",
    denominator="all rows of the sheet of decisions (``prepare.followed``)",
    who="every row; the table goes out with those of the notifications ``beside`` it",
    missing="none",
    source="rakelab's proposal: what was promised and has passed its day",
)
def decisions_due(sheet: Dataset, beside: Dataset) -> Tally:
    return beside_unit(measure.distribution(sheet, PROMISE), beside, _DECISIONS)


def beside_unit(tally: Tally, notifications: Dataset, what: str = _ASSIGNMENTS) -> Tally:
    """A table of assignments or decisions for the release of the notifications: its one group are these, which are told
    however few; the release's total stays that of the notifications."""
    unit = key((UNIT, what))
    rows = tuple((row, 1) for row in tally.view.rows)
    counts = {join(row, unit): tally.counts[row] for row in tally.view.rows}
    words = {unit: label(f"indicators.unit.{unit}") for unit in _UNITS}
    counted = Variable(title=words[what], levels=words, open=tuple(words))
    return replace(
        tally,
        view=replace(tally.view, columns=(unit,), answered=False, apart=()),
        counts={**counts, unit: tally.counts[TOTAL], TOTAL: len(notifications)},
        links=(Link((*rows, (TOTAL, -1))),),
        variables={**tally.variables, UNIT: counted},
        account=notifications.account,
    )
