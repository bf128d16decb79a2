"""The circumstances of clients: income, network, violence, special support."""

from dataclasses import replace

from rakelab.cells import Pair, Tally
from rakelab.dataset import Dataset
from rakelab.indicators import measure
from rakelab.reserved import MODEL


def income(dataset: Dataset, *, by: str = "") -> Tally:
    """How the client finds that income suffices (an opinion).

    Numerator: assessments with the answer. Denominator: all assessments of the group. Who is in: every row.
    Missing: rows of their own, in the denominator. Source: Essote's PTA results ("tulot riittävät hyvin" 18 %).
    """
    return measure.distribution(dataset, "tulojen_riittavyys", indicator="income", by=by)


def network(dataset: Dataset, *, by: str = "") -> Tally:
    """How the client finds that the social network suffices (an opinion).

    Numerator: assessments with the answer. Denominator: all assessments of the group. Who is in: every row.
    Missing: rows of their own, in the denominator. Source: SOSRAKE Kainuun osahanke 3.2.2.
    """
    return measure.distribution(dataset, "verkoston_riittavyys", indicator="network", by=by)


def violence(dataset: Dataset, *, by: str = "") -> Tally:
    """Violence: none, experienced, as perpetrator, both.

    Numerator: assessments with the answer. Denominator: all assessments of the group. Who is in: every row.
    Missing: “not asked” is not “no”; both stay in the denominator as rows of their own.
    Source: SOSRAKE Kainuun osahanke 3.2.2.
    """
    return measure.distribution(dataset, "vakivalta", indicator="violence", by=by)


def violence_kinds(dataset: Dataset, *, by: str = "") -> Tally:
    """Kinds of violence (select all that apply), asked only where violence has been met.

    Numerator: assessments with the kind ticked. Denominator: all assessments of the group, so that the base stays
    public. Who is in: every row. Missing: rows of their own; those who met no violence are “not concerned”, those of
    whom it was not asked or is not known are missing in that way. Source: SOSRAKE Kainuun osahanke 3.2.2.
    """
    return measure.distribution(dataset, "vakivallan_ulottuvuus", indicator="violence_kinds", by=by)


def violence_kinds_met(dataset: Dataset) -> Tally:
    """Kinds of violence among those who have met it.

    Numerator: assessments with the kind ticked. Denominator: assessments with any kind recorded. Who is in: those who
    met violence, of whom its kind was recorded. Missing: left out; ``violence_kinds`` counts them.
    Source: SOSRAKE Kainuun osahanke 3.2.2.
    """
    tally = measure.distribution(dataset, "vakivallan_ulottuvuus", indicator="violence_kinds_met", of_answered=True)
    rows = tuple(row for row in tally.view.rows if row not in tally.view.apart)
    return replace(tally, view=replace(tally.view, rows=rows, apart=()))


def special_support(dataset: Dataset, *, by: str = "") -> Tally:
    """Need for special support (SHL 3 §), as the worker judged it.

    Numerator: assessments with the answer. Denominator: all assessments of the group. Who is in: every row.
    Missing: rows of their own, in the denominator. Source: Essote's PTA results (57 %, young adults 72 %).
    """
    return measure.distribution(dataset, "erityisen_tuen_tarve", indicator="special_support", by=by)


#: Background factors of the model: young adults, women, addiction.
FACTORS: tuple[Pair, ...] = (("nuori", "18-30"), ("sukupuoli", "nainen"), ("sairaudet", "paihderiippuvuus"))


def special_support_patterns(dataset: Dataset, factors: tuple[Pair, ...] = FACTORS) -> Tally:
    """Counts from which the logistic model of special-support need is fitted (outside the wall).

    Numerator: assessments with each combination of “special support: yes” and the factors, each had or not had.
    Denominator: all assessments. Who is in: every row. Missing: not having the factor (nobody recorded it).
    Source: Essote's PTA results (57 % of all, 72 % of young adults).
    """
    pairs = (("erityisen_tuen_tarve", "kylla"), *factors)
    return measure.crossed(dataset, pairs, indicator=MODEL)
