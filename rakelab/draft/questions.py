"""What one column asks: which kind of answers it has, judged by all of them together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from rakelab.codebook import Field
from rakelab.draft.columns import Column
from rakelab.identifiers import CODES, find, harmless
from rakelab.loaders import vocabulary
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
#: So many questions back the leading one is looked for; so large a part of those concerned answered.
_BACK, _ANSWERED = 40, 0.8
#: The levels of answers that are none of the options, and of no answer.
REST, _NONE = -1, -2


@dataclass(frozen=True, repr=False)
class Question:
    """What a codebook says of one question. ``rest``: some answers are none of the options; ``spelt``: how else an
    option is written; ``beside``: options ticked with others; ``applies``: the leading question's place and levels."""

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
    beside: frozenset[str] = frozenset()


def question(column: Column, limit: int, lang: str) -> Question:
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
    full = column.share(lambda text: len(text.split()) in (2, 3) and len(text) <= _LETTERS and not harmless(text))
    called = vocabulary.is_of("name", column.title)
    named = called and (_own(column) or column.share(lambda text: not harmless(text)) > 0.3)
    codes = column.share(lambda text: find(text, CODES))
    return "person" if vocabulary.is_of("person", column.title) or codes > 0.5 or full > _COVERED or named else ""


def _own(column: Column) -> bool:
    return len(column.given) >= _UNIQUE * len(column.codes) and len(column.codes) >= _FEWEST


def _right(column: Column, right: Iterable[bool]) -> bool:
    sizes = np.array(list(column.given.values()))
    return bool(sizes[~np.array(list(right), dtype=bool)].sum() <= _WRONG * column.size)


def _date(column: Column) -> Question | None:
    if not _right(column, (not isinstance(day(text), str) and not text.isdigit() for text in column.given)):
        return None
    moments = column.share(lambda text: ":" in text) > 0.5 and (vocabulary.is_of("time", column.title) or _own(column))
    return _of(DROP, column, dropped="time") if moments else _of(DATE, column)


def _number(column: Column, limit: int) -> Question | None:
    """A number, or one of a few: codes, steps, years. Codes have zeros before them, or are called so."""
    read = numbers(column.given, _ANY)
    if not _right(column, (not isinstance(value, str) for value in read)):
        return None
    called = vocabulary.is_of("code", column.title) and 2 * len(column.given) < column.size
    if called or any(text[0] == "0" and len(text) > 1 and text.isdigit() for text in column.given):
        return _of(DROP, column, dropped="id") if _own(column) else None
    values = {value for value in read if not isinstance(value, str)}
    if not all(value.is_integer() for value in values):
        return _of(NUMBER, column)
    if _numbers_rows(column, values):
        return _of(DROP, column, dropped="id")
    return _few(column, values, limit) or _of(NUMBER, column, whole=True)


def _numbers_rows(column: Column, values: set[float]) -> bool:
    called = vocabulary.is_of("id", column.title)
    if not _own(column):
        return called and 2 * len(values) > column.size
    return called or max(values) - min(values) < 2 * len(values) or min(values) >= 10_000


def _few(column: Column, values: set[float], limit: int) -> Question | None:
    common = sorted(int(value) for value in values if column.given.get(str(int(value)), 0) >= limit)
    options, rest = tuple(map(str, common)), len(common) < len(values)
    if len(values) < 4 and values <= set(range(10)) and 2 * len(values) <= max(column.size, 6):
        return _of(CHOICE, column, options=options, rest=rest, asks=("codes", *(("rare",) if rest else ())))
    low, high = next(((a, b) for a, b in _RATINGS if a <= min(values) and max(values) <= b), (0, 0))
    counted = vocabulary.is_of("age", column.title) or vocabulary.is_of("count", column.title)
    if high and 2 * len(common) > high - low and not counted:
        if high - low >= _STEPS:
            return _of(NUMBER, column, limits=(low, high), whole=True, asks=("order",))
        return _of(CHOICE, column, options=tuple(map(str, range(low, high + 1))), ordered=True, asks=("order",))
    covered = sum(map(column.given.__getitem__, options)) >= _COVERED * column.size
    if common and covered and values <= set(_YEARS) and len(common) <= _MOST_YEARS:
        return _of(CHOICE, column, options=options, rest=rest, ordered=not rest)
    return None


def _choice(column: Column, limit: int, lang: str) -> Question | None:
    """One of the same few answers, in the order of a scale, of SPSS's codes, or by how many gave them."""
    if pair := vocabulary.yes_and_no(column.given, lang):
        return _of(CHOICE, column, options=pair)
    common = column.listed or column.common(limit)
    if not (column.listed or _repeats(column, common, limit)) or len(common) > _MOST:
        return None
    own = [text for text in common if not vocabulary.is_of("other", text)]
    ordered = vocabulary.scale(own) or vocabulary.in_order(own)
    options = (*(ordered or sorted(own, key=column.code)), *(text for text in common if text not in own))
    rest = not set(map(fold, column.given)) <= set(map(fold, options))
    left_out = any(n >= limit and not harmless(text) for text, n in column.given.items() if text not in common)
    asks = tuple(ask for ask, so in (("order", ordered), ("rare", rest), ("named", left_out)) if so)
    return _of(CHOICE, column, options=options, rest=rest, ordered=bool(ordered), asks=asks)


def _repeats(column: Column, common: list[str], limit: int) -> bool:
    """Is it a list that people chose from? In a file too small to tell, where half of the answers repeat another."""
    named = [text for text, n in column.given.items() if n >= limit and text not in common and not harmless(text)]
    if sum(map(column.given.__getitem__, (*common, *named))) >= _COVERED * column.size:
        return True
    return column.size < 4 * limit and (bool(column.labels) or 2 * len(column.given) <= column.size)


def conditional(questions: Sequence[Question], limit: int) -> list[Question]:
    """The questions, with a condition where there is one: nobody else answered, and nearly all of those did."""
    levels = {i: _levels(question) for i, question in enumerate(questions) if question.kind == CHOICE}
    made = []
    for place, question in enumerate(questions):
        some = question.kind != DROP and question.answered.any() and (~question.answered).sum() >= limit
        before = (i for i in range(place - 1, max(-1, place - _BACK), -1) if some and i in levels)
        found = ((i, met) for i in before if (met := _met(question.answered, levels[i], limit)))
        if applies := next(found, None):
            question = replace(question, applies=applies, asks=("condition", *question.asks))
        made.append(question)
    return made


def _levels(question: Question) -> np.ndarray:
    places, column = {fold(option): i for i, option in enumerate(question.options)}, question.columns[0]
    by_text = [places.get(fold(text), REST) if text in column.given else _NONE for text in column.texts]
    return np.asarray(np.array([*by_text, _NONE])[column.codes])


def _met(answered: np.ndarray, level: np.ndarray, limit: int) -> tuple[int, ...]:
    """The levels of the leading question of which somebody answered; nothing where it leads nobody past."""
    size = max(int(level.max()), 0) - _NONE + 1
    people, answers = (np.bincount(level[rows] - _NONE, minlength=size)[1:] for rows in (slice(None), answered))
    leading, past = np.flatnonzero(answers), int(people[answers == 0].sum())
    enough = past >= 2 * limit and len(leading) and answers.sum() >= _ANSWERED * people[leading].sum()
    return tuple((leading + REST).tolist()) if enough else ()
