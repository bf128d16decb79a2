"""``Sentence``: a finding kept as a specification, told in any language from the released tables it names."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Cell, Key
from rakelab.present.gate import language, released, unpack
from rakelab.present.sentences import wording
from rakelab.present.sentences.specified import Given, Kinds, Options, Specified, Tables

#: What says that numbers are of few people.
CAUTIONS = ("present.text.indicative", "present.text.statements_few")


@dataclass(frozen=True)
class Told(Given):
    """What a teller gets."""

    quiet: bool = False  # a summary says by itself, and once, that numbers are indicative

    @property
    def column(self) -> Key:
        return unpack(self.options.get("column", ()))

    @property
    def title(self) -> str:
        """The table's title; a group's name follows it."""
        made = wording.title(self.table, self.lang, grouped=False)
        if self.column == TOTAL:
            return made
        return self.words("present.place", title=made, column=wording.label(self.table, self.column, self.lang))

    @property
    def base(self) -> str:
        return wording.base(self.table, self.column, self.lang)

    def words(self, key: str, **values: object) -> str:
        return "" if self.quiet and key in CAUTIONS else i18n.text(key, self.lang, **values)

    def quoted(self, row: Key) -> str:
        return wording.quoted(self.table, row, self.lang)

    def measured(self, row: Key, *, briefly: bool = False) -> str:
        """``59 % (417/707; 95 %:n luottamusväli 55–63 %)``, or the word for a hidden number."""
        found = estimate.proportion(self.table, row, self.column)
        if not (found.share.known and found.count.known):
            return _unknown(found.share, self.lang)
        return self.words(
            "present.measured" if found.low.known and not briefly else "present.briefly",
            share=wording.share(found.share, self.lang),
            count=wording.count(found.count, self.lang),
            base=wording.count(found.base, self.lang),
            interval=wording.interval(found.low, found.high, self.lang),
        )

    def caution(self) -> str:
        """Says that the group is so small that its numbers are indicative; empty for a larger group."""
        few = wording.few(self.table, self.column)
        return self.words("present.text.indicative", base=self.base) if few else ""


def _unknown(cell: Cell, lang: str) -> str:
    word = i18n.text("present.hidden" if str(cell) == "··" else "present.none", lang)
    return f"{cell} ({word})"


Teller = Callable[[Told], str]
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
        return tells.of(self.kind)(Told(self.tables, self.options, language(lang), quiet))


def about(kind: str, table: object, **options: Any) -> Sentence:
    """A finding about one table; WallError for what has not passed the wall."""
    found = released(table)
    return Sentence(kind, {"table": found.view.id, **options}, {found.view.id: found})


def joined(*parts: str) -> str:
    """Sentences one after another; empty ones are left out."""
    return " ".join(part for part in parts if part)
