"""``Sentence``: a finding kept as a specification, told in any language from the released tables it names."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from rakelab import estimate, i18n
from rakelab.cells import Key, Released, State
from rakelab.present.gate import column_key, language, pack, released
from rakelab.present.sentences import wording
from rakelab.present.sentences.specified import Given, Kinds, Options, Specified, Tables

#: What says that numbers are of few people.
CAUTIONS = ("present.text.indicative", "present.text.statements_few")


@dataclass(frozen=True)
class Voice(Given):
    """What says one kind of sentence."""

    quiet: bool = False  # a summary says by itself, and once, that numbers are indicative

    @property
    def column(self) -> Key:
        return self.key("column")

    @property
    def placed(self) -> str:
        """The table's title; a group's name follows it."""
        return wording.placed(self.table, self.title(), self.column, self.lang)

    def words(self, key: str, **values: object) -> str:
        return "" if self.quiet and key in CAUTIONS else i18n.text(key, self.lang, **values)

    def text(self, word: str, **values: object) -> str:
        """One of the words of findings."""
        return self.words(f"present.text.{word}", **values)

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
        return self.words(
            "present.measured" if part.low.known and not briefly else "present.briefly",
            share=wording.share(part.share, self.lang),
            count=self.count(part.count),
            base=self.count(part.base),
            interval=wording.interval(part.low, part.high, self.lang),
        )

    def items(self, rows: Iterable[Key], *, briefly: bool = True) -> list[str]:
        """Each row by name with its number."""
        return [self.text("item", label=self.quoted(row), number=self.measured(row, briefly=briefly)) for row in rows]

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

    def text(self, lang: str, *, quiet: bool = False) -> str:
        """The finding in one language, with its numbers and n; ``quiet``: without the caution that they are few."""
        return tells.of(self.kind)(Voice(self.kind, self.tables, self.options, language(lang), quiet))


def about(kind: str, table: object, **options: Any) -> Sentence:
    """A finding about one table; WallError for what has not passed the wall."""
    passed = released(table)
    return Sentence(kind, {"table": passed.view.id, **options}, {passed.view.id: passed})


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
