"""``review.html`` and ``review.xlsx``: every number with its base and limit, and no number that the release hides."""

import json
from html.parser import HTMLParser
from io import BytesIO

import openpyxl
import pytest

from rakelab import archive
from rakelab.cells import TOTAL, Account, Link, Tally, Variable, View, key
from rakelab.protect import protect
from rakelab.report import review

from .notebooks import HOSTILE, released

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


class _Cells(HTMLParser):
    """The rows of every table, cell by cell, as they are seen."""

    def __init__(self, page):
        super().__init__()
        self.rows, self.unseen, self.open = [], 0, False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        self.open = tag in ("td", "th") or (self.open and tag == "span")
        if tag in ("td", "th"):
            self.rows[-1].append("")
        self.unseen += ("class", "vh") in attrs

    def handle_endtag(self, tag):
        self.unseen = 0 if tag == "span" else self.unseen
        self.open = self.open and tag not in ("td", "th")

    def handle_data(self, data):
        if self.open and not self.unseen:
            self.rows[-1][-1] += data


def rows_of(page):
    return _Cells(page).rows


def test_every_number_stands_with_its_base_and_its_limit():
    """Of 100 people 70 ticked money; 40 of 60 in 2020. All but the small one and its cover are shown."""
    page = review.sheet(released(), "Koe", "en")
    told = [row for row in rows_of(page) if row[0] == "=Money" and row[-1] == "5"]
    assert [row[1:] for row in told] == [
        ["All", "70", "70% (60–78%)", "100", "5"],
        ["2020", "40", "67% (54–77%)", "60", "5"],
        ["2021", "30", "75% (60–86%)", "40", "5"],
    ]


def test_hidden_numbers_are_counted_and_never_told():
    """Three of 40 ticked the other need in 2021."""
    page = review.sheet(released(), "Koe", "en")
    told = [row for row in rows_of(page) if row[:1] == [HOSTILE]]
    assert [row[2:4] for row in told] == [["23", "23% (16–32%)"], ["20", "33% (23–46%)"], ["··", "··"]]
    assert ["Need by year", "5", "1", "0"] in rows_of(page)
    assert "Hidden numbers: 1; percentages or intervals shown of them: 0." in page
    assert "<script>" not in page


def open_survey(silent):
    """40 people, so many of whom gave no answer: that may be told however few they are."""
    levels = {name: {"fi": name} for name in ("on", "ei", "tyhja")}
    variable = Variable({"fi": "Apu"}, levels, missing=("tyhja",), open=("tyhja", "vastattu"))
    rows = tuple(key(("apu", level)) for level in levels)
    answered = key(("apu", "vastattu"))
    half = (40 - silent) // 2
    counts = {TOTAL: 40, rows[0]: half, rows[1]: 40 - silent - half, rows[2]: silent, answered: 40 - silent}
    links = (
        Link(((rows[0], 1), (rows[1], 1), (answered, -1))),
        Link(((answered, 1), (rows[2], 1), (TOTAL, -1))),
    )
    view = View("apu", "question", "apu", rows, answered=True, apart=(rows[2],))
    account = Account("koe.csv", "1a" * 32, "koe", "1", {"fi": "Koe"}, True, 40, 40, "0")
    return archive.dumps(protect([Tally(view, counts, links, {"apu": variable}, account)]))


def test_the_few_who_gave_no_answer_may_be_told():
    page = review.sheet(open_survey(2), "Koe", "fi")
    assert ["tyhja", "Kaikki", "2", "5\xa0% (1–17\xa0%)", "40", "1"] in rows_of(page)
    assert "rajaa vähemmän, on 0." in page


@pytest.mark.parametrize(("limit", "small"), [(2, 0), (3, 1), (19, 1), (20, 3)])
def test_a_number_under_its_limit_is_seen(limit, small):
    """19 of 38, the other 19, and 2 of 40: with another limit than the release was made with, some are too few."""
    release = archive.loads(open_survey(2))
    (look,) = review.looks(release, "fi")
    mended = review.Look(look.table, dict.fromkeys(look.limits, limit), "fi")
    assert sum(mended.small(*place) for place in mended.inner) == small


def test_the_workbook_has_the_same_rows():
    book = openpyxl.load_workbook(BytesIO(review.workbook(released(), "en")))
    assert book.sheetnames[1:] == ["What is hidden", "What is more than chance", "All numbers"]
    rows = [[cell.value for cell in row] for row in book["All numbers"].iter_rows()]
    told = [row[2:] for row in rows if row[1] == "'=Money"]
    assert ["2020", "40", "67% (54–77%)", "60", "5"] in [[*map(str, row)] for row in told]
    assert not [cell for row in rows for cell in row if "··" in str(cell)]


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_the_sheet_speaks_each_language(lang):
    page = review.sheet(released(), "Koe", lang)
    assert f'<html lang="{lang}">' in page
    assert page.count("<h1>") == 1


def test_a_gathered_release_takes_the_limits_of_its_parts():
    """Nothing is gathered here: but a table's own limit must be found by the part that its name begins with."""
    document = json.loads(released())
    limits = {cell["id"]: cell["threshold"] for cell in document["cells"]}
    assert {look.limits[TOTAL] for look in review.looks(archive.loads(released()), "en")} == {limits["*"]}
