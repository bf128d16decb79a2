"""No superlative is false: random tables of which everything is known, also what is hidden."""

import re
from random import Random

import pytest

from rakelab import estimate, present
from rakelab.cells import HIDDEN, TOTAL, Key, Mean, Released, View, join, key, shown

from .conftest import make, one, variable
from .invented import ANSWERED, OPINIONS, item, moves

LEVELS = {letter: (letter,) * 3 for letter in "ABCDEFG"}
GROUPS = {year: (year,) * 3 for year in ("2020", "2021")}
COLUMNS = tuple(key(("vuosi", year)) for year in GROUPS)
SEEDS = range(150)


def said(sentence: present.Sentence) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", sentence.text("en"))


def counts_of(random: Random, n: int, *, multiple: bool) -> dict[str, int]:
    """How many of ``n`` gave each answer; few people make many ties and zeros."""
    if multiple:
        return {level: random.randint(0, n) if random.random() < 0.8 else 0 for level in LEVELS}
    given = random.choices([*LEVELS, ""], weights=[random.random() ** 2 for _ in range(8)], k=n)
    return {level: given.count(level) for level in LEVELS}


def table_of(random: Random, *, multiple: bool) -> tuple[Released, dict[Key, dict[str, int]], set[tuple[str, Key]]]:
    """A table by year, all its counts, and which are hidden."""
    truth = {column: counts_of(random, random.choice((6, 24, 90)), multiple=multiple) for column in COLUMNS}
    sizes = {column: sum(own.values()) + 3 if not multiple else 95 for column, own in truth.items()}
    truth[TOTAL] = {level: sum(truth[column][level] for column in COLUMNS) for level in LEVELS}
    sizes[TOTAL] = sum(sizes.values())
    hidden = {(level, column) for level in LEVELS for column in truth if random.random() < random.choice((0, 0.1, 0.4))}
    cells: dict[Key, int | None] = dict(sizes)
    for column, own in truth.items():
        cells |= {join(one(x, "asia"), column): None if (x, column) in hidden else n for x, n in own.items()}
    view = View("asiat", "sample", "asia", tuple(one(x, "asia") for x in LEVELS), (TOTAL, *COLUMNS), by="vuosi",
                multiple=multiple)  # fmt: skip
    words = {"asia": variable(("Asia", "Sak", "Matter"), LEVELS, multiple=multiple),
             "vuosi": variable(("Vuosi", "År", "Year"), GROUPS)}  # fmt: skip
    return make(view, cells, words), truth, hidden


def quoted(text: str) -> list[str]:
    return re.findall("“([^”]+)”", text)


@pytest.mark.parametrize("multiple", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_most_common_and_the_next_are_so(seed: int, multiple: bool) -> None:
    table, truth, hidden = table_of(Random(seed), multiple=multiple)
    own = truth[TOTAL]
    known = {level: n for level, n in own.items() if (level, TOTAL) not in hidden}
    told = said(present.leading(table, 3))
    if "cannot be shown" in told or "nothing was mentioned" in told:
        assert not any(known.values())
        return
    first, _, rest = told.partition("Next")
    among = known if "shown" in first else own
    most = {level for level in among if among[level] == max(among.values())}
    number = re.search(r"(\d+) (?:of the )?options (?:are eq|shown)", first)
    assert len(most) == int(number[1]) if number else set(quoted(first)) == most
    following = quoted(rest)
    among = known if "shown" in first + rest else own
    left = sorted((n for level, n in among.items() if level not in most), reverse=True)
    assert [own[level] for level in following] == left[: len(following)]
    assert not following or sum(n == own[following[-1]] for n in left) == [own[x] for x in following].count(
        own[following[-1]]
    )
    room = table.cells[TOTAL].value - (0 if multiple else sum(known.values()))
    assert ("may be more common" in told) == (len(known) < len(own) and room >= max(known.values()))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_most_usual_number_is_so(seed: int) -> None:
    table, truth, hidden = table_of(Random(seed), multiple=False)
    known = {level: n for level, n in truth[TOTAL].items() if (level, TOTAL) not in hidden}
    told = said(present.accumulation(table))
    first = told.partition("The share with")[0]
    if number := re.search(r"(\d+) (?:of the )?options (?:are eq|shown)", first):
        among = known if "shown" in first else truth[TOTAL]
        assert list(among.values()).count(max(among.values())) == int(number[1])
    elif quoted(first):
        among = known if "shown" in first else truth[TOTAL]
        assert set(quoted(first)) == {level for level in among if among[level] == max(among.values())}
    else:
        assert not any(known.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_the_largest_difference_is_so(seed: int) -> None:
    table, truth, hidden = table_of(Random(seed), multiple=seed % 2 == 0)
    bases = {column: table.cells[column].value for column in COLUMNS}
    gaps = {x: abs(truth[COLUMNS[1]][x] / bases[COLUMNS[1]] - truth[COLUMNS[0]][x] / bases[COLUMNS[0]]) for x in LEVELS}
    told = said(present.contrast(estimate.compare(table)))
    if "the largest difference" not in told:
        return
    known = {x: gap for x, gap in gaps.items() if not any((x, column) in hidden for column in COLUMNS)}
    among = known if "largest difference shown" in told else gaps
    level = {x for x, gap in among.items() if abs(gap - max(among.values())) < 1e-12}
    assert set(quoted(told)) == level


@pytest.mark.parametrize("seed", SEEDS)
def test_the_highest_and_the_lowest_mean_are_so(seed: int) -> None:
    random = Random(seed)
    raw = {level: round(random.uniform(3, 3.2), 3) for level in LEVELS}
    hidden = {level for level in LEVELS if random.random() < 0.15}
    if len(hidden) == len(LEVELS):
        return
    rows = {level: one("vastattu", level) for level in LEVELS}
    means = {
        rows[x]: Mean(HIDDEN, HIDDEN) if x in hidden else Mean(shown(round(m, 1 + (x < "D"))), shown(0.8))
        for x, m in raw.items()
    }
    words = {level: variable((level,) * 3, ANSWERED) for level in LEVELS}
    view = View("skills", "skills", "A", tuple(rows.values()), measure="mean")
    table = make(view, {TOTAL: 50, **dict.fromkeys(rows.values(), 50)}, words, means=means)
    high, low = map(set, map(quoted, said(present.extremes(table)).split(", lowest ")))
    among = {x: m for x, m in raw.items() if x not in hidden}
    assert ("of those shown" in said(present.extremes(table))) == bool(hidden)
    assert {x for x in among if among[x] == max(among.values())} <= high
    assert {x for x in among if among[x] == min(among.values())} <= low


@pytest.mark.parametrize("seed", SEEDS)
def test_the_statements_most_and_least_agreed_with_are_so(seed: int) -> None:
    random = Random(seed)
    tables, truth, known = [], {}, set()
    for letter in "ABCD":
        counts = [random.randint(0, 6) for _ in OPINIONS]
        base = sum(counts)
        hidden = random.random() < 0.3 and base > 0
        told = [None if hidden and i in (1, 3) else n for i, n in enumerate(counts)]
        made = item(letter, letter, told, silent=0)
        if hidden:
            cells = {**made.cells, TOTAL: shown(base), key((letter, "vastattu")): shown(base)}
            made = make(made.view, {k: cell.value for k, cell in cells.items()}, made.variables)
        if base:
            tables.append(made)
            truth[letter] = sum(counts[3:]) / base
            known |= set() if hidden else {letter}
    told = said(present.statements(tables)) if tables else ""
    if "most common" not in told:
        return
    among = {x: share for x, share in truth.items() if x in known or "Of the statements shown" not in told}
    most, least = (set(quoted(part)) for part in told.partition("are most common")[2].split("least common"))
    assert most == {x for x in among if among[x] == max(among.values())}
    assert least == {x for x in among if among[x] == min(among.values())}


def test_a_hidden_option_that_has_no_room_is_not_said_to_be_more_common() -> None:
    levels = dict(list(LEVELS.items())[:3])
    rows = tuple(one(level, "asia") for level in levels)
    view = View("asiat", "sample", "asia", rows)
    table = make(view, {TOTAL: 100, rows[0]: 70, rows[1]: None, rows[2]: None},
                 {"asia": variable(("Asia", "Sak", "Matter"), levels)})  # fmt: skip
    assert said(present.leading(table)) == (
        "Matter: the most common is “A”, 70% (70/100; 95% confidence interval 60–78%)."
    )


def test_the_most_usual_moves_are_all_told() -> None:
    counts = [[9, 4, 0, 0, 0], [0, 9, 0, 0, 0], [4, 0, 9, 0, 0], [0, 0, 0, 9, 3], [0, 0, 0, 0, 9]]
    assert "The most common moves are “Satunnainen asiakaskontakti” → “Negatiivisten muutosten torjunta” and" in said(
        present.moved(moves(counts))
    )


def test_four_numbers_of_needs_that_are_level_are_all_told() -> None:
    levels = {n: (n,) * 3 for n in ("1", "2", "3", "4")}
    rows = tuple(one(level, "maara") for level in levels)
    table = make(View("accumulation", "sample", "maara", rows), {TOTAL: 120, **dict.fromkeys(rows, 30)},
                 {"maara": variable(("Tuen tarpeet", "Behov", "Needs"), levels)})  # fmt: skip
    assert said(present.accumulation(table)).startswith(
        "Needs: equally and most often one person has one need, two needs, three needs and four needs: each 25% (30/120"
    )
