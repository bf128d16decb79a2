"""The invented social reporting: the published counts, planted identifiers, late and lost assignments; and the plan."""

import io
import zipfile

import pytest

from rakelab import indicators, loaders, prepare
from rakelab.cells import key
from rakelab.dataset import Dataset, Severity
from rakelab.demo import raportointi, toteutus
from rakelab.demo.book import workbook
from rakelab.protect import protect

SEED = 2021


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "synteettinen_sosiaalinen_raportointi.xlsx"
    path.write_bytes(raportointi.table(SEED))
    return path


def read(path, sheet: str, kind: str) -> Dataset:
    found = loaders.load(path, kind, sheet=sheet)
    assert found.set_aside == 0
    return found


@pytest.fixture(scope="module")
def notified(book) -> Dataset:
    return read(book, raportointi.SHEETS[0], raportointi.KIND)


@pytest.fixture(scope="module")
def assigned(book) -> Dataset:
    return read(book, raportointi.SHEETS[1], raportointi.SECOND)


def test_the_published_counts(notified: Dataset) -> None:
    people = prepare.years(prepare.half_years(notified))
    released = protect([indicators.reported(people, "puolivuosi"), indicators.reported(people, "vuosi")])
    told = {str(one[0][1]): str(cell) for one, cell in released.cells.items() if one}
    assert told["2021-1"] == "17"
    assert told["2021"] == "28"
    assert told["2021-2"] == "11"


def test_something_rises_and_is_told(notified: Dataset) -> None:
    people = prepare.years(notified)
    made = [indicators.reported(people, "vuosi"), indicators.themes(people, by="vuosi")]
    themes = protect(made)["themes_vuosi"]
    before, after = (themes[key(("ilmio_teema", "toimeentulotuki"), ("vuosi", year))] for year in ("2021", "2022"))
    assert before.known
    assert after.known
    assert after.value > 3 * before.value


def test_nobodys_name_is_read_and_planted_identifiers_are_found(notified: Dataset) -> None:
    assert notified.origin.synthetic
    dropped = [one.values["columns"] for one in notified.findings if one.code == "metadata_dropped"]
    assert dropped == [("Ilmoittajan nimi",)]
    found = {one.variable for one in notified.findings if one.code == "identifiers_in_text"}
    texts = {one.name for one in notified.codebook.fields if one.sensitivity == "text"}
    assert found == texts


def test_canaries_are_in_the_file(book) -> None:
    with zipfile.ZipFile(io.BytesIO(book.read_bytes())) as archive:
        told = archive.read("xl/sharedStrings.xml").decode("utf-8")
        formulas = [name for name in archive.namelist() if "<f>" in archive.read(name).decode("utf-8", "replace")]
    assert [one for one in raportointi.CANARIES if one not in told] == []
    assert formulas == []


def test_a_text_that_begins_with_an_equals_sign_is_no_formula() -> None:
    made = workbook({"a": [["otsikko"], ["=1+1"], ["@SUM(A1)"]]}, (2022, 12, 30))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert "=1+1" in archive.read("xl/sharedStrings.xml").decode("utf-8")


def test_answers_and_assignments_of_every_kind(notified: Dataset, assigned: Dataset) -> None:
    until = raportointi.MADE.isoformat()
    people = prepare.answer_times(prepare.linked(notified, assigned, until), until)
    assert set(people.frame["palaute"]) == {"annettu", "odottaa", "ennen_ilmoitusta"}
    assert (people.frame["palaute"] == "ennen_ilmoitusta").sum() == 1
    followed = prepare.followed(assigned, notified, until)
    assert {"valmis", "valmis_myohassa", "kesken", "myohassa", "ei_maarapaivaa"} <= set(followed.frame["maaraaika"])
    assert (followed.frame["ilmoitus_loytyi"] == "puuttuu").sum() == 1


def test_the_same_seed_makes_the_same_file(book) -> None:
    assert raportointi.table(SEED) == book.read_bytes()
    assert raportointi.table(SEED + 1) != book.read_bytes()


def test_the_plan_reads_back(tmp_path) -> None:
    path = tmp_path / "synteettinen_toteutussuunnitelma.xlsx"
    path.write_bytes(toteutus.table(SEED))
    plan = loaders.load(path, toteutus.KIND)
    assert len(plan) == 18
    assert not [one for one in plan.findings if one.severity is Severity.ROW or one.code == "identifiers_in_text"]
    counted = plan.frame["lasketaan"].isin(["ilmoitusten_lukumaara", "yhteenvedot"])
    assert counted.sum() == 4
    assert plan.frame.loc[counted.to_numpy(), "arvo"].isna().all()
    by_hand = plan.frame["arvo"].notna()
    assert plan.frame.loc[by_hand, ["arvo_pvm", "lahde"]].notna().all(axis=None)
    assert set(plan.frame["vuosi"]) == set(toteutus.YEARS)
    assert set(toteutus.rows((2021, 2022))["vuosi"]) == {2021, 2022}
