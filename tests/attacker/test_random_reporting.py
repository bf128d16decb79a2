"""Forty random files of social reporting and of plans: nothing protected can be worked out of one report."""

import pytest

from .reports import violations_by_seed


@pytest.mark.parametrize("start", range(0, 40, 20))
def test_no_violation_in_random_reports(start: int) -> None:
    assert violations_by_seed(range(start, start + 20), "sosiaalinen_raportointi") == {}


def test_no_violation_in_random_plans() -> None:
    assert violations_by_seed(range(40), "toteutussuunnitelma") == {}
