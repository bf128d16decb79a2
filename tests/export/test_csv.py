"""Tables as files for a spreadsheet."""

import csv
from io import StringIO

from rakelab.export import Wanted, export

from .pages import PAGE, write


def test_csv_opens_in_the_readers_language_and_no_cell_is_a_formula(made):
    ((name, content),) = made("csv").items()
    assert name == "palvelutarve-kuhmo.fi.taulukko-1-tarpeet-n-12.csv"
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows == [
        ["Tarve", "Määrä", "Ero"],
        ["Kaikki", "", ""],
        ["'=Talous", "7 (58\xa0%)", "+3"],
        ["Muu", "··", "−2"],
    ]


def test_a_number_stands_once_in_the_name(tmp_path):
    page = PAGE.replace("Tarpeet (n = 12)</h3>", "Taulukko 1. Tarpeet (n = 12)</h3>")
    (written,) = export(write(tmp_path / "r", page), Wanted("csv", out=tmp_path / "ulos"))
    assert written.name == "r.fi.taulukko-1-tarpeet-n-12.csv"
