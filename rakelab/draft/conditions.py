"""Which questions seem to be asked only of those who answered an earlier one in a certain way."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rakelab.draft.questions import CHOICE, DROP, Question
from rakelab.loaders.spelling import fold

#: So many questions back the leading one is looked for; so large a part of those concerned answered.
_BACK, _ANSWERED = 40, 0.8
#: The levels of answers that are none of the options, and of no answer.
REST, _NONE = -1, -2


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
    """The place of each row's option, ``REST`` or ``_NONE``."""
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
