"""Events and communications: how many of each kind, and how many took part, completed and viewed."""

from dataclasses import replace

from rakelab.cells import Tally
from rakelab.dataset import Dataset
from rakelab.indicators import measure
from rakelab.indicators.declaration import OF_VARIABLE, Indicator, indicator, of
from rakelab.indicators.reporting import beside_unit
from rakelab.names import ATTENDED, EVENTS, table_of

events = Indicator(
    EVENTS,
    of("laji"),
    title={"fi": "Tapahtumat ja julkaisut", "sv": "Evenemang och publikationer", "en": "Events and publications"},
    numerator="events of the kind: meetings, trainings, newsletters … (``prepare.events``)",
    denominator="all events of the group",
    who="every event, once",
    missing="none: the kind is required",
    source="SOSRAKE's final report 2022; the measures of Pohjois-Savon toimeenpanosuunnitelma 2025–2026",
)

attendance = replace(
    events,
    id="attendance",
    count=of(ATTENDED),
    title={
        "fi": "Onko osallistujat kirjattu",
        "sv": "Har deltagarna antecknats",
        "en": "Are the participants recorded",
    },
    numerator="events whose participants are told, missing, or not asked of their kind (``prepare.events``)",
)


@indicator(
    title=OF_VARIABLE,
    numerator="participations, completions or views (``prepare.repeated``) with the level",
    denominator="all of them of which it is known",
    who="every one; somebody at two events is two participations. The table goes out with those of the events",
    missing="a level of its own",
    source="SOSRAKE's final report 2022",
)
def amounts(rows: Dataset, variable: str, what: str, beside: Dataset) -> Tally:
    tally = beside_unit(measure.distribution(rows, variable), beside, what)
    return replace(tally, view=replace(tally.view, id=table_of("amounts", what, variable)))
