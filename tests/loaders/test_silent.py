"""What came in silently wrong: lost rows, cells that look blank, wrong numbers, sums, other tables, another form."""

import importlib.util
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from conftest import codes

from rakelab import i18n, loaders
from rakelab.codebook import codebook
from rakelab.errors import FileError
from rakelab.loaders.encoding import utf8

ROWS = [["vuosi", "kunta", "ika", "tulot"], *([2020 + i % 2, "205", 30 + i, 100] for i in range(6))]


def made(path, rows, write=lambda book, sheet: None, **options):
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("Taulukko")
        for i, row in enumerate(rows):
            sheet.write_row(i, 0, row)
        write(book, sheet)
    return path


def edited(path, before, after):
    """The workbook with other bytes in its sheet."""
    new = path.with_stem("uusi")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(new, "w") as written:
        for name in old.namelist():
            data = old.read(name)
            written.writestr(name, data.replace(before, after) if "sheet1" in name else data)
    return new


@pytest.fixture
def book(tmp_path, form):
    def run(rows=ROWS, write=lambda book, sheet: None, **options):
        return loaders.check(made(tmp_path / "kirja.xlsx", rows, write, **options), form)

    return run


def note(check, code):
    return [finding.rows for finding in check.findings if finding.code == code]


# --- workbooks ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["#N/A", "#REF!", "#DIV/0!", "#NAME?"])
def test_an_error_is_not_a_blank_and_reads_alike_from_a_workbook_and_from_text(book, checked, word):
    def write(_, sheet):
        sheet.write_formula(2, 2, "=NA()", None, word)
        sheet.write_formula(3, 1, "=NA()", None, word)

    text = checked("vuosi;kunta;ika", "2020;205;30", f"2020;205;{word}", f"2020;{word};31")
    for check in (book(write=write), text):
        assert note(check, "error_cells") == [(4,), (3,)]
        assert check.dataset.frame.loc[3, "ika:tila"] == check.dataset.frame.loc[4, "kunta"] == "ei_tietoa"


def test_a_formula_saved_without_its_result_is_told(tmp_path, form):
    import openpyxl

    sheets = openpyxl.Workbook()
    for row in ROWS:
        sheets.active.append(row)
    sheets.active["C3"] = "=C2+1"
    sheets.save(tmp_path / "kaava.xlsx")
    check = loaders.check(tmp_path / "kaava.xlsx", form)
    assert note(check, "formula_unsaved") == [(3,)]
    assert check.dataset.frame.loc[3, "ika:tila"] == "ei_tietoa"


def test_a_formula_whose_result_is_an_empty_text_is_blank(tmp_path, form):
    path = made(tmp_path / "kirja.xlsx", ROWS, lambda _, sheet: sheet.write_formula(2, 2, '=""', None, "teksti"))
    check = loaders.check(edited(path, b"<v>teksti</v>", b"<v></v>"), form)
    assert (note(check, "formula_unsaved"), check.dataset.frame.loc[3, "ika:tila"]) == ([], "tyhja")


def test_a_percentage_reads_as_it_is_seen(book):
    def write(made_book, sheet):
        form = made_book.add_format({"num_format": "0.0 %"})
        sheet.write_number(1, 3, 0.52, form)
        sheet.write_number(2, 3, 0.07, form)
        sheet.write_string(3, 3, "52 %")
        sheet.write_number(4, 3, 0.52, made_book.add_format({"num_format": '0.00 "%"'}))

    assert book(write=write).dataset.frame["tulot"].tolist()[:4] == [52, 7, 52, 0.52]


def test_merged_cells_are_filled_downwards_and_told(book):
    def write(_, sheet):
        sheet.merge_range(1, 0, 3, 0, 2020)
        sheet.merge_range(4, 2, 4, 3, 44)

    check = book(write=write)
    assert check.dataset.frame["vuosi"].tolist()[:3] == [2020, 2020, 2020]
    assert (note(check, "merged_filled"), note(check, "merged_across")) == ([(3, 4)], [(5,)])


def test_hidden_rows_and_columns_are_used_and_told(book):
    def write(_, sheet):
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})

    check = book(write=write)
    assert (check.used, note(check, "hidden_rows")) == (6, [(3,)])
    assert [f.values["columns"] for f in check.findings if f.code == "hidden_columns"] == [("ika",)]


def test_a_day_without_a_format_follows_the_calendar_of_the_workbook(book):
    rows = [["vuosi", "kunta", "aloitettu"], [2021, "205", 42771], [2021, "205", 42772]]
    days = {year: book(rows, date_1904=year == 1904).dataset.frame["aloitettu"].iloc[0] for year in (1900, 1904)}
    assert days == {1900: datetime(2017, 2, 5), 1904: datetime(2021, 2, 6)}


def test_of_an_old_workbook_it_is_told_what_cannot_be_seen(tmp_path, form):
    import xlwt

    old = xlwt.Workbook()
    sheet = old.add_sheet("a")
    for i, row in enumerate(ROWS):
        for j, cell in enumerate(row):
            sheet.write(i, j, cell)
    old.save(str(tmp_path / "a.xls"))
    check = loaders.check(tmp_path / "a.xls", form)
    assert (check.used, note(check, "marks_unknown")) == (6, [()])
    assert note(loaders.check(made(tmp_path / "a.xlsx", ROWS), form), "marks_unknown") == []


def test_the_same_marks_of_an_open_document(tmp_path, form):
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.text import P

    def cell(text, **given):
        one = TableCell(**({"valuetype": "string"} | given))
        one.addElement(P(text=text))
        return one

    sheet = Table(name="Taulukko")
    lines = [
        ([cell("vuosi"), cell("kunta"), cell("tulot")], {}),
        ([cell("2020", valuetype="float", value="2020", numberrowsspanned=2, numbercolumnsspanned=1), cell("205"),
          cell("52 %", valuetype="percentage", value="0.52")], {}),
        ([CoveredTableCell(), cell("205"), cell("#N/A", stringvalue="", formula="of:=NA()")], {"visibility": "filter"}),
    ]  # fmt: skip
    for cells, given in lines:
        row = TableRow(**given)
        for one in cells:
            row.addElement(one)
        sheet.addElement(row)
    document = OpenDocumentSpreadsheet()
    document.spreadsheet.addElement(sheet)
    document.save(str(tmp_path / "a.ods"))
    check = loaders.check(tmp_path / "a.ods", form)
    frame = check.dataset.frame
    assert (frame["vuosi"].tolist(), frame.loc[2, "tulot"]) == ([2020, 2020], 52)
    assert [note(check, code) for code in ("merged_filled", "hidden_rows", "error_cells")] == [[(3,)], [(3,)], [(3,)]]


def test_a_sheet_that_lies_about_its_parts_is_still_read(tmp_path, form):
    path = edited(made(tmp_path / "kirja.xlsx", ROWS), b'<row r="3"', b'<row r="x" hidden="1"')
    check = loaders.check(path, form)
    assert check.error is not None or check.used == 6


# --- rows -----------------------------------------------------------------------------------------------------

LINES = ["vuosi;asiakas;kunta;ika;muuta", *(f"{2020 + i % 2};a{i};205;{20 + i};teksti {i}" for i in range(40))]


def spoiled(line, cell, before="", after=""):
    cells = LINES[line].split(";")
    cells[cell] = before + cells[cell] + after
    return ";".join(cells)


@pytest.mark.parametrize("cell", range(5))
@pytest.mark.parametrize("until", [("", '"', 12), ('"', '"', 12), ('"', "", 12), ("", '"', 6), ("", "", 12)])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_swallowed_by_an_open_quotation_mark_stop_the_file(write, form, cell, until, end):
    before, after, last = until
    lines = [*LINES[:5], spoiled(5, cell, '"'), *LINES[6:last], spoiled(last, 4, before, after), *LINES[last + 1 :]]
    check = loaders.check(write(end.join(lines) + end), form)
    assert check.error is not None
    assert check.error.key in ("loaders.file.quote_swallows", "loaders.file.open_quote")


@pytest.mark.parametrize("text", ["rivi\n\ntoinen; kolmas", "2020; 2021\nja 205; muut", "a;b\nc;d\ne;f", "\n;;;;\n"])
def test_a_text_of_several_lines_is_no_fault(write, form, text):
    check = loaders.check(write([*LINES, f'2021;x;205;30;"{text}"']), form)
    assert (check.error, check.used) == (None, 41)


@pytest.mark.parametrize(
    "row", [";;;;4000", "Yhteensä;;;;4000", ";Koko maa;;;4000", ";;Summa:;1555;4000", "4040;;;1555;4000", ";;;;100,02"]
)
@pytest.mark.parametrize("first", [True, False])
def test_a_row_of_sums_or_means_is_nobody(write, form, row, first):
    head, *data = [
        "vuosi;asiakas;kunta;ika;tulot",
        *(f"2020;a{i};205;{20 + i};{100 + i % 2 * 0.04}" for i in range(40)),
    ]
    data = [line.replace(".", ",") for line in data]
    row = row.replace("4000", "4000,8")
    row = row.replace("1555", str(sum(range(20, 60)))).replace("4040", str(2020 * 40))
    check = loaders.check(write([head, row, *data] if first else [head, *data, row]), form)
    assert (check.read, check.used) == (40, 40)
    assert note(check, "sums_skipped") + note(check, "notes_skipped") == [(2 if first else 42,)]


def test_a_last_person_whose_answers_are_few_is_a_person(write, form):
    lines = [
        "vuosi;asiakas;kunta;ika;tulot",
        "2020;a;205;20;100",
        "2020;b;205;21;120",
        "2020;c;205;22;130",
        "2020;d;;;100",
    ]
    assert loaders.check(write(lines), form).used == 4
    lines = ["vuosi;kunta;ika", "2020;205;20", "2020;205;21", "2020;205;22", "2020;;"]
    assert loaders.check(write(lines), form).used == 4


def test_a_heading_again_is_no_row(write, form):
    check = loaders.check(write([*LINES[:9], LINES[0], *LINES[9:]]), form)
    assert (check.read, check.used, note(check, "heading_again")) == (40, 40, [(10,)])


def test_a_lower_heading_is_an_option_of_the_question_above_and_no_other_question(write, form):
    lines = ["Vuosi;Kunta;Ikä;Tuen tarpeet;;", ";;;Talous;Asiakkaan tunnus;Asuminen"]
    check = loaders.check(write([*lines, *(f"2020;205;{20 + i};1;{i % 2};0" for i in range(8))]), form)
    assert check.dataset.frame["asiakas"].isna().all()
    assert note(check, "unmatched_column") == [()]


def test_another_table_below_is_set_aside_whole(write, form):
    check = loaders.check(write([*LINES, "", "Ikäryhmä;Lukumäärä", "20;12", "30;15"]), form)
    assert (check.used, codes(check)["second_block"]) == (40, (43, 44, 45))


def test_rows_below_a_gap_that_lack_what_others_have_are_told(write, form):
    check = loaders.check(write([*LINES, "", "2020;;205;44", "2021;;205;45"]), form)
    assert (check.used, note(check, "block_apart")) == (42, [(43, 44)])


def test_cells_beside_the_table_are_told_with_their_rows(book):
    rows = [[*row, "tarkista"] if i == 3 else row for i, row in enumerate(ROWS)]
    assert (book(rows).used, note(book(rows), "cells_beside")) == (6, [(4,)])


@pytest.mark.parametrize("day", ["1.1.1900", "0001-01-01", "31.12.2999", "1.1.1905"])
def test_a_day_far_from_life_is_set_aside(checked, day):
    check = checked("vuosi;kunta;aloitettu", "2020;205;1.2.2020", f"2020;205;{day}")
    assert codes(check) == {"date_outside:aloitettu": (3,)}


# --- bytes and headings ---------------------------------------------------------------------------------------

WORDS = "vuosi;kunta;muuta\n2020;205;hyvää yötä, Åbo\n2021;205;TYÖTÄ ETSIMÄSSÄ\n"


@pytest.mark.parametrize("encoding", ["cp850", "cp437", "mac-roman", "cp1252", "utf-16-le", "utf-16-be", "utf-8"])
def test_an_encoding_is_told_by_its_words(encoding):
    assert utf8(WORDS.encode(encoding), "a.csv")[0].decode() == WORDS


def test_quotation_marks_and_dashes_of_windows_are_no_vowels():
    text = "a;b\n„sana”;loppu… – 5 €\n‘yksi’;†\n"
    assert utf8(text.encode("cp1252"), "a.csv") == (text.encode(), "cp1252")


@pytest.mark.parametrize("encoding", ["cp850", "mac-roman", "cp1252", "utf-16"])
def test_another_program_thinks_the_same_of_the_encoding(encoding):
    oracle = pytest.importorskip("charset_normalizer")
    text = "Asiakas työskentelee päivällä ja käy illalla hyvää ystävää tapaamassa. Äiti säästää tässä.\n" * 30
    ours = utf8(text.encode(encoding), "a.csv")[0].decode()
    theirs = str(oracle.from_bytes(text.encode(encoding), cp_isolation=[encoding]).best())
    assert ours == text == theirs.removeprefix("\ufeff")


def test_three_heading_rows_as_qualtrics_writes_them(write, form):
    lines = [
        "Q1,Q2,Q3_1,Q3_2",
        "Year,Age,Support needs - Selected Choice - Finances,Support needs - Housing",
        '"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}","{""ImportId"":""QID3""}","{""ImportId"":""QID4""}"',
        "2020,30,Finances,", "2021,31,,Housing",
    ]  # fmt: skip
    frame = loaders.check(write(lines), form).dataset.frame
    assert frame["tarpeet:talous"].tolist() == [True, False]
    assert frame["tarpeet:asuminen"].tolist() == [False, True]
    assert frame.index.tolist() == [4, 5]


def test_the_heading_is_found_beside_notes_and_above_more_words(book):
    rows = [["Seuranta 2024"], [], ["Vuosi", "Kunta", "Väkivalta"], [2020, "Kajaani", "Ei", "", "kesken", "ks. ohje"],
            [2020, "Kajaani", "Kyllä", "", "kesken", "ks. ohje"], [2021, "Enonkoski", "Ei"]]  # fmt: skip
    assert (book(rows).error, book(rows).used) == (None, 3)


@pytest.mark.parametrize("above", [[], [["Taulukko 1. Asiakkaat"], ["", "Vuosi"]]])
@pytest.mark.parametrize("first", ["Kunta", ""])
def test_years_are_headings(tmp_path, above, first):
    rows = [*above, [first, 2019, 2020, 2021], ["Kajaani", 10, 20, 30], ["Kuhmo", 11, 21, 31]]
    table = loaders.read(made(tmp_path / "vuodet.xlsx", rows))
    assert [heading.text for heading in table.headings] == [first, "2019", "2020", "2021"]
    assert len(table.rows) == 2


def test_years_in_a_row_are_answers_where_words_stand_above(tmp_path):
    table = loaders.read(
        made(tmp_path / "a.xlsx", [["Alku", "Jatko", "Loppu"], [2019, 2020, 2021], [2020, 2021, 2022]])
    )
    assert ([heading.text for heading in table.headings], len(table.rows)) == (["Alku", "Jatko", "Loppu"], 2)


@pytest.mark.parametrize("release", [114, 118])
def test_stata(tmp_path, form, release):
    frame = pd.DataFrame({"vuosi": [2020, 2021], "kunta": ["205", "046"], "ika": [30.0, None]})
    frame.to_stata(tmp_path / "a.dta", write_index=False, version=release)
    check = loaders.check(tmp_path / "a.dta", form)
    assert (check.used, check.dataset.frame["ika"].iloc[0]) == (2, 30)
    (tmp_path / "b.dta").write_bytes((tmp_path / "a.dta").read_bytes()[:90])
    assert loaders.check(tmp_path / "b.dta", form).error.key == "loaders.file.broken_dta"


# --- another form's file --------------------------------------------------------------------------------------


def test_more_than_a_tenth_lost_stops_unless_it_is_accepted(write, form):
    path = write(["vuosi;kunta;ika", *["2020;205;30"] * 7, *["2020;Kajjani;30"] * 6])
    with pytest.raises(FileError) as raised:
        loaders.load(path, form)
    assert raised.value.key == "loaders.file.lost"
    assert "-p havikki=47" in raised.value.sentence("fi")
    assert "Kajjani" in raised.value.sentence("sv")
    assert len(loaders.load(path, form, havikki=47)) == 7
    with pytest.raises(FileError):
        loaders.load(path, form, havikki=46)
    for lang in i18n.LANGUAGES:
        assert any("havikki" in sentence for sentence in loaders.sentences(loaders.check(path, form), lang))


def test_a_tenth_lost_goes_on(write, form):
    path = write(["vuosi;kunta;ika", *[f"2020;205;{30 + i}" for i in range(9)], "2020;Kuhmo;30"])
    assert len(loaders.load(path, form)) == 9


@pytest.mark.parametrize(("texts", "named"), [(["Kajjani"] * 5, True), (["Kajjani"] * 4, False)])
def test_an_unknown_text_is_named_only_where_many_share_it(checked, texts, named):
    check = checked("vuosi;kunta;vakivalta", *["2020;205;ei"] * 9, *(f"2020;{text};joskus" for text in texts))
    said = "\n".join(loaders.sentences(check, "fi"))
    assert (("Kajjani" in said), ("Kajaani?" in said), "joskus" in said) == (named, named, False)


def test_a_text_that_names_somebody_is_not_said(checked):
    check = checked("vuosi;kunta;ika", *["2020;205;30"] * 9, *["2020;Matti Virtanen 010190-900P;30"] * 6)
    said = "\n".join(loaders.sentences(check, "fi"))
    assert ("Virtanen" in said, "010190" in said) == (False, False)


def test_the_form_that_fits_better_is_named(tmp_path):
    from rakelab import demo

    files = {file.kind: file.path for file in demo.write(tmp_path)}
    for kind, wrong in (("palvelutarve_essote", "palvelutarve"), ("sosiaalinen_raportointi", "palvelutarve")):
        with pytest.raises(FileError) as raised:
            loaders.load(files[kind], wrong)
        assert kind in raised.value.sentence("en")
    assert raised.value.key == "loaders.file.other_kind"


def test_mutated_files_hold_no_surprise():
    """A hundred of the ten thousand that ``benchmarks/mutated_files.py`` made."""
    path = Path(__file__).parents[2] / "benchmarks" / "mutated_files.py"
    spec = importlib.util.spec_from_file_location("mutated_files", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    broken = [
        one for one in module.run(100, 3) if one.fault and not (one.fault == "silent" and one.mutation in module.VALID)
    ]
    assert broken == []


def test_a_built_in_form_of_each_kind_is_not_strange_to_its_own_template(tmp_path):
    from rakelab.templates import write_template

    for name in ("palvelutarve", "asiakaspolut"):
        form = codebook(name)
        write_template(form, tmp_path / f"{name}.csv", lang="fi")
        assert loaders.check(tmp_path / f"{name}.csv", form).error.key == "loaders.file.no_rows"
