"""Random answers to the forms of the smaller notebooks, forty reports each: nothing protected can be worked out."""

import pytest

from .reports import violations_by_seed


@pytest.mark.parametrize("start", range(0, 40, 20))
@pytest.mark.parametrize("kind", ["asiakaskysely", "asiakaspolut", "aktivointisuunnitelma"])
def test_no_violation_in_random_reports(kind: str, start: int) -> None:
    assert violations_by_seed(range(start, start + 20), kind) == {}
