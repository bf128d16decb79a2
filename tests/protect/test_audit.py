"""What a reader could still believe: which values are asked for, what a table seen before proves, what is closed."""

import numpy as np
import pytest
from spec import one_way

from rakelab.cells import Tally, key
from rakelab.protect import Policy
from rakelab.protect.audit import Audit, Closed, Limit, Witnesses, islands
from rakelab.protect.policy import variables_of
from rakelab.protect.system import System, build


def system(*tallies: Tally) -> System:
    return build(tallies, Policy(), variables_of(tallies))


def row(*counts: int, name: str = "v") -> Tally:
    return one_way(name, dict(zip("abcdefgh", counts, strict=False)))


def holes(made: System, *names: str) -> np.ndarray:
    """Hidden: ``va`` is level a of v."""
    return np.isin(np.arange(len(made.keys)), [made.index[key((one[0], one[1]))] for one in names])


def closed(made: System, *names: str) -> list[Closed]:
    hidden, witnesses = holes(made, *names), Witnesses(made)
    audit = Audit(made, hidden.nonzero()[0], witnesses)
    return list(audit.closed(witnesses.still_wanted(hidden)))


# --- what is asked for ----------------------------------------------------------------------------------------


def test_every_value_from_one_to_just_below_the_limit_is_asked_for() -> None:
    made = system(row(3, 8, 20))
    assert Witnesses(made).still_wanted(holes(made, "va")) == {(0, 1), (0, 2), (0, 3), (0, 4)}


def test_a_table_proves_what_it_holds_while_the_cells_in_which_it_differs_are_hidden() -> None:
    """Two and nine instead of three and eight."""
    made = system(row(3, 8, 20))
    table = made.counts.copy()
    table[[made.index[key(("v", one))] for one in "ab"]] = 2, 9
    witnesses = Witnesses(made, [table, made.counts])
    assert witnesses.still_wanted(holes(made, "va", "vb")) == {(0, 1), (0, 4)}
    assert witnesses.still_wanted(holes(made, "va", "vc")) == {(0, 1), (0, 2), (0, 4)}
    assert Witnesses(made, [table]).still_wanted(holes(made, "va")) == {(0, 1), (0, 2), (0, 3), (0, 4)}


def test_cells_that_no_sum_ties_are_asked_about_apart() -> None:
    made = system(row(3, 8, 20), row(2, 9, 20, name="w"))
    found = {
        tuple(made.keys[i][0] for i in own): guards
        for own, guards in islands(made, holes(made, "va", "vb", "wa", "wc"))
    }
    assert sorted(found) == [(("v", "a"), ("v", "b")), (("w", "a"), ("w", "c"))]
    assert sorted(found.values()) == [[0], [1]]


# --- what is closed -------------------------------------------------------------------------------------------


def test_with_a_cover_that_is_large_enough_nothing_is_closed() -> None:
    assert closed(system(row(3, 8, 20)), "va", "vb") == []
    assert closed(system(row(3, 1, 20, 20)), "va", "vb") == []


def test_alone_a_count_is_closed() -> None:
    (found,) = closed(system(row(3, 8, 20)), "va")
    assert (found.guard, found.value, found.limit.value) == (0, 1, 3)
    assert not found.limit.up


def test_one_and_one_can_be_no_more_than_two() -> None:
    found = closed(system(row(1, 1, 20, 20)), "va", "vb")
    assert {(one.guard, one.value, one.limit.value, one.limit.up) for one in found} == {
        (0, 3, 2, True),
        (1, 3, 2, True),
    }


@pytest.mark.parametrize(("up", "reached"), [(True, [0, 1, 2]), (False, [2, 3, 4])])
def test_a_limit_reaches_itself_and_no_further(up: bool, reached: list[int]) -> None:
    assert [value for value in range(5) if Limit(up, 2.0, np.zeros(0)).reaches(value)] == reached
    assert Limit(True, 2 - 1e-9, np.zeros(0)).reaches(2)
    assert Limit(False, 2 + 1e-9, np.zeros(0)).reaches(2)
