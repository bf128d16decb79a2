import json
import re

import pytest
from python_calamine import CalamineWorkbook

from rakelab import __version__, cli, cli_parser
from rakelab.codebook import codebook
from rakelab.errors import UsageError


@pytest.fixture(autouse=True)
def _finnish(monkeypatch):
    monkeypatch.delenv("RAKELAB_LANG", raising=False)


def run(capsys, *words):
    code = cli.main(words)
    said = capsys.readouterr()
    return code, said.out, said.err.strip()


def test_help_names_every_command(capsys):
    code, out, err = run(capsys, "--help")
    assert (code, err) == (0, "")
    assert all(f"rakelab {name}" in out for name in cli_parser.COMMANDS)


def test_no_words_give_the_help(capsys):
    assert run(capsys) == run(capsys, "help")


@pytest.mark.parametrize("command", cli_parser.COMMANDS)
@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_help_of_a_command_names_its_options_and_an_example(capsys, command, lang):
    _, out, _ = run(capsys, command, "--help", "--lang", lang)
    told = [option for option in cli_parser.COMMANDS[command].options if option not in ("--help", "--lang")]
    assert out.startswith(f"rakelab {command}")
    assert [option for option in told if option not in out] == []
    assert out.count(f"rakelab {command}") == 2


def test_version(capsys):
    assert run(capsys, "--version") == (0, f"rakelab {__version__}\n", "")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["chek"], "chek: tällaista ei ole. Tarkoititko: check?"),
        (
            ["xyzzy"],
            "xyzzy: tällaista ei ole. Mahdollisia ovat: check, draft, report, template, forms, coding, ledger, review, "
            "export, scan, demo, lab.",
        ),
        (["--versio"], "--versio: tällaista ei ole. Tarkoititko: --version?"),
        (["report", "a", "b", "--lnag", "sv"], "--lnag: tällaista ei ole. Tarkoititko: --lang?"),
        (["report", "a", "b", "--ouut=x"], "--ouut: tällaista ei ole. Tarkoititko: --out?"),
        (["demo", "--xyzzy"], "--xyzzy: tällaista ei ole. Mahdollisia ovat: --out, --lang, --help."),
        (["forms", "a", "b"], "b: ylimääräinen sana. Katso ohje: rakelab --help."),
        (["report", "a", "b", "-p"], "Valinnalta -p puuttuu arvo."),
        (
            ["report", "a", "b", "-p", "kunta"],
            "kunta: parametri annetaan muodossa nimi=arvo, esimerkiksi -p kunta=205.",
        ),
        (["check", "a", "b", "--lang", "all"], "Valinta --lang: kielen pitää olla jokin näistä: fi, sv, en."),
        (["report", "a", "b", "--lang", "de"], "Valinta --lang: kielen pitää olla jokin näistä: fi, sv, en, all."),
        (["draft"], "rakelab draft: tiedosto puuttuu, esimerkiksi: rakelab draft kysely.xlsx"),
        (["check"], "rakelab check: lomakkeen nimi puuttuu, esimerkiksi: rakelab check palvelutarve"),
        (
            ["report", "palvelutarve"],
            "rakelab report: tiedosto puuttuu, esimerkiksi: rakelab report palvelutarve arvioinnit.xlsx",
        ),
    ],
)
def test_a_wrong_word_is_told_with_what_to_do(capsys, words, sentence):
    assert run(capsys, *words) == (2, "", sentence)


def test_the_language_of_messages(capsys, monkeypatch):
    assert run(capsys, "chek", "--lang", "sv")[2] == "chek: det finns inte. Menade du: check?"
    assert run(capsys, "chek", "--lang=en")[2] == "chek: there is no such thing. Did you mean check?"
    monkeypatch.setenv("RAKELAB_LANG", "en")
    assert run(capsys, "chek")[2] == "chek: there is no such thing. Did you mean check?"


def test_a_language_nobody_speaks_in_the_environment_is_told(capsys, monkeypatch):
    monkeypatch.setenv("RAKELAB_LANG", "de")
    code, _, err = run(capsys, "forms", "palvelutarve")
    assert (code, err) == (2, "Valinta --lang: kielen pitää olla jokin näistä: fi, sv, en.")


def test_schema_is_json(capsys):
    code, out, _ = run(capsys, "forms", "palvelutarve", "--json")
    assert code == 0
    assert len(json.loads(out)["fields"]) >= 24


def test_forms_are_listed_and_a_form_tells_its_codes(capsys, tmp_path):
    assert re.search(r"^palvelutarve +Palvelu", run(capsys, "forms")[1], re.M)
    assert json.loads(run(capsys, "forms", "--json", "--lang", "en")[1])["palvelutarve"]
    out = run(capsys, "forms", "palvelutarve")[1]
    assert re.search(r"^ +205 +Kajaani$", out, re.M)
    assert out.splitlines()[0].split() == ["Muuttuja", "Kysymys", "Koodi", "Vastausvaihtoehto"]
    path = tmp_path / "koodit.xlsx"
    assert run(capsys, "forms", "palvelutarve", "--out", str(path), "--lang", "sv")[0] == 0
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert ["kunta", "205", "Kajana"] in [[row[0], *row[2:]] for row in rows]
    assert run(capsys, "forms", "palvelutarve", "--out", "koodit.csv")[0] == 2
    assert "<td>205</td><td>Kajaani</td>" in codebook("palvelutarve")._repr_html_()


def test_template_writes_a_form(capsys, tmp_path):
    path = tmp_path / "pohja.csv"
    assert run(capsys, "template", "palvelutarve", "--out", str(path))[:2] == (0, f"Valmis: {path}\n")
    assert path.stat().st_size


def test_template_takes_its_ending_from_the_format(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run(capsys, "template", "palvelutarve", "--format", "csv")
    assert [path.name for path in tmp_path.iterdir()] == ["palvelutarve.csv"]


def test_an_unknown_form_names_the_nearest(capsys):
    code, _, err = run(capsys, "forms", "palvelutarbe")
    assert code == 2
    assert "palvelutarve" in err


def test_interruption_and_faults_of_ours_end_in_one_sentence(capsys, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    def broken(*_):
        raise ValueError("Kanarialintu")

    monkeypatch.setattr(cli, "_DOORS", {"demo": interrupted, "forms": broken})
    assert run(capsys, "demo") == (130, "", "Keskeytettiin. Mitään ei jätetty kesken.")
    code, out, err = run(capsys, "forms", "x")
    assert (code, out) == (4, "")
    assert "ValueError, test_cli.py" in err
    assert "Kanarialintu" not in err


# --- reports with and without a file --------------------------------------------------------------------------

WITHOUT_FILE = ("tarkista_prosentit",)
WITH_FILE = (
    "muutosmittaus", "asiakaskysely", "osaamiskartoitus", "sosiaalinen_raportointi", "sosiaalinen_raportti", "vertailu",
)  # fmt: skip


@pytest.fixture
def asked(monkeypatch):
    """What a notebook would be run with; it is not run."""
    from rakelab.report import run as running

    given = []

    def stop(source, parameters, _):
        given.append((source.kind, dict(parameters)))
        raise UsageError("possible.nothing")

    monkeypatch.setattr(running, "execute", stop)
    return given


@pytest.mark.parametrize("kind", WITHOUT_FILE)
def test_a_report_that_needs_no_file_runs_without_one(capsys, tmp_path, asked, kind):
    code, out, err = run(capsys, "report", kind, "--out", str(tmp_path / "reports"), "-p", "n=27")
    assert (code, out) == (2, "")
    assert err.startswith("Prosentteja ei annettu.")
    ((name, parameters),) = asked
    assert name == kind
    assert "data" not in parameters
    assert parameters["n"] == 27


@pytest.mark.parametrize("kind", WITH_FILE)
def test_a_report_that_needs_a_file_says_so_before_it_runs(capsys, tmp_path, asked, kind):
    code, out, err = run(capsys, "report", kind, "--out", str(tmp_path / "reports"))
    assert (code, out) == (2, "")
    assert err == "rakelab report: tiedosto puuttuu, esimerkiksi: rakelab report palvelutarve arvioinnit.xlsx"
    assert asked == []
    assert not (tmp_path / "reports").exists()


def test_the_file_is_given_whole_and_the_language_with_it(capsys, tmp_path, asked, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run(capsys, "report", "asiakaskysely", "vastaukset.csv", "--lang", "sv", "--out", "ulos")
    ((_, parameters),) = asked
    assert parameters["data"] == str(tmp_path / "vastaukset.csv")
    assert parameters["lang"] == "sv"


# --- drafts ---------------------------------------------------------------------------------------------------


def test_a_draft_is_written_and_the_next_command_told(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = "".join(f"{who};{age}\n" for age in range(20, 80) for who in ("Nainen", "Mies"))
    (tmp_path / "Kysely 2026.csv").write_text("Kuka;Ikä\n" + rows, encoding="utf-8")
    code, out, err = run(capsys, "draft", "Kysely 2026.csv", "--lang", "en")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "Done: kysely_2026.toml"
    assert out.splitlines()[2] == 'Report:  rakelab report kysely "Kysely 2026.csv" -p lomake=kysely_2026.toml'
    assert codebook(tmp_path / "kysely_2026.toml").fields[0].values == ("nainen", "mies")
    assert run(capsys, "draft", "Kysely 2026.csv")[0] == 3
    assert run(capsys, "draft", "Kysely 2026.csv", "--replace")[0] == 0
    assert run(capsys, "draft", "Kysely 2026.csv", "--limit", "x", "--replace")[0] == 2
