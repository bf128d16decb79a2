"""Every word of the code that a reader meets has its line in the glossary, and the field's words three languages."""

import inspect
import pkgutil
import re
from importlib import import_module
from pathlib import Path

import rakelab

LINES = [
    [part.strip() for part in line.strip("|").split("|")]
    for line in (Path(__file__).parents[1] / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ")
]
WORDS = {word for line in LINES for word in re.findall(r"`(\w+)`", " ".join(line))}
#: Modules that rooms share and that have no ``__init__`` to export by.
SHARED = ("cell", "cells", "codebook", "dataset", "errors", "fields", "population", "scales")


def exported(name: str) -> set[str]:
    """The public classes of a room that are rakelab's own."""
    room = import_module(f"rakelab.{name}")
    found = {one: getattr(room, one) for one in getattr(room, "__all__", [n for n in vars(room) if n[0] != "_"])}
    return {one for one, kind in found.items() if inspect.isclass(kind) and kind.__module__.startswith("rakelab")}


def test_each_class_that_a_room_exports_has_its_line() -> None:
    rooms = [one.name for one in pkgutil.iter_modules(rakelab.__path__) if one.ispkg]
    unknown = {(room, name) for room in (*rooms, *SHARED) for name in exported(room) if name not in WORDS}
    assert unknown == set()
    assert {"Indicator", "Policy"} <= set.union(*map(exported, rooms))


def test_no_line_is_of_a_class_that_is_gone() -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path(rakelab.__path__[0]).rglob("*.py")]
    classes = {name for source in sources for name in re.findall(r"^class (\w+)", source, re.M)}
    assert {word for word in WORDS if word[:1].isupper() and word not in classes} == set()


def test_the_words_of_the_field_stand_in_three_languages() -> None:
    field = [line for line in LINES if len(line) == 4]
    assert len(field) > 20
    assert [line for line in field if not all(line)] == []
