"""The follow-up of an implementation plan: how far its measures have come, and where their values come from."""

from rakelab.cells import Tally
from rakelab.dataset import Dataset
from rakelab.indicators import measure
from rakelab.indicators.declaration import Indicator, of_role
from rakelab.names import ORIGIN
from rakelab.prepare.people import role_of


def _origins(dataset: Dataset) -> Tally:
    return measure.distribution(dataset, ORIGIN, by=role_of(dataset, "period").name)


plan_states = Indicator(
    "plan_states",
    of_role("state", "period"),
    title={"fi": "Suunnitelman mittarien tila", "sv": "Läget för planens mätare", "en": "State of the plan's measures"},
    numerator="measures in the state: not started, under way, carried out, not carried out",
    denominator="the measures of the year whose state is known",
    who="every row of the register (one measure in one year)",
    missing="rows of their own, outside the percentages",
    source="Pohjois-Savon toimeenpanosuunnitelma 2025–2026; the states are rakelab's proposal",
)

plan_values = Indicator(
    "plan_values",
    _origins,
    title={
        "fi": "Mistä mittarien arvot ovat",
        "sv": "Varifrån mätarnas värden kommer",
        "en": "Where the measures' values come from",
    },
    numerator="measures whose value is so (``prepare.plan_values``): from released results, by hand, without a date or "
    "a source, no value",
    denominator="the measures of the year",
    who="every row of the register",
    missing="none",
    source="rakelab (a check of the data)",
)
