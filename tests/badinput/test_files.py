"""Files that cannot be used, through both doors: a clear sentence, exit code 2, nothing left behind."""

import pytest

from rakelab.i18n import LANGUAGES

from . import files
from .conftest import clear, says

CASES = list(files.UNUSABLE)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_check_tells_it_in_every_language(tell, tmp_path, case, lang):
    make, key = files.UNUSABLE[case]
    told = tell("check", "palvelutarve", make(tmp_path), "--lang", lang)
    assert (told.code, clear(told)) == (2, True)
    assert says(told.said, key, lang), told.said


@pytest.mark.parametrize(("case", "lang"), [(case, LANGUAGES[i % 3]) for i, case in enumerate(CASES)])
def test_report_tells_the_same_and_leaves_nothing(tell, tmp_path, case, lang):
    make, key = files.UNUSABLE[case]
    told = tell("report", "palvelutarve", make(tmp_path), "--out", tmp_path / "out", "--lang", lang)
    assert (told.code, clear(told), told.left, told.out) == (2, True, [], "")
    assert says(told.err, key, lang), told.err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_of_no_usable_rows_lists_the_causes_that_it_promises(tell, tmp_path, lang):
    path = files.UNUSABLE["all rows unusable"][0](tmp_path)
    told = tell("report", "palvelutarve", path, "--out", tmp_path / "out", "--lang", lang)
    assert says(told.err, "loaders.finding.out_of_range", lang), told.err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_option_nobody_declared_sets_the_row_aside(tell, tmp_path, lang):
    path = tmp_path / "vaihtoehto.csv"
    path.write_text("\n".join([files.HEADER, *[files.ROW] * 20, "2021;Atlantis;nainen;34"]), encoding="utf-8")
    told = tell("check", "palvelutarve", path, "--lang", lang)
    assert (told.code, clear(told), "Atlantis" in told.said) == (1, True, False)
    assert says(told.out, "loaders.finding.unknown_option", lang)
    assert "22" in told.out


@pytest.mark.parametrize(("rows", "lang"), [(1, "fi"), (4, "sv"), (4, "en")])
def test_too_few_rows_give_no_report(tell, tmp_path, rows, lang):
    path = files.export(tmp_path, rows)
    assert tell("check", "palvelutarve", path).code == 0
    told = tell("report", "palvelutarve", path, "--out", tmp_path / "out", "--lang", lang)
    assert (told.code, clear(told), told.left) == (2, True, [])
    assert says(told.err, "protect.too_few_rows", lang), told.err


def test_five_people_of_one_municipality_are_too_few_for_sensitive_questions(tell, tmp_path):
    told = tell("report", "palvelutarve", files.export(tmp_path, 5), "--out", tmp_path / "out")
    assert (told.code, told.left) == (2, [])
    assert says(told.err, "protect.too_few_for_limit", "fi")


@pytest.mark.parametrize("rows", [16])
def test_a_small_municipality_gets_a_page_that_says_it_is_small(tell, tmp_path, rows):
    from html.parser import HTMLParser

    words: list[str] = []
    told = tell("report", "palvelutarve", files.export(tmp_path, rows), "--out", tmp_path / "out", "--lang", "all")
    assert (told.code, told.err) == (0, "")
    for lang in LANGUAGES:
        reader = HTMLParser()
        words.clear()
        reader.handle_data = words.append
        reader.feed((tmp_path / f"out/palvelutarve-vienti/report.{lang}.html").read_text(encoding="utf-8"))
        page = " ".join(" ".join(words).split())
        assert says(page, "present.text.small", lang)
        assert f"n = {rows}" in page
