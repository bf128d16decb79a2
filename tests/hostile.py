"""Every way to spoil a JSON document: one value of it at a time, by something that should not stand there."""

import copy
from collections.abc import Iterator
from typing import Any

#: Other types, other numbers, texts with something in them.
STRANGE: tuple[Any, ...] = (
    None, True, -1, 0, 2, 1e300, 3.5, 10**30, "", "x", "../../x", "010190-900A", [], [[]], {}, {"x": {}}, [None],
    "\x1b[2J",
)  # fmt: skip


def spoilt(document: Any, *, every: int = 1) -> Iterator[tuple[str, Any]]:
    """(Place, the document with another value there): each value by each strange one, every so-manyth of them."""
    places = [place for place in _places(document) if place]
    tries = [(place, strange) for place in places for strange in STRANGE]
    for place, strange in tries[::every]:
        yield f"{'/'.join(map(str, place))} = {strange!r}", _with(document, place, strange)
    for place in places[::every]:
        yield f"{'/'.join(map(str, place))} left out", _without(document, place)


def _places(one: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield place
    inner = one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ()
    for name, value in inner:
        yield from _places(value, (*place, name))


def _with(document: Any, place: tuple[Any, ...], value: Any) -> Any:
    made = copy.deepcopy(document)
    _holder(made, place)[place[-1]] = value
    return made


def _without(document: Any, place: tuple[Any, ...]) -> Any:
    made = copy.deepcopy(document)
    del _holder(made, place)[place[-1]]
    return made


def _holder(document: Any, place: tuple[Any, ...]) -> Any:
    for name in place[:-1]:
        document = document[name]
    return document
