"""Do two coders agree: kappa and alpha of two columns, class by class or theme by theme."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

from rakelab.formulas import cohen_kappa, krippendorff_alpha, krippendorff_interval
from rakelab.names import FIRST_CODER, SECOND_CODER

#: What is made of a coded text: what was agreed of its themes, and the marks of each coder before the talk.
AGREED, FIRST, SECOND = "teema", FIRST_CODER, SECOND_CODER
Level = Literal["nominal", "ordinal"]
#: What is told of the agreement about one theme, or about one variable.
STATISTICS = (
    "kappa", "kappa_low", "kappa_high", "alpha", "alpha_low", "alpha_high", "agreement", "disagreements",
)  # fmt: skip


#: Of fewer units than this the interval of kappa does not hold; that of alpha does. Of classes neither coefficient is
#: told.
FEWEST_UNITS = 30
_NO_WIDTH = 1e-6


@dataclass(frozen=True)
class Agreement:
    """How alike two coders coded ``n`` units. A number is None where it is not defined (one class only was used)."""

    n: int
    kappa: float | None
    kappa_low: float | None
    kappa_high: float | None
    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None
    agreement: float | None
    disagreements: int

    def named(self) -> dict[str, float | None]:
        """The statistics by name."""
        return {name: getattr(self, name) for name in STATISTICS}

    def for_tally(self) -> dict[str, float | None]:
        """As ``named``, for a tally: a limit that there is not is infinite where the number itself is known (nobody
        differed), so that it is shown as missing; None, which the wall hides, is left where all gave one class."""
        return {
            name: inf if value is None and getattr(self, name.partition("_")[0]) is not None else value
            for name, value in self.named().items()
        }

    def of_classes(self) -> dict[str, float | None]:
        """As ``for_tally``, of several classes: chance agreement follows from how many are in each, so coefficients of
        few units narrow counts that are hidden. They are left to the wall to hide (docs/protection.md)."""
        too_few = self.n < FEWEST_UNITS
        return {
            n: None if too_few and n.startswith(("kappa", "alpha")) else value for n, value in self.for_tally().items()
        }


def between(
    first: Sequence[Hashable],
    second: Sequence[Hashable],
    *,
    level: Level = "nominal",
    classes: Sequence[Hashable] | None = None,
) -> Agreement:
    """Agreement of two coders on the same units, None where one gave no class (the unit is then left out).

    ``classes`` in order; without it those used, sorted. ``ordinal`` weighs kappa by the square of the distance, as
    alpha of ranks does.
    """
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    order = list(classes) if classes is not None else sorted({value for pair in pairs for value in pair}, key=str)
    place = {value: i for i, value in enumerate(order)}
    numbers = [(place[a], place[b]) for a, b in pairs]
    weights: Literal["quadratic"] | None = "quadratic" if level == "ordinal" else None
    kappa = cohen_kappa([a for a, _ in numbers], [b for _, b in numbers], weights, range(len(order)))
    # Few units, or one coder used one class only: there is nothing to estimate a spread from (docs/intervals.md).
    flat = kappa.n < FEWEST_UNITS or kappa.low is None or kappa.high is None or kappa.high - kappa.low < _NO_WIDTH
    units = [list(map(float, pair)) for pair in numbers] or [[float("nan")] * 2]
    interval = krippendorff_interval(units, level)
    return Agreement(
        n=kappa.n,
        kappa=kappa.kappa,
        kappa_low=None if flat else kappa.low,
        kappa_high=None if flat else kappa.high,
        alpha=krippendorff_alpha(units, level),
        alpha_low=interval.low,
        alpha_high=interval.high,
        agreement=kappa.agreement,
        disagreements=kappa.disagreements,
    )
