"""The options of one field, as a file may spell them, and a cell of several options taken apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from rakelab.codebook import BLANK, Codebook, Field
from rakelab.fields import CODE_KINDS, UNTICKED
from rakelab.loaders.spelling import MISSING, NO, TRUTHS, YES, fold, fold_heading, fold_lines

SEPARATORS = ";,|\n"


def headings_of(field: Field) -> list[str]:
    """Folded headings that mean the variable."""
    return [fold_heading(text) for text in (field.name, *field.aliases, *field.title.values())]


@dataclass(frozen=True)
class Options:
    """Folded spelling → option value, → kind of missing, and option value without its leading zeros → option value."""

    values: Mapping[str, str]
    missing: Mapping[str, str]
    restored: Mapping[str, str]
    blank: str = BLANK
    labels: Mapping[str, str] | None = None  # of an SPSS column: folded label → code
    unticked: frozenset[str] = frozenset()  # of a multiple choice: what says that an option was not ticked

    @cached_property
    def longest_first(self) -> list[str]:
        return sorted({*self.values, *self.missing}, key=len, reverse=True)

    @cached_property
    def letters(self) -> frozenset[str]:
        """Every character that stands in an option."""
        return frozenset("".join(self.longest_first))

    @cached_property
    def _parts(self) -> dict[str, str | None]:
        """Remembers the few different parts of very many cells."""
        return {}

    def spelling(self, part: str) -> str | None:
        """The known spelling that a part of a cell is; empty for a blank part, None for an unknown one."""
        if part not in self._parts:
            folded = fold(part)
            known = not folded or folded in self.values or folded in self.missing
            self._parts[part] = folded if known else None
        return self._parts[part]

    def find(self, text: str) -> tuple[str, str]:
        """(“value”, “missing”, “restored” or “”, what it is) of a whole cell."""
        folded = fold(text)
        label = (self.labels or {}).get(folded)
        for spelling in (folded,) if label is None else (folded, fold(label)):
            for how, known in (("value", self.values), ("missing", self.missing), ("restored", self.restored)):
                if spelling in known:
                    return how, known[spelling]
        return "", ""


def options(
    field: Field, codebook: Codebook, labels: Mapping[str, str] | None = None, given: Mapping[str, str] | None = None
) -> Options:
    """How the options and missing codes of ``field`` can be spelt: by value, by label in any language, by alias; and by
    the codes that a source map has ``given``."""
    values = {fold(alias): o.value for o in reversed(field.categories) for alias in o.aliases}
    values |= {fold(label): o.value for o in reversed(field.categories) for label in o.label.values()}
    values |= {fold(option.value): option.value for option in field.categories}
    given = {fold(code): option for code, option in (given or {}).items()}
    values |= {code: option for code, option in given.items() if option in field.values}
    yes, no = ({value for spelt, value in values.items() if spelt in words} for words in (YES, NO))
    if len(yes) == len(no) == 1 and yes != no and not field.multiple:
        values = {word: next(iter(yes if answer == "yes" else no)) for word, answer in TRUTHS.items()} | values
    codes = {fold(code.value): code.kind for code in (*codebook.missing, *field.missing)}
    codes |= {code: kind for code, kind in given.items() if kind in CODE_KINDS}
    for code in field.missing:
        values.pop(fold(code.value), None)
    unticked = frozenset(code for code, kind in codes.items() if kind == UNTICKED)
    codes = {code: BLANK if kind == UNTICKED else kind for code, kind in codes.items()}
    if field.multiple:
        codes = {code: kind for code, kind in codes.items() if code not in unticked}
    blank = codes.pop("", BLANK)
    return Options(values, MISSING | codes, _without_zeros(field), blank, labels, unticked)


def _without_zeros(field: Field) -> dict[str, str]:
    coded = [value for value in field.values if value.isdigit() and value.startswith("0")]
    bare = [value.lstrip("0") for value in coded]
    pairs = zip(bare, coded, strict=True)
    return {short: value for short, value in pairs if short and bare.count(short) == 1 and short not in field.values}


def split(text: str, known: Options, separators: str = "") -> tuple[str, ...] | None:
    """The known spellings that make up a cell, or None where something is left over.

    Options may hold the separator themselves: at each place the longest known spelling that leaves the rest
    readable is taken.
    """
    marks = (separators or SEPARATORS) + ("\n" if separators else "")
    for mark in marks:  # the common case, quick: a mark that stands in no option
        if mark in text and mark not in known.letters:
            parts = [known.spelling(part) for part in text.split(mark)]
            if None not in parts:
                return tuple(filter(None, parts))
    folded = fold_lines(text)

    @cache
    def rest(start: int) -> tuple[str, ...] | None:
        while start < len(folded) and folded[start] in marks + " ":
            start += 1
        if start == len(folded):
            return ()
        for spelling in known.longest_first:
            end = start + len(spelling)
            after = {folded[end : end + 1], folded[end:].lstrip(" ")[:1]}
            if folded.startswith(spelling, start) and after & {"", *marks}:
                tail = rest(end)
                if tail is not None:
                    return (spelling, *tail)
        return None

    return rest(0)


def split_loosely(text: str, known: Options, separators: str = "") -> tuple[tuple[str, ...], str]:
    """The known spellings in a cell, and the words that are left over. It is parted at the first mark that parts off
    something known; where none does, all of it is words."""
    for mark in (separators or SEPARATORS) + ("\n" if separators else ""):
        longest = 1 + max((option.count(mark) for option in known.longest_first), default=0)
        spellings: list[str] = []
        words: list[str] = []
        parts = text.split(mark)
        while parts:
            width = next((n for n in range(min(longest, len(parts)), 0, -1) if known.spelling(mark.join(parts[:n]))), 0)
            (spellings if width else words).append(mark.join(parts[: width or 1]).strip())
            del parts[: width or 1]
        if spellings:
            return tuple(map(fold, spellings)), f"{mark} ".join(filter(None, words))
    return (), text
