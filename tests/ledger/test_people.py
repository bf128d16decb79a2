"""Who is in which release: found by answers or by rows, and differences of too few."""

import numpy as np
import pytest

from rakelab.ledger.people import Regions, Rows, differences, digested, regions, telling_differences
from rakelab.population import People

KEY = b"k" * 32


def rows(contents: list[int], table: str = "a", places: list[int] | None = None, key: bytes = KEY) -> Rows:
    order = range(2, len(contents) + 2) if places is None else places
    return digested(People(table, np.array(order), np.array(contents, dtype=np.uint64)), key)


def parts(member: list[list[int]], *sizes: int) -> Regions:
    return Regions(np.array(member, dtype=bool), np.array(sizes))


def test_the_same_answers_in_two_files_are_the_same_person() -> None:
    found = regions([rows([1, 2, 3]), rows([3, 4], "b")])
    assert sorted(zip(found.member.T.tolist(), found.sizes.tolist(), strict=True)) == [
        ([False, True], 1),
        ([True, False], 2),
        ([True, True], 1),
    ]


def test_people_who_answered_alike_are_as_many_as_they_are() -> None:
    found = regions([rows([7, 7, 7]), rows([7, 7], "b")])
    assert sorted(found.sizes.tolist()) == [1, 2]


def test_the_same_row_of_a_table_is_the_same_person_in_another_form() -> None:
    assert regions([rows([1, 2]), rows([8, 9])]).sizes.tolist() == [2]


def test_rows_of_two_sheets_are_not_taken_for_each_other() -> None:
    assert len(regions([rows([1, 2], "a x"), rows([8, 9], "a y")]).sizes) == 2


def test_a_digest_follows_from_the_key() -> None:
    mine, theirs = rows([1, 2]).digests, rows([1, 2], key=b"j" * 32).digests
    assert not set(mine.tolist()) & set(theirs.tolist())
    assert not {1, 2} & set(mine.tolist())


def test_releases_are_together_through_others() -> None:
    found = regions([rows([1]), rows([1, 2], "b"), rows([2, 3], "c"), rows([9], "d")])
    assert found.together(0) == [0, 1, 2]


@pytest.mark.parametrize(
    ("member", "sizes", "tells"),
    [
        ([[1, 0], [1, 1]], (50, 2), True),  # two fewer
        ([[1, 0], [1, 1]], (50, 5), False),
        ([[1, 1, 0], [1, 0, 1]], (50, 1, 1), True),  # one row mended
        ([[1, 1, 0], [1, 0, 1]], (50, 3, 2), False),  # five differ, though of each fewer
        ([[0, 1, 0], [1, 0, 0], [1, 1, 1]], (50, 40, 3), True),  # all, without one part and another: three are left
        ([[1, 0, 0], [0, 1, 0], [1, 1, 1]], (6, 50, 40), False),
        ([[1, 1, 0], [0, 1, 1]], (4, 50, 4), False),  # eight differ
        ([[1] * 80, [1] * 40 + [0] * 40], (2,) * 80, False),  # very many small parts, none told alone
    ],
)
def test_a_difference_tells_of_few(member: list[list[int]], sizes: tuple[int, ...], tells: bool) -> None:
    assert telling_differences(parts(member, *sizes), 5) is tells


def test_what_the_earlier_ones_tell_already_is_not_this_ones_doing() -> None:
    earlier = parts([[0, 0, 1], [1, 1, 0], [1, 0, 0]], 50, 2, 40)
    assert not telling_differences(earlier, 5)


def test_differences_that_are_a_set_of_people() -> None:
    nested = parts([[1, 0], [1, 1]], 50, 20)
    assert list(differences(nested)) == [((0, -1), (1, 1))]
    apart = parts([[1, 0, 0], [0, 1, 0], [1, 1, 1]], 50, 20, 9)
    assert set(differences(apart)) == {
        ((0, 1), (1, 1)),  # the two together
        ((0, -1), (2, 1)),
        ((0, -1), (1, -1), (2, 1)),
    }
