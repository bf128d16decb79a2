"""The file of the ledger: what is entered, what is found when it was cut, changed, moved or cannot be written."""

import json
import os
import resource
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rakelab import ledger
from rakelab.errors import OutputError, RakelabError, WallError

from .county import KEY, book, only, people, released, rows, written

pytestmark = pytest.mark.usefixtures("ledger_beside_data")
SOME = people(kajaani_hyvin=30, kajaani_juuri=20, kuhmo_hyvin=20, kuhmo_juuri=14)


def lines(folder: Path) -> list[dict[str, object]]:
    text = (folder / "rakelab-ledger" / "ledger.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def fault(work: object, *given: object) -> str:
    with pytest.raises(RakelabError) as caught:
        work(*given)  # type: ignore[operator]
    return caught.value.key


def test_protecting_enters_nothing(tmp_path: Path) -> None:
    data = rows(tmp_path, SOME)
    released(data)
    assert book(data).lines == ()


def test_what_is_entered(tmp_path: Path) -> None:
    data = only(rows(tmp_path, SOME), "kunta == 205")
    made = written(data, where="raportit/kajaani")
    (line,) = lines(tmp_path)
    assert (line["entry"], line["people"], line["selection"], line["where"]) == (
        made.ledger, 50, ["valinta"], "raportit/kajaani",
    )  # fmt: skip
    assert line["tables"] == list(made)
    assert line["previous"] == ""


def test_the_same_again_is_the_same_entry_and_a_second_place_is_told(tmp_path: Path) -> None:
    data = rows(tmp_path, SOME)
    first, second = written(data), written(data)
    assert first.ledger == second.ledger
    assert len(lines(tmp_path)) == 1
    written(data, where="muualla")
    (standing,) = book(data).standing.values()
    assert standing.where == ("raportti", "muualla")


def test_a_rerun_is_held_against_what_was_released_before_it(tmp_path: Path) -> None:
    data = rows(tmp_path, SOME)
    first, part = written(data), written(only(data, "kunta == 205"))
    assert list(book(data).before(first.ledger)) == []
    assert list(book(data).before(part.ledger)) == [first.ledger]
    assert list(book(data).before("new")) == [first.ledger, part.ledger]


def test_what_is_withdrawn_is_not_held_against_what_comes_after(tmp_path: Path) -> None:
    data = rows(tmp_path, SOME)
    first, part = written(data), written(only(data, "kunta == 205"))
    book(data).note("withdrawn", first.ledger, by="Aino", note="virhe")
    assert list(book(data).before("new")) == [part.ledger]
    assert list(book(data).before(part.ledger)) == [first.ledger]  # it stood then
    assert book(data).standing[first.ledger].withdrawn["by"] == "Aino"


def test_what_was_withdrawn_is_not_published_again(tmp_path: Path) -> None:
    data = rows(tmp_path, SOME)
    first = written(data)
    book(data).note("withdrawn", first.ledger, by="Aino", note="virhe")
    assert fault(written, data) == "ledger.was_withdrawn"


def test_what_was_withdrawn_may_be_gone(tmp_path: Path) -> None:
    data = rows(tmp_path, SOME)
    first = written(data)
    (tmp_path / "rakelab-ledger" / "entries" / first.ledger).unlink()
    book(data).note("withdrawn", first.ledger, by="Aino", note="poistettu kaikkialta")
    assert written(only(data, "kunta == 205")).ledger


def test_a_line_that_was_cut_off_is_told_and_the_next_one_stands_by_itself(tmp_path: Path) -> None:
    data = rows(tmp_path, SOME)
    written(data)
    file = tmp_path / "rakelab-ledger" / "ledger.jsonl"
    file.write_text(file.read_text(encoding="utf-8") + '{"entry": "abc', encoding="utf-8")
    assert book(data).cut == (2,)
    part = written(only(data, "kunta == 205"))
    assert book(data).cut == (2,)
    assert list(book(data).standing)[-1] == part.ledger


@pytest.mark.parametrize("change", [lambda t: t.replace('"people": 84', '"people": 85'), lambda t: t.split("\n", 1)[1]])
def test_a_line_that_was_changed_or_taken_away_stops(tmp_path: Path, change: object) -> None:
    data = rows(tmp_path, SOME)
    written(data)
    written(only(data, "kunta == 205"))
    file = tmp_path / "rakelab-ledger" / "ledger.jsonl"
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")  # type: ignore[operator]
    assert fault(book, data) == "ledger.changed"


def test_a_record_that_is_gone_or_was_changed_stops(tmp_path: Path) -> None:
    data = rows(tmp_path, SOME)
    made = written(data)
    file = tmp_path / "rakelab-ledger" / "entries" / made.ledger
    file.write_bytes(file.read_bytes() + b"x")
    assert fault(released, only(data, "kunta == 205")) == "ledger.no_record"


def test_another_countys_ledger_is_told_apart(tmp_path: Path) -> None:
    data = rows(tmp_path, SOME)
    written(data)
    assert fault(ledger.opened, tmp_path / "rakelab-ledger", b"another county's key, long enough") == "ledger.other_key"


def test_invented_people_are_let_be_beside_real_ones(tmp_path: Path) -> None:
    data = rows(tmp_path, SOME)
    written(data)
    theirs = ledger.opened(tmp_path / "rakelab-ledger", b"a county's own key, long enough", KEY)
    assert list(theirs.before("new")) == []


def test_a_ledger_that_was_moved_works(tmp_path: Path) -> None:
    data = rows(tmp_path, SOME)
    made = written(data)
    there = rows(tmp_path / "toinen", SOME)
    shutil.copytree(tmp_path / "rakelab-ledger", tmp_path / "toinen" / "rakelab-ledger")
    assert released(there).ledger == made.ledger
    assert list(book(there).standing) == [made.ledger]


def test_one_ledger_for_a_county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAKELAB_LEDGER", str(tmp_path / "yhteinen"))
    made = written(rows(tmp_path / "a", SOME))
    assert list(book(rows(tmp_path / "b", SOME)).standing) == [made.ledger]
    assert not (tmp_path / "a").exists()


def test_what_was_never_protected_here_cannot_be_entered(tmp_path: Path) -> None:
    assert fault(book(rows(tmp_path, SOME)).enter, "0" * 16, "raportti") == "ledger.not_protected_here"


def test_where_nothing_can_be_written_protecting_goes_on_and_writing_stops(tmp_path: Path) -> None:
    (tmp_path / "rakelab-ledger").write_text("a file, not a folder")
    data = rows(tmp_path, SOME)
    made = released(data)
    assert made.tables
    with pytest.raises(OutputError) as caught:
        book(data).enter(made.ledger, "raportti")
    assert caught.value.key == "ledger.not_written"


def test_a_full_disk_stops_and_leaves_what_stood(tmp_path: Path) -> None:
    data = rows(tmp_path, SOME)
    written(data)
    part = released(only(data, "kunta == 205"))
    size = (tmp_path / "rakelab-ledger" / "ledger.jsonl").stat().st_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20, before[1]))
    try:
        found = fault(book(data).enter, part.ledger, "raportti")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert found == "ledger.not_written"
    assert len(book(data).standing) == 1
    book(data).enter(part.ledger, "raportti")
    assert len(book(data).standing) == 2


def test_two_of_the_same_people_at_the_same_moment_do_not_both_go_out(tmp_path: Path) -> None:
    data = rows(tmp_path, SOME)
    both = [released(data), released(only(data, "kunta == 205"))]
    stale = book(data)

    def enter(name: str) -> str:
        try:
            stale.enter(name, "raportti")
        except RakelabError as error:
            return error.key
        return "entered"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(enter, [one.ledger for one in both])) == ["entered", "ledger.meanwhile"]


def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    data = rows(tmp_path, SOME)
    written(data)
    open_to = {os.stat(path).st_mode & 0o077 for path in (tmp_path / "rakelab-ledger").rglob("*") if path.is_file()}
    assert open_to == {0}


def test_a_sentence_says_what_to_do(tmp_path: Path) -> None:
    error = WallError("ledger.few_between", earlier="raportti (2026-11-27, ab12)", threshold=5)
    assert error.sentence("en") == (
        "The report was not made: this one and an earlier one are of nearly the same people. Their difference "
        "would tell of fewer than 5. Earlier: raportti (2026-11-27, ab12). Publish only one of them, or make a new "
        "one when at least 5 people differ. Corrected data: withdraw the earlier one first (rakelab ledger withdraw)."
    )
