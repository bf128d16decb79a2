"""A folder: its files, the limit of a release beside them, and rakelab's own pages."""

import json
from pathlib import Path

import pytest

from rakelab.cli import main
from rakelab.errors import UsageError
from rakelab.scan import GROUPS, scan

from .making import csv_file, kinds, of_page, of_rows, of_text

#: gptables leaves its theme file open
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")

SMALL = [["Kunta", "Asiakkaita"], ["Kajaani", "120"], ["Kuhmo", "3"]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Asiakas 010190-9111 soitti.", "identity_code"),
        ("Klient 131052-908T.", "identity_code"),
        ("Soita 040 123 4567.", "phone"),
        ("Kirjoita a.b@esimerkki.fi.", "email"),
        ("Koti on osoitteessa Koivukatu 5 A 3.", "address"),
        ("Haastateltu Matti Virtanen kertoi.", "name"),
        ("Anna Lindström berättade.", "name"),
    ],
)
def test_what_points_at_a_person(tmp_path: Path, text: str, kind: str) -> None:
    assert kind in kinds(of_text(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    [
        "Kainuun hyvinvointialue ja Kajaanin kaupunki",
        "Tuen tarve kasvoi. Akseli päättyy.",
        "Holm's method, Wilson's interval",
        "SHA-256 439f760fcd20d90eb84be2695b7cdc594895a563a8d7455a28465d166c8e2ccb",
        "Yhteenvedon kohtien 1, 2 ja 3 luvut",
    ],
)
def test_capitals_of_a_report_are_no_names(tmp_path: Path, text: str) -> None:
    assert not kinds(of_text(tmp_path, text)) & set(GROUPS["privacy"])


def test_a_name_in_the_name_of_a_file_is_told_and_masked(tmp_path: Path) -> None:
    csv_file(tmp_path, [["Kunta", "Lkm"], ["Kuhmo", "30"]], "Matti_Virtanen.csv")
    (flaw,) = scan(tmp_path).flaws
    assert (flaw.kind, flaw.parts) == ("name", (("name", ""),))
    assert "Virtanen" not in flaw.file


def test_figures_and_tables_of_a_page(tmp_path: Path) -> None:
    found = of_page(
        tmp_path,
        "<img src=a.png><img src=b.png alt=''><svg></svg><svg aria-label='x'></svg><svg aria-hidden=true></svg>",
    )
    assert [dict(one.parts)["figure"] for one in found.flaws if one.kind == "no_alt"] == [1, 3]


def test_a_sentence_in_a_cell_is_read_as_text(tmp_path: Path) -> None:
    rows = [["Osio", "Mitä todettiin"], ["Koulutus", "Lukion oli käynyt vain 8 % (n = 25)."]]
    assert kinds(of_rows(tmp_path, rows)) == {"small_share"}


def test_codes_are_no_counts(tmp_path: Path) -> None:
    assert not kinds(of_rows(tmp_path, [["nimi", "uusi_code"], ["Kuhmo", "3"], ["Kajaani", "4"]]))


def test_the_same_is_told_once(tmp_path: Path) -> None:
    found = of_page(tmp_path, "<p>Matti Virtanen ja Anna Lindström kertoivat.</p>")
    assert len(found.flaws) == 1


def test_rows_of_people_are_one_finding(tmp_path: Path) -> None:
    rows = [["id", "k1", "k2", "k3"], *([str(100 + k), str(k % 5 + 1), str(k % 2 + 1), str(k % 4)] for k in range(60))]
    assert kinds(of_rows(tmp_path, rows)) == {"rows"}


def test_folders_in_the_folder_are_looked_through_and_hidden_ones_are_not(tmp_path: Path) -> None:
    csv_file(tmp_path / "a" / "b", SMALL, "x.csv")
    csv_file(tmp_path / ".git", SMALL, "y.csv")
    found = scan(tmp_path)
    assert [one.file for one in found.flaws] == ["a/b/x.csv"]
    assert found.files == 1


def test_a_folder_that_is_not_there_or_has_nothing(tmp_path: Path) -> None:
    for folder in (tmp_path / "ei", tmp_path):
        with pytest.raises(UsageError):
            scan(folder)


def test_the_command_line_tells_and_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    csv_file(tmp_path / "julkaisut", SMALL)
    assert main(["scan", str(tmp_path / "julkaisut"), "--out", str(tmp_path / "ulos"), "--lang", "en"]) == 1
    assert "Small number of people: 1" in capsys.readouterr().out
    assert sorted(path.name for path in (tmp_path / "ulos").iterdir()) == ["scan.html", "scan.xlsx"]
    assert main(["scan", str(tmp_path / "julkaisut"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["findings"][0]["cells"] == [{"row": 3, "column": 2}]
    csv_file(tmp_path / "puhdas", [["Kunta", "Lkm"], ["Kuhmo", "30"]])
    assert main(["scan", str(tmp_path / "puhdas"), "--out", str(tmp_path / "ulos")]) == 0


@pytest.mark.parametrize(
    "words", [["scan"], ["scan", "ei-ole"], ["scan", ".", "--limit", "1"], ["scan", ".", "--limit", "x"]]
)
def test_a_wrong_command_says_what_to_do(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err


# --- a release beside the files -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def own(demo_run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's reports, each with its exports, without the data that they were made of."""
    import shutil
    from contextlib import suppress

    from rakelab.errors import UsageError
    from rakelab.export import FORMATS, Wanted, export

    folder = tmp_path_factory.mktemp("own") / "reports"
    shutil.copytree(demo_run.folder, folder, ignore=shutil.ignore_patterns("data"))
    for report in sorted(path.parent for path in folder.glob("*/provenance.json"))[:4]:
        for form in (one for one in FORMATS if one != "png"):
            with suppress(UsageError):  # not every report has what a sheet for a wall needs
                export(report, Wanted(form, out=report))
    return folder


def test_nothing_private_is_found_in_what_rakelab_makes(own: Path) -> None:
    found = scan(own)
    assert found.files > 100
    assert [one for one in found.flaws if one.group in ("privacy", "unseen", "unread")] == []


def test_a_page_that_somebody_changed_is_found(own: Path) -> None:
    """Beside the same release: neither the folder nor the maker of the page is believed."""
    page = next(own.glob("palvelutarve-synteettinen*/report.fi.html"))
    text = page.read_text(encoding="utf-8")
    row = "<table><tr><th>Kunta</th><th>Määrä</th></tr><tr><td>Kuhmo</td><td>3</td></tr></table></main>"
    changed = own.parent / "changed" / "report.fi.html"
    changed.parent.mkdir()
    changed.write_text(text.replace("</main>", row), encoding="utf-8")
    (changed.parent / "released.json").write_bytes((page.parent / "released.json").read_bytes())
    assert "small_count" in kinds(scan(changed.parent))


def test_the_data_that_a_report_is_made_of_are_found(demo_run) -> None:
    found = scan(demo_run.folder / "data")
    assert {one.file.partition(".")[0] for one in found.flaws if one.kind == "rows"} >= {
        "synteettinen_palvelutarve_kainuu", "synteettinen_asiakaskysely",
    }  # fmt: skip


def test_a_release_that_is_not_sound_is_not_believed(own: Path, tmp_path: Path) -> None:
    release = json.loads(next(own.glob("palvelutarve-synteettinen*/released.json")).read_text(encoding="utf-8"))
    release["rule"]["threshold"] = 2
    (tmp_path / "released.json").write_text(json.dumps(release), encoding="utf-8")
    assert "small_count" in kinds(of_rows(tmp_path, SMALL))
