"""Named indicators: each says its numerator, denominator, who is in, what missing does, and its source."""

from rakelab.indicators.agreement import coders_agreement, theme_agreement
from rakelab.indicators.change import change, classes, dropouts, ends, limits, pairs, reliability, remarks
from rakelab.indicators.circumstances import (
    income,
    network,
    special_support,
    special_support_patterns,
    violence,
    violence_kinds,
    violence_kinds_met,
)
from rakelab.indicators.needs import accumulation, illnesses, needs, services, together
from rakelab.indicators.plan import plan_states, plan_values
from rakelab.indicators.profile import mean_age, profile
from rakelab.indicators.reporting import (
    answer_time,
    assignments_due,
    assignments_late,
    assignments_lost,
    assignments_made,
    funnel,
    reported,
    themes,
    unanswered,
)
from rakelab.indicators.survey import competence, number, question, statement, stays, transitions

__all__ = [
    "accumulation",
    "answer_time",
    "assignments_due",
    "assignments_late",
    "assignments_lost",
    "assignments_made",
    "change",
    "classes",
    "coders_agreement",
    "competence",
    "dropouts",
    "ends",
    "funnel",
    "illnesses",
    "income",
    "limits",
    "mean_age",
    "needs",
    "network",
    "number",
    "pairs",
    "plan_states",
    "plan_values",
    "profile",
    "question",
    "reliability",
    "remarks",
    "reported",
    "services",
    "special_support",
    "special_support_patterns",
    "statement",
    "stays",
    "theme_agreement",
    "themes",
    "together",
    "transitions",
    "unanswered",
    "violence",
    "violence_kinds",
    "violence_kinds_met",
]
