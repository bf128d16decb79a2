"""Select-all questions: one column for each option, as survey tools write them, and one column of several options."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

import numpy as np

from rakelab import identifiers
from rakelab.draft.columns import LONGEST, Column
from rakelab.draft.questions import LIST, Question
from rakelab.loaders import vocabulary
from rakelab.loaders.spelling import NO, YES, fold

#: Between a question and its option in a heading: the longest question that columns share is theirs.
_JOINT = re.compile(r"\s*(?: [-–—] |: |\? |\[|\(choice=|/|\.(?=\S)|_(?=[^_]+$)|\|)\s*")
_TOKENS = re.compile(r"^[a-zåäö0-9_.]+(?: [a-zåäö0-9_.]+)*$")
#: Cells: so large a part holds several options, and nearly all of what they hold are options; more options are none.
_SEVERAL, _COVERED, _MOST = 0.1, 0.95, 60

Cells = Mapping[str, tuple[str, ...]]


def grouped(columns: Sequence[Column]) -> Iterator[tuple[str, list[tuple[str, Column]]]]:
    """Runs of columns: the question and its options, each with its column; of a column by itself no question."""
    readings = [dict(_readings(column)) if _is_tick(column) else {} for column in columns]
    shared = [set[str](), *({*here} & {*after} for here, after in pairwise(readings)), set[str]()]
    asked = [max(shared[i] | shared[i + 1], key=len, default="") for i in range(len(columns))]
    asked = [question or _alone(readings[i], columns[i]) for i, question in enumerate(asked)]
    for _, run in groupby(range(len(columns)), key=lambda i: asked[i] or i):
        places = list(run)
        question = asked[places[0]]
        yield question, [(readings[i].get(question, ""), columns[i]) for i in places]


def _is_tick(column: Column) -> bool:
    return len(column.texts) < 2 or {fold(text) for text in column.texts} <= YES | NO


def _readings(column: Column) -> Iterator[tuple[str, str]]:
    yield from (pair for pair in column.heading.pairs if fold(pair[0]) != fold(pair[1]))
    for joint in _JOINT.finditer(column.title):
        question, option = column.title[: joint.start()].strip(), column.title[joint.end() :].lstrip(" -–—:")
        option = option if "(" in option else option.rstrip(" ])")
        if question and option:
            yield question + ("?" if "?" in joint[0] else ""), option


def _alone(readings: Mapping[str, str], column: Column) -> str:
    only = fold(column.texts[0]) if len(column.texts) == 1 else None
    return next((question for question, option in readings.items() if fold(option) == only), "")


def of_columns(asked: str, options: Sequence[tuple[str, Column]], limit: int) -> Question:
    """A select-all question of a column for each option. What a heading says may be written however few ticked it."""
    named = {_names(heading, column, limit): column for heading, column in options}
    spelt = {label: other for label, other in named if label and other}
    ticks = {label: _ticked(column) for (label, _), column in named.items() if label}
    several = np.sum(list(ticks.values()), axis=0) > 1
    beside = frozenset(label for label, rows in ticks.items() if (rows & several).any())
    answered = np.logical_or.reduce([_ticked(column) for _, column in options])
    columns, title = tuple(column for _, column in options), identifiers.title(asked)
    return Question(LIST, title, answered, columns, tuple(ticks), asks=("alone",), spelt=spelt, beside=beside)


def _names(heading: str, column: Column, limit: int) -> tuple[str, str]:
    """How an option is called, and how else; nothing where its own text is of too few to be written."""
    option, own = identifiers.title(heading), [text for text in column.texts if fold(text) not in YES | NO]
    if not own or fold(own[0]) == fold(option):
        return option, ""
    if own[0] not in column.common(limit):
        return "", heading
    return (own[0], option) if re.fullmatch(r"[\w.]{1,4}", option) else (option, own[0])


def _ticked(column: Column) -> np.ndarray:
    return column.rows([text for text in column.texts if fold(text) not in NO])


def of_cells(column: Column, limit: int) -> Question | None:
    """A select-all question whose cells hold several options, parted by the same mark."""
    for mark in (";", "\n", "|", ",", " "):
        cells: Cells = {text: tuple(filter(None, map(str.strip, text.split(mark)))) for text in column.given}
        several = {text for text, parts in cells.items() if len(parts) > 1}
        if sum(map(column.given.__getitem__, several)) < _SEVERAL * column.size:
            continue
        cells = _joined(cells, mark)
        if options := _options(column, cells, limit, mark):
            beside = frozenset(part for parts in cells.values() if len(parts) > 1 for part in parts)
            rest = not {part for parts in cells.values() for part in parts} <= set(options)
            asks = ("alone", "rare") if rest else ("alone",)
            return Question(LIST, column.title, column.rows(), (column,), options, rest, asks=asks, beside=beside)
    return None


def _joined(cells: Cells, mark: str) -> Cells:
    """Parts that always stand beside each other are one option that holds the mark."""
    beside = [pair for parts in cells.values() for pair in pairwise(parts)]
    every = [part for parts in cells.values() for part in parts]
    for a, b in sorted(set(beside)) if len(set(every)) <= _MOST * 2 else ():
        if beside.count((a, b)) == every.count(a) == every.count(b):
            split, whole = f"\0{a}\0{b}\0", f"\0{a}{mark} {b}\0"
            cells = {text: tuple("\0".join(("", *parts, "")).replace(split, whole)[1:-1].split("\0"))
                     for text, parts in cells.items()}  # fmt: skip
    return cells


def _options(column: Column, cells: Cells, limit: int, mark: str) -> tuple[str, ...]:
    """The parts that may be written; nothing where they are not what the cells are made of."""
    people: dict[str, int] = {}
    for text, parts in cells.items():
        for part in dict.fromkeys(parts):
            people[part] = people.get(part, 0) + column.given[text]
    common = [part for part, n in people.items() if n >= limit and len(part) <= LONGEST and identifiers.harmless(part)]
    covered = sum(people[part] for part in common) >= _COVERED * sum(people.values())
    alone = sum((part,) in cells.values() or sum(part in parts for parts in cells.values()) > 2 for part in common)
    tokens = mark != " " or all(map(_TOKENS.match, cells))
    fits = covered and tokens and 2 <= len(common) <= _MOST and len(cells) > len(common) and 2 * alone >= len(common)
    return tuple(sorted(common, key=lambda part: (vocabulary.is_of("other", part), -people[part]))) if fits else ()
