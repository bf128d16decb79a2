"""The register of a plan passes a gate: by name, by day, and by the finder of identifiers."""

from dataclasses import replace

import pytest

from rakelab.cells import Entry, Excerpt, Filled, Record, shown
from rakelab.errors import UsageError, WallError
from rakelab.protect import release_register
from rakelab.protect.register import known

CELLS = {
    "period": "2021",
    "goal": "Koordinaation vahvistaminen",
    "action": "RAKE-työryhmän tapaamiset",
    "responsible": "Sosiaalijohtaja; esihenkilöt; RAKE-työryhmä",
    "indicator": "Tapaamisten toteutuminen",
    "state": "toteutunut",
    "value": "6",
    "date": "2021-12-15",
    "source": "Työryhmän muistiot",
    "evidence": "Työryhmä kokoontui kuusi kertaa.",
}
SIGNED = {"approved_by": "Testi Hyväksyjä", "date": "2026-11-02"}


def rows(*changes: dict[str, str]) -> list[Record]:
    return [Record(i, CELLS | change) for i, change in enumerate(changes, 2)]


def test_posts_and_groups_pass_and_carry_who_answers_for_them() -> None:
    (entry,) = release_register(rows({}), approved_by=" Testi Hyväksyjä ", date="2026-11-02")
    assert entry == release_register(rows({}), **SIGNED)[0]
    assert (entry.cells, entry.approved_by, entry.date) == (CELLS, "Testi Hyväksyjä", "2026-11-02")


@pytest.mark.parametrize("name", ["goal", "action", "responsible", "indicator", "source", "evidence"])
def test_a_name_in_any_text_stops_it_and_the_sentence_has_rows_and_kinds_only(name: str) -> None:
    telling = rows({}, {name: "Kirjasi Outi Virtanen."}, {}, {name: "Soita 040 123 4567, Outi Virtanen."})
    with pytest.raises(WallError) as caught:
        release_register(telling, **SIGNED)
    assert caught.value.sentence("fi") == (
        "Suunnitelman teksteissä näyttää olevan tunnistetietoja: 2 mahdollista nimeä (tiedoston rivit: 3, 5); "
        "1 puhelinnumero (tiedoston rivit: 5). Raporttia ei tehdä. Kirjoita henkilön tilalle tehtävä tai työryhmä ja "
        "poista muut tunnistetiedot."
    )
    assert all("Virtanen" not in caught.value.sentence(lang) for lang in ("fi", "sv", "en"))


@pytest.mark.parametrize(
    "cells",
    [
        {"value": "Outi"}, {"value": "-1"}, {"period": "21"}, {"date": "15.12.2021"}, {"state": "Outi Virtanen"},
        {"evidence": "a" * 2001}, {"muu": "x"},
    ],
)  # fmt: skip
def test_nothing_else_fits_into_a_cell_than_its_field_holds(cells: dict[str, str]) -> None:
    with pytest.raises(WallError) as caught:
        release_register(rows({}, cells), **SIGNED)
    assert (caught.value.key, caught.value.values["rows"]) == ("protect.register.strange", "3")


def test_the_longest_text_passes() -> None:
    assert release_register(rows({"evidence": "a" * 2000}), **SIGNED)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"approved_by": ""}, "protect.register.no_approver"),
        ({"approved_by": "131052-900W"}, "protect.register.no_approver"),
        ({"date": ""}, "protect.register.no_day"),
        ({"date": "2.11.2026"}, "protect.register.no_day"),
        ({"date": "2999-01-01"}, "protect.register.no_day"),
    ],
)
def test_somebody_answers_by_name_and_day(change: dict[str, str], key: str) -> None:
    with pytest.raises(UsageError) as caught:
        release_register(rows({}), **(SIGNED | change))
    assert caught.value.key == key
    assert release_register([], approved_by="", date="") == ()


def test_only_records_come_in_and_only_the_gate_makes_entries() -> None:
    with pytest.raises(WallError) as caught:
        release_register([Excerpt(2, "x")], **SIGNED)  # type: ignore[list-item]
    assert caught.value.key == "protect.register.not_record"
    with pytest.raises(TypeError):
        Entry(CELLS, **SIGNED)


def test_a_sealed_entry_is_looked_at_again() -> None:
    entries = release_register(rows({}, {}), **SIGNED)
    assert known(entries) == entries
    altered = (entries[0], replace(entries[1], cells=CELLS | {"evidence": "Kirjasi Outi Virtanen."}))
    with pytest.raises(WallError) as caught:
        known(altered)
    assert caught.value.values["found"] == {"name": (2,)}
    with pytest.raises(WallError):
        known(rows({}))  # type: ignore[arg-type]


def test_a_source_of_a_filled_value_is_looked_at_too() -> None:
    titles = dict.fromkeys(("fi", "sv", "en"), "Sosiaalinen raportointi")
    kept = Record(2, CELLS, Filled(shown(28), (("sosiaalinen-raportointi-2021-11-02", titles),)))
    assert release_register([kept], **SIGNED)[0].filled == kept.filled
    told = Record(2, CELLS, Filled(shown(28), (("131052-900W", titles),)))
    with pytest.raises(WallError) as caught:
        release_register([told], **SIGNED)
    assert caught.value.values["found"] == {"identity_code": (2,)}


def test_a_record_does_not_show_itself() -> None:
    assert repr(rows({})[0]) == "<Record of row 2: not released>"
