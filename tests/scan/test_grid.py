"""A table as it is meant: numbers, marks, headings, what each number is."""

import pytest

from rakelab.scan.document import Cells
from rakelab.scan.grid import Table, Value, bases, value


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("12", "number", 12),
        ("1 234", "number", 1234),
        ("1\u00a0234", "number", 1234),
        ("6,210", "number", 6210),
        ("1.234", "number", 1234),
        ("4.0", "number", 4),
        ("52 %", "share", 52),
        ("52%", "share", 52),
        ("8,5\u00a0%", "share", 8.5),
        ("12 (48 %)", "share", 48),
        ("52 % (368/707)", "share", 52),
        ("47 % (299) 43–51 %", "share", 47),
        ("3 †", "number", 3),
        ("3,48 (3,27–3,68)", "number", 3.48),
    ],
)
def test_a_number_however_it_is_written(text: str, kind: str, number: float) -> None:
    assert (value(text).kind, value(text).number) == (kind, number)


@pytest.mark.parametrize("text", ["··", "·· peitetty", "..", "…", "-", "–", "*", "x", "[c]", "<5", "1–4", "alle 5"])
def test_a_mark_of_something_hidden(text: str) -> None:
    assert value(text).kind == "hidden"


@pytest.mark.parametrize(("text", "most"), [("<5", 4), ("1–4", 4), ("alle 10", 9), ("··", None), ("-", None)])
def test_a_mark_may_tell_what_is_hidden_at_most(text: str, most: int | None) -> None:
    assert value(text).most == most


@pytest.mark.parametrize("text", ["95 % luottamusväli", "ei", "18–24 v", "1/2021", "kyllä"])
def test_words_are_no_numbers(text: str) -> None:
    assert value(text).kind == "text"


def test_shares_carry_their_count_and_base() -> None:
    both = value("52 % (368/707)")
    assert (both.count, both.base) == (368, 707)
    assert value("12 (48 %)").count == 12


def test_a_stated_base_and_those_who_are_missing() -> None:
    assert bases("Koulutus (n = 25, puuttuu 2)") == [25, 27]
    assert bases("Utbildning (N=1 250)") == [1250]
    assert bases("Kaikki n = 85 2021 n = 28") == [85, 28]
    assert bases("koulutus") == []


def table(*rows: list[str], caption: str = "") -> Table:
    return Table.of(Cells((), rows, caption))


def test_merged_headings_stand_over_their_columns() -> None:
    made = table(
        ["Kunta", "Asiakkaat", "", "Osuus", ""], ["", "2020", "2021", "2020", "2021"], ["Kuhmo", "12", "15", "8", "9"]
    )
    assert made.top == 2
    assert made.heads[1:] == ["Asiakkaat 2020", "Asiakkaat 2021", "Osuus 2020", "Osuus 2021"]
    assert [made.role(2, j) for j in range(1, 5)] == ["count", "count", "share", "share"]


def test_years_head_columns_and_rows() -> None:
    across = table(["Kunta", "2020", "2021"], ["Kuhmo", "12", "15"])
    down = table(["Vuosi", "Kuhmo", "Kajaani"], ["2020", "12", "15"], ["2021", "3", "7"])
    assert (across.top, across.stub) == (1, 1)
    assert (down.top, down.stub, down.label(2)) == (1, 1, "2021")


def test_a_group_name_is_no_heading_of_columns() -> None:
    made = table(["Tausta", "Määrä"], ["Sukupuoli", ""], ["Nainen", "12"])
    assert (made.top, made.heads) == (1, ["Tausta", "Määrä"])


def test_a_label_in_two_columns_is_filled_down() -> None:
    made = table(["Alue", "Kunta", "Lkm"], ["Kainuu", "Kuhmo", "12"], ["", "Kajaani", "30"])
    assert made.labels[2] == ("Kainuu", "Kajaani")


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Asiakkaita", "count"), ("Antal klienter", "count"), ("Number of people", "count"), ("2021", "count"),
        ("Osuus, %", "share"), ("Andel", "share"), ("Share of clients", "share"),
        ("Keskiarvo", "other"), ("Medelvärde", "other"), ("Kustannukset, €", "other"), ("per 1 000 asukasta", "other"),
        ("Muutos 2020–2021", "other"), ("95 %:n luottamusväli", "other"), ("Ikä", "other"), ("Sija", "other"),
    ],
)  # fmt: skip
def test_the_heading_says_what_the_number_is(head: str, role: str) -> None:
    assert table(["Kunta", head], ["Kuhmo", "3"]).role(1, 1) == role


def test_numbers_with_parts_are_no_counts() -> None:
    made = table(["Kunta", "Tulos"], ["Kuhmo", "3.2"], ["Kajaani", "4.5"], ["Sotkamo", "3"])
    assert made.role(3, 1) == "other"


def survey(head: list[str], rows: int = 40) -> Table:
    return table(head, *([str(101 + k), str(k % 5 + 1), str(k % 2 + 1), str(k % 3)] for k in range(rows)))


def test_rows_of_people_are_told_from_a_table() -> None:
    assert survey(["vastaaja_nro", "k1", "k2", "k3"]).of_rows
    assert not survey(["Vuosi", "Lkm", "k2", "k3"]).of_rows
    assert not table(
        ["Kunta", "2020", "2021"], *(["Kunta " + "abcdefghijklmnopq"[k], "3", "2"] for k in range(17))
    ).of_rows


def test_a_long_table_of_counts_is_no_rows_of_people() -> None:
    long = (
        [kunta, str(vuosi), "3"] for kunta in ("Kuhmo", "Kajaani", "Sotkamo", "Paltamo") for vuosi in range(2015, 2023)
    )
    assert not table(["Kunta", "Vuosi", "n"], *long).of_rows


def test_english_thousands_are_no_small_base() -> None:
    assert bases("Table 7. Year, views (n = 3,651)") == [3651]
    assert bases("n = 25, of whom 3,5 % did") == [25]


def test_a_whole_number_of_any_type_is_whole() -> None:
    assert Value("number", 12).whole
    assert not Value("number", 1.5).whole
