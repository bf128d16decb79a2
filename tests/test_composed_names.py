"""Every composed name is made in one room; made, then read, it gives its parts."""

import ast
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from rakelab import names

WORDS = st.from_regex(r"[a-zåäö][a-zåäö0-9_]{0,12}", fullmatch=True)
LEVELS = st.from_regex(r"[a-zåäö0-9_-]{1,8}", fullmatch=True)
PARTS = ("alku", "loppu", "muutos", "keskeyttaneet", "luokka", "alussa", "lopussa", "maara", "vastaus")
PAIRS = st.lists(st.tuples(WORDS, LEVELS), max_size=4)


@given(WORDS, st.sampled_from(PARTS))
def test_a_variable_made_of_another_tells_which(name: str, part: str) -> None:
    made = names.made_of(name, part)
    assert names.source_of(made, part) == name
    assert names.is_reserved(made)
    others = {names.source_of(made, other) for other in PARTS if other != part}
    assert others == {""}


def test_what_is_not_made_so_has_no_source() -> None:
    assert [names.source_of(name, "muutos") for name in ("muutos", "ika", "_muutos", "muutos_alku")] == [""] * 4


@given(WORDS, LEVELS)
def test_a_column_tells_its_variable_and_option(variable: str, option: str) -> None:
    assert names.column_parts(names.option_column(variable, option)) == (variable, option)
    assert names.column_parts(variable) == (variable, "")


@given(st.lists(LEVELS, min_size=1, max_size=4))
def test_a_joined_level_tells_its_parts(levels: list[str]) -> None:
    assert names.parts_of(names.joined(levels)) == tuple(levels)


@given(WORDS, LEVELS, LEVELS)
def test_a_pair_of_options_tells_them(variable: str, first: str, second: str) -> None:
    of, pair = names.column_parts(names.pair_name(variable, first, second))
    assert (of, names.parts_of(pair)) == (variable, (first, second))


@given(WORDS, LEVELS)
def test_everybody_else_twice_is_the_same_people(variable: str, level: str) -> None:
    other = names.other_than((variable, level))
    assert names.is_other(other[1])
    assert not names.is_other(level)
    assert names.other_than(other) == (variable, level)


@given(PAIRS, PAIRS)
def test_a_key_is_one_however_it_is_put_together(some: list[tuple[str, str]], more: list[tuple[str, str]]) -> None:
    pairs = dict.fromkeys([*some, *more])
    assert names.join(names.key(*some), names.key(*more)) == names.join(names.key(*reversed(pairs)))


@given(PAIRS, PAIRS)
def test_the_names_of_different_keys_differ(some: list[tuple[str, str]], more: list[tuple[str, str]]) -> None:
    one, other = names.key(*some), names.key(*more)
    assert (names.name_of(one) == names.name_of(other)) == (one == other)


@given(WORDS, WORDS)
def test_a_coded_text_is_called_after_its_field(field: str, part: str) -> None:
    assert names.coded_name(f"{field}_teksti", part) == f"{field}_{part}"
    assert names.source_of(names.coded_name(field, part), part) == names.source_of(field, "teksti") or field


def test_patterns_and_rests_are_no_options_of_anybody() -> None:
    assert names.pattern_key("tuki", (True, False), "2") == (("tuki:kuvio", "10/2"),)
    assert names.rest_key("tuki", 0, 3) == (("tuki:muita", "0-3"),)


def test_no_other_room_takes_a_name_apart_or_puts_one_together() -> None:
    """A part (``_muutos``, ``:tila``) is spelled in no other file, but for words of a notebook's own language."""
    parts = {f"_{part}" for part in PARTS} | {":tila", ":kuvio", ":muita", "molemmat", "vain_1", "vain_2"}
    package = Path(names.__file__).parent
    found = [
        (path.relative_to(package).as_posix(), node.value)
        for path in package.rglob("*.py")
        if path.name != "names.py" and "demo" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in parts
    ]
    assert found == []
