"""The two files of change hold what real ones hold, and nobody real; every number in them is invented and said so."""

import pytest

from rakelab import i18n, loaders, prepare
from rakelab.codebook import codebook
from rakelab.dataset import Dataset
from rakelab.demo import muutos, ugly

SEED = 2021


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("muutos")
    (made / "synteettinen_muutosmittaus.xlsx").write_bytes(muutos.kuntoutus(SEED))
    (made / "synteettinen_paihde.csv").write_bytes(muutos.paihde(SEED))
    return made


@pytest.fixture(scope="module")
def group(folder):
    return loaders.check(folder / "synteettinen_muutosmittaus.xlsx", codebook(muutos.KIND))


@pytest.fixture(scope="module")
def service(folder):
    return loaders.check(folder / "synteettinen_paihde.csv", codebook(muutos.KIND))


def people(check: loaders.Check, name: str) -> Dataset:
    rows = prepare.permitted(check.dataset, muutos.PARAMETERS["tutkimuslupa"])
    return prepare.paired(prepare.score(rows), window_days=muutos.WINDOW[name])


def sheet(folder, kind: str) -> Dataset:
    path = folder / "synteettinen_muutosmittaus.xlsx"
    return loaders.load(path, f"{muutos.KIND}_{kind}", sheet=kind)


def counted(found: Dataset, name: str) -> dict[str, int]:
    return {level: n for level, n in found.frame[name].value_counts().items() if n}


def remarks(found: Dataset) -> dict[str, int]:
    ticks = [name for name in found.frame if name.startswith("mittaushuomiot:")]
    return {name.partition(":")[2]: int(found.frame[name].sum()) for name in ticks if found.frame[name].any()}


def test_sixteen_pairs_of_two_groups_whose_ids_begin_again(group):
    found = people(group, "kuntoutus")
    assert group.exit_code == 0
    assert counted(found, "pari") == {"pari": 16, "vain_alku": 2}
    assert remarks(found) == {"kaksi_samana_paivana": 1, "myohassa": 1, "ei_huomioita": 16}
    assert counted(found, "ryhma") == {"Syksyn ryhmä A": 9, "Syksyn ryhmä B": 9}
    assert found.frame["asiakas"].nunique() == 9
    assert [(step.before, step.after) for step in found.steps] == [(37, 35), (35, 18)]


def test_the_group_has_something_to_tell(group):
    found = people(group, "kuntoutus").frame
    assert found["core10_summa_muutos"].mean() < -2
    assert found["eurohis8_keskiarvo_muutos"].mean() > 0.3
    assert counted(people(group, "kuntoutus"), "eurohis8_keskiarvo_luokka").keys() >= {"parani", "ennallaan"}


def test_the_other_sheets_find_their_people(folder, group):
    found = prepare.attended(people(group, "kuntoutus"), sheet(folder, "interventio"))
    found = prepare.joined(prepare.joined(found, sheet(folder, "palaute")), sheet(folder, "havainto"))
    assert counted(found, "kaynteja_luokka")["1-4"] == 2  # those who left
    assert counted(found, "palaute_hyoty")["tyhja"] == 2
    assert counted(found, "havainto_teema") == {"vastattu": 18}
    assert [len(note.rows) for note in found.findings if note.code == "strangers"] == [13, 1, 3]


def test_those_who_left_were_worse_at_the_start(service):
    found = people(service, "paihde")
    assert (service.exit_code, service.set_aside) == (0, 0)  # one impossible answer is blanked, its person stays
    assert [one.variable for one in service.findings if one.code == "item_blanked"] == ["core10_4"]
    assert counted(found, "pari") == {"pari": 64, "vain_alku": 16}
    frame = found.frame
    assert frame["core10_summa_keskeyttaneet"].mean() - frame["core10_summa_alku"].mean() > 4
    assert remarks(found)["myohassa"] == 5


def test_a_follow_up_of_some(service):
    found = prepare.paired(prepare.score(service.dataset), last="seuranta")
    assert 20 < counted(found, "pari")["pari"] < 50


@pytest.mark.parametrize("make", [muutos.kuntoutus, muutos.paihde])
def test_the_same_seed_makes_the_same_file(make):
    assert make(SEED) == make(SEED) != make(SEED + 1)


def test_the_files_say_that_they_are_made_up(group, service):
    assert group.table.origin.synthetic
    assert service.table.origin.synthetic
    for lang, word in zip(i18n.LANGUAGES, ("keksitty", "påhittade", "invented"), strict=True):
        assert all(word in i18n.text(f"demo.title.{name}", lang) for name in ("muutos", "paihde"))


def test_canaries_are_in_the_free_text_and_are_noticed(folder):
    feedback, notes = sheet(folder, "palaute"), sheet(folder, "havainto")
    texts = " ".join([*feedback.frame["palaute_avoin"].dropna(), *notes.frame["havainto_teksti"].dropna()])
    assert {canary for canary in ugly.CANARIES if canary in texts} >= {ugly.CODES[0], ugly.CODES[1], ugly.SENTENCE}
    for found in (feedback, notes):
        assert "identifiers_in_text" in {finding.code for finding in found.findings}


def test_nothing_of_the_free_text_is_joined(folder, group):
    found = prepare.joined(people(group, "kuntoutus"), sheet(folder, "palaute"))
    cells = " ".join(map(str, found.frame.astype(object).to_numpy().ravel()))
    assert [canary for canary in ugly.CANARIES if canary in cells] == []
