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
#: More options than this nobody chose from; so much of the answers must be of those that may be written.
_MOST, _COVERED = 100, 0.6
#: So much of a column may be written wrongly; every row (of so many) has its own; a longer text is no name.
_WRONG, _UNIQUE, _FEWEST, _LETTERS = 0.01, 0.98, 10, 40
#: Ratings; one of so many steps is a number. Years; more of them are a number.
_RATINGS, _STEPS, _YEARS, _MOST_YEARS = ((1, 5), (0, 10), (1, 10), (1, 7)), 7, range(1900, 2101), 20
_ANY = Field("", NUMBER, {})


@dataclass(frozen=True, repr=False)
class Question:
    """What a codebook says of one question. ``rest``: some answers are none of the options; ``spelt``: how else an
    option is written; ``alone``: options that say that they stand alone, and do; ``asks``: what a human should look at;
    ``applies``: the place of the leading question and its levels; ``dropped``: why."""

    kind: str
    title: str
    answered: np.ndarray
    columns: tuple[Column, ...]
    options: tuple[str, ...] = ()
    rest: bool = False
    ordered: bool = False
    limits: tuple[int, int] | None = None
    whole: bool = False
    asks: tuple[str, ...] = ()
    applies: tuple[int, tuple[int, ...]] | None = None
    dropped: str = ""
    spelt: Mapping[str, str] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()


def question(column: Column, limit: int, lang: str) -> Question:
    """The question of a column by itself."""
    if column.tells_person:
        return _of(PERSON, column, asks=("person",))
    if why := _personal(column) or ("" if column.given else "empty"):
        return _of(DROP, column, dropped=why)
    if column.share(lambda text: fold(text) in column.labels) <= 0.5:
        if made := _date(column) or _number(column, limit):
            return made
        if _own(column) and column.share(lambda text: len(text) <= _LETTERS and len(text.split()) < 4) > _UNIQUE:
            return _of(DROP, column, dropped="id")
    return _choice(column, limit, lang) or _of(TEXT, column)


def _of(kind: str, column: Column, **more: object) -> Question:
    return Question(kind, column.title, column.rows(), (column,), **more)  # type: ignore[arg-type]


def _personal(column: Column) -> str:
    """“person” where a column tells who answered, by its heading or by most of its answers."""
    telling = column.share(lambda text: not harmless(text))
    full = column.share(lambda text: len(text.split()) in (2, 3) and len(text) <= _LETTERS and not harmless(text))
    named = words.is_of("name", column.title) and (_own(column) or telling > 0.3)
    codes = column.share(lambda text: find(text, CODES))
    return "person" if words.is_of("person", column.title) or codes > 0.5 or full > _COVERED or named else ""


def _own(column: Column) -> bool:
    """Does nearly every row have an answer of its own?"""
    return len(column.given) >= _UNIQUE * len(column.codes) and len(column.codes) >= _FEWEST


def _right(column: Column, right: Iterable[bool]) -> bool:
    """Did all but very few people answer as the kind asks?"""
    sizes = np.array(list(column.given.values()))
    return bool(sizes[~np.array(list(right), dtype=bool)].sum() <= _WRONG * column.size)


def _date(column: Column) -> Question | None:
    if not _right(column, (not isinstance(day(text), str) and not text.isdigit() for text in column.given)):
        return None
    moments = column.share(lambda text: ":" in text) > 0.5 and (words.is_of("time", column.title) or _own(column))
    return _of(DROP, column, dropped="time") if moments else _of(DATE, column)


def _number(column: Column, limit: int) -> Question | None:
    """A number, or one of a few: codes, steps, years. Codes have zeros before them, or are called so."""
    read = numbers(column.given, _ANY)
    if not _right(column, (not isinstance(value, str) for value in read)):
        return None
    called = words.is_of("code", column.title) and 2 * len(column.given) < column.size
    if called or any(text[0] == "0" and len(text) > 1 and text.isdigit() for text in column.given):
        return _of(DROP, column, dropped="id") if _own(column) else None
    values = {value for value in read if not isinstance(value, str)}
    if not all(value.is_integer() for value in values):
        return _of(NUMBER, column)
    if _numbers_rows(column, values):
        return _of(DROP, column, dropped="id")
    return _few(column, values, limit) or _of(NUMBER, column, whole=True)


def _numbers_rows(column: Column, values: set[float]) -> bool:
    called = words.is_of("id", column.title)
    if not _own(column):
        return called and 2 * len(values) > column.size
    return called or max(values) - min(values) < 2 * len(values) or min(values) >= 10_000


def _few(column: Column, values: set[float], limit: int) -> Question | None:
    """A few codes, a rating, or years: by which values many gave."""
    common = sorted(int(value) for value in values if column.given.get(str(int(value)), 0) >= limit)
    options, rest = tuple(map(str, common)), len(common) < len(values)
    if len(values) < 4 and values <= set(range(10)) and 2 * len(values) <= max(column.size, 6):
        return _of(CHOICE, column, options=options, rest=rest, asks=("codes", *(("rare",) if rest else ())))
    low, high = next(((a, b) for a, b in _RATINGS if a <= min(values) and max(values) <= b), (0, 0))
    counted = words.is_of("age", column.title) or words.is_of("count", column.title)
    if high and 2 * len(common) > high - low and not counted:
        if high - low >= _STEPS:
            return _of(NUMBER, column, limits=(low, high), whole=True, asks=("order",))
        return _of(CHOICE, column, options=tuple(map(str, range(low, high + 1))), ordered=True, asks=("order",))
    covered = sum(map(column.given.__getitem__, options)) >= _COVERED * column.size
    if common and covered and values <= set(_YEARS) and len(common) <= _MOST_YEARS:
        return _of(CHOICE, column, options=options, rest=rest, ordered=not rest)
    return None


def _choice(column: Column, limit: int, lang: str) -> Question | None:
    """One of several answers, where people gave the same ones. In the order of a scale, of SPSS's codes, or by how
    many gave them; what takes in the rest comes last."""
    if pair := words.yes_and_no(column.given, lang):
        return _of(CHOICE, column, options=pair)
    common = column.listed or column.common(limit)
    if not (column.listed or _repeats(column, common, limit)) or len(common) > _MOST:
        return None
    own = [text for text in common if not words.is_of("other", text)]
    ordered = words.scale(own) or words.in_order(own)
    options = (*(ordered or sorted(own, key=column.code)), *(text for text in common if text not in own))
    rest = not set(map(fold, column.given)) <= set(map(fold, options))
    left_out = any(n >= limit and not harmless(text) for text, n in column.given.items() if text not in common)
    asks = {"order": bool(ordered), "rare": rest, "named": left_out}
    asks_of_it = tuple(ask for ask, so in asks.items() if so)
    return _of(CHOICE, column, options=options, rest=rest, ordered=bool(ordered), asks=asks_of_it)


def _repeats(column: Column, common: list[str], limit: int) -> bool:
    """Is it a list that people chose from? In a file too small to tell, where half of the answers repeat another."""
    named = [text for text, n in column.given.items() if n >= limit and text not in common and not harmless(text)]
    if sum(map(column.given.__getitem__, (*common, *named))) >= _COVERED * column.size:
        return True
    return column.size < 4 * limit and (bool(column.labels) or 2 * len(column.given) <= column.size)
