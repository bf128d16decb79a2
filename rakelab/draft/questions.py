"""What one column asks: which kind of answers it has, judged by all of them together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from rakelab.codebook import Field
from rakelab.draft import words
from rakelab.draft.columns import Column, harmless
from rakelab.identifiers import CODES, find
from rakelab.loaders.dates import day
from rakelab.loaders.numbers import numbers
from rakelab.loaders.spelling import fold

#: Kinds of questions; ``drop`` is none.
DROP, CHOICE, LIST, NUMBER, DATE, TEXT, PERSON = "drop", "choice", "list", "number", "date", "text", "person"
#: More options than this are no list that anybody chose from; so many of the answers must be of those that may be written.
MOST_OPTIONS, COVERED = 100, 0.6
#: So large a part of a column may be written wrongly, and so few different texts of it repeat in a small file.
WRONG, REPEATED = 0.01, 0.5
#: Every row has its own: a number or name of the row.
UNIQUE, FEWEST = 0.98, 10
_RATINGS = ((1, 5), (0, 10), (1, 10), (1, 7))
#: A rating of so many steps or more is a number.
_STEPS = 7
_YEARS, _MOST_YEARS = range(1900, 2101), 20
#: A longer text is no name.
_LETTERS = 40
_ANY = Field("", NUMBER, {})


@dataclass(frozen=True, repr=False)
class Question:
    """What a codebook says of one question. ``options``: code → text in the file; ``whole``: its columns; ``parts``:
    option → its column; ``rest``: some answers are none of the options; ``asks``: what a human should look at."""

    kind: str
    title: str
    answered: np.ndarray
    whole: tuple[Column, ...] = ()
    parts: tuple[tuple[str, Column], ...] = ()
    options: tuple[str, ...] = ()
    rest: bool = False
    ordered: bool = False
    limits: tuple[int, int] | None = None
    whole_numbers: bool = False
    asks: tuple[str, ...] = ()
    applies: tuple[int, tuple[str, ...]] | None = None
    dropped: str = ""  # why
    spelt: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # option → how else it is written
    alone: frozenset[str] = frozenset()  # options that nobody ticked with others, and that say so

    @property
    def columns(self) -> tuple[Column, ...]:
        return (*self.whole, *(column for _, column in self.parts))


def question(column: Column, limit: int, lang: str) -> Question:
    """The question of a column by itself."""
    if why := _personal(column):
        return _of(DROP, column, dropped=why)
    if not column.given:
        return _of(DROP, column, dropped="empty")
    if not column.labelled:
        if made := _date(column) or _number(column, limit):
            return made
        if _own(column) and column.share(lambda text: len(text) <= _LETTERS and len(text.split()) < 4) > UNIQUE:
            return _of(DROP, column, dropped="id")
    return choice(column, limit, lang) or _of(TEXT, column)


def _of(kind: str, column: Column, **more: object) -> Question:
    return Question(kind, column.title, column.rows(), (column,), **more)  # type: ignore[arg-type]


def _personal(column: Column) -> str:
    """Why a column is not to be read: it tells who or when, by its heading or by most of its answers."""
    if words.is_of("person", column.title):
        return "person"
    if column.share(lambda text: find(text, CODES)) > REPEATED:
        return "person"
    if column.share(lambda text: len(text.split()) in (2, 3) and len(text) <= _LETTERS and not harmless(text)) > COVERED:
        return "person"
    named = words.is_of("name", column.title) and (_own(column) or column.share(lambda text: not harmless(text)) > 0.3)
    return "person" if named else ""


def _own(column: Column) -> bool:
    """Does nearly every row have an answer of its own?"""
    return len(column.given) >= UNIQUE * len(column.codes) and len(column.codes) >= FEWEST


def _wrong(column: Column, right: Iterable[bool]) -> float:
    """The share of people whose answer is not right; one of them is always too few to tell."""
    sizes = np.array(list(column.given.values()))
    return float(sizes[~np.array(list(right), dtype=bool)].sum()) / max(column.size, 1)


# --- dates and numbers ----------------------------------------------------------------------------------------


def _date(column: Column) -> Question | None:
    texts = list(column.given)
    if _wrong(column, (not isinstance(day(text), str) and not text.isdigit() for text in texts)) > WRONG:
        return None
    clock = column.share(lambda text: ":" in text)
    if clock > REPEATED and (words.is_of("time", column.title) or _own(column)):
        return _of(DROP, column, dropped="time")
    return _of(DATE, column)


def _number(column: Column, limit: int) -> Question | None:
    values = numbers(column.given, _ANY)
    if _wrong(column, (not isinstance(value, str) for value in values)) > WRONG:
        return None
    if _coded(column):
        return _of(DROP, column, dropped="id") if _own(column) else None
    given = {value for value in values if not isinstance(value, str)}
    whole = all(value.is_integer() for value in given)
    if whole and _row_number(column, given):
        return _of(DROP, column, dropped="id")
    if not whole:
        return _of(NUMBER, column)
    return _scale_of(column, given, limit) or _of(NUMBER, column, whole_numbers=True)


def _coded(column: Column) -> bool:
    """Codes: with leading zeros, or called so."""
    zeros = any(text[0] == "0" and len(text) > 1 and text.isdigit() for text in column.given)
    repeated = 2 * len(column.given) < column.size
    return zeros or (words.is_of("code", column.title) and repeated)


def _row_number(column: Column, values: set[float]) -> bool:
    if not _own(column):
        return words.is_of("id", column.title) and len(values) > REPEATED * column.size
    running = max(values) - min(values) < 2 * len(values)
    return running or words.is_of("id", column.title) or min(values) >= 10_000


def _scale_of(column: Column, values: set[float], limit: int) -> Question | None:
    """A few codes, a rating, or years: by which values many gave."""
    common = sorted(int(value) for value in values if column.given.get(str(int(value)), 0) >= limit)
    if len(values) < 4 and values <= set(range(10)) and 2 * len(values) <= max(column.size, 6):
        options, rest = tuple(map(str, common)), len(common) < len(values)
        return _of(CHOICE, column, options=options, rest=rest, asks=("codes", *(("rare",) if rest else ())))
    low, high = next(((a, b) for a, b in _RATINGS if a <= min(values) and max(values) <= b), (0, 0))
    counted = words.is_of("age", column.title) or words.is_of("count", column.title)
    if high and 2 * len(common) > high - low and not counted:
        return _rating(column, low, high)
    covered = sum(column.given[str(value)] for value in common) >= COVERED * column.size
    if common and covered and values <= set(_YEARS) and len(common) <= _MOST_YEARS:
        rest = len(common) < len(values)
        return _of(CHOICE, column, options=tuple(map(str, common)), rest=rest, ordered=not rest)
    return None


def _rating(column: Column, low: int, high: int) -> Question:
    if high - low < _STEPS:
        steps = tuple(map(str, range(low, high + 1)))
        return _of(CHOICE, column, options=steps, ordered=True, asks=("order",))
    return _of(NUMBER, column, limits=(low, high), whole_numbers=True, asks=("order",))


# --- options --------------------------------------------------------------------------------------------------


def choice(column: Column, limit: int, lang: str) -> Question | None:
    """One of several answers, where people gave the same ones."""
    if pair := words.yes_and_no(column.given, lang):
        return _of(CHOICE, column, options=pair)
    common = column.listed or column.common(limit)
    if not (column.listed or _repeats(column, common, limit)) or len(common) > MOST_OPTIONS:
        return None
    steps = words.scale(common)
    ordered = steps or tuple(words.in_order(_without_other(common)))
    options = ordered or tuple(_listed(column, common))
    options = (*options, *(text for text in common if words.is_other(text) and text not in options))
    rest = not set(map(fold, column.given)) <= set(map(fold, options))
    asks = (*(("order",) if ordered else ()), *(("rare",) if rest else ()))
    return _of(CHOICE, column, options=options, rest=rest, ordered=bool(ordered), asks=asks)


def _without_other(common: Iterable[str]) -> list[str]:
    return [text for text in common if not words.is_other(text)]


def _listed(column: Column, common: list[str]) -> list[str]:
    """In the order of SPSS's codes, else by how many gave them; what takes in the rest comes last."""
    codes = {text: column.labels.get(fold(text), "") for text in common}
    coded = all(code.isdigit() for code in codes.values())
    ordered = sorted(common, key=lambda text: int(codes[text])) if coded else common
    return [*_without_other(ordered), *(text for text in ordered if words.is_other(text))]


def _repeats(column: Column, common: list[str], limit: int) -> bool:
    """Is it a list that people chose from? In a file too small to tell, where half of the answers repeat another."""
    if sum(column.given[text] for text in common) >= COVERED * column.size:
        return True
    hidden = [text for text, n in column.given.items() if n >= limit and not harmless(text)]
    if hidden and sum(map(column.given.__getitem__, (*hidden, *common))) >= COVERED * column.size:
        return True
    small = column.size < 4 * limit and (column.size > len(column.given) or bool(column.labels))
    return small and (len(column.given) <= REPEATED * column.size or bool(column.labels))
