"""The follow-up of an implementation plan: how far its measures have come, and where their values come from."""

from rakelab.cells import Tally
from rakelab.dataset import Dataset
from rakelab.indicators import measure
from rakelab.reserved import ORIGIN


def plan_states(dataset: Dataset, *, by: str = "vuosi") -> Tally:
    """States of the plan's measures: not started, under way, carried out, not carried out.

    Numerator: measures in the state. Denominator: the measures of the year whose state is known. Who is in: every row
    of the register (one measure in one year). Missing: rows of their own, outside the percentages.
    Source: Pohjois-Savon toimeenpanosuunnitelma 2025–2026; the states are rakelab's proposal.
    """
    return measure.distribution(dataset, "tila", indicator="plan_states", by=by)


def plan_values(dataset: Dataset, *, by: str = "vuosi") -> Tally:
    """Where the measures' values come from (``prepare.plan_values``): released results, by hand, without a date or a
    source, no value.

    Numerator: measures so. Denominator: the measures of the year. Who is in: every row of the register. Missing: none.
    Source: rakelab (a check of the data).
    """
    return measure.distribution(dataset, ORIGIN, indicator="plan_values", by=by)
