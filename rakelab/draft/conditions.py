"""Which questions seem to be asked only of those who answered an earlier one in a certain way."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rakelab.draft.questions import CHOICE, DROP, Question
from rakelab.loaders.spelling import fold

#: So many questions back the leading one is looked for; so large a part of those concerned answered.
_BACK, _ANSWERED = 40, 0.8
REST = -1  # the level of answers that are none of the options


def conditional(questions: Sequence[Question], limit: int) -> list[Question]:
    """The questions, each with its condition where there is one: nobody else answered it, and nearly all of those did."""
    levels = {i: _levels(question) for i, question in enumerate(questions) if question.kind == CHOICE}
    return [_led(question, i, levels, limit) for i, question in enumerate(questions)]


def _levels(question: Question) -> np.ndarray:
    """The option of each row, ``REST``, or −2 where there is no answer."""
    places = {fold(option): i for i, option in enumerate(question.options)}
    column = question.whole[0]
    by_text = [places.get(fold(text), REST) if text in column.given else -2 for text in column.texts]
    return np.asarray(np.array([*by_text, -2])[column.codes])


def _led(question: Question, place: int, levels: dict[int, np.ndarray], limit: int) -> Question:
    if question.kind == DROP or (~question.answered).sum() < limit or not question.answered.any():
        return question
    for before in range(place - 1, max(-1, place - _BACK), -1):
        if before in levels and (met := _met(question.answered, levels[before], limit)):
            return replace(question, applies=(before, met), asks=("condition", *question.asks))
    return question


def _met(answered: np.ndarray, level: np.ndarray, limit: int) -> tuple[int, ...]:
    """The levels of the leading question of which somebody answered; nothing where it leads nobody past."""
    size = max(int(level.max()), 0) + 3
    people, answers = (np.bincount(level[rows] + 2, minlength=size)[1:] for rows in (slice(None), answered))
    leading, past = np.flatnonzero(answers), int(people[answers == 0].sum())
    if past < 2 * limit or not len(leading) or answers.sum() < _ANSWERED * people[leading].sum():
        return ()
    return tuple((leading - 1).tolist())
