"""What people wrote where no option of the form fitted: it counts as the option that catches the rest, and the words
themselves are free text."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from rakelab.codebook import Codebook, Field
from rakelab.dataset import Finding
from rakelab.loaders.answers import Answers, Column, identifying, row_note
from rakelab.loaders.choices import Options
from rakelab.loaders.spelling import NO, YES, fold
from rakelab.names import WRITTEN, made_of


def box(text: str, option: str, column: Column) -> str:
    """“yes”, “no”, a kind of missing, or an empty string for what is none of them."""
    how, what = column.options.find(text)
    folded = fold(text)
    if folded in column.options.unticked:
        return "no"
    if how == "missing":
        return what
    if how == "value" and what == option:
        return "yes"
    return "yes" if folded in YES else "no" if folded in NO else ""


def own_words(said: list[str], column: Column) -> np.ndarray:
    """The texts of a column that are no box, by row."""
    texts = (None if word else text for text, word in zip(column.texts, said, strict=True))
    return column.per_row(texts, None, object)


def joined(words: Iterable[np.ndarray]) -> np.ndarray:
    """The words of each row, from several columns."""
    rows = (filter(None, row) for row in zip(*words, strict=True))
    return np.array(["; ".join(row) or None for row in rows], dtype=object)


def beside(answers: Answers, columns: list[Column]) -> Answers:
    """A single choice with columns of people's own words beside it: they count where nothing else was chosen."""
    field, caught = answers.field, answers.field.levels.index(answers.field.catch_all)
    said = [[box(text, field.catch_all, column) for text in column.texts] for column in columns]
    own = joined(map(own_words, said, columns))
    boxes = zip(columns, said, strict=True)
    ticked = np.logical_or.reduce(
        [column.per_row((one in ("", "yes") for one in of), False, bool) for column, of in boxes]
    )
    state = np.where(ticked & ~answers.answered & ~answers.wrong, np.int16(caught), answers.state)
    unread = _there(own) & (state != caught)
    words = joined([own] if answers.words is None else [answers.words, own])
    words[state != caught] = None
    notes = (row_note("words_unread", field.name, unread),) if unread.any() else ()
    return replace(answers, state=state, words=words, notes=(*answers.notes, *notes))


def _there(words: np.ndarray) -> np.ndarray:
    return np.asarray(pd.notna(words))


def told(answers: Answers, book: Codebook) -> Answers:
    """With what must be said of people's own words: how many, and what in them points at somebody."""
    if answers.words is None:
        return answers
    written = book[made_of(answers.field.name, WRITTEN)]
    return replace(answers, notes=(*answers.notes, *_remarks(answers, answers.words, written)))


def _remarks(answers: Answers, words: np.ndarray, written: Field) -> Iterator[Finding]:
    if (own := _there(words) & ~answers.wrong).any():
        yield row_note("caught", answers.field.name, own, options=(answers.field.catch_all,))
    codes, texts = pd.factorize(words)
    yield from identifying(written, Column(codes, list(texts), Options({}, {}, {})))
