"""Named indicators: each says its numerator, denominator, who is in, what missing does, and its source."""

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

__all__ = [
    "accumulation",
    "illnesses",
    "income",
    "mean_age",
    "needs",
    "network",
    "profile",
    "services",
    "special_support",
    "special_support_patterns",
    "together",
    "violence",
    "violence_kinds",
]
