"""``rakelab ledger`` and the entries of written reports, on the demo's assessments, through the command line."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import papermill
import pytest

from rakelab import cli
from rakelab.report.exporter import RakelabExporter
from rakelab.report.run import find

FILE = "synteettinen_asiakaskysely.xlsx"
Run = Callable[..., tuple[int, str, str]]


pytestmark = pytest.mark.usefixtures("ledger_beside_data")


@pytest.fixture
def run(tmp_path: Path, demo_run: object, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line in a folder of its own that has the demo's survey."""
    source = demo_run.file("asiakaskysely")  # type: ignore[attr-defined]
    shutil.copy(source, tmp_path / source.name)
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> tuple[int, str, str]:
        code = cli.main([*words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def report(run: Run, tmp_path: Path) -> Path:
    assert run("report", "asiakaskysely", FILE, "--out", "raportit")[0] == 0
    (made,) = (path.parent for path in tmp_path.glob("raportit/*/released.json"))
    return made


def name_of(report: Path) -> str:
    return str(json.loads((report / "released.json").read_text(encoding="utf-8"))["ledger"])


def test_a_written_report_is_listed_and_shown(run: Run, report: Path) -> None:
    code, said, _ = run("ledger", "--lang", "en")
    assert (code, said.split()[0]) == (0, name_of(report))
    assert said.strip().endswith(f"raportit/{report.name}.")
    shown = run("ledger", "show", name_of(report), FILE, "--lang", "en")[1]
    assert f"File {FILE}, form asiakaskysely." in shown


def test_nothing_of_the_inner_side_is_in_the_folder(report: Path, tmp_path: Path) -> None:
    assert not [path for path in tmp_path.glob("raportit/**/*") if "ledger" in path.name]
    assert [path.name for path in tmp_path.glob("rakelab-ledger/entries/*")] == [name_of(report)]


def test_the_same_report_is_the_same_to_the_byte(run: Run, report: Path) -> None:
    before = (report / "released.json").read_bytes()
    assert run("report", "asiakaskysely", FILE, "--out", "raportit")[0] == 0
    assert (report / "released.json").read_bytes() == before
    assert len(run("ledger", "list")[1].splitlines()) == 1


def test_it_is_verified_and_enters_nothing(run: Run, report: Path) -> None:
    said = run("ledger", "verify", str(report), FILE, "--lang", "en")[1]
    assert said.startswith("The same: all ")
    assert len(run("ledger", "list")[1].splitlines()) == 1


def test_another_files_report_is_not_verified(run: Run, report: Path) -> None:
    Path(FILE).write_bytes(b"another")
    code, _, said = run("ledger", "verify", str(report), FILE, "--lang", "en")
    assert code == 2
    assert said.startswith(f"The report was made from the file {FILE}")


def test_withdrawing_needs_a_name_and_is_told(run: Run, report: Path) -> None:
    assert run("ledger", "withdraw", name_of(report))[0] == 2
    code, said, _ = run("ledger", "withdraw", name_of(report), "--by", "Aino", "--lang", "en")
    assert code == 0
    assert report.name in said
    assert "Withdrawn (Aino," in run("ledger", "list", "--lang", "en")[1]


def test_check_tells_what_is_gone_and_what_was_never_entered(run: Run, report: Path, tmp_path: Path) -> None:
    assert "no longer" not in run("ledger", "check", ".", "raportit", "--lang", "en")[1]
    old = tmp_path / "raportit" / "vanha"
    shutil.copytree(report, old)
    released = json.loads((old / "released.json").read_text(encoding="utf-8"))
    (old / "released.json").write_text(json.dumps({**released, "ledger": ""}), encoding="utf-8")
    shutil.rmtree(report)
    said = run("ledger", "check", ".", "raportit", "--lang", "en")[1]
    assert f"the report is no longer at raportit/{report.name}" in said
    assert "vanha: the report is not in the ledger" in said


def test_a_reviewers_decision_is_taken_in_once(run: Run, report: Path) -> None:
    run("review", str(report), "--by", "Eino", "--decision", "approved")
    assert "decision was entered (Eino: approved)" in run("ledger", "check", "--lang", "en")[1]
    assert "decision" not in run("ledger", "check", "--lang", "en")[1]
    assert "Approved (Eino," in run("ledger", "list", "--lang", "en")[1]


def test_a_clock_that_went_back_is_told(run: Run, report: Path, tmp_path: Path) -> None:
    book = tmp_path / "rakelab-ledger" / "ledger.jsonl"
    line = json.loads(book.read_text(encoding="utf-8"))
    book.write_text(json.dumps({**line, "day": "2199-01-01T00:00:00+00:00"}, sort_keys=True, ensure_ascii=False) + "\n")
    run("ledger", "withdraw", name_of(report), "--by", "Aino")
    assert "The clock went back" in run("ledger", "check", "--lang", "en")[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("lits",), "lits: the ledger has these actions: list, show, check, withdraw, verify. Nearest: list."),
        (("show", "abc"), "There is no ledger of releases"),
        (("verify", "."), "There is no report (provenance.json) in the folder"),
    ],
)
def test_a_wrong_word_says_what_to_do(run: Run, words: tuple[str, ...], said: str) -> None:
    code, _, error = run("ledger", *words, "--lang", "en")
    assert code == 2
    assert error.startswith(said)


def test_papermill_enters_nothing_and_the_exporter_does(run: Run, tmp_path: Path) -> None:
    source = find("asiakaskysely").path
    output = tmp_path / "ajettu.ipynb"
    parameters = {"data": str(tmp_path / FILE), "lang": "fi"}
    papermill.execute_notebook(source, output, parameters, engine_name="rakelab", progress_bar=False)
    assert run("ledger", "list")[0] == 2  # there is none yet
    RakelabExporter(lang="fi").from_filename(str(output))
    assert len(run("ledger", "list")[1].splitlines()) == 1


def test_where_the_ledger_cannot_be_written_nothing_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rakelab-ledger").write_text("no folder")
    code, _, said = run("report", "asiakaskysely", FILE, "--out", "raportit", "--lang", "en")
    assert code == 3
    assert "the report is not published" in said
    assert not list(tmp_path.glob("raportit/*/released.json"))
