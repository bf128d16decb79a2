"""Mean and standard deviation against NIST's certified values."""

from dataclasses import replace
from math import log10

import pandas as pd
import pytest
from spec import drawn

from rakelab.cells import key
from rakelab.dataset import ANSWERED, state_column
from rakelab.indicators.measure.numbers import moments

from .nist import SETS, Certified

#: Digits that must agree: the SD of numbers with seven leading digits in common cannot have more in double precision.
DIGITS = {"NumAcc3": 8, "NumAcc4": 8}


def agreeing(found: float, certified: float) -> float:
    """The log relative error: about how many digits agree; 15 where all of them do."""
    return 15.0 if found == certified else -log10(abs(found - certified) / abs(certified))


def of_rows(values: tuple[float, ...]) -> tuple[float, float]:
    """As a report's table of means has them before they are rounded."""
    frame = pd.DataFrame({"ika": values, state_column("ika"): pd.Categorical([ANSWERED] * len(values))})
    found = moments(replace(drawn("ika\n30"), frame=frame), "ika")[key(("ika", ANSWERED))]
    return found.mean, found.sd


@pytest.mark.parametrize("one", SETS, ids=lambda one: one.name)
def test_mean_and_deviation_are_certified(one: Certified) -> None:
    mean, sd = of_rows(one.values)
    assert agreeing(mean, one.mean) >= 9
    assert agreeing(sd, one.sd) >= DIGITS.get(one.name, 9)
