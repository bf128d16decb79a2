"""What a county adds by hand: every fault of its file is told with its place."""

import pytest

from rakelab.errors import CodebookError
from rakelab.export.own import own

COST = """[[cost]]
title = { fi = "Sosiaalihuolto", sv = "Socialvård" }
year = "2025"
euros = 1250000
source = "Sotkanet"
date = "2026-03-15"
"""


def read(tmp_path, text):
    path = tmp_path / "omat.toml"
    path.write_text(text, encoding="utf-8")
    return own(path)


def test_a_whole_cost_is_read_and_another_language_falls_to_the_first(tmp_path):
    (cost,) = read(tmp_path, COST).costs
    assert (cost.title["en"], cost.year, cost.euros, cost.day.isoformat()) == (
        "Sosiaalihuolto", "2025", 1250000.0, "2026-03-15",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('source = "Sotkanet"\n', "source"),
        ('date = "2026-03-15"\n', "date"),
        ("euros = 1250000\n", "euros"),
        ('year = "2025"\n', "year"),
    ],
)
@pytest.mark.parametrize("left", ["", '{name} = " "\n'])
def test_a_cost_without_its_source_is_refused(tmp_path, line, key, left):
    name = line.split(" ")[0]
    text = COST.replace(line, left.format(name=name) if name != "euros" else "")
    with pytest.raises(CodebookError) as caught:
        read(tmp_path, text)
    assert f"infographic.without.{key}" in [fault.key for fault in caught.value.faults]
    assert "cost 1" in caught.value.sentence("fi")


def test_every_fault_at_once(tmp_path):
    text = COST.replace("2026-03-15", "15.3.2026") + '[[channel]]\ntitle = { fi = "Työryhmä" }\n[[hinta]]\nx = 1\n'
    with pytest.raises(CodebookError) as caught:
        read(tmp_path, text)
    assert sorted(fault.key for fault in caught.value.faults) == [
        "codebook.unknown_key", "infographic.bad_date", "infographic.without.how",
    ]  # fmt: skip


def test_one_sum_for_a_thing_in_a_year(tmp_path):
    with pytest.raises(CodebookError) as caught:
        read(tmp_path, COST + COST.replace("1250000", "3"))
    assert [fault.key for fault in caught.value.faults] == ["codebook.twice"]


def test_without_a_file_there_is_nothing_to_add():
    assert own(None).costs == ()


def test_two_things_of_one_name_in_any_language_are_refused(tmp_path):
    """They would be one row of that language's sheet, and one of the sums would vanish."""
    other = COST.replace("Sosiaalihuolto", "Tuettu asuminen")
    with pytest.raises(CodebookError) as caught:
        read(tmp_path, COST + other)
    assert [fault.key for fault in caught.value.faults] == ["codebook.twice"]
