"""What a sheet tells: two periods, verdicts, and nothing that is hidden."""

from dataclasses import replace

import pytest

from rakelab import _seal
from rakelab.cells import HIDDEN, key
from rakelab.errors import UsageError
from rakelab.export.poster import poster

from .posters import needs

ROSE = [[30, 110], [90, 85], [80, 80], [3, 20]]


def test_the_headline_is_the_finding_and_only_what_is_beyond_chance_is_marked():
    sheet = poster(needs(ROSE), "fi")
    assert "Rivi a" in sheet.headline
    assert "kasvoi" in sheet.headline
    assert not sheet.headline.endswith(".")
    turns = {row.label: row.turn for row in sheet.rows}
    assert (turns["Rivi a"], turns["Rivi b"]) == ("up", "down")


def test_rows_stand_by_size_and_a_hidden_number_is_its_mark_with_no_length():
    sheet = poster(needs(ROSE), "fi")
    labels = [row.label for row in sheet.rows]
    assert labels[0] == "Rivi a"
    hidden = [bar for row in sheet.rows for bar in row.bars if not bar.known]
    assert hidden
    assert {(bar.number, bar.length) for bar in hidden} == {("··", 0)}
    assert all(not row.turn for row in sheet.rows if not all(bar.known for bar in row.bars))


def test_a_row_hidden_before_stands_where_its_number_now_belongs():
    whole = needs([[30, 110], [60, 95], [90, 85], [80, 80]])
    ((name, table),) = whole.tables.items()
    before = key(("h", "1"), ("v", "b"))
    assert before in table.cells
    own = _seal.release(view=table.view, cells={**table.cells, before: HIDDEN}, variables=table.variables)
    labels = [row.label for row in poster(replace(whole, tables={name: own}), "fi").rows]
    assert labels == ["Rivi a", "Rivi b", "Rivi c", "Rivi d"]


def test_where_nothing_is_beyond_chance_the_headline_says_so_and_no_row_is_marked():
    sheet = poster(needs([[50, 52], [60, 61]]), "en")
    assert "chance" in sheet.headline
    assert [row.turn for row in sheet.rows] == ["", ""]


def test_notifications_are_told_as_counts():
    sheet = poster(needs([[20, 60], [30, 31]], "themes"), "fi")
    assert sheet.counted
    assert [bar.number for bar in sheet.rows[0].bars] == ["20", "60"]


@pytest.mark.parametrize(
    "release",
    [needs(ROSE, "statement"), needs([[1, 2], [3, 1]])],
    ids=["nothing for a wall", "everything hidden"],
)
def test_a_report_that_has_nothing_for_a_wall_is_refused(release):
    with pytest.raises(UsageError) as caught:
        poster(release, "fi")
    assert caught.value.key == "infographic.nothing"
