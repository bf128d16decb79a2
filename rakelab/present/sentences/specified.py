"""What exhibits and sentences share: a specification in JSON that names released tables, and who carries it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from rakelab.cells import Released
from rakelab.errors import UsageError, nearest

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


@dataclass(frozen=True)
class Given:
    """What the maker of one kind gets: released tables, the specification's options, and the language."""

    tables: Tables
    options: Options
    lang: str

    @property
    def table(self) -> Released:
        """The table that the specification names."""
        return self.tables[self.options["table"]]


class Kinds(Generic[Maker]):
    """The makers of exhibits, or of sentences, by the name of the kind; as a decorator it names one."""

    def __init__(self) -> None:
        self._makers: dict[str, Maker] = {}

    def __call__(self, kind: str) -> Callable[[Maker], Maker]:
        def keep(maker: Maker) -> Maker:
            self._makers[kind] = maker
            return maker

        return keep

    def of(self, kind: object) -> Maker:
        """The maker of ``kind``; raises UsageError for a kind that does not exist."""
        if kind not in self._makers:
            raise UsageError("present.bad_spec", kind=str(kind), nearest=nearest(str(kind), self._makers) or "–")
        return self._makers[kind]
