"""Keys name people the same way everywhere; arithmetic with a hidden cell is hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spec import one_way, two_way

from rakelab.cells import HIDDEN, TOTAL, Cell, State, Tally, View, is_other, join, key, name_of, other_than, shown
from rakelab.protect import protect

MISSING, ZERO = Cell(State.MISSING), shown(0)
PAIRS = st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"))


@given(st.lists(PAIRS, max_size=4), st.randoms())
def test_a_key_is_the_same_in_any_order(pairs: list[tuple[str, str]], random: object) -> None:
    shuffled = list(pairs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert key(*shuffled) == key(*pairs)
    assert join(key(*pairs), key(*pairs)) == join(key(*pairs))


def test_joining_keys() -> None:
    assert join(key(("v", "a")), key(("h", "1"))) == (("h", "1"), ("v", "a"))
    assert join(key(("v", "a")), TOTAL) == key(("v", "a"))
    assert join() == TOTAL


def test_names_of_cells() -> None:
    assert name_of(key(("vuosi", "2020"), ("tuen_tarpeet", "talous"))) == "tuen_tarpeet=talous|vuosi=2020"
    assert name_of(TOTAL) == "*"


def test_everybody_else() -> None:
    assert other_than(("v", "a")) == ("v", "!a")
    assert other_than(("v", "!a")) == ("v", "a")
    assert [is_other(level) for level in ("a", "!a")] == [False, True]


def test_one_marker_for_every_hidden_cell() -> None:
    assert [str(one) for one in (HIDDEN, MISSING, ZERO, shown(41), shown(43.5), shown(1234567))] == [
        "··", "–", "0", "41", "43.5", "1234567",
    ]  # fmt: skip


def test_zero_has_a_state_of_its_own() -> None:
    assert (ZERO.state, ZERO.value, ZERO.known) == (State.ZERO, 0, True)
    assert shown(3).state is State.SHOWN
    assert shown(0.0).state is State.ZERO


def test_arithmetic_of_shown_cells() -> None:
    seven, two = shown(7), shown(2)
    assert [(seven + two).value, (seven - two).value, (seven * two).value, (seven / two).value] == [9, 5, 14, 3.5]
    assert [(seven + 2).value, (2 + seven).value, (3 * seven).value, (seven - 7).state] == [9, 9, 21, State.ZERO]
    assert sum([seven, two, ZERO], shown(0)) == shown(9)


@pytest.mark.parametrize("other", [HIDDEN, MISSING, ZERO, shown(5), 5])
def test_what_touches_a_hidden_cell_is_hidden(other: Cell | float) -> None:
    results = [HIDDEN + other, HIDDEN - other, HIDDEN * other, HIDDEN / other]
    if isinstance(other, Cell):
        results += [other + HIDDEN, other - HIDDEN, other * HIDDEN, other / HIDDEN]
    assert results == [HIDDEN] * len(results)
    assert all(one.value is None for one in results)


@pytest.mark.parametrize("other", [ZERO, shown(5), 5])
def test_what_touches_a_missing_cell_is_missing(other: Cell | float) -> None:
    assert [MISSING + other, MISSING - other, MISSING * other, MISSING / other] == [MISSING] * 4


def test_a_share_of_nobody_is_missing_not_an_error() -> None:
    assert [shown(3) / ZERO, ZERO / ZERO] == [MISSING] * 2


def test_cells_of_a_view() -> None:
    a, b, group = key(("v", "a")), key(("v", "b")), key(("h", "1"))
    view = View("t", "profile", "v", (a, b), (TOTAL, group), by="h")
    assert list(view.cells()) == [(a, TOTAL), (b, TOTAL), (join(a, group), group), (join(b, group), group)]


def test_a_page_of_hidden_cells_is_too_few() -> None:
    assert not protect([one_way("v", {"a": 3, "b": 8, "c": 20, "d": 0})])["t_v"].too_few  # two of four
    assert protect([one_way("v", {"a": 3, "b": 8, "c": 2})])["t_v"].too_few


def test_some_columns_of_a_table() -> None:
    table = protect([two_way([[9, 15], [7, 15]])])["t_v_h"]
    one = table.only(key(("h", "2")))
    assert one.view.columns == (key(("h", "2")),)
    assert one.cells == table.cells
    assert table.view.columns[0] == TOTAL


def test_words_of_a_level_and_of_everybody_else() -> None:
    table = protect([one_way("v", {"a": 9})])["t_v"]
    assert table.label(("v", "a"), "fi") == "w"
    assert table.label(("v", "!a"), "en") == "Other than: w"


def test_a_cell_of_a_table_by_its_key() -> None:
    table = protect([one_way("v", {"a": 9})])["t_v"]
    assert table[key(("v", "a"))] == shown(9)
    with pytest.raises(KeyError):
        table[key(("v", "z"))]


def test_representations_show_no_number_of_people() -> None:
    tally: Tally = one_way("v", {"a": 123456, "b": 654321})
    release = protect([tally])
    for thing in (tally, release, release["t_v"]):
        assert "123456" not in repr(thing)
        assert "654321" not in f"{thing}"
