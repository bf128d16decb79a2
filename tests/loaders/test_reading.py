"""From bytes to a table of text: encodings, delimiters, layouts, formats."""

import numpy as np
import pandas as pd
import pytest

from rakelab import loaders
from rakelab.loaders.columns import cell_text
from rakelab.loaders.layout import find
from rakelab.loaders.rows import notes_below

HEADER = "vuosi;kunta;ika"


def cells(table) -> list[list[str | None]]:
    return [[None if pd.isna(cell) else cell for cell in row] for row in table.frame.to_numpy(dtype=object)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_encodings_line_ends_and_delimiters(write, encoding, end, mark):
    lines = ["vuosi;työ;ika", "2020;Hyvä – ”näin”;43", "2021;;5"]
    table = loaders.read(write(end.join(lines).replace(";", mark) + end, encoding=encoding))
    assert cells(table) == [["2020", "Hyvä – ”näin”", "43"], ["2021", None, "5"]]
    assert (list(table.frame.columns), table.rows.tolist()) == (["vuosi", "työ", "ika"], [2, 3])


def test_text_is_composed_and_trimmed_and_codes_keep_their_zeros(write):
    table = loaders.read(write(["vuosi;kunta", "2020; A\u0308ka\u0308slompolo\u00a0", "2020;046"]))
    assert cells(table) == [["2020", "Äkäslompolo"], ["2020", "046"]]


def test_line_breaks_and_delimiters_inside_quotes(write):
    table = loaders.read(write(b'a;b;c\r\n1;"x\r\ny; z";3\r\n2;;"sanoi ""hei"""\r\n'))
    assert cells(table) == [["1", "x\r\ny; z", "3"], ["2", None, 'sanoi "hei"']]
    assert table.rows.tolist() == [2, 3]


def test_blank_rows_are_no_rows_and_row_numbers_stay(write):
    table = loaders.read(write([HEADER, "2020;046;43", "", ";;", "2021;205;44"]))
    assert table.rows.tolist() == [2, 5]


def test_notes_above_and_below_and_ghost_columns(write):
    lines = ["Palvelutarpeen arvioinnit;;;;", "Ajettu 1.2.2022;;;;", ";;;;", "vuosi;kunta;ika;;", "2020;046;43;;",
             "2021;205;44;;", "2021;205;45;;", ";;;;", "Lähde: oma järjestelmä;;;;"]  # fmt: skip
    table = loaders.read(write(lines))
    assert list(table.frame.columns) == ["vuosi", "kunta", "ika"]
    assert table.rows.tolist() == [5, 6, 7]
    assert [(f.code, f.rows) for f in table.findings] == [("notes_skipped", (9,))]


def test_two_heading_rows_with_merged_and_with_repeated_questions(write):
    body = ["2020;1;0;5", "2021;0;1;6"]
    merged = loaders.read(write(["vuosi;Tarpeet;;ika", ";Talous;Asuminen;", *body]))
    repeated = loaders.read(write(["vuosi;Tarpeet;Tarpeet;ika", "Response;Talous;Asuminen;Response", *body]))
    assert list(merged.frame.columns) == ["vuosi", "Tarpeet: Talous", "Tarpeet: Asuminen", "ika"]
    assert list(repeated.frame.columns) == list(merged.frame.columns)
    assert merged.rows.tolist() == [3, 4]


def test_the_first_row_of_data_is_not_a_second_heading_row():
    found = find([["vuosi", "vastaus", ""], ["2020", "hyvä", "x"], ["2021", "huono", "y"], ["2021", "z", "w"]])
    assert found is None or found.depth == 1


def test_totals_below_are_notes(write):
    table = loaders.read(write([HEADER, "2020;046;43", "2021;205;44", "Yhteensä;2;87"]))
    assert table.rows.tolist() == [2, 3]


def test_rows_that_do_not_fit_are_findings(write):
    table = loaders.read(write(["a;b;c", "1;2;3", "1;2;3;4", "1;teksti", "katkesi;3", "7;8", "4;5;6"]))
    assert [(f.code, f.rows) for f in table.findings] == [("extra_cells", (3,)), ("broken_row", (4, 5))]


def test_metadata_is_dropped_and_said(write):
    table = loaders.read(write(["Nimi;e_mail;vuosi;kunta;x", "A;a@b.fi;2020;046;a@c.fi", "B;b@b.fi;2021;205;d@c.fi"]))
    assert list(table.frame.columns) == ["vuosi", "kunta"]
    (note,) = table.findings
    assert (note.code, note.severity, note.values["columns"]) == ("metadata_dropped", "note", ("Nimi", "e_mail", "x"))


def test_a_file_that_says_it_is_made_up(write):
    assert loaders.read(write([HEADER, "2020;046;43"], name="synteettinen.csv")).origin.synthetic
    assert loaders.read(write(["Syntetiskt material;;", "", HEADER, "2020;046;43"])).origin.synthetic
    assert not loaders.read(write([HEADER, "2020;046;43"])).origin.synthetic


def book(path, rows, sheets=("Taulukko",)):
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"default_date_format": "d.m.yyyy"}) as made:
        for name in sheets:
            sheet = made.add_worksheet(name)
            for i, row in enumerate(rows):
                sheet.write_row(i, 0, row)
    return path


def test_native_cells_become_text_that_reads_one_way(tmp_path):
    from datetime import datetime

    rows = [["vuosi", "kunta", "tulot", "pvm", "x"], [2020, "046", 6.956, datetime(2021, 2, 3), True]]
    table = loaders.read(book(tmp_path / "a.xlsx", rows))
    assert cells(table) == [["2020", "046", "6.9560", "2021-02-03", "true"]]


def test_the_first_sheet_with_a_table_is_read_and_others_are_said(tmp_path, form):
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("Tyhjä")
        help_sheet, data = made.add_worksheet("Ohje"), made.add_worksheet("Vastaukset")
        help_sheet.write_row(0, 0, ["kohta", "selitys"])
        help_sheet.write_row(1, 0, ["a", "b"])
        data.write_row(0, 0, ["vuosi", "kunta"])
        data.write_row(1, 0, [2020, "046"])
    table = loaders.read(path)
    assert table.findings[0].values == {"sheet": "Ohje", "sheets": ("Vastaukset",)}
    assert loaders.check(path, form).used == len(loaders.load(path, form)) == 1  # the codebook's own headings decide
    assert loaders.load(path, form).origin.other_sheets == ("Tyhjä", "Ohje")


def test_xls_and_ods(tmp_path):
    import xlwt
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    old = xlwt.Workbook()
    sheet = old.add_sheet("a")
    document = OpenDocumentSpreadsheet()
    table = Table(name="a")
    for i, row in enumerate([["vuosi", "kunta"], ["2020", "046"]]):
        line = TableRow()
        for j, cell in enumerate(row):
            sheet.write(i, j, cell)
            one = TableCell(valuetype="string")
            one.addElement(P(text=cell))
            line.addElement(one)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    old.save(tmp_path / "a.xls")
    document.save(tmp_path / "a.ods")
    assert cells(loaders.read(tmp_path / "a.xls")) == cells(loaders.read(tmp_path / "a.ods")) == [["2020", "046"]]


def test_parquet_keeps_codes_and_lists(tmp_path):
    frame = pd.DataFrame({"vuosi": [2020, 2021], "kunta": ["046", None], "tarpeet": [["talous", "tyo"], None]})
    frame.to_parquet(tmp_path / "a.parquet")
    assert cells(loaders.read(tmp_path / "a.parquet")) == [["2020", "046", "talous\ntyo"], ["2021", None, None]]


def test_sav_labels_and_user_missing(tmp_path):
    import pyreadstat

    frame = pd.DataFrame({"vuosi": [2020.0, 2021.0, 2021.0], "q1": [1.0, 9.0, np.nan]})
    pyreadstat.write_sav(
        frame,
        tmp_path / "a.sav",
        column_labels={"q1": "Kunta"},
        variable_value_labels={"q1": {1.0: "Kajaani", 9.0: "Ei halua sanoa"}},
        missing_ranges={"q1": [9]},
    )
    table = loaders.read(tmp_path / "a.sav")
    assert cells(table) == [["2020", "Kajaani"], ["2021", "ei tietoa"], ["2021", None]]


@pytest.mark.parametrize(
    ("value", "text"),
    [(3.0, "3"), (0.5, "0.5"), (1234.567, "1234.567"), (0.1 + 0.2, "0.3"), (None, ""), (float("nan"), ""), (7, "7")],
)
def test_numbers_as_text(value, text):
    assert cell_text(value) == text


def test_native_dates_times_and_truth():
    from datetime import date, datetime, time
    from decimal import Decimal

    day, moment = date(2021, 2, 3), datetime(2021, 2, 3, 9, 30)
    given = (True, day, datetime(2021, 2, 3), moment, time(9, 30), Decimal("1.5"), pd.NaT)
    assert list(map(cell_text, given)) == ["true", "2021-02-03", "2021-02-03", "2021-02-03T09:30", "09:30", "1.5", ""]
    assert cell_text(np.int64(3)) == "3"


@pytest.mark.parametrize("odd", ["", " ", "'=1", "A\u0308"])
def test_a_column_of_very_many_texts_is_cleaned_the_same_way(write, monkeypatch, odd):
    lines = ["a;b", "x;1", f"{odd};2", "y;3", ";4"]
    few = cells(loaders.read(write(lines)))
    monkeypatch.setattr("rakelab.loaders.columns._MANY", 1)
    assert cells(loaders.read(write(lines))) == few


def test_a_large_file_is_read_slice_by_slice(write, monkeypatch):
    lines = ["a;b", *(f"{i};x{i % 7}" for i in range(200)), '200;"y']
    whole = loaders.read(write("\n".join(lines[:-1])))
    monkeypatch.setattr("rakelab.loaders.delimited._SLICE", 50)
    sliced = loaders.read(write("\n".join(lines[:-1])))
    assert cells(sliced) == cells(whole)
    broken = loaders.read(write("\n".join([*lines[:-1], *('1;"x', 'y"') * 40, "2;z"])))
    assert (len(broken.frame), broken.rows[-1], cells(broken)[-2:]) == (241, 242, [["1", "x\ny"], ["2", "z"]])


@pytest.mark.shared
def test_real_files(shared):
    for name in ("deaths.xls", "deaths.xlsx"):
        table = loaders.read(shared / "messy-layout" / name)
        assert (len(table.frame), table.rows[0], table.rows[-1]) == (10, 6, 15)
    towns = loaders.read(next((shared / "office-xlsx").glob("*.xlsx")))
    assert len(towns.frame) == 309
    assert towns.frame["Kunnan numero"].iloc[-1].isdigit()
    assert loaders.read(shared / "surveys" / "thanksgiving-2015-poll-data.csv").frame.shape == (1058, 64)
    sets = loaders.read(shared / "spss" / "simple_alltypes.sav").headings
    assert [h.pairs[0] for h in sets if h.pairs] == [("My multiple response set", f"Response #{i}") for i in (1, 2, 3)]


@pytest.mark.parametrize(("rows", "heading"), [(19, False), (20, True)])
def test_a_column_with_a_text_in_fewer_than_a_tenth_of_the_rows_needs_no_name(rows, heading):
    """One stray remark: of twenty rows it is nothing, of nineteen it is a column."""
    body = [["2020", "hyvä", "huom."], *[["2021", "huono", ""]] * (rows - 1)]
    found = find([["Vienti", "", ""], ["vuosi", "vastaus", ""], *body])
    assert (found is not None and found.first == 1) is heading


@pytest.mark.parametrize(("filled", "note"), [(3, True), (4, False)])
def test_a_last_row_of_odd_texts_is_a_note_where_a_third_of_the_columns_are_filled_at_most(filled, note):
    last = [f"sana {chr(97 + j)}" if j < filled else None for j in range(9)]
    columns = [pd.Categorical(["kyllä", "kyllä", last[j]]) for j in range(9)]
    assert notes_below(tuple(columns), np.array([9, 9, filled])).tolist() == [False, False, note]
