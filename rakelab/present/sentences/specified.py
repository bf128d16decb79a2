"""What exhibits and sentences share: a specification in JSON that names released tables, and who carries it out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from rakelab import i18n
from rakelab.cells import Cell, Key, Released
from rakelab.errors import UsageError, nearest
from rakelab.estimate import Verdict
from rakelab.present.gate import unpack
from rakelab.present.sentences import wording

Tables = Mapping[str, Released]
Options = Mapping[str, Any]
Maker = TypeVar("Maker", bound=Callable[..., Any])


@dataclass(frozen=True, repr=False)
class Specified:
    """``options`` is JSON-able, names tables by id, and holds no number of any table."""

    kind: str
    options: Options
    tables: Tables = field(repr=False)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.kind}: {self.options.get('table', '')}>".replace(": >", ">")

    @property
    def spec(self) -> dict[str, Any]:
        """Kind and options as JSON."""
        return {"kind": self.kind, **self.options}


class Compared(Protocol):
    """A difference, a change, an effect or a trend: anything with a verdict."""

    @property
    def verdict(self) -> Verdict: ...


@dataclass(frozen=True)
class Given:
    """What the maker of one kind gets: released tables, the specification's options, and the language; and how the
    numbers and names of its table are written in that language."""

    kind: str
    tables: Tables
    options: Options
    lang: str

    @property
    def table(self) -> Released:
        """The table that the specification names."""
        return self.tables[self.options["table"]]

    def key(self, option: str) -> Key:
        """A row or a column that the specification names; everybody where it names none."""
        return unpack(self.options.get(option, ()))

    def words(self, key: str, **values: object) -> str:
        return i18n.text(key, self.lang, **values)

    def counted(self, key: str, n: int, **values: object) -> str:
        """A sentence about so many; empty where there are none."""
        return i18n.counted(key, n, self.lang, **values) if n else ""

    def listing(self, items: Iterable[str]) -> str:
        return i18n.listing(items, self.lang)

    def title(self, *, grouped: bool = False) -> str:
        return wording.title(self.table, self.lang, grouped=grouped)

    def label(self, key: Key) -> str:
        return wording.label(self.table, key, self.lang)

    def line(self, row: Key) -> str:
        return wording.line(self.table, row, self.lang)

    def count(self, cell: Cell) -> str:
        return wording.count(cell, self.lang)

    def n(self, cell: Cell) -> str:
        """``n = 61``."""
        return self.words("present.n", n=self.count(cell))

    def base(self, column: Key) -> str:
        return wording.base(self.table, column, self.lang)

    def family(self, compared: Iterable[Compared], word: str = "text.family") -> str:
        """How many comparisons were taken together: under a table (``key.holm``) what beyond chance means, beside a
        figure (``figure.family``) what a filled mark says, after a finding (``text.family``) of several only."""
        n = max((own.verdict.family for own in compared), default=0)
        return self.counted(f"present.{word}", n if n > (word == "text.family") else 0)

    def beyond(self, compared: Compared, number: Cell) -> str:
        """Whether it is beyond chance; where there was no test, the marker of the ``number`` that it would be of."""
        if compared.verdict.known:
            return self.words(f"present.table.{'yes' if compared.verdict.beyond else 'no'}")
        return str(number) if not number.known else self.words("present.table.untested")


class Kinds(dict[str, Maker]):
    """The makers of exhibits, or of sentences, by the name of the kind; as a decorator it names one."""

    def __call__(self, kind: str) -> Callable[[Maker], Maker]:
        return lambda maker: self.setdefault(kind, maker)

    def of(self, kind: object) -> Maker:
        """The maker of ``kind``; raises UsageError for a kind that does not exist."""
        if not isinstance(kind, str) or kind not in self:
            raise UsageError("present.bad_spec", kind=str(kind), nearest=nearest(str(kind), self) or "–")
        return self[kind]
