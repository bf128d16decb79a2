"""What a column holds: its different texts, how many people gave each, and what of them may be written."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from rakelab import identifiers
from rakelab.codebook import Codebook
from rakelab.dataset import Dataset
from rakelab.draft import words
from rakelab.loaders import twins
from rakelab.loaders.spelling import MISSING, fold
from rakelab.loaders.table import Heading, Table

#: What no text that a draft writes may hold; a longer text is no option.
LONGEST = 120


@dataclass(frozen=True, repr=False)
class Column:
    """One column: ``codes`` point at ``texts`` (−1 is blank), ``people`` are those who gave each of them, which is
    fewer than the rows where people or rows stand twice. ``labels``: folded label → code, of SPSS."""

    heading: Heading
    codes: np.ndarray
    texts: tuple[str, ...]
    people: np.ndarray
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return self.heading.title

    @cached_property
    def given(self) -> dict[str, int]:
        """Answer → people, most first; blanks and what means that there is no answer are left out."""
        pairs = zip(self.texts, self.people.tolist(), strict=True)
        real = [(text, n) for text, n in pairs if n and fold(text) not in MISSING and not words.unknown(text)]
        return dict(sorted(real, key=lambda pair: -pair[1]))

    @cached_property
    def size(self) -> int:
        return sum(self.given.values())

    def common(self, limit: int) -> list[str]:
        """Answers that may be written: of as many people as the limit, and pointing at nobody. (A municipality may be
        called as a person is.)"""
        place = words.is_of("region", self.title)
        often = (text for text, n in self.given.items() if n >= limit and len(text) <= LONGEST)
        return [text for text in often if harmless(text) or (place and len(text.split()) == 1)]

    @cached_property
    def listed(self) -> list[str]:
        """The options that SPSS has for the column, in their order: of these it does not matter how few gave them. Not
        where they stand in the alphabet's order, as answers made into codes by a program do."""
        written = {fold(text): text for text in self.given}
        numbered = {word: int(code) for word, code in self.labels.items() if code.isdigit()}
        options = sorted(numbered, key=lambda word: numbered[word])
        kept = [written.get(word, word.capitalize()) for word in options if fold(word) not in MISSING]
        return kept if options != sorted(options) and all(map(harmless, kept)) else []

    @cached_property
    def labelled(self) -> bool:
        """Most of the answers are options that SPSS has for them."""
        return 2 * sum(fold(text) in self.labels for text in self.given) > len(self.given)

    def rows(self, wanted: Iterable[str] | None = None) -> np.ndarray:
        """Which rows have one of the texts (any answer, without)."""
        kept = set(self.given if wanted is None else wanted)
        return np.asarray(np.array([text in kept for text in self.texts] + [False])[self.codes])

    def share(self, test: Callable[[str], object]) -> float:
        """The share of the different answers that pass a test, of the first two thousand."""
        some = list(self.given)[:2000]
        return sum(bool(test(text)) for text in some) / len(some) if some else 0.0


def harmless(text: str) -> bool:
    """Points at nobody, also where a name of two words is in small letters or has lines for spaces."""
    spaced = " ".join(text.replace("_", " ").replace("-", " ").split())
    name = spaced.title() if spaced.islower() and len(spaced.split()) == 2 else spaced
    return not any(map(identifiers.telling, {text, spaced, name}))


def columns(table: Table) -> list[Column]:
    """The columns of a table. Rows that were pasted again count once."""
    frame = pd.DataFrame(dict(enumerate(table.columns)), copy=False)
    again = twins.rows_again(Dataset(frame, Codebook("", {}, ()), table.origin, len(table), 0))
    made = [_column(table, i, _counted(table.columns[i].codes[~again], table, i)) for i in range(len(table.columns))]
    person = next((one for one in made if tells_person(one)), None)
    if person is None:
        return made
    return [_column(table, i, _by_person(person.codes, table, i)) for i in range(len(made))]


def _column(table: Table, i: int, people: np.ndarray) -> Column:
    column = table.columns[i]
    texts = tuple(column.categories.tolist())
    return Column(table.headings[i], column.codes.astype(np.intp), texts, people, table.labels.get(i, {}))


def _counted(codes: np.ndarray, table: Table, i: int) -> np.ndarray:
    return np.bincount(codes[codes >= 0], minlength=len(table.columns[i].categories))


def _by_person(persons: np.ndarray, table: Table, i: int) -> np.ndarray:
    """Who gave each answer, each person once."""
    pairs = np.unique(np.stack([persons, table.columns[i].codes.astype(np.intp)]), axis=1)
    return _counted(pairs[1], table, i)


def tells_person(column: Column) -> bool:
    """A number or name of people, some of whom have several rows."""
    different = len(column.given)
    named = words.is_of("id", column.title) and words.is_of("people", column.title)
    return named and 2 < different < (column.codes >= 0).sum() <= 30 * different
