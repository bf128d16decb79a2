"""The attacker itself: it must find every leak that a textbook knows, and accuse no safe release."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .attack import InconsistentError, Violation, attack, load, possible, violations
from .knowledge import span
from .numbers import decimals, wilson
from .textbook import grid, name, number, release

ONE = {"v": ("a", "b", "c")}
TWO = {"v": ("a", "b"), "y": ("1", "2")}


def row(a: int, b: int, c: int) -> dict[str, int]:
    return {"*": a + b + c, "v=a": a, "v=b": b, "v=c": c}


def test_two_hidden_cells_of_a_row_may_be_any_split() -> None:
    model = load(release(row(3, 8, 20), {"v=a", "v=b"}, ONE))
    assert possible(model, "v=a", range(1, 5)) == {1, 2, 3, 4}
    assert possible(model, "v=b", range(8, 14)) == {8, 9, 10, 11}


def test_one_hidden_cell_of_a_row_is_a_subtraction() -> None:
    truth = row(3, 8, 20)
    assert violations(release(truth, {"v=a"}, ONE), truth) == [Violation("v=a", "count", "", (1, 2, 4))]


def test_two_hidden_cells_with_a_small_sum_tell_a_limit() -> None:
    truth = row(1, 1, 20)
    found = violations(release(truth, {"v=a", "v=b"}, ONE), truth)
    counts = [Violation("v=a", "count", "", (3, 4)), Violation("v=b", "count", "", (3, 4))]
    assert found == [*counts, Violation("v=c", "rest", "*", (1, 3, 4))]


def test_a_protected_cell_that_is_shown_is_a_violation() -> None:
    truth = row(3, 8, 20)
    assert violations(release(truth, set(), ONE), truth) == [Violation("v=a", "count", "", (1, 2, 4))]


def test_a_square_of_hidden_cells_is_safe_and_three_of_them_are_not() -> None:
    truth = grid(TWO, [[3, 9], [12, 30]])
    square = {name({"v": v, "y": y}) for v in "ab" for y in "12"}
    assert violations(release(truth, square, TWO), truth) == []
    assert violations(release(truth, square - {"v=b|y=2"}, TWO), truth)


def test_a_square_with_a_zero_in_it_tells_a_limit() -> None:
    truth = grid(TWO, [[3, 9], [0, 30]])
    square = {name({"v": v, "y": y}) for v in "ab" for y in "12"}
    (found,) = [one for one in violations(release(truth, square, TWO), truth) if one.cell == "v=a|y=1"]
    assert found.values_excluded == (4,)


def test_differencing_of_years() -> None:
    levels = {"v": ("a",), "y": ("1", "2")}
    truth = {"*": 100, "y=1": 60, "y=2": 40, "v=a": 23, "v=a|y=1": 20, "v=a|y=2": 3}
    found = violations(release(truth, {"v=a|y=2"}, levels, multiple=["v"]), truth)
    assert found == [Violation("v=a|y=2", "count", "", (1, 2, 4))]
    assert violations(release(truth, {"v=a|y=2", "v=a|y=1"}, levels, multiple=["v"]), truth) == []


def test_the_rest_of_a_select_all_question() -> None:
    truth = {"*": 40, "v=a": 38}
    found = violations(release(truth, set(), {"v": ("a",)}, multiple=["v"]), truth)
    assert found == [Violation("v=a", "rest", "*", (1, 3, 4))]
    assert violations(release(truth, {"v=a"}, {"v": ("a",)}, multiple=["v"]), truth) == []


def test_a_whole_group_with_a_sensitive_answer() -> None:
    truth = {"*": 40, "v=a": 40}
    released = release(truth, set(), {"v": ("a",)}, multiple=["v"])
    assert violations(released, truth) == []
    released["variables"]["v"]["sensitivity"] = "health"
    assert violations(released, truth) == [Violation("v=a", "everybody", "*", (1, 2, 3, 4))]
    released = release(truth, {"v=a"}, {"v": ("a",)}, multiple=["v"])
    released["variables"]["v"]["sensitivity"] = "health"
    assert violations(released, truth) == []


def test_the_rest_of_a_hidden_group() -> None:
    levels = {"v": ("a",), "y": ("1", "2", "3")}
    truth = {"*": 100, "y=1": 6, "y=2": 4, "y=3": 90, "v=a": 44, "v=a|y=1": 4, "v=a|y=2": 0, "v=a|y=3": 40}
    hidden = {"y=1", "y=2", "v=a|y=1", "v=a|y=2"}
    assert violations(release(truth, hidden, levels, multiple=["v"]), truth) == []
    found = violations(release(truth, hidden - {"v=a|y=2"}, levels, multiple=["v"]), truth)
    assert {one.cell for one in found} == {"v=a|y=1"}


def test_a_percentage_of_a_hidden_count_tells_it() -> None:
    truth = row(3, 8, 20)
    released = release(truth, {"v=a", "v=b"}, ONE)
    released["numbers"] = [number("v=a", "*", "percent", 9.7)]
    kinds = {(one.cell, one.kind) for one in violations(released, truth)}
    assert kinds == {("v=a", "count"), ("v=a", "number")}


def test_a_percentage_of_a_hidden_base_tells_too_much() -> None:
    levels = {"v": ("a", "b"), "y": ("1", "2")}
    truth = grid(levels, [[3, 9], [8, 30]])
    hidden = {cell for cell in truth if cell != "*"}
    assert violations(release(truth, hidden, levels), truth) == []
    released = release(truth, hidden, levels)
    released["numbers"] = [number("v=a|y=1", "y=1", "percent", 27.27)]
    found = [one for one in violations(released, truth) if one.kind == "count"]
    assert found == [Violation("v=a|y=1", "count", "", (1, 2, 4))]


def test_an_interval_limit_of_a_hidden_count_tells_it() -> None:
    truth = row(3, 8, 20)
    released = release(truth, {"v=a", "v=b"}, ONE)
    released["numbers"] = [{**number("v=a", "*", "low", round(wilson(3, 31)[0], 1)), "base": 31}]
    assert Violation("v=a", "count", "", (1, 2, 4)) in violations(released, truth)


def test_a_base_shared_by_two_tables_is_one_unknown() -> None:
    levels = {"v": ("a",), "w": ("c", "d"), "y": ("1", "2")}
    truth = {"*": 50, "y=1": 10, "y=2": 40, "v=a": 20, "v=a|y=1": 3, "v=a|y=2": 17, "w=c": 30, "w=d": 20}
    truth |= {"w=c|y=1": 5, "w=d|y=1": 5, "w=c|y=2": 25, "w=d|y=2": 15}
    safe = release(truth, {"v=a|y=1", "v=a|y=2"}, levels, multiple=["v"])
    assert violations(safe, truth) == []
    safe["relations"] = [
        {"terms": [{"cell": "v=a|y=1", "coefficient": 1}, {"cell": "w=c|y=1", "coefficient": -1}], "relation": "<="}
    ]
    model = load(safe)
    assert possible(model, "v=a|y=1", range(11)) == set(range(6))


def age_release(mean: float, sd: float | None = None) -> tuple[dict, dict[str, int]]:  # type: ignore[type-arg]
    levels = {"ika": ("vastattu",), "ikaryhma": ("alle_18", "18-24", "25-64", "65-")}
    truth = {"*": 30, "ikaryhma=alle_18": 2, "ikaryhma=18-24": 4, "ikaryhma=25-64": 14, "ikaryhma=65-": 10}
    truth["ika=vastattu"] = 30
    released = release(truth, [cell for cell in truth if cell.startswith("ikaryhma")], levels)
    released["numbers"] = [number("ika=vastattu", "ika=vastattu", "mean", mean)]
    if sd:
        released["numbers"].append(number("ika=vastattu", "ika=vastattu", "sd", sd))
    return released, truth


def test_a_mean_bounds_its_bands() -> None:
    released, _ = age_release(70.0)
    assert possible(load(released), "ikaryhma=18-24", range(30)) == set(range(16))
    assert possible(load(released), "ikaryhma=65-", [12, 13]) == {12, 13}


def test_a_deviation_bounds_its_bands_further() -> None:
    released, _ = age_release(40.0, 3.0)
    assert possible(load(released), "ikaryhma=65-", range(3)) == {0}
    wide, _ = age_release(40.0, 19.0)
    assert possible(load(wide), "ikaryhma=65-", range(3)) == {0, 1, 2}


def test_overlapping_bands_of_one_age() -> None:
    levels = {"ikaryhma": ("18-24", "25-44", "45-"), "nuori": ("18-30", "31-")}
    truth = {"*": 60, "ikaryhma=18-24": 3, "ikaryhma=25-44": 20, "ikaryhma=45-": 37, "nuori=18-30": 9, "nuori=31-": 51}
    released = release(truth, {"ikaryhma=18-24", "ikaryhma=25-44"}, levels)
    assert possible(load(released), "ikaryhma=18-24", range(20)) == set(range(10))
    released = release({**truth, "nuori=18-30": 3, "nuori=31-": 57}, {"ikaryhma=18-24", "ikaryhma=25-44"}, levels)
    assert possible(load(released), "ikaryhma=18-24", range(20)) == set(range(4))


def test_how_many_ticks_bound_the_options() -> None:
    levels = {"v": ("a", "b"), "v_maara": ("0", "1", "2-"), "v:a+b": ("molemmat", "vain_1", "vain_2", "ei_kumpaakaan")}
    truth = {"*": 40, "v=a": 2, "v=b": 9, "v_maara=0": 30, "v_maara=1": 9, "v_maara=2-": 1}
    truth |= {"v:a+b=molemmat": 1, "v:a+b=vain_1": 1, "v:a+b=vain_2": 8, "v:a+b=ei_kumpaakaan": 30}
    hidden = {"v=a", "v_maara=1", "v_maara=2-", *(cell for cell in truth if "+" in cell)}
    model = load(release(truth, hidden, levels, multiple=["v"]))
    assert possible(model, "v=a", range(12)) == set(range(1, 11))
    assert possible(model, "v_maara=2-", range(12)) == set(range(10))


def test_a_released_contradiction_is_an_error() -> None:
    released = release({**row(3, 8, 20), "*": 30}, set(), ONE)
    with pytest.raises(InconsistentError, match="sum over v"):
        load(released)


def test_a_constraint_that_is_not_true_is_an_error() -> None:
    released = release(row(3, 8, 20), {"v=a", "v=b"}, ONE)
    with pytest.raises(InconsistentError, match="not true: sum over v"):
        violations(released, {**row(3, 8, 20), "v=b": 9})


@pytest.mark.parametrize(
    ("level", "ends"),
    [("18-24", (18, 24)), ("alle_18", (0, 17)), ("65-", (65, float("inf"))), ("ei_tietoa", None), ("3", (3, 3))],
)
def test_ends_of_a_band_come_from_its_name(level: str, ends: tuple[float, float] | None) -> None:
    assert span(level) == ends


def test_decimals_of_a_number_as_written() -> None:
    assert [decimals(value) for value in (9.7, 10.0, 12, 0.125, 1e-9)] == [1, 0, 0, 3, 9]


def brute(truth: dict[str, int], hidden: list[str]) -> dict[str, set[int]]:
    """Every value that each hidden inner cell of a 2 × 3 table can have, by trying all tables."""
    from itertools import product

    inner = [name({"v": v, "y": y}) for v in "ab" for y in "123"]
    seen: dict[str, set[int]] = {cell: set() for cell in hidden}
    for values in product(*(range(truth["*"] + 1) if cell in hidden else (truth[cell],) for cell in inner)):
        counts = [list(values[:3]), list(values[3:])]
        tried = grid({"v": "ab", "y": "123"}, counts)
        if all(tried[cell] == n for cell, n in truth.items() if cell not in hidden):
            for cell in hidden:
                seen[cell].add(tried[cell])
    return seen


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    counts=st.lists(st.integers(0, 3), min_size=6, max_size=6),
    places=st.sets(st.integers(0, 5), min_size=1, max_size=4),
)
def test_agrees_with_trying_every_table(counts: list[int], places: set[int]) -> None:
    levels = {"v": ("a", "b"), "y": ("1", "2", "3")}
    truth = grid(levels, [counts[:3], counts[3:]])
    inner = [name({"v": v, "y": y}) for v in "ab" for y in "123"]
    hidden = [inner[i] for i in sorted(places)]
    model = load(release(truth, hidden, levels))
    for cell, values in brute(truth, hidden).items():
        assert possible(model, cell, range(truth["*"] + 1)) == values


@settings(max_examples=25, deadline=None, derandomize=True)
@given(counts=st.lists(st.integers(0, 30), min_size=6, max_size=6), missed=st.integers(0, 5))
def test_showing_one_secondary_cell_of_a_row_is_noticed(counts: list[int], missed: int) -> None:
    levels = {"v": tuple("abcdef")}
    truth = {"*": sum(counts), **{f"v={v}": n for v, n in zip("abcdef", counts, strict=True)}}
    hidden = {cell for cell in truth if cell != "*"}
    shown = f"v={'abcdef'[missed]}"
    assert any(v.cell == shown for v in violations(release(truth, hidden - {shown}, levels), truth)) == (
        0 < truth[shown] < 5 or 0 < truth["*"] - truth[shown] < 5
    )


def test_verdict_counts_the_protected() -> None:
    truth = row(3, 8, 20)
    verdict = attack(release(truth, {"v=a", "v=b"}, ONE), truth)
    assert (verdict.protected, verdict.violations) == (1, ())
