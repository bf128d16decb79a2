"""Other ways of having a mean and a deviation, near a known one: each keeps what is told, and none is left out."""

from collections.abc import Callable, Iterator, Sequence
from itertools import product

import numpy as np
import pytest

from rakelab.protect.moves import Fact, Room, _neighbours, _steps, _stills, still_shut

Way = tuple[int, ...]
TWO_AND_TWO: Way = (0, 2, 0, 2, 0)  # two people at 1, two at 3: sum 8, squared distances 4


def room(
    sums: tuple[float, float],
    squares: tuple[float, float],
    *facts: tuple[Sequence[int], int, int],
    allows: Callable[[np.ndarray], bool] | None = None,
) -> Room:
    made = [Fact(np.isin(np.arange(9), places), least, most) for places, least, most in facts]
    return Room(sums, squares, made, allows)


def cut(one: Room, values: int) -> Room:
    """The same facts on a scale of so many values."""
    return Room(one.sums, one.squares, [Fact(f.has[:values], f.least, f.most) for f in one.facts], one.allows)


def near(way: Way, within: Room, reach: int = 3) -> set[Way]:
    people = np.array(way)
    found = _neighbours(people, cut(within, len(way)), _steps(people, reach))
    return {tuple(map(int, one)) for one in found}


# --- by hand --------------------------------------------------------------------------------------------------


def test_the_ways_beside_two_and_two() -> None:
    """1 2 2 3 is nearer together (2), 0 2 3 3 and 1 1 2 4 farther apart (6); 2 2 2 2 (0), 0 2 2 4 (8) too much."""
    assert near(TWO_AND_TWO, room((8, 8), (2, 6))) == {(0, 1, 2, 1, 0), (1, 0, 1, 2, 0), (0, 2, 1, 0, 1)}
    assert near(TWO_AND_TWO, room((8, 8), (3, 5))) == set()


def test_what_another_table_tells_holds_in_every_way() -> None:
    """Of the three ways, who is at 0, and who is at 1 or 2."""
    within = (8, 8), (2, 6)
    assert near(TWO_AND_TWO, room(*within, ([0], 0, 0))) == {(0, 1, 2, 1, 0), (0, 2, 1, 0, 1)}
    assert near(TWO_AND_TWO, room(*within, ([1, 2], 3, 3))) == {(0, 1, 2, 1, 0), (0, 2, 1, 0, 1)}
    assert near(TWO_AND_TWO, room(*within, ([1, 2], 1, 2))) == {(1, 0, 1, 2, 0)}


def test_a_move_of_eight_people_keeps_number_sum_and_squares() -> None:
    """+1 −3 +3 −1 and back, nothing else: the sum of squared distances may not change at all."""
    way = (3, 3, 3, 3)
    kept = {(4, 0, 6, 2), (2, 6, 0, 4)}
    assert kept <= near(way, room((18, 18), (15, 15)))
    assert near(way, room((18, 18), (15, 15), ([0], 3, 4))) & kept == {(4, 0, 6, 2)}
    assert near(way, room((18, 18), (15, 15), ([0], 4, 4))) & kept == {(4, 0, 6, 2)}
    assert near(way, room((18, 18), (15, 15), ([3], 4, 4))) & kept == {(2, 6, 0, 4)}
    assert near((1, 2, 2, 1), room((-99, 99), (-99, -98))) == set()  # there is no third at 1 to go


@pytest.mark.parametrize(("values", "many"), [(3, 0), (4, 2), (7, 18), (10, 48), (13, 88)])
def test_moves_that_keep_everything(values: int, many: int) -> None:
    """Of four, five and seven places, one to three apart, wherever they fit, and back."""
    moves, places = _stills(values), np.arange(values)
    assert len({tuple(one) for one in moves}) == len(moves) == many
    assert all((moves @ kept == 0).all() for kept in (places**0, places, places**2))


def test_one_person_goes_so_many_steps_at_most_from_or_to_a_place() -> None:
    steps = {tuple(map(int, one)) for one in _steps(np.array(TWO_AND_TWO), 1, at=2)}
    assert steps == {(1, 2), (3, 2)}
    assert len(_steps(np.array(TWO_AND_TWO), 1)) == 4
    assert {tuple(map(int, one)) for one in _steps(np.array(TWO_AND_TWO), 2, at=1)} == {(1, 0), (1, 2), (1, 3), (3, 1)}


# --- what stays shut ------------------------------------------------------------------------------------------


def shut(asked: list[int], within: Room, way: Way = TWO_AND_TWO) -> list[int]:
    return still_shut(np.array(way), asked, cut(within, len(way)))


def test_a_count_is_open_where_a_way_differs_in_it() -> None:
    assert shut([1, 3], room((8, 8), (2, 6))) == []
    assert shut([1, 3], room((8, 8), (3, 5))) == [1, 3]
    assert shut([1, 3], room((8, 8), (2, 6), ([0, 2], 0, 0))) == [1, 3]
    assert shut([1, 3], room((8, 8), (2, 6), ([1], 2, 2))) == [1]


def test_a_way_that_disagrees_with_the_rest_opens_nothing() -> None:
    """1 2 2 3 alone leaves somebody at 2 and nobody at 0 or 4."""
    assert shut([1, 3], room((8, 8), (2, 6), allows=lambda way: way[2] == 2)) == []
    assert shut([1, 3], room((8, 8), (2, 6), allows=lambda way: way[2] == 0)) == [1, 3]
    assert shut([1, 3], room((8, 8), (2, 6), allows=lambda way: way[4] == 1)) == [1]


def test_one_walks_on_from_ways_that_disagree() -> None:
    """From 1 1 3 3 over 0 1 3 4 to 0 0 4 4, whose squared distances are 16."""
    assert shut([1], room((8, 8), (4, 16), allows=lambda way: way[0] == 2)) == []
    assert shut([1], room((8, 8), (4, 15), allows=lambda way: way[0] == 2)) == [1]


def test_somebody_far_off_may_go_farther_than_three_steps() -> None:
    """Eight at 4 and one at 8: as far from the mean is only one at 0."""
    way, within = (0, 0, 0, 0, 8, 0, 0, 0, 1), ((0, 99), (14.2, 14.3), ([4], 8, 8))
    assert shut([8], room(*within), way) == []
    assert shut([8], room(*within, ([0], 0, 0)), way) == [8]


# --- every way, tried one by one ------------------------------------------------------------------------------


def moved(way: Way, reach: int) -> Iterator[Way]:
    """One person goes up to ``reach`` steps, and nobody else or one other up to three."""
    steps = [(a, b) for a in range(len(way)) for b in range(len(way)) if a != b]
    for first in (one for one in steps if abs(one[0] - one[1]) <= reach):
        for second in (None, *(one for one in steps if abs(one[0] - one[1]) <= 3)):
            left, come = list(way), list(way)
            for a, b in (first, second) if second else (first,):
                left[a], come[a], come[b] = left[a] - 1, come[a] - 1, come[b] + 1
            if min(left) >= 0 and tuple(come) != way:
                yield tuple(come)


def kept(way: Way, within: Room) -> bool:
    answers = [value for value, n in enumerate(way) for _ in range(n)]
    mean = sum(answers) / len(answers)
    apart = sum((one - mean) ** 2 for one in answers)
    counts = [(fact, sum(n for has, n in zip(fact.has, way, strict=False) if has)) for fact in within.facts]
    return (
        within.sums[0] <= sum(answers) <= within.sums[1]
        and within.squares[0] - 1e-9 <= apart <= within.squares[1] + 1e-9
        and all(fact.least <= count <= fact.most for fact, count in counts)
    )


@pytest.mark.parametrize("reach", [1, 3, 6])
@pytest.mark.parametrize("way", [(1, 1, 0, 2), (0, 2, 0, 2, 0), (3, 0, 1, 0, 0, 1), (1, 0, 0, 0, 2, 0, 1)])
def test_the_neighbours_are_all_that_keep_what_is_told(way: Way, reach: int) -> None:
    total = sum(value * n for value, n in enumerate(way))
    for wide, far, (places, least) in product((0, 1), (0.7, 3.1), (([0, 1], 0), ([3], 1))):
        within = room((total - wide, total + wide), (3.9 - far, 3.9 + far), (places, least, 3))
        still = {tuple(map(int, one)) for one in np.array(way) + _stills(len(way)) if one.min() >= 0}
        expected = {one for one in moved(way, reach) if kept(one, within)}
        assert near(way, within, reach) - still == expected - still
