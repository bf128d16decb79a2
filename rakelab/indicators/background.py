"""Who the clients are: distributions of background variables, and age."""

from dataclasses import replace

from rakelab.cells import TOTAL, Link, Quantity, Tally, key
from rakelab.dataset import ANSWERED, Dataset
from rakelab.indicators import measure
from rakelab.indicators.declaration import OF_VARIABLE, Indicator, indicator

profile = Indicator(
    "profile",
    measure.distribution,
    title=OF_VARIABLE,
    numerator="assessments with the level of a background variable (municipality, sex, age band, housing, status …)",
    denominator="all assessments of the group",
    who="every row",
    missing="a level of its own for each kind, in the denominator",
    source="SOSRAKE Kainuun osahanke, loppuraportti 3.2.2 (the PTA form)",
    of_each=True,
)


@indicator(
    title={"fi": "Keski-ikä", "sv": "Medelålder", "en": "Mean age"},
    numerator="sum of ages in years",
    denominator="assessments with a known age",
    who="every row with an age",
    missing="left out of the mean and counted as levels of the age band, whose whole distribution must be publishable "
    "before the mean is",
    source="Essote's PTA results, SOSRAKE-kalvot (“keski-ikä 43 v.”)",
    shown_as=Quantity.MEAN,
)
def mean_age(dataset: Dataset, *, by: str = "", age: str = "ika", band: str = "ikaryhma") -> Tally:
    bands = measure.distribution(dataset, band, by=by)
    known = key((age, ANSWERED))
    missing = [(key((band, level)), 1) for level in bands.variables[band].missing]
    whole = set(measure.missing_kinds(dataset, age)) <= set(bands.variables[band].missing)
    return replace(
        bands,
        view=replace(bands.view, variable=age, rows=(known,), measure=Quantity.MEAN),
        counts={**bands.counts, **measure.answered_counts(dataset, age, by=by)},
        links=(*bands.links, *([Link(((known, 1), *missing, (TOTAL, -1)))] if whole else [])),
        variables={**bands.variables, age: measure.variable(dataset.codebook, age, (ANSWERED,))},
        moments=measure.moments(dataset, age, by=by) if whole else {},
        distribution=tuple(cell_key for cell_key, _ in bands.view.cells()),
    )
