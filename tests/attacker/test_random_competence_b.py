"""Twenty random surveys of competence: means of 27 areas in two waves."""

import pytest

from .reports import violations_by_seed


@pytest.mark.parametrize("start", range(20, 20 + 20, 10))
def test_no_violation_in_random_reports(start: int) -> None:
    assert violations_by_seed(range(start, start + 10), "osaamiskartoitus") == {}
