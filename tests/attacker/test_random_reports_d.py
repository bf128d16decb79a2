"""The property, on 125 of the 500 random reports of a CI run: files run side by side."""

import pytest

from .reports import violations_by_seed


@pytest.mark.parametrize("start", range(375, 500, 25))
def test_no_violation_in_random_reports(start: int) -> None:
    assert violations_by_seed(range(start, start + 25)) == {}
