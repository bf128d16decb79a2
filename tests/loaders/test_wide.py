"""A row for each person, the point in the headings, becomes a row for each point; rows keep the file's numbers."""

from pathlib import Path

import pytest

from rakelab import loaders
from rakelab.codebook import Codebook, codebook
from rakelab.errors import FileError
from rakelab.loaders.sources import Source

LONG = "asiakas;ryhma;mittauskerta;pvm;suostumus;oma_1;oma_2"


def codes(check: loaders.Check, severity: str = "row") -> dict[str, tuple[int, ...]]:
    return {f"{one.code}:{one.variable}": one.rows for one in check.findings if one.severity == severity}


@pytest.fixture(scope="module")
def book() -> Codebook:
    return codebook(Path(__file__).parents[1] / "prepare" / "muutos.toml")


@pytest.fixture
def read(write, book):
    def run(*lines: str) -> loaders.Check:
        return loaders.check(write(lines), book)

    return run


def rows(check: loaders.Check) -> list[tuple[object, ...]]:
    assert check.dataset is not None
    frame = check.dataset.frame
    names = ["asiakas", "mittauskerta", "oma_1", "oma_2"]
    cells = frame[names].astype(object).where(frame[names].notna(), None)
    return [
        (row, *cell) for row, cell in zip(frame.index.tolist(), cells.itertuples(index=False, name=None), strict=True)
    ]


@pytest.mark.parametrize(
    "headings",
    [
        "oma_1_alku;oma_2_alku;oma_1_loppu;oma_2_loppu",
        "alku_oma_1;alku_oma_2;loppu_oma_1;loppu_oma_2",
        "oma_1 (alku);oma_2 (alku);oma_1 (loppu);oma_2 (loppu)",
        "Oma_1 - Alku;OMA 2: alku;oma_1 [loppu];oma_2/loppu",
        "oma_1_start;oma_2_start;oma_1_end;oma_2_end",
        "oma_1_början;oma_2_början;oma_1_slut;oma_2_slut",
    ],
)
def test_the_point_in_the_heading(read, headings):
    found = read(f"asiakas;ryhma;suostumus;{headings}", "a;x;kyllä;1;2;3;0", "b;x;kyllä;0;1;;3")
    assert rows(found) == [
        (2, "a", "alku", 1, 2),
        (2, "a", "loppu", 3, 0),
        (3, "b", "alku", 0, 1),
        (3, "b", "loppu", None, 3),
    ]
    assert found.dataset.frame["suostumus"].tolist() == ["kylla"] * 4


def test_other_words_for_a_point(write):
    """Those that the form lists, in a cell and in a heading."""
    form = codebook("muutosmittaus")
    long = loaders.check(write("asiakas;mittauskerta;eurohis8_1\na;Baseline;1\na;Slutmätning;2\nb;ennen;1\n"), form)
    wide = loaders.check(write("asiakas;eurohis8_1_pre;eurohis8_1_post\na;1;2\nb;1;\n"), form)
    assert [found.dataset.frame["mittauskerta"].tolist() for found in (long, wide)] == [["alku", "loppu", "alku"]] * 2


def test_two_heading_rows_with_the_points_above(read):
    found = read("Perustiedot;;Alku;;Loppu;", "asiakas;ryhma;oma_1;oma_2;oma_1;oma_2", "a;x;1;2;3;0", "b;y;1;1;1;1")
    assert rows(found)[:2] == [(3, "a", "alku", 1, 2), (3, "a", "loppu", 3, 0)]


def test_each_point_has_its_own_day(read):
    found = read("asiakas;pvm_alku;pvm_loppu;oma_1_alku;oma_1_loppu", "a;1.2.2026;3.4.2026;1;2", "b;1.2.2026;;0;")
    assert found.dataset.frame["pvm"].dt.strftime("%d%m").tolist() == ["0102", "0304", "0102"]


def test_a_point_with_nothing_makes_no_row_and_nobody_is_lost(read):
    found = read("asiakas;ryhma;oma_1_alku;oma_1_loppu", "a;x;;2", "b;x;;", "c;x;1;1")
    assert [row[:3] for row in rows(found)] == [
        (2, "a", "loppu"),
        (3, "b", "alku"),
        (4, "c", "alku"),
        (4, "c", "loppu"),
    ]
    assert (found.read, found.used, found.set_aside) == (4, 4, 0)


def test_it_is_said_that_rows_were_made(read):
    found = read("asiakas;ryhma;oma_1_alku;oma_1_loppu", "a;x;1;2", "b;x;1;1")
    assert loaders.sentences(found, "fi")[1] == (
        "Tiedostossa on rivi kutakin ihmistä kohti. Siitä tehtiin rivi kutakin mittauskertaa kohti: "
        "”Alku” ja ”Loppu”. Rivien määrät tässä koskevat mittauksia."
    )


def test_a_long_file_stays_as_it_is(read):
    found = read(LONG, "a;x;alku;;kyllä;1;2", "a;x;loppu;;kyllä;1;2")
    assert rows(found) == [(2, "a", "alku", 1, 2), (3, "a", "loppu", 1, 2)]
    assert "made_long" not in {finding.code for finding in found.findings}


def test_a_long_file_with_one_odd_heading_stays_as_it_is(read):
    found = read("asiakas;mittauskerta;oma_1;oma_2_loppu", "a;alku;1;2", "a;loppu;1;2")
    assert rows(found) == [(2, "a", "alku", 1, None), (3, "a", "loppu", 1, None)]


def test_neither_point_nor_headings_with_points(read):
    found = read("asiakas;ryhma;kerta;oma_1", "a;x;alku;1", "a;x;loppu;1")
    assert found.exit_code == 2
    assert codes(found, "file") == {"column_missing:mittauskerta": ()}


def test_a_fault_sets_aside_one_measurement_and_the_file_row_is_written_once(read, tmp_path):
    heads = "asiakas;ryhma;pvm_alku;pvm_loppu;oma_1_alku;oma_1_loppu"
    found = read(heads, "a;x;eilen;1.2.2026;1;2", "b;x;eilen;kesä;1;1", "c;x;1.1.2026;1.2.2026;1;1")
    assert codes(found) == {"not_a_date:pvm": (2, 3)}
    assert (found.read, found.used, found.set_aside) == (6, 3, 3)
    assert rows(found)[0][:3] == (2, "a", "loppu")
    assert loaders.write_set_aside(found, tmp_path / "sivuun.csv") == 2
    assert (tmp_path / "sivuun.csv").read_text(encoding="utf-8-sig").splitlines()[1:] == [
        "2;Päivä: Päivämäärän paikalla on muuta.;a;x;eilen;1.2.2026;1;2",
        "3;Päivä: Päivämäärän paikalla on muuta.;b;x;eilen;kesä;1;1",
    ]


def test_an_impossible_item_is_blanked_and_the_measurement_stays(read):
    found = read("asiakas;ryhma;oma_1_alku;oma_1_loppu", "a;x;9;2", "b;x;1;1")
    assert (found.used, found.set_aside) == (4, 0)
    (told,) = [one for one in found.findings if one.code == "item_blanked"]
    assert (told.variable, told.rows) == ("oma_1", (2,))
    assert any("0" in said and "3" in said and "(2)" in said for said in loaders.sentences(found, "en"))


def test_a_column_twice_is_still_a_fault(read):
    found = read("asiakas;oma_1_alku;alku_oma_1;oma_1_loppu;oma_2;oma_2_alku", "a;1;1;1;1;1", "b;1;1;1;1;1")
    assert "column_twice:oma_2" in codes(found, "file")


def test_a_form_without_points_is_left_alone(checked):
    found = checked("vuosi;asiakas;ika_alku", "2020;a;30", "2021;b;31")
    assert [note.values["column"] for note in found.findings if note.code == "unmatched_column"] == ["ika_alku"]


# --- sheets ---------------------------------------------------------------------------------------------------


@pytest.fixture
def workbook(tmp_path) -> Path:
    import xlsxwriter

    path = tmp_path / "ryhma.xlsx"
    with xlsxwriter.Workbook(path) as book:
        tables = {"Palaute": [["asiakas", "kiitos"], ["a", "5"], ["b", "4"]],
                  "Mittaukset": [["asiakas", "oma_1_alku", "oma_1_loppu"], ["a", 1, 2], ["b", 1, 2]]}  # fmt: skip
        for name, lines in tables.items():
            sheet = book.add_worksheet(name)
            for i, line in enumerate(lines):
                sheet.write_row(i, 0, line)
        book.add_worksheet("Piilo").hide()
    return path


def test_the_sheet_with_wide_headings_is_the_one_that_is_checked(workbook, book):
    found = loaders.check(workbook, book)
    assert len(found.dataset) == 4
    notes = [finding.values for finding in found.findings if finding.code == "sheets_ignored"]
    assert notes == [{"sheet": "Mittaukset", "sheets": ("Palaute",)}]


def test_sheets_are_told_and_read_by_name(workbook, book, write):
    assert loaders.load(workbook, book).origin.other_sheets == ("Palaute",)
    assert loaders.read(write("a;b\n1;2\n")).origin.other_sheets == ()
    assert list(loaders.read(workbook, sheet="palaute").frame.columns) == ["asiakas", "kiitos"]
    assert list(loaders.read(workbook, sheet="Palaute", source=Source(sheet="Mittaukset")).frame) == [
        "asiakas",
        "kiitos",
    ]


@pytest.mark.parametrize(("name", "near"), [("palautteet", "Palaute"), ("xyz", "Palaute, Mittaukset")])
def test_a_sheet_that_the_workbook_does_not_have(workbook, name, near):
    with pytest.raises(FileError) as found:
        loaders.read(workbook, sheet=name)
    assert found.value.sentence("fi") == f"ryhma.xlsx: taulukkoa {name} ei ole. Lähin on {near}."


def test_a_sheet_of_a_file_that_is_no_workbook(write):
    with pytest.raises(FileError) as found:
        loaders.read(write("a;b\n1;2\n"), sheet="palaute")
    assert found.value.sentence("en") == (
        "aineisto.csv: the file is no workbook, so the sheet palaute cannot be read. Give an XLSX or ODS file, or read "
        "the file without naming a sheet."
    )
