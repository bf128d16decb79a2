"""The two kinds of table: ``Tally`` (inside the wall) and ``Released`` (outside), and the ``Cell`` between them.

A count is named by its *key*: the pairs (variable, level) that a person has, in canonical order. The same count has
the same key wherever it is shown, so it is protected once and every table draws that one number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from html import escape
from math import inf
from typing import Any

from rakelab import i18n
from rakelab.cell import HIDDEN, MARKERS, NOTHING, TOKEN, Cell, Judged, Mean, Quantity, Sign, State, shown
from rakelab.errors import NoTableError, nearest
from rakelab.fields import ANSWERED
from rakelab.names import RELEASE, TOTAL, Key, Pair, is_other, join, key, name_of, other_than
from rakelab.passages import Entry, Excerpt, Filled, Quote, Record
from rakelab.population import EVERYBODY, People, Population

__all__ = [
    "HIDDEN", "MARKERS", "NOTHING", "TOTAL", "Account", "Advice", "Cell", "Counted", "Entry", "Excerpt", "Filled",
    "Grid", "Judged", "Key", "Link", "Mean", "Moments", "Pair", "Part", "Quantity", "Quote", "Record",
    "Release", "Released", "ReleasedAccount", "Sign", "State", "Tally", "Variable", "View", "is_other", "join",
    "key", "name_of", "other_than", "shown",
]  # fmt: skip


@dataclass(frozen=True)
class Link:
    """A sum that anybody can know: Σ coefficient × count {relation} ``value``; in every context, or in one. ``terms``
    pair a key with a coefficient; ``TOTAL`` stands for the context's own base. A context is any group of people: the
    link “yes + no = all” holds in every year and every municipality; expanded, there is one in each. One that holds in
    these rows only is not ``told``: reckoned with, never published. What a "<=" leaves is a count to protect where it
    is a ``rest``."""

    terms: tuple[tuple[Key, int], ...]
    relation: Sign = Sign.EQUAL
    value: int = 0
    told: bool = True
    rest: bool = False


@dataclass(frozen=True)
class View:
    """How counts are laid out as one table: rows × columns of keys, and where the words come from.

    ``id`` is unique in a report; the indicator gives it, its own name and its ``title``. A cell's key joins its row and
    its column; its base is the column's key, or those of the column who ``answered`` the variable (not for the rows
    ``apart``: the kinds of missing). ``multiple`` says that a person can be in several rows.
    """

    id: str = ""
    indicator: str = ""
    variable: str = ""
    rows: tuple[Key, ...] = ()
    columns: tuple[Key, ...] = (TOTAL,)
    by: str = ""
    multiple: bool = False
    measure: Quantity = Quantity.COUNT
    answered: bool = False
    apart: tuple[Key, ...] = ()
    banded: bool = False  # the columns are bands of a number: one that is published to have nobody takes no place
    empty: tuple[Key, ...] = ()  # such columns
    title: Mapping[str, str] = field(default_factory=dict, hash=False)  # where empty, that of the variable

    def base(self, column: Key, row: Key | None = None) -> Key:
        """The base of the percentages in ``column``, or of that of one ``row``."""
        return join(column, key((self.variable, ANSWERED))) if self.answered and row not in self.apart else column

    def inhabited(self, cells: Mapping[Key, Cell]) -> "View":
        """The same layout without the bands that are published to have nobody."""
        groups = (column for column in self.columns if column and self.banded)
        empty = tuple(column for column in groups if cells[column].state is State.ZERO)
        if not empty or len(empty) == len(self.columns):
            return replace(self, banded=False)
        kept = tuple(column for column in self.columns if column not in empty)
        return replace(self, columns=kept, empty=empty, banded=False)

    def all_keys(self) -> set[Key]:
        """Every key of the table: cells, bases, columns, and those of the empty columns."""
        whole = replace(self, columns=(*self.columns, *self.empty))
        return {cell_key for pair in whole.cells() for cell_key in pair} | {TOTAL, *whole.columns}

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
class Weighted:
    """A weighted share (inside the wall), and by how much it would change at most if somebody were in the place of
    somebody else of the same group."""

    share: float
    swap: float


@dataclass(frozen=True)
class Question:
    """A question of the form, and by which variables a table would count it. ``why``: why none does; empty where one
    could."""

    name: str
    title: Mapping[str, str] = field(hash=False)
    why: str = ""
    counted_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class Provenance:
    """Which file and which form the rows are of."""

    file: str
    sha256: str
    codebook: str
    version: str
    title: Mapping[str, str] = field(hash=False)
    synthetic: bool
    area: str = field(default="", kw_only=True)
    questions: tuple[Question, ...] = field(default=(), kw_only=True, compare=False)

    @property
    def provenance(self) -> dict[str, Any]:
        """These fields by name, for another account of the same rows."""
        return {part.name: getattr(self, part.name) for part in fields(Provenance)}


@dataclass(frozen=True)
class Account(Provenance):
    """How the rows behind a table came to be. Equal accounts mean the same people. ``rows`` is a digest of which rows
    were kept; ``steps`` pair a reason with the rows left after it, and ``populations`` say what those are known to be:
    of the file, and after each step. ``aside`` pairs a reason with the rows that could not be used, each row once.
    ``people`` and the ``folder`` of the file are for the ledger, and never leave."""

    read: int
    used: int
    rows: str
    steps: tuple[tuple[str, int], ...] = ()
    populations: tuple[Population, ...] = (EVERYBODY,)
    aside: tuple[tuple[str, int], ...] = ()
    people: People | None = field(default=None, compare=False, repr=False)
    folder: str = field(default="", compare=False, repr=False)

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
    weighted: Mapping[Key, Weighted] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Tally {self.view.id}: not released>"


@dataclass(frozen=True)
class Advice:
    """What could be shown instead: ``levels`` of ``variable`` as one, because most of their cells are hidden."""

    variable: str
    levels: tuple[str, ...]


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
    area: str = ""  # of that release
    token: object = None

    def __post_init__(self) -> None:
        if self.token is not TOKEN:
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
        return sum(self.cells[cell_key].state is State.HIDDEN for cell_key, _ in self.view.cells())

    @property
    def asked(self) -> bool:
        """The file has a column for what the table counts."""
        return bool(self.view.rows)

    @property
    def too_few(self) -> bool:
        """More than half of the inner cells are hidden: a sentence serves better than the table."""
        return 2 * self.hidden > len(self.view.rows) * len(self.view.columns)

    @property
    def title(self) -> Mapping[str, str]:
        """The indicator's title, or that of the variable that is counted."""
        return self.view.title or self.variables[self.view.variable].title

    def label(self, pair: Pair, lang: str) -> str:
        variable, level = pair
        if is_other(level):
            return i18n.text("common.other_than", lang, label=self.label(other_than(pair), lang))
        return self.variables[variable].levels[level][lang]

    def only(self, *columns: Key) -> "Released":
        """The same table with some of its columns."""
        return replace(self, view=replace(self.view, columns=columns))


@dataclass(frozen=True)
class ReleasedAccount(Provenance):
    """An ``Account`` that may be published: a difference of rows below the threshold is hidden."""

    read: Cell
    used: Cell
    steps: tuple[tuple[str, Cell], ...] = ()
    population: Population = EVERYBODY
    set_aside: Cell = NOTHING
    reasons: tuple[tuple[str, Cell], ...] = ()  # why they were set aside; small ones as one


@dataclass(frozen=True, repr=False)
class Release(Mapping[str, Released]):
    """Everything one report may show: released tables by id, and what a reader can know about their sums."""

    tables: Mapping[str, Released]
    relations: tuple[Link, ...]
    thresholds: Mapping[Key, int]  # the rule's threshold for each cell: public, as the rule is
    rule: Mapping[str, Any]
    account: ReleasedAccount
    parts: tuple["Part", ...] = ()  # the releases that this one was gathered from
    quotes: tuple[Quote, ...] = ()
    entries: tuple[Entry, ...] = ()
    ledger: str = ""  # its name in the ledger; empty where no file is known

    def __getitem__(self, wanted: str) -> Released:
        if wanted not in self.tables:
            raise NoTableError(
                "indicators.no_table", table=wanted, nearest=nearest(wanted, self) or "–", known=", ".join(self)
            )
        return self.tables[wanted]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)

    def __repr__(self) -> str:
        return f"<Release: {', '.join(self.tables)}>"

    def _repr_html_(self) -> str:
        """What there is, each with the line of code that shows it."""
        lang = i18n.spoken()
        lines = ((table.title[lang], f'present.table(released["{name}"])') for name, table in self.items())
        rows = (f"<tr><td>{escape(title)}</td><td><code>{escape(line)}</code></td></tr>" for title, line in lines)
        return f"<p>{escape(i18n.text('incell.released', lang, n=len(self)))}</p><table>{''.join(rows)}</table>"

    def of(
        self, *indicators: str, by: str | None = None, variable: str = "", grouped: bool = False, enough: bool = False
    ) -> list[Released]:
        """The tables of these indicators in order. With ``by`` those grouped by it (``""``: ungrouped), ``variable``
        those of it, ``grouped`` those grouped by anything, ``enough`` those that show more than they hide."""
        every = (table for table in self.values() if table.view.indicator in indicators)
        kept = (table for table in every if by is None or table.view.by == by)
        named = (table for table in kept if variable in ("", table.view.variable))
        return [table for table in named if (table.view.by or not grouped) and not (enough and table.too_few)]

    def beside(self, table: Released, name: str) -> Released | None:
        """The table ``name`` of the same report as ``table``, where there is one."""
        part, slash, _ = table.view.id.rpartition("/")
        return self.get(part + slash + name)

    @property
    def cells(self) -> dict[Key, Cell]:
        """Every cell of the report by key. Of a gathered release, with the name of the part in each key."""
        if self.parts:
            named = ((part.id, part.release.cells.items()) for part in self.parts)
            return {join(key((RELEASE, name)), cell_key): cell for name, cells in named for cell_key, cell in cells}
        return {cell_key: cell for table in self.tables.values() for cell_key, cell in table.cells.items()}


@dataclass(frozen=True)
class Part:
    """One release among those gathered: its name, the check sum of its file, and the release itself."""

    id: str
    sha256: str
    release: Release
