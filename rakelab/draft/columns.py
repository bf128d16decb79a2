"""What a column holds: its different texts, how many people gave each, and what of them may be written."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import pandas as pd

from rakelab import identifiers
from rakelab.codebook import Codebook
from rakelab.dataset import Dataset
from rakelab.loaders import twins, vocabulary
from rakelab.loaders.spelling import MISSING, fold
from rakelab.loaders.table import Heading, Table

#: A longer text is no option. So many different answers are looked at; so many options may a form have.
LONGEST, _SAMPLE, _LISTED = 120, 300, 40


@dataclass(frozen=True, repr=False)
class Column:
    """One column: ``codes`` point at ``texts`` (−1 is blank); ``people``: how many gave each, whoever has several rows
    counted once. ``labels``: folded label → code, of SPSS."""

    heading: Heading
    title: str
    codes: np.ndarray
    texts: tuple[str, ...]
    people: np.ndarray
    labels: Mapping[str, str]

    @cached_property
    def given(self) -> dict[str, int]:
        """Answer → people, most first; blanks and what means that there is no answer are left out."""
        pairs = zip(self.texts, self.people.tolist(), strict=True)
        real = [(text, n) for text, n in pairs if n and fold(text) not in MISSING and not vocabulary.unknown(text)]
        return dict(sorted(real, key=lambda pair: -pair[1]))

    @cached_property
    def size(self) -> int:
        return sum(self.given.values())

    def common(self, limit: int) -> list[str]:
        place = vocabulary.is_of("region", self.title)  # a municipality may be called as a person is
        often = (text for text, n in self.given.items() if n >= limit and len(text) <= LONGEST)
        return [text for text in often if identifiers.harmless(text) or (place and len(text.split()) == 1)]

    @cached_property
    def listed(self) -> list[str]:
        """The options that SPSS has, however few gave them; not in the alphabet's order, as made of answers."""
        written = {fold(text): text for text in self.given}
        options = sorted((word for word, code in self.labels.items() if code.isdigit()), key=self.code)
        kept = [written.get(word, word.capitalize()) for word in options if word not in MISSING]
        up = sum(a < b for a, b in pairwise(options))
        of_form = 3 * min(up, len(options) - 1 - up) > len(options) - 1
        return kept if of_form and len(kept) <= _LISTED and all(map(identifiers.harmless, kept)) else []

    def code(self, text: str) -> int:
        code = self.labels.get(fold(text), "")
        return int(code) if code.isdigit() else 0

    def rows(self, wanted: Iterable[str] | None = None) -> np.ndarray:
        kept = set(self.given if wanted is None else wanted)
        return np.asarray(np.array([text in kept for text in self.texts] + [False])[self.codes])

    def share(self, test: Callable[[str], object]) -> float:
        """The share of the different answers that pass a test."""
        some = list(self.given)[:_SAMPLE]
        return sum(bool(test(text)) for text in some) / max(len(some), 1)

    @cached_property
    def tells_person(self) -> bool:
        """A number or name of people, some of whom have several rows."""
        named = vocabulary.is_of("id", self.title) and vocabulary.is_of("people", self.title)
        return named and 2 < len(self.given) < (self.codes >= 0).sum() <= 30 * len(self.given)


def columns(table: Table) -> list[Column]:
    """The columns of a table. Rows that were pasted again count once, and each person once."""
    frame = pd.DataFrame(dict(enumerate(table.columns)), copy=False)
    again = twins.rows_again(Dataset(frame, Codebook("", {}, ()), table.origin, len(table), 0))
    made = [_column(table, i, table.columns[i].codes[~again]) for i in range(len(table.columns))]
    person = next((column for column in made if column.tells_person), None)
    if person is None:
        return made
    answers = (np.stack([person.codes, column.codes]) for column in made)
    return [_column(table, i, np.unique(pairs, axis=1)[1]) for i, pairs in enumerate(answers)]


def _column(table: Table, i: int, counted: np.ndarray) -> Column:
    texts, codes = tuple(table.columns[i].categories.tolist()), table.columns[i].codes.astype(np.intp)
    people = np.bincount(counted[counted >= 0], minlength=len(texts))
    return Column(table.headings[i], table.headings[i].title, codes, texts, people, table.labels.get(i, {}))
