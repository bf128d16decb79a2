"""Measures of a plan, counted from released results: whole years, halves of two reports, what is hidden or absent."""

from dataclasses import replace
from pathlib import Path

import pytest
from spec import drawn

from rakelab import _seal, archive, indicators, prepare
from rakelab.archive.counted import NOTIFICATIONS, SUMMARIES
from rakelab.cells import Cell, Part, State, shown
from rakelab.codebook import codebook
from rakelab.errors import FileError
from rakelab.protect import protect

FORM = codebook("sosiaalinen_raportointi")
MISSING = Cell(State.MISSING)
#: Notifications in each half-year.
SEEN = {"2021-03-01": 17, "2021-09-01": 11, "2022-03-01": 6}


def report(folder: str, periods: tuple[str, ...] = (), *, seen: dict[str, int] = SEEN) -> Part:
    days = [day for day, n in seen.items() for _ in range(n)]
    lines = [f"i{i} | {day} | positiivinen" for i, day in enumerate(days)]
    read = drawn("ilmoitus_id | pvm | suunta\n" + "\n".join(lines), FORM)
    made = prepare.years(prepare.half_years(read, periods))
    tables = [indicators.reported(made, name) for name in ("puolivuosi", "vuosi")]
    release = archive.loads(archive.dumps(protect(tables)))
    return Part(folder, folder, release)


def values(*parts: Part, year: str = "2021") -> tuple[Cell, Cell]:
    found = archive.counted(parts, [year])
    return found[NOTIFICATIONS, year].value, found[SUMMARIES, year].value


def folders(*parts: Part, measure: str = NOTIFICATIONS) -> list[str]:
    return [folder for folder, _ in archive.counted(parts, ["2021"])[measure, "2021"].sources]


def test_the_number_of_the_year_and_the_release_it_comes_from() -> None:
    one = report("raportti")
    assert values(one) == (shown(28), shown(1))
    assert values(one, year="2022") == (shown(6), shown(1))
    found = archive.counted([one], ["2021"])[NOTIFICATIONS, "2021"]
    assert found.sources == (("raportti", FORM.title),)


def test_a_year_that_no_report_tells_of_is_missing_not_nought() -> None:
    assert values(report("raportti"), year="2023") == (MISSING, MISSING)
    assert values() == (MISSING, MISSING)


def test_of_half_a_year_there_is_a_summary_but_no_number_of_the_year() -> None:
    first = report("kevat", ("2021-1",))
    assert values(first) == (MISSING, shown(1))


def test_two_halves_make_the_year() -> None:
    halves = report("kevat", ("2021-1",)), report("syksy", ("2021-2",))
    assert values(*halves) == (shown(28), shown(2))
    assert folders(*halves) == folders(*halves, measure=SUMMARIES) == ["kevat", "syksy"]


@pytest.mark.parametrize("periods", [("2021",), ("2021", "2022"), ("2021-1", "2021-2")])
def test_a_report_narrowed_to_the_whole_year_tells_of_it(periods: tuple[str, ...]) -> None:
    assert values(report("vuosi", periods))[0] == shown(28)


def test_a_later_report_has_more_notifications_and_the_same_report_is_one_summary() -> None:
    early, late = report("kesa", seen={"2021-03-01": 17}), report("joulu")
    assert values(late, early) == (shown(28), shown(2))
    assert folders(early, late) == ["joulu"]
    assert values(late, late)[1] == shown(1)


def test_reports_are_looked_for_in_a_folder(tmp_path: Path) -> None:
    assert archive.earlier("") == ()
    with pytest.raises(FileError) as caught:
        archive.earlier(tmp_path)
    assert caught.value.key == "archive.nothing_to_gather"
    for name in ("b", "a"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "released.json").write_text(archive.dumps(report(name).release), encoding="utf-8")
    assert [part.id for part in archive.earlier(tmp_path)] == ["a", "b"]
    (tmp_path / "b" / "released.json").write_text("{}", encoding="utf-8")
    with pytest.raises(FileError) as caught:
        archive.earlier(tmp_path)
    assert caught.value.values["folder"] == "b"


# --- events -----------------------------------------------------------------------------------------------------


def register(folder: str, years: tuple[str, ...] = ("2021", "2022"), *, wanted: tuple[int, ...] = ()) -> Part:
    """Three meetings and two trainings, a course among them, each year."""
    kinds = ("tapaaminen", "tapaaminen", "tapaaminen", "koulutus", "opintojakso")
    lines = [f"{year}-0{i}-01 | {kind} | 9" for year in years for i, kind in enumerate(kinds, 1)]
    read = drawn("pvm | laji | osallistujat_muu\n" + "\n".join(lines), codebook("tapahtumat"))
    made = prepare.events(prepare.years(read, wanted))
    return Part(folder, folder, archive.loads(archive.dumps(protect([indicators.events(made, by="vuosi")]))))


@pytest.mark.parametrize("part", [register("kaikki"), register("yksi", ("2022",)), register("rajattu", wanted=(2022,))])
def test_events_of_the_kinds_of_a_measure_are_counted_by_year(part: Part) -> None:
    found = archive.counted([part, report("raportti")], ["2022"])
    assert {name: found[name, "2022"].value for name in ("tapaamiset", "koulutukset", "julkaisut")} == {
        "tapaamiset": shown(3), "koulutukset": shown(2), "julkaisut": shown(0),
    }  # fmt: skip
    assert found["tapaamiset", "2022"].sources == ((part.id, codebook("tapahtumat").title),)
    assert found[NOTIFICATIONS, "2022"].value == shown(6)


def test_a_register_that_knows_no_such_kind_tells_of_none() -> None:
    """A county's own form without trainings: the measure is not zero."""
    part = register("oma")
    table = part.release["events_vuosi"]
    rows = tuple(row for row in table.view.rows if row[0][1] not in ("koulutus", "opintojakso", "tilaisuus"))
    cells = {
        k: cell for k, cell in table.cells.items() if not {"koulutus", "opintojakso", "tilaisuus"} & {v for _, v in k}
    }
    own = _seal.release(view=replace(table.view, rows=rows), cells=cells, variables=table.variables)
    made = replace(part, release=replace(part.release, tables={**part.release.tables, "events_vuosi": own}))
    found = archive.counted([made], ["2022"])
    assert found["koulutukset", "2022"].value == MISSING
    assert found["tapaamiset", "2022"].value == shown(3)


def test_a_year_of_which_no_register_tells_has_no_events_known() -> None:
    found = archive.counted([register("yksi", ("2022",)), report("raportti")], ["2021"])
    assert found["tapaamiset", "2021"].value == MISSING
    assert found["tapaamiset", "2021"].sources == ()
