"""A release beside earlier ones of the same people: what the two would tell together, worked out by hand."""

from pathlib import Path

import pytest
from ledger.county import book, only, people, released, rows, told, written

from rakelab.codebook import codebook
from rakelab.errors import WallError

pytestmark = pytest.mark.usefixtures("ledger_beside_data")
#: Of all 27 manage well and 17 barely; in Kajaani 10 and 14; so of Kuhmo 17 and 3.
FEW_OF_KUHMO = people(kajaani_hyvin=10, kajaani_juuri=14, kuhmo_hyvin=17, kuhmo_juuri=3)
#: Ten or more of everything, everywhere.
MANY = people(kajaani_hyvin=30, kajaani_juuri=20, kuhmo_hyvin=20, kuhmo_juuri=14)


def stopped(*given: object) -> WallError:
    with pytest.raises(WallError) as caught:
        released(*given)  # type: ignore[arg-type]
    return caught.value


def test_without_a_ledger_the_difference_of_two_tells_three_people(tmp_path: Path) -> None:
    """The control: each is shown whole, and 17 - 14 = 3."""
    data = rows(Path(""), FEW_OF_KUHMO)
    assert told(released(data)) == {"hyvin": "27", "juuri": "17"}
    assert told(released(only(data, "kunta == 205"))) == {"hyvin": "10", "juuri": "14"}


def test_a_part_of_a_release_hides_what_tells_of_the_others(tmp_path: Path) -> None:
    data = rows(tmp_path, FEW_OF_KUHMO)
    assert told(written(data)) == {"hyvin": "27", "juuri": "17"}
    assert told(released(only(data, "kunta == 205"))) == {"hyvin": "··", "juuri": "··"}


def test_the_whole_after_its_part_hides_it_too(tmp_path: Path) -> None:
    data = rows(tmp_path, FEW_OF_KUHMO)
    assert told(written(only(data, "kunta == 205"))) == {"hyvin": "10", "juuri": "14"}
    assert told(released(data)) == {"hyvin": "··", "juuri": "··"}


def test_where_all_are_many_nothing_more_is_hidden(tmp_path: Path) -> None:
    data = rows(tmp_path, MANY)
    assert told(written(data)) == {"hyvin": "50", "juuri": "34"}
    assert told(written(only(data, "kunta == 205"))) == {"hyvin": "30", "juuri": "20"}
    assert told(written(only(data, "kunta == 290"))) == {"hyvin": "20", "juuri": "14"}


def test_what_is_left_of_three_releases_is_found(tmp_path: Path) -> None:
    """All, one municipality, another: no two of them tell of the third, the three together do."""
    persons = [*MANY, *[("muu", "hyvin")] * 9, *[("muu", "juuri")] * 2]
    data = rows(tmp_path, persons)
    written(data)
    assert told(written(only(data, "kunta == 205"))) == {"hyvin": "30", "juuri": "20"}
    assert told(released(only(data, "kunta == 290"))) == {"hyvin": "··", "juuri": "··"}


def test_a_lower_limit_does_not_open_what_the_first_release_hides(tmp_path: Path) -> None:
    persons = [*[("205", "hyvin")] * 30, *[("205", "juuri")] * 20, *[("205", "huonosti")] * 4]
    data = rows(tmp_path, persons)
    before = told(written(data))
    assert before["huonosti"] == "··"
    assert told(released(data, 3)) == before


def test_people_whom_an_earlier_report_has_are_the_same_in_another_file(tmp_path: Path) -> None:
    """Last month's file and ten more of this month: of the ten two manage barely."""
    more = [*MANY, *[("205", "hyvin")] * 8, *[("205", "juuri")] * 2]
    written(rows(tmp_path, MANY))
    assert told(released(rows(tmp_path, more, "1" * 64))) == {"hyvin": "··", "juuri": "··"}


@pytest.mark.parametrize("fewer", [1, 2, 4])
def test_a_file_of_few_people_fewer_stops(tmp_path: Path, fewer: int) -> None:
    written(rows(tmp_path, MANY), where="raportit/tammikuu")
    found = stopped(rows(tmp_path, MANY[:-fewer], "1" * 64))
    assert found.key == "ledger.few_between"
    assert found.values["threshold"] == 5
    assert str(found.values["earlier"]).startswith("raportit/tammikuu (")


def test_one_mended_row_stops_until_the_first_report_is_withdrawn(tmp_path: Path) -> None:
    data = rows(tmp_path, MANY)
    first = written(data)
    mended = rows(tmp_path, [*MANY[:-1], ("290", "hyvin")], "1" * 64)
    assert stopped(mended).key == "ledger.few_between"
    book(data).note("withdrawn", first.ledger, by="Aino", note="kirjausvirhe")
    assert told(written(mended)) == {"hyvin": "51", "juuri": "33"}
    replaces = list(book(data).standing.values())[-1].told["replaces"]
    assert replaces == [{"entry": first.ledger, "people_apart": 2, "counts_apart": 2}]


def test_other_people_are_no_matter(tmp_path: Path) -> None:
    written(rows(tmp_path, MANY))
    others = [(kunta, income) for kunta, income in reversed(FEW_OF_KUHMO)]
    data = rows(tmp_path, others, "1" * 64)
    alone = rows(Path(""), others, "1" * 64)
    assert told(released(only(data, "kunta == 290"), 3)) == told(released(only(alone, "kunta == 290"), 3))


@pytest.mark.parametrize(("first", "second"), [(8, 5), (5, 8)])
def test_people_between_two_releases_are_as_many_as_the_stricter_limit_says(
    tmp_path: Path, first: int, second: int
) -> None:
    written(rows(tmp_path, MANY), first)
    assert stopped(rows(tmp_path, MANY[:-6], "1" * 64), second).values["threshold"] == 8


def test_a_plus_in_a_level_does_not_make_it_joined(tmp_path: Path) -> None:
    """“65+” is an option, not 65 and something else as one."""
    form = tmp_path / "form.toml"
    spec = (Path(__file__).parents[1] / "spec.toml").read_text(encoding="utf-8")
    form.write_text(spec.replace('"huonosti"', '"65+"'), encoding="utf-8")
    persons = [*[("205", "hyvin")] * 20, *[("205", "65+")] * 12, *[("290", "hyvin")] * 15, *[("290", "65+")] * 11]
    data = rows(tmp_path, persons, form=codebook(form))
    assert told(written(data)) == {"hyvin": "35", "65+": "23"}
    assert told(released(only(data, "tulojen_riittavyys == 65+"))) == {"65+": "23"}


def test_the_same_report_again_is_the_same(tmp_path: Path) -> None:
    data = rows(tmp_path, FEW_OF_KUHMO)
    first = written(data)
    written(only(data, "kunta == 205"))
    assert told(released(data)) == told(first)
    assert released(data).ledger == first.ledger
