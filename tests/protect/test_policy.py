"""The rule itself: which threshold a cell has."""

from dataclasses import is_dataclass, replace
from importlib import import_module
from pkgutil import iter_modules

import pytest
from spec import one_way, two_way, variable

import rakelab.protect as protect_room
from rakelab.cells import TOTAL, Key, Variable, key
from rakelab.errors import UsageError
from rakelab.population import Trait
from rakelab.protect import Policy, protect
from rakelab.protect.policy import is_sensitive, variables_of

ROOMS = [one.name for one in iter_modules(protect_room.__path__)]
VARIABLES = {
    "kunta": variable("a", role="region"),
    "sairaudet": variable("b", sensitivity="health"),
    "vakivalta": variable("b", sensitivity="violence"),
    "rikos": variable("b", sensitivity="crime"),
    "avoin": variable("b", sensitivity="text"),
    "tarpeet": variable("b", threshold=7),
    "harvinaiset": variable("b", sensitivity="health", threshold=15),
    "vuosi": variable("y", role="period"),
}


@pytest.mark.parametrize(
    ("one", "threshold"),
    [
        (TOTAL, 5),
        (key(("kunta", "a")), 5),
        (key(("sairaudet", "b")), 5),
        (key(("sairaudet", "b"), ("kunta", "a")), 10),
        (key(("vakivalta", "b"), ("kunta", "a")), 10),
        (key(("rikos", "b"), ("kunta", "a")), 10),
        (key(("avoin", "b"), ("kunta", "a")), 5),
        (key(("sairaudet", "b"), ("vuosi", "y")), 5),
        (key(("sairaudet", "b"), ("vuosi", "y"), ("kunta", "a")), 10),
        (key(("tarpeet", "b")), 7),
        (key(("tarpeet", "b"), ("kunta", "a")), 7),
        (key(("harvinaiset", "b")), 15),
        (key(("harvinaiset", "b"), ("kunta", "a")), 15),
        (key(("tuntematon", "b")), 5),
    ],
)
def test_threshold_of_a_cell(one: Key, threshold: int) -> None:
    assert Policy().of(one, VARIABLES) == threshold


@pytest.mark.parametrize(
    ("known", "one", "threshold"),
    [
        ((), key(("sairaudet", "b")), 5),
        (("kunta",), TOTAL, 5),
        (("kunta",), key(("sairaudet", "b")), 10),
        (("kunta",), key(("sairaudet", "b"), ("vuosi", "y")), 10),
        (("kunta",), key(("tarpeet", "b")), 7),
        (("kunta",), key(("kunta", "a")), 5),
        (("vuosi",), key(("sairaudet", "b")), 5),
        (("vakivalta",), TOTAL, 5),
        (("vakivalta",), key(("kunta", "a")), 10),
        (("vakivalta",), key(("vuosi", "y")), 5),
        (("kunta", "vakivalta"), TOTAL, 10),
        (("kunta", "vakivalta"), key(("vuosi", "y")), 10),
        (("tarpeet",), TOTAL, 7),
        (("harvinaiset",), key(("vuosi", "y")), 15),
        (("avoin",), key(("kunta", "a")), 5),
    ],
)
def test_threshold_of_a_cell_of_people_who_are_known(known: tuple[str, ...], one: Key, threshold: int) -> None:
    traits = (VARIABLES[name] for name in known)
    population = frozenset(Trait("x", trait.sensitivity, trait.role, trait.threshold) for trait in traits)
    assert Policy().of(one, VARIABLES, population) == threshold


def test_a_raised_threshold_is_never_lowered_by_the_sensitive_one() -> None:
    assert Policy(threshold=12).of(key(("sairaudet", "b"), ("kunta", "a")), VARIABLES) == 12


def test_a_codebook_cannot_lower() -> None:
    low: dict[str, Variable] = {"v": variable("b", threshold=1)}
    assert Policy().of(key(("v", "b")), low) == 5


@pytest.mark.parametrize("arguments", [(2, 10), (5, 2), (0, 10), (-1, 10), (4.5, 10), ("5", 10), (True, 10), (5, 9.5)])
def test_nobody_goes_below_the_floor(arguments: tuple[object, object]) -> None:
    with pytest.raises(UsageError) as caught:
        Policy(*arguments)  # type: ignore[arg-type]
    assert caught.value.key == "protect.below_floor"


@pytest.mark.parametrize("name", ["", *ROOMS])
def test_nothing_of_the_wall_can_be_changed_once_it_is_made(name: str) -> None:
    """A policy of three cannot become one of two; what was seen to be possible is gathered, and may grow."""
    made = vars(import_module(f"rakelab.protect.{name}".rstrip("."))).values()
    own = [one for one in made if is_dataclass(one) and isinstance(one, type) and "protect" in one.__module__]
    assert {one.__name__ for one in own if not one.__dataclass_params__.frozen} <= {"Witnesses"}


def test_the_floor_in_words() -> None:
    with pytest.raises(UsageError) as caught:
        Policy(threshold=1)
    assert caught.value.sentence("en") == (
        "The threshold cannot be below 3. Small numbers cannot be revealed by a setting."
    )


def test_the_rule_in_plain_numbers() -> None:
    assert Policy().as_dict() == {"threshold": 5, "sensitive_threshold": 10, "floor": 3}
    assert Policy(threshold=20).as_dict()["sensitive_threshold"] == 20


def test_sensitive_kinds() -> None:
    found = {name for name, one in VARIABLES.items() if is_sensitive(one)}
    assert found == {"sairaudet", "vakivalta", "rikos", "harvinaiset"}


def test_variables_of_all_tables() -> None:
    assert set(variables_of([two_way([[5, 5]]), one_way("w", {"a": 1})])) == {"v", "h", "w"}


def test_a_threshold_of_three_shows_three_and_four() -> None:
    tally = one_way("v", {"a": 3, "b": 4, "c": 20})
    assert protect([tally], Policy(threshold=3))["t_v"].hidden == 0
    raised = replace(tally, variables={"v": replace(tally.variables["v"], threshold=5)})
    assert protect([raised], Policy(threshold=3))["t_v"].hidden == 2


def test_health_by_municipality_hides_nine() -> None:
    tally = two_way([[9, 30, 40], [51, 50, 60]], row_traits={"sensitivity": "health"}, column_traits={"role": "region"})
    release = protect([tally])
    assert str(release["t_v_h"][key(("h", "1"), ("v", "a"))]) == "··"
    assert release.thresholds[key(("h", "1"), ("v", "a"))] == 10
    assert release.thresholds[key(("h", "1"))] == 5
