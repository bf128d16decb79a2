"""Rows, inside the wall: what was read, what was found wrong, and every step that chose or dropped rows.

Nothing here shows a row: the representations tell sizes only, and a ``Finding`` holds row numbers, never values.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from rakelab import i18n
from rakelab.cells import Account, Question
from rakelab.codebook import Codebook
from rakelab.fields import ANSWERED, Field
from rakelab.names import coded_name, option_column, sources_of, state_column
from rakelab.population import EVERYBODY, SENSITIVE, People, Population, Trait

#: Why a row was set aside that breaks several rules.
SEVERAL = "several"
#: What is found where the file has no column for a variable.
ABSENT = "column_absent"

__all__ = [
    "ANSWERED",
    "Dataset",
    "Finding",
    "Origin",
    "Severity",
    "Step",
    "option_column",
    "state_column",
]


class Severity(StrEnum):
    """What a finding does: ``file`` – the file cannot be used; ``row`` – these rows are set aside;
    ``note`` – used all the same, said to the user."""

    FILE = "file"
    ROW = "row"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One fault or remark: reason code, variable, and the rows of the file (1 = first line) it concerns.

    ``values`` fill the placeholders of the sentence ``loaders.finding.<code>``: names and counts, never cell values
    (but for a text of a question that is not sensitive which very many rows share).
    """

    code: str
    variable: str = ""
    rows: tuple[int, ...] = ()
    severity: Severity = Severity.ROW
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Origin:
    """Where a table came from. ``file`` is a name without folders; ``synthetic`` is said on every page; of a workbook
    ``other_sheets`` are those that can be seen in it beside the one that was read."""

    file: str
    sha256: str
    reader: str = ""
    synthetic: bool = False
    other_sheets: tuple[str, ...] = field(default=(), repr=False)  # a name may be a person's
    folder: str = field(default="", repr=False)  # where the file lies; never published
    sheet: str = field(default="", repr=False)  # as it was asked for


@dataclass(frozen=True)
class Step:
    """One choice of rows: reason, rows before and after, and what those left are known to be since."""

    why: str  # a ``Word`` of the tool, or a text that somebody wrote
    before: int
    after: int
    population: Population = EVERYBODY


@dataclass(frozen=True, repr=False)
class Dataset:
    """Typed rows that passed the codebook.

    ``frame.index`` is the row number in the file. Columns of ``frame``, for a field ``v`` (levels as in
    ``Codebook[v].levels``):
    single choice ``v`` – categorical over the levels; multi choice ``v:option`` – bool for each option, and ``v``
    – categorical over ``vastattu`` and the kinds of missing; integer and number ``v`` – float, missing NaN, and
    ``v:tila`` – categorical as for multi choice; date ``v`` – datetime; free text ``v`` – object.
    """

    frame: pd.DataFrame
    codebook: Codebook
    origin: Origin
    read: int
    set_aside: int
    findings: tuple[Finding, ...] = ()
    steps: tuple[Step, ...] = ()
    extent: Population | None = None  # what all rows of the file are known to be
    contents: pd.Series | None = None  # by row number, a digest of what the file says of that person
    alike: Mapping[str, frozenset[str]] = field(default_factory=dict)  # what those chosen have, by what chose them

    def __post_init__(self) -> None:
        if self.extent is None:  # once, from the file's own levels: joining groups afterwards does not change it
            object.__setattr__(self, "extent", self._only_regions(self.frame))
            object.__setattr__(
                self, "alike", self._levels(self.frame, [trait.name for trait in self.extent or EVERYBODY])
            )
        if self.contents is None:
            object.__setattr__(self, "contents", self._contents())

    def __repr__(self) -> str:
        return f"<Dataset {self.codebook.name}: {len(self.frame)} rows>"

    def _repr_html_(self) -> str:
        """How many rows, and where the questions are; never a row."""
        lang = i18n.spoken()
        numbers = {"n": i18n.number(len(self.frame), lang), "title": self.codebook.title[lang]}
        return f"<p>{escape(i18n.text('incell.dataset', lang, **numbers))}</p>"

    def __len__(self) -> int:
        return len(self.frame)

    @cached_property
    def _absent(self) -> frozenset[str]:
        removed = {field.name for field in self.codebook.removed} - {field.name for field in self.codebook.fields}
        return frozenset(finding.variable for finding in self.findings if finding.code == ABSENT) | removed

    def made_anew(self, name: str) -> "Dataset":
        """The same dataset where answers to a question have come from elsewhere than the file."""
        removed = tuple(field for field in self.codebook.removed if field.name != name)
        kept = tuple(one for one in self.findings if (one.code, one.variable) != (ABSENT, name))
        return replace(self, findings=kept, codebook=replace(self.codebook, removed=removed))

    def asked(self, name: str) -> bool:
        """Does the file have a column for the variable, or for the one that it was made of?"""
        made_of = {self.codebook[name].of} if name in self.codebook else set()
        return self._absent.isdisjoint(made_of | sources_of(name))

    @cached_property
    def account(self) -> Account:
        """How these rows came to be, for the tables counted from them."""
        kept = pd.util.hash_pandas_object(self.frame.index.to_series(), index=False)
        return Account(
            file=self.origin.file,
            sha256=self.origin.sha256,
            codebook=self.codebook.name,
            version=self.codebook.version,
            title=self.codebook.title,
            synthetic=self.origin.synthetic,
            read=self.read,
            used=len(self.frame),
            rows=sha256(kept.to_numpy().tobytes()).hexdigest()[:16],
            steps=tuple((step.why, step.after) for step in self.steps),
            populations=(self.extent or EVERYBODY, *(step.population for step in self.steps)),
            aside=tuple(reasons(self.findings, self.set_aside).items()),
            area=self.codebook.area,
            questions=tuple(self._questions()),
            people=self._people(),
            folder=self.origin.folder,
        )

    @property
    def weights(self) -> np.ndarray | None:
        """How much each row weighs; None where the form or the file has no weight."""
        weight = self.codebook.weight
        return None if weight is None or not self.asked(weight.name) else self.frame[weight.name].to_numpy(dtype=float)

    def _questions(self) -> Iterator[Question]:
        """The questions of the form, but for those by which the tool knows what a row is of, and items of scales."""
        items = {item.name for used in self.codebook.instruments for item in used.fields()}
        for asked in self.codebook.fields:
            if asked.role in ("", "region") and not asked.weight and asked.name not in items:
                why = "absent" if not self.asked(asked.name) else "text" if asked.free_text else ""
                bands = (band.name for band in self.codebook.bands if band.of == asked.name)
                told = (asked.name, *bands, coded_name(asked.name, "teema"))
                yield Question(asked.name, asked.title, why or ("date" if asked.type == "date" else ""), told)

    def _contents(self) -> pd.Series:
        """Of each row; where the form knows persons, of all rows of the person together."""
        digests = pd.util.hash_pandas_object(self.frame, index=False)
        person, group = self.codebook.role("person"), self.codebook.role("group")
        names = [field.name for field in (group, person) if field is not None and field.name in self.frame]
        if person is None or person.name not in names:
            return digests
        together = digests.groupby([self.frame[name] for name in names], observed=True, dropna=False)
        return together.transform("sum").where(self.frame[person.name].notna(), digests)

    def _people(self) -> People:
        kept = self.frame.index
        known = (
            self.contents if self.contents is not None and kept.isin(self.contents.index).all() else self._contents()
        )
        table = f"{self.origin.sha256} {self.origin.sheet}"
        return People(table, kept.to_numpy(dtype=np.int64), known.loc[kept].to_numpy(), tuple(self.alike.items()))

    def _levels(self, frame: pd.DataFrame, names: Iterable[str]) -> dict[str, frozenset[str]]:
        """The levels that rows have, of fields of one answer."""
        there = (self.codebook[name] for name in names if name in frame)
        choices = (field.name for field in there if field.choice and not field.multiple)
        return {name: frozenset(map(str, frame[name].unique())) for name in choices}

    @property
    def population(self) -> Population:
        """What everybody in these rows is known to be: by each choice of rows, and by all being of one region."""
        return self.steps[-1].population if self.steps else self.extent or EVERYBODY

    def narrowed(self, frame: pd.DataFrame, why: str, by: Iterable[str] | None = None) -> "Dataset":
        """The same dataset with fewer rows, and the step that made it so. ``by``: the fields that chose them; where
        that is not said, those sensitive ones in which all rows have one answer now, and did not before."""
        chosen = self._newly_alike(frame) if by is None else by
        known = {_trait(self.codebook[name]) for name in chosen} | self._only_regions(frame)
        step = Step(why, len(self.frame), len(frame), self.population | known)
        alike = {**self.alike, **self._levels(frame, (trait.name for trait in known))}
        return replace(self, frame=frame, steps=(*self.steps, step), alike=alike)

    def _only_regions(self, frame: pd.DataFrame) -> Population:
        """The regions' fields in which all rows that answered have one answer."""
        regions = (self.codebook[field.name] for field in self.codebook.fields if field.role == "region")
        there = [field for field in regions if field.choice and not field.multiple and field.name in frame]
        return frozenset(_trait(field) for field in there if len(set(frame[field.name]) & set(field.values)) == 1)

    def _newly_alike(self, frame: pd.DataFrame) -> list[str]:
        """Sensitive questions of one answer whose answers are all alike in these rows only."""
        asked = (self.codebook[field.name] for field in self.codebook.fields if field.sensitivity in SENSITIVE)
        there = [field.name for field in asked if field.choice and not field.multiple and field.name in self.frame]
        return [name for name in there if frame[name].nunique() == 1 < self.frame[name].nunique()]


def reasons(findings: Iterable[Finding], set_aside: int) -> dict[str, int]:
    """How many rows were set aside for each reason (a finding's code), each row once: of several reasons it is
    ``SEVERAL``. Where rows of a file stand for several, which are counted, the reasons are not parted."""
    codes: dict[int, set[str]] = {}
    for finding in findings:
        for row in finding.rows if finding.severity is Severity.ROW else ():
            codes.setdefault(row, set()).add(finding.code)
    numbers = Counter(SEVERAL if len(of_row) > 1 else min(of_row) for of_row in codes.values())
    whole = numbers.total() == set_aside
    return dict(sorted(numbers.items())) if whole else {SEVERAL: set_aside}


def _trait(field: Field) -> Trait:
    return Trait(field.name, field.sensitivity, field.trait, field.threshold)
