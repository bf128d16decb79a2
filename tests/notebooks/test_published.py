"""What the sources published is on the demo's pages, with what the sources left out: margins, falls and bases."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from demo.test_kysely import PUBLISHED as SHARES
from demo.test_osaaminen import PUBLISHED as RISES

from rakelab.codebook import codebook

HIDDEN = "··"


def rows(folder: Path) -> list[list[str]]:
    """The texts of the cells of every row of every table on the Finnish page."""
    page = (folder / "report.fi.html").read_text(encoding="utf-8")
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL)
    return [[plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in found]


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def number(text: str) -> float:
    return float(text.replace("\u2212", "-").replace(",", "."))


# --- the competence survey ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def changes(demo_run) -> dict[str, list[str]]:
    """Area → its row in the table of changes: both means, the difference, its interval, whether beyond the margin."""
    titles = {field.title["fi"]: field.name for field in codebook("osaamiskartoitus").fields}
    found = [row for row in rows(demo_run.report("osaamiskartoitus")) if len(row) == 6 and row[0] in titles]
    return {titles[row[0]]: row[1:] for row in found}


def test_the_eleven_changes_of_table_5_are_told_as_published(changes):
    assert {area: round(number(changes[area][2]), 1) for area in RISES} == RISES


def test_two_of_the_eleven_have_an_interval_above_zero_and_none_is_beyond_chance(changes):
    """Of 25 comparisons taken together (Holm), none of the eleven rises is."""
    above = {area for area in RISES if number(changes[area][3].split(" … ")[0]) > 0}
    assert above == {"osa_kolmas_sektori", "osa_kulttuurisensitiivisyys"}
    assert {changes[area][-1] for area in RISES} == {"ei"}


def test_falls_are_shown_as_well_as_rises(changes, demo_run):
    told = {area: number(row[2]) for area, row in changes.items() if HIDDEN not in row[2]}
    assert sum(change < 0 for change in told.values()) > 8
    assert (min(told, key=told.get), changes["osa_tutkimustieto"][-1]) == ("osa_tutkimustieto", "ei")
    page = plain((demo_run.report("osaamiskartoitus") / "report.fi.html").read_text(encoding="utf-8"))
    assert "Tutkimustiedon käyttö −0,50" in page
    assert "Vastausprosentti: 2020 62 % (61/98)." in page
    assert "suuntaa antava" in page


# --- the client survey ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", SHARES)
def test_the_published_shares_stand_at_a_base_of_25_and_the_small_ones_are_hidden(demo_run, question):
    form = codebook("asiakaskysely")
    folder = demo_run.report("asiakaskysely")
    told = {row[0]: row[1:] for row in rows(folder) if len(row) == 4}
    numbers = json.loads((folder / "released.json").read_text(encoding="utf-8"))["numbers"]
    for option, share in SHARES[question].items():
        shown = told[form.label(question, option, "fi")]
        percents = (one for one in numbers if one["statistic"] == "percent")
        found = next(one for one in percents if one["dimensions"] == {question: option})
        assert found["base"] == 25
        if option in ("lukio", "vanhuuselake"):
            assert {cell.split()[0] for cell in shown} == {HIDDEN}
            assert (found["state"], "value" in found) == ("hidden", False)
        else:
            assert (shown[0], found["value"]) == (f"{share} %", share)


def test_every_question_tells_its_own_base(demo_run):
    page = plain((demo_run.report("asiakaskysely") / "report.fi.html").read_text(encoding="utf-8"))
    for base in ("(n = 27)", "(n = 25, puuttuu 2)", "(n = 26, puuttuu 1)"):
        assert base in page


# --- the check of percentages ---------------------------------------------------------------------------------


def test_the_six_percentages_fit_only_25_people(demo_run):
    folder = demo_run.report("tarkista_prosentit")
    page = plain((folder / "report.fi.html").read_text(encoding="utf-8"))
    assert "Prosentit eivät voi olla 27 vastaajasta. Vastaajamääristä 1–27 vain 25 sopii kaikkiin." in page
    people = {row[0]: row[2] for row in rows(folder) if len(row) == 3 and row[0].endswith("%")}
    assert people == {"72 %": "18", "32 %": "8", "8 %": "2", "48 %": "12", "28 %": "7", "16 %": "4"}
