"""Can published percentages be those of a stated number of people? (The idea is GRIM: Brown & Heathers 2017.)

Whole numbers only, so nothing is lost in rounding. A half may have been rounded up or to the even neighbour.
"""

from collections.abc import Sequence
from decimal import Decimal

Percent = float | int | str | Decimal


def fits(percent: Percent, n: int, decimals: int = 0) -> tuple[int, ...]:
    """The counts k of ``n`` whose percentage, rounded to ``decimals``, is ``percent``; none if it cannot be.

    ``fits(72, 25)`` is ``(18,)``. Raises ValueError where ``percent`` has more decimals, or ``n`` is not positive.
    """
    if n < 1:
        raise ValueError("a base is a positive number")
    # the percentage as a whole number of its last decimal
    scaled = Decimal(str(percent)).scaleb(decimals)
    if scaled != scaled.to_integral_value():
        raise ValueError("the percentage has more decimals than stated")
    steps = int(scaled)
    whole = 100 * 10**decimals
    return tuple(k for k in _near(steps, n, whole) if _rounds(k, n, (steps, whole)))


def possible_bases(percents: Sequence[Percent], decimals: int = 0, *, largest: int = 100) -> tuple[int, ...]:
    """Every base n from 1 to ``largest`` of which each of ``percents`` is the rounded share of some whole number.

    72, 32, 8, 48, 28 and 16 % fit 25 and no other base up to 27. From 100 on (1,000 with one decimal) every base fits
    everything, so a larger ``largest`` tells nothing.
    """
    return tuple(n for n in range(1, largest + 1) if all(fits(percent, n, decimals) for percent in percents))


def _near(steps: int, n: int, whole: int) -> range:
    middle = steps * n // whole
    reach = n // (2 * whole) + 2
    return range(max(0, middle - reach), min(n, middle + reach) + 1)


def _rounds(k: int, n: int, rule: tuple[int, int]) -> bool:
    """Does k of n round to the percentage? Twice the error is compared with one step."""
    steps, whole = rule
    error = 2 * (whole * k - steps * n)
    return -n <= error < n or (error == n and steps % 2 == 0)


def mean_fits(mean: Percent, n: int, decimals: int) -> bool:
    """Can ``mean``, rounded to ``decimals``, be that of ``n`` whole numbers? 3.47 cannot be the mean of 25.

    Raises ValueError as ``fits``.
    """
    if n < 1:
        raise ValueError("a base is a positive number")
    steps, whole = abs(int(Decimal(str(mean)).scaleb(decimals))), 10**decimals
    middle = steps * n // whole
    return any(
        _rounds(total, n, (steps, whole)) for total in range(max(0, middle - n // whole - 2), middle + n // whole + 3)
    )


def is_mean(mean: Percent, total: int, n: int, decimals: int = 0) -> bool:
    """Is ``mean``, rounded to ``decimals``, that of a ``total`` shared by ``n``? 16 is not that of 6,210 by 143."""
    return _rounds(total, n, (int(Decimal(str(mean)).scaleb(decimals)), 10**decimals))
