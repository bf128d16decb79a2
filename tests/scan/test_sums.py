"""Hidden cells that totals and other tables give back."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from rakelab.scan import scan

from .making import Rows, cells, csv_file, kinds, of_rows

COUNTIES = {
    "Kainuu": ("Kajaani", "Kuhmo", "Sotkamo", "Paltamo", "Puolanka"),
    "Lappi": ("Kemi", "Tornio", "Inari", "Sodankylä"),
    "Keski-Pohjanmaa": ("Kokkola", "Kannus", "Toholampi", "Veteli", "Perho"),
}
YEARS = range(2015, 2023)
PLACES = [(county, municipality) for county, some in COUNTIES.items() for municipality in some]


class Drawn:
    """Counts by municipality and year: of some county-years one is hidden, of some two, of some none."""

    def __init__(self, seed: int, mark: str) -> None:
        rng = random.Random(seed)
        self.count = {(*place, year): rng.randint(6, 90) for place in PLACES for year in YEARS}
        self.hidden: dict[tuple[str, int], list[str]] = {}
        self.mark = mark
        for county, some in COUNTIES.items():
            for year in YEARS:
                self.hidden[county, year] = rng.sample(some, rng.choice((0, 1, 1, 2)))
                self.count |= {(county, one, year): rng.randint(1, 4) for one in self.hidden[county, year]}

    def shown(self, county: str, municipality: str, year: int) -> int | str:
        hidden = municipality in self.hidden[county, year]
        return self.mark if hidden else self.count[county, municipality, year]

    def total(self, county: str, year: int) -> int:
        return sum(self.count[county, one, year] for one in COUNTIES[county])

    @property
    def alone(self) -> set[tuple[str, str, int]]:
        return {(county, some[0], year) for (county, year), some in self.hidden.items() if len(some) == 1}


def block(drawn: Drawn) -> Rows:
    """Each county above its municipalities, with nothing that calls it a total."""
    rows = [["Alue", *YEARS]]
    for county, some in COUNTIES.items():
        rows.append([county, *(drawn.total(county, year) for year in YEARS)])
        rows += [[one, *(drawn.shown(county, one, year) for year in YEARS)] for one in some]
    return rows


def below(drawn: Drawn) -> Rows:
    rows = [["Kommun", *YEARS]]
    for county, some in COUNTIES.items():
        rows += [[one, *(drawn.shown(county, one, year) for year in YEARS)] for one in some]
        rows.append([f"Totalt, {county}", *(drawn.total(county, year) for year in YEARS)])
    return rows


def nested(drawn: Drawn) -> Rows:
    whole = [sum(drawn.total(county, year) for county in COUNTIES) for year in YEARS]
    head, *rows = block(drawn)
    return [head, ["Koko maa", *whole], *rows]


def long(drawn: Drawn) -> Rows:
    parts = [[*place, year, drawn.shown(*place, year)] for place in PLACES for year in YEARS]
    totals = [[county, "Total", year, drawn.total(county, year)] for county in COUNTIES for year in YEARS]
    return [["County", "Municipality", "Year", "Clients"], *parts, *totals]


def across(drawn: Drawn) -> Rows:
    head = [name for county, some in COUNTIES.items() for name in (f"{county} yhteensä", *some)]
    rows = []
    for year in YEARS:
        row: list[int | str] = [year]
        for county, some in COUNTIES.items():
            row += [drawn.total(county, year), *(drawn.shown(county, one, year) for one in some)]
        rows.append(row)
    return [["Vuosi", *head], *rows]


def named(rows: Rows, spots: set[tuple[int, int]]) -> set[tuple[str, int]]:
    """Municipality and year of cells, whatever the shape."""
    found = set()
    for i, j in spots:
        words = [*rows[i][:-1], rows[0][j]] if len(rows[0]) == 4 else [rows[i][0], rows[0][j]]
        year = next(word for word in words if word in YEARS)
        found |= {(str(word), year) for word in words if any(word == place[1] for place in PLACES)}
    return found


@pytest.mark.parametrize("shape", [block, below, nested, long, across])
@pytest.mark.parametrize(("seed", "mark"), [(1, ".."), (2, "<5"), (3, "-")])
def test_every_county_year_whose_total_gives_back_the_one_hidden_cell(
    tmp_path: Path, shape: Callable[[Drawn], Rows], seed: int, mark: str
) -> None:
    drawn = Drawn(seed, mark)
    rows = shape(drawn)
    found = named(rows, cells(of_rows(tmp_path, rows), "given_back"))
    alone = {(municipality, year) for _, municipality, year in drawn.alone}
    assert alone <= found
    two = {(one, year) for (county, year), some in drawn.hidden.items() if len(some) == 2 for one in some}
    sums = {
        (county, year): sum(drawn.count[county, one, year] for one in some)
        for (county, year), some in drawn.hidden.items()
    }
    closed = {(one, year) for (county, year), some in drawn.hidden.items() if sums[county, year] == 8 for one in some}
    assert found - alone <= (two & closed if mark == "<5" else set())


def test_two_hidden_cells_that_cross_give_each_other_back(tmp_path: Path) -> None:
    rows = [["Kunta", "Miehet", "Naiset", "Yhteensä"], ["Kajaani", 40, 50, 90], ["Kuhmo", "··", "··", 7],
            ["Paltamo", "··", 20, 22], ["Yhteensä", 45, 74, 119]]  # fmt: skip
    assert cells(of_rows(tmp_path, rows), "given_back") == {(2, 1), (2, 2), (3, 1)}


def test_covered_cells_stay_open(tmp_path: Path) -> None:
    rows = [["Kunta", "Miehet", "Naiset", "Yhteensä"], ["Kajaani", 40, 50, 90], ["Kuhmo", "··", "··", 17],
            ["Paltamo", "··", "··", 22], ["Yhteensä", 55, 74, 129]]  # fmt: skip
    assert "given_back" not in kinds(of_rows(tmp_path, rows))


def test_a_zero_that_a_total_gives_back_tells_of_nobody(tmp_path: Path) -> None:
    rows = [["Kunta", "2020", "2021"], ["Kajaani", 40, 50], ["Kuhmo", "-", 12], ["Yhteensä", 40, 62]]
    assert "given_back" not in kinds(of_rows(tmp_path, rows))


def test_the_range_of_a_mark_can_close_two_cells(tmp_path: Path) -> None:
    rows = [["Kunta", "2020"], ["Kajaani", 40], ["Sotkamo", 30], ["Kuhmo", "<5"], ["Paltamo", "<5"], ["Yhteensä", 78]]
    assert cells(of_rows(tmp_path, rows), "given_back") == {(3, 1), (4, 1)}


def test_options_of_which_many_can_be_ticked_are_no_sum(tmp_path: Path) -> None:
    rows = [
        ["Tuen tarve", "2020", "2021"],
        ["Talous", 300, 280],
        ["Asuminen", "··", 90],
        ["Terveys", 400, 390],
        ["Kaikki", 640, 600],
    ]
    assert "given_back" not in kinds(of_rows(tmp_path, rows))


TWO = ([["Kunta", "2020", "2021"], ["Kajaani", 40, 50], ["Kuhmo", "..", 12], ["Sotkamo", 22, 31]],
       [["Kunta", "2020", "2021"], ["Sotkamo", 22, 31], ["Kuhmo", 3, 12], ["Kajaani", 40, 50]])  # fmt: skip


def test_another_file_of_the_folder_gives_a_cell_back(tmp_path: Path) -> None:
    csv_file(tmp_path, TWO[0], "a.csv")
    csv_file(tmp_path, TWO[1], "b.csv")
    assert [(one.file, one.cells) for one in scan(tmp_path).flaws if one.kind == "given_back"] == [("a.csv", ((2, 1),))]


def test_a_table_of_other_people_gives_nothing_back(tmp_path: Path) -> None:
    other = [[cell + 9 if isinstance(cell, int) else cell for cell in row] for row in TWO[1]]
    csv_file(tmp_path, TWO[0], "a.csv")
    csv_file(tmp_path, other, "b.csv")
    assert "given_back" not in kinds(scan(tmp_path))


def test_a_total_of_another_table_gives_a_cell_back(tmp_path: Path) -> None:
    """Neither table alone does: the row's total is hidden in one and shown in the other."""
    by_sex = [
        ["Kunta", "Miehet", "Naiset", "Yhteensä"],
        ["Kajaani", 40, 50, 90],
        ["Kuhmo", 12, "..", ".."],
        ["Sotkamo", 30, 31, 61],
    ]
    by_age = [
        ["Kunta", "Alle 30", "30 tai yli", "Yhteensä"],
        ["Kajaani", 30, 60, 90],
        ["Kuhmo", 9, 6, 15],
        ["Sotkamo", 30, 31, 61],
    ]
    csv_file(tmp_path, by_sex, "a.csv")
    csv_file(tmp_path, by_age, "b.csv")
    back = [(one.file, set(one.cells)) for one in scan(tmp_path).flaws if one.kind == "given_back"]
    assert back == [("a.csv", {(2, 2), (2, 3)})]
