"""Texts of people: passages and rows of a register, inside the wall and after somebody has answered for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rakelab.cell import TOKEN, Cell


@dataclass(frozen=True, repr=False)
class Excerpt:
    """A passage of free text, inside the wall. ``about``, what it is put under: ``<codebook>/<variable>=<level>``."""

    row: int
    text: str
    about: str = ""

    def __repr__(self) -> str:
        return f"<Excerpt of row {self.row}: not released>"


@dataclass(frozen=True)
class Quote:
    """A passage that somebody answers for. Only ``protect.release_quotes`` and the archive make it."""

    text: str
    about: str
    approved_by: str
    date: str
    token: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.token is not TOKEN:
            raise TypeError("Quote is made by release_quotes() only")


@dataclass(frozen=True)
class Filled:
    """A value taken from released results, and the releases it comes from: folder and title of each."""

    value: Cell
    sources: tuple[tuple[str, Mapping[str, str]], ...] = ()


@dataclass(frozen=True, repr=False)
class Record:
    """One row of a register of public texts (a plan), inside the wall: ``cells`` are texts by their field's role."""

    row: int
    cells: Mapping[str, str]
    filled: Filled | None = None

    def __repr__(self) -> str:
        return f"<Record of row {self.row}: not released>"


@dataclass(frozen=True)
class Entry:
    """A row of a register that somebody answers for. Only ``protect.release_register`` and the archive make it."""

    cells: Mapping[str, str]
    approved_by: str
    date: str
    filled: Filled | None = None
    token: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.token is not TOKEN:
            raise TypeError("Entry is made by release_register() only")
