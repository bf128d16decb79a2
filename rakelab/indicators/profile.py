"""Who the clients are: distributions of background variables, and age."""

from dataclasses import replace

from rakelab.cells import TOTAL, Link, Tally, key
from rakelab.dataset import ANSWERED, Dataset
from rakelab.indicators import measure


def profile(dataset: Dataset, variable: str, *, by: str = "") -> Tally:
    """Client profile by one variable (kunta, sukupuoli, ikäryhmä, asuminen, status, perhetyyppi …).

    Numerator: assessments with the level. Denominator: all assessments of the group. Who is in: every row of the
    dataset. Missing: a level of its own for each kind, stays in the denominator.
    Source: SOSRAKE Kainuun osahanke, loppuraportti 3.2.2 (the PTA form).
    """
    tally = measure.distribution(dataset, variable, indicator="profile", by=by)
    name = f"profile_{variable}_{by}" if by else f"profile_{variable}"
    return replace(tally, view=replace(tally.view, id=name))


def mean_age(dataset: Dataset, *, by: str = "", age: str = "ika", band: str = "ikaryhma") -> Tally:
    """Mean age in years with its standard deviation.

    Numerator: sum of ages. Denominator: assessments with a known age. Who is in: every row with an age. Missing:
    left out of the mean and counted as levels of the age band, whose whole distribution must be publishable
    before the mean is. Source: Essote's PTA results, SOSRAKE-kalvot ("keski-ikä 43 v.").
    """
    bands = measure.distribution(dataset, band, indicator="mean_age", by=by)
    known = key((age, ANSWERED))
    missing = [(key((band, level)), 1) for level in bands.variables[band].missing]
    whole = set(measure.missing_kinds(dataset, age)) <= set(bands.variables[band].missing)
    return replace(
        bands,
        view=replace(bands.view, variable=age, rows=(known,), measure="mean"),
        counts={**bands.counts, **measure.answered_counts(dataset, age, by=by)},
        links=(*bands.links, *([Link(((known, 1), *missing, (TOTAL, -1)))] if whole else [])),
        variables={**bands.variables, age: measure.variable(dataset.codebook, age, (ANSWERED,))},
        moments=measure.moments(dataset, age, by=by) if whole else {},
        distribution=tuple(one for one, _ in bands.view.cells()),
    )
