"""Named indicators: each says its numerator, denominator, who is in, what missing does, and its source."""

from rakelab.indicators.change import change, classes, dropouts, ends, limits, pairs, reliability, remarks
from rakelab.indicators.circumstances import (
    income,
    network,
    special_support,
    special_support_patterns,
    violence,
    violence_kinds,
)
from rakelab.indicators.needs import accumulation, illnesses, needs, services, together
from rakelab.indicators.profile import mean_age, profile
from rakelab.indicators.survey import competence, numbers, question, transitions

__all__ = [
    "accumulation",
    "change",
    "classes",
    "competence",
    "dropouts",
    "ends",
    "illnesses",
    "income",
    "limits",
    "mean_age",
    "needs",
    "network",
    "numbers",
    "pairs",
    "profile",
    "question",
    "reliability",
    "remarks",
    "services",
    "special_support",
    "special_support_patterns",
    "together",
    "transitions",
    "violence",
    "violence_kinds",
]
