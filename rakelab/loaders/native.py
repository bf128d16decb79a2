"""Numbers, dates and truth values of a file that has them, as text that reads only one way."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

#: ``6.956`` in text may mean six thousand; a number that was a number gets a fourth decimal, so that it cannot.
_THREE_DECIMALS = re.compile(r"^-?\d{1,3}\.\d{3}$")


def cell_text(value: Any) -> str:
    """One native cell as text: 3.0 → ``3``, a date → ``2021-02-03``, True → ``true``, nothing → empty."""
    match value:
        case None | "":
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float() | Decimal():
            return _number(float(value))
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
    return str(value)


def _number(value: float) -> str:
    if value != value:  # not a number: nothing was there
        return ""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    written = format(Decimal(f"{value:.15g}"), "f")
    return written + "0" if _THREE_DECIMALS.match(written) else written


def _moment(value: datetime) -> str:
    if value != value:  # pandas' missing time
        return ""
    if value.time() == time():
        return value.date().isoformat()
    return value.strftime("%Y-%m-%dT%H:%M")
