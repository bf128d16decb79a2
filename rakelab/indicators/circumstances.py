"""The circumstances of clients: income, network, violence, special support."""

from dataclasses import replace

from rakelab.cells import Pair, Tally
from rakelab.dataset import Dataset
from rakelab.indicators import measure
from rakelab.indicators.declaration import Indicator, indicator, of
from rakelab.names import MODEL, parts_of
from rakelab.prepare import present_levels

income = Indicator(
    "income",
    of("tulojen_riittavyys"),
    title={
        "fi": "Kokemus tulojen riittävyydestä",
        "sv": "Upplevelse av inkomsternas tillräcklighet",
        "en": "How income is felt to suffice",
    },
    numerator="assessments with the answer: the client's opinion",
    denominator="all assessments of the group",
    who="every row",
    missing="rows of their own, in the denominator",
    source="Essote's PTA results (“tulot riittävät hyvin” 18 %)",
)

network = replace(
    income,
    id="network",
    count=of("verkoston_riittavyys"),
    title={
        "fi": "Kokemus sosiaalisen verkoston riittävyydestä",
        "sv": "Upplevelse av det sociala nätverkets tillräcklighet",
        "en": "How the social network is felt to suffice",
    },
    source="SOSRAKE Kainuun osahanke 3.2.2",
)

violence = replace(
    network,
    id="violence",
    count=of("vakivalta"),
    title={"fi": "Väkivalta", "sv": "Våld", "en": "Violence"},
    numerator="assessments with the answer: none, experienced, as perpetrator, both",
    missing="“not asked” is not “no”; both stay in the denominator as rows of their own",
)

violence_kinds = replace(
    network,
    id="violence_kinds",
    count=of("vakivallan_ulottuvuus"),
    title={"fi": "Väkivallan ulottuvuus", "sv": "Våldets dimensioner", "en": "Kinds of violence"},
    numerator="assessments with the kind ticked (select all that apply), asked only where violence has been met",
    denominator="all assessments of the group, so that the base stays public",
    missing="rows of their own; those who met no violence are “not concerned”, those of whom it was not asked or is "
    "not known are missing in that way",
)

special_support = replace(
    income,
    id="special_support",
    count=of("erityisen_tuen_tarve"),
    title={"fi": "Erityisen tuen tarve", "sv": "Behov av särskilt stöd", "en": "Need for special support"},
    numerator="assessments with the answer (SHL 3 §), as the worker judged it",
    source="Essote's PTA results (57 %, young adults 72 %)",
)


@indicator(
    title={
        "fi": "Väkivallan ulottuvuus väkivaltaa kohdanneilla",
        "sv": "Våldets dimension bland dem som har mött våld",
        "en": "Form of violence among those who have met it",
    },
    numerator="assessments with the kind ticked",
    denominator="assessments with any kind recorded",
    who="those who met violence, of whom its kind was recorded",
    missing="left out; ``violence_kinds`` counts them",
    source="SOSRAKE Kainuun osahanke 3.2.2",
)
def violence_kinds_met(dataset: Dataset) -> Tally:
    tally = measure.distribution(dataset, "vakivallan_ulottuvuus", of_answered=True)
    rows = tuple(row for row in tally.view.rows if row not in tally.view.apart)
    return replace(tally, view=replace(tally.view, rows=rows, apart=()))


Side = tuple[Pair, ...]
NEED: Side = (("erityisen_tuen_tarve", "kylla"), ("erityisen_tuen_tarve", "ei"))
#: Background factors of the model, each with what it is compared with: young adults, women, addiction.
FACTORS: tuple[Side, ...] = (
    (("nuori", "18-30"), ("nuori", "31-")),
    (("sukupuoli", "nainen"), ("sukupuoli", "mies")),
    (("sairaudet", "paihderiippuvuus"),),
)


@indicator(
    id=MODEL,
    title={
        "fi": "Erityisen tuen tarpeeseen liittyvät tekijät",
        "sv": "Faktorer som hör ihop med behov av särskilt stöd",
        "en": "What goes together with need for special support",
    },
    numerator="assessments with each combination of “special support: yes” or “no” and the factors, each had or "
    "compared with: from these counts the logistic model is fitted (outside the wall)",
    denominator="all assessments",
    who="every row; the model is of those whose need was judged and whose factors are known",
    missing="out, where ten or more (else with those compared with); the need, and that it was not yet judged, are "
    "counted as “not yes” for fitting the model once more; an illness that nobody recorded is not had",
    source="Essote's PTA results (57 % of all, 72 % of young adults)",
)
def special_support_patterns(dataset: Dataset, factors: tuple[Side, ...] = FACTORS) -> Tally:
    known = [factor for factor in factors if dataset.asked(factor[0][0])]
    return measure.crossed(dataset, [_present(dataset, side) for side in (NEED, *known)])


#: So few on neither side are with the others: what is known of everybody else would tell their number.
FEW = 10


def _present(dataset: Dataset, side: Side) -> Side:
    """A side as it can be counted: what it is compared with may have been joined to others (31 or over, or age
    missing)."""
    name = side[0][0]
    levels = present_levels(dataset, name)
    against = [(name, next((held for held in levels if level in parts_of(held)), level)) for _, level in side[1:]]
    on_a_side = dataset.frame[name].isin([level for _, level in (side[0], *against)])
    return (side[0], *against) if (~on_a_side).sum() >= FEW else side[:1]
