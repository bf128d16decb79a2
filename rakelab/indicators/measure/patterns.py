"""Patterns of a multiple choice: how many people ticked just these of some options, and how many options in all.

No table shows them. They are what the counts of single options, of pairs and of numbers of ticks are sums of, so
protection asks of them what else those counts give away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from rakelab.cells import Key
from rakelab.dataset import ANSWERED, Dataset, option_column
from rakelab.names import pattern_key, rest_key
from rakelab.prepare import MOST


@dataclass(frozen=True)
class Pattern:
    """People who ticked just these of some options (``ticked``, in order) and ``number`` of all options, with the
    ``fewest`` and the ``most`` other options that leaves them."""

    variable: str
    ticked: tuple[bool, ...]
    number: str
    fewest: int
    most: int

    @cached_property
    def key(self) -> Key:
        return pattern_key(self.variable, self.ticked, self.number)

    @cached_property
    def others(self) -> Key:
        """The key of everybody with as many other options."""
        return rest_key(self.variable, self.fewest, self.most)


def patterns(dataset: Dataset, variable: str, options: Sequence[str]) -> dict[Pattern, int]:
    """How many of those who answered have each pattern of ``options`` that anybody can have."""
    counted = [o.value for o in dataset.codebook[variable].categories if not o.exclusive]
    ticks = {option: dataset.frame[option_column(variable, option)].to_numpy(dtype=bool) for option in counted}
    answered = (dataset.frame[variable] == ANSWERED).to_numpy()
    numbers = np.minimum(np.sum([*ticks.values()], axis=0), MOST)[answered]
    code = sum((ticks[option].astype(int) << i for i, option in enumerate(options)), np.zeros(len(answered), int))[
        answered
    ]
    sums = np.bincount(code * (MOST + 1) + numbers, minlength=(MOST + 1) << len(options))
    people = {}
    for bits in product((False, True), repeat=len(options)):
        place = sum(bit << i for i, bit in enumerate(bits)) * (MOST + 1)
        for pattern in _numbered(variable, bits, len(counted)):
            people[pattern] = int(sums[place + int(pattern.number.rstrip("-"))])
    return people


def unlisted(people: Mapping[Pattern, int]) -> dict[Key, int]:
    """The counts of the patterns and of their numbers of other options, by key."""
    counts = {pattern.key: n for pattern, n in people.items()}
    for pattern, n in people.items():
        counts[pattern.others] = counts.get(pattern.others, 0) + n
    return counts


def _numbered(variable: str, ticked: tuple[bool, ...], options: int) -> list[Pattern]:
    """A pattern with every number of ticks that it leaves room for."""
    own, others = sum(ticked), options - len(ticked)
    made = []
    for n in range(min(own, MOST), MOST + 1):
        fewest, most = max(n - own, 0), others if n == MOST else n - own
        if fewest <= others:
            made.append(Pattern(variable, ticked, f"{n}-" if n == MOST else str(n), fewest, most))
    return made
