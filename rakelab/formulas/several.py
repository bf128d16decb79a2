"""Many comparisons at once."""

from collections.abc import Sequence


def holm(values: Sequence[float | None]) -> list[float | None]:
    """Holm's step-down adjustment (Holm 1979); None (a hidden comparison) stays None and does not count."""
    order = sorted((p, i) for i, p in enumerate(values) if p is not None)
    adjusted: list[float | None] = [None] * len(values)
    highest = 0.0
    for rank, (p, i) in enumerate(order):
        highest = max(highest, min(1.0, p * (len(order) - rank)))
        adjusted[i] = highest
    return adjusted
