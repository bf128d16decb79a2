"""A confidence interval, known or not."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Interval:
    """Two limits in the unit of what they are about; a limit is None where there is none to tell."""

    low: float | None = None
    high: float | None = None


#: Where a sample says nothing of how far off it may be.
UNKNOWN = Interval()
