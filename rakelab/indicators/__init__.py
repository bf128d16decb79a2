"""Named indicators, each a declared value with its own words: an ``Indicator`` in any module of this room is found.

``declaration`` says what an indicator is, ``measure`` is the only room that counts rows.
"""

from importlib import import_module
from pkgutil import iter_modules

from rakelab.indicators.declaration import OF_VARIABLE, Indicator, indicator, of


def _declared() -> dict[str, Indicator]:
    """Every indicator of the room, by the name it has in its module."""
    modules = [import_module(f"{__name__}.{module_info.name}") for module_info in iter_modules(__path__)]
    return {name: value for module in modules for name, value in vars(module).items() if isinstance(value, Indicator)}


KNOWN = _declared()


def __getattr__(name: str) -> Indicator:
    """``indicators.needs``: no module of the room is called as an indicator is."""
    if name not in KNOWN:
        raise AttributeError(name)
    return KNOWN[name]


from rakelab.indicators.sets import (  # noqa: E402
    beside_changes,
    changes,
    every_question,
    numbers,
    others,
    profiles,
    questions,
    statements,
)
