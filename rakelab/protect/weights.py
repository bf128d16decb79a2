"""What hiding a cell costs, and the secret that settles which of several good covers is taken.

Whoever can run the rule again, on every table that agrees with a page, keeps those for which the same cells would be
hidden. So the costs are drawn from a secret that the page does not tell. They follow from the secret and the name of
the cell alone, never from a count: a report that is made again is the same, and one of a corrected file hides the same
cells where it can.
"""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

import numpy as np

from rakelab.cells import Key, Variable, name_of
from rakelab.errors import UsageError
from rakelab.protect.policy import is_open

#: Of invented people: their reports are the same everywhere.
PUBLISHED = b"synteettinen"
#: A cell costs up to so many times what a cell of its kind costs at least.
SPREAD = 3.0
#: That somebody did not answer is worth less to a reader than an answer.
MISSING = 0.6
#: So many of the crossings that count nobody are hidden all the same.
ZEROS = 0.05
_LENGTH = 32


def weights(places: Mapping[Key, int], variables: Mapping[str, Variable], secret: bytes) -> np.ndarray:
    """The cost of hiding each cell: the places it is shown in, times what the secret draws for its name. Kinds of
    missing cost less, totals over groups more, and counts that may be told however small are the last to be hidden."""
    return np.array([max(n, 1) * _drawn(one, variables, secret) + _kind(one, variables) for one, n in places.items()])


def hides_zero(one: Key, secret: bytes) -> bool:
    """Whether the secret hides this cell where it counts nobody: a few crossings of two variables, so that a reader
    who runs the rule again cannot tell a hidden cell from nought."""
    return len(one) > 1 and uniform(f"0 {name_of(one)}", secret) < ZEROS


def _drawn(one: Key, variables: Mapping[str, Variable], secret: bytes) -> float:
    missing = any(level in variables[name].missing for name, level in one if name in variables)
    return (MISSING if missing else 1.0) * (1 + (SPREAD - 1) * uniform(name_of(one), secret))


def uniform(name: str, secret: bytes) -> float:
    """A number from 0 to 1 that the secret draws for a name."""
    return int.from_bytes(blake2b(name.encode(), key=secret[:64], digest_size=8).digest()) / 2**64


def _kind(one: Key, variables: Mapping[str, Variable]) -> float:
    total = 2.0 if len(one) < 2 else 0.0
    return total + 0.05 * max(4 - len(one), 0) + 10.0 * any(is_open([pair], variables) for pair in one)


def secret_of(*, synthetic: bool) -> bytes:
    """The published secret for invented people, otherwise that of this county: RAKELAB_SECRET, or the file that was
    made at first use. Raises UsageError where it cannot be read or made."""
    if synthetic:
        return PUBLISHED
    given = os.environ.get("RAKELAB_SECRET", "")
    return given.encode() if given else _kept(home())


def home() -> Path:
    """Where the secret is kept: among the settings of whoever makes the reports, never beside a report."""
    settings = os.environ.get("XDG_CONFIG_HOME") or os.environ.get("APPDATA") or Path.home() / ".config"
    return Path(settings) / "rakelab" / "secret"


@cache
def _kept(path: Path) -> bytes:
    try:
        with suppress(FileExistsError):  # two processes at once: the first one's holds
            path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secrets.token_hex(_LENGTH).encode())
        found = path.read_bytes()
    except OSError:
        raise UsageError("protect.no_secret", file=path.name) from None
    if len(found) < _LENGTH:
        raise UsageError("protect.no_secret", file=path.name)
    return found
