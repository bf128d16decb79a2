"""What a reader could still believe: which values are asked for, what a table seen before proves, what is closed."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from scipy.optimize import OptimizeResult
from spec import one_way

from rakelab.cells import Link, Tally, key
from rakelab.protect import Policy
from rakelab.protect.audit import Audit, Closed, Wanted, Witnesses, islands
from rakelab.protect.policy import variables_of
from rakelab.protect.system import System, build

Look = Callable[[Audit, Wanted], Iterator[Closed]]


def system(*tallies: Tally) -> System:
    return build(tallies, Policy(), variables_of(tallies))


def row(*counts: int, name: str = "v") -> Tally:
    return one_way(name, dict(zip("abcdefgh", counts, strict=False)))


def holes(made: System, *names: str) -> np.ndarray:
    """Hidden: ``va`` is level a of v."""
    return np.isin(np.arange(len(made.keys)), [made.index[key((one[0], one[1]))] for one in names])


def found(look: Look, made: System, *names: str) -> list[Closed]:
    hidden, witnesses = holes(made, *names), Witnesses(made)
    audit = Audit(made, hidden.nonzero()[0], witnesses)
    return list(look(audit, witnesses.still_wanted(hidden)))


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
    for look in (Audit.beyond, Audit.closed):
        assert found(look, system(row(3, 8, 20)), "va", "vb") == []
        assert found(look, system(row(3, 1, 20, 20)), "va", "vb") == []


@pytest.mark.parametrize("look", [Audit.beyond, Audit.closed])
def test_of_each_guarded_number_the_least_value_that_it_cannot_have_is_named(look: Look) -> None:
    """Three alone: neither one nor two nor four; one and one: neither three nor four."""
    assert [(one.guard, one.value) for one in found(look, system(row(3, 8, 20)), "va")] == [(0, 1)]
    both = found(look, system(row(1, 1, 20, 20)), "va", "vb")
    assert {(one.guard, one.value) for one in both} == {(0, 3), (1, 3)}


def halves() -> System:
    twice = Link(((key(("v", "a")), 2), (key(("v", "c")), 1), (key(("v", "b")), -1)))
    return system(one_way("v", {"a": 2, "b": 4, "c": 0}, base=60, multiple=True, links=[twice]))


def test_half_a_person_is_within_reach_though_nobody_is_half() -> None:
    """b = 2a + c with c = 0 shown: two of a can be one with two of b; of b's four only two and four are whole."""
    made = halves()
    assert found(Audit.beyond, made, "va", "vb") == []
    assert [(one.guard, one.value) for one in found(Audit.closed, made, "va", "vb")] == [(1, 1)]


@pytest.mark.parametrize("look", [Audit.beyond, Audit.closed])
def test_one_look_names_some_and_the_next_the_rest(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rakelab.protect.audit.ENOUGH", 1)
    assert len(found(look, system(row(1, 1, 20, 20)), "va", "vb")) == 1


# --- how far a number goes, and why ---------------------------------------------------------------------------


def bound() -> System:
    """24 have c, which all who have a or b have too: with 22 of b shown a can be two at least, and three are."""
    either = Link(((key(("w", "c")), 1), (key(("v", "a")), -1), (key(("v", "b")), -1)), "<=")
    first = one_way("v", {"a": 3, "b": 22}, base=60, multiple=True, links=[either])
    return system(first, one_way("w", {"c": 24, "d": 36}))


def test_a_limit_says_which_sum_sets_it() -> None:
    made = bound()
    audit = Audit(made, holes(made, "va").nonzero()[0], Witnesses(made))
    assert (audit.low[0], audit.high[0]) == (3, 3)
    assert audit._farthest(0, up=False) == pytest.approx(1.0 - made.equal)
    assert (audit.low[0], audit.high[0]) == (2, 3)
    assert audit._farthest(0, up=True) == pytest.approx(np.zeros(len(made.relations)))
    assert (audit.low[0], audit.high[0]) == (2, 60)


def test_a_table_of_parts_of_people_is_kept_apart() -> None:
    """It tells how far numbers go, and is no witness of any value."""
    made = system(row(3, 8, 20))
    witnesses = Witnesses(made)
    audit = Audit(made, holes(made, "va", "vb").nonzero()[0], witnesses)
    assert audit._seen(OptimizeResult(x=np.array([1.5, 9.5]))) == set()
    assert ([one.tolist() for one in witnesses.parts], witnesses.tables) == ([[31, 1.5, 9.5, 20]], [])
    assert audit._unreached({(0, 1), (0, 2), (0, 3), (0, 4)}) == {(0, 1), (0, 4)}
    assert audit._seen(OptimizeResult(x=np.array([1 + 1e-9, 10 - 1e-9]))) == {(0, 1)}
    assert [one.tolist() for one in witnesses.tables] == [[31, 1, 10, 20]]
    assert audit._seen(OptimizeResult(x=None)) == set()
    assert [one[0].tolist() for one in (audit.low, audit.high)] == [1, 3]


def test_a_number_reaches_the_ends_of_what_was_seen_and_a_computers_rounding_is_no_end() -> None:
    made = system(row(3, 8, 20))
    audit = Audit(made, holes(made, "va", "vb").nonzero()[0], Witnesses(made))
    audit.low, audit.high = np.array([2 + 1e-9]), np.array([3 - 1e-9])
    assert audit._unreached({(0, 1), (0, 2), (0, 3), (0, 4)}) == {(0, 1), (0, 4)}


def test_reach_is_that_of_tables_that_fit() -> None:
    """One of a, and half a one: the first needs c hidden, the second b."""
    made = system(row(3, 8, 20))
    witnesses = Witnesses(made, [np.array([31, 1, 8, 22])], [np.array([31, 0.5, 10.5, 20])])
    reach = {more: [one.tolist() for one in witnesses.reach(holes(made, "va", more))] for more in ("vb", "vc")}
    assert reach == {"vb": [[0.5], [3]], "vc": [[1], [3]]}


@pytest.mark.parametrize(("whole", "left"), [(False, 0), (True, 3)])
def test_what_a_joint_solve_does_not_bring_is_left(whole: bool, left: int) -> None:
    """One value at a time is too little to go on with; what lies between two that were seen is in reach of parts."""
    made = system(row(3, 8, 20))
    wanted = {(0, 1), (0, 2), (0, 3), (0, 4)}
    audit = Audit(made, holes(made, "va", "vb").nonzero()[0], Witnesses(made))
    assert len(audit._many(wanted, whole=whole)) == left
    alone = Audit(made, holes(made, "va").nonzero()[0], Witnesses(made))
    assert alone._many(wanted, whole=whole) == {(0, 1), (0, 2), (0, 4)}


def test_a_table_near_what_is_aimed_at_has_whole_people_where_it_must() -> None:
    """One of b is half a person of a; nought or two of b are whole."""
    made = halves()
    audit = Audit(made, holes(made, "va", "vb").nonzero()[0], Witnesses(made))
    near = [audit._nearest(audit.rows[[1]], np.ones(1), np.ones(1), whole=whole).x[:2] for whole in (False, True)]
    assert near[0].tolist() == pytest.approx([0.5, 1])
    assert near[1].round(6).tolist() in ([0, 0], [1, 2])


def test_one_value_is_asked_for_by_itself() -> None:
    """What a published rest adds to a number is reckoned with: of 31 people 28 have a, so that three have not."""
    made = system(row(28, 0, 3))
    (rest,) = (g for g, guard in enumerate(made.guards) if len(guard.terms) == 2)
    audit = Audit(made, holes(made, "va", "vc").nonzero()[0], Witnesses(made))
    assert {value for value in range(1, 40) if (rest, value) in audit._one(rest, value)} == set(range(1, 32))
