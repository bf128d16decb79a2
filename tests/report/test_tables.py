"""The workbook: a row for each mean, and how many answered where percentages are of those."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from rakelab import archive, i18n
from rakelab.cells import Cell, Release, Released, ReleasedAccount, State
from rakelab.report import tables
from tests.present.invented import item, pairs_of, skills

#: gptables leaves its theme file open
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")

RULE = {"threshold": 5, "sensitive_threshold": 10, "floor": 3}


@pytest.fixture(autouse=True)
def _invented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rakelab.archive.released.sound", lambda one: one)  # invented tables keep no rule


def lines(table: Released, lang: str = "fi") -> list[tuple]:
    """The rows of the table's sheet, from its head."""
    title = dict.fromkeys(i18n.LANGUAGES, "Aineisto")
    some = Cell(State.SHOWN, 77)
    account = ReleasedAccount("a.csv", "0" * 64, "kirja", "1", title, synthetic=True, read=some, used=some)
    release = Release({table.view.id: table}, (), dict.fromkeys(table.cells, 5), RULE, account)
    sheet = load_workbook(BytesIO(tables.workbook(archive.dumps(release), lang))).worksheets[-1]
    return [row for row in sheet.iter_rows(values_only=True) if row[1] is not None]


def test_each_mean_has_a_row_with_its_title():
    head, first, *_ = lines(skills())
    assert head[:4] == ("Mittari tai osa-alue", "2020, lukumäärä", "2020, keskiarvo", "2020, keskihajonta")
    assert first[:4] == ("Kolmannen sektorin toiminnan ja palveluiden tunteminen", 61, 3.1, 0.8)


def test_statistics_have_columns_of_their_own_and_hidden_ones_are_marked():
    head, *rows = lines(pairs_of(audit=None), "en")
    assert head[-1] == "All, Wilcoxon p"
    assert [row[-1] for row in rows if row[-1] != "[x]"] == ["[c]", "≥\u202f0.05"]


def test_those_who_answered_are_told_beside_everybody():
    rows = {row[0]: row[1] for row in lines(item("a", "Apu auttoi", (5, 5, 5, None, 5)))}
    assert rows["Kaikki"] == 27
    assert rows["Vastanneet"] == 25
    assert rows["Jokseenkin samaa mieltä"] == "[c]"
