"""What is hidden: enough that no small number can be worked out, and no more than that takes."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from spec import account, adds_up, one_way, two_way, variable

from protect.judge import Small, compositions, grid, one_row
from rakelab.cells import TOTAL, Link, Release, State, Tally, View, join, key, name_of
from rakelab.errors import WallError
from rakelab.protect import Policy, protect
from rakelab.protect.audit import Audit, Closed, Witnesses
from rakelab.protect.policy import variables_of
from rakelab.protect.solve import Cut, _capacity, _cut, _demand, _fewest, _more, _single_sums, _start, choose
from rakelab.protect.system import System, build

QUICK = settings(max_examples=20, deadline=None, derandomize=True)


def hidden(release: Release) -> set[str]:
    return {name_of(one) for one, cell in release.cells.items() if cell.state is State.HIDDEN}


def row(*counts: int) -> Tally:
    return one_way("v", dict(zip("abcdefgh", counts, strict=False)))


# --- rules that can be said in a sentence ---------------------------------------------------------------------


def test_nothing_small_and_nothing_is_hidden() -> None:
    assert hidden(protect([row(5, 5, 20)])) == set()


def test_a_small_count_is_never_hidden_alone() -> None:
    found = hidden(protect([row(3, 8, 20)]))
    assert "v=a" in found
    assert len(found) == 2


def test_which_of_equal_covers_is_hidden_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever does not know the secret cannot tell which it would have been in another table."""
    found = set()
    for i in range(12):
        monkeypatch.setattr("rakelab.protect.weights.PUBLISHED", bytes([i]) * 32)
        found.add(frozenset(hidden(protect([row(3, 8, 20)]))))
        assert found >= {frozenset(hidden(protect([row(4, 19, 30)])))}
    assert found == {frozenset({"v=a", "v=b"}), frozenset({"v=a", "v=c"})}


def test_a_kind_of_missing_is_hidden_rather_than_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Oftener, not always: what is always so can be read backwards."""
    tally = one_way("v", {"a": 3, "b": 20, "tyhja": 20}, missing=("tyhja",))
    chosen = []
    for i in range(40):
        monkeypatch.setattr("rakelab.protect.weights.PUBLISHED", bytes([i]) * 32)
        chosen.append("v=tyhja" in hidden(protect([tally])))
    assert 20 < sum(chosen) < 40


def test_a_small_rest_hides_the_large_count() -> None:
    assert hidden(protect([row(28, 0, 2)])) == {"v=a", "v=c"}


def test_two_small_counts_that_would_tell_a_limit_get_a_third() -> None:
    """1 + 1 = 2 would say that neither is above two."""
    assert hidden(protect([row(1, 1, 20)])) == {"v=a", "v=b", "v=c"}


def test_a_zero_is_shown_unless_it_is_needed_as_cover() -> None:
    assert hidden(protect([row(0, 6, 20)])) == set()
    cover = hidden(protect([row(20, 30, 4, 0)]))
    assert len(cover) == 2
    assert "v=c" in cover


def test_a_group_that_is_hidden_shows_nothing_of_itself() -> None:
    release = protect([two_way([[1, 12, 15], [2, 9, 20]])])
    assert {"h=1", "h=1|v=a", "h=1|v=b"} <= hidden(release)


def test_the_total_is_always_shown() -> None:
    release = protect([row(2, 3)])
    assert release["t_v"][TOTAL].value == 5
    assert hidden(release) == {"v=a", "v=b"}


def test_a_multiple_choice_hides_a_small_count_alone() -> None:
    """Options of a multiple choice do not add up, so nothing gives the count away."""
    tally = one_way("v", {"a": 3, "b": 20, "c": 37}, base=40, multiple=True)
    assert hidden(protect([tally])) == {"v=a", "v=c"}  # 37 of 40: three did not


def test_those_who_answered_but_did_not_tick() -> None:
    """50 asked, 12 left it blank, 35 of the other 38 ticked: three did not."""
    counts = {"a": 35, "b": 20, "tyhja": 12}
    tally = one_way("v", counts, base=50, multiple=True, missing=("tyhja",))
    assert "v=a" in hidden(protect([tally]))
    assert "v=a" not in hidden(protect([one_way("v", {**counts, "a": 30}, base=50, multiple=True, missing=("tyhja",))]))


@pytest.mark.parametrize(("sensitivity", "told"), [("health", False), ("violence", False), ("", True), ("text", True)])
def test_that_everybody_has_something_sensitive_is_not_told(sensitivity: str, told: bool) -> None:
    tally = one_way("v", {"a": 30, "b": 0}, base=30, multiple=True, sensitivity=sensitivity)
    assert hidden(protect([tally])) == (set() if told else {"v=a"})


def test_that_everybody_was_not_asked_is_told() -> None:
    traits = {"multiple": True, "sensitivity": "health", "missing": ("ei_kysytty",)}
    tally = one_way("v", {"a": 0, "ei_kysytty": 30}, base=30, **traits)
    assert hidden(protect([tally])) == set()


def test_nobody_has_it_may_be_told_of_a_sensitive_thing() -> None:
    assert hidden(protect([one_way("v", {"a": 0, "b": 12}, base=30, multiple=True, sensitivity="health")])) == set()


@pytest.mark.parametrize(("young", "out"), [(22, 2), (25, 0), (20, 0)])
def test_the_difference_of_two_nested_bands_is_a_count_too(young: int, out: int) -> None:
    """20 are 18–24 and 22 are 18–30, so two are 25–30 though nobody lists them."""
    within = Link(((key(("fine", "18-24")), 1), (key(("coarse", "18-30")), -1)), "<=")
    fine = one_way("fine", {"18-24": 20, "25-": 80}, links=[within])
    coarse = one_way("coarse", {"18-30": young, "31-": 100 - young})
    assert len(hidden(protect([fine, coarse]))) == out


def test_the_difference_of_nested_levels_that_may_be_told_is_told() -> None:
    within = Link(((key(("fine", "18-24")), 1), (key(("coarse", "18-30")), -1)), "<=")
    fine = one_way("fine", {"18-24": 20, "25-": 80}, links=[within], open=("18-24", "25-"))
    assert hidden(protect([fine, one_way("coarse", {"18-30": 22, "31-": 78})])) == set()


def test_a_cell_in_two_tables_is_hidden_in_both() -> None:
    first, second = two_way([[3, 12], [14, 30]]), two_way([[3, 12], [14, 30]], names=("v", "h"))
    second = Tally(View("other", "profile", "v", first.view.rows), second.counts, second.links, second.variables,
                   first.account)  # fmt: skip
    release = protect([first, second])
    for one, cell in release["other"].cells.items():
        assert release["t_v_h"][one] == cell


def test_a_sum_across_two_tables_is_watched() -> None:
    """Table one lists a and b, table two says how many have a or b: 3 would be a subtraction."""
    first = one_way("v", {"a": 3, "b": 20, "c": 9}, base=60, multiple=True)
    either = one_way("w", {"ab": 23, "neither": 37})
    link = Link(((key(("v", "a")), 1), (key(("v", "b")), 1), (key(("w", "ab")), -1)))
    either = Tally(either.view, either.counts, (*either.links, link), either.variables, either.account)
    assert len(hidden(protect([first, either])) - {"v=a"}) >= 1


def test_no_number_must_be_able_to_be_more_than_all() -> None:
    """Eight people of one region: everybody knows that none of the counts is nine."""
    first = one_way("v", {"a": 3, "b": 5}, sensitivity="health", role="region")
    assert hidden(protect([first])) == {"v=a", "v=b"}


def test_a_number_that_nothing_can_cover_is_refused() -> None:
    """The link fixes a at three whatever is hidden."""
    three = Link(((key(("v", "a")), 20), (TOTAL, -1)))
    with pytest.raises(WallError) as caught:
        protect([one_way("v", {"a": 3, "b": 20, "c": 37}, base=60, links=[three])])
    assert caught.value.key == "protect.impossible"


# --- capacity: two sums that share cells ----------------------------------------------------------------------


def test_a_zero_that_cannot_fall_is_no_cover() -> None:
    """The square of inner cells around 3 would leave 4 impossible, as the zero beside it cannot fall."""
    assert hidden(protect([two_way([[3, 0], [9, 30]])])) == {"h=1|v=a", "h=1|v=b", "v=a", "v=b"}


def bound() -> list[Tally]:
    """25 have a or b, three have a and 22 have b: with b and 25 shown, a cannot be below three."""
    either = Link(((key(("w", "c")), 1), (key(("v", "a")), -1), (key(("v", "b")), -1)), "<=")
    first = one_way("v", {"a": 3, "b": 22}, base=60, multiple=True, links=[either])
    return [first, one_way("w", {"c": 25, "d": 35})]


def test_an_inequality_closes_a_number_and_another_cell_opens_it() -> None:
    assert hidden(protect(bound())) == {"v=a", "v=b"}


def halves(c: int) -> Tally:
    """b is twice a and c: two of a and four of b, where only whole people count."""
    twice = Link(((key(("v", "a")), 2), (key(("v", "c")), 1), (key(("v", "b")), -1)))
    return one_way("v", {"a": 2, "b": 4 + c, "c": c}, base=60, multiple=True, links=[twice])


def test_half_a_person_opens_nothing() -> None:
    """With c = 0 shown b would be even; sums of fractions would call three possible."""
    assert hidden(protect([halves(0)])) == {"v=a", "v=b", "v=c"}


def test_where_only_even_counts_are_possible_the_report_is_refused() -> None:
    twice = Link(((key(("v", "a")), 2), (key(("v", "b")), -1)))
    with pytest.raises(WallError) as caught:
        protect([one_way("v", {"a": 2, "b": 4}, base=60, multiple=True, links=[twice])])
    assert caught.value.key == "protect.impossible"


def test_after_some_rounds_what_is_hidden_stays_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rakelab.protect.solve.PATIENCE", 0)
    assert hidden(protect(bound())) == {"v=a", "v=b"}


def test_an_end_without_a_safe_choice_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rakelab.protect.solve.ROUNDS", 1)
    with pytest.raises(WallError):
        protect(bound())


def test_two_reports_in_one_keep_apart() -> None:
    """What has been seen to be possible in one corner need not be looked for again when another is chosen anew."""
    apart = one_way("u", {"a": 3, "b": 20, "c": 37})
    both = hidden(protect([*bound(), apart]))
    assert both == {"v=a", "v=b"} | hidden(protect([apart]))
    assert len(both) == 4


def test_inner_cells_are_hidden_rather_than_margins() -> None:
    """A total over the years tells more than one year."""
    assert hidden(protect([two_way([[4, 20], [20, 20]])])) == {"h=1|v=a", "h=1|v=b", "h=2|v=a", "h=2|v=b"}


def test_a_hidden_group_of_a_multiple_choice_hides_cells_that_no_sum_ties() -> None:
    group, rest = key(("h", "1")), key(("h", "2"))
    rows = tuple(key(("v", level)) for level in "ab")
    counts = {TOTAL: 60, group: 3, rest: 57, rows[0]: 30, rows[1]: 20}
    counts |= {join(rows[0], group): 0, join(rows[1], group): 0, join(rows[0], rest): 30, join(rows[1], rest): 20}
    links = (adds_up("h", "12"),)
    variables = {"v": variable("ab", multiple=True), "h": variable("12")}
    tally = Tally(View("t", "needs", "v", rows, (group, rest)), counts, links, variables, account(60))
    assert hidden(protect([tally])) == {"h=1", "h=2", *(f"h={h}|v={v}" for h in "12" for v in "ab")}


def test_a_cover_that_is_too_small_gets_another() -> None:
    """Health in a municipality must be able to be nine: three small ones are eight together."""
    traits = {"sensitivity": "health", "role": "region"}
    release = protect([one_way("v", {"a": 2, "b": 11, "c": 12, "d": 40, "e": 10}, **traits)])
    assert len(hidden(release)) == 2
    release = protect([one_way("v", {"a": 2, "b": 3, "c": 3, "d": 40, "e": 10}, **traits)])
    assert len(hidden(release)) == 4


def test_an_inequality_binds() -> None:
    """Six have a, eight have c and a is a part of c: two have c alone."""
    within = Link(((key(("v", "a")), 1), (key(("w", "c")), -1)), "<=")
    first = one_way("v", {"a": 6, "b": 20}, base=60, multiple=True, links=[within])
    second = one_way("w", {"c": 8, "d": 52})
    assert hidden(protect([first, second])) != set()


# --- what a choice must fulfil --------------------------------------------------------------------------------


def system(*tallies: Tally) -> System:
    return build(tallies, Policy(), variables_of(tallies))


def of_pattern() -> System:
    """24 of 46 have a, and those have one pattern of answers: it stands in no table."""
    plain, pattern = one_way("v", {"a": 24, "b": 22}), key(("kuvio", "1"))
    link = Link(((key(("v", "a")), 1), (pattern, -1)))
    return system(replace(plain, patterns={pattern: 24}, links=(*plain.links, link)))


def said(cuts: Iterable[Cut]) -> list[tuple[dict[int, float], float]]:
    return [(dict(zip(cut.cells.tolist(), cut.gains.tolist(), strict=True)), cut.need) for cut in cuts]


def test_never_one_hole_alone_in_a_sum() -> None:
    rows = _start(system(row(3, 8, 20))).toarray().tolist()
    assert sorted(rows) == [[0, -1, 1, 1], [0, 1, -1, 1], [0, 1, 1, -1]]


def test_a_pattern_is_hole_enough() -> None:
    """Of the two sums one has a pattern in it."""
    assert sorted(_start(of_pattern()).toarray().tolist()) == [[0, -1, 1, 0], [0, 1, -1, 0]]


def test_nothing_is_shown_in_a_column_whose_base_is_hidden() -> None:
    made = system(two_way([[9, 15], [7, 15]]))
    within, eye = _start(made).toarray()[-4:], np.eye(len(made.keys))
    assert within.tolist() == [(eye[cell] - eye[base]).tolist() for cell, base in made.within]


def test_a_cut_is_broken_by_what_falls_short() -> None:
    cut, only_a = Cut(np.array([1, 2]), np.array([3.0, 2.0]), 3.5), np.array([False, True, False, False])
    assert cut.broken_by(only_a)
    assert not cut.broken_by(np.array([False, True, True, False]))
    assert not replace(cut, need=3.0 + 1e-9).broken_by(only_a)


def test_each_cell_helps_as_far_as_it_can_go() -> None:
    """Three of 31 can rise by 28, eight can fall by eight; what has no gain helps nothing."""
    made, cells = system(row(3, 8, 20)), np.array([1, 2, 3])
    assert said(_demand(made, cells, np.array([1.0, -1.0, 0.0]), 10)) == [({1: 10, 2: 8}, 10)]
    assert said(_demand(made, cells, np.array([0.5, -0.5, 0.0]), 30)) == [({1: 14, 2: 4}, 30)]
    assert said(_demand(made, cells, np.array([1.0, -0.125, 0.0]), 1)) == [({1: 1, 2: 1}, 1)]
    assert said(_demand(made, cells, np.array([1.0, 1.0, 1.0]), 0)) == []


def test_a_listed_kind_of_missing_cannot_fall_to_nought() -> None:
    made = system(one_way("v", {"a": 23, "tyhja": 8}, missing=("tyhja",)))
    assert said(_demand(made, np.array([made.index[key(("v", "tyhja"))]]), np.array([-1.0]), 30)) == [({2: 7}, 30)]


@pytest.mark.parametrize(("need", "left"), [(30, [({1: 6}, 6)]), (25, [({1: 1}, 1)]), (24, []), (20, [])])
def test_what_patterns_have_room_for_is_there_anyway(need: int, left: list[tuple[dict[int, float], float]]) -> None:
    assert said(_demand(of_pattern(), np.array([1, 3]), np.array([-1.0, -1.0]), need)) == left


def test_the_total_is_never_hidden() -> None:
    made = system(row(3, 8, 20))
    with pytest.raises(WallError):
        _fewest(made, made.primary, _start(made), [Cut(np.array([0]), np.ones(1), 1.0)])


def test_the_fewest_are_hidden_though_more_would_do() -> None:
    made = system(row(3, 8, 20, 30, 40))
    assert _fewest(made, made.primary, _start(made), []).sum() == 2
    assert _fewest(made, made.primary, _start(made), [Cut(np.array([2, 3, 4, 5]), np.ones(4), 2.0)]).sum() == 3


def test_the_fewest_are_looked_for_to_the_end() -> None:
    """Whichever six they are: a choice of fifteen is good enough where a gap is allowed."""
    made = system(two_way([[5, 7], [5, 24], [26, 17], [1, 2], [9, 12]]))
    assert _fewest(made, made.primary, _start(made), list(_single_sums(made))).sum() == 6


def test_what_each_sum_alone_demands() -> None:
    """One must rise to four, by what two can fall and others too; three can fall to one if others rise."""
    one, rest = said(_single_sums(system(row(1, 2, 20, 20))))[:2]
    assert (one, rest) == (({1: 1}, 1), ({2: 2, 3: 3, 4: 3}, 3))
    assert said(_single_sums(system(row(3, 8, 20)))) == [
        ({1: 1}, 1), ({2: 1, 3: 1}, 1), ({0: 2, 2: 2, 3: 2}, 2),
    ]  # fmt: skip


def closed_to(made: System, names: str, value: int) -> tuple[Audit, Closed]:
    """The first guarded number cannot have ``value`` where these levels of v are hidden."""
    holes = np.array([made.index[key(("v", name))] for name in names])
    audit = Audit(made, holes, Witnesses(made))
    return audit, Closed(0, value, audit._farthest(0, up=value > audit.truth[0]))


@pytest.mark.parametrize(("value", "need"), [(1, 2), (4, 1)])
def test_a_sum_that_closes_a_count_asks_for_another_hole_in_it(value: int, need: int) -> None:
    """Three of 31 alone: to fall by two another must rise by two (the total would have to fall)."""
    (cut,) = said(_capacity(*closed_to(system(row(3, 8, 20)), "a", value)))
    assert {cell: gain for cell, gain in cut[0].items() if cell} == {2: need, 3: need}
    assert cut[1] == need


def test_room_that_an_inequality_leaves_is_reckoned_with() -> None:
    """25 have a or b, 24 have c: a can fall by one as it is; one more takes more of b or fewer of c."""
    either = Link(((key(("w", "c")), 1), (key(("v", "a")), -1), (key(("v", "b")), -1)), "<=")
    first = one_way("v", {"a": 3, "b": 22}, base=60, multiple=True, links=[either])
    made = system(first, one_way("w", {"c": 24, "d": 36}))
    b, c = made.index[key(("v", "b"))], made.index[key(("w", "c"))]
    assert said(_capacity(*closed_to(made, "a", 1))) == [({b: 1, c: 1}, 1)]


def test_where_no_sum_says_why_one_more_of_those_that_sums_tie_is_hidden() -> None:
    """Any number of sums ties; the total does not, nor is it hidden."""
    crossed, apart = two_way([[4, 20], [20, 20]]), one_way("w", {"a": 30, "b": 34})
    made = system(crossed, apart)
    inner = key(("h", "1"), ("v", "a"))
    audit = Audit(made, np.array([made.index[inner]]), Witnesses(made))
    (cut,) = said([_more(audit, 0)])
    assert {made.keys[i] for i in cut[0]} == set(crossed.counts) - {TOTAL, inner}
    assert (set(cut[0].values()), cut[1]) == ({1}, 1)


def test_a_rest_of_all_is_tied_to_what_its_count_is_tied_to() -> None:
    made = system(row(28, 0, 2), one_way("w", {"a": 15, "b": 15}))
    (rest,) = (g for g, guard in enumerate(made.guards) if len(guard.terms) == 2)
    (cut,) = said([_more(Audit(made, np.array([1]), Witnesses(made)), rest)])
    assert cut == ({2: 1, 3: 1}, 1)


def test_whole_people_that_no_sum_forbids_are_asked_for_by_one_more_hole() -> None:
    """Half a person would do in every sum."""
    made = system(halves(0))
    audit, closed = closed_to(made, "ab", 1)
    assert said([_cut(audit, replace(closed, guard=1))]) == [({3: 1}, 1)]


# --- determinism: nothing of the choice may be read backwards ------------------------------------------------


def mask(tally: Tally) -> frozenset[str]:
    return frozenset(hidden(protect([tally])))


def test_the_same_tables_are_hidden_alike() -> None:
    counts = [[3, 8, 20, 1], [12, 7, 0, 9], [15, 2, 6, 30]]
    assert len({mask(two_way(counts)) for _ in range(3)}) == 1


def test_which_equal_cover_is_hidden_does_not_depend_on_its_size() -> None:
    masks = {mask(row(3, *others)) for others in permutations((8, 12, 25, 40))}
    (only,) = masks
    assert len(only) == 2


@QUICK
@given(counts=st.lists(st.integers(5, 60), min_size=6, max_size=6), small=st.integers(1, 4))
def test_in_a_large_table_the_choice_depends_on_the_place_alone(counts: list[int], small: int) -> None:
    table = [[small + 5, *counts[:2]], [counts[2], small, counts[3]], [9, *counts[4:]]]
    reference = mask(two_way([[40, 40, 40], [40, 3, 40], [40, 40, 40]]))
    assert mask(two_way(table)) == reference


def test_the_order_of_tables_does_not_matter() -> None:
    tallies = [one_way(name, {"a": 3, "b": 20, "c": 37}) for name in ("u", "v", "w")]
    assert len({frozenset(hidden(protect(list(order)))) for order in permutations(tallies)}) == 1


# --- as few as possible, and safe, judged by trying everything ------------------------------------------------


def chosen(tally: Tally) -> dict:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rakelab.protect.weights.ZEROS", 0)  # those are hidden beside what it takes
        system = build([tally], Policy(), variables_of([tally]))
    return dict(zip(system.keys, zip(choose(system), system.weight, strict=True), strict=True))


def judged(small: Small, tally: Tally) -> None:
    """The choice is safe, and no safe choice costs less."""
    try:
        found = chosen(tally)
    except WallError:
        assert small.cheapest(lambda one: 1.0) is None
        return
    weight = {one: w for one, (_, w) in found.items()}
    mask = np.array([bool(found[one][0]) for one in small.cells])
    assert small.safe(mask)
    cost = sum(w for one, (is_hidden, w) in found.items() if is_hidden)
    assert cost == pytest.approx(small.cheapest(weight.__getitem__), abs=1e-2)


@QUICK
@example(counts=[1, 1, 4, 9])
@example(counts=[2, 3, 0, 0])
@given(counts=st.lists(st.integers(0, 9), min_size=2, max_size=4))
def test_a_row_is_hidden_safely_and_sparingly(counts: list[int]) -> None:
    assume(sum(counts) >= 5)
    judged(one_row(counts), row(*counts))


@QUICK
@example(counts=[3, 9, 0, 8])
@example(counts=[4, 9, 8, 0])
@given(counts=st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_a_square_is_hidden_safely_and_sparingly(counts: list[int]) -> None:
    assume(sum(counts) >= 5)
    table = [counts[:2], counts[2:]]
    judged(grid(table), two_way(table))


@settings(max_examples=6, deadline=None, derandomize=True)
@example(counts=[1, 5, 0, 5, 1, 5])
@given(counts=st.lists(st.integers(0, 5), min_size=6, max_size=6))
def test_a_wider_table_is_hidden_safely_and_sparingly(counts: list[int]) -> None:
    assume(5 <= sum(counts) <= 17)
    table = [counts[:3], counts[3:]]
    judged(grid(table), two_way(table))


def test_the_judge_knows_what_is_safe() -> None:
    small = one_row([3, 8, 20])
    assert not small.safe(np.array([False, True, False, False]))
    assert small.safe(np.array([False, True, True, False]))
    assert len(list(small.safe_choices())) == 3
    assert sorted(compositions(2, 2)) == [(0, 2), (1, 1), (2, 0)]


def test_the_judge_refuses_a_group_with_a_hidden_base() -> None:
    small = grid([[3, 9], [12, 30]])
    mask = np.ones(len(small.cells), dtype=bool)
    mask[0] = False
    assert small.safe(mask)
    mask[small.cells.index(key(("h", "1"), ("v", "a")))] = False
    assert not small.safe(mask)


def test_names_of_the_judge_and_of_the_tally_are_the_same() -> None:
    counts = [[3, 9, 1], [12, 30, 2]]
    small, tally = grid(counts), two_way(counts)
    assert dict(zip(small.cells, small.counts.tolist(), strict=True)) == tally.counts
    assert {(small.cells[c], small.cells[b]) for c, b in small.bases} >= set(tally.view.cells())


def test_bases_of_one_cell_are_all_guarded() -> None:
    """A cell that stands in two tables with two bases is guarded in both: 20 of 22 in the group, 20 of 60 of all."""
    inner, group = key(("h", "1"), ("v", "a")), key(("h", "1"))
    first = two_way([[20, 9], [2, 29]])
    assert inner == join(key(("v", "a")), group)
    assert "h=1|v=a" in hidden(protect([first]))
