"""``Sentence``: a finding kept as a specification, told in any language from the released tables it names; and what
exhibits share with it: the specification, the makers of each kind, and what those are given."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Cell, Key, Released, State
from rakelab.errors import UsageError, nearest
from rakelab.estimate import Verdict
from rakelab.present.gate import column_key, language, pack, released, unpack
from rakelab.present.origin import merged
from rakelab.present.sentences import wording

#: What says that numbers are of few people.
CAUTIONS = ("present.text.indicative", "present.text.statements_few")
#: What is no news: that there is nothing to tell, and what stands beside the finding anyway.
NO_NEWS = frozenset((
    "contrast_none", "contrast_hidden", "nothing", "no_mentions", "share_hidden", "mean_hidden", "mean_none",
    "change_hidden", "no_cause", "statements_hidden", "statements_none", "waiting_hidden", "agreement_hidden",
    "effects_hidden", "no_ranking", "discuss", "extremes", "changed_rest", "moved_hidden", "aim", "aim_hidden",
))  # fmt: skip
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


def _asked(tables: Tables, options: Options) -> bool:
    return "table" not in options or tables[options["table"]].asked


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

    @property
    def asked(self) -> bool:
        """The file has a column for what it is about."""
        return _asked(self.tables, self.options)

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


@dataclass(frozen=True)
class Voice(Given):
    """What says one kind of sentence."""

    quiet: bool = False  # a summary says by itself, and once, that numbers are indicative
    brief: bool = False  # the news only: intervals and bases go to ``asides``
    titled: bool = True  # False beside a title that says it already
    asides: list[str] = field(default_factory=list)

    @property
    def column(self) -> Key:
        return self.key("column")

    @property
    def placed(self) -> str:
        """The table's title; a group's name follows it."""
        if not self.titled:
            return "" if self.column == TOTAL else self.label(self.column)
        return wording.placed(self.table, self.title(), self.column, self.lang)

    def words(self, key: str, **values: object) -> str:
        return "" if self.quiet and key in CAUTIONS else i18n.text(key, self.lang, **values)

    def title(self, *, grouped: bool = False) -> str:
        return super().title(grouped=grouped) if self.titled else ""

    def text(self, word: str, **values: object) -> str:
        """One of the words of findings; as news where it is told briefly and has such words."""
        if self.brief and word in NO_NEWS:
            return ""
        if self.brief and (short := f"present.news.{word}") in i18n.words(self.lang):
            return self.news(short, **values)
        return self.words(f"present.text.{word}", **values)

    def news(self, key: str, **values: object) -> str:
        """A sentence without its interval and its base, which stand beside it."""
        said = self.words(key, **values)
        if said:
            self.aside(str(values.get("interval", "")), str(values.get("base", "")))
        return said

    def aside(self, interval: str = "", *more: str) -> None:
        """Something to stand under the sentence."""
        named = self.words("present.news.interval", interval=interval) if interval else ""
        self.asides.extend(part.removesuffix(".") for part in (*more, named) if part)

    def counted(self, key: str, n: int, **values: object) -> str:
        return "" if self.brief else super().counted(key, n, **values)

    def quote(self, label: str) -> str:
        """A label inside a sentence, in the language's quotation marks, so that it need not be inflected."""
        return self.words("present.quoted", label=label)

    def quoted(self, key: Key) -> str:
        return self.quote(self.label(key))

    def measured(self, row: Key, *, briefly: bool = False) -> str:
        """``59 % (417/707; 95 %:n luottamusväli 55–63 %)``, or the word for a hidden number."""
        part = estimate.proportion(self.table, row, self.column)
        if not (part.share.known and part.count.known):
            word = "hidden" if part.share.state is State.HIDDEN else "none"
            return f"{part.share} ({self.words(f'present.{word}')})"
        if self.brief:
            return self._news_of(part, briefly=briefly)
        return self.words(
            "present.measured" if part.low.known and not briefly else "present.briefly",
            share=wording.share(part.share, self.lang),
            count=self.count(part.count),
            base=self.count(part.base),
            interval=wording.interval(part.low, part.high, self.lang),
        )

    def _news_of(self, part: estimate.Proportion, *, briefly: bool) -> str:
        if not briefly:
            interval = wording.interval(part.low, part.high, self.lang) if part.low.known else ""
            self.aside(interval, f"{self.count(part.count)}/{self.count(part.base)}")
        return wording.share(part.share, self.lang)

    def items(self, rows: Iterable[Key], *, briefly: bool = True) -> list[str]:
        """Each row by name with its number."""
        return [self._item(row, briefly=briefly) for row in rows]

    def _item(self, row: Key, *, briefly: bool) -> str:
        before, label = len(self.asides), self.quoted(row)
        number = self.measured(row, briefly=briefly)
        if own := self.asides[before:]:
            self.asides[before:] = [f"{label} {', '.join(own)}"]
        return self.text("item", label=label, number=number)

    def caution(self) -> str:
        """Says that the group is so small that its numbers are indicative; empty for a larger group."""
        small = wording.indicative(self.table, self.column)
        return self.text("indicative", base=self.base(self.column)) if small else ""


Teller = Callable[[Voice], str]
tells: Kinds[Teller] = Kinds()


@dataclass(frozen=True, repr=False)
class Sentence(Specified):
    """A finding."""

    @classmethod
    def of(cls, spec: Options, tables: Tables) -> "Sentence":
        """The sentence that ``spec`` describes, over ``tables``."""
        tells.of(spec.get("kind"))
        return cls(spec["kind"], {name: value for name, value in spec.items() if name != "kind"}, tables)

    @property
    def asked(self) -> bool:
        """The file has a column for what the sentence is about."""
        return _asked(self.tables, self.options)

    def text(self, lang: str, *, quiet: bool = False) -> str:
        """The finding in one language, with its numbers and n; ``quiet``: without the caution that they are few."""
        if not self.asked:
            title = wording.title(self.tables[self.options["table"]], language(lang), grouped=False)
            return i18n.text("present.not_asked", lang, title=title)
        said = tells.of(self.kind)(Voice(self.kind, self.tables, self.options, language(lang), quiet))
        return said.replace("?: ", "? – ")  # a title that asks

    def news(self, lang: str, *, titled: bool = True) -> tuple[str, str]:
        """The finding in one plain sentence, and what it rests on: interval, count and base. Empty where there is
        nothing to tell. ``titled`` is False beside a title."""
        voice = Voice(self.kind, self.tables, self.options, language(lang), quiet=True, brief=True, titled=titled)
        said = tells.of(self.kind)(voice).removeprefix(": ").removeprefix(", ").strip()
        asides = "; ".join(dict.fromkeys(aside.removesuffix(".") for aside in voice.asides))
        return (said[:1].upper() + said[1:], asides) if said else ("", "")


def about(kind: str, table: object, **options: Any) -> Sentence:
    """A finding about one table; WallError for what has not passed the wall."""
    passed = released(table)
    return Sentence(kind, {"table": passed.view.id, **options}, {passed.view.id: passed})


def about_tables(kind: str, several: Iterable[object], **options: Any) -> Sentence:
    """A finding about several tables, first of all the first."""
    first, *others = map(released, several)
    named = merged({table.view.id: table} for table in (first, *others))
    return Sentence(kind, {"table": first.view.id, **options}, named)


def about_column(kind: str, table: object, column: Key | str | None, **options: Any) -> Sentence:
    """A finding about one column of a table."""
    return about(kind, table, column=pack(column_key(released(table), column)), **options)


def finding(kind: str, *, of_column: bool = False) -> Callable[[Teller], Callable[..., Sentence]]:
    """Makes of the teller of a finding what a notebook calls by its name: with a table, and with one of its columns
    where the finding is ``of_column``."""

    def declared(teller: Teller) -> Callable[..., Sentence]:
        def whole(table: Released) -> Sentence:
            return about(kind, table)

        def part(table: Released, *, column: Key | str | None = None) -> Sentence:
            return about_column(kind, table, column)

        tells(kind)(teller)
        maker: Callable[..., Sentence] = part if of_column else whole
        maker.__name__, maker.__doc__ = teller.__name__, teller.__doc__
        return maker

    return declared


def joined(*parts: str) -> str:
    """Sentences one after another; empty ones are left out."""
    return " ".join(part for part in parts if part)
