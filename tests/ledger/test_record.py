"""A record is the same after it was written and read; its name follows from what was released."""

from pathlib import Path

import pytest

from rakelab import ledger
from rakelab.cells import key

from .county import book, only, people, released, rows, written

SOME = people(kajaani_hyvin=30, kajaani_juuri=20, kuhmo_hyvin=20, kuhmo_juuri=14)
WELL = key(("tulojen_riittavyys", "hyvin"))


def test_a_record_comes_back_as_it_was(tmp_path: Path) -> None:
    data = rows(tmp_path, SOME)
    made = written(data)
    record = book(data).record(made.ledger)
    again = ledger.kept(record.as_bytes())
    assert record.counts[WELL] == 50
    assert WELL in record.shown
    assert record.people == 84
    for name in ("people", "counts", "thresholds", "shown", "held", "links", "promises", "means", "alike"):
        assert getattr(again, name) == getattr(record, name), name
    assert again.rows.digests.tolist() == record.rows.digests.tolist()


def test_what_a_selection_says_is_kept_and_goes_before_joining(tmp_path: Path) -> None:
    data = only(rows(tmp_path, SOME), "kunta == 205")
    made = written(data)
    record = book(data).record(made.ledger)
    assert record.alike == (("kunta", frozenset({"205"})),)


def test_the_same_release_has_the_same_name_and_another_another(tmp_path: Path) -> None:
    data = rows(tmp_path, SOME)
    names = {
        released(data).ledger,
        released(data).ledger,
        released(data, 6).ledger,
        released(only(data, "kunta == 205")).ledger,
        released(rows(tmp_path, SOME[:-1])).ledger,
    }
    assert len(names) == 4


def test_a_broken_record_is_no_record() -> None:
    with pytest.raises((ValueError, KeyError)):
        ledger.kept(b"PK nothing")


def test_no_answer_stands_in_the_digests(tmp_path: Path) -> None:
    data = rows(tmp_path, SOME)
    made = written(data)
    record = book(data).record(made.ledger)
    contents = set(data.contents.tolist()) if data.contents is not None else set()
    assert contents
    assert not contents & set(record.rows.digests.tolist())
