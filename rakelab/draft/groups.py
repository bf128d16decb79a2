"""Select-all questions: one column for each option, as survey tools write them, and one column of several options."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np

from rakelab import identifiers
from rakelab.draft import words
from rakelab.draft.columns import Column, harmless
from rakelab.draft.questions import LIST, Question
from rakelab.loaders.spelling import NO, YES, fold

#: Between a question and its option in a heading: the longest question that columns share is theirs.
_JOINT = re.compile(r"\s*(?: [-–—] |: |\? |\[|\(choice=|/|\.(?=\S)|_(?=[^_]+$)|\|)\s*")
_TAIL = " ])"
_TOKENS = re.compile(r"^[\w.]+(?: [\w.]+)*$")
#: Options in a cell: at least so many cells have several, and so large a part of all are options that may be written.
_SEVERAL, _COVERED, _MOST = 0.1, 0.95, 60


def grouped(columns: Sequence[Column]) -> Iterator[tuple[str, list[tuple[str, Column]]]]:
    """Runs of columns: the question and its options, each with its column; of a column by itself no question."""
    readings = [list(_readings(column)) if _is_tick(column) else [] for column in columns]
    shared = [{q for q, _ in here} & {q for q, _ in following} for here, following in pairwise([*readings, []])]
    asked = [max({*shared[i - 1], *shared[i]} if i else shared[i], key=len, default="") for i in range(len(columns))]
    asked = [question or _alone(readings[i], columns[i]) for i, question in enumerate(asked)]
    for question, run in groupby(range(len(columns)), key=lambda i: asked[i] or i):
        places = list(run)
        named = str(question) if asked[places[0]] else ""
        yield named, [(dict(readings[i]).get(named, ""), columns[i]) for i in places]


def _is_tick(column: Column) -> bool:
    """Holds the same text or nothing, or yes and no (also where nobody ticked it)."""
    texts = {fold(text) for text in column.texts}
    return len(texts) < 2 or texts <= YES | NO


def _readings(column: Column) -> Iterator[tuple[str, str]]:
    """Every question and option that the heading can be of."""
    for question, option in column.heading.pairs:
        if fold(question) != fold(option):
            yield question, option
    for joint in _JOINT.finditer(column.title):
        question, option = column.title[: joint.start()], column.title[joint.end() :]
        if question.strip() and option.strip():
            yield question.strip() + ("?" if "?" in joint[0] else ""), _bare(option)


def _bare(option: str) -> str:
    return option.lstrip(" -–—:").rstrip(_TAIL if "(" not in option else " ")


def _alone(readings: Sequence[tuple[str, str]], column: Column) -> str:
    """The question of a single column that holds the option's own text or nothing."""
    texts = {fold(text) for text in column.texts}
    return next((question for question, option in readings if len(texts) == 1 and fold(option) in texts), "")


def of_columns(asked: str, options: Sequence[tuple[str, Column]], limit: int) -> Question:
    """A select-all question of a column for each option. What a heading says is the form's, and may be written however
    few ticked it; a text that stands in the cells only where many did."""
    parts = [(*names, column) for heading, column in options if (names := _names(heading, column, limit))]
    answered = np.logical_or.reduce([_ticked(column) for _, column in options])
    spelt = {label: (other,) for label, other, _ in parts if other}
    ticks = {label: _ticked(column) for label, _, column in parts}
    several = sum(ticked.astype(int) for ticked in ticks.values()) > 1
    return Question(
        LIST,
        identifiers.title(asked),
        answered,
        parts=tuple((label, column) for label, _, column in parts),
        options=tuple(label for label, _, _ in parts),
        asks=("alone",),
        spelt=spelt,
        alone=frozenset(one for one, ticked in ticks.items() if words.is_alone(one) and not (ticked & several).any()),
    )


def _names(heading: str, column: Column, limit: int) -> tuple[str, str]:
    """How an option is called, and how else; nothing where its own text is of too few to be written."""
    option, own = identifiers.title(heading), [text for text in column.texts if fold(text) not in YES | NO]
    if not own or fold(own[0]) == fold(option):
        return option, ""
    if own[0] not in column.common(limit):
        return ()  # type: ignore[return-value]
    return (own[0], option) if re.fullmatch(r"[\w.]{1,4}", option) else (option, own[0])


def _ticked(column: Column) -> np.ndarray:
    return column.rows([text for text in column.texts if fold(text) not in NO])


# --- several options in one cell ------------------------------------------------------------------------------


def of_cells(column: Column, limit: int) -> Question | None:
    """A select-all question whose cells hold several options, parted by the same mark."""
    for mark in (";", "\n", "|", ",", " "):
        cells = {text: _parts(text, mark) for text in column.given}
        if sum(column.given[text] for text, parts in cells.items() if len(parts) > 1) < _SEVERAL * column.size:
            continue
        cells = _joined(cells, mark)
        if options := _options(column, cells, limit, mark):
            rest = not {part for parts in cells.values() for part in parts} <= set(options)
            several = {part for parts in cells.values() if len(parts) > 1 for part in parts}
            return Question(
                LIST,
                column.title,
                column.rows(),
                (column,),
                options=options,
                rest=rest,
                asks=("alone", *(("rare",) if rest else ())),
                alone=frozenset(option for option in options if words.is_alone(option) and option not in several),
            )
    return None


def _parts(text: str, mark: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in text.split(mark))))


def _joined(cells: dict[str, tuple[str, ...]], mark: str) -> dict[str, tuple[str, ...]]:
    """Parts that always stand beside each other are one option that holds the mark."""
    beside = [pair for parts in cells.values() for pair in pairwise(parts)]
    every = [part for parts in cells.values() for part in parts]
    whole = {pair for pair in set(beside) if beside.count(pair) == every.count(pair[0]) == every.count(pair[1])}
    return {text: tuple(_put_together(parts, whole, mark)) for text, parts in cells.items()} if whole else cells


def _put_together(parts: Sequence[str], whole: set[tuple[str, str]], mark: str) -> Iterator[str]:
    made = ""
    for part, following in pairwise([*parts, ""]):
        made = f"{made}{mark} {part}" if made else part
        if (part, following) not in whole:
            yield made
            made = ""


def _options(column: Column, cells: dict[str, tuple[str, ...]], limit: int, mark: str) -> tuple[str, ...]:
    """The parts that may be written; nothing where they are not what the cells are made of."""
    people: dict[str, int] = {}
    for text, parts in cells.items():
        for part in dict.fromkeys(parts):
            people[part] = people.get(part, 0) + column.given[text]
    common = [part for part, n in people.items() if n >= limit and len(part) <= _MOST * 2 and harmless(part)]
    covered = sum(people[part] for part in common) >= _COVERED * sum(people.values())
    alone = sum((part,) in cells.values() or sum(part in parts for parts in cells.values()) > 2 for part in common)
    tokens = mark != " " or all(_TOKENS.match(text) and text == text.casefold() for text in cells)
    fits = covered and tokens and 2 <= len(common) <= _MOST and len(cells) > len(common) and 2 * alone >= len(common)
    return tuple(sorted(common, key=lambda part: (words.is_other(part), -people[part]))) if fits else ()
