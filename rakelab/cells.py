"""The two kinds of table: ``Tally`` (inside the wall) and ``Released`` (outside), and the ``Cell`` between them.

A count is named by its *key*: the pairs (variable, level) that a person has, in canonical order. The same count has
the same key wherever it is shown, so it is protected once and every table draws that one number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import inf
from typing import Any

from rakelab import i18n
from rakelab.cell import HIDDEN, MARKERS, NOTHING, Cell, Judged, Mean, State, shown  # noqa: F401 - every room finds them here
from rakelab.fields import ANSWERED
from rakelab.population import EVERYBODY, Population
from rakelab.reserved import RELEASE

Pair = tuple[str, str]
Key = tuple[Pair, ...]
TOTAL: Key = ()


def key(*pairs: Pair) -> Key:
    """The canonical key of a conjunction of (variable, level) pairs."""
    return tuple(sorted(pairs))


def join(*keys: Key) -> Key:
    """The key of people who have all of ``keys``."""
    return tuple(sorted({pair for one in keys for pair in one}))


def other_than(pair: Pair) -> Pair:
    """Everybody who does not have ``pair``; the same again gives the pair back."""
    variable, level = pair
    return variable, level[1:] if is_other(level) else f"!{level}"


def is_other(level: str) -> bool:
    return level.startswith("!")


def name_of(one: Key) -> str:
    """``tuen_tarpeet=talous|vuosi=2020``: the cell's id in files. The total is ``*``."""
    return "|".join(f"{variable}={level}" for variable, level in one) or "*"


@dataclass(frozen=True)
class Link:
    """A sum that anybody can know, in every context: Σ coefficient × count {relation} 0. ``terms`` pair a key with a
    coefficient; ``TOTAL`` stands for the context's own base. A context is any group of people: the link “yes + no =
    all” holds in every year and every municipality. One that holds in these rows only is not ``told``: reckoned with,
    never published. What a "<=" leaves is a count to protect where it is a ``rest``."""

    terms: tuple[tuple[Key, int], ...]
    relation: str = "=="  # or "<="
    told: bool = True
    rest: bool = False


@dataclass(frozen=True)
class Relation:
    """A ``Link`` in one context: Σ coefficient × cell {relation} ``value``."""

    terms: tuple[tuple[Key, int], ...]
    relation: str = "=="
    value: int = 0
    told: bool = True


@dataclass(frozen=True)
class View:
    """How counts are laid out as one table: rows × columns of keys, and where the words come from.

    ``id`` is unique in a report. A cell's key joins its row and its column; its base is the column's key, or those
    of the column who ``answered`` the variable (not for the rows ``apart``: the kinds of missing). ``measure`` is
    ``count``, ``mean`` (a cell is the base of a mean) or ``statistic`` (a cell is the base of named numbers);
    ``multiple`` says that a person can be in several rows.
    """

    id: str
    indicator: str
    variable: str
    rows: tuple[Key, ...]
    columns: tuple[Key, ...] = (TOTAL,)
    by: str = ""
    multiple: bool = False
    measure: str = "count"
    answered: bool = False
    apart: tuple[Key, ...] = ()
    banded: bool = False  # the columns are bands of a number: one that is published to have nobody takes no place
    empty: tuple[Key, ...] = ()  # such columns

    def base(self, column: Key, row: Key | None = None) -> Key:
        """The base of the percentages in ``column``, or of that of one ``row``."""
        return join(column, key((self.variable, ANSWERED))) if self.answered and row not in self.apart else column

    def inhabited(self, cells: Mapping[Key, Cell]) -> "View":
        """The same layout without the bands that are published to have nobody."""
        groups = (column for column in self.columns if column and self.banded)
        empty = tuple(column for column in groups if cells[column].state is State.ZERO)
        if not empty or len(empty) == len(self.columns):
            return replace(self, banded=False)
        kept = tuple(one for one in self.columns if one not in empty)
        return replace(self, columns=kept, empty=empty, banded=False)

    def all_keys(self) -> set[Key]:
        """Every key of the table: cells, bases, columns, and those of the empty columns."""
        whole = replace(self, columns=(*self.columns, *self.empty))
        return {one for pair in whole.cells() for one in pair} | {TOTAL, *whole.columns}

    def cells(self) -> Iterator[tuple[Key, Key]]:
        """Every (cell key, base key) of the table."""
        for column in self.columns:
            for row in self.rows:
                yield join(row, column), self.base(column, row)


@dataclass(frozen=True)
class Variable:
    """What a reader and the rule must know of one variable; comes from the codebook, travels with every table."""

    title: Mapping[str, str]
    levels: Mapping[str, Mapping[str, str]]  # level -> words in each language, options first
    ordered: bool = False
    multiple: bool = False
    sensitivity: str = ""
    role: str = ""
    threshold: int = 0
    missing: tuple[str, ...] = ()  # those of the levels that are kinds of missing
    open: tuple[str, ...] = ()  # levels whose counts are told however small
    lengths: Mapping[str, int] = field(default_factory=dict)  # of a period: the days of each that the data cover
    counted: str = "sample"  # or "all": everything there is, so that no interval is made of it


@dataclass(frozen=True)
class Grid:
    """The values that one person can have: from ``low`` to ``high`` in steps, of which ``origin`` is one."""

    step: float
    origin: float = 0.0
    low: float = -inf
    high: float = inf


@dataclass(frozen=True)
class Counted:
    """Another table counts, at ``at``, who has a value from ``low`` to ``high``: of the same people, and of ``more``
    others."""

    low: float
    high: float
    at: Key
    more: int = 0


@dataclass(frozen=True)
class Moments:
    """Mean and standard deviation of one group (inside the wall). Where people can have values of a ``grid`` only,
    protection asks what the mean gives away of how many have each: ``counts`` is how many do; ``counted`` says which
    other counts are of the same values (floor, ceiling, who improved), ``parts`` which other means of the same people
    sum up to it (each times its sign): a change is the end less the start."""

    mean: float
    sd: float
    grid: Grid | None = None
    counted: tuple[Counted, ...] = ()
    parts: tuple[tuple[Key, int], ...] = ()
    counts: Mapping[float, int] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True)
class Account:
    """How the rows behind a table came to be. Equal accounts mean the same people. ``rows`` is a digest of which rows
    were kept; ``steps`` pair a reason with the rows left after it, and ``populations`` say what those are known to be:
    of the file, and after each step. ``aside`` pairs a reason with the rows that could not be used, each row once."""

    file: str
    sha256: str
    codebook: str
    version: str
    title: Mapping[str, str] = field(hash=False)
    synthetic: bool
    read: int
    used: int
    rows: str
    steps: tuple[tuple[str, int], ...] = ()
    populations: tuple[Population, ...] = (EVERYBODY,)
    aside: tuple[tuple[str, int], ...] = ()

    @property
    def population(self) -> Population:
        """What everybody counted is known to be."""
        return self.populations[-1]


@dataclass(frozen=True, repr=False)
class Tally:
    """Counts of people, inside the wall. It shows nothing by itself: it must go through ``protect``. Tables released
    together count the same people: their ``account`` is the same."""

    view: View
    counts: Mapping[Key, int]
    links: tuple[Link, ...]
    variables: Mapping[str, Variable]
    account: Account
    moments: Mapping[Key, Moments] = field(default_factory=dict)  # by the key of those with a value
    distribution: tuple[Key, ...] = ()  # the counts that the moments summarise
    statistics: Mapping[tuple[Key, str], float | None] = field(default_factory=dict)  # by (key of the base, name)
    patterns: Mapping[Key, int] = field(default_factory=dict)  # counts that no table shows and that others are sums of

    def __repr__(self) -> str:
        return f"<Tally {self.view.id}: not released>"


@dataclass(frozen=True)
class Advice:
    """What could be shown instead: ``levels`` of ``variable`` as one, because most of their cells are hidden."""

    variable: str
    levels: tuple[str, ...]


_TOKEN = object()


@dataclass(frozen=True, repr=False)
class Released:
    """One table outside the wall. Only ``rakelab._seal`` makes it."""

    view: View
    cells: Mapping[Key, Cell]
    variables: Mapping[str, Variable]
    means: Mapping[Key, Mean] = field(default_factory=dict)  # by the key of those with a value
    statistics: Mapping[tuple[Key, str], Cell] = field(default_factory=dict)  # by (key of the base, name)
    judged: Mapping[tuple[Key, ...], Judged] = field(default_factory=dict)  # by the mean of a change, or by two means
    advice: Advice | None = None
    source: Mapping[str, str] = field(default_factory=dict)  # title of the release it comes from, where gathered
    token: object = None

    def __post_init__(self) -> None:
        if self.token is not _TOKEN:
            raise TypeError("Released is made by protect() only")

    def __getitem__(self, wanted: Key) -> Cell:
        return self.cells[wanted]

    def __repr__(self) -> str:
        return f"<Released {self.view.id}: {len(self.cells)} cells, {self.hidden} hidden>"

    @property
    def sampled(self) -> bool:
        """Its people stand for more than themselves, so that its numbers have intervals."""
        about = self.variables.get(self.view.variable)
        return about is None or about.counted != "all"

    @property
    def hidden(self) -> int:
        """How many of the table's inner cells are hidden."""
        return sum(self.cells[one].state is State.HIDDEN for one, _ in self.view.cells())

    @property
    def too_few(self) -> bool:
        """More than half of the inner cells are hidden: a sentence serves better than the table."""
        return 2 * self.hidden > len(self.view.rows) * len(self.view.columns)

    def label(self, pair: Pair, lang: str) -> str:
        variable, level = pair
        if is_other(level):
            return i18n.text("common.other_than", lang, label=self.label(other_than(pair), lang))
        return self.variables[variable].levels[level][lang]

    def only(self, *columns: Key) -> "Released":
        """The same table with some of its columns."""
        return replace(self, view=replace(self.view, columns=columns))


@dataclass(frozen=True)
class ReleasedAccount:
    """An ``Account`` that may be published: a difference of rows below the threshold is hidden."""

    file: str
    sha256: str
    codebook: str
    version: str
    title: Mapping[str, str] = field(hash=False)
    synthetic: bool
    read: Cell
    used: Cell
    steps: tuple[tuple[str, Cell], ...] = ()
    population: Population = EVERYBODY
    set_aside: Cell = NOTHING
    reasons: tuple[tuple[str, Cell], ...] = ()  # why they were set aside; small ones as one


@dataclass(frozen=True, repr=False)
class Excerpt:
    """A passage of free text, inside the wall. ``about``, what it is put under: ``<codebook>/<variable>=<level>``."""

    row: int
    text: str
    about: str = ""

    def __repr__(self) -> str:
        return f"<Excerpt of row {self.row}: not released>"


@dataclass(frozen=True)
class Quote:
    """A passage that somebody answers for. Only ``protect.release_quotes`` and the archive make it."""

    text: str
    about: str
    approved_by: str
    date: str
    token: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.token is not _TOKEN:
            raise TypeError("Quote is made by release_quotes() only")


@dataclass(frozen=True)
class Filled:
    """A value taken from released results, and the releases it comes from: folder and title of each."""

    value: Cell
    sources: tuple[tuple[str, Mapping[str, str]], ...] = ()


@dataclass(frozen=True, repr=False)
class Record:
    """One row of a register of public texts (a plan), inside the wall: ``cells`` are texts by field."""

    row: int
    cells: Mapping[str, str]
    filled: Filled | None = None

    def __repr__(self) -> str:
        return f"<Record of row {self.row}: not released>"


@dataclass(frozen=True)
class Entry:
    """A row of a register that somebody answers for. Only ``protect.release_register`` and the archive make it."""

    cells: Mapping[str, str]
    approved_by: str
    date: str
    filled: Filled | None = None
    token: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.token is not _TOKEN:
            raise TypeError("Entry is made by release_register() only")


@dataclass(frozen=True, repr=False)
class Release(Mapping[str, Released]):
    """Everything one report may show: released tables by id, and what a reader can know about their sums."""

    tables: Mapping[str, Released]
    relations: tuple[Relation, ...]
    thresholds: Mapping[Key, int]  # the rule's threshold for each cell: public, as the rule is
    rule: Mapping[str, Any]
    account: ReleasedAccount
    parts: tuple["Part", ...] = ()  # the releases that this one was gathered from
    quotes: tuple[Quote, ...] = ()
    entries: tuple[Entry, ...] = ()

    def __getitem__(self, wanted: str) -> Released:
        return self.tables[wanted]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)

    def __repr__(self) -> str:
        return f"<Release: {', '.join(self.tables)}>"

    @property
    def cells(self) -> dict[Key, Cell]:
        """Every cell of the report by key; a key has one number wherever it is shown. Of a gathered release, the
        cells of each part, with the part's name in their keys."""
        if self.parts:
            named = ((part.id, part.release.cells.items()) for part in self.parts)
            return {join(key((RELEASE, name)), one): cell for name, cells in named for one, cell in cells}
        return {one: cell for table in self.tables.values() for one, cell in table.cells.items()}


@dataclass(frozen=True)
class Part:
    """One release among those gathered: its name, the check sum of its file, and the release itself."""

    id: str
    sha256: str
    release: Release
