"""Adding in one place: a form of one language, a language, a form with its own report; each done and looked at."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rakelab import archive, i18n, indicators, present, protect, templates
from rakelab.codebook import codebook
from rakelab.loaders import load
from rakelab.report import page

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "benchmarks"))
import adding  # noqa: E402

ONE_LANGUAGE = """
[codebook]
name = "oma"
title = { sv = "Eget formulär" }
[[field]]
name = "stod"
title = { fi = "Tuki", sv = "Stöd", en = "Support" }
categories = [
    { value = "pengar", label = { en = "Money", sv = "Pengar" } },
    { value = "boende", label = { sv = "Boende & hem" } },
]
[[field]]
name = "antal"
type = "integer"
title = { sv = "Antal" }
"""


@pytest.fixture(scope="module")
def swedish(tmp_path_factory: pytest.TempPathFactory) -> protect.Release:
    """A release of a form whose only whole language is Swedish, as somebody without the form reads it."""
    home = tmp_path_factory.mktemp("oma")
    (home / "oma.toml").write_text(ONE_LANGUAGE, encoding="utf-8")
    rows = ["pengar;1"] * 40 + ["Boende & hem;2"] * 30
    (home / "data.csv").write_text("\n".join(["Stöd;Antal", *rows]), encoding="utf-8")
    people = load(home / "data.csv", str(home / "oma.toml"))
    said = dict.fromkeys(("numerator", "denominator", "who", "missing", "source"), "–")
    support = indicators.Indicator("stod", indicators.of("stod"), title=indicators.OF_VARIABLE, **said)
    return archive.loads(archive.dumps(protect.protect([support(people)])))


# --- a form in one language -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "money", "home"),
    [
        ("fi", '<span lang="sv">Pengar</span>', '<span lang="sv">Boende &amp; hem</span>'),
        ("sv", "Pengar", "Boende &amp; hem"),
        ("en", "Money", '<span lang="sv">Boende &amp; hem</span>'),
    ],
)
def test_a_missing_label_falls_to_the_forms_first_language_and_says_so(
    swedish: protect.Release, lang: str, money: str, home: str
) -> None:
    table = next(iter(swedish.values()))
    html = present.render(present.table(table).spec, swedish, lang)
    assert f">{money}</th>" in html
    assert f">{home}</th>" in html


def test_a_sentence_marks_only_the_label(swedish: protect.Release) -> None:
    table = next(iter(swedish.values()))
    spec = present.findings(present.leading(table)).spec
    html = present.render(spec, swedish, "fi")
    assert '<span lang="sv">Pengar</span>' in html
    assert len(re.findall("lang=", html)) == html.count("Pengar") + html.count("Boende")


def test_no_mark_is_left_in_a_picture_a_file_or_an_alternative_text(swedish: protect.Release, tmp_path: Path) -> None:
    table = next(iter(swedish.values()))
    shown = present.bars(table, alt=present.leading(table))
    html = present.render(shown.spec, swedish, "fi")
    assert '<span lang="sv">Pengar</span>' in html
    assert re.search('aria-label="([^"]*)"', html)[1].startswith("Pylväskuvio")
    (tmp_path / "oma.toml").write_text(ONE_LANGUAGE, encoding="utf-8")
    form = codebook(tmp_path / "oma.toml")
    written = templates.write_template(form, tmp_path / "oma.json", lang="fi").read_text(encoding="utf-8")
    assert "Boende & hem" in written
    for text in (html, present.svg(shown.spec, swedish, "fi"), archive.dumps(swedish), written):
        assert [letter for letter in text if "\U000e0000" <= letter <= "\U000e007f"] == []


@pytest.mark.parametrize(
    ("lang", "title"), [("sv", "Mitt &amp; ditt"), ("en", '<span lang="sv">Mitt &amp; ditt</span>')]
)
def test_the_pages_banner_says_the_language_of_the_forms_title(lang: str, title: str) -> None:
    release = {"account": {"title": {"sv": "Mitt & ditt"}}}
    notebook = {"cells": [{"outputs": [{"data": {"application/vnd.rakelab+json": {"release": release}}}]}]}
    assert page.dataset(notebook, lang) == title


def test_what_is_put_together_of_labels_is_in_the_languages_of_all(tmp_path: Path) -> None:
    a, b = i18n.Written(fi="yksi", sv="ett"), i18n.Written(sv="två", en="two")
    assert i18n.composed(lambda lang: f"{a[lang]} + {b[lang]}", a, b) == {"sv": "ett + två"}
    assert i18n.composed(lambda lang: f"{a[lang]} + {lang}", a, i18n.Written(en="two")) == {"fi": "yksi + fi"}


# --- additions to a copy of the project ------------------------------------------------------------------------

WORDS = """
from rakelab import cli, i18n
from rakelab.codebook import codebook
form = codebook("palvelutarve")
print(i18n.LANGUAGES)
print(i18n.percent(0.525, "nn", 1), form.title_of("ika", "nn"), form.label("vakivalta", "ei_tietoa", "nn"))
cli.main(["forms", "palvelutarve", "--json", "--lang", "nn"])
try:
    i18n.text("common.no_such_word", "nn")
except LookupError as error:
    print("missing", error)
"""
DEMO = """
from pathlib import Path
from rakelab import demo
(recipe,) = [recipe for recipe in demo.all_recipes() if recipe.kind == "uusi"]
print(*demo.write(Path("data"), recipes=[recipe])[0].title.values(), sep="\\n")
"""


def ran(project: Path, *words: str) -> str:
    env = {**os.environ, "PYTHONPATH": str(project)}
    done = subprocess.run([sys.executable, *words], cwd=project, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_one_more_language_is_one_folder_of_words(tmp_path: Path) -> None:
    project = adding.copy(tmp_path)
    adding.language(project)
    shown = ran(project, "-c", WORDS)
    assert shown.startswith("('fi', 'sv', 'en', 'nn')\n52,5 pst Ikä Not known\n")
    assert '"title": "Palvelutarpeen arvioinnit"' in shown
    assert shown.endswith("missing nn: common.no_such_word\n")
    assert "--lang fi|sv|en|nn|all" in ran(project, "-m", "rakelab", "report", "--help", "--lang", "nn")


def test_one_more_indicator_is_one_file(tmp_path: Path) -> None:
    project = adding.copy(tmp_path)
    adding.indicator(project)
    assert ran(project, "-c", "from rakelab import indicators; print(indicators.asuminen.title['sv'])") == "Boende\n"


def test_one_more_form_with_its_report_is_its_codebook_and_its_notebook(tmp_path: Path) -> None:
    project = adding.copy(tmp_path)
    adding.form(project)
    before = adding.texts(project)
    ran(project, "-m", "rakelab.templates")
    after = adding.texts(project)
    made = {f"data_templates/uusi.{ending}" for ending in ("csv", "schema.json", "xlsx")}
    assert {path for path in after if after[path] != before.get(path)} - made == {"README.md"}
    assert "| `uusi` | answers to the new form |" in after["README.md"].decode()
    said = ran(project, "-m", "rakelab", "report", "--help", "--lang", "sv")
    assert "  uusi                      svar på den nya blanketten\n" in said
    assert "A new form (synthetic data, drawn at random)" in ran(project, "-c", DEMO)
    ran(project, "-m", "rakelab", "report", "uusi", "data/synteettinen_uusi.csv", "--lang", "all")
    html = next(project.glob("reports/uusi-*/report.en.html")).read_text(encoding="utf-8")
    assert "A new report" in html
    assert "Got help" in html


@pytest.mark.parametrize(("what", "files"), [("a form with its own report", 4), ("an indicator", 1), ("a language", 1)])
def test_the_files_that_an_addition_touches_are_counted(what: str, files: int) -> None:
    assert len(adding.touched(adding.ADDITIONS[what])) == files


def test_what_the_project_holds_of_its_forms_is_what_the_command_writes() -> None:
    """Mend with: python -m rakelab.templates (the empty forms are compared in test_templates.py)."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    start, end = "<!-- made by python -m rakelab.templates -->", "<!-- end -->"
    assert readme.partition(start)[2].partition(end)[0] == templates.reports()
