"""Surveys of workers and of clients: areas of competence, questions with a base of their own, paths of clients."""

from collections.abc import Sequence
from dataclasses import replace

from rakelab.cells import Link, Tally, key
from rakelab.dataset import Dataset
from rakelab.errors import UsageError
from rakelab.indicators import measure
from rakelab.prepare.classes import SAME
from rakelab.reserved import MEAN, MOVE, table_of


def competence(dataset: Dataset, areas: Sequence[str], *, by: str = "") -> Tally:
    """Mean of each area of competence, in each wave of the survey.

    Numerator: sum of the answers. Denominator: those of the wave who answered about the area. Who is in: every
    answer; the waves are of different people and are not paired. Missing: “cannot say” and blanks are left out of the
    mean, and the base tells. Unit: points of the answering scale.
    Source: SOSRAKE Kainuun osahanke, loppuraportti 3.3.3, table 5; Hirvonen et al. 2021.
    """
    if not areas:
        raise UsageError("indicators.no_areas")
    return measure.means(dataset, areas, indicator="competence", by=by)


def question(dataset: Dataset, variable: str, *, by: str = "") -> Tally:
    """The answers to one question of a survey, single or select-all.

    Numerator: those who gave the answer. Denominator: those who answered the question, where the form lets blanks be
    told (``nonresponse = "open"``), otherwise everybody of the group. Who is in: every answer to the survey. Missing:
    rows of their own with everybody as the base. Source: SOSRAKE-kalvot (Sirkkulanpuisto, spring 2021).
    """
    tally = measure.distribution(dataset, variable, indicator="question", by=by)
    return replace(tally, view=replace(tally.view, id="_".join(filter(None, (variable, by)))))


def statement(dataset: Dataset, variable: str, *, by: str = "") -> Tally:
    """The answers to a statement: an opinion on an ordered scale that several statements share.

    Numerator: those who gave the answer. Denominator: those who answered, as in ``question``. Who is in: every
    answer to the survey. Missing: as in ``question``. Source: SOSRAKE-kalvot (Sirkkulanpuisto, spring 2021).
    """
    view = (tally := question(dataset, variable, by=by)).view
    return replace(tally, view=replace(view, indicator="statement"))


def number(dataset: Dataset, variable: str, *, by: str = "") -> Tally:
    """Mean of a number that a survey asks for (age, months).

    Numerator: sum of the numbers. Denominator: those who gave one. Who is in: every answer. Missing: left out, and the
    base tells. Unit: that of the question. Source: SOSRAKE-kalvot (Sirkkulanpuisto: mean age 44).
    """
    tally = measure.means(dataset, [variable], indicator="numbers", by=by)
    return replace(tally, view=replace(tally.view, id=table_of(MEAN, variable, by)))


def stays(dataset: Dataset, *, before: str = "alussa", after: str = "lopussa") -> Tally:
    """How many stayed in their class of client work, and how many moved.

    Numerator: clients of the same class (another class) at both points (``prepare.moves``). Denominator: clients with
    a class at both. Who is in: every client with a text of at least the time followed. Missing: a row of its own.
    Source: Essote's “monet roolit”, SOSRAKE 2022: that things stay as they are can be an effect.
    """
    tally = measure.distribution(dataset, MOVE, indicator="stays")
    levels = [level for level in dataset.codebook[after].values if level in dataset.codebook[before].values]
    diagonal = [(key((before, level), (after, level)), -1) for level in levels]
    return replace(tally, links=(*tally.links, Link(((key((MOVE, SAME)), 1), *diagonal))))


def transitions(dataset: Dataset, *, before: str = "alussa", after: str = "lopussa") -> Tally:
    """From which class of client work to which: every client once.

    Numerator: clients of class ``before`` who were in class ``after`` later. Denominator: clients of class ``before``.
    Who is in: every client with a text of at least the time followed. Missing: a level of its own. The classes are
    ordered but no ladder: staying where one was can be the aim. Source: Essote's “monet roolit”, SOSRAKE 2022.
    """
    tally = measure.distribution(dataset, after, indicator="transitions", by=before)
    return replace(tally, view=replace(tally.view, id="transitions"))
