"""Surveys of workers and of clients: areas of competence, questions with a base of their own, paths of clients."""

from collections.abc import Sequence
from dataclasses import replace

from rakelab.cells import Link, Quantity, Tally, key
from rakelab.dataset import Dataset
from rakelab.errors import UsageError
from rakelab.indicators import measure
from rakelab.indicators.declaration import OF_VARIABLE, indicator
from rakelab.names import MEAN, MOVE, table_of
from rakelab.prepare.classes import SAME


@indicator(
    title={"fi": "Osaaminen osa-alueittain", "sv": "Kompetens per område", "en": "Competence by area"},
    numerator="sum of the answers about the area, in points of the answering scale",
    denominator="those of the wave who answered about the area",
    who="every answer; the waves are of different people and are not paired",
    missing="“cannot say” and blanks are left out of the mean, and the base tells",
    source="SOSRAKE Kainuun osahanke, loppuraportti 3.3.3, table 5; Hirvonen et al. 2021",
    shown_as=Quantity.MEAN,
)
def competence(dataset: Dataset, areas: Sequence[str], *, by: str = "") -> Tally:
    if not areas:
        raise UsageError("indicators.no_areas")
    return measure.means(dataset, areas, by=by)


def _question(dataset: Dataset, variable: str, *, by: str = "") -> Tally:
    """A question's table is called by its own name."""
    tally = measure.distribution(dataset, variable, by=by)
    return replace(tally, view=replace(tally.view, id=table_of(variable, by)))


question = indicator(
    id="question",
    title=OF_VARIABLE,
    numerator="those who gave the answer to one question of a survey, single or select-all",
    denominator="those who answered the question, where the form lets blanks be told (``nonresponse = “open”``), "
    "otherwise everybody of the group",
    who="every answer to the survey",
    missing="rows of their own with everybody as the base",
    source="SOSRAKE-kalvot (Sirkkulanpuisto, spring 2021)",
)(_question)

statement = replace(
    question, id="statement", numerator="those who gave the answer, on an ordered scale that several statements share"
)

written = replace(
    question,
    id="written",
    numerator="those who wrote an answer in their own words, whatever it says (``prepare.written``)",
    denominator="everybody",
)


@indicator(
    id="numbers",
    title={"fi": "{variable}: keskiarvo", "sv": "{variable}: medelvärde", "en": "{variable}: mean"},
    numerator="sum of a number that a survey asks for (age, months)",
    denominator="those who gave one",
    who="every answer",
    missing="left out, and the base tells",
    source="SOSRAKE-kalvot (Sirkkulanpuisto: mean age 44)",
    shown_as=Quantity.MEAN,
)
def number(dataset: Dataset, variable: str, *, by: str = "") -> Tally:
    tally = measure.means(dataset, [variable], by=by)
    return replace(tally, view=replace(tally.view, id=table_of(MEAN, variable, by)))


@indicator(
    title={"fi": "{variable}, painotettuna", "sv": "{variable}, viktat", "en": "{variable}, weighted"},
    numerator="weights of those who gave the answer to one question",
    denominator="weights of those who answered the question, where the form lets blanks be told, else of everybody",
    who="every row; a form says by ``weight = true`` which number is the weight",
    missing="as in the unweighted table of the question",
    source="Kish 1965 for the design effect",
    shown_as=Quantity.STATISTIC,
)
def weighted(dataset: Dataset, variable: str) -> Tally:
    if dataset.weights is None:
        raise UsageError("indicators.no_weight")
    tally = measure.weighted_shares(dataset, variable, dataset.weights)
    return replace(tally, view=replace(tally.view, id=table_of("weighted", variable)))


#: The form's other questions, which a notebook shows after its own.
other, other_number = replace(question, id="other"), replace(number, id="other_number")


@indicator(
    title={
        "fi": "Pysyikö työskentely samassa luokassa",
        "sv": "Förblev arbetet i samma klass",
        "en": "Did the work stay in its class",
    },
    numerator="clients of the same class of client work (another class) at both points (``prepare.moves``)",
    denominator="clients with a class at both",
    who="every client with a text of at least the time followed",
    missing="a row of its own",
    source="Essote's “monet roolit”, SOSRAKE 2022: that things stay as they are can be an effect",
)
def stays(dataset: Dataset, *, before: str = "alussa", after: str = "lopussa") -> Tally:
    tally = measure.distribution(dataset, MOVE)
    levels = [level for level in dataset.codebook[after].values if level in dataset.codebook[before].values]
    diagonal = [(key((before, level), (after, level)), -1) for level in levels]
    rows = tally.view.rows if dataset.asked(before) and dataset.asked(after) else ()
    view = replace(tally.view, rows=rows)
    return replace(tally, view=view, links=(*tally.links, Link(((key((MOVE, SAME)), 1), *diagonal))))


@indicator(
    title={
        "fi": "Siirtymät luokasta toiseen",
        "sv": "Övergångar från en klass till en annan",
        "en": "Transitions from class to class",
    },
    numerator="clients of class ``before`` who were in class ``after`` later; the classes are ordered but no ladder: "
    "staying where one was can be the aim",
    denominator="clients of class ``before``",
    who="every client with a text of at least the time followed",
    missing="a level of its own",
    source="Essote's “monet roolit”, SOSRAKE 2022",
)
def transitions(dataset: Dataset, *, before: str = "alussa", after: str = "lopussa") -> Tally:
    tally = measure.distribution(dataset, after, by=before)
    rows = tally.view.rows if dataset.asked(before) else ()
    return replace(tally, view=replace(tally.view, id="transitions", rows=rows))
