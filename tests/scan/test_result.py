"""The list itself: places, never values, in each language."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from rakelab import i18n
from rakelab.errors import OutputError
from rakelab.scan import as_json, scan, write
from rakelab.scan.result import address, html, place

from .making import csv_file, of_rows, workbook

#: gptables leaves its theme file open
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")

ROWS = [
    ["Kunta", "Asiakkaita"],
    ["Kajaani", "120"],
    ["Kuhmo", "3"],
    ["Asiakas 010190-9111", "45"],
    ["Matti Virtanen", "4"],
]


def test_no_value_stands_in_the_list(tmp_path: Path) -> None:
    found = of_rows(tmp_path / "a", ROWS)
    out = tmp_path / "ulos"
    write(found, out, "fi")
    texts = [(out / "scan.html").read_text(encoding="utf-8"), as_json(found, "fi")]
    for secret in ("010190", "9111", "Virtanen", "Kuhmo"):
        assert not any(secret in text for text in texts)
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(out / "scan.xlsx")
    cells = " ".join(
        str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
    )
    assert "010190" not in cells
    assert "taulukko.csv" in cells


def test_a_sheet_called_after_a_person_is_masked(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", {"Matti Virtanen": ROWS[:3]}).close()
    assert "Virtanen" not in html(scan(tmp_path), "fi") + as_json(scan(tmp_path), "fi")


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_the_page_says_what_to_do_in_each_language(tmp_path: Path, lang: str) -> None:
    page = BeautifulSoup(html(of_rows(tmp_path, ROWS), lang), "html.parser")
    assert page.html is not None
    assert page.html["lang"] == lang
    assert i18n.text("scan.do.small_count", lang) in page.get_text()
    assert not page.find("script")
    levels = [int(heading.name[1]) for heading in page.find_all(re.compile("h[1-6]"))]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert all(table.find("th", scope="col") and table.caption for table in page.find_all("table"))


def test_places_in_words(tmp_path: Path) -> None:
    (flaw,) = [one for one in of_rows(tmp_path / "a", ROWS[:3]).flaws if one.kind == "small_count"]
    assert place(flaw, "en") == "row 3, column 2"
    workbook(tmp_path / "b.xlsx", {"T": [["Kunta", "Lkm"], ["Kuhmo", 3]]}).close()
    (flaw,) = [one for one in scan(tmp_path).flaws if one.file == "b.xlsx"]
    assert place(flaw, "fi") == "välilehti T, B2"
    assert (address((0, 25)), address((0, 26)), address((9, 701)), address((0, 702))) == ("Z1", "AA1", "ZZ10", "AAA1")


def test_json_for_machines(tmp_path: Path) -> None:
    told = json.loads(as_json(of_rows(tmp_path, ROWS), "sv"))
    assert (told["format"], told["files"], told["limit"]) == ("rakelab-scan-1", 1, 5)
    assert {one["kind"] for one in told["findings"]} == {"small_count", "identity_code", "name"}
    assert all(one["said"] and one["group"] == "privacy" for one in told["findings"])


def test_nothing_to_mend_makes_a_page_that_says_so(tmp_path: Path) -> None:
    found = of_rows(tmp_path / "a", [["Kunta", "Lkm"], ["Kuhmo", "30"]])
    assert [path.name for path in write(found, tmp_path / "ulos", "fi")] == ["scan.html"]
    assert i18n.text("scan.nothing_found", "fi") in (tmp_path / "ulos" / "scan.html").read_text(encoding="utf-8")


def test_a_list_of_its_own_is_replaced_and_nothing_of_others(tmp_path: Path) -> None:
    found = of_rows(tmp_path / "a", ROWS)
    write(found, tmp_path, "fi")
    write(found, tmp_path, "fi")
    (tmp_path / "scan.html").write_text("<html>oma sivu</html>", encoding="utf-8")
    with pytest.raises(OutputError):
        write(found, tmp_path, "fi")


def test_the_list_is_not_scanned_itself(tmp_path: Path) -> None:
    csv_file(tmp_path, ROWS)
    write(scan(tmp_path), tmp_path, "fi")
    assert scan(tmp_path).files == 1
