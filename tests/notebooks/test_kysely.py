"""The report of any survey: every question by its kind, groups and waves side by side, a form of texts only."""

import csv
import json
import random
from pathlib import Path

import pytest

from rakelab import indicators, loaders, prepare, present
from rakelab.codebook import codebook
from rakelab.dataset import Dataset
from rakelab.draft import draft, write
from rakelab.errors import CodebookError, UsageError
from rakelab.protect import Policy, protect
from rakelab.report.run import Order, report

AGREE = ["Täysin eri mieltä", "Jokseenkin eri mieltä", "Ei samaa eikä eri mieltä", "Jokseenkin samaa mieltä",
         "Täysin samaa mieltä"]  # fmt: skip
HEADINGS = ["Kierros", "Sukupuoli", "Kunta", "Saan apua", "Minua kuunnellaan", "Käyn kirjastossa", "Käyn uimassa",
            "Mihin tarvitset tukea?", "Arvosana", "Milloin muutit?", "Kerro lisää"]  # fmt: skip
OFTEN = ["Ei koskaan", "Harvoin", "Joskus", "Usein", "Aina"]


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """400 invented answers; two days of the last century among them are of one person each."""
    path, drawn = tmp_path_factory.mktemp("kysely") / "vastaukset.csv", random.Random(3)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(HEADINGS)
        for i in range(400):
            needs = "; ".join(drawn.sample(["Talous", "Asuminen", "Työ"], drawn.randint(1, 3)))
            year = [1911, 1937][i] if i < 2 else drawn.choice([2021, 2022, 2023])
            day = f"{drawn.randint(1, 28)}.{drawn.randint(1, 12)}.{year}"
            story = f"Oma pitkä kertomukseni numero {i}" if i % 4 == 0 else ""
            who = [
                "kevät" if i < 200 else "syksy",
                drawn.choice(["Nainen", "Mies"]),
                drawn.choice(["Kuhmo", "Sotkamo"]),
            ]
            said = [*drawn.choices(AGREE, k=2), *drawn.choices(OFTEN, k=2)]
            rows.writerow([*who, *said, needs, drawn.randint(0, 10), day, story])
    write(draft(path), path.with_name("oma.toml"))
    return path


@pytest.fixture(scope="module")
def answers(survey: Path) -> Dataset:
    read = loaders.load(survey, survey.with_name("oma.toml"))
    return prepare.written(prepare.by_year(read, at_least=10))


def test_every_question_has_its_table_by_itself_and_by_each_group(answers: Dataset) -> None:
    tables = [tally.view for tally in indicators.every_question(answers, "kierros", "")]
    asked = {field.name for field in answers.codebook.fields}
    assert {view.variable for view in tables if not view.by} == asked
    assert {view.variable for view in tables if view.by == "kierros"} == asked - {"kierros", "kerro_lisaa"}


def test_no_year_of_few_is_named_and_no_text_is_looked_at(answers: Dataset) -> None:
    years = answers.codebook["milloin_muutit"].values
    assert len(years) == 3
    assert set(years) < {"2021", "2022", "2023", "muu_vuosi"}
    assert (answers.frame["milloin_muutit"] == "muu_vuosi").sum() > 10  # two alone would be too few
    wrote = answers.frame["kerro_lisaa"].astype(str).value_counts()
    assert wrote.to_dict() == {"kirjoitti": 100, "ei_kirjoittanut": 300}


def test_statements_stand_together_by_their_options(answers: Dataset) -> None:
    release = protect([indicators.every_question(answers)], Policy())
    spec = present.opinions(release.of("statement")).spec
    assert [part["tables"] for part in spec["exhibits"]] == [
        ["saan_apua", "minua_kuunnellaan"], ["kayn_kirjastossa", "kayn_uimassa"]
    ]  # fmt: skip


def test_a_group_that_the_form_does_not_have_is_named(answers: Dataset) -> None:
    with pytest.raises(CodebookError) as stopped:
        prepare.compared(answers, "", "sukupoli", at_least=20)
    assert stopped.value.values["nearest"] == "sukupuoli"
    with pytest.raises(UsageError):
        prepare.compared(answers, "mihin_tarvitset_tukea", at_least=20)


def test_waves_and_groups_are_on_the_page_beside_each_other(survey: Path) -> None:
    settings = {"lomake": str(survey.with_name("oma.toml")), "aalto": "kierros", "tausta": "sukupuoli"}
    folder = report("kysely", survey, settings=settings, order=Order(survey.parent / "out", ("fi",), quiet=True))
    tables = json.loads((folder / "released.json").read_text(encoding="utf-8"))["tables"]
    assert {"arvosana", "saan_apua_kierros", "saan_apua_sukupuoli", "mihin_tarvitset_tukea_kierros"} <= {
        table["id"].removeprefix("mean_") for table in tables
    }
    page = (folder / "report.fi.html").read_text(encoding="utf-8")
    assert "1911" not in page
    assert "kertomukseni" not in page


def test_a_form_of_texts_only_has_a_page(tmp_path: Path) -> None:
    path = tmp_path / "vastaukset.csv"
    path.write_text(
        "Kerro;Miksi\n" + "".join(f"Oma pitkä tarinani {i} on;Siksi {i} kun näin\n" for i in range(60)),
        encoding="utf-8",
    )
    form = write(draft(path), tmp_path / "oma.toml")
    assert [field.type for field in codebook(form).fields] == ["string", "string"]
    folder = report(str(form), path, order=Order(tmp_path / "out", ("en",), quiet=True))
    assert "Wrote an answer" in (folder / "report.en.html").read_text(encoding="utf-8")
