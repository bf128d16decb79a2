"""Events and participants in numbers: events however few, participants of a unit as people."""

from spec import drawn

from rakelab import archive, indicators, prepare
from rakelab.cells import Release, join, key
from rakelab.codebook import codebook
from rakelab.protect import protect

HEAD = "pvm | laji | osallistujat_essote | osallistujat_kainuu | osallistujat_muu\n"
#: A register of fewer rows than the limit is not published at all.
LETTERS = tuple(f"2022-0{month}-01 | uutiskirje | ei_koske | ei_koske | ei_koske" for month in range(1, 6))
UNIT = key(("yksikko", "osallistujat"))


def released(*rows: str) -> Release:
    events = prepare.events(prepare.years(drawn(HEAD + "\n".join((*rows, *LETTERS)), codebook("tapahtumat"))))
    each = prepare.repeated(events, "osallistujat")
    tables = [indicators.amounts(each, name, "osallistujat", events) for name in ("osallistujat_mista", "laji")]
    return protect([indicators.events(events, by="vuosi"), indicators.attendance(events), *tables])


def of(part: str, name: str = "osallistujat_mista") -> tuple[tuple[str, str], ...]:
    return join(key((name, part)), UNIT)


def test_the_published_training_comes_out_as_its_parts() -> None:
    made = released("2022-03-15 | koulutus | 37 | 26 | 60")
    table = made["amounts_osallistujat_osallistujat_mista"]
    assert [str(table.cells[of(f"osallistujat_{unit}")]) for unit in ("essote", "kainuu", "muu")] == ["37", "26", "60"]
    assert str(table.cells[UNIT]) == "123"
    assert str(made["amounts_osallistujat_laji"].cells[of("koulutus", "laji")]) == "123"
    assert str(made["events_vuosi"].cells[key(("laji", "koulutus"))]) == "1"  # one event is no person


def test_few_from_one_unit_are_hidden_and_cannot_be_worked_out() -> None:
    table = released("2022-03-15 | koulutus | 2 | 26 | 60")["amounts_osallistujat_osallistujat_mista"]
    hidden = [part for part in ("essote", "kainuu", "muu") if not table.cells[of(f"osallistujat_{part}")].known]
    assert "essote" in hidden
    assert len(hidden) == 2


def test_more_participants_than_events_come_back_from_the_archive() -> None:
    made = released("2022-03-15 | koulutus | 37 | 26 | 60", "2022-11-23 | tilaisuus | | | 38")
    assert archive.loads(archive.dumps(made)).cells == made.cells
