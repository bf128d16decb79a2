"""No sentence of any page is false: small random reports of every form, held against all their rows."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from drawn_reports import Drawn, Found, claims, drawn, told, yearly

from rakelab import demo

#: More of them: ``python -m tests.drawn_reports``.
SEEDS = (2,)


@pytest.fixture(scope="module", params=SEEDS)
def reports(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Drawn]:
    folder = tmp_path_factory.mktemp(f"rows{request.param}")
    made = {one.file: drawn(one, request.param, folder) for one in demo.RECIPES}
    return {file: one for file, one in made.items() if one}


def wrong(found: list[Found]) -> list[str]:
    """What is not so, or is said in words that no rule reads."""
    return [f"{one.where}: {one.why}" for one in found if one.why]


def test_no_sentence_is_false(reports: dict[str, Drawn]) -> None:
    found = {file: told(one) for file, one in reports.items()}
    assert {file: wrong(some) for file, some in found.items()} == {file: [] for file in found}
    assert len(found) > 7
    assert len({one.statistic for some in found.values() for one in some}) > 12


def test_no_sentence_of_the_yearly_page_is_false(reports: dict[str, Drawn], tmp_path: Path) -> None:
    page, text = yearly([*reports.values()], tmp_path)
    found = list(claims(page, text))
    assert wrong(found) == []
    assert len({one.statistic for one in found}) > 5
    for true, false in ((r"Next(?: of those shown)?: “[^”]+”", "Next: “Nothing”"), (r"They share \d+", "They share 2")):
        assert wrong(list(claims(page, re.sub(true, false, text, count=1)))), false


@pytest.mark.parametrize(
    ("pattern", "other", "least"),
    [
        (r"\((\d+)/(\d+)", lambda m: f"({int(m[1]) + 1}/{m[2]}", 7),
        ("(The difference|The change) is within chance", r"\1 is beyond chance", 4),
        (r"Next(?: of those shown)?: “[^”]+”", "Next: “Nothing”", 4),
        ("the most common(?: of those shown)? is “[^”]+”", "the most common is “Nothing”", 3),
    ],
)
def test_a_false_word_is_caught(reports: dict[str, Drawn], pattern: str, other: Any, least: int) -> None:
    """Such a sentence stands in so many reports, and none says a false one unseen."""
    read = {file: one for file, one in reports.items() if "Response rates: Before" not in one.page}  # read by year only
    changed = {file: re.sub(pattern, other, one.page, count=1) for file, one in read.items()}
    false = [replace(reports[file], page=page) for file, page in changed.items() if page != reports[file].page]
    assert len(false) >= least
    assert [one.name for one in false if not wrong(told(one))] == []
