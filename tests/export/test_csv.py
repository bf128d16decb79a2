"""Tables as files for a spreadsheet."""

import csv
from io import StringIO


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
