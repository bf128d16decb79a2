"""Sums that are known in one place are known in every place, and only there."""

import importlib
import pkgutil
from dataclasses import is_dataclass, replace

import pytest
from spec import adds_up, one_way, two_way, variable

from rakelab import protect
from rakelab.cells import TOTAL, Key, Link, key, name_of
from rakelab.errors import WallError
from rakelab.protect import Policy
from rakelab.protect.policy import variables_of
from rakelab.protect.system import System, _Presence, build, expand
from rakelab.protect.weights import weights

A, B, C = (key(("v", level)) for level in "abc")


def at(one: Key, *more: tuple[str, str]) -> Key:
    return key(*one, *more)


def written(relations: object) -> set[str]:
    return {" ".join(f"{n:+d} {name_of(one)}" for one, n in r.terms) + f" {r.relation} 0" for r in relations}  # type: ignore[attr-defined]


def system(*tallies: object) -> System:
    return build(tallies, Policy(), variables_of(tallies))  # type: ignore[arg-type]


def test_a_sum_holds_in_the_total_and_in_every_group() -> None:
    keys = [TOTAL, A, B, *(at(one, ("h", "1")) for one in (TOTAL, A, B))]
    assert written(expand([adds_up("v", "ab")], keys)) == {
        "+1 v=a +1 v=b -1 * == 0",
        "+1 h=1|v=a +1 h=1|v=b -1 h=1 == 0",
    }


def test_a_sum_with_a_cell_that_is_not_published_says_nothing() -> None:
    assert list(expand([adds_up("v", "abc")], [TOTAL, A, B])) == []
    assert list(expand([adds_up("v", "ab")], [A, B, at(A, ("h", "1")), at(B, ("h", "1"))])) == []


def test_a_sum_of_a_variable_is_not_asked_within_that_variable() -> None:
    """A person has one level of v: among those with v=a the levels of v do not add up to anything new."""
    one = Link(((key(("w", "x")), 1), (B, -1)), "<=")
    assert written(expand([one], [A, B, key(("w", "x")), at(A, ("w", "x"))])) == {"+1 w=x -1 v=b <= 0"}


def test_the_same_sum_from_two_tables_counts_once() -> None:
    turned = Link(((B, 1), (A, 1), (TOTAL, -1)))
    assert len(list(expand([adds_up("v", "ab"), turned], [TOTAL, A, B]))) == 1


def test_a_link_of_crossed_keys_stays_where_it_is() -> None:
    crossed = Link(((at(A, ("w", "x")), 1), (A, -1)), "<=")
    keys = [TOTAL, A, at(A, ("w", "x")), at(A, ("h", "1")), at(A, ("h", "1"), ("w", "x"))]
    assert written(expand([crossed], keys)) == {"+1 v=a|w=x -1 v=a <= 0", "+1 h=1|v=a|w=x -1 h=1|v=a <= 0"}


def test_order_of_links_does_not_matter() -> None:
    links = [adds_up("v", "ab"), Link(((A, 1), (B, -1)), "<=")]
    assert list(expand(links, [TOTAL, A, B])) == list(expand(reversed(links), [TOTAL, A, B]))


def test_guards_of_a_cell() -> None:
    """3 of 10: the count is small; 8 of 10: the rest is."""
    made = system(two_way([[3, 15], [7, 15]]))
    told = {tuple((name_of(made.keys[c]), n) for c, n in guard.terms) for guard in made.guards}
    assert told == {(("h=1|v=a", 1),), (("h=1", 1), ("h=1|v=b", -1))}
    assert {guard.limit for guard in made.guards} == {4}
    assert {name_of(made.keys[i]) for i in made.primary.nonzero()[0]} == {"h=1|v=a", "h=1|v=b"} - (
        set() if 10 - 7 < 5 else {"h=1|v=b"}
    )


def test_a_cell_with_its_base() -> None:
    made = system(two_way([[9, 15], [7, 15]]))
    pairs = {(name_of(made.keys[c]), name_of(made.keys[b])) for c, b in made.within}
    assert pairs == {(f"h={h}|v={v}", f"h={h}") for h in "12" for v in "ab"}


def test_matrix_reads_the_relations() -> None:
    made = system(two_way([[9, 15], [7, 15]]))
    assert (made.matrix @ made.counts == 0).all()
    assert made.matrix.shape == (len(made.relations), len(made.keys)) == (6, 9)
    assert made.equal.all()


def test_a_report_without_sums_has_an_empty_matrix() -> None:
    made = system(one_way("v", {"a": 9, "b": 8}, base=40, multiple=True))
    assert made.matrix.shape == (0, 3)
    assert made.relations == ()


def test_a_cell_shown_twice_costs_more() -> None:
    crossed = two_way([[9, 15], [7, 15]])
    once, twice = (
        {name_of(one): cost for one, cost in zip(made.keys, made.weight, strict=True)}
        for made in (system(crossed), system(crossed, one_way("v", {"a": 24, "b": 22})))
    )
    assert twice["v=a"] >= once["v=a"] + 1
    assert twice["h=1|v=a"] == once["h=1|v=a"]


def test_each_cell_of_one_table_costs_one_place() -> None:
    made = system(two_way([[9, 15], [7, 15]]))
    assert (made.weight == weights(dict.fromkeys(made.keys, 1), {}, b"synteettinen")).all()


def test_what_is_said_of_patterns_is_not_published() -> None:
    """Patterns of answers stand in no table: a sum of them tells nobody anything."""
    plain = one_way("v", {"a": 24, "b": 22})
    pattern = key(("kuvio", "1"))
    tied = replace(plain, patterns={pattern: 24}, links=(*plain.links, Link(((A, 1), (pattern, -1)))))
    made = system(tied)
    assert len(made.relations) == 2
    assert [set(one.terms) for one in made.known] == [{(A, 1), (B, 1), (TOTAL, -1)}]
    assert [name_of(one) for _, one in made.listed] == ["*", "v=a", "v=b"]


def test_one_key_cannot_have_two_counts() -> None:
    """Levels were merged between the counting of two tables: the same name means other people."""
    with pytest.raises(WallError) as caught:
        system(one_way("v", {"a": 24, "b": 22}), two_way([[9, 16], [6, 15]]))
    assert caught.value.sentence("en") == (
        "Table t_v_h has a number that is another in another table: levels were merged between the counts. "
        "Finish preparing the data first, then count all tables from them."
    )


def test_a_sum_that_does_not_hold_is_named_by_its_first_six_cells() -> None:
    plain = one_way("v", dict.fromkeys("abcdefgh", 5))
    with pytest.raises(WallError) as caught:
        system(replace(plain, counts={**plain.counts, A: 6}))
    assert caught.value.values["cells"] == "v=a, v=b, v=c, v=d, v=e, v=f"


def test_a_part_of_one_more_than_its_whole_is_no_report() -> None:
    within = Link(((A, 1), (key(("w", "x")), -1)), "<=")
    first = one_way("v", {"a": 21, "b": 39}, links=[within])
    assert system(first, one_way("w", {"x": 21, "y": 39})).guards == ()
    with pytest.raises(WallError):
        system(first, one_way("w", {"x": 20, "y": 40}))


def test_relations_are_plain() -> None:
    assert next(expand([adds_up("v", "a")], [TOTAL, A])) == Link(((A, 1), (TOTAL, -1)))


# --- what anybody knows since it is listed --------------------------------------------------------------------


def ranges(counts: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Guarded number → the least and the most that it must be able to be; ``-a`` is the rest of those with a."""
    made = system(one_way("v", counts, missing=("tyhja", "ei_tietoa")))
    named = {i: dict(one).get("v", "*") for i, one in enumerate(made.keys)}
    return {
        "".join("" if named[i] == "*" else ("-" if n < 0 else "") + named[i] for i, n in guard.terms):
            (guard.least, guard.limit)
        for guard in made.guards
    }  # fmt: skip


def test_a_rest_that_holds_two_listed_kinds_of_missing_is_two_at_least() -> None:
    found = ranges({"a": 30, "b": 2, "tyhja": 1, "ei_tietoa": 1})
    assert found["-a"] == (2, 4)
    assert found["b"] == found["tyhja"] == (1, 4)


def test_a_rest_of_one_kind_of_missing_is_one_at_least() -> None:
    assert ranges({"a": 30, "b": 2, "tyhja": 1})["-a"] == (1, 4)


def test_a_count_leaves_the_listed_kinds_of_missing_somebody() -> None:
    """Of five people two at least did not answer: everybody knows that nobody's count is four."""
    found = ranges({"a": 3, "tyhja": 1, "ei_tietoa": 1})
    assert found["a"] == (1, 3)
    assert found["tyhja"] == (1, 4)


def test_of_a_single_choice_only_small_counts_and_rests_are_guarded() -> None:
    assert ranges({"a": 35, "b": 3, "tyhja": 12}) == {"b": (1, 4)}


def test_who_is_not_of_a_listed_kind_leaves_that_kind_somebody() -> None:
    assert ranges({"a": 2, "tyhja": 2}) == {"a": (1, 3), "-a": (1, 4), "tyhja": (1, 4), "-tyhja": (1, 3)}


def test_a_kind_of_missing_that_nobody_has_holds_nobody() -> None:
    found = ranges({"a": 2, "tyhja": 2, "ei_tietoa": 0})
    assert (found["a"], found["-a"]) == ((1, 3), (1, 4))


def test_only_parts_that_share_nobody_and_are_all_leave_each_other_somebody() -> None:
    """Who has x may be of the kind b; those who have both are counted then."""
    other = key(("w", "x"))
    both = Link(((B, 1), (other, 1), (TOTAL, -1), (at(B, ("w", "x")), -1)), "<=")
    assert _Presence.of([both], {B}).others == {}
    assert _Presence.of([adds_up("v", "ab")], {B}).others == {A: 1, B: 0}


def test_of_one_and_one_missing_everybody_knows_both() -> None:
    assert ranges({"a": 1, "tyhja": 1})["a"] == (1, 1)


def test_what_is_beside_an_answer_of_several_is_one_at_least() -> None:
    made = system(one_way("v", {"a": 57, "b": 20}, base=60, multiple=True))
    assert [(guard.least, guard.limit) for guard in made.guards] == [(1, 4)]


def test_who_answered_and_did_not_tick_is_counted_without_every_kind_of_missing() -> None:
    """50 asked, 8 and 4 did not answer, 35 of the other 38 ticked a: three did not."""
    counts = {"a": 35, "b": 20, "tyhja": 8, "ei_tietoa": 4}
    made = system(one_way("v", counts, base=50, multiple=True, missing=("tyhja", "ei_tietoa")))
    named = {one: i for i, one in enumerate(made.keys)}
    beside = [named[key(("v", kind))] for kind in ("tyhja", "ei_tietoa")]
    assert [(dict(guard.terms), guard.limit) for guard in made.guards if len(guard.terms) > 1] == [
        ({named[TOTAL]: 1, named[A]: -1, **dict.fromkeys(beside, -1)}, 4)
    ]


def test_that_everybody_of_a_group_has_something_sensitive_is_guarded_though_it_be_one_person() -> None:
    for counts, guarded in (([[1, 15], [0, 15]], True), ([[0, 15], [0, 15]], False)):
        made = system(two_way(counts, row_traits={"sensitivity": "health"}))
        group = made.index[key(("h", "1"))]
        terms = ((group, 1), (made.index[at(A, ("h", "1"))], -1))
        assert (terms in {guard.terms for guard in made.guards}) == guarded


@pytest.mark.parametrize("wide", [21, 22])
def test_what_is_between_two_bands_is_one_at_least(wide: int) -> None:
    """Two kinds of missing are beside the narrower band, but not in the wider one."""
    within = Link(((A, 1), (key(("w", "x")), -1)), "<=")
    fine = {"a": 20, "b": 78, "tyhja": 1, "ei_tietoa": 1}
    first = one_way("v", fine, links=[within], missing=("tyhja", "ei_tietoa"))
    made = system(first, one_way("w", {"x": wide, "y": 100 - wide}))
    terms = ((made.index[key(("w", "x"))], 1), (made.index[A], -1))
    assert [(guard.least, guard.limit) for guard in made.guards if guard.terms == terms] == [(1, 4)]


def test_a_rest_of_four_can_be_all_four() -> None:
    assert ranges({"a": 2, "tyhja": 1, "ei_tietoa": 1})["-a"] == (2, 4)


def test_where_no_kind_of_missing_is_listed_a_count_can_be_everybody() -> None:
    assert ranges({"a": 2, "b": 2})["a"] == (1, 4)


def test_who_answered_is_no_rest_of_a_kind_of_missing() -> None:
    """Of several answers: 50 asked, three answered; that is told of the answers, not of the blanks."""
    counts = {"a": 3, "tyhja": 30, "ei_tietoa": 17}
    made = system(one_way("v", counts, base=50, multiple=True, missing=("tyhja", "ei_tietoa")))
    assert [tuple(name_of(made.keys[i]) for i, _ in guard.terms) for guard in made.guards] == [("v=a",)]


def test_a_kind_of_one_person_holds_somebody_and_a_kind_of_none_nobody() -> None:
    made = system(one_way("v", {"a": 40, "b": 20, "c": 0}, missing=("b", "c")))
    one = system(one_way("v", {"a": 40, "b": 1, "c": 0}, missing=("b", "c")))
    assert {name_of(made.keys[i]) for i in made.least.nonzero()[0]} == {"v=b"}
    assert {name_of(one.keys[i]): int(one.least[i]) for i in one.least.nonzero()[0]} == {"v=b": 1}


def test_kinds_years_and_joined_groups_that_are_listed_hold_somebody() -> None:
    words = {"v": variable("ab", missing=("b",)), "h": variable(["1", "2+3"]), "y": variable("7", role="period")}
    tallies = [one_way("v", {"a": 40, "b": 20}), one_way("h", {"1": 40, "2+3": 20}), one_way("y", {"7": 60})]
    made = system(*(replace(tally, variables={name: words[name] for name in tally.variables}) for tally in tallies))
    held = {name_of(one) for one, least in zip(made.keys, made.least, strict=True) if least}
    assert held == {"v=b", "h=2+3", "y=7"}
    (said,) = {(one.terms[0][1], one.relation, one.value) for one in made.known if len(one.terms) == 1}
    assert said == (-1, "<=", -1)
    assert {name_of(one.terms[0][0]) for one in made.known if len(one.terms) == 1} == held


def test_nothing_that_the_wall_reckons_with_can_be_altered_once_it_is_made() -> None:
    """But for the tables that an audit keeps."""
    modules = [importlib.import_module(f"rakelab.protect.{one.name}") for one in pkgutil.iter_modules(protect.__path__)]
    classes = [one for module in modules for one in vars(module).values() if isinstance(one, type)]
    open_ones = {one.__name__ for one in classes if is_dataclass(one) and not one.__dataclass_params__.frozen}
    assert open_ones == {"Witnesses"}
