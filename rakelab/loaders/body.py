"""What every reader hands on: headings, columns, row numbers, and what it noticed on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from rakelab import identifiers
from rakelab.dataset import Finding
from rakelab.loaders.columns import letters

_SHOWN = 60


@dataclass(frozen=True)
class Heading:
    """How a file names one column. ``pairs`` are (question, option) readings, tried before the plain ``names``."""

    text: str
    position: int
    names: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> str:
        """The heading as a message may show it: short, and never one that holds an identifier."""
        text = " ".join(self.text.split())
        told = identifiers.shown(text)
        if not text or told != identifiers.visible(text):
            return letters(self.position)
        return told if len(told) <= _SHOWN else told[: _SHOWN - 1] + "…"


@dataclass(frozen=True, repr=False)
class Body:
    """A table of text. ``columns[i]`` is a categorical under ``headings[i]``; ``rows`` are spreadsheet row numbers.

    ``around`` holds the text found above and below the table; ``labels`` the value labels of an SPSS column.
    """

    headings: tuple[Heading, ...]
    columns: tuple[pd.Categorical, ...]
    rows: np.ndarray
    reader: str
    findings: tuple[Finding, ...] = ()
    around: tuple[str, ...] = ()
    labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
