"""One open figure: shown, zero, withheld or missing, which are four things."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rakelab.opendata.fault import OpenDataError


class Standing(StrEnum):
    """What a place of an open table can be; never pooled. A row without a number is one that the producer withholds;
    where there is no row, nothing is known."""

    SHOWN = "shown"
    ZERO = "zero"
    WITHHELD = "withheld"
    MISSING = "missing"


@dataclass(frozen=True)
class Number:
    """A number as it was published, or the reason why there is none."""

    standing: Standing
    value: float | None = None


NOTHING = Number(Standing.MISSING)
#: How Finnish statistics write that there is no number: ".." not told, "." not applicable.
_SIGNS = {"": Standing.WITHHELD, "..": Standing.WITHHELD, ".": Standing.MISSING}
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]+)?")


def number(given: Any) -> Number:
    """A number, or a text with either decimal sign and with spaces between thousands. Raises OpenDataError for what is
    neither: two signs would have to be guessed."""
    if given is None:
        return Number(Standing.WITHHELD)
    text = re.sub(r"[\s\u00a0\u202f]", "", str(given)).replace("\u2212", "-")
    if text in _SIGNS:
        return Number(_SIGNS[text])
    if isinstance(given, bool) or not _NUMBER.fullmatch(text):
        raise OpenDataError("opendata.not_number")
    value = float(text.replace(",", "."))
    return Number(Standing.SHOWN, value) if value else Number(Standing.ZERO, 0.0)
