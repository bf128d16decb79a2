"""How means and their differences are written: as many decimals as were released, a sign where it is a change."""

from collections.abc import Iterable, Sequence
from math import ceil, floor

from rakelab import i18n
from rakelab.cells import Cell, Key, Released, State, join, shown
from rakelab.estimate import INDICATIVE_BASE, MeanEstimate
from rakelab.present.sentences.wording import MINUS, count

MOST = 2
_LEAST = 1


def decimals(table: Released, one: Key) -> int:
    """How many decimals the mean of ``one`` was released with; protection rounds it and its deviation alike."""
    found = table.means.get(one)
    known = [cell.value for cell in (found.mean, found.sd) if cell.known and cell.value is not None] if found else []
    return max((_places(value) for value in known), default=_LEAST)


def _places(value: float) -> int:
    return next((i for i in range(_LEAST, MOST) if abs(value - round(value, i)) < 1e-9), MOST)


def of_difference(table: Released, two: tuple[Key, Key], difference: Cell) -> int:
    """A difference is told as coarsely as the coarser of its means, which may look coarser than it was released."""
    return max(_places(difference.value or 0.0), min(decimals(table, one) for one in two))


def written(cell: Cell, lang: str, digits: int) -> str:
    """``3,4``, or the marker that stands in its place."""
    if not cell.known or cell.value is None:
        return str(cell)
    minus = MINUS if i18n.rounded(cell.value, digits) < 0 else ""
    return minus + i18n.number(abs(cell.value), lang, digits)


def signed(cell: Cell, lang: str, digits: int) -> str:
    """``+0,7``, ``−0,2``, ``0,0``."""
    plus = "+" if cell.known and cell.value is not None and i18n.rounded(cell.value, digits) > 0 else ""
    return plus + written(cell, lang, digits)


def between(low: Cell, high: Cell, lang: str, digits: int) -> str:
    """``3,0–3,8``; with a minus somewhere ``−0,2 … 0,9``, because a dash would be read as a minus."""
    if not (low.known and high.known):
        return str(high if low.known else low)
    ends = [written(end, lang, digits) for end in (low, high)]
    if any(end.startswith(MINUS) for end in ends):
        return i18n.text("present.range", lang, low=ends[0], high=ends[1])
    return "–".join(ends)


def spread(low: Cell, high: Cell, lang: str, digits: int) -> str:
    """``−0,1 … +0,9``: the interval of a difference, with as many decimals as the difference."""
    if not (low.known and high.known):
        return str(high if low.known else low)
    ends = {"low": signed(low, lang, digits), "high": signed(high, lang, digits)}
    return i18n.text("present.range", lang, **ends)


def margin(low: Cell, high: Cell, lang: str, digits: int) -> str:
    """As ``spread``; written more coarsely than it was released, an interval gets no narrower."""
    return spread(*outwards(low, high, digits), lang, digits)


def outwards(low: Cell, high: Cell, digits: int) -> tuple[Cell, Cell]:
    if not (low.known and high.known):
        return low, high
    unit = 10**digits
    ends = floor(round((low.value or 0) * unit, 6)) / unit, ceil(round((high.value or 0) * unit, 6)) / unit
    return shown(ends[0]), shown(ends[1])


def mean_of(table: Released, one: Key, found: MeanEstimate, lang: str) -> tuple[str, str, str]:
    """The mean, its interval and its base, as they are written."""
    digits = decimals(table, one)
    interval = between(*outwards(found.low, found.high, digits), lang, digits)
    return written(found.mean, lang, digits), interval, count(found.base, lang)


#: What a p of 0.05 or more is told as: that it is below this.
_ANY_P = 1
_LEAST_ANY_P = 0.05


def p_class(cell: Cell, lang: str) -> str:
    """``< 0,001``, ``< 0,01``, ``< 0,05`` or ``≥ 0,05``: a p is released as the end of its class."""
    if not cell.known or cell.value is None:
        return str(cell)
    if cell.value >= _ANY_P:
        return "≥\u202f" + i18n.number(_LEAST_ANY_P, lang, 2)
    return "<\u202f" + i18n.number(cell.value, lang, len(f"{cell.value:g}") - 2)


def people(table: Released, rows: Sequence[Key], column: Key, lang: str) -> str:
    """``n = 61``, or ``n = 58–61`` where the rows of a column have different bases."""
    bases = [table.cells[join(row, column)] for row in rows]
    known = sorted(cell.value for cell in bases if cell.known and cell.value is not None)
    if not known:
        return i18n.text("present.n", lang, n=str(bases[0] if bases else Cell(State.MISSING)))
    ends = dict.fromkeys(count(shown(value), lang) for value in (known[0], known[-1]))
    return i18n.text("present.n", lang, n="–".join(ends))


def few(bases: Iterable[Cell]) -> bool:
    """Some base is so small that its mean is indicative only."""
    return any(cell.known and (cell.value or 0) < INDICATIVE_BASE for cell in bases)
