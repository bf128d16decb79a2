"""Few people and sensitive questions: a plain sentence, or a page that shows nothing it may not."""

import json
from random import Random

import pytest

from rakelab import i18n
from rakelab.i18n import LANGUAGES

from . import files
from .conftest import clear, says

GENDERS = ("nainen", "mies")


@pytest.fixture
def report(tell, tmp_path):
    def run(path, *more: str, kind: object = "palvelutarve", lang: str = "fi"):
        words = [word for one in more for word in ("-p", one)]
        return tell("report", kind, path, "--out", tmp_path / "out", "--lang", lang, *words)

    return run


def released(tmp_path) -> dict:
    (path,) = (tmp_path / "out").glob("*/released.json")
    return json.loads(path.read_text(encoding="utf-8"))


def told_counts(tmp_path) -> list[int]:
    """Every count that is shown and tells of somebody."""
    cells = released(tmp_path)["cells"]
    return [one["value"] for one in cells if one.get("value")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_of_one_person_gives_no_page(report, tmp_path, lang):
    told = report(files.export(tmp_path, 1), lang=lang)
    assert (told.code, told.left, told.out, clear(told)) == (2, [], "", True)
    assert says(told.err, "protect.too_few_rows", lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_selection_that_leaves_four_people_gives_no_page(report, tmp_path, lang):
    told = report(_four(tmp_path), "kunta=578", lang=lang)
    assert (told.code, told.left, told.out, clear(told)) == (2, [], "", True)
    assert says(told.err, "protect.too_few_rows", lang)
    assert "4" not in told.err.replace("578", "")


def _four(tmp_path):
    """Sixty people, of whom four are in Paltamo."""
    path = tmp_path / "kunnat.csv"
    dice = Random(4)
    lines = [f"2021;{'578' if i < 4 else '205'};{dice.choice(GENDERS)};{dice.randint(18, 80)}" for i in range(60)]
    path.write_text("\n".join([files.HEADER, *lines]), encoding="utf-8")
    return path


def test_a_limit_of_three_on_sixteen_people(report, tmp_path):
    told = report(files.export(tmp_path, 16), "kynnys=3", lang="all")
    assert (told.code, told.err) == (0, "")
    rule = released(tmp_path)["rule"]
    assert (rule["threshold"], rule["floor"]) == (3, 3)
    assert min(told_counts(tmp_path)) >= 3


WORDS = '{{ fi = "{0}", sv = "{0}", en = "{0}" }}'
OPTIONS = ("kylla", "joskus", "ei")


def sensitive_form(folder):
    """A county's own survey: opinions, choices and a number, all about health, violence or crime."""
    options = ", ".join(f'{{ value = "{one}", label = {WORDS.format(one)} }}' for one in OPTIONS)
    fields = [f'[codebook]\nname = "arka"\ntitle = {WORDS.format("Arka")}']
    for i in range(6):
        kind = f"categoriesOrdered = {'true' if i < 2 else 'false'}\ncategories = [{options}]" if i < 5 else ""
        fields.append(
            f'[[field]]\nname = "k{i}"\ntype = "{"string" if kind else "integer"}"\ntitle = {WORDS.format(f"K{i}")}\n'
            f'sensitivity = "{("health", "violence", "crime")[i % 3]}"\n{kind}'
        )
    path = folder / "arka.toml"
    path.write_text("\n".join(fields), encoding="utf-8")
    return path


def test_a_form_in_which_every_question_is_sensitive(report, tmp_path):
    dice = Random(6)
    rows = [";".join([*(dice.choice(OPTIONS) for _ in range(5)), str(dice.randint(0, 30))]) for _ in range(37)]
    data = tmp_path / "arka.csv"
    data.write_text("\n".join(["k0;k1;k2;k3;k4;k5", *rows]), encoding="utf-8")
    told = report(data, f"lomake={sensitive_form(tmp_path)}", kind="asiakaskysely", lang="all")
    assert (told.code, told.err) == (0, "")
    assert min(told_counts(tmp_path)) >= released(tmp_path)["rule"]["threshold"]


def _with_bad_rows(tmp_path):
    """Sixty people, and rows that cannot be used: six of no known option, two of no year."""
    path = _four(tmp_path)
    bad = ["2021;205;Kanarialintu;40"] * 6 + ["Kanarialintu;205;nainen;40"] * 2
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, *(f"{line[:-2]}{30 + i}" for i, line in enumerate(bad))]), encoding="utf-8")
    return path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rows_set_aside_are_told_in_full_on_the_terminal_and_under_the_rule_on_the_page(report, tmp_path, lang):
    path = _with_bad_rows(tmp_path)
    assert report(path, lang=lang).code == 2  # more than a tenth
    told = report(path, "havikki=12", lang=lang)
    assert (told.code, told.err, "Kanarialintu" in told.out) == (0, "", False)
    done, *losses = told.out.strip().splitlines()
    assert done.endswith(f"report.{lang}.html")
    numbers = {"file": path.name, "read": "68", "used": "60", "aside": "8"}
    assert losses[-1] == i18n.text("loaders.summary", lang, **numbers)
    assert [line for line in losses[:-1] if "62, 63, 64" in line]  # the row numbers
    assert len(losses) == 3
    (page,) = (tmp_path / "out").glob("*/report.??.html")
    text = page.read_text(encoding="utf-8")
    assert f"<li>{i18n.text('present.aside.rest', lang)}: 8</li>" in text
    assert i18n.text("present.aside.unknown_option", lang) not in text
    assert [one["value"] for one in released(tmp_path)["account"]["reasons"]] == [8]
