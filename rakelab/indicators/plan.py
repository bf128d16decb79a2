"""The follow-up of an implementation plan: how far its measures have come, and where their values come from."""

from functools import partial

from rakelab.indicators.declaration import Indicator, of
from rakelab.names import ORIGIN

plan_states = Indicator(
    "plan_states",
    partial(of("tila"), by="vuosi"),
    title={"fi": "Suunnitelman mittarien tila", "sv": "Läget för planens mätare", "en": "State of the plan's measures"},
    numerator="measures in the state: not started, under way, carried out, not carried out",
    denominator="the measures of the year whose state is known",
    who="every row of the register (one measure in one year)",
    missing="rows of their own, outside the percentages",
    source="Pohjois-Savon toimeenpanosuunnitelma 2025–2026; the states are rakelab's proposal",
)

plan_values = Indicator(
    "plan_values",
    partial(of(ORIGIN), by="vuosi"),
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
