"""The options of one field, as a file may spell them, and a cell of several options taken apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from rakelab.codebook import BLANK, Codebook, Field
from rakelab.loaders.spelling import fold, fold_lines, missing

SEPARATORS = ";,|\n"


@dataclass(frozen=True)
class Options:
    """Folded spelling → option value, → kind of missing, and option value without its leading zeros → option value."""

    values: Mapping[str, str]
    missing: Mapping[str, str]
    restored: Mapping[str, str]
    blank: str = BLANK
    labels: Mapping[str, str] | None = None  # of an SPSS column: folded label → code

    @cached_property
    def spellings(self) -> frozenset[str]:
        return frozenset((*self.values, *self.missing))

    @cached_property
    def longest_first(self) -> tuple[str, ...]:
        return tuple(sorted(self.spellings, key=len, reverse=True))

    @cached_property
    def letters(self) -> frozenset[str]:
        """Every character that stands in an option."""
        return frozenset("".join(self.spellings))

    def spelling(self, part: str) -> str | None:
        """The known spelling that a part of a cell is; empty for a blank part, None for an unknown one."""
        if part not in self._seen:
            folded = fold(part)
            self._seen[part] = folded if not folded or folded in self.spellings else None
        return self._seen[part]

    @cached_property
    def _seen(self) -> dict[str, str | None]:
        """Remembers the few different parts of very many cells."""
        return {}

    def find(self, text: str) -> tuple[str, str]:
        """(“value”, “missing”, “restored” or “”, what it is) of a whole cell."""
        for spelling in self._spellings(text):
            if spelling in self.values:
                return "value", self.values[spelling]
            if spelling in self.missing:
                return "missing", self.missing[spelling]
            if spelling in self.restored:
                return "restored", self.restored[spelling]
        return "", ""

    def _spellings(self, text: str) -> Iterable[str]:
        folded = fold(text)
        yield folded
        if self.labels and folded in self.labels:
            yield fold(self.labels[folded])


def options(field: Field, codebook: Codebook, labels: Mapping[str, str] | None = None) -> Options:
    """How the options and missing codes of ``field`` can be spelt: by value, by label in any language, by alias."""
    values = {fold(alias): o.value for o in reversed(field.categories) for alias in o.aliases}
    values |= {fold(label): o.value for o in reversed(field.categories) for label in o.label.values()}
    values |= {fold(option.value): option.value for option in field.categories}
    codes = {fold(code.value): code.kind for code in (*codebook.missing, *field.missing)}
    own = {fold(code.value) for code in field.missing}
    values = {spelling: value for spelling, value in values.items() if spelling not in own}
    blank = codes.pop("", BLANK)
    return Options(values, missing() | codes, _restored(field), blank, labels)


def _restored(field: Field) -> dict[str, str]:
    bare: dict[str, list[str]] = {}
    for value in field.values:
        if value.isdigit() and value.startswith("0"):
            bare.setdefault(value.lstrip("0"), []).append(value)
    return {short: found[0] for short, found in bare.items() if short and len(found) == 1 and short not in field.values}


def split(text: str, known: Options, separators: str = "") -> tuple[str, ...] | None:
    """The known spellings that make up a cell, or None where something is left over.

    Options may hold the separator themselves: at each place the longest known spelling that leaves the rest
    readable is taken.
    """
    marks = (separators or SEPARATORS) + ("\n" if separators else "")
    plain = _plain_split(text, known, marks)
    if plain is not None:
        return plain
    folded = fold_lines(text)
    spellings = known.longest_first

    @cache
    def rest(start: int) -> tuple[str, ...] | None:
        while start < len(folded) and folded[start] in marks + " ":
            start += 1
        if start == len(folded):
            return ()
        for spelling in spellings:
            end = start + len(spelling)
            if folded.startswith(spelling, start) and _ends(folded, end, marks):
                tail = rest(end)
                if tail is not None:
                    return (spelling, *tail)
        return None

    return rest(0)


def _plain_split(text: str, known: Options, marks: str) -> tuple[str, ...] | None:
    """The common case, quick: a mark that stands in no option parts the cell into known spellings."""
    for mark in marks:
        if mark in text and mark not in known.letters:
            parts = [known.spelling(part) for part in text.split(mark)]
            if None not in parts:
                return tuple(filter(None, parts))
    return None


def _ends(text: str, place: int, marks: str) -> bool:
    after = text[place:].lstrip(" ")
    return not after or after[0] in marks
