"""The circumstances of clients: income, network, violence, special support."""

from dataclasses import replace

from rakelab.cells import Pair, Tally
from rakelab.dataset import Dataset
from rakelab.indicators import measure
from rakelab.prepare import present_levels
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


Side = tuple[Pair, ...]
NEED: Side = (("erityisen_tuen_tarve", "kylla"), ("erityisen_tuen_tarve", "ei"))
#: Background factors of the model, each with what it is compared with: young adults, women, addiction.
FACTORS: tuple[Side, ...] = (
    (("nuori", "18-30"), ("nuori", "31-")),
    (("sukupuoli", "nainen"), ("sukupuoli", "mies")),
    (("sairaudet", "paihderiippuvuus"),),
)


def special_support_patterns(dataset: Dataset, factors: tuple[Side, ...] = FACTORS) -> Tally:
    """Counts from which the logistic model of special-support need is fitted (outside the wall).

    Numerator: assessments with each combination of “special support: yes” or “no” and the factors, each had or
    compared with. Denominator: all assessments. Who is in: every row; the model is of those whose need was judged
    and whose factors are known. Missing: out, where ten or more (else with
    those compared with); the need, and that it was not yet judged, are counted as “not yes” for
    fitting the model once more. An illness that nobody recorded is not had.
    Source: Essote's PTA results (57 % of all, 72 % of young adults).
    """
    sides = (_present(dataset, one) for one in (NEED, *factors))
    return measure.crossed(dataset, [*sides], indicator=MODEL)


#: So few on neither side are with the others: what is known of everybody else would tell their number.
FEW = 10


def _present(dataset: Dataset, side: Side) -> Side:
    """A side as it can be counted: what it is compared with may have been joined to others (31 or over, or age
    missing)."""
    name = side[0][0]
    held = present_levels(dataset, name)
    against = [(name, next((one for one in held if level in one.split("+")), level)) for _, level in side[1:]]
    on = dataset.frame[name].isin([level for _, level in (side[0], *against)])
    return (side[0], *against) if (~on).sum() >= FEW else side[:1]
