"""Measurements of change as users make them wrong: each stops with a sentence, or is told and goes on."""

import pytest

from rakelab import loaders, prepare
from rakelab.codebook import codebook
from rakelab.dataset import Dataset
from rakelab.errors import FileError, UsageError, WallError
from rakelab.indicators.measure.numbers import means
from rakelab.protect import Policy, protect

BOOK = codebook("muutosmittaus")
ITEMS = [f"eurohis8_{i}" for i in range(1, 9)]


@pytest.fixture
def check(tmp_path):
    def run(
        *rows: str, items: list[str] = ITEMS, head: str = "asiakas;ryhma;mittauskerta;pvm;suostumus"
    ) -> loaders.Check:
        path = tmp_path / "mittaukset.csv"
        path.write_text("\n".join([";".join([head, *items]), *rows]), encoding="utf-8")
        return loaders.check(path, BOOK)

    return run


def row(person: str, point: str, value: int, day: str = "", n: int = 8) -> str:
    return ";".join([person, "x", point, day, "kyllä", *[str(value)] * n])


def people(rows: Dataset) -> Dataset:
    return prepare.paired(prepare.score(prepare.permitted(rows, "lupa 1/2026"), "eurohis8"))


def test_answers_that_no_item_can_have_are_blanked_and_who_has_others_is_no_drop_out(check):
    """a has nothing left at the end; b has seven answers, too few for a score, and was measured all the same."""
    one_wrong = ";".join(["b", "x", "loppu", "", "kyllä", "6", *["4"] * 7])
    found = check(row("a", "alku", 3), row("a", "loppu", 6), row("b", "alku", 2), one_wrong)
    assert (found.used, found.set_aside) == (4, 0)
    frame = people(found.dataset).frame
    assert frame["pari"].tolist() == ["vain_alku", "pari"]
    assert frame["eurohis8_keskiarvo_keskeyttaneet"].fillna(-1).tolist() == [3, -1]


def test_an_item_column_that_is_missing_is_named(check):
    rows = [row("a", "alku", 3, n=7), row("a", "loppu", 4, n=7)]
    found = check(*rows, items=ITEMS[:7])
    with pytest.raises(UsageError) as stopped:
        people(found.dataset)
    assert (stopped.value.key, stopped.value.values["column"]) == ("instrument.never_asked", "eurohis8_8")


def test_measurements_without_the_point(check):
    found = check("a;x;kyllä;" + ";".join(["3"] * 8), head="asiakas;ryhma;suostumus")
    assert isinstance(found.error, FileError)
    assert found.error.sentence("fi").splitlines()[1] == (
        "– mittauskerta: pakollinen sarake puuttuu, eikä mikään otsikko muistuta sitä."
    )


def test_measurements_without_a_column_of_consent(check):
    rows = ["a;x;alku;" + ";".join(["3"] * 8), "a;x;loppu;" + ";".join(["3"] * 8)]
    found = check(*rows, head="asiakas;ryhma;mittauskerta")
    with pytest.raises(UsageError) as stopped:
        people(found.dataset)
    assert stopped.value.key == "prepare.no_consent"


def test_identity_codes_for_pseudonyms_are_refused(check):
    found = check(row("010170-9018", "alku", 3), row("311285-908R", "alku", 3))
    assert found.exit_code == 2
    assert "010170" not in " ".join(loaders.sentences(found, "fi"))


def test_one_person_in_the_whole_file_stops_at_the_wall(check):
    found = people(check(row("a", "alku", 3), row("a", "loppu", 4)).dataset)
    with pytest.raises(WallError):
        protect([means(found, ["eurohis8_keskiarvo_muutos"])], Policy())


def test_nobody_changed(check):
    rows = [row(f"p{i}", point, 3) for i in range(12) for point in ("alku", "loppu")]
    found = people(check(*rows).dataset)
    assert set(found.frame["eurohis8_keskiarvo_luokka"]) == {"ennallaan"}
    protect([means(found, ["eurohis8_keskiarvo_muutos"])], Policy())


def test_every_end_before_its_start(check):
    rows = [row(f"p{i}", "alku", 3, "1.5.2026") for i in range(6)] + [
        row(f"p{i}", "loppu", 3, "1.2.2026") for i in range(6)
    ]
    found = people(check(*rows).dataset)
    assert set(found.frame["pari"]) == {"ei_mittausta"}
    assert found.frame["mittaushuomiot:loppu_ennen_alkua"].all()


def test_the_same_file_in_three_shapes_is_the_same_people(check):
    long = people(check(row("a", "alku", 3), row("b", "alku", 2), row("a", "loppu", 5), row("b", "loppu", 2)).dataset)
    wide_items = [f"{item}_{point}" for point in ("alku", "loppu") for item in ITEMS]
    cells = ["a;x;kyllä;" + ";".join(["3"] * 8 + ["5"] * 8), "b;x;kyllä;" + ";".join(["2"] * 16)]
    wide = people(check(*cells, items=wide_items, head="asiakas;ryhma;suostumus").dataset)
    turned = [f"{point} {item}" for item in ITEMS for point in ("alku", "loppu")]
    mixed = ["a;x;kyllä;" + ";".join(["3", "5"] * 8), "b;x;kyllä;" + ";".join(["2"] * 16)]
    other = people(check(*mixed, items=turned, head="asiakas;ryhma;suostumus").dataset)
    for found in (wide, other):
        assert (
            found.frame["eurohis8_keskiarvo_muutos"].tolist()
            == long.frame["eurohis8_keskiarvo_muutos"].tolist()
            == [2, 0]
        )
