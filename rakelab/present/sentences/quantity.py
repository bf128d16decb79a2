"""How means and their differences are written: as many decimals as were released, a sign where it is a change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor

from rakelab import estimate, i18n
from rakelab.cells import NOTHING, Cell, Key, Released, State, join, shown
from rakelab.present.sentences import wording
from rakelab.present.sentences.wording import MINUS, count, ends

MOST = 2
_LEAST = 1


def decimals(table: Released, cell_key: Key) -> int:
    """How many decimals a mean was released with; protection rounds it and its deviation alike."""
    mean = table.means.get(cell_key)
    return (
        max((_places(cell.number) for cell in (mean.mean, mean.sd) if cell.known), default=_LEAST) if mean else _LEAST
    )


def _places(value: float) -> int:
    return next((i for i in range(_LEAST, MOST) if abs(value - round(value, i)) < 1e-9), MOST)


def of_difference(table: Released, two: tuple[Key, Key], difference: Cell) -> int:
    """A difference is told as coarsely as the coarser of its means, which may look coarser than it was released."""
    return max(_places(difference.value or 0.0), min(decimals(table, cell_key) for cell_key in two))


def written(cell: Cell, lang: str, digits: int) -> str:
    """``3,4``, or the marker that stands in its place."""
    if not cell.known:
        return str(cell)
    minus = MINUS if i18n.rounded(cell.number, digits) < 0 else ""
    return minus + i18n.number(abs(cell.number), lang, digits)


def signed(cell: Cell, lang: str, digits: int) -> str:
    """``+0,7``, ``−0,2``, ``0,0``."""
    return ("+" if cell.known and i18n.rounded(cell.number, digits) > 0 else "") + written(cell, lang, digits)


def between(low: Cell, high: Cell, lang: str, digits: int) -> str:
    """``3,0–3,8``; with a minus somewhere ``−0,2 … 0,9``, because a dash would be read as a minus."""
    texts = (written(low, lang, digits), written(high, lang, digits))
    minus = any(text.startswith(MINUS) for text in texts)
    return ends(low, high, lambda: wording.between(*texts, lang) if minus else "–".join(texts))


def margin(low: Cell, high: Cell, lang: str, digits: int) -> str:
    """``−0,1 … +0,9``: the interval of a difference, with as many decimals as the difference. Written more coarsely
    than it was released, an interval gets no narrower."""
    start, end = (signed(cell, lang, digits) for cell in outwards(low, high, digits))
    return ends(low, high, lambda: wording.between(start, end, lang))


def outwards(low: Cell, high: Cell, digits: int) -> tuple[Cell, Cell]:
    if not (low.known and high.known):
        return low, high
    unit = 10**digits
    return shown(floor(round(low.number * unit, 6)) / unit), shown(ceil(round(high.number * unit, 6)) / unit)


@dataclass(frozen=True)
class WrittenMean:
    """A mean, its interval and its base, as they are written."""

    value: str
    interval: str
    base: str
    known: bool
    indicative: bool

    def n(self, lang: str) -> str:
        return i18n.text("present.n", lang, n=self.base)


def mean_of(table: Released, row: Key, column: Key, lang: str) -> WrittenMean:
    mean, digits = estimate.mean(table, column, row), decimals(table, join(row, column))
    interval = between(*outwards(mean.low, mean.high, digits), lang, digits)
    return WrittenMean(
        written(mean.mean, lang, digits), interval, count(mean.base, lang), mean.mean.known, mean.indicative
    )


#: What a p of 0.05 or more is told as: that it is below this.
_ANY_P = 1
_LEAST_ANY_P = 0.05


def p_class(cell: Cell, lang: str) -> str:
    """``< 0,001``, ``< 0,01``, ``< 0,05`` or ``≥ 0,05``: a p is released as the end of its class."""
    if not cell.known:
        return str(cell)
    if cell.number >= _ANY_P:
        return "≥\u202f" + i18n.number(_LEAST_ANY_P, lang, 2)
    return "<\u202f" + i18n.number(cell.number, lang, len(f"{cell.number:g}") - 2)


def people(table: Released, rows: Sequence[Key], column: Key, lang: str) -> str:
    """``n = 61``, or ``n = 58–61`` where the rows of a column have different bases."""
    bases = [table.cells[join(row, column)] for row in rows]
    known = sorted(cell.number for cell in bases if cell.known)
    if not known:
        return i18n.text("present.n", lang, n=str(bases[0] if bases else NOTHING))
    return i18n.text("present.n", lang, n="–".join(dict.fromkeys(count(shown(n), lang) for n in (known[0], known[-1]))))


def indicative(bases: Iterable[Cell]) -> bool:
    """Some base is so small that its mean is indicative only."""
    return any(cell.known and cell.number < estimate.INDICATIVE_BASE for cell in bases)


def statistic(table: Released, cell_key: Key, name: str) -> Cell:
    """A released number by the key of its base; missing where there is none."""
    return table.statistics.get((cell_key, name), NOTHING)


def days(cell: Cell, lang: str) -> str:
    """Whole days, or with a decimal where there is one."""
    return written(cell, lang, 0 if cell.value is None or float(cell.value).is_integer() else 1)


def day_range(low: Cell, high: Cell, lang: str) -> str:
    """``12–30``; ``12–`` where the data set no limit upwards."""
    if low.known and high.state is State.MISSING:
        return f"{days(low, lang)}–"
    return ends(low, high, lambda: f"{days(low, lang)}–{days(high, lang)}")
