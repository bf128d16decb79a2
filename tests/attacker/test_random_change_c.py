"""Six random measurements of change: means before and after, classes, who is at the end of a scale."""

import pytest

from .reports import violations_by_seed


@pytest.mark.parametrize("start", range(12, 12 + 6, 3))
def test_no_violation_in_random_reports(start: int) -> None:
    assert violations_by_seed(range(start, start + 3), "muutosmittaus") == {}
